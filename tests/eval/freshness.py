"""Whether `docs/accuracy.md` tells of the code as it is.

In: the text of the page. Out: the versions that it was measured with, against those of the
code; and the page with a line on top that says that it is stale. Out of scope: measuring.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from pipelines.reading import STEP_VERSION
from pipelines.respondents import RESOLUTION_VERSION

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"

HOW_TO_RENEW = (
    "Renew it with `make eval`, which needs the real records (../shared/data beside the "
    "checkout); without them say that it is stale: `python -m tests.eval --mark-stale`."
)

_STALE = "> **Stale**: measured with other versions of the code than the present ones."
_VERSION = re.compile(r"^\* (package|reading step|names step): `([^`]+)`$", re.MULTILINE)


def current_versions() -> dict[str, str]:
    """Give the versions that the figures depend on."""
    return {
        "package": version("zhongsu"),
        "reading step": STEP_VERSION,
        "names step": RESOLUTION_VERSION,
    }


def version_lines(versions: Mapping[str, str]) -> list[str]:
    """Write versions as the page has them.

    >>> version_lines({"reading step": "4"})
    ['* reading step: `4`']
    """
    return [f"* {name}: `{value}`" for name, value in versions.items()]


def stated_versions(page: str) -> dict[str, str]:
    r"""Read the versions that a page was measured with.

    >>> stated_versions("# Accuracy\n* reading step: `4`\n")
    {'reading step': '4'}
    """
    return dict(_VERSION.findall(page))


def is_marked_stale(page: str) -> bool:
    """Say whether a page says of itself that it is stale."""
    return _STALE in page


def marked_stale(page: str) -> str:
    r"""Put the line that says so under the heading of a page; once.

    >>> marked_stale("# Accuracy\n\ntext").splitlines()[2][:11]
    '> **Stale**'
    """
    if is_marked_stale(page):
        return page
    heading, _, rest = page.partition("\n")
    return f"{heading}\n\n{_STALE} {HOW_TO_RENEW}\n{rest}"

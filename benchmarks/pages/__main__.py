"""How long every page takes on a large generated build.

`python -m benchmarks.pages [COMPLAINTS [CANDIDATES]]` writes a build, by default of a
million complaints and 100,000 candidates, and prints per page the seconds of one whole
rerun: first with nothing remembered, then again.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.pages.build import write_build
from warehouse.home import Home

PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("worklist", {}),
    ("worklist", {"page": "5000"}),
    ("worklist", {"text": "商家49"}),
    ("worklist", {"region": "Ohio", "since": "365"}),
    ("candidate", {"id": "c-1"}),
    ("candidate", {"id": "c-1", "members": "700"}),
    ("candidate", {"id": "c-77"}),
    ("complaint", {"id": "posts:777"}),
    ("review", {}),
    ("review", {"kind": "names", "page": "20"}),
    ("merchant", {"key": "m-0"}),
    ("campaign", {"id": "c-1"}),
    ("trends", {}),
    ("trends", {"axis": "nature"}),
    ("health", {}),
)


def main(sizes: list[int]) -> None:
    """Write the build and time the pages."""
    complaints, candidates = (sizes + [1_000_000, 100_000][len(sizes) :])[:2]
    with tempfile.TemporaryDirectory(prefix="zhongsu-pages-") as folder:
        home = Path(folder)
        write_build(Home(home), complaints=complaints, candidates=candidates)
        measure(home)


def measure(home: Path) -> None:
    """Print the seconds of every page, after one rerun that loads the code."""
    os.environ["ZHONGSU_HOME"] = str(home)
    _seconds(_open("health", {}))
    for page, address in PAGES:
        app = _open(page, address)
        first, again = _seconds(app), _seconds(app)
        print(f"{page:10} {first:6.2f} s first {again:6.2f} s again  {address}")


def _open(page: str, address: dict[str, str]) -> AppTest:
    script = f"from dashboards.shell import show\nshow({page!r})"
    app = AppTest.from_string(script, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return app


def _seconds(app: AppTest) -> float:
    started = time.perf_counter()
    app.run()
    assert not app.exception, f"expected a page; found {app.exception[0].message}"
    return time.perf_counter() - started


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])

"""Reads `--covers [RESPONDENT=]FROM..TO`: which period a load holds completely.

In: the option as written. Out: a `Coverage` with whole days, both ends inclusive.
A month or a year stands for all of its days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from flows.errors import UsageRefusedError

_FORM = re.compile(
    r"(?:(?P<respondent>.+)=)?(?P<first>\d{4}(?:-\d\d){0,2})\.\.(?P<last>\d{4}(?:-\d\d){0,2})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A period that is complete. `respondent` None: for everyone the source speaks of."""

    respondent: str | None
    covered_from: date
    covered_to: date


def parse_coverage(text: str) -> Coverage:
    """Read one declaration of coverage.

    Raises:
        UsageRefusedError: the text is not of the form, names a day that does not exist,
            or ends before it begins.

    >>> parse_coverage("2017-05..2020-06").covered_to
    datetime.date(2020, 6, 30)
    >>> parse_coverage("ACME, INC.=2020..2020").respondent
    'ACME, INC.'
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise UsageRefusedError(
            f"--covers: expected [RESPONDENT=]FROM..TO with dates such as 2020, 2020-06 or "
            f"2020-06-30; found {text!r}"
        )
    try:
        first, last = _first_day(match["first"]), _last_day(match["last"])
    except ValueError as error:
        raise UsageRefusedError(f"--covers: {error} in {text!r}") from error
    if last < first:
        raise UsageRefusedError(f"--covers: expected FROM before TO; found {text!r}")
    return Coverage(respondent=match["respondent"], covered_from=first, covered_to=last)


def _first_day(text: str) -> date:
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def _last_day(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = [*parts, 12][:2]
    return date(year, month, monthrange(year, month)[1])

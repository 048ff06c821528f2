"""What else the account behind each complaint wrote: how much, of whom, in which time.

In: the grouping table as arrays. Out: `Histories`, one entry per complaint. Out of scope: what
follows from it (`pipelines.grouping.brigades`, `pipelines.grouping.discounts`). An account is an
author key of one source; of an unknown one nothing is known.

An account with very many complaints against many merchants, most of which ask for compensation,
is marked: an analyst may wish to know. Nobody is called anything for it, and no complaint is
dropped: each of them may be right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.criteria import Criteria


@dataclass(frozen=True, slots=True, kw_only=True)
class Writings:
    """What counts of each complaint; -1 or NaN means unknown. `account` numbers all sources'."""

    account: Ints
    merchant: Ints
    day: Floats
    asks_compensation: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """Per complaint, what its account did.

    `merchants` counts the respondents that the account named in all complaints, 0 where the account
    is unknown. `marked` is the number of complaints within `marked_days` days against
    `marked_merchants` merchants for which an account is marked, 0 for all other accounts.
    """

    merchants: Ints
    marked: Ints
    marked_merchants: Ints
    marked_days: Ints

    def of(self, rows: Ints) -> Histories:
        """Give the histories of some complaints."""
        return Histories(
            merchants=self.merchants[rows],
            marked=self.marked[rows],
            marked_merchants=self.marked_merchants[rows],
            marked_days=self.marked_days[rows],
        )


def read_histories(written: Writings, criteria: Criteria) -> Histories:
    """Count what each account wrote; time grows with the number of complaints.

    Args:
        written: the complaints.
        criteria: `claimant_*` say from where on an account is marked.
    """
    count = len(written.account)
    merchants = _merchants_of(written.account, written.merchant)
    marked, marked_merchants, marked_days = (np.zeros(count, np.int64) for _ in range(3))
    for rows in _frequent(written.account, int(criteria.claimant_complaints_at_least)):
        found = _fullest_span(rows, written, criteria)
        if found is not None:
            marked[rows], marked_merchants[rows], marked_days[rows] = found
    return Histories(
        merchants=merchants,
        marked=marked,
        marked_merchants=marked_merchants,
        marked_days=marked_days,
    )


def _merchants_of(account: Ints, merchant: Ints) -> Ints:
    """Count, for each complaint, the merchants that its account names."""
    known = (account >= 0) & (merchant >= 0)
    pairs = np.unique(np.c_[account[known], merchant[known]], axis=0)
    counts = np.bincount(pairs[:, 0], minlength=int(account.max(initial=-1)) + 1)
    return np.where(account >= 0, np.r_[counts, 0][account], 0).astype(np.int64)


def _frequent(account: Ints, at_least: int) -> list[Ints]:
    """Give the complaints of each account that wrote so many, in the order of accounts."""
    order = np.argsort(account, kind="stable")
    starts = np.searchsorted(account[order], np.arange(int(account.max(initial=-1)) + 2))
    return [
        order[starts[number] : starts[number + 1]]
        for number in np.flatnonzero(np.diff(starts) >= at_least).tolist()
    ]


def _fullest_span(rows: Ints, written: Writings, criteria: Criteria) -> tuple[int, int, int] | None:
    """Give complaints, merchants and days of the fullest span that marks an account, if any does.

    Only complaints that are dated, name a merchant and ask for compensation count; they must be
    most of what the account wrote in the span.
    """
    rows = rows[~np.isnan(written.day[rows])]
    rows = rows[np.argsort(written.day[rows], kind="stable")]
    day = written.day[rows]
    ends = np.searchsorted(day, day + criteria.claimant_days_at_most, side="left")
    counts = ends - np.arange(len(rows))
    if not len(rows):
        return None
    start = int(counts.argmax())
    inside = rows[start : ends[start]]
    asking = inside[written.asks_compensation[inside] & (written.merchant[inside] >= 0)]
    merchants = len(np.unique(written.merchant[asking]))
    if (
        len(asking) < criteria.claimant_complaints_at_least
        or merchants < criteria.claimant_merchants_at_least
        or len(asking) < criteria.claimant_share_at_least * len(inside)
    ):
        return None
    days = int(written.day[asking].max() - written.day[asking].min()) + 1
    return len(asking), merchants, days

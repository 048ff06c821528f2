"""What a reader should take off the size of a group: told, weighed once, and never dropped.

In: a group with its people and all that is known of their accounts. Out: its `Discount`s, the one
that concerns most complaints first, and the share that weighs in the score. Out of scope: the
wording (`pipelines.reasons`), and what a mark means (`campaigns`, `brigades`, `histories`).

Further complaints of one person are told but do not weigh: each person counts once already.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.grouping.accounts import Accounts
from pipelines.grouping.arrays import Flags, Ints
from pipelines.grouping.brigades import Rallied, mark_brigades
from pipelines.grouping.campaigns import Copies, mark_campaigns, repeats_in
from pipelines.grouping.criteria import Criteria
from pipelines.reasons import Discount, DiscountReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Discounts:
    """The discounts of a group, those of most complaints first; `weighing_share` is 0 to 1."""

    told: tuple[Discount, ...]
    weighing_share: float


def brigades_in(rows: Ints, accounts: Accounts, criteria: Criteria) -> Ints:
    """Number the bursts of like texts of accounts of one purpose among complaints; -1 for none."""
    account = accounts.author[rows]
    return mark_brigades(
        Rallied(
            account=account,
            copy_group=accounts.copy_group[rows],
            is_of_one_purpose=(account >= 0) & (accounts.histories.merchants[rows] <= 1),
            day=np.where(accounts.is_hearsay[rows], np.nan, accounts.day[rows]),
            words=accounts.words[rows],
        ),
        criteria,
    )


def find_discounts(
    rows: Ints, person_no: Ints, brigade: Ints, accounts: Accounts, criteria: Criteria
) -> Discounts:
    """Say what of a group repeats, was sent around, or comes from accounts that write very often.

    Args:
        rows: the members.
        person_no: the number of each member's person, as `count_people` gives it.
        brigade: as `brigades_in` gives it.
        accounts: all complaints of the portion.
        criteria: from which share on a discount is told.
    """
    copied, name = _copied(rows, accounts, criteria)
    rallied = (brigade >= 0) & ~copied
    frequent = accounts.histories.marked[rows] > 0
    again = ~_is_first(person_no) & ~copied & ~rallied & ~frequent
    found = [
        _discount(name, copied),
        _discount("brigade", rallied),
        _of_accounts(rows, frequent, accounts),
        _discount("same_person", again),
    ]
    # A single account that writes very often is told whatever its share.
    told = [
        one
        for one in found
        if one.complaints
        and (one.share >= criteria.discount_at_least or one.reason == "frequent_account")
    ]
    weighing = (copied | rallied | frequent) & _is_first(person_no)
    share = float(weighing.mean())
    return Discounts(
        told=tuple(sorted(told, key=lambda one: -one.complaints)),
        weighing_share=share if share >= criteria.discount_at_least or frequent.any() else 0.0,
    )


def _discount(reason: DiscountReason, marked: Flags) -> Discount:
    return Discount(reason=reason, complaints=int(marked.sum()), share=float(marked.mean()))


def _of_accounts(rows: Ints, frequent: Flags, accounts: Accounts) -> Discount:
    """Tell of the accounts that are marked; the figures are those of the one that wrote most."""
    marked = rows[frequent]
    plain = _discount("frequent_account", frequent)
    if not len(marked):
        return plain
    histories = accounts.histories
    most = marked[np.lexsort((marked, -histories.marked[marked]))[0]]
    return Discount(
        reason="frequent_account",
        complaints=plain.complaints,
        share=plain.share,
        accounts=len(np.unique(accounts.author[marked])),
        account_complaints=int(histories.marked[most]),
        account_merchants=int(histories.marked_merchants[most]),
        account_days=int(histories.marked_days[most]),
    )


def _is_first(keys: Ints) -> Flags:
    """Mark the first entry of each key."""
    first = np.zeros(len(keys), dtype=np.bool_)
    first[np.unique(keys, return_index=True)[1]] = True
    return first


def _copied(rows: Ints, accounts: Accounts, criteria: Criteria) -> tuple[Flags, DiscountReason]:
    """Mark the complaints that only repeat a text which another account wrote first.

    Copies that came within days from different or unknown accounts are called a campaign
    where they are most of the copies. Of one account's copies only the first is marked: the
    others are further complaints of one person.
    """
    group, author = accounts.copy_group[rows], accounts.author[rows]
    is_copied = (group >= 0) & ~_is_first(np.where(group >= 0, group, -2 - np.arange(len(rows))))
    account = np.where(author >= 0, author, -2 - np.arange(len(rows)))
    pair = np.unique(np.c_[group, account], axis=0, return_inverse=True)[1].ravel()
    is_copied &= _is_first(pair)
    sent = _sent_around(rows, accounts, criteria)
    return is_copied, "copied_campaign" if 2 * sent > is_copied.sum() else "copied_wording"


def _sent_around(rows: Ints, accounts: Accounts, criteria: Criteria) -> int:
    """Count the complaints that only repeat a text of a campaign; reports are not sent around."""
    rows = rows[~accounts.is_hearsay[rows]]
    copies = Copies(
        copy_group=accounts.copy_group[rows],
        writer=accounts.author[rows],
        day=accounts.day[rows],
    )
    marked = mark_campaigns(
        copies, criteria.campaign_texts_at_least, criteria.campaign_days_at_most
    )
    return repeats_in(marked, copies)

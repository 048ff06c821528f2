"""A group in one row: its counts, its score, and the sentences that say why it is proposed.

In: a group with its people, its test and its losses. Out: its row of clusters. Out of
scope: the wording of the sentences (`pipelines.reasons`) and the weights of the score
(`pipelines.grouping.ranking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from pipelines.detect.expected import WindowTest
from pipelines.grouping.accounts import Accounts
from pipelines.grouping.arrays import Ints
from pipelines.grouping.campaigns import Copies, mark_campaigns, repeats_in
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.ranking import Grounds, score
from pipelines.grouping.signals import METHOD
from pipelines.grouping.tables import Row
from pipelines.grouping.titles import Group
from pipelines.people import People
from pipelines.reasons import DiscountReason, Facts, reason_en, reason_zh

Labels = Mapping[tuple[str, str], tuple[str, str]]
"""Labels zh and en by axis and code."""

_EPOCH = date(1970, 1, 1)


class Summaries:
    """Writes the rows of clusters, with labels for the codes."""

    def __init__(self, accounts: Accounts, labels: Labels, criteria: Criteria) -> None:
        self._accounts = accounts
        self._labels = labels
        self._criteria = criteria

    def row(
        self, group: Group, people: People, test: WindowTest | None, losses: Sequence[Row]
    ) -> Row:
        """Give the row of one group; `losses` are its rows of cluster_losses."""
        facts = self._facts(group, people, test)
        grounds = _grounds(group, facts, test, losses)
        return {
            "cluster_id": group.cluster_id,
            "merchant_key": group.merchant_key,
            "merchant_name": group.merchant_name,
            "issue_axis": group.axis,
            "issue_code": group.code,
            "topic_terms": " ".join(group.terms),
            "window_start": None if facts.window is None else facts.window[0],
            "window_end": None if facts.window is None else facts.window[1],
            "complaints": facts.complaints,
            "complainants_certain": facts.certain,
            "complainants_possible": facts.possible,
            "expected": facts.expected,
            "signal_method": None if test is None else METHOD,
            "signal_statistic": None if test is None else test.tail,
            "signal_lower": None if test is None else test.lower,
            "signal_observed": None if test is None else test.observed,
            "signal_size": None if test is None else test.size,
            "signal_windows": None if test is None else test.windows,
            "cohesion": round(grounds.cohesion, 3),
            "reply_share": facts.replied / facts.repliable if facts.repliable else None,
            "discount_reason": facts.discount_reason,
            "discount_share": round(facts.discount_share, 3) if facts.discount_reason else None,
            "score": score(grounds).total,
            "reason_zh": reason_zh(facts),
            "reason_en": reason_en(facts),
        }

    def _facts(self, group: Group, people: People, test: WindowTest | None) -> Facts:
        """Count what the sentences may say."""
        rows, accounts = group.theme.rows, self._accounts
        label_zh, label_en = self._label(group)
        reason, share = _discount(rows, accounts, self._criteria)
        reply = accounts.has_reply[rows]
        return Facts(
            subject=group.merchant_name,
            label_zh=label_zh,
            label_en=label_en,
            terms=group.terms,
            complaints=len(rows),
            alleging=int(group.alleging.sum()),
            certain=people.certain,
            possible=people.possible,
            window=_dates(group.theme.window),
            expected=None if test is None else test.expected,
            payment_proofs=int(accounts.has_payment_record[rows].sum()),
            replied=int(np.nansum(reply)),
            repliable=int((~np.isnan(reply)).sum()),
            discount_reason=reason,
            discount_share=share,
            undated=int(np.isnan(accounts.day[rows]).sum()),
        )

    def _label(self, group: Group) -> tuple[str, str] | tuple[None, None]:
        """Give the labels zh and en of the code, or the code itself; none for mere words."""
        if group.code_number is None:
            return None, None
        return self._labels.get((group.axis, group.code), (group.code, group.code))


def _grounds(group: Group, facts: Facts, test: WindowTest | None, losses: Sequence[Row]) -> Grounds:
    most_known = max((row["known_count"] for row in losses), default=0)
    return Grounds(
        certain=facts.certain,
        possible=facts.possible,
        cohesion=float(group.theme.typicality.mean()),
        alleging_share=facts.alleging / facts.complaints,
        lower=None if test is None else test.lower,
        dominance=group.theme.dominance,
        loss_share=most_known / facts.possible,
        discount_share=facts.discount_share,
    )


def _discount(
    rows: Ints, accounts: Accounts, criteria: Criteria
) -> tuple[DiscountReason | None, float]:
    """Say what share of the complaints only repeats, by the reason that weighs more.

    Copies that came within days from different or unknown accounts are called a campaign
    where they are most of the copies.
    """
    copy_group, author = accounts.copy_group[rows], accounts.author[rows]
    writer = np.c_[author, accounts.source[rows]]
    copied = _repeats(copy_group[copy_group >= 0])
    wrote_before = _repeats(writer[author >= 0])
    share = max(copied, wrote_before) / len(rows)
    if share < criteria.discount_at_least:
        return None, 0.0
    if wrote_before > copied:
        return "repeated_author", share
    is_campaign = 2 * _sent_around(rows, accounts, criteria) > copied
    return ("copied_campaign" if is_campaign else "copied_wording"), share


def _sent_around(rows: Ints, accounts: Accounts, criteria: Criteria) -> int:
    """Count the complaints that only repeat a text of a campaign; reports are not sent around."""
    rows = rows[~accounts.is_hearsay[rows]]
    source, author = accounts.source[rows], accounts.author[rows]
    accounts_met = np.unique(np.c_[source, author], axis=0, return_inverse=True)[1].ravel()
    copies = Copies(
        copy_group=accounts.copy_group[rows],
        writer=np.where(author >= 0, accounts_met, -1),
        day=accounts.day[rows],
    )
    marked = mark_campaigns(
        copies, criteria.campaign_texts_at_least, criteria.campaign_days_at_most
    )
    return repeats_in(marked, copies)


def _repeats(keys: Ints) -> int:
    """Count the entries beyond the first of each key."""
    return len(keys) - len(np.unique(keys, axis=0))


def _dates(window: tuple[int, int] | None) -> tuple[date, date] | None:
    if window is None:
        return None
    return _EPOCH + timedelta(days=window[0]), _EPOCH + timedelta(days=window[1])

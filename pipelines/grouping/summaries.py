"""A group in one row: its counts, its score, and the sentences that say why it is proposed.

In: a group with its people, its test and its losses. Out: its row of clusters. Out of
scope: the wording of the sentences (`pipelines.reasons`) and the weights of the score
(`pipelines.grouping.ranking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pipelines.detect.expected import WindowTest
from pipelines.grouping.accounts import Accounts
from pipelines.grouping.discounts import Discounts
from pipelines.grouping.further import FurtherPeople
from pipelines.grouping.ranking import Grounds, score
from pipelines.grouping.signals import METHOD
from pipelines.grouping.tables import Row
from pipelines.grouping.titles import Group
from pipelines.people import People
from pipelines.reasons import Facts, reason_en, reason_zh

Labels = Mapping[tuple[str, str], tuple[str, str]]
"""Labels zh and en by axis and code."""

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted of a group; `test` is None where nothing could be compared."""

    people: People
    discounts: Discounts
    further: FurtherPeople
    test: WindowTest | None

    @property
    def possible(self) -> int:
        """Give the largest number of people: of the members, and beyond them."""
        return self.people.possible + self.further.people


class Summaries:
    """Writes the rows of clusters, with labels for the codes."""

    def __init__(self, accounts: Accounts, labels: Labels) -> None:
        self._accounts = accounts
        self._labels = labels

    def row(self, group: Group, counted: Counted, losses: Sequence[Row]) -> Row:
        """Give the row of one group; `losses` are its rows of cluster_losses."""
        test = counted.test
        facts = self._facts(group, counted)
        grounds = _grounds(group, facts, counted, losses)
        discount = counted.discounts.told[0] if counted.discounts.told else None
        return {
            "cluster_id": group.cluster_id,
            "judged_id": group.theme.judged_id,
            "merchant_key": group.merchant_key,
            "merchant_name": group.merchant_name,
            "issue_axis": group.axis,
            "issue_code": group.code,
            "topic_terms": " ".join(group.phrases),
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
            "discount_reason": None if discount is None else discount.reason,
            "discount_share": None if discount is None else round(discount.share, 3),
            "score": score(grounds).total,
            "reason_zh": reason_zh(facts),
            "reason_en": reason_en(facts),
        }

    def _facts(self, group: Group, counted: Counted) -> Facts:
        """Count what the sentences may say."""
        rows, accounts = group.theme.rows, self._accounts
        label_zh, label_en = self._label(group)
        reply = accounts.has_reply[rows]
        return Facts(
            subject=group.merchant_name,
            label_zh=label_zh,
            label_en=label_en,
            terms=group.phrases,
            complaints=len(rows),
            alleging=int(group.alleging.sum()),
            certain=counted.people.certain,
            possible=counted.possible,
            told=counted.further.told,
            reached=counted.further.reached,
            window=_dates(group.theme.window),
            expected=None if counted.test is None else counted.test.expected,
            payment_proofs=int(accounts.has_payment_record[rows].sum()),
            replied=int(np.nansum(reply)),
            repliable=int((~np.isnan(reply)).sum()),
            discounts=counted.discounts.told,
            undated=int(np.isnan(accounts.day[rows]).sum()),
        )

    def _label(self, group: Group) -> tuple[str, str] | tuple[None, None]:
        """Give the labels zh and en of the code, or the code itself; none for mere words."""
        if group.code_number is None:
            return None, None
        return self._labels.get((group.axis, group.code), (group.code, group.code))


def _grounds(group: Group, facts: Facts, counted: Counted, losses: Sequence[Row]) -> Grounds:
    most_known = max((row["known_count"] for row in losses), default=0)
    return Grounds(
        certain=facts.certain,
        possible=counted.people.possible,
        cohesion=float(group.theme.typicality.mean()),
        alleging_share=facts.alleging / facts.complaints,
        lower=None if counted.test is None else counted.test.lower,
        dominance=group.theme.dominance,
        loss_share=most_known / facts.possible,
        discount_share=counted.discounts.weighing_share,
    )


def _dates(window: tuple[int, int] | None) -> tuple[date, date] | None:
    if window is None:
        return None
    return _EPOCH + timedelta(days=window[0]), _EPOCH + timedelta(days=window[1])

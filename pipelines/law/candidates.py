"""The law over all groups of a build: the tiers that each meets, the deadlines that run.

In: what is stored of the groups and their members, and the day until which the data know.
Out: `LawTables`. Out of scope: what makes a group (`pipelines.grouping`), consent and
representatives: they come only from people, and until a person states them are unknown.

A member states that the operator is the same where its respondent was resolved to the
merchant of the group, and that the dispute is where it also carries the code of the group
(a nature is too wide for one dispute; it says that the kind is the same). Members whose
respondent is unnamed state neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pyarrow as pa

from pipelines.law.deadlines import running_deadlines
from pipelines.law.facts import CandidateFacts, Event, Member, Promised, Statement, Support
from pipelines.law.model import Rulebook
from pipelines.law.promised import Account, HearsPromises, StoredReply, promises_of, reply_reader
from pipelines.law.tables import (
    DEADLINES_SCHEMA,
    TIERS_SCHEMA,
    Row,
    deadline_row,
    table_of,
    tier_row,
)
from pipelines.law.tiers import decide_tiers
from pipelines.law.triggers import Triggers, load_triggers
from pipelines.records import Span

_DISPUTE_OF_AXIS = {"pattern": "same_dispute", "wallet": "same_dispute", "nature": "same_kind"}
"""What carrying the group's code says; words alone (a topic) say nothing of the dispute."""

_SIDES = frozenset({"merchant", "platform", "regulator", "complainant"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGroups:
    """What is stored of groups, as the feeds of the warehouse give it.

    `members` is one row per group and member, those of a group together; `replies` one per
    reply of a member (complaint_id, by, replied_on, text); `dates` one per day in a column of
    the source's own (complaint_id, column_name, day).
    """

    members: pa.Table
    replies: pa.Table
    dates: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class LawTables:
    """What the law says of groups; the fields are named after the tables of `enriched`."""

    cluster_tiers: pa.Table
    cluster_deadlines: pa.Table


def decide_groups(groups: StoredGroups, day: date, book: Rulebook, key: bytes) -> LawTables:
    """Decide every tier of every group on a day, and read every clock.

    The same groups and day give the same rows. `key` is the installation's, for redacting
    replies before they are read.
    """
    reader = _FactsReader(groups, key)
    tiers: list[Row] = []
    deadlines: list[Row] = []
    rows = groups.members.to_pylist()
    for cluster_id, members in groupby(rows, key=lambda row: str(row["cluster_id"])):
        facts = reader.facts(list(members))
        tiers += [tier_row(cluster_id, day, one) for one in decide_tiers(facts, day, book)]
        clocks = running_deadlines(facts, day, book)
        deadlines += [deadline_row(cluster_id, day, one) for one in clocks]
    return LawTables(
        cluster_tiers=table_of(tiers, TIERS_SCHEMA),
        cluster_deadlines=table_of(deadlines, DEADLINES_SCHEMA),
    )


class _FactsReader:
    """Turns the stored rows of a group into the facts that tiers and clocks ask for."""

    def __init__(self, groups: StoredGroups, key: bytes) -> None:
        self.replies = _by_complaint(groups.replies)
        self.dates = _by_complaint(groups.dates)
        self.triggers: Triggers = load_triggers()
        self.heard_in: HearsPromises = reply_reader(key)

    def facts(self, members: Sequence[Row]) -> CandidateFacts:
        """Give what is known of one group."""
        first = members[0]
        return CandidateFacts(
            members=tuple(
                Member(
                    complaint_id=row["complaint_id"],
                    person_no=row["person_no"],
                    surely_no=row["surely_no"],
                )
                for row in members
            ),
            certain=first["complainants_certain"],
            possible=first["complainants_possible"],
            statements=tuple(one for row in members for one in _statements(row)),
            events=tuple(one for row in members for one in self._events(row)),
            promises=tuple(one for row in members for one in self._promises(row)),
        )

    def _events(self, row: Row) -> Iterator[Event]:
        """Give what the record of a member says to have happened."""
        complaint_id = row["complaint_id"]
        support = Support(complaint_id=complaint_id)
        dates = [(one["column_name"], one["day"]) for one in self.dates.get(complaint_id, ())]
        yield from self.triggers.of_dates(row["source"], dates, support, row["region"])
        yield from self.triggers.of_state(row["source"], row["status"], support)

    def _promises(self, row: Row) -> Iterator[Promised]:
        replies = [
            StoredReply(
                by=one["by"] if one["by"] in _SIDES else None,
                on=one["replied_on"],
                text=one["text"] or "",
            )
            for one in self.replies.get(row["complaint_id"], ())
        ]
        account = Account(
            complaint_id=row["complaint_id"],
            text=row["redacted_text"],
            written_on=row["event_date"],
            is_settled=row["outcome"] == "resolved",
            replies=replies,
        )
        return promises_of(account, self.heard_in)


def _by_complaint(table: pa.Table) -> Mapping[str, list[Row]]:
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        rows[row["complaint_id"]].append(row)
    return rows


def _statements(row: Row) -> Iterator[Statement]:
    """Give what a member states of operator, dispute and minors."""
    complaint_id = row["complaint_id"]
    operator, own = row["merchant_key"], row["respondent_key"]
    if operator is not None and own is not None:
        support = Support(complaint_id=complaint_id, span=_span(row["respondent_span"]))
        yield Statement(fact="same_operator", holds=own == operator, support=support)
        dispute = _DISPUTE_OF_AXIS.get(row["issue_axis"])
        if own == operator and row["is_alleging"] and dispute is not None:
            support = Support(complaint_id=complaint_id, span=_first_span(row["spans"]))
            yield Statement(fact=dispute, holds=True, support=support)
    if row["is_minor"]:
        yield Statement(
            fact="minor_involved", holds=True, support=Support(complaint_id=complaint_id)
        )


def _span(pair: Any) -> Span | None:
    return None if pair is None else Span(*pair)


def _first_span(spans: Sequence[Any] | None) -> Span | None:
    """Give the passage that stands first; None where a label says it."""
    return min((Span(*pair) for pair in spans or ()), default=None)

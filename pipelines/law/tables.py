"""Tiers and clocks as rows: the tables of `enriched` and `codes` that hold the law.

In: decisions and clocks of candidates; the rulebook. Out: Arrow tables with the columns of
their definitions. Out of scope: deciding (`tiers`, `deadlines`), and where facts come from
(`pipelines.law.candidates`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from pipelines.law.deadlines import Clock
from pipelines.law.model import Citation, Deadline, LawText, Rulebook
from pipelines.law.tiers import ConditionDecision, TierDecision
from pipelines.law.wording import PROMISE_START
from pipelines.taxonomy.model import Bilingual

Row = dict[str, Any]

_CONDITION = pa.struct(
    {
        "code": pa.string(),
        "label_zh": pa.string(),
        "label_en": pa.string(),
        "state": pa.string(),
        "certain": pa.int32(),
        "possible": pa.int32(),
        "needed": pa.int32(),
    }
)
_RULE = {
    "rule_code": pa.string(),
    "article": pa.string(),
    "standing": pa.string(),
    "older_rule_code": pa.string(),
    "older_article": pa.string(),
}
TIERS_SCHEMA = pa.schema(
    {
        "cluster_id": pa.string(),
        "tier_code": pa.string(),
        "as_of_date": pa.date32(),
        "state": pa.string(),
        "why_zh": pa.string(),
        "why_en": pa.string(),
        **_RULE,
        "notes_zh": pa.list_(pa.string()),
        "notes_en": pa.list_(pa.string()),
        "conditions": pa.list_(_CONDITION),
        "beside": pa.list_(_CONDITION),
        "members": pa.list_(pa.string()),
    }
)
DEADLINES_SCHEMA = pa.schema(
    {
        "cluster_id": pa.string(),
        "deadline_code": pa.string(),
        "complaint_id": pa.string(),
        "as_of_date": pa.date32(),
        "state": pa.string(),
        "owed_by_zh": pa.string(),
        "owed_by_en": pa.string(),
        "amount": pa.int32(),
        "unit": pa.string(),
        "calendar": pa.string(),
        "start_date": pa.date32(),
        "due_date": pa.date32(),
        "due_not_before_date": pa.date32(),
        "due_not_after_date": pa.date32(),
        "due_by_older_rule_date": pa.date32(),
        "done_date": pa.date32(),
        "is_done": pa.bool_(),
        "days_left": pa.int32(),
        "days_over": pa.int32(),
        "elapsed_days": pa.int32(),
        "elapsed_working_days": pa.int32(),
        **_RULE,
        "notes_zh": pa.list_(pa.string()),
        "notes_en": pa.list_(pa.string()),
        "span": pa.list_(pa.int32()),
    }
)
_CALENDARS = {"working_days": "CN_working_days", "hours": "clock"}
"""By which days a period is counted; every other unit by the calendar's."""


def tier_row(cluster_id: str, day: date, decision: TierDecision) -> Row:
    """Give the row of one tier of one cluster."""
    return {
        "cluster_id": cluster_id,
        "tier_code": decision.code,
        "as_of_date": day,
        "state": decision.state,
        "why_zh": decision.why.zh,
        "why_en": decision.why.en,
        **_cited(decision.rule),
        **_noted(decision.notes),
        "conditions": [_condition(one) for one in decision.conditions],
        "beside": [_condition(one) for one in decision.columns],
        "members": list(decision.members),
    }


def deadline_row(cluster_id: str, day: date, clock: Clock) -> Row:
    """Give the row of one clock of one cluster."""
    period, spent = clock.period, clock.elapsed
    unit = None if period is None else period.unit
    span = next((one.span for one in clock.support if one.span is not None), None)
    return {
        "cluster_id": cluster_id,
        "deadline_code": clock.code,
        "complaint_id": clock.complaint_id,
        "as_of_date": day,
        "state": clock.state,
        "owed_by_zh": clock.owed_by.zh,
        "owed_by_en": clock.owed_by.en,
        "amount": None if period is None else period.amount,
        "unit": unit,
        "calendar": None if unit is None else _CALENDARS.get(unit, "calendar"),
        "start_date": clock.start,
        "due_date": clock.due_on,
        "due_not_before_date": clock.due_not_before,
        "due_not_after_date": clock.due_not_after,
        "due_by_older_rule_date": clock.due_by_older_rule,
        "done_date": clock.done_on,
        "is_done": clock.is_done,
        "days_left": clock.days_left,
        "days_over": clock.days_over,
        "elapsed_days": None if spent is None else spent.days,
        "elapsed_working_days": None if spent is None else spent.working_days,
        **_cited(clock.rule),
        **_noted(clock.notes),
        "span": None if span is None else list(span),
    }


def table_of(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """Lay rows out as a table of a schema."""
    return pa.Table.from_pylist(list(rows), schema=schema)


def reference_tables(book: Rulebook) -> Mapping[str, pa.Table]:
    """Give the law itself as the tables of `codes`: texts, tiers, deadlines and promises.

    >>> from pipelines.law import load_rulebook
    >>> tables = reference_tables(load_rulebook())
    >>> sorted(tables), tables["law_tiers"]["code"][0].as_py()
    (['law_deadlines', 'law_texts', 'law_tiers'], 'joint')
    """
    rules = [one.rule for tier in book.tiers for one in tier.versions]
    rules += [one.rule for deadline in book.deadlines for one in deadline.versions]
    texts = {rule.text.code: rule.text for rule in rules}
    tiers = [
        {
            "place": place,
            "code": tier.code,
            "role": tier.role,
            "scope": tier.scope,
            **_named("label", tier.label),
            **_named("definition", tier.definition),
        }
        for place, tier in enumerate(book.tiers, 1)
    ]
    deadlines = [
        *(_deadline(one, book) for one in book.deadlines),
        *(_promise(what, label) for what, label in book.promises.items()),
    ]
    return {
        "law_texts": pa.Table.from_pylist([_text(one) for one in texts.values()]),
        "law_tiers": pa.Table.from_pylist(tiers),
        "law_deadlines": pa.Table.from_pylist(
            [{"place": place, **row} for place, row in enumerate(deadlines, 1)]
        ),
    }


def _text(text: LawText) -> Row:
    caveat = text.caveat
    return {
        "code": text.code,
        **_named("label", text.label),
        "jurisdiction": text.jurisdiction,
        "first_day": None if text.first_day == date.min else text.first_day,
        "last_day": text.last_day,
        "standing": text.standing,
        "is_date_read": text.is_date_read,
        "source": text.source,
        "caveat_zh": None if caveat is None else caveat.zh,
        "caveat_en": None if caveat is None else caveat.en,
    }


def _deadline(deadline: Deadline, book: Rulebook) -> Row:
    return {
        "code": deadline.code,
        "kind": deadline.kind,
        **_named("label", deadline.label),
        **_named("owed_by", deadline.owed_by),
        **_named("starts", book.events[deadline.starts]),
        "jurisdiction": deadline.versions[-1].rule.text.jurisdiction,
        "regions": list(deadline.regions),
    }


def _promise(what: str, label: Bilingual) -> Row:
    return {
        "code": f"promised_{what}",
        "kind": "promise",
        **_named("label", label),
        "owed_by_zh": None,
        "owed_by_en": None,
        **_named("starts", PROMISE_START),
        "jurisdiction": None,
        "regions": [],
    }


def _condition(decision: ConditionDecision) -> Row:
    return {
        "code": decision.code,
        **_named("label", decision.label),
        "state": decision.state,
        "certain": decision.certain,
        "possible": decision.possible,
        "needed": decision.needed,
    }


def _cited(rule: Citation | None) -> Row:
    """Give the rule in force, and the one before it where its wording decides."""
    older = None if rule is None else rule.older
    return {
        "rule_code": None if rule is None else rule.text.code,
        "article": None if rule is None else rule.article,
        "standing": None if rule is None else rule.standing,
        "older_rule_code": None if older is None else older.text.code,
        "older_article": None if older is None else older.article,
    }


def _noted(notes: Iterable[Bilingual]) -> Row:
    listed = list(notes)
    return {"notes_zh": [one.zh for one in listed], "notes_en": [one.en for one in listed]}


def _named(name: str, words: Bilingual) -> Row:
    return {f"{name}_zh": words.zh, f"{name}_en": words.en}

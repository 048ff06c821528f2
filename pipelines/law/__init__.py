"""The law: which tiers a group of complaints meets, and which deadlines run, on a given day.

In: `CandidateFacts`, a day, and the `Rulebook` of `pipelines/taxonomy/law/`. Out:
`TierDecision` and `Clock`, each with its rule, the days it is in force, and the members and
spans that support it. Out of scope: legal advice, and any sum of tiers.

    book = load_rulebook()
    decide_tiers(facts, day, book)         met / not_met / unknown, one per tier
    running_deadlines(facts, day, book)    start, due day, days left or over, one per clock
    load_working_days()                    Chinese working days, make-up days included

Over all groups of a build, from what is stored of them: `pipelines.law.candidates`, with
`promised` (what the other side promised), `triggers` (which dates of a source start or end a
deadline) and `tables` (the rows that come out).

Nothing here reads a clock: the day is an argument, and a past day gives what was known then.
"""

from __future__ import annotations

from pipelines.law.deadlines import Clock, running_deadlines
from pipelines.law.facts import (
    CandidateFacts,
    Event,
    FactsError,
    Member,
    Promised,
    Statement,
    Support,
)
from pipelines.law.model import Citation, Rulebook
from pipelines.law.rulebook import load_rulebook
from pipelines.law.tiers import ConditionDecision, TierDecision, decide_tiers
from pipelines.law.working_days import WorkingCalendar, load_working_days

LAW_VERSION = "4"
"""Changes whenever the same groups, day and rulebook would be decided otherwise."""

__all__ = [
    "LAW_VERSION",
    "CandidateFacts",
    "Citation",
    "Clock",
    "ConditionDecision",
    "Event",
    "FactsError",
    "Member",
    "Promised",
    "Rulebook",
    "Statement",
    "Support",
    "TierDecision",
    "WorkingCalendar",
    "decide_tiers",
    "load_rulebook",
    "load_working_days",
    "running_deadlines",
]

"""The law as the steps see it: texts with their days in force, tiers, deadlines. No trace of YAML.

In: nothing; these are only types. Out: `Rulebook` and what it is made of. Out of scope:
reading the files (`pipelines.law.rulebook`) and deciding (`tiers`, `deadlines`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeVar

from pipelines.law.working_days import WorkingCalendar
from pipelines.taxonomy.model import Bilingual

State = Literal["met", "not_met", "unknown"]
Standing = Literal["read", "from_memory", "older_text", "not_seen"]
Unit = Literal["working_days", "days", "weeks", "months", "years", "hours"]
Teller = Literal["anyone", "people"]
TierRole = Literal["tier", "flag", "analogue"]
TierScope = Literal["group", "sector", "filer"]
DeadlineKind = Literal["act_by", "keep_until", "allowed_until", "ahead", "yearly", "promise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawText:
    """One version of a law, rule or guide. `last_day` None: no end of its force is known."""

    code: str
    label: Bilingual
    jurisdiction: str
    first_day: date
    last_day: date | None
    standing: Standing
    is_date_read: bool
    source: str
    caveat: Bilingual | None

    def is_in_force(self, day: date) -> bool:
        """Say whether the text is in force on a day; first and last day included."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The rule that is shown beside a tier or deadline: text, article, days in force, standing.

    `older` is the rule whose wording decides while that of the text in force was not seen.
    """

    text: LawText
    article: str | None
    standing: Standing
    older: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that a tier asks; exactly one of `people_at_least`, `stated`, `any_member` is set.

    `is_presumption`: fewer people than `people_at_least` leave it open.
    """

    code: str
    label: Bilingual
    people_at_least: int | None = None
    sharing: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    any_member: str | None = None
    is_presumption: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TierVersion:
    """A tier as one text has it; no conditions: they are not known."""

    rule: Citation
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A legal threshold of what is collective, over the versions of its rule."""

    code: str
    role: TierRole
    scope: TierScope
    label: Bilingual
    definition: Bilingual
    columns: tuple[str, ...]
    versions: tuple[TierVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length of time. `shortest` is the lower end of a range; `is_moved_by_rest`: see Due."""

    amount: int
    unit: Unit
    shortest: int | None = None
    is_moved_by_rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineVersion:
    """A deadline as one text has it: a period, or a day of the year; neither: not known.

    `older_period` is that of the version before, where the one in force is known to differ.
    """

    rule: Citation
    period: Period | None
    month_day: tuple[int, int] | None = None
    older_period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The further period that an event grants."""

    event: str
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What somebody owes by when; `regions` empty: everywhere."""

    code: str
    kind: DeadlineKind
    owed_by: Bilingual
    label: Bilingual
    starts: str
    ends: tuple[str, ...]
    regions: tuple[str, ...]
    extension: Extension | None
    versions: tuple[DeadlineVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """A thing that may be stated. `implied_by`: facts that, holding, state this one too."""

    code: str
    label: Bilingual
    told_by: Teller
    implied_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All that the law room knows, as one value."""

    tiers: tuple[Tier, ...]
    deadlines: tuple[Deadline, ...]
    facts: Mapping[str, FactKind]
    events: Mapping[str, Bilingual]
    promises: Mapping[str, Bilingual]
    calendar: WorkingCalendar


class _HasRule(Protocol):
    @property
    def rule(self) -> Citation: ...


_Versioned = TypeVar("_Versioned", bound=_HasRule)


def in_force(versions: Iterable[_Versioned], day: date) -> _Versioned | None:
    """Give the version whose text is in force on a day; None when none is known to be."""
    return next((one for one in versions if one.rule.text.is_in_force(day)), None)

"""The YAML files of the law, as their authors write them, checked key by key.

In: `pipelines/taxonomy/law/*.yml`. Out: one frozen `Rulebook`, or an error that names the
file and the fault. Out of scope: whether the law is right; every text says how it is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Literal

from pydantic import Field, TypeAdapter, model_validator

from pipelines.errors import TaxonomyError
from pipelines.law.model import (
    Citation,
    Condition,
    Deadline,
    DeadlineKind,
    DeadlineVersion,
    Extension,
    FactKind,
    LawText,
    Period,
    Rulebook,
    Standing,
    Teller,
    Tier,
    TierRole,
    TierScope,
    TierVersion,
    Unit,
)
from pipelines.law.working_days import read_working_days
from pipelines.taxonomy.entry_files import Code, Prose, Spec, checked
from pipelines.taxonomy.model import Bilingual


class _Label(Spec):
    zh: Prose
    en: Prose

    def record(self) -> Bilingual:
        return Bilingual(zh=self.zh, en=self.en)


class _Text(Spec):
    code: Code
    label: _Label
    jurisdiction: Literal["CN", "US", "UK", "EU"]
    first_day: date = Field(alias="from", default=date.min)
    last_day: date | None = Field(alias="until", default=None)
    standing: Literal["read", "from_memory", "not_seen"]
    dated: Literal["read", "from_memory"]
    source: Prose
    caveat: _Label | None = None

    def record(self) -> LawText:
        return LawText(
            code=self.code,
            label=self.label.record(),
            jurisdiction=self.jurisdiction,
            first_day=self.first_day,
            last_day=self.last_day,
            standing=self.standing,
            is_date_read=self.dated == "read",
            source=self.source,
            caveat=self.caveat.record() if self.caveat else None,
        )


class _Version(Spec):
    text: Code
    article: Prose | None = None
    standing: Literal["read", "from_memory"] | None = None
    values: Literal["as_before", "unknown"] | None = None

    def cite(self, texts: Mapping[str, LawText], older: Citation | None) -> Citation:
        """Cite the text; where its wording was not seen, that of the version before decides."""
        text = texts[self.text]
        is_older = self.values == "as_before"
        standing: Standing = "older_text" if is_older else self.standing or text.standing
        return Citation(text=text, article=self.article, standing=standing, older=older)


class _Condition(Spec):
    code: Code
    label: _Label
    people_at_least: int | None = Field(default=None, ge=1)
    sharing: list[Code] = Field(default_factory=list)
    fewer: Literal["open"] | None = None
    stated: list[Code] = Field(default_factory=list)
    any_member: Code | None = None

    @model_validator(mode="after")
    def _asks_one_thing(self) -> _Condition:
        asked = [self.people_at_least is not None, bool(self.stated), self.any_member is not None]
        if sum(asked) != 1 or (self.people_at_least is None and (self.sharing or self.fewer)):
            raise ValueError("expected one of people_at_least (with sharing), stated, any_member")
        return self

    def record(self) -> Condition:
        return Condition(
            code=self.code,
            label=self.label.record(),
            people_at_least=self.people_at_least,
            sharing=tuple(self.sharing),
            stated=tuple(self.stated),
            any_member=self.any_member,
            is_presumption=self.fewer == "open",
        )


class _TierVersion(_Version):
    conditions: list[_Condition] = Field(default_factory=list)

    @model_validator(mode="after")
    def _has_conditions_or_says_why_not(self) -> _TierVersion:
        if bool(self.conditions) == (self.values is not None):
            raise ValueError("expected either conditions or values: as_before, unknown")
        return self


class _Tier(Spec):
    code: Code
    role: TierRole
    scope: TierScope
    label: _Label
    definition: _Label
    columns: list[Code] = Field(default_factory=list)
    versions: list[_TierVersion] = Field(min_length=1)

    def record(self, texts: Mapping[str, LawText]) -> Tier:
        versions: list[TierVersion] = []
        for one in self.versions:
            before = versions[-1] if versions and one.values else None
            conditions = tuple(condition.record() for condition in one.conditions)
            if before is not None and one.values == "as_before":
                conditions = before.conditions
            rule = one.cite(texts, before.rule if before else None)
            versions.append(TierVersion(rule=rule, conditions=conditions))
        return Tier(
            code=self.code,
            role=self.role,
            scope=self.scope,
            label=self.label.record(),
            definition=self.definition.record(),
            columns=tuple(self.columns),
            versions=tuple(versions),
        )


class _DeadlineVersion(_Version):
    amount: int | None = Field(default=None, ge=1)
    amount_from: int | None = Field(default=None, ge=1)
    unit: Unit | None = None
    rest_day: Literal["moves"] | None = None
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)

    @model_validator(mode="after")
    def _has_a_length_or_says_why_not(self) -> _DeadlineVersion:
        period = (self.amount is not None, self.unit is not None)
        yearly = (self.month is not None, self.day is not None)
        given = [all(period), all(yearly), self.values is not None]
        if sum(given) != 1 or any(period) != all(period) or any(yearly) != all(yearly):
            raise ValueError("expected one of amount with unit, month with day, or values")
        if self.month is not None and self.day is not None:
            date(2001, self.month, self.day)  # a day of every year, or it raises ValueError
        return self

    def period(self) -> Period | None:
        if self.amount is None or self.unit is None:
            return None
        return Period(
            amount=self.amount,
            unit=self.unit,
            shortest=self.amount_from,
            is_moved_by_rest=self.rest_day == "moves",
        )

    def month_day(self) -> tuple[int, int] | None:
        if self.month is None or self.day is None:
            return None
        return self.month, self.day


class _Extension(Spec):
    event: Code
    amount: int = Field(ge=1)
    unit: Unit

    def record(self) -> Extension:
        return Extension(event=self.event, period=Period(amount=self.amount, unit=self.unit))


class _Deadline(Spec):
    code: Code
    kind: DeadlineKind
    owed_by: _Label
    label: _Label
    starts: Code
    ends: list[Code]
    regions: list[Prose] = Field(default_factory=list)
    extension: _Extension | None = None
    versions: list[_DeadlineVersion] = Field(min_length=1)

    @model_validator(mode="after")
    def _extends_in_its_own_unit(self) -> _Deadline:
        if self.extension is None:
            return self
        units = {version.unit for version in self.versions if version.unit}
        if units != {self.extension.unit}:
            raise ValueError(f"expected an extension in {sorted(units)}")
        return self

    def record(self, texts: Mapping[str, LawText]) -> Deadline:
        return Deadline(
            code=self.code,
            kind=self.kind,
            owed_by=self.owed_by.record(),
            label=self.label.record(),
            starts=self.starts,
            ends=tuple(self.ends),
            regions=tuple(self.regions),
            extension=self.extension.record() if self.extension else None,
            versions=tuple(self._versions(texts)),
        )

    def _versions(self, texts: Mapping[str, LawText]) -> Iterator[DeadlineVersion]:
        before: DeadlineVersion | None = None
        for one in self.versions:
            older = before if one.values else None
            period, month_day = one.period(), one.month_day()
            if older is not None and one.values == "as_before":
                period, month_day = older.period, older.month_day
            before = DeadlineVersion(
                rule=one.cite(texts, older.rule if older else None),
                period=period,
                month_day=month_day,
                older_period=older.period if older and one.values == "unknown" else None,
            )
            yield before


class _Fact(Spec):
    code: Code
    told_by: Teller
    implied_by: list[Code] = Field(default_factory=list)
    label: _Label


class _Named(Spec):
    code: Code
    label: _Label


class _Facts(Spec):
    statements: list[_Fact]
    events: list[_Named]
    promises: list[_Named]


@cache
def load_rulebook() -> Rulebook:
    """Give the law that this version of the project carries.

    >>> [tier.code for tier in load_rulebook().tiers if tier.role == "tier"]
    ['joint', 'numerous', 'public_interest']
    """
    return read_rulebook(files("pipelines.taxonomy").joinpath("law"))


def read_rulebook(root: Traversable) -> Rulebook:
    """Read and check a folder of law files.

    Raises:
        TaxonomyError: a file breaks its declared shape, a code is given twice or of no file,
            or two versions of one rule are in force on one day.
    """
    texts = checked("law/texts.yml", _content(root, "texts"), TypeAdapter(list[_Text]))
    tiers = checked("law/tiers.yml", _content(root, "tiers"), TypeAdapter(list[_Tier]))
    deadlines = checked(
        "law/deadlines.yml", _content(root, "deadlines"), TypeAdapter(list[_Deadline])
    )
    facts = checked("law/facts.yml", _content(root, "facts"), TypeAdapter(_Facts))
    _check_codes(texts, tiers, deadlines, facts)
    by_code = {text.code: text.record() for text in texts}
    book = Rulebook(
        tiers=tuple(tier.record(by_code) for tier in tiers),
        deadlines=tuple(deadline.record(by_code) for deadline in deadlines),
        facts={fact.code: _fact_kind(fact) for fact in facts.statements},
        events={event.code: event.label.record() for event in facts.events},
        promises={promise.code: promise.label.record() for promise in facts.promises},
        calendar=read_working_days("law/working_days.yml", _content(root, "working_days")),
    )
    for tier in book.tiers:
        _check_succession(tier.code, [version.rule for version in tier.versions])
    for deadline in book.deadlines:
        _check_succession(deadline.code, [version.rule for version in deadline.versions])
    return book


def _content(root: Traversable, name: str) -> bytes:
    return root.joinpath(f"{name}.yml").read_bytes()


def _fact_kind(fact: _Fact) -> FactKind:
    return FactKind(
        code=fact.code,
        label=fact.label.record(),
        told_by=fact.told_by,
        implied_by=tuple(fact.implied_by),
    )


def _check_codes(
    texts: Sequence[_Text], tiers: Sequence[_Tier], deadlines: Sequence[_Deadline], facts: _Facts
) -> None:
    """Refuse a code that is given twice or that no file declares."""
    known_texts = _unique("texts", texts)
    known_facts = _unique("facts", facts.statements)
    known_events = _unique("events", facts.events)
    _unique("promises", facts.promises)
    for fact in facts.statements:
        _expect_known(fact.code, fact.implied_by, known_facts)
    _unique("tiers", tiers)
    for tier in tiers:
        asked = [name for version in tier.versions for name in _asked(version)]
        _expect_known(tier.code, [*asked, *tier.columns], known_facts)
        _expect_known(tier.code, [version.text for version in tier.versions], known_texts)
    _unique("deadlines", deadlines)
    for one in deadlines:
        extending = [one.extension.event] if one.extension else []
        _expect_known(one.code, [one.starts, *one.ends, *extending], known_events)
        _expect_known(one.code, [version.text for version in one.versions], known_texts)


def _asked(version: _TierVersion) -> Iterator[str]:
    for condition in version.conditions:
        yield from (*condition.sharing, *condition.stated)
        if condition.any_member is not None:
            yield condition.any_member


def _unique(
    kind: str, entries: Iterable[_Text | _Tier | _Deadline | _Fact | _Named]
) -> dict[str, None]:
    codes: dict[str, None] = {}
    for entry in entries:
        if entry.code in codes:
            raise TaxonomyError(
                f"law: expected each code of {kind} once; found {entry.code!r} twice"
            )
        codes[entry.code] = None
    return codes


def _expect_known(code: str, used: Iterable[str], known: Mapping[str, None]) -> None:
    if unknown := sorted(set(used) - known.keys()):
        raise TaxonomyError(
            f"law: {code}: expected codes that some file declares; found {unknown}. "
            "Correct the name or declare it"
        )


def _check_succession(code: str, rules: Sequence[Citation]) -> None:
    """Refuse versions that are not in the order of their days in force, or overlap."""
    for earlier, later in pairwise(rules):
        if earlier.text.last_day is None or earlier.text.last_day >= later.text.first_day:
            raise TaxonomyError(
                f"law: {code}: expected {earlier.text.code} to end before {later.text.code} "
                f"begins on {later.text.first_day}; found its last day {earlier.text.last_day}"
            )
    if rules[0].standing == "older_text":
        raise TaxonomyError(f"law: {code}: expected a version before one that is as_before")

"""Which legal tiers a candidate meets on a day: met, not met or unknown, and who supports it.

In: the facts of a candidate, a day, the rulebook. Out: one decision per tier, with the rule
in force on that day, each condition, the supporting members and their spans. Out of scope:
deadlines (`pipelines.law.deadlines`), and any sum of tiers: there is none.

People count for a tier when each fact that they must share is said to hold of their
complaint (or of the whole candidate). Complaints of which it is denied are left out, those
of which nothing is said can only make the answer unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipelines.law.facts import CandidateFacts, Member, Statement, Support, check_facts
from pipelines.law.model import (
    Citation,
    Condition,
    FactKind,
    Rulebook,
    State,
    Tier,
    TierRole,
    TierScope,
    in_force,
)
from pipelines.law.wording import (
    Counted,
    OpenFact,
    caveats,
    say_condition,
    say_no_rule,
    say_not_seen,
    say_people,
)
from pipelines.taxonomy.model import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionDecision:
    """How one condition stands, or one column. `against` are the statements that deny it.

    `certain` to `possible` people fulfil a condition on people, of `needed`; None: not
    counted, or (`possible`) without a known upper end. `members` are the complaints of those
    who are counted for certain, or that state the condition.
    """

    code: str
    label: Bilingual
    state: State
    why: Bilingual
    support: tuple[Support, ...] = ()
    against: tuple[Support, ...] = ()
    certain: int | None = None
    possible: int | None = None
    needed: int | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TierDecision:
    """How one tier stands on a day. `rule` None: none is known to be in force that day.

    `notes` must be shown with it: the rule is superseded, or known from memory only.
    """

    code: str
    role: TierRole
    scope: TierScope
    label: Bilingual
    definition: Bilingual
    state: State
    why: Bilingual
    rule: Citation | None
    notes: tuple[Bilingual, ...]
    conditions: tuple[ConditionDecision, ...]
    columns: tuple[ConditionDecision, ...]

    @property
    def support(self) -> tuple[Support, ...]:
        """Give the members and spans behind all conditions, each once."""
        return tuple(dict.fromkeys(one for part in self.conditions for one in part.support))

    @property
    def members(self) -> tuple[str, ...]:
        """Give the complaints that stand behind all conditions, each once."""
        return tuple(dict.fromkeys(one for part in self.conditions for one in part.members))


def decide_tiers(facts: CandidateFacts, day: date, book: Rulebook) -> tuple[TierDecision, ...]:
    """Decide every tier, flag and analogue of the rulebook for one candidate on one day.

    The order is that of the rulebook. The same facts give the same decisions in any order
    of members and statements, but for the order of `support`.

    Raises:
        FactsError: the facts hold an unknown code, or consent that no person gave.

    >>> from pipelines.law.rulebook import load_rulebook
    >>> whole = Support(told_by="people")
    >>> facts = CandidateFacts(certain=4, possible=12, statements=(
    ...     Statement(fact="same_operator", holds=True, support=whole),
    ...     Statement(fact="same_dispute", holds=True, support=whole)))
    >>> decisions = decide_tiers(facts, date(2025, 3, 1), load_rulebook())
    >>> [(one.code, one.state) for one in decisions if one.role == "tier"]
    [('joint', 'met'), ('numerous', 'unknown'), ('public_interest', 'unknown')]
    """
    check_facts(facts, book)
    told = _Told(facts, book)
    return tuple(_decide(tier, day, told) for tier in book.tiers)


def _decide(tier: Tier, day: date, told: _Told) -> TierDecision:
    version = in_force(tier.versions, day)
    conditions: tuple[ConditionDecision, ...] = ()
    state: State = "unknown"
    if version is None:
        why = say_no_rule(day)
    elif not version.conditions:
        why = say_not_seen(version.rule)
    else:
        conditions = tuple(told.decide(one) for one in version.conditions)
        state = _all([one.state for one in conditions])
        why = _why(state, conditions)
    return TierDecision(
        code=tier.code,
        role=tier.role,
        scope=tier.scope,
        label=tier.label,
        definition=tier.definition,
        state=state,
        why=why,
        rule=version.rule if version else None,
        notes=caveats(version.rule) if version else (),
        conditions=conditions,
        columns=tuple(told.column(fact) for fact in tier.columns),
    )


def _why(state: State, conditions: tuple[ConditionDecision, ...]) -> Bilingual:
    """Join what is said of the conditions that decide."""
    telling = [one for one in conditions if one.state == state]
    return Bilingual(
        zh="；".join(one.why.zh for one in telling), en="; ".join(one.why.en for one in telling)
    )


def _all(states: Iterable[State]) -> State:
    found = set(states)
    if "not_met" in found:
        return "not_met"
    return "unknown" if "unknown" in found else "met"


def _any(states: Iterable[State]) -> State:
    found = set(states)
    if "met" in found:
        return "met"
    return "not_met" if found == {"not_met"} else "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """Who shares the facts that people must share: for certain, and perhaps; and who says so."""

    certain: int
    possible: int | None
    members: tuple[str, ...]
    support: tuple[Support, ...]
    against: tuple[Support, ...]
    open_facts: tuple[OpenFact, ...]


_Place = str | None
"""A complaint, or None for the candidate as a whole."""


class _Told:
    """The statements of one candidate, by fact and place, with what implies what.

    Several tiers ask the same, so that answers are remembered.
    """

    def __init__(self, facts: CandidateFacts, book: Rulebook) -> None:
        self.facts = facts
        self.kinds: dict[str, FactKind] = dict(book.facts)
        self.ids: tuple[str, ...] = facts.ids
        self.stated: dict[str, dict[_Place, list[Statement]]] = {}
        for statement in facts.statements:
            places = self.stated.setdefault(statement.fact, {})
            places.setdefault(statement.support.complaint_id, []).append(statement)
        self.known: dict[str, dict[_Place, list[Statement]]] = {}
        self.shared: dict[tuple[str, ...], _Shared] = {}

    def decide(self, condition: Condition) -> ConditionDecision:
        """Hold one condition against what was told."""
        if condition.people_at_least is not None:
            return self._people(condition, condition.people_at_least)
        if condition.any_member is not None:
            return self._of_a_member(condition, condition.any_member)
        return self._stated(condition.code, condition.label, condition.stated)

    def column(self, fact: str) -> ConditionDecision:
        """Say how a fact stands that is shown beside a tier."""
        return self._stated(fact, self.kinds[fact].label, (fact,))

    def _stated(self, code: str, label: Bilingual, asked: tuple[str, ...]) -> ConditionDecision:
        told = [self._everything(fact) for fact in asked]
        state = _any(_verdict(statements) for statements in told)
        return _said(code, label, state, [one for statements in told for one in statements])

    def _of_a_member(self, condition: Condition, fact: str) -> ConditionDecision:
        of_fact = self._of(fact)
        states = {place: _verdict(statements) for place, statements in of_fact.items()}
        state: State = "unknown"
        if "met" in states.values():
            state = "met"
        elif self._is_denied_throughout(states):
            state = "not_met"
        return _said(condition.code, condition.label, state, self._everything(fact))

    def _is_denied_throughout(self, states: Mapping[_Place, State]) -> bool:
        denied = {place for place, state in states.items() if state == "not_met"}
        return None in denied or (bool(self.ids) and denied.issuperset(self.ids))

    def _people(self, condition: Condition, needed: int) -> ConditionDecision:
        sharing = condition.sharing
        if sharing not in self.shared:
            self.shared[sharing] = self._share(sharing)
        shared = self.shared[sharing]
        certain, possible = shared.certain, shared.possible
        state: State = "unknown"
        if certain >= needed:
            state = "met"
        elif possible is not None and possible < needed and not condition.is_presumption:
            state = "not_met"
        open_facts = () if state == "met" else shared.open_facts
        return ConditionDecision(
            code=condition.code,
            label=condition.label,
            state=state,
            why=say_people(Counted(certain, possible, needed, state), open_facts),
            support=shared.support,
            against=shared.against,
            certain=certain,
            possible=possible,
            needed=needed,
            members=shared.members,
        )

    def _share(self, sharing: tuple[str, ...]) -> _Shared:
        """Find who shares all of some facts."""
        places: tuple[_Place, ...] = self.ids or (None,)
        states = [self._states(fact, places) for fact in sharing]
        each = [_all(of_place) for of_place in zip(*states, strict=True)] or ["met"] * len(places)
        sharers = {place for place, state in zip(places, each, strict=True) if state == "met"}
        perhaps = {place for place, state in zip(places, each, strict=True) if state != "not_met"}
        certain, possible = self._interval(sharers, perhaps)
        told = [one for fact in sharing for one in self._everything(fact)]
        behind = [one for one in told if one.support.complaint_id in {None, *sharers}]
        return _Shared(
            certain=certain,
            possible=possible,
            members=tuple(one for one in self.ids if one in sharers),
            support=_supports(behind, holds=True),
            against=_supports(told, holds=False),
            open_facts=tuple(
                OpenFact(
                    label=self.kinds[fact].label,
                    unknown=of_fact.count("unknown"),
                    denied=of_fact.count("not_met"),
                )
                for fact, of_fact in zip(sharing, states, strict=True)
                if self.ids
            ),
        )

    def _states(self, fact: str, places: Sequence[_Place]) -> list[State]:
        """Say of each place whether a fact holds; people come before texts, a member before all."""
        of_fact = self._of(fact)
        whole = of_fact.get(None, [])
        alone = _first_verdict([whole])
        return [
            _first_verdict([of_fact[place], whole]) if place in of_fact else alone
            for place in places
        ]

    def _interval(self, sharers: set[_Place], candidates: set[_Place]) -> tuple[int, int | None]:
        """Bound the distinct people among the sharers from below, among the candidates from above.

        Each person that is wholly outside takes at most one from the people of the whole. People
        beyond the members, of whom nothing else is known, may share whatever is asked.
        """
        facts = self.facts
        if not facts.members:
            possible = facts.possible if candidates else 0
            return (facts.certain or 0) if sharers else 0, possible
        inside = {_person(one) for one in facts.members if one.complaint_id in sharers}
        everyone = {_person(one) for one in facts.members}
        sure = {one.surely_no for one in facts.members if one.complaint_id in sharers} - {None}
        certain = max(len(sure), (facts.certain or 0) - len(everyone - inside), 0)
        upper = len({_person(one) for one in facts.members if one.complaint_id in candidates})
        if upper and facts.possible is not None:
            upper += max(0, facts.possible - len(everyone))
        possible = upper if facts.possible is None else min(upper, facts.possible)
        return min(certain, len(inside)), possible

    def _everything(self, fact: str) -> list[Statement]:
        """Give all that is said of a fact: of the whole, then of the members in their order."""
        of_fact = self._of(fact)
        if not of_fact:
            return []
        return [one for place in (None, *self.ids) for one in of_fact.get(place, ())]

    def _of(self, fact: str) -> dict[_Place, list[Statement]]:
        """Give what is said of a fact by place, and what holds that implies it."""
        if fact not in self.known:
            found = {place: list(own) for place, own in self.stated.get(fact, {}).items()}
            for other in self.kinds[fact].implied_by:
                for place, statements in self.stated.get(other, {}).items():
                    if holding := [one for one in statements if one.holds]:
                        found.setdefault(place, []).extend(holding)
            self.known[fact] = found
        return self.known[fact]


def _said(
    code: str, label: Bilingual, state: State, told: Sequence[Statement]
) -> ConditionDecision:
    """Give the decision on a condition that is stated, not counted."""
    if not told:
        return _unsaid(code, label, state)
    ids = (one.support.complaint_id for one in told if one.holds)
    return ConditionDecision(
        code=code,
        label=label,
        state=state,
        why=say_condition(label, state),
        support=_supports(told, holds=True),
        against=_supports(told, holds=False),
        members=tuple(dict.fromkeys(one for one in ids if one is not None)),
    )


@cache
def _unsaid(code: str, label: Bilingual, state: State) -> ConditionDecision:
    """Give the decision on a condition of which nothing is said: most of most candidates."""
    return ConditionDecision(code=code, label=label, state=state, why=say_condition(label, state))


def _first_verdict(told: Sequence[Sequence[Statement]]) -> State:
    """Weigh what is said in each place: what people say anywhere comes before all texts."""
    own = told[0]
    if len(own) == 1 and not any(told[1:]):
        return _verdict(own)
    for told_by in ("people", "text"):
        for statements in told:
            heard = [one for one in statements if one.support.told_by == told_by]
            if heard:
                return _verdict(heard)
    return "unknown"


def _verdict(statements: Sequence[Statement]) -> State:
    """Weigh statements: people before texts; those that contradict each other leave it unknown."""
    if len(statements) == 1:
        return "met" if statements[0].holds else "not_met"
    of_people = [one for one in statements if one.support.told_by == "people"]
    said = {one.holds for one in of_people or statements}
    if len(said) != 1:
        return "unknown"
    return "met" if said.pop() else "not_met"


def _person(member: Member) -> str | int:
    """Name the person behind a member; one of unknown number is a person of its own."""
    return member.complaint_id if member.person_no is None else member.person_no


def _supports(statements: Sequence[Statement], *, holds: bool) -> tuple[Support, ...]:
    return tuple(dict.fromkeys(one.support for one in statements if one.holds == holds))

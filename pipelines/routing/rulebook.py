"""The file of channels, as its authors write it, checked key by key.

In: `pipelines/taxonomy/routing.yml`. Out: one frozen `Routing`, or an error that names the
fault. Out of scope: deciding (`pipelines.routing.choose`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from pydantic import Field, TypeAdapter

from pipelines.errors import TaxonomyError
from pipelines.taxonomy.entry_files import Code, Prose, Spec, checked
from pipelines.taxonomy.model import Bilingual

FILE = "routing.yml"

Channel = Literal[
    "platform",
    "12315",
    "consumer_association",
    "market_regulator",
    "police",
    "anti_fraud",
    "ip_office",
    "court",
    "12345",
]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
Link = Literal["deal", "breach", "loss"]

_KINDS = frozenset(
    {
        *("pattern", "main", "wallet", "nature", "evidence", "demand", "link"),
        *("tried", "outcome", "reply", "jury", "cue"),
        *("identity", "respondent", "platform", "sector", "people", "is"),
        *("place", "currency", "language", "amount"),
    }
)
"""What stands before the colon of a fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Holds with one of `any`, each of `every`, and none of `no`; empty ones ask nothing."""

    some: frozenset[str]
    every: frozenset[str]
    no: frozenset[str]

    def holds(self, facts: frozenset[str] | set[str]) -> bool:
        """Say whether it holds of facts, signs among them.

        >>> first = Condition(some=frozenset(), every=frozenset("a"), no=frozenset("b"))
        >>> first.holds({"a"}), first.holds({"a", "b"}), first.holds(set())
        (True, False, False)
        """
        return (
            (not self.some or not self.some.isdisjoint(facts))
            and self.every <= facts
            and self.no.isdisjoint(facts)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The channel that comes first under a condition; None: none of them fits."""

    primary: Channel | None
    when: Condition
    reason: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """What is said, under a condition, of a channel that is not the first.

    `is_after`: it fits too, after the first channel or instead of it.
    """

    when: Condition
    reason: Bilingual
    is_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Jury:
    """A platform's jury: who first has `votes_to_win` of its `jurors` wins.

    Who loses by fewer than `appeal_below_margin` votes may go on to customer service.
    """

    jurors: int
    votes_to_win: int
    appeal_below_margin: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers that turn a quantity into a fact; units and reasons stand in the file."""

    large_amount: float
    numerous_people: float
    share_of_group: float
    people_who_tried: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """All that the choice of a channel rests on, as one value, in the order of the file."""

    figures: Figures
    jury: Jury
    links: Mapping[Link, tuple[str, ...]]
    cues: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, Condition]
    rules: tuple[Rule, ...]
    channels: Mapping[Channel, tuple[NotYet, ...]]


class _Condition(Spec):
    some: list[Prose] = Field(alias="any", default_factory=list)
    every: list[Prose] = Field(alias="all", default_factory=list)
    no: list[Prose] = Field(alias="none", default_factory=list)

    def record(self) -> Condition:
        return Condition(
            some=frozenset(self.some), every=frozenset(self.every), no=frozenset(self.no)
        )

    def names(self) -> set[str]:
        return {*self.some, *self.every, *self.no}


class _Reason(Spec):
    zh: Prose
    en: Prose

    def record(self) -> Bilingual:
        return Bilingual(zh=self.zh, en=self.en)


class _Rule(Spec):
    primary: Channel | None
    when: _Condition
    reason: _Reason


class _NotYet(Spec):
    when: _Condition = _Condition()
    fits: bool = False
    zh: Prose
    en: Prose


class _ChannelSpec(Spec):
    code: Channel
    reasons: list[_NotYet] = Field(alias="not", min_length=1)


class _Figure(Spec):
    value: float
    unit: Prose
    reason: Prose


class _Figures(Spec):
    large_amount: _Figure
    numerous_people: _Figure
    share_of_group: _Figure
    people_who_tried: _Figure


class _Jury(Spec):
    jurors: int
    votes_to_win: int
    appeal_below_margin: int


class _File(Spec):
    figures: _Figures
    jury: _Jury
    links: dict[Link, list[Code]]
    cues: dict[Code, list[Prose]]
    signs: dict[Code, _Condition]
    rules: list[_Rule] = Field(min_length=1)
    channels: list[_ChannelSpec]


_SHAPE = TypeAdapter(_File)


@cache
def load_routing() -> Routing:
    """Give the rules of channels that this version of the project carries.

    >>> load_routing().jury.jurors
    17
    """
    return read_routing(files("pipelines.taxonomy").joinpath(FILE).read_bytes())


def read_routing(content: bytes) -> Routing:
    """Read and check a file of channels.

    Raises:
        TaxonomyError: it breaks its shape, or a condition names what nothing declares.
    """
    spec = checked(FILE, content, _SHAPE)
    _check_names(spec)
    _check_ends(spec)
    return Routing(
        figures=Figures(
            **{name: getattr(spec.figures, name).value for name in _Figures.model_fields}
        ),
        jury=Jury(**spec.jury.model_dump()),
        links={name: tuple(codes) for name, codes in spec.links.items()},
        cues={name: tuple(terms) for name, terms in spec.cues.items()},
        signs={name: condition.record() for name, condition in spec.signs.items()},
        rules=tuple(
            Rule(primary=one.primary, when=one.when.record(), reason=one.reason.record())
            for one in spec.rules
        ),
        channels={one.code: _not_yet(one.reasons) for one in spec.channels},
    )


def _not_yet(specs: Sequence[_NotYet]) -> tuple[NotYet, ...]:
    return tuple(
        NotYet(when=one.when.record(), reason=Bilingual(zh=one.zh, en=one.en), is_after=one.fits)
        for one in specs
    )


def _check_names(spec: _File) -> None:
    """Refuse a condition that names no fact, no cue, or no sign above it."""
    known: set[str] = set()
    for name, condition in spec.signs.items():
        _expect(f"sign {name}", condition.names(), known, spec.cues)
        known.add(name)
    for number, rule in enumerate(spec.rules, 1):
        _expect(f"rule {number}", rule.when.names(), known, spec.cues)
    for channel in spec.channels:
        for reason in channel.reasons:
            _expect(f"channel {channel.code}", reason.when.names(), known, spec.cues)


def _expect(where: str, names: Iterable[str], signs: set[str], cues: Iterable[str]) -> None:
    wording = set(cues)
    unknown = sorted(
        name
        for name in names
        if (name not in signs and (":" not in name or name.partition(":")[0] not in _KINDS))
        or (name.startswith("cue:") and name.removeprefix("cue:") not in wording)
    )
    if unknown:
        raise TaxonomyError(
            f"{FILE}: {where}: expected facts, or signs declared above it; found {unknown}. "
            "Correct the name or declare it"
        )


def _check_ends(spec: _File) -> None:
    """Refuse a file that leaves a matter without an answer, or a channel without a reason."""
    last = [spec.rules[-1].when, *(one.reasons[-1].when for one in spec.channels)]
    if any(condition.names() for condition in last):
        raise TaxonomyError(
            f"{FILE}: expected a last rule, and a last reason of every channel, without a "
            "condition; found one with. Add what is said in all other cases"
        )
    if sorted(one.code for one in spec.channels) != sorted(CHANNELS):
        raise TaxonomyError(
            f"{FILE}: expected every channel once of {sorted(CHANNELS)}; found "
            f"{[one.code for one in spec.channels]}. Add or remove channels"
        )

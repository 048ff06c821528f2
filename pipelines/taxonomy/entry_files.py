"""The YAML files of the taxonomy, as their authors write them, checked key by key.

In: the text of one file. Out: the frozen records of `pipelines.taxonomy.model`. Errors
say the file, what was expected, what was found, and what to do. Out of scope: what holds
between files (unknown concepts, codes given twice), which `pipelines.taxonomy` checks.

The language of rules. A rule has a `weight` (its certainty, 0 to 1) and one shape:

    any: [terms]                  one of these
    seq: [a, b, ...], gap: 12     in this order in one sentence, at most `gap` units apart
    all: [a, b, ...], within: N   in any order within `sentence`, `document` or N units

and may have `unless` (none of these in the sentence), `needs` (one of these anywhere) and
`brief: true` (only in brief texts). A part is a term, a '@concept', or a list of both. A unit
is a Chinese character or a word. Chinese terms match anywhere, others whole words, and
`refus*` any ending. A concept has terms (`zh`, `en`), and may `include` other concepts,
have `phrases` (seq), `brief` terms, and `except` terms, inside which nothing counts.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from pipelines.errors import TaxonomyError
from pipelines.normalise import normalise
from pipelines.records import Axis
from pipelines.taxonomy.model import (
    Bilingual,
    Concept,
    Conjunction,
    Entry,
    Merchant,
    Part,
    Rule,
    Sequence,
)

_Shape = TypeVar("_Shape")

DEFAULT_GAP = 12
"""Units between neighbours of a sequence when its author names none: about one clause."""

_CONCEPT = re.compile(r"@[a-z][a-z0-9_]*")
_ODD_WILDCARD = re.compile(r"(?<![a-z])\*|\*.")


def _spelled(term: str) -> str:
    """Refuse a term that no text can match, because texts are normalised before."""
    normal = normalise(term).text.strip()
    if term != normal:
        raise ValueError(f"expected the normalised spelling {normal!r}; write that")
    if _ODD_WILDCARD.search(term):
        raise ValueError("expected * only as the last character, after a Latin letter")
    return term


def _wording(term: str) -> str:
    """Accept a term, or the name of a concept after an @."""
    if not term.startswith("@"):
        return _spelled(term)
    if not _CONCEPT.fullmatch(term):
        raise ValueError("expected @ and a concept's name, in quotes: '@name'")
    return term


Code = Annotated[str, StringConstraints(pattern=r"^(?:[a-z][a-z0-9_]*|\d{5})$")]
"""A name in lower_snake, or a hotline that everybody knows by its number (12315)."""

Prose = Annotated[str, StringConstraints(min_length=1)]
Term = Annotated[str, StringConstraints(min_length=1), AfterValidator(_spelled)]
Wording = Annotated[str, StringConstraints(min_length=1), AfterValidator(_wording)]
Place = Wording | list[Wording]


class _WordLoader(yaml.CSafeLoader):
    """Reads no, off and false as the words they are: the taxonomy has no truth values."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (a table of PyYAML's own making)
        first: [(tag, form) for tag, form in resolvers if not tag.endswith(":bool")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


class Spec(BaseModel):
    """A mapping of a taxonomy file: a key that is not declared is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Bilingual(Spec):
    zh: Prose
    en: Prose

    def record(self) -> Bilingual:
        return Bilingual(zh=self.zh, en=self.en)


class _BilingualTexts(Spec):
    zh: list[Prose] = Field(min_length=1)
    en: list[Prose] = Field(min_length=1)

    def record(self) -> tuple[str, ...]:
        return (*self.zh, *self.en)


class _Terms(Spec):
    zh: list[Term] = []
    en: list[Term] = []


class _Sequence(Spec):
    seq: list[Place] = Field(min_length=2)
    gap: int = Field(default=DEFAULT_GAP, ge=0, le=60)

    def record(self) -> Sequence:
        return Sequence(parts=_parts(self.seq), gap=self.gap)


class _Concept(_Terms):
    brief: _Terms = Field(default=_Terms())
    include: list[Code] = []
    phrases: list[_Sequence] = []
    except_: _Terms = Field(default=_Terms(), alias="except")

    def record(self, name: str) -> Concept:
        included = [f"@{other}" for other in self.include]
        return Concept(
            name=name,
            part=_part([*self.zh, *self.en, *included]),
            brief_terms=(*self.brief.zh, *self.brief.en),
            phrases=tuple(phrase.record() for phrase in self.phrases),
            exceptions=_part([*self.except_.zh, *self.except_.en]),
        )


class _Rule(Spec):
    weight: float = Field(gt=0, le=1)
    any: list[Wording] | None = Field(default=None, min_length=1)
    seq: list[Place] | None = Field(default=None, min_length=2)
    all: list[Place] | None = Field(default=None, min_length=2)
    gap: int | None = Field(default=None, ge=0, le=60)
    within: int | Literal["sentence", "document"] | None = None
    unless: list[Wording] | None = Field(default=None, min_length=1)
    needs: list[Wording] | None = Field(default=None, min_length=1)
    brief: bool = False

    @model_validator(mode="after")
    def _has_one_shape(self) -> _Rule:
        if sum(shape is not None for shape in (self.any, self.seq, self.all)) != 1:
            raise ValueError("expected exactly one of any, seq, all")
        if self.gap is not None and self.seq is None:
            raise ValueError("gap goes with seq only")
        if self.within is not None and self.all is None:
            raise ValueError("within goes with all only")
        return self

    def record(self) -> Rule:
        return Rule(
            weight=self.weight,
            shape=self._shape(),
            unless=_part(self.unless) if self.unless else None,
            needs=_part(self.needs) if self.needs else None,
            is_brief=self.brief,
        )

    def _shape(self) -> Sequence | Conjunction:
        if self.all is not None:
            return Conjunction(parts=_parts(self.all), within=self.within or "sentence")
        if self.any is not None:
            return Sequence(parts=(_part(self.any),), gap=0)
        gap = DEFAULT_GAP if self.gap is None else self.gap
        return Sequence(parts=_parts(self.seq or []), gap=gap)


class _Entry(Spec):
    code: Code
    label: _Bilingual
    definition: _Bilingual
    source: Prose
    natures: list[Code] = []
    wallet_issue: Code | None = None
    rules: list[_Rule] = Field(default=[])
    examples: _BilingualTexts | None = None
    counterexamples: _BilingualTexts | None = None
    retired: date | None = None

    @model_validator(mode="after")
    def _rules_are_proven(self) -> _Entry:
        if self.rules and not (self.examples and self.counterexamples):
            raise ValueError("expected examples and counterexamples, zh and en, beside rules")
        return self

    def record(self, axis: Axis) -> Entry:
        return Entry(
            axis=axis,
            code=self.code,
            label=self.label.record(),
            definition=self.definition.record(),
            source=self.source,
            natures=tuple(self.natures),
            wallet_issue=self.wallet_issue,
            rules=tuple(rule.record() for rule in self.rules),
            examples=self.examples.record() if self.examples else (),
            counterexamples=self.counterexamples.record() if self.counterexamples else (),
            retired=self.retired,
        )


class _RuledEntry(_Entry):
    """An entry of an axis that lives by its own rules."""

    rules: list[_Rule] = Field(min_length=1)


class _Merchant(Spec):
    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Prose
    aliases: list[Prose] = []
    given_only: list[Prose] = []
    sector: Code | None = None
    parent: Prose | None = None
    is_licensed: bool = False

    def record(self) -> Merchant:
        return Merchant(
            key=self.key,
            name=self.name,
            aliases=tuple(self.aliases),
            given_only=tuple(self.given_only),
            sector=self.sector,
            parent=self.parent,
            is_licensed=self.is_licensed,
        )


def read_entry(name: str, content: bytes, axis: Axis) -> Entry:
    """Read a file that holds one entry with its rules."""
    return checked(name, content, TypeAdapter(_RuledEntry)).record(axis)


def read_entries(name: str, content: bytes, axis: Axis) -> tuple[Entry, ...]:
    """Read a file that holds a list of entries; these may have no rules of their own."""
    specs = checked(name, content, TypeAdapter(list[_Entry]))
    return tuple(spec.record(axis) for spec in specs)


def read_concepts(name: str, content: bytes) -> tuple[Concept, ...]:
    """Read a theme: a mapping of concept names to their wordings."""
    specs = checked(name, content, TypeAdapter(dict[Code, _Concept]))
    return tuple(spec.record(concept) for concept, spec in specs.items())


def read_merchants(name: str, content: bytes) -> tuple[Merchant, ...]:
    """Read the list of known merchants."""
    specs = checked(name, content, TypeAdapter(list[_Merchant]))
    return tuple(spec.record() for spec in specs)


def checked(name: str, content: bytes, shape: TypeAdapter[_Shape]) -> _Shape:
    """Parse YAML and hold it against its declared shape."""
    try:
        return shape.validate_python(yaml.load(content, _WordLoader))
    except yaml.YAMLError as error:
        raise TaxonomyError(
            f"{name}: expected YAML (concepts in quotes: '@name'); found {_one_line(error)}"
        ) from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'file'}: {fault['msg']}, "
            f"found {fault['input']!r:.80}"
            for fault in error.errors()
        )
        raise TaxonomyError(f"{name}: {faults}. Correct the file") from error


def _one_line(error: yaml.YAMLError) -> str:
    return " ".join(str(error).split())


def _parts(places: list[str | list[str]]) -> tuple[Part, ...]:
    return tuple(_part([place] if isinstance(place, str) else place) for place in places)


def _part(wordings: list[str]) -> Part:
    """Sort alternatives into terms and concepts."""
    return Part(
        terms=tuple(wording for wording in wordings if not wording.startswith("@")),
        concepts=tuple(wording[1:] for wording in wordings if wording.startswith("@")),
    )

"""The taxonomy as the steps see it: frozen, checked, without a trace of YAML.

In: nothing; these are only types. Out: `Taxonomy` and what it is made of. Out of scope:
reading the files (`pipelines.taxonomy.entry_files`) and matching them (`pipelines.rules`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipelines.labels import LabelTable
from pipelines.records import Axis

Within = int | Literal["sentence", "document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """One wording in both languages of the product."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One place in a rule: any of these terms, or anything that one of these concepts names."""

    terms: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """Parts in this order, in one sentence, at most `gap` units between neighbours.

    A unit is one Chinese character or one word of another script.
    """

    parts: tuple[Part, ...]
    gap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conjunction:
    """Parts in any order within a sentence, a document, or a window of so many units."""

    parts: tuple[Part, ...]
    within: Within


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A named set of wordings that rules and other concepts refer to as `@name`.

    `brief_terms` are vague wordings that count in brief texts only: a short post speaks of
    one thing, and in a long account they stand by chance. A match that lies inside a match
    of `exceptions` does not count.
    """

    name: str
    part: Part
    brief_terms: tuple[str, ...] = ()
    phrases: tuple[Sequence, ...] = ()
    exceptions: Part = Part()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A sign of a code. `weight` is its certainty, 0 to 1.

    `is_brief`: only in brief texts. `unless`: not with one of these in a sentence of the
    match. `needs`: only with one of these anywhere in the document.
    """

    weight: float
    shape: Sequence | Conjunction
    unless: Part | None = None
    needs: Part | None = None
    is_brief: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One code of one axis, with what it means, its rules, and texts that prove them.

    `wallet_issue` is the code given for the same fact when the respondent is a wallet;
    `natures` are the legal natures that follow from the code.
    """

    axis: Axis
    code: str
    label: Bilingual
    definition: Bilingual
    source: str
    natures: tuple[str, ...] = ()
    wallet_issue: str | None = None
    rules: tuple[Rule, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    retired: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchant:
    """A merchant that the taxonomy knows. `aliases` are other spellings of its name.

    `given_only` are spellings (the name itself may be one) that mean the merchant where a
    source names a respondent, but are common words in running text. `is_licensed`: a
    regulator licenses it to move, keep or lend money.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    given_only: tuple[str, ...] = ()
    sector: str | None = None
    parent: str | None = None
    is_licensed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """All that domain people decide, as one value.

    `version` is a hash of the content, `reading_version` one of what reading looks into:
    a threshold of candidates changes the first only, so that no complaint is read again.
    """

    version: str
    reading_version: str
    entries: Mapping[tuple[Axis, str], Entry]
    concepts: Mapping[str, Concept]
    merchants: Mapping[str, Merchant]
    label_tables: Mapping[str, LabelTable]

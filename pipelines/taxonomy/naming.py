"""What surrounds a name without being part of it, and what names nobody in particular.

In: `naming.yml` beside this module. Out: one frozen `Naming` of word sets. Out of scope:
which merchants exist (`merchants.yml`) and how names are taken apart
(`pipelines.respondents.names`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from pydantic import TypeAdapter

from pipelines.taxonomy.entry_files import Spec, checked

Words = tuple[str, ...]
PlaceKind = Literal[
    "school", "company", "health", "venue", "estate", "village", "line", "road", "area", "office"
]
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)


class _Service(Spec):
    openers: str
    whose: str
    acts: str
    places: str
    channels: str
    en: str


class _ByLanguage(Spec):
    zh: str
    en: str


class _Legal(_ByLanguage):
    common_words: str
    also_known: str


class _Generic(Spec):
    zh_openers: str
    zh_nouns: str
    en_openers: str
    en_nouns: str


class _Places(Spec):
    school: str
    company: str
    health: str
    venue: str
    estate: str
    village: str
    line: str
    road: str
    office: str
    area: str
    area_ends: str
    area_cues: str
    districts: str
    estate_ends: str
    estate_cues: str
    tails: str
    no_topics: str
    common_modifiers: str
    boundaries: str
    boundary_characters: str
    company_boundaries: str


class _Frames(Spec):
    acts_after: str
    acts_before: str
    not_merchants: str
    means_before: str
    means_after: str
    sellers_zh: str
    called: str
    platforms_zh: str
    platforms_en: str
    sellers_en: str
    shop_words: str
    shop_ends: str
    marketplaces: str
    means: str
    names_after: str
    names_inside: str
    names_inside_after: str
    pretends_before: str
    accuses: str
    misdeeds: str


class _Naming(Spec):
    service: _Service
    weak: _ByLanguage
    trades: dict[str, str]
    trades_en: str
    short_words: dict[str, str]
    short_forms: dict[str, str]
    small_forms: str
    products: str
    translations: dict[str, str]
    shop_hosts: str
    shop_words: str
    units: str
    legal: _Legal
    generic: _Generic
    mask_signs: str
    handle: str
    common_orgs: str
    sectors: dict[str, str]
    places: _Places
    frames: _Frames


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """Words around a name that say what part it plays; `means` and `marketplaces` are sectors."""

    acts_after: Words
    acts_before: Words
    not_merchants: Words
    means_before: Words
    means_after: Words
    sellers_zh: Words
    called: Words
    platforms_zh: Words
    platforms_en: Words
    sellers_en: Words
    shop_words: Words
    shop_ends: Words
    marketplaces: Words
    means: Words
    names_after: Words
    names_inside: Words
    names_inside_after: Words
    pretends_before: Words
    accuses: Words
    misdeeds: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Word sets for taking names apart; every word in the normalised spelling.

    `sectors` pairs a sector with its Chinese words (found anywhere in a name) and its
    Latin words (found as whole words), in the order in which they are tried.
    `place_ends` are the ends of names of places and organisations, by kind; the other
    place words say what goes before and after such names. `trades` are what companies call
    their business, `translations` how English names write Chinese words, those among them;
    `short_forms` gives the full words that each short one stands for.
    """

    service_openers: Words
    service_whose: Words
    service_acts: Words
    service_places: Words
    service_channels: Words
    service_en: Words
    weak_zh: Words
    weak_en: Words
    trades: Words
    trades_en: Words
    short_words: Mapping[str, str]
    short_forms: Mapping[str, Words]
    small_forms: Words
    products: Words
    translations: Mapping[str, Words]
    shop_hosts: Words
    shop_words: Words
    mask_signs: Words
    units: Words
    legal_zh: Words
    legal_en: Words
    common_words: Words
    also_known: Words
    generic_openers_zh: Words
    generic_nouns_zh: Words
    generic_openers_en: Words
    generic_nouns_en: Words
    handle_words: Words
    common_orgs: Words
    sectors: tuple[tuple[str, Words, Words], ...]
    place_ends: Mapping[PlaceKind, Words]
    area_ends: Words
    area_cues: Words
    districts: Words
    estate_ends: Words
    estate_cues: Words
    place_tails: Words
    no_topics: Words
    common_modifiers: Words
    boundaries: Words
    company_boundaries: Words
    frames: Frames


@cache
def load_naming() -> Naming:
    """Give the word sets that this version of the project carries.

    >>> "有限公司" in load_naming().legal_zh
    True
    """
    content = files("pipelines.taxonomy").joinpath("naming.yml").read_bytes()
    spec = checked("naming.yml", content, TypeAdapter(_Naming))
    return Naming(
        service_openers=_words(spec.service.openers),
        service_whose=_words(spec.service.whose),
        service_acts=_words(spec.service.acts),
        service_places=_words(spec.service.places),
        service_channels=_words(spec.service.channels),
        service_en=_words(spec.service.en),
        weak_zh=_words(spec.weak.zh),
        weak_en=_words(spec.weak.en),
        trades=_words(" ".join(spec.trades)),
        trades_en=_words(spec.trades_en),
        short_words=spec.short_words,
        short_forms={short: _words(full) for short, full in spec.short_forms.items()},
        small_forms=_words(spec.small_forms),
        products=_words(spec.products),
        translations={zh: _words(en) for zh, en in (spec.trades | spec.translations).items()},
        shop_hosts=_words(spec.shop_hosts),
        shop_words=_words(spec.shop_words),
        mask_signs=_words(spec.mask_signs),
        units=_words(spec.units),
        legal_zh=_words(spec.legal.zh),
        legal_en=_words(spec.legal.en),
        common_words=_words(spec.legal.common_words),
        also_known=_words(spec.legal.also_known),
        generic_openers_zh=_words(spec.generic.zh_openers),
        generic_nouns_zh=_words(spec.generic.zh_nouns),
        generic_openers_en=_words(spec.generic.en_openers),
        generic_nouns_en=_words(spec.generic.en_nouns),
        handle_words=_words(spec.handle),
        common_orgs=_words(spec.common_orgs),
        sectors=_sectors(spec.sectors),
        place_ends={kind: _words(getattr(spec.places, kind)) for kind in PLACE_KINDS},
        area_ends=_words(spec.places.area_ends),
        area_cues=_words(spec.places.area_cues),
        districts=_words(spec.places.districts),
        estate_ends=_words(spec.places.estate_ends),
        estate_cues=_words(spec.places.estate_cues),
        place_tails=_words(spec.places.tails),
        no_topics=_words(spec.places.no_topics),
        common_modifiers=_words(spec.places.common_modifiers),
        company_boundaries=_words(spec.places.company_boundaries),
        frames=_frames(spec.frames),
        boundaries=_words(f"{spec.places.boundaries} {spec.places.boundary_characters}"),
    )


def _words(text: str) -> Words:
    """Split a list of words, longest first, so that an alternation takes the longest."""
    words = {word.replace("_", " ") for word in text.split()}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _frames(spec: _Frames) -> Frames:
    """Read the words around names; sectors are codes, in which an underscore stays."""
    words = {name: _words(text) for name, text in spec}
    sectors = {name: tuple(getattr(spec, name).split()) for name in ("marketplaces", "means")}
    return Frames(**words | sectors)


def _sectors(lists: Mapping[str, str]) -> tuple[tuple[str, Words, Words], ...]:
    pairs = ((sector, words.partition("/")) for sector, words in lists.items())
    return tuple((sector, _words(zh), _words(en)) for sector, (zh, _, en) in pairs)

"""Resolves all names of a corpus to merchants, at once.

In: the distinct names, the taxonomy, and what people have judged. Out: one row per name
with the columns of `enriched.merchant_names`. The result depends on the set of names,
never on their order; distinct companies stay distinct in doubt. Out of scope: which of
its names a complaint is about (`pipelines.respondents.choose`).

    拼多多, 拼多多客户服务               -> pinduoduo
    MoneyGram, MONEYGRAM INTERNATIONAL   -> moneygram
    信*飞                                -> the one known or seen name that fits, else nobody
    一家网店, 商家, N/A                  -> nobody
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import pyarrow as pa

from pipelines.records import MerchantKey
from pipelines.respondents.descriptions import descriptions_in
from pipelines.respondents.joining import KnownSpellings, find_joins, prepare_known
from pipelines.respondents.judgements import NameJudgement, judged_keys
from pipelines.respondents.lexicon import Lexicon, build_lexicon
from pipelines.respondents.masks import MaskPool, lone_sign
from pipelines.respondents.names import (
    Name,
    reduced_spellings,
    slug_of,
    take_name_apart,
    whole_spellings,
)
from pipelines.respondents.places import Place, is_common_place, is_vague_place
from pipelines.respondents.sectors import guess_sector
from pipelines.respondents.spelling import Spelling
from pipelines.taxonomy.model import Merchant

RESOLUTION_VERSION = "8"
"""Raised when the same names would be resolved or chosen otherwise."""

SHORTEST_WHOLE = 4
"""Characters of a seen name that a branch may belong to; a shorter one may begin any name."""

NAMES_SCHEMA = pa.schema(
    (
        pa.field("raw", pa.string(), nullable=False),
        pa.field("merchant_key", pa.string()),
        pa.field("merchant_name", pa.string(), nullable=False),
        pa.field("sector", pa.string()),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
    )
)


class KnowsMerchants(Protocol):
    """The part of the taxonomy that resolving needs."""

    @property
    def merchants(self) -> Mapping[str, Merchant]:
        """The known merchants by key."""


class Resolution(NamedTuple):
    """Whom a name names (None: nobody in particular), how surely (0 to 1), and why.

    `is_joined`: by another name that it is like or may stand for, not as it is written.
    """

    key: MerchantKey | None
    score: float
    why: str
    is_joined: bool = False


LISTED = "a name of a known merchant"
"""Why a name that the taxonomy lists is a merchant's."""

NOBODY = Resolution(None, 0.0, "names nobody in particular")
_NOBODYS = {
    "generic": NOBODY,
    "description": Resolution(None, 0.0, "describes somebody without naming him"),
}
_MASKED_ACCOUNT = Resolution(None, 0.0, "a masked account")
_MASK_IN_DOUBT = Resolution(None, 0.0, "a masked name that none or several names fit")


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlaceMap:
    """What the named places tell about each other.

    `towns` are stems of towns (泉塘 of 泉塘街道), `city_of` the one city that a district
    was written with, `cities` the cities in which a name was seen.
    """

    towns: frozenset[str]
    city_of: Mapping[str, str]
    cities: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What all names together tell about each one.

    `slugs` are the unmasked names; `owners` the names that say they also have another
    ("X dba Y": Y is owned by X); `forms` the legal forms that a common name has;
    `divided` the names of several words by what they are when run together.
    """

    slugs: frozenset[str]
    owners: Mapping[str, frozenset[str]]
    forms: Mapping[str, frozenset[str]]
    divided: Mapping[str, frozenset[str]]
    map: _PlaceMap


def resolve_names(
    names: pa.Table,
    taxonomy: KnowsMerchants,
    judgements: Mapping[str, MerchantKey | None] | None = None,
    *,
    pairs: Sequence[NameJudgement] = (),
    lexicon: Lexicon | None = None,
    known: KnownSpellings | None = None,
) -> pa.Table:
    """Resolve every name in column `raw`; one row per distinct name, in order of `raw`.

    A judgement of a person, by the name as written, overrules everything; None means
    that the name names nobody. So do judgements on pairs of names. Time grows with the number
    of names, not its square. `lexicon` is that of the taxonomy, and `known` is
    made of it by `prepare_known`, for a caller who has them.

    >>> from pipelines.taxonomy import load_taxonomy
    >>> table = pa.table({"raw": ["京东客服", "JD.com", "一家网店"]})
    >>> resolve_names(table, load_taxonomy())["merchant_key"].to_pylist()
    ['jd', None, 'jd']
    """
    lexicon = lexicon or build_lexicon(taxonomy.merchants)
    raws = sorted(raw for raw in set(names["raw"].to_pylist()) if raw is not None)
    taken = {raw: take_name_apart(raw) for raw in raws}
    taken |= {raw: replace(taken[raw], kind="description") for raw in descriptions_in(names)}
    resolutions = resolve_all(taken, known or prepare_known(lexicon))
    for raw, key in (judgements or {}).items():
        if raw in resolutions:
            resolutions[raw] = _judged(key)
    obey(resolutions, pairs, lexicon)
    return _as_table(resolutions, taken, taxonomy.merchants)


def obey(
    resolutions: dict[str, Resolution], pairs: Sequence[NameJudgement], lexicon: Lexicon
) -> None:
    """Change the resolutions that judgements on pairs of names overrule."""
    if not pairs:
        return
    met = {raw: resolution.key for raw, resolution in resolutions.items()}
    absent = {raw for pair in pairs for raw in (pair.one, pair.other)} - met.keys()
    usual = {raw: lexicon.identify(raw)[0] or _own_key(raw, lexicon) for raw in sorted(absent)}
    after = judged_keys(met | usual, pairs, lexicon.merchants, lambda raw: _own_key(raw, lexicon))
    for raw, key in met.items():
        if after[raw] != key:
            resolutions[raw] = _judged(after[raw])


def _judged(key: MerchantKey | None) -> Resolution:
    return Resolution(key, 1.0, "judged by a person")


def _own_key(raw: str, lexicon: Lexicon) -> MerchantKey:
    """Make the key of a name by itself: its fullest spelling."""
    name = take_name_apart(raw)
    slug = name.spellings[0] if name.spellings else raw.strip()
    return _free_key(slug, lexicon)


def resolve_all(taken: Mapping[str, Name], known: KnownSpellings) -> dict[str, Resolution]:
    """Resolve unmasked names by themselves and by each other, then masks against them."""
    lexicon = known.lexicon
    seen = _look_around(taken.values())
    resolutions = {
        raw: _resolve(name, lexicon, seen) for raw, name in taken.items() if name.kind != "mask"
    }
    _join_spellings(resolutions, taken, known)
    keys_by_slug: dict[str, MerchantKey] = dict(lexicon.keys)
    for raw, resolution in resolutions.items():
        if resolution.key and _names_alone(taken[raw]):
            keys_by_slug.setdefault(taken[raw].slug, resolution.key)
    masked = {raw: name for raw, name in taken.items() if name.kind == "mask"}
    pool = MaskPool(keys_by_slug if masked else {})
    resolutions |= {raw: _unmasked(pool.fitting(name.slug)) for raw, name in masked.items()}
    resolutions |= _half_shown(resolutions, taken, lexicon)
    return {raw: resolutions[raw] for raw in taken}


def _half_shown(
    resolutions: Mapping[str, Resolution], taken: Mapping[str, Name], lexicon: Lexicon
) -> dict[str, Resolution]:
    """Find the one known merchant of names in which an x may hide a character (携x旅行)."""
    unknown = (raw for raw, found in resolutions.items() if found.key not in lexicon.merchants)
    signs = {raw: sign for raw in unknown if (sign := lone_sign(taken[raw].slug))}
    pool = MaskPool(lexicon.keys if signs else {})
    fitting = {raw: pool.fitting(masked) for raw, masked in signs.items()}
    return {raw: _unmasked(keys) for raw, keys in fitting.items() if len(keys) == 1}


def _join_spellings(
    resolutions: dict[str, Resolution], taken: Mapping[str, Name], known: KnownSpellings
) -> None:
    """Give the names of joined keys the key that they belong to."""
    spellings = [
        Spelling(raw, taken[raw], resolution.key)
        for raw, resolution in resolutions.items()
        if resolution.key and taken[raw].kind in ("name", "place")
    ]
    joins = find_joins(spellings, known)
    for raw, _name, key in spellings:
        if join := joins.get(key):
            resolutions[raw] = Resolution(join.into, join.score, join.why, True)


def _resolve(name: Name, lexicon: Lexicon, seen: _Seen) -> Resolution:
    """Resolve one unmasked name: known, known inside surroundings, place, or by its own name."""
    if key := lexicon.known(name):
        return Resolution(key, 1.0, LISTED)
    if name.kind in _NOBODYS:
        return _NOBODYS[name.kind]
    if name.kind == "handle":
        return _account(name)
    if key := lexicon.known_reduced(name):
        return Resolution(key, 0.85, "holds the name of a known merchant")
    if _names_alone(name) and (shorter := _seen_reduced(name.slug, seen)):
        return _resolve(take_name_apart(shorter), lexicon, seen)
    if name.place is not None:
        return _resolve_place(name.place, lexicon, seen.map)
    slug = _only_owner(name.slug, seen)
    return Resolution(_free_key(slug, lexicon), 0.8, "the name as written")


def _names_alone(name: Name) -> bool:
    """Say whether a name names somebody without a region."""
    return name.kind == "name" or (name.place is not None and not name.place.regions)


def _account(name: Name) -> Resolution:
    if not name.slug:
        return _MASKED_ACCOUNT
    return Resolution(MerchantKey(name.slug), 0.7, "an account as written")


def _seen_reduced(slug: str, seen: _Seen) -> str | None:
    """Give the seen name that remains without 平台, App and the like, or without a branch."""
    wholes = (whole for whole in whole_spellings(slug) if len(whole) >= SHORTEST_WHOLE)
    cuts = (*reduced_spellings(slug), *wholes)
    return next((cut for cut in cuts if cut in seen.slugs), None)


def _only_owner(slug: str, seen: _Seen) -> str:
    """Follow a missing blank, a missing legal form or a second name to the one that has it."""
    for others in (seen.divided, seen.forms, seen.owners):
        found = others.get(slug, frozenset())
        if len(found) == 1:
            return next(iter(found))
    return slug


def _free_key(slug: str, lexicon: Lexicon) -> MerchantKey:
    """Make a key of a slug that no known merchant has."""
    return MerchantKey(f"{slug}-name" if slug in lexicon.merchants else slug)


def _resolve_place(place: Place, lexicon: Lexicon, seen: _PlaceMap) -> Resolution:
    """Tell namesakes apart by city, or by their narrowest region where many bear the name."""
    core = _without_town(place.core, seen.towns)
    if is_common_place(core) or place.is_common:
        return Resolution(MerchantKey(f"{core}-{_narrowest(place)}"), 0.75, "a place in its region")
    city = seen.city_of.get(place.city, place.city)
    if city:
        return Resolution(MerchantKey(f"{slug_of(core)}-{city}"), 0.75, "a named place in its city")
    cities = seen.cities.get(core, frozenset())
    if len(cities) == 1:
        key = MerchantKey(f"{slug_of(core)}-{next(iter(cities))}")
        return Resolution(key, 0.65, "a named place that was seen in one city only")
    return Resolution(_free_key(slug_of(core), lexicon), 0.6, "a name, its region not given")


def _without_town(core: str, towns: Set[str]) -> str:
    """Take a town off the front of a name (星沙中南汽车世界) where enough of a name remains."""
    for length in (2, 3):
        rest = core[length:]
        if core[:length] in towns and len(rest) >= 4 and not is_vague_place(rest):
            return core if is_common_place(rest) else rest
    return core


def _narrowest(place: Place) -> str:
    """Write the narrowest district and the towns inside it."""
    towns = [region for region in place.regions if region.endswith(("镇", "乡", "街道"))]
    others = [region for region in place.regions if region not in towns]
    return "".join((*others[-1:], *towns))


def _look_around(names: Iterable[Name]) -> _Seen:
    """Gather what the names tell about each other; nothing gathered depends on order."""
    slugs: set[str] = set()
    owners: defaultdict[str, set[str]] = defaultdict(set)
    forms: defaultdict[str, set[str]] = defaultdict(set)
    divided: defaultdict[str, set[str]] = defaultdict(set)
    places: list[Place] = []
    for name in names:
        if name.kind == "place" and name.place is not None:
            places.append(name.place)
        if name.kind in _NOBODYS or not _names_alone(name):
            continue
        slugs.add(name.slug)
        if "-" in name.slug:
            divided[name.slug.replace("-", "")].add(name.slug)
        if name.bare:
            forms[name.bare].add(name.slug)
        for second in name.second_names:
            owners[second].add(name.slug)
    return _Seen(
        slugs=frozenset(slugs),
        owners={
            second: frozenset(found)
            for second, found in owners.items()
            if "-" in second and second not in found
        },
        forms={bare: frozenset(found) for bare, found in forms.items()},
        divided={packed: frozenset(found) for packed, found in divided.items()},
        map=_map_places(places),
    )


def _map_places(places: Iterable[Place]) -> _PlaceMap:
    """Learn from all places which district lies in which city, and where each name is."""
    wider: defaultdict[str, set[str]] = defaultdict(set)
    towns: set[str] = set()
    for place in places:
        towns.update(_town_stems(place))
        for region in place.regions_in_city:
            wider[region].add(place.city)
    city_of = {region: next(iter(found)) for region, found in wider.items() if len(found) == 1}
    cities: defaultdict[str, set[str]] = defaultdict(set)
    for place in places:
        if place.city:
            core = _without_town(place.core, towns)
            cities[core].add(city_of.get(place.city, place.city))
    return _PlaceMap(
        towns=frozenset(towns),
        city_of=city_of,
        cities={core: frozenset(found) for core, found in cities.items()},
    )


def _town_stems(place: Place) -> Iterator[str]:
    for region in place.regions:
        stem = re.sub("(?:街道|镇|乡)$", "", region)
        if stem != region and len(stem) > 1:
            yield stem


def _unmasked(fitting: Set[MerchantKey]) -> Resolution:
    """Take the merchant if all names that fit a mask are its own."""
    if len(fitting) != 1:
        return _MASK_IN_DOUBT
    return Resolution(next(iter(fitting)), 0.6, "a mask that only this name fits", True)


def _as_table(
    resolutions: Mapping[str, Resolution],
    taken: Mapping[str, Name],
    merchants: Mapping[str, Merchant],
) -> pa.Table:
    """Add the name and sector that all names of one merchant share."""

    def plainness(raw: str) -> tuple[bool, bool, int, str]:
        """Order the names of one merchant: as he writes it, not all capitals, short, by letters."""
        return resolutions[raw].is_joined, raw.isupper(), len(raw), raw

    shown: dict[MerchantKey, str] = {}
    for raw, resolution in resolutions.items():
        key = resolution.key
        if key and (key not in shown or plainness(raw) < plainness(shown[key])):
            shown[key] = raw
    sectors = {
        key: merchants[key].sector if key in merchants else guess_sector(key) for key in shown
    }
    shown |= {key: merchants[key].name for key in shown if key in merchants}
    columns = {
        "raw": list(resolutions),
        "merchant_key": [resolution.key for resolution in resolutions.values()],
        "merchant_name": [
            shown[resolution.key] if resolution.key else raw.strip()
            for raw, resolution in resolutions.items()
        ],
        "sector": [
            sectors[resolution.key] if resolution.key else None
            for resolution in resolutions.values()
        ],
        "score": [resolution.score for resolution in resolutions.values()],
        "why": [resolution.why for resolution in resolutions.values()],
    }
    return pa.table(columns, schema=NAMES_SCHEMA)

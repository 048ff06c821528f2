"""Joins names that differ in how a firm of their kind is written: short forms, shops, order.

In: the names of a corpus with their keys so far, and the known merchants. Out: joins. Out of
scope: sounds, slips and registered forms, and settling all joins
(`pipelines.respondents.joining`).

    青岳农村商业银行, 青岳农商行                    one kind in full and for short
    张建国五金店, 张建国五金经营部                  no trade beside it
    成都蜀麦口腔门诊部, 蜀麦口腔成都春熙店          a branch in the same city
    Tollgate Credit Union of Ashby, Ashby Tollgate CU   the same words in another order
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache

from pipelines.records import MerchantKey
from pipelines.respondents.companies import city_in, take_company_apart, without_region
from pipelines.respondents.lexicon import Lexicon
from pipelines.respondents.names import reduced_spellings, slug_of
from pipelines.respondents.spelling import Join, Spelling, merchants_by
from pipelines.taxonomy.naming import load_naming

SHORTEST_CORE = 4
"""Characters of a small firm's name, trade included, that tell it from its neighbours."""

SHORTEST_SHOP = 3
"""Characters of a brand that a shop is named after, so that it is one firm's."""

SHORTEST_REGISTERED = 3
"""Characters of a brand under which a known merchant's companies are registered."""

TELLING_WORDS = 2
"""Words of a Latin name, none of them common, that tell it in whatever order."""

_SMALL_WORDS = frozenset(("a", "and", "of", "the", "for", "in", "at"))
_HAN_ONLY = re.compile("[\u3400-\u9fff]+")


def by_short_form(names: Iterable[Spelling], lexicon: Lexicon) -> Iterator[Join]:
    """Join Chinese names that are equal once the words for their kind are short."""
    patterns = _short_forms()
    keys: defaultdict[str, set[MerchantKey]] = defaultdict(set)
    if any(patterns.search(one.name.slug) for one in names):
        for slug, key in lexicon.keys.items():
            if patterns.search(slug):
                keys[_shortened(slug)].add(key)
    known = {form: found for form, found in keys.items() if len(found) == 1}
    seen = merchants_by((_shortened(_with_region(one)), one.key) for one in names)
    for form, found in seen.items():
        target = next(iter(known.get(form, ())), min(found))
        why = "the same name, its kind written short or in full"
        yield from (Join(key, target, 0.8, why) for key in found - {target})


def _with_region(one: Spelling) -> str:
    """Give the whole name; one of many namesakes is told by its region alone."""
    return slug_of(one.name.written) or one.name.slug


def _shortened(slug: str) -> str:
    full = _full_forms()
    return _short_forms().sub(lambda match: full[match.group()], slug)


@cache
def _full_forms() -> Mapping[str, str]:
    """Give the short form of every full one."""
    return {full: short for short, fulls in load_naming().short_forms.items() for full in fulls}


@cache
def _short_forms() -> re.Pattern[str]:
    fulls = sorted(_full_forms(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, fulls)))


def by_small_form(names: Iterable[Spelling], lexicon: Lexicon) -> Iterator[Join]:
    """Join small firms of one core, in one city as far as they say."""
    groups: defaultdict[str, set[tuple[MerchantKey, str]]] = defaultdict(set)
    bare: defaultdict[str, set[MerchantKey]] = defaultdict(set)
    for one in names:
        bare[one.name.slug].add(one.key)
        if one.key not in lexicon.merchants and (found := small_firm(one.name.written)):
            groups[found[0]].add((one.key, found[1]))
    for core, members in groups.items():
        members |= {(key, "") for key in bare.get(core, ()) if key not in lexicon.merchants}
        cities = {city for _, city in members if city}
        if len(cities) < 2:
            keys = {key for key, _ in members}
            why = "the same small firm, its form or branch written otherwise"
            yield from (Join(key, min(keys), 0.7, why) for key in keys - {min(keys)})


def small_firm(written: str) -> tuple[str, str] | None:
    """Divide a small firm's name into its core and its city; None where it is none.

    >>> small_firm("成都蜀麦口腔门诊部"), small_firm("蜀麦口腔成都春熙店"), small_firm("星河酒店")
    (('蜀麦口腔', '成都'), ('蜀麦口腔', '成都'), None)
    """
    packed = slug_of(written)
    core = _small_patterns().sub("", packed)
    if core == packed or len(core) < SHORTEST_CORE or not _HAN_ONLY.fullmatch(core):
        return None
    city, rest = "", without_region(core)
    if rest is not None and len(rest) >= SHORTEST_CORE:
        city, core = core[: len(core) - len(rest)].removesuffix("市"), rest
    elif packed.endswith("店") and (branch := city_in(core, SHORTEST_CORE)):
        city, core = branch, core[: core.index(branch, SHORTEST_CORE)]
    return core, city


@cache
def _small_patterns() -> re.Pattern[str]:
    """酒店, 饭店 and 旗舰店 are what they are; 店 alone is a form."""
    naming = load_naming()
    legal = "|".join(map(re.escape, naming.legal_zh))
    words = "|".join(map(re.escape, naming.small_forms))
    return re.compile(f"(?<![酒饭书旗专官网商舰卖营方])(?:{words})(?:{legal})?$")


def by_shop(names: Iterable[Spelling], lexicon: Lexicon) -> Iterator[Join]:
    """Join a brand's shops to each other, and to the one company registered under the brand."""
    shops: defaultdict[str, set[MerchantKey]] = defaultdict(set)
    firms: defaultdict[str, set[MerchantKey]] = defaultdict(set)
    stems: defaultdict[str, set[str]] = defaultdict(set)
    for one in names:
        if one.key in lexicon.merchants:
            continue
        slug = one.name.slug
        if slug.endswith(load_naming().shop_words):
            shops[[slug, *reduced_spellings(slug)][-1]].add(one.key)
        elif company := take_company_apart(one.name.written):
            firms[company.brand].add(one.key)
            stems[company.brand].add(_shortened(company.stem))
    for brand, keys in shops.items():
        if len(brand) >= SHORTEST_SHOP and brand not in lexicon.keys:
            every = keys | (firms[brand] if len(stems[brand]) == 1 else set())
            why = "a shop of the only firm of this brand"
            yield from (Join(key, min(every), 0.7, why) for key in every - {min(every)})


def registered_brands(lexicon: Lexicon) -> Mapping[str, MerchantKey]:
    """Give the brands under which one known merchant's companies are registered."""
    found: defaultdict[str, set[MerchantKey]] = defaultdict(set)
    for merchant in lexicon.merchants.values():
        for alias in merchant.aliases:
            company = take_company_apart(alias.replace("（", "(").replace("）", ")"))
            if company and len(company.brand) >= SHORTEST_REGISTERED:
                found[company.brand].add(MerchantKey(merchant.key))
    return {brand: min(keys) for brand, keys in found.items() if len(keys) == 1}


def by_registered_brand(
    names: Iterable[Spelling], lexicon: Lexicon, brands: Mapping[str, MerchantKey]
) -> Iterator[Join]:
    """Join companies registered under the brand of a known merchant's companies."""
    for one in names:
        if one.key in lexicon.merchants:
            continue
        company = take_company_apart(one.name.written)
        if company and company.brand in brands:
            why = "registered under the brand of a known merchant's companies"
            yield Join(one.key, brands[company.brand], 0.75, why)


def by_word_order(names: Iterable[Spelling]) -> Iterator[Join]:
    """Join Latin names of the same words in another order, with or without small words.

    Two words must be more than common: Bank of America is not America Bank.
    """
    common = _single_common_words()
    keys: defaultdict[tuple[str, ...], set[MerchantKey]] = defaultdict(set)
    for one in names:
        words = tuple(sorted(set(one.name.slug.split("-")) - _SMALL_WORDS))
        if len(set(words) - common) >= TELLING_WORDS and len(words) > TELLING_WORDS:
            keys[words].add(one.key)
    for found in keys.values():
        why = "the same words in another order"
        yield from (Join(key, min(found), 0.7, why) for key in found - {min(found)})


@cache
def _single_common_words() -> Set[str]:
    return frozenset(word for word in load_naming().common_words if " " not in word)

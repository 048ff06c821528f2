"""Joins the spellings of one merchant that no list holds: registered forms, pinyin, slips.

In: the names of a corpus taken apart, with the key that each has so far, and the known
merchants. Out: the keys that belong to another key, each with its reason. What several
merchants would fit is joined to none, so that companies stay distinct in doubt; a known
merchant is never joined to another. Out of scope: single names (`pipelines.respondents.names`).

    星河科技有限公司, 星河          the only company of the corpus that is called 星河
    Zhifubao, 支付宝               sounds like it
    Brigthwater Lending            one slip from Brightwater Lending
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from pipelines.records import MerchantKey
from pipelines.respondents.companies import (
    Company,
    city_in,
    take_company_apart,
    without_region,
)
from pipelines.respondents.lexicon import Lexicon
from pipelines.respondents.names import Name, reduced_spellings
from pipelines.respondents.slips import Slip, SlipIndex
from pipelines.respondents.sounds import chinese_forms, latin_forms, spoken
from pipelines.respondents.spelling import Join, Spelling, merchants_by
from pipelines.respondents.variants import (
    by_registered_brand,
    by_shop,
    by_short_form,
    by_small_form,
    by_word_order,
    registered_brands,
    small_firm,
)
from pipelines.taxonomy.naming import load_naming

SHORTEST_KNOWN_SOUND, SHORTEST_SOUND = 3, 4
"""Characters from which a name typed with other characters of one sound is that name."""

SHORTEST_SLIP = 8
"""Letters of a name that nobody knows, from which a slip is told from a namesake."""

TELLING_BRAND = 4
"""Characters of a Chinese brand that is one company's whatever trades are registered under it."""

SHORTEST_BRAND = 5
"""Letters of a Latin brand that tells a company; as few initials are many companies'."""

_IN_BRACKETS = re.compile(r"\(([^()]{2,4})\)$")

LONG_WORD = 9
"""Letters of a word from which one letter hardly ever makes another word of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSpellings:
    """The names of the known merchants, prepared for finding other spellings of them.

    `latin_forms` are what their Chinese names are in pinyin, `sounds` these names as spoken,
    `run_together` their Latin names without blanks, `slips` these names one letter off,
    `brands` what their companies are registered under.
    """

    lexicon: Lexicon
    latin_forms: Mapping[str, Set[MerchantKey]]
    sounds: Mapping[str, Set[MerchantKey]]
    run_together: Mapping[str, Set[MerchantKey]]
    slips: SlipIndex
    brands: Mapping[str, MerchantKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spellings:
    """The spellings that name somebody, by script, and the merchants that the taxonomy knows."""

    chinese: tuple[Spelling, ...]
    latin: tuple[Spelling, ...]
    known: KnownSpellings

    @property
    def lexicon(self) -> Lexicon:
        """The merchants that the taxonomy knows."""
        return self.known.lexicon


def prepare_known(lexicon: Lexicon) -> KnownSpellings:
    """Prepare the names of the known merchants; a fraction of a second."""
    chinese = [(slug, key) for slug, key in lexicon.keys.items() if not slug.isascii()]
    latin = [(slug, key) for slug, key in lexicon.keys.items() if slug.isascii()]
    return KnownSpellings(
        lexicon=lexicon,
        latin_forms=merchants_by(
            (form, key) for slug, key in chinese for form in chinese_forms(slug)
        ),
        sounds=merchants_by((spoken(slug), key) for slug, key in chinese if _is_long(slug, True)),
        run_together=merchants_by((slug.replace("-", ""), key) for slug, key in latin),
        slips=SlipIndex(slug for slug, _ in latin),
        brands=registered_brands(lexicon),
    )


def find_joins(spellings: Iterable[Spelling], known: KnownSpellings) -> dict[MerchantKey, Join]:
    """Give, for every key that is another spelling of a merchant, that merchant and why.

    The target of a join is never joined itself. The order of the spellings does not matter.
    """
    names = _of_scripts(spellings, known)
    near = {*_by_form(names), *_by_brand(names), *_typed_alike(names)}
    near |= {*_by_latin_brand(names), *_run_together(names), *_by_region(names)}
    near |= {*by_small_form(names.chinese, known.lexicon), *by_shop(names.chinese, known.lexicon)}
    near |= {*by_short_form(names.chinese, known.lexicon), *by_word_order(names.latin)}
    near |= {*by_registered_brand(names.chinese, known.lexicon, known.brands)}
    far = {*_by_sound(_with_joined_keys(names, _settled(near, known.lexicon))), *_by_slip(names)}
    return _settled(near | far, known.lexicon)


def _of_scripts(spellings: Iterable[Spelling], known: KnownSpellings) -> _Spellings:
    usable = [spelling for spelling in spellings if spelling.name.slug]
    return _Spellings(
        chinese=tuple(one for one in usable if not one.name.slug.isascii()),
        latin=tuple(one for one in usable if one.name.slug.isascii()),
        known=known,
    )


def _with_joined_keys(names: _Spellings, joins: Mapping[MerchantKey, Join]) -> _Spellings:
    """Give the Chinese spellings of one merchant one key, so that a Latin one finds just one."""
    chinese = tuple(
        one._replace(key=joins[one.key].into) if one.key in joins else one for one in names.chinese
    )
    return replace(names, chinese=chinese)


def _settled(joins: Iterable[Join], lexicon: Lexicon) -> dict[MerchantKey, Join]:
    """Follow chains of joins to their end; two known merchants never meet.

    Of joined keys the known merchant's is kept, or else the shortest, Chinese before Latin.
    """
    head: dict[MerchantKey, MerchantKey] = {}
    reason: dict[MerchantKey, Join] = {}
    for join in sorted(joins, key=lambda one: (-one.score, one)):
        one, other = _head(head, join.key), _head(head, join.into)
        if one == other or (one in lexicon.merchants and other in lexicon.merchants):
            continue
        kept, given_up = sorted((one, other), key=lambda key: _rank(key, lexicon))
        head[given_up] = kept
        reason.setdefault(join.key, join)
        reason.setdefault(join.into, join)
    return {key: reason[key]._replace(key=key, into=_head(head, key)) for key in sorted(head)}


def _head(head: Mapping[MerchantKey, MerchantKey], key: MerchantKey) -> MerchantKey:
    while key in head:
        key = head[key]
    return key


def _rank(key: MerchantKey, lexicon: Lexicon) -> tuple[bool, bool, int, str]:
    return key not in lexicon.merchants, key.isascii(), len(key), key


def _by_form(names: _Spellings) -> Iterator[Join]:
    """Join registered names of one stem whose regions do not contradict each other."""
    groups: defaultdict[str, list[tuple[Spelling, str]]] = defaultdict(list)
    for spelling, company in _companies(names):
        groups[company.stem].append((spelling, company.city))
    for spelling in names.chinese:
        if _is_bare(spelling.name) and spelling.name.slug in groups:
            groups[spelling.name.slug].append((spelling, ""))
    for stem, members in groups.items():
        if key := names.lexicon.keys.get(stem):
            yield from _joined_to(key, members, names, "the registered name of a known merchant")
            continue
        cities = {city for _, city in members if city}
        for city in cities if len(cities) > 1 else {""}:
            same = [one.key for one, place in members if len(cities) < 2 or place == city]
            why = "the same registered name with or without its region"
            yield from (Join(key, min(same), 0.75, why) for key in set(same) - {min(same)})


def _is_bare(name: Name) -> bool:
    """Say whether a name has no region."""
    return name.place is None or not name.place.regions


def _by_region(names: _Spellings) -> Iterator[Join]:
    """Join a known merchant's name with a region to the merchant: 广东移动, 顺丰(深圳)."""
    for spelling in names.chinese:
        written = spelling.name.written.replace(" ", "")
        inside = _IN_BRACKETS.search(written)
        is_city = inside is not None and city_in(inside[1], 0) == inside[1].removesuffix("市")
        rest = written[: inside.start()] if inside and is_city else without_region(written)
        key = None if rest is None else names.lexicon.keys.get(rest)
        if key is not None and spelling.key not in names.lexicon.merchants:
            yield Join(spelling.key, key, 0.7, "a known merchant's name with a region before it")


def _joined_to(
    key: MerchantKey, members: Iterable[tuple[Spelling, str]], names: _Spellings, why: str
) -> Iterator[Join]:
    """Join the spellings that are no known merchant's to one that is."""
    for spelling, _ in members:
        if spelling.key not in names.lexicon.merchants:
            yield Join(spelling.key, key, 0.8, why)


def _by_brand(names: _Spellings) -> Iterator[Join]:
    """Join the only company that is registered under a brand to the brand."""
    stems: defaultdict[str, set[str]] = defaultdict(set)
    keys: dict[str, set[MerchantKey]] = defaultdict(set)
    for spelling, company in _companies(names):
        for brand in company.brands:
            stems[brand].add(company.stem)
            keys[brand].add(spelling.key)
    bare = {one.name.slug: one.key for one in names.chinese if _is_bare(one.name)}
    why = "a company registered under the brand, and under no other"
    for brand, found in stems.items():
        known = _telling_brand(brand, names.lexicon)
        tells = len(found) == 1 or len(brand) >= TELLING_BRAND
        target = known or (bare.get(brand) if tells else None)
        if target is not None:
            others = keys[brand] - names.lexicon.merchants.keys() - {target}
            yield from (Join(key, target, 0.7, why) for key in others)


def _by_latin_brand(names: _Spellings) -> Iterator[Join]:
    """Join the only company with a brand and words of trade to the brand."""
    trades = {word.replace(" ", "-") for word in load_naming().trades_en}
    bare = {one.name.slug: one.key for one in names.latin}
    longer: defaultdict[str, set[MerchantKey]] = defaultdict(set)
    for slug, key in bare.items():
        words = slug.split("-")
        while len(words) > 1 and words[-1] in trades:
            words.pop()
        brand = "-".join(words)
        is_known = _telling_brand(brand, names.lexicon) is not None
        if brand != slug and (is_known or len(brand.replace("-", "")) >= SHORTEST_BRAND):
            longer[brand].add(key)
    for brand, keys in longer.items():
        target = names.lexicon.keys.get(brand) or bare.get(brand)
        is_common = set(load_naming().common_words).issuperset(brand.split("-"))
        others = keys - names.lexicon.merchants.keys() - {target}
        if target is not None and len(keys) == 1 and not is_common:
            why = "the only company named after the brand"
            yield from (Join(key, target, 0.7, why) for key in others)


def _run_together(names: _Spellings) -> Iterator[Join]:
    """Join Latin names of the same letters with other blanks (Citi Bank, Green Spring)."""
    why = "the same letters, divided otherwise"
    seen: defaultdict[str, set[MerchantKey]] = defaultdict(set)
    for spelling in names.latin:
        packed = spelling.name.slug.replace("-", "")
        if spelling.key in names.lexicon.merchants:
            continue
        cuts = (packed, *(cut.replace("-", "") for cut in reduced_spellings(spelling.name.slug)))
        found = next((keys for cut in cuts if (keys := names.known.run_together.get(cut))), set())
        if len(found) == 1:
            yield Join(spelling.key, min(found), 0.85, why)
        elif len(packed) >= SHORTEST_SLIP:
            seen[packed].add(spelling.key)
    for keys in seen.values():
        yield from (Join(key, min(keys), 0.85, why) for key in keys - {min(keys)})


def _telling_brand(brand: str, lexicon: Lexicon) -> MerchantKey | None:
    """Give the known merchant of a brand that is no common word."""
    key = lexicon.keys.get(brand)
    if key is None or brand in lexicon.merchants[key].given_only:
        return None
    return key


def _companies(names: _Spellings) -> Iterator[tuple[Spelling, Company]]:
    for spelling in names.chinese:
        if spelling.key in names.lexicon.merchants:
            continue
        if company := take_company_apart(spelling.name.written):
            yield spelling, company


def _by_sound(names: _Spellings) -> Iterator[Join]:
    """Join a Latin name to the only Chinese one it transcribes, and what is typed alike."""
    known, seen = names.known.latin_forms, merchants_by(_seen_forms(names))
    for spelling in names.latin:
        if spelling.key in names.lexicon.merchants:
            continue
        forms = latin_forms(spelling.name.slug)
        found = {key for form in forms for key in known.get(form, ())}
        found = found or {key for form in forms for key in seen.get(form, ())}
        if len(found) == 1:
            why = "the pinyin or translation of one name only"
            yield Join(spelling.key, found.pop(), 0.75, why)


def _seen_forms(names: _Spellings) -> Iterator[tuple[str, MerchantKey]]:
    """Give the Latin forms of the Chinese names of the corpus."""
    for spelling in names.chinese:
        slugs = {spelling.name.slug} if _is_bare(spelling.name) else set()
        if company := take_company_apart(spelling.name.written):
            slugs |= {company.stem, company.city + company.stem}
        if firm := small_firm(spelling.name.written):
            core, city = firm
            slugs |= {core, city + core}
        yield from ((form, spelling.key) for slug in slugs for form in chinese_forms(slug))


def _typed_alike(names: _Spellings) -> Iterator[Join]:
    """Join names whose characters differ and sound the same, tones included."""
    known = names.known.sounds
    bare = [one for one in names.chinese if _is_bare(one.name)]
    seen = merchants_by((spoken(one.name.slug), one.key) for one in bare)
    written = merchants_by((one.name.slug, one.key) for one in bare)
    for spelling in bare:
        slug = spelling.name.slug
        if spelling.key in names.lexicon.merchants or not _is_long(slug, True):
            continue
        found = known.get(spoken(slug)) or (seen[spoken(slug)] if _is_long(slug, False) else set())
        others = found - {spelling.key}
        if len(others) == 1:
            why = "typed with other characters of the same sound"
            if others <= written[slug]:
                why = "the same name, written with and without its kind or region"
            yield Join(spelling.key, min(others), 0.7, why)


def _is_long(slug: str, is_known: bool) -> bool:
    """Say whether a name is long enough for its sound to tell it, and not by its trade alone."""
    kinds = (word for word in load_naming().translations if slug.endswith(word))
    kind = max(kinds, key=len, default="")
    telling = len(slug) - len(kind) >= SHORTEST_KNOWN_SOUND
    return telling and (is_known or len(slug) >= SHORTEST_SOUND)


def _by_slip(names: _Spellings) -> Iterator[Join]:
    """Join a Latin name to the only one it is a slip from, if its odd word is nobody else's."""
    known = names.lexicon.keys
    seen = {one.name.slug: one.key for one in names.latin}
    index = SlipIndex(seen)
    common = _common_words(seen)
    for slug, key in seen.items():
        if key in names.lexicon.merchants:
            continue
        near = names.known.slips.near(slug) or index.near(slug)
        keys = {known.get(other) or seen[other] for other in near} - {key}
        if len(keys) != 1:
            continue
        if all(_is_same(slug, other, slip, common, known) for other, slip in near.items()):
            yield Join(key, keys.pop(), 0.7, f"a slip of the pen: {next(iter(near.values()))}")


def _is_same(
    slug: str, other: str, slip: Slip, common: Set[str], known: Mapping[str, MerchantKey]
) -> bool:
    """Say whether a name one slip away is the same: its odd word must stand nowhere else.

    Letters swapped or doubled make no word; one letter less may make another company's.
    """
    words, others = set(slug.split("-")), set(other.split("-"))
    if (words - others) & common:
        return False
    if other in known:
        return True
    (odd,), (right,) = words - others, others - words
    makes_no_word = slip != "one letter" or len(odd) >= LONG_WORD or right not in common
    makes_no_word |= len(odd) != len(right) and right in load_naming().common_words
    return makes_no_word and len(slug.replace("-", "")) >= SHORTEST_SLIP


def _common_words(slugs: Iterable[str]) -> set[str]:
    """Give the words that two names have, and those that many companies have."""
    count = Counter(word for slug in slugs for word in set(slug.split("-")))
    listed = {word for word in load_naming().common_words if " " not in word}
    return {word for word, names in count.items() if names > 1} | listed

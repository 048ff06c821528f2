"""The known merchants, ready for looking up names and for finding them in a text.

In: the merchants of the taxonomy. Out: a `Lexicon`. Out of scope: unknown names, which
`pipelines.respondents.resolve` compares with each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from pipelines.errors import TaxonomyError
from pipelines.normalise import normalise
from pipelines.records import Identity, MerchantKey
from pipelines.respondents.names import (
    Name,
    product_owners,
    reduced_spellings,
    slug_of,
    take_name_apart,
    whole_spellings,
)
from pipelines.taxonomy.model import Merchant
from pipelines.taxonomy.naming import load_naming
from pipelines.word_search import WordSearch

_MOST_REMEMBERED = 50_000
"""Names whose identity is remembered: most names of a corpus are given many times."""


class Mention(NamedTuple):
    """A known merchant's name at `start` to `end` of a normalised text."""

    start: int
    end: int
    key: MerchantKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The known merchants by slug, and one search for the names that texts may hold."""

    merchants: Mapping[str, Merchant]
    keys: Mapping[str, MerchantKey]
    wordings: WordSearch[tuple[MerchantKey | None, bool]]
    _identified: dict[str, tuple[MerchantKey | None, Identity]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def known(self, name: Name) -> MerchantKey | None:
        """Give the merchant that one of the spellings of a name belongs to."""
        for slug in (*name.spellings, name.bare):
            if key := self.keys.get(slug):
                return key
        others = (self.keys.get(slug) for slug in name.second_names)
        second = next((key for key in others if key), None)
        return second and self.keys.get(name.first, second)

    def known_reduced(self, name: Name) -> MerchantKey | None:
        """Give the merchant of a name that also holds 平台, App, a branch or the like."""
        if name.kind != "name" and name.kind != "place":
            return None
        wholes = chain.from_iterable(map(whole_spellings, reversed(name.spellings)))
        slugs = chain(reduced_spellings(name.slug), wholes, product_owners(name.slug))
        keys = (self.keys.get(slug) for slug in slugs)
        return next((key for key in keys if key), None)

    def identify(self, raw: str) -> tuple[MerchantKey | None, Identity]:
        """Say whom a given name names as far as the taxonomy knows, and how surely.

        >>> from pipelines.taxonomy import load_taxonomy
        >>> lexicon = build_lexicon(load_taxonomy().merchants)
        >>> lexicon.identify("蚂蚁金服客户中心"), lexicon.identify("商家")
        (('ant', 'named'), (None, 'unnamed'))
        """
        identity = self._identified.get(raw)
        if identity is None:
            identity = self._identify(raw)
            if len(self._identified) < _MOST_REMEMBERED:
                self._identified[raw] = identity
        return identity

    def _identify(self, raw: str) -> tuple[MerchantKey | None, Identity]:
        name = take_name_apart(raw)
        key = self.known(name) or self.known_reduced(name)
        if key:
            return key, "licensed" if self.merchants[key].is_licensed else "named"
        if name.kind == "generic" or "某" in raw:
            return None, "unnamed"
        return None, "handle" if name.kind in ("handle", "mask") else "named"

    def mentions(self, text: str) -> Iterator[Mention]:
        """Give the known merchants that a normalised text names, in order, longest first."""
        for start, end, (key, is_ambiguous) in self.wordings.find_longest(text):
            if key is None or not stands_alone(text, start, end):
                continue
            if not is_ambiguous or _is_framed(text, start, end):
                yield Mention(start, end, key)


def build_lexicon(merchants: Mapping[str, Merchant]) -> Lexicon:
    """Prepare the known merchants.

    Raises:
        TaxonomyError: two merchants claim one spelling, or a parent is no merchant.
    """
    keys: dict[str, MerchantKey] = {}
    wordings: dict[str, tuple[MerchantKey | None, bool]] = dict.fromkeys(
        load_naming().frames.not_merchants, (None, False)
    )
    for merchant in merchants.values():
        if merchant.parent is not None and merchant.parent not in merchants:
            raise TaxonomyError(
                f"merchants.yml: {merchant.key}: expected a parent that is a merchant; "
                f"found {merchant.parent!r}. Add it or correct the key"
            )
        for spelling in (merchant.name, *merchant.aliases, *merchant.given_only):
            _claim(keys, spelling, merchant)
        for spelling in (merchant.name, *merchant.aliases, *merchant.given_only):
            wording = normalise(spelling).text
            is_ambiguous = spelling in merchant.given_only
            wordings[wording] = (MerchantKey(merchant.key), is_ambiguous)
    return Lexicon(merchants=merchants, keys=keys, wordings=WordSearch(wordings))


def _claim(keys: dict[str, MerchantKey], spelling: str, merchant: Merchant) -> None:
    """Enter the slugs of one spelling; its bare core only if it says enough by itself."""
    full = slug_of(normalise(spelling).text)
    core = take_name_apart(spelling).slug
    for slug in {full, core if len(core) > 2 else full}:
        holder = keys.setdefault(slug, MerchantKey(merchant.key))
        if holder != merchant.key:
            raise TaxonomyError(
                f"merchants.yml: {merchant.key}: expected a spelling of its own; "
                f"found {spelling!r}, which {holder} claims. Remove one"
            )


def stands_alone(text: str, start: int, end: int) -> bool:
    """Refuse a Latin name or a number that is part of a longer word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_runs_on(before, text[start]) or _runs_on(text[end - 1], after))


def _is_framed(text: str, start: int, end: int) -> bool:
    """Say whether the words around an ambiguous name show that a merchant is meant."""
    frames = load_naming().frames
    if text.startswith(frames.names_after, end):
        return True
    return text.endswith(frames.names_inside, 0, start) and text.startswith(
        frames.names_inside_after, end
    )


def _runs_on(left: str, right: str) -> bool:
    return left.isascii() and left.isalnum() and right.isascii() and right.isalnum()

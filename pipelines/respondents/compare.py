"""Says of two names whether they are one merchant's, with the evidence in a sentence.

In: two names as written, the known merchants, and what people judged. Out: yes, no, parent
(one is the other's brand, product or owner) or unsure, how likely it is that they are one
merchant (0 to 1), and why. Out of scope: resolving the names of a corpus, which know more
of each other (`pipelines.respondents.resolve`).

    Alipay, 支付宝                         yes     both are names of 支付宝
    花呗, 蚂蚁集团                          parent  花呗 belongs to 蚂蚁集团
    某宝, 淘宝                              unsure  what is hidden may be 淘宝 and others
    First National Bank of Ashfold, ...of Marlowe   no
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from pipelines.normalise import normalise
from pipelines.records import MerchantKey
from pipelines.respondents.joining import prepare_known
from pipelines.respondents.judgements import NameJudgement
from pipelines.respondents.lexicon import Lexicon, build_lexicon
from pipelines.respondents.masks import MaskPool
from pipelines.respondents.names import Name, take_name_apart
from pipelines.respondents.resolve import LISTED, Resolution, obey, resolve_all
from pipelines.respondents.slips import slip_between
from pipelines.respondents.sounds import initials, latin_forms, spoken
from pipelines.taxonomy.model import Merchant
from pipelines.taxonomy.naming import load_naming

Same = Literal["yes", "no", "parent", "unsure"]

LONGEST_NAME = 200
"""Characters; what is longer is no name, and is compared by its beginning."""

ALIKE = 0.8
"""Share of the letters of both names in one order, from which a person should look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The answer for two names. `score`: how likely they are one merchant; for parent: related."""

    same: Same
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of the two names: as written, taken apart, and whom it names by the rules."""

    raw: str
    name: Name
    found: Resolution


class Comparer:
    """Compares pairs of names; what it knows is prepared once."""

    def __init__(
        self, merchants: Mapping[str, Merchant], judgements: Sequence[NameJudgement] = ()
    ) -> None:
        self._lexicon: Lexicon = build_lexicon(merchants)
        self._known = prepare_known(self._lexicon)
        self._judgements = judgements
        self._pool = MaskPool(self._lexicon.keys)

    def compare(self, one: str, other: str) -> Comparison:
        """Say whether two names are one merchant's. The order of the names does not matter.

        >>> from pipelines.taxonomy import load_taxonomy
        >>> comparer = Comparer(load_taxonomy().merchants)
        >>> comparer.compare("Zhifubao", "支付宝").same, comparer.compare("花呗", "蚂蚁集团").same
        ('yes', 'parent')
        >>> comparer.compare("美团", "美图").same, comparer.compare("某宝", "淘宝").same
        ('no', 'unsure')
        """
        first, second = sorted((one[:LONGEST_NAME], other[:LONGEST_NAME]))
        taken = {raw: take_name_apart(raw) for raw in (first, second)}
        found = resolve_all(taken, self._known)
        by_rule = dict(found)
        obey(found, self._judgements, self._lexicon)
        sides = [_Side(raw=raw, name=taken[raw], found=found[raw]) for raw in (first, second)]
        if found != by_rule or self._are_judged(first, second):
            return self._judged(*sides)
        return self._compare(*sides)

    def _are_judged(self, one: str, other: str) -> bool:
        return any({pair.one, pair.other} == {one, other} for pair in self._judgements)

    def _judged(self, one: _Side, other: _Side) -> Comparison:
        is_same = one.found.key is not None and one.found.key == other.found.key
        verdict = "are one merchant" if is_same else "are not one merchant"
        why = f"A person judged that {_quoted(one, other)} {verdict}."
        return Comparison(same="yes" if is_same else "no", score=float(is_same), why=why)

    def _compare(self, one: _Side, other: _Side) -> Comparison:
        """Go from the surest evidence to the weakest."""
        spelled = [normalise(side.raw).text.strip() for side in (one, other)]
        nameless = [side for side in (one, other) if _is_nameless(side)]
        if nameless:
            return self._nameless(nameless, one, other)
        if spelled[0] == spelled[1] and one.name.kind == "name":
            why = "They are written alike but for case, width, blanks or script."
            return Comparison(same="yes", score=1.0, why=why)
        if one.found.key is not None and one.found.key == other.found.key:
            return self._one_merchant(one, other)
        if "mask" in (one.name.kind, other.name.kind):
            return self._masked(one, other)
        return self._two_merchants(one, other)

    def _nameless(self, nameless: Sequence[_Side], one: _Side, other: _Side) -> Comparison:
        """A description may mean anybody; a seller on a marketplace is not the marketplace."""
        named = next((side for side in (one, other) if side not in nameless), None)
        host = None if named is None else self._merchant(named)
        if host and any(host.name in normalise(side.raw).text for side in nameless):
            why = f"One describes somebody at {host.name}, which is not {host.name} itself."
            return Comparison(same="no", score=0.1, why=why)
        who = " and ".join(f"“{side.raw}”" for side in nameless)
        verb = "names" if len(nameless) == 1 else "name"
        why = f"{who} {verb} nobody in particular, so it may be anybody."
        return Comparison(same="unsure", score=0.5, why=why)

    def _one_merchant(self, one: _Side, other: _Side) -> Comparison:
        """Both resolve to one merchant: say by what."""
        merchant = self._merchant(one)
        score = min(one.found.score, other.found.score)
        if merchant is not None:
            return Comparison(same="yes", score=score, why=_why_known(merchant, one, other))
        for side, target in ((one, other), (other, one)):
            if side.found.is_joined:
                why = f"“{side.raw}” stands for “{target.raw}” ({side.found.why})."
                return Comparison(same="yes", score=score, why=why)
        why = "They differ only in legal form, region, branch or customer-service words."
        return Comparison(same="yes", score=0.95, why=why)

    def _masked(self, one: _Side, other: _Side) -> Comparison:
        """See whether what is hidden may be the other name."""
        mask, plain = (one, other) if one.name.kind == "mask" else (other, one)
        own = {slug: MerchantKey("other") for slug in plain.name.spellings}
        fits = plain.name.kind != "mask" and bool(MaskPool(own).fitting(mask.name.slug))
        known = self._pool.fitting(mask.name.slug)
        if fits or plain.found.key in known or plain.name.kind == "mask":
            count = len(known - {plain.found.key})
            why = f"“{mask.raw}” hides a part that “{plain.raw}” fits"
            others = f", and so do {count} other known merchants" if count else ""
            return Comparison(same="unsure", score=1 / (1 + count) / 2, why=f"{why}{others}.")
        why = f"“{mask.raw}” hides a part, and “{plain.raw}” does not fit what it shows."
        return Comparison(same="no", score=0.05, why=why)

    def _two_merchants(self, one: _Side, other: _Side) -> Comparison:
        merchants = self._merchant(one), self._merchant(other)
        if merchants[0] and merchants[1]:
            return self._two_known(merchants[0], merchants[1])
        if evidence := next(self._doubts(one, other), None):
            return Comparison(same="unsure", score=0.4, why=evidence)
        if merchants[0] or merchants[1]:
            named, unknown = (one, other) if merchants[0] else (other, one)
            merchant = self._merchant(named)
            assert merchant is not None, "one of the two is known"
            why = f"“{unknown.raw}” is none of the names under which {merchant.name} is known."
            return Comparison(same="no", score=0.05, why=why)
        why = "They are written differently: no form, sound or slip makes one of the other."
        return Comparison(same="no", score=0.05, why=why)

    def _two_known(self, one: Merchant, other: Merchant) -> Comparison:
        """Two known merchants are two; one may own the other, or both belong to one owner."""
        for child, parent in ((one, other), (other, one)):
            if parent.key in self._owners(child):
                why = f"{child.name} belongs to {parent.name}; complaints stay with each."
                return Comparison(same="parent", score=0.95, why=why)
        shared = [key for key in self._owners(one) if key in self._owners(other)]
        if shared:
            owner = self._lexicon.merchants[shared[0]].name
            why = f"{one.name} and {other.name} are two known merchants, both of {owner}."
            return Comparison(same="no", score=0.1, why=why)
        why = f"{one.name} and {other.name} are two known merchants."
        return Comparison(same="no", score=0.02, why=why)

    def _owners(self, merchant: Merchant) -> tuple[str, ...]:
        owners: list[str] = []
        parent = merchant.parent
        while parent is not None and parent not in owners:
            owners.append(parent)
            parent = self._lexicon.merchants[parent].parent
        return tuple(owners)

    def _merchant(self, side: _Side) -> Merchant | None:
        key = side.found.key
        return None if key is None else self._lexicon.merchants.get(key)

    def _doubts(self, one: _Side, other: _Side) -> Iterator[str]:
        """Give what speaks for one merchant without proving it."""
        short, long = sorted((one.name.slug, other.name.slug), key=len)
        if not short or "handle" in (one.name.kind, other.name.kind):
            return
        if _holds(long, short):
            yield f"One holds the whole of the other ({short}): perhaps a product, branch or firm."
        if short.isascii() and long.isascii():
            yield from _latin_doubts(short, long)
        elif not short.isascii() and not long.isascii():
            yield from _chinese_doubts(short, long)
        else:
            yield from _doubts_between_scripts(*sorted((short, long), key=str.isascii))


def _why_known(merchant: Merchant, one: _Side, other: _Side) -> str:
    """Say how both names are a known merchant's; a listed name needs no more words."""
    told = [
        f"“{side.raw}” {_predicate(side.found)}"
        for side in (one, other)
        if side.found.why != LISTED
    ]
    if not told:
        return f"Each is {LISTED}, {merchant.name}."
    if len(told) == 2 and one.found.why == other.found.why:
        return f"Both are names of {merchant.name}: each {_predicate(one.found)}."
    return f"Both are names of {merchant.name}: {'; '.join(told)}."


def _predicate(found: Resolution) -> str:
    """Make a predicate of a reason, which is a noun or begins with its verb."""
    return found.why if found.why.startswith("holds ") else f"is {found.why}"


def _is_nameless(side: _Side) -> bool:
    return side.name.kind == "generic" and side.found.key is None


def _holds(long: str, short: str) -> bool:
    """Say whether a name begins with the other, which is not a word of many companies."""
    if not short.isascii():
        return len(short) > 1 and long.startswith(short)
    telling = not set(load_naming().common_words).issuperset(short.split("-"))
    return telling and len(short) > 3 and long.startswith(f"{short}-")


def _latin_doubts(one: str, other: str) -> Iterator[str]:
    if slip := slip_between(one, other):
        yield f"They are a slip of the pen apart ({slip}), and may still be two companies."
    words, others = one.split("-"), other.split("-")
    if sorted(words) == sorted(others):
        yield "They have the same words in another order."
    if initials_of(others) == one or initials_of(words) == other:
        yield "One may stand for the other by its initials."
    odd, odd_other = set(words) - set(others), set(others) - set(words)
    if len(odd) == len(odd_other) == 1 and not (odd | odd_other) & set(load_naming().common_words):
        (left,), (right,) = odd, odd_other
        if min(len(left), len(right)) > 4 and Indel.normalized_similarity(left, right) >= ALIKE:
            yield f"They differ in one word only, and hardly there ({left}, {right})."


def initials_of(words: Sequence[str]) -> str:
    """Give the first letters of words; nothing of fewer than three.

    >>> initials_of(["boeing", "employees", "credit", "union"])
    'becu'
    """
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def _chinese_doubts(one: str, other: str) -> Iterator[str]:
    if spoken(one) == spoken(other):
        yield "Other characters of the same sound: a slip in typing, or a namesake."
    if toneless(one) == toneless(other) and len(one) > 1:
        yield "Their characters sound alike but for the tones."
    if len(one) > 4 and Indel.normalized_similarity(one, other) >= ALIKE:
        yield "They differ in a character or two of many."


def _doubts_between_scripts(chinese: str, latin: str) -> Iterator[str]:
    """Compare the syllables with the letters."""
    sound = toneless(chinese)
    packed = latin.replace("-", "")
    if len(chinese) > 2 and initials(chinese) == packed:
        yield f"“{latin}” may be the initials of “{chinese}” in pinyin."
    if sound == packed or sound in latin_forms(latin):
        yield f"“{latin}” is “{chinese}” in pinyin, and of other names as well."
    elif len(packed) > 5 and Indel.normalized_similarity(sound, packed) >= ALIKE:
        yield f"“{latin}” is nearly “{chinese}” in pinyin."


_NO_TONES = {ord(digit): None for digit in "12345"}


def toneless(slug: str) -> str:
    """Give the syllables of a Chinese name, run together and without tones.

    >>> toneless("支付宝")
    'zhifubao'
    """
    return spoken(slug).translate(_NO_TONES).replace(" ", "")


def _quoted(one: _Side, other: _Side) -> str:
    return f"“{one.raw}” and “{other.raw}”"

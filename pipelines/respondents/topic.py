"""Decides whom a text without a given respondent complains of.

In: the normalised text, the known merchants and the places that it names. Out: a `Topic`.
Out of scope: finding them (`lexicon`, `place_finder`) and resolving names (`resolve`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from pipelines.records import Span
from pipelines.respondents.lexicon import Lexicon, Mention
from pipelines.respondents.place_finder import NamedPlace
from pipelines.respondents.places import is_vague_place, take_place_apart
from pipelines.taxonomy.naming import PlaceKind, load_naming

_RANKS: dict[PlaceKind, int] = {
    "company": 5,
    "school": 5,
    "health": 5,
    "venue": 4,
    "estate": 4,
    "village": 3,
    "line": 2,
    "road": 2,
    "area": 2,
    "office": 1,
}
"""Narrow before wide: an estate on a road is the estate's matter."""

_ORGANISATIONS = 4
_FIRST_SENTENCE = re.compile(r"[^。!?\n;]{1,80}")
_LONGEST_SHOP = 12
_SHOP_NAME = re.compile(r"[\u3400-\u9fff0-9a-z]{2,}$")
_LEGAL_COMPANY = ("有限公司", "有限责任公司")


class Target(NamedTuple):
    """A name in the normalised text, and how it was recognised."""

    span: Span
    how: Literal["alias", "frame", "place"]
    is_named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Whom the text complains of, and on which platform; None where it does not say."""

    respondent: Target | None = None
    platform: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """How a text speaks of one known merchant, over all its mentions.

    `acts_at` is where it first acts or is complained of, -1 where it does not.
    `score` is the sum of: 2 where it acts, 1.5 in the topic sentence, 0.3 a mention (4 at
    most), less 3 where it is only the means of paying.
    """

    mention: Mention
    score: float
    count: int
    is_also_means: bool
    acts_at: int
    in_topic: bool

    @property
    def acts(self) -> bool:
        """Whether the merchant acts, or is complained of, anywhere."""
        return self.acts_at >= 0


def choose_topic(
    text: str,
    title_end: int,
    mentions: Sequence[Mention],
    places: Sequence[NamedPlace],
    lexicon: Lexicon,
) -> Topic:
    """Choose the respondent and the platform of a text.

    The topic sentence is the title, or else the first sentence.
    """
    topic_end = title_end or _first_sentence_end(text)
    pretended: list[Mention] = []
    genuine: list[Mention] = []
    for mention in mentions:
        (pretended if is_pretended(text, mention) else genuine).append(mention)
    places = [place for place in places if not _overlaps(place, pretended)]
    merchant = _best_merchant(text, topic_end, genuine, lexicon)
    if merchant and pretended and not merchant.acts:
        merchant = None
    if merchant and _is_market(merchant, lexicon):
        seller = _shop(text) or _seller(text)
        if seller and not (merchant.acts and merchant.acts_at < seller.span.start):
            return Topic(respondent=seller, platform=_target(merchant))
    place = _topic_place(text, topic_end, places)
    platform = _described_platform(text)
    if merchant and _is_complained_of(merchant) and not _prefers_place(merchant, place):
        return Topic(respondent=_target(merchant))
    if shop := _shop(text[:topic_end]):
        return Topic(respondent=shop, platform=platform)
    if place:
        return Topic(respondent=_place_target(place))
    company = _acting_company(text, text[:title_end], places)
    found = _shop(text) or company or _seller(text)
    return Topic(respondent=found, platform=platform)


def _overlaps(place: NamedPlace, mentions: Sequence[Mention]) -> bool:
    """Say whether a place shares a character with one of some mentions, which are in order."""
    nearest = bisect_left(mentions, place.end, key=lambda mention: mention.start) - 1
    return nearest >= 0 and place.start < mentions[nearest].end


def _first_sentence_end(text: str) -> int:
    sentence = _FIRST_SENTENCE.match(text)
    return sentence.end() if sentence else 0


def _is_complained_of(merchant: _Standing) -> bool:
    """Outside the topic sentence a merchant must act, be named twice, and never be the means."""
    if merchant.in_topic:
        return merchant.score >= 1
    return merchant.acts and merchant.count > 1 and not merchant.is_also_means


def _prefers_place(merchant: _Standing, place: NamedPlace | None) -> bool:
    """A place that the topic names comes before a merchant that it merely mentions."""
    if place is None or merchant.acts:
        return False
    return not merchant.in_topic or _RANKS[place.kind] >= _ORGANISATIONS


def _target(merchant: _Standing) -> Target:
    return Target(Span(merchant.mention.start, merchant.mention.end), "alias")


def _place_target(place: NamedPlace) -> Target:
    return Target(Span(place.start, place.end), "place")


def _is_market(merchant: _Standing, lexicon: Lexicon) -> bool:
    return lexicon.merchants[merchant.mention.key].sector in load_naming().frames.marketplaces


def _best_merchant(
    text: str, topic_end: int, mentions: Iterable[Mention], lexicon: Lexicon
) -> _Standing | None:
    grouped: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.key].append(mention)
    standings = [_standing(text, topic_end, group, lexicon) for group in grouped.values()]
    return max(standings, key=lambda one: (one.score, -one.mention.start), default=None)


def _standing(
    text: str, topic_end: int, mentions: Sequence[Mention], lexicon: Lexicon
) -> _Standing:
    frames = _frames()
    first = mentions[0]
    pays = lexicon.merchants[first.key].sector in load_naming().frames.means
    as_means = [pays and _is_means(text, mention) for mention in mentions]
    others = [mention for mention, means in zip(mentions, as_means, strict=True) if not means]
    acting = (
        mention.start
        for mention in others
        if frames.acts_after.match(text, mention.end)
        or frames.acts_before.search(_before(text, mention))
    )
    acts_at = next(acting, -1)
    in_topic = any(mention.start < topic_end for mention in others)
    score = 1.5 * in_topic + 0.3 * min(4, len(mentions)) - 3.0 * (not others)
    return _Standing(
        mention=first,
        score=score + 2.0 * (acts_at >= 0),
        count=len(mentions),
        is_also_means=len(others) < len(mentions),
        acts_at=acts_at,
        in_topic=in_topic,
    )


def _before(text: str, mention: Mention) -> str:
    """Give the few words before a mention."""
    return text[max(0, mention.start - 24) : mention.start]


def is_pretended(text: str, mention: Mention) -> bool:
    """Say whether somebody only pretends to be this merchant."""
    return _frames().pretends_before.search(_before(text, mention)) is not None


def _is_means(text: str, mention: Mention) -> bool:
    """Say whether a merchant is only what was paid with at this place."""
    frames = _frames()
    return bool(
        frames.means_after.match(text, mention.end)
        or frames.means_before.search(_before(text, mention))
    )


def _topic_place(text: str, topic_end: int, places: Iterable[NamedPlace]) -> NamedPlace | None:
    """Choose the narrowest place of the topic sentence, one with its region first."""
    named = [place for place in places if place.start < topic_end]
    offices = [place for place in named if place.kind == "office"]
    fitting = [place for place in named if place.kind != "office"]
    return max((*fitting, *_accused(text, offices)), key=_precedence, default=None)


def _precedence(place: NamedPlace) -> tuple[bool, int, int]:
    rank = _RANKS[place.kind]
    return place.is_anchored or rank >= _ORGANISATIONS, rank, -place.start


def _accused(text: str, offices: Iterable[NamedPlace]) -> Iterator[NamedPlace]:
    """Tell offices whose act is complained of from those that are asked or addressed.

    An accusing word counts for the rest of its line. The offices come in order, so that the
    text before each is searched only from where the search for the one before it ended.
    """
    frames = _frames()
    line = searched = 0
    is_accusing = False
    for office in offices:
        line_break = text.rfind("\n", searched, office.start)
        if line_break >= 0:
            line, is_accusing = line_break + 1, False
        start = max(line, searched - frames.longest_accusing)
        is_accusing = is_accusing or bool(frames.accuses.search(text, start, office.start))
        searched = office.start
        if is_accusing or frames.misdeeds.match(text, office.end):
            yield office


def _acting_company(text: str, title: str, places: Sequence[NamedPlace]) -> Target | None:
    """Choose the organisation that a text without a topic speaks of most.

    One that is named once only counts with its legal form; where there is a title, only
    one of which the title gives a part (汇源煤气 of 远山市汇源煤气有限公司).
    """
    counts: defaultdict[str, list[NamedPlace]] = defaultdict(list)
    pairs = frozenset(map("".join, pairwise(title)))
    for place in places:
        name = text[place.start : place.end]
        if _RANKS[place.kind] >= _ORGANISATIONS and (not title or _shares_a_part(name, pairs)):
            counts[name].append(place)
    fitting = [
        found for name, found in counts.items() if len(found) > 1 or name.endswith(_LEGAL_COMPANY)
    ]
    best = max(fitting, key=lambda found: (len(found), -found[0].start), default=None)
    return _place_target(best[0]) if best else None


def _shares_a_part(name: str, title_pairs: Set[str]) -> bool:
    """Say whether a title holds two neighbouring characters that name, not those of a kind."""
    place = take_place_apart(name)
    core = place.core if place else name
    pairs = (core[start : start + 2] for start in range(len(core) - 3))
    return any(pair in title_pairs and not is_vague_place(pair) for pair in pairs)


def _shop(text: str) -> Target | None:
    """Find a shop, site or account that the text calls by its name."""
    for pattern in (_frames().quoted, _frames().called):
        if match := pattern.search(text):
            return Target(Span(*match.span(1)), "frame")
    ending = _frames().shop_end.search(text)
    start = max(0, ending.start() - _LONGEST_SHOP) if ending else 0
    name = _SHOP_NAME.search(text, start, ending.start()) if ending else None
    return Target(Span(name.start(), ending.end()), "frame") if name and ending else None


def _seller(text: str) -> Target | None:
    """Find a seller who is described and not named."""
    return _described(text, _frames().seller_zh, _frames().seller_en)


def _described_platform(text: str) -> Target | None:
    """Find a platform that is described and not named."""
    return _described(text, _frames().platform_zh, _frames().platform_en)


def _described(text: str, *patterns: re.Pattern[str]) -> Target | None:
    """Give what stands first of all that the patterns describe."""
    matches = (pattern.search(text) for pattern in patterns)
    spans = [Span(*match.span()) for match in matches if match]
    return Target(min(spans), "frame", is_named=False) if spans else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _FramePatterns:
    acts_after: re.Pattern[str]
    acts_before: re.Pattern[str]
    means_before: re.Pattern[str]
    means_after: re.Pattern[str]
    accuses: re.Pattern[str]
    longest_accusing: int
    misdeeds: re.Pattern[str]
    pretends_before: re.Pattern[str]
    quoted: re.Pattern[str]
    called: re.Pattern[str]
    shop_end: re.Pattern[str]
    seller_zh: re.Pattern[str]
    seller_en: re.Pattern[str]
    platform_zh: re.Pattern[str]
    platform_en: re.Pattern[str]


@cache
def _frames() -> _FramePatterns:
    frames = load_naming().frames
    shop_words, called = _any(frames.shop_words), _any(frames.called)
    name = r'"([^"《》<>\n]{2,20})"'
    also = r"[^,。!?;\n]{1,10}(?:、|和|及|或| and | or )"
    describes = ("一家", "一个", "一位", "某家", "某个", "某", "无良", "这家", "这个", "那家", "该")
    articles = ("an", "a", "the", "this", "some", "one")
    describes_en = rf"(?:{'|'.join(map(_at_word_start, articles))}) (?:[a-z-]+ ){{0,2}}?"
    sellers = _any(frames.sellers_zh)
    return _FramePatterns(
        acts_after=re.compile(f"[^,。!?;\n]{{0,2}}?(?:{_any(frames.acts_after)})"),
        acts_before=re.compile(f"(?:{_any(frames.acts_before)})$"),
        means_before=re.compile(f"(?:{_any(frames.means_before)})$"),
        means_after=re.compile(f"(?:{_any(frames.means_after)})"),
        accuses=re.compile(_any(frames.accuses)),
        longest_accusing=max(map(len, frames.accuses)),
        misdeeds=re.compile(f"[^,。\n]{{0,6}}?(?:{_any(frames.misdeeds)})"),
        pretends_before=re.compile(f"(?:{_any(frames.pretends_before)})(?:{also})?$"),
        quoted=re.compile(f"(?:{shop_words})(?:名称|名字|名)?(?:{called}|为|是|:)?{name}"),
        called=re.compile(f"(?:{called}) ?{name}的?(?:{shop_words})"),
        shop_end=re.compile(_any(frames.shop_ends)),
        seller_zh=re.compile(
            "|".join((*(f"{opener}(?:{sellers})" for opener in describes), sellers))
        ),
        seller_en=re.compile(rf"{describes_en}(?:{_any(frames.sellers_en)})\b"),
        platform_zh=re.compile(
            f"(?:{_any(describes)})[\u3400-\u9fff]{{0,6}}(?:{_any(frames.platforms_zh)})"
        ),
        platform_en=re.compile(rf"{describes_en}(?:{_any(frames.platforms_en)})\b"),
    )


def _at_word_start(word: str) -> str:
    r"""Write the pattern of a word so that a search for it is fast: \b in front makes it slow."""
    return rf"{word}(?<!\w{'.' * len(word)})"


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))

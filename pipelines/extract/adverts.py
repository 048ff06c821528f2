"""Advertising that was put into a text to be found by search engines.

In: a normalised text. Out: the places of the injected phrases, in order. Out of scope:
texts that are advertisements as a whole (`pipelines.kind`).

An injected phrase is a heap of trade words (buy, brand, goods, site) that no sentence
carries, and it comes back. Both are asked for: a complaint about such goods uses the same
words, but inside its sentences, and a phrase that stands once is nobody's campaign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from pipelines.records import Span

_TRADE = "购买|求购|出售|收购|批发|代购|代刷|代充|买|卖|刷|涨|租"
_GOODS = (
    "账号|帐号|小号|老号|白号|等级号|直播号|号码|号|粉丝|粉|点赞|双击|赞|播放量|播放|浏览量"
    "|人气|关注"
    "|评论|热门|卡密|点卡|金币|抖币|快币|钻石|流量|好评|会员|论文|发票|学历|权重|直播|等级"
)
_SITE = "网站|网址|官网|平台|商城|论坛|软件|下单|教程|入口|渠道|批发|货源|下载|自助|网"
_NAME = r"[a-z\d\u3400-\u9fff](?<![的了我他她它你们在和与是不没被把给着过就这那其去到从向要想某])"
_TRADE_FIRST = re.compile(
    rf"(?P<head>(?:{_TRADE})(?:{_NAME}){{0,6}}?)(?:{_GOODS}){{1,3}}(?P<site>(?:{_SITE}){{0,3}})"
)
_GOODS_FIRST = re.compile(
    rf"(?P<head>(?:{_GOODS})(?:{_TRADE}|代练|充值|自助))(?P<site>(?:{_SITE}){{1,3}})"
)
_GAMBLING = re.compile(
    "(?P<head>(?:体育|娱乐|棋牌|彩票|赌场|博彩))(?P<site>(?:官网|平台|app|下载|注册|入口"
    "|网址|登录){2,4})"
)
_ENGLISH = re.compile(
    r"\b(?P<head>(?:cheap )?(?:buy|order|purchase|get|rent|hire|cheap)(?: [a-z\d'+.]{1,20}){0,3}?"
    r" (?:accounts?|followers|likes|views|subscribers|members|reviews|coins|gold|diamonds|pills"
    r"|essays?|backlinks|diplomas?|credits))"
    r"(?P<site>(?: (?:web ?sites?|sites?|online|cheap|stores?|shop|services?|sellers?|for sale"
    r"|marketplace|generator|panel|platform|com)){0,3})\b"
)
_ENGLISH_HINTS = ("buy ", "cheap ", "order ", "purchase ", "get ", "rent ", "hire ")
_QUALIFIED = re.compile("(?:低价|自助|在线|24小时|便宜|免费|全网最低|最便宜){1,3}$")

_BOUND_BEFORE = re.compile(
    "[我你您他她它们在去到从向于是的了过着要想能会可被把给让叫帮替为因并和或及某个家该这那种来用通]$"
    r"|\b(?:to|i|we|you|they|he|she|can|could|would|will|should|not|did|didn't|don't|never|and|or"
    r"|who|people|users|customers|please|let|help|me|us|a|my|your|any|some|in|of|must|may|might"
    r"|cannot|can't|i'll|you'll|how) $"
)
_LED_TO = re.compile(r"[我在去到从向用某个家该这那的想要]$|\b(?:to|i|we|you|they|a|the|of|in|on) $")
_BOUND_AFTER = re.compile("[的被时后了里上过吗呢]|下单|付款|支付|交易|充值")
_SUBJECT_BEFORE = re.compile("[户家者人子方商友]$")
_CLAUSE_END = re.compile(r"\s*(?:[,。.!?;:\n()\"]|$)")
_OWN_TRADE = re.compile(
    "购买[了的过后]|[买卖充][了的过到]|卖家|卖方|下单|发货|订单|拍下"
    r"|\b(?:i|we) (?:bought|ordered|purchased|paid)\b|\bseller\b|\bmy order\b"
)
_BARE = re.compile(
    rf"(?:{_TRADE})|(?:{_GOODS})(?:{_TRADE}|代练|充值|自助)|体育|娱乐|棋牌|彩票|赌场|博彩"
)
_IN_NAME = re.compile(_NAME)
_NAME_LENGTH = 6

_FEW, _SEVERAL = 2, 3
"""Times that a heap which names a site, and one that does not, must stand in a text."""

_REACH = 16
"""Code points in front of a heap that say whether a sentence carries it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heap:
    """A heap of trade words. Heaps with one `family` advertise the same goods."""

    span: Span
    words: str
    family: str
    names_a_site: bool


def find_adverts(text: str) -> tuple[Span, ...]:
    """List the injected advertising phrases of a normalised text, in order.

    >>> text = ("买抖音粉丝网站:她要求退款。客服在电话里表示买抖音粉丝网站,钱不能退。"
    ...     "对此买抖音粉丝,她不认可。")
    >>> [text[start:end] for start, end in find_adverts(text)]
    ['买抖音粉丝网站', '买抖音粉丝网站', '买抖音粉丝']
    >>> find_adverts("我在网上购买游戏账号,卖家不发货。我要求退还购买游戏账号的钱。")
    ()
    """
    found = list(_heaps(text))
    if len(found) < _FEW:
        return ()
    heaps = list(_named(text, found))
    loose = [heap for heap in heaps if _is_loose(text, heap)]
    if len(loose) < _FEW:
        return ()
    families = _campaigns(text, loose)
    advertised = {heap.span for heap in loose if heap.family in families}
    known = {text[start:end] for start, end in advertised}
    advertised |= {heap.span for heap in heaps if heap.words in known and _ends(text, heap)}
    return tuple(sorted(advertised))


def _heaps(text: str) -> Iterator[_Heap]:
    """Give everything that is built like an advertising phrase."""
    for match in _TRADE_FIRST.finditer(text):
        start, end = match.span()
        before = _QUALIFIED.search(text, max(start - _REACH, 0), start)
        yield _heap(text, Span(before.start() if before else start, end), match)
    for pattern in (_GOODS_FIRST, _GAMBLING):
        for match in pattern.finditer(text):
            yield _heap(text, Span(*match.span()), match)
    if any(hint in text for hint in _ENGLISH_HINTS):
        for match in _ENGLISH.finditer(text):
            yield _heap(text, Span(*match.span()), match)


def _heap(text: str, span: Span, match: re.Match[str]) -> _Heap:
    return _Heap(
        span=span,
        words=text[span.start : span.end],
        family=match["head"],
        names_a_site=bool(match["site"]),
    )


def _named(text: str, heaps: Sequence[_Heap]) -> Iterator[_Heap]:
    """Lengthen the heaps of a family by the name that stands in front of all of them.

    Those with a name inside, after the word of trade, are left as they are.
    """
    families: dict[str, list[_Heap]] = {}
    for heap in heaps:
        families.setdefault(heap.family, []).append(heap)
    for family, members in families.items():
        has_name = family[0].isascii() or _BARE.fullmatch(family) is None
        name = 0 if has_name or len(members) < _FEW else _shared_before(text, members)
        for heap in members:
            span = Span(heap.span.start - name, heap.span.end)
            yield replace(heap, span=span, words=text[span.start : span.end])


def _shared_before(text: str, heaps: Sequence[_Heap]) -> int:
    """Count the letters that stand in front of all heaps alike."""
    befores = [text[max(heap.span.start - _NAME_LENGTH, 0) : heap.span.start] for heap in heaps]
    columns = zip(*[reversed(before) for before in befores], strict=False)
    alike = takewhile(lambda column: len({*column}) == 1 and _IN_NAME.match(column[0]), columns)
    return sum(1 for _ in alike)


def _is_loose(text: str, heap: _Heap) -> bool:
    """Say whether a heap hangs in the air: no sentence leads to it or goes on from it."""
    start, end = heap.span
    before = text[max(start - _REACH, 0) : start]
    if _BOUND_BEFORE.search(before) or _BOUND_AFTER.match(text, end):
        return False
    if heap.names_a_site:
        return True
    if heap.words[0].isascii():
        return True
    return _SUBJECT_BEFORE.search(before) is None and _CLAUSE_END.match(text, end) is not None


def _ends(text: str, heap: _Heap) -> bool:
    """Say whether a heap ends its clause, which nothing in front of it leads to."""
    start, end = heap.span
    is_led_to = _LED_TO.search(text[max(start - _REACH, 0) : start])
    return is_led_to is None and _CLAUSE_END.match(text, end) is not None


def _campaigns(text: str, heaps: Sequence[_Heap]) -> set[str]:
    """Name the families that come back often enough to be advertised.

    Goods without a site need to come back oftener, word for word, in a text that tells of no
    trade of its own.
    """
    sites = Counter(heap.family for heap in heaps if heap.names_a_site)
    families = {family for family, count in sites.items() if count >= _FEW}
    goods = Counter((heap.family, heap.words) for heap in heaps if not heap.names_a_site)
    often = {family for (family, _words), count in goods.items() if count >= _SEVERAL}
    if often - families and _OWN_TRADE.search(text) is None:
        families |= often
    return families

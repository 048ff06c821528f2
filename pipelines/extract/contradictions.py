"""Where one account contradicts itself: two sizes of one total or rate, two ages, two counts.

In: a normalised text with the sums and dates found in it. Out: the contradictions, each with
the two passages that cannot both be true. Out of scope: what different people say, and which
of the passages is right.

Sums of different kinds are not compared: what was paid, returned and still owed differ in
every complaint. Only totals of one act over the whole matter, rates of one act by one unit of
time, and facts that are one by nature are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pipelines.extract.numerals import parse_number
from pipelines.extract.sum_roles import Sum
from pipelines.records import ContradictedField, Contradiction, DateMention, Span

_WORTH_A_LOOK = re.compile(
    "累计|[总共合]计|[总一]共|总额|共有|[一每]分钟|小时|[一每]天|个月|每月|[一每]次|岁|签|注册|开户"
    "|立案|出生|以来|年多"
)
_WORTH_A_LOOK_IN_ENGLISH = (
    "years old", "year old", "year-old", "in total", "altogether", " total", "signed",
)  # fmt: skip
"""Words without one of which nothing is compared."""

_FAR_APART, _CORRUPT = 10, 100
"""How many times larger a rate must be than another, and a total than another of the same act,
to be no matter of rounding, of parts, or of a price that changed."""

_RATE = re.compile(
    r"[一每](?:个)?(?P<unit>分钟|小时|天|月|次)[^,。!?;\n\d]{0,6}?(?:[刷花充输]|消费|打赏"
    r"|扣)[^,。!?;\n\d]{0,4}?"
    r"(?P<size>\d{1,9}(?:\.\d{1,2})? ?[百千万亿]?|[几数两三四五六七八九]?[十百千万亿]{1,3}"
    "|[一二两三四五六七八九])"
    "(?:多|来|余)?(?=元|块)"
)
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}
_ACTS = {
    "spent": re.compile(r"消费|花费?|充值|打赏|刷掉?|\bspen[dt]\w*|\btipped|\btopped up"),
    "lost": re.compile(r"损失|被骗|亏|骗走|\blost\b|\bloss\w*|\bscammed|\bstole\w*"),
}
_OVER_ALL = re.compile(
    r"累计|总共|共计|合计|一共|总计|总额|以来|至今|(?:[\d一两二三四五六七八九十半]年"
    "|个月)(?:多|来|间)|全部"
    r"|in total|altogether|total(?:ling|ing)? of|\ball told\b|over the (?:past|last|course)"
)
_TOTAL = re.compile("累计|总共|共计|合计|一共|总计|总额|in total|altogether|total(?:ling|ing)? of")
_PARTS = re.compile(
    "分别|各|每|第[一二三四五]|其中|另|又|还|再次|后来|先后|两次|两笔|剩|退|除了|包括|分期"
    "|利息|手续费|目前|本金"
    r"|\beach\b|\banother\b|\badditional\b|\bfirst\b|\bsecond\b|\bthen\b|\blater\b|\bmore\b"
    r"|\binterest\b|\bfees?\b"
)
_STATED = frozenset({"loss", "quoted", "other"})
"""Roles of sums that may be totals, whoever states them."""

_REACH = 20
"""Code points in front of a sum in which its act and its total are named."""

_AGE = re.compile(
    r"(?P<age>(?<!\d)\d{1,2})周?岁的?(?P<who>女儿|儿子|孩子|孙女|孙子|外孙)"
    "|(?P<who_first>女儿|儿子|孩子|孙女|孙子|外孙)(?:今年|才|只有|刚|刚满|现年|年仅"
    r"|,)?(?P<age_last>\d{1,2})周?岁"
    r"|\b(?P<age_en>\d{1,2})[- ]years?[- ]old (?P<who_en>daughter|son|child|granddaughter"
    "|grandson)"
)
_SEVERAL_CHILDREN = re.compile(
    r"[大小二两]个?(?:女儿|儿子|孩子)|老大|老二|俩|一儿一女|两个娃|兄弟|姐妹|\b(?:two|other"
    r"|older|younger|oldest|both)\b"
)
_COUNT = re.compile(
    r"(?:总共|一共|共计|合计|共)有?(?P<number>\d{1,6}"
    r"|[一二两三四五六七八九十百千]{1,5})(?P<what>[笔次名位张件单台套户门节][\u3400-\u9fff]{1,2})"
    r"|\ba total of (?P<number_en>\d{1,6}) (?P<what_en>[a-z]{4,14})"
)
_ONCE = re.compile(
    r"签订?了?(?:合同|协议)|签约|开户|注册账[号户]|出生|立案|\bsigned the (?:contract|lease"
    r"|agreement)|\bwas born"
)
_CLAUSE_MARK = re.compile("[,。!?;\n]")
_SENTENCE_MARK = re.compile(r"[。!?;\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A size that a text states, from `low` to `high`; equal keys are about the same thing."""

    key: str
    low: Decimal
    high: Decimal
    span: Span


def find_contradictions(
    text: str, sums: Sequence[Sum], dates: Sequence[DateMention]
) -> tuple[Contradiction, ...]:
    """List where a normalised text contradicts itself, one pair of passages for each thing.

    >>> text = "孩子一分钟刷几千块,记录显示一分钟花掉几十万元"
    >>> [(one.field, [text[a:b] for a, b in one.spans])
    ...     for one in find_contradictions(text, [], [])]
    [('amount', ['一分钟刷几千', '一分钟花掉几十万'])]
    """
    if not _is_worth_a_look(text):
        return ()
    found = (
        *_pairs("amount", _rates(text), _times_apart(_FAR_APART)),
        *_pairs("amount", _totals(text, sums), _times_apart(_CORRUPT)),
        *_pairs("amount", _sole_totals(text, sums), _differ),
        *_pairs("age", _ages(text), _years_apart),
        *_pairs("count", _counts(text), _differ),
        *_conflicting_dates(text, dates),
    )
    return tuple({one.spans: one for one in found}.values())


def _is_worth_a_look(text: str) -> bool:
    """Say whether a text has a word by which anything can be compared."""
    if any(map(text.__contains__, _WORTH_A_LOOK_IN_ENGLISH)):
        return True
    return not text.isascii() and _WORTH_A_LOOK.search(text) is not None


def _pairs(
    field: ContradictedField, claims: Iterable[_Claim], conflict: Callable[[_Claim, _Claim], bool]
) -> Iterator[Contradiction]:
    """Give, for every thing that is claimed, the first claim and the first that conflicts."""
    by_key: dict[str, list[_Claim]] = {}
    for claim in claims:
        by_key.setdefault(claim.key, []).append(claim)
    for first, *others in by_key.values():
        other = next((one for one in others if conflict(first, one)), None)
        if other:
            yield Contradiction(field=field, spans=(first.span, other.span))


def _times_apart(times: int) -> Callable[[_Claim, _Claim], bool]:
    return lambda one, other: one.low >= times * other.high or other.low >= times * one.high


def _differ(one: _Claim, other: _Claim) -> bool:
    """Say whether two sizes differ by more than rounding."""
    return abs(one.low - other.low) * 20 > max(one.low, other.low)


def _years_apart(one: _Claim, other: _Claim) -> bool:
    """Say whether two ages differ by more than the birthday that an account may pass."""
    return abs(one.low - other.low) > 2


def _rates(text: str) -> Iterator[_Claim]:
    """Give what is said to have been spent in a unit of time."""
    for match in _RATE.finditer(text):
        size = _size(match["size"])
        if size:
            yield _Claim(key=match["unit"], low=size[0], high=size[1], span=Span(*match.span()))


def _size(words: str) -> tuple[Decimal, Decimal] | None:
    """Read a size; one that is not told (几千) is from twice to ten times its unit."""
    plain = words.replace(" ", "")
    if plain[0] not in "几数十百千万亿":
        value = parse_number(plain)
        return (value, value) if value else None
    unit = Decimal(1)
    for char in plain.lstrip("几数"):
        unit *= _UNITS[char]
    return (2 * unit, 10 * unit) if plain[0] in "几数" else (unit, 10 * unit)


def _totals(text: str, sums: Iterable[Sum]) -> Iterator[_Claim]:
    """Give what is said to have been spent, or lost, over the whole time."""
    for one in sums:
        if one.role not in _STATED:
            continue
        clause, sentence = _around(text, one.span)
        act = _act(clause)
        if act and _OVER_ALL.search(sentence):
            yield _claim(f"{one.currency} {act}", one)


def _sole_totals(text: str, sums: Iterable[Sum]) -> Iterator[_Claim]:
    """Give the stated totals of one act, unless the text speaks of parts of them as well."""
    for one in sums:
        if one.role != "loss":
            continue
        clause, sentence = _around(text, one.span)
        act = _act(clause)
        if act and _TOTAL.search(clause) and not _PARTS.search(sentence):
            yield _claim(f"{one.currency} {act}", one)


def _claim(key: str, one: Sum) -> _Claim:
    return _Claim(key=key, low=one.value, high=one.value, span=one.span)


def _act(clause: str) -> str | None:
    """Name the act whose sum a clause ends with."""
    return next((act for act, words in _ACTS.items() if words.search(clause)), None)


def _around(text: str, span: Span) -> tuple[str, str]:
    """Give the clause in front of a sum, and the sentence so far."""
    before = text[max(span.start - 3 * _REACH, 0) : span.start]
    sentence = _SENTENCE_MARK.split(before)[-1]
    return sentence.rpartition(",")[2][-_REACH:], sentence


def _ages(text: str) -> Iterator[_Claim]:
    """Give the ages of a child, where only one is told of."""
    if ("岁" not in text and "old" not in text) or _SEVERAL_CHILDREN.search(text):
        return
    for match in _AGE.finditer(text):
        age = Decimal(match["age"] or match["age_last"] or match["age_en"])
        who = match["who"] or match["who_first"] or match["who_en"]
        yield _Claim(key=who, low=age, high=age, span=Span(*match.span()))


def _counts(text: str) -> Iterator[_Claim]:
    """Give how many of a thing there are said to be in all."""
    if not any(hint in text for hint in ("共", "合计", "a total of")):
        return
    for match in _COUNT.finditer(text):
        number = parse_number(match["number"] or match["number_en"])
        if number:
            what = match["what"] or match["what_en"]
            yield _Claim(key=what, low=number, high=number, span=Span(*match.span()))


def _conflicting_dates(text: str, dates: Sequence[DateMention]) -> Iterator[Contradiction]:
    """Give two dates of one thing that happens once, as far as both are written."""
    told: dict[str, list[DateMention]] = {}
    for one in dates:
        clause = _CLAUSE_MARK.split(text[one.span.end : one.span.end + _REACH])[0]
        event = _ONCE.search(clause)
        if one.value and event and not any(map(str.isdigit, clause[: event.start()])):
            told.setdefault(event.group(), []).append(one)
    for mentions in told.values():
        for one, other in combinations(mentions[:_FAR_APART], 2):
            first, second = one.value or "", other.value or ""
            if not first.startswith(second) and not second.startswith(first):
                yield Contradiction(field="date", spans=(one.span, other.span))
                break

"""Sums of money, what part they play, and what is at stake.

In: a normalised text. Out: sums with currency, role and place, and the loss they make.
Out of scope: converting currencies, and sums whose size is not said (几百块, 几千元).

A range counts with its lower bound, a rounded sum (近31万, 两百来块, 500余元) as written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from pipelines.extract.chinese_sums import chinese_part
from pipelines.extract.english_sums import (
    english_part,
    names_debt,
    speaks_of_credit_file,
    speaks_of_locked_funds,
    speaks_of_own_debt,
)
from pipelines.extract.numerals import parse_number
from pipelines.extract.starts import matches_from
from pipelines.extract.sum_roles import Part, Sum
from pipelines.records import Span

_SPELLINGS = {
    "CNY": "¥ rmb cny yuan 人民币 元 块 圆 毛 角 分",
    "USD": "$ us$ usd 美元 美金 dollar dollars buck bucks",
    "HKD": "hk$ 港币 港元",
    "EUR": "€ eur 欧元 euro euros",
    "GBP": "£ gbp 英镑 pound pounds quid",
    "JPY": "日元 日币 yen",
}
_CURRENCIES = {word: code for code, words in _SPELLINGS.items() for word in words.split()}
_SMALL_COINS = {"毛": Decimal("0.1"), "角": Decimal("0.1"), "分": Decimal("0.01")}
_ENGLISH_SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9}
_SCALED = re.compile("[万亿wk]|^[一二两三四五六七八九][千百][一二三四五六七八九]$")

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,4})?"
_FIGURE = (
    rf"(?:{_DIGITS}(?: ?(?:[万亿千百]|[wk](?![a-z]))[\d一二三四五六七八九千百十]{{0,6}}[万千百]?)?"
    r"|[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]{0,11})"
)
_SIGNS = (
    *"元块圆¥$€£毛角",
    *("分钱", "人民币", "rmb", "cny", "yuan", "usd", "eur", "gbp", "dollar", "buck", "pound"),
    *("quid", "yen", "美金", "英镑", "港币", "日币"),
)
_FIGURE_HINT = re.compile(
    r"\d ?[万亿wk]|[一二两三四五六七八九十百千多余]万|[千百][一二三四五六七八九]"
    r"|[付扣转充花共计骗亏收交缴钱额金费失价款值账除][了我给为是:]{0,2} ?\d"
)
_SUM = re.compile(
    r"(?:(?P<prefix>us\$|hk\$|[¥$€£]|rmb|cny|usd|人民币) ?)?"
    rf"(?<![\d几数])(?<!\d[.,])(?P<number>{_FIGURE})"
    rf"(?: ?[-~到至] ?[¥$]?(?P<upper>{_FIGURE}))?"
    r"(?P<rounded>多万|余万|来万|[多余来])?(?: (?P<scale>thousand|million|billion))? ?"
    r"(?P<unit>元|(?<![^\d][一二两三四五六七八九])块|块(?=钱|[,。!?])|圆|人民币|rmb|cny|yuan|美元|美金|usd"
    r"|(?:us )?dollars?|bucks?|港币|港元|欧元|euros?|eur|英镑|pounds?|quid|gbp|日元|日币|yen"
    r"|\$(?! ?\d)"
    r"|[毛角](?=[钱,。!?的]|$)|分(?=钱))?"
)
_SUM_START = re.compile(
    r"[\d一二两三四五六七八九十¥$€£uhrc人]"
    r"(?:(?<=\d)(?<!\d\d)|(?<=[¥$€£])|(?<=[uhrc人])(?:s[$d]|k[$]|mb|ny|民币)"
    r"|(?<=[一二两三四五六七八九十])"
    r"(?=[零〇一二两三四五六七八九十百千万亿 ~到至多余来元块圆人美港欧日英毛角分rcyudbepqg$-]))"
)
_COUNTED = re.compile(
    r" ?多?(?:[人户次名位件套条个台辆亩吨字粉股张本瓶斤双份家栋岁年月天日倍平公千里瓦步场篇集座枚]"
    r"|用户|会员|阅读|播放|点赞|分钟|小时|㎡)"
)

_PAYMENT_BEFORE = re.compile(
    "(?:支?付款?|扣款?|扣除|转账?|充值?|花费?|一?共计?|合计|总计|骗|亏|[多乱实]?收费?|缴费?|交|钱|价格|售价|金额|押金|定金"
    "|学费|费用|损失)(?:了|给?[我他她你]|为|是|:|掉|走){0,2} ?$"
)
_AFTER_BARE = re.compile("钱|的(?!时)|[,。!?;\n才就还先)]|左右|多?$")
_BEFORE_BARE = ("近", "约", "达", "了", "我")
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_REACH = 24
_QUOTATION = re.compile('"[^"\n]*"')
_LONGEST_QUOTATION = 240
_ROUNDING = Decimal("0.03")
_SMALLEST, _TOO_LARGE = Decimal("0.01"), Decimal(10**15)

_WRONGED = re.compile(
    r"(?<![a-z])(?:unauthori[sz]ed|not authori[sz]ed?|fraud|fraudulent|disput\w+|scam\w*|stolen"
    r"|refund\w*"
    r"|my money|reimburse\w*|never (?:received|arrived)|wrong account)(?![a-z])"
)
_AMOUNT_OF = re.compile(
    r"(?:(?<![a-z])(?:of|for|was|over|about|amount|approximately) ?:?|,) ?{? ?$"
)

BEYOND_A_LOSS = Decimal(10**12)
"""A trillion of any currency is no person's loss, but a number put where a sum was asked for."""


def find_amounts(text: str) -> tuple[Sum, ...]:
    """List the sums of money that a normalised text states, in order.

    >>> [(str(one.value), one.currency, one.role) for one in find_amounts(
    ...     "原价299元的卡,我付了1.5k块,对方承诺返现两百来块")]
    [('299.00', 'CNY', 'price'), ('1500.00', 'CNY', 'loss'), ('200.00', 'CNY', 'quoted')]
    """
    if not any(sign in text for sign in _SIGNS) and _FIGURE_HINT.search(text) is None:
        return ()
    sums = tuple(_sums(text))
    return _sole_loss(text, sums) or sums


def _sole_loss(text: str, sums: tuple[Sum, ...]) -> tuple[Sum, ...]:
    """Take the only sum of a text for its loss where an English text asks for money back.

    Gives nothing when there are several sums, or one whose part is told, or a debt.
    """
    if len({one.value for one in sums}) != 1:
        return ()
    if any(one.role != "other" or one.standing for one in sums):
        return ()
    if not any(
        _AMOUNT_OF.search(text, max(0, one.span.start - 16), one.span.start) for one in sums
    ):
        return ()
    if _WRONGED.search(text) is None or names_debt(text):
        return ()
    return tuple(replace(one, role="loss", standing="paid") for one in sums)


def _is_amount_of(text: str, position: int) -> bool:
    """Say whether a sum is named as the amount of something (a check for $5)."""
    return _AMOUNT_OF.search(text, max(0, position - 16), position) is not None


def stated_loss(sums: Iterable[Sum]) -> tuple[Decimal, str] | None:
    """Add up what was paid and not returned, in the currency most of it is in.

    A sum that is named twice counts once, and a stated total stands for its parts. None
    when nothing was stated or everything came back, or when the sum is beyond any
    believable one; never zero.

    >>> stated_loss(find_amounts("先转了1000元,又转了500元,共计1500元,只退了300元"))
    (Decimal('1200.00'), 'CNY')
    """
    by_currency: dict[str, list[Sum]] = {}
    for one in sums:
        by_currency.setdefault(one.currency, []).append(one)
    stakes = [(_at_stake(listed), code) for code, listed in by_currency.items()]
    value, currency = max(stakes, default=(Decimal(0), ""))
    return (value, currency) if 0 < value < BEYOND_A_LOSS else None


def _at_stake(sums: list[Sum]) -> Decimal:
    """Subtract what came back from what was paid, in one currency.

    Money out of reach, else money taken, is what a complaint is about; payments of the own
    will that it tells besides are how it came to that. What is asked back stands in where
    no payment is told.
    """
    paid = {one.value for one in sums if one.role == "loss"}
    returned = {one.value for one in sums if one.standing == "returned"}
    totals = {one.value for one in sums if one.standing == "total"}
    taken = {one.value for one in sums if one.standing == "taken"}
    paid = paid or {one.value for one in sums if one.standing == "reclaimed"}
    held = {one.value for one in sums if one.standing == "held"}
    if held or (taken and not totals):
        paid = held or taken
    highest = max(paid, default=Decimal(0))
    has_total = bool(totals) or _is_total(highest, sum(paid) - highest, len(paid))
    return (highest if has_total else sum(paid, Decimal(0))) - sum(returned)


def _is_total(highest: Decimal, rest: Decimal, count: int) -> bool:
    """Say whether the highest sum is what the others make together, to a rounding."""
    return count > 1 and abs(highest - rest) <= highest * _ROUNDING * (count > 2)


class _Surroundings:
    """What a text says around its sums, looked up once and only when a sum asks for it."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def is_of_own_debt(self) -> bool:
        """Say whether payments in the text are instalments on what its writer owes."""
        return speaks_of_own_debt(self._text)

    @cached_property
    def is_of_credit_file(self) -> bool:
        """Say whether the text is about an entry in a credit file."""
        return speaks_of_credit_file(self._text)

    @cached_property
    def is_of_locked_funds(self) -> bool:
        """Say whether money that lies in an account of the text is out of reach."""
        return speaks_of_locked_funds(self._text)

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return [found.span() for found in _QUOTATION.finditer(self._text)]

    def is_quoted(self, position: int) -> bool:
        """Say whether a position lies between quotation marks that stand in one line."""
        index = bisect_right(self._quotations, (position, position)) - 1
        start, end = self._quotations[index] if index >= 0 else (0, 0)
        return start < position < end <= start + _LONGEST_QUOTATION

    def part(self, start: int, end: int) -> Part:
        """Say what part the sum at a place plays."""
        if _HAN.search(self._text, max(0, start - _HAN_REACH), end + _HAN_REACH):
            return chinese_part(self._text, start, end)
        part = english_part(self._text, start, end)
        if part[1] == "held":
            return ("loss", "held") if self.is_of_locked_funds else ("other", None)
        is_owed = (part[1] in ("paid", "reclaimed") and self.is_of_own_debt) or (
            part[0] == "loss" and self.is_of_credit_file
        )
        return ("quoted" if part[0] == "quoted" else "other", None) if is_owed else part


def _sums(text: str) -> Iterator[Sum]:
    """Go through everything that looks like a sum and keep what is one."""
    surroundings = _Surroundings(text)
    for match in matches_from(_SUM_START, _SUM, text):
        currency = _currency(text, match)
        value = _value(match) if currency else None
        if currency is None or value is None or not _SMALLEST <= value < _TOO_LARGE:
            continue
        role, standing = surroundings.part(*match.span())
        if role == "other" and standing is None:
            if _is_bare(match) and not _speaks_of_money(text, match):
                continue
            role = "quoted" if surroundings.is_quoted(match.start()) else role
        yield Sum(
            value=value, currency=currency, role=role, span=_trimmed(match), standing=standing
        )


def _is_paid_number(text: str, match: re.Match[str]) -> bool:
    """Say whether a number without any unit is what was paid (支付了580, 扣款45.1)."""
    is_number = len(match["number"]) > 1 and match["number"][0].isdecimal()
    if not is_number or _AFTER_BARE.match(text, match.end()) is None:
        return False
    return _PAYMENT_BEFORE.search(text, max(0, match.start() - 8), match.start()) is not None


def _is_bare(match: re.Match[str]) -> bool:
    """Say whether a number stands without a currency."""
    return not (match["prefix"] or match["unit"])


def _speaks_of_money(text: str, match: re.Match[str]) -> bool:
    """Say whether a number without currency (近31万) is introduced as a sum."""
    is_large = match["number"][-1] in "万亿" or match["rounded"] == "多万"
    before = text[max(0, match.start() - 2) : match.start()].rstrip()
    return is_large and before.endswith(_BEFORE_BARE)


def _trimmed(match: re.Match[str]) -> Span:
    """Give the place of a sum without the blanks around it."""
    found = match.group()
    start = match.start() + len(found) - len(found.lstrip())
    return Span(start, match.end() - len(found) + len(found.rstrip()))


def _value(match: re.Match[str]) -> Decimal | None:
    """Give the value of a match; the lower bound takes the scale of the upper (2-3万)."""
    number = match["number"]
    value = parse_number(number)
    upper = parse_number(match["upper"]) if match["upper"] else None
    if value is None:
        return None
    if upper is not None and value < upper / 1000:
        value *= 10_000 if match["upper"][-1] in "万w" else 1000
    if (match["rounded"] or "").endswith("万"):
        value *= 10_000
    value *= _ENGLISH_SCALES.get(match["scale"] or "", 1)
    value *= _SMALL_COINS.get(match["unit"] or "", Decimal(1))
    return value.quantize(_SMALLEST) if value < _TOO_LARGE else None


def _currency(text: str, match: re.Match[str]) -> str | None:
    """Name the currency of a match, or None when it is no money.

    A bare number counts when it is in thousands or more and no counted thing follows.
    """
    unit = match["unit"] or match["prefix"]
    if unit:
        return _CURRENCIES[unit.removeprefix("us ")]
    highest = match["upper"] or match["number"]
    if not _SCALED.search(highest) and len(match["rounded"] or "") < 2:
        return "CNY" if _is_paid_number(text, match) else None
    after = text[match.end() : match.end() + 1]
    if _COUNTED.match(text, match.end()) or (after.isascii() and after.isalnum()):
        return None
    return "CNY"

"""Sums of money, and what part they play.

In: a normalised text. Out: sums with currency, role and place. Out of scope: what they come
to (`loss`), converting currencies, and sums whose size is not said (几百块, 几千元).

A range counts with its lower bound, a rounded sum (近31万, 两百来块, 500余元) as written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from pipelines.extract.bare_sums import is_bare_sum
from pipelines.extract.chinese_sums import chinese_part, is_out_of_reach
from pipelines.extract.english_sums import (
    english_part,
    names_debt,
    speaks_of_credit_file,
    speaks_of_locked_funds,
    speaks_of_own_debt,
)
from pipelines.extract.numerals import parse_number
from pipelines.extract.repeated_sums import times_paid
from pipelines.extract.starts import matches_from
from pipelines.extract.sum_roles import Part, Sum
from pipelines.records import Span

_SPELLINGS = {
    "CNY": "¥ rmb cny yuan 人民币 元 块 圆 毛 角 分",
    "USD": "$ us$ usd 美元 美金 刀 dollar dollars buck bucks",
    "HKD": "hk$ 港币 港元",
    "EUR": "€ eur 欧元 euro euros",
    "GBP": "£ gbp 英镑 镑 pound pounds quid",
    "JPY": "日元 日币 yen",
    "CAD": "cad 加元",
    "SGD": "sgd 新币",
    "AUD": "aud 澳元 澳币",
    "NZD": "nzd",
    "INR": "₹ inr rupees rupee rs",
    "NGN": "₦ ngn naira",
    "PHP": "₱ php",
    "ZAR": "zar rand",
    "MYR": "rm myr ringgit",
    "KES": "ksh kes",
}
_CURRENCIES = {word: code for code, words in _SPELLINGS.items() for word in words.split()}
_UNIT_STARTS = "".join(sorted({word[0] for word in _CURRENCIES}))
_SMALL_COINS = {"毛": Decimal("0.1"), "角": Decimal("0.1"), "分": Decimal("0.01")}
_ENGLISH_SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9}
_ABROAD = re.compile(
    r"(?<![a-z])(?P<code>(?:ca?|sg?|au?|nz)(?=\$)|(?:cad|sgd|aud|nzd|inr|ngn|php|zar|myr|rm|ksh|kes|rs)"
    r"(?=\.? ?$)|[nrp]$)"
)
_LETTERS = {"n": "NGN", "r": "ZAR", "p": "PHP", "c": "CAD", "ca": "CAD", "s": "SGD", "sg": "SGD"}
_LETTERS |= {"a": "AUD", "au": "AUD", "nz": "NZD"}
_SCALED = re.compile("[万亿wk]|^[一二两三四五六七八九][千百][一二三四五六七八九]$")

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,4})?"
_FIGURE = (
    rf"(?:{_DIGITS}(?: ?(?:[万亿千百]|[wk](?![a-z]))[\d一二三四五六七八九千百十]{{0,6}}[万千百]?)?"
    r"|[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]{0,11})"
)
_SIGNS = (
    *"元块圆¥$€£₹₦₱毛角镑",
    *("分钱", "人民币", "rmb", "cny", "yuan", "usd", "eur", "gbp", "dollar", "buck", "pound"),
    *("quid", "yen", "美金", "港币", "日币", "cad", "sgd", "aud", "nzd", "inr", "ngn", "php"),
    *("zar", "myr", "kes", "ksh", "rupee", "naira", "ringgit", "加元", "新币", "澳元", "澳币"),
)
_FIGURE_HINT = re.compile(
    r"\d ?[万亿wk]|[一二两三四五六七八九十百千多余]万|[千百][一二三四五六七八九]"
    r"|[付扣转充花共计骗亏收交缴钱额金费失价款值账除][了我给为是:]{0,2} ?\d"
    r"|(?:^|[\u3400-\u9fff,。!?;:\"(\n]) ?\d[\d.,]"
    r"|[一二两三四五六七八九][百千万](?=[,。!?;的])|(?<![a-z])(?:rm|rs|[nrp]) ?\d"
)
_SUM = re.compile(
    r"(?:(?P<prefix>us\$|hk\$|[¥$€£₹₦₱]|rmb|cny|usd|人民币) ?)?"
    rf"(?<![\d几数])(?<!\d[.,])(?P<number>{_FIGURE})"
    rf"(?: ?[-~到至] ?[¥$]?(?P<upper>{_FIGURE}))?"
    r"(?P<rounded>多万|余万|来万|[多余来])?(?: (?P<scale>thousand|million|billion))? ?"
    r"(?P<unit>元|刀(?=[,。!?]|$)|(?<![^\d][一二两三四五六七八九])块|块(?=钱|[,。!?])|圆|人民币|rmb|cny|yuan|美元|美金|usd"
    r"|(?:us )?dollars?|bucks?|港币|港元|欧元|euros?|eur|英镑|镑|pounds?|quid|gbp|日元|日币|yen"
    r"|加元|新币|澳元|澳币"
    r"|(?:cad|sgd|aud|nzd|inr|ngn|php|zar|myr|kes|naira|rand|ringgit|rupees?)(?![a-z])"
    r"|[$€](?! ?\d)"
    r"|[毛角](?=[钱,。!?的]|$)|分(?=钱))?"
    r"(?P<tenths>(?<=块)(?:[1-9](?![\d年月日号个条天.%万块])|[一二三四五六七八九](?=[,。!?;\n]|$)))?"
)
_SUM_START = re.compile(
    r"[\d一二两三四五六七八九十¥$€£₹₦₱uhrc人]"
    r"(?:(?<=\d)(?<!\d\d)|(?<=[¥$€£₹₦₱])|(?<=[uhrc人])(?:s[$d]|k[$]|mb|ny|民币)"
    r"|(?<=[一二两三四五六七八九十])"
    rf"(?:(?<=[a-z. ].)|(?=[零〇一二两三四五六七八九十百千万亿 ~到至多余来{_UNIT_STARTS}-])))"
)
_COUNTED = re.compile(
    r" ?多?(?:[人户次名位件套条个台辆亩吨字粉股张本瓶斤双份家栋岁月天日倍平公千里瓦步场篇集座枚]"
    r"|年(?![底初])|用户|会员|阅读|播放|点赞|分钟|小时|㎡)"
)

_PAYMENT_BEFORE = re.compile(
    "(?:支?付款?|扣款?|扣除|转账?|充值?|花费?|一?共计?|合计|总计|骗|亏|[多乱实]?收费?|缴费?|交|钱|价格|售价|金额|押金|定金"
    "|学费|费用|损失)(?:了|给?[我他她你]|为|是|:|掉|走){0,2} ?$"
)
_AFTER_BARE = re.compile("钱|的(?!时)|[,。!?;\n才就还先)]|左右|多?$")
_BEFORE_BARE = ("近", "约", "达", "了", "我")
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_REACH = 24
_AGAIN = re.compile("又(?:来|走|扣|划|刷|充|转|付|收)?了?(?:一笔)?$|(?<![a-z])another $")
_QUOTATION = re.compile('"[^"\n]*"')
_LONGEST_QUOTATION = 240
_SMALLEST, _TOO_LARGE = Decimal("0.01"), Decimal(10**15)

_WRONGED = re.compile(
    r"(?<![a-z])(?:unauthori[sz]ed|not authori[sz]ed?|fraud|fraudulent|disput\w+|scam\w*|stolen"
    r"|refund\w*"
    r"|my money|reimburse\w*|never (?:received|arrived)|wrong account)(?![a-z])"
)
_AMOUNT_OF = re.compile(
    r"(?:(?<![a-z])(?:of|for|was|over|about|amount|approximately) ?:?|,) ?{? ?$"
)


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
        return speaks_of_locked_funds(self._text) or is_out_of_reach(self._text)

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
        is_chinese = _HAN.search(self._text, max(0, start - _HAN_REACH), end + _HAN_REACH)
        part = (chinese_part if is_chinese else english_part)(self._text, start, end)
        if part[1] == "held":
            return ("loss", "held") if self.is_of_locked_funds else ("other", None)
        if is_chinese:
            return part
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
            if _is_bare(match) and not _is_sum(text, match):
                continue
            role = "quoted" if surroundings.is_quoted(match.start()) else role
        yield Sum(
            value=value,
            currency=currency,
            role=role,
            span=_trimmed(match),
            standing=standing,
            times=times_paid(text, *match.span(), is_rate=role == "rate"),
            is_again=_is_again(text, match),
        )


def _is_paid_number(text: str, match: re.Match[str]) -> bool:
    """Say whether a number without any unit is what was paid (支付了580, 扣款45.1)."""
    is_number = len(match["number"]) > 1 and match["number"][0].isdecimal()
    if not is_number or _AFTER_BARE.match(text, match.end()) is None:
        return False
    return _PAYMENT_BEFORE.search(text, max(0, match.start() - 8), match.start()) is not None


def _stands_bare(text: str, match: re.Match[str]) -> bool:
    """Say whether an exact number in a Chinese passage is a sum by the words around it."""
    start, end = match.span("number")
    if match["rounded"] or match["upper"] or match["scale"]:
        return False
    return _HAN.search(text, max(0, start - 12), end + 12) is not None and is_bare_sum(
        text, start, end
    )


def _is_sum(text: str, match: re.Match[str]) -> bool:
    """Say whether a number without a sign of a currency is a sum by what stands around it."""
    return _speaks_of_money(text, match) or _stands_bare(text, match) or bool(_abroad(text, match))


def _is_again(text: str, match: re.Match[str]) -> bool:
    """Say whether a sum is told as one more payment (又扣50), or listed again (500、500)."""
    start = match.start()
    listed = f"{match['number']}、"
    return (
        text.endswith(listed, 0, start) or _AGAIN.search(text, max(0, start - 6), start) is not None
    )


def _abroad(text: str, match: re.Match[str]) -> str | None:
    """Name the currency whose letters stand before a sum (C$25, RM 300, N165,000)."""
    start = match.start()
    letter = text[max(0, start - 2) : start].rstrip(" .")[-1:]
    if match["prefix"] not in (None, "$") or not (letter.isascii() and letter.isalpha()):
        return None
    before = text[max(0, start - 6) : start + (match["prefix"] is not None)]
    found = _ABROAD.search(before)
    if found is None or (
        len(found["code"]) == 1 and not match["prefix"] and "," not in match["number"]
    ):
        return None
    return _LETTERS.get(found["code"]) or _CURRENCIES[found["code"]]


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
    value += (parse_number(match["tenths"] or "零") or 0) / Decimal(10)
    return value.quantize(_SMALLEST) if value < _TOO_LARGE else None


def _currency(text: str, match: re.Match[str]) -> str | None:
    """Name the currency of a match, or None when it is no money.

    A bare number counts when it is in thousands or more and no counted thing follows.
    """
    abroad = _abroad(text, match)
    if abroad:
        return abroad
    unit = match["unit"] or match["prefix"]
    if unit:
        return _CURRENCIES[unit.removeprefix("us ")]
    highest = match["upper"] or match["number"]
    if not _SCALED.search(highest) and len(match["rounded"] or "") < 2:
        is_sum = _is_paid_number(text, match) or _stands_bare(text, match)
        return "CNY" if is_sum else None
    after = text[match.end() : match.end() + 1]
    if _COUNTED.match(text, match.end()) or (after.isascii() and after.isalnum()):
        return None
    return "CNY"

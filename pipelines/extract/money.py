"""Sums of money, what part they play, and what is at stake.

In: a normalised text. Out: sums with currency, role and place, and the loss they make.
Out of scope: converting currencies, and sums whose size is not said (几百块, 几千元).

A range counts with its lower bound, a rounded sum (近31万, 两百来块, 500余元) as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipelines.extract.numerals import parse_number
from pipelines.extract.starts import matches_from
from pipelines.records import AmountRole, Span

Standing = Literal["paid", "total", "returned"]

_SPELLINGS = {
    "CNY": "¥ rmb cny yuan 人民币 元 块 圆 毛 角 分",
    "USD": "$ us$ usd 美元 美金 dollar dollars buck bucks",
    "HKD": "hk$ 港币 港元",
    "EUR": "€ eur 欧元 euro euros",
    "GBP": "£ gbp 英镑 pound pounds",
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
_HINT = re.compile(
    r"[元块圆¥$€£毛角]|\d ?[万亿wk]|分钱|人民币|rmb|cny|yuan|usd|eur|gbp|dollar|buck|pound|euro"
    "|美金|英镑|港币|[一二两三四五六七八九十百千多余]万|[千百][一二三四五六七八九]"
)
_SUM = re.compile(
    r"(?P<prefix>us\$|hk\$|[¥$€£]|rmb|cny|usd|人民币)? ?"
    rf"(?<![\d几数])(?<!\d[.,])(?P<number>{_FIGURE})"
    rf"(?: ?[-~到至] ?[¥$]?(?P<upper>{_FIGURE}))?"
    r"(?P<rounded>多万|余万|来万|[多余来])?(?: (?P<scale>thousand|million|billion))? ?"
    r"(?P<unit>元|(?<![^\d][一二两三四五六七八九])块|块(?=钱|[,。!?])|圆|人民币|rmb|cny|yuan|美元|美金|usd"
    r"|(?:us )?dollars?|bucks?|港币|港元|欧元|euros?|eur|英镑|pounds?|gbp|日元|日币|yen"
    r"|[毛角](?=[钱,。!?的]|$)|分(?=钱))?"
)
_SUM_START = re.compile(
    r"[\d一二两三四五六七八九十 ¥$€£uhrc人]"
    r"(?:(?<=[\d一二两三四五六七八九十])(?<!\d\d)|(?=[a-z$民币]{0,3} ?[\d一二两三四五六七八九十]))"
)
_COUNTED = re.compile(
    r" ?多?(?:[人户次名位件套条个台辆亩吨字粉股张本瓶斤双份家栋岁年月天日倍平公千里瓦步场篇集座枚]"
    r"|用户|会员|阅读|播放|点赞|分钟|小时|㎡)"
)

_BEFORE = re.compile(
    "(?P<returned>退还了?|退回|退了|只退|已退|返还了|回款了?|到账了?|refunded|returned|credited)"
    "|(?P<quoted>赔偿|索赔|赔付?|罚款?|奖励|奖金|红包|返现|返利|返卡|补偿|补贴|承诺|答应|赠送?|送|优惠|抵|立减|满减?"
    "|可提现?|额度|限额|最低|至少|才能|要求|需要?|还要|再交|剩余?|只?差|还剩|余额|领|贷|借款"
    r"|refund of|offer\w*|promis\w+|bonus|reward|compensat\w+|demand\w*|fine of|limit|balance"
    r"|minimum|requir\w+|owe\w*|settle\w*|at least|loan)"
    "|(?P<price>价值|售价|原价|标价|定价|价格|票价|市场价|到手价|特价|金额|只要|仅需|面值|面额|卖|报价|租金|月薪|工资"
    r"|price\w*|cost\w*|worth|value\w*|for only|salary)"
    "|(?P<total>一?共计?|合计|总计|总共|累计|总额|损失"
    r"|total\w*|sum of|amount of|in all|lost|loss of)"
    "|(?P<paid>花费?了?|支付|付款?了?|付给?|充值?|转账?|转给|扣款?|扣除|被扣|骗走?|交了?|缴|打款?|汇款?|消费|盗刷|刷了?"
    "|买了?|购买|拍下|打赏|投资?|投入|存入?|亏了?|借给|收取|收了|诈骗|押金|定金|学费|费用|本金"
    r"|paid|pay\w*|charg\w+|sent|send\w*|transfer\w*|deposit\w*|withdr\w+|stole\w*|took|taken|take"
    r"|spent|deduct\w*|invest\w*|bought|purchase\w*|scam\w*|debit\w*|wire\w*|fee of|fees of)"
)
_BEFORE_RATE = re.compile(r"(?:每\w{0,3}|=|单价|费率|手续费率|/)\s?$")
_AFTER_RATE = re.compile(
    r" ?}? ?(?:/|每|一(?:吨|度|天|月|年|次|平|斤|个|张|人|小时|分钟)"
    r"|per\b|a (?:month|day|week|year)|each\b|an hour)"
)
_AFTER_RETURNED = re.compile(
    r"[^,。!?;\n]{0,6}(?:已经?退|退给了?我|退回来?了|was refunded|were refunded)"
)
_AFTER_QUOTED = re.compile("的?(?:现金)?(?:红包|赔偿|补偿|优惠|代金|券|返现|奖励|话费|违约金)")
_AFTER_PAID = re.compile(
    "[^,。!?;\n]{0,8}(?:被骗|被扣|没了|打水漂|不退|没退|未退|不到账|没到账|未到账|购?买"
    "|was (?:taken|stolen|charged)|(?:is |was )?(?:gone|missing|withdrawn|deducted|charged))"
)
_TOLD_TO_PAY = re.compile(
    r"(?:要|让|叫|须)[我你他她]?先?$|(?:asked|told|want(?:ed|s)?)[^.]{0,12}to $"
)
_SAID_BY_OTHERS = re.compile(
    "(?:客服|平台|商家|对方|官方|卖家|骗子)[^。]{0,4}(?:说|称|表示|告知|回复)"
)
_BEFORE_BARE = ("近", "约", "达", "了", "我")
_DENIED = re.compile(r"[不没未拒]|n't |not |never |refus\w+ ")
_ASKED = re.compile("要求|希望|申请|请|应|承诺|答应|will|would|should|to be|want")
_ROLES: dict[str, tuple[AmountRole, Standing | None]] = {
    "quoted": ("quoted", None),
    "price": ("price", None),
    "total": ("loss", "total"),
    "paid": ("loss", "paid"),
}
_CLAUSE_REACH, _QUOTATION_REACH = 24, 120
_SMALLEST, _TOO_LARGE = Decimal("0.01"), Decimal(10**15)

BEYOND_A_LOSS = Decimal(10**12)
"""A trillion of any currency is no person's loss, but a number put where a sum was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum of money in a normalised text. `standing` says what became of it, where told."""

    value: Decimal
    currency: str
    role: AmountRole
    span: Span
    standing: Standing | None = None


def find_amounts(text: str) -> tuple[Sum, ...]:
    """List the sums of money that a normalised text states, in order.

    >>> [(str(one.value), one.currency, one.role) for one in find_amounts(
    ...     "原价299元的卡,我付了1.5k块,对方承诺返现两百来块")]
    [('299.00', 'CNY', 'price'), ('1500.00', 'CNY', 'loss'), ('200.00', 'CNY', 'quoted')]
    """
    if _HINT.search(text) is None:
        return ()
    return tuple(_sums(text))


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
    """Subtract what came back from what was paid, in one currency."""
    paid = {one.value for one in sums if one.role == "loss"}
    returned = {one.value for one in sums if one.standing == "returned"}
    highest = max(paid, default=Decimal(0))
    has_total = any(one.standing == "total" for one in sums) or sum(paid) == 2 * highest
    return (highest if has_total else sum(paid, Decimal(0))) - sum(returned)


def _sums(text: str) -> Iterator[Sum]:
    """Go through everything that looks like a sum and keep what is one."""
    for match in matches_from(_SUM_START, _SUM, text):
        currency = _currency(text, match)
        value = _value(match) if currency else None
        if currency is None or value is None or not _SMALLEST <= value < _TOO_LARGE:
            continue
        role, standing = _role(text, match)
        if role == "other" and standing is None:
            if _is_bare(match) and not _speaks_of_money(text, match):
                continue
            role = "quoted" if _is_in_quotation(text, match.start()) else role
        yield Sum(
            value=value, currency=currency, role=role, span=_trimmed(match), standing=standing
        )


def _is_in_quotation(text: str, position: int) -> bool:
    """Say whether a quotation that was opened in the same line goes on at a position."""
    nearby = max(position - _QUOTATION_REACH, 0)
    start = max(text.rfind("\n", nearby, position), nearby)
    return text.count('"', start, position) % 2 == 1


def _is_bare(match: re.Match[str]) -> bool:
    """Say whether a number stands without a currency."""
    return not (match["prefix"] or match["unit"])


def _speaks_of_money(text: str, match: re.Match[str]) -> bool:
    """Say whether a number without currency (近31万) is introduced as a sum."""
    is_large = match["number"][-1] in "万亿" or match["rounded"] == "多万"
    return is_large and text.endswith(_BEFORE_BARE, 0, match.start())


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
        return None
    after = text[match.end() : match.end() + 1]
    if _COUNTED.match(text, match.end()) or (after.isascii() and after.isalnum()):
        return None
    return "CNY"


def _role(text: str, match: re.Match[str]) -> tuple[AmountRole, Standing | None]:
    """Say what part a sum plays, by the nearest word before it, else the words after it."""
    start, end = match.span()
    window = re.split(r"[。!?;\n]", text[max(0, start - _CLAUSE_REACH) : start])[-1]
    if _AFTER_RATE.match(text, end) or _BEFORE_RATE.search(window):
        return "rate", None
    if _AFTER_RETURNED.match(text, end):
        return "other", "returned"
    if _AFTER_QUOTED.match(text, end):
        return "quoted", None
    cue = max(_BEFORE.finditer(window), key=lambda found: found.start(), default=None)
    if cue is None:
        return ("loss", "paid") if _AFTER_PAID.match(text, end) else ("other", None)
    if cue.lastgroup == "paid" and _is_hearsay(window, cue):
        return "quoted", None
    if cue.lastgroup == "returned":
        return _returned_role(window[max(0, cue.start() - 6) : cue.start()])
    return _ROLES[cue.lastgroup or ""]


def _is_hearsay(window: str, cue: re.Match[str]) -> bool:
    """Say whether a payment is only asked for, or told by the other side."""
    is_asked = _TOLD_TO_PAY.search(window, 0, cue.start()) and not cue.group().endswith("了")
    return bool(is_asked or _SAID_BY_OTHERS.search(window, 0, cue.start()))


def _returned_role(before: str) -> tuple[AmountRole, Standing | None]:
    """Tell money that came back from money that did not, or that is asked for."""
    if _DENIED.search(before):
        return "loss", "paid"
    if _ASKED.search(before):
        return "quoted", None
    return "other", "returned"

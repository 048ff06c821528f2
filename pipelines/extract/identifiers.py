"""Numbers and addresses by which a person can be found or reached.

In: a normalised text. Out: sightings of identity cards, phones, bank cards, mail, QQ and
WeChat accounts, plates and passports, written plainly, spaced out, in Chinese numerals or
with the letter o for a nought. Out of scope: names (`persons`), homes (`addresses`),
and numbers that belong to no person: hot lines (400, 800, 95xxx), orders, prices, dates.

A number that is masked already is sighted too when no more than four of its characters
are hidden: then it leaves fewer than ten thousand holders. Shorter remains, such as the
last four digits of a card, are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from pipelines.extract.sighting import Sighting

_GAP = r"[ ._·/-]{0,2}"
_MASK = "*×•"
_NUMERALS = dict(
    zip("〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖o", "0011234567891234567890", strict=True)
)
_NUMERAL = "".join(_NUMERALS)
_SUM_AHEAD = r"\d|元(?![旦宵月])|\.\d"
"""What follows a sum or a longer number, and no phone or account number."""

_FLOAT = r"(?:\.0(?![\d元%]))?"
"""What a spreadsheet adds to a number that it took for a quantity."""

_TO_DIGITS = str.maketrans(_NUMERALS)

_NUMBER_HINT = re.compile(rf"\d(?<!\d\d)(?:{_GAP}[\d{_MASK}]){{6}}")
_ACCOUNT_HINT = re.compile(
    "qq|扣扣|加q|q群|扣群|群号|企鹅号|微信|威信|薇信|v信|vx|wx|wechat|weixin|加[微薇威v]|加我[微薇威v]"
)
_MIXED_RUN = re.compile(rf"[\d{_NUMERAL}](?:{_GAP}[\d{_NUMERAL}]){{9,}}")

_ID_CARD = re.compile(rf"(?<![\da-z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dx](?![\da-z])")
_OLD_ID_CARD = re.compile(
    r"(?<![\da-z.])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}"
    rf"(?P<born>\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\d{{3}}{_FLOAT}(?!{_SUM_AHEAD}|[a-z%])"
)
_FRAMED_ID = re.compile(
    rf"(?:身份证|证件号|id card|ssn|social security)[^\d\n\[]{{0,9}}"
    rf"(?P<value>\d[\dx {_MASK}-]{{7,22}}[\dx{_MASK}])(?!\d)"
)
_SSN = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_MOBILE = re.compile(
    rf"(?<!\d)(?:\+?86[ -]?)?(?P<value>1{_GAP}[3-9](?:{_GAP}\d){{9}}){_FLOAT}(?!{_SUM_AHEAD})"
)
_MASKED_MOBILE = re.compile(rf"(?<![\d{_MASK}])1[3-9](?:[ -]?[\d{_MASK}]){{9}}(?![\d{_MASK}])")
_LANDLINE = re.compile(
    r"(?<![\d.])(?<!\d[/-])\(?0(?:10|2\d|[3-9]\d{2})(?:\)|\)?[ /.-]{1,2}|)[2-9]\d{2,3}[ .-]?\d{4}"
    r"(?:(?:-|转 ?)\d{1,5})?(?!\d)"
)
_FRAMED_LANDLINE = re.compile(
    r"(?:电话|座机|手机|致电|来电|tel|phone)[^\d\n\[]{0,6}(?P<value>[2-8]\d{2,3}[ -]?\d{4})"
    rf"(?!{_SUM_AHEAD})"
)
_US_PHONE = re.compile(
    r"(?<![\d-])(?:\+?1[ .-]?)?\(?(?P<area>[2-9]\d{2})\)?[ .-]?[2-9]\d{2}[ .-]\d{4}(?!\d)"
)
_TOLL_FREE = frozenset({"400", "800", "822", "833", "844", "855", "866", "877", "888", "900"})
_BANK_CARD = re.compile(
    r"(?<![\da-z])(?P<value>(?:[4-6]\d{3}|3[457]\d{2}|9558)(?:[ ./_·-]?\d{4}){2}[ ./_·-]?\d{3}"
    rf"(?:\d[ /_·-]?\d{{0,3}})?){_FLOAT}(?![\da-z]|\.\d)"
)
_ORDER_FRAME = re.compile(
    r"(?:订单|单号|编号|流水|运单|快递|物流|凭证|交易|合同|票号|order|tracking)[^\d\n]{0,6}$"
)
_FRAMED_CARD = re.compile(
    r"(?:银行卡|信用卡|储蓄卡|借记卡|(?:debit|credit) card)[^\d\n\[]{0,9}"
    r"(?P<value>\d[\d -]{13,21}\d)(?!\d)"
)
_MAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}"
)
_QQ = re.compile(
    r"(?:(?<![a-z])qq|扣扣|加q|(?<![a-z])q群|扣群|群号|企鹅号)(?:号码|群号|群|号|码)?"
    r"[ :是为]{0,3}"
    rf"(?P<value>[1-9][\d{_MASK}]{{4,11}}){_FLOAT}(?!{_SUM_AHEAD})"
)
_WECHAT = re.compile(
    r"(?:微信|威信|薇信|(?<![a-z])(?:v信|vx|wx|wechat|weixin)|加我?(?:[微薇威]|v(?!ip)))"
    r"(?P<link>(?:账号|帐号|号码|号|id)?[ :是为]{0,3})"
    rf"(?P<value>[a-z0-9][-_a-z0-9{_MASK}]{{5,19}})(?![-_a-z0-9])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][ ·.-]?"
    r"(?=[a-z]{0,2}\d[a-z]?\d)(?=(?:[a-z]*\d){3})[a-z0-9]{4,5}[a-z0-9挂学警港澳](?![a-z0-9])"
)
_PASSPORT = re.compile(
    r"(?:护照|通行证|passport)(?: ?(?:号码?|number|no\.?))?[ :是为#]{0,3}"
    r"(?P<value>[a-z]{1,2}\d{7,9}|\d{9})(?![a-z0-9])"
)

_CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find_identifiers(text: str) -> list[Sighting]:
    """Report every identifier of a normalised text; ranges may overlap.

    >>> [seen.kind for seen in find_identifiers("电话154-0000-0000,邮箱 a.b@example.com")]
    ['mobile', 'email']
    """
    found: list[Sighting] = []
    if _NUMBER_HINT.search(text):
        found.extend(_numbers(text))
    if "@" in text:
        found.extend(_mails(text))
    if _ACCOUNT_HINT.search(text):
        found.extend(_accounts(text))
    found.extend(_plates(text))
    found.extend(_passports(text))
    written_out = _MIXED_RUN.sub(_as_digits, text)
    if written_out != text:
        found.extend(_numbers(written_out))
    return found


def _numbers(text: str) -> Iterator[Sighting]:
    for detect in (_id_cards, _mobiles, _landlines, _bank_cards):
        yield from detect(text)


def _as_digits(run: re.Match[str]) -> str:
    """Write a run of digits, Chinese numerals and letters o in digits, at equal length."""
    return run.group().translate(_TO_DIGITS)


def _bare(number: str) -> str:
    """Strip a number of everything but its digits, check letter and masks."""
    return re.sub(rf"[^\dx{_MASK}]", "", number)


def _id_cards(text: str) -> Iterator[Sighting]:
    for match in _accepted(_ID_CARD, text, _is_id_card):
        yield Sighting("id_card", *match.span(), _bare(match.group()))
    for match in _OLD_ID_CARD.finditer(text):
        if _is_date(f"19{match['born']}") and not _is_order(text, match):
            yield Sighting("id_card", *match.span(), match.group()[:15])
    for match in _FRAMED_ID.finditer(text):
        number = _bare(match["value"])
        if sum(char.isdigit() for char in number) >= 10:
            yield Sighting("id_card", *match.span("value"), number)
    for match in _SSN.finditer(text):
        yield Sighting("id_card", *match.span(), match.group())


def _is_id_card(match: re.Match[str]) -> bool:
    """Check the birth date and the check digit of an 18-character identity number."""
    number = _bare(match.group())
    total = sum(int(digit) * weight for digit, weight in zip(number, _CHECK_WEIGHTS, strict=False))
    return (
        number[6:8] in ("18", "19", "20")
        and number[17] == "10x98765432"[total % 11]
        and _is_date(number[6:14])
    )


def _is_date(digits: str) -> bool:
    """Say whether the calendar has a day, given as year, month and day in eight digits."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _is_order(text: str, match: re.Match[str]) -> bool:
    """Say whether the words before a number make it the number of an order."""
    return _ORDER_FRAME.search(text, max(0, match.start() - 12), match.start()) is not None


def _accepted(
    pattern: re.Pattern[str], text: str, is_one: Callable[[re.Match[str]], bool]
) -> Iterator[re.Match[str]]:
    """Give the matches that a check accepts; what it refuses may hold the start of another."""
    position = 0
    while match := pattern.search(text, position):
        if is_one(match):
            yield match
            position = match.end()
        else:
            position = match.start() + 1


def _mobiles(text: str) -> Iterator[Sighting]:
    for match in _accepted(_MOBILE, text, _is_phone_spacing):
        yield Sighting("mobile", *match.span(), _bare(match["value"]))
    for match in _MASKED_MOBILE.finditer(text):
        number = _bare(match.group())
        if 0 < sum(number.count(mark) for mark in _MASK) <= 4:
            yield Sighting("mobile", *match.span(), number)
    for match in _US_PHONE.finditer(text):
        if match["area"] not in _TOLL_FREE:
            yield Sighting("mobile", *match.span(), re.sub(r"\D", "", match.group())[-10:])


def _is_phone_spacing(match: re.Match[str]) -> bool:
    """Tell a number in up to three blocks, or with every digit apart, from a row of numbers."""
    blocks = [len(block) for block in re.split(r"[ ._·/-]+", match["value"])]
    return len(blocks) == 1 or set(blocks) == {1} or (len(blocks) <= 3 and min(blocks) >= 3)


def _landlines(text: str) -> Iterator[Sighting]:
    for match in _LANDLINE.finditer(text):
        yield Sighting("landline", *match.span(), _bare(match.group()))
    for match in _FRAMED_LANDLINE.finditer(text):
        yield Sighting("landline", *match.span("value"), _bare(match["value"]))


def _bank_cards(text: str) -> Iterator[Sighting]:
    for match in _accepted(_BANK_CARD, text, _passes_luhn):
        if not _is_order(text, match):
            yield Sighting("bank_card", *match.span(), _bare(match["value"]))
    for match in _FRAMED_CARD.finditer(text):
        yield Sighting("bank_card", *match.span("value"), _bare(match["value"]))


def _passes_luhn(match: re.Match[str]) -> bool:
    """Check the last digit of a card number."""
    digits = [int(digit) for digit in reversed(_bare(match["value"]))]
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _mails(text: str) -> Iterator[Sighting]:
    for match in _MAIL.finditer(text):
        yield Sighting("email", *match.span(), match.group())


def _accounts(text: str) -> Iterator[Sighting]:
    for match in _QQ.finditer(text):
        if _shows_enough(match["value"]):
            yield Sighting("qq", *match.span("value"), match["value"])
    for match in _WECHAT.finditer(text):
        value = match["value"]
        is_named = match["link"].strip() != "" or any(char.isdigit() for char in value)
        if is_named and _shows_enough(value):
            yield Sighting("wechat", *match.span("value"), value)


def _shows_enough(value: str) -> bool:
    """Say whether a masked value leaves so little hidden that it still identifies."""
    return sum(value.count(mark) for mark in _MASK) <= 4


def _plates(text: str) -> Iterator[Sighting]:
    for match in _PLATE.finditer(text):
        yield Sighting("plate", *match.span(), re.sub(r"[ ·.-]", "", match.group()))


def _passports(text: str) -> Iterator[Sighting]:
    for match in _PASSPORT.finditer(text):
        yield Sighting("passport", *match.span("value"), match["value"])

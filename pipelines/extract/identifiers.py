"""Numbers and addresses by which a person can be found or reached.

In: a normalised text. Out: sightings of identity cards, phones, bank cards, mail, QQ and
WeChat accounts, plates and passports, written plainly, spaced out, in Chinese numerals,
in circled or raised digits or with the letters o and l for digits. Out of scope: names
(`persons`), homes (`addresses`), and numbers that belong to no person: hot lines (400,
800, 95xxx), orders, prices, dates.

A number that is masked already is sighted too when no more than four of its characters
are hidden: then it leaves fewer than ten thousand holders. Shorter remains, such as the
last four digits of a card, are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipelines.extract.accounts import find_accounts
from pipelines.extract.digits import (
    FLOAT,
    MASK,
    SUM_AHEAD,
    WIDE_GAP,
    accepted,
    bare,
    bare_digits,
    in_digits,
    zones,
)
from pipelines.extract.foreign_papers import find_foreign_papers
from pipelines.extract.phones import find_mobiles_in_blocks, find_phones
from pipelines.extract.phones_abroad import find_spelled_phones
from pipelines.extract.sighting import Sighting

_DIGIT = re.compile("[0-9]")
_CARD_GAP = "[ ._·/\u20e3\n-]{0,2}"
_ID_CARD = re.compile(rf"(?<![\da-z])[1-9](?:{_CARD_GAP}\d){{16}}{_CARD_GAP}[\dx](?![\da-z])")
_REGION = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])"
_OLD_ID_CARD = re.compile(
    rf"(?<![\da-z.]){_REGION}\d{{4}}"
    rf"(?P<born>\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\d{{3}}{FLOAT}(?!{SUM_AHEAD}|[a-z%])"
)
_FRAMED_ID = re.compile(
    rf"(?:身份证|居住证|证件号|id card|ssn|social security)[^\d\n\[]{{0,9}}"
    rf"(?P<value>\d[\dx {MASK}-]{{7,22}}[\dx{MASK}])(?!\d)"
)
_ID_IN_BLOCKS = re.compile(
    rf"[1-9](?<![\da-z]\d)\d{{5}}{WIDE_GAP}\d{{8}}(?:{WIDE_GAP})?\d{{3}}[\dx](?![\da-z])"
    rf"|[1-9](?<![\da-z]\d)\d{{5}}{WIDE_GAP}\d{{11}}[\dx](?![\da-z])"
)
_MASKED_ID = re.compile(rf"{_REGION}(?<!\d\d\d)\d{{4}}[{MASK}]{{8}}\d{{3}}[\dx](?![\da-z])")
_FRAMED_SSN = re.compile(
    r"(?:ssn|social security)(?: number| no\.?)?(?: is)?[ :#]{0,3}"
    r"(?P<value>\d{3}[ -]?\d{2}[ -]?\d{4})(?![\d-])"
)
_SSN = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_BANK_CARD = re.compile(
    r"(?<![\da-z])(?P<value>(?:[4-6]\d{3}|3[4-7]\d{2}|9558|81\d\d)(?:[ ./_·\n-]?\d{4}){3}"
    r"(?:[ /_·\n-]?\d{1,3}|\.\d{3})?|3[47]\d{2}[ -]?(?:\d{6}[ -]?\d{5}|\d{4}[ -]?\d{4}[ -]?\d{3})"
    rf"|6\d{{5}}[ ·/_-]\d{{10}}[ ·/_-]?\d{{3}}){FLOAT}(?![\da-z]|\.\d)"
)
_BANK_ACCOUNT = re.compile(
    r"(?:(?:银行|收款|对公|转账|工资)(?:卡号?|[账帐][号户])"
    r"|\b(?:bank |checking |savings )?account (?:number|no\.?|#))"
    r"(?: is(?= )| was(?= ))?[ :是为#(]{0,3}(?P<value>\d(?:[ -]?\d){7,20})(?![\d*]|元)"
)
_ORDER_FRAME = re.compile(
    r"(?:订单|单号|编号|流水|运单|快递|物流|凭证|交易|合同|票号|imei|序列号|sn|设备|发票|order"
    r"|tracking|case|reference)[^\d\n]{0,6}$"
)
_LONG_NUMBER = re.compile(r"\d(?<!\d\d)(?:[ \n-]?\d){14,20}(?![ -]?\d)")
_CARD_FRAME = re.compile(
    r"(?:银行|信用卡|储蓄卡|借记卡|行卡|卡号|[账帐][号户]|存折|(?:debit|credit) card)"
    r"(?P<between>[^\d\[]{0,9})$"
)
_IS_MINE = r"[ ,)\"'】]{0,2}(?:这个|这|就)?(?:是|为)?(?:我|他|她|对方|本人)?(?:老公|老婆)?的?"
_CARD_AFTER = re.compile(_IS_MINE + "(?:银行卡|信用卡|储蓄卡|卡号|这张卡|[账帐]号)")
_ID_AFTER = re.compile(_IS_MINE + "身份证")
_PLAIN_ID = re.compile(
    rf"(?<![\da-z.]){_REGION}\d{{4}}(?P<born>(?:19|20)\d{{6}})\d{{3}}[\dx](?![\da-z])"
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE_START = re.compile(f"[{_PROVINCES}] ?[a-z]")
_PLATE = re.compile(
    rf"[{_PROVINCES}] ?[a-z][ ·.-]?"
    r"(?=[a-z]{0,2}\d[a-z]?\d)(?=(?:[a-z]*\d){3})[a-z0-9]{4,5}[a-z0-9挂学警港澳](?![a-z0-9])"
)
_SPACED_PLATE = re.compile(
    rf"[{_PROVINCES}] ?[a-z](?P<value>(?:[ ·.【\[-]?[a-z0-9]){{5,6}})(?![a-z0-9])"
)
_TRAVEL_PAPERS = ("护照", "通行证", "身份证", "台胞证", "passport")
_PASSPORT = re.compile(
    rf"(?:{'|'.join(_TRAVEL_PAPERS)})(?: ?(?:号码?|number|no\.?))?(?: is(?= ))?"
    r"(?:[ :是为#(,]{0,3}|[^\d\n,。]{0,10}?(?:号码?|号是|no\.?|number)(?: is| was)?[ :是为#(]{0,3})"
    r"(?P<value>[a-z]{1,2}(?:[ -]?\d){7,9}|\d(?: ?\d){8}|(?<=台胞证)\d{8})(?![a-z0-9])"
)

_CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find_identifiers(text: str) -> list[Sighting]:
    """Report every identifier of a normalised text; ranges may overlap.

    >>> sorted({seen.kind for seen in find_identifiers("电话154-0000-0000,邮箱 a.b@example.com")})
    ['email', 'mobile']
    """
    found = list(find_accounts(text))
    if text.isascii():
        found.extend(find_spelled_phones(text))
        if _DIGIT.search(text) is None:
            return found
    found.extend(_numbers(text))
    found.extend(find_mobiles_in_blocks(text))
    if not text.isascii():
        found.extend(_plates(text))
    found.extend(find_foreign_papers(text))
    if any(map(text.__contains__, _TRAVEL_PAPERS)):
        found.extend(_passports(text))
    written_out = in_digits(text)
    if written_out != text:
        found.extend(_numbers(written_out))
        found.extend(find_mobiles_in_blocks(written_out))
    return found


def _numbers(text: str) -> Iterator[Sighting]:
    for start, end in zones(text):
        part = text[start:end]
        for detect in (_id_cards, find_phones, _bank_cards):
            for seen in detect(part):
                yield seen._replace(start=start + seen.start, end=start + seen.end)


def _id_cards(text: str) -> Iterator[Sighting]:
    for pattern in (_ID_CARD, _ID_IN_BLOCKS):
        for match in accepted(pattern, text, _is_id_card):
            yield Sighting("id_card", *match.span(), bare_digits(match.group()))
    for match in _OLD_ID_CARD.finditer(text):
        if _is_date(f"19{match['born']}") and not _is_order(text, match):
            yield Sighting("id_card", *match.span(), match.group()[:15])
    for match in _PLAIN_ID.finditer(text):
        if _is_date(match["born"]) and (
            not _is_order(text, match) or _ID_AFTER.match(text, match.end())
        ):
            yield Sighting("id_card", *match.span(), match.group())
    for match in _FRAMED_ID.finditer(text):
        number = bare(match["value"])
        if sum(char.isdigit() for char in number) >= 10:
            yield Sighting("id_card", *match.span("value"), number)
    for match in _MASKED_ID.finditer(text):
        yield Sighting("id_card", *match.span(), match.group())
    for match in _FRAMED_SSN.finditer(text):
        yield Sighting("id_card", *match.span("value"), bare_digits(match["value"]))
    for match in _SSN.finditer(text):
        yield Sighting("id_card", *match.span(), match.group())


def _is_id_card(match: re.Match[str]) -> bool:
    """Check the birth date and the check digit of an 18-character identity number."""
    number = bare_digits(match.group())
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


def _bank_cards(text: str) -> Iterator[Sighting]:
    for match in accepted(_BANK_CARD, text, _passes_luhn):
        if not _is_order(text, match):
            yield Sighting("bank_card", *match.span(), bare(match["value"]))
    for match in _LONG_NUMBER.finditer(text):
        frame = _CARD_FRAME.search(text, max(0, match.start() - 18), match.start())
        is_announced = frame and not _ORDER_FRAME.search(frame["between"])
        if is_announced or _CARD_AFTER.match(text, match.end()):
            yield Sighting("bank_card", *match.span(), bare(match.group()))
    for match in _BANK_ACCOUNT.finditer(text):
        yield Sighting("bank_card", *match.span("value"), bare(match["value"]))


def _passes_luhn(match: re.Match[str]) -> bool:
    """Check the last digit of a card number."""
    digits = [int(digit) for digit in reversed(bare(match["value"]))]
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _plates(text: str) -> Iterator[Sighting]:
    if _PLATE_START.search(text) is None:
        return
    for match in _PLATE.finditer(text):
        yield Sighting("plate", *match.span(), re.sub(r"[ ·.-]", "", match.group()))
    for match in _SPACED_PLATE.finditer(text):
        number = re.sub(r"[ ·.【\[-]", "", match.group())
        if sum(char.isdigit() for char in number) >= 4:
            yield Sighting("plate", *match.span(), number)


def _passports(text: str) -> Iterator[Sighting]:
    for match in _PASSPORT.finditer(text):
        yield Sighting("passport", *match.span("value"), match["value"])

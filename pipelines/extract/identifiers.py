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
from collections.abc import Callable, Iterator
from datetime import date

from pipelines.extract.sighting import Sighting

_GAP = "[ ._·/\u20e3-]{0,2}"
_WIDE_GAP = "[ ._·・•/,、。*+:~|#=()\n-]{1,3}"
"""What stands between the blocks of a number, where their lengths show what it is."""

_MASK = "*×•"
_NUMERALS = dict(
    zip(
        "〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖oil⓪①②③④⑤⑥⑦⑧⑨⑴⑵⑶⑷⑸⑹⑺⑻⑼⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉",
        "001123456789123456789011012345678912345678901234567890123456789",
        strict=True,
    )
)
_NUMERAL = "".join(_NUMERALS)
_SUM_AHEAD = r"\d|元(?![旦宵月])|\.\d"
"""What follows a sum or a longer number, and no phone or account number."""

_FLOAT = r"(?:\.0{1,6}(?![\d元%]))?"
"""What a spreadsheet adds to a number that it took for a quantity."""

_TO_DIGITS = str.maketrans(_NUMERALS)

_NUMBER_HINT = re.compile(rf"\d(?<!\d\d)(?:{_GAP}[\d{_MASK}]){{6}}")
_ACCOUNT_HINT = re.compile(
    "qq|q q|扣扣|加q|q群|扣群|群号|企鹅|球球|微信|微 信|威信|薇信|薇|卫星|v信|v:|vx|wx|w x|wechat"
    r"|weixin|加微|加薇|加威|加v|加我v|加我微|加我威|\+v|\+ v"
    "|支付宝号|支付宝账号|支付宝帐号|支付宝id"
    "|抖音号|抖音id|快手号|快手id|闲鱼号|闲鱼id|小红书号|小红书id|旺旺号|旺旺id|陌陌号|陌陌id"
)
_MIXED_RUN = re.compile(rf"[\d{_NUMERAL}](?:{_GAP}[\d{_NUMERAL}]){{9,}}")

_ID_CARD = re.compile(rf"(?<![\da-z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dx](?![\da-z])")
_REGION = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])"
_OLD_ID_CARD = re.compile(
    rf"(?<![\da-z.]){_REGION}\d{{4}}"
    rf"(?P<born>\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\d{{3}}{_FLOAT}(?!{_SUM_AHEAD}|[a-z%])"
)
_FRAMED_ID = re.compile(
    rf"(?:身份证|居住证|证件号|id card|ssn|social security)[^\d\n\[]{{0,9}}"
    rf"(?P<value>\d[\dx {_MASK}-]{{7,22}}[\dx{_MASK}])(?!\d)"
)
_ID_IN_BLOCKS = re.compile(
    rf"[1-9](?<![\da-z]\d)\d{{5}}{_WIDE_GAP}\d{{8}}(?:{_WIDE_GAP})?\d{{3}}[\dx](?![\da-z])"
    rf"|[1-9](?<![\da-z]\d)\d{{5}}{_WIDE_GAP}\d{{11}}[\dx](?![\da-z])"
)
_MASKED_ID = re.compile(rf"{_REGION}(?<!\d\d\d)\d{{4}}[{_MASK}]{{8}}\d{{3}}[\dx](?![\da-z])")
_FRAMED_SSN = re.compile(
    r"(?:ssn|social security)(?: number| no\.?)?(?: is)?[ :#]{0,3}"
    r"(?P<value>\d{3}[ -]?\d{2}[ -]?\d{4})(?![\d-])"
)
_SSN = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_MOBILE = re.compile(
    rf"(?<!\d)(?<!0\.)(?:(?:\+|00)?86[ -]?)?(?P<value>1{_GAP}[3-9](?:{_GAP}\d){{9}}){_FLOAT}"
    rf"(?!{_SUM_AHEAD})"
)
_MOBILE_IN_BLOCKS = re.compile(
    rf"1(?<!\d\d)[3-9]\d(?P<first>{_WIDE_GAP})\d{{3,5}}(?P<second>{_WIDE_GAP})"
    rf"(?:\d{{4}}|\d\d[ -]\d{{3}}|\d{{3}})(?!{_SUM_AHEAD})"
)
_MOBILE_AFTER_CODE = re.compile(
    rf"(?:\+86|0086|86) ?[()] ?\(?(?P<value>1[3-9]\d\)?(?:[ -]?\d){{8}})(?!{_SUM_AHEAD})"
)
_MOBILE_AS_POWER = re.compile(r"1\.(?<!\d1\.)(?P<value>[3-9]\d{7,8}\d)e\+?10(?!\d)")
_LIST_MARKS = frozenset(",、。+~=")
_SUM_BEFORE = re.compile(r"[¥$合共计约价额款值付][: ]?$")
_ABROAD = re.compile(
    r"\+(?<![\d)]\+)(?:1|7|85[23]|886|44|6[0-6]|8[124]|49|3[349]|91|971)"
    r"(?P<value>[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4})(?!"
    rf"{_SUM_AHEAD})"
    r"|85[23](?<!\d\d\d\d)-[5-9]\d{3}[ -]?\d{4}(?!\d)"
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
    rf"(?:\d[ /_·-]?\d{{0,3}})?|6\d{{5}}[ ·/_-]\d{{10}}[ ·/_-]?\d{{3}}){_FLOAT}(?![\da-z]|\.\d)"
)
_ORDER_FRAME = re.compile(
    r"(?:订单|单号|编号|流水|运单|快递|物流|凭证|交易|合同|票号|order|tracking)[^\d\n]{0,6}$"
)
_LONG_NUMBER = re.compile(r"\d(?<!\d\d)(?:[ -]?\d){14,20}(?![ -]?\d)")
_CARD_FRAME = re.compile(
    r"(?:银行卡|信用卡|储蓄卡|借记卡|行卡|卡号|[账帐][号户]|存折|(?:debit|credit) card)"
    r"(?P<between>[^\d\[]{0,9})$"
)
_MAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}"
)
_LOOSE_MAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{1,63} ?@ ?"
    r"(?:vip ?[.。])?(?:qq|163|126|139|189|gmail|sina|sohu|hotmail|outlook|foxmail|yahoo|icloud"
    r"|aliyun|live|msn) ?[.。,] ?(?:com|cn|net)(?![a-z0-9])"
)
_QQ = re.compile(
    r"(?:(?<![a-z])q ?q|扣扣|加q|(?<![a-z])q群|扣群|群号|企鹅号?|球球)(?:号码|群号|群|号|码)?"
    r"[ :是为(]{0,3}"
    rf"(?P<value>[1-9](?:[\d{_MASK}]{{4,11}}|\d{{2,4}} \d{{4,5}})){_FLOAT}"
    rf"(?!{_SUM_AHEAD}|[{_MASK}年月日点块])"
)
_WECHAT = re.compile(
    r"(?:微 ?信|[威薇]信|(?<![a-z])(?:v信|vx|w ?x|wechat|weixin)|加我?(?:[微薇威]|v(?!ip))"
    r"|(?P<slang>薇|卫星|(?<![a-z0-9])v(?=:)|\+ ?v(?!ip)))"
    r"(?P<link>(?:账号|帐号|号码|昵称|号| ?id)?(?: is(?= ))?[ :是为(\"']{0,3})"
    rf"(?P<value>[a-z0-9][-_a-z0-9{_MASK}]{{5,19}})(?![-_a-z0-9])"
)
_PLATFORM_ACCOUNT = re.compile(
    r"(?:支付宝|抖音|快手|闲鱼|小红书|旺旺|陌陌)(?:账号|帐号|号码|号|id)[ :是为(\"']{0,3}"
    r"(?P<value>(?=[-_0-9]{0,19}[a-z])[a-z0-9][-_a-z0-9]{5,29})(?![-_a-z0-9@])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][ ·.-]?"
    r"(?=[a-z]{0,2}\d[a-z]?\d)(?=(?:[a-z]*\d){3})[a-z0-9]{4,5}[a-z0-9挂学警港澳](?![a-z0-9])"
)
_TRAVEL_PAPERS = ("护照", "通行证", "身份证", "台胞证", "passport")
_PASSPORT = re.compile(
    rf"(?:{'|'.join(_TRAVEL_PAPERS)})(?: ?(?:号码?|number|no\.?))?(?: is(?= ))?"
    r"[ :是为#(]{0,3}"
    r"(?P<value>[a-z]{1,2}(?:\d{7,9}|\d{4} \d{4})|\d{9}|(?<=台胞证)\d{8})(?![a-z0-9])"
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
    found.extend(_mobiles_in_blocks(text))
    if "@" in text:
        found.extend(_mails(text))
    if _ACCOUNT_HINT.search(text):
        found.extend(_accounts(text))
    found.extend(_plates(text))
    if any(word in text for word in _TRAVEL_PAPERS):
        found.extend(_passports(text))
    written_out = _MIXED_RUN.sub(_as_digits, text)
    if written_out != text:
        found.extend(_numbers(written_out))
    return found


def _numbers(text: str) -> Iterator[Sighting]:
    for detect in (_id_cards, _mobiles, _landlines, _bank_cards):
        yield from detect(text)


def _mobiles_in_blocks(text: str) -> Iterator[Sighting]:
    """Find mobiles whose blocks stand far apart, or apart by marks that lists have as well."""
    for match in _accepted(_MOBILE_IN_BLOCKS, text, _is_in_blocks):
        plain = _MOBILE.match(text, match.start())
        if plain is None or not _is_mobile(plain):
            yield Sighting("mobile", *match.span(), _bare_digits(match.group()))


def _is_in_blocks(match: re.Match[str]) -> bool:
    """Tell a mobile in equal blocks from a list of sums, of which other sums stand beside."""
    first, second = match["first"].strip(), match["second"].strip()
    is_bracketed = first == ")" or match["first"] + match["second"] == "()"
    if len(_bare_digits(match.group())) != 11 or not (first == second or is_bracketed):
        return False
    if first not in _LIST_MARKS:
        return True
    before = match.string[max(0, match.start() - 2) : match.start()].rstrip()
    after = match.string[match.end() : match.end() + 2].lstrip()
    is_listed = before[-1:] == first or (after[:1] == first and after[1:2].isdigit())
    return not is_listed and not match.group().endswith("00")


def _bare_digits(number: str) -> str:
    """Strip a number of everything but its digits and check letter."""
    return re.sub(r"[^\dx]", "", number)


def _as_digits(run: re.Match[str]) -> str:
    """Write a run of digits, Chinese numerals and letters o in digits, at equal length."""
    return run.group().translate(_TO_DIGITS)


def _bare(number: str) -> str:
    """Strip a number of everything but its digits, check letter and masks."""
    return re.sub(rf"[^\dx{_MASK}]", "", number)


def _id_cards(text: str) -> Iterator[Sighting]:
    for pattern in (_ID_CARD, _ID_IN_BLOCKS):
        for match in _accepted(pattern, text, _is_id_card):
            yield Sighting("id_card", *match.span(), _bare_digits(match.group()))
    for match in _OLD_ID_CARD.finditer(text):
        if _is_date(f"19{match['born']}") and not _is_order(text, match):
            yield Sighting("id_card", *match.span(), match.group()[:15])
    for match in _FRAMED_ID.finditer(text):
        number = _bare(match["value"])
        if sum(char.isdigit() for char in number) >= 10:
            yield Sighting("id_card", *match.span("value"), number)
    for match in _MASKED_ID.finditer(text):
        yield Sighting("id_card", *match.span(), match.group())
    for match in _FRAMED_SSN.finditer(text):
        yield Sighting("id_card", *match.span("value"), _bare_digits(match["value"]))
    for match in _SSN.finditer(text):
        yield Sighting("id_card", *match.span(), match.group())


def _is_id_card(match: re.Match[str]) -> bool:
    """Check the birth date and the check digit of an 18-character identity number."""
    number = _bare_digits(match.group())
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
    for match in _accepted(_MOBILE, text, _is_mobile):
        yield Sighting("mobile", *match.span(), _bare(match["value"]))
    for pattern in (_MOBILE_AFTER_CODE, _MOBILE_AS_POWER):
        for match in pattern.finditer(text):
            digits = _bare_digits(match["value"])
            yield Sighting("mobile", *match.span(), digits.rjust(11, "1"))
    for match in _ABROAD.finditer(text):
        digits = _bare_digits(match.group())
        if 10 <= len(digits) <= 14:
            yield Sighting("mobile", *match.span(), digits)
    for match in _MASKED_MOBILE.finditer(text):
        number = _bare(match.group())
        if 0 < sum(number.count(mark) for mark in _MASK) <= 4:
            yield Sighting("mobile", *match.span(), number)
    for match in _US_PHONE.finditer(text):
        if match["area"] not in _TOLL_FREE:
            yield Sighting("mobile", *match.span(), re.sub(r"\D", "", match.group())[-10:])


def _is_mobile(match: re.Match[str]) -> bool:
    """Tell a number in up to three blocks, or with every digit apart, from a row of numbers.

    One with several noughts behind a point is a sum where a word for sums stands before.
    """
    if match.group().endswith(".00") and _SUM_BEFORE.search(
        match.string, max(0, match.start() - 2), match.start()
    ):
        return False
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
    for match in _LONG_NUMBER.finditer(text):
        frame = _CARD_FRAME.search(text, max(0, match.start() - 18), match.start())
        if frame and not _ORDER_FRAME.search(frame["between"]):
            yield Sighting("bank_card", *match.span(), _bare(match.group()))


def _passes_luhn(match: re.Match[str]) -> bool:
    """Check the last digit of a card number."""
    digits = [int(digit) for digit in reversed(_bare(match["value"]))]
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _mails(text: str) -> Iterator[Sighting]:
    for match in _MAIL.finditer(text):
        yield Sighting("email", *match.span(), match.group())
    for match in _LOOSE_MAIL.finditer(text):
        mail = match.group().replace(" ", "").replace("。", ".").replace(",", ".")
        yield Sighting("email", *match.span(), mail)


def _accounts(text: str) -> Iterator[Sighting]:
    for match in _QQ.finditer(text):
        if _shows_enough(match["value"]):
            yield Sighting("qq", *match.span("value"), match["value"].replace(" ", ""))
    for match in _WECHAT.finditer(text):
        value = match["value"]
        is_mixed = not value.isdigit() and not value.isalpha()
        is_named = match["link"].strip() != "" or any(char.isdigit() for char in value)
        if (is_mixed if match["slang"] else is_named) and _shows_enough(value):
            yield Sighting("wechat", *match.span("value"), value)
    for match in _PLATFORM_ACCOUNT.finditer(text):
        yield Sighting("wechat", *match.span("value"), match["value"])


def _shows_enough(value: str) -> bool:
    """Say whether a masked value leaves so little hidden that it still identifies."""
    return sum(value.count(mark) for mark in _MASK) <= 4


def _plates(text: str) -> Iterator[Sighting]:
    for match in _PLATE.finditer(text):
        yield Sighting("plate", *match.span(), re.sub(r"[ ·.-]", "", match.group()))


def _passports(text: str) -> Iterator[Sighting]:
    for match in _PASSPORT.finditer(text):
        yield Sighting("passport", *match.span("value"), match["value"])

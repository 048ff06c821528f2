"""Who answers a complainant, as texts call them: platform, merchant, authority, bank.

In: a piece of a normalised text, and the names of the parties found in it. Out: the last
party that it names, and its kind. Out of scope: what the party says (`replies`), and which
merchant it is (`pipelines.respondents`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.normalise import normalise
from pipelines.records import ReplyBy, Span
from pipelines.taxonomy.model import Merchant

_OFFICE = "(?:客服|官方|平台)?(?:的)?(?:工作人员|客服人员|客服专员|客服|专员|负责人|人员|方面|方)?"
_WHO = "(?:的)?(?:客服|方面|方|工作人员|人员)?"
_CHINESE = re.compile(
    r"(?P<jury>小法庭)|(?P<regulator>市场监[督管]\w{0,4}局?|市监局?|监管部门"
    "|消协|消费者(?:权益保护)?(?:协会|委员会)|消委会?|12315|12345|工商局?|文化和旅游局|文旅局"
    "|银保监局?|金融监管局|通信管理局|主管部门|相关部门|有关部门|住建局|教育局|街道办)"
    "|(?P<court>法院|法官|仲裁委)|(?P<police>警方|民警|派出所|公安局?|经侦)"
    f"|(?P<merchant>(?:商家|卖家|店铺|店家|门店|酒店|物业|学校|商户|厂家|品牌|公司){_WHO}"
    "|店主|老板|经销商|4s店|开发商|中介|房东|机构|培训班|校方|院方|医院|销售(?:员|人员)?|售后|主播"
    "|快递(?:员|公司)?|航空公司|催收(?:人员|员|方)?|代理商?)"
    f"|(?P<bank>(?:银行|信用卡中心|发卡行){_WHO})"
    f"|(?P<platform>(?:平台|官方|运营方|支付机构){_OFFICE}|(?:app|网站)(?:客服|官方|方面|方)"
    "|(?:人工)?客服(?:人员|专员|经理|小姐|部门?|代表)?)"
    "|(?P<staff>工作人员|专员|接线员|话务员)|(?P<other>对方)"
)
_ENGLISH = re.compile(
    r"\b(?:(?:the|this|my|their|its) )?(?:(?P<jury>small court)"
    "|(?P<regulator>cfpb|bbb|ftc|fcc|ombudsman|regulator|attorney general)"
    "|(?P<court>court|judge)|(?P<police>police|officers?)"
    "|(?P<merchant>seller|merchant|store|shop|vendor|landlord|dealer(?:ship)?|hotel|airline"
    "|retailer|lender|servicer|collector|company|streamer|manager|owner|courier|school"
    "|contractor|bureau|agency|equifax|experian|transunion)"
    "|(?P<bank>credit union|bank)"
    "|(?P<platform>platform|exchange|marketplace|customer (?:service|support|care)"
    "|support(?: team)?|service (?:agent|rep)|help ?desk)"
    "|(?P<staff>agents?|staff|reps?|representatives?)"
    r"|(?P<other>they|he|she|other (?:side|party)))\b"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_OFFICE_AFTER = re.compile(_OFFICE)

_VAGUE = frozenset({"staff", "other"})
_KINDS: Mapping[str, ReplyBy] = {
    "regulator": "regulator",
    "court": "court",
    "police": "police",
    "merchant": "merchant",
    "bank": "bank",
    "platform": "platform",
    "jury": "platform",
    "staff": "platform",
    "other": "other",
}

_PLATFORM_SECTORS = frozenset(
    {
        "ecommerce", "second_hand", "live_streaming", "video", "social", "classifieds", "food",
        "food_delivery", "ride_hailing", "travel", "ticketing", "rental", "gaming", "dating",
        "wallet", "payment", "exchange", "remittance", "prepaid_card", "card_site",
    }
)  # fmt: skip
"""Sectors of merchants through which people deal with others."""

_BANK_SECTORS = frozenset({"bank", "mortgage", "student_loans", "auto_finance", "loans"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who may answer, and where a text names them.

    `is_vague`: a pronoun, or somebody's staff; who that is was said before.
    """

    by: ReplyBy
    span: Span
    is_vague: bool = False


def last_speaker(
    text: str, start: int, end: int, names: Mapping[str, ReplyBy], *, vague: bool = True
) -> Speaker | None:
    """Give the last party that a piece of text names, None where it names none.

    >>> last_speaker("我打电话给商家客服,对方", 0, 9, {})
    Speaker(by='merchant', span=Span(start=5, end=9), is_vague=False)
    >>> last_speaker("某手客服", 0, 4, {"某手": "platform"})
    Speaker(by='platform', span=Span(start=0, end=4), is_vague=False)
    """
    found = None
    words = _CHINESE if _HAN.search(text, start, end) else _ENGLISH
    for match in words.finditer(text, start, end):
        is_vague = match.lastgroup in _VAGUE
        if vague or not is_vague:
            by = _KINDS[match.lastgroup or "other"]
            found = Speaker(by=by, span=Span(*match.span()), is_vague=is_vague)
    for name, by in names.items():
        place = text.rfind(name, start, end)
        if place < 0:
            continue
        office = _OFFICE_AFTER.match(text, place + len(name), end)
        stop = office.end() if office else place + len(name)
        if found is None or stop >= found.span.end:
            found = Speaker(by=by, span=Span(place, stop))
    return found


def kinds_of_names(merchants: Iterable[Merchant]) -> dict[str, ReplyBy]:
    """Say of every known name, in its normalised spelling, what kind of party bears it."""
    return {
        normalise(name).text: _kind_of_sector(merchant.sector)
        for merchant in merchants
        for name in (merchant.name, *merchant.aliases, *merchant.given_only)
    }


def _kind_of_sector(sector: str | None) -> ReplyBy:
    if sector in _PLATFORM_SECTORS:
        return "platform"
    return "bank" if sector in _BANK_SECTORS else "merchant"

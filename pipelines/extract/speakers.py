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
_SPEAKER = re.compile(
    r"(?P<jury>小法庭|small court)|(?P<regulator>市场监[督管]\w{0,4}局?|市监局?|监管部门"
    "|消协|消费者(?:权益保护)?(?:协会|委员会)|消委会?|12315|12345"
    "|工商局?|文化和旅游局|文旅局|银保监局?|金融监管局|通信管理局|主管部门|相关部门"
    "|有关部门|住建局|教育局|街道办"
    r"|\b(?:the )?(?:cfpb|bbb|ftc|fcc|ombudsman|regulator|attorney general)\b)"
    r"|(?P<court>法院|法官|仲裁委|\bcourt\b|\bjudge\b)"
    r"|(?P<police>警方|民警|派出所|公安局?|经侦|\bpolice\b|\bofficers?\b)"
    "|(?P<merchant>(?:商家|卖家|店铺|店家|门店|酒店|物业|学校|商户|厂家|品牌)(?:的)?(?:客服"
    "|方面|方|工作人员|人员)?"
    "|店主|老板|经销商|4s店|开发商|中介|房东|机构|培训班|校方|院方|医院|销售(?:员|人员)?"
    "|售后|主播|公司(?:客服|方面|人员)?"
    r"|快递(?:员|公司)?|航空公司|催收(?:人员|员|方)?|代理商?"
    r"|\b(?:the |this |their )?(?:seller|merchant|store|shop|vendor|landlord|dealer(?:ship)?|hotel"
    r"|airline|retailer|lender|servicer|collector|company|streamer|manager|owner|courier|school"
    r"|contractor|bureau|agency|equifax|experian|transunion)\b)"
    r"|(?P<bank>(?:银行|信用卡中心|发卡行)(?:客服|方面|方|工作人员|人员)?|\b(?:the "
    r"|my )?(?:credit union|bank)\b)"
    rf"|(?P<platform>(?:平台|官方|运营方|支付机构){_OFFICE}|(?:app|网站)(?:客服|官方|方面"
    rf"|方)|(?:人工)?客服(?:人员|专员|经理|小姐|部门?|代表)?"
    r"|工作人员|专员|接线员|话务员|\b(?:the )?(?:platform|exchange|marketplace)\b"
    r"|\b(?:the |their |its )?(?:customer (?:service|support|care)|support(?: team)?"
    r"|service (?:agent|rep)|help ?desk|agents?|staff|reps?|representatives?)\b)"
    r"|(?P<other>对方|\b(?:they|he|she|the other (?:side|party))\b)"
)
_OFFICE_AFTER = re.compile(_OFFICE)


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
    """Somebody who may answer, and where a text names them. `other` is a mere pronoun."""

    by: ReplyBy
    span: Span


def last_speaker(
    text: str, start: int, end: int, names: Mapping[str, ReplyBy], *, pronouns: bool = True
) -> Speaker | None:
    """Give the last party that a piece of text names, None where it names none.

    >>> last_speaker("我打电话给商家客服,对方", 0, 9, {})
    Speaker(by='merchant', span=Span(start=5, end=9))
    >>> last_speaker("某手客服", 0, 4, {"某手": "platform"})
    Speaker(by='platform', span=Span(start=0, end=4))
    """
    found = None
    for match in _SPEAKER.finditer(text, start, end):
        if pronouns or match["other"] is None:
            found = Speaker(by=_kind(match), span=Span(*match.span()))
    for name, by in names.items():
        place = text.rfind(name, start, end)
        if place < 0:
            continue
        office = _OFFICE_AFTER.match(text, place + len(name), end)
        stop = office.end() if office else place + len(name)
        if found is None or stop >= found.span.end:
            found = Speaker(by=by, span=Span(place, stop))
    return found


def _kind(match: re.Match[str]) -> ReplyBy:
    kinds: dict[str, ReplyBy] = {
        "regulator": "regulator",
        "court": "court",
        "police": "police",
        "merchant": "merchant",
        "bank": "bank",
        "platform": "platform",
        "jury": "platform",
    }
    return kinds.get(match.lastgroup or "", "other")


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

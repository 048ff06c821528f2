"""What a report says of the one to whom a case happened: the part they played, and where from.

In: the passages of one case in a normalised text. Out: role and region. Out of scope: what
happened (`pipelines.reading`).

A report speaks in the third person, so "the buyer" in it is mostly the other side: what the
person did first decides, then whom they had to do with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.cases.tracking import ToldCase
from pipelines.extract.regions import find_region, region_beside
from pipelines.records import Protagonist, Role, Span

_SELLS = re.compile(
    r"(?:出售|卖|转卖|转让|售卖|挂|上架|发布|出掉|寄卖|变卖)(?:了|出|掉|在|到|上|自己|一|闲置|二手|的|其)"
    r"|(?:闲置|二手)[^,。]{0,12}(?:挂|卖|出售|转让)|(?:作为|是)(?:一名)?卖家"
    r"|\b(?:sold|selling|sells|to sell|listed|hung|put up|advertised|posted an ad)\b(?! out)"
    r"|\b(?:put (?:an? |her |his |their |some )[^.;]{0,40}? (?:on|up)\b"
    r"|release[sd]? an? [^.;]{0,60}(?:product|item|card|listing)"
    r"|(?:her|his|their) (?:own )?(?:idle|unused|used|old|second-?hand)\b"
    r"|(?:put|posted) [^.;]{0,30} for sale)"
)
_BUYS = re.compile(
    r"购买|买了|买到|买下|买入|网购|下单|订购|预订|订了|购得|购入|抢购|报名|租了|选购|淘了|想买"
    r"|办(?:理)?了?[^,。]{0,6}卡|花(?:了|费)?[^,。;]{0,8}[元块]"
    r"|\b(?:buy|buys|bought|purchas(?:e|ed|ing)|ordered|place[sd]? an order|placed the order"
    r"|booked|rented|pre-?ordered|signed up|enrolled|paid for)\b|\bpaid [$€£¥\d]"
)
_TIPS = re.compile(
    r"打赏|刷(?:了)?(?:礼物|[\d一二三几])|送礼物|\b(?:tipp(?:ed|ing)|sent gifts|virtual gifts)\b"
)
_USES = re.compile(
    r"账号|账户|帐号|钱包|余额|提现|充值|会员|贷款|信用卡|银行卡|理财|投资|转账|汇款"
    r"|\b(?:account|wallet|app|card|loan|balance|withdr\w+|deposit\w*|bank|transfer\w*|invest\w*)\b"
)
_CHILD = re.compile(
    r"女儿|儿子|孩子|孙子|孙女|外甥|侄子|\b(?:son|daughter|child|kid|grandson|granddaughter)\b"
)
_BUYER = re.compile(r"(?<![些多数])买家(?!们)|买方|\b(?:the|a|this) buyer\b")
_SELLER = re.compile(
    r"卖家|商家|店家|店铺|店主|\b(?:the|a|this) (?:seller|merchant|shop|store|vendor)\b"
)
_PART = re.compile(r"(?:(?P<seller>卖家|\bseller,? )|(?:买家|\bbuyer,? ))[^\u3400-\u9fff\w]{0,2}$")
_ACT_OUTWEIGHS = 3
"""Mentions of the other side that what the person did counts for."""


def describe(text: str, case: ToldCase, is_minor: bool) -> Protagonist:
    """Describe the person of one case of a normalised text."""
    told = "\n".join(text[start:end] for start, end in case.passages)
    return Protagonist(
        label=case.label,
        role=_called(text, case.mentions) or role_told(told, is_minor),
        region=_region(text, case.mentions) or find_region(None, told),
    )


def other_side(text: str, passages: Iterable[Span], role: Role) -> Span | None:
    """Give the first mention of a buyer's seller, or of a seller's buyer; None without one."""
    if role not in ("buyer", "seller"):
        return None
    pattern = _SELLER if role == "buyer" else _BUYER
    matches = (pattern.search(text, *passage) for passage in passages)
    return next((Span(*match.span()) for match in matches if match), None)


def role_told(told: str, is_minor: bool) -> Role:
    """Say what part a person played of whom others tell.

    >>> role_told("她在二手平台挂了一张卡,买家拍下后未付款", False)
    'seller'
    >>> role_told("he bought a card, but the seller said the buyer was to blame", False)
    'buyer'
    """
    if is_minor and _CHILD.search(told):
        return "guardian"
    sells, buys = _SELLS.search(told), _BUYS.search(told)
    selling = len(_BUYER.findall(told))
    buying = len(_SELLER.findall(told))
    if sells and (not buys or sells.start() < buys.start()):
        selling += _ACT_OUTWEIGHS
    elif buys:
        buying += _ACT_OUTWEIGHS
    if max(selling, buying) > 0:
        if _TIPS.search(told) and not buys and not sells:
            return "viewer"
        return "seller" if selling > buying else "buyer"
    if _TIPS.search(told):
        return "viewer"
    return "user" if _USES.search(told) else "other"


def _called(text: str, mentions: Iterable[Span]) -> Role | None:
    """Give the part that the text itself names right before the person."""
    for start, _ in mentions:
        called = _PART.search(text, max(0, start - 12), start)
        if called:
            return "seller" if called["seller"] else "buyer"
    return None


def _region(text: str, mentions: Iterable[Span]) -> str | None:
    """Name the region that first stands beside the person."""
    return next(filter(None, (region_beside(text, mention) for mention in mentions)), None)

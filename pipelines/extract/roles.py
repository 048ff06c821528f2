"""What part the complainant played.

In: a normalised text and whether a child's act is disputed. Out: one of the roles of the
contract. Out of scope: the roles of everybody else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.records import Role

_LATIN = re.compile("[a-z][a-z]{2}")


class _Sign(NamedTuple):
    """What tells a role in Chinese and in English, of which a text must hold a hint."""

    role: Role
    chinese: re.Pattern[str]
    english: re.Pattern[str]
    english_hints: tuple[str, ...]


_SIGNS = (
    _Sign(
        "seller",
        re.compile(
            r"我是卖家|作为卖家|我[^,。!?\n]{0,6}(?:卖|出)(?:了|的|给|一|闲)"
            r"|买家(?:拍下|收到|退|说|申请|恶意|没付|未付)|退货.{0,8}(?:掉包|调包)|我(?:的)?店铺"
        ),
        re.compile(r"\bi (?:sold|was selling)\b|\bthe buyer\b|\bas a seller\b|\bmy store\b"),
        ("i sold", "i was selling", "the buyer", "as a seller", "my store"),
    ),
    _Sign(
        "viewer",
        re.compile("打赏|刷礼物|送礼物|直播间"),
        re.compile(r"\b(?:streamer|live ?stream|tipped|sent gifts)\b"),
        ("stream", "tipped", "sent gifts"),
    ),
    _Sign(
        "buyer",
        re.compile("购买|买了|办卡|办了|下单|拍下|付款|订单|商家|卖家|网购|收到货|发货|预订|订了"),
        re.compile(r"\b(?:bought|purchas\w+|ordered|order|seller|merchant|paid for)\b"),
        ("bought", "purchas", "order", "seller", "merchant", "paid for"),
    ),
    _Sign(
        "user",
        re.compile("账号|账户|帐号|钱包|余额|提现|充值|会员|贷款|信用卡|银行卡|用户"),
        re.compile(r"\b(?:account|wallet|app|card|loan|balance|withdraw\w*|deposit\w*|bank)\b"),
        ("account", "wallet", "app", "card", "loan", "balance", "withdraw", "deposit", "bank"),
    ),
)
"""The first role that is told counts."""


def find_role(text: str, is_minor: bool) -> Role:
    """Say what part the complainant played, as far as the wording shows.

    >>> find_role("买家拍下后说没付款", False), find_role("女儿给主播打赏", True)
    ('seller', 'guardian')
    """
    if is_minor:
        return "guardian"
    has_han, has_latin = not text.isascii(), _LATIN.search(text) is not None
    for role, chinese, english, hints in _SIGNS:
        if has_han and chinese.search(text):
            return role
        if has_latin and any(map(text.__contains__, hints)) and english.search(text):
            return role
    return "other"

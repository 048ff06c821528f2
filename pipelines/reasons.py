"""One plain sentence, in Chinese and in English, that says why a group is proposed.

In: the counted facts of a group. Out: two sentences in neutral words: who many,
since when, how many were to be expected, what is alleged, what proof there is,
whether there was a reply, and what was discounted. Out of scope: names of
people, and any judgement of whether an allegation is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

DiscountReason = Literal[
    "copied_wording", "copied_campaign", "brigade", "frequent_account", "same_person"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """Why the size of a group may mislead: the reason, and the complaints that it concerns.

    `share` is 0 to 1. Of accounts that write very often: how many there are among the members,
    and of the one that wrote most, its complaints that ask for compensation, the merchants that
    they are against, and the days they lie in. None for the other reasons.
    """

    reason: DiscountReason
    complaints: int
    share: float
    accounts: int | None = None
    account_complaints: int | None = None
    account_merchants: int | None = None
    account_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the sentence may say. None means unknown and is said or left out as such.

    `alleging` of `complaints` carry the label; `label_zh` and `label_en` are None
    for a group held together by its topic alone. `repliable` complaints come from
    sources that record replies; `undated` ones are not among those of the window. Of
    the `possible` people, members tell of `told`, and `reached` name nobody but quote
    the same contact. Of `discounts` the first is said.
    """

    subject: str | None
    label_zh: str | None
    label_en: str | None
    terms: tuple[str, ...]
    complaints: int
    alleging: int
    certain: int
    possible: int
    window: tuple[date, date] | None
    expected: float | None
    payment_proofs: int
    replied: int
    repliable: int
    discounts: tuple[Discount, ...] = ()
    told: int = 0
    reached: int = 0
    undated: int = 0


_DISCOUNT_ZH = {
    "copied_wording": "其中{share}与他件文字相同或相近，排序时已打折",
    "copied_campaign": "其中{share}在数日内由不同或未知的账号以几乎相同的文字发出，排序时已打折",
    "brigade": "其中{share}在数日内由未投诉过他家的账号以相近的文字发出，排序时已打折",
    "same_person": "其中{complaints}件是已计入者再次投诉，每人只计一次",
}
_DISCOUNT_EN = {
    "copied_wording": "{share} share their wording with another and are discounted",
    "copied_campaign": (
        "{share} came within days from different or unknown accounts in nearly one wording "
        "and are discounted"
    ),
    "brigade": (
        "{share} came within days in like words from accounts that complained of nobody "
        "else and are discounted"
    ),
    "same_person": "{complaints} are further complaints of people who count once each",
}


def reason_zh(facts: Facts) -> str:
    """Say in Chinese why the group is proposed.

    >>> reason_zh(Facts(subject="星河卡盟", label_zh="卡密已被使用", label_en="Used code",
    ...     terms=("卡密", "已使用"), complaints=15, alleging=13, certain=12, possible=14,
    ...     window=(date(2026, 3, 1), date(2026, 3, 21)), expected=2.1, payment_proofs=11,
    ...     replied=0, repliable=15))
    '12至14名投诉人在21天内投诉星河卡盟（预期2.1件），15件中13件指称“卡密已被使用”，多提到卡密、已使用；11件提到付款记录；对方未回复任何一件。'
    """
    people = f"{_interval(facts, '至')}名投诉人"
    subject = facts.subject or "未具名对象"
    when = f"在{_days(facts.window)}天内" if facts.window else ""
    expected = f"（预期{_few(facts.expected)}件）" if facts.expected is not None else ""
    parts = [f"{people}{when}投诉{subject}{expected}，{_matter_zh(facts)}"]
    if facts.window is None:
        parts.append("日期不足，无法与平时比较")
    elif facts.undated:
        parts.append(f"另有{facts.undated}件没有日期")
    if facts.payment_proofs:
        parts.append(f"{facts.payment_proofs}件提到付款记录")
    if facts.repliable:
        parts.append(_replies_zh(facts))
    parts += _beyond_zh(facts)
    parts += [_discount_zh(one) for one in facts.discounts[:1]]
    return "；".join(parts) + "。"


def reason_en(facts: Facts) -> str:
    """Say in English why the group is proposed.

    >>> facts = Facts(subject="Acme", label_zh=None, label_en=None, terms=("lift", "broken"),
    ...     complaints=3, alleging=0, certain=3, possible=3, window=None, expected=None,
    ...     payment_proofs=0, replied=1, repliable=2)
    >>> print(reason_en(facts).split(";")[0])
    3 complainants about Acme: all tell of lift, broken
    """
    people = f"{_interval(facts, ' to ')} complainants"
    subject = facts.subject or "an unnamed respondent"
    when = f" in {_counted_days(_days(facts.window))}" if facts.window else ""
    expected = f" (expected {_few(facts.expected)})" if facts.expected is not None else ""
    parts = [f"{people} about {subject}{when}{expected}: {_matter_en(facts)}"]
    if facts.window is None:
        parts.append("too few dates to compare with usual weeks")
    elif facts.undated:
        parts.append(f"{facts.undated} of them without a date")
    if facts.payment_proofs:
        speak = "speaks" if facts.payment_proofs == 1 else "speak"
        parts.append(f"{facts.payment_proofs} {speak} of payment records")
    if facts.repliable:
        parts.append(_replies_en(facts))
    parts += _beyond_en(facts)
    parts += [_discount_en(one) for one in facts.discounts[:1]]
    return "; ".join(parts) + "."


def _interval(facts: Facts, between: str) -> str:
    if facts.certain == facts.possible:
        return str(facts.possible)
    return f"{facts.certain}{between}{facts.possible}"


def _few(expected: float) -> str:
    """Write an expected count; what is next to nothing is not written as zero."""
    return f"{expected:.1f}" if expected >= 0.05 else "<0.1"


def _days(window: tuple[date, date]) -> int:
    return (window[1] - window[0]).days + 1


def _counted_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _matter_zh(facts: Facts) -> str:
    terms = "、".join(facts.terms[:4])
    if facts.label_zh is None:
        return f"说的是同一件事：{terms}" if terms else "说的是同一件事"
    told = f"{facts.complaints}件中{facts.alleging}件指称“{facts.label_zh}”"
    return f"{told}，多提到{terms}" if terms else told


def _matter_en(facts: Facts) -> str:
    terms = ", ".join(facts.terms[:4])
    if facts.label_en is None:
        return f"all tell of {terms or 'one matter'}"
    told = f"{facts.alleging} of {facts.complaints} complaints allege '{facts.label_en}'"
    return f"{told}, most with the words {terms}" if terms else told


def _replies_zh(facts: Facts) -> str:
    if not facts.replied:
        return "对方未回复任何一件"
    return f"{facts.repliable}件中{facts.replied}件有回复"


def _replies_en(facts: Facts) -> str:
    if not facts.replied:
        return "none have a reply"
    has = "has" if facts.replied == 1 else "have"
    return f"{facts.replied} of {facts.repliable} {has} a reply"


def _beyond_zh(facts: Facts) -> list[str]:
    told = [f"投诉人转述的{facts.told}人"] if facts.told else []
    reached = [f"未写明对方、但写有同一联系方式的{facts.reached}名投诉人"] if facts.reached else []
    return [f"人数上限另含{'和'.join([*told, *reached])}"] if told or reached else []


def _beyond_en(facts: Facts) -> list[str]:
    told = [f"{facts.told} more of whom complainants tell"] if facts.told else []
    who = "1 who names nobody but quotes" if facts.reached == 1 else f"{facts.reached} who name"
    who += "" if facts.reached == 1 else " nobody but quote"
    reached = [f"{who} the same contact"] if facts.reached else []
    return [f"the upper figure counts {' and '.join([*told, *reached])}"] if told or reached else []


def _discount_zh(one: Discount) -> str:
    if one.reason != "frequent_account":
        return _DISCOUNT_ZH[one.reason].format(share=f"{one.share:.0%}", complaints=one.complaints)
    whose = "同一账号" if one.accounts == 1 else f"{one.accounts}个账号"
    most = "该账号" if one.accounts == 1 else "其中投诉最多的账号"
    return (
        f"其中{one.complaints}件来自{whose}：{most}在{one.account_days}天内"
        f"对{one.account_merchants}家商家提出{one.account_complaints}件要求赔偿的投诉，排序时已打折"
    )


def _discount_en(one: Discount) -> str:
    if one.reason != "frequent_account":
        return _DISCOUNT_EN[one.reason].format(share=f"{one.share:.0%}", complaints=one.complaints)
    comes = "comes" if one.complaints == 1 else "come"
    whose = "one account" if one.accounts == 1 else f"{one.accounts} accounts, one of them"
    return (
        f"{one.complaints} {comes} from {whose} behind {one.account_complaints} complaints "
        f"against {one.account_merchants} merchants that ask for compensation within "
        f"{_counted_days(one.account_days or 0)}, and count less in the order"
    )

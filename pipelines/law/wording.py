"""What tiers and deadlines say of themselves, in Chinese and in English.

In: the figures of a decision. Out: short neutral phrases. Out of scope: layout, and
labels of the law, which are data (`pipelines/taxonomy/law/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.law.model import Citation, State
from pipelines.records import GivenBy
from pipelines.taxonomy.model import Bilingual

_STATES = {
    "met": Bilingual(zh="有陈述支持", en="stated"),
    "not_met": Bilingual(zh="被否认", en="denied"),
    "unknown": Bilingual(zh="未知", en="not known"),
}

_VERDICTS = {
    "met": Bilingual(zh="已满足", en="met"),
    "not_met": Bilingual(zh="未满足", en="not met"),
    "unknown": Bilingual(zh="未知", en="not known"),
}

REST_DAY_UNKNOWN = Bilingual(
    zh="该年度放假安排未公布或未录入，到期日未知",
    en="the calendar of that year is not known, so the due day is not known",
)
PROMISE_START = Bilingual(zh="作出承诺", en="the promise was made")
START_UNKNOWN = Bilingual(zh="起算日未知", en="the day of the start is not known")
DONE_SOME_DAY = Bilingual(
    zh="已完成，日期未存，是否按期未知",
    en="done on a day that is not stored, so whether in time is not known",
)
PROMISERS: dict[GivenBy | None, Bilingual] = {
    None: Bilingual(zh="承诺方", en="who promised it"),
    "complainant": Bilingual(zh="投诉人", en="complainant"),
    "merchant": Bilingual(zh="商家", en="merchant"),
    "platform": Bilingual(zh="平台", en="platform"),
    "regulator": Bilingual(zh="监管部门", en="regulator"),
}
BY_THE_CLOCK = Bilingual(
    zh="按小时计算，只知道日期，不知道钟点", en="runs by the hour; only days are known, not times"
)
RULE_CHANGED = Bilingual(
    zh="起算后规定已修改，按起算日有效的规定计算；过渡规定未核实",
    en="the rule changed after the start; counted by the rule of the start, transition not checked",
)
UNVERIFIED = Bilingual(zh="凭记忆，未核实", en="from memory, unverified")


def say_condition(label: Bilingual, state: State) -> Bilingual:
    """Say how a fact stands.

    >>> say_condition(Bilingual(zh="初步证据", en="preliminary proof"), "unknown").en
    'preliminary proof: not known'
    """
    word = _STATES[state]
    return Bilingual(zh=f"{label.zh}：{word.zh}", en=f"{label.en}: {word.en}")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people count, and how many are needed; `possible` None: no upper end is known."""

    certain: int
    possible: int | None
    needed: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFact:
    """Of how many complaints a fact that people must share is not known, or denied."""

    label: Bilingual
    unknown: int
    denied: int


def say_people(counted: Counted, open_facts: Sequence[OpenFact] = ()) -> Bilingual:
    """Say how many people count, how many are needed, and what stands against the rest.

    >>> say_people(Counted(4, 12, 10, "unknown")).en
    '4 to 12 people count, 10 needed: not known'
    >>> operator = Bilingual(zh="同一经营者", en="same operator")
    >>> left = [OpenFact(label=operator, unknown=3, denied=1)]
    >>> say_people(Counted(1, 4, 2, "unknown"), left).zh
    '至少1人、至多4人，需2人：未知；同一经营者：3件未说明，1件不同'
    """
    verdict = _VERDICTS[counted.state]
    who, needed = _say_interval(counted.certain, counted.possible), counted.needed
    left = [_say_open(one) for one in open_facts if one.unknown or one.denied]
    return Bilingual(
        zh="；".join([f"{who.zh}，需{needed}人：{verdict.zh}", *(one.zh for one in left)]),
        en="; ".join([f"{who.en}, {needed} needed: {verdict.en}", *(one.en for one in left)]),
    )


def _say_interval(certain: int, possible: int | None) -> Bilingual:
    if possible is None:
        return Bilingual(zh=f"至少{certain}人，上限未知", en=f"{certain} people or more count")
    if certain == possible:
        return Bilingual(
            zh=f"{certain}人", en="1 person counts" if certain == 1 else f"{certain} people count"
        )
    return Bilingual(
        zh=f"至少{certain}人、至多{possible}人", en=f"{certain} to {possible} people count"
    )


def _say_open(fact: OpenFact) -> Bilingual:
    """Say of how many complaints a fact is not known, or denied."""
    zh = [f"{fact.unknown}件未说明"] if fact.unknown else []
    en = [f"not said in {fact.unknown}"] if fact.unknown else []
    if fact.denied:
        zh.append(f"{fact.denied}件不同")
        en.append(f"different in {fact.denied}")
    return Bilingual(zh=f"{fact.label.zh}：{'，'.join(zh)}", en=f"{fact.label.en}: {', '.join(en)}")


def say_no_rule(day: date) -> Bilingual:
    """Say that no rule is known to be in force on a day."""
    return Bilingual(
        zh=f"{day.isoformat()}有效的规定未知", en=f"no rule is known to be in force on {day}"
    )


def say_not_seen(rule: Citation) -> Bilingual:
    """Say that the wording in force was not read."""
    return Bilingual(
        zh=f"{rule.text.label.zh}：条文未见，数值未知",
        en=f"{rule.text.label.en}: wording not seen, figures not known",
    )


def caveats(rule: Citation) -> tuple[Bilingual, ...]:
    """List what must be said beside a rule: superseded, unverified, or what the text notes."""
    found = [rule.text.caveat] if rule.text.caveat else []
    deciding = rule.older if rule.standing == "older_text" and rule.older else rule
    if deciding.text.caveat:
        found.append(deciding.text.caveat)
    if deciding.standing == "from_memory" and not deciding.text.caveat:
        found.append(UNVERIFIED)
    return tuple(dict.fromkeys(found))

"""What tiers and deadlines say of themselves, in Chinese and in English.

In: the figures of a decision. Out: short neutral phrases. Out of scope: layout, and
labels of the law, which are data (`pipelines/taxonomy/law/`).
"""

from __future__ import annotations

from datetime import date

from pipelines.law.model import Citation, State
from pipelines.taxonomy.model import Bilingual

_STATES = {
    "met": Bilingual(zh="有陈述支持", en="stated"),
    "not_met": Bilingual(zh="被否认", en="denied"),
    "unknown": Bilingual(zh="未知", en="not known"),
}

REST_DAY_UNKNOWN = Bilingual(
    zh="该年度放假安排未公布或未录入，到期日未知",
    en="the calendar of that year is not known, so the due day is not known",
)
START_UNKNOWN = Bilingual(zh="起算日未知", en="the day of the start is not known")
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


def say_people(certain: int, possible: int | None, needed: int, state: State) -> Bilingual:
    """Say how many people count, and how many are needed.

    >>> say_people(4, 12, 10, "unknown").en
    '4 to 12 people count, 10 needed: not known'
    """
    verdict = {
        "met": Bilingual(zh="已满足", en="met"),
        "not_met": Bilingual(zh="未满足", en="not met"),
        "unknown": Bilingual(zh="未知", en="not known"),
    }[state]
    if possible is None:
        return Bilingual(
            zh=f"至少{certain}人，上限未知，需{needed}人：{verdict.zh}",
            en=f"{certain} people or more count, {needed} needed: {verdict.en}",
        )
    return Bilingual(
        zh=f"至少{certain}人、至多{possible}人，需{needed}人：{verdict.zh}",
        en=f"{certain} to {possible} people count, {needed} needed: {verdict.en}",
    )


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

"""Deadlines that a respondent or platform has promised, or that its terms name.

In: a normalised text. Out: the promises in order: what is to happen, within which time, and
the passage. Out of scope: when the time has run out (that needs the day it began), how long
somebody has waited, and deadlines that the complainant sets.

A promise of 3 to 5 days is one of 5; a week is 7 days, half a month 15.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipelines.extract.numerals import parse_number
from pipelines.records import Promise, PromisedThing, PromiseUnit, Span

_HINTS_ZH = ("内", "工作")
_HINTS_EN = (" hour", " day", " week", " month")
_FIGURE = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_TIME_ZH = re.compile(
    rf"(?<![\d.])(?:{_FIGURE} ?[-~到至、] ?)?(?P<number>{_FIGURE}) ?个?"
    "(?:(?P<working>工作日|工作天)(?:之|以)?(?:内|左右)?"
    "|(?P<unit>小时|钟头|自然日|日历日|天|日|星期|礼拜|周|月)(?:之|以)?内)"
)
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|thirty)"
_TIME_EN = re.compile(
    rf"\b(?:(?:within|in|up to|takes?) (?:the next |about |around "
    rf"|approximately )?(?:{_COUNT} ?(?:-|to|or) ?)?"
    rf"(?P<number>{_COUNT}) (?P<unit>(?:business |working |calendar )?(?:hour|day|week|month)s?)\b"
    rf"|(?:{_COUNT} ?(?:-|to|or) ?)?(?P<number_bare>{_COUNT}) (?P<unit_bare>(?:business"
    rf"|working) days?)\b)"
)
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "thirty": 30,
}  # fmt: skip
_REACH = 24
"""Code points around a time in which it is said what is to happen; twice as many in English."""

_MOST_TIMES = 1_000
"""Times looked at in one text: no account holds as many."""

_OF_MONEY = frozenset({"delivery", "solution"})
"""Things that are a refund where the clause speaks of one: money arrives, and is handled."""

_REFUND = re.compile("退款|退费|退钱|\\brefund")

_CLOSE = 10
"""Code points within which a mere handling is that of a thing named after it."""

_THINGS: tuple[tuple[PromisedThing, re.Pattern[str]], ...] = (
    (
        "review",
        re.compile("审核|审查|核实|核查|复核|审批|调查|\\b(?:review|verif|investigat|assess)"),
    ),
    (
        "refund",
        re.compile(
            "退款|退还|退回|退费|退钱|到账|返还|打款|原路|赔付|赔偿|\\b(?:refund|credit|reimburs"
            "|money back|paid back|payout|posted)"
        ),
    ),
    (
        "delivery",
        re.compile(
            "发货|送达|送到|寄出|配送|交付|到货|出票|发放|\\b(?:deliver|ship|dispatch|arriv"
            "|sent out)"
        ),
    ),
    ("repair", re.compile("维修|修好|更换|换货|补发|\\b(?:repair|replac|fixed)")),
    (
        "reply",
        re.compile(
            "回复|答复|反馈|联系|回电|回访|告知|给我电话|通知|\\b(?:repl|respon|answer|call"
            "|contact|get back|hear|email)"
        ),
    ),
    (
        "solution",
        re.compile(
            "处理|解决|完成|办理|解冻|解封|生效|恢复|\\b(?:resolv|process|complet|solv|unlock"
            "|restor|handl|clear|available)"
        ),
    ),
)
_SET_BY_COMPLAINANT = re.compile(
    "(?:希望|(?<!客服)(?<!平台)(?<!商家)要求|请求|恳请|请(?!耐心|您|你|稍)|限(?:你|其|期|商"
    "|平)|(?<![答回反供效对])应当?|必须|务必|请贵|否则|如果|我要|强烈)[^,。!?;]{0,16}$"
    "|(?:购买|付款|下单|签收|收货|收到|发现问题|入住|使用|短短|已经?|过去|不到|近|仅|才|用户"
    "|消费者|请在|您(?:需|可|应)|凭)[^,。!?;]{0,8}$|前$"
    r"|\b(?:want|demand|expect|please|must|should|hope|ask (?:you|them|that)|if (?:i|you)"
    "|i (?:was|had|have|must|need)"
    r"|you (?:must|need|have)|have to|happened|purchas\w+|bought|after|waited|waiting|never"
    "|nobody|not|no"
    r"|once|times|called|i contact\w*|try)\b[^.;!?]{0,40}$|n't [^.;!?]{0,30}$"
)
_DONE = re.compile(
    "[^,。!?;]{0,2}(?:过去|过了|才|都没|也没|没有?人?)|[^,。!?;]{0,4}(?:审核|退款|退还|回复"
    "|处理|解决|发货|到账|联系|反馈|完成)了"
    r"|[^.;!?,]{0,12}\b(?:i (?:called|contacted|received|got)|it (?:broke|stopped|failed)"
    "|of (?:purchase|receiving|receipt|buying))"
)
_CLAUSE_END = re.compile(r"[。!?;\n]|[.](?= |$)")


def find_promises(text: str) -> tuple[Promise, ...]:
    """List the promised deadlines of a normalised text, in order.

    >>> [(one.what, one.value, one.unit) for one in find_promises(
    ...     "客服说48小时内完成审核,预计3-5个工作日退款。我要求3天内答复。")]
    [('review', 48, 'hours'), ('refund', 5, 'working_days')]
    """
    return tuple(_promises(text))


def _promises(text: str) -> Iterator[Promise]:
    """Go through the times in order of the text."""
    found = [
        match
        for times, hints in ((_TIME_ZH, _HINTS_ZH), (_TIME_EN, _HINTS_EN))
        if any(hint in text for hint in hints)
        for match in islice(times.finditer(text), _MOST_TIMES)
    ]
    for match in sorted(found, key=lambda one: one.start()):
        reach = _REACH if "unit_bare" not in match.re.groupindex else 2 * _REACH
        before = _CLAUSE_END.split(text[max(match.start() - reach, 0) : match.start()])[-1]
        if _SET_BY_COMPLAINANT.search(before) or _DONE.match(text, match.end()):
            continue
        after = _CLAUSE_END.split(text[match.end() : match.end() + reach])[0]
        thing = _thing(before, after)
        time = _time(match)
        if thing is None or time is None:
            continue
        what, start, end = thing
        if what in _OF_MONEY and _REFUND.search(before + after):
            what = "refund"
        span = Span(match.start() - start, match.end() + end)
        yield Promise(what=what, value=time[0], unit=time[1], span=span)


def _thing(before: str, after: str) -> tuple[PromisedThing, int, int] | None:
    """Say what is to happen, and how far before or after the time that is said.

    What follows the time comes first; of two things the nearer one, but a mere handling
    (完成审核) gives way to what is handled.
    """
    following = [
        (found.start(), what, found.end())
        for what, words in _THINGS
        if (found := words.search(after))
    ]
    if following:
        close = [one for one in following if one[0] <= min(following)[0] + _CLOSE]
        what, end = min((what == "solution", start, what, end) for start, what, end in close)[2:]
        return what, 0, end
    earlier = [
        (len(before) - last[-1].start(), what)
        for what, words in _THINGS
        if (last := list(words.finditer(before)))
    ]
    if not earlier:
        return None
    distance, what = min(earlier)
    return what, distance, 0


def _time(match: re.Match[str]) -> tuple[int, PromiseUnit] | None:
    """Read the number and the unit of a time; None for no time at all."""
    groups = match.groupdict()
    number = groups["number"] or groups.get("number_bare") or ""
    unit = groups["unit"] or groups.get("unit_bare") or groups.get("working") or ""
    if number == "半":
        return (15, "days") if unit == "月" else None
    value = _WORDS.get(number) or int(parse_number(number) or 0)
    if not value:
        return None
    if unit.startswith(("工作", "business", "working")):
        return value, "working_days"
    if unit.startswith(("小时", "钟头", "hour")):
        return value, "hours"
    if unit.startswith(("星期", "礼拜", "周", "week")):
        return 7 * value, "days"
    return value, "months" if unit.startswith(("月", "month")) else "days"

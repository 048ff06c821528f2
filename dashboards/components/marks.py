"""Marks of the law: how a tier stands, the rule behind it, the next deadline.

In: rows of tiers and deadlines. Out: HTML or text. Met, not met and unknown never look alike:
a full disc, a ring with a bar, a dotted ring, and always the word beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from dashboards.components import figures
from dashboards.words import Words

Row = Mapping[str, Any]


def tier_marks(words: Words, tiers: Iterable[Row]) -> str:
    """Give the tiers in one line of HTML, each with its mark.

    >>> shown = tier_marks(Words("en"), [{"label_en": "joint complaint", "state": "met"}])
    >>> shown.startswith("<span>Joint complaint "), shown.endswith("met</b></span>")
    (True, True)
    """
    return "".join(
        f"<span>{escape(beginning(words.of(dict(tier), 'label')))} "
        f"{state_mark(words, tier['state'])}</span>"
        for tier in tiers
    )


def beginning(text: str) -> str:
    """Give words of the rulebook, which stand anywhere in a sentence, as they begin one.

    >>> beginning("joint complaint"), beginning("US class action")
    ('Joint complaint', 'US class action')
    """
    return text[:1].upper() + text[1:]


def state_mark(words: Words, state: str) -> str:
    """Give the mark of a state as HTML, with its word."""
    word = escape(words(f"state_{state}"))
    mark = f'<i class="zs-state zs-state-{escape(state)}"></i>'
    return f'<b class="zs-standing">{mark}{word}</b>'


def next_deadline(words: Words, deadline: Row) -> str:
    """Say when the next deadline is, and what it is.

    >>> from datetime import date
    >>> due = {"due_date": date(2026, 4, 5), "days_left": 20, "label_en": "promised refund"}
    >>> next_deadline(Words("en"), due)
    'Next deadline 5 Apr 2026, 20 days left: promised refund'
    """
    label = words.of(dict(deadline), "label")
    if deadline["due_date"] is None:
        earliest = figures.day(words, deadline["due_not_before_date"])
        return words("deadline_next_undated", date=earliest, label=label)
    due = figures.day(words, deadline["due_date"])
    return words("deadline_next", date=due, left=deadline["days_left"], label=label)


def rule_line(words: Words, rule: Row) -> str:
    """Give a rule with its article and the days it is in force.

    >>> rule_line(Words("zh"), {"name_zh": "民法典", "article": "19, 20", "jurisdiction": "CN",
    ...                         "first_day": None, "last_day": None})
    '民法典第19、20条'
    """
    name = words.of(dict(rule), "name")
    article = rule["article"]
    if article is not None:
        form = "article_cn" if rule["jurisdiction"] == "CN" else "article_other"
        name = words(form, name=name, article=article.replace(", ", words("comma")))
    return " · ".join(filter(None, [name, _in_force(words, rule)]))


def _in_force(words: Words, rule: Row) -> str:
    first, last = (
        None if day is None else figures.day(words, day)
        for day in (rule["first_day"], rule["last_day"])
    )
    if first and last:
        return words("in_force_between", first=first, last=last)
    if first:
        return words("in_force_since", first=first)
    return words("in_force_until", last=last) if last else ""

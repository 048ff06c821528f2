"""Numbers in words: people as an interval, sums of money, dates, ages, tables.

In: plain values, where None means unknown. Out: text or HTML. Zero, unknown and
missing never look alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import escape
from typing import Any

from dashboards.words import Words

UNKNOWN = "◌"
_SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}


def people(words: Words, low: int, high: int) -> str:
    """Give the number of distinct people: one number when both ends agree."""
    if low != high:
        return words("people_interval", low=f"{low:,}", high=f"{high:,}")
    return words("people_one") if low == 1 else words("people_exact", n=f"{low:,}")


def money(value: Decimal | None, currency: str | None) -> str:
    """Give a sum with its currency; never converted, and an open circle when unknown."""
    if value is None or currency is None:
        return UNKNOWN
    digits = 0 if value == value.to_integral_value() else 2
    return f"{_SYMBOLS.get(currency, currency + ' ')}{value:,.{digits}f}"


def day(words: Words, value: date | None) -> str:
    """Give a date as people write it; an open circle when unknown."""
    if value is None:
        return UNKNOWN
    if words.language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%b %Y}"


def window(words: Words, first: date | None, last: date | None) -> str:
    """Give a window with its length in days, or say that it is undated."""
    if first is None or last is None:
        return words("undated")
    length = words("days_long", n=(last - first).days + 1)
    return f"{span(words, first, last)} · {length}"


def span(words: Words, first: date, last: date) -> str:
    """Give two dates as a span; one when they are the same."""
    return day(words, first) if first == last else f"{day(words, first)} – {day(words, last)}"


def age(words: Words, span: timedelta) -> str:
    """Give how long ago something was, in the largest sensible unit."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 90:
        return words("age_minutes", n=max(minutes, 0))
    if minutes < 48 * 60:
        return words("age_hours", n=minutes // 60)
    return words("age_days", n=minutes // (24 * 60))


def moment(value: datetime | None) -> str:
    """Give a time to the minute, in UTC; an open circle when unknown."""
    return UNKNOWN if value is None else f"{value:%Y-%m-%d %H:%M}"


def expected(words: Words, value: float | None) -> str:
    """Give an expected count, or say that it is unknown."""
    if value is None:
        return words("expected_unknown")
    return words("expected", n=f"{value:.1f}" if value >= 0.05 else "<0.1")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, and whether it holds numbers or long text."""

    heading: str
    is_number: bool = False
    is_wide: bool = False

    @property
    def style(self) -> str:
        """The class of its cells."""
        return "zs-number" if self.is_number else "zs-wide" if self.is_wide else ""


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that was made here and may go into a table as it is."""

    html: str


def failed(text: str) -> Markup:
    """Give text that stands out as failed."""
    return Markup(f'<span class="zs-failed">{escape(text)}</span>')


def table(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> str:
    """Give a table as HTML; every cell but `Markup` is escaped.

    Each cell carries its heading, which the style sheet shows on narrow screens,
    where a row is a block.

    >>> table([Column("a")], [["<b>"]]).count("&lt;b&gt;")
    1
    """
    head = "".join(f'<th class="{c.style}">{escape(c.heading)}</th>' for c in columns)
    body = "".join(
        "<tr>"
        + "".join(_cell(column, value) for column, value in zip(columns, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="zs-scroll"><table class="zs-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(column: Column, value: Any) -> str:
    if isinstance(value, Markup):
        shown = value.html
    elif value is None:
        shown = UNKNOWN
    elif isinstance(value, int) and not isinstance(value, bool):
        shown = f"{value:,}"
    else:
        shown = escape(str(value))
    return (
        f'<td class="{column.style}" data-label="{escape(column.heading)}"><div>{shown}</div></td>'
    )

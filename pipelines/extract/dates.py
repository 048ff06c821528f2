"""Dates as complaints write them.

In: a normalised text. Out: every date with its precision and place. Out of scope: telling
when a relative date was, and which of the dates is the one of the event.

A date without a year keeps the precision of what is written and has no value; one that
hangs on the day of writing (去年5月, last May, yesterday) is relative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipelines.extract.numerals import parse_number
from pipelines.extract.starts import matches_from
from pipelines.records import DateMention, DatePrecision, Span

_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_MONTH = (
    rf"(?<![\d.])(?:1[0-2]|0?[1-9]|{_HAN_NUMBER})月(?!饼|亮|经|薪|租|费|卡|息|供|底薪|球|嫂)份?"
)
_DAY = (
    rf" ?(?:(?:[12]\d|3[01]|0?[1-9]|{_HAN_NUMBER})[日号]|(?:[12]\d|3[01]|0?[1-9])(?![\d月个元.:]))"
)
_CHINESE = re.compile(
    r"(?P<year>(?<!\d)(?:19|20)\d{2}|(?<![\d一-龥])[〇零一二三四五六七八九]{4})年"
    rf"(?: ?(?P<month>{_MONTH})(?P<day>{_DAY})?)?"
    rf"|(?P<short_year>(?<!\d)\d{{2}})年 ?(?P<short_month>{_MONTH})(?P<short_day>{_DAY})?"
    rf"|(?P<relative>[去今前明当]年(?: ?{_MONTH}(?:{_DAY})?)?|[上下]个?月|[本当]月|这个月"
    r"|[上本下]周|[昨今明前][天日晚]|(?<!\d)(?:\d{1,3}|[一二两三四五六七八九十半几]{1,3})"
    r"(?:天|周|年|个多?(?:月|星期))多?以?前)"
    rf"|(?P<bare_month>{_MONTH})(?P<bare_day>{_DAY})?"
    r"|(?P<dotted>(?<![\d.])(?:1[0-2]|0?[1-9])[./](?:[12]\d|3[01]|0?[1-9])[日号])"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<year>(?:19|20)\d{2})(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])"
    r"(?P=mark)(?P<day>[12]\d|3[01]|0?[1-9])"
    r"|(?P<us_month>0?[1-9]|1[0-2])/(?P<us_day>[12]\d|3[01]|0?[1-9])/(?P<us_year>(?:19|20)?\d{2})"
    r"|(?P<month_year>(?:19|20)\d{2})[-/](?P<month_month>0[1-9]|1[0-2])"
    r"|x{2,4}/(?:x{2,4}/)?(?P<masked_year>(?:19|20)\d{2}))(?![\d/-])"
)
_CHINESE_START = re.compile(
    r"[\d〇零一二三四五六七八九十两几半去今前明当上下本这昨](?<!\d\d)"
    r"(?:(?<=\d)(?=\d{0,3}[年月天周个./])"
    "|(?<=[〇零一二三四五六七八九十两几半])(?=[〇零一二三四五六七八九十两几半]{0,3}[年月天周个])"
    "|(?<=[去今前明当上下本这昨])(?=[年月日天周个晚]))"
)
_NUMERIC_HINT = re.compile(r"[\dx](?:/|-\d|\.\d{1,2}\.)")
_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_OF = {name[:3]: number for number, name in enumerate(_NAMES, 1)}
_FULL_NAME = "|".join(_NAMES)
_SHORT_NAME = "|".join(name[:3] for name in _NAMES)
_ANY_NAME = rf"(?:{_FULL_NAME}|sept|{_SHORT_NAME})\b\.?"
_ENGLISH = re.compile(
    rf"\b(?:(?P<month>{_ANY_NAME}) (?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
    r"(?:,? (?P<year>(?:19|20)\d{2})\b)?"
    rf"|(?P<day_first>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)? (?:of )?(?P<month_next>{_ANY_NAME})"
    r"(?:,? (?P<year_last>(?:19|20)\d{2})\b)?"
    rf"|(?P<month_alone>{_ANY_NAME}),? (?:of )?(?P<year_alone>(?:19|20)\d{{2}})\b"
    rf"|(?P<relative>(?:last|this|next) (?:{_FULL_NAME}|week|month|year|summer|winter|spring)\b"
    rf"|(?:{_FULL_NAME}) (?:of )?(?:last|this) year\b|yesterday|today\b|tonight"
    r"|(?:\d{1,3}|an?|one|two|three|four|five|six|few|couple of) (?:day|week|month|year)s? ago)"
    rf"|(?:in|since|until|during|early|late|mid|by|of) (?P<named>{_FULL_NAME})\b"
    r"(?!,? (?:of )?(?:(?:19|20)\d\d|last year|this year))"
    r"|(?:in|since|year|of|until) (?P<only_year>(?:19|20)\d{2})\b(?![-/.]\d))"
)
_ENGLISH_HINT = re.compile(
    "|".join(rf"{name}\b" for name in (*_NAMES, "sept", *_MONTH_OF))
    + "|last |this |next |yesterday|today|tonight| ago"
    + "".join(rf"|{word} (?:19|20)" for word in ("in", "since", "year", "of", "until"))
)
_ENGLISH_START = re.compile(
    rf"{_SHORT_NAME}|last |this |next |yesterday|today|tonight"
    rf"|(?:in|since|until|during|early|late|mid|by|of|year) (?=(?:{_SHORT_NAME}|\d))"
    r"|(?:an?|one|two|three|four|five|six|few|couple of) (?:day|week|month|year)"
    rf"|\d{{1,3}}(?:st|nd|rd|th)? (?:of )?(?:{_SHORT_NAME}|day|week|month|year)"
)


def find_dates(text: str) -> tuple[DateMention, ...]:
    """List the dates of a normalised text, in order, without overlap.

    >>> [(one.value, one.precision) for one in find_dates(
    ...     "2020年10月17日买的,10.5号退,去年5月也是")]
    [('2020-10-17', 'day'), (None, 'day'), (None, 'relative')]
    """
    found = []
    if not text.isascii():
        found = [_chinese(match) for match in matches_from(_CHINESE_START, _CHINESE, text)]
    if _NUMERIC_HINT.search(text):
        found += [_numeric(match) for match in _NUMERIC.finditer(text)]
    if _ENGLISH_HINT.search(text):
        found += [_english(match) for match in matches_from(_ENGLISH_START, _ENGLISH, text)]
    return tuple(_in_order(found))


def _in_order(found: list[DateMention]) -> Iterator[DateMention]:
    """Give the mentions from left to right, without those that overlap an earlier one."""
    end = 0
    for mention in sorted(found, key=lambda one: one.span):
        if mention.span.start >= end:
            yield mention
            end = mention.span.end


def _chinese(match: re.Match[str]) -> DateMention:
    """Read a date with 年, 月, 日 or 号."""
    year, month, day = match["year"], match["month"], match["day"]
    if match["short_year"]:
        year, month, day = f"20{match['short_year']}", match["short_month"], match["short_day"]
    if year:
        return _mention(match, year, month, day)
    if match["relative"]:
        return DateMention(value=None, precision="relative", span=Span(*match.span()))
    has_day = match["bare_day"] or match["dotted"]
    return _undated(match, "day" if has_day else "month")


def _numeric(match: re.Match[str]) -> DateMention:
    """Read a date in figures alone; month before day when the year comes last."""
    if match["us_year"]:
        year = match["us_year"] if len(match["us_year"]) == 4 else f"20{match['us_year']}"
        return _mention(match, year, match["us_month"], match["us_day"])
    if match["masked_year"]:
        return _mention(match, match["masked_year"], None, None)
    if match["month_year"]:
        return _mention(match, match["month_year"], match["month_month"], None)
    return _mention(match, match["year"], match["month"], match["day"])


def _english(match: re.Match[str]) -> DateMention:
    """Read a date with the name of a month, or a relative one."""
    if match["relative"]:
        return DateMention(value=None, precision="relative", span=Span(*match.span()))
    if match["only_year"]:
        return _mention(match, match["only_year"], None, None, "only_year")
    if match["named"]:
        return _undated(match, "month", "named")
    if match["year_alone"]:
        return _mention(match, match["year_alone"], match["month_alone"], None)
    year = match["year"] or match["year_last"]
    if year is None:
        return _undated(match, "day")
    return _mention(
        match, year, match["month"] or match["month_next"], match["day"] or match["day_first"]
    )


def _mention(
    match: re.Match[str], year: str, month: str | None, day: str | None, group: str | int = 0
) -> DateMention:
    """Give a date its value, cut to what is written and to what the calendar knows."""
    span = Span(*match.span(group))
    year_no, month_no, day_no = _number(year), _number(month), _number(day)
    if not month_no or month_no > 12:
        return DateMention(value=f"{year_no:04d}", precision="year", span=span)
    try:
        value = date(year_no, month_no, day_no).isoformat()
    except ValueError:
        return DateMention(value=f"{year_no:04d}-{month_no:02d}", precision="month", span=span)
    return DateMention(value=value, precision="day", span=span)


def _undated(match: re.Match[str], precision: DatePrecision, group: str | int = 0) -> DateMention:
    """Give a date whose year is not written: no value."""
    return DateMention(value=None, precision=precision, span=Span(*match.span(group)))


def _number(text: str | None) -> int:
    """Read a year, a month or a day in figures, numerals or by name; 0 when there is none."""
    if not text:
        return 0
    plain = text.strip(" 月份日号.")
    if plain[:3] in _MONTH_OF:
        return _MONTH_OF[plain[:3]]
    return int(parse_number(plain) or 0)

"""People of a report who have no name: a seller from Wuhan, 一名网友.

In: a redacted narrative. Out: mentions, each of a figure of its own. Out of scope: what
becomes of them later in the text (`pipelines.cases.tracking`).

Somebody counts who is the subject of a sentence about what happened; not who is accused, and
not anybody at all ("a buyer should", "if a user").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.cases.figures import Mention, Standing, View, is_accused
from pipelines.cases.words import chinese, english
from pipelines.records import Span

_HAN = "\u3400-\u9fff"

_ENGLISH = re.compile(
    r"(?<![\w'])(?:an?|another|one|a second|a third|a fourth|the (?:second|third|fourth))"
    rf"(?: [\w'-]+){{0,3}}? (?:{english('people')})\b"
    r"(?! (?:who|that) (?:sells|buys|orders|pays|wants|is|can))"
)
_MAY_PRECEDE_ENGLISH = re.compile(
    r"(?:^|[,:;(\"\n] ?|\b(?:and|but|while|meanwhile|later|when|where|case,|also|told of) )$"
    r"|^[\"(]?(?:in|on|last|this|at|late|early|over|two|three|a few|earlier)\b[^,.;:]{0,36} $"
    r"|^(?:case (?:\w+|\d+)[.:)-]? ?|\d+[.)] ?)$"
)
_IS_TOLD = re.compile(
    r"[^.;!?\n]{0,90}?\b(?:had|was|were|bought|paid|sold|lost|found|sent|got|told|said|says|saw"
    r"|thought|took|gave|made|spent|put|went|tried|wrote|\w{3,}ed)\b"
)
_IS_NOT_TOLD = re.compile(
    r" (?:can|should|may|must|might|would|will|could|who (?:can|may|wants|needs)|is (?:asked|told"
    r"|required|likely)|needs|has to|ought)\b"
)
_CHINESE = re.compile(
    r"(?:(?:还有|另有|又有|也有|有|另外?|又|再)?[一两某]|另一|[还另也又]?有)[名位对]"
    r"(?:[^,。;:、!?\n\"]{0,12}?的)?[^,。;:、!?\n\"的了是]{0,8}?"
    rf"(?:{chinese('people')})(?!们)"
    rf"|(?:有?一|另一|某)个?(?![些旦般定直样起下边切部张条封家种次份套笔台件则批系段])[{_HAN}]{{0,4}}?(?:{chinese('people')})(?!们)"
    rf"|[有某](?:{chinese('people')})(?=[^,。;]{{0,6}}(?:{chinese('says_of_oneself')}))"
)
_MAY_PRECEDE_CHINESE = re.compile(
    rf"(?:^|[,。;:!?\n\"、)] ?|[{_HAN}][市省区县镇村]|日|时许?|左右|上午|下午|晚上"
    r"|近日|日前|最近|今年|去年|前不久|此前|报道"
    r"|据悉|其中|当地|记者|采访了|接到|家住[^,。]{1,10}的|来自[^,。]{1,10}的"
    r"|(?:^|[,。;:!?\n\"])(?!抓获|查获|发现|冒充|遇到|帮助|拦下|劝阻|抓到|控制|锁定)"
    rf"[{_HAN}]{{2,6}})$"
)
_DID_WRONG = re.compile(
    r"[^。;!?\n]{0,30}?(?:冒充|谎称|以[^,。]{1,12}为(?:由|名|诱饵|幌子)|(?<![被遭人])(?:骗走|骗了|行骗|诱骗|敲诈|勒索)|[卖售]假"
    r"|(?<![被遭])(?:诈骗|骗取)(?!电话|短信|信息|案|手|陷阱|罪)"
    r"|抓获|落网|被刑拘|被判|作案|涉嫌|自称是|盗窃|盗取)"
)
_CLAUSE_START = re.compile(r"[.!?。;\n](?:[\"')\]]? |)")
_REACH = 60
"""Code points before somebody that are looked at."""


def find_strangers(view: View) -> Iterator[Mention]:
    """Find people without a name of whom a story is begun."""
    text = view.text
    for pattern in (_ENGLISH, _CHINESE):
        for match in pattern.finditer(text):
            if _begins_story(text, *match.span()):
                span = view.normalised.to_source(*match.span())
                yield Mention(
                    span=Span(*match.span()),
                    key=f"unnamed:{match.start()}",
                    label=view.source[span.start : span.end],
                    standing=Standing.INTRODUCED,
                )


def _begins_story(text: str, start: int, end: int) -> bool:
    """Say whether somebody without a name is the subject of a sentence about what happened."""
    reach = max(0, start - _REACH)
    breaks = [match.end() for match in _CLAUSE_START.finditer(text, reach, start)]
    first = breaks[-1] if breaks else reach
    before = text[first:start]
    if not text[start].isascii():
        is_subject = _MAY_PRECEDE_CHINESE.search(before) is not None
        return is_subject and not _DID_WRONG.match(text, end)
    if not _MAY_PRECEDE_ENGLISH.search(before) or is_accused(text, first, start, end):
        return False
    return bool(_IS_TOLD.match(text, end)) and not _IS_NOT_TOLD.match(text, end)

"""The people of a report, and what part each mention gives them.

In: a redacted narrative. Out: mentions of figures, in order. Out of scope: who is whom
beyond what redaction numbered, people without a name (`pipelines.cases.strangers`), and
which sentences tell of whom (`pipelines.cases.tracking`).

A figure is a person under a placeholder, or somebody called by a given or screen name that
redaction let stand. Something may have happened to a figure who does not speak for others
(an expert, an official, a reporter), is not accused, and is not somebody's other side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipelines.cases.words import chinese, english, is_no_name
from pipelines.normalise import Normalised
from pipelines.records import Span
from pipelines.redact import Narrative


class Standing(StrEnum):
    """What part a mention gives its figure. `PLAIN` says nothing about it.

    A `PARTY` to a deal (卖家, a buyer) may be the person or the other side.
    """

    PLAIN = "plain"
    INTRODUCED = "introduced"
    SPEAKS_FOR_OTHERS = "speaks_for_others"
    ACCUSED = "accused"
    PARTY = "party"
    OTHER_SIDE = "other_side"
    COMPANION = "companion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place in the normalised text where a figure stands.

    `key` is the same for all mentions of one figure. `label` is what may be shown of it: a
    placeholder or a description, and None for a name that redaction let stand.
    """

    span: Span
    key: str
    label: str | None
    standing: Standing


class View:
    """A redacted narrative and its normalised view, with the way from the first to the second."""

    def __init__(self, narrative: Narrative) -> None:
        self.source = narrative.text
        self.normalised: Normalised = narrative.normalised
        self.text = narrative.normalised.text
        starts, shifts = self.normalised.starts, self.normalised.shifts
        self._source_starts = [start + shift for start, shift in zip(starts, shifts, strict=True)]

    def from_source(self, position: int) -> int:
        """Give the place in the normalised text of a position of the narrative."""
        piece = max(bisect_right(self._source_starts, position) - 1, 0)
        return min(position - self.normalised.shifts[piece], len(self.text))


_HAN = "\u3400-\u9fff"
_NO_SURNAME = chinese("no_surname").replace("|", "")
_MOST_NAMES = 40
"""Names of one text that are followed up; one with more is a list."""

_PLACEHOLDER = re.compile(r"\[person_\d+\]")
_GIVEN_NAME_NEXT = re.compile(r" [A-Z][a-z]{2,}")
_AFTER_OFFICE = re.compile(
    rf"的?(?:{chinese('office')})|[ )/]{{0,2}}(?:摄|供图|绘图|文/图|报道)"
    r"|,? (?:an? |the |who (?:is|was) an? )?[^,.;:!?\n\"]{0,80}?"
    rf"\b(?:{english('office')}|partner (?:at|of)|head of|fellow (?:at|of))\b(?!')"
)
_BEFORE_OFFICE = re.compile(
    rf"(?:{chinese('office', 'office_before_name')})[^{_HAN}\w]{{0,2}}$"
    rf"|(?<![a-z])(?:{english('office_before_name')}) $"
)
_BYLINE = re.compile(r"(?:电|讯|社|报道?|网) ?\([^()\n]{0,30}$")
_BEFORE_ACCUSED = re.compile(
    rf"(?:{chinese('accused')})[^{_HAN}\w]{{0,2}}(?:[男女],?)?$"
    rf"|\b(?:{english('accused')}|known as|calling (?:him|her)self|claiming to be|posing as) $"
)
_AFTER_ACCUSED = re.compile(
    r"[^。;!?\n]{0,24}等[\d一二三四五六七八九十百余多]{0,6}[名人个]?(?:涉[^,。]{0,8})?(?:犯罪)?嫌疑人|"
    r"[^,。;!?\n]{0,14}(?:(?<![被遭])(?:诈骗|骗取|骗走)|抓获|落网|被刑拘|被判|供述|交代|如实供|作案|涉嫌|非法获利|被依法"
    r"|被起诉|被批捕|归案|投案|以非法占有|冒充|谎称|骗了|卷款|跑路|失联|携款|潜逃|挪用"
    r"|判刑|入狱|出狱|团伙)"
    r"|[^.;!?\n]{0,40}\b(?:(?:was|were|has been|is) (?:arrested|charged with|sentenced|convicted"
    r"|jailed|detained|indicted)|pleaded|confessed|posed as|defrauded)\b"
)
_VICTIM_AFTER = re.compile(
    r"[^,。;!?\n]{0,14}(?:被(?![判刑抓拘告起批依警公])|遭|受|误|轻信|发现|接到|收到|报警|报案)"
)
_SENTENCED = re.compile(
    r"[^,。;!?\n]{0,16}(?:因犯|被判|判处|被刑拘|被抓|落网|被批捕)"
    r"|[^.;!?\n]{0,40}\b(?:was|were|has been) (?:convicted|sentenced|arrested|jailed|indicted)\b"
)
_BEFORE_PARTY = re.compile(
    rf"(?:{chinese('party')})[^{_HAN}\w]{{0,2}}$|\b(?:{english('party')}),? $"
)
_BEFORE_SIDE = re.compile(
    rf"(?:{chinese('side', 'trade')})[^{_HAN}\w]{{0,2}}$|(?:[,。] ?|自称)姓$"
    rf"|\b(?:{english('side')}|account of|to an account held by),? $"
)
_AFTER_TRADE = re.compile(rf"(?:{chinese('trade')})")
_BEFORE_KIN = re.compile(
    rf"(?:{chinese('kin')})[^{_HAN}\w]{{0,2}}$|(?<=[\]{_HAN}])(?:和|与|及|、) ?$"
    rf"|\b(?:{english('kin')})s?,? $|\] and $"
)
_NICKNAME = re.compile(
    rf"(?:(?:{chinese('people')}|同学)|(?:家住|来自|住在|在)[^,。;\n]{{2,16}}的)"
    rf"(?P<nick>(?:小|阿)[{_HAN}](?![{_HAN}](?:的|子|家)))"
    rf"|(?:网友|用户|玩家|会员|粉丝|博主)(?P<quoted>\"[^\"\n]{{1,10}}\")"
    rf"|(?P<alias>[{_HAN}]{{2,4}}?)\((?:[男女][,、 ]?)?(?:均?为?化名|网名|昵称)"
    rf"|(?:^|[,。;:!?\n\"、的者民友户客])(?P<courtesy>[{_HAN}](?<![{_NO_SURNAME}])"
    r"(?:先生|女士|小姐))"
    r"|(?:网名|昵称|微博名|用户名|id)(?:叫|为|是)?\"(?P<screen>[^\"\n]{1,14})\""
)
_NO_NAME_EN = (
    "The|This|That|These|A|An|In|On|At|But|And|When|After|Before|If|For|He|She|They|We|I|It|His"
    "|Her|My|Not|Mr|Ms|Mrs|Dr|So|As|One|Another|Most|Many|Police|Reporters?|Consumers?|Experts?"
    "|Users?|Customers?|Case"
)
_NAMED_EN = re.compile(
    rf"(?<![\w.'\"-])(?P<name>(?!(?:{_NO_NAME_EN})\b)[A-Z][a-z]{{2,}}(?: [A-Z][a-z]{{2,}})?)"
    r"(?:, (?:\d{2}|aged \d{2}|an? [a-z][\w -]{2,40}? (?:from|in|of|at) [A-Z]"
    r"|who (?:lives|works|is from|runs|studies))"
    r"|,? (?:from|who lives in|living in|a resident of|in) (?P<place>[A-Z][a-z]{2,})"
    r"(?P<rest>[^.;!?\n]{0,60}))"
)
_TELLS_EN = re.compile(
    rf"\b(?:{english('experience')}|put|encountered|posted|found|wanted|received|released|was|had"
    r"|has|recently|browsed|said|met|placed|hung|tried)\b"
)
_OFFICE_AMONG_EN = re.compile(
    rf"\b(?:{english('office')}|firm|university|association|bureau|institute|court|police)\b"
)


def standing_of(text: str, start: int, end: int) -> Standing:
    """Say what the words around a name make of the one who bears it.

    >>> standing_of("北京某律所律师[person_1]认为", 7, 17)
    <Standing.SPEAKS_FOR_OTHERS: 'speaks_for_others'>
    """
    line = max(text.rfind("\n", 0, start) + 1, start - 30)
    is_office = _BEFORE_OFFICE.search(text, line, start) or _AFTER_OFFICE.match(text, end)
    if is_office or _BYLINE.search(text, line, start):
        return Standing.SPEAKS_FOR_OTHERS
    if is_accused(text, line, start, end):
        return Standing.ACCUSED
    if _BEFORE_PARTY.search(text, line, start):
        return Standing.PARTY
    if _BEFORE_SIDE.search(text, line, start) or _AFTER_TRADE.match(text, end):
        return Standing.OTHER_SIDE
    if _BEFORE_KIN.search(text, line, start):
        return Standing.COMPANION
    return Standing.PLAIN


def is_accused(text: str, line: int, start: int, end: int) -> bool:
    """Say whether somebody is called, or told of as, one who did the wrong."""
    if _BEFORE_ACCUSED.search(text, line, start):
        return True
    return bool(_AFTER_ACCUSED.match(text, end)) and not _VICTIM_AFTER.match(text, end)


def is_sentenced(text: str, end: int) -> bool:
    """Say whether what follows a mention says that the law has reached the person."""
    return _SENTENCED.match(text, end) is not None


def find_placeholders(view: View) -> Iterator[Mention]:
    """Find persons under placeholders.

    A capitalised word right after one (a given name that redaction let stand) makes it
    another person than the placeholder alone.
    """
    for match in _PLACEHOLDER.finditer(view.text):
        span = view.normalised.to_source(*match.span())
        after = _GIVEN_NAME_NEXT.match(view.source, span.end)
        end = match.end() + (len(after[0]) if after else 0)
        yield Mention(
            span=Span(match.start(), end),
            key=view.text[match.start() : end],
            label=view.source[span.start : span.end],
            standing=standing_of(view.text, match.start(), end),
        )


def find_nicknames(view: View) -> Iterator[Mention]:
    """Find people by the given or screen name that a Chinese text calls them by."""
    names: dict[str, int] = {}
    for match in _NICKNAME.finditer(view.text):
        group = match.lastgroup or "nick"
        name = match[group].strip('"')
        if not is_no_name(name) and len(names) < _MOST_NAMES:
            names.setdefault(name, match.start(group))
    for name, first in names.items():
        for match in re.finditer(_spellings(name), view.text):
            is_first = match.start() <= first + 1
            yield _by_name(view.text, match.span(), name, is_first=is_first)


def _spellings(name: str) -> str:
    """Give a pattern for a name; one of courtesy has others (茹先生, 茹总, Mr.茹)."""
    if not name.endswith(("先生", "女士", "小姐")):
        return re.escape(name)
    family = re.escape(name[0])
    address = f"{name[-2:]}|总(?![是共计数价额体之结会裁监])|老师|师傅"
    return rf"(?:mrs?|ms)\.? ?{family}|{family}(?:{address})"


def find_given_names(view: View) -> Iterator[Mention]:
    """Find people by a name in Latin letters that redaction let stand, told with age or place."""
    for name, first in _introduced(view.source).items():
        short = name.split()[-1]
        for match in re.finditer(rf"\b(?:{re.escape(name)}|{re.escape(short)})\b", view.source):
            span = view.from_source(match.start()), view.from_source(match.end())
            yield _by_name(view.text, span, name.lower(), is_first=match.start() == first)


def _introduced(source: str) -> Mapping[str, int]:
    """List the Latin names that are introduced as persons, with their first places."""
    names: dict[str, int] = {}
    for match in _NAMED_EN.finditer(source):
        if match["place"] and not _TELLS_EN.search(match["rest"]):
            continue
        if _OFFICE_AMONG_EN.search(match[0].lower()) is None and len(names) < _MOST_NAMES:
            names.setdefault(match["name"], match.start())
    return names


def _by_name(text: str, span: tuple[int, int], name: str, *, is_first: bool) -> Mention:
    standing = standing_of(text, *span)
    if is_first and standing is Standing.PLAIN:
        standing = Standing.INTRODUCED
    return Mention(span=Span(*span), key=f"name:{name}", label=None, standing=standing)

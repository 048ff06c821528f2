"""Names in Chinese by what stands around them in forms, lists and introductions.

In: a normalised text. Out: mentions of names that stand alone before a telephone number or
a paper (黄测验,手机…), in forms that ask for the family name apart, before words for two of a
family, after "is", and those of two characters of family. Out of scope: names beside labels
and titles (`chinese_names`) and of usual characters (`usual_names`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipelines.extract.name_parts import (
    CLEAR_FAMILY,
    CLEAR_STARTS,
    COMPOUND_STARTS,
    HAN,
    can_be_given,
    is_announced_name,
    is_surely_name,
)
from pipelines.extract.personal_names import (
    is_company_name,
    is_tagged_name,
    name_lists,
)
from pipelines.extract.persons import Mention
from pipelines.extract.starts import Frames
from pipelines.extract.usual_names import is_person_word
from pipelines.segment import is_word

_NAME = rf"(?P<name>(?P<family>{CLEAR_FAMILY})(?P<given>[{HAN}]{{1,2}}?))"
_PAPER = (
    r"(?:手机|电话|身份证|联系方式|联系电话|微信|邮箱|护照|本人|男,|女,|住址|家住|现住|1[3-9]\d)"
)
_BEFORE_CONTACT = re.compile(rf"(?<![{HAN}]){_NAME}[,: (]{{1,2}}(?={_PAPER}|\[(?:mobile|id_card))")
_WITH_KIN = re.compile(
    rf"{_NAME}[和与跟、](?P<other>{CLEAR_FAMILY}[{HAN}]{{1,2}}?)"
    "(?:姐妹|姐弟|兄妹|兄弟|夫妻|夫妇|父子|父女|母子|母女|两口子|[俩二两]人|俩)"
)
_OF_TWO = re.compile("姐[妹弟]|兄[妹弟]|夫[妻妇]|父[子女]|母[子女]|两口子|俩|二人|两人")
_SOMEBODY = re.compile(rf"(?:[是叫写][:\"]?|登记成|显示为?|改成){_NAME}(?:了?(?=[^{HAN}]|$))")
_APART = re.compile(
    rf"[叫是:名](?P<name>(?P<family>{CLEAR_FAMILY}) (?P<given>[{HAN}](?: [{HAN}])?))(?![{HAN}:])"
)
_FORM = re.compile(
    rf"姓[:是](?P<family>[{HAN}]{{1,2}})[ ,\n]{{1,2}}名[:是](?P<given>[{HAN}]{{1,3}})(?![{HAN}])"
)
_ON_FORM = re.compile(rf"(?:姓 ?名|联系人|收件人|收货人|名字):{_NAME}(?=[^{HAN}]|$)")
_AT_LABEL, _AT_LABEL_SHORT = (
    re.compile(
        rf"(?:姓 ?名|联系人|收件人|收货人|投诉人|户名):(?P<name>(?P<family>{CLEAR_FAMILY})"
        rf"(?P<given>[{HAN}]{{{length}}}))(?=[{HAN}]{{2}})"
    )
    for length in (2, 1)
)
_TWO_FAMILIES = re.compile(
    rf"(?:户主|姓名|老板|联系人|收件人|收货人|我叫|本人|户名)[:是\"' ]{{0,2}}"
    rf"(?P<name>(?P<family>{CLEAR_FAMILY}{CLEAR_FAMILY})(?P<given>[{HAN}]{{1,2}}))(?![{HAN}])"
)
_RECEIVES = re.compile(rf"(?<![{HAN}]){_NAME}收(?=[^{HAN}]|$)")
_ABOUT_ME = re.compile(rf"我(?<![{HAN}]我){_NAME},(?=[男女]|\d|身份证|电话|手机|今年)")
_COMPOUND = re.compile(
    rf"{COMPOUND_STARTS}(?P<rest>[{HAN}])(?P<given>[{HAN}]{{1,2}}?)"
    rf"(?=[^{HAN}]|$|[说称表认要在于因是为的不没已也就却收骗让把给和与全拒])"
)
_JAPANESE = re.compile(
    "(?P<name>(?P<family>"
    + "|".join(sorted(name_lists().japanese_families))
    + rf")(?P<given>[{HAN}]{{1,2}}?))(?=[^{HAN}]|$|[说称取不没把让要是的在])"
)


def find_introduced_names(text: str) -> Iterator[Mention]:
    """Report the persons that a normalised text introduces without a label or a title.

    >>> text = "黄测验,手机没人接。户名是:黄 小 测。姓:黄 名:小测"
    >>> [text[one.start : one.end] for one in find_introduced_names(text)]
    ['黄测验', '黄 小 测', '黄', '小测']
    """
    found = _SEARCH.find(text)
    for number, match in found:
        if number < len(_FRAMES) and _is_framed(_FRAMES[number], match):
            yield _mention(match)
    if _OF_TWO.search(text):
        for match in filter(_is_pair, _WITH_KIN.finditer(text)):
            yield _mention(match)
            other = match["other"]
            yield Mention(*match.span("other"), other[:1], other[1:], "")
    if "姓:" in text or "姓是" in text:
        for match in _FORM.finditer(text):
            family, given = match["family"], match["given"]
            yield Mention(*match.span("family"), family, given, "")
            yield Mention(*match.span("given"), family, given, "")
    for number, match in found:
        if number >= len(_FRAMES):
            yield from _of_long_family(text, match)


def _is_framed(frame: _Frame, match: re.Match[str]) -> bool:
    is_likely = frame.hint is None or frame.hint.search(match.string) is not None
    return is_likely and frame.is_name(match)


def _of_long_family(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """Take what may be a name whose family name has two characters for one, if it is."""
    if match.re is _COMPOUND:
        family = match.group()[:2]
        name = match.group()
        before = text[max(0, match.start() - 9) : match.start()]
        is_bare = not before or not "\u3400" <= before[-1] <= "\u9fff"
        is_free = family in name_lists().compounds and not is_word(name)
        if is_free and not is_company_name(name) and can_be_given(match["given"]):
            is_clear = family not in name_lists().compound_words
            if (is_bare and is_clear) or is_person_word(before):
                yield Mention(*match.span(), family, match["given"], "")
    elif is_person_word(text[max(0, match.start() - 9) : match.start()]):
        yield _mention(match)


def _mention(match: re.Match[str]) -> Mention:
    given = match["given"].replace(" ", "")
    return Mention(*match.span("name"), match["family"], given, "")


def _is_long_name(match: re.Match[str]) -> bool:
    """Say whether a match holds a name of three characters that can be nothing else."""
    name = match["name"]
    is_name = is_surely_name(match) or is_tagged_name(name)
    return len(name) > 2 and is_name and is_announced_name(match) and can_be_given(match["given"])


def _is_pair(match: re.Match[str]) -> bool:
    return can_be_given(match["given"]) and can_be_given(match["other"][1:])


def _is_cut_off(match: re.Match[str]) -> bool:
    """Say whether another word begins right after a name of three characters."""
    text, end = match.string, match.end()
    goes_on = is_word(text[end - 1 : end + 1])
    return is_word(text[end : end + 2]) and not goes_on and is_announced_name(match)


def _is_any_name(match: re.Match[str]) -> bool:
    is_given = can_be_given(match["given"].replace(" ", ""))
    return is_given and not is_company_name(match["name"])


class _Frame(NamedTuple):
    """A frame, by the characters that begin it, what its name must pass, and a hint.

    A text without the hint, where there is one, says too little for the frame to count.
    """

    firsts: str
    pattern: re.Pattern[str]
    is_name: Callable[[re.Match[str]], bool]
    hint: re.Pattern[str] | None = None


_CONTACT = re.compile("手机|电话|身份证|联系方式|微信|邮箱|护照|\\[mobile|\\[id_|住")
_FRAMES = (
    _Frame(CLEAR_STARTS, _BEFORE_CONTACT, is_announced_name, _CONTACT),
    _Frame("是叫写登显改", _SOMEBODY, _is_long_name),
    _Frame("叫是:名", _APART, _is_any_name, re.compile("[叫是名]")),
    _Frame("姓联收名", _ON_FORM, _is_any_name),
    _Frame("姓联收投户", _AT_LABEL, _is_cut_off),
    _Frame("姓联收投户", _AT_LABEL_SHORT, _is_cut_off),
    _Frame("户姓老联收我本", _TWO_FAMILIES, _is_any_name),
    _Frame(CLEAR_STARTS, _RECEIVES, is_announced_name),
    _Frame("我", _ABOUT_ME, _is_any_name, re.compile("[男女]|身份证|电话|手机|今年")),
)
_LONG_FAMILIES = (
    (CLEAR_STARTS, _COMPOUND),
    ("".join({family[0] for family in name_lists().japanese_families}), _JAPANESE),
)
_SEARCH = Frames([*((frame.firsts, frame.pattern) for frame in _FRAMES), *_LONG_FAMILIES])

"""Names of persons written in Chinese by their sound: those of minorities and foreign ones.

In: a normalised text. Out: mentions of names with a dot inside (古丽·买买提), and of names
without one that a label or a word for a person announces (我叫扎西顿珠). Out of scope: names
with a Chinese family name (`chinese_names`), books and brands.

Names by sound are written with some two hundred characters, so the name is the run of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from pipelines.extract.personal_names import is_company_name, name_lists
from pipelines.extract.persons import Mention
from pipelines.extract.starts import matches_from
from pipelines.segment import is_word

_SOUND = "".join(sorted(name_lists().transliteration))
_CHAR = rf"(?:[{_SOUND}]|(?<=阿)不|(?<=[不布])都)"
_HAN = "\u3400-\u9fff"
_DOTTED = re.compile(
    rf"(?<![《<])(?P<name>(?P<family>{_CHAR}{{1,10}})·{_CHAR}{{1,10}}(?:·{_CHAR}{{1,8}})?)"
)
_PART = "|".join(sorted(name_lists().sound_parts, key=lambda part: (-len(part), part)))
_OF_PARTS = re.compile(rf"(?:{_PART})(?:{_PART}){{1,3}}")
_FIRSTS, _SECONDS = (
    "".join(sorted({part[at] for part in name_lists().sound_parts})) for at in (0, 1)
)
_PART_START = re.compile(f"[{_FIRSTS}](?=[{_SECONDS}].{{0,2}}?[{_FIRSTS}][{_SECONDS}])")
_WHOLE = re.compile(
    rf"(?:{'|'.join(sorted(name_lists().sound_names))})"
    rf"(?=[^{_HAN}]|$|[的说称和跟把被不没也都在主医老先女同]|孤立)"
)
_FRAMED_DOTTED = re.compile(
    r"(?:人|姓名|我叫|给|叫)[:, 是为叫]{0,3}"
    rf"(?P<name>(?P<family>[{_HAN}]{{2,6}})·[{_HAN}]{{2,8}}?)"
    rf"(?=[^{_HAN}]|$|于|在|因|系|是|为|现|的|男|女|投诉|购买|电话|要求)"
)
_ANNOUNCED = re.compile(
    rf"[{_SOUND}](?!(?<=房东)|(?<=丈夫))(?:(?<=房东.)|(?<=丈夫.)|(?<![{_SOUND}].))"
    rf"[{_SOUND}]{{2,7}}(?![{_SOUND}])"
)
_ANNOUNCER = re.compile(
    "(?:信访人|来信人|乘机人|旅客|请?联系|本人|我名?叫|我是|名叫|名字叫|自称|真名|姓 ?名|联系人"
    "|收件人|收货人|投诉人"
    "|举报人|反映人|申请人|当事人|户名|收款人|负责人|经办人|外教|教练|主播|导游|同事|同学|朋友"
    "|邻居|学生|司机|房东"
    "|老板|卖家|店主|客服|主管|经理|女儿|儿子|妻子|丈夫)[: 是为叫(]{0,3}$"
)
_ACTING = re.compile(
    rf"[{_SOUND}](?<![{_HAN}][{_SOUND}])[{_SOUND}]{{3,7}}"
    "(?=投诉|反映|说|称|要求|表示|来电|报警|认为)"
)
_LABELLED = re.compile(
    "(?:姓 ?名|联系人|收件人|收货人|投诉人|信访人|申请人|户名|收款人)[: 是为]{0,2}"
    rf"(?P<name>[{_SOUND}]{{2}}[{_HAN}]{{1,3}})(?=[,。;\n(]|$)"
)
_BEFORE_CONTACT = re.compile(
    rf"[{_SOUND}](?<![{_HAN}].)[{_SOUND}]{{3,8}}"
    r"(?=[,(: ]{1,2}(?:手机|电话|身份证|[男女],|1[3-9]\d|\[mobile))"
)
_SOUNDS = re.compile(f"[{_SOUND}]{{3}}")
_ENDS = re.compile(
    rf"[^{_HAN}]|$"
    rf"|[说称表认要在于因系是为现的男女不没投购电手身家住来突已也就却收骗拉老先女说把被让给和与向对骗收离上下]"
)


def find_transliterated_names(text: str) -> Iterator[Mention]:
    """Report names written by their sound.

    >>> text = "投诉人古丽·买买提要求退款,我叫扎西顿珠,本人多次投诉"
    >>> sorted({text[one.start:one.end] for one in find_transliterated_names(text)})
    ['古丽·买买提', '扎西顿珠']
    """
    if "·" in text:
        yield from _dotted(text)
    for matches in (matches_from(_PART_START, _OF_PARTS, text), _WHOLE.finditer(text)):
        for match in matches:
            yield _mention(*match.span(), match.group())
    yield from _labelled(text)
    if _SOUNDS.search(text):
        yield from _undotted(text)


def _labelled(text: str) -> Iterator[Mention]:
    """Find names of which the first two characters are for sounds, after a label."""
    if "人" in text or "名" in text:
        for match in _LABELLED.finditer(text):
            if not _is_made_of_words(match["name"]) and not is_word(match["name"]):
                yield _mention(*match.span("name"), match["name"])


def _undotted(text: str) -> Iterator[Mention]:
    """Find runs of characters for sounds that an act, a contact or a label shows to be names."""
    for match in _ACTING.finditer(text):
        if not _is_made_of_words(match.group()):
            yield _mention(*match.span(), match.group())
    for match in _BEFORE_CONTACT.finditer(text):
        if not _is_made_of_words(match.group()):
            yield _mention(*match.span(), match.group())
    for match in _ANNOUNCED.finditer(text):
        is_announced = _ANNOUNCER.search(text, max(0, match.start() - 8), match.start())
        is_whole = is_announced and _ENDS.match(text, match.end())
        if is_whole and not _is_made_of_words(match.group()):
            yield _mention(*match.span(), match.group())


def _dotted(text: str) -> Iterator[Mention]:
    """Find names with a dot inside, as far as they are written by sound or a frame goes."""
    end = 0
    for pattern in (_FRAMED_DOTTED, _DOTTED):
        for match in pattern.finditer(text):
            start, stop = match.span("name")
            if not is_company_name(match["family"]) and (pattern is _FRAMED_DOTTED or start >= end):
                yield _mention(start, stop, match["name"])
                end = max(end, stop)


def _mention(start: int, end: int, name: str) -> Mention:
    """Make a mention of a name that has no family name; its two halves stand for parts."""
    return Mention(start, end, name[:2], name[2:], "")


def _is_made_of_words(run: str) -> bool:
    """Say whether a run of characters is made of words, and so no name by sound."""
    return any(
        len(word) > 1 and is_word(word) and tag in ("r", "c", "d", "p", "m", "t", "f", "u")
        for word, tag in rjieba.tag(run)
    )

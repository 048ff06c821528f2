"""Chinese names where a text says outright that a name follows, whatever it looks like.

In: a normalised text. Out: mentions of names of rare families, names that are words (庄重)
and single names, after 户名, 全名, 我叫, in rows of forms, before somebody's age; names in
Latin letters beside Chinese ones. Out of scope: frames in which a name must look like one
(`chinese_names`, `introduced_names`), and names without a frame (`weighed_names`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipelines.extract.name_parts import CLEAR_FAMILY, HAN, can_be_given
from pipelines.extract.name_weights import name_weights
from pipelines.extract.personal_names import (
    has_usual_given,
    is_company_name,
    is_name_in_dictionary,
    is_tagged_name,
    name_lists,
    split_name,
)
from pipelines.extract.persons import Mention
from pipelines.segment import is_word

_RARE = "".join(sorted(name_lists().rare_families | name_lists().small_words))
_NAME = rf"(?P<name>(?:{CLEAR_FAMILY}|[{_RARE}])[{HAN}]{{1,2}}?)"
_LONG_NAME = rf"(?P<name>(?:{CLEAR_FAMILY}|[{_RARE}])[{HAN}]{{2}})"
_END = rf"(?=[^{HAN}]|$)"
_LABEL = (
    "姓 ?名|户名|开户名|账户名|收款人|付款人|全名|真名|本名|署名|签名|签字|落款|名字|投诉人|举报人"
    "|申请人|收件人|收货人|寄件人|联系人|受害人|当事人|机主|持卡人|反映人|经办人|代理人|负责人|借款人|学员|家长"
)
_OF_NAME = "户名|收款人|全名|真名|本名|署名|姓名|名字备注|备注名"
_TITLE_END = rf"(?=[^{HAN}]|$|老师|先生|女士)"
_AFTER_LABEL = re.compile(
    rf"(?:{_LABEL})(?:\((?:签名|签字|签章|盖章|手写|姓名)\))?(?:姓名|名字)?"
    rf"[: ]{{0,2}}(?:(?<=:)|(?<=: )|是|为|叫|写的是)[\"' ]?{_NAME}{_TITLE_END}"
)
_AFTER_NAME_LABEL = re.compile(rf"(?:{_OF_NAME})[\"'( ]?{_NAME}{_TITLE_END}")
_LATER = re.compile(rf"(?:全名|真名|本名|户名|名字)[^,。:;\n]{{1,10}}[,:]{_NAME}{_END}")
_I_AM_CALLED = re.compile(rf"(?:我|本人)的?名?字?叫做?{_NAME}(?=[,.。!;\n]|$)")
_YOU_ARE = re.compile(rf"[你他她](?:就|不)?是{_NAME}(?=[?吗吧!])")
_ROW = re.compile(
    rf"(?:姓名|收件人|收货人|联系人|姓 名)(?P<mark>[/|、,+ ])[{HAN}/|、,+ ]{{2,16}}"
    rf"(?<=[址话机式号额证])[: \n]{{1,2}}(?P<name>[{HAN}·]{{2,8}})(?=(?P=mark) ?[\d(+\[])"
)
_PEOPLE = "(?:汉|藏|维吾尔?|回|蒙古?|彝|苗|壮|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|羌|布依|朝鲜)"
_AGED = re.compile(
    "(?:受害人|村民|牧民|投诉人|当事人|申请人|低保户|残疾人|伤者|死者|患者|老人|学生|孩子|居民|业主"
    rf"|乘客)(?P<name>[{HAN}]{{2,4}})(?=,(?:[男女](?![{HAN}])|现?年?\d{{1,3}}岁|{_PEOPLE}族|身份证|19\d\d年"
    r"|系[^统列]))"
)
_KIN = re.compile(
    "(?:我(?:的|家)?(?:儿子|女儿|老公|老婆|丈夫|妻子|父亲|母亲|爸爸?|妈妈?|哥哥?|姐姐?|弟弟?|妹妹?|同事|同学"
    "|朋友|室友|邻居|孙子|孙女)|司机师傅?|师傅|会计|村支书|村主任|客服|前台|出纳|业务员|教练|骑手|快递员"
    rf"|中介|房东|保安|同事){_LONG_NAME}"
)
_MEANT = re.compile(
    "(?:我(?:的|家)?(?:同事|同学|朋友|室友|邻居|姐姐?|妹妹?|哥哥?|弟弟?|儿子|女儿)|前台|客服|会计|店员|护士)"
    rf"(?P<name>{CLEAR_FAMILY}[{HAN}]|[{_RARE}][{HAN}])(?=[让叫]我|[跟对和]我说|告诉我|那里|那儿|那边|[骗收]了我)"
)
_PINYIN = re.compile(
    r"(?:姓名拼音|拼音(?:姓?名)?|英文姓?名|护照姓名)[: 是为]{0,2}"
    r"(?P<name>[a-z]{2,12}(?:[ ,/]{1,2}[a-z]{2,12}){1,3})(?![a-z\d@])"
)
_BESIDE_LATIN = re.compile(
    rf"(?:本人|我叫|我是|姓名:|名字:) ?(?P<name>[a-z]{{2,12}}(?: [a-z]{{2,12}}){{1,2}})"
    rf"(?= ?\([{HAN}]{{2,4}}\))"
)

_START = re.compile(
    "[业户开账收付全真本署签落名投举申寄联受当机持反经代负借学家姓备拼英护村司师会客前出教骑快中房保同店]"
    "(?=[ 名户款人字件事号主持理责员长拼文照保傅计支台客"
    "纳务练手递介东安诉系注货服音映害办卡士报请机])"
    "|[村牧低残伤死患老学孩居业乘](?=[民保疾者人生子主客](?:人|户)?..{1,3},)"
    "|我(?=[的家]?[叫名儿女老丈妻父母爸妈哥姐弟妹同朋室邻孙]|是 ?[a-z])"
    "|[你他她](?=[就不]?是..{1,2}[?吗吧!])"
)


class _Frame(NamedTuple):
    """A frame, by the characters that begin it, and what its name must pass."""

    firsts: str
    pattern: re.Pattern[str]
    is_name: Callable[[re.Match[str]], bool]


def find_stated_names(text: str) -> Iterator[Mention]:
    """Report the names that a normalised text states as such.

    >>> text = "我叫万事兴,户名燕归来。姓名/电话/地址:木合塔尔/154。受害人拉姆,82岁"
    >>> [text[one.start : one.end] for one in find_stated_names(text)]
    ['万事兴', '燕归来', '木合塔尔', '拉姆']
    """
    for start in _START.finditer(text):
        for frame in _BEGUN_BY[start[0][0]]:
            match = frame.pattern.match(text, start.start())
            if match and frame.is_name(match):
                name = re.sub("[ ,/]+", " ", match["name"])
                family, given = name.split(" ", 1) if name.isascii() else split_name(name)
                yield Mention(*match.span("name"), family, given, "")


def _is_stated(match: re.Match[str]) -> bool:
    """Say whether a name may be of anybody; one that is a word needs a family name of persons."""
    family, given = split_name(match["name"])
    lists = name_lists()
    if not (can_be_given(given) or _is_phrase(match)) or is_company_name(match["name"]):
        return False
    if not lists.never_given.isdisjoint(given.removeprefix("有")):
        return False
    if family in lists.rare_families and (len(given) == 1 or not has_usual_given(given)):
        return not is_word(match["name"]) and not is_word(match["name"][:2] + "的")
    return True


def _is_phrase(match: re.Match[str]) -> bool:
    """Say whether a given name holds a small word and still is one (向阳, 有才, 归来)."""
    given = split_name(match["name"])[1]
    if len(given) != 2 or (is_word(match["name"]) and not is_name_in_dictionary(match["name"])):
        return False
    return is_word(given) or (given[0] == "有" and name_weights().given.get(given[1], 0) > 0)


def _is_no_word(match: re.Match[str]) -> bool:
    """Say whether a name is one that the text can hardly mean as a word."""
    name = match["name"]
    is_free = split_name(name)[0] not in name_lists().small_words and name[0] != "何"
    return is_free and _is_stated(match) and (not is_word(name) or is_name_in_dictionary(name))


def _is_long(match: re.Match[str]) -> bool:
    """Say whether three characters after a word for persons are a name and no words."""
    name, text, end = match["name"], match.string, match.end()
    family, given = split_name(name)
    if len(given) != 2 or not _is_no_word(match) or name_weights().given.get(given[1], 0) < 1:
        return False
    if is_word(name[:2]) and not is_name_in_dictionary(name[:2]):
        return False
    is_cut = is_word(text[end - 1 : end + 1]) and not is_word(given)
    is_rare = family in name_lists().rare_families
    return not is_cut and (is_word(given) or is_rare or _is_phrase(match))


def _is_single(match: re.Match[str]) -> bool:
    """Say whether a name without a family name is no other word."""
    name = match["name"]
    is_other = is_word(name) or (len(name) > 2 and (is_word(name[:2]) or is_word(name[1:])))
    has_family = re.match(_NAME, name) is not None and not is_word(name)
    is_free = not is_other or has_family or is_tagged_name(name)
    return is_free and can_be_given(name) and not is_company_name(name)


def _is_any(match: re.Match[str]) -> bool:
    return match["name"].isascii() or can_be_given(match["name"].replace("·", ""))


_LABEL_FIRSTS = "".join(sorted({label[0] for label in _LABEL.split("|")}))
_FRAMES = (
    _Frame(_LABEL_FIRSTS, _AFTER_LABEL, _is_stated),
    _Frame("户收全真本署姓名备", _AFTER_NAME_LABEL, _is_stated),
    _Frame("全真本户名", _LATER, _is_no_word),
    _Frame("我本", _I_AM_CALLED, _is_stated),
    _Frame("你他她", _YOU_ARE, _is_no_word),
    _Frame("姓收联", _ROW, _is_any),
    _Frame("受村牧投当申低残伤死患老学孩居业乘", _AGED, _is_single),
    _Frame("我司师会村客前出业教骑快中房保同", _KIN, _is_long),
    _Frame("我前客会店护", _MEANT, _is_stated),
    _Frame("姓拼英护", _PINYIN, _is_any),
    _Frame("本我姓名", _BESIDE_LATIN, _is_any),
)
_BEGUN_BY = {
    first: [frame for frame in _FRAMES if first in frame.firsts]
    for first in {first for frame in _FRAMES for first in frame.firsts}
}

"""Names of persons in Chinese, in the frames in which complaints give them.

In: a normalised text. Out: mentions. Out of scope: names written by sound
(`transliterated_names`), names in Latin letters (`english_names`), names of companies,
shops and products, and which mentions are one person (`persons`).

A Chinese name counts when a form of address, a title, a label, or a telephone number
stands beside a known family name; one of usual characters also where a person is meant by
the word before or the verb after (`usual_names`). Family names that are also small words
(于, 向, 万) need a clause to begin with them. Job titles stay readable, forms of address do
not: 陈经理 becomes [PERSON_1]经理, 陈先生 becomes [PERSON_1].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

from pipelines.extract.introduced_names import find_introduced_names
from pipelines.extract.name_parts import (
    ANY_FAMILY,
    CLEAR_FAMILY,
    GIVEN,
    HAN,
    NICKNAMES,
    STARTS,
    is_announced_name,
    is_full_name,
    is_han,
    is_surely_name,
)
from pipelines.extract.personal_names import is_company_name, name_lists, split_name
from pipelines.extract.persons import Mention
from pipelines.extract.stated_names import find_stated_names
from pipelines.extract.transliterated_names import find_transliterated_names
from pipelines.extract.usual_names import find_usual_names, is_person_word
from pipelines.extract.weighed_names import find_weighed_names
from pipelines.segment import is_word
from pipelines.word_search import WordSearch

_MALE = "老先生|先生|师傅|叔叔|大哥|大爷|哥(?![哥们华斯特])"
_FEMALE = "女士|小姐|太太|阿姨|大姐|大妈|姐(?![姐妹夫])"
_POLITE = ("先生", "老先生", "女士", "小姐", "太太")
_NOBODY = frozenset(("任何", "如何", "为何", "黄牛", "蜗牛", "吹牛"))
_PREPOSITIONS = frozenset("于向")
_ADDRESS = (
    f"{_MALE}|{_FEMALE}|老师|总(?![是共计数价额体之结会裁监经部店公行统局署理量想要能让得有不额])"
)
_JOB = (
    "总经理|副经理|经理|副主任|主任|主管|副书记|书记|律师|警官|民警|法官|医生|大夫|护士|教授"
    "|校长|园长|院长|所长|局长|处长"
    "|科长|队长|村长|店长|组长|老板|主播|客服|顾问|导游|总监|董事长|秘书|会计|司机|同学|教练"
    "|专家|记者|研究员"
    "|工头|包工头|班主任|管家|工程师|技师|站长|馆长|厂长|站务员|中介|骑手|领队|助理"
)
_EXPERT = re.compile(" ?(?:律师|教授|专家|研究员|记者|编辑)")
_NAME = rf"(?P<name>(?P<family>{ANY_FAMILY})(?P<given>[{HAN}]{{1,2}}?))"
_CLEAR_NAME = rf"(?P<name>(?P<family>{CLEAR_FAMILY})(?P<given>[{HAN}]{{1,2}}?))"
_NAME_END = (
    rf"(?=[^{HAN}]|$|于|在|因|系|是|为|现|今|等|电话|手机|身份证|联系|家住|住|来自|男|女"
    "|投诉|购买|微信|[qv]|后来|实名|收(?:[^\u3400-\u9fff]|$)|是我)"
)
_SPEAKS = (
    rf"(?=[^{HAN}]"
    rf"|[说讲问的跟和给让把被也又还是不没已收卖骗答承告要却就都称表在向对加拉失退推催叫介态拖回来去打发帮做才只等]"
    "|$)"
)

_TITLED = re.compile(
    rf"(?P<name>(?P<family>{ANY_FAMILY})(?P<given>[{HAN}]{{0,2}}?)"
    rf"(?:(?P<address>{_ADDRESS})|(?={_JOB})))"
)
_TITLE_BEGINNINGS = "".join(sorted({title[0] for title in f"{_ADDRESS}|{_JOB}".split("|")}))
_TITLED_START = re.compile(f"[{STARTS}](?=[{HAN}]{{0,3}}?[{_TITLE_BEGINNINGS}])")
_BY_FAMILY_NAME = {
    "mr": re.compile(rf"(?P<name>(?<![a-z])mr\.? ?(?P<family>{CLEAR_FAMILY}))"),
    "ms": re.compile(rf"(?P<name>(?<![a-z])ms\.? ?(?P<family>{CLEAR_FAMILY}))"),
    "某": re.compile(
        rf"(?P<name>(?P<family>{CLEAR_FAMILY})(?P<given>某{{1,2}}[甲乙丙丁]?"
        rf"|某[{HAN}](?=[^{HAN}]|[已在说称骗收]|$)"
        rf"|[{HAN}]某(?=[^{HAN}]|[已在说称骗收]|$)))"
        "(?!公司|平台|银行|医院|学校|小区|品牌|[些个种家款店宝团多音手书程鱼网市地县村乡镇])"
    ),
    "某某": re.compile(
        rf"(?P<name>(?P<family>{ANY_FAMILY})(?P<given>某某))(?!公司|平台|银行|医院|学校|小区|品牌)"
    ),
    "小": re.compile(
        rf"(?P<name>小(?<![大缩胆从弱最很太]小)(?P<family>[{NICKNAMES}]))(?!说[的很了]?[不假])"
        rf"{_SPEAKS}"
    ),
    "老": re.compile(rf"(?P<name>老(?<![古苍养]老)(?P<family>[{NICKNAMES}])){_SPEAKS}"),
    "阿": re.compile(
        rf"(?P<name>(?<![{HAN}])(?P<family>阿[{GIVEN}])"
        rf"|(?<=[叫是找服板姐哥给跟])(?P<other>阿[{GIVEN}]))"
        rf"{_SPEAKS}"
    ),
    "姓": re.compile(rf"(?<!百)姓(?P<name>(?P<family>{CLEAR_FAMILY}))(?=[的,。;!:\s]|$)"),
}
_LABEL = (
    "姓 ?名|联系人|收货人|收件人|寄件人|户名|开户人|收款人|付款人|投诉人|投诉者|举报人"
    "|反映人|申诉人|申请人|报告人|当事人"
    "|请求人|收款方|收款方名称|账户名|收款账户|户主|问政人|留言人|住户|业主|法定代表人|法人代表"
    "|法人|负责人|经办人|代理人"
    "|监护人|家长|学生|患者|车主|机主|持卡人|借款人|落款|签名|签字|署名|被告人?|原告人?|被投诉人"
    "|被举报人|受害人|名字|致电人"
    "|信访人|来信人|来访人|求助人|反馈人|租客|住客|乘机人|旅客|乘车人|入住人|预订人|报案人|本名"
    "|全名|曾用名|原名|开户名"
)
_ROLE = (
    "店主|负责人|老板娘|卖家|买家|真名叫?|实名认证为?|实名|孩子|骗子叫|骗子是|骗子|商家是|对方是"
    "|对方叫|户名是|户名为"
    "|收款人是|收款人为|账户名是|账户名为|姓名是|姓名为"
)
_LABELLED = re.compile(rf"(?:{_LABEL}|{_ROLE})(?:姓 ?名)?[:, 是为叫(|\n]{{1,3}}{_NAME}{_NAME_END}")
_SPACED = re.compile(
    rf"(?:{_LABEL})(?:姓 ?名)?[:, 是为叫(]{{0,3}}"
    rf"(?P<name>(?P<family>{CLEAR_FAMILY})[ ·\n](?P<given>[{HAN}](?:[ ·]?[{HAN}])?)){_NAME_END}"
)
_FOLLOWS = (
    rf"(?:{_NAME_END}|(?=[的已不没却也就又要让把给向对跟和与说称告账卡银支微收转打开尾]"
    "|[一二两三四五六七八九十几百]))"
)
_ACCOUNT_OF = re.compile(
    "(?:收款人|收款方|收款账户|付款人|户名|户主|开户人|账户名|持卡人|收货人|收件人|寄件人|联系人"
    "|机主|姓名"
    rf"|法定代表人|法人代表){_CLEAR_NAME}{_FOLLOWS}"
)
_PAID_TO = re.compile(
    "(?:转账给|转款给|打款给|汇款给|付款给|转给|打给|汇给|付给|借给|交给|还给|转账到|转到|转入"
    rf"|汇到|汇入|打到|打入|打款到|汇款到|存到)了?{_CLEAR_NAME}(?:{_FOLLOWS}|(?=[后之时]))"
)
_SUM_PAID_TO = re.compile(rf"给(?<=[\d元块万钱款]给)了?{_CLEAR_NAME}(?:{_FOLLOWS}|(?=[后之时]))")
_IN_ROLE = re.compile(rf"(?:{_ROLE}){_CLEAR_NAME}(?:{_FOLLOWS}|(?=[后之时骗拉这那\d]))")
_LABEL_START = re.compile(rf"(?:{_LABEL}|{_ROLE})(?:姓 ?名)?[:, 是为叫(|\n]{{0,3}}(?=[{STARTS}])")
_CALLED = re.compile(
    rf"(?:本人|我名?叫|我是|名字?叫|名字是|叫做?){_CLEAR_NAME}"
    rf"(?:{_NAME_END}|(?=的(?:妻子|丈夫|父亲|母亲|爸|妈|儿子|女儿|爱人|老公|老婆|哥|弟|姐|妹"
    rf"|朋友)))"
)
_BEARER = re.compile(
    "(?:书记|主任|组长|经理|队长|所长|校长|老板|司机|村民|法人|父亲|母亲|爸爸?|妈妈?|儿子|女儿"
    "|长女|长子|丈夫|妻子"
    "|爱人|老公|老婆|哥哥?|弟弟?|姐姐?|妹妹?|朋友|同学|同事|律师|民警|受害人|敬礼[!。]?|此致"
    "|记者|编辑|主编|房东|中介"
    "|教练|私教|外教|客服|主播|领队|导游|租客|租户|骑手|阿姨|保姆|月嫂|护工|技师|店长|店主|卖家"
    "|买家|代购|业主|户主|住户"
    "|残疾人|老人|医生|护士|老师|班主任|管家|销售|顾问|推销员|业务员|快递员|配送员|保安|贩子"
    "|骗子|群主|团长|车主|乘客"
    rf"|邻居|室友|亲戚|户名|前台|店员|员工|职员|患者|-)[ \n]?{_CLEAR_NAME}{_NAME_END}"
)
_IN_VIEW = re.compile(rf"[在据]{_CLEAR_NAME}(?:看来|介绍|透露|表示|回忆|描述|反映|所述|自述|解释)")
_ACT = re.compile("骗了|骗我|骗走|骗钱|拉黑|收了|收钱|跑路|失联")
_BEFORE_ACT = re.compile(rf"(?<![{HAN}]){_CLEAR_NAME}$")
_LISTED = re.compile(rf"[、和及] ?{_CLEAR_NAME}(?=[^{HAN}]|$|[等和及])")
_NUMBER = re.compile(r"[01\[](?:(?<=1)[3-9]\d{9}|(?<=0)\d{2,3}-|(?<=\[)(?:mobile|landline))")
_BEFORE_NUMBER = re.compile(
    rf"(?<![{HAN}]){_CLEAR_NAME}[ (:,]{{0,3}}(?:联系电话|电话|手机)?[ :]{{0,2}}$"
)


def find_chinese_names(text: str) -> list[Mention]:
    """Report the persons that a normalised text names in Chinese, and each later full name.

    Ranges may overlap, but each is given once, as the first frame that holds it tells it.

    >>> text = "联系人:黄某某,黄女士说找陈经理"
    >>> sorted({text[one.start:one.end] for one in find_chinese_names(text)})
    ['陈', '黄女士', '黄某某']
    """
    found = list(_titled(text))
    for hint, pattern in _BY_FAMILY_NAME.items():
        if hint in text:
            found.extend(_mention(match) for match in pattern.finditer(text))
    full = [_mention(match) for match in _in_frames(text) if is_announced_name(match)]
    full.extend(find_introduced_names(text))
    full.extend(find_stated_names(text))
    full.extend(find_usual_names(text))
    full.extend(find_transliterated_names(text))
    full.extend(find_weighed_names(text))
    full.extend(_listed_after(text, full))
    introduced = [one for one in found if len(one.given) > 1]
    by_place: dict[tuple[int, int], Mention] = {}
    for one in chain(found, full, _repeated(text, [*full, *introduced])):
        by_place.setdefault((one.start, one.end), one)
    return list(by_place.values())


def find_known_names(text: str, names: Iterable[str]) -> Iterator[Mention]:
    """Report every place where a normalised text holds one of some names of persons.

    An item may be a list of names with 、 between them, as `private_name` gives it.

    >>> [one.start for one in find_known_names("张伟骗我,张伟还拉黑我", ["张伟"])]
    [0, 5]
    """
    for name in (name for given in names for name in given.split("、")):
        family, given_name = split_name(name)
        spelled = re.escape(name) if name.isascii() else "[ ·-]?".join(map(re.escape, name))
        for match in re.finditer(spelled, text):
            yield Mention(*match.span(), family, given_name, "")


def _in_frames(text: str) -> Iterator[re.Match[str]]:
    """Find what stands where a full name is announced: after a label, before a number."""
    for label in _LABEL_START.finditer(text):
        for pattern in (_LABELLED, _SPACED, _ACCOUNT_OF):
            if match := pattern.match(text, label.start()):
                yield match
        match = _IN_ROLE.match(text, label.start())
        if match and is_surely_name(match):
            yield match
    for pattern in (_PAID_TO, _CALLED, _BEARER):
        yield from pattern.finditer(text)
    if "看来" in text or "据" in text:
        yield from _IN_VIEW.finditer(text)
    yield from filter(is_surely_name, _SUM_PAID_TO.finditer(text))
    for act in _ACT.finditer(text):
        match = _BEFORE_ACT.search(text, max(0, act.start() - 4), act.start())
        if match and is_surely_name(match):
            yield match
    for number in _NUMBER.finditer(text):
        match = _BEFORE_NUMBER.search(text, max(0, number.start() - 16), number.start())
        if match:
            yield match


def _listed_after(text: str, known: Sequence[Mention]) -> list[Mention]:
    """Follow lists of names (甲、乙和丙) from those that are known, each part of a list once.

    A part that several known names lead to goes with the last of them.
    """
    followed: set[int] = set()
    lists: list[list[Mention]] = []
    for named in reversed(known):
        position = named.end
        listed: list[Mention] = []
        while position not in followed:
            followed.add(position)
            match = _LISTED.match(text, position)
            if match is None or not is_announced_name(match):
                break
            listed.append(_mention(match))
            position = match.end()
        lists.append(listed)
    return [one for listed in reversed(lists) for one in listed]


def _titled(text: str) -> Iterator[Mention]:
    """Find family names beside a form of address or a job title."""
    position = 0
    for start in _TITLED_START.finditer(text):
        match = _TITLED.match(text, start.start()) if start.start() >= position else None
        if match and _is_titled_name(text, match):
            yield _mention(match)
            position = match.end()


def _is_titled_name(text: str, match: re.Match[str]) -> bool:
    """Tell a name before a title (柳主任) from a word that ends like one (班主任, 高级经理)."""
    family = match["family"]
    before = text[max(0, match.start() - 1) : match.start()]
    if match["given"] and not (is_full_name(match) or is_surely_name(match)):
        return False
    is_polite = (match["address"] or "").startswith(_POLITE)
    if family in name_lists().small_words and is_han(before):
        around = text[max(0, match.start() - 9) : match.start()]
        return is_polite and not is_word(before + family) and is_person_word(around)
    if is_polite:
        return before + family not in _NOBODY
    if family in _PREPOSITIONS or is_company_name(match["name"]):
        return False
    if match.string.startswith("客服", match.end()) and is_word(family + "客"):
        return False
    return not (is_han(before) and is_word(before + family))


def _mention(match: re.Match[str]) -> Mention:
    """Turn a match with the groups name, family and perhaps given into a mention."""
    groups = match.groupdict()
    address = groups.get("address") or ""
    gender: Literal["m", "f", ""] = ""
    if re.match(_MALE, address) or match.group().startswith("mr"):
        gender = "m"
    elif re.match(_FEMALE, address) or match.group().startswith("ms"):
        gender = "f"
    given = re.sub("[某 ·\n]", "", groups.get("given") or "")
    role: Literal["expert", ""] = "expert" if _EXPERT.match(match.string, match.end()) else ""
    family = match["family"] or match["name"]
    return Mention(*match.span("name"), family, given, gender, role)


def _repeated(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Find every further occurrence of a full name that some frame gave."""
    known = {one.family + one.given: one for one in found if one.given}
    if not known:
        return
    reached: dict[str, int] = {}
    for start, end, name in WordSearch({name: name for name in known}).find(text):
        if start >= reached.get(name, 0):
            reached[name] = end
            one = known[name]
            yield Mention(start, end, one.family, one.given, "", one.role)

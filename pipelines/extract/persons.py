"""Names of persons, in the frames in which complaints give them.

In: a text, normalised for Chinese frames and as written for English ones (only capitals
show an English name). Out: mentions, and which of them are one person. Out of scope:
names that stand in no frame, and names of companies, shops and products.

A Chinese name counts when a form of address, a title, a label, or a telephone number
stands beside a known family name. Family names that are also small words (于, 向, 万)
need a clause to begin with them. Job titles stay readable, forms of address do not:
陈经理 becomes [PERSON_1]经理, 陈先生 becomes [PERSON_1].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pipelines.extract.personal_names import (
    is_company_name,
    is_name_in_dictionary,
    is_usual_name,
    split_name,
)
from pipelines.segment import is_word

_CLEAR = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧肖冯曾程蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范江傅"
    "钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎闫薛侯雷龙段郝孔邵史毛顾赖武康贺严尹施牛洪龚汤陶黎温莫易樊乔"
    "殷颜庄章鲁倪庞邢俞翟蓝聂申葛柴伍覃骆焦柳欧祝纪耿芦符辛苗詹曲靳祁涂兰甘裴霍阮柯冼麦卞凌盛童岳游屈鲍饶牟卓"
    "瞿褚娄桑谷邬柏窦冉闵蒙仇嵇蔺谌"
)
_SMALL_WORDS = "于向时成查连路房车项司应单钱管万关左文安常白毕齐季宁尚包丛欧"
_COMPOUND = (
    "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|南宫|东方|独孤|长孙|端木|呼延|宇文"
)
_FAMILY = f"(?:{_COMPOUND}|[{_CLEAR}{_SMALL_WORDS}])"
_CLEAR_FAMILY = f"(?:{_COMPOUND}|[{_CLEAR}])"
_COMMONEST = (
    "王李张刘陈杨赵吴徐孙朱胡郭何郑罗宋谢唐韩曹许邓冯曾程蔡彭潘袁董吕魏蒋杜丁沈姜范傅卢汪戴崔陆廖姚"
    "邱谭邹孟薛郝邵"
)
_HAN = "\u3400-\u9fff"
_NEVER_IN_NAMES = frozenset(
    "的是在和了与不有这那个们班课科级副总客业区店该某每各位女男我你他她它为被把给向从对跟找说叫让请由或及就都也还"
    "没要来去到里外部门司队组室厅局处办员院校站县镇村等后前多些服业融"
)

_MALE = "老先生|先生|师傅|叔叔|大哥|大爷|哥(?![哥们华斯特])"
_FEMALE = "女士|小姐|太太|阿姨|大姐|大妈|姐(?![姐妹夫])"
_POLITE = ("先生", "老先生", "女士", "小姐", "太太")
_NOBODY = frozenset(("任何", "如何", "为何", "黄牛", "蜗牛", "吹牛"))
_PREPOSITIONS = frozenset("于向")
_ADDRESS = (
    f"{_MALE}|{_FEMALE}|老师|总(?![是共计数价额体之结会裁监经部店公行统局署理量想要能让得有不额])"
)
_JOB = (
    "总经理|副经理|经理|副主任|主任|副书记|书记|律师|警官|民警|法官|医生|大夫|护士|教授|校长|园长|院长|所长|局长|处长|科长|"
    "队长|村长|店长|主管|组长|老板|主播|客服|顾问|导游|总监|董事长|秘书|会计|司机|同学"
)
_NAME = rf"(?P<name>(?P<family>{_FAMILY})(?P<given>[{_HAN}]{{1,2}}?))"
_CLEAR_NAME = rf"(?P<name>(?P<family>{_CLEAR_FAMILY})(?P<given>[{_HAN}]{{1,2}}?))"
_NAME_END = (
    rf"(?=[^{_HAN}]|$|于|在|因|系|是|为|现|今|等|电话|手机|身份证|联系|家住|住|来自|男|女"
    "|投诉|购买)"
)
_SPEAKS = rf"(?=[^{_HAN}]|[说讲问的跟和给让把被也又还]|$)"

_TITLED = re.compile(
    rf"(?P<name>(?P<family>{_FAMILY})(?P<given>[{_HAN}]{{0,2}}?)"
    rf"(?:(?P<address>{_ADDRESS})|(?={_JOB})))"
)
_TITLE_BEGINNINGS = "".join(title[0] for title in f"{_ADDRESS}|{_JOB}".split("|"))
_TITLED_START = re.compile(
    f"[{_COMPOUND.replace('|', '')}{_CLEAR}{_SMALL_WORDS}](?=[{_HAN}]{{0,3}}?[{_TITLE_BEGINNINGS}])"
)
_BY_FAMILY_NAME = {
    "mr": re.compile(rf"(?P<name>(?<![a-z])mr\.? ?(?P<family>{_CLEAR_FAMILY}))"),
    "某": re.compile(
        rf"(?P<name>(?P<family>{_CLEAR_FAMILY})(?P<given>某{{1,2}}[甲乙丙丁]?))"
        "(?!公司|平台|银行|医院|学校|小区|品牌|[些个种家款店宝团多音手书程鱼网市地县])"
    ),
    "小": re.compile(rf"(?P<name>(?<![大缩胆从弱最很])小(?P<family>[{_COMMONEST}])){_SPEAKS}"),
    "老": re.compile(rf"(?P<name>老(?P<family>[{_COMMONEST}])){_SPEAKS}"),
    "姓": re.compile(rf"(?<!百)姓(?P<name>(?P<family>{_CLEAR_FAMILY}))(?=[的,。;!:\s]|$)"),
}
_LABEL = (
    "姓名|联系人|收货人|收件人|寄件人|户名|开户人|收款人|付款人|投诉人|举报人|反映人|申诉人|申请人|报告人|当事人|请求人"
    "|收款方|收款方名称|账户名|收款账户|户主|问政人|留言人|住户|业主|法定代表人|法人代表|法人|负责人|经办人|代理人|监护人|家长|学生|患者|车主|机主|持卡人|借款人"
)
_LABELLED = re.compile(rf"(?:{_LABEL})(?:姓名)?[:, 是为叫(|\n]{{1,3}}{_NAME}{_NAME_END}")
_SPACED = re.compile(
    rf"(?:{_LABEL})(?:姓名)?[:, 是为叫(]{{0,3}}"
    rf"(?P<name>(?P<family>{_CLEAR_FAMILY})[ ·](?P<given>[{_HAN}](?:[ ·]?[{_HAN}])?)){_NAME_END}"
)
_BY_FAMILY_NAME["·"] = re.compile(
    rf"(?:{_LABEL}|我叫|本人|给)[:, 是为叫]{{0,3}}"
    rf"(?P<name>(?P<family>[{_HAN}]{{2,6}})·(?P<given>[{_HAN}]{{2,8}}?)){_NAME_END}"
)
_FOLLOWS = (
    rf"(?:{_NAME_END}|(?=[的已不没却也就又要让把给向对跟和与说称告账卡银支微收转打开尾]"
    "|[一二两三四五六七八九十几百]))"
)
_ACCOUNT_OF = re.compile(
    "(?:收款人|收款方|收款账户|付款人|户名|户主|开户人|账户名|持卡人|收货人|收件人|寄件人|联系人|机主|姓名"
    rf"|法定代表人|法人代表){_CLEAR_NAME}{_FOLLOWS}"
)
_PAID_TO = re.compile(
    "(?:转账给|转款给|打款给|汇款给|付款给|转给|打给|汇给|付给|借给|交给|还给|转账到|转到|转入"
    rf"|汇到|汇入|打到|打入|打款到|汇款到|存到)了?{_CLEAR_NAME}(?:{_FOLLOWS}|(?=[后之时]))"
)
_SUM_PAID_TO = re.compile(rf"给(?<=[\d元块万钱款]给)了?{_CLEAR_NAME}(?:{_FOLLOWS}|(?=[后之时]))")
_ROLE = (
    "店主|负责人|老板娘|卖家|买家|真名叫?|实名认证为?|实名|孩子|骗子叫|骗子是|骗子|商家是|对方是|对方叫|户名是|户名为"
    "|收款人是|收款人为|账户名是|账户名为|姓名是|姓名为"
)
_IN_ROLE = re.compile(rf"(?:{_ROLE}){_CLEAR_NAME}(?:{_FOLLOWS}|(?=[后之时骗拉这那\d]))")
_LABEL_START = re.compile(
    rf"(?:{_LABEL}|{_ROLE})(?:姓名)?[:, 是为叫(|\n]{{0,3}}"
    rf"(?=[{_COMPOUND.replace('|', '')}{_CLEAR}{_SMALL_WORDS}])"
)
_CALLED = re.compile(
    rf"(?:本人|我名?叫|我是|名字?叫|名字是|叫做?){_CLEAR_NAME}"
    rf"(?:{_NAME_END}|(?=的(?:妻子|丈夫|父亲|母亲|爸|妈|儿子|女儿|爱人|老公|老婆|哥|弟|姐|妹|朋友)))"
)
_BEARER = re.compile(
    "(?:书记|主任|组长|经理|队长|所长|校长|老板|司机|村民|法人|父亲|母亲|爸爸?|妈妈?|儿子|女儿|长女|长子|丈夫|妻子"
    "|爱人|老公|老婆|哥哥?|弟弟?|姐姐?|妹妹?|朋友|同学|同事|律师|民警|受害人|敬礼[!。]?|此致)"
    rf"[ \n]?{_CLEAR_NAME}{_NAME_END}"
)
_ACT = re.compile("骗了|骗我|骗走|骗钱|拉黑|收了|收钱|跑路|失联")
_BEFORE_ACT = re.compile(rf"(?<![{_HAN}]){_CLEAR_NAME}$")
_LISTED = re.compile(rf"[、和及] ?{_CLEAR_NAME}(?=[^{_HAN}]|$|[等和及])")
_NUMBER = re.compile(r"1[3-9]\d{9}|0\d{2,3}-|\[mobile|\[landline")
_BEFORE_NUMBER = re.compile(
    rf"(?<![{_HAN}]){_CLEAR_NAME}[ (:,]{{0,3}}(?:联系电话|电话|手机)?[ :]{{0,2}}$"
)

_WORD = (
    r"(?!XX|Mrs?\b|Ms\b|(?:Support|Team|Customer|Service|Services|Bank|The|And|Your|Our|Sir|Madam)\b)"
    r"[A-Z][A-Za-z'’-]*[a-z]"
)
_NO_PERSON = (
    r"(?:American|African|Asian|Indian|Mexican|Canadian|European|Chinese|Japanese|British|English|Spanish"
    r"|Very|So|Not|Now|Still|Also|Just|Too|Being|Extremely|Really|Currently|Requesting|Writing|In|On|At|Of"
    r"|For|With|Wells|Fargo|Capital|One|United|States|Native|Active|Duty|Power|Attorney|Disabled|Veteran"
    r"|Social|Security)\b"
)
_NO_NAME = (
    r"(?:an?|also|as|at|being|clear|for|her|his|in|it|my|no|not|now|of|off|on|only|out|still|that|the|their"
    r"|this|under|up|very|wrong|xx+|your|listed|used|attached|linked|tied|spelled|misspelled|associated"
    r"|removed|added|cleared|correct|incorrect|\w+(?:rrectly|ongly|rently|tely|ously))\b"
)
_ENGLISH = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|MR|MRS|MS)\b\.? ?(?!Cooper\b)"
    rf"(?P<titled>{_WORD}(?: [A-Z]\.)?(?: {_WORD})?)"
    rf"|\b[Mm]y name(?: is|['’]s) (?P<self>{_WORD}(?: [A-Z]\.)?(?: {_WORD}){{0,2}})"
    rf"|\bI(?: am|['’]m) (?!{_NO_PERSON})(?P<am>{_WORD}(?: [A-Z]\.)? (?!{_NO_PERSON}){_WORD})"
    r"(?=[,.;:!?()\n]|$"
    r"| (?:and|from|of|at|with|an?|my|in|who|born|writing|filing|calling|living)\b)"
    rf"|(?i:\bmy name(?: is|['’]s) (?!{_NO_NAME})(?P<said>[a-z]{{2,}} [a-z]{{2,}}))"
    r"(?=[,.;:!?)\n]|$| and\b| [iI]\b)"
    r"|(?:\bName ?:|\b[Ss]incerely,?|\b[Rr]egards,?)\s{1,3}"
    rf"(?P<signed>{_WORD}(?: {_WORD}){{1,2}})"
    r"|\b[Mm]y (?:husband|wife|son|daughter|mother|father|brother|sister|friend|boss),? "
    rf"(?P<kin>{_WORD}(?: {_WORD})?)"
    r"|\b(?:rep|representative|agent|supervisor|manager|employee|specialist|associate|person|man"
    r"|woman|lady|guy)(?: who was)?,? (?:named|called|by the name of) "
    rf"(?P<staff>{_WORD}(?: {_WORD})?)"
    r"|\b(?:Zelle|Venmo|Cash ?App)(?:d|ed)?(?: payment| transfer)?(?: of)?(?: \$[\d,.]+)? to "
    rf"(?P<paid>(?!{_NO_PERSON}){_WORD} (?!{_NO_PERSON}){_WORD})(?![A-Za-z ]*(?:Bank|LLC|Inc))",
    re.ASCII,
)
_TWO_CAPITALS = re.compile(" (?<=[A-Za-z.] )[A-Z]")
_LATIN_AMONG_HAN = re.compile(
    "(?:姓名|联系人|收款人|付款人|收款方|户名|收货人|收件人|我叫|名叫|本人|转账给|转给|打给|汇给|付给)"
    r"[:： 是为]{0,3}(?P<name>(?!XX|Mr|Ms)[A-Z][A-Za-z'’]{1,14}(?: [A-Z]\.)? "
    r"(?!(?:Pay|PAY|Store|STORE|Shop|SHOP|App|APP|Inc|INC|Ltd|LTD|Co|CO|Bank|BANK|Store|Group)\b)"
    r"[A-Z][A-Za-z'’]{1,14})(?![A-Za-z])",
    re.ASCII,
)
_ENGLISH_HINT = re.compile(
    "M(?:r|s|iss|R|S)|Dr|Prof|My [nhwsdmfb]|my [nhwsdmfb]|MY NAME"
    "|I am [A-Z]|I'm [A-Z]|I’m [A-Z]|Name|incerely|egards|named|called|by the name"
    "|Zelle|Venmo|Cash ?App"
)
_COMPANY_NEXT = re.compile(
    r"(?:'s)? (?:Bank|Inc|Corp|Company|Co|Financial|Mortgage|Group|LLC|Services?|Credit|Card|Fargo)"
    r"\b"
)


class Mention(NamedTuple):
    """One mention of a person, as a half-open range of the text it was found in."""

    start: int
    end: int
    family: str
    given: str
    gender: Literal["m", "f", ""]


def find_chinese_names(text: str) -> list[Mention]:
    """Report the persons that a normalised text names in Chinese, and each later full name.

    >>> text = "联系人:黄某某,黄女士说找陈经理"
    >>> [text[one.start:one.end] for one in find_chinese_names(text)]
    ['黄女士', '陈', '黄某某']
    """
    found = list(_titled(text))
    for hint, pattern in _BY_FAMILY_NAME.items():
        if hint in text:
            found.extend(_mention(match) for match in pattern.finditer(text))
    full = [_mention(match) for match in _in_frames(text) if _is_announced_name(match)]
    full.extend(listed for one in tuple(full) for listed in _listed_after(text, one))
    return [*found, *full, *_repeated(text, full)]


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
        if match and _is_surely_name(match):
            yield match
    for pattern in (_PAID_TO, _CALLED, _BEARER):
        yield from pattern.finditer(text)
    yield from filter(_is_surely_name, _SUM_PAID_TO.finditer(text))
    for act in _ACT.finditer(text):
        match = _BEFORE_ACT.search(text, max(0, act.start() - 4), act.start())
        if match and _is_surely_name(match):
            yield match
    for number in _NUMBER.finditer(text):
        match = _BEFORE_NUMBER.search(text, max(0, number.start() - 16), number.start())
        if match:
            yield match


def _listed_after(text: str, named: Mention) -> Iterator[Mention]:
    """Follow a list of names (甲、乙和丙) from one that is known."""
    position = named.end
    while (match := _LISTED.match(text, position)) and _is_announced_name(match):
        yield _mention(match)
        position = match.end()


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
    if match["given"] and not (_is_full_name(match) or _is_surely_name(match)):
        return False
    if family in _SMALL_WORDS and _is_han(before):
        return False
    if (match["address"] or "").startswith(_POLITE):
        return before + family not in _NOBODY
    if family in _PREPOSITIONS:
        return False
    return not (_is_han(before) and is_word(before + family))


def _is_full_name(match: re.Match[str]) -> bool:
    """Say whether a family name and what follows can be a name and is no other word."""
    family, given = match["family"], match["given"]
    if family in _SMALL_WORDS and given[0] in _CLEAR:
        return False
    name = family + given.replace(" ", "").replace("·", "")
    return _NEVER_IN_NAMES.isdisjoint(given) and not is_word(name) and not is_company_name(name)


def _is_announced_name(match: re.Match[str]) -> bool:
    """Say whether a frame holds a name; one may be in the dictionary, as of somebody famous."""
    name = match["family"] + match["given"].replace(" ", "").replace("·", "")
    is_listed = is_name_in_dictionary(name) and not is_company_name(name)
    return _is_full_name(match) or is_usual_name(name) or is_listed


def _is_surely_name(match: re.Match[str]) -> bool:
    """Say whether a name is a usual one, or a long one that is of somebody famous."""
    name = match["family"] + match["given"]
    if match["family"] in _SMALL_WORDS or match["given"][0] in "一三四":
        return False
    return is_usual_name(name) or (len(name) > 2 and _is_announced_name(match))


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _mention(match: re.Match[str]) -> Mention:
    """Turn a match with the groups name, family and perhaps given into a mention."""
    groups = match.groupdict()
    address = groups.get("address") or ""
    gender: Literal["m", "f", ""] = ""
    if re.match(_MALE, address):
        gender = "m"
    elif re.match(_FEMALE, address):
        gender = "f"
    given = re.sub("[某 ·]", "", groups.get("given") or "")
    return Mention(*match.span("name"), match["family"], given, gender)


def _repeated(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Find every further occurrence of a full name that some frame gave."""
    known = {one.family + one.given: one for one in found if one.given}
    for name, one in known.items():
        for match in re.finditer(re.escape(name), text):
            yield Mention(*match.span(), one.family, one.given, "")


def find_english_names(text: str) -> list[Mention]:
    """Report the persons that a text, in its own capitals, names in English.

    Ranges may overlap: a family name is reported again wherever it stands.

    >>> text = "Mr. Holt of Acme called; Holt was rude."
    >>> sorted({text[one.start:one.end] for one in find_english_names(text)})
    ['Holt', 'Mr. Holt']
    """
    found = []
    if not text.isascii() and _TWO_CAPITALS.search(text):
        for match in _LATIN_AMONG_HAN.finditer(text):
            found.append(Mention(*match.span("name"), *_family_and_given(match["name"]), ""))
    if _ENGLISH_HINT.search(text):
        for match in _ENGLISH.finditer(text):
            group = match.lastgroup or 0
            start = match.start() if group == "titled" else match.start(group)
            found.append(Mention(start, match.end(), *_family_and_given(match[group]), ""))
    return [*found, *_repeated_english(text, found)] if found else found


def _family_and_given(name: str) -> tuple[str, str]:
    """Divide a name written in Latin letters, in lower case."""
    words = name.lower().split()
    return words[-1], words[0] if len(words) > 1 else ""


def _repeated_english(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Find a family name again, unless it begins a company's name."""
    known = {one.family: one for one in found}
    for one in known.values():
        for match in re.finditer(rf"\b{re.escape(one.family)}\b", text, re.IGNORECASE | re.ASCII):
            is_company = _COMPANY_NEXT.match(text, match.end())
            if match.group()[0].isupper() and not is_company:
                yield Mention(*match.span(), one.family, "", "")


def identify(mentions: list[Mention]) -> list[int]:
    """Number the persons of one document from 1, in the order of their first mention.

    A family name alone is the person of that name mentioned last (张先生 = 张总), unless
    the forms of address disagree (张先生, 张女士). Two full names are two persons; two
    family names are never one.

    >>> identify([Mention(0, 3, "张", "", "m"), Mention(9, 11, "张", "三", ""),
    ...           Mention(20, 23, "张", "", "f"), Mention(30, 32, "张", "四", "m")])
    [1, 1, 2, 3]
    """
    people: list[Mention] = []
    of_family: dict[str, list[int]] = {}
    numbers: list[int] = []
    for mention in mentions:
        family = of_family.setdefault(mention.family, [])
        number = _same_person(people, family[-20:], mention)
        if number is None:
            number = len(people)
            people.append(mention)
            family.append(number)
        known = people[number]
        people[number] = known._replace(
            given=known.given or mention.given, gender=known.gender or mention.gender
        )
        numbers.append(number + 1)
    return numbers


def _same_person(people: list[Mention], family: list[int], mention: Mention) -> int | None:
    """Find the person of that family, latest first, that a mention can be."""
    for number in reversed(family):
        person = people[number]
        fits_gender = not (person.gender and mention.gender) or person.gender == mention.gender
        fits_given = not (person.given and mention.given) or person.given == mention.given
        if fits_gender and fits_given:
            return number
    return None

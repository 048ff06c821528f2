"""Chinese names of usual characters, told by the word before and the verb after.

In: a normalised text. Out: mentions of full names whose family name many people have and
whose given name is made of the characters of given names. Out of scope: names that a label
or a title announces (`chinese_names`), which may be of any characters.

The characters alone decide nothing: 高兴, 金海 and 江东 are made of them as well. A person is
meant after a word for one (客服, 女儿, 名叫), or where a clause begins and a verb of persons
follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import rjieba

from pipelines.extract.name_parts import (
    CLEAR_STARTS,
    COMPOUND_STARTS,
    GIVEN,
    HAN,
    can_be_given,
    is_han,
)
from pipelines.extract.personal_names import (
    is_company_name,
    is_name_in_dictionary,
    is_tagged_name,
    name_lists,
    split_name,
)
from pipelines.extract.persons import Mention
from pipelines.segment import is_word

_SECOND = "".join(sorted({name[1] for name in name_lists().compounds}))
_USUAL = re.compile(
    f"[{CLEAR_STARTS}](?:(?<={COMPOUND_STARTS})[{_SECOND}])?(?:[{GIVEN}]{{1,2}}|[四五六七])"
)
_PERSON_BEFORE = re.compile(
    "(?:客服|法人|法人代表|户主|联系人|收件人|收货人|寄件人|户名|收款人|付款人|举报人|反映人"
    "|申请人|申诉人|经办人"
    "|代理人|监护人|机主|持卡人|借款人|合伙人|老乡|同乡|队友|经纪人|店长|老板娘?|店主|主播|教练"
    "|中介|房东|业务员|销售|经理|主管|司机|快递员|外卖员|骑手|医生|护士|律师|记者|编辑"
    "|主编|同事|同学|朋友|室友|邻居|亲戚|妈妈?|母亲|爸爸?|父亲|儿子|女儿|老公|老婆|丈夫|妻子"
    "|爱人|哥哥?|姐姐?|弟弟?|妹妹?"
    "|叔叔|阿姨|爷爷|奶奶|外公|外婆|群主|团长|骗子|保安|保姆|月嫂|收银员|服务员|网友|博主"
    "|模特|导游|教师|老师|班主任|校长|院长|专家|教授|负责人"
    "|工作人员|店员|前台|顾问|助理|被告人?|原告人?|投诉人|当事人|受害人|消费者|市民|村民|居民"
    "|业主|租客|房客|学员|学生"
    "|家长|车主|乘客|患者|顾客|客户|用户|租户|会计|车商|领队|私教|外教|代购|残疾人|老人|技师"
    "|护工|管家"
    "|推销员|配送员|贩子|员工|职员|全名|本名|名叫|叫做?|自称|姓名|本人|我是|落款|签名|署名|敬礼"
    "|此致|真名|名字|对方|联系|孩子)"
    "(?:的?(?:是|为|叫|名叫|名字叫|名字是|姓名是))?[: ,(\n]?$"
)
_LAST_OF_PERSONS = (
    "服长板娘主播练介东员售理管机手生士师者辑编事学友居戚妈亲爸子儿公婆夫人哥姐弟妹叔姨爷奶外团模特游家授问助方客户队教购工计商介"
    "名叫称是"
)
_TOLD = re.compile(f"[{CLEAR_STARTS}](?<=[{_LAST_OF_PERSONS}][{CLEAR_STARTS}])(?=[{HAN}])")
_MEETS = "和与跟找对被向给问由让请骗"
_VERB = (
    rf"[^{HAN}]|$"
    rf"|[说称表示认为指出的不没已把被让叫给和与跟等骗收要在于也又就还向对从是先女小老身因找承答拒离态回反自现"
    "家来拉退转发打卖买带加约推劝威辱骂欠借拿开签拖有同以今诱介建解一偷私擅竟居突非当每昨明仍实收才]|告诉|报道|电话|手机|联系"
)
_VERB_AFTER = re.compile(_VERB)
_SPEECH_AFTER = re.compile(
    "说|称|表示|告诉|骗|拉黑|承诺|答应|认为|指出|反映|介绍|欠|借|微信|电话|手机|失联|跑路|收了"
    "|推荐|一起|一同|一块"
)


class _Candidate(NamedTuple):
    family: str
    given: str
    end: int
    is_meant: bool


def find_usual_names(text: str) -> Iterator[Mention]:
    """Report full names of usual characters where a person is meant, some more than once.

    >>> text = "我妈妈张桂芳在网上买了东西,客服王小芳说不退,黄金和高兴不是人"
    >>> sorted({text[one.start:one.end] for one in find_usual_names(text)})
    ['张桂芳', '王小芳']
    """
    yield from _told_by_word(text)
    for match in _USUAL.finditer(text):
        start = match.start()
        before = text[max(0, start - 9) : start]
        is_free = not is_han(before[-1:]) or before[-1] in _MEETS
        is_meant = is_person_word(before)
        if not is_free and not is_meant and match.group() not in name_lists().stock:
            continue
        family, given = split_name(match.group())
        for length in range(len(given), 0, -1):
            name = _Candidate(family, given[:length], start + len(family) + length, is_meant)
            if _is_person(text, name):
                yield Mention(start, name.end, family, name.given, "")
                break


def is_person_word(before: str) -> bool:
    """Say whether the word right before a place is one for a person.

    >>> is_person_word("这家店的客服"), is_person_word("这家店的钱")
    (True, False)
    """
    return _PERSON_BEFORE.search(before) is not None


def _told_by_word(text: str) -> Iterator[Mention]:
    """Find names of any characters after a word for a person, if the segmenter agrees."""
    for match in _TOLD.finditer(text):
        start = match.start()
        if not is_person_word(text[max(0, start - 9) : start]):
            continue
        if (whole := _first_word(text, start)) and can_be_given(whole[1:]):
            family, given = split_name(whole)
            yield Mention(start, start + len(whole), family, given, "")
            continue
        family = split_name(text[start : start + 2])[0]
        for length in (2, 1):
            end = start + len(family) + length
            given = text[start + len(family) : end]
            is_bounded = _VERB_AFTER.match(text, end)
            if is_bounded and len(given) == length and can_be_given(given):
                if not _is_taken_for_name(family + given) or _runs_on(text, end):
                    continue
                yield Mention(start, end, family, given, "")
                break


def _first_word(text: str, start: int) -> str:
    """Give the name that the segmenter finds at a place, if it takes what is there for one."""
    tags = rjieba.tag(text[start : start + 8])
    word, tag = tags[0] if tags else ("", "")
    is_company = any(is_company_name(text[start : start + length]) for length in (2, 3, 4))
    is_name = tag.startswith("nr") and 1 < len(word) < 5 and _is_taken_for_name(word)
    return word if is_name and not is_company else ""


def _runs_on(text: str, end: int) -> bool:
    """Say whether the last character before a place and the next one are one word."""
    following = text[end : end + 1]
    return is_han(following) and is_word(text[end - 1] + following)


def _is_taken_for_name(name: str) -> bool:
    """Say whether the segmenter takes a name for one; of its words only those of persons."""
    if is_word(name) and not is_name_in_dictionary(name):
        return False
    return is_tagged_name(name) and not is_company_name(name)


def _is_person(text: str, one: _Candidate) -> bool:
    """Weigh what stands around a name of usual characters."""
    name = one.family + one.given
    follows = text[one.end : one.end + 2]
    if name in name_lists().stock:
        return _VERB_AFTER.match(follows) is not None
    if is_company_name(name) or (len(one.given) == 1 and one.given in "一三四五六七"):
        return False
    if _runs_on(text, one.end):
        return False
    if is_word(name) and not (is_name_in_dictionary(name) and (one.is_meant or len(name) > 2)):
        return False
    start = one.end - len(name)
    is_bracketed = text[start - 1 : start] == "(" and follows[:1] == ")"
    if len(one.given) == 1 and not one.is_meant and not is_bracketed:
        return _SPEECH_AFTER.match(text, one.end) is not None
    is_split = is_word(one.family + one.given[0]) and not is_name_in_dictionary(name)
    if len(one.given) == 2 and is_split and not one.is_meant:
        return False
    return _VERB_AFTER.match(follows) is not None

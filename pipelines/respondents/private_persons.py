"""Private persons given as respondents: told by a bare name, shown under a keyed pseudonym.

In: what a source's column gives as a name. Out: whether it is a person's and nobody
known, and the pseudonym to show in its place. Out of scope: names inside texts
(`pipelines.redact`), and persons who trade under a name that is neither Chinese nor pinyin.

    张伟             -> person-9d1f3a0b57c2, the same wherever that name is given
    淘宝店主张伟(微信) -> the same
    张伟商行          -> as it is
"""

from __future__ import annotations

import hmac
import re

from pipelines.extract.personal_names import (
    has_usual_given,
    is_name_in_dictionary,
    is_possible_name,
    is_usual_name,
)
from pipelines.normalise import normalise
from pipelines.respondents.lexicon import Lexicon
from pipelines.respondents.names import take_name_apart

_BRACKETED = re.compile(r"\(([^()]*)\)?")
_ASIDE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]|[\d+.:!?\"'【】《》<>。]+")
_BETWEEN_NAMES = re.compile("[、/,&]|和")
_PLATFORM = re.compile(
    "(?:淘宝|某宝|闲鱼|咸鱼|微信|支付宝|抖音|快手|转转|拼多多|京东|小红书|qq"
    "|[\u3400-\u9fff]{2,4}?银行)"
)
_ROLE = re.compile(
    "(?:个人|卖家|买家|店主|店家|商家|老板娘|老板|用户|游戏|玩家|户名|收款人|收款方|姓名|名字"
    "|联系人|负责人|法人|客服|主播|昵称|司机|中介|房东|网友|代购|群主|团长)+"
)
_TAG = re.compile("<[/!a-z][^<>]*>")
_CONTACT = re.compile(
    r"[ ,;:(]*(?:联系)?(?:电话|手机|邮箱|微信|qq|扣扣|vx|wx|wechat|phone|tel|mobile|e-?mail)"
    r"(?:号码?|同号|id)?"
    r"[ :是为]{0,3}(?=[\w@.+_-]*[\d@_])[a-z0-9@.+_-]{5,40}\)?"
)
_SMALL_TITLED = re.compile(
    r"\W*(?:mr|mrs|ms|miss|dr|prof)\b\.?\W{0,3}[a-z'’-]{2,}(?:\W{1,3}[a-z'’-]+){0,3}\W*"
)
_TITLE = re.compile("(?:先生|女士|小姐|同学|老师|律师|师傅|经理|老板|本人|个人)$")
_MASKED = re.compile(r"(?P<family>[\u3400-\u9fff]?)\*{1,2}(?P<given>[\u3400-\u9fff]{1,2})")


def private_name(given: str | None, lexicon: Lexicon) -> str | None:
    """Give the normalised name of a private person; None for anybody else.

    Roles, brackets and numbers around the name are left out; several persons are given as
    one list, with 、 between the names.

    >>> from pipelines.respondents.lexicon import build_lexicon
    >>> nobody_known = build_lexicon({})
    >>> private_name(" 張偉 ", nobody_known), private_name("张伟商行", nobody_known)
    ('张伟', None)
    >>> private_name("淘宝店主李建国(微信)", nobody_known)
    '李建国'
    """
    if not given:
        return None
    spelled = _CONTACT.sub(" ", _TAG.sub(" ", normalise(given).text))
    whole = take_name_apart(spelled)
    if lexicon.known(whole) or lexicon.known_reduced(whole):
        return None
    left = _ASIDE.sub(" ", _beside_role(spelled)).strip()
    names = [_name_in(part) for part in _BETWEEN_NAMES.split(left)]
    if len(names) == 1 and names[0] is None and len(left.split()) > 1:
        names = [_name_in(part) for part in left.split()]
    found = [name for name in names if name and not lexicon.known(take_name_apart(name))]
    return "、".join(found) if len(found) == len(names) else None


def in_capitals(given: str, lexicon: Lexicon) -> str:
    """Write the name after a form of address in small letters with capitals, as names show.

    Whoever is known is left as given; the length stays.

    >>> from pipelines.respondents.lexicon import build_lexicon
    >>> in_capitals("mr zebulon quackenbush", build_lexicon({}))
    'Mr Zebulon Quackenbush'
    """
    if not _SMALL_TITLED.fullmatch(given) or lexicon.identify(given)[0]:
        return given
    return re.sub(r"[A-Za-z'’]+", lambda word: word[0].capitalize(), given)


def _beside_role(spelled: str) -> str:
    """Give what brackets hold beside a role or platform: 卖家(张伟); else all there is."""
    outside = _BRACKETED.sub("", spelled).strip()
    if _PLATFORM.fullmatch(outside) or _ROLE.fullmatch(outside):
        return outside + "".join(_BRACKETED.findall(spelled))
    return spelled


def _name_in(part: str) -> str | None:
    """Give the name of a person that is left when its roles are taken off; None if none is."""
    part = part.strip(" \n-_·")
    if masked := _MASKED.fullmatch(part):
        return part if has_usual_given(masked["given"]) and _is_family(masked["family"]) else None
    if is_possible_name(part):
        return part
    packed = re.sub("[ _-]|·(?=.$)", "", part)
    unserved = _PLATFORM.sub("", packed, count=1) if _PLATFORM.match(packed) else packed
    name = _TITLE.sub("", _ROLE.sub("", unserved, count=1) if _ROLE.match(unserved) else unserved)
    is_surely = is_usual_name(name) or (is_name_in_dictionary(name) and is_possible_name(name))
    is_only_spaced = "-" in part or (name == packed and " " in part)
    return name if is_surely or (is_only_spaced and is_possible_name(name)) else None


def _is_family(family: str) -> bool:
    """Say whether a character, or none where it is masked, may be a family name."""
    return not family or is_usual_name(f"{family}伟")


def pseudonym(name: str, key: bytes) -> str:
    """Give what stands for a private person: equal for equal names under one key.

    >>> pseudonym("张伟", b"key") == pseudonym("张伟", b"key") != pseudonym("张伟", b"other")
    True
    """
    return f"person-{hmac.digest(key, f'person:{name}'.encode(), 'sha256').hex()[:12]}"

"""Accounts by which a person is reached: mail, QQ, WeChat, accounts of platforms.

In: a normalised text. Out: sightings. Out of scope: phone numbers that serve as accounts
(`phones`), and ids inside games.

The words for QQ and WeChat are disguised as often as the numbers: 扣扣, 薇❤, ➕V, 绿泡泡.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.digits import FLOAT, MASK, NUMERALS, SUM_AHEAD, as_digits
from pipelines.extract.sighting import Sighting

_HINTS = (
    *("qq", "q q", "扣扣", "抠抠", "加q", "q:", "的q", "服q", "我q", "q群", "扣群", "群号"),
    *(
        "企鹅",
        "球球",
        "蔻蔻",
        "秋秋",
        "丘丘",
        "鹅号",
        "微",
        "薇",
        "威信",
        "徽信",
        "维信",
        "围信",
        "卫信",
        "喂信",
        "卫星",
        "威❤",
    ),
    *("v信", "v我", "v:", "v❤", "v♥", "vx", "wx", "w x", "wechat", "we chat", "weixin"),
    *("wei xin", "加威", "加v", "加我", "+v", "+ v", "➕", "绿泡泡", "支付宝", "抖音", "快手"),
    *("闲鱼", "小红书", "旺旺", "陌陌", "叩叩", "扌口", "扣:", "\U0001f427", "\U0001f6f0", "喂心"),
    *("w e c h a t", "kou kou", "koukou"),
)
_HINT = re.compile("|".join(map(re.escape, _HINTS)))
_LATIN_HINTS = (
    *(
        "qq",
        "q q",
        "q:",
        "vx",
        "wx",
        " w x",
        "echat",
        "we chat",
        "eixin",
        "ei xin",
        "v:",
        "+v",
        "+ v",
    ),
    *("kou kou", "koukou", "e c h a t"),
)
_VALUE = re.compile(rf"[a-z\d{NUMERALS}](?:[-_*\u20e3]?[ .]?[a-z\d{NUMERALS}]){{4,}}")
_BESIDE = 24
"""How far from an account the word that tells what it is may stand."""
_MAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}"
)
_DOT = r"(?: ?(?:[.。,]|\[dot\]|\(dot\)|点) ?| dot )"
_HOSTS = (
    "qq|163|126|139|189|gmail|sina|sohu|hotmail|outlook|foxmail|yahoo|icloud|aliyun|live|msn"
    "|example"
)
_SPELLED_MARK = (
    "(?:(?:下划线|减号|横杠|中划线|点)(?=[a-z0-9])| (?:underscore|dash|hyphen) (?=[a-z0-9]))"
)
_LOOSE_MAIL = re.compile(
    rf"(?<![a-z0-9._%+-])[a-z0-9](?:[a-z0-9._%+-]|{_SPELLED_MARK}){{1,63}}"
    r"(?: ?@ ?| ?[(\[](?:at|a|@)[)\]] ?| ?艾特 ?| ?(?:小老鼠|圈a|a圈) ?"
    r"| at (?=[a-z0-9-]{1,40} dot )"
    rf"|#(?=(?:{_HOSTS})\b))(?:vip{_DOT})?[a-z0-9-]{{1,40}}(?:{_DOT}[a-z]{{2,8}})?{_DOT}"
    r"(?:com|cn|net|org|edu|uk|hk|tw|io|me)(?![a-z0-9])"
)
_SPELLED_DOT = r"(?:[\[(](?:dot|点)[\])])"
_SPELLED_MAIL = re.compile(
    rf"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9_%+-]{{0,40}}(?:{_SPELLED_DOT}[a-z0-9_%+-]{{1,40}}){{1,3}}"
    rf"(?: ?@ ?| at | ?[(\[](?:at|a|@)[)\]] ?)[a-z0-9-]{{1,40}}(?:{_DOT}[a-z]{{2,8}}){{0,3}}"
    r"|(?<![a-z0-9._%+-])[a-z0-9]{1,40} dot [a-z0-9]{1,40} at [a-z0-9-]{1,40}(?: dot [a-z]{2,8})+"
)
"""Mail whose name before the @ has its points in words too."""
_MAIL_HINTS = (
    *("@", "(at", "[at", "(dot)", "[dot]", "(a)", "[a]", " dot "),
    *("艾特", "小老鼠", "圈a", "a圈"),
)
_HASHED_MAIL = re.compile(rf"#(?:{_HOSTS})\b")
_QQ_DIGITS = rf"(?:[1-9{NUMERALS}](?:[ \u20e3-]?[\d{NUMERALS}]){{4,11}}\u20e3?)"
_QQ = re.compile(
    r"(?:(?<![a-z])q ?q|(?<=[服加我的]) ?q(?=[ :是为]{0,2}[1-9]\d{5})"
    r"|(?<![a-z\d])q(?=:[1-9][\doil]{5})"
    r"|扣扣|抠抠|叩叩|蔻蔻|秋秋|丘丘|鹅号|扌口扌口|(?<![折])扣(?=:[1-9]\d{5})|加q|(?<![a-z])q群|扣群|群号|企鹅号?|球球"
    r"|\U0001f427|(?<![a-z])kou ?kou)"
    r" ?(?:号码|群号|群|号|码|账号|帐号| number| id)?(?: is(?= )| was(?= ))?"
    r"(?:[ :是为(\"'【→>=~-]{0,3}|(?:也|就|还|换|改|改成|变成)是?[ :]?|[ :]?加[ :]?)"
    rf"(?P<value>[1-9](?:[\d{MASK}]{{4,11}}|\d{{1,4}}[ -]\d{{2,5}}(?:[ -]\d{{2,5}})?)"
    rf"|{_QQ_DIGITS}){FLOAT}"
    rf"(?!{SUM_AHEAD}|[{MASK}年月日点块])"
)
_BEFORE_WORD = (
    r"[ ,()\"'】]{0,2}(?:这个|这|就|那)?(?:是|为)?"
    "(?:我|他|她|你|客服|对方|本人|骗子|卖家|店家|商家|老板)?(?:们|家)?的?"
)
_QQ_REVERSED = re.compile(
    rf"(?<![\da-z.])(?P<value>[1-9]\d{{4,10}}){_BEFORE_WORD}(?:qq|扣扣|企鹅)(?!群|音乐|飞车|会员"
    rf"|邮箱)"
)
_WORD = (
    r"(?:[微威薇徽维围卫喂](?:[ ._·-]?[信❤♥💗心芯](?: 号)?|x(?=[:号 ]))|绿泡泡|[+➕加]\U0001f6f0"
    r"|(?<![a-z])(?:v信|v❤|v♥|vx|w ?x|we ?chat|w e c h a t|wei ?xin)"
    r"|加我?(?:[微薇威]|v(?!ip))|(?<![a-z])v我|(?<=[我,。 ])微(?=[a-z0-9])|^微(?=[a-z0-9])"
    r"|(?P<slang>薇|卫星|(?<![a-z0-9])v(?=:)|[+➕] ?v(?!ip)))"
)
_WECHAT = re.compile(
    rf"{_WORD}(?P<link>(?:账号|帐号|号码|昵称|名?叫|名|号| ?id| number)?"
    rf"(?: is(?= ))?(?:[ :是为(\"'【➕+→>=~]{{0,3}}|(?:也|就|还|换|改|改成|变成)是?[ :]?))"
    rf"(?P<value>[a-z0-9](?:[-_a-z0-9{MASK}]|\.(?=[a-z0-9])){{4,19}}"
    rf"|[a-z0-9](?:[ .][-_a-z0-9]){{3,19}}(?:[ .][-_a-z0-9]{{2,12}})?)(?![-_a-z0-9])"
)
_WECHAT_REVERSED = re.compile(
    r"(?<![-_a-z0-9.@/])(?P<value>[a-z](?=[-_a-z]{0,18}[\d_])[-_a-z0-9]{5,19})"
    rf"{_BEFORE_WORD}(?:[微威薇][ .]?信|vx|v信)(?!支付|红包|转账|群|公众)"
)
_AFTER_ARROW = re.compile(
    r"加(?:你|他|她)?(?:我的?)?[微薇威v](?:信|x)?[^\n→]{0,12}(?:→|->) ?"
    r"(?P<value>(?=[-_a-z]{0,18}\d)[a-z][-_a-z0-9]{5,19})(?![-_a-z0-9])"
)
_WECHAT_ID = re.compile(r"(?<![-_a-z0-9])wxid_[a-z0-9]{6,20}(?![-_a-z0-9])")
_PLATFORM_ACCOUNT = re.compile(
    r"(?:支付宝|抖音|快手|闲鱼|小红书|旺旺|陌陌)(?:账号|帐号|号码|号|id)[ :是为(\"']{0,3}"
    r"(?P<value>(?=[-_0-9]{0,19}[a-z])[a-z0-9][-_a-z0-9]{5,29})(?![-_a-z0-9@])"
)


def find_accounts(text: str) -> Iterator[Sighting]:
    """Report the accounts that a normalised text gives.

    >>> [seen.identity for seen in find_accounts("扣扣:1 0 0 0 0,no_body_00是我微信")]
    ['10000', 'no_body_00']
    """
    for start, end in _parts(text):
        part = text[start:end]
        for seen in _in_part(part):
            yield seen._replace(start=start + seen.start, end=start + seen.end)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Give the parts of a text in which an account may stand; English is all one part."""
    if text.isascii():
        if text:
            yield 0, len(text)
        return
    start = end = 0
    for value in _VALUE.finditer(text):
        if end == 0 or value.start() - _BESIDE > end:
            if end:
                yield start, end
            start = max(0, value.start() - _BESIDE)
        end = min(len(text), value.end() + _BESIDE)
    if end:
        yield start, end


def _in_part(text: str) -> Iterator[Sighting]:
    if any(map(text.__contains__, _MAIL_HINTS)) or _HASHED_MAIL.search(text):
        yield from _mails(text)
    if any(map(text.__contains__, _LATIN_HINTS)) if text.isascii() else _HINT.search(text):
        yield from _qq(text)
        yield from _wechat(text)


def _mails(text: str) -> Iterator[Sighting]:
    for match in _MAIL.finditer(text):
        yield Sighting("email", *match.span(), match.group())
    loose = [*_LOOSE_MAIL.finditer(text)]
    if "dot" in text or "点" in text:
        loose += _SPELLED_MAIL.finditer(text)
    for match in loose:
        mail = re.sub(r" ?[(\[](?:at|a|@)[)\]] ?| at |艾特|小老鼠|圈a|a圈|#", "@", match.group())
        mail = re.sub("下划线| underscore ", "_", mail)
        mail = re.sub("减号|横杠|中划线| dash | hyphen ", "-", mail)
        mail = re.sub(r"[\[(]dot[\])]| dot |[。,点]", ".", mail).replace(" ", "")
        yield Sighting("email", *match.span(), mail)


def _qq(text: str) -> Iterator[Sighting]:
    for match in _QQ.finditer(text):
        value = re.sub("[ \u20e3-]", "", as_digits(match["value"]))
        if _shows_enough(value) and len(value) >= 5:
            yield Sighting("qq", *match.span("value"), value)
    for match in _QQ_REVERSED.finditer(text):
        yield Sighting("qq", *match.span("value"), match["value"])


def _wechat(text: str) -> Iterator[Sighting]:
    for match in _WECHAT.finditer(text):
        value = match["value"].replace(" ", "").replace(".", "")
        is_mixed = not value.isdigit() and not value.isalpha()
        has_digit = any(char.isdigit() for char in value)
        is_named = match["link"].strip() != "" or (has_digit and (len(value) > 5 or is_mixed))
        is_named = is_named or _is_joined(value)
        if (is_mixed if match["slang"] else is_named) and _shows_enough(value):
            yield Sighting("wechat", *match.span("value"), value)
    for pattern in (_WECHAT_REVERSED, _PLATFORM_ACCOUNT, _AFTER_ARROW):
        for match in pattern.finditer(text):
            yield Sighting("wechat", *match.span("value"), match["value"])
    if "wxid_" in text:
        for match in _WECHAT_ID.finditer(text):
            yield Sighting("wechat", *match.span(), match.group())


def _is_joined(value: str) -> bool:
    """Say whether words are joined as in an account, and not as in step-by-step."""
    words = value.split("-")
    is_long = len(words) > 2 and min(map(len, words)) > 2
    return is_long or ("_" in value and not value.isdigit())


def _shows_enough(value: str) -> bool:
    """Say whether a masked value leaves so little hidden that it still identifies."""
    return sum(value.count(mark) for mark in MASK) <= 4

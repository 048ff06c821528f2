"""Numbers without a currency that are sums of money, as Chinese complaints write them.

In: a normalised text and the place of a number in it. Out: whether it is a sum, by the words
around it (花2680买的, 收2800, 卡里420) or by standing alone between stops (两年卡,2680,).
Out of scope: numbers in thousands (money), and English, where nearly every number that is a
sum has a sign.
"""

from __future__ import annotations

import re

_FIGURE = re.compile(
    r"(?:\d{1,3}(?:,\d{3})+|[1-9]\d{1,6}|0(?=\.))(?:\.\d{1,2})?|[1-9]\.\d{1,2}"
    r"|\d{1,4}(?:\.\d{1,2})?[万w]\d{0,4}|[一二两三四五六七八九十](?:百|千|万)[零〇一二两三四五六七八九十百千]{0,7}"
)
_COUNTED = re.compile(
    r" ?(?:[:/~%‰°-] ?\d|(?![x×*] ?\d)[a-z%‰℃@_×*]|[多余来几]?(?:"
    r"[个位天月日号次回级岁楼层栋秒时人名户条件套台笔步斤克米度页字节课单题集段章版寸码色瓦倍折届期周平]"
    r"|[盒瓶双颗枚辆家种门块毛万千亿股粉座站群区室路排型系代毫升桶袋根头多]|公[里斤分]|年(?![底初])"
    r"|张(?!嘴)|点(?!钱|就|没|提)|款(?!没|不|一|都)|只(?!退|肯|能|要)|包(?!邮)"
    r"|分(?!文|毛|[一二三四五六七八九十两\d]{1,2}[次期笔])))"
)
_NOT_BEFORE = re.compile(
    r"(?:[a-z\d#@._/~+*×-]|\d:|no\.?|第|尾号|[编工单账卡货车房帐学]号|号码|密码|验证码|型号|批号"
    r"|拨打?|致电|热线|电话|客服|评分|排名?|排队|版本?|qq|微信|进度|血压|快门|编号为?|星期|周"
    r"|公里|时速|信用分|分数|人数|等级|达到?第) ?[:是为]? ?$"
)
_MONEY_BEFORE = re.compile(
    r"(?:[买花付交收充转扣刷掏垫投放存砸塞搭补缴退赔还欠值卖挂借骗亏把好各批损丢冻押领]"
    r"(?:[了过我他她你给进出去回掉走的着]|起来){0,3}"
    r"|价格?[是为]?|[钱款费金价额租薪资贷][是为才还只共就有]{0,2}|[里共计差剩余才要只][下有的是了]{0,2}"
    r"|合计|总共|一共|加起来|少了|没了|拿走|弄走|划走|搭进去|到手|又走?"
    r"|打(?:了|过去|进去|给\S{1,3})?|一次性|[那这]笔|一[笔单套张条件只双台把晚位]) ?$"
)
_STOP_BEFORE = re.compile(r"""(?:^|[,。!?;:"'(…、~\n—|]) ?$""")
_STOP_AFTER = re.compile(r"""[,。!?;"')…、~—|]|\n|$| ?\n""")
_MONEY_AFTER = re.compile(
    r"(?:的?钱|全?都?(?:没了|没收到|打水漂|飞了|飘|不见|被扣|被骗|被刷|进了|扣了)|一分[没不]|就没|没退"
    r"|不退|还我|退我|买的|收的|拿下|放|押|先付|面值|从\S{1,6}走|转给|打给|给了|的(?=[\u3400-\u9fff]{0,6}(?:[码床票卡货券单衣鞋包机]|[,。!?]))|[转付交打充汇划扣刷](?:完|了|过去|出去|走)|不[给还让]|到手|没到|未到|呢)"
)
_NAMED = re.compile("[\u3400-\u9fff] ?$")
_YEAR = re.compile(r"(?:19\d|20[0-3])\d")
_HOTLINE = re.compile(r"(?:123\d\d|9[56]\d{3}|100\d\d|11[0-9]|120|12110|400|315)")
_PAID_BEFORE = re.compile("(?:共计?|[花付交充转骗亏收]了?|到手|进去) ?$")
_REACH = 10


def is_bare_sum(text: str, start: int, end: int) -> bool:
    """Say whether a number without a currency is a sum of money.

    >>> text = "办的年卡,2680,用了17天,拨打12315"
    >>> [is_bare_sum(text, text.index(one), text.index(one) + len(one))
    ...  for one in ("2680", "17", "12315")]
    [True, False, False]
    """
    number = text[start:end]
    if _FIGURE.fullmatch(number) is None or _COUNTED.match(text, end):
        return False
    before = text[max(0, start - _REACH) : start]
    if _NOT_BEFORE.search(before):
        return False
    if _HOTLINE.fullmatch(number):
        return _PAID_BEFORE.search(before) is not None
    if _MONEY_BEFORE.search(before):
        return True
    if _MONEY_AFTER.match(text, end):
        return _YEAR.fullmatch(number) is None
    if _STOP_AFTER.match(text, end) is None or _YEAR.fullmatch(number) or len(number) < 3:
        return False
    return _STOP_BEFORE.search(before) is not None or _NAMED.search(before) is not None

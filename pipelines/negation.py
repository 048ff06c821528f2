"""Whether a negation in front of a passage, or inside it, denies it.

In: the clause of a passage up to the passage's end, and where it begins. Out: yes or no. Out
of scope: denials of other shapes ("no problems", "never been hacked"), which are the
concept `denied` of `concepts/stance.yml`.

"They never asked me to confirm receipt" denies; "they never sent the code" is the very
complaint. So a negation denies unless what follows it is owed: something that the other
side should have done, or that should be there.
"""

from __future__ import annotations

import re

_OWED_ZH = (
    "收到|到|发|退|给|处理|解决|回|兑|履行|通知|告|提示|提醒|提前|提供|说|经|同意|授权|任何|人|办法|赔|交|得到"
    "|按|及时|用|买|开|注册|操作|点|签|申请|借|欠|能|法|想|料|效果|结果|下文|反应|动静|保障|资格|资质|许可|发票"
    "|合同|货|码|卡|钱|密码|验证|保护|功能|入口|选项|按钮|客服|人工|优惠|红包|活动|看|注意|明|确|成功|完成|安排"
    "|核实|审|修|换|见|知|写|标|事先|理|接|管|做|尽|起|达|通过|显示|成|满|足|过|用处|道理|诚意|信用|良心|底线"
    "|验收|付|消息|音讯|回音|动|下|责任|义务|公章|证|实|依据|理由|原因|一分|一毛|再|等|了|有|赋|视频|和"
)
_OWED_EN = (
    r"receiv\w*|refund\w*|pay|paid|send|sent|ship\w*|deliver\w*|arriv\w*|respond\w*|repl\w*|answer\w*"
    r"|work\w*|let|letting|help\w*|able|allow\w*|giv\w*|gave|get|got|getting|hono\w*|tell|told|inform\w*"
    r"|notif\w*|disclos\w*|resolv\w*|fix\w*|credit\w*|post\w*|return\w*|authori\w*|agree\w*|sign\w*|ma[dk]e"
    r"|open\w*|request\w*|recogni\w*|know\w*|want\w*|order\w*|use|been|consent|owe\w*|mine|my|an?|the|so"
    r"|only|to|even|just|any|one|in|on|sure|have|had|be|do|if|that|but|enough|update\w*|remov\w*|correct\w*"
    r"|delet\w*|investigat\w*|verif\w*|valid\w*|provid\w*|show\w*|say|said|care|accept\w*|process\w*|take"
    r"|took|go|going|went|come|came|see|saw|hear\w*|find|found|call\w*|contact\w*|appl\w*|buy|bought"
    r"|purchas\w*|permission|notice|warning|reason|explanation|account\w*|good|legit\w*|trust\w*|as|what"
    r"|who|very|too|possible|appear\w*|match\w*|compl\w*|belong\w*|accurate|true|right|fair|legal"
    r"|recommend\w*|download\w*|worth|user|secure|safe|log\w*|access|withdraw\w*|sell|transfer\w*|trade"
    r"|support\w*|customer|phone|live|human|option|way|idea|resolution|money|there|for|until|once|up|out"
    r"|at|yet|being|due|responsib\w*|willing|because|listen\w*|speak|happy|enjoy|keep|kept|hold|reach\w*"
    r"|stop\w*|connect\w*|load\w*|function\w*|reflect\w*|list\w*|report\w*|includ\w*|cover\w*|add\w*"
    r"|chang\w*|clos\w*|handl\w*|eligible|need\w*|mortgaged|flippantly"
)
_NEGATION = re.compile(
    r"(?<![这是])(?P<zh>没有|没|未曾|不是|并非|不曾|永不|从不|绝不)"
    r"|\b(?P<en>never|not|nothing|nobody|no one|none"
    r"|(?:did|does|do|was|were|is|are|has|have|had)n't) "
)
_WORDS_BETWEEN = re.compile(r"[^,;。]{0,3}|(?:[a-z']+ ){0,3}")
_OWED = re.compile(rf"\s?(?:{_OWED_ZH}|(?:{_OWED_EN})\b)")
_INSIDE = frozenset({"没有", "没", "不是", "并非", "never", "doesn't", "isn't", "wasn't"})
"""Negations that deny a passage also from inside it; others are mostly part of the wrong."""


def is_denied(clause: str, start: int) -> bool:
    """Say whether a negation denies the passage that begins at `start` and ends the clause.

    >>> is_denied("客服没有让我加微信转账", 4), is_denied("他们一直没有发货", 6)
    (True, False)
    >>> is_denied("they never asked me to pay outside", 23), is_denied("they never sent it", 11)
    (True, False)
    >>> is_denied("征信报告没有错误", 0)
    True
    """
    for negation in _NEGATION.finditer(clause):
        word, end = negation.group().strip(), negation.end()
        if end <= start:
            reaches = _WORDS_BETWEEN.fullmatch(clause, end, start) is not None
        else:
            reaches = word in _INSIDE and start < negation.start() and end < len(clause)
        if reaches and _OWED.match(clause, end) is None:
            return True
    return False

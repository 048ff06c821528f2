"""What part a sum plays in a Chinese sentence.

In: a normalised text and the place of a sum in it. Out: its part. Out of scope: English
sentences (`english_sums`), and adding up.
"""

from __future__ import annotations

import re

from pipelines.extract.starts import matches_from
from pipelines.extract.sum_roles import Part

_BEFORE = re.compile(
    "(?P<outstanding>(?:还|只|就|现在)?剩(?:下|余)?的?了?(?=$)|那?还差(?=$)|还有(?=$))"
    "|(?P<held>里头?剩(?:下|余)?的?了?(?=$)|余额(?:是|为|还有|只有|里有)?(?=$)|(?:里头?|里面|上|内)(?:还|放着?|存着?|躺着)?有?(?=$))"
    "|(?P<short>(?:少|(?<!相)差|多)(?:掉|扣|收|出来?|付|划)?[的了](?:那|我)?(?=$)|差出来|那(?=[二三四五六七八九]百$))"
    "|(?P<other>涨到|账面|显示|赚了?|挣了?|底薪|流水|(?:实际|只)到账|到账(?:只有|只|才)|还款|还了|已还|偿还|欠款|待还|应还|年薪|收入|下款|放款)"
    "|(?P<returned>退还了?|退回|退了|只退|已退|返还了|回款了?|到账了?)"
    "|(?P<quoted>赔偿|索赔|赔付?|罚款?|奖励|奖金|红包|返现|返利|返卡|补偿|补贴|承诺|答应|赠送?|送|优惠|抵|立减|满减?"
    "|可提现?|额度|限额|最低|至少|才能|倒贴|应?补缴|连本带利|要求|需要?|还要|要[先加再]?(?=$)|再[交来](?=$)|先[交给]个?[^,。]{0,4}的?(?=$)|再交|剩余?|只?差|还剩|余额|领|贷|借款"
    "|(?:只肯|最多|只能|可以|愿意|能|肯|同意)(?:再?退|给)我?)"
    "|(?P<price>价值|售价|原价|标价|定价|价格|票价|市场价|到手价|特价|金额|只要|仅需|面值|面额|卖|报价|租金|月薪|工资|挂(?:的价|价)?(?=$))"
    "|(?P<total>一?共计?|合计|总计|总共|累计|总额|损失)"
    "|(?P<paid>花费?了?|支付|付款?了?|付给?|充值?|转账?|转给|扣款?|扣除|被扣|骗走?|交了?|缴|打款?|汇款?|消费|盗刷|刷了?"
    "|(?:卷|转|划|刷|偷|扣|提|套|拿|骗)走了?|拖欠|欠(?:我|了)|克扣|亏损|少(?:给|发|退|付)|出借|到期"
    "|(?:订单|付款|交易|充值|消费|投资|理财)总?金额|实付款?|首付|订金|保证金|(?:服务|手续|报名|会员)费"
    "|放(?:进去|进|了)|垫付?了?|搭进去?|掏了?|砸了?|塞了?|凑了|弄走|(?:又|就)?走了?(?:一笔)?(?=$)"
    "|(?<![签验回吸接没])收我?(?=$)|(?:各|又)(?:一笔|走了?|批了?|扣了?)(?=$)|工钱|课费|没收到|刷了|办的"
    "|买了?|购买|拍下|打赏|投资?|投入|存入?|亏了?|借给|收取|收了|诈骗|押金|定金|学费|费用|本金)"
)
_BEFORE_START = re.compile(
    "[一上下买亏交仅付价优会余保倒借偷偿充先克共内再凑出划到刷剩办卖卷原又只可各合同售回垫塞多奖套存学定实少就工差已市"
    "年应底弄待总愿手才打扣承投报抵押拍拖拿挂挣损掏提搭支收放显最月服本标欠汇没流消涨满特现理盗砸票租立答索累红缴罚肯能至花"
    "补被要订诈课账购贷费赔赚赠走转返还连退送那里金限需面领额首骗]"
)
_BEFORE_RATE = re.compile(r"(?:每[^,。;!?\n]{0,12}|=|单价|单位时间|费率|手续费率|/)\s?$")
_AFTER_RATE = re.compile(r" ?}? ?(?:/|每|一(?:吨|度|天|月|年|次|平|斤|个|张|人|户|小时|分钟))")
_AFTER_RETURNED = re.compile("[^,。!?;\n]{0,6}(?:已经?退|退给了?我|退回来?了)")
_AFTER_QUOTED = re.compile("的?(?:现金)?(?:红包|赔偿|补偿|优惠|代金|券|返现|奖励|话费|违约金)")
_AFTER_PAID = re.compile(
    "[^,。!?;\n]{0,8}(?:被骗|被扣|没了|打水漂|不给|不还|飘着|卡在|[转付交打充汇划刷](?:完|走|过去|出去)|不退|没退|未退|不到账|没到账|未到账|购?买)"
)
_TOLD_TO_PAY = re.compile("(?:要|让|叫|须)[我你他她]?先?$")
_SAID_BY_OTHERS = re.compile(
    "(?:客服|平台|商家|对方|官方|卖家|骗子)[^。]{0,4}(?:说|称|表示|告知|回复)"
)
_DENIED = re.compile("[不没未拒]")
_ASKED = re.compile("要求|希望|申请|请|应|承诺|答应")
_PARTS: dict[str, Part] = {
    "other": ("other", None),
    "quoted": ("quoted", None),
    "price": ("price", None),
    "total": ("loss", "total"),
    "paid": ("loss", "paid"),
    "short": ("loss", "taken"),
    "outstanding": ("loss", "outstanding"),
    "held": ("other", "held"),
}
_TOLD = re.compile("[交打付转缴充收加垫要需]|先给|才能|押金|保证金")
_THEN_PAID = re.compile(
    r"[^,。!?;\n]{0,16}[,。!?;\n)] ?(?:[我也是就他又都当时,]{0,4}|[^,。!?;\n]{0,6}[,。])"
    r"(?:[交给付转打加扫充汇]了|[交付转打充]完|打过去了)"
)
_REFUSED = re.compile("[没不](?:同意|交|付|给|敢|干|肯|转|加)|拒绝|没理")
_OF_OTHERS = re.compile(
    r"(?:[她他]自己|同学|朋友|邻居|大姐|别人|[她他]说)[^,。]{0,3}也?[^,。我]{0,4}$"
)
_NOT_MINE = re.compile("砍|助力|领现金|领红包|[房车网]?贷(?!款?公司)|还款|欠款|利息|还不起")
_BOUGHT = re.compile("(?:购买|买|拍下|充值?|付)了?[^,。]{0,4}$")
_OF_MINE = re.compile("我|本人|自己|咱")
_PUBLIC = re.compile("政府|国家|公司|企业|财政|集团|项目|工程")
_OUT_OF_REACH = re.compile(
    "冻结|限制|提[不没]出|取[不没]出|锁|注销|提现|[不没]能?[退取提]|灰的|进不去|登不上|拿[不回]|不兑现"
    "|打不开|关门|停业"
)
_CLAUSE_END = re.compile(r"[。!?;\n]")
_CLAUSE_REACH = 24


def chinese_part(text: str, start: int, end: int) -> Part:
    """Say what part a sum plays, by the nearest word before it, else the words after it.

    >>> text = "原价299元的卡"
    >>> chinese_part(text, text.index("2"), text.index("的"))
    ('price', None)
    """
    window = _CLAUSE_END.split(text[max(0, start - _CLAUSE_REACH) : start])[-1]
    if _AFTER_RATE.match(text, end) or _BEFORE_RATE.search(window):
        return "rate", None
    if _AFTER_RETURNED.match(text, end):
        return "other", "returned"
    if _AFTER_QUOTED.match(text, end):
        return "quoted", None
    *_, cue = (None, *matches_from(_BEFORE_START, _BEFORE, window))
    if cue is None:
        return ("loss", "paid") if _AFTER_PAID.match(text, end) else ("other", None)
    kind = cue.lastgroup or ""
    if kind == "outstanding" and _NOT_MINE.search(text, max(0, start - 40), end + 24):
        return "quoted", None
    if kind == "paid" and _OF_OTHERS.search(window, 0, cue.start()):
        return "other", None
    if kind == "quoted" or (kind == "paid" and _is_hearsay(window, cue)):
        if kind == "quoted" and _TOLD.search(cue.group()) is None:
            return "quoted", None
        if _THEN_PAID.match(text, end):
            return "loss", "paid"
        return "quoted", None if _REFUSED.search(text, end, end + _CLAUSE_REACH) else "asked"
    if kind == "returned":
        return _returned_part(window[max(0, cue.start() - 6) : cue.start()])
    if cue.group() == "收取" and not _OF_MINE.search(window):
        return "price", None
    if cue.group().startswith("投资") and _PUBLIC.search(window, 0, cue.start()):
        return "other", None
    if cue.group() == "价值" and _BOUGHT.search(window, 0, cue.start()):
        return "loss", "paid"
    return _PARTS[kind]


def is_out_of_reach(text: str) -> bool:
    """Say whether a text tells that money, or the account it lies in, is out of reach.

    >>> is_out_of_reach("里面还有300,提不出来"), is_out_of_reach("余额300,够用")
    (True, False)
    """
    return _OUT_OF_REACH.search(text) is not None


def _is_hearsay(window: str, cue: re.Match[str]) -> bool:
    """Say whether a payment is only asked for, or told by the other side."""
    is_asked = _TOLD_TO_PAY.search(window, 0, cue.start()) and not cue.group().endswith("了")
    return bool(is_asked or _SAID_BY_OTHERS.search(window, 0, cue.start()))


def _returned_part(before: str) -> Part:
    """Tell money that came back from money that did not, or that is asked for."""
    if _DENIED.search(before):
        return "loss", "paid"
    if _ASKED.search(before):
        return "quoted", "reclaimed"
    return "other", "returned"

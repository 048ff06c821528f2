"""What stance an answer takes towards a grievance, by its words.

In: the words of an answer. Out: denies, offers, stalls, accepts or explains. Out of scope:
whose answer it is (`replies`), and whether it is true.

An answer may do several things; what counts is what it gives in the end: an offer after a
refusal is an offer, a demand for more proof stalls whatever was passed before it.
"""

from __future__ import annotations

import re

from pipelines.records import ReplyStance

_DENIES = re.compile(
    "驳回|拒绝|拒不|不予|不(?:能|可以|可|会|同意|给|支持|承担|负责|属于|符合|符|退|赔|认可"
    "|承认|受理|处理|存在|适用|补)"
    "|无法|没有?(?:办法|义务|责任|问题|权限|证据|法)|无权|无责|无需|未(?:通过|发现|违|见)"
    "|否认|已过|(?<!通)过(?:了?期|了?时效|了?保)"
    "|超(?:过|出)[^,。]{0,6}(?:期|时效|天|小时)|操作不当|难以|失败|概不|(?:显然"
    "|明显)[^,。]{0,6}(?:大人|成年人|本人)"
    "|(?:是|属|系|由)(?:你|您|我|用户|他|她|客户|消费者|当事人|买家|卖家"
    r"|\[person_\d+\]){0,2}(?:们)?(?:自己|自身|自行|本人|个人)"
    r"|\breject\w*|\brefus\w*|\bden(?:y|ied|ies)\b|\bdeclin\w*|\bcannot\b|\bcan(?:'t| not)\b"
    r"|\bcould(?:n't| not)\b|\bunable\b|\bwon't\b|\bw(?:ill|ould) not\b|\bwouldn't\b"
    r"|\bnot (?:eligible|responsible|liable|refundable|possible|covered|their|our|at fault"
    "|valid|allowed"
    r"|authorized|entitled)|\bno (?:refund|record|error|evidence|obligation|way|fault|sign)"
    r"|non ?-?refundable|\bnothing (?:they|we|it|she|he) c(?:an|ould)|\b(?:own|my) fault"
    r"|responsibility (?:lay|lies|is|was) |\bvoluntarily\b|\bagainst (?:me|the (?:buyer"
    "|consumer|customer))"
    r"|in favou?r of the (?:seller|buyer|merchant)|\btoo late\b|\bexpired\b|\bdismiss\w*"
    r"|\bdid(?:n't| not) (?:do|owe|see|find|qualify)|\bclosed (?:the|my|this) "
    r"|\bvalid (?:charge|debt)"
)
_OFFERS = re.compile(
    "(?:愿意?|可以?|只能|最多|同意|给予?|答应|承诺)[^,。不无]{0,6}(?:退一半|退\\d|退部分"
    "|补偿|补发|赔付?|赔偿|优惠|代金|折扣|换货|减免)"
    "|(?:补偿|赠送|送)[^,。]{0,8}(?:元|券|积分|会员)|优惠券|代金券|可以(?:给[我你您])?(?:退"
    "|换|补|赔)|愿意(?:退|赔|补)"
    "|退(?:还)?(?:一半|一部分|部分|百分之|\\d+%)|私了|和解|协商退"
    r"|\boffer\w*(?! (?:no|nothing))|\bpartial refund|\bvoucher|\bcoupon|\bgoodwill"
    r"|\bsettle\w*|\bhalf (?:of|the|back)"
    r"|\bstore credit|\bdiscount|\bwilling to (?:refund|pay|give|replace)|\bw(?:ill"
    "|ould) (?:refund|replace|credit|compensate)"
)
_ASKS_PROOF = re.compile(
    r"需要?(?:您|你|我|他|\[person_\d+\])?[^,。]{0,8}(?:提供|提交|补充|出示|进一步|证明"
    "|上传)|(?:要求|让)[^,。]{0,16}(?:提供|提交|补充|出示|上传)"
    "|材料不[足全齐]|证据不[足够]|只是?(?:通过了?)?初审|应(?:该|当)?(?:展示|提供|出示)"
    "|建议[^,。]{0,12}(?:提供|提交)"
    r"|\b(?:ask(?:ed|s|ing)?|requir\w+|request\w*|need\w*|told"
    r"|want\w*)\b[^.;]{0,40}\b(?:upload|provide|submit|prove"
    r"|(?:send|show) (?:\w+ ){0,3}(?:proof|documents?|evidence|cop(?:y|ies)|photos?"
    r"|receipts?|id|statements?))\b"
    r"|\b(?:more|additional|further) (?:documents?|documentation|evidence|proof|information)"
)
_ACCEPTS = re.compile(
    "审核(?:已经?)?通过|通过了?(?:审核|申请)|同意|已经?(?:退款|退还|退回|受理|立案|处理|下架"
    "|封|整改|改正|批准|到账)|受理|立案|道歉|致歉|抱歉|承认"
    "|批准|属实|责令|支持(?:退|我|买|消|您)|判[定决][^,。]{0,8}(?:卖家|商家|平台"
    "|对方)[^,。]{0,4}(?:责|退|未|没|败)|理解"
    r"|\bapprov\w+|\bagreed\b|\baccept(?:ed|s)\b|\bapologi\w+|\badmit\w*|\backnowledg\w+"
    r"|\bupheld\b"
    r"|\bruled (?:in (?:my|our|his|her|the buyer's) favou?r|that the (?:seller|merchant))"
    r"|\bin (?:my|our) favou?r|\bin favou?r of (?:me|us)\b"
    r"|\b(?:got|received|issued) (?:a|the|my|his|her) (?:full )?refund|\b(?:been|was"
    "|were) (?:refunded|credited|reversed|approved)"
    r"|\bopened an? (?:case|claim|investigation)|\brefunded\b|\bmade a mistake"
    r"|\btheir (?:error|mistake|fault)"
)
_STALLS = re.compile(
    "等待|耐心|[天日周月]之?以?内|稍[等后]|等(?:通知|几|一[下段]|回复|处理|审核|结果|消息"
    "|\\d|[两三五七])"
    "|处理中|正在|核实|核查|尽快|反馈|转[交达给]|升级|工作日|小时"
    "|会(?:有|联系|回电|处理|帮|给)|催|跟进|登记|记录了?|上报|研究|排查|排队|过几天|以后再"
    "|改天|敬请"
    r"|\bpatien\w+|\bwait\w*|\blook(?:ing)? into|\binvestigat\w+|\bescalat\w+|\bget back"
    r"|\bcall (?:me |you )?back"
    r"|\bfollow(?:ing)? up|\bsolving|\bworking on|\bbeing (?:processed|reviewed|handled)"
    r"|\bunder review|\bpending"
    r"|\bwithin (?:the )?\w+|\bbusiness days|\bsoon\b|\bin (?:a few|\d+) (?:hours|days"
    r"|weeks)|\btransfer(?:red)? me"
)


def stance_in(answer: str) -> ReplyStance:
    """Name the stance of an answer; one that takes none explains.

    >>> stance_in("不能退款,但可以补偿20元优惠券"), stance_in("被刷的礼物无法退还")
    ('offers', 'denies')
    >>> stance_in("said my case is under review"), stance_in("they ruled in my favor")
    ('stalls', 'accepts')
    """
    offer = _OFFERS.search(answer)
    denial = None
    for denial in _DENIES.finditer(answer):
        if offer and denial.start() > offer.start():
            break
    if offer and (denial is None or denial.start() < offer.start()):
        return "offers"
    if denial:
        return "denies"
    if _ASKS_PROOF.search(answer):
        return "stalls"
    if _ACCEPTS.search(answer):
        return "accepts"
    return "stalls" if _STALLS.search(answer) else "explains"

"""The text parts: complete, spelled by the grammar, and oblique where they say so."""

from __future__ import annotations

import re

import numpy as np
import pytest

from flows.simulate.dice import Dice
from flows.simulate.parts import Language, load_parts
from flows.simulate.templates import Template, TemplateError

SLOTS = {"product", "merchant", "amount", "date", "days", "trace", "occasion", "excuse", "short"}

USUAL_ZH = re.compile(
    r"已使用|被使用|用过的|兑换过|核销|无效|失效|过期|作废|激活不了|无法激活|卡密|绑定"
    r"|找回|解绑|换绑|锁区|货不对板|描述不符|掉包|调包|缩水|拉黑|失联|联系不上|跑路|卷款"
    r"|不发货|空单|虚假|发货|延迟|延误|退款|退钱|不退|拒退|驳回|假货|正品|高仿|盗版|鉴定"
    r"|假冒|宣传|夸大|兑现|返现|返利|赠品|奖励|违约金|手续费|取消|退订|解约|霸王|确认收货"
    r"|提前收货|私下|站外|微信|二维码|扫码|线下交易|未付款|没付款|拍下|恶意|退货|打赏"
    r"|刷礼物|诱导|主播|未成年|小学生|孩子|监护|家长|盗号|被盗|盗刷|异地登录|泄露|隐私"
    r"|骚扰|个人信息|自动续费|续费|扣款|扣费|默认勾选|刷单|垫付|佣金|本金|做任务|理财|投资"
    r"|兑付|逾期|赎回|收益|假平台|诈骗|砍头息|利息|担保费|服务费|会员费|高利贷|催收|通讯录"
    r"|恐吓|威胁|欠款|欠钱|支付失败|付款失败|重复扣|充值|转账|到账|提现|审核|冻结|封号"
    r"|封禁|登录|登不上|解冻|实名|认证|人脸|身份证|验证|授权|不是本人|闪退|打不开|加载"
    r"|无法使用|卡死|功能|立减|满减|客服"
)
"""Wording that anybody would expect of a complaint about one of the patterns."""

USUAL_EN = re.compile(
    r"already used|redeemed|invalid|expired|\bvoid\b|refund|scam|fraud|fake|counterfeit|genuine"
    r"|not as described|misleading|advertis|blocked|vanish|disappear|never delivered|shipp|delay"
    r"|confirm|\btips?\b|gift|streamer|\bminor\b|under-age|consent|hack|stolen|leak|privacy"
    r"|renew|subscri|charged|\bfees?\b|penalty|cancel|commission|\btasks?\b|prepaid|rebate|withdraw"
    r"|invest|principal|interest|collector|harass|threat|\bdebt|frozen|locked|suspend|verif"
    r"|identity|unauthori|transfer|payment failed|crash|\bbug\b|feature|voucher|coupon|bonus"
    r"|cashback|loan",
    re.IGNORECASE,
)


def test_at_least_twenty_codes_are_told_in_two_ways_or_more() -> None:
    codes = load_parts().codes

    assert len(codes) >= 20
    assert {parts.axis for parts in codes.values()} == {"pattern", "wallet"}
    assert all(len(parts.incidents) >= 2 for parts in codes.values())


def test_every_sector_carries_codes_that_have_parts_and_happen_there() -> None:
    parts = load_parts()

    for name, sector in parts.sectors.items():
        for code in sector.codes:
            told = [one for one in parts.codes[code].incidents.values() if one.happens_in(name)]
            fitting = [product for product in sector.products if product.fits(code)]
            assert len(told) >= 2, (name, code)
            assert len(fitting) >= 3, (name, code)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_oblique_wordings_hold_no_usual_term(language: Language) -> None:
    found = []

    for code, parts in load_parts().codes.items():
        for name, incident in parts.incidents.items():
            for wording in incident.wordings(language, is_oblique=True):
                told = "\n".join(wording.literals())
                usual = USUAL_ZH.findall(told) + USUAL_EN.findall(told)
                found.extend((code, name, term) for term in usual)

    assert found == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_usual_wordings_do_hold_usual_terms(language: Language) -> None:
    told = {
        code: "\n".join(
            literal
            for incident in parts.incidents.values()
            for wording in incident.wordings(language, is_oblique=False)
            for literal in wording.literals()
        )
        for code, parts in load_parts().codes.items()
    }

    without = [
        code
        for code, text in told.items()
        if not USUAL_ZH.search(text) and not USUAL_EN.search(text)
    ]

    assert without == []


def test_every_slot_is_one_that_a_story_fills() -> None:
    parts = load_parts()
    wordings = [
        wording
        for code in parts.codes.values()
        for incident in code.incidents.values()
        for language in ("zh", "en")
        for is_oblique in (False, True)
        for wording in incident.wordings(language, is_oblique=is_oblique)
    ]

    assert len(wordings) > 700
    assert set().union(*(wording.slot_names() for wording in wordings)) <= SLOTS


def test_a_template_offers_nested_and_empty_alternatives() -> None:
    template = Template.parse("{买{了|}|下单}<product>")
    dice = Dice(np.random.default_rng(1))

    told = {template.render(dice, {"product": ("卡",)}) for _ in range(100)}

    assert told == {"买了卡", "买卡", "下单卡"}


@pytest.mark.parametrize("wrong", ["{买|卖", "买|卖", "买}", "<Product>", "价<5"])
def test_a_misspelled_template_is_refused(wrong: str) -> None:
    with pytest.raises(TemplateError, match="expected"):
        Template.parse(wrong)

import pytest

from pipelines.extract.minors import is_childs_act
from pipelines.extract.regions import find_region, region_label
from pipelines.extract.roles import find_role
from pipelines.language import detect_language
from pipelines.normalise import normalise
from pipelines.segment import sentences


@pytest.mark.parametrize(
    ("given", "region"),
    [
        ("上海市", "Shanghai"),
        ("广东省佛山市", "Guangdong"),
        ("CA", "California"),
        ("new york", "New York"),
        ("火星", None),
        (" ", None),
    ],
)
def test_what_the_source_gives_is_the_region(given: str, region: str | None) -> None:
    assert find_region(given, "我在北京") == region


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("我在佛山上班，东西从上海发来", "Guangdong"),
        ("只提到成都一地", "Sichuan"),
        ("从北京飞往上海", None),
        ("南京银行的卡", None),
        ("i live in texas, the bank is in ohio", "Texas"),
        ("indiana jones is a film, ohioan", "Indiana"),
        ("she rents a flat in denver", "Colorado"),
        ("he moved to salt lake city last year", "Utah"),
        ("the renovation was never done", None),
        ("没有地名", None),
    ],
)
def test_the_text_tells_the_region_when_it_is_clear(text: str, region: str | None) -> None:
    assert find_region(None, text) == region


def test_a_province_has_a_chinese_label() -> None:
    assert region_label("Hunan", "zh") == "湖南"
    assert region_label("Hunan", "en") == "Hunan"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("付款后商家失联", "zh"),
        ("Alipay花呗无法还款", "zh"),
        ("I can't log in to my account and nobody answers", "en"),
        ("Não consigo acessar minha conta há três dias", "pt"),
        ("Приложение не работает, деньги пропали", "ru"),
        ("出金できません。サポートも返事がない", "ja"),
        ("12.50 !!!", "und"),
        ("", "und"),
    ],
)
def test_the_language_is_the_one_most_of_the_text_is_in(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "is_childs"),
    [
        ("我9岁的女儿打赏主播三千元", True),
        ("孩子拿我手机充值了游戏", True),
        ("my 8 year old son purchased coins", True),
        ("给孩子买了一双鞋，质量很差", False),
        ("孩子很可爱。我充值了五百元", False),
        ("我今年30岁，充值没到账", False),
    ],
)
def test_a_childs_own_act_is_told_from_one_for_a_child(text: str, is_childs: bool) -> None:
    view = normalise(text).text

    assert is_childs_act(view, sentences(view)) is is_childs


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("买家拍下后没付款", "seller"),
        ("在直播间刷礼物", "viewer"),
        ("下单后商家不发货", "buyer"),
        ("账户余额无法提现", "user"),
        ("随便说说", "other"),
    ],
)
def test_the_wording_shows_the_part_of_the_complainant(text: str, role: str) -> None:
    assert find_role(text, is_minor=False) == role

import pytest

from pipelines.normalise import normalise
from pipelines.redact import Narrative, redact

KEY = b"a key for tests"


def redacted(text: str) -> str:
    return redact(text, KEY).narrative.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话15400000000。", "电话[MOBILE_1]。"),
        ("电话１５４ ００００ ００００。", "电话[MOBILE_1]。"),
        ("电话幺五四零零零零零零零零。", "电话[MOBILE_1]。"),
        ("电话154OOOOOOOO。", "电话[MOBILE_1]。"),
        ("打1 5 4 0 0 0 0 0 0 0 0", "打[MOBILE_1]"),
        ("打1540000****", "打[MOBILE_1]"),
        ("身份证 990000 19000101 0009", "身份证 [ID_CARD_1]"),
        ("身份证号：990000********0001", "身份证号：[ID_CARD_1]"),
        ("座机0999-2000000转8", "座机[LANDLINE_1]"),
        ("卡号6200 0000 0000 0005", "卡号[BANK_CARD_1]"),
        ("邮箱no.one@example.com收", "邮箱[EMAIL_1]收"),
        ("加QQ：10000000000", "加QQ：[QQ_1]"),
        ("微信号 nobody_000", "微信号 [WECHAT_1]"),
        ("车牌京Z·00000", "车牌[PLATE_1]"),
        ("护照号码E00000000", "护照号码[PASSPORT_1]"),
        ("幸福小区5栋2单元302室漏水", "幸福小区[ADDRESS_1]漏水"),
        ("住人民路12号", "住人民路[ADDRESS_1]"),
        ("shipped to 9999 Null Street, Apt 0", "shipped to [ADDRESS_1]"),
        ("SSN 000-00-0000", "SSN [ID_CARD_1]"),
        ("联系人：王小试，女", "联系人：[PERSON_1]，女"),
        ("本人王某某，投诉", "本人[PERSON_1]，投诉"),
        ("我叫李测试。", "我叫[PERSON_1]。"),
        ("找陈经理和刘律师", "找[PERSON_1]经理和[PERSON_2]律师"),
        ("My name is Ann Example.", "My name is [PERSON_1]."),
        ("Mr. Example said no", "[PERSON_1] said no"),
    ],
)
def test_personal_data_become_placeholders(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "在拼多多李宁官方旗舰店买了3件，共299.00元，2020年10月17日付款",
        "客服电话400-686-0000和95188都打不通",
        "航班SC2199取消，订单号2020102322001234567890",
        "班主任、客户经理、产品经理、大堂经理和业务老师都不管",
        "地铁3号线、6号窗口、国道107号、2栋业主",
        "I paid XXXX on XX/XX/2016 to Wells Fargo, account ending XXXX",
        "XXXX XXXX called Mr. Cooper about my mortgage",
        "任何先生都可以，向老师反映，和女士一样",
        "新iPhone8，吉A级景区，总价总共总是",
        "微信支付转账500000000元，QQ会员",
        "4006275***没接通，10101***",
        "姓名、电话等个人资料",
        "由于老师没有回复，对方经理提高了价格",
    ],
)
def test_companies_amounts_dates_and_references_stay(text: str) -> None:
    assert redacted(text) == text


def test_forms_of_address_of_one_person_share_a_number() -> None:
    text = "张先生投诉，张老师说，张总也说"

    assert redacted(text) == "[PERSON_1]投诉，[PERSON_1]说，[PERSON_1]也说"


def test_two_family_names_are_never_one_person() -> None:
    assert redacted("张先生和王先生") == "[PERSON_1]和[PERSON_2]"


def test_forms_of_address_that_disagree_are_two_persons() -> None:
    assert redacted("刘先生和刘女士") == "[PERSON_1]和[PERSON_2]"


def test_a_full_name_is_found_again_without_its_frame() -> None:
    assert (
        redacted("联系人：周测试。后来周测试又打来") == "联系人：[PERSON_1]。后来[PERSON_1]又打来"
    )


def test_numbers_go_on_above_placeholders_that_came_with_the_text() -> None:
    assert redacted("[MOBILE_2]和15400000000") == "[MOBILE_2]和[MOBILE_3]"


def test_an_order_number_and_a_page_are_linked_but_stay() -> None:
    text = "订单号20990000000001，见 https://shop.example.com/item/1?from=x"

    result = redact(text, KEY)

    assert result.narrative.text == text
    assert [link.kind for link in result.links] == ["order", "url"]
    start, end = result.links[0].span
    assert text[start:end] == "20990000000001"


def test_links_are_equal_for_the_same_contact_and_depend_on_the_key() -> None:
    plain = redact("电话15400000000", KEY).links[0].link_key
    spaced = redact("手机 154-0000-0000", KEY).links[0].link_key
    other_key = redact("电话15400000000", b"another").links[0].link_key

    assert plain == spaced
    assert plain != other_key


def test_a_masked_number_is_no_link() -> None:
    assert redact("电话1540000****", KEY).links == ()


def test_a_site_as_a_whole_is_no_link() -> None:
    assert redact("在 www.example.com 买的", KEY).links == ()


def test_positions_map_to_the_redacted_text() -> None:
    result = redact("标题15400000000\n正文", KEY)

    assert result.to_redacted(len("标题15400000000")) == len("标题[MOBILE_1]")
    assert result.to_redacted(0) == 0


def test_nothing_but_redaction_makes_a_narrative() -> None:
    with pytest.raises(TypeError, match="redact"):
        Narrative("a raw text", normalise("a raw text"), object())

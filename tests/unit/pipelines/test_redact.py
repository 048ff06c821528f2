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
        ("幸福小区5栋2单元302室漏水", "[ADDRESS_1]漏水"),
        ("住人民路12号", "住[ADDRESS_1]"),
        ("shipped to 9999 Null Street, Apt 0", "shipped to [ADDRESS_1]"),
        ("SSN 000-00-0000", "SSN [ID_CARD_1]"),
        ("联系人：王小试，女", "联系人：[PERSON_1]，女"),
        ("本人王某某，投诉", "本人[PERSON_1]，投诉"),
        ("我叫李测试。", "我叫[PERSON_1]。"),
        ("找陈经理和刘律师", "找[PERSON_1]经理和[PERSON_2]律师"),
        ("My name is Ann Example.", "My name is [PERSON_1]."),
        ("Mr. Example said no", "[PERSON_1] said no"),
        ("15400000000元旦打的", "[MOBILE_1]元旦打的"),
        ("电话15400000000.0", "电话[MOBILE_1]"),
        ("6200000000000005.0", "[BANK_CARD_1]"),
        ("打154/0000/0000", "打[MOBILE_1]"),
        ("打1.5.4.0.0.0.0.0.0.0.0", "打[MOBILE_1]"),
        ("1990/01/01 15400000000", "1990/01/01 [MOBILE_1]"),
        ("号990000/19000101/0008", "号[ID_CARD_1]"),
        ("卡6200/0000/0000/0005", "卡[BANK_CARD_1]"),
        ("座机0999-2000-0000", "座机[LANDLINE_1]"),
        ("电话2000-0000", "电话[LANDLINE_1]"),
        ("他是110000000101000", "他是[ID_CARD_1]"),
        ("收款人吴测试已经拉黑我", "收款人[PERSON_1]已经拉黑我"),
        ("户主是吴测试", "户主是[PERSON_1]"),
        ("户名吴测试，账号不明", "户名[PERSON_1]，账号不明"),
        ("转给了吴测试500块", "转给了[PERSON_1]500块"),
        ("打到吴测试的卡上", "打到[PERSON_1]的卡上"),
        ("收款人王小明", "收款人[PERSON_1]"),
        ("I am Ann Example and I paid", "I am [PERSON_1] and I paid"),
        ("I'm Emily Example, a customer", "I'm [PERSON_1], a customer"),
        ("My name's Ann Example.", "My name's [PERSON_1]."),
        ("my name is ann example, i paid", "my name is [PERSON_1], i paid"),
        ("MY NAME IS ANN EXAMPLE.", "MY NAME IS [PERSON_1]."),
        ("加V：nobody00", "加V：[WECHAT_1]"),
        ("加微nobody00", "加微[WECHAT_1]"),
        ("q群10000000000", "q群[QQ_1]"),
        ("群号：10000000000", "群号：[QQ_1]"),
        ("电话15400000000.00", "电话[MOBILE_1]"),
        ("表中是1.5400000001E10", "表中是[MOBILE_1]"),
        ("打008615400000000", "打[MOBILE_1]"),
        ("打+86(154)00000000", "打[MOBILE_1]"),
        ("打154・0000・0000", "打[MOBILE_1]"),
        ("打154 - 0000 - 0000", "打[MOBILE_1]"),
        ("打154，0000，0001", "打[MOBILE_1]"),
        ("打154 000 00 000", "打[MOBILE_1]"),
        ("打①⑤④⓪⓪⓪⓪⓪⓪⓪⓪", "打[MOBILE_1]"),
        ("打¹⁵⁴⁰⁰⁰⁰⁰⁰⁰⁰", "打[MOBILE_1]"),
        ("打+852 9000 0000", "打[MOBILE_1]"),
        ("打+1 2000000000", "打[MOBILE_1]"),
        ("号990000，19000101，0008", "号[ID_CARD_1]"),
        ("号990000\n190001010008", "号[ID_CARD_1]"),
        ("号110000********0001", "号[ID_CARD_1]"),
        ("SSN 000000000", "SSN [ID_CARD_1]"),
        ("交易卡号6200000000000000", "交易卡号[BANK_CARD_1]"),
        ("护照(E00000000)", "护照([PASSPORT_1])"),
        ("passport number is E00000000", "passport number is [PASSPORT_1]"),
        ("微信号(nobody00)", "微信号([WECHAT_1])"),
        ("薇nobody00", "薇[WECHAT_1]"),
        ("v：nobody00", "v：[WECHAT_1]"),
        ("WeChat ID is nobody00", "WeChat ID is [WECHAT_1]"),
        ("支付宝号:nobody00", "支付宝号:[WECHAT_1]"),
        ("QQ号（10000000）", "QQ号（[QQ_1]）"),
        ("QQ：1000 0000", "QQ：[QQ_1]"),
        ("nobody@qq。com", "[EMAIL_1]"),
        ("nobody @ qq.com", "[EMAIL_1]"),
        ("李建国先生骗我", "[PERSON_1]骗我"),
        ("欧阳震华先生", "[PERSON_1]"),
        ("投诉人：张伟、李强、王芳", "投诉人：[PERSON_1]、[PERSON_2]、[PERSON_3]"),
        ("转账500元给王丽丽，没发货", "转账500元给[PERSON_1]，没发货"),
        ("收款账户王丽丽，没发货", "收款账户[PERSON_1]，没发货"),
        ("店主王丽丽，没发货", "店主[PERSON_1]，没发货"),
        ("户名李 建 国", "户名[PERSON_1]"),
        ("姓名\n李建国", "姓名\n[PERSON_1]"),
        ("张伟骗了我", "[PERSON_1]骗了我"),
        ("我叫Ann Example，", "我叫[PERSON_1]，"),
        ("收款人ANN EXAMPLE，", "收款人[PERSON_1]，"),
        ("转给Mr. Example之后", "转给[PERSON_1]之后"),
        ("Sent Zelle to Ann Example at noon", "Sent Zelle to [PERSON_1] at noon"),
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
        "共15400000000元，合15400000000.00，约15400000000.0元",
        "2019/10/17至2020/01/02，1/3/5/7/8/9/10/12月，192.168.10.100",
        "订单110000000101000没发货",
        "学号110000001301000",
        "收款人不明，户名不符，户主同意，联系人信息错误，付款人应该承担",
        "转给了商家500块，付给对方三千元，打给高利贷200元，转给温州一家公司",
        "I am Wells Fargo customer. I am African American. I am Very Upset.",
        "加VIP12345会员，加微商群，QQ群500元",
        "My name is not listed. my name is on the account, and my name is spelled wrong.",
        "电话5500元，话费1000-2000元",
        "充了150、2000、3000元，又充150,2000,3000",
        "单价150+2000+3000+50，共1,540,000,000.00",
        "比例0.15400000000，地址192.168.10.100",
        "账号充值订单号2020102322001234567890",
        "卫星电视，微信支付500元，我是高中生",
        "叫周黑鸭，找黄牛先生，老板高兴，卖家马上发货，给任何人",
        "卖家曾建议我退货，店主于三月关店，转给APPLE PAY，收款人TAOBAO STORE",
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


def test_a_name_known_from_elsewhere_goes_without_a_frame() -> None:
    text = "吴测试不发货"

    shown = redact(text, KEY, ("吴测试",)).narrative.text

    assert (shown, redacted(text)) == ("[PERSON_1]不发货", text)


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

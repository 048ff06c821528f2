from decimal import Decimal

import pytest

from pipelines.extract.loss import stated_loss
from pipelines.extract.money import find_amounts
from pipelines.extract.numerals import parse_number
from pipelines.normalise import normalise


def read(text: str) -> list[tuple[str, str, str]]:
    view = normalise(text).text
    return [(str(one.value), one.currency, one.role) for one in find_amounts(view)]


def loss(text: str) -> tuple[Decimal, str] | None:
    return stated_loss(find_amounts(normalise(text).text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("一百一十", 110),
        ("三百五", 350),
        ("一万二", 12000),
        ("两万三千四百五十六", 23456),
        ("1亿2千万", 120_000_000),
        ("1,234,567.5", Decimal("1234567.5")),
        ("一万半", 15000),
        ("二〇二〇", 2020),
    ],
)
def test_numbers_are_read_as_spoken(text: str, value: int | Decimal) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "万", "1.2.3", "百元", "一一点", "abc"])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("付了¥1,299.00", "1299.00", "CNY"),
        ("付了RMB 500", "500.00", "CNY"),
        ("付了五百块钱", "500.00", "CNY"),
        ("付了两百来块", "200.00", "CNY"),
        ("付了500余元", "500.00", "CNY"),
        ("花了一千二", "1200.00", "CNY"),
        ("充了3w", "30000.00", "CNY"),
        ("转了1.5k", "1500.00", "CNY"),
        ("转了2-3万元", "20000.00", "CNY"),
        ("被骗200到300元", "200.00", "CNY"),
        ("亏了10多万", "100000.00", "CNY"),
        ("扣了6毛钱", "0.60", "CNY"),
        ("paid $400.00", "400.00", "USD"),
        ("I paid 2 thousand dollars", "2000.00", "USD"),
        ("charged 50 euros", "50.00", "EUR"),
        ("he spent 50 yuan on a card", "50.00", "CNY"),
        ("支付了580的金额", "580.00", "CNY"),
        ("又扣款45.1，没用过", "45.10", "CNY"),
        ("购买了价值288元的卡", "288.00", "CNY"),
        ("I lost 50 quid", "50.00", "GBP"),
        ("I invested 150$ in it", "150.00", "USD"),
        ("they refused to refund $80", "80.00", "USD"),
        ("I had to pay $20 more", "20.00", "USD"),
        ("there is a {$25.00} late fee", "25.00", "USD"),
    ],
)
def test_a_payment_is_a_loss_of_its_size(text: str, value: str, currency: str) -> None:
    assert read(text) == [(value, currency, "loss")]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("价值288元的卡", "price"),
        ("承诺返现200元", "quoted"),
        ("要求赔偿500元", "quoted"),
        ("每月30元", "rate"),
        ("50元/分钟", "rate"),
        ("没收到20元红包", "quoted"),
        ("已退还100元", "other"),
        ("客服说，账号一年多只消费0.5元", "quoted"),
        ("主播要他付30元", "quoted"),
        ("they promised a bonus of $50", "quoted"),
        ("a $35 fee each month", "rate"),
        ("they charge $25 to transfer abroad", "rate"),
        ("my credit limit of $500", "quoted"),
        ("there would be a $2 fee", "quoted"),
        ("they said I owe $300", "other"),
        ("the balance of $900 is not mine", "other"),
        ("a bonus of $50 that I was charged for", "quoted"),
        ("they waived the $39 fee", "other"),
        ("每月加收一吨水的费用（2元）", "rate"),
        ("政府投资200万元", "other"),
    ],
)
def test_a_sum_plays_the_part_its_words_give_it(text: str, role: str) -> None:
    assert [part for _, _, part in read(text)] == [role]


@pytest.mark.parametrize(
    "text",
    [
        "188快币",
        "50万粉丝",
        "4k电视",
        "几百块",
        "690多万应届毕业生",
        "买了一块硬盘",
        "10.5号",
        "2020年",
    ],
)
def test_what_is_no_sum_is_not_read_as_one(text: str) -> None:
    assert read(text) == []


def test_a_sum_after_a_comma_is_found() -> None:
    assert read("被拉黑了，50元没了") == [("50.00", "CNY", "loss")]


def test_payments_of_one_case_are_summed_and_repeats_counted_once() -> None:
    assert loss("转了1000元，又转了500元。那1000元没到账") == (Decimal("1500.00"), "CNY")


def test_a_total_stands_for_its_parts() -> None:
    assert loss("转了1000元，又转了500元，共计1500元") == (Decimal("1500.00"), "CNY")


def test_money_that_came_back_is_no_loss() -> None:
    assert loss("付了300元，已退还300元") is None
    assert loss("付了300元，只退了100元") == (Decimal("200.00"), "CNY")


def test_demanded_and_promised_sums_are_no_loss() -> None:
    assert loss("要求赔偿500元，对方承诺补偿50元") is None


def test_money_that_did_not_come_back_is_a_loss() -> None:
    assert loss("商家拒不退还800元") == (Decimal("800.00"), "CNY")


def test_spans_point_at_the_sum() -> None:
    text = normalise("我付了 1,299.00 元整").text

    (one,) = find_amounts(text)

    assert text[one.span.start : one.span.end] == "1,299.00 元"


def test_what_was_taken_is_the_loss_rather_than_what_was_paid_by_will() -> None:
    text = "I made a payment of $30. The shop charged me $2 without asking."

    assert loss(text) == (Decimal("2.00"), "USD")


def test_a_total_may_be_rounded() -> None:
    text = "I paid $1000, I paid $870, a payment of $1900 as the bank says"

    assert loss(text) == (Decimal("1900.00"), "USD")


def test_payments_on_a_debt_of_ones_own_are_no_loss_unless_they_went_astray() -> None:
    assert loss("I paid $1600 on my mortgage and they report me as late") is None
    assert loss("I paid $1600 on my mortgage and it was never credited") is not None


def test_a_figure_of_a_credit_file_is_no_loss() -> None:
    assert loss("a $54 charge from a stranger is on my credit report") is None


def test_money_in_an_account_is_a_loss_when_nobody_can_reach_it() -> None:
    assert loss("I have £40 in my account and cannot withdraw it") == (Decimal("40.00"), "GBP")
    assert loss("I have £40 in my account and like the app") is None


def test_the_only_sum_of_a_text_that_asks_for_money_back_is_its_loss() -> None:
    assert loss("A hotel, for {$250.00}. I want a refund.") == (Decimal("250.00"), "USD")


def test_a_sum_between_two_quotations_is_not_quoted() -> None:
    assert read('"closed" was all, £212, "sorry" they said') == [("212.00", "GBP", "other")]
    assert read('it said "£212 now"') == [("212.00", "GBP", "quoted")]


@pytest.mark.parametrize("text", ["支付了2020年的账", "付了30分钟", "交了15号的材料", "共12人"])
def test_a_number_that_counts_something_else_is_no_sum(text: str) -> None:
    assert read(text) == []


def test_a_sum_asked_back_was_paid_where_nothing_else_is_told_of_it() -> None:
    assert loss("请求退还40元") == (Decimal("40.00"), "CNY")
    assert loss("I paid $9. Please return $9 to my card.") == (Decimal("9.00"), "USD")
    assert loss("请求赔偿40元") is None


@pytest.mark.parametrize(
    ("text", "role"),
    [("老板拖欠我5000元", "loss"), ("被人转走了800元", "loss"), ("我已还3000元贷款", "other")],
)
def test_money_withheld_is_a_loss_and_money_paid_back_is_none(text: str, role: str) -> None:
    assert [part for _, _, part in read(text)] == [role]


@pytest.mark.parametrize("text", ["付了五镑。", "付了五加元。", "付了五 ringgit。", "付了php五。"])
def test_one_chinese_numeral_beside_a_foreign_unit_is_a_sum(text: str) -> None:
    assert [one.value for one in find_amounts(text)] == [5]

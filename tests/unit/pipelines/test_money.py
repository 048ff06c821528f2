from decimal import Decimal

import pytest

from pipelines.extract.money import find_amounts, stated_loss
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
        ("a $35 fee each month", "other"),
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

from decimal import Decimal
from importlib.resources import files

import pytest
import yaml

from pipelines.extract.loss import money_at_stake
from pipelines.extract.money import find_amounts
from pipelines.normalise import normalise
from pipelines.taxonomy import load_taxonomy

LOST = ["bait_and_switch"]


def at_stake(text: str, alleged: list[str] = LOST) -> tuple[Decimal, str] | None:
    return money_at_stake(find_amounts(normalise(text).text), alleged)


def loss(value: str, currency: str = "CNY") -> tuple[Decimal, str]:
    return Decimal(value), currency


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办的年卡，2680，店关了", loss("2680.00")),
        ("先收2800，没办成", loss("2800.00")),
        ("花1280买的软件不能用", loss("1280.00")),
        ("扫码付了六百五，安都安不上", loss("650.00")),
        ("付了1880×2到账户", loss("3760.00")),
        ("会员费199先扣，第二个月又199，第三个月又199", loss("597.00")),
        ("每月扣我19块，扣到第三个月我才看见", loss("57.00")),
        ("连着五笔，每笔499，我在睡觉", loss("2495.00")),
        ("交了2600押金，店长退了1000，剩下1600说要等", loss("1600.00")),
        ("里面还有18650块，账户冻结了", loss("18650.00")),
        ("又要先交8800手续费。交了。他把我删了", loss("8800.00")),
        ("先给个跑腿的660。给了。没下文", loss("660.00")),
        ("3000转完了，他说没收到", loss("3000.00")),
        ("票是假的，1360不给回", loss("1360.00")),
        ("卡里还剩743块5，取不出来", loss("743.50")),
        ("给自己充了三次，500、500、500。", loss("1500.00")),
        ("扣了三笔100。", loss("300.00")),
        ("护墙4万3，装得不是一个色", loss("43000.00")),
        ("吸了四十天。198。", loss("198.00")),
        ("让我先垫15000给专家，都是假的", loss("15000.00")),
        ("I had R14,870 in there and I am locked out", loss("14870.00", "ZAR")),
        ("my $3,400 is to be held for 180 days", loss("3400.00", "USD")),
        ("$412 inside, and I can't withdraw", loss("412.00", "USD")),
        ("three lots of $450 were stolen", loss("1350.00", "USD")),
        ("it took $99 a month from me for seven months", loss("693.00", "USD")),
        ("I paid RM6,000 and it is gone", loss("6000.00", "MYR")),
        ("I sent N165,000 to him", loss("165000.00", "NGN")),
        ("they charged me C$25 for it", loss("25.00", "CAD")),
        ("A table for dolls. £64.", loss("64.00", "GBP")),
    ],
)
def test_what_is_at_stake_is_read(text: str, expected: tuple[Decimal, str]) -> None:
    assert at_stake(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "打了12315，没人接",
        "2023年买的，用了17天",
        "排队第87位，等了30分钟",
        "尾号7731的人收的",
        "型号是K60，批号2041",
        "用了三百多，不知道多少",
        "领现金还差0.03，怎么都点不上",
        "我还了贷款，还剩57731元",
        "要求赔偿500元",
        "又要先交8800手续费。我没交",
        "让我交1500报名费，我不同意",
        "part no. N95 came in 3 boxes",
    ],
)
def test_what_is_no_loss_is_not_taken_for_one(text: str) -> None:
    assert at_stake(text) is None


def test_a_value_named_again_is_the_same_money_unless_it_was_paid_again() -> None:
    assert at_stake("扣了50元。那50元没退") == loss("50.00")
    assert at_stake("扣了50元，又扣50元") == loss("100.00")


def test_a_sole_sum_is_at_stake_only_where_a_loss_is_alleged() -> None:
    text = "It came broken. £64."

    assert at_stake(text, ["bait_and_switch"]) == loss("64.00", "GBP")
    assert at_stake(text, []) is None
    assert at_stake(text, ["bait_and_switch", "debt_not_owed"]) is None


def test_a_balance_within_reach_is_no_loss() -> None:
    assert at_stake("there is $412 on my card and all is well", []) is None
    assert at_stake("我的余额是412元，一切正常", []) is None


def test_two_sums_whose_parts_nobody_tells_are_not_guessed_between() -> None:
    assert at_stake("One for £64. One for £80.") is None


def test_every_code_of_the_lists_of_losses_exists() -> None:
    text = files("pipelines.taxonomy").joinpath("losses.yml").read_text(encoding="utf-8")
    listed = {code for codes in yaml.safe_load(text).values() for code in codes}

    assert listed <= {code for _, code in load_taxonomy().entries}

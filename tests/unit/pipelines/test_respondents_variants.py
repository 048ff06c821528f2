"""Names of one firm written otherwise meet; firms that only look alike stay apart."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.respondents import resolve_names
from pipelines.taxonomy import load_taxonomy


def keys_of(*names: str) -> list[str | None]:
    rows = resolve_names(pa.table({"raw": list(names)}), load_taxonomy()).to_pylist()
    found = {row["raw"]: row["merchant_key"] for row in rows}
    return [found[name] for name in names]


@pytest.mark.parametrize(
    "names",
    [
        ("柏溪农村商业银行", "柏溪农商行"),
        ("李大山五金店", "李大山五金经营部"),
        ("成都栗麦口腔门诊部", "栗麦口腔成都江畔店", "Chengdu Limai Kouqiang"),
        ("青荻悦动健身", "青荻悦动健身俱乐部有限公司"),
        ("云绮杉官方旗舰店", "云绮杉电商（杭州）", "杭州云绮杉电子商务有限公司"),
        ("Ashlow Turnpike Credit Union", "Turnpike CU of Ashlow"),
        ("Northlow Recovery Grp", "Northlow Recovery Group, LLC"),
    ],
)
def test_names_of_one_unknown_firm_written_otherwise_meet(names: tuple[str, ...]) -> None:
    assert len(set(keys_of(*names))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("柏溪农商行", "白溪农村商业银行"),
        ("柏溪农村商业银行", "百溪农村商业银行"),
        ("李大山五金店", "李大军五金经营部"),
        ("成都栗麦口腔门诊部", "重庆栗麦口腔门诊部"),
        ("Turnpike CU of Ashlow", "Turnpike CU of Ashford"),
        ("Bank of Ashlow", "Ashlow Savings Bank"),
        ("Zelm Recovery, Inc. (WI)", "Zelm Recovery, Inc. (TX)"),
    ],
)
def test_firms_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    first, second = keys_of(one, other)

    assert first != second


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("饿了吗外卖", "eleme"),
        ("去哪儿旅行App", "qunar"),
        ("银联客服95516", "unionpay"),
        ("x东", "jd"),
        ("携x旅行", "ctrip"),
        ("Early Warning Services (Zelle)", "zelle"),
        ("Ashlow Payments LLC dba Venmo", "venmo"),
        ("Ku Coin exchange", "kucoin"),
        ("crypto dot com app", "crypto-com"),
        ("Zele", "zelle"),
        ("Uber Technologies, Inc.", "uber"),
        ("拉扎斯网络科技（上海）有限公司", "eleme"),
        ("嘀嗒出行", "dida"),
    ],
)
def test_a_known_merchant_is_known_in_what_surrounds_its_name(name: str, key: str) -> None:
    assert keys_of(name) == [key]


@pytest.mark.parametrize("name", ["x战警影城", "某宝"])
def test_a_hidden_character_that_several_or_no_merchants_fit_names_no_known_one(name: str) -> None:
    assert keys_of(name)[0] not in load_taxonomy().merchants

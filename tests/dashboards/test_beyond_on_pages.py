"""The candidate page says who else may have been hit, and what to take off, in neutral words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.conftest import Open
from tests.dashboards.homes import SAMPLE, publish
from warehouse.home import Home
from warehouse.read import open_reader

CONTACT = "kqmai8899"
STARTS = ("我在青禾卡券铺买了超市购物卡", "青禾卡券铺下单的超市卡", "朋友推荐去青禾卡券铺买购物卡")
MIDDLES = ("收到的卡密显示已被使用", "收银说这张卡早就被核销过了", "输入卡密提示已使用，余额是零")
ENDS = ("客服不回，要求退款", "找了三次没人理，请退钱", "付款截图都在，请平台处理")
ELSEWHERE = (
    "云舟数卡",
    "松果健身",
    "蓝鲸茶饮",
    "北坡家电",
    "拾光影楼",
    "木桥家具",
    "红枫培训",
    "晨露鲜果",
    "白帆旅行",
    "星砂珠宝",
    "云雀琴行",
)


def _post(number: int, text: str, day: int, **more: Any) -> dict[str, Any]:
    return {"id": f"scene-{number:03}", "text": text, "published_at": f"2026-03-{day:02}", **more}


def _scene() -> list[dict[str, Any]]:
    """Eight complaints of one matter; one tells of a further person, three quote a contact."""
    rows = []
    for number in range(8):
        quote = f"，卖家让加微信号{CONTACT}联系" if number < 3 else ""
        told = "。另有一位网友也遇到同一个卖家" if number == 4 else ""
        text = (
            f"{STARTS[number % 3]}，花了{100 + 17 * number}元，{MIDDLES[number * 2 % 3]}{quote}。"
            f"{ENDS[number % 3]}{told}。"
        )
        rows.append(
            _post(number, text, 1 + number, respondent="青禾卡券铺", author=f"买家{number}")
        )
    often = {"author": "写得很多的账号"}
    for number, name in enumerate(ELSEWHERE, 20):
        text = f"{name}的宣传与实际不符，第{number}次购买。依法要求赔偿500元并退货退款。"
        rows.append(_post(number, text, number - 17, respondent=name, **often))
    text = f"{STARTS[0]}，花了250元，{MIDDLES[0]}。依法要求赔偿500元并退款。"
    rows.append(_post(39, text, 5, respondent="青禾卡券铺", **often))
    other = f"云舟数卡充的话费卡不到账，花了50元，卖家叫我加微信号{CONTACT}，加了不理人。"
    rows.append(_post(40, other, 6, respondent="云舟数卡", author="充值人"))
    nameless = f"群里认识的人卖给我超市卡，微信号{CONTACT}，刷的时候说已被使用了，钱不退。"
    return [*rows, _post(41, nameless, 9, author="路人")]


@pytest.fixture(scope="module")
def scene_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scene")
    posts = folder / "scene.jsonl"
    posts.write_bytes(b"\n".join(map(orjson.dumps, _scene())))
    return publish(folder / "home", SAMPLE / "posts.jsonl", posts)


def candidate_of(home: Path, merchant: str) -> dict[str, Any]:
    with open_reader(Home(home), "internal") as reader:
        rows = reader.query("candidates", limit=1_000, offset=0).to_pylist()
    return next(row for row in rows if row["merchant_name"] == merchant)


def told_of(home: Path, candidate: dict[str, Any]) -> str:
    """Give the discounts of a candidate as a sentence with the same numbers."""
    with open_reader(Home(home), "internal") as reader:
        rows = reader.query("candidate_discounts", candidate_id=candidate["candidate_id"])
    return "; ".join(
        f"one account behind {row['account_complaints']} complaints "
        f"against {row['account_merchants']} merchants"
        for row in rows.to_pylist()
        if row["reason"] == "frequent_account"
    )


def text(app: AppTest) -> str:
    return "\n".join(str(block.value) for block in app.get("html"))  # type: ignore[union-attr]


def test_people_beyond_the_members_widen_the_high_end_only(scene_home: Path) -> None:
    candidate = candidate_of(scene_home, "青禾卡券铺")

    assert candidate["complaints"] >= 7
    assert candidate["complainants_possible"] == candidate["complaints"] + 2
    assert candidate["complainants_certain"] <= candidate["complaints"]
    assert "one account behind 12 complaints against 12 merchants" in told_of(scene_home, candidate)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            (
                "成员之外，可能还有谁",
                "同一微信号出现在 5 件投诉中，涉及 2 家商家、5 名投诉人；其中 1 件没有写明",
                "另有 1 人遇到同一对方",
                "计入人数上限",
                "上限含成员之外的 2 人",
                "1 件来自同一账号，该账号在 11 天内对 12 家商家提出 12 件要求赔偿的投诉",
            ),
        ),
        (
            "en",
            (
                "Beyond the members, who else it may be",
                "appears in 5 complaints against 2 merchants, from 5 complainants; 1 of the",
                "A complainant tells of 1 more who met the same counterparty",
                "counted at the high end",
                "the high end counts 2 beyond the members",
                "1 from one account that is behind 12 complaints against 12 merchants",
            ),
        ),
    ],
)
def test_the_page_says_who_else_it_may_be_and_what_to_take_off(
    scene_home: Path, open_page: Open, lang: str, said: tuple[str, ...]
) -> None:
    candidate = candidate_of(scene_home, "青禾卡券铺")

    app = open_page(scene_home, "candidate", id=candidate["candidate_id"], lang=lang)

    assert not app.exception
    shown = text(app)
    for sentence in said:
        assert sentence in shown
    assert CONTACT not in shown
    assert not re.search("职业|打假|骗子|professional|claimant", shown)


def test_no_published_file_holds_the_contact(scene_home: Path) -> None:
    built = [path for path in (scene_home / "warehouse" / "builds").rglob("*") if path.is_file()]

    assert built
    assert not any(CONTACT.encode() in path.read_bytes() for path in built)

"""Finding whom a complaint is about, in its columns and in its text."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from pipelines.normalise import normalise
from pipelines.records import Complaint, ComplaintId, Party
from pipelines.respondents import Lexicon, build_lexicon, find_parties
from pipelines.respondents.place_finder import find_places
from pipelines.taxonomy import load_taxonomy


@cache
def known_merchants() -> Lexicon:
    return build_lexicon(load_taxonomy().merchants)


def parties_of(
    text: str, *, title: str | None = None, respondent: str | None = None
) -> tuple[Party, ...]:
    narrative = f"{title}\n{text}" if title else text
    complaint = Complaint(
        complaint_id=ComplaintId("posts:1"),
        source="posts",
        text=text,
        title=title,
        respondent_name=respondent,
    )
    return find_parties(narrative, normalise(narrative), complaint, known_merchants())


def respondent_of(text: str, *, title: str | None = None) -> tuple[str, str] | None:
    parties = parties_of(text, title=title)
    found = [(party.raw, party.identity) for party in parties if party.role == "respondent"]
    assert len(found) < 2
    return found[0] if found else None


def test_a_given_respondent_stands_whatever_the_text_names() -> None:
    parties = parties_of("一直不发货，是用花呗和支付宝付的款", respondent="晴空数码客服")

    assert [(party.role, party.raw, party.how) for party in parties] == [
        ("respondent", "晴空数码客服", "given"),
        ("mentioned", "花呗", "alias"),
        ("mentioned", "支付宝", "alias"),
    ]


def test_a_given_description_is_unnamed() -> None:
    (party,) = parties_of("充值的钱一直没到账", respondent="某平台")

    assert party.identity == "unnamed"


def test_a_licensed_merchant_is_marked_as_such() -> None:
    assert respondent_of("支付宝无故冻结我的账户，说要等三个月") == ("支付宝", "licensed")


@pytest.mark.parametrize(
    "text",
    [
        "在一家网店买了点卡，卡密已经被用过，我是用花呗付的款",
        "卖家收了钱就把我拉黑，用的支付宝转账",
        "A seller took my money. I paid with PayPal.",
    ],
)
def test_a_merchant_that_was_only_paid_with_is_not_the_respondent(text: str) -> None:
    found = respondent_of(text)

    assert found is None or found[1] == "unnamed"


def test_a_seller_on_a_marketplace_stays_unnamed_and_the_marketplace_is_the_platform() -> None:
    parties = parties_of("我在闲鱼上买了手机，卖家一直不发货，最后把我拉黑")

    assert [(party.role, party.raw, party.identity) for party in parties] == [
        ("respondent", "卖家", "unnamed"),
        ("platform", "闲鱼", "named"),
    ]


def test_a_shop_that_is_called_by_its_name_is_the_respondent() -> None:
    assert respondent_of("淘宝店铺“云朵数码铺”卖假货，商家不认账") == ("云朵数码铺", "named")


@pytest.mark.parametrize(
    "text",
    [
        "有人冒充京东客服打电话，让我转账到他的卡上",
        "群发短信，冒充中国移动和建设银行，骗走我三千",
        "Someone pretending to be from PayPal told me to send money",
    ],
)
def test_somebody_who_pretends_to_be_a_merchant_is_not_the_merchant(text: str) -> None:
    assert respondent_of(text) is None


@pytest.mark.parametrize(
    "text", ["对人民币安置补偿的质疑", "在北京东站附近等车", "我们是一个完美团队"]
)
def test_a_merchants_name_inside_other_words_is_none(text: str) -> None:
    assert list(known_merchants().mentions(text)) == []


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("在快手给主播打赏", True),
        ("快手客服不理人", True),
        ("他是个快手", False),
        ("my chase card was declined", True),
        ("they chase me for money", False),
    ],
)
def test_a_common_word_is_a_merchant_only_in_its_surroundings(text: str, is_meant: bool) -> None:
    assert bool(list(known_merchants().mentions(text))) is is_meant


def test_a_company_is_found_with_its_full_name() -> None:
    chinese = respondent_of("我在远山晴空教育咨询有限公司报名交了六千八，至今不退")
    english = respondent_of("Bright Path Lending LLC took 300 dollars without my consent.")

    assert chinese == ("远山晴空教育咨询有限公司", "named")
    assert english == ("Bright Path Lending LLC", "named")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("反映A市A5区恒云绿洲小区物业乱收费的问题", "A市A5区恒云绿洲小区"),
        ("咨询A7县木塘街道木星二小的具体位置", "A7县木塘街道木星二小"),
        ("投诉B市兴隆建筑劳务公司拖欠工资", "B市兴隆建筑劳务公司"),
        ("请求硬化K6县云岭镇石桥村公路", "K6县云岭镇石桥村"),
        ("投诉K9县二中违规补课", "K9县二中"),
        ("投诉C4市晴川华府开发商延期交房", "C4市晴川华府"),
        ("关于A市晴岚湾二期交房的投诉", "A市晴岚湾"),
        ("希望延长B市17路公交车的路线", "B市17路公交车"),
    ],
)
def test_the_place_that_the_title_names_is_the_respondent(title: str, name: str) -> None:
    assert respondent_of("请领导重视。", title=title) == (name, "named")


@pytest.mark.parametrize(
    "title",
    [
        "咨询A7县小孩入学的问题",
        "希望K3县修好农村公路",
        "请求A市教育局尽快解决",
        "反映A市道路交通问题",
        "关于异地户口的咨询",
        "希望有关部门重视小区停车",
    ],
)
def test_a_region_or_an_addressed_office_is_not_the_respondent(title: str) -> None:
    assert respondent_of("谢谢。", title=title) is None


def test_an_office_whose_act_is_complained_of_is_the_respondent() -> None:
    assert respondent_of("请调查。", title="投诉A7县安监局克扣津贴") == ("A7县安监局", "named")


def test_the_narrowest_name_of_a_title_is_taken() -> None:
    assert respondent_of("。", title="举报A7县远山路晴空驾校乱收费") == ("晴空驾校", "named")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("石桥村村级公路需要硬化", ["石桥村"]),
        ("马路旁的道路没有路灯", []),
        ("栗山东路和王家坪路的路口", ["栗山东路", "王家坪路"]),
        ("新街街道木星社区居民", ["新街街道木星社区"]),
    ],
)
def test_names_of_places_are_cut_cleanly(text: str, names: list[str]) -> None:
    assert [text[place.start : place.end] for place in find_places(text)] == names


@pytest.mark.data
def test_half_of_the_messages_without_a_respondent_name_a_place(shared_data: Path) -> None:
    path = shared_data / "gov_replies/messages_with_replies.csv"
    with path.open(encoding="utf-8-sig") as rows:
        titles = [row["留言主题"].strip() for row in csv.DictReader(rows)]

    named = sum(respondent_of("。", title=title) is not None for title in titles)

    assert 0.45 < named / len(titles) < 0.65

"""Taking one name apart: what names, and what surrounds it."""

from __future__ import annotations

import pytest

from pipelines.respondents.names import take_name_apart
from pipelines.respondents.places import take_place_apart
from pipelines.respondents.sectors import guess_sector


@pytest.mark.parametrize(
    "written",
    [
        "星河客服",
        "星河官方客服",
        "星河客户服务中心",
        "星河客户中心",
        "星河客户关怀",
        "星河官方微博",
        "星河官博",
        "星 河",
        "「星河」",
    ],
)
def test_an_attendant_desk_is_no_part_of_a_name(written: str) -> None:
    assert take_name_apart(written).slug == "星河"


@pytest.mark.parametrize(
    "written",
    [
        "Quillon & Company",
        "QUILLON COMPANY, THE",
        "The Quillon Company",
        "Quillon, Inc.",
        "QUILLON HOLDINGS, LLC",
        "Quillon Co., Denver, CO Branch",
        "Quillon Inc (Closed)",
        "ＱＵＩＬＬＯＮ　ＩＮＣ",
    ],
)
def test_a_legal_form_is_no_part_of_a_name(written: str) -> None:
    assert take_name_apart(written).slug == "quillon"


def test_a_national_association_is_the_bank_itself() -> None:
    long, short = (
        take_name_apart("Quillon Bank, National Association"),
        take_name_apart("QUILLON BANK N.A."),
    )

    assert long.slug == short.slug == "quillon-bank"


def test_a_name_of_common_words_keeps_its_legal_form() -> None:
    corporation = take_name_apart("First Mortgage Corporation")
    company = take_name_apart("First Mortgage Company, LLC")

    assert corporation.slug != company.slug
    assert corporation.bare == company.bare == "first-mortgage"


def test_a_state_in_brackets_tells_namesakes_apart() -> None:
    one, other = take_name_apart("Zelm Recovery, Inc. (WI)"), take_name_apart("Zelm Recovery, Inc.")

    assert one.slug != other.slug


def test_a_second_name_is_kept_beside_the_first() -> None:
    name = take_name_apart("Zelm Education, LLC dba Bright Pupils")

    assert (name.slug, name.second_names) == ("zelm-education", ("bright-pupils",))


@pytest.mark.parametrize(
    "written",
    [
        "商家",
        "客服",
        "未知",
        "N/A",
        "null",
        "-",
        "",
        "一家网店",
        "一家卖卡的网店",
        "某平台",
        "某二手交易平台",
        "a seller",
        "second-hand platform",
        "an online store",
        "unknown",
        "XXXX",
        "[PERSON_1]",
        "A市",
        "K3县",
    ],
)
def test_a_description_or_a_region_names_nobody(written: str) -> None:
    assert take_name_apart(written).kind == "generic"


@pytest.mark.parametrize("written", ["Bank of the West", "Seller Labs", "平台经济研究社"])
def test_a_name_that_holds_a_common_noun_stays_a_name(written: str) -> None:
    assert take_name_apart(written).kind != "generic"


@pytest.mark.parametrize("written", ["(US)", "The Inc", "Co., Ltd.", "dba Zelm"])
def test_a_name_of_surroundings_only_still_has_a_slug(written: str) -> None:
    assert take_name_apart(written).slug


def test_a_masked_account_is_told_from_a_masked_name() -> None:
    assert take_name_apart("tb1414455***").kind == "handle"
    assert take_name_apart("晴*坊").kind == "mask"


@pytest.mark.parametrize(
    ("written", "core"),
    [
        ("a市a5区恒云绿洲小区二期", "恒云绿洲"),
        ("恒云绿洲小区", "恒云绿洲"),
        ("a5区恒云绿洲物业公司", "恒云绿洲"),
        ("b市兴隆建筑劳务有限公司", "兴隆建筑劳务"),
        ("k9县二中", "第二中学"),
        ("k9县第二中学", "第二中学"),
        ("a8县市资云镇木桥村", "木桥村"),
    ],
)
def test_spellings_of_one_place_have_one_core(written: str, core: str) -> None:
    place = take_place_apart(written)

    assert place is not None
    assert place.core == core


def test_a_name_that_many_places_have_needs_its_region() -> None:
    assert take_name_apart("二中").kind == "generic"
    assert take_name_apart("K9县二中").kind == "place"


@pytest.mark.parametrize(
    ("slug", "sector"),
    [
        ("晴空物业", "property"),
        ("晴空消费金融", "loans"),
        ("晴空航空", "airline"),
        ("quillon-federal-credit-union", "bank"),
        ("quillon-collection-agency", "collection"),
        ("quillon", None),
    ],
)
def test_the_words_of_a_name_speak_for_a_sector(slug: str, sector: str | None) -> None:
    assert guess_sector(slug) == sector


@pytest.mark.parametrize(
    "part", ["科技", "有限公司", "某", "x", "(", "客服", "银行支行", "a ", "*", "广东省"]
)
def test_a_name_of_a_million_characters_is_taken_apart_at_once(part: str) -> None:
    name = take_name_apart(part * (1_000_000 // len(part)) + "！")

    assert all(len(spelling) <= 400 for spelling in name.spellings)

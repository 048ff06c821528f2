"""Resolving all names of a corpus: which are one merchant, which are none."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.errors import TaxonomyError
from pipelines.records import MerchantKey
from pipelines.respondents import Lexicon, build_lexicon, resolve_names
from pipelines.taxonomy import load_taxonomy
from pipelines.taxonomy.model import Merchant


@cache
def known_merchants() -> Lexicon:
    return build_lexicon(load_taxonomy().merchants)


def keys_of(
    *raws: str, judgements: Mapping[str, MerchantKey | None] | None = None
) -> dict[str, str | None]:
    names = pa.table({"raw": list(raws)})
    table = resolve_names(names, load_taxonomy(), judgements, lexicon=known_merchants())
    return dict(zip(table["raw"].to_pylist(), table["merchant_key"].to_pylist(), strict=True))


def test_spellings_of_a_known_merchant_are_that_merchant() -> None:
    keys = keys_of("蚂蚁金服客户中心", "京东客服", "支付宝", "WELLS FARGO & COMPANY")

    assert list(keys.values()) == ["wells-fargo", "jd", "alipay", "ant"]


def test_a_product_stays_with_its_own_key_and_has_a_parent() -> None:
    keys = keys_of("花呗", "蚂蚁金服")
    parents = {key: load_taxonomy().merchants[str(key)].parent for key in keys.values()}

    assert parents == {"huabei": "ant", "ant": "alibaba"}


def test_a_branch_or_an_app_of_a_known_merchant_is_that_merchant() -> None:
    keys = keys_of("招商银行远山分行", "支付宝APP", "中国移动远山营业厅")

    assert set(keys.values()) == {"cmb", "alipay", "china-mobile"}


def test_a_name_nobody_knows_is_its_own_merchant() -> None:
    keys = keys_of("晴空数码科技有限公司", "晴空数码科技", "晴朗数码科技有限公司")

    assert keys["晴空数码科技有限公司"] == keys["晴空数码科技"]
    assert keys["晴朗数码科技有限公司"] != keys["晴空数码科技"]


def test_a_merchant_is_called_as_it_is_written_and_not_by_a_mask_that_fits() -> None:
    names = pa.table({"raw": ["晴空坊短视频", "晴*坊短视频", "晴空坊短视频APP"]})

    table = resolve_names(names, load_taxonomy(), lexicon=known_merchants())

    assert len(set(table["merchant_key"].to_pylist())) == 1
    assert set(table["merchant_name"].to_pylist()) == {"晴空坊短视频"}


def test_a_word_that_is_sometimes_part_of_a_name_is_taken_off_only_if_the_rest_was_seen() -> None:
    assert keys_of("晴空平台", "晴空")["晴空平台"] == "晴空"
    assert keys_of("晴空平台")["晴空平台"] == "晴空平台"


def test_a_name_run_together_is_the_one_name_of_several_words() -> None:
    keys = keys_of("Gwinvane Streams", "GwinvaneStreams", "Gwinvane Streams App")

    assert set(keys.values()) == {"gwinvane-streams"}


def test_a_mask_is_resolved_only_when_one_merchant_fits() -> None:
    assert keys_of("晴*坊", "晴空坊")["晴*坊"] == "晴空坊"
    assert keys_of("晴*坊", "晴空坊", "晴朗坊")["晴*坊"] is None
    assert keys_of("晴*坊")["晴*坊"] is None


def test_one_asterisk_hides_one_character() -> None:
    assert keys_of("晴*坊", "晴空万里坊")["晴*坊"] is None
    assert keys_of("晴**坊", "晴空万里坊")["晴**坊"] == "晴空万里坊"


def test_whoever_is_only_described_is_nobody() -> None:
    keys = keys_of("一家网店", "a seller", "second-hand platform", "商家", "某平台")

    assert set(keys.values()) == {None}


def test_a_key_of_the_taxonomy_is_not_taken_by_a_namesake() -> None:
    assert "amap" in load_taxonomy().merchants

    assert keys_of("Amap Roofing, LLC", "AMAP")["AMAP"] not in load_taxonomy().merchants


def test_a_missing_legal_form_is_supplied_only_by_the_one_company_that_has_one() -> None:
    one = keys_of("First Mortgage", "First Mortgage Corporation")
    two = keys_of("First Mortgage", "First Mortgage Corporation", "First Mortgage Company, LLC")

    assert len(set(one.values())) == 1
    assert len(set(two.values())) == 3


def test_a_second_name_leads_to_the_company_that_claims_it() -> None:
    keys = keys_of("Zelm Partners, Inc. dba Bright Pupils Academy", "Bright Pupils Academy")

    assert len(set(keys.values())) == 1


def test_one_estate_is_one_merchant_however_its_region_is_written() -> None:
    keys = keys_of("A市恒云绿洲", "A市A5区恒云绿洲小区", "A5区恒云绿洲二期", "恒云绿洲小区")

    assert len(set(keys.values())) == 1


def test_namesakes_in_two_cities_are_two_and_without_a_region_nobody_knows_which() -> None:
    keys = keys_of("A市恒云绿洲小区", "K市恒云绿洲小区", "恒云绿洲小区")

    assert len(set(keys.values())) == 3


def test_schools_of_one_number_in_two_counties_are_two() -> None:
    keys = keys_of("K9县二中", "K9县第二中学", "L5县二中")

    assert keys["K9县二中"] == keys["K9县第二中学"] != keys["L5县二中"]


def test_a_district_belongs_to_the_city_it_was_written_with() -> None:
    keys = keys_of("远山市晴川区恒云绿洲小区", "晴川区恒云绿洲小区")

    assert len(set(keys.values())) == 1


def test_a_judgement_of_a_person_overrules_the_rules() -> None:
    keys = keys_of("京东客服", "晴空坊", judgements={"京东客服": None, "晴空坊": MerchantKey("jd")})

    assert keys == {"京东客服": None, "晴空坊": "jd"}


def test_all_names_of_one_merchant_show_one_name_and_sector() -> None:
    table = resolve_names(
        pa.table({"raw": ["QUILLON LENDING, LLC", "Quillon Lending Inc."]}), load_taxonomy()
    )

    assert set(table["merchant_name"].to_pylist()) == {"Quillon Lending Inc."}
    assert set(table["sector"].to_pylist()) == {"loans"}


def test_two_merchants_that_claim_one_spelling_are_refused() -> None:
    merchants = {
        "one": Merchant(key="one", name="Quillon"),
        "two": Merchant(key="two", name="Zelm", aliases=("Quillon, Inc.",)),
    }

    with pytest.raises(TaxonomyError, match="which one claims"):
        build_lexicon(merchants)


def test_a_parent_that_is_no_merchant_is_refused() -> None:
    with pytest.raises(TaxonomyError, match="expected a parent that is a merchant"):
        build_lexicon({"one": Merchant(key="one", name="Quillon", parent="nobody")})


@pytest.mark.data
def test_the_companies_of_the_cfpb_keep_their_identity_over_the_years(shared_data: Path) -> None:
    with gzip.open(shared_data / "cfpb/complaints.csv.gz", "rt", encoding="utf-8-sig") as rows:
        companies = {row["Company"] for row in csv.DictReader(rows)}

    keys = keys_of(*companies)

    for start, key in {
        "wells fargo": "wells-fargo",
        "moneygram": "moneygram",
        "western union": "western-union",
        "paypal": "paypal",
        "bank of america": "bank-of-america",
        "jpmorgan chase": "jpmorgan-chase",
        "citibank": "citibank",
        "navient": "navient",
        "transunion": "transunion",
        "equifax": "equifax",
    }.items():
        spellings = {raw for raw in companies if raw.lower().startswith(start)}
        assert {keys[raw] for raw in spellings} == {key}
    assert None not in keys.values()


@pytest.mark.data
@pytest.mark.parametrize(
    "pair",
    [
        ("First Mortgage Corporation".upper(), "First Mortgage Company, LLC"),
        ("USCB Corporation", "USCB, Inc."),
        ("Allied Collection Service, Inc. (Indiana)", "Allied Collection Services, Inc. (Nevada)"),
        ("CIT Bank", "CITIBANK, N.A."),
        ("Santander Consumer USA", "Santander Bank US"),
        ("ZIONS BANCORPORATION", "Zions Debt Holdings"),
    ],
)
def test_distinct_companies_stay_distinct(pair: tuple[str, str]) -> None:
    assert len(set(keys_of(*pair).values())) == 2


@pytest.mark.data
def test_the_respondents_of_heimao_are_the_merchants_behind_the_desks(shared_data: Path) -> None:
    with (shared_data / "heimao_2020/complaints.csv").open(encoding="utf-8-sig") as rows:
        given = [row["投诉对象"] for row in csv.DictReader(rows)]

    keys = keys_of(*given)

    assert sum(keys[name] == "pinduoduo" for name in given) == 36
    assert sum(keys[name] == "ant" for name in given) == 6
    assert None not in keys.values()

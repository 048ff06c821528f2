"""Judgements of people on names: obeyed over all rules, whatever else follows."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from pipelines.records import MerchantKey
from pipelines.respondents import resolve_names
from pipelines.respondents.judgements import NameJudgement, judged_keys
from pipelines.taxonomy import load_taxonomy


def same(one: str, other: str) -> NameJudgement:
    return NameJudgement(one=one, other=other, is_same=True)


def not_same(one: str, other: str) -> NameJudgement:
    return NameJudgement(one=one, other=other, is_same=False)


def judged(keys: Mapping[str, str | None], *judgements: NameJudgement) -> dict[str, str | None]:
    typed = {name: None if key is None else MerchantKey(key) for name, key in keys.items()}
    found = judged_keys(typed, judgements, known={"jd"}, own_key=lambda raw: MerchantKey(raw))
    return dict(found)


def resolved(raws: list[str], *judgements: NameJudgement) -> dict[str, str | None]:
    table = resolve_names(pa.table({"raw": raws}), load_taxonomy(), pairs=judgements)
    return dict(zip(table["raw"].to_pylist(), table["merchant_key"].to_pylist(), strict=True))


def test_names_judged_the_same_have_one_key_and_take_their_spellings_along() -> None:
    keys = judged({"a": "x", "a2": "x", "b": "y", "c": "z"}, same("a", "b"))

    assert keys["a"] == keys["a2"] == keys["b"] != keys["c"]


def test_a_known_merchant_keeps_its_key_when_another_name_joins_it() -> None:
    assert judged({"京东": "jd", "b": "a"}, same("b", "京东")) == {"京东": "jd", "b": "jd"}


def test_names_judged_apart_have_two_keys_although_the_rules_give_one() -> None:
    keys = judged({"a": "x", "ab": "x"}, not_same("a", "ab"))

    assert keys["a"] != keys["ab"]


def test_the_later_of_two_judgements_on_a_pair_holds() -> None:
    keys = {"a": "x", "b": "y"}

    assert judged(keys, same("a", "b"), not_same("b", "a")) == keys
    assert len(set(judged(keys, not_same("a", "b"), same("a", "b")).values())) == 1


def test_not_the_same_holds_against_what_follows_from_others() -> None:
    judgements = (same("a", "b"), same("b", "c"), not_same("a", "c"))

    keys = judged({"a": "x", "b": "y", "c": "z"}, *judgements)

    assert keys["a"] == keys["b"] != keys["c"]


def test_a_name_that_named_nobody_may_be_judged_to_name_somebody() -> None:
    assert judged({"某宝": None, "b": "y"}, same("某宝", "b"))["某宝"] == "y"


def test_resolving_obeys_judgements_on_names_it_meets_and_links_through_others() -> None:
    raws = ["霁川优品", "支付宝商城", "支付宝", "青麓小铺"]

    keys = resolved(
        raws,
        not_same("支付宝商城", "支付宝"),
        same("霁川优品", "霁川联盟"),
        same("霁川联盟", "青麓小铺"),
    )

    assert keys["支付宝"] == "alipay" != keys["支付宝商城"]
    assert keys["霁川优品"] == keys["青麓小铺"]
    assert set(keys) == set(raws)

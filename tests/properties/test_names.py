"""Laws of names and respondents: order-free, conservative, and true to the text."""

from __future__ import annotations

import random
from functools import cache

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalise import normalise
from pipelines.records import Complaint, ComplaintId, MerchantKey
from pipelines.respondents import Lexicon, build_lexicon, find_parties, resolve_names
from pipelines.respondents.names import take_name_apart
from pipelines.taxonomy import load_taxonomy

UNTIMED = settings(deadline=None, max_examples=60)

shop_names = st.text(alphabet="晴朗霁霏曦晗瑾瑜", min_size=2, max_size=4)
regions = st.sampled_from(["A市", "A市A5区", "A5区", "K市", "K9县", "K9县云岭镇", ""])
places = st.builds(
    lambda region, name, ending: region + name + ending,
    regions,
    shop_names,
    st.sampled_from(["小区", "小区二期", "花园", "第二小学", "二小", "物业公司", "村"]),
)
companies = st.builds(
    lambda words, form: " ".join(words) + form,
    st.lists(
        st.sampled_from(["First", "Mortgage", "Quillon", "Zelm", "Credit", "Bank"]),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(
        ["", ", Inc.", " LLC", " Corporation", ", N.A.", " dba Bright Pupils", " (WI)"]
    ),
)
masks = st.builds(lambda name: f"{name[0]}*{name[2:]}", shop_names)
descriptions = st.sampled_from(
    ["一家网店", "商家", "某平台", "a seller", "second-hand platform", "N/A", "客服"]
)
services = st.sampled_from(["客服", "官方客服", "客户服务", "客服中心", "官方微博", "客户关怀"])
names = st.one_of(
    shop_names,
    places,
    companies,
    masks,
    descriptions,
    st.sampled_from(["京东客服", "支付宝", "PayPal Holdings, Inc.", "花呗"]),
    st.text(max_size=12),
)


@cache
def known_merchants() -> Lexicon:
    return build_lexicon(load_taxonomy().merchants)


def resolve(raws: list[str]) -> pa.Table:
    names = pa.table({"raw": pa.array(raws, pa.string())})
    return resolve_names(names, load_taxonomy(), lexicon=known_merchants())


def keys_of(raws: list[str]) -> dict[str, str | None]:
    table = resolve(raws)
    return dict(zip(table["raw"].to_pylist(), table["merchant_key"].to_pylist(), strict=True))


@UNTIMED
@given(raws=st.lists(names, max_size=30), seed=st.integers())
def test_resolving_does_not_depend_on_order_or_repetition(raws: list[str], seed: int) -> None:
    shuffled = raws + raws[:3]
    random.Random(seed).shuffle(shuffled)

    assert resolve(shuffled).equals(resolve(raws))


@UNTIMED
@given(raws=st.lists(names, max_size=20), description=descriptions)
def test_a_description_never_becomes_a_merchant(raws: list[str], description: str) -> None:
    assert keys_of([*raws, description])[description] is None


@UNTIMED
@given(name=shop_names, service=services, others=st.lists(names, max_size=10))
def test_an_attendant_desk_is_the_merchant_it_serves(
    name: str, service: str, others: list[str]
) -> None:
    keys = keys_of([name, name + service, *others])

    assert keys[name] == keys[name + service]


@UNTIMED
@given(one=shop_names, other=shop_names, others=st.lists(names, max_size=10))
def test_two_shops_are_one_only_if_they_are_written_alike(
    one: str, other: str, others: list[str]
) -> None:
    keys = keys_of([one, other, *others])

    assert (keys[one] == keys[other]) is (one == other)


@UNTIMED
@given(masked=masks, raws=st.lists(shop_names, max_size=12))
def test_a_mask_stands_for_a_merchant_only_if_no_second_name_fits(
    masked: str, raws: list[str]
) -> None:
    keys = keys_of([masked, *raws])
    fitting = {
        raw
        for raw in raws
        if len(raw) == len(masked) and raw[0] == masked[0] and raw[2:] == masked[2:]
    }

    assert keys[masked] == (keys[fitting.pop()] if len(fitting) == 1 else None)


@UNTIMED
@given(raws=st.lists(names, min_size=1, max_size=10))
def test_a_judgement_holds_and_leaves_the_other_names_alone(raws: list[str]) -> None:
    judged = raws[0]
    table = pa.table({"raw": pa.array(raws, pa.string())})
    judgements = {judged: MerchantKey("judged")}

    after = resolve_names(table, load_taxonomy(), judgements, lexicon=known_merchants())

    keys = dict(zip(after["raw"].to_pylist(), after["merchant_key"].to_pylist(), strict=True))
    assert keys == keys_of(raws) | {judged: "judged"}


@UNTIMED
@given(name=st.one_of(shop_names, companies))
def test_case_and_width_do_not_change_a_name(name: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in name)

    assert take_name_apart(name.upper()).slug == take_name_apart(name).slug
    assert take_name_apart(wide).slug == take_name_apart(name).slug


@UNTIMED
@given(
    text=st.one_of(st.text(max_size=200), st.lists(places).map("，投诉".join)),
    title=st.none() | places,
    respondent=st.none() | names,
)
def test_parties_are_cut_from_the_text_and_only_one_is_the_respondent(
    text: str, title: str | None, respondent: str | None
) -> None:
    narrative = f"{title}\n{text}" if title else text
    complaint = Complaint(
        complaint_id=ComplaintId("posts:1"),
        source="posts",
        text=text,
        title=title,
        respondent_name=respondent,
    )

    parties = find_parties(narrative, normalise(narrative), complaint, known_merchants())

    assert sum(party.role == "respondent" for party in parties) < 2
    for party in parties:
        if party.span is not None:
            assert narrative[party.span.start : party.span.end] == party.raw

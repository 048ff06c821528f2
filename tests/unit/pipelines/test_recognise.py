from __future__ import annotations

import pyarrow as pa

from pipelines.respondents import recognise_respondents

GIVEN = pa.table(
    {
        "merchant_key": ["汀云小铺", "lantern-cards"],
        "merchant_name": ["汀云小铺", "Lantern Cards"],
        "sector": pa.array([None, None], pa.string()),
        "writers": [3, 3],
        "spellings": [["汀云小铺", "汀云小铺客服", "汀*小铺"], ["Lantern Cards"]],
    }
)


def recognised(*texts: str, is_described: bool = False) -> dict[str, str]:
    """Give the merchant key of each text that is named now, by its number."""
    table = pa.table(
        {
            "complaint_id": [str(number) for number in range(len(texts))],
            "redacted_text": list(texts),
            "is_described": [is_described] * len(texts),
        }
    )
    rows = recognise_respondents(table, GIVEN).to_pylist()
    return {row["complaint_id"]: row["merchant_key"] for row in rows}


def test_a_name_that_others_give_is_recognised_in_a_text() -> None:
    assert recognised("昨天汀云小铺把我拉黑了") == {"0": "汀云小铺"}
    assert recognised("LANTERN CARDS never answered") == {"0": "lantern-cards"}


def test_a_text_with_two_known_names_stays_unnamed() -> None:
    assert recognised("汀云小铺和Lantern Cards都不理人") == {}


def test_a_text_without_a_known_name_stays_unnamed() -> None:
    assert recognised("一家网店不发货") == {}


def test_somebody_who_only_pretends_to_be_it_is_not_it() -> None:
    assert recognised("有人冒充汀云小铺骗我转账") == {}


def test_a_merchant_that_was_weighed_already_is_not_named_anew() -> None:
    texts = pa.table(
        {"complaint_id": ["0"], "redacted_text": ["用汀云小铺付款"], "is_described": [False]}
    )

    assert recognise_respondents(texts, GIVEN, weighed={"汀云小铺"}).num_rows == 0
    assert recognise_respondents(texts, GIVEN).num_rows == 1


def test_a_name_that_too_few_writers_give_is_not_looked_for() -> None:
    given = GIVEN.set_column(3, "writers", [[2, 2]])
    texts = pa.table(
        {"complaint_id": ["0"], "redacted_text": ["汀云小铺不发货"], "is_described": [False]}
    )

    assert recognise_respondents(texts, given).num_rows == 0


def test_a_latin_name_inside_a_longer_word_is_no_name() -> None:
    assert recognised("the lantern cardsharp never answered") == {}


def test_names_of_letters_beyond_two_bytes_are_not_mixed_up() -> None:
    given = GIVEN.slice(0, 1).set_column(4, "spellings", [["🌸花店"]])
    texts = pa.table(
        {"complaint_id": ["0"], "redacted_text": ["🔥花店不发货"], "is_described": [False]}
    )

    assert recognise_respondents(texts, given).num_rows == 0


def test_where_a_described_seller_trades_is_not_the_respondent() -> None:
    assert recognised("我在汀云小铺遇到一个卖家，收钱不发货", is_described=True) == {}


def test_a_name_that_far_more_texts_hold_than_give_it_is_a_common_word() -> None:
    texts = ["汀云小铺的东西"] * 7

    assert recognised(*texts[:6]) == {str(number): "汀云小铺" for number in range(6)}
    assert recognised(*texts) == {}

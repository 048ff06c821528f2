"""From rows in the source's words to items: renamed, never changed, nothing lost."""

from __future__ import annotations

import json

import pyarrow as pa

from spiders.importers.mapping import map_block
from spiders.items import ITEM_SCHEMA, MAX_FIELD_CHARS, Rejected, RowBlock
from spiders.sources import load_source


def items(source: str, names: list[str], *rows: list[str | None], **others: object) -> pa.Table:
    block = RowBlock(
        names=tuple(names),
        columns=tuple([row[k] for row in rows] for k in range(len(names))),
        positions=others.get("positions", range(len(rows))),
        rejects=others.get("rejects", ()),
        leftovers=others.get("leftovers", ()),
    )
    return map_block(block, load_source(source), file_no=2, first_item=10)


def test_fields_are_renamed_and_kept_verbatim() -> None:
    table = items("car_board", ["id", "brand", "desc", "dt"], ["1", " 甲 ", "异响\n", ""])

    (item,) = table.to_pylist()

    assert table.schema == ITEM_SCHEMA
    assert (item["item_no"], item["file_no"], item["record_id"]) == (10, 2, "1")
    assert (item["respondent"], item["text"], item["published_at"]) == (" 甲 ", "异响\n", None)


def test_columns_without_a_field_go_to_extra_in_the_order_of_their_names() -> None:
    table = items(
        "car_board",
        ["id", "brand", "desc", "z", "a"],
        ["1", "b", "t", "9", "8"],
        ["2", "b", "t", "", ""],
    )

    assert table["extra"].to_pylist() == ['{"a":"8","z":"9"}', None]


def test_a_second_spelling_fills_in_or_is_kept_beside() -> None:
    names = ["id", "brand", "desc", "dt", "datetime"]
    table = items(
        "car_board",
        names,
        ["1", "b", "t", "2020-06-08", "2020/6/8"],
        ["2", "b", "t", "2020-06-08", "2020-06-08"],
        ["3", "b", "t", "", "2020/6/9"],
    )

    assert table["published_at"].to_pylist() == ["2020-06-08", "2020-06-08", "2020/6/9"]
    assert table["extra"].to_pylist() == ['{"datetime":"2020/6/8"}', None, None]


def test_contacts_travel_under_their_kind_and_nowhere_else() -> None:
    table = items(
        "heimao",
        ["标题", "投诉详情", "投诉对象", "联系电话", "手机号码"],
        ["t", "x", "r", "", "10000000001"],
        ["t", "y", "r", "", ""],
    )

    assert table["extra"].to_pylist() == ['{"contacts":{"mobile":"10000000001"}}', None]


def test_of_several_spellings_of_an_author_none_reaches_extra() -> None:
    table = items(
        "heimao",
        ["标题", "投诉详情", "投诉对象", "投诉人", "投诉用户"],
        ["t", "x", "r", "u1", "u2"],
    )

    assert table["author"].to_pylist() == ["u1"]
    assert table["extra"].to_pylist() == [None]


def test_a_reply_column_becomes_one_reply_and_an_empty_one_means_what_the_source_says() -> None:
    board = items(
        "gov_board",
        ["留言编号", "留言主题", "留言详情", "答复意见", "答复时间"],
        ["1", "t", "x", "已处理", "2020/1/2"],
        ["2", "t", "x", "", ""],
    )
    bureau = items(
        "cfpb", ["Complaint ID", "Company public response"], ["1", ""], ["2", "Disputed"]
    )
    without = items("gov_board", ["留言编号", "留言详情"], ["1", "x"])

    assert [json.loads(r) for r in board["replies"].to_pylist()] == [
        [{"by": "regulator", "at": "2020/1/2", "text": "已处理"}],
        [],
    ]
    assert bureau["replies"].to_pylist()[0] is None
    assert json.loads(bureau["replies"].to_pylist()[1])[0]["by"] == "merchant"
    assert without["replies"].to_pylist() == [None]


def test_replies_are_kept_as_written() -> None:
    table = items(
        "posts",
        ["id", "text", "replies"],
        ["1", "x", '[{"by":"merchant","text":"sorry"}]'],
        ["2", "x", "none so far"],
        ["3", "x", "[1]"],
        ["4", "x", None],
    )

    assert table["replies"].to_pylist() == [
        '[{"by":"merchant","text":"sorry"}]',
        "none so far",
        "[1]",
        None,
    ]


def test_a_currency_is_implied_only_beside_an_amount() -> None:
    table = items(
        "heimao",
        ["标题", "投诉详情", "投诉对象", "涉诉金额"],
        ["t", "x", "r", "50"],
        ["t", "y", "r", ""],
    )

    assert table["amount_currency"].to_pylist() == ["CNY", None]


def test_misread_rows_are_repaired_and_marked_one_by_one() -> None:
    misread = "卖家不退款".encode().decode("latin-1")
    table = items(
        "heimao", ["标题", "投诉详情", "投诉对象"], ["t", "没有问题", "r"], ["t", misread, "r"]
    )

    assert table["text"].to_pylist() == ["没有问题", "卖家不退款"]
    assert table["is_repaired"].to_pylist() == [False, True]


def test_a_header_row_that_repeats_is_rejected_even_misread_and_with_a_mark() -> None:
    names = ["投诉标题", "投诉详情", "投诉对象"]
    misread = [name.encode().decode("latin-1") for name in names]

    table = items(
        "heimao", names, names, ["t", "x", "r"], misread, ["\ufeff" + names[0], *names[1:]]
    )

    assert table["reject_reason"].to_pylist() == [
        "repeated_header",
        None,
        "repeated_header",
        "repeated_header",
    ]


def test_rows_that_cannot_be_records_are_rejected_with_all_they_held() -> None:
    table = items(
        "posts",
        ["id", "text"],
        ["1", " \u3000\n"],
        ["", "x"],
        ["3", "a\0b"],
        ["4", "字" * (MAX_FIELD_CHARS + 1)],
        ["5", "kept"],
        leftovers=[{"colour": "red"}, {}, {}, {}, {}],
    )

    assert table["reject_reason"].to_pylist() == [
        "empty_text",
        "empty_record_id",
        "nul_character",
        "over_long_field",
        None,
    ]
    payloads = table["rejected_payload"].to_pylist()
    assert json.loads(payloads[0]) == {"id": "1", "text": " \u3000\n", "colour": "red"}
    assert json.loads(payloads[2])["text"] == "a\0b"
    assert table["text"].to_pylist() == [None, None, None, None, "kept"]


def test_a_rejected_row_keeps_neither_its_author_nor_its_contacts() -> None:
    table = items(
        "heimao",
        ["标题", "投诉详情", "投诉对象", "投诉人", "投诉用户", "联系电话", "手机号码"],
        ["t", "", "r", "somebody", "一位用户", "10000000001", ""],
    )

    (payload,) = table["rejected_payload"].to_pylist()

    assert json.loads(payload) == {
        "标题": "t",
        "投诉对象": "r",
        "投诉人": "[private]",
        "投诉用户": "[private]",
        "联系电话": "[private]",
    }


def test_rejects_of_the_reader_stand_in_their_places() -> None:
    table = items(
        "posts",
        ["id", "text"],
        ["1", "a"],
        ["2", ""],
        positions=[0, 2],
        rejects=[Rejected(position=1, reason="broken_json", payload="{")],
    )

    assert table["item_no"].to_pylist() == [10, 11, 12]
    assert table["reject_reason"].to_pylist() == [None, "broken_json", "empty_text"]


def test_a_block_without_rows_gives_its_rejects() -> None:
    table = items(
        "posts", ["id", "text"], rejects=[Rejected(position=0, reason="broken_json", payload="{")]
    )

    assert table["rejected_payload"].to_pylist() == ["{"]


def test_a_complaint_of_the_bureau_without_a_narrative_is_kept_for_its_labels() -> None:
    table = items(
        "cfpb", ["Complaint ID", "Product", "Consumer complaint narrative"], ["1", "Mortgage", ""]
    )

    assert table["reject_reason"].to_pylist() == [None]
    assert table["product"].to_pylist() == ["Mortgage"]


def test_news_is_a_report() -> None:
    assert items("news", ["id", "content"], ["1", "x"])["kind"].to_pylist() == ["report"]

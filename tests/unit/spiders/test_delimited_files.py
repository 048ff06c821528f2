"""CSV and TSV: every line ends up in a row or in a reject, and a bad one costs only itself."""

from __future__ import annotations

from io import StringIO

import pytest

from spiders.importers.blocks import clean_names
from spiders.importers.delimited import MAX_LINE_CHARS, read_delimited, read_header
from spiders.items import MAX_BLOCK_ITEMS, MAX_FIELD_CHARS, RowBlock


def read(text: str, delimiter: str = ",") -> RowBlock:
    (block,) = read_delimited(StringIO(text, newline=""), delimiter, is_sound=False)
    return block


def rows(block: RowBlock) -> list[list[str | None]]:
    return [block.row(number) for number in range(len(block.positions))]


def test_quoted_line_ends_and_delimiters_stay_inside_their_cell() -> None:
    block = read('id,text\r\n1,"one,\r\ntwo ""three"""\r\n')

    assert rows(block) == [["1", 'one,\r\ntwo "three"']]


def test_blank_lines_are_no_records() -> None:
    block = read("\n\nid,text\n\n1,a\n\r\r\n2,b\n\n")

    assert rows(block) == [["1", "a"], ["2", "b"]]
    assert list(block.rejects) == []


def test_a_row_of_another_width_is_rejected_and_the_rest_goes_on() -> None:
    block = read("id,text\n1,a\n2,b,c\n3\n4,d\n")

    assert rows(block) == [["1", "a"], ["4", "d"]]
    assert [(r.position, r.reason, r.payload) for r in block.rejects] == [
        (1, "wrong_column_count", '{"item":2,"characters":6}'),
        (2, "wrong_column_count", '{"item":3,"characters":2}'),
    ]


def test_a_quote_that_is_never_closed_costs_only_its_own_line() -> None:
    good = [f"{number},text {number}" for number in range(500)]
    text = "\n".join(["id,text", *good[:250], '250,"never closed', *good[250:]])

    block = read(text)

    assert rows(block) == [line.split(",") for line in good]
    assert [(r.position, r.reason) for r in block.rejects] == [(250, "broken_quotes")]
    assert block.rejects[0].payload == '{"item":251,"characters":18}'


def test_an_open_quote_that_a_later_quote_closes_costs_only_its_own_line() -> None:
    block = read('id,text\n1,"open\n2,plain\n3,"well, quoted"\n4,d\n')

    assert rows(block) == [["2", "plain"], ["3", "well, quoted"], ["4", "d"]]
    assert [(r.position, r.payload) for r in block.rejects] == [(0, '{"item":1,"characters":8}')]


def test_rows_between_two_stray_quotes_are_not_swallowed() -> None:
    block = read('id,a,text\n1,"open,x\n2,b,plain\n3,c,plain\n4,d,",fi,ve"\n')

    assert rows(block) == [["2", "b", "plain"], ["3", "c", "plain"], ["4", "d", ",fi,ve"]]
    assert [(r.reason, r.payload) for r in block.rejects] == [
        ("broken_quotes", '{"item":1,"characters":10}')
    ]


def test_a_record_of_several_lines_and_the_wrong_width_is_one_reject() -> None:
    block = read('id,text\n1,"first line\nsecond, with comma\nthird line\nfourth",extra\n2,b\n')

    assert rows(block) == [["2", "b"]]
    assert [r.reason for r in block.rejects] == ["wrong_column_count"]


def test_an_open_quote_at_the_end_of_the_file_is_rejected() -> None:
    block = read('id,text\n1,a\n2,"cut sho')

    assert rows(block) == [["1", "a"]]
    assert [r.reason for r in block.rejects] == ["broken_quotes"]


def test_quotes_inside_a_cell_that_were_not_doubled_are_kept() -> None:
    block = read('id,text\n1,"he said "no" twice"\n2,5" pipe\n')

    assert rows(block) == [["1", 'he said no" twice"'], ["2", '5" pipe']]


def test_a_line_beyond_the_limit_is_rejected_without_being_held() -> None:
    block = read(f"id,text\n1,a\n2,{'x' * (MAX_LINE_CHARS + 5_000)}\n3,c\n")

    assert rows(block) == [["1", "a"], ["3", "c"]]
    assert [r.reason for r in block.rejects] == ["over_long_line"]
    assert block.rejects[0].payload == f'{{"item":2,"characters":{MAX_LINE_CHARS}}}'


def test_a_cell_beyond_the_limit_is_rejected() -> None:
    block = read(f"id,text\n1,{'x' * (MAX_FIELD_CHARS + 1)}\n2,b\n")

    assert rows(block) == [["2", "b"]]
    assert [r.reason for r in block.rejects] == ["over_long_field"]


def test_a_record_with_undecodable_bytes_is_rejected() -> None:
    block = read("id,text\n1,a\n2,caf\udce9\n3,c\n")

    assert rows(block) == [["1", "a"], ["3", "c"]]
    assert [(r.position, r.reason) for r in block.rejects] == [(1, "undecodable_bytes")]


@pytest.mark.parametrize(
    "broken",
    ['2,somebody,"open', "2,somebody,b,c", "2,somebody", "2,somebody,\udce9", "2,somebody\0"],
)
def test_nothing_of_a_line_that_is_no_row_is_in_its_payload(broken: str) -> None:
    block = read(f"id,author,text\n1,a,b\n{broken}\n")

    assert len(block.rejects) == 1
    assert "somebody" not in block.rejects[0].payload


def test_tab_separated_text_may_hold_commas() -> None:
    block = read("id\ttext\n1\ta, b\n", "\t")

    assert rows(block) == [["1", "a, b"]]


def test_blocks_are_bounded_and_positions_run_on() -> None:
    lines = "".join(f"{number},x\n" for number in range(MAX_BLOCK_ITEMS + 1))

    first, second = read_delimited(StringIO("id,text\n" + lines), ",", is_sound=True)

    assert len(first.positions) == MAX_BLOCK_ITEMS
    assert list(second.positions) == [MAX_BLOCK_ITEMS]


def test_a_file_of_nothing_but_broken_lines_comes_in_bounded_blocks() -> None:
    broken = "".join(f'{number},"open {number}\n' for number in range(2 * MAX_BLOCK_ITEMS + 1))

    blocks = list(read_delimited(StringIO("id,text\n" + broken), ",", is_sound=True))

    assert [len(block.rejects) for block in blocks] == [MAX_BLOCK_ITEMS, MAX_BLOCK_ITEMS, 1]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "x" * (MAX_LINE_CHARS + 1), 'id,"te"xt\n1,a\n', 'id,"text\n1,a\n'],
)
def test_a_header_that_cannot_be_read_has_no_names(text: str) -> None:
    assert read_header(StringIO(text), ",") == ()


def test_a_quote_that_draws_records_into_the_header_is_noticed() -> None:
    records = "".join(f"{number},some text\n" for number in range(100))

    assert read_header(StringIO(f'id,text,"note\n{records}5,x,"\n'), ",") == ()


def test_names_are_bare_distinct_and_repaired() -> None:
    misread = "投诉标题".encode().decode("latin-1")

    names = clean_names(["\ufeff id", misread, "", "id", "caf\udce9"])

    assert names == ("id", "投诉标题", "column 3", "id (2)", "caf\\xe9")

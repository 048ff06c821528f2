"""JSON in every arrangement: the same objects come out, and a broken one costs only itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO

import pytest

from spiders.importers.json_records import MAX_RECORD_DEPTH, probe_keys, read_json
from spiders.importers.json_values import PIECE_CHARS, Broken, read_values
from spiders.importers.mapping import map_block
from spiders.items import RowBlock
from spiders.sources import load_source

OBJECTS = [
    {"id": "1", "text": 'braces } { and "quotes"', "replies": [{"by": "merchant"}]},
    {"id": "2", "text": "line\nend, [brackets]"},
    {},
    {"id": "3", "text": "", "deep": {"a": [{"b": [1, 2.5, None, True]}]}},
]


def indented(objects: list[dict[str, object]]) -> str:
    return "\n".join(json.dumps(o, indent=2) for o in objects)


ARRANGEMENTS: list[Callable[[list[dict[str, object]]], str]] = [
    json.dumps,
    lambda objects: json.dumps(objects, indent=2),
    lambda objects: "\n".join(map(json.dumps, objects)),
    lambda objects: "\r\n\r\n".join(map(json.dumps, objects)),
    lambda objects: "".join(map(json.dumps, objects)),
    lambda objects: " ".join(map(json.dumps, objects)),
    indented,
    lambda objects: "[\n" + ",\n".join(map(json.dumps, objects)) + "\n]\n",
    lambda objects: json.dumps(objects[:2]) + "\n" + json.dumps(objects[2:]),
    lambda objects: "\ufeff" + json.dumps(objects, ensure_ascii=False),
]


@pytest.mark.parametrize("arrange", ARRANGEMENTS)
def test_every_arrangement_gives_the_same_objects(
    arrange: Callable[[list[dict[str, object]]], str],
) -> None:
    assert list(read_values(StringIO(arrange(OBJECTS)))) == OBJECTS


def test_objects_that_lie_across_pieces_are_put_together() -> None:
    objects = [{"id": str(n), "text": "字" * (PIECE_CHARS // 7)} for n in range(30)]

    assert list(read_values(StringIO(json.dumps(objects, ensure_ascii=False)))) == objects
    assert list(read_values(StringIO("\n".join(map(json.dumps, objects))))) == objects


@pytest.mark.parametrize(
    "broken",
    [
        '{"id": "2", "text": "cut off',
        '{"id": "2", "text": }',
        '{"id": "2" "text": "b"}',
        '{"id": "2", "text": NaN}',
        '{"id": "2", "text": "a "quoted" word", "replies": [{"a": 1}, {"b": 2}]}',
        '{"id": "2", "text": "lone \\ud800 surrogate"}',
        '{"id": "2", "text": {',
        '{"a":' * 3_000,
        '{"id": ' + "9" * 5_000,
    ],
)
def test_a_broken_line_is_one_reject_and_the_rest_goes_on(broken: str) -> None:
    lines = ['{"id": "1"}', broken, '{"id": "3"}', '{"id": "4"}']

    first, second, *rest = read_values(StringIO("\n".join(lines)))

    assert first == {"id": "1"}
    assert second == Broken(reason="broken_json", payload=broken)
    assert rest == [{"id": "3"}, {"id": "4"}]


def test_a_broken_element_of_an_array_on_one_line_costs_only_itself() -> None:
    text = '[{"id": "1"}, {"id": "2", "text": "a "b" c"}, {"id": "3"}, {"id": "4"}]'

    values = list(read_values(StringIO(text)))

    assert [v for v in values if isinstance(v, dict)] == [{"id": "1"}, {"id": "3"}, {"id": "4"}]
    assert [v.reason for v in values if isinstance(v, Broken)] == ["broken_json"]


def test_a_file_that_ends_inside_an_object_gives_all_before_it() -> None:
    text = json.dumps(OBJECTS * 100, indent=1)[:-40]

    values = list(read_values(StringIO(text)))

    assert values[:399] == (OBJECTS * 100)[:399]
    assert isinstance(values[399], Broken)


def test_what_is_no_object_is_rejected_line_by_line() -> None:
    values = list(read_values(StringIO('{"id": "1"}\n"text"\n12\nnull\n{"id": "2"}')))

    assert values[1:-1] == [
        Broken(reason="not_an_object", payload=payload) for payload in ('"text"', "12", "null")
    ]


def test_undecodable_bytes_reject_their_object_only() -> None:
    values = list(read_values(StringIO('{"id": "1"}\n{"id": "caf\udce9"}\n{"id": "3"}')))

    assert values == [
        {"id": "1"},
        Broken(reason="undecodable_bytes", payload='{"id": "caf\udce9"}'),
        {"id": "3"},
    ]


def posts(text: str) -> RowBlock:
    (block,) = read_json(StringIO(text), load_source("posts"))
    return block


def cells(block: RowBlock, name: str) -> list[str | None]:
    return list(block.columns[block.names.index(name)])


def test_numbers_lists_and_nested_keys_become_strings_and_unknown_keys_stay_beside() -> None:
    record = {
        "id": 7,
        "text": "t",
        "amount": {"value": 50.5, "currency": "CNY", "note": "x"},
        "replies": [],
        "colour": {"red": 1},
    }

    block = posts(json.dumps(record))

    assert cells(block, "id") == ["7"]
    assert cells(block, "amount.value") == ["50.5"]
    assert cells(block, "replies") == ["[]"]
    assert cells(block, "title") == [None]
    assert list(block.leftovers) == [{"amount.note": "x", "colour": {"red": 1}}]


@pytest.mark.parametrize(
    "envelope",
    [
        {"data": None},
        {"code": 0, "status": "ok", "data": None},
        {"result": {"page": 1, "list": None, "tags": ["a"]}},
    ],
)
def test_records_inside_an_envelope_are_found(envelope: dict[str, object]) -> None:
    records = [{"id": "1", "text": "a"}, {"id": "2", "text": "b"}]
    text = json.dumps(envelope).replace("null", json.dumps(records))

    block = posts(text)

    assert cells(block, "id") == ["1", "2"]
    assert list(block.rejects) == []


def test_elements_of_an_envelope_that_are_no_objects_are_rejected() -> None:
    block = posts('{"data": [{"id": "1", "text": "a"}, "stray", null]}')

    assert cells(block, "id") == ["1"]
    assert [(r.position, r.reason, r.payload) for r in block.rejects] == [
        (1, "not_an_object", '{"item":2,"characters":5}'),
        (2, "not_an_object", '{"item":3,"characters":4}'),
    ]


def test_nothing_of_a_broken_object_is_in_its_payload() -> None:
    block = posts('{"id": "1", "text": "a"}\n{"id": "2", "author": "somebody", "text": }\n')

    assert [(r.position, r.reason, r.payload) for r in block.rejects] == [
        (1, "broken_json", '{"item":2,"characters":43}')
    ]


def test_search_hits_of_the_cfpb_interface_are_unwrapped_over_several_pages() -> None:
    pages = [
        {
            "aggregations": {"product": {"buckets": [{"key": "Mortgage"}]}},
            "hits": {"total": 2, "hits": [{"_id": "a", "_source": {"complaint_id": number}}]},
        }
        for number in ("1", "2")
    ]
    text = "\n".join(map(json.dumps, pages))

    (block,) = read_json(StringIO(text), load_source("cfpb"))

    assert cells(block, "complaint_id") == ["1", "2"]


def test_keys_of_all_first_records_are_probed() -> None:
    text = '{"id": "1"}\nbroken\n{"text": "a", "amount": {"value": 1}}'

    keys = probe_keys(StringIO(text), load_source("posts"))

    assert keys == {"id", "text", "amount.value"}


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize("key", ["extra", "replies"])
@pytest.mark.parametrize("depth", [MAX_RECORD_DEPTH, 300, 1_000])
def test_a_record_too_deep_to_be_written_again_is_rejected(key: str, depth: int) -> None:
    deep = f'{{"id": "deep", "text": "x", "{key}": {nested(depth)}}}'

    block = posts(f'{deep}\n{{"id": "2", "text": "b"}}')

    assert cells(block, "id") == ["2"]
    assert [(r.position, r.reason, r.payload) for r in block.rejects] == [
        (0, "too_deep", '{"item":1,"characters":null}')
    ]


@pytest.mark.parametrize("key", ["extra", "replies"])
def test_a_record_as_deep_as_may_be_is_mapped(key: str) -> None:
    record = f'{{"id": "1", "text": "x", "{key}": {nested(MAX_RECORD_DEPTH - 1)}}}'

    table = map_block(posts(record), load_source("posts"), file_no=1, first_item=1)

    assert table["reject_reason"].to_pylist() == [None]


def test_a_deep_element_of_an_envelope_costs_only_itself() -> None:
    block = posts(f'{{"data": [{{"id": "1", "text": "a"}}, {nested(300)}]}}')

    assert cells(block, "id") == ["1"]
    assert [reject.reason for reject in block.rejects] == ["too_deep"]

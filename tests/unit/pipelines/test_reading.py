from decimal import Decimal
from types import ModuleType

import pyarrow as pa
import pytest

from pipelines import draft, reading
from pipelines.reading import ReadingContext, read_batch, read_complaint
from pipelines.reading_tables import TABLES
from pipelines.records import Complaint, ComplaintId
from pipelines.taxonomy import load_taxonomy


@pytest.fixture(scope="module")
def context() -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=b"a key for tests")


def complaint(text: str, **fields: object) -> Complaint:
    return Complaint(
        **{"complaint_id": ComplaintId("posts:1"), "source": "posts", "text": text, **fields}
    )


def staged(*texts: str) -> pa.Table:
    rows = [
        {
            "complaint_id": f"posts:{number}",
            "source": "posts",
            "text": text,
            "title": None,
            "respondent_name": None,
            "platform_name": None,
            "region_name": None,
            "problem": None,
            "demand": None,
            "amount_value": None,
            "amount_currency": None,
            "status": None,
            "kind": None,
            "published_at": None,
            "product": None,
            "sub_product": None,
            "issue": None,
            "sub_issue": None,
            "input_hash": f"hash {number}",
        }
        for number, text in enumerate(texts)
    ]
    return pa.Table.from_pylist(rows)


def test_the_title_stands_at_the_head_and_its_length_is_known(context: ReadingContext) -> None:
    read = read_complaint(complaint("正文在此", title="张先生骗人"), context)

    assert read.redacted_text == "[PERSON_1]骗人\n正文在此"
    assert read.redacted_text[: read.title_length] == "[PERSON_1]骗人"


def test_without_a_title_the_text_stands_alone(context: ReadingContext) -> None:
    read = read_complaint(complaint("正文在此"), context)

    assert (read.redacted_text, read.title_length) == ("正文在此", 0)


def test_every_span_points_into_the_redacted_text(context: ReadingContext) -> None:
    text = (
        "联系人：王测试，１５４００００００００。去年5月我付了３００元，　"
        "卖家发的卡密已经被使用过，要求退款"
    )

    read = read_complaint(complaint(text), context)

    shown = read.redacted_text
    assert [shown[slice(*one.span)] for one in read.amounts] == ["３００元"]
    assert [shown[slice(*one.span)] for one in read.dates] == ["去年5月"]
    assert [shown[slice(*one.span)] for one in read.redactions] == ["[PERSON_1]", "[MOBILE_1]"]
    spans = [span for one in (*read.findings, *read.mentions) for span in one.spans]
    assert spans
    assert all(0 <= start < end <= len(shown) for start, end in spans)


def test_the_sources_own_figure_is_the_loss(context: ReadingContext) -> None:
    read = read_complaint(
        complaint("付了300元不发货", amount_value=Decimal("80.00"), amount_currency="CNY"), context
    )

    assert read.loss == (Decimal("80.00"), "CNY")


def test_unknown_loss_is_none_and_never_zero(context: ReadingContext) -> None:
    assert read_complaint(complaint("不发货", amount_value=Decimal("0.00")), context).loss is None


def test_reading_twice_gives_the_same(context: ReadingContext) -> None:
    one = complaint("我在闲鱼买了点卡，付款300元后卖家拉黑我，电话15400000000")

    assert read_complaint(one, context) == read_complaint(one, context)


def test_later_steps_never_see_a_raw_word(
    context: ReadingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def note(narrative: str, normalised: object, told: Complaint, lexicon: object) -> tuple[()]:
        seen.append(f"{narrative} {told}")
        return ()

    monkeypatch.setattr(reading, "find_parties", note)
    fields = {"title": "15400000000", "respondent_name": "张先生", "problem": "QQ：10000000000"}
    read_complaint(complaint("邮箱no.one@example.com", **fields), context)

    assert len(seen) == 1
    for raw in ("15400000000", "张先生", "10000000000", "no.one"):
        assert raw not in seen[0]


def test_a_batch_has_the_columns_of_the_schema(context: ReadingContext) -> None:
    tables = read_batch(staged("付了300元", "去年5月电话15400000000"), context)

    assert {name: table.schema for name, table in tables.items()} == TABLES
    assert tables["readings"]["complaint_id"].to_pylist() == ["posts:0", "posts:1"]
    assert tables["readings"]["input_hash"].to_pylist() == ["hash 0", "hash 1"]


def test_an_empty_batch_gives_empty_tables(context: ReadingContext) -> None:
    tables = read_batch(staged("x").slice(0, 0), context)

    assert {table.num_rows for table in tables.values()} == {0}


def test_the_same_wording_has_the_same_hash_whatever_the_names(context: ReadingContext) -> None:
    batch = staged("张先生付了３００元", "李女士付了300元", "王女士付了400元")

    first, second, third = read_batch(batch, context)["readings"]["text_hash"].to_pylist()

    assert first == second != third


def test_a_failing_step_costs_one_record_its_reading_and_no_other(
    context: ReadingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading.find_dates

    def fail_on_secrets(text: str) -> object:
        if "秘密" in text:
            raise ValueError(text)
        return real(text)

    monkeypatch.setattr(reading, "find_dates", fail_on_secrets)
    tables = read_batch(staged("去年5月付了300元", "秘密15400000000"), context)

    (issue,) = tables["issues"].to_pylist()
    assert issue["complaint_id"] == "posts:1"
    assert issue["reason"].startswith("ValueError")
    assert "秘密" not in f"{issue}"
    assert tables["readings"]["kind"].to_pylist()[1] == "other"
    assert tables["readings"]["redacted_text"].to_pylist()[1] == "秘密[MOBILE_1]"
    assert tables["dates"]["complaint_id"].to_pylist() == ["posts:0"]


@pytest.mark.parametrize(
    ("room", "name", "step"),
    [
        (reading, "sentences", "segment"),
        (reading, "find_parties", "find_parties"),
        (reading, "find_amounts", "find_amounts"),
        (draft, "detect_language", "compose"),
    ],
)
def test_a_bad_record_among_good_ones_costs_only_itself(
    room: ModuleType, name: str, step: str, context: ReadingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("秘密,拒绝退款", "付了300元,拒绝退款", "秘密,我被骗了", "去年5月付了400元,客服不处理")
    good = read_batch(staged(*texts), context)["readings"].to_pylist()
    real = getattr(room, name)

    def fail_on_secrets(text: str, *args: object) -> object:
        if "秘密" in text:
            raise ValueError(text)
        return real(text, *args)

    monkeypatch.setattr(room, name, fail_on_secrets)
    tables = read_batch(staged(*texts), context)

    issues = tables["issues"].to_pylist()
    assert [(issue["complaint_id"], issue["step"]) for issue in issues] == [
        ("posts:0", step),
        ("posts:2", step),
    ]
    assert tables["readings"].to_pylist()[1::2] == good[1::2]


def test_a_batch_reads_each_complaint_as_it_is_read_alone(context: ReadingContext) -> None:
    texts = ("付了300元,拒绝退款", "x", "", "去年5月客服不处理,电话15400000000")

    together = read_batch(staged(*texts), context)
    one_by_one = [read_batch(staged(*texts).slice(n, 1), context) for n in range(len(texts))]

    for name, table in together.items():
        assert table == pa.concat_tables([tables[name] for tables in one_by_one])


def test_sums_that_add_up_beyond_belief_are_no_loss(context: ReadingContext) -> None:
    text = ",".join(f"付了9999999999991{number:02d}元" for number in range(30))

    (row,) = read_batch(staged(text), context)["readings"].to_pylist()

    assert row["loss_value"] is None


def test_a_figure_beyond_any_loss_is_none(context: ReadingContext) -> None:
    for figure, loss in (("999999999999.99", True), ("1000000000000", False)):
        read = read_complaint(complaint("不发货", amount_value=Decimal(figure)), context)
        assert (read.loss is not None) is loss


def test_a_failing_redaction_keeps_the_text_out(
    context: ReadingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(text: str, key: bytes, known_names: object) -> object:
        raise RuntimeError(text)

    monkeypatch.setattr(reading, "redact", fail)
    tables = read_batch(staged("电话15400000000"), context)

    assert tables["readings"]["redacted_text"].to_pylist() == [""]
    (issue,) = tables["issues"].to_pylist()
    assert (issue["complaint_id"], issue["step"]) == ("posts:0", "redact")
    assert issue["reason"].startswith("RuntimeError")

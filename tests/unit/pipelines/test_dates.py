import pytest

from pipelines.extract.dates import find_dates
from pipelines.normalise import normalise


def read(text: str) -> list[tuple[str | None, str]]:
    return [(one.value, one.precision) for one in find_dates(normalise(text).text)]


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2020-10-17", "2020-10-17", "day"),
        ("2019.9.6", "2019-09-06", "day"),
        ("2019/04/25 9:32", "2019-04-25", "day"),
        ("10/17/2020", "2020-10-17", "day"),
        ("2020年10月17日", "2020-10-17", "day"),
        ("20年10月12日", "2020-10-12", "day"),
        ("二零二零年十月五日", "2020-10-05", "day"),
        ("2020年3月份", "2020-03", "month"),
        ("2019年", "2019", "year"),
        ("10月5日", None, "day"),
        ("10.5号", None, "day"),
        ("七月九日", None, "day"),
        ("七月份", None, "month"),
        ("去年5月", None, "relative"),
        ("昨天", None, "relative"),
        ("3个月前", None, "relative"),
        ("October 17, 2020", "2020-10-17", "day"),
        ("17th of October", None, "day"),
        ("in March 2019", "2019-03", "month"),
        ("on XX/XX/2016", "2016", "year"),
        ("last May", None, "relative"),
        ("two weeks ago", None, "relative"),
    ],
)
def test_a_date_has_the_precision_it_is_written_with(
    text: str, value: str | None, precision: str
) -> None:
    assert read(text) == [(value, precision)]


@pytest.mark.parametrize(
    "text",
    ["i may go in to march", "12.50元", "3个月会员", "月饼", "版本1.2.3", "24小时", "电话10/20"],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert read(text) == []


def test_a_day_the_calendar_lacks_leaves_the_month() -> None:
    assert read("2021年2月30日") == [("2021-02", "month")]


def test_dates_come_in_the_order_of_the_text() -> None:
    found = read("昨天说2020年10月1日买的，5月退")

    assert found == [(None, "relative"), ("2020-10-01", "day"), (None, "month")]


def test_spans_point_at_the_date() -> None:
    text = normalise("于2020年10月17日付款").text

    (one,) = find_dates(text)

    assert text[one.span.start : one.span.end] == "2020年10月17日"

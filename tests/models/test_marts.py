"""Marts say what their first comment says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from tests.warehouse_scene import (
    assignment,
    declare,
    group_all,
    load,
    new_work,
    post,
    read_all,
    write_candidates,
)
from warehouse.load import CoveredPeriod
from warehouse.work import Work

MONDAY = date(2026, 3, 2)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    with new_work(tmp_path) as opened:
        declare(opened, private=("queue",))
        yield opened


def build(work: Work) -> None:
    read_all(work)
    cluster_id, members = group_all(work)
    write_candidates(work, [assignment(cluster_id, members, "c-1", date(2026, 3, 14))])
    work.build_marts()


def rows(work: Work, sql: str) -> list[tuple[object, ...]]:
    return work.connection.execute(sql).fetchall()


def dated(record_id: str, day: date | None) -> dict[str, str | None]:
    return post(record_id, published_at=None if day is None else day.isoformat())


def test_a_sparkline_counts_every_dated_member_once(work: Work) -> None:
    days = [MONDAY, MONDAY, MONDAY + timedelta(days=30), MONDAY + timedelta(days=59), None]
    load(work, [dated(str(number), day) for number, day in enumerate(days)])

    build(work)

    ((recent,),) = rows(work, "select recent_days from marts.candidates")
    assert isinstance(recent, list)
    assert sum(step["complaints"] for step in recent) == 4
    assert len(recent) <= 24
    assert recent[0] == {"day": MONDAY, "complaints": 2}
    assert len({step["day"] for step in recent}) == len(recent)


def test_a_candidate_without_dates_has_no_window_sparkline_or_weeks(work: Work) -> None:
    load(work, [dated("1", None), dated("2", None)])

    build(work)

    assert rows(work, "select window_start, recent_days from marts.candidates") == [(None, [])]
    assert rows(work, "from marts.candidate_weeks") == []


def test_the_timeline_shows_half_a_year_before_the_window(work: Work) -> None:
    load(work, [dated("1", MONDAY), dated("2", MONDAY + timedelta(days=8))])

    build(work)

    weeks = rows(
        work, "select week_start, members, complaints from marts.candidate_weeks order by 1"
    )
    assert len(weeks) == 28
    assert weeks[0] == (MONDAY - timedelta(weeks=26), 0, 0)
    assert weeks[-2:] == [(MONDAY, 1, 1), (MONDAY + timedelta(weeks=1), 1, 1)]


def covered_weeks(work: Work) -> dict[object, object]:
    return dict(
        work.connection.execute(
            "select week_start, is_covered from marts.candidate_weeks order by 1 desc limit 3"
        ).fetchall()
    )


def test_without_a_declaration_coverage_is_unknown(work: Work) -> None:
    load(work, [dated("1", MONDAY)])

    build(work)

    assert set(covered_weeks(work).values()) == {None}


def test_a_week_is_covered_when_declarations_together_hold_all_of_it(work: Work) -> None:
    periods = (
        CoveredPeriod(covered_from=MONDAY, covered_to=MONDAY + timedelta(days=2)),
        CoveredPeriod(
            covered_from=MONDAY + timedelta(days=3), covered_to=MONDAY + timedelta(days=9)
        ),
    )
    load(work, [dated("1", MONDAY), dated("2", MONDAY + timedelta(days=8))], covers=periods)

    build(work)

    assert covered_weeks(work) == {
        MONDAY - timedelta(weeks=1): False,
        MONDAY: True,
        MONDAY + timedelta(weeks=1): False,
    }


@pytest.mark.parametrize(("respondent", "covered"), [("Acme", True), ("Zenith", None)])
def test_a_declaration_for_one_respondent_covers_only_that_one(
    work: Work, respondent: str, covered: bool | None
) -> None:
    period = CoveredPeriod(
        covered_from=date(2025, 1, 1), covered_to=date(2026, 12, 31), respondent=respondent
    )
    load(work, [dated("1", MONDAY)], covers=(period,))

    build(work)

    assert set(covered_weeks(work).values()) == {covered}


def test_a_candidate_of_two_sources_is_covered_where_both_are(work: Work) -> None:
    period = CoveredPeriod(covered_from=date(2025, 1, 1), covered_to=date(2026, 12, 31))
    load(work, [dated("1", MONDAY)], covers=(period,))
    load(work, [dated("1", MONDAY)], load_id="load-2", source="queue")

    build(work)

    assert set(covered_weeks(work).values()) == {None}


@pytest.mark.parametrize(
    ("sources", "is_public"), [(("posts",), True), (("posts", "queue"), False)]
)
def test_a_candidate_is_public_when_all_its_members_are(
    work: Work, sources: tuple[str, ...], is_public: bool
) -> None:
    for source in sources:
        load(work, [dated("1", MONDAY)], load_id=source, source=source)

    build(work)

    assert rows(work, "select is_public from marts.candidates") == [(is_public,)]


def test_losses_and_regions_are_listed_with_their_candidate(work: Work) -> None:
    load(work, [dated("1", MONDAY), dated("2", MONDAY), dated("3", MONDAY)])
    read_all(work)
    work.connection.execute(
        "update enriched.readings set region = case complaint_id when 'posts:1' then 'B' "
        "when 'posts:2' then 'A' else 'A' end"
    )
    cluster_id, members = group_all(work)
    write_candidates(work, [assignment(cluster_id, members, "c-1", MONDAY)])
    work.connection.execute(
        "insert into enriched.cluster_losses values ($cluster_id, 'CNY', 2, 3, 30, 15)",
        {"cluster_id": cluster_id},
    )

    work.build_marts()

    ((loss, regions),) = rows(work, "select loss, regions from marts.candidates")
    assert loss == [{"currency": "CNY", "known": 2, "of": 3, "sum": 30, "median": 15}]
    assert regions == [{"region": "A", "complaints": 2}, {"region": "B", "complaints": 1}]


def test_a_candidate_has_the_title_of_its_most_typical_member_that_has_a_short_one(
    work: Work,
) -> None:
    load(work, [dated("1", MONDAY), dated("2", MONDAY), dated("3", MONDAY)])
    read_all(work)
    cluster_id, members = group_all(work)
    write_candidates(work, [assignment(cluster_id, members, "c-1", MONDAY)])
    for number, title, typicality in ((1, "", 0.9), (2, "灯不亮", 0.8), (3, "其他", 0.1)):
        work.connection.execute(
            "update enriched.readings set redacted_text = $title || '。正文', title_length = $long "
            "where complaint_id = $id",
            {"title": title, "long": len(title), "id": f"posts:{number}"},
        )
        work.connection.execute(
            "update enriched.cluster_members set typicality = $typicality where complaint_id = $id",
            {"typicality": typicality, "id": f"posts:{number}"},
        )

    work.build_marts()

    assert rows(work, "select typical_title from marts.candidates") == [("灯不亮",)]


def test_the_worklist_is_ranked_by_score_then_people_then_id(work: Work) -> None:
    load(work, [dated("1", MONDAY), dated("2", MONDAY)])
    read_all(work)
    group_all(work)
    work.connection.execute("delete from enriched.clusters; delete from enriched.cluster_members")
    for cluster_id, score, people in (("a", 1, 2), ("b", 2, 1), ("c", 1, 3), ("d", 1, 2)):
        work.connection.execute(
            "insert into enriched.clusters by name select $cluster_id as cluster_id, "
            "'pattern' as issue_axis, 'refund_refused' as issue_code, '' as topic_terms, "
            "3 as complaints, $people as complainants_certain, 3 as complainants_possible, "
            "0.5 as cohesion, $score as score, '-' as reason_zh, '-' as reason_en",
            {"cluster_id": cluster_id, "score": score, "people": people},
        )
    write_candidates(work, [assignment(key, (), f"c-{key}", MONDAY) for key in "dcba"])

    work.build_marts()

    ranked = rows(work, "select candidate_id from marts.candidates order by rank")
    assert ranked == [("c-b",), ("c-c",), ("c-a",), ("c-d",)]


def test_only_alleged_codes_are_counted(work: Work) -> None:
    load(work, [dated("1", MONDAY), dated("2", MONDAY)])
    read_all(work)
    work.connection.execute(
        "update enriched.findings set is_alleged = false where complaint_id = 'posts:2'"
    )
    group_all(work)

    work.build_marts()

    assert rows(work, "select complaints from marts.merchant_codes") == [(1,)]
    assert rows(work, "select complaints from marts.merchant_code_weeks") == [(1,)]
    assert rows(work, "select complaints from marts.code_weeks") == [(1,)]


def test_health_counts_what_is_undated_unnamed_and_uncoded(work: Work) -> None:
    load(work, [dated("1", MONDAY), dated("2", None), dated("3", None)])
    read_all(work)
    work.connection.execute("delete from enriched.findings where complaint_id = 'posts:1'")
    work.connection.execute(
        "update enriched.respondents set merchant_key = null where complaint_id = 'posts:2'"
    )
    group_all(work)

    work.build_marts()

    health = "complaints, first_date, undated_count, unnamed_count, uncoded_count"
    assert rows(work, f"select {health} from marts.source_health") == [(3, MONDAY, 2, 1, 1)]


def test_rejects_are_counted_by_load_and_reason(work: Work) -> None:
    load(work, [{"reject_reason": "broken_json"}, {"reject_reason": "broken_json"}, post("1")])

    build(work)

    assert rows(work, "from marts.reject_reasons") == [("load-1", "posts", "broken_json", 2)]


def test_every_mart_can_be_filled_from_nothing(work: Work) -> None:
    work.stage()

    work.build_marts()

    assert rows(work, "from marts.candidates") == []
    assert rows(work, "from marts.source_health") == []


def test_filling_marts_again_gives_the_same_rows(work: Work) -> None:
    load(work, [dated(str(number), MONDAY + timedelta(days=number)) for number in range(20)])
    build(work)
    first = {table: work.connection.execute(f"from marts.{table}").fetchall() for table in MARTS}

    work.build_marts()

    assert first == {
        table: work.connection.execute(f"from marts.{table}").fetchall() for table in MARTS
    }


MARTS = ("complaints", "candidates", "candidate_members", "candidate_weeks", "merchant_codes")


def test_a_copy_is_marked(work: Work) -> None:
    load(work, [dated("1", MONDAY), dated("2", MONDAY)])
    read_all(work)
    work.replace(
        "enriched.copies",
        pa.table({"complaint_id": ["posts:2"], "copy_group_id": ["posts:1"], "similarity": [1.0]}),
    )
    group_all(work)

    work.build_marts()

    copies = rows(work, "select complaint_id, is_copy from marts.complaints order by 1")
    assert copies == [("posts:1", False), ("posts:2", True)]

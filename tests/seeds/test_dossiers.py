"""A dossier of what the articles tell: T24 to T27, T29."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from pipelines.dossier import Decisions
from pipelines.dossier.composing import FOUR_PARTS, compose
from pipelines.dossier.document import Document, Paragraph, Section, Table
from pipelines.dossier.gathering import gather
from pipelines.dossier.words import loaded_in
from pipelines.law import (
    CandidateFacts,
    Clock,
    Event,
    Member,
    Support,
    load_rulebook,
    running_deadlines,
)
from pipelines.reading import ReadingContext
from tests.seeds.conftest import Analysed

pytestmark = pytest.mark.data

Made = Callable[..., Document]
DAY = date(2022, 8, 25)


def of(document: Document, code: str) -> Section:
    return next(one for one in document.sections if one.code == code)


def words_of(section: Section) -> str:
    return "\n".join(
        block.text if isinstance(block, Paragraph) else "\n".join(map(str, block.rows))
        for block in section.blocks
    )


@pytest.fixture
def made(analysed: Analysed, context: ReadingContext) -> Made:
    """Make the dossier of one complaint with the text of an article, as a build would hold it."""

    def make(number: str, evidence: tuple[str, ...] = (), more: str = "") -> Document:
        case = analysed(number)["cases"][0]
        text = analysed(number)["redacted_text"] + more
        member = {
            "complaint_id": f"seed:{number}", "is_member": True, "person_no": 1, "why": "",
            "spans": [], "source": "seed", "event_date": DAY, "region": None,
            "loss_value": Decimal(case["amount"]["value"]) if case["amount"] else None,
            "loss_currency": "CNY", "outcome": case["outcome"], "redacted_text": text,
            "title_length": 0, "evidence": list(evidence), "is_copy": False, "typicality": 1.0,
        }  # fmt: skip
        candidate = {
            "candidate_id": "c-0000000000", "merchant_key": None, "merchant_name": None,
            "issue_axis": "pattern", "issue_code": case["patterns"][0]["code"],
            "label_zh": "拒绝退款", "label_en": "Refund refused", "complainants_certain": 1,
            "complainants_possible": 1,
            "expected": None, "reply_share": None, "reason_zh": "1名投诉人指称“拒绝退款”。",
            "reason_en": "1 complainant alleges it.", "lineage": "born", "first_flagged_on": DAY,
        }  # fmt: skip
        build = {
            "build_id": "20220825T000000Z-000000000000", "last_date": DAY,
            "built_at": datetime(2022, 8, 25, tzinfo=UTC),
        }  # fmt: skip
        rows = {"candidate": [candidate], "candidate_members": [member], "build": [build]}

        def ask(query: str, **_: Any) -> list[dict[str, Any]]:
            return rows.get(query, [])

        return compose(gather(ask, "c-0000000000", Decisions(), context), "zh")

    return make


def test_t24_the_four_parts_are_there_or_said_to_be_missing(made: Made) -> None:
    document = made("003")

    for code in FOUR_PARTS:
        at = document.sections.index(of(document, code))
        part = [document.sections[at]]
        for section in document.sections[at + 1 :]:
            if section.level == 1:
                break
            part.append(section)
        assert any(section.blocks for section in part), code
    assert "缺失" in words_of(of(document, "evidence"))


def test_t24_and_t29_the_words_of_the_article_stay_between_quotation_marks(
    made: Made, article: Callable[[str], str]
) -> None:
    assert loaded_in(article("003"))

    document = made("003")

    assert [text for text in document.texts() if loaded_in(text)] == []
    assert "指称" in document.footer
    assert "指称" in document.preface


def test_t24_punishment_is_flagged_and_no_more_is_claimed_than_was_lost(made: Made) -> None:
    claims = words_of(of(made("003", more="要求严惩商家，封禁账号，赔偿50万元。"), "claims"))

    assert "“严惩”" in claims
    assert "“封禁”" in claims
    assert "310,000.00元" in claims
    assert "50" not in claims.replace("310,000.00", "")


def test_t25_the_pack_for_the_regulator_has_its_four_fields(made: Made) -> None:
    pack = of(made("003"), "regulator_pack")

    (table,) = (block for block in pack.blocks if isinstance(block, Table))
    told = dict(table.rows)
    assert list(told) == ["平台名称", "商家ID", "纠纷详情", "已提交证据"]
    assert "快手" in told["平台名称"] or any("平台名称" in one for one in pack.missing)
    assert any("商家ID" in one for one in pack.missing)


def test_t26_a_transfer_record_alone_is_no_chain(made: Made) -> None:
    alone = words_of(of(made("003", ("payment_record",)), "chain"))
    promised = words_of(of(made("003", ("payment_record", "chat_record")), "chain"))

    assert "三个环节都有证据的投诉：0件" in alone
    assert "最有帮助的补充" in alone
    assert "三个环节都有证据的投诉：1件" in promised
    assert "最有帮助的补充" not in promised


def test_t18_the_platforms_positions_stand_beside_the_allegation(made: Made) -> None:
    replies = of(made("003"), "replies")

    (table,) = (block for block in replies.blocks if isinstance(block, Table))
    assert "未征询" in words_of(replies)
    assert all("“" in alleged and "“" in answer for _, alleged, answer in table.rows)


def test_t27_no_clock_runs_where_nothing_starts_it() -> None:
    assert clocks(date(2025, 3, 31)) == {}


def test_t27_evidence_is_to_be_saved_in_a_day_and_orders_kept_for_six_months() -> None:
    started = {
        "problem_found": date(2025, 3, 30),
        "deal_ended": date(2025, 3, 30),
        "small_court_opened": date(2025, 3, 30),
    }

    first, later = clocks(date(2025, 3, 30), **started), clocks(date(2025, 10, 1), **started)

    assert first["evidence_fixing"].due_on == date(2025, 3, 31)
    assert first["small_court_evidence"].due_on == date(2025, 4, 2)
    assert first["order_kept"].due_on == date(2025, 9, 30)
    assert {first[code].state for code in first} == {"running"}
    assert later["evidence_fixing"].state == "overdue"
    assert later["order_kept"].state in ("overdue", "lapsed")


def clocks(day: date, **started: date) -> dict[str, Clock]:
    facts = CandidateFacts(
        members=(Member(complaint_id="seed:000"),),
        events=tuple(
            Event(event=code, day=on, support=Support(complaint_id="seed:000"))
            for code, on in started.items()
        ),
    )
    found = running_deadlines(facts, day, load_rulebook())
    kept = ("evidence_fixing", "order_kept", "small_court_evidence")
    return {one.code: one for one in found if one.code in kept}

"""How complete evidence is, by invented accounts."""

from __future__ import annotations

from itertools import permutations

import pytest

from pipelines.completeness import PARTS, Account, measure_completeness, most_helpful
from pipelines.member_accounts import hear_members, measure_clusters
from pipelines.routing.rulebook import load_routing


def account(*evidence: str, has_demand: bool = False, is_named: bool = True) -> Account:
    return Account(
        is_named=is_named,
        is_dated=True,
        is_alleging=True,
        evidence=evidence,
        has_demand=has_demand,
    )


def test_an_account_with_everything_lacks_nothing() -> None:
    whole = account("order_record", "chat_record", "payment_record", has_demand=True)

    found = measure_completeness([whole, whole], load_routing())

    assert (found.share, found.whole, found.helpful) == (1.0, 2, None)
    assert dict(found.parts) == dict.fromkeys(PARTS, 2)


def test_an_account_with_nothing_has_no_share() -> None:
    empty = Account(
        is_named=False, is_dated=False, is_alleging=False, evidence=(), has_demand=False
    )

    found = measure_completeness([empty], load_routing())

    assert (found.share, found.whole) == (0.0, 0)
    assert set(found.links.values()) == {0}
    assert found.helpful is not None
    assert found.helpful.lacking == 1


def test_the_order_of_the_members_plays_no_part() -> None:
    members = [account("payment_record"), account("order_record"), account(is_named=False)]

    found = {repr(measure_completeness(one, load_routing())) for one in permutations(members)}

    assert len(found) == 1


@pytest.mark.parametrize("more", ["payment_record", "chat_record", "order_record"])
def test_more_evidence_never_lowers_the_share(more: str) -> None:
    before = [account("order_record"), account()]
    after = [account("order_record", more), account(more)]

    routing = load_routing()

    assert measure_completeness(after, routing).share >= measure_completeness(before, routing).share


def test_what_helps_most_covers_the_link_that_most_lack() -> None:
    routing = load_routing()

    found = most_helpful(
        [["order_record", "payment_record"], ["order_record"], ["witness"]], routing
    )

    assert found is not None
    assert found.link in ("breach", "loss")
    assert found.lacking == 2
    assert found.kind in routing.links[found.link]


def test_clusters_are_measured_one_by_one() -> None:
    member = {
        "is_named": True, "is_dated": True, "is_alleging": True, "evidence": [], "has_demand": True
    }  # fmt: skip
    rows = [{"cluster_id": "a", **member}, {"cluster_id": "a", **member}]
    rows.append({"cluster_id": "b", **member, "has_demand": False})

    found = {row["cluster_id"]: row for row in measure_clusters(rows).to_pylist()}

    assert {key: row["members"] for key, row in found.items()} == {"a": 2, "b": 1}
    assert found["a"]["share"] == pytest.approx(0.75)
    assert found["b"]["share"] == pytest.approx(0.5)


def test_answers_and_contradictions_point_into_the_text() -> None:
    text = "孩子一分钟刷几千块，记录显示一分钟花掉几十万元。我找客服退款，客服称礼物无法退还。"
    row = {"complaint_id": "a:1", "redacted_text": text, "parties": []}

    answers, contradictions = hear_members([row], {})

    ((answer,), (against,)) = (answers.to_pylist(), contradictions.to_pylist())
    assert text[slice(*answer["span"])].startswith("客服称")
    assert answer["stance"] == "denies"
    assert [text[slice(*span)] for span in against["spans"]] == ["一分钟刷几千", "一分钟花掉几十万"]


def test_a_party_answers_under_its_name() -> None:
    text = "我向云朵商行要求退款，云朵商行回复说不退。"
    party = {"role": "respondent", "raw": "云朵商行", "identity": "named"}
    rows = [{"complaint_id": "a:1", "redacted_text": text, "parties": [party]}]

    answers, _ = hear_members(rows, {})

    assert [(one["by"], one["stance"]) for one in answers.to_pylist()] == [("merchant", "denies")]

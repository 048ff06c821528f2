"""What was promised: in a text, in a reply, kept or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.law import Promised
from pipelines.law.promised import Account, StoredReply, promises_of, reply_reader
from pipelines.records import GivenBy

HEARD = reply_reader(b"a key for tests only")
PLAIN = Account(
    complaint_id="board:1",
    text="东西坏了，要求退款。",
    written_on=date(2026, 3, 2),
    is_settled=False,
)


def promised(account: Account) -> list[Promised]:
    return list(promises_of(account, HEARD))


def reply(text: str, on: date | None, by: GivenBy | None = "merchant") -> StoredReply:
    return StoredReply(by=by, on=on, text=text)


def test_a_promise_of_the_text_was_given_by_its_day_and_starts_nobody_knows_when() -> None:
    text = "买了耳机。客服说３个工作日内退款。"

    (found,) = promised(replace(PLAIN, text=text))

    assert (found.what, found.amount, found.unit) == ("refund", 3, "working_days")
    assert (found.starts_on, found.told_by) == (None, date(2026, 3, 2))
    assert found.support.span is not None
    assert "３个工作日内" in text[slice(*found.support.span)]


def test_a_promise_of_a_reply_runs_from_the_day_of_the_reply() -> None:
    account = replace(PLAIN, replies=[reply("您好，15天内处理完毕。", date(2026, 3, 5))])

    (found,) = promised(account)

    assert (found.what, found.starts_on, found.by) == ("solution", date(2026, 3, 5), "merchant")
    assert (found.told_by, found.support.span) == (None, None)


def test_a_reply_without_a_day_promises_from_an_unknown_one() -> None:
    (found,) = promised(replace(PLAIN, replies=[reply("3天内退款", None)]))

    assert (found.starts_on, found.told_by, found.is_kept) == (None, None, False)


def test_what_the_complainant_adds_is_nobodys_promise() -> None:
    account = replace(PLAIN, replies=[reply("客服说3天内退款", date(2026, 3, 5), by="complainant")])

    assert promised(account) == []


def test_a_promised_reply_is_kept_by_the_next_one() -> None:
    replies = [reply("我们会在3天内回复您", date(2026, 3, 5)), reply("不退", date(2026, 3, 7))]

    (found,) = promised(replace(PLAIN, replies=replies))

    assert (found.what, found.kept_on, found.is_kept) == ("reply", date(2026, 3, 7), True)


def test_a_promised_refund_is_not_kept_by_another_reply() -> None:
    replies = [reply("3天内退款", date(2026, 3, 5)), reply("请耐心等待", date(2026, 3, 7))]

    (found,) = promised(replace(PLAIN, replies=replies))

    assert (found.kept_on, found.is_kept) == (None, False)


def test_what_is_settled_was_kept_on_a_day_that_nobody_stored() -> None:
    account = replace(PLAIN, is_settled=True, replies=[reply("3天内退款", date(2026, 3, 5))])

    (found,) = promised(account)

    assert (found.kept_on, found.is_kept) == (None, True)


def test_hostile_texts_promise_nothing() -> None:
    for text in ("\x00" * 9, "\ud800天内退款", "天" * 5_000, ""):
        promised(replace(PLAIN, text=text, replies=[reply(text, None)]))


def test_a_promise_is_found_in_any_width_script_and_case() -> None:
    for text in ("說好３天內退款", "REFUND WITHIN 3 DAYS", "ｒｅｆｕｎｄ ｗｉｔｈｉｎ ３ ｄａｙｓ"):
        assert len(promised(replace(PLAIN, text=text))) == 1, text

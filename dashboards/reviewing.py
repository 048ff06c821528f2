"""What people answer where the machine is unsure: read at every rerun, written at every click.

In: a build, a home, and answers. Out: the questions that are still open, and the answers that
hold. Out of scope: decisions on candidates (`dashboards.casework`), and how builds obey answers
(`flows.names`, `flows.corrections`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st

from dashboards.casework import actor
from dashboards.data import Source
from pipelines.classify.truth import Truth, truths_of
from pipelines.labels import Code
from pipelines.records import Axis
from warehouse.casework.answers import Answer, answers, take_back
from warehouse.casework.ledger import Decision, Ledger, NameJudgement
from warehouse.errors import DecisionRefusedError
from warehouse.home import Home

NAMER = "actor"
_SKIPPED = "skipped"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The questions that nobody has answered: pairs of names, and places of codes."""

    names: tuple[Row, ...]
    codes: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.names) + len(self.codes)


def read_queue(source: Source) -> Queue:
    """Give what is still to be answered, in order of weight, without what this reader skipped."""
    given, skipped = read_answers(source.home), st.session_state.get(_SKIPPED, set())
    pairs = {frozenset((each.payload["a"], each.payload["b"])) for each in given if _is_pair(each)}
    truths = truths_of_answers(given)
    return Queue(
        names=tuple(
            row
            for row in source.rows("review_names")
            if frozenset((row["one"], row["other"])) not in pairs
            and (row["one"], row["other"]) not in skipped
        ),
        codes=tuple(
            row
            for row in source.rows("review_codes")
            if not _is_judged(truths.get(row["complaint_id"]), row)
            and (row["complaint_id"], row["axis"], row["code"]) not in skipped
        ),
    )


def _is_pair(answer: Answer) -> bool:
    return answer.subject_kind == "name_pair"


def _is_judged(truth: Truth | None, row: Row) -> bool:
    return truth is not None and truth.decides((Axis(row["axis"]), row["code"]))


def read_answers(home: Path) -> tuple[Answer, ...]:
    """Give the answers that hold, the newest first; none before anybody answered."""
    place = Home(home).ledger
    if not place.exists():
        return ()
    told = place.stat()
    return _answers(home, told.st_mtime_ns, told.st_size)


@st.cache_data(max_entries=2, show_spinner=False)
def _answers(home: Path, changed_at: int, size: int) -> tuple[Answer, ...]:
    with Ledger.open(Home(home)) as ledger:
        return answers(ledger)


def truths_of_answers(given: tuple[Answer, ...]) -> dict[str, Truth]:
    """Give what people judged of complaints, by complaint."""
    return truths_of(
        (each.subject_id, each.payload)
        for each in reversed(given)
        if each.subject_kind == "complaint"
    )


def judge_names(home: Path, one: str, other: str, reason: str, *, is_same: bool) -> None:
    """Write whether two names are one merchant's."""
    judgement = NameJudgement(one=one, other=other, is_same=is_same)
    with Ledger.open(Home(home)) as ledger:
        ledger.judge_names(judgement, _decision(reason))


def judge_code(home: Path, complaint_id: str, code: Code, reason: str, *, is_alleged: bool) -> None:
    """Write whether a complaint alleges a code; of its other codes nothing is said."""
    one = {"axis": str(code[0]), "code": code[1], "is_alleged": is_alleged}
    correct(home, complaint_id, {"codes": [one]}, reason)


def correct(home: Path, complaint_id: str, reading: Mapping[str, object], reason: str) -> None:
    """Write what a person read in a complaint."""
    with Ledger.open(Home(home)) as ledger:
        ledger.correct_reading(complaint_id, reading, _decision(reason))


def undo(home: Path, event_id: str, reason: str) -> None:
    """Take an answer back; nothing happens to one that was taken back meanwhile."""
    with Ledger.open(Home(home)) as ledger:
        try:
            take_back(ledger, event_id, _decision(reason))
        except DecisionRefusedError:
            return


def skip(*question: str) -> None:
    """Ask this reader no more, as long as the browser session lasts."""
    held = st.session_state
    held[_SKIPPED] = {*held.get(_SKIPPED, set()), question}


def _decision(reason: str) -> Decision:
    return Decision(actor=actor(), reason=reason, at=datetime.now(UTC))

"""The page on topics, from figures.

In: figures. Out: Markdown. Out of scope: measuring (`scoring`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.grouping import GROUPING_VERSION
from tests.eval.report import number, table
from tests.eval.topics.candidates import Ranking
from tests.eval.topics.gold import Event, Verdict
from tests.eval.topics.scoring import (
    TOP,
    events_found,
    people_error,
    residual_share,
    top_precision,
)

SPLITS = ("held", "dev")

HEADING = """# Topics: events on a board without respondents

Who writes to a public board names no respondent. An event is there when two or more people
write of one place, company or office and one problem. Written by `make topics` from {records}
messages of a government's board and {events} events that a reader found in them, {held} of them
held out. How they were gathered stands in `tests/eval/topics/events.yml`; why groups are made as
they are in [decision 20](decisions/0020-same-place-and-same-problem.md).

* grouping version {version}
* An event is found when one candidate holds more than half of its records and is mostly made of
  them.
* *Right of the first {top}*: candidates of which a reader said that most of their records tell of
  one matter of one place or office; those that find an event of the gold set are right unasked.
  Those *on a policy* ask one thing about a law or policy of a whole county or city: not right.
* *People*: mean difference between the possible people of a found event and its accounts, and the
  share of found events whose interval meets that from the fewest people, by what the texts say,
  to the accounts. The others do not count people; their accounts are counted for them.
* Settings of the others were chosen on the development events: for character n-grams the cut with
  most events, and the one with about as many sets as ours; for BERTopic the smallest size of a
  topic, with vectors made offline (TF-IDF of character n-grams in 100 dimensions).
"""

NOTES = """## What the figures do not say

* One board, one reader, one sitting. The reader knew 27 sets that an earlier version proposed:
  what ours finds may be favoured by that, and what shares long runs of characters by how pairs
  were looked for. The held-out half was measured after thresholds were chosen, but which sets
  ours proposed was seen before.
* Events that neither a title nor a shared run of characters gives away are in nobody's list.
* With two people in most events, an event is found whole or not at all.
* Most records are in no candidate because nobody else wrote of their matter.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of the candidates when the data changed a little."""

    name: str
    adjusted_rand: float
    kept: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that the page tells of."""

    rankings: Sequence[Ranking]
    changes: Sequence[Change]
    events: Sequence[Event]
    judged: Mapping[frozenset[str], Verdict]
    records: int


def write_page(findings: Findings) -> str:
    """Write the page."""
    held = sum(event.split == "held" for event in findings.events)
    heading = HEADING.format(
        records=f"{findings.records:,}",
        events=len(findings.events),
        held=held,
        version=GROUPING_VERSION,
        top=TOP,
    )
    lines = [*heading.split("\n"), "## Events found", "", *_events_table(findings)]
    lines += ["## The first of each list, and what is left", "", *_tops_table(findings)]
    lines += ["## Small changes of the data", "", *_changes_table(findings.changes)]
    return "\n".join([*lines, NOTES])


def _events_table(findings: Findings) -> list[str]:
    rows: list[list[str]] = []
    for ranking in findings.rankings:
        cells = [ranking.name, ranking.setting, str(len(ranking.candidates))]
        for split in SPLITS:
            events = [event for event in findings.events if event.split == split]
            found = events_found(ranking, events)
            cells.append(f"{len(found)} of {len(events)} ({number(len(found) / len(events))})")
        people = people_error(events_found(ranking, findings.events))
        cells.append("–" if people is None else f"{people.error:.2f}, {number(people.covered)}")
        rows.append(cells)
    header = ["method", "setting", "candidates", "held out", "development", "people: error, met"]
    return table(header, rows)


def _tops_table(findings: Findings) -> list[str]:
    rows: list[list[str]] = []
    for ranking in findings.rankings:
        top = top_precision(ranking, findings.events, findings.judged)
        unread = f" ({len(top.unread)} not read)" if top.unread else ""
        share = number(top.right / top.read) if top.read else "–"
        left = number(residual_share(ranking, findings.records))
        rows.append(
            [ranking.name, ranking.setting, f"{top.right} of {top.read}{unread}", share, left]
        )
    header = ["method", "setting", f"right of the first {TOP}", "share", "records in no candidate"]
    return table(header, rows)


def _changes_table(changes: Sequence[Change]) -> list[str]:
    told = [
        "Ours, against the whole board, on the records that both have: the adjusted Rand index,",
        "records in no candidate standing for themselves, and the share of candidates that come",
        "again mostly whole.",
        "",
    ]
    rows = [[one.name, f"{one.adjusted_rand:.3f}", number(one.kept)] for one in changes]
    return [*told, *table(["change", "adjusted Rand", "come again"], rows)]

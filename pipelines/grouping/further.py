"""People beyond the members of a group: told of by a member, or reached by the same contact.

In: the corpus, the contacts that connect, and what complainants tell of others. Out: per group,
its further people, who count as possible ones and never as certain. Out of scope: reading texts
(`pipelines.extract.further_people`), and which contacts connect (`pipelines.grouping.contacts`).

A member who tells of one more person whom the same counterparty hit adds one; told again by the
same person, or in a copy of the same text, it adds no other. A complaint that names nobody, and
quotes a contact that a member quotes in the same season, adds its writer: whom it is about is
not known, so that it is no member.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.grouping.arrays import Floats, Ints
from pipelines.grouping.contacts import Contact
from pipelines.grouping.corpus import Corpus, numbers
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.tables import Row

TOLD_SCHEMA = pa.schema(
    (
        pa.field("complaint_id", pa.string()),
        pa.field("people", pa.int32()),
        pa.field("span", pa.list_(pa.int32(), 2)),
    )
)
"""What complainants tell of others; `people` is null where they are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A complaint that names nobody, reached from a member by a contact."""

    complaint_id: str
    person: int
    contact_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """Per complaint, whom it tells of, its proven person, and what contacts reach from it.

    `told` is 0 where it tells of nobody who can be counted. `span` is where it tells of others.
    """

    told: Ints
    person: Ints
    spans: dict[int, tuple[int, int]]
    reached: dict[int, tuple[Reached, ...]]

    def of(self, rows: Ints) -> Beyond:
        """Give the same of some complaints, numbered anew."""
        place = {row: number for number, row in enumerate(rows.tolist())}
        return Beyond(
            told=self.told[rows],
            person=self.person[rows],
            spans={place[row]: self.spans[row] for row in place.keys() & self.spans.keys()},
            reached={place[row]: self.reached[row] for row in place.keys() & self.reached.keys()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherPeople:
    """How many people beyond the members are possible, and what says so.

    `rows` are rows of further_people but for the group's id.
    """

    told: int
    reached: int
    rows: tuple[Row, ...]

    @property
    def people(self) -> int:
        """Give all of them."""
        return self.told + self.reached


def read_beyond(
    corpus: Corpus, contacts: Sequence[Contact], told: pa.Table, person: Ints, criteria: Criteria
) -> Beyond:
    """Gather what reaches beyond each complaint.

    Args:
        corpus: all complaints.
        contacts: those that connect, as `find_contacts` gives them.
        told: rows of `TOLD_SCHEMA`, in any order.
        person: the proven person of each complaint.
        criteria: how long a contact connects, and how many told people count.
    """
    counts = np.zeros(len(corpus.day), dtype=np.int64)
    spans: dict[int, tuple[int, int]] = {}
    place = pc.index_in(told["complaint_id"], value_set=corpus.features["complaint_id"])
    for row, people, span in sorted(
        zip(place.to_pylist(), told["people"].to_pylist(), told["span"].to_pylist(), strict=True),
        key=str,
    ):
        if row is not None and counts[row] < (people or 0) <= criteria.told_people_at_most:
            counts[row], spans[row] = people, (span[0], span[1])
    return Beyond(
        told=counts,
        person=person,
        spans=spans,
        reached=_reached(corpus, contacts, person, criteria.contact_days_at_most),
    )


def further_people(
    rows: Ints, copy_group: Ints, beyond: Beyond, ids: Sequence[str]
) -> FurtherPeople:
    """Count the people beyond the members of one group; `ids` are the members' ids.

    The order of the rows changes nothing.
    """
    persons = set(beyond.person[rows].tolist())
    reached = {
        one.complaint_id: one
        for row in rows.tolist()
        for one in reversed(beyond.reached.get(row, ()))
        if one.person not in persons
    }
    tellers = _tellers(rows, copy_group, beyond)
    by_id = dict(zip(rows.tolist(), ids, strict=True))
    told = [
        {"complaint_id": by_id[row], "how": "told", "people": int(beyond.told[row]),
         "counterparty_id": None, "span": list(beyond.spans[row])}
        for row in tellers
    ]  # fmt: skip
    quoting = [
        {"complaint_id": one.complaint_id, "how": "contact", "people": 1,
         "counterparty_id": one.contact_id, "span": None}
        for _, one in sorted(reached.items())
    ]  # fmt: skip
    return FurtherPeople(
        told=sum(int(beyond.told[row]) for row in tellers),
        reached=len({one.person for one in reached.values()}),
        rows=(*told, *quoting),
    )


def _tellers(rows: Ints, copy_group: Ints, beyond: Beyond) -> list[int]:
    """Choose who tells of others: of one person, and of copies of one text, who tells of most."""
    seen: set[tuple[str, int]] = set()
    chosen: list[int] = []
    telling = rows[beyond.told[rows] > 0]
    for row in telling[np.lexsort((telling, -beyond.told[telling]))].tolist():
        copied = int(copy_group[row])
        keys = {("person", int(beyond.person[row]))}
        if copied >= 0:
            keys.add(("copy", copied))
        if not keys & seen:
            chosen.append(row)
        seen |= keys
    return sorted(chosen)


def _reached(
    corpus: Corpus, contacts: Sequence[Contact], person: Ints, days: float
) -> dict[int, tuple[Reached, ...]]:
    """Give for each complaint the nameless ones of other persons that a contact connects."""
    merchant = numbers(corpus.features["merchant_key"])
    found: dict[int, dict[str, Reached]] = {}
    for contact in contacts:
        nameless = contact.rows[merchant[contact.rows] < 0]
        if not len(nameless):
            continue
        ids = corpus.features["complaint_id"].take(pa.array(nameless)).to_pylist()
        for row in contact.rows.tolist():
            for number in _near(corpus.day, row, nameless, days):
                other = int(nameless[number])
                if person[other] != person[row]:
                    one = Reached(
                        complaint_id=ids[number],
                        person=int(person[other]),
                        contact_id=contact.contact_id,
                    )
                    found.setdefault(row, {}).setdefault(one.complaint_id, one)
    return {row: tuple(by_id[key] for key in sorted(by_id)) for row, by_id in found.items()}


def _near(day: Floats, row: int, others: Ints, days: float) -> Iterator[int]:
    """Number the other complaints that do not come much earlier or later; undated ones may fit."""
    yield from np.flatnonzero(~(np.abs(day[others] - day[row]) > days)).tolist()

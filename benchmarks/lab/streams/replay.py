"""What would have been proposed in each week, with only what was then known.

In: the grouping table of a stream and its coverage. Out: per week the candidates that hold a
complaint of that week, and what counts alone would have listed. A complaint is known from the day
on which it was published. Out of scope: which of them are raised (`alarms`).

Readings do not depend on other complaints, so that a week's are those of the whole stream.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dedupe import find_copies
from pipelines.grouping import propose_new

HISTORY_DAYS = 364
"""Days back to which a week's worklist looks: what came before would only make it dearer."""

WINDOW_DAYS = 30
"""Days in which a counts-only worklist counts distinct complainants."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One line of a week's worklist: the merchant, its complaints, and how much speaks for it."""

    merchant: str | None
    complaints: frozenset[str]
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The grouping table of a stream, in the order of its days, and its coverage."""

    features: pa.Table
    coverage: pa.Table
    day: Floats

    @classmethod
    def of(cls, features: pa.Table, coverage: pa.Table) -> Stream:
        """Sort the complaints by day; undated ones are left out."""
        dated = features.filter(pc.is_valid(features["event_date"])).sort_by("event_date")
        days = dated["event_date"].cast(pa.date32()).cast(pa.int32()).to_numpy()
        return cls(features=dated, coverage=coverage, day=days.astype(np.float64))

    def known_by(self, day: float, days: int = HISTORY_DAYS) -> pa.Table:
        """Give the complaints of so many days up to this one."""
        first, last = np.searchsorted(self.day, (day - days, day), "right")
        return self.features.slice(int(first), int(last - first))


def week_ends(stream: Stream) -> Sequence[int]:
    """Give the last day of each whole week, from that of the first complaint on."""
    return range(int(stream.day[0]) + 6, int(stream.day[-1]) + 1, 7)


def replayed(stream: Stream, ends: Sequence[int], file: Path) -> list[list[Proposal]]:
    """Give what each week proposed; weeks that the file holds already are taken from there."""
    kept = [_read_week(line) for line in file.read_bytes().splitlines()] if file.exists() else []
    with file.open("ab") as target:
        for day in ends[len(kept) :]:
            kept.append(proposed(stream, day))
            target.write(orjson.dumps(_week_row(kept[-1]), option=orjson.OPT_APPEND_NEWLINE))
            target.flush()
    return kept[: len(ends)]


def _week_row(week: Sequence[Proposal]) -> list[tuple[str | None, list[str], float]]:
    return [(one.merchant, sorted(one.complaints), one.strength) for one in week]


def _read_week(line: bytes) -> list[Proposal]:
    return [
        Proposal(merchant=merchant, complaints=frozenset(complaints), strength=strength)
        for merchant, complaints, strength in orjson.loads(line)
    ]


def proposed(stream: Stream, day: int) -> list[Proposal]:
    """Give the candidates that hold a complaint of the seven days up to this one."""
    known = stream.known_by(day)
    clusters, members = propose_new(known, find_copies(known), stream.coverage, {}, day - 6)
    held: dict[str, set[str]] = {key: set() for key in clusters["cluster_id"].to_pylist()}
    for row in members.filter(members["is_member"]).to_pylist():
        held[row["cluster_id"]].add(row["complaint_id"])
    return [
        Proposal(
            merchant=row["merchant_key"],
            complaints=frozenset(held[row["cluster_id"]]),
            strength=float(row["complainants_possible"]),
        )
        for row in clusters.to_pylist()
    ]


def counted(stream: Stream, day: int) -> list[Proposal]:
    """Give every merchant with the complaints of the last 30 days, by distinct complainants.

    A complaint without an account counts as another complainant's.
    """
    held: dict[str, list[tuple[str, str]]] = {}
    for merchant, one, author in _rows(stream.known_by(day, WINDOW_DAYS)):
        held.setdefault(merchant, []).append((one, author or one))
    return [
        Proposal(
            merchant=merchant,
            complaints=frozenset(one for one, _ in pairs),
            strength=float(len({author for _, author in pairs})),
        )
        for merchant, pairs in sorted(held.items())
    ]


def _rows(features: pa.Table) -> Iterator[tuple[str, str, str | None]]:
    columns = ("merchant_key", "complaint_id", "author_key")
    for merchant, one, author in zip(
        *(features[name].to_pylist() for name in columns), strict=True
    ):
        if merchant is not None:
            yield merchant, one, author

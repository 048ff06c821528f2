"""Simulates streams, runs the whole pipeline on them, and gathers what the page tells.

In: seeds. Out: findings over all streams together. Out of scope: how they are written down
(`page`).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from benchmarks.lab.streams.alarms import Weeks, matching_threshold, raise_alarms
from benchmarks.lab.streams.lead_time import EPOCH, Raised, first_of_matter, first_of_merchant
from benchmarks.lab.streams.replay import Stream, counted, replayed, week_ends
from benchmarks.lab.streams.truth import Plant, Truth, read_truth
from benchmarks.lab.streams.verdicts import Candidate, Finding, Verdict, find, judge
from benchmarks.simulated import simulated_home
from flows.simulate import SimulationParams
from warehouse.work import Work

RULE = 5
"""Distinct complainants in 30 days: the rule of thumb that is reported beside."""

FIRST_WEEK, LAST_WEEK = 26, 104
"""Weeks, from 0, that are replayed, the last not; those before are history only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One stream: its worklist at the end, and what each week proposed."""

    truth: Truth
    complaints: int
    merchants: int
    candidates: Sequence[Candidate]
    by_candidates: Weeks
    by_counts: Weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that was measured, over all streams together.

    `at_top` are the verdicts on the first candidates of each stream, as many as it has events.
    `alarms`, `counts_alarms` and `rule_alarms` count what was raised, `false_alarms` those of
    candidates that tell of no event or brigade. `threshold` is that of counts alone.
    """

    seeds: tuple[int, ...]
    complaints: int
    merchants: int
    brigades: int
    verdicts: Sequence[Verdict]
    at_top: Sequence[Verdict]
    findings: Sequence[Finding]
    raised: Sequence[Raised]
    alarms: int
    false_alarms: int
    counts_alarms: int
    rule_alarms: int
    threshold: int
    replayed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be run: streams of these seeds and size, the first few replayed as well.

    `folder` keeps what they gave.
    """

    seeds: tuple[int, ...]
    complaints: int
    replayed: int
    folder: Path


def measure(order: Order, workers: int) -> Findings:
    """Run the streams and say what was found."""
    with ProcessPoolExecutor(workers) as pool:
        return gather(order.seeds, list(pool.map(partial(watch, order=order), order.seeds)))


def watch(seed: int, order: Order) -> Watched:
    """Run one stream, and replay its weeks if that is ordered."""
    folder = order.folder / str(seed)
    home = simulated_home(SimulationParams(seed=seed, complaints=order.complaints), folder)
    with Work.open(home) as work:
        features, coverage = work.grouping_inputs(), work.coverage()
        candidates = _candidates(work)
    stream = Stream.of(features, coverage)
    is_replayed = seed in order.seeds[: order.replayed]
    ends = week_ends(stream)[FIRST_WEEK:LAST_WEEK] if is_replayed else ()
    weeks = replayed(stream, ends, folder / "weeks.jsonl")
    sys.stderr.write(f"{seed}: {len(candidates)} candidates, {len(ends)} weeks\n")
    return Watched(
        truth=read_truth(folder / "truth.json"),
        complaints=features.num_rows,
        merchants=len(features["merchant_key"].unique()),
        candidates=candidates,
        by_candidates=Weeks(ends=ends, proposals=weeks),
        by_counts=Weeks(ends=ends, proposals=[counted(stream, day) for day in ends]),
    )


def gather(seeds: Sequence[int], streams: Sequence[Watched]) -> Findings:
    """Judge the streams, and choose the threshold that makes them raise equally many alarms."""
    judged = [judge(one.candidates, one.truth) for one in streams]
    alarms = [raise_alarms(one.by_candidates, 0) for one in streams]
    total = sum(map(len, alarms))
    least = matching_threshold([one.by_counts for one in streams], total)
    counts = [raise_alarms(one.by_counts, least) for one in streams]
    rule = [raise_alarms(one.by_counts, RULE) for one in streams]
    return Findings(
        seeds=tuple(seeds),
        complaints=sum(one.complaints for one in streams),
        merchants=sum(one.merchants for one in streams),
        brigades=sum(len(one.truth.plants) - len(one.truth.events) for one in streams),
        verdicts=[verdict for verdicts in judged for verdict in verdicts],
        at_top=[
            verdict
            for one, verdicts in zip(streams, judged, strict=True)
            for verdict in verdicts[: len(one.truth.events)]
        ],
        findings=[
            finding
            for one, verdicts in zip(streams, judged, strict=True)
            for finding in find(verdicts, one.truth)
        ],
        raised=[
            Raised(
                event=event,
                by_candidates=first_of_matter(event, alarms[at]),
                by_counts=first_of_merchant(event, counts[at]),
                by_rule=first_of_merchant(event, rule[at]),
            )
            for at, one in enumerate(streams)
            for event in one.truth.events
            if _is_replayed(event, one.by_candidates)
        ],
        alarms=total,
        false_alarms=sum(
            not _tells(alarm.proposal.complaints, one.truth)
            for one, raised in zip(streams, alarms, strict=True)
            for alarm in raised
        ),
        counts_alarms=sum(map(len, counts)),
        rule_alarms=sum(map(len, rule)),
        threshold=least,
        replayed=sum(bool(one.by_candidates.ends) for one in streams),
    )


def _candidates(work: Work) -> list[Candidate]:
    """Read the worklist that the run left, the highest score first."""
    clusters: pa.Table = work.connection.execute(
        "select cluster_id, merchant_key, complainants_certain, complainants_possible, score"
        " from enriched.clusters order by score desc, cluster_id"
    ).to_arrow_table()
    held: dict[str, set[str]] = {}
    for cluster_id, complaint_id in work.connection.execute(
        "select cluster_id, complaint_id from enriched.cluster_members where is_member"
    ).fetchall():
        held.setdefault(cluster_id, set()).add(complaint_id)
    return [
        Candidate(
            place=place,
            merchant=row["merchant_key"],
            members=frozenset(held[row["cluster_id"]]),
            certain=row["complainants_certain"],
            possible=row["complainants_possible"],
            score=row["score"],
        )
        for place, row in enumerate(clusters.to_pylist(), 1)
    ]


def _is_replayed(event: Plant, weeks: Weeks) -> bool:
    """Tell whether an event begins and ends in the weeks that are replayed."""
    onset, end = (event.onset - EPOCH).days, (event.end - EPOCH).days
    return bool(weeks.ends) and weeks.ends[0] - 7 < onset and end <= weeks.ends[-1]


def _tells(complaints: frozenset[str], truth: Truth) -> bool:
    planted = Counter(truth.plant_of[one] for one in complaints if one in truth.plant_of)
    return 2 * max(planted.values(), default=0) > len(complaints)

"""Finds which clusters are candidates that are known already, and names the new ones.

In: the groups of this run and the ledger. Out: named assignments, also written to the
work database for the marts. The ledger is only read here; it is written when the build
is ready, between audits and pointer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa

from pipelines.grouping import GroupTables
from pipelines.lineage import Cluster, Known, Succession, match
from warehouse.casework.case_events import candidate_events
from warehouse.casework.cases import Case, fold
from warehouse.casework.ledger import Assignment, Ledger, RetiredCandidate, name_provisionally
from warehouse.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Of which input the groups are, and on which day they are found."""

    input_fingerprint: str
    on: date


def identify(
    work: Work, ledger: Ledger, groups: GroupTables, occasion: Occasion
) -> tuple[Assignment, ...]:
    """Match clusters to known candidates by shared members; give the rest new ids.

    An input that was published before finds the identities that were minted for it then.
    """
    named = ledger.minted(occasion.input_fingerprint)
    if named is None:
        named = ledger.name(_matched(ledger, groups), occasion.on)
    _store(work, ledger, named, occasion.input_fingerprint)
    return named


def identify_provisionally(
    work: Work, ledger: Ledger, groups: GroupTables, occasion: Occasion
) -> tuple[Assignment, ...]:
    """Match clusters to the candidates that the ledger knew; the rest is known to nobody.

    A candidate that was known keeps its id and its day; one that a person had split off, but no
    build had yet, has the id of that decision and the day of the occasion. Any other has an id
    `asof-...`, which is a hash of what it is, and no day: nobody flagged it.
    """
    matched = _matched(ledger, groups)
    first_days: dict[str | None, date] = dict.fromkeys(
        (each.candidate_id for each in matched), occasion.on
    )
    first_days |= {each.candidate_id: each.first_flagged_on for each in ledger.known_candidates()}
    named = tuple(
        replace(each, first_flagged_on=first_days.get(each.candidate_id))
        for each in name_provisionally(matched)
    )
    _store(work, ledger, named, occasion.input_fingerprint)
    return named


def _store(
    work: Work, ledger: Ledger, named: tuple[Assignment, ...], input_fingerprint: str
) -> None:
    work.replace("casework.candidates", _candidate_rows(named))
    retired = ledger.retired(input_fingerprint, named)
    work.replace("casework.retired_candidates", _retired_rows(retired))


def _matched(ledger: Ledger, groups: GroupTables) -> list[Assignment]:
    """Match clusters to known candidates: by what people decided, else by shared members."""
    members = _members(groups.cluster_members)
    rows = {row["cluster_id"]: row for row in groups.clusters.to_pylist()}
    cases = fold(candidate_events(ledger))
    kept = {cluster_id: row["judged_id"] for cluster_id, row in rows.items() if row["judged_id"]}
    settled = {*kept.values(), *(each for each, case in cases.items() if case.merged_into)}
    candidates = ledger.known_candidates()
    known = [
        Known(candidate_id=candidate.candidate_id, members=candidate.members)
        for candidate in candidates
        if candidate.candidate_id not in settled
    ]
    clusters = [
        Cluster(cluster_id=cluster_id, members=tuple(ids))
        for cluster_id, ids in members.items()
        if cluster_id not in kept
    ]
    living = {each.candidate_id: not each.is_retired for each in candidates}
    successions = [
        *match(known, clusters).clusters,
        *(_judged(cluster_id, cases[judged], living) for cluster_id, judged in kept.items()),
    ]
    return [
        _assignment(rows[succession.cluster_id], tuple(members[succession.cluster_id]), succession)
        for succession in sorted(successions, key=lambda each: each.cluster_id)
    ]


def _judged(cluster_id: str, case: Case, living: Mapping[str, bool]) -> Succession:
    """Say how the candidate of a person's decision came from the build before.

    `living` tells of every minted candidate whether the build before had it.
    """
    absorbed = tuple(each for each in case.merged if living.get(each))
    is_new = case.candidate_id not in living
    parents = (case.split_from,) if is_new and case.split_from else absorbed
    return Succession(
        cluster_id=cluster_id,
        candidate_id=case.candidate_id,
        lineage="split" if is_new else "merged" if absorbed else "continued",
        parents=parents,
    )


def _members(rows: pa.Table) -> Mapping[str, list[str]]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    columns = (rows[name].to_pylist() for name in ("cluster_id", "complaint_id", "is_member"))
    for cluster_id, complaint_id, is_member in zip(*columns, strict=True):
        if is_member:
            members[cluster_id].append(complaint_id)
    return members


def _assignment(
    cluster: Mapping[str, Any], members: tuple[str, ...], succession: Succession
) -> Assignment:
    return Assignment(
        cluster_id=succession.cluster_id,
        candidate_id=succession.candidate_id,
        lineage=succession.lineage,
        merchant_key=cluster["merchant_key"],
        issue_axis=cluster["issue_axis"],
        issue_code=cluster["issue_code"],
        members=members,
        parents=succession.parents,
    )


def _candidate_rows(named: tuple[Assignment, ...]) -> pa.Table:
    return pa.table(
        {
            "cluster_id": pa.array([each.cluster_id for each in named], pa.string()),
            "candidate_id": pa.array([each.candidate_id for each in named], pa.string()),
            "lineage": pa.array([each.lineage for each in named], pa.string()),
            "parents": pa.array([list(each.parents) for each in named], pa.list_(pa.string())),
            "first_flagged_on": pa.array([each.first_flagged_on for each in named], pa.date32()),
        }
    )


def _retired_rows(retired: tuple[RetiredCandidate, ...]) -> pa.Table:
    return pa.Table.from_pylist(
        [asdict(each) for each in retired],
        schema=pa.schema(
            {
                "candidate_id": pa.string(),
                "merchant_key": pa.string(),
                "issue_axis": pa.string(),
                "issue_code": pa.string(),
                "complaints": pa.int32(),
                "first_flagged_on": pa.date32(),
                "last_flagged_on": pa.date32(),
            }
        ),
    )

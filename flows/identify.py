"""Finds which clusters are candidates that are known already, and names the new ones.

In: the clusters of this run and the ledger. Out: named assignments, also written to the
work database for the marts. The ledger is only read here; it is written when the build
is ready, between audits and pointer.
"""

from __future__ import annotations

from datetime import date

from pipelines.lineage import Cluster, Known, match
from warehouse.casework.ledger import Assignment, Ledger
from warehouse.work import Work


def identify(work: Work, ledger: Ledger, on: date) -> tuple[Assignment, ...]:
    """Match clusters to known candidates by shared members; give the rest new ids."""
    known = [
        Known(candidate_id=candidate.candidate_id, members=candidate.members)
        for candidate in ledger.known_candidates()
    ]
    clusters = {row["cluster_id"]: row for row in work.cluster_members().to_pylist()}
    found = match(
        known,
        [
            Cluster(cluster_id=cluster_id, members=tuple(row["members"]))
            for cluster_id, row in clusters.items()
        ],
    )
    assignments = [
        Assignment(
            cluster_id=succession.cluster_id,
            candidate_id=succession.candidate_id,
            lineage=succession.lineage,
            merchant_key=clusters[succession.cluster_id]["merchant_key"],
            issue_axis=clusters[succession.cluster_id]["issue_axis"],
            issue_code=clusters[succession.cluster_id]["issue_code"],
            members=tuple(clusters[succession.cluster_id]["members"]),
            parents=succession.parents,
        )
        for succession in found.clusters
    ]
    named = ledger.name(assignments, on)
    work.write_candidates(named)
    return named

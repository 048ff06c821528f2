"""What became of the candidates of the build before.

In: the candidates that are known, with their members, and the clusters of this
build. Out: for each cluster which known candidate it continues, and how; and
the candidates that have no cluster any more. Out of scope: giving ids to the
newborn and keeping them (`warehouse.casework`).

A cluster continues the candidate with which it shares most members. Several
known candidates in one cluster are merged: the one that shares most goes on.
One candidate in several clusters is split: the one that holds most goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Lineage = Literal["born", "continued", "merged", "split"]

SHARE_AT_LEAST = 0.3
"""Of the smaller of two member sets; below it two groups that touch are not one matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A candidate of an earlier build, with the complaints it held then."""

    candidate_id: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A group of this build."""

    cluster_id: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """How one cluster stands to the known candidates.

    `candidate_id` is the candidate that goes on as this cluster, None for a
    newborn; `parents` are the other candidates whose members it took.
    """

    cluster_id: str
    candidate_id: str | None
    lineage: Lineage
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Successions:
    """One succession per cluster, by cluster_id, and the candidates that no cluster continues."""

    clusters: tuple[Succession, ...]
    retired: tuple[str, ...]


def match(known: Sequence[Known], clusters: Sequence[Cluster]) -> Successions:
    """Match this build's clusters to the known candidates by the members they share.

    The order of the arguments does not matter. Each candidate goes on in at
    most one cluster, and each cluster continues at most one candidate.

    >>> old = [Known(candidate_id="c-1", members=("a:1", "a:2", "a:3"))]
    >>> new = [Cluster(cluster_id="k1", members=("a:1", "a:2", "a:3", "a:4"))]
    >>> match(old, new).clusters[0].lineage
    'continued'
    """
    sizes = {candidate.candidate_id: len(candidate.members) for candidate in known}
    overlaps = _overlaps(known, clusters)
    related = (
        {
            pair: shared
            for pair, shared in overlaps.items()
            if shared >= SHARE_AT_LEAST * min(sizes[pair[0]], _sizes(clusters)[pair[1]])
        }
        if overlaps
        else {}
    )
    heir = _heirs(related)
    successions = tuple(
        _succession(cluster.cluster_id, heir, related)
        for cluster in sorted(clusters, key=lambda each: each.cluster_id)
    )
    living = set(heir.values())
    return Successions(
        clusters=successions,
        retired=tuple(sorted(set(sizes) - living)),
    )


_Related = Mapping[tuple[str, str], int]


def _sizes(clusters: Iterable[Cluster]) -> dict[str, int]:
    return {cluster.cluster_id: len(cluster.members) for cluster in clusters}


def _overlaps(known: Sequence[Known], clusters: Sequence[Cluster]) -> _Related:
    """Count the shared members of every candidate and cluster that share any."""
    holders: dict[str, list[str]] = {}
    for candidate in known:
        for member in candidate.members:
            holders.setdefault(member, []).append(candidate.candidate_id)
    return Counter(
        (candidate_id, cluster.cluster_id)
        for cluster in clusters
        for member in cluster.members
        for candidate_id in holders.get(member, ())
    )


def _heirs(related: _Related) -> dict[str, str]:
    """Choose, largest overlap first, which candidate goes on as which cluster."""
    heir: dict[str, str] = {}
    taken: set[str] = set()
    for (candidate_id, cluster_id), _ in sorted(
        related.items(), key=lambda item: (-item[1], item[0])
    ):
        if cluster_id not in heir and candidate_id not in taken:
            heir[cluster_id] = candidate_id
            taken.add(candidate_id)
    return heir


def _succession(cluster_id: str, heir: Mapping[str, str], related: _Related) -> Succession:
    candidate_id = heir.get(cluster_id)
    others = sorted(
        candidate
        for candidate, cluster in related
        if cluster == cluster_id and candidate != candidate_id
    )
    absorbed = tuple(candidate for candidate in others if candidate not in heir.values())
    siblings = any(
        candidate in {candidate_id, *others} and cluster != cluster_id
        for candidate, cluster in related
    )
    lineage: Lineage
    if candidate_id is None:
        lineage = "split" if others else "born"
        return Succession(
            cluster_id=cluster_id, candidate_id=None, lineage=lineage, parents=tuple(others)
        )
    lineage = "merged" if absorbed else "split" if siblings else "continued"
    return Succession(
        cluster_id=cluster_id, candidate_id=candidate_id, lineage=lineage, parents=absorbed
    )

"""Laws of lineage: ids stay with their members, and no order and no stranger changes that."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.lineage import Cluster, Known, Successions, match

MEMBERS = st.frozensets(st.sampled_from("abcdefghij"), min_size=1)
SETS = st.lists(MEMBERS, max_size=5)


def known(groups: list[frozenset[str]]) -> list[Known]:
    return [
        Known(candidate_id=f"c-{number}", members=tuple(sorted(group)))
        for number, group in enumerate(groups)
    ]


def clusters(groups: list[frozenset[str]]) -> list[Cluster]:
    return [
        Cluster(cluster_id=f"k{number}", members=tuple(sorted(group)))
        for number, group in enumerate(groups)
    ]


def matched(before: list[frozenset[str]], now: list[frozenset[str]]) -> Successions:
    return match(known(before), clusters(now))


@given(before=SETS, now=SETS, data=st.data())
def test_the_order_of_candidates_and_clusters_changes_nothing(
    before: list[frozenset[str]], now: list[frozenset[str]], data: st.DataObject
) -> None:
    shuffled = match(
        data.draw(st.permutations(known(before))), data.draw(st.permutations(clusters(now)))
    )

    assert shuffled == matched(before, now)


@given(before=SETS, now=SETS)
def test_every_cluster_has_one_succession_and_every_candidate_one_fate(
    before: list[frozenset[str]], now: list[frozenset[str]]
) -> None:
    found = matched(before, now)

    living = [one.candidate_id for one in found.clusters if one.candidate_id is not None]
    assert [one.cluster_id for one in found.clusters] == [f"k{n}" for n in range(len(now))]
    assert len(living) == len(set(living))
    assert sorted([*living, *found.retired]) == [f"c-{n}" for n in range(len(before))]


@given(groups=st.sets(MEMBERS, max_size=5))
def test_the_same_groups_keep_their_ids_whatever_they_share(groups: set[frozenset[str]]) -> None:
    listed = sorted(groups, key=sorted)

    found = matched(listed, listed)

    kept = {one.cluster_id.removeprefix("k"): one.candidate_id for one in found.clusters}
    assert all(candidate is not None for candidate in kept.values())
    assert found.retired == ()


@given(before=SETS, now=SETS)
def test_an_id_goes_on_only_in_a_cluster_that_shares_its_members(
    before: list[frozenset[str]], now: list[frozenset[str]]
) -> None:
    for one in matched(before, now).clusters:
        heirs = [] if one.candidate_id is None else [one.candidate_id]
        for candidate in (*heirs, *one.parents):
            old = before[int(candidate.removeprefix("c-"))]
            assert old & now[int(one.cluster_id.removeprefix("k"))]


@given(before=SETS, now=SETS)
def test_the_lineage_says_what_the_parents_say(
    before: list[frozenset[str]], now: list[frozenset[str]]
) -> None:
    found = matched(before, now)

    for one in found.clusters:
        if one.lineage == "born":
            assert (one.candidate_id, one.parents) == (None, ())
        if one.lineage == "continued":
            assert one.candidate_id is not None
            assert one.parents == ()
        if one.lineage == "merged":
            assert one.parents
            assert set(one.parents) <= set(found.retired)
        assert one.candidate_id not in one.parents


@given(before=SETS, now=SETS)
def test_strangers_change_nothing(before: list[frozenset[str]], now: list[frozenset[str]]) -> None:
    alone = matched(before, now)

    beside = matched([*before, frozenset("xyz")], [*now, frozenset("uvw")])

    assert beside.clusters[:-1] == alone.clusters
    assert (beside.clusters[-1].lineage, beside.retired[-1]) == ("born", f"c-{len(before)}")

"""What became of candidates: continued, merged, split, born, retired."""

from __future__ import annotations

from pipelines.lineage import Cluster, Known, Lineage, Succession, match


def succession(
    before: dict[str, str], now: dict[str, str]
) -> tuple[dict[str, Succession], tuple[str, ...]]:
    """Match candidates to clusters, each written as one letter per member."""
    found = match(
        [Known(candidate_id=key, members=tuple(members)) for key, members in before.items()],
        [Cluster(cluster_id=key, members=tuple(members)) for key, members in now.items()],
    )
    return {one.cluster_id: one for one in found.clusters}, found.retired


def told(one: Succession) -> tuple[str | None, Lineage, tuple[str, ...]]:
    return one.candidate_id, one.lineage, one.parents


def test_a_group_that_grew_and_lost_some_is_continued() -> None:
    found, retired = succession({"c-1": "abcd"}, {"k1": "bcdefg"})

    assert told(found["k1"]) == ("c-1", "continued", ())
    assert retired == ()


def test_a_group_of_new_complaints_is_born_and_one_that_vanished_retires() -> None:
    found, retired = succession({"c-1": "abc"}, {"k1": "xyz"})

    assert told(found["k1"]) == (None, "born", ())
    assert retired == ("c-1",)


def test_of_two_that_merge_the_one_that_shares_more_goes_on() -> None:
    found, retired = succession({"c-1": "ab", "c-2": "cdef"}, {"k1": "abcdefg"})

    assert told(found["k1"]) == ("c-2", "merged", ("c-1",))
    assert retired == ("c-1",)


def test_of_two_halves_the_larger_keeps_the_id_and_both_say_split() -> None:
    found, retired = succession({"c-1": "abcdef"}, {"k1": "ab", "k2": "cdef"})

    assert told(found["k2"]) == ("c-1", "split", ())
    assert told(found["k1"]) == (None, "split", ("c-1",))
    assert retired == ()


def test_a_single_common_complaint_does_not_make_two_large_groups_one_matter() -> None:
    found, retired = succession({"c-1": "abcdef"}, {"k1": "fghijkl"})

    assert told(found["k1"]) == (None, "born", ())
    assert retired == ("c-1",)


def test_a_small_group_inside_a_large_one_is_its_beginning() -> None:
    found, _ = succession({"c-1": "ab"}, {"k1": "abcdefghij"})

    assert told(found["k1"]) == ("c-1", "continued", ())


def test_equal_claims_go_to_the_smaller_id() -> None:
    found, retired = succession({"c-2": "ab", "c-1": "cd"}, {"k1": "abcd"})

    assert told(found["k1"]) == ("c-1", "merged", ("c-2",))
    assert retired == ("c-2",)


def test_nothing_known_and_nothing_found_are_no_trouble() -> None:
    assert succession({}, {}) == ({}, ())
    assert succession({"c-1": "ab"}, {}) == ({}, ("c-1",))

"""How well our own names are gathered into merchants; `make eval` measures those held out."""

from __future__ import annotations

from tests.eval.bcubed import DEVELOPMENT, BCubed, bcubed, read_truth, resolved

F1_AT_LEAST = 0.95


def test_names_all_put_together_are_precise_only_where_they_are_one() -> None:
    truth = {"a": 1, "b": 1, "c": 2, "d": 3}

    together = bcubed(truth, dict.fromkeys(truth, 0))
    apart = bcubed(truth, {name: name for name in truth})

    assert together == BCubed(precision=0.375, recall=1.0)
    assert apart == BCubed(precision=1.0, recall=0.75)
    assert bcubed(truth, truth).f1 == 1


def test_our_own_names_are_gathered_into_their_merchants() -> None:
    truth = read_truth(DEVELOPMENT)

    result = bcubed(truth, resolved(truth))

    assert result.f1 >= F1_AT_LEAST, result

"""How well names are gathered into merchants, on our own names and on those held out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.bcubed import DEVELOPMENT, HELD_OUT, BCubed, bcubed, read_truth, resolved

F1_AT_LEAST = 0.95


def test_names_all_put_together_are_precise_only_where_they_are_one() -> None:
    truth = {"a": 1, "b": 1, "c": 2, "d": 3}

    together = bcubed(truth, dict.fromkeys(truth, 0))
    apart = bcubed(truth, {name: name for name in truth})

    assert together == BCubed(precision=0.375, recall=1.0)
    assert apart == BCubed(precision=1.0, recall=0.75)
    assert bcubed(truth, truth).f1 == 1


@pytest.mark.parametrize("names", [DEVELOPMENT, HELD_OUT], ids=["dev", "held"])
def test_names_are_gathered_into_their_merchants(names: Path) -> None:
    if not names.is_file():
        pytest.skip(f"held-out names: expected tests/eval/{names.name}; not found")
    truth = read_truth(names)

    result = bcubed(truth, resolved(truth))

    assert result.f1 >= F1_AT_LEAST, result

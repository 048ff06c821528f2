"""How well names are gathered into merchants: B-cubed precision, recall and F1.

In: for each name the merchant it truly is, and the key that our resolution gives it. Out: the
three shares. Out of scope: the bars (`tests/eval/test_gathering_names.py`).

    python -m tests.eval.bcubed [FILE.jsonl]    prints the shares and what went wrong
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipelines.respondents import resolve_names
from pipelines.taxonomy import load_taxonomy

FOLDER = Path(__file__).parent
DEVELOPMENT = FOLDER / "names_dev.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class BCubed:
    """How far found groups are the true ones, as means over the names (0 to 1).

    `precision`: of the group a name was put into, the share that is truly its merchant's.
    `recall`: of its merchant's names, the share that was put into its group.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def bcubed(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> BCubed:
    """Compare two ways to put the same names into groups.

    >>> bcubed({"a": 1, "b": 1, "c": 2, "d": 2}, {"a": "x", "b": "x", "c": "x", "d": "x"})
    BCubed(precision=0.5, recall=1.0)
    """
    true_groups, found_groups = _groups(truth), _groups({name: found[name] for name in truth})
    pairs = [(true_groups[truth[name]], found_groups[found[name]]) for name in truth]
    return BCubed(
        precision=sum(len(true & ours) / len(ours) for true, ours in pairs) / len(pairs),
        recall=sum(len(true & ours) / len(true) for true, ours in pairs) / len(pairs),
    )


def read_truth(path: Path) -> dict[str, str]:
    """Read lines of {"name", "merchant"}."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return {row["name"]: row["merchant"] for row in rows}


def resolved(names: Mapping[str, str]) -> dict[str, str]:
    """Give the key of each name, resolved together; a name of nobody is a group by itself."""
    rows = resolve_names(pa.table({"raw": list(names)}), load_taxonomy()).to_pylist()
    return {row["raw"]: row["merchant_key"] or f"nobody: {row['raw']}" for row in rows}


def _groups(labels: Mapping[str, Hashable]) -> Mapping[Hashable, set[str]]:
    groups: defaultdict[Hashable, set[str]] = defaultdict(set)
    for name, label in labels.items():
        groups[label].add(name)
    return groups


def main() -> None:
    """Print the shares for a file, and every merchant that is divided or mixed with another."""
    truth = read_truth(Path(sys.argv[1]) if len(sys.argv) > 1 else DEVELOPMENT)
    found = resolved(truth)
    result = bcubed(truth, found)
    print(f"{len(truth)} names: {result}, F1 {result.f1:.3f}")  # noqa: T201 - a program
    true_groups, found_groups = _groups(truth), _groups(found)
    for merchant, names in true_groups.items():
        ours = {found[name] for name in names}
        if len(ours) > 1:
            print("divided", merchant, {name: found[name] for name in names})  # noqa: T201
        for key in ours:
            if others := found_groups[key] - names:
                print("mixed", merchant, key, others)  # noqa: T201


if __name__ == "__main__":
    main()

"""What people read in a text: the rows of label files, examples and corrections.

In: a JSON object of a label file (`id`, `kind`, `patterns`, `wallet_issues`, `natures`,
`outcome`, and anything else, which is ignored). Out: a `Truth`. Out of scope: the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pipelines.labels import Code
from pipelines.records import Axis, Kind, Outcome

AXIS_OF_KEY: Mapping[str, Axis] = {
    "patterns": Axis.PATTERN,
    "wallet_issues": Axis.WALLET,
    "natures": Axis.NATURE,
}
"""The axes that people label, by the name that label files give them."""

KINDS: tuple[Kind, ...] = get_args(Kind)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The kind of a text and all its codes on the axes in `known`; of others nothing is said.

    Where the kind is None, `is_not` may still say which one it is not. `outcome` is None where
    nobody has said how the story ended.
    """

    kind: Kind | None
    codes: frozenset[Code]
    known: frozenset[Axis]
    is_not: Kind | None = None
    outcome: Outcome | None = None

    def columns(self, all_codes: Iterable[Code]) -> dict[str, bool]:
        """Say which columns of a model are true of the text, and which are not.

        >>> truth = Truth(kind="guide", codes=frozenset(), known=frozenset({Axis.PATTERN}))
        >>> truth.columns([(Axis.PATTERN, "late_delivery"), (Axis.NATURE, "price")])["kind guide"]
        True
        """
        named = {f"kind {kind}": kind == self.kind for kind in KINDS if self.kind is not None}
        if self.is_not is not None:
            named[f"kind {self.is_not}"] = False
        if self.outcome is not None and self.kind == "complaint":
            named |= {f"outcome {outcome}": outcome == self.outcome for outcome in OUTCOMES}
        named |= {
            column_of(code): code in self.codes for code in all_codes if code[0] in self.known
        }
        return named


def truth_of(row: Mapping[str, Any]) -> Truth:
    """Read a row of a label file; an axis that it does not name is not known.

    Raises:
        ValueError: the row names an unknown kind or outcome.
    """
    kind = row.get("kind")
    if kind is not None and kind not in KINDS:
        raise ValueError(f"label: expected a kind out of {', '.join(KINDS)}; found {kind!r}")
    outcome = row.get("outcome")
    if outcome is not None and outcome not in OUTCOMES:
        raise ValueError(f"label: expected an outcome of {', '.join(OUTCOMES)}; found {outcome!r}")
    known = {axis for key, axis in AXIS_OF_KEY.items() if row.get(key) is not None}
    codes = {(axis, str(code)) for key, axis in AXIS_OF_KEY.items() for code in row.get(key) or ()}
    return Truth(kind=kind, codes=frozenset(codes), known=frozenset(known), outcome=outcome)


def column_of(code: Code) -> str:
    """Name the model's column of a code.

    >>> column_of((Axis.WALLET, "account_locked"))
    'wallet account_locked'
    """
    return f"{code[0]} {code[1]}"

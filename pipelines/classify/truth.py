"""What people read in a text: the rows of label files, examples and corrections.

In: a JSON object of a label file (`id`, `kind`, `patterns`, `wallet_issues`, `natures`,
`outcome`, `codes` that were judged one by one, and anything else, which is ignored). Out: a
`Truth`. Out of scope: the text itself.
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

    `judged` are single codes that somebody said yes (then they are in `codes`) or no to. Where
    the kind is None, `is_not` may still say which one it is not. `outcome` is None where nobody
    has said how the story ended.
    """

    kind: Kind | None
    codes: frozenset[Code]
    known: frozenset[Axis]
    is_not: Kind | None = None
    outcome: Outcome | None = None
    judged: frozenset[Code] = frozenset()

    def then(self, later: Truth) -> Truth:
        """Give what holds after somebody has judged again; of what he left out, this holds on.

        >>> first = truth_of({"patterns": ["a"]})
        >>> second = truth_of({"codes": [{"axis": "pattern", "code": "b", "is_alleged": True}]})
        >>> sorted(code for _, code in first.then(second).codes)
        ['a', 'b']
        """
        kept = {code for code in self.codes if not later.decides(code)}
        judged = {code for code in self.judged if code[0] not in later.known}
        return Truth(
            kind=later.kind or self.kind,
            codes=frozenset(kept | later.codes),
            known=self.known | later.known,
            is_not=later.is_not or self.is_not,
            outcome=later.outcome or self.outcome,
            judged=frozenset(judged | later.judged),
        )

    def decides(self, code: Code) -> bool:
        """Say whether this tells of a code if it is alleged."""
        return code[0] in self.known or code in self.judged

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
        named |= {column_of(code): code in self.codes for code in all_codes if self.decides(code)}
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
    judged = {
        (Axis(one["axis"]), str(one["code"])): one["is_alleged"] for one in row.get("codes") or ()
    }
    codes = {code for code in codes if judged.get(code) is not False}
    return Truth(
        kind=kind,
        codes=frozenset(codes | {code for code, is_alleged in judged.items() if is_alleged}),
        known=frozenset(known),
        outcome=outcome,
        judged=frozenset(judged),
    )


def truths_of(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Truth]:
    """Read what people judged of texts, by id and in the order of judging.

    Raises:
        ValueError: as `truth_of`.
    """
    truths: dict[str, Truth] = {}
    for text_id, row in rows:
        later = truth_of(row)
        truths[text_id] = truths[text_id].then(later) if text_id in truths else later
    return truths


def column_of(code: Code) -> str:
    """Name the model's column of a code.

    >>> column_of((Axis.WALLET, "account_locked"))
    'wallet account_locked'
    """
    return f"{code[0]} {code[1]}"

"""What people read in texts: the label files, checked as they are read.

In: `labels/*.jsonl` (ids and codes, never a text). Out: labels of the splits asked for; of
the others no more is looked at than which split they belong to. Out of scope: the texts
(`tests.eval.texts`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.labels import Code
from pipelines.records import AmountRole, Axis, Kind, Outcome

FOLDER = Path(__file__).parent

SOURCE_OF_FILE: Mapping[str, str] = {
    "heimao": "heimao",
    "gov_replies": "gov_board",
    "news": "news",
    "wallet_reviews": "app_reviews",
    "cfpb": "cfpb",
    "own": "own",
}
"""The source of our importers that each label file is about; `own` are texts of our own."""

AXES: Mapping[Axis, str] = {
    Axis.PATTERN: "patterns",
    Axis.WALLET: "wallet_issues",
    Axis.NATURE: "natures",
}
"""The axes that people label, by the name that the label files give them."""

Split = Literal["dev", "held", "train"]
CaseRole = Literal["buyer", "seller", "user", "guardian", "viewer", "other"]

SPLITS: tuple[Split, ...] = get_args(Split)

Money = tuple[Decimal, str]
"""A value and its currency."""


class LabelError(ValueError):
    """A line of a label file is no label."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SumRow(_Row):
    """A sum as the label files write it."""

    value: Decimal
    currency: str

    def money(self) -> Money:
        """Give value and currency, equal for 50 and 50.00."""
        return self.value.quantize(Decimal("0.01")), self.currency


class AmountRow(SumRow):
    """A sum with its role."""

    role: AmountRole


class CaseRow(_Row):
    """One told case."""

    role: CaseRole
    place: str | None = None
    patterns: tuple[str, ...] = ()
    wallet_issues: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    amount: SumRow | None = None
    outcome: Outcome = "unknown"
    is_minor: bool | None = False


class SecondRow(_Row):
    """What a second person read in the same text."""

    kind: Kind
    patterns: tuple[str, ...] = ()
    wallet_issues: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    amount: SumRow | None = None
    outcome: Outcome | None = None
    case_count: int | None = None
    sure: bool | None = None


class LabelRow(_Row):
    """One line of a label file."""

    id: str
    split: Split
    kind: Kind
    patterns: tuple[str, ...] = ()
    wallet_issues: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    outcome: Outcome
    amount: SumRow | None = None
    amounts: tuple[AmountRow, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    respondent: str | None = None
    sure: bool | None = None
    second: SecondRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a text says, according to people."""

    text_id: str
    source: str
    split: Split
    codes: frozenset[Code]
    row: LabelRow


def read_labels(splits: Collection[Split], folder: Path = FOLDER / "labels") -> list[Label]:
    """Read the labels of some splits, in order of file and line; absent files give none.

    Raises:
        LabelError: a line has not the shape of a label.
    """
    return [
        label
        for name, source in SOURCE_OF_FILE.items()
        for label in _read_file(folder / f"{name}.jsonl", source, splits)
    ]


def codes_of(row: LabelRow | SecondRow | CaseRow) -> frozenset[Code]:
    """Give the codes of all three axes.

    >>> sorted(codes_of(CaseRow(role="buyer", patterns=("late_delivery",))))
    [(<Axis.PATTERN: 'pattern'>, 'late_delivery')]
    """
    return frozenset(
        (axis, code)
        for axis, codes in (
            (Axis.PATTERN, row.patterns),
            (Axis.WALLET, row.wallet_issues),
            (Axis.NATURE, row.natures),
        )
        for code in codes
    )


def on_axis(codes: Iterable[Code], axis: Axis) -> frozenset[Code]:
    """Keep the codes of one axis.

    >>> sorted(on_axis({(Axis.PATTERN, "a"), (Axis.NATURE, "b")}, Axis.NATURE))
    [(<Axis.NATURE: 'nature'>, 'b')]
    """
    return frozenset(code for code in codes if code[0] is axis)


def _read_file(path: Path, source: str, splits: Collection[Split]) -> list[Label]:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [
        row
        for number, line in enumerate(lines, 1)
        if line.strip() and (row := _read_line(f"{path.name}:{number}", line, splits))
    ]
    return [
        Label(text_id=row.id, source=source, split=row.split, codes=codes_of(row), row=row)
        for row in rows
    ]


def _read_line(place: str, line: str, splits: Collection[Split]) -> LabelRow | None:
    """Read a line, if it is of one of the splits."""
    found = json.loads(line)
    if found.get("split") in set(SPLITS) - set(splits):
        return None
    try:
        return LabelRow.model_validate(found)
    except ValidationError as error:
        faults = ", ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['type']}" for fault in error.errors()
        )
        raise LabelError(
            f"{place}: expected a label ({', '.join(LabelRow.model_fields)}); found {faults}. "
            "Correct the line"
        ) from error

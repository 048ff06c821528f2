"""The parts that are measured on files of their own: redaction, names, near copies.

In: a request. Out: what was measured, and its sections of the page. Out of scope: the
measures (`redaction`, `bcubed`, `near_copies`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.reading import ReadingContext
from tests.eval.bcubed import BCubed, bcubed, read_truth, resolved
from tests.eval.near_copies import Agreement, measure, sources
from tests.eval.redaction import KindScore, marked_texts, score_redaction
from tests.eval.report import interval, number, table, verdict
from tests.eval.request import Request

RECALL_BAR, PRECISION_BAR = 0.99, 0.97
NAMES_BAR = 0.95
COPIES_BAR = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What was measured; empty where a file is not there.

    `redaction` holds by split the score of all kinds and of each; `names` by split how many
    names there are and their shares; `copies` the agreement by source.
    """

    redaction: Mapping[str, tuple[KindScore, Mapping[str, KindScore]]]
    names: Mapping[str, tuple[int, BCubed]]
    copies: Mapping[str, Agreement]


def measure_parts(request: Request, context: ReadingContext) -> Parts:
    """Measure what there are files for, of the splits that may be looked at."""
    marked = {split: marked_texts(split, request.folder) for split in request.measured}
    files = {split: request.folder / f"names_{split}.jsonl" for split in request.measured}
    named = {split: read_truth(path) for split, path in files.items() if path.exists()}
    real = sources(request.data) if request.data is not None else ()
    return Parts(
        redaction={
            split: score_redaction(texts, context) for split, texts in marked.items() if texts
        },
        names={split: (len(names), _b_cubed(names)) for split, names in named.items()},
        copies={name: measure(texts) for name, texts in real},
    )


def parts_sections(parts: Parts) -> list[str]:
    """Write all of them."""
    return [*_redaction_section(parts), *_names_section(parts), *_copies_section(parts)]


def _b_cubed(names: Mapping[str, str]) -> BCubed:
    """Compare the groups; a name that means nobody in particular is a group of its own."""
    truth = {name: merchant or f"nobody: {name}" for name, merchant in names.items()}
    return bcubed(truth, resolved(truth))


def _redaction_section(parts: Parts) -> list[str]:
    lines = ["## Redaction", ""] if parts.redaction else []
    for split, (total, kinds) in parts.redaction.items():
        bars = verdict(total.recall.value, RECALL_BAR)
        bars += verdict(total.precision.value, PRECISION_BAR)
        rows = [["all", *_redaction_cells(total), *bars]]
        rows += [[kind, *_redaction_cells(one), "", "", "", ""] for kind, one in kinds.items()]
        header = (
            f"{split} texts", "marks", "recall", "redactions", "precision",
            "bar of recall", "", "bar of precision", "",
        )  # fmt: skip
        lines += table(header, rows)
    return lines


def _redaction_cells(one: KindScore) -> list[str]:
    return [str(one.marks), interval(one.recall), str(one.redactions), interval(one.precision)]


def _names_section(parts: Parts) -> list[str]:
    rows = []
    for split, (count, result) in parts.names.items():
        shares = [number(one) for one in (result.precision, result.recall, result.f1)]
        rows.append([split, str(count), *shares, *verdict(result.f1, NAMES_BAR)])
    header = ("split", "names", "B-cubed precision", "recall", "F1", "bar", "")
    return ["## Names resolved to merchants", "", *table(header, rows)] if rows else []


def _copies_section(parts: Parts) -> list[str]:
    rows = [
        [
            name,
            str(one.exact),
            str(one.found),
            number(one.recall),
            number(one.precision),
            *verdict(one.recall, COPIES_BAR),
        ]
        for name, one in parts.copies.items()
    ]
    header = ("source", "near copies", "found", "recall", "precision", "bar of recall", "")
    return ["## Near copies", "", *table(header, rows)] if rows else []

"""How much personal data redaction finds, and how much of what it takes is personal data.

In: invented texts with marks on the personal data (`redaction_dev.jsonl`, `_held.jsonl`:
text, and kind and span of every mark). Out: recall and precision by kind. Out of scope: what
redaction is (`pipelines.redact`).

A mark is found when no letter or digit of it is left in the text. A redaction is right when
at least half of its letters and digits are marked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipelines.reading import ReadingContext
from tests.eval.labels import FOLDER, Split
from tests.eval.measures import Estimate, share
from tests.eval.predictions import analysed

RIGHT_FROM = 0.5
"""Share of a redaction that must be marked: where a name or an address ends is open to debate."""

Spans = Sequence[tuple[int, int]]


class Mark(BaseModel):
    """Personal data in a text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    span: tuple[int, int]


class MarkedText(BaseModel):
    """A text with marks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | None = None
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindScore:
    """The marks of one kind that were found, and the redactions of that kind that are right."""

    marks: int
    recall: Estimate
    redactions: int
    precision: Estimate


def marked_texts(split: Split, folder: Path = FOLDER) -> list[MarkedText]:
    """Read the marked texts of one split; none where the file is not there."""
    path = folder / f"redaction_{split}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [MarkedText.model_validate_json(line) for line in lines if line.strip()]


def score_redaction(
    texts: Sequence[MarkedText], context: ReadingContext
) -> tuple[KindScore, dict[str, KindScore]]:
    """Redact the texts as a user has them redacted; gives the score of all and of every kind."""
    lines = [
        json.dumps({"id": str(number), "text": one.text}).encode()
        for number, one in enumerate(texts)
    ]
    marks: list[tuple[str, bool]] = []
    taken: list[tuple[str, bool]] = []
    for one, result in zip(texts, analysed(lines, context), strict=True):
        redactions = [(each["kind"], tuple(each["raw_span"])) for each in result["redactions"]]
        marked = [mark.span for mark in one.marks]
        gone = [span for _, span in redactions]
        marks += [(mark.kind, covered(one.text, mark.span, gone) == 1) for mark in one.marks]
        taken += [
            (kind, covered(one.text, span, marked) >= RIGHT_FROM) for kind, span in redactions
        ]
    kinds = sorted({kind for kind, _ in marks} | {kind for kind, _ in taken})
    return _score(marks, taken), {
        kind: _score(_of(kind, marks), _of(kind, taken)) for kind in kinds
    }


def covered(text: str, span: tuple[int, int], others: Spans) -> float:
    """Give the share of a passage's letters and digits that lie in other passages.

    >>> covered("张三 100", (0, 6), [(0, 2)])
    0.4
    """
    letters = [place for place in range(*span) if text[place].isalnum()]
    inside = sum(any(start <= place < end for start, end in others) for place in letters)
    return inside / len(letters) if letters else 1.0


def _score(marks: Sequence[tuple[str, bool]], taken: Sequence[tuple[str, bool]]) -> KindScore:
    return KindScore(
        marks=len(marks),
        recall=share(is_found for _, is_found in marks),
        redactions=len(taken),
        precision=share(is_right for _, is_right in taken),
    )


def _of(kind: str, judged: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    return [one for one in judged if one[0] == kind]

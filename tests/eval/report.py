"""How figures are written: Markdown that is the same for the same figures, without a date.

In: estimates, scores, rows. Out: lines of Markdown. Out of scope: which figures there are
(`tests.eval.sections`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.eval.measures import Estimate, Score

UNDEFINED = "–"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lay rows out as a table, with an empty line after it.

    >>> table(["a", "b"], [["1", "2"]])
    ['| a | b |', '|---|---|', '| 1 | 2 |', '']
    """
    lines = [_row(header), "|" + "---|" * len(header)]
    return [*lines, *(_row(row) for row in rows), ""]


def number(value: float | None) -> str:
    """Write a share with three decimals.

    >>> number(0.8456), number(1.0), number(-0.02), number(None)
    ('.846', '1.000', '-.020', '–')
    """
    if value is None:
        return UNDEFINED
    text = f"{value:.3f}"
    return text.replace("0.", ".", 1) if abs(value) < 0.9995 else text


def interval(estimate: Estimate) -> str:
    """Write an estimate with its interval.

    >>> interval(Estimate(value=0.85, low=0.8, high=0.9))
    '.850 [.800, .900]'
    """
    if estimate.low is None or estimate.high is None:
        return number(estimate.value)
    return f"{number(estimate.value)} [{number(estimate.low)}, {number(estimate.high)}]"


def score_cells(score: Score) -> list[str]:
    """Write texts, positives, precision, recall and F1."""
    return [
        str(score.texts),
        str(score.positives),
        interval(score.precision),
        interval(score.recall),
        interval(score.f1),
    ]


def verdict(value: float | None, bar: float | None) -> list[str]:
    """Write a bar and whether a value reaches it.

    >>> verdict(0.9, 0.85), verdict(0.849, 0.85), verdict(0.9, None), verdict(None, 0.85)
    (['.850', 'met'], ['.850', '**not met**'], ['', ''], ['.850', 'not measured'])
    """
    if bar is None:
        return ["", ""]
    if value is None:
        return [number(bar), "not measured"]
    return [number(bar), "met" if value >= bar else "**not met**"]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"

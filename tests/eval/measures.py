"""The measures of accuracy, each with what chance alone could make of it.

In: counts or truths per text, in arrays. Out: estimates with 95 % intervals from resampling
the texts (bootstrap; the seed is fixed, so that the same counts give the same interval).
Out of scope: what is counted (`tests.eval.coded`, `sums`, `cases`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

RESAMPLES = 2_000
"""Draws per interval: its ends then stand still to about a hundredth of its width."""

SEED = 20_261_122

BINS = 10
"""Bins of the reliability table, each a tenth of the scores from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A measure with its 95 % interval; all None where nothing defines it."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What was found of what there was: `positives` are the codes that people gave."""

    texts: int
    positives: int
    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The findings whose scores fall into one tenth: their mean score, and how many are right."""

    low: float
    high: float
    findings: int
    mean_score: float
    share_right: float


def counts_of(truth: AbstractSet[Hashable], found: AbstractSet[Hashable]) -> tuple[int, int, int]:
    """Count one text: found and true, found and not true, true and not found.

    >>> counts_of({"a", "b"}, {"b", "c", "d"})
    (1, 2, 1)
    """
    return len(truth & found), len(found - truth), len(truth - found)


def score(counts: Sequence[tuple[int, int, int]]) -> Score:
    """Pool the counts of texts (micro-average) and give precision, recall and F1.

    >>> pooled = score([(1, 2, 1), (3, 0, 1)])
    >>> pooled.positives, round(pooled.precision.value, 3), round(pooled.recall.value, 3)
    (6, 0.667, 0.667)
    """
    table = np.array(counts, dtype=float).reshape(-1, 3)
    return Score(
        texts=len(counts),
        positives=int(table[:, 0].sum() + table[:, 2].sum()),
        precision=_estimate(table, _precision),
        recall=_estimate(table, _recall),
        f1=_estimate(table, _f1),
    )


def share(is_right: Iterable[bool]) -> Estimate:
    """Give the share of texts that are right.

    >>> share([True, True, False, True]).value
    0.75
    """
    table = np.array([(float(one), 1.0) for one in is_right]).reshape(-1, 2)
    return _estimate(table, lambda sums: _ratio(sums[:, 0], sums[:, 1]))


def f1_gain(
    ours: Sequence[tuple[int, int, int]], others: Sequence[tuple[int, int, int]]
) -> Estimate:
    """Give by how much our F1 is above another's on the same texts, resampled in pairs.

    >>> f1_gain([(1, 0, 0), (1, 0, 0)], [(1, 0, 0), (0, 0, 1)]).value.__round__(3)
    0.333
    """
    table = np.hstack([np.array(one, dtype=float).reshape(-1, 3) for one in (ours, others)])
    return _estimate(table, lambda sums: _f1(sums[:, :3]) - _f1(sums[:, 3:]))


def share_gain(ours: Sequence[bool], others: Sequence[bool]) -> Estimate:
    """Give by how much our share of right texts is above another's, resampled in pairs."""
    table = np.array([(float(a), float(b), 1.0) for a, b in zip(ours, others, strict=True)])
    table = table.reshape(-1, 3)
    return _estimate(table, lambda sums: _ratio(sums[:, 0] - sums[:, 1], sums[:, 2]))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Give Cohen's kappa: agreement beyond what chance gives; None where it is not defined.

    >>> kappa([("a", "a"), ("a", "a"), ("b", "b"), ("b", "a")])
    0.5
    """
    if not pairs:
        return None
    names = sorted({name for pair in pairs for name in pair})
    observed = sum(a == b for a, b in pairs) / len(pairs)
    by_chance = (
        sum(sum(a == name for a, _ in pairs) * sum(b == name for _, b in pairs) for name in names)
        / len(pairs) ** 2
    )
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def reliability(findings: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Sort findings (score, is it right) into tenths; a score of 1 belongs to the last.

    >>> [(one.findings, one.share_right) for one in reliability([(0.91, True), (1.0, False)])]
    [(2, 0.5)]
    """
    bins: list[Bin] = []
    for number in range(BINS):
        inside = [
            (score, right)
            for score, right in findings
            if min(int(score * BINS + 1e-9), BINS - 1) == number
        ]
        if inside:
            bins.append(
                Bin(
                    low=number / BINS,
                    high=(number + 1) / BINS,
                    findings=len(inside),
                    mean_score=sum(score for score, _ in inside) / len(inside),
                    share_right=sum(right for _, right in inside) / len(inside),
                )
            )
    return bins


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Give the expected calibration error: how far scores lie from shares, per finding.

    >>> calibration_error(reliability([(0.9, True), (0.9, False), (0.5, True), (0.5, False)]))
    0.2
    """
    total = sum(one.findings for one in bins)
    if not total:
        return None
    return sum(abs(one.mean_score - one.share_right) * one.findings for one in bins) / total


def _estimate(table: Array, measure: Callable[[Array], Array]) -> Estimate:
    """Take a measure of the sums over all texts, and of the sums over resampled texts."""
    if not len(table):
        return Estimate(value=None)
    value = float(measure(table.sum(axis=0, keepdims=True))[0])
    if np.isnan(value):
        return Estimate(value=None)
    drawn = measure(_draws(len(table)) @ table)
    low, high = np.nanpercentile(drawn, (2.5, 97.5))
    return Estimate(value=value, low=float(low), high=float(high))


@lru_cache(maxsize=64)
def _draws(texts: int) -> Array:
    """Say how often each text is drawn, a row per resample."""
    generator = np.random.default_rng(SEED)
    return generator.multinomial(texts, np.full(texts, 1 / texts), size=RESAMPLES).astype(float)


def _precision(sums: Array) -> Array:
    return _ratio(sums[:, 0], sums[:, 0] + sums[:, 1])


def _recall(sums: Array) -> Array:
    return _ratio(sums[:, 0], sums[:, 0] + sums[:, 2])


def _f1(sums: Array) -> Array:
    return _ratio(2 * sums[:, 0], 2 * sums[:, 0] + sums[:, 1] + sums[:, 2])


def _ratio(part: Array, whole: Array) -> Array:
    """Divide; what nothing defines is not a number."""
    result: Array = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return result

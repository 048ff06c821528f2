"""Runs the contenders on drawn series and gathers what the lab's page and table say.

In: seeds. Out: per history and method POD with intervals, delays, and the
rates of false alarms. Out of scope: how it is written down (`page`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from benchmarks.lab.contenders import (
    HISTORIES,
    Contender,
    contenders,
    farrington_of,
    lone,
    scores,
)
from benchmarks.lab.scenarios import KINDS, Replicate, draw
from benchmarks.lab.scoring import (
    RATES,
    Outbreaks,
    delay,
    detection,
    false_alarms,
    interval,
    resampled,
)
from benchmarks.lab.transplants import Transplanted, read_companies, transplant
from pipelines.detect.weekly import Floats

ALPHAS = (0.001, 0.005, 0.01, 0.05)
LONG = 260
"""What a history of all weeks counts for, in weeks: what the longest-looking methods look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one method found at one history, per rate of `RATES`.

    `behind` is its POD less the default's on the same series, with its interval.
    """

    method: str
    pod: tuple[float, ...]
    span: tuple[tuple[float, float], ...]
    behind: tuple[tuple[float, float, float], ...]
    delay: float
    series: int


@dataclass(slots=True, kw_only=True)
class Findings:
    """Everything that was measured; the rates are per model, history and alpha.

    Nothing is transplanted where the real counts are not at hand.
    """

    seeds: tuple[int, ...]
    lone_seeds: tuple[int, ...]
    figures: dict[int | None, list[Figure]] = field(default_factory=dict)
    rates: dict[str, dict[int, dict[float, tuple[float, int, int]]]] = field(default_factory=dict)
    sizes: dict[str, tuple[float, ...]] = field(default_factory=dict)
    transplanted: list[Transplanted] = field(default_factory=list)


def measure(seeds: Sequence[int], lone_seeds: Sequence[int], workers: int) -> Findings:
    """Measure all methods at all histories."""
    found = Findings(seeds=tuple(seeds), lone_seeds=tuple(lone_seeds))
    with ProcessPoolExecutor(workers) as pool:
        for history in (None, *HISTORIES):
            _one_history(found, history, pool)
        part = _outbreaks(found.seeds)
        for years in (2, 3, 4):
            score = _run(farrington_of(years), found.seeds, None, pool)
            _note_rates(found, "farrington_flexible", 52 * years, score, part)
    found.rates["farrington_flexible_without_trend"] = found.rates["farrington_flexible"]
    companies = read_companies()
    found.transplanted = [] if companies is None else transplant(companies)
    return found


def _one_history(found: Findings, history: int | None, pool: ProcessPoolExecutor) -> None:
    outbreaks = _outbreaks(found.seeds)
    figures: list[Figure] = []
    default = np.zeros(0)
    against: _Drawn | None = None
    for contender in contenders(history):
        score = _run(contender, found.seeds, history, pool)
        if np.isnan(score).all():
            continue
        if contender.model and contender.has_p:
            _note_rates(found, contender.model, history or LONG, score, outbreaks)
        if against is None:
            default, against = score, _drawn(score, outbreaks)
        figures.append(_figure(contender, score, outbreaks, against))
        sys.stderr.write(f"{history or 'all'}: {contender.name}: {figures[-1].pod}\n")
        if history is None:
            found.sizes[contender.name] = _by_size(score, outbreaks, found.seeds)
    part = _outbreaks(found.lone_seeds)
    score = _run(lone(history), found.lone_seeds, history, pool)
    _note_rates(found, "gamma_poisson_alone", history or LONG, score, part)
    against = _drawn(default[: part.series], part)
    figures.append(_figure(lone(history), score, part, against))
    sys.stderr.write(f"{history or 'all'}: alone: {figures[-1].pod}\n")
    found.figures[history] = figures


def _outbreaks(seeds: Sequence[int]) -> Outbreaks:
    return Outbreaks(inside=np.concatenate([draw(seed).is_outbreak() for seed in seeds]))


def _run(
    contender: Contender, seeds: Sequence[int], history: int | None, pool: ProcessPoolExecutor
) -> Floats:
    """Score the series of all seeds, series x weeks, one replicate a task."""
    tasks = [pool.submit(_score_one, contender.name, seed, history) for seed in seeds]
    found: Floats = np.concatenate([task.result() for task in tasks])
    return found


def _score_one(name: str, seed: int, history: int | None) -> Floats:
    every = [*contenders(history), lone(history), *(farrington_of(years) for years in (2, 3, 4))]
    contender = next(one for one in every if one.name == name)
    replicate: Replicate = draw(seed)
    return np.asarray(scores(contender, [replicate], history)[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """The POD of one method at each of `RATES`, and over resampled series."""

    pod: tuple[float, ...]
    resampled: tuple[Floats, ...]


def _drawn(score: Floats, outbreaks: Outbreaks) -> _Drawn:
    return _Drawn(
        pod=tuple(detection(score, outbreaks, rate) for rate in RATES),
        resampled=tuple(resampled(score, outbreaks, rate) for rate in RATES),
    )


def _figure(contender: Contender, score: Floats, outbreaks: Outbreaks, against: _Drawn) -> Figure:
    own = _drawn(score, outbreaks)
    apart = zip(own.pod, against.pod, own.resampled, against.resampled, strict=True)
    return Figure(
        method=contender.name,
        pod=own.pod,
        span=tuple(interval(values) for values in own.resampled),
        behind=tuple((one - other, *interval(ours - theirs)) for one, other, ours, theirs in apart),
        delay=delay(score, outbreaks, RATES[-1]),
        series=outbreaks.series,
    )


def _note_rates(
    found: Findings, model: str, history: int, score: Floats, outbreaks: Outbreaks
) -> None:
    rates = {alpha: false_alarms(score, outbreaks, alpha) for alpha in ALPHAS}
    found.rates.setdefault(model, {})[history] = rates


def _by_size(score: Floats, outbreaks: Outbreaks, seeds: Sequence[int]) -> tuple[float, ...]:
    """Give the POD at the last rate for outbreaks of 1-3, 4-7 and 8-10 standard deviations."""
    size = np.concatenate([draw(seed).size for seed in seeds])
    known = np.where(np.isnan(score), -np.inf, score)
    quiet = np.sort(known[~outbreaks.inside])
    threshold = quiet[len(quiet) - 1 - int(RATES[-1] * len(quiet))]
    hit = ((known > threshold) & outbreaks.inside).any(axis=1)
    assert len(size) == len(seeds) * len(KINDS)
    return tuple(
        float(hit[(size >= low) & (size <= high)].mean()) for low, high in ((1, 3), (4, 7), (8, 10))
    )

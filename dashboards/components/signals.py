"""Why a candidate is unusual, in words: expected, how likely by chance, the mix of its sector.

In: a candidate's row. Out: short sentences. A number is said with what it is of; what could
not be tested says why. Nothing here says "risky": complaints without the number of
customers say how unusual something is, no more.
"""

from __future__ import annotations

from typing import Any

from dashboards.words import Words

RARE_BELOW = 0.05
"""Adjusted p-value below which chance is called a seldom cause: one find in twenty."""


def signal_lines(words: Words, candidate: dict[str, Any]) -> list[str]:
    """Say how the window compares with what was expected, or why it was not tested."""
    if candidate["window_start"] is None:
        return [words("signal_undated")]
    if candidate["expected"] is None:
        return [words("signal_uncovered")]
    lower, p_adj = candidate["signal_lower"], candidate["signal_p_adj"]
    rarity = "rare" if p_adj <= RARE_BELOW else "likely"
    return [
        words(
            "signal_counts",
            n=f"{candidate['signal_observed']:,}",
            expected=expected_count(candidate["expected"]),
        ),
        words("signal_lower" if lower > 1 else "signal_lower_usual", lower=f"{lower:.1f}"),
        words(f"signal_p_adj_{rarity}", p=chance(p_adj)),
    ]


def expected_count(value: float) -> str:
    """Write an expected count: one decimal, two below one, never a rounded zero.

    >>> [expected_count(value) for value in (12.34, 0.256, 0.0004)]
    ['12.3', '0.26', '<0.01']
    """
    if value >= 1:
        return f"{value:,.1f}"
    return f"{value:.2f}" if value >= 0.01 else "<0.01"


def chance(value: float) -> str:
    """Write a chance between 0 and 1 as people read it.

    >>> [chance(value) for value in (0.43, 0.012, 1.0, 1e-7)]
    ['0.43', '0.012', '1.00', '<0.0001']
    """
    if value < 0.0001:
        return "<0.0001"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"

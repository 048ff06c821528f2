"""Two looks at an event: in its first week, and in its second with the first in mind.

In: p-values of consecutive weeks that do not hang on each other. Out: one
p-value of a week and the week before it, and the p-value that the week itself
must reach for an alarm. Out of scope: where p-values come from.

Half of what a short event brings comes in its second week. So the p-value of
the week before is multiplied in where it is below a half (a truncated product,
Zaykin et al. 2002, Genetic Epidemiology 22:170), but only where the week itself
is high: its own p-value is at most a fifth. With p and q uniform without an
event, the product t = p * min(1, 2q) has the p-value t * (1 + log(.2 / t) / 2).
"""

from __future__ import annotations

import numpy as np

from pipelines.detect.roots import falling_roots
from pipelines.detect.weekly import Floats, Ints

BEFORE_BELOW = 0.5
OWN_AT_MOST = 0.2


def combined_p(p_value: Floats, before: Floats) -> Floats:
    """Combine p-values with those of the weeks before; NaN before means one look only.

    >>> combined_p(np.array([0.02, 0.02, 0.6]), np.array([0.03, np.nan, 1e-9])).round(4).tolist()
    [0.0043, 0.02, 0.6]
    """
    product = np.maximum(p_value * _factor(before), 1e-300)
    two = product * (1 + BEFORE_BELOW * np.log(OWN_AT_MOST / product))
    return np.where((p_value > OWN_AT_MOST) | np.isnan(before), p_value, two)


def own_level(alpha: float, before: Floats) -> Floats:
    """Give the p-value that a week must reach, given that of the week before it.

    >>> own_level(0.005, np.array([0.9, 0.03, 1e-9, np.nan])).round(5).tolist()
    [0.00144, 0.02404, 0.2, 0.005]
    """
    level = np.minimum(_product_level(alpha) / _factor(before), OWN_AT_MOST)
    level = np.full(before.shape, alpha) if alpha >= OWN_AT_MOST else level
    return np.where(np.isnan(before), alpha, level)


def _factor(before: Floats) -> Floats:
    share = np.minimum(1.0, np.maximum(before, 1e-300) / BEFORE_BELOW)
    return np.where(np.isnan(before), 1.0, share)


def _product_level(alpha: float) -> float:
    """Find the product whose combined p-value is alpha."""

    def excess(_: Ints, log_product: Floats) -> tuple[Floats, Floats]:
        product = np.exp(log_product)
        two = product * (1 + BEFORE_BELOW * (np.log(OWN_AT_MOST) - log_product))
        return np.log(alpha) - np.log(two), 1 - BEFORE_BELOW * product / two

    found = falling_roots(excess, np.array([np.log(alpha)]), -690.0, np.log(OWN_AT_MOST))
    return float(np.exp(found[0]))

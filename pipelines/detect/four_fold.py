"""Fourfold tables: one merchant against his background, one code against all others.

In: four counts per cell. Out: a checked `FourFold`, with what to expect by chance.
Out of scope: counting them from complaints (`pipelines.detect.code_table`), and
measuring how far they are from chance (`pipelines.detect.disproportion`).

                    | with the code | without
    the merchant    |       a       |    b
    his background  |       c       |    d
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.errors import PipelineError

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class CountError(PipelineError):
    """Counts that no complaints can have; the message says which and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FourFold:
    """Fourfold tables of complaints, one per entry; four arrays of one shape.

    `a` complaints of the merchant carry the code and `b` do not; `c` and `d` are the
    same of his background, which is without him.
    """

    a: Floats
    b: Floats
    c: Floats
    d: Floats

    @property
    def total(self) -> Floats:
        """Count all complaints of each table."""
        return self.a + self.b + self.c + self.d

    @property
    def expected(self) -> Floats:
        """Say how many complaints to expect in `a` if code and merchant are unrelated.

        (a + b)(a + c) / total, in complaints; 0 for an empty table.
        """
        return (self.a + self.b) * (self.a + self.c) / np.maximum(self.total, 1.0)


def four_fold(a: npt.ArrayLike, b: npt.ArrayLike, c: npt.ArrayLike, d: npt.ArrayLike) -> FourFold:
    """Take the counts of fourfold tables; scalars and arrays broadcast to one shape.

    Raises:
        CountError: a count is negative, not finite, not whole, or the shapes do not fit.

    >>> tables = four_fold([10, 3], [90, 7], [50, 40], [4850, 9950])
    >>> tables.expected.round(3).tolist()
    [1.2, 0.043]
    """
    arrays = [np.asarray(part, dtype=np.float64) for part in (a, b, c, d)]
    try:
        parts = np.broadcast_arrays(*arrays)
    except ValueError as misfit:
        shapes = [part.shape for part in arrays]
        raise CountError(
            f"a, b, c, d: expected shapes that fit; found {shapes}. Give each one count per cell."
        ) from misfit
    for name, part in zip("abcd", parts, strict=True):
        _check(name, part)
    a_, b_, c_, d_ = (part.copy() for part in parts)
    return FourFold(a=a_, b=b_, c=c_, d=d_)


def _check(name: str, counts: Floats) -> None:
    """Refuse what is no count, saying where the first such entry is."""
    bad = ~(np.isfinite(counts) & (counts >= 0) & (counts == np.floor(counts)))
    if bad.any():
        place = tuple(int(index) for index in np.argwhere(bad)[0])
        raise CountError(
            f"{name}{list(place)}: expected a whole number from 0; found {counts[place]}. "
            "Correct the count."
        )

"""The dated complaints of named merchants, beside the days on which all of them are known.

In: the corpus and the declared coverage. Out: both in the shape that counts of weeks are
made from. Out of scope: counting (`pipelines.detect.weekly`) and testing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.detect.coverage import Coverage
from pipelines.detect.weekly import DatedComplaints
from pipelines.grouping.corpus import Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Complaints and coverage; codes index `code_names`, which are pairs of axis and code."""

    complaints: DatedComplaints
    coverage: Coverage
    code_names: tuple[tuple[str, str], ...]


def read_covered(corpus: Corpus, declared: Coverage | None) -> Covered | None:
    """Put the corpus beside its coverage; None where no day is covered.

    Days are taken from the first dated complaint to the last.
    """
    days = corpus.day[~np.isnan(corpus.day)]
    if declared is None or not len(days):
        return None
    coverage = declared.within(int(days.min()), int(days.max()))
    if coverage is None:
        return None
    return Covered(complaints=_dated(corpus), coverage=coverage, code_names=corpus.code_names)


def _dated(corpus: Corpus) -> DatedComplaints:
    merchants = corpus.features["merchant_key"].combine_chunks().dictionary_encode()
    sources = corpus.features["source"].combine_chunks().dictionary_encode()
    sectors = corpus.features["sector"].combine_chunks().dictionary_encode()
    merchant = merchants.indices.fill_null(-1).to_numpy().astype(np.int64)
    sector = sectors.indices.fill_null(-1).to_numpy().astype(np.int64)
    rows = np.flatnonzero((merchant >= 0) & ~np.isnan(corpus.day))
    sector_of = np.full(len(merchants.dictionary), -1, dtype=np.int64)
    np.maximum.at(sector_of, merchant[rows], sector[rows])
    carried = corpus.codes[rows]
    return DatedComplaints(
        merchant=merchant[rows],
        source=sources.indices.to_numpy().astype(np.int64)[rows],
        day=corpus.day[rows].astype(np.int64),
        code_row=np.repeat(np.arange(len(rows)), np.diff(carried.indptr)),
        code=carried.indices.astype(np.int64),
        merchant_names=merchants.dictionary.to_pylist(),
        source_names=sources.dictionary.to_pylist(),
        sector=sector_of,
    )

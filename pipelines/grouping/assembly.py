"""From themes to the tables of candidates: portions of themes, and their rows put together.

In: the themes of all blocks, all accounts, and the forecast of covered weeks. Out: the
tables of groups. Out of scope: what belongs together
(`pipelines.grouping.themes`), and which themes are proposed (`pipelines.grouping.proposals`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from pipelines.detect.multiplicity import adjusted_p, searched_tail
from pipelines.grouping.accounts import Accounts
from pipelines.grouping.arrays import Ints
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.proposals import SCHEMAS, Portion, Tables, propose
from pipelines.grouping.signals import Signals
from pipelines.grouping.spread import Spread
from pipelines.grouping.summaries import Labels
from pipelines.grouping.themes import Theme

MEMBERS_PER_PORTION = 4_000
"""Members handed to a process at a time: a second of work, so that handing over is cheap."""


def assemble(
    themes: Sequence[Theme],
    accounts: Accounts,
    signals: Signals | None,
    labels: Labels,
    criteria: Criteria,
    spread: Spread = map,
) -> Tables:
    """Make the tables of groups as `Tables` lists them, the highest score first."""
    portions = _portions(themes, accounts, signals)
    task = partial(propose, labels=labels, criteria=criteria)
    found = [tuple(schema.empty_table() for schema in SCHEMAS), *spread(task, portions)]
    clusters, *others = (pa.concat_tables(tables) for tables in zip(*found, strict=True))
    clusters = clusters.sort_by([("score", "descending"), ("cluster_id", "ascending")])
    clusters = _adjusted(clusters, 0 if signals is None else signals.series)
    order = clusters["cluster_id"]
    return clusters, *(_in_order(table, order) for table in others)


def _portions(
    themes: Sequence[Theme], accounts: Accounts, signals: Signals | None
) -> Iterator[Portion]:
    """Cut the themes into portions; those that share complaints stay together."""
    bundle: list[Theme] = []
    size = 0
    for sharers in _sharing(themes, len(accounts.day)):
        bundle.extend(sharers)
        size += sum(len(theme.rows) for theme in sharers)
        if size >= MEMBERS_PER_PORTION:
            yield _portion(bundle, accounts, signals)
            bundle, size = [], 0
    if bundle:
        yield _portion(bundle, accounts, signals)


def _sharing(themes: Sequence[Theme], complaints: int) -> Iterator[list[Theme]]:
    """Give the sets of themes that share complaints, each once, in the order of their first."""
    ends = np.cumsum([0, *(len(theme.rows) for theme in themes)])
    held = np.concatenate([np.empty(0, np.int64), *(theme.rows for theme in themes)])
    holds = csr_array((np.ones(len(held)), held, ends), shape=(len(themes), complaints))
    label = connected_components(holds @ holds.T, directed=False)[1]
    sets: dict[int, list[Theme]] = {}
    for theme, number in zip(themes, label.tolist(), strict=True):
        sets.setdefault(number, []).append(theme)
    yield from sets.values()


def _portion(themes: Sequence[Theme], accounts: Accounts, signals: Signals | None) -> Portion:
    """Number rows and words of the themes anew, among those that they hold."""
    rows = _distinct([*(theme.rows for theme in themes), *(theme.missed_rows for theme in themes)])
    words = _distinct([accounts.words[rows].indices])
    own = accounts.of(rows, words)
    merchants = own.features["merchant_key"].unique().drop_null().to_pylist()
    return Portion(
        themes=[
            replace(
                theme,
                rows=np.searchsorted(rows, theme.rows),
                missed_rows=np.searchsorted(rows, theme.missed_rows),
                words=np.searchsorted(words, theme.words),
            )
            for theme in themes
        ],
        accounts=own,
        complaints_in_all=len(accounts.day),
        signals=None if signals is None else signals.of(merchants),
    )


def _adjusted(clusters: pa.Table, series: int) -> pa.Table:
    """Say of each tested window how likely chance brings one as dense, for all looked at."""
    told = ("signal_observed", "expected", "signal_size", "signal_windows")
    observed, expected, size, windows = (
        clusters[name].cast(pa.float64()).fill_null(float("nan")).to_numpy() for name in told
    )
    searched = searched_tail(observed, expected, size, windows)
    for name, values in (
        ("signal_searched", searched),
        ("signal_p_adj", adjusted_p(searched, series)),
    ):
        place = clusters.schema.get_field_index(name)
        column = pa.array(values, pa.float64(), from_pandas=True)
        clusters = clusters.set_column(place, clusters.schema.field(name), column)
    return clusters


def _distinct(numbers: Sequence[npt.NDArray[np.integer]]) -> Ints:
    return np.unique(np.concatenate(numbers)).astype(np.int64)


def _in_order(rows: pa.Table, cluster_ids: pa.ChunkedArray) -> pa.Table:
    """Sort the rows of clusters by the order of these; those of one cluster stay as they are."""
    place = pc.index_in(rows["cluster_id"], value_set=cluster_ids.combine_chunks()).to_numpy()
    return rows.take(pa.array(np.argsort(place, kind="stable")))

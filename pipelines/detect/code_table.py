"""From a long table of counts to scored cells: a merchant and a code against his sector.

In: a table with one row per merchant, sector and code, in pandas. Out: the fourfold
counts of each cell, or all measures and signals of it. Out of scope: the measures
themselves (`pipelines.detect.disproportion`), time, and which cells to show.

The background of a merchant is the rest of his sector: wallets are compared with
wallets. A merchant whose sector nobody knows is compared with everybody, and the cell
says so (`background` is "all").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from pipelines.detect.disproportion import Measures, measure
from pipelines.detect.four_fold import CountError, four_fold
from pipelines.detect.gamma_mixture import DUMOUCHEL_START, GammaMixture
from pipelines.detect.prior_fit import PriorFit, fit_prior
from pipelines.detect.signal_rules import SignalRule, find_signals

_CELL = ["merchant", "sector", "code"]
_WHO = ["merchant", "sector"]
_FIT_FROM = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCells:
    """Measured cells, and the prior they were measured with.

    `cells` has the columns of `count_cells`, the fields of `Measures` (`count` is `a`), and
    `signal_<code>` per rule. `fit` is None where the prior was given, or where fewer than 50
    cells hold a complaint: too few to learn from, so that DuMouchel's start values serve.
    """

    cells: pd.DataFrame
    prior: GammaMixture
    fit: PriorFit | None


def count_cells(
    counts: pd.DataFrame, complaints: pd.DataFrame | None = None, *, with_zeros: bool = False
) -> pd.DataFrame:
    """Give the fourfold table of every merchant and code, against the rest of the sector.

    `counts` has the columns merchant, sector (null: unknown), code and count; rows of one
    cell add up. `complaints` has merchant, sector and complaints: how many complaints each
    merchant has in all. It is needed where a complaint may carry several codes or none;
    without it every complaint is taken to carry just one. With `with_zeros`, the codes of
    the background that a merchant has no complaint of are cells, too.

        merchant sector code  count                 merchant sector code background a b  c  d
        A        wallet fee       3      ->         A        wallet fee  sector     3 1 10 20
        A        wallet login     1                 A        wallet login sector    1 3 20 10
        B        wallet fee      10                 ...
        B        wallet login    20

    Rows come in the order of merchant and code; the order given does not matter.

    Raises:
        CountError: a column is missing, a merchant or code is null, a count is no whole
            number from 0, a merchant has two sectors, is missing from `complaints`, or has
            fewer complaints in all than with one code.

    >>> long = pd.DataFrame({"merchant": list("AABB"), "sector": "wallet",
    ...     "code": ["fee", "login"] * 2, "count": [3, 1, 10, 20]})
    >>> count_cells(long)[["merchant", "code", "a", "b", "c", "d"]].values.tolist()[0]
    ['A', 'fee', 3.0, 1.0, 10.0, 20.0]
    """
    cells = _summed(counts, _CELL, "count", "a")
    if complaints is None:
        who = _summed(counts, _WHO, "count", "own")
    else:
        who = _summed(complaints, _WHO, "complaints", "own")
    _check_sectors(cells, who)
    if with_zeros:
        cells = _with_zero_cells(cells, who)
    cells = cells.merge(who[["merchant", "own"]], on="merchant", how="left")
    _check_totals(cells)
    cells["b"] = cells["own"] - cells["a"]
    cells["c"] = _complaints_with_code(cells) - cells["a"]
    cells["d"] = _complaints_of_everyone(cells, who) - cells["own"] - cells["c"]
    cells["background"] = np.where(cells["sector"].isna(), "all", "sector")
    cells = cells.sort_values(["merchant", "code"], ignore_index=True)
    return cells[[*_CELL, "background", "a", "b", "c", "d"]]


def score_cells(
    counts: pd.DataFrame,
    complaints: pd.DataFrame | None = None,
    *,
    prior: GammaMixture | None = None,
    rules: Sequence[SignalRule] | None = None,
) -> ScoredCells:
    """Measure every merchant and code that has a complaint, and mark the signals.

    Tables as for `count_cells`. Without `prior` one is fitted on these cells, each counted
    as one that is not 0. Without `rules`, those of the taxonomy. Cells come as they do from
    `count_cells`; the same complaints give the same scores in whatever order.

    Raises:
        CountError: see `count_cells`.

    >>> long = pd.DataFrame({"merchant": list("AABB"), "sector": "wallet",
    ...     "code": ["fee", "login"] * 2, "count": [9, 1, 10, 90]})
    >>> scored = score_cells(long)
    >>> scored.cells.loc[scored.cells["signal_ic_lower"], ["merchant", "code"]].values.tolist()
    [['A', 'fee']]
    """
    cells = count_cells(counts, complaints)
    cells = cells[cells["a"] > 0].reset_index(drop=True)
    tables = four_fold(*(cells[part].to_numpy(dtype=np.float64) for part in "abcd"))
    fit = None
    if prior is None and len(cells) >= _FIT_FROM:
        fit = fit_prior(tables.a, tables.expected)
    chosen = prior or (fit.prior if fit else DUMOUCHEL_START)
    measures = measure(tables, chosen)
    columns = {field.name: getattr(measures, field.name) for field in fields(Measures)}
    signals = {f"signal_{code}": met for code, met in find_signals(measures, rules).items()}
    return ScoredCells(cells=cells.assign(**columns, **signals), prior=chosen, fit=fit)


def _summed(table: pd.DataFrame, keys: list[str], count: str, name: str) -> pd.DataFrame:
    """Check the columns of a long table and add up the rows of one key, as `name`."""
    wanted = [*keys, count]
    if not set(wanted) <= set(table.columns):
        raise CountError(
            f"expected the columns {wanted}; found {list(table.columns)}. Name them so."
        )
    for column in keys:
        if column != "sector" and table[column].isna().any():
            raise CountError(f"{column}: expected a value in every row; found none. Leave it out.")
    numbers = pd.to_numeric(table[count], errors="coerce").to_numpy(dtype=np.float64)
    sound = np.isfinite(numbers) & (numbers >= 0) & (numbers == np.floor(numbers))
    if not sound.all():
        raise CountError(
            f"{count}: expected whole numbers from 0; found "
            f"{table[count][~sound].head(3).tolist()}. Correct them."
        )
    rows = table[keys].assign(**{name: numbers})
    return rows.groupby(keys, dropna=False, as_index=False, sort=False, observed=True)[name].sum()


def _check_sectors(cells: pd.DataFrame, who: pd.DataFrame) -> None:
    """Refuse a merchant of two sectors: he would have two backgrounds."""
    both = pd.concat([cells[_WHO], who[_WHO]], ignore_index=True)
    sector = pd.Series(pd.factorize(both["sector"])[0])
    several = sector.groupby(both["merchant"], observed=True).nunique() > 1
    if several.any():
        raise CountError(
            f"sector: expected one per merchant; found several for {several[several].index[0]!r}. "
            "Decide for one."
        )


def _check_totals(cells: pd.DataFrame) -> None:
    """Refuse a merchant with fewer complaints in all than with one code, or with none."""
    bad = cells[~(cells["a"] <= cells["own"])]
    if len(bad):
        merchant, code, with_code, own = bad[["merchant", "code", "a", "own"]].iloc[0]
        raise CountError(
            f"complaints: expected {with_code:.0f} or more of merchant {merchant!r}, who has so "
            f"many with {code!r}; found {own}. Count all his complaints, each once."
        )


def _with_zero_cells(cells: pd.DataFrame, who: pd.DataFrame) -> pd.DataFrame:
    """Add a cell of 0 for each code of the background that a merchant has no complaint of."""
    is_unknown = who["sector"].isna()
    of_sector = cells.loc[cells["sector"].notna(), ["sector", "code"]].drop_duplicates()
    every = cells[["code"]].drop_duplicates()
    grid = pd.concat(
        [
            who.loc[~is_unknown, _WHO].merge(of_sector, on="sector"),
            who.loc[is_unknown, _WHO].merge(every, how="cross"),
        ],
        ignore_index=True,
    )
    full = grid.merge(cells[["merchant", "code", "a"]], on=["merchant", "code"], how="left")
    return full.fillna({"a": 0.0})


def _complaints_with_code(cells: pd.DataFrame) -> pd.Series:
    """Count, for each cell, the complaints with its code in the sector, or of everybody."""
    everywhere = cells.groupby("code", observed=True)["a"].transform("sum")
    in_sector = cells.groupby(["sector", "code"], observed=True)["a"].transform("sum")
    return in_sector.where(cells["sector"].notna(), everywhere)


def _complaints_of_everyone(cells: pd.DataFrame, who: pd.DataFrame) -> pd.Series:
    """Count, for each cell, all complaints of the sector, or of everybody."""
    of_sector = who.groupby("sector", observed=True)["own"].sum()
    return cells["sector"].map(of_sector).astype(np.float64).fillna(who["own"].sum())

"""How unusual a merchant's mix of complaints is, beside the other merchants of his sector.

In: the corpus. Out: one row per merchant and code: his share of it, the share of the
sector's other merchants, and how sure the difference is; or why that cannot be said. Out of
scope: the measures (`pipelines.detect.disproportion`), time and coverage: all complaints of
the build count, dated or not.

Nobody here knows how many customers a merchant has: a mix is unusual, never risky.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.detect.code_table import score_cells
from pipelines.detect.signal_rules import load_signal_rules
from pipelines.grouping.corpus import Corpus
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.tables import MIXES_SCHEMA

RULE = "ebgm_lower"
"""The rule of `taxonomy/disproportion.yml` by which a mix is called unusual."""

_WHO = ["merchant", "sector"]
_MEASURES = {
    "background": "background_count",
    "background_share": "background_share",
    "mix_expected": "expected",
    "ratio": "ebgm",
    "lower": "eb05",
    "upper": "eb95",
    "ic": "ic",
    "ic_lower": "ic_lower",
    "ic_upper": "ic_upper",
}
"""Columns of the result, and what they are called in the scored cells."""


def compare_mixes(corpus: Corpus, criteria: Criteria) -> pa.Table:
    """Compare every merchant and code with the rest of the sector, merchants in order of key.

    `missing` says why there is no comparison: `no_sector`, or `no_background` where the
    other merchants of the sector have too few complaints.
    """
    counts, complaints = _counted(corpus)
    if counts.empty:
        return MIXES_SCHEMA.empty_table()
    rows = counts.merge(complaints, on=_WHO)
    rows = rows.assign(
        share=rows["count"] / rows["complaints"],
        missing=np.where(rows["sector"].isna(), "no_sector", "no_background"),
    )
    scored = _scored(counts, complaints)
    scored = scored[scored["background_count"] >= criteria.background_at_least]
    rows = rows.merge(scored, on=["merchant", "code"], how="left")
    rows.loc[rows["is_signal"].notna(), "missing"] = None
    return _table(rows.sort_values(["merchant", "code"], ignore_index=True), corpus)


def _counted(corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count complaints per merchant and code, and per merchant; one sector for each merchant."""
    who = pd.DataFrame(
        {
            "merchant": corpus.features["merchant_key"].to_pandas(),
            "sector": corpus.features["sector"].to_pandas(),
        }
    )
    who["sector"] = who.groupby("merchant")["sector"].transform("min")
    rows = np.repeat(np.arange(len(who)), np.diff(corpus.codes.indptr))
    coded = who.iloc[rows].assign(code=corpus.codes.indices)
    keys = [*_WHO, "code"]
    counts = coded.dropna(subset="merchant").groupby(keys, dropna=False).size()
    complaints = who.dropna(subset="merchant").groupby(_WHO, dropna=False).size()
    return counts.reset_index(name="count"), complaints.reset_index(name="complaints")


def _scored(counts: pd.DataFrame, complaints: pd.DataFrame) -> pd.DataFrame:
    """Score the cells of merchants who are not alone in a sector; they teach the prior."""
    rule = next(rule for rule in load_signal_rules() if rule.code == RULE)
    in_sector = complaints.groupby("sector")["merchant"].transform("size")
    compared = complaints[in_sector > 1]
    counts = counts[counts["merchant"].isin(set(compared["merchant"]))]
    if counts.empty:
        return pd.DataFrame(columns=["merchant", "code", "is_signal", *_MEASURES.values()])
    cells = score_cells(counts, compared, rules=[rule]).cells
    background = cells["c"] + cells["d"]
    return cells.assign(
        background_count=background,
        background_share=cells["c"] / background,
        is_signal=cells[f"signal_{RULE}"].astype(object),
    )[["merchant", "code", "is_signal", *_MEASURES.values()]]


def _table(rows: pd.DataFrame, corpus: Corpus) -> pa.Table:
    axes, codes = (np.array(names, dtype=object) for names in zip(*corpus.code_names, strict=True))
    columns = {
        "merchant_key": rows["merchant"],
        "issue_axis": axes[rows["code"]],
        "issue_code": codes[rows["code"]],
        "sector": rows["sector"],
        "complaints": rows["count"],
        "share": rows["share"],
        **{name: rows[measure] for name, measure in _MEASURES.items()},
        "is_signal": rows["is_signal"],
        "missing": rows["missing"],
    }
    return pa.table(
        [pa.array(columns[field.name], field.type, from_pandas=True) for field in MIXES_SCHEMA],
        schema=MIXES_SCHEMA,
    )

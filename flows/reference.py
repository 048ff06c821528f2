"""Writes as tables: taxonomy, law, declarations of sources, thresholds of reading.

Pages take their labels from them, and the review queue what the machine was not sure of.
"""

from __future__ import annotations

import pyarrow as pa

from pipelines.classify import load_model
from pipelines.classify.second_reader import thresholds_of
from pipelines.law import load_rulebook
from pipelines.law.tables import reference_tables
from pipelines.taxonomy import Taxonomy
from spiders.sources import load_source, source_names
from warehouse.work import Work


def write_reference(work: Work, taxonomy: Taxonomy) -> None:
    """Replace the tables of schema `codes`, and the thresholds."""
    work.replace("codes.entries", _entries(taxonomy))
    work.replace("codes.merchants", _merchants(taxonomy))
    work.replace("enriched.reading_thresholds", pa.Table.from_pylist(thresholds_of(load_model())))
    work.replace("codes.sources", _sources())
    for name, rows in reference_tables(load_rulebook()).items():
        work.replace(f"codes.{name}", rows)


def _entries(taxonomy: Taxonomy) -> pa.Table:
    entries = taxonomy.entries.values()
    return pa.table(
        {
            "axis": [str(entry.axis) for entry in entries],
            "code": [entry.code for entry in entries],
            "label_zh": [entry.label.zh for entry in entries],
            "label_en": [entry.label.en for entry in entries],
            "definition_zh": [entry.definition.zh for entry in entries],
            "definition_en": [entry.definition.en for entry in entries],
            "is_retired": [entry.retired is not None for entry in entries],
        }
    )


def _merchants(taxonomy: Taxonomy) -> pa.Table:
    merchants = taxonomy.merchants.values()
    return pa.table(
        {
            "merchant_key": pa.array([each.key for each in merchants], pa.string()),
            "merchant_name": pa.array([each.name for each in merchants], pa.string()),
            "sector": pa.array([each.sector for each in merchants], pa.string()),
            "parent_key": pa.array([each.parent for each in merchants], pa.string()),
        }
    )


def _sources() -> pa.Table:
    specs = [load_source(name) for name in source_names()]
    return pa.table(
        {
            "source": [spec.name for spec in specs],
            "label_zh": [spec.labels.zh for spec in specs],
            "label_en": [spec.labels.en for spec in specs],
            "is_public": [spec.is_public for spec in specs],
            "terms": [spec.terms.note for spec in specs],
            "settles_after_days": pa.array([spec.settles_after_days for spec in specs], pa.int32()),
        }
    )

"""Writes the taxonomy, the law and the declarations of sources as tables, for labels on pages."""

from __future__ import annotations

import pyarrow as pa

from pipelines.law import load_rulebook
from pipelines.law.tables import reference_tables
from pipelines.taxonomy import Taxonomy
from spiders.sources import load_source, source_names
from warehouse.work import Work


def write_reference(work: Work, taxonomy: Taxonomy) -> None:
    """Replace the tables of schema `codes`."""
    work.replace("codes.entries", _entries(taxonomy))
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

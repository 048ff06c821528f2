"""Lets a build obey what people read in complaints where the machine read otherwise.

In: the corrections of the ledger. Out: `enriched.corrections` and `corrected_readings`, which
stand before what the machine read in all that follows, in every build. What was read stays as
it is, so that an undone correction leaves no trace. Out of scope: learning from corrections
(`flows.learn`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from pipelines.classify.truth import Truth, truths_of
from pipelines.labels import Code
from pipelines.taxonomy import Taxonomy
from warehouse.casework.ledger import Ledger
from warehouse.work import Work

_CODES = pa.schema(
    (
        pa.field("complaint_id", pa.string(), nullable=False),
        pa.field("axis", pa.string(), nullable=False),
        pa.field("code", pa.string()),
        pa.field("is_alleged", pa.bool_(), nullable=False),
    )
)
_READINGS = pa.schema(
    (
        pa.field("complaint_id", pa.string(), nullable=False),
        pa.field("kind", pa.string()),
        pa.field("outcome", pa.string()),
    )
)


def obey_corrections(work: Work, ledger: Ledger, taxonomy: Taxonomy) -> None:
    """Replace the corrections by those of the ledger that nobody undid.

    A code that the taxonomy does not have any more is passed over; the event stays.
    """
    truths = truths_of(ledger.reading_corrections())
    known = {code for code, entry in taxonomy.entries.items() if entry.retired is None}
    work.replace("enriched.corrections", code_rows(truths, known))
    readings = [
        {"complaint_id": complaint_id, "kind": truth.kind, "outcome": truth.outcome}
        for complaint_id, truth in truths.items()
        if truth.kind or truth.outcome
    ]
    work.replace("enriched.corrected_readings", pa.Table.from_pylist(readings, schema=_READINGS))


def code_rows(truths: Mapping[str, Truth], known: Iterable[Code]) -> pa.Table:
    """Give a row per judged code, and one without a code for an axis that was judged whole."""
    known = frozenset(known)
    judged = {each: sorted((truth.codes | truth.judged) & known) for each, truth in truths.items()}
    rows = [
        {"complaint_id": complaint_id, "axis": axis, "code": code, "is_alleged": is_alleged}
        for complaint_id, truth in truths.items()
        for axis, code, is_alleged in (
            *((*code, code in truth.codes) for code in judged[complaint_id]),
            *((axis, None, False) for axis in sorted(truth.known)),
        )
    ]
    return pa.Table.from_pylist(rows, schema=_CODES)

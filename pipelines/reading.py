"""Reads what a complaint says: the one step from a raw text to everything known of it.

In: staged complaints, singly or as an Arrow table. Out: readings, as records or as the
tables of schema `enriched` plus `issues`. Out of scope: resolving names over all
complaints, copies and groups, which need more than one complaint.

Redaction comes first; every later step sees the redacted narrative only. A record that
makes a step fail gets a minimal reading and an issue: one bad record never stops a batch,
and no issue holds a word of it.
"""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import PurePath

import pyarrow as pa

from pipelines.classify import MODEL_VERSION
from pipelines.coding import Coder, Told
from pipelines.dedupe import signatures
from pipelines.extract.dates import find_dates
from pipelines.extract.minors import is_childs_act
from pipelines.extract.money import Sum, find_amounts, stated_loss
from pipelines.extract.regions import find_region
from pipelines.language import detect_language
from pipelines.normalise import Normalised
from pipelines.reading_tables import ReadRow, complaints_of, tables_of
from pipelines.records import Amount, Complaint, Issue, Outcome, Reading
from pipelines.redact import Redacted, redact
from pipelines.respondents.find import find_parties
from pipelines.respondents.lexicon import Lexicon, build_lexicon
from pipelines.respondents.private_persons import private_name, pseudonym
from pipelines.segment import content_of, sentences, words
from pipelines.taxonomy import Taxonomy

STEP_VERSION = f"3+{MODEL_VERSION}"
"""Raised when the same input would be read otherwise; every reading is then made anew."""

_ISO_CURRENCY = re.compile(r"[A-Z]{3}")
_PLACEHOLDER = re.compile(r"\[[a-z_]+_\d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """What reading needs besides the complaint; built once per process.

    `redact_column` redacts a short value of a source's own column.
    """

    taxonomy: Taxonomy
    coder: Coder
    lexicon: Lexicon
    key: bytes
    redact_column: Callable[[str], str]

    @classmethod
    def build(cls, *, taxonomy: Taxonomy, key: bytes) -> ReadingContext:
        """Compile a taxonomy for reading. `key` is the installation's, for hashing links."""
        return cls(
            taxonomy=taxonomy,
            coder=Coder(taxonomy),
            lexicon=build_lexicon(taxonomy.merchants),
            key=key,
            redact_column=lru_cache(maxsize=50_000)(
                lambda value: redact(value, key).narrative.text
            ),
        )


def read_complaint(complaint: Complaint, context: ReadingContext) -> Reading:
    """Read one complaint: redact its text, then find all it says.

    The same complaint and context give the same reading. Never raises for the content of a
    record: what fails becomes an issue of the reading.
    """
    return _read(complaint, context)[0]


def read_batch(table: pa.Table, context: ReadingContext) -> dict[str, pa.Table]:
    """Read a batch of `staged.complaints` into the tables of schema `enriched`.

    Gives `readings`, `findings`, `amounts`, `dates`, `links`, `parties` (columns as their
    definitions have them) and `issues` (complaint_id, step, reason); one reading per row,
    in the order of the rows.
    """
    read = [(*_read(complaint, context), key) for complaint, key in complaints_of(table)]
    sketches = signatures([wording for _, wording, _ in read])
    rows = [
        ReadRow(
            reading=reading,
            input_hash=input_hash,
            step_version=STEP_VERSION,
            taxonomy_version=context.taxonomy.version,
            text_hash=hashlib.blake2b(_as_bytes(wording), digest_size=16).hexdigest(),
            signature=sketch,
        )
        for (reading, wording, input_hash), sketch in zip(read, sketches, strict=True)
    ]
    return tables_of(rows)


def _read(complaint: Complaint, context: ReadingContext) -> tuple[Reading, str]:
    """Read one complaint; beside the reading, give its normalised wording for comparison."""
    try:
        names = _private_names(complaint, context.lexicon)
        redacted = redact(whole_text(complaint), context.key, names)
    except Exception as error:  # noqa: BLE001 - one bad record must not stop the batch
        return _failed(complaint, None, error), ""
    try:
        reading = _read_redacted(complaint, redacted, context)
    except Exception as error:  # noqa: BLE001 - one bad record must not stop the batch
        reading = _failed(complaint, redacted, error)
    return reading, _PLACEHOLDER.sub("", redacted.narrative.normalised.text)


def _private_names(complaint: Complaint, lexicon: Lexicon) -> list[str]:
    """List the private persons whom the columns name: the text calls them so as well."""
    given = (complaint.respondent_name, complaint.platform_name)
    return [name for one in given if one and (name := private_name(one, lexicon))]


def whole_text(complaint: Complaint) -> str:
    """Give the text that is read: the title, if there is one, a line break, the narrative."""
    return complaint.text if complaint.title is None else f"{complaint.title}\n{complaint.text}"


def _read_redacted(complaint: Complaint, redacted: Redacted, context: ReadingContext) -> Reading:
    """Take every later step on the redacted narrative."""
    narrative = redacted.narrative
    complaint = _without_personal_data(complaint, redacted, context)
    view = narrative.normalised
    parts = sentences(view.text)
    parties = find_parties(narrative.text, view, complaint, context.lexicon)
    told = Told(
        complaint=complaint,
        narrative=narrative,
        sentences=parts,
        words=words(view.text),
        title_length=len(complaint.title or ""),
        parties=parties,
    )
    coding = context.coder.code(told)
    sums = find_amounts(view.text)
    return Reading(
        complaint_id=complaint.complaint_id,
        kind=coding.kind,
        language=detect_language(narrative.text),
        redacted_text=narrative.text,
        title_length=told.title_length,
        outcome=coding.outcome,
        region=find_region(complaint.region_name, view.text),
        is_minor=is_childs_act(view.text, parts),
        loss=_loss(complaint, coding.outcome, sums),
        tokens=content_of(told.words),
        redactions=redacted.redactions,
        links=redacted.links,
        findings=coding.findings,
        mentions=coding.mentions,
        parties=parties,
        amounts=_amounts(sums, view),
        dates=tuple(
            replace(mention, span=view.to_source(*mention.span))
            for mention in find_dates(view.text)
        ),
        issues=tuple(
            Issue(complaint_id=complaint.complaint_id, step="labels", reason=f"unmapped: {label}")
            for label in coding.unmapped_labels
        ),
    )


def _without_personal_data(
    complaint: Complaint, redacted: Redacted, context: ReadingContext
) -> Complaint:
    """Put redacted words in the place of all the raw ones that a complaint carries."""
    text = redacted.narrative.text
    title_length = 0 if complaint.title is None else redacted.to_redacted(len(complaint.title))

    def column(value: str | None) -> str | None:
        return context.redact_column(value) if value else None

    def party(value: str | None) -> str | None:
        name = private_name(value, context.lexicon) if value else None
        return pseudonym(name, context.key) if name else column(value)

    return replace(
        complaint,
        title=text[:title_length] or None,
        text=text[title_length:],
        respondent_name=party(complaint.respondent_name),
        platform_name=party(complaint.platform_name),
        region_name=column(complaint.region_name),
        problem=column(complaint.problem),
        demand=column(complaint.demand),
        labels=tuple((name, column(value) or "") for name, value in complaint.labels),
    )


def _amounts(sums: Sequence[Sum], view: Normalised) -> tuple[Amount, ...]:
    """Point the sums found in the normalised view into the redacted text."""
    return tuple(
        Amount(
            value=one.value, currency=one.currency, role=one.role, span=view.to_source(*one.span)
        )
        for one in sums
    )


def _loss(
    complaint: Complaint, outcome: Outcome, sums: Sequence[Sum]
) -> tuple[Decimal, str] | None:
    """Give the money at stake: the source's own figure, else what the text says was paid.

    None once the matter is resolved: then nothing is outstanding; None too for a figure in
    something that is no ISO currency.
    """
    if outcome == "resolved":
        return None
    if complaint.amount_value is not None and complaint.amount_value > 0:
        currency = complaint.amount_currency or "CNY"
        return (complaint.amount_value, currency) if _ISO_CURRENCY.fullmatch(currency) else None
    return stated_loss(sums)


def _failed(complaint: Complaint, redacted: Redacted | None, error: Exception) -> Reading:
    """Give the minimal reading of a record that a step failed on."""
    text = redacted.narrative.text if redacted else ""
    return Reading(
        complaint_id=complaint.complaint_id,
        kind="other",
        language="und",
        redacted_text=text,
        title_length=0,
        outcome="unknown",
        region=None,
        is_minor=None,
        loss=None,
        tokens=(),
        redactions=redacted.redactions if redacted else (),
        links=redacted.links if redacted else (),
        issues=(
            Issue(
                complaint_id=complaint.complaint_id,
                step=_failing_step(error),
                reason=f"{type(error).__name__}: the step failed; the rest was not read",
            ),
        ),
    )


def _failing_step(error: Exception) -> str:
    """Name the module that an error came through, next below this one."""
    frames = traceback.extract_tb(error.__traceback__)
    modules = [PurePath(frame.filename).stem for frame in frames]
    below = [module for module in modules if module not in ("reading", "reading_tables")]
    return below[0] if below else "reading"


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

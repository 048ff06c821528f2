"""Reads what a complaint says: the one step from a raw text to everything known of it.

In: staged complaints, singly or as an Arrow table. Out: readings, as records or as the
tables of schema `enriched` plus `issues`. Out of scope: putting a reading together from what
the steps found (`pipelines.draft`); resolving names over all complaints, copies and groups,
which need more than one complaint.

Redaction comes first; every later step sees the redacted narrative only. A record that
makes a step fail gets a minimal reading and an issue: one bad record never stops a batch,
and no issue holds a word of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import pyarrow as pa

from pipelines.cases.report import read_cases
from pipelines.classify import MODEL_VERSION, Hints, Opinion
from pipelines.coding import Coder
from pipelines.dedupe import signatures
from pipelines.draft import Draft, compose, failed
from pipelines.endings import outcome_with_record
from pipelines.errors import PipelineError
from pipelines.extract.dates import find_dates
from pipelines.extract.minors import is_childs_act
from pipelines.extract.money import find_amounts
from pipelines.extract.removed import find_removed
from pipelines.extract.roles import find_role
from pipelines.extract.speakers import kinds_of_names
from pipelines.hearing import hear
from pipelines.reading_tables import ReadRow, complaints_of, tables_of
from pipelines.records import Complaint, Reading, ReplyBy
from pipelines.redact import Narrative, Redacted, redact, without_passages
from pipelines.redacted_replies import redact_replies
from pipelines.respondents import resolve_names
from pipelines.respondents.find import find_parties
from pipelines.respondents.joining import prepare_known
from pipelines.respondents.lexicon import Lexicon, build_lexicon
from pipelines.respondents.private_persons import in_capitals, private_name, pseudonym
from pipelines.segment import sentences, words
from pipelines.taxonomy import Taxonomy
from pipelines.weighing import Told

STEP_VERSION = f"10+{MODEL_VERSION}"
"""Raised when the same input would be read otherwise; every reading is then made anew."""

_PLACEHOLDER = re.compile(r"\[[a-z_]+_\d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """What reading needs besides the complaint; built once per process.

    `redact_column` redacts a short value of a source's own column; `private_name_of` gives the
    private person that such a value names; `merchant_of` resolves a name by itself to a row of
    `resolve_names`. All remember a bounded number of values.
    `speaker_kinds` says of known names what kind of party answers under them.
    """

    taxonomy: Taxonomy
    coder: Coder
    lexicon: Lexicon
    key: bytes
    redact_column: Callable[[str], str]
    private_name_of: Callable[[str], str | None]
    merchant_of: Callable[[str], dict[str, Any]]
    speaker_kinds: Mapping[str, ReplyBy]

    @classmethod
    def build(cls, *, taxonomy: Taxonomy, key: bytes) -> ReadingContext:
        """Compile a taxonomy for reading. `key` is the installation's, for hashing links."""
        lexicon = build_lexicon(taxonomy.merchants)
        known = prepare_known(lexicon)

        def resolved(name: str) -> dict[str, Any]:
            names = pa.table({"raw": pa.array([name], pa.string())})
            table = resolve_names(names, taxonomy, lexicon=lexicon, known=known)
            row: dict[str, Any] = table.to_pylist()[0]
            return row

        return cls(
            taxonomy=taxonomy,
            coder=Coder(taxonomy),
            lexicon=lexicon,
            key=key,
            redact_column=lru_cache(maxsize=50_000)(
                lambda value: redact(value, key).narrative.text
            ),
            private_name_of=lru_cache(maxsize=50_000)(partial(private_name, lexicon=lexicon)),
            merchant_of=lru_cache(maxsize=50_000)(resolved),
            speaker_kinds=kinds_of_names(taxonomy.merchants.values()),
        )


def read_complaint(complaint: Complaint, context: ReadingContext) -> Reading:
    """Read one complaint, as `read_complaints` reads many."""
    (reading,) = read_complaints([complaint], context)
    return reading


def read_complaints(complaints: Sequence[Complaint], context: ReadingContext) -> list[Reading]:
    """Read complaints: redact each text, then find all it says; one reading each, in order.

    The same complaint and context give the same reading, whatever stands beside it. Never
    raises for the content of a record: what fails becomes an issue of the reading.
    """
    return [reading for reading, _wording in _read(complaints, context, _ALL_STEPS)]


def weigh_complaints(
    complaints: Sequence[Complaint], context: ReadingContext
) -> list[tuple[tuple[str, ...], Hints] | None]:
    """Give the words of each complaint and what the rules say of it, to learn from.

    None for a complaint that cannot be read.
    """
    drafts = [_opened(complaint, context) for complaint in complaints]
    for step in _WEIGHING:
        for draft in drafts:
            if isinstance(draft, Draft) and draft.reading is None:
                _take(step, draft, context)
    return [
        (draft.told.words, draft.weighed.hints)
        if isinstance(draft, Draft) and draft.reading is None
        else None
        for draft in drafts
    ]


def read_batch(table: pa.Table, context: ReadingContext) -> dict[str, pa.Table]:
    """Read a batch of `staged.complaints` into the tables of schema `enriched`.

    Gives `readings`, `findings`, `amounts`, `dates`, `links`, `parties` (columns as their
    definitions have them) and `issues` (complaint_id, step, reason); one reading per row,
    in the order of the rows.
    """
    complaints, keys = zip(*complaints_of(table), strict=True) if table.num_rows else ((), ())
    read = _read(complaints, context, (*_STEPS, _compose))
    sketches = signatures([wording for _, wording in read])
    rows = [
        ReadRow(
            reading=reading,
            input_hash=input_hash,
            step_version=STEP_VERSION,
            taxonomy_version=context.taxonomy.reading_version,
            text_hash=hashlib.blake2b(_as_bytes(wording), digest_size=16).hexdigest(),
            signature=sketch,
        )
        for (reading, wording), input_hash, sketch in zip(read, keys, sketches, strict=True)
    ]
    return tables_of(rows)


def _read(
    complaints: Sequence[Complaint], context: ReadingContext, steps: Sequence[_Step]
) -> list[tuple[Reading, str]]:
    """Read complaints; beside each reading, give its normalised wording for comparison.

    All of them go through one step before the next begins: what a step looks into (its
    words, its rules) is then at hand in the processor's cache, which halves the time.
    """
    opened = [_opened(complaint, context) for complaint in complaints]
    drafts = [draft for draft in opened if isinstance(draft, Draft)]
    for step in steps:
        for draft in drafts:
            if draft.reading is None:
                _take(step, draft, context)
    return [
        (_result(one), _wording(one)) if isinstance(one, Draft) else (one, "") for one in opened
    ]


def _take(step: _Step, draft: Draft, context: ReadingContext) -> None:
    """Take one step; one that fails ends the draft with a minimal reading."""
    try:
        step(draft, context)
    except PipelineError:
        raise  # no fault of the record: every other one would fail as well
    except Exception as error:  # noqa: BLE001 - one bad record must not stop the batch
        draft.reading = failed(draft.complaint, draft.redacted, step.__name__, error)


def _opened(complaint: Complaint, context: ReadingContext) -> Draft | Reading:
    """Redact a complaint: the steps see nothing of it but what comes out of this."""
    try:
        names = _private_names(complaint, context)
        redacted = redact(whole_text(complaint), context.key, names)
        clean = _without_personal_data(complaint, redacted, context)
        if complaint.replies:
            told = redact_replies(complaint.replies, whole_text(complaint), context.key, names)
            clean = replace(clean, replies=told)
    except Exception as error:  # noqa: BLE001 - one bad record must not stop the batch
        return failed(complaint, None, "redact", error)
    return Draft(complaint=clean, redacted=redacted)


def _result(draft: Draft) -> Reading:
    assert draft.reading is not None, "the last step composes it"
    return draft.reading


def _wording(draft: Draft) -> str:
    return _PLACEHOLDER.sub("", draft.redacted.narrative.normalised.text)


def _private_names(complaint: Complaint, context: ReadingContext) -> list[str]:
    """List the private persons whom the columns name: the text calls them so as well."""
    given = (complaint.respondent_name, complaint.platform_name)
    return [name for one in given if one and (name := context.private_name_of(one))]


def whole_text(complaint: Complaint) -> str:
    """Give the text that is read: the title, if there is one, a line break, the narrative."""
    return complaint.text if complaint.title is None else f"{complaint.title}\n{complaint.text}"


def _segment(draft: Draft, context: ReadingContext) -> None:
    """Divide a text; what is removed is blank from here on, and no step reads it."""
    narrative = draft.redacted.narrative
    text = narrative.normalised.text
    spans = sentences(text)
    draft.removed = find_removed(text, spans)
    if draft.removed:
        narrative = without_passages(narrative, [one.span for one in draft.removed])
        text = narrative.normalised.text
        spans = sentences(text)
    draft.told = Told(
        complaint=draft.complaint,
        narrative=narrative,
        sentences=spans,
        words=words(text),
        title_length=len(draft.complaint.title or ""),
        is_case=draft.is_case,
    )


def _find_parties(draft: Draft, context: ReadingContext) -> None:
    narrative = draft.told.narrative
    parties = find_parties(narrative.text, narrative.normalised, draft.complaint, context.lexicon)
    draft.told = replace(draft.told, parties=parties)


def _find_terms(draft: Draft, context: ReadingContext) -> None:
    draft.document = context.coder.document(draft.told)


def _match_rules(draft: Draft, context: ReadingContext) -> None:
    draft.hits = context.coder.hits(draft.document)


def _find_cues(draft: Draft, context: ReadingContext) -> None:
    draft.cues = context.coder.cues(draft.document)


def _weigh(draft: Draft, context: ReadingContext) -> None:
    draft.weighed = context.coder.weigh(draft.told, draft.hits, draft.cues)
    del draft.document, draft.hits, draft.cues  # nobody asks for them again


def _form_opinion(draft: Draft, context: ReadingContext) -> None:
    draft.opinion = context.coder.opinion(draft.told, draft.weighed)


def _judge(draft: Draft, context: ReadingContext) -> None:
    told, of_report = draft.told, draft.of_report
    draft.coding = context.coder.judge(told, draft.weighed, draft.opinion, of_report)


def _settle(draft: Draft, context: ReadingContext) -> None:
    """Let the state that the source gives, and the complainant's last words, say how it ended."""
    complaint, coding = draft.complaint, draft.coding
    if coding.kind != "complaint" or draft.is_case or not (complaint.status or complaint.replies):
        return
    outcome = outcome_with_record(coding.outcome, complaint.status, complaint.replies)
    draft.coding = replace(coding, outcome=outcome)


def _find_amounts(draft: Draft, context: ReadingContext) -> None:
    draft.sums = find_amounts(draft.told.narrative.normalised.text)


def _find_dates(draft: Draft, context: ReadingContext) -> None:
    draft.dates = find_dates(draft.told.narrative.normalised.text)


def _tell_cases(draft: Draft, context: ReadingContext) -> None:
    """Read each case of a report from the passages that tell it."""
    if draft.coding.kind != "report":
        return
    draft.cases = read_cases(draft.told, partial(_read_case, context, draft.opinion))
    if len(draft.cases) == 1:  # headings outside its passages tell of it as well
        (case,) = draft.cases
        reading = replace(case.reading, contradictions=draft.heard.contradictions)
        draft.cases = (replace(case, reading=reading),)


def _read_case(
    context: ReadingContext,
    of_report: Opinion,
    complaint: Complaint,
    narrative: Narrative,
    is_only: bool,
) -> Reading:
    """Read the passages of one case of a report as the complaint they make."""
    redacted = Redacted(narrative=narrative, redactions=(), links=())
    draft = Draft(complaint=complaint, redacted=redacted, is_case=True)
    draft.of_report = of_report if is_only else None
    for step in (*_STEPS, _hear, _compose):
        step(draft, context)
    return _result(draft)


def _hear(draft: Draft, context: ReadingContext) -> None:
    draft.heard = hear(draft.told, draft.sums, draft.dates, context.speaker_kinds)


def _look_for_child(draft: Draft, context: ReadingContext) -> None:
    told = draft.told
    draft.is_minor = is_childs_act(told.narrative.normalised.text, told.sentences)


def _find_role(draft: Draft, context: ReadingContext) -> None:
    """Say what part the writer of a complaint played; what is removed tells it as well."""
    if draft.coding.kind == "complaint":
        text = draft.redacted.narrative.normalised.text
        draft.role = find_role(text, bool(draft.is_minor))


def _compose(draft: Draft, context: ReadingContext) -> None:
    draft.reading = compose(draft)


_Step = Callable[[Draft, ReadingContext], None]

_WEIGHING: tuple[_Step, ...] = (
    _segment,
    _find_parties,
    _find_terms,
    _match_rules,
    _find_cues,
    _weigh,
)
"""The steps to what the rules say of a text: what the second reader learns from."""

_STEPS: tuple[_Step, ...] = (
    *_WEIGHING,
    _form_opinion,
    _judge,
    _settle,
    _find_amounts,
    _find_dates,
    _look_for_child,
)
"""The steps that read a redacted complaint, before `_compose` puts together what they found."""

_ALL_STEPS: tuple[_Step, ...] = (*_STEPS, _hear, _tell_cases, _find_role, _compose)
"""With what came of the matter, the cases of reports told apart, and who complains: the tables
of a batch do not hold them."""


def _without_personal_data(
    complaint: Complaint, redacted: Redacted, context: ReadingContext
) -> Complaint:
    """Put redacted words in the place of all the raw ones that a complaint carries."""
    text = redacted.narrative.text
    title_length = 0 if complaint.title is None else redacted.to_redacted(len(complaint.title))

    def column(value: str | None) -> str | None:
        return context.redact_column(value) if value else None

    def party(value: str | None) -> str | None:
        name = context.private_name_of(value) if value else None
        if name:
            return pseudonym(name, context.key)
        return column(in_capitals(value, context.lexicon)) if value else None

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


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

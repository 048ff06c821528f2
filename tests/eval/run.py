"""How well texts are read: one run over all that is at hand.

In: a request. Out: the labelled texts with what was found in them, the parts that cannot be
measured, and the page. Out of scope: where the page goes (`tests.eval.__main__`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.reading import ReadingContext
from pipelines.taxonomy import load_taxonomy
from tests.eval.agreement import agreement
from tests.eval.contest import Rivals, bouts, learn, read_by
from tests.eval.freshness import current_versions, version_lines
from tests.eval.glance import glance_section
from tests.eval.in_words import words_section
from tests.eval.labels import FOLDER, SOURCE_OF_FILE, Label, read_labels
from tests.eval.parts import measure_parts, parts_sections
from tests.eval.predictions import predict
from tests.eval.redaction import marked_texts
from tests.eval.request import Request
from tests.eval.sample import GROUP_NAMES, LEARNED_FROM, LEARNED_GROUPS, Item, grouped
from tests.eval.sections import (
    agreement_section,
    calibration_section,
    cases_section,
    codes_section,
    contest_section,
    kind_section,
    single_codes_section,
    sources_section,
    sums_section,
)
from tests.eval.texts import Text, texts_by_id

_KEY = b"measuring links nothing".ljust(32, b".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that is measured. `not_run` says of every part that cannot be measured why.

    `learned` are the labels that baselines may learn from; each has its text.
    """

    context: ReadingContext
    texts: Mapping[str, Text]
    items: tuple[Item, ...]
    learned: tuple[Label, ...]
    not_run: tuple[str, ...]


def gather(request: Request) -> Material:
    """Read labels and texts, and analyse the texts."""
    context = _context()
    labels = read_labels(request.splits, request.folder / "labels")
    texts = _texts(request, labels)
    known = [label for label in labels if label.text_id in texts]
    measured = [label for label in known if label.split in request.measured]
    return Material(
        context=context,
        texts=texts,
        items=tuple(_items(measured, texts, context)),
        learned=tuple(label for label in known if label.split != "held"),
        not_run=tuple(_not_run(request, labels, texts)),
    )


def page(request: Request, material: Material) -> str:
    """Measure all that can be measured, and write it down."""
    groups = grouped(material.items)
    agreements = {
        GROUP_NAMES[group]: agreement([item.label for item in items])
        for group, items in groups.items()
    }
    parts = measure_parts(request, material.context)
    lines = [
        *_heading(material.not_run),
        *words_section(material.items, parts),
        *glance_section(material.items, parts),
        *_group_sections(request, material),
        *agreement_section(agreements),
        *parts_sections(parts),
    ]
    return "\n".join([*lines, (FOLDER / "notes.md").read_text(encoding="utf-8")])


@cache
def _context() -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=_KEY)


def _rivals(request: Request, material: Material) -> Rivals:
    """Let the baselines learn and read; none where there is nothing to learn from."""
    if not material.learned or not request.has_baselines:
        return {}
    baselines = learn(material.learned, material.texts, material.context.taxonomy)
    return read_by(baselines, material.items, material.learned)


def _texts(request: Request, labels: Sequence[Label]) -> dict[str, Text]:
    wanted: dict[str, list[str]] = {}
    for label in labels:
        wanted.setdefault(label.source, []).append(label.text_id)
    return texts_by_id(request.data, wanted, request.folder / "own")


def _items(labels: Sequence[Label], texts: dict[str, Text], context: ReadingContext) -> list[Item]:
    chosen = [texts[label.text_id] for label in labels]
    return [
        Item(label=label, text=text, found=found)
        for label, text, found in zip(labels, chosen, predict(chosen, context), strict=True)
    ]


def _not_run(request: Request, labels: Sequence[Label], texts: dict[str, Text]) -> Iterator[str]:
    """Say what could not be measured, and why."""
    if request.data is None:
        yield "near copies, and all texts of real sources: no ../shared/data beside the checkout"
    if not request.has_baselines:
        yield "the baselines: left out by an option"
    for name, source in SOURCE_OF_FILE.items():
        of_source = [label for label in labels if label.source == source]
        lost = [label.text_id for label in of_source if label.text_id not in texts]
        if not of_source:
            yield f"{name}: no labels in tests/eval/labels/{name}.jsonl"
        elif lost and (request.data is not None or source == "own"):
            yield f"{name}: {len(lost)} labelled texts are not found, such as {lost[0]}"
        elif lost:
            yield f"{name}: {len(lost)} labelled texts"
    for split in request.measured:
        if not marked_texts(split, request.folder):
            yield f"redaction ({split}): no texts in tests/eval/redaction_{split}.jsonl"
        if not (request.folder / f"names_{split}.jsonl").exists():
            yield f"names ({split}): no names in tests/eval/names_{split}.jsonl"


def _heading(not_run: Sequence[str]) -> list[str]:
    lines = [
        "# Accuracy",
        "",
        "How well this version reads texts, measured against what people read in them. Written",
        "by `make eval`; figures are micro-averaged, with 95 % intervals in brackets (2,000",
        "resamples of the texts). How it was labelled, and what the figures do not say, stands",
        "at the end.",
        "",
        *version_lines(current_versions()),
        f"* taxonomy read with: `{load_taxonomy().reading_version}`",
        "",
    ]
    if not_run:
        lines += ["**Not measured here:**", "", *(f"* {part}" for part in not_run), ""]
    return lines


def _group_sections(request: Request, material: Material) -> list[str]:
    """Write the groups one after the other; held-out texts have all sections."""
    lines: list[str] = []
    theirs = {name: grouped(items) for name, items in _rivals(request, material).items()}
    for group, members in grouped(material.items).items():
        lines += [f"## {GROUP_NAMES[group]}", ""]
        lines += [LEARNED_FROM, ""] if group in LEARNED_GROUPS else []
        lines += codes_section(members)
        rivals = {name: groups[group] for name, groups in theirs.items()}
        if rivals and group not in LEARNED_GROUPS:
            lines += contest_section(bouts(members, rivals))
        if group != "heimao":
            lines += sources_section(members)
        if group == "held" or request.is_dev_only:
            lines += single_codes_section(members)
        lines += [*kind_section(members), *sums_section(members), *cases_section(members)]
        lines += calibration_section(members)
    return lines

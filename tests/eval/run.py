"""One run: which parts can be measured with what is at hand, and their sections of the page.

In: a request. Out: the labelled texts with what was found in them, the parts that cannot be
measured, and the page. Out of scope: where the page goes (`tests.eval.__main__`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.reading import ReadingContext
from pipelines.taxonomy import load_taxonomy
from tests.eval.agreement import agreement
from tests.eval.bcubed import bcubed, read_truth, resolved
from tests.eval.contest import Rivals, bouts, learn, read_by
from tests.eval.freshness import current_versions, version_lines
from tests.eval.labels import FOLDER, SOURCE_OF_FILE, SPLITS, Label, Split, read_labels
from tests.eval.near_copies import Agreement as CopyAgreement
from tests.eval.near_copies import measure, sources
from tests.eval.predictions import predict
from tests.eval.redaction import marked_texts, score_redaction
from tests.eval.report import number, table, verdict
from tests.eval.sample import GROUP_NAMES, Item, grouped
from tests.eval.sections import (
    COPIES_BAR,
    NAMES_BAR,
    agreement_section,
    calibration_section,
    cases_section,
    codes_section,
    contest_section,
    kind_section,
    redaction_section,
    single_codes_section,
    sources_section,
    sums_section,
)
from tests.eval.texts import Text, texts_by_id

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
"""Where the real records lie, if they do: beside the checkout."""

_KEY = b"measuring links nothing".ljust(32, b".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to measure. `labels` is the folder of the label files, `data` that of the records."""

    is_dev_only: bool = False
    has_baselines: bool = True
    folder: Path = FOLDER
    data: Path | None = None

    @property
    def splits(self) -> tuple[Split, ...]:
        """The splits whose labels may be read."""
        return ("dev", "train") if self.is_dev_only else SPLITS

    @property
    def measured(self) -> tuple[Split, ...]:
        """The splits that are measured."""
        return ("dev",) if self.is_dev_only else ("held", "dev")


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
    context = ReadingContext.build(taxonomy=load_taxonomy(), key=_KEY)
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
    lines = [
        *_heading(material.not_run),
        *_group_sections(request, material),
        *agreement_section(agreements),
        *_redaction(request, material.context),
        *_names(request),
        *_copies(request),
    ]
    return "\n".join([*lines, (FOLDER / "notes.md").read_text(encoding="utf-8")])


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
        lines += codes_section(members)
        rivals = {name: groups[group] for name, groups in theirs.items()}
        if rivals:
            lines += contest_section(bouts(members, rivals))
        if group != "heimao":
            lines += sources_section(members)
        if group == "held" or request.is_dev_only:
            lines += single_codes_section(members)
        lines += [*kind_section(members), *sums_section(members), *cases_section(members)]
        lines += calibration_section(members)
    return lines


def _redaction(request: Request, context: ReadingContext) -> list[str]:
    texts = {split: marked_texts(split, request.folder) for split in request.measured}
    return redaction_section(
        {split: score_redaction(some, context) for split, some in texts.items() if some}
    )


def _names(request: Request) -> list[str]:
    rows = []
    for split in request.measured:
        if (path := request.folder / f"names_{split}.jsonl").exists():
            meant = read_truth(path)
            truth = {name: merchant or f"nobody: {name}" for name, merchant in meant.items()}
            result = bcubed(truth, resolved(truth))
            shares = [number(one) for one in (result.precision, result.recall, result.f1)]
            rows.append([split, str(len(truth)), *shares, *verdict(result.f1, NAMES_BAR)])
    header = ("split", "names", "B-cubed precision", "recall", "F1", "bar", "")
    return ["## Names resolved to merchants", "", *table(header, rows)] if rows else []


def _copies(request: Request) -> list[str]:
    if request.data is None:
        return []
    found = {name: measure(texts) for name, texts in sources(request.data)}
    rows = [_copy_row(name, one) for name, one in found.items()]
    rows.append(_copy_row("all", _pooled(list(found.values()))))
    header = ("source", "near copies", "found", "recall", "precision", "bar of recall", "")
    return ["## Near copies", "", *table(header, rows)]


def _copy_row(name: str, one: CopyAgreement) -> list[str]:
    cells = [name, str(one.exact), str(one.found), number(one.recall), number(one.precision)]
    return [*cells, *verdict(one.recall, COPIES_BAR)]


def _pooled(parts: Sequence[CopyAgreement]) -> CopyAgreement:
    """Count the pairs of all sources together."""
    exact, found = sum(one.exact for one in parts), sum(one.found for one in parts)
    hit = sum(one.recall * one.exact for one in parts)
    right = sum(one.precision * one.found for one in parts)
    return CopyAgreement(
        exact=exact,
        found=found,
        recall=hit / exact if exact else 1.0,
        precision=right / found if found else 1.0,
    )

"""The YAML file of one source's labels, as its author writes it, checked key by key.

In: the text of a file of `labels/`. Out: the `LabelTable` of `pipelines.labels`. Out of
scope: whether the codes exist, which `pipelines.taxonomy` checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter, model_validator

from pipelines.labels import (
    Code,
    LabelDecision,
    LabelEntry,
    LabelTable,
    ProductGroup,
    fold_label,
    label_table,
    product_group,
)
from pipelines.records import Axis
from pipelines.taxonomy.entry_files import Prose, Spec, checked

CodeRef = Annotated[str, StringConstraints(pattern=rf"^({'|'.join(Axis)}):[a-z][a-z0-9_]*$")]


class _Decision(Spec):
    give: list[CodeRef] | None = Field(default=None, min_length=1)
    none: Prose | None = None

    @model_validator(mode="after")
    def _decides_once(self) -> _Decision:
        if (self.give is None) == (self.none is None):
            raise ValueError("expected either give (codes) or none (the reason)")
        return self

    def decision(self) -> LabelDecision:
        return LabelDecision(
            codes=tuple(_code(ref) for ref in self.give or ()), none_because=self.none
        )


class _SubIssues(_Decision):
    labels: list[Prose] = Field(min_length=1)


class _Entry(_Decision):
    issues: list[Prose] = Field(min_length=1)
    where: Prose | None = None
    sub_issues: list[_SubIssues] = Field(default_factory=list)

    def record(self, groups: Mapping[str, ProductGroup]) -> LabelEntry:
        return LabelEntry(
            issues=tuple(self.issues),
            group=None if self.where is None else groups[self.where],
            decision=self.decision(),
            by_sub_issue={
                fold_label(label): refined.decision()
                for refined in self.sub_issues
                for label in refined.labels
            },
        )


class _Group(Spec):
    why: Prose
    products: list[Prose]
    sub_products: list[Prose]


class _LabelTable(Spec):
    source: Prose
    groups: dict[str, _Group] = Field(default_factory=dict)
    entries: list[_Entry] = Field(min_length=1)

    @model_validator(mode="after")
    def _groups_are_declared(self) -> _LabelTable:
        used = {entry.where for entry in self.entries if entry.where is not None}
        if unknown := sorted(used - self.groups.keys()):
            raise ValueError(f"expected where to be one of {sorted(self.groups)}, found {unknown}")
        return self

    def record(self) -> LabelTable:
        groups = {
            name: product_group(group.products, group.sub_products)
            for name, group in self.groups.items()
        }
        entries = [entry.record(groups) for entry in self.entries]
        return label_table(self.source, entries, groups)


def read_label_table(name: str, content: bytes) -> LabelTable:
    """Read the translation of one source's labels."""
    return checked(name, content, TypeAdapter(_LabelTable)).record()


def _code(ref: str) -> Code:
    axis, _, code = ref.partition(":")
    return Axis(axis), code

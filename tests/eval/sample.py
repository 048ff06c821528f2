"""Labelled texts with what was found in them: what every measure is taken of.

In: labels, texts, predictions. Out: readings in groups: held-out texts, development texts,
and the complaints of Heimao, which are development texts whose wording everyone here knows.
Out of scope: measuring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.records import Axis
from tests.eval.labels import Label
from tests.eval.predictions import Prediction
from tests.eval.texts import Text

Group = Literal["held", "dev", "heimao"]

GROUP_NAMES: Mapping[Group, str] = {
    "held": "Held-out texts",
    "dev": "Development texts",
    "heimao": "Heimao 2020 (development texts)",
}

LEARNED_GROUPS: frozenset[Group] = frozenset({"dev", "heimao"})
LEARNED_FROM = (
    "**The shipped model has learned from the labels of these texts** (texts of our own apart): "
    "what stands here says where the reading goes wrong even so, not how well it reads."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A labelled text and what was found in it."""

    label: Label
    text: Text
    found: Prediction


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A figure of the issue: an axis, in one language or in all, and the bar it has to reach."""

    name: str
    axis: Axis
    language: str | None
    bar: float | None

    def holds(self, item: Item) -> bool:
        """Say whether a text counts here."""
        return self.language is None or item.text.language == self.language


SCOPES = (
    Scope(name="patterns, Chinese", axis=Axis.PATTERN, language="zh", bar=0.85),
    Scope(name="patterns, English", axis=Axis.PATTERN, language="en", bar=0.80),
    Scope(name="patterns, all", axis=Axis.PATTERN, language=None, bar=None),
    Scope(name="natures", axis=Axis.NATURE, language=None, bar=0.80),
    Scope(name="wallet issues", axis=Axis.WALLET, language=None, bar=0.85),
)

IS_OF_GROUP: Mapping[Group, Callable[[Label], bool]] = {
    "held": lambda label: label.split == "held",
    "dev": lambda label: label.split == "dev" and label.source != "heimao",
    "heimao": lambda label: label.split == "dev" and label.source == "heimao",
}


def grouped(items: Sequence[Item]) -> dict[Group, list[Item]]:
    """Sort labelled texts into the groups that are measured apart; groups of none are left out."""
    groups = {
        group: [item for item in items if belongs(item.label)]
        for group, belongs in IS_OF_GROUP.items()
    }
    return {group: members for group, members in groups.items() if members}


def by_source(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Sort labelled texts by source, in order of name."""
    sources: dict[str, list[Item]] = {}
    for item in items:
        sources.setdefault(item.label.source, []).append(item)
    return dict(sorted(sources.items()))

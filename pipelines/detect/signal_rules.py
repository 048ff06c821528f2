"""Which measures of disproportion other fields take for a signal.

In: `pipelines/taxonomy/disproportion.yml`, where each threshold has its unit and its
reason, and the measures of some cells. Out: per rule, the cells that meet it. Out of
scope: the measures themselves, and what to do about many signals at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import Any, Literal

import yaml

from pipelines.detect.disproportion import Measures
from pipelines.detect.four_fold import Flags
from pipelines.errors import TaxonomyError
from pipelines.taxonomy.model import Bilingual

_MEASURES = frozenset(field.name for field in fields(Measures))
_FILE = "disproportion.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One threshold of a rule, on a field of `Measures`; `above` leaves the value itself out."""

    measure: str
    comparison: Literal["at_least", "above"]
    value: float
    unit: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRule:
    """A published rule: a cell is a signal where every condition holds."""

    code: str
    label: Bilingual
    source: str
    conditions: tuple[Condition, ...]


@cache
def load_signal_rules() -> tuple[SignalRule, ...]:
    """Read the signal rules that this version of the project carries, in the file's order.

    Raises:
        TaxonomyError: a rule or a condition lacks a part, has an unknown one, or names a
            measure that is none.

    >>> [rule.code for rule in load_signal_rules()][:3]
    ['prr_evans', 'prr_ema', 'ror_lower']
    """
    text = files("pipelines.taxonomy").joinpath(_FILE).read_text(encoding="utf-8")
    return read_signal_rules(text)


def read_signal_rules(text: str) -> tuple[SignalRule, ...]:
    """Check the text of a file of signal rules and take them; see `load_signal_rules`."""
    entries = yaml.safe_load(text)
    if not isinstance(entries, list) or not entries:
        raise TaxonomyError(f"{_FILE}: expected a list of rules; found {entries!r}. Write one.")
    rules = tuple(_rule(entry) for entry in entries)
    codes = [rule.code for rule in rules]
    if len(set(codes)) < len(codes):
        raise TaxonomyError(f"{_FILE}: expected each code once; found {codes}. Rename one.")
    return rules


def find_signals(
    measures: Measures, rules: Sequence[SignalRule] | None = None
) -> Mapping[str, Flags]:
    """Mark, per rule code, the cells that meet every condition of the rule.

    Rules disagree: none of them is *the* answer. Without `rules`, those of the taxonomy.

    >>> from pipelines.detect.disproportion import measure
    >>> from pipelines.detect.four_fold import four_fold
    >>> from pipelines.detect.gamma_mixture import DUMOUCHEL_START
    >>> cells = four_fold([10, 2], [90, 3], [50, 40], [4850, 9955])
    >>> found = find_signals(measure(cells, DUMOUCHEL_START))
    >>> found["prr_evans"].tolist(), found["ic_lower"].tolist()
    ([True, False], [True, False])
    """
    chosen = load_signal_rules() if rules is None else rules
    return {rule.code: _meets(measures, rule) for rule in chosen}


def _meets(measures: Measures, rule: SignalRule) -> Flags:
    met = measures.count >= 0
    for condition in rule.conditions:
        values = getattr(measures, condition.measure)
        at_least = condition.comparison == "at_least"
        met = met & ((values >= condition.value) if at_least else (values > condition.value))
    return met


def _rule(entry: Any) -> SignalRule:
    _check_parts(f"{_FILE}", entry, {"code", "label", "source", "conditions"})
    place = f"{_FILE}, {entry['code']}"
    _check_parts(f"{place}, label", entry["label"], {"zh", "en"})
    if not isinstance(entry["conditions"], list) or not entry["conditions"]:
        raise TaxonomyError(
            f"{place}: expected a list of conditions; found {entry['conditions']!r}. Write one."
        )
    return SignalRule(
        code=entry["code"],
        label=Bilingual(zh=entry["label"]["zh"], en=entry["label"]["en"]),
        source=entry["source"],
        conditions=tuple(_condition(place, condition) for condition in entry["conditions"]),
    )


def _condition(place: str, entry: Any) -> Condition:
    comparison = "above" if isinstance(entry, dict) and "above" in entry else "at_least"
    _check_parts(place, entry, {"measure", comparison, "unit", "reason"})
    value = entry[comparison]
    if entry["measure"] not in _MEASURES:
        raise TaxonomyError(
            f"{place}: expected a measure of {sorted(_MEASURES)}; found {entry['measure']!r}. "
            "Correct it."
        )
    if type(value) not in (int, float) or not isfinite(value):
        raise TaxonomyError(f"{place}: expected a number; found {value!r}. Correct it.")
    return Condition(
        measure=entry["measure"],
        comparison="above" if comparison == "above" else "at_least",
        value=float(value),
        unit=entry["unit"],
        reason=entry["reason"],
    )


def _check_parts(place: str, entry: Any, expected: set[str]) -> None:
    """Refuse an entry that lacks a part or has one that nobody reads."""
    if not isinstance(entry, dict) or set(entry) != expected:
        raise TaxonomyError(
            f"{place}: expected {sorted(expected)}; found {entry!r}. "
            "Add what is missing and remove what is unknown."
        )

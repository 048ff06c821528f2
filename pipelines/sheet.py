"""Findings in the making: one line per code, from passages, labels, opinion and implication.

In: passages that allege codes, codes that a source's label stands for, codes that the second
reader names. Out: findings in order. Out of scope: which of them are to be believed
(`pipelines.coding`).
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Literal

from pipelines.labels import Code
from pipelines.normalise import Normalised
from pipelines.records import Finding, Span
from pipelines.rules import RuleMatch
from pipelines.wallet_reach import WalletReach

LABEL_SCORE = 0.9
"""Score of a code given by a source's own label: chosen by a person, from a closed list."""

Origin = Literal["rule", "model", "label"]

_ORIGINS: tuple[Origin, ...] = ("rule", "label", "model")
"""The surest first: it is what a code that is found twice is said to come from."""


@dataclass(slots=True)
class _Line:
    """What is gathered for one code."""

    score: float
    spans: frozenset[Span]
    origin: Origin


class Sheet:
    """Findings in the making: one line per code, from passages, labels and implication."""

    def __init__(self, normalised: Normalised, retired: Set[Code]) -> None:
        self._normalised = normalised
        self._retired = retired
        self._lines: dict[Code, _Line] = {}

    @property
    def codes(self) -> Iterable[Code]:
        """The codes on the sheet."""
        return self._lines.keys()

    def origin(self, code: Code) -> Origin:
        """Say what a code that is on the sheet comes from."""
        return self._lines[code].origin

    def add_matches(self, code: Code, score: float, matches: Iterable[RuleMatch]) -> None:
        """Add a code at the passages where rules allege it."""
        self._add(code, _Line(score, frozenset(match.span for match in matches), "rule"))

    def add_codes(self, codes: Iterable[Code]) -> None:
        """Add codes that a source's own classification stands for."""
        for code in codes:
            self._add(code, _Line(LABEL_SCORE, frozenset(), "label"))

    def add_opinion(self, code: Code, score: float, span: Span) -> None:
        """Add a code that the second reader knows by other words than the rules'."""
        self._add(code, _Line(score, frozenset((span,)), "model"))

    def copy(self, code: Code, implied: Code) -> None:
        """Add a code that follows from another, with its reasons."""
        line = self._lines[code]
        self._add(implied, _Line(line.score, line.spans, line.origin))

    def is_within(self, code: Code, reach: WalletReach) -> bool:
        """Say whether a code was found where a wallet issue may be read."""
        spans = self._lines[code].spans
        return reach.extent == "all" or any(reach.covers(span) for span in spans)

    def findings(self) -> tuple[Finding, ...]:
        """Give the findings, with spans that index into the narrative."""
        ordered = sorted(
            self._lines.items(), key=lambda item: (item[0][0], -item[1].score, item[0])
        )
        return tuple(
            Finding(
                axis=axis,
                code=code,
                score=round(line.score, 4),
                spans=tuple(self._normalised.to_source(*span) for span in sorted(line.spans)),
                origin=line.origin,
            )
            for (axis, code), line in ordered
        )

    def _add(self, code: Code, line: _Line) -> None:
        """Enter a line under its code; one that is retired is found no more, whoever names it."""
        if code in self._retired:
            return
        known = self._lines.get(code)
        if known is None:
            self._lines[code] = line
            return
        known.score = max(known.score, line.score)
        known.spans |= line.spans
        known.origin = min(known.origin, line.origin, key=_ORIGINS.index)

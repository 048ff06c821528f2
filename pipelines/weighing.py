"""What the rules say of a narrative, before anybody judges: passages, stance, reach, kind.

In: a told narrative, the rules' hits and the cues. Out: a `Weighed`: every passage that
names a code and whether it alleges it, where wallet issues may be read, the kind by the
rules, and all of it as hints for the second reader. Out of scope: which codes are found in
the end (`pipelines.coding`), and how a passage is meant (`pipelines.stance`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from pipelines.classify.model import CHINESE
from pipelines.extract.channels import is_tried
from pipelines.kind import KindSigns, kind_of, outcome_of
from pipelines.labels import Code, LabelDecision
from pipelines.records import Axis, Complaint, Kind, Outcome, Party, Span
from pipelines.redact import Narrative
from pipelines.rules import (
    THRESHOLD,
    RuleEngine,
    RuleHit,
    RuleMatch,
    combined_score,
    is_brief,
)
from pipelines.scenery import Cue, Scenery, Stance
from pipelines.stance import is_lacking, stance_of
from pipelines.taxonomy import Taxonomy
from pipelines.wallet_reach import MoneyMovers, WalletReach

Cues = dict[str, tuple[Span, ...]]

ALLEGATIONS = frozenset({Axis.PATTERN, Axis.WALLET, Axis.NATURE})
"""Axes whose codes somebody can be accused of; evidence and demands are things and wishes."""

_OF_REPORTERS = frozenset({Cue.HEARSAY, Cue.NORMATIVE})
"""Cues that doubt nothing in a reported case: somebody else tells it, and quotes terms."""

_HAN = re.compile(r"[\u3400-\u9fff]")

_MANY = 4
"""Places of a cue beyond which more of them say no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One narrative as it is coded.

    `words` are those of its normalised text; `title_length` is that of the title at its
    head, or 0. `is_case`: it is what a report tells of one person, which is a complaint.
    """

    complaint: Complaint
    narrative: Narrative
    sentences: tuple[Span, ...]
    words: tuple[str, ...]
    title_length: int = 0
    parties: tuple[Party, ...] = ()
    is_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One place where a rule of a code matched, and whether it alleges the code."""

    code: Code
    match: RuleMatch
    is_alleged: bool


class Believed(NamedTuple):
    """The matches of the rules of one code, and their score."""

    score: float
    matches: tuple[RuleMatch, ...]


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What the rules say of one narrative. `decision` is what the source's own label means."""

    scenery: Scenery
    passages: tuple[Passage, ...]
    reach: WalletReach
    signs: KindSigns
    kind: Kind
    decision: LabelDecision | None

    @cached_property
    def alleged(self) -> Mapping[Code, Believed]:
        """The codes whose passages, as far as they allege it, reach the rules' threshold."""
        return _believed(passage for passage in self.passages if passage.is_alleged)

    @cached_property
    def named(self) -> Mapping[Code, Believed]:
        """The codes whose passages, alleging or not, reach the rules' threshold."""
        if all(passage.is_alleged for passage in self.passages):
            return self.alleged
        return _believed(self.passages)

    @cached_property
    def outcome(self) -> Outcome:
        """How the story ended, by what is told last."""
        return outcome_of(self.scenery)

    @cached_property
    def hints(self) -> dict[str, float]:
        """All of it by name, for the second reader; what labels say is not among it."""
        signs = self.signs
        hints = _code_hints(self.passages)
        for cue, spans in self.scenery.cues.items():
            hints[f"cue {cue}"] = min(len(spans), _MANY) / _MANY
        named = {
            f"kind {self.kind}": True,
            f"reach {self.reach.extent}": True,
            f"outcome {self.outcome}": True,
            CHINESE: _HAN.search(self.scenery.text) is not None,
            "given respondent": signs.is_named,
            "declared report": signs.declared == "report",
            "filed": signs.is_filed,
            "titled": signs.title_end > 0,
            "brief": is_brief(self.scenery.text),
        }
        hints.update({name: 1.0 for name, is_so in named.items() if is_so})
        return hints


class Weigher:
    """The rules of wallet issues and the label tables, held against what was found."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._tables = taxonomy.label_tables
        self._wallet_engine = RuleEngine(entries_of(taxonomy, wallet=True))
        self._money_movers = MoneyMovers(taxonomy)

    def weigh(self, told: Told, hits: tuple[RuleHit, ...], cues: Cues) -> Weighed:
        """Weigh one narrative."""
        text = told.narrative.normalised.text
        if told.is_case:
            cues = {cue: spans for cue, spans in cues.items() if cue not in _OF_REPORTERS}
        scenery = Scenery(text=text, sentences=told.sentences, cues=cues)
        reach = self._reach(told, scenery)
        passages = self._passages(told, scenery, hits, reach)
        table = self._tables.get(told.complaint.source)
        labels = dict(told.complaint.labels)
        decision = table.decide(labels) if table and labels else None
        signs = _signs(told, passages, decision)
        return Weighed(
            scenery=scenery,
            passages=passages,
            reach=reach,
            signs=signs,
            kind=kind_of(scenery, signs),
            decision=decision,
        )

    def _reach(self, told: Told, scenery: Scenery) -> WalletReach:
        """Say where wallet issues may be read: the source's product decides, then the text."""
        table = self._tables.get(told.complaint.source)
        if table and table.is_about("wallet", dict(told.complaint.labels)):
            return WalletReach(extent="all", scenery=scenery)
        return self._money_movers.reach(told.parties, scenery)

    def _passages(
        self, told: Told, scenery: Scenery, hits: tuple[RuleHit, ...], reach: WalletReach
    ) -> tuple[Passage, ...]:
        """Give the passages that name a code, and say of each whether it alleges it."""
        if reach.extent != "none":
            hits += self._wallet_engine.find(scenery.text, told.sentences)
        passages = tuple(
            Passage(
                code=(hit.axis, hit.code),
                match=match,
                is_alleged=is_alleged(hit.axis, match.span, scenery),
            )
            for hit in hits
            for match in hit.matches
            if hit.axis is not Axis.WALLET or reach.covers(match.span)
        )
        return _of_one_mind(passages) if is_brief(scenery.text) else passages


def entries_of(taxonomy: Taxonomy, *, wallet: bool) -> Taxonomy:
    """Keep the wallet issues only, or all but them: they are looked for in few texts."""
    entries = {
        key: entry for key, entry in taxonomy.entries.items() if (key[0] is Axis.WALLET) == wallet
    }
    return replace(taxonomy, entries=entries)


def is_alleged(axis: Axis, span: Span, scenery: Scenery) -> bool:
    """Say whether a passage claims what it names; things and wishes only must not be lacking."""
    if axis in ALLEGATIONS:
        return stance_of(scenery, span) is Stance.ALLEGED
    if axis is Axis.CHANNEL:
        return is_tried(scenery, span)
    return not is_lacking(scenery, span)


def _of_one_mind(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Read a brief text by its majority: where most passages allege nothing, none does."""
    named = [passage.is_alleged for passage in passages if passage.code[0] in ALLEGATIONS]
    if 2 * sum(named) >= len(named):
        return passages
    return tuple(
        replace(passage, is_alleged=False) if passage.code[0] in ALLEGATIONS else passage
        for passage in passages
    )


def _signs(told: Told, passages: tuple[Passage, ...], decision: LabelDecision | None) -> KindSigns:
    complaint = told.complaint
    named = [passage for passage in passages if passage.code[0] in ALLEGATIONS]
    demands = sum(passage.is_alleged and passage.code[0] is Axis.DEMAND for passage in passages)
    return KindSigns(
        declared=None if told.is_case else complaint.kind,
        is_filed=bool(told.is_case or decision or complaint.problem or complaint.demand),
        is_named=complaint.respondent_name is not None,
        title_end=told.title_length,
        alleged=sum(passage.is_alleged for passage in named),
        named=len(named),
        demands=demands,
    )


def _believed(passages: Iterable[Passage]) -> dict[Code, Believed]:
    """Gather the matches of every code whose passages together reach the rules' threshold."""
    found: dict[Code, list[RuleMatch]] = {}
    for passage in passages:
        found.setdefault(passage.code, []).append(passage.match)
    scored = {
        code: Believed(combined_score(matches), tuple(matches)) for code, matches in found.items()
    }
    return {code: one for code, one in scored.items() if one.score >= THRESHOLD}


def _code_hints(passages: Iterable[Passage]) -> dict[str, float]:
    """Give the score of every code that is alleged, and of every one that is only named."""
    matches: dict[str, list[RuleMatch]] = {}
    for passage in passages:
        if passage.code[0] in ALLEGATIONS:
            way = "alleged" if passage.is_alleged else "named"
            name = f"{way} {passage.code[0]} {passage.code[1]}"
            matches.setdefault(name, []).append(passage.match)
    return {name: combined_score(found) for name, found in matches.items()}

"""What a narrative alleges: findings, mentions, kind, outcome.

In: a redacted narrative with its sentences, the complaint it belongs to, and the parties
found in it. Out: a `Coding`, whose spans index into the narrative. Out of scope: the rules
themselves (`pipelines.rules`), how a passage is meant (`pipelines.stance`), and who the
parties are (`pipelines.respondents`).

A code is found when the passages that allege it reach the threshold of the rules, when the
source's own label stands for it, or when the second reader (`pipelines.classify`) knows it
by other words. What is only feared, denied, quoted, asked or advised is a mention; so is
everything in a guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from pipelines.classify import Opinion, SecondReader, WordModel, load_model
from pipelines.classify.second_reader import NO_GRIEVANCE, SURE_GRIEVANCE
from pipelines.extract.channels import is_tried
from pipelines.kind import KindSigns, kind_of, outcome_of, tells_a_case
from pipelines.labels import Code, LabelDecision
from pipelines.matching import Document
from pipelines.normalise import Normalised, normalise
from pipelines.records import Axis, Complaint, Finding, Kind, Outcome, Party, Span
from pipelines.redact import Narrative
from pipelines.rules import THRESHOLD, RuleEngine, RuleHit, RuleMatch, combined_score, is_brief
from pipelines.segment import sentences
from pipelines.stance import Cue, Scenery, Stance, is_lacking, stance_of
from pipelines.taxonomy import Taxonomy
from pipelines.wallet_reach import MoneyMovers, WalletReach

LABEL_SCORE = 0.9
"""Score of a code given by a source's own label: chosen by a person, from a closed list."""

Origin = Literal["rule", "model", "label"]
Cues = dict[str, tuple[Span, ...]]

_SEPARATOR = re.compile(r"[,，、;；|]")

_OF_REPORTERS = frozenset({Cue.HEARSAY, Cue.NORMATIVE})
"""Cues that doubt nothing in a reported case: somebody else tells it, and quotes terms."""

_ALLEGATIONS = frozenset({Axis.PATTERN, Axis.WALLET, Axis.NATURE})
"""Axes whose codes somebody can be accused of; evidence and demands are things and wishes."""


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
class Coding:
    """What was read. `unmapped_labels` are labels that no table decides, to be counted."""

    kind: Kind
    findings: tuple[Finding, ...]
    mentions: tuple[Finding, ...]
    outcome: Outcome
    unmapped_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """One place where a rule of a code matched, and whether it alleges the code."""

    code: Code
    match: RuleMatch
    is_alleged: bool


class Coder:
    """The rules, cues and label tables of one taxonomy, compiled once for many texts.

    `model` is the second reader's; the one that ships, unless another is being measured.
    """

    def __init__(self, taxonomy: Taxonomy, model: WordModel | None = None) -> None:
        self._taxonomy = taxonomy
        self._retired = frozenset(key for key, entry in taxonomy.entries.items() if entry.retired)
        self._second_reader = SecondReader(model or load_model())
        self._engine = RuleEngine(_entries(taxonomy, wallet=False), watched=Cue)
        self._wallet_engine = RuleEngine(_entries(taxonomy, wallet=True))
        self._money_movers = MoneyMovers(taxonomy)
        self._codes_of_column = lru_cache(maxsize=10_000)(self._read_column)

    def code(self, told: Told) -> Coding:
        """Code one narrative. Findings and mentions are ordered by axis, score and code."""
        document = self.document(told)
        return self.judge(told, self.hits(document), self.cues(document), self.opinion(told))

    def document(self, told: Told) -> Document:
        """Find the terms of all rules but those of wallet issues."""
        return self._engine.document(told.narrative.normalised.text, told.sentences)

    def hits(self, document: Document) -> tuple[RuleHit, ...]:
        """Hold the rules against what was found."""
        return self._engine.hits(document)

    def cues(self, document: Document) -> Cues:
        """Find the cues of stance."""
        return self._engine.places(document)

    def opinion(self, told: Told) -> Opinion:
        """Ask the second reader."""
        return self._second_reader.read(told.words)

    def judge(self, told: Told, hits: tuple[RuleHit, ...], cues: Cues, opinion: Opinion) -> Coding:
        """Code one narrative from what the rules and the second reader found in it."""
        text = told.narrative.normalised.text
        if told.is_case:
            cues = {cue: spans for cue, spans in cues.items() if cue not in _OF_REPORTERS}
        scenery = Scenery(text=text, sentences=told.sentences, cues=cues)
        passages, reach = self._weigh(told, scenery, hits)
        table = self._taxonomy.label_tables.get(told.complaint.source)
        labels = dict(told.complaint.labels)
        decision = table.decide(labels) if table and labels else None
        signs = _signs(told, passages, decision)
        is_plain = _is_plain_post(told, signs)
        if is_plain and opinion.grievance < NO_GRIEVANCE and _is_one_wrong(passages):
            passages = _alleging_nothing(passages)
            signs = replace(signs, alleged=0)
        kind = kind_of(scenery, signs)
        if is_plain and kind == "other" and opinion.codes and opinion.grievance >= SURE_GRIEVANCE:
            kind = kind_of(scenery, replace(signs, alleged=signs.alleged + 1))
        sheet = _Sheet(told.narrative.normalised, self._retired)
        is_told = kind == "complaint" or (kind == "report" and tells_a_case(scenery))
        if is_told:
            sheet.add_passages(passage for passage in passages if passage.is_alleged)
            sheet.add_codes(self._column_codes(told.complaint))
            sheet.add_codes(decision.codes if decision else ())
            if kind == "complaint" and (is_plain or not sheet.has_wrong()):
                self._add_opinion(sheet, opinion, scenery, reach)
            self._add_implied(sheet, reach)
        mentions = _Sheet(told.narrative.normalised, self._retired)
        mentions.add_passages(passage for passage in passages if passage.code not in sheet.codes)
        return Coding(
            kind=kind,
            findings=sheet.findings(),
            mentions=mentions.findings(),
            outcome=outcome_of(scenery) if is_told else "unknown",
            unmapped_labels=_label_text(told.complaint) if labels and not decision else (),
        )

    def _weigh(
        self, told: Told, scenery: Scenery, hits: tuple[RuleHit, ...]
    ) -> tuple[list[_Passage], WalletReach]:
        """Give the passages that name a code, and say of each whether it alleges it."""
        reach = self._reach(told, scenery)
        if reach.extent != "none":
            hits += self._wallet_engine.find(scenery.text, told.sentences)
        passages = [
            _Passage(
                code=(hit.axis, hit.code),
                match=match,
                is_alleged=_is_alleged(hit.axis, match.span, scenery),
            )
            for hit in hits
            for match in hit.matches
            if hit.axis is not Axis.WALLET or reach.covers(match.span)
        ]
        return _of_one_mind(passages) if is_brief(scenery.text) else passages, reach

    def _reach(self, told: Told, scenery: Scenery) -> WalletReach:
        """Say where wallet issues may be read: the source's product decides, then the text."""
        table = self._taxonomy.label_tables.get(told.complaint.source)
        if table and table.is_about("wallet", dict(told.complaint.labels)):
            return WalletReach(extent="all", scenery=scenery)
        return self._money_movers.reach(told.parties, scenery)

    def _column_codes(self, complaint: Complaint) -> Iterator[Code]:
        """Give what the source's own columns for problem and demand say."""
        for axis, code in self._codes_of_column(complaint.problem or ""):
            if axis is Axis.PATTERN:
                yield axis, code
        for wish in _SEPARATOR.split(complaint.demand or ""):
            for axis, code in self._codes_of_column(f"要求{wish}"):
                if axis is Axis.DEMAND:
                    yield axis, code

    def _read_column(self, value: str) -> tuple[Code, ...]:
        """Code a short column value; a source uses few of them, so each is read once."""
        text = normalise(value).text
        return tuple((hit.axis, hit.code) for hit in self._engine.find(text, sentences(text)))

    def _add_opinion(
        self, sheet: _Sheet, opinion: Opinion, scenery: Scenery, reach: WalletReach
    ) -> None:
        """Add what only the second reader names, each at the clause that speaks most for it."""
        for code, score in opinion.codes:
            if code in sheet.codes or (code[0] is Axis.WALLET and reach.extent == "none"):
                continue
            for clause in self._second_reader.clauses(opinion, code, scenery):
                is_covered = code[0] is not Axis.WALLET or reach.covers(clause)
                if is_covered and _is_alleged(code[0], clause, scenery):
                    sheet.add_opinion(code, score, clause)
                    break

    def _add_implied(self, sheet: _Sheet, reach: WalletReach) -> None:
        """Add the wallet issue of the same fact, then the natures that follow from all."""
        for code in tuple(sheet.codes):
            entry = self._taxonomy.entries.get(code)
            if entry and entry.wallet_issue and sheet.is_within(code, reach):
                sheet.copy(code, (Axis.WALLET, entry.wallet_issue))
        for code in tuple(sheet.codes):
            entry = self._taxonomy.entries.get(code)
            for nature in entry.natures if entry else ():
                sheet.copy(code, (Axis.NATURE, nature))


_ORIGINS: tuple[Origin, ...] = ("rule", "label", "model")
"""The surest first: it is what a code that is found twice is said to come from."""


@dataclass(slots=True)
class _Line:
    """What is gathered for one code."""

    score: float
    spans: frozenset[Span]
    origin: Origin


class _Sheet:
    """Findings in the making: one line per code, from passages, labels and implication."""

    def __init__(self, normalised: Normalised, retired: Set[Code]) -> None:
        self._normalised = normalised
        self._retired = retired
        self._lines: dict[Code, _Line] = {}

    @property
    def codes(self) -> Iterable[Code]:
        return self._lines.keys()

    def has_wrong(self) -> bool:
        """Say whether a pattern or a wallet issue is among the codes."""
        return any(axis in (Axis.PATTERN, Axis.WALLET) for axis, _ in self._lines)

    def add_passages(self, passages: Iterable[_Passage]) -> None:
        """Add the codes whose passages together reach the threshold of the rules."""
        matches: dict[Code, list[RuleMatch]] = {}
        for passage in passages:
            matches.setdefault(passage.code, []).append(passage.match)
        for code, found in matches.items():
            score = combined_score(found)
            if score >= THRESHOLD:
                self._add(code, _Line(score, frozenset(match.span for match in found), "rule"))

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


def _entries(taxonomy: Taxonomy, *, wallet: bool) -> Taxonomy:
    """Keep the wallet issues only, or all but them: they are looked for in few texts."""
    entries = {
        key: entry for key, entry in taxonomy.entries.items() if (key[0] is Axis.WALLET) == wallet
    }
    return replace(taxonomy, entries=entries)


def _of_one_mind(passages: list[_Passage]) -> list[_Passage]:
    """Read a brief text by its majority: where most passages allege nothing, none does."""
    named = [passage.is_alleged for passage in passages if passage.code[0] in _ALLEGATIONS]
    if 2 * sum(named) >= len(named):
        return passages
    return _alleging_nothing(passages)


def _is_one_wrong(passages: Iterable[_Passage]) -> bool:
    """Say whether the rules rest on a single code: two different ones are not both mistaken."""
    alleged = {passage.code for passage in passages if passage.is_alleged}
    return sum(axis in (Axis.PATTERN, Axis.WALLET) for axis, _ in alleged) <= 1


def _alleging_nothing(passages: list[_Passage]) -> list[_Passage]:
    """Take the accusation from every passage that names a wrong."""
    return [
        replace(passage, is_alleged=False) if passage.code[0] in _ALLEGATIONS else passage
        for passage in passages
    ]


def _is_alleged(axis: Axis, span: Span, scenery: Scenery) -> bool:
    """Say whether a passage claims what it names; things and wishes only must not be lacking."""
    if axis in _ALLEGATIONS:
        return stance_of(scenery, span) is Stance.ALLEGED
    if axis is Axis.CHANNEL:
        return is_tried(scenery, span)
    return not is_lacking(scenery, span)


def _is_plain_post(told: Told, signs: KindSigns) -> bool:
    """Say whether a text is brief and no source files, names or declares it.

    The second reader learned on such texts; of others it is heard only where rules are silent.
    """
    is_vouched_for = signs.is_filed or signs.is_named or signs.declared is not None
    return not is_vouched_for and is_brief(told.narrative.normalised.text)


def _signs(told: Told, passages: list[_Passage], decision: LabelDecision | None) -> KindSigns:
    complaint = told.complaint
    named = [passage for passage in passages if passage.code[0] in _ALLEGATIONS]
    demands = sum(passage.is_alleged and passage.code[0] is Axis.DEMAND for passage in passages)
    return KindSigns(
        declared=complaint.kind,
        is_filed=bool(told.is_case or decision or complaint.problem or complaint.demand),
        is_named=complaint.respondent_name is not None,
        title_end=told.title_length,
        alleged=sum(passage.is_alleged for passage in named),
        named=len(named),
        demands=demands,
    )


def _label_text(complaint: Complaint) -> tuple[str, ...]:
    return (" | ".join(f"{column}: {label}" for column, label in complaint.labels),)

"""What a narrative alleges: findings, mentions, kind, outcome.

In: a redacted narrative with its sentences, the complaint it belongs to, and the parties
found in it. Out: a `Coding`, whose spans index into the narrative. Out of scope: the rules
themselves (`pipelines.rules`), what they say of a narrative (`pipelines.weighing`), how a
passage is meant (`pipelines.stance`), and who the parties are (`pipelines.respondents`).

Two readers judge. The rules give passages; the second reader (`pipelines.classify`) gives a
probability to every code by all words of the text and what the rules say of it. A code is
found when the second reader names it, with the rules or by itself, or when the source's own
label stands for it. What is only feared, denied, quoted, asked or advised is a mention; so is
everything in a guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from pipelines.classify import Clauses, Opinion, SecondReader, TextModel, load_model
from pipelines.kind import tells_a_case
from pipelines.labels import Code
from pipelines.matching import Document
from pipelines.normalise import normalise
from pipelines.records import Axis, Complaint, Finding, Kind, Outcome, Span
from pipelines.rules import RuleEngine, RuleHit
from pipelines.scenery import Cue
from pipelines.segment import sentences
from pipelines.sheet import Sheet
from pipelines.taxonomy import Taxonomy
from pipelines.weighing import ALLEGATIONS, Cues, Told, Weighed, Weigher, entries_of, is_alleged

OVERRULING_KIND = 0.5
"""Probability from which the second reader overrules the rules on a guide or a report, if it
gives what they say no more than is left of one."""

SURE_OF_KIND = 0.7
"""Probability from which it makes a guide or report of a text in which they see neither."""

SURE_OF_NOTHING = 0.9
"""Probability from which a text is about nothing although the rules find a wrong in it. It has
.4 % fewer kinds right than .7, and keeps plain short statements, of which few were learned."""

LEAD_OF_NOTHING = 0.3
"""By how much "other" must be the likelier where the second reader names a wrong."""

ALONE_IN_A_CASE = 0.5
"""Probability from which the second reader alone gives a code to one of several cases. Of labelled
reports for development, which the model has learned from: patterns F1 .55, and .49 with the
threshold of complaints."""

_WRONGS = frozenset({Axis.PATTERN, Axis.WALLET})
"""Axes whose codes name a wrong that was done."""

_Place = Literal["text", "only case", "case"]
"""What is coded: a whole text, the only case of a report, or one of several."""

_SEPARATOR = re.compile(r"[,，、;；|]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What was read. `unmapped_labels` are labels that no table decides, to be counted."""

    kind: Kind
    findings: tuple[Finding, ...]
    mentions: tuple[Finding, ...]
    outcome: Outcome
    unmapped_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """What both readers say of one narrative, and its clauses."""

    weighed: Weighed
    opinion: Opinion
    clauses: Clauses

    def add(self, sheet: Sheet, code: Code) -> None:
        """Add a code where rules allege it, else at the clause that speaks most for it."""
        probability, believed = self.opinion.codes[code], self.weighed.alleged.get(code)
        if believed:
            sheet.add_matches(code, probability, believed.matches)
            return
        clause = self._clause(code)
        if clause is not None:
            sheet.add_opinion(code, probability, clause)

    def _clause(self, code: Code) -> Span | None:
        """Find the clause that speaks most for a code and alleges what it says."""
        weighed = self.weighed
        for clause in self.clauses.speaking_for(code):
            is_covered = code[0] is not Axis.WALLET or weighed.reach.covers(clause)
            if is_covered and is_alleged(code[0], clause, weighed.scenery):
                return clause
        return None


class Coder:
    """The rules, cues and label tables of one taxonomy, compiled once for many texts.

    `model` is the second reader's; the one that ships, unless another is being measured.
    """

    def __init__(self, taxonomy: Taxonomy, model: TextModel | None = None) -> None:
        self._taxonomy = taxonomy
        self._retired = frozenset(key for key, entry in taxonomy.entries.items() if entry.retired)
        self._model = model
        self._engine = RuleEngine(entries_of(taxonomy, wallet=False), watched=Cue)
        self._weigher = Weigher(taxonomy)
        self._codes_of_column = lru_cache(maxsize=10_000)(self._read_column)

    @cached_property
    def _second_reader(self) -> SecondReader:
        return SecondReader(self._model or load_model())

    def code(self, told: Told) -> Coding:
        """Code one narrative. Findings and mentions are ordered by axis, score and code."""
        document = self.document(told)
        weighed = self.weigh(told, self.hits(document), self.cues(document))
        return self.judge(told, weighed, self.opinion(told, weighed))

    def document(self, told: Told) -> Document:
        """Find the terms of all rules but those of wallet issues."""
        return self._engine.document(told.narrative.normalised.text, told.sentences)

    def hits(self, document: Document) -> tuple[RuleHit, ...]:
        """Hold the rules against what was found."""
        return self._engine.hits(document)

    def cues(self, document: Document) -> Cues:
        """Find the cues of stance."""
        return self._engine.places(document)

    def weigh(self, told: Told, hits: tuple[RuleHit, ...], cues: Cues) -> Weighed:
        """Say of every passage how it is meant, and what kind of text the rules see."""
        return self._weigher.weigh(told, hits, cues)

    def opinion(self, told: Told, weighed: Weighed) -> Opinion:
        """Ask the second reader."""
        return self._second_reader.read(told.words, weighed.hints)

    def judge(
        self, told: Told, weighed: Weighed, opinion: Opinion, of_report: Opinion | None = None
    ) -> Coding:
        """Code one narrative from what both readers say of it.

        `of_report` is the opinion of the whole report of which the narrative is the only case.
        """
        kind = _kind(weighed, opinion)
        sheet = Sheet(told.narrative.normalised, self._retired)
        is_told = kind == "complaint" or (kind == "report" and tells_a_case(weighed.scenery))
        if is_told:
            self._add_ruled(sheet, weighed, opinion)
            clauses = self._second_reader.clauses(opinion, weighed.scenery)
            matter = _Matter(weighed=weighed, opinion=of_report or opinion, clauses=clauses)
            place: _Place = "only case" if of_report else "case" if told.is_case else "text"
            self._add_allegations(sheet, matter, place)
            sheet.add_codes(self._column_codes(told.complaint))
            sheet.add_codes(weighed.decision.codes if weighed.decision else ())
            self._add_implied(sheet, weighed)
            self._add_natures(sheet, matter)
        mentions = Sheet(told.narrative.normalised, self._retired)
        for code, (score, matches) in weighed.named.items():
            if code not in sheet.codes:
                mentions.add_matches(code, score, matches)
        is_unmapped = told.complaint.labels and not weighed.decision
        return Coding(
            kind=kind,
            findings=sheet.findings(),
            mentions=mentions.findings(),
            outcome=_outcome(told, kind, weighed, opinion) if is_told else "unknown",
            unmapped_labels=_label_text(told.complaint) if is_unmapped else (),
        )

    def _add_ruled(self, sheet: Sheet, weighed: Weighed, opinion: Opinion) -> None:
        """Add what the rules alone know: evidence, demands, channels, codes too new to learn."""
        for code, (score, matches) in weighed.alleged.items():
            if code[0] not in ALLEGATIONS or code not in opinion.codes:
                sheet.add_matches(code, score, matches)

    def _add_allegations(self, sheet: Sheet, matter: _Matter, place: _Place) -> None:
        """Add the patterns and wallet issues that are probable enough, each with its passages.

        A case of a report is told in few of the others' words: there the rules are believed
        alone, and the second reader adds what it names by itself.
        """
        opinion, alleged = matter.opinion, matter.weighed.alleged
        is_open = matter.weighed.reach.extent != "none"
        for code in opinion.plausible if place == "text" else opinion.codes:
            if code[0] is Axis.NATURE or (code[0] is Axis.WALLET and not is_open):
                continue
            is_ruled = code in alleged
            if place == "text":
                is_named = opinion.names(code, is_alleged=is_ruled)
            elif place == "only case":
                is_named = is_ruled or opinion.names(code, is_alleged=False)
            else:
                is_named = is_ruled or opinion.codes[code] >= ALONE_IN_A_CASE
            if is_named:
                matter.add(sheet, code)

    def _add_natures(self, sheet: Sheet, matter: _Matter) -> None:
        """Add the natures that are probable enough, or the likeliest one if there is no other."""
        opinion, alleged = matter.opinion, matter.weighed.alleged
        named = [
            code
            for code in opinion.plausible
            if code[0] is Axis.NATURE and opinion.names(code, is_alleged=code in alleged)
        ]
        if not named and not any(code[0] is Axis.NATURE for code in sheet.codes):
            natures = [code for code in opinion.codes if code[0] is Axis.NATURE]
            named = [max(natures, key=opinion.codes.__getitem__)] if natures else []
        for code in named:
            matter.add(sheet, code)

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

    def _add_implied(self, sheet: Sheet, weighed: Weighed) -> None:
        """Add the wallet issue of the same fact, and the natures of what a label stands for."""
        for code in tuple(sheet.codes):
            entry = self._taxonomy.entries.get(code)
            if entry and entry.wallet_issue and sheet.is_within(code, weighed.reach):
                sheet.copy(code, (Axis.WALLET, entry.wallet_issue))
        for code in tuple(sheet.codes):
            entry = self._taxonomy.entries.get(code)
            if entry and sheet.origin(code) == "label":
                for nature in entry.natures:
                    sheet.copy(code, (Axis.NATURE, nature))


def _kind(weighed: Weighed, opinion: Opinion) -> Kind:
    """Name the kind: a filed text is a complaint; of others, both readers are heard.

    The rules know how guides and reports are built. A complaint that is lost is found by
    nobody, one that says nothing groups with nothing, so "other" must be far the likelier where
    either reader finds a wrong.
    """
    if weighed.signs.is_filed:
        return "complaint"
    likeliest, kinds = opinion.kind, opinion.kinds
    if weighed.kind in ("guide", "report"):
        is_sure = kinds[likeliest] >= OVERRULING_KIND and kinds[weighed.kind] <= 1 - OVERRULING_KIND
        return likeliest if is_sure else weighed.kind
    if likeliest in ("guide", "report") and kinds[likeliest] >= SURE_OF_KIND:
        return likeliest
    if any(axis in _WRONGS for axis, _ in weighed.alleged):
        return "other" if kinds["other"] >= SURE_OF_NOTHING else "complaint"
    lead = LEAD_OF_NOTHING if _names_a_wrong(opinion) else 0.0
    return "other" if kinds["other"] > kinds["complaint"] + lead else "complaint"


def _names_a_wrong(opinion: Opinion) -> bool:
    """Say whether the second reader names a pattern or wallet issue by itself."""
    wrongs = (code for code in opinion.plausible if code[0] in _WRONGS)
    return any(opinion.names(code, is_alleged=False) for code in wrongs)


def _outcome(told: Told, kind: Kind, weighed: Weighed, opinion: Opinion) -> Outcome:
    """Say how a story ended: of complaints by the second reader, who knows what is left unsaid.

    The rules are believed where they find a denial, and of reports, which say how it ended.
    """
    if kind == "report" or told.is_case or weighed.outcome == "rejected":
        return weighed.outcome
    return opinion.outcome


def _label_text(complaint: Complaint) -> tuple[str, ...]:
    return (" | ".join(f"{column}: {label}" for column, label in complaint.labels),)

"""How a passage is meant: claimed to have happened, or feared, supposed, denied, quoted, asked.

In: a text with its sentences and cues (`pipelines.scenery`), and a passage of it. Out: the
stance of the passage. Out of scope: which wrong a passage names (`pipelines.rules`) and what
kind of text it stands in (`pipelines.kind`).

A passage counts as claimed unless something in its own sentence says otherwise, so that a
short "paid, no code, blocked" needs no cue of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.negation import is_denied
from pipelines.records import Span
from pipelines.scenery import Cue, Scenery, Stance

_HAN = re.compile(r"[\u3400-\u9fff]")
_ASKING = re.compile(
    r"(?:would|could|can|do|does|did|is|are|am|will|should|may|has|have|what|how|when|where|which"
    r"|who|any|anyone|anybody|isn't|aren't|shouldn't)\b"
)
"""First words of English questions; "why" accuses."""

_OR = re.compile(r",?[^,;]{0,40} or |[^,;]{0,12}[、或]")
_AND = re.compile(r"\b(?:and|so|then) $")
_REACH = 2
"""Clauses beyond its own that a cue reaches over."""

_CLOSE = 4
"""Code points between a lacking word and the thing it takes away."""


def stance_of(scenery: Scenery, span: Span) -> Stance:
    """Say how one passage is meant, from the cues of the sentence it begins in.

    Remembered by the scenery: the passages of several rules are often one.
    """
    stance = scenery.stances.get(span)
    if stance is None:
        stance = scenery.stances[span] = _judged(scenery, span)
    return stance


def _judged(scenery: Scenery, span: Span) -> Stance:
    """Hold a passage against each check, unless nothing could keep it from claiming."""
    sentence = scenery.sentence_of(span)
    if not scenery.may_doubt(sentence) and Cue.RETRACTED not in scenery.cues:
        return Stance.ALLEGED
    passage = _Passage.locate(scenery, span)
    for is_so, stance in _CHECKS:
        if is_so(passage):
            return stance
    return Stance.ALLEGED


def is_lacking(scenery: Scenery, span: Span) -> bool:
    """Say whether the thing named by a passage is said to be missing or unwanted."""
    nearby = scenery.within(Cue.LACKING, span.start - 24, span.start)
    return any(0 <= span.start - cue.end <= _CLOSE for cue in nearby)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """A passage, the sentence it stands in, and the starts of that sentence's clauses.

    `clause` is from the start of the clause the passage begins in to the end of the one it
    ends in.
    """

    scenery: Scenery
    span: Span
    sentence: Span
    clauses: tuple[int, ...]
    clause: Span

    @classmethod
    def locate(cls, scenery: Scenery, span: Span) -> _Passage:
        sentence = scenery.sentence_of(span)
        clauses = scenery.clauses_of(sentence)
        first = bisect_right(clauses, span.start) - 1
        after = bisect_left(clauses, span.end)
        end = clauses[after] if after < len(clauses) else sentence.end
        clause = Span(clauses[max(first, 0)], max(end, span.end))
        return cls(scenery=scenery, span=span, sentence=sentence, clauses=clauses, clause=clause)

    @property
    def is_one_clause(self) -> bool:
        return bisect_right(self.clauses, self.span.start) == bisect_left(
            self.clauses, self.span.end
        )

    def before(self, cue: Cue, *, inside: bool = False) -> Sequence[Span]:
        """Give the cues of the sentence that begin before the passage (or inside it)."""
        end = self.span.end if inside else self.span.start
        return self.scenery.within(cue, self.sentence.start, end)

    def is_turned(self, cue: Span) -> bool:
        """Say whether the account comes back to facts between a cue and the passage."""
        return self.scenery.has(Cue.TURN, cue.end, self.span.start + 1) or self.is_far(cue)

    def is_far(self, cue: Span) -> bool:
        """Say whether the passage begins clauses away: a cue does not reach so far."""
        return self._clause_no(self.span.start) - self._clause_no(cue.start) > _REACH

    def _clause_no(self, position: int) -> int:
        return bisect_right(self.clauses, position)

    def is_told(self, cue: Span) -> bool:
        """Say whether a cue stands in the speech of the other side."""
        return self.scenery.has(Cue.COUNTERPART_SAYS, self.sentence.start, cue.start)

    def clause_after(self, cue: Span) -> int | None:
        """Give the start of the clause that follows the cue's, if the passage is not before it."""
        place = bisect_right(self.clauses, cue.start)
        if place < len(self.clauses) and self.clauses[place] <= self.span.start:
            return self.clauses[place]
        return None

    def opens_clause(self, cue: Span) -> bool:
        """Say whether a cue is the first word of a clause, or follows an "and"."""
        return cue.start in self.clauses or bool(
            _AND.search(self.scenery.text, max(cue.start - 6, 0), cue.start)
        )

    def is_own(self, cue: Span) -> bool:
        """Say whether the writer speaks of themselves in front of a cue, in its clause."""
        first = self.clauses[bisect_right(self.clauses, cue.start) - 1]
        return self.scenery.has(Cue.FIRST_PERSON, first, cue.start)

    def mentions_self(self) -> bool:
        return self.scenery.has(Cue.FIRST_PERSON, *self.sentence)


def _is_denied(passage: _Passage) -> bool:
    """Denied by its own words, the writer's own doing, or taken back later in the text."""
    scenery, span = passage.scenery, passage.span
    for cue in scenery.within(Cue.DENIED, passage.sentence.start, span.end):
        is_near = (
            cue.end > span.start
            or cue.start >= passage.clause.start
            or _OR.match(scenery.text, cue.end, span.end) is not None
        )
        turned = scenery.has(Cue.TURN, cue.end, span.end) or passage.is_far(cue)
        if is_near and not turned and not passage.is_told(cue):
            return True
    if passage.is_one_clause:
        clause = scenery.text[passage.clause.start : span.end]
        if is_denied(clause, span.start - passage.clause.start) and not passage.is_told(span):
            return True
        if any(cue.end >= span.start for cue in passage.before(Cue.OWN_ACT, inside=True)):
            return True
    return scenery.has(Cue.RETRACTED, span.end, len(scenery.text))


def _is_feared(passage: _Passage) -> bool:
    cues = (*passage.before(Cue.FEARED, inside=True), *passage.before(Cue.WONDERED))
    if any(not passage.is_turned(cue) and not passage.is_told(cue) for cue in cues):
        return True
    return passage.scenery.has(Cue.AVERTED, *passage.sentence)


def _is_supposed(passage: _Passage) -> bool:
    """A supposition reaches over its own clause, and over consequences in the subjunctive."""
    for cue in passage.before(Cue.SUPPOSED):
        if passage.is_turned(cue) or passage.is_told(cue):
            continue
        following = passage.clause_after(cue)
        if following is None or passage.scenery.has(Cue.MODAL, following, passage.span.end):
            return True
    clause, end = passage.clause, passage.span.end
    return passage.scenery.has(Cue.SUPPOSED, end, clause.end) and passage.scenery.has(
        Cue.MODAL, clause.start, end
    )


def _is_quoted(passage: _Passage) -> bool:
    """Hearsay reaches to the end of the sentence, or until the writer speaks of themselves."""
    for cue in passage.before(Cue.HEARSAY):
        following = passage.clause_after(cue)
        own = following is not None and any(
            passage.opens_clause(person)
            for person in passage.scenery.within(
                Cue.FIRST_PERSON, following, passage.span.start + 1
            )
        )
        turned = passage.scenery.has(Cue.TURN, cue.end, passage.span.end)
        if not own and not turned and not passage.is_far(cue):
            return True
    return False


def _is_warned(passage: _Passage) -> bool:
    """A warning to others reaches to the end of the sentence, or until it points at somebody."""
    for cue in passage.before(Cue.WARNED):
        following = passage.clause_after(cue)
        pointed = following is not None and any(
            passage.scenery.has(person, following, passage.span.end)
            for person in (Cue.FIRST_PERSON, Cue.POINTED_OUT)
        )
        if pointed or passage.is_turned(cue) or passage.is_told(cue) or passage.is_own(cue):
            continue
        return True
    rules = passage.scenery.within(Cue.NORMATIVE, *passage.clause)
    return any(not passage.is_told(rule) for rule in rules)


def _is_asked(passage: _Passage) -> bool:
    """A question asks for facts, unless it accuses; one without a self asks for anybody."""
    scenery, clause = passage.scenery, passage.clause
    if scenery.has(Cue.ACCUSING_QUESTION, *passage.sentence):
        return False
    if _ends_with_particle(scenery, clause):
        return True
    if scenery.has(Cue.YES_NO_QUESTION, clause.start, passage.span.end):
        return True
    is_question = scenery.text[clause.start : clause.end].rstrip("\"') ").endswith("?")
    if not passage.mentions_self():
        is_chinese = _HAN.search(scenery.text, *clause) is not None
        return is_question or (is_chinese and scenery.has(Cue.POLICY_QUESTION, *clause))
    return is_question and (
        _ASKING.match(scenery.text, clause.start) is not None
        or scenery.has(Cue.POLICY_QUESTION, clause.start, passage.span.start + 1)
    )


def _ends_with_particle(scenery: Scenery, clause: Span) -> bool:
    """Say whether a clause ends with a Chinese question particle."""
    words = scenery.text[clause.start : clause.end].rstrip(" ,.:;!?。\"')\n")
    end = clause.start + len(words)
    return any(cue.end == end for cue in scenery.within(Cue.QUESTION_END, clause.start, end))


def _is_general(passage: _Passage) -> bool:
    """A statement about everybody, or about what is going to be, is about nobody yet."""
    scenery, sentence = passage.scenery, passage.sentence
    if passage.mentions_self() or "[" in scenery.text[sentence.start : sentence.end]:
        return False
    if any(
        cue.start in passage.clauses for cue in passage.before(Cue.GENERIC_SUBJECT, inside=True)
    ):
        return True
    foretold = scenery.within(Cue.FORETOLD, passage.clause.start, passage.span.end)
    return any(not passage.is_told(cue) for cue in foretold)


_CHECKS = (
    (_is_denied, Stance.DENIED),
    (_is_feared, Stance.FEARED),
    (_is_supposed, Stance.SUPPOSED),
    (_is_quoted, Stance.QUOTED),
    (_is_warned, Stance.WARNED),
    (_is_asked, Stance.ASKED),
    (_is_general, Stance.GENERAL),
)

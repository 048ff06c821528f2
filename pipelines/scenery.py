"""A text as a scene: its sentences and clauses, and the cue words that stand in them.

In: a normalised text, its sentences, and the cue words that the rule engine met in it (the
concepts of `concepts/stance.yml`). Out: which cues stand where, and whether a sentence may
mean anything but what it says. Out of scope: how a passage is meant (`pipelines.stance`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pipelines.records import Span


class Cue(StrEnum):
    """The concepts of `concepts/stance.yml` that are looked for in every text."""

    FIRST_PERSON = "first_person"
    COUNTERPART_SAYS = "counterpart_says"
    TURN = "turn"
    FEARED = "feared"
    WONDERED = "wondered"
    SUPPOSED = "supposed"
    MODAL = "modal"
    HEARSAY = "hearsay"
    WARNED = "warned"
    POINTED_OUT = "pointed_out"
    POLICY_QUESTION = "policy_question"
    YES_NO_QUESTION = "yes_no_question"
    ACCUSING_QUESTION = "accusing_question"
    QUESTION_END = "question_end"
    GENERIC_SUBJECT = "generic_subject"
    FORETOLD = "foretold"
    DENIED = "denied"
    OWN_ACT = "own_act"
    AVERTED = "averted"
    CONTENT = "content"
    NORMATIVE = "normative"
    CASE_MARKER = "case_marker"
    RETRACTED = "retracted"
    CLEARED = "cleared"
    DISCUSSED = "discussed"
    LACKING = "lacking"
    VENDOR_VOICE = "vendor_voice"
    ADVERTISED = "advertised"
    JOKING = "joking"
    HOW_TO = "how_to"
    INSTRUCTS = "instructs"
    REPORTED = "reported"
    NEWS_LEAD = "news_lead"
    NEWSROOM = "newsroom"
    ADDRESSED = "addressed"
    WALLET_PRODUCT = "wallet_product"
    WALLET_SERVICE = "wallet_service"
    BANK_TRANSFER = "bank_transfer"
    MEANS_OF_PAYMENT = "means_of_payment"
    ELSEWHERE = "elsewhere"
    ENDED_WELL = "ended_well"
    ENDED_REFUSED = "ended_refused"
    ENDED_OPEN = "ended_open"
    ENDED_NOWHERE = "ended_nowhere"


_DOUBTS = frozenset(
    {
        Cue.FEARED,
        Cue.WONDERED,
        Cue.SUPPOSED,
        Cue.HEARSAY,
        Cue.WARNED,
        Cue.POLICY_QUESTION,
        Cue.YES_NO_QUESTION,
        Cue.QUESTION_END,
        Cue.GENERIC_SUBJECT,
        Cue.FORETOLD,
        Cue.DENIED,
        Cue.OWN_ACT,
        Cue.AVERTED,
        Cue.NORMATIVE,
    }
)
"""Cues without one of which, and without a question mark, a sentence claims what it says."""


class Stance(StrEnum):
    """How a passage is meant. Only `ALLEGED` makes a finding."""

    ALLEGED = "alleged"
    DENIED = "denied"
    FEARED = "feared"
    SUPPOSED = "supposed"
    QUOTED = "quoted"
    WARNED = "warned"
    ASKED = "asked"
    GENERAL = "general"


_CLAUSE_BREAK = re.compile(
    r"[,:;() -](?:(?<=[,:;()])(?!\d)\s*|(?<=-)-\s*|(?<=[\u3400-\u9fff] )(?=[\u3400-\u9fff]))"
)
_NEGATION_OR_QUESTION = re.compile(
    r"\?|没|未曾|不是|并非|不曾|[永从绝]不|\b(?:never|not|nothing|nobody|no one|none)\b|n't"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenery:
    """A text with its sentences and the cues met in it, each in order of the text.

    It remembers what was asked of it: clauses, doubts, and in `stances` how passages are meant.
    """

    text: str
    sentences: Sequence[Span]
    cues: Mapping[str, tuple[Span, ...]]
    _clauses: dict[Span, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)
    _doubts: dict[Span, bool] = field(default_factory=dict, repr=False, compare=False)
    stances: dict[Span, Stance] = field(default_factory=dict, repr=False, compare=False)

    def clauses_of(self, sentence: Span) -> tuple[int, ...]:
        """Give the starts of the clauses of a sentence."""
        clauses = self._clauses.get(sentence)
        if clauses is None:
            breaks = _CLAUSE_BREAK.finditer(self.text, *sentence)
            clauses = (sentence.start, *(match.end() for match in breaks))
            self._clauses[sentence] = clauses
        return clauses

    def may_doubt(self, sentence: Span) -> bool:
        """Say whether anything in a sentence could keep it from claiming what it says."""
        doubt = self._doubts.get(sentence)
        if doubt is None:
            doubt = (
                any(self.has(cue, *sentence) for cue in _DOUBTS & self.cues.keys())
                or _NEGATION_OR_QUESTION.search(self.text, *sentence) is not None
            )
            self._doubts[sentence] = doubt
        return doubt

    def within(self, cue: Cue, start: int, end: int) -> Sequence[Span]:
        """Give the cues that begin in a half-open range."""
        spans = self.cues.get(cue)
        if spans is None:
            return ()
        return spans[bisect_left(spans, (start,)) : bisect_left(spans, (end,))]

    def has(self, cue: Cue, start: int, end: int) -> bool:
        """Say whether a cue begins in a half-open range."""
        spans = self.cues.get(cue)
        if spans is None:
            return False
        first = bisect_left(spans, (start,))
        return first < len(spans) and spans[first].start < end

    def count(self, cue: Cue) -> int:
        """Count the distinct wordings of a cue."""
        spans = self.cues.get(cue)
        return len({self.text[start:end] for start, end in spans}) if spans else 0

    def sentence_of(self, span: Span) -> Span:
        """Give the sentence in which a span begins."""
        place = bisect_left(self.sentences, (span.start + 1,)) - 1
        return self.sentences[max(place, 0)] if self.sentences else span

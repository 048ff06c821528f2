"""The rule engine: which codes the rules of the taxonomy find in a text, and where.

In: a normalised text and its sentences. Out: one `RuleHit` per code that reaches
`THRESHOLD`, with the passages that say so. Out of scope: whether a passage alleges, fears,
denies or quotes (`pipelines.coding`), and the way back to the redacted text.

One pass finds every term. A rule is tried in a sentence only where a term
of its rarest part stands and all its parts may; so the cost grows with what a text says,
not with the number of rules, and is linear in the length of the text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod

from pipelines.matching import Document, Range, Scene
from pipelines.records import Axis, Span
from pipelines.rule_compiler import WORD_CHARACTERS, CompiledRule, Compiler, searched
from pipelines.taxonomy import Taxonomy

THRESHOLD = 0.5
"""Score from which a code counts as found: rather so than not. Weights are set against it."""

BRIEF_LENGTH = 120
"""Chinese characters, or words, of a brief text: the length of a post that speaks of one thing."""

CEILING = 0.99
"""No score says certain: rules read words, not facts."""


_NOWHERE = Span(sys.maxsize, sys.maxsize)
"""Stands behind the last sentence: nothing begins in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMatch:
    """One rule at one place. `rule_no` numbers the rules of the entry from 0."""

    rule_no: int
    weight: float
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHit:
    """A code found in a text. `score` combines the weights of the rules that matched."""

    axis: Axis
    code: str
    score: float
    matches: tuple[RuleMatch, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The distinct passages, in order of the text."""
        return tuple(sorted({match.span for match in self.matches}))


def combined_score(matches: Iterable[RuleMatch]) -> float:
    """Combine matches by noisy-or, each rule once: independent signs of one fact add up.

    >>> weak = [RuleMatch(rule_no=n, weight=0.4, span=Span(0, 1)) for n in (0, 0, 1)]
    >>> round(combined_score(weak), 2)
    0.64
    """
    weights = {match.rule_no: match.weight for match in matches}
    return min(CEILING, 1 - prod([1 - weight for weight in weights.values()]))


class RuleEngine:
    """All rules of a taxonomy, compiled. Holds no state between texts.

    `watched` are concepts whose places `places` gives.
    """

    def __init__(self, taxonomy: Taxonomy, watched: Iterable[str] = ()) -> None:
        names = tuple(watched)
        self._for_brief = _Program(taxonomy, names, for_brief=True)
        self._for_long = _Program(taxonomy, names, for_brief=False)

    def find(self, text: str, sentences: Sequence[Span]) -> tuple[RuleHit, ...]:
        """Find the codes whose rules reach `THRESHOLD`, by score, then axis and code.

        `text` is normalised; `sentences` are its spans, in order. The spans of the hits
        point into `text`. The same arguments give the same hits.
        """
        return self.hits(self.document(text, sentences))

    def document(self, text: str, sentences: Sequence[Span]) -> Document:
        """Find every term of a text: what `hits` and `places` ask for."""
        return self._program(is_brief(text)).document(text, sentences)

    def hits(self, document: Document) -> tuple[RuleHit, ...]:
        """Find the codes whose rules reach `THRESHOLD`, as `find` does."""
        return self._program(document.is_brief).hits(document)

    def places(self, document: Document) -> dict[str, tuple[Span, ...]]:
        """Find the places of the watched concepts, each in order of the text."""
        return self._program(document.is_brief).places(document)

    def _program(self, for_brief: bool) -> _Program:
        return self._for_brief if for_brief else self._for_long


def is_brief(text: str) -> bool:
    """Say whether a text is brief, by its letters: `BRIEF_LENGTH` Chinese ones, or words of six.

    >>> is_brief("退款" * 60), is_brief("退款" * 61), is_brief("refund" * 120)
    (True, False, True)
    """
    multibyte = (len(text.encode(errors="replace")) - len(text)) / 2
    return multibyte + (len(text) - multibyte) / 6 <= BRIEF_LENGTH


class _Program:
    """The rules compiled for brief texts, or for longer ones."""

    def __init__(self, taxonomy: Taxonomy, watched: Sequence[str], *, for_brief: bool) -> None:
        compiler = Compiler(taxonomy.concepts, for_brief=for_brief)
        self._for_brief = for_brief
        self._rules = tuple(
            compiler.rule(entry, number, rule)
            for entry in taxonomy.entries.values()
            if entry.retired is None
            for number, rule in enumerate(entry.rules)
            if for_brief or not rule.is_brief
        )
        self._watched = tuple((name, compiler.concept(name)) for name in watched)
        self._search = compiler.search()
        self._term_masks = compiler.term_masks()
        self._watched_by: dict[int, list[int]] = {}
        for number, (_name, node) in enumerate(self._watched):
            for term in node.triggers:
                self._watched_by.setdefault(term, []).append(number)
        self._triggered = compiler.triggered(self._rules)

    def hits(self, document: Document) -> tuple[RuleHit, ...]:
        """Give the codes whose rules reach the threshold, best first."""
        found: dict[tuple[Axis, str], list[RuleMatch]] = {}
        for rule, place in self._fulfilled(document):
            match = RuleMatch(rule_no=rule.number, weight=rule.weight, span=Span(*place))
            found.setdefault((rule.axis, rule.code), []).append(match)
        hits = (_hit(axis, code, matches) for (axis, code), matches in found.items())
        return tuple(
            sorted(
                (hit for hit in hits if hit.score >= THRESHOLD),
                key=lambda hit: (-hit.score, hit.axis, hit.code),
            )
        )

    def places(self, document: Document) -> dict[str, tuple[Span, ...]]:
        """Give the places of every watched concept that the text holds, in order."""
        places: dict[str, list[Range]] = {}
        watched_by = self._watched_by
        for scene in document.scenes:
            triggers = scene.terms.keys() & watched_by.keys()
            for number in set().union(*[watched_by[term] for term in triggers]):
                name, node = self._watched[number]
                if found := scene.find(node):
                    places.setdefault(name, []).extend(found)
        return {
            name: tuple([Span(start, end) for start, end in sorted(found)])
            for name, found in places.items()
        }

    def document(self, text: str, sentences: Sequence[Span]) -> Document:
        """Find every term and give the sentences in which one was met."""
        scenes: list[Scene] = []
        scene: Scene | None = None
        masks, word = self._term_masks, WORD_CHARACTERS
        waiting = iter((*sentences, _NOWHERE))
        sentence = next(waiting)
        for start, end, uses in self._search.find(searched(text)):
            while sentence.end < end:
                sentence, scene = next(waiting), None
            if start < sentence.start:
                continue
            for term, begins_word, ends_word in uses:
                if (begins_word and text[start - 1 : start] in word) or (
                    ends_word and text[end : end + 1] in word
                ):
                    continue
                if scene is None:
                    scene = Scene(text, sentence)
                    scenes.append(scene)
                if term in scene.terms:
                    scene.terms[term].append((start, end))
                else:
                    scene.terms[term] = [(start, end)]
                    scene.mask |= masks[term]
        return Document(text, scenes, is_brief=self._for_brief)

    def _fulfilled(self, document: Document) -> Iterator[tuple[CompiledRule, Range]]:
        """Give every place where a rule is fulfilled."""
        rules, triggered = self._rules, self._triggered
        wide: set[int] = set()
        for scene in document.scenes:
            for number in set().union(*[triggered[term] for term in scene.terms]):
                rule = rules[number]
                if rule.window:
                    wide.add(number)
                elif scene.mask & rule.mask == rule.mask:
                    for place in rule.find(scene, document):
                        yield rule, place
        for number in wide:
            rule = rules[number]
            if document.mask & rule.mask == rule.mask:
                for place in rule.find_wide(document):
                    yield rule, place


def _hit(axis: Axis, code: str, matches: list[RuleMatch]) -> RuleHit:
    ordered = tuple(sorted(matches, key=lambda match: (match.span, match.rule_no)))
    return RuleHit(axis=axis, code=code, score=combined_score(matches), matches=ordered)

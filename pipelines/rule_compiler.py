"""How the rules of a taxonomy become numbers, masks and nodes.

In: the concepts and rules of a `Taxonomy`. Out: compiled rules, the search that finds
their terms, and which rules a term gives reason to try. Out of scope: running them
(`pipelines.rules`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import NamedTuple

from pipelines.matching import (
    Chain,
    Document,
    Node,
    Range,
    Scene,
    count_units,
    has_at_most,
    narrowest,
)
from pipelines.records import Axis
from pipelines.taxonomy.model import Concept, Conjunction, Entry, Part, Rule
from pipelines.taxonomy.model import Sequence as Ordered
from pipelines.word_search import WordSearch

WORD_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
"""A Latin term does not match beside one of these."""

_WHOLE_DOCUMENT = 1_000_000_000
"""Units that no document has."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CompiledRule:
    """A rule whose parts are nodes.

    `chain` is set for ordered parts; otherwise `nodes` meet in any order. `window` is the
    units over which a rule may spread, 0 for a rule that stays in a sentence.
    """

    axis: Axis
    code: str
    number: int
    weight: float
    nodes: tuple[Node, ...]
    mask: int
    chain: Chain | None
    window: int
    unless: Node | None
    needs: Node | None

    def find(self, scene: Scene, document: Document) -> list[Range]:
        """Find where one sentence fulfils the rule."""
        if self.chain is not None:
            places = scene.follow(self.chain)
        else:
            places = narrowest([scene.find(node) for node in self.nodes])
        if not places or (self.unless is not None and scene.find(self.unless)):
            return []
        return places if self._is_needed_met(document) else []

    def find_wide(self, document: Document) -> list[Range]:
        """Find the narrowest place where several sentences together fulfil the rule."""
        choices = []
        for node in self.nodes:
            places = document.find(node)
            if not places:
                return []
            choices.append(places)
        if not self._is_needed_met(document):
            return []
        unless = self.unless
        if unless is not None and document.find(unless):
            scenes = [scene for scene in document.scenes if not scene.find(unless)]
            choices = [
                [place for scene in scenes for place in scene.find(node)] for node in self.nodes
            ]
        places = narrowest(choices)
        return [place for place in places if has_at_most(self.window, document.text, place)]

    def _is_needed_met(self, document: Document) -> bool:
        return self.needs is None or bool(document.find(self.needs))


class TermUse(NamedTuple):
    """A term by its number, and whether a word must begin, or end, where it does."""

    number: int
    begins_word: bool
    ends_word: bool


class Compiler:
    """Turns terms into numbers and parts into nodes; equal parts become one node.

    With `for_brief`, concepts have their vague wordings as well.
    """

    def __init__(self, concepts: Mapping[str, Concept], *, for_brief: bool) -> None:
        self._concepts = concepts
        self._for_brief = for_brief
        self._terms: dict[str, int] = {}
        self._nodes: list[Node] = []
        self._of_concept: dict[str, Node] = {}
        self._of_part: dict[Part, Node] = {}

    def rule(self, entry: Entry, number: int, rule: Rule) -> CompiledRule:
        """Compile one rule of an entry."""
        shape = rule.shape
        nodes = tuple(self._part(part) for part in shape.parts)
        mask = _joined_mask(nodes)
        return CompiledRule(
            axis=entry.axis,
            code=entry.code,
            number=number,
            weight=rule.weight,
            nodes=nodes,
            mask=mask,
            chain=Chain(nodes=nodes, gap=shape.gap, mask=mask)
            if isinstance(shape, Ordered)
            else None,
            window=_window(shape),
            unless=self._part(rule.unless) if rule.unless else None,
            needs=self._part(rule.needs) if rule.needs else None,
        )

    def search(self) -> WordSearch[tuple[TermUse, ...]]:
        """Prepare the search for all terms; each is given with where it may stand."""
        uses: dict[str, tuple[TermUse, ...]] = {}
        for term, number in self._terms.items():
            literal = term.removesuffix("*")
            use = TermUse(
                number,
                literal[0] in WORD_CHARACTERS,
                literal == term and literal[-1] in WORD_CHARACTERS,
            )
            uses[literal] = (*uses.get(literal, ()), use)
        return WordSearch(uses)

    def term_masks(self) -> list[int]:
        """Give, for each term, the bits of the nodes that it may fulfil."""
        masks = [0] * len(self._terms)
        for node in self._nodes:
            for term in node.triggers:
                masks[term] |= node.bit
        return masks

    def triggered(self, rules: Sequence[CompiledRule]) -> list[tuple[int, ...]]:
        """Give, for each term, the rules that are tried where it stands."""
        rules_of: list[list[int]] = [[] for _ in self._terms]
        for number, rule in enumerate(rules):
            for term in min(rule.nodes, key=_rarity).triggers:
                rules_of[term].append(number)
        return [tuple(numbers) for numbers in rules_of]

    def _part(self, part: Part) -> Node:
        if not part.terms and len(part.concepts) == 1:
            return self.concept(part.concepts[0])
        if part not in self._of_part:
            self._of_part[part] = self._node(part)
        return self._of_part[part]

    def concept(self, name: str) -> Node:
        """Compile a concept, once."""
        if name not in self._of_concept:
            concept = self._concepts[name]
            part = concept.part
            if self._for_brief and concept.brief_terms:
                part = replace(part, terms=part.terms + concept.brief_terms)
            exceptions = self._part(concept.exceptions) if concept.exceptions.terms else None
            self._of_concept[name] = self._node(part, concept.phrases, exceptions)
        return self._of_concept[name]

    def _node(
        self, part: Part, phrases: Iterable[Ordered] = (), exceptions: Node | None = None
    ) -> Node:
        terms = {self._term(spelling) for term in part.terms for spelling in _spellings(term)}
        rarity = sum(_term_rarity(term) for term in part.terms)
        chains = []
        for phrase in phrases:
            nodes = tuple(self._part(step) for step in phrase.parts)
            chains.append(Chain(nodes=nodes, gap=phrase.gap, mask=_joined_mask(nodes)))
            rarity += (phrase.gap + 1) * prod(node.rarity for node in nodes)
        for concept in part.concepts:
            node = self.concept(concept)
            rarity += node.rarity
            if node.exceptions is None:
                terms |= node.terms
                chains += node.chains
            else:
                chains.append(Chain(nodes=(node,), gap=0, mask=node.bit))
        triggers = terms.union(*(min(chain.nodes, key=_rarity).triggers for chain in chains))
        node = Node(
            index=len(self._nodes),
            bit=1 << len(self._nodes),
            terms=frozenset(terms),
            chains=tuple(chains),
            exceptions=exceptions,
            triggers=frozenset(triggers),
            rarity=rarity,
        )
        self._nodes.append(node)
        return node

    def _term(self, term: str) -> int:
        return self._terms.setdefault(term, len(self._terms))


def searched(text: str) -> str:
    """Give the form of a text in which terms are looked for, of equal length."""
    return text.replace("-", " ")


def _window(shape: Ordered | Conjunction) -> int:
    """Give the units that a shape may spread over, 0 if it stays in a sentence."""
    if isinstance(shape, Ordered) or shape.within == "sentence":
        return 0
    return _WHOLE_DOCUMENT if shape.within == "document" else shape.within


def _spellings(term: str) -> set[str]:
    """Give the spellings under which a term is looked for: apostrophes are often left out."""
    plain = searched(term)
    return {plain, plain.replace("'", "")}


def _term_rarity(term: str) -> float:
    """Estimate how often a term stands at a place: a unit is one of some hundred."""
    return float(200.0 ** -count_units(term))


def _rarity(node: Node) -> float:
    return node.rarity


def _joined_mask(nodes: Iterable[Node]) -> int:
    mask = 0
    for node in nodes:
        mask |= node.bit
    return mask

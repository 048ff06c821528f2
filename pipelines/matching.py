"""How a rule is held against one sentence: compiled parts, shapes, and a sentence's matches.

In: the terms that an automaton met in a sentence. Out: the ranges where a rule's shape is
fulfilled. Out of scope: compiling a taxonomy and combining rules (`pipelines.rules`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter

from pipelines.records import Span

Range = tuple[int, int]

_RANGES_PER_SENTENCE = 16
"""Matches of one part looked at in one sentence; more is no writing, and would cost squares."""

_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_LONGEST_UNIT = 20
"""Code points a unit may take in a window; a wider window is refused without counting."""

_end_then_start = itemgetter(1, 0)
_end = itemgetter(1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chain:
    """Compiled parts that follow each other in one sentence, `gap` units apart at most."""

    nodes: tuple[Node, ...]
    gap: int
    mask: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """A compiled part or concept.

    `bit` is its place in the masks that say which nodes a sentence may fulfil; `triggers`
    are the terms of which one must stand in the sentence; `rarity` estimates how often one
    does (smaller is rarer).
    """

    index: int
    bit: int
    terms: frozenset[int]
    chains: tuple[Chain, ...]
    exceptions: Node | None
    triggers: frozenset[int]
    rarity: float


class Scene:
    """One sentence with the terms met in it; remembers what each node matched."""

    __slots__ = ("_found", "_text", "_units", "mask", "sentence", "terms")

    def __init__(self, text: str, sentence: Span) -> None:
        self.sentence = sentence
        self.terms: dict[int, list[Range]] = {}
        self.mask = 0
        self._text = text
        self._units: list[int] | None = None
        self._found: dict[int, list[Range]] = {}

    def find(self, node: Node) -> list[Range]:
        """Give the ranges that a node matches, by end and start, at most a bounded number."""
        if not self.mask & node.bit:
            return []
        found = self._found.get(node.index)
        if found is None:
            found = self._found[node.index] = self._search(node)
        return found

    def follow(self, chain: Chain) -> list[Range]:
        """Give the ranges over which all nodes of a chain follow each other.

        Of several ways to reach the same last match the nearest is taken at every step.
        """
        if self.mask & chain.mask != chain.mask:
            return []
        reached = self.find(chain.nodes[0])
        for node in chain.nodes[1:]:
            reached = self._step(reached, self.find(node), chain.gap)
            if not reached:
                break
        return reached

    def _search(self, node: Node) -> list[Range]:
        met = node.terms.intersection(self.terms)
        found = [place for term in met for place in self.terms[term]]
        for chain in node.chains:
            found += self.follow(chain)
        if node.exceptions is not None and found:
            outer = self.find(node.exceptions)
            found = [place for place in found if not _is_inside(place, outer)]
        found.sort(key=_end_then_start)
        return found[:_RANGES_PER_SENTENCE]

    def _step(self, reached: list[Range], following: list[Range], gap: int) -> list[Range]:
        """Lengthen each chain by the matches that begin within the gap after it."""
        ends = [end for _start, end in reached]
        longer = []
        for start, end in following:
            nearest = bisect_right(ends, start) - 1
            if nearest >= 0 and self._is_near(ends[nearest], start, gap):
                longer.append((reached[nearest][0], end))
        return longer

    def _is_near(self, end: int, start: int, gap: int) -> bool:
        if start - end <= gap:
            return True
        if self._units is None:
            units = _UNIT.finditer(self._text, *self.sentence)
            self._units = [unit.start() for unit in units]
        return bisect_left(self._units, start) - bisect_left(self._units, end) <= gap


def narrowest(choices: list[list[Range]]) -> list[Range]:
    """Give the narrowest hull that holds one range of every list, as a list of one or none.

    >>> narrowest([[(0, 2), (9, 11)], [(12, 14)]])
    [(9, 14)]
    """
    places = sorted((*place, number) for number, some in enumerate(choices) for place in some)
    latest: dict[int, Range] = {}
    best: Range | None = None
    for start, end, number in places:
        latest[number] = (start, end)
        if len(latest) == len(choices):
            hull = min(place[0] for place in latest.values()), max(map(_end, latest.values()))
            if best is None or hull[1] - hull[0] < best[1] - best[0]:
                best = hull
    return [] if best is None else [best]


def count_units(text: str) -> int:
    """Count Chinese characters and words of other scripts.

    >>> count_units("退了 50 yuan")
    4
    """
    return len(_UNIT.findall(text))


def has_at_most(units: int, text: str, place: Range) -> bool:
    """Say whether a range holds at most so many units; never counts far beyond them.

    >>> has_at_most(4, "退了 50 yuan", (0, 10)), has_at_most(3, "退了 50 yuan", (0, 10))
    (True, False)
    """
    start, end = place
    if end - start <= units:
        return True
    return end - start <= units * _LONGEST_UNIT and count_units(text[start:end]) <= units


def _is_inside(place: Range, outer: list[Range]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in outer)

"""How a rule is held against one sentence: compiled parts, shapes, and a sentence's matches.

In: the terms that an automaton met in a sentence. Out: the ranges where a rule's shape is
fulfilled. Out of scope: compiling a taxonomy and combining rules (`pipelines.rules`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import islice
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
        found = self._found.get(node.index)
        if found is None:
            found = self._search(node) if self.mask & node.bit else []
            self._found[node.index] = found
        return found

    def follow(self, chain: Chain) -> list[Range]:
        """Give the ranges over which all nodes of a chain follow each other.

        Asked only of chains whose mask the sentence's mask holds. Of several ways to reach the
        same last match the nearest is taken at every step.
        """
        reached = self.find(chain.nodes[0])
        for node in chain.nodes[1:]:
            if not reached:
                break
            reached = self._step(reached, self.find(node), chain.gap)
        return reached

    def _search(self, node: Node) -> list[Range]:
        found: list[Range] = []
        terms, mask = self.terms, self.mask
        for term in node.terms.intersection(terms):
            found += terms[term]
        for chain in node.chains:
            if mask & chain.mask == chain.mask:
                found += self.follow(chain)
        if node.exceptions is not None and found:
            outer = self.find(node.exceptions)
            found = [place for place in found if not _is_inside(place, outer)]
        if len(found) > 1:
            found.sort(key=_end_then_start)
            del found[_RANGES_PER_SENTENCE:]
        return found

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


class Document:
    """The sentences of a text in which a term was met; remembers what each node matched.

    `is_brief` says by which of the two sets of compiled rules the terms were found.
    """

    __slots__ = ("_found", "is_brief", "mask", "scenes", "text")

    def __init__(self, text: str, scenes: list[Scene], *, is_brief: bool) -> None:
        self.text = text
        self.is_brief = is_brief
        self.scenes = scenes
        self.mask = 0
        for scene in scenes:
            self.mask |= scene.mask
        self._found: dict[int, list[Range]] = {}

    def find(self, node: Node) -> list[Range]:
        """Give the ranges that a node matches anywhere, in order."""
        found = self._found.get(node.index)
        if found is None:
            bit = node.bit
            scenes = [scene for scene in self.scenes if scene.mask & bit]
            found = [place for scene in scenes for place in scene.find(node)]
            self._found[node.index] = found
        return found


def narrowest(choices: list[list[Range]]) -> list[Range]:
    """Give a narrow hull that holds one range of every list, as a list of one or none.

    Around each range of the shortest list the nearest of every other list are taken; the
    lists are in order.

    >>> narrowest([[(0, 2), (9, 11)], [(12, 14)]])
    [(9, 14)]
    """
    if not all(choices):
        return []
    anchors, *others = sorted(choices, key=len)
    return [min((_hull(anchor, others) for anchor in anchors), key=_width)]


def _hull(anchor: Range, others: list[list[Range]]) -> Range:
    """Stretch a range over the nearest range of every list."""
    start, end = anchor
    for places in others:
        after = bisect_left(places, start, key=_end)
        near = [
            (min(start, place[0]), max(end, place[1]))
            for place in places[max(after - 1, 0) : after + 1]
        ]
        start, end = near[0] if len(near) == 1 else min(near, key=_width)
    return start, end


def _width(place: Range) -> int:
    return place[1] - place[0]


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
    if end - start > units * _LONGEST_UNIT:
        return False
    return sum(1 for _ in islice(_UNIT.finditer(text, start, end), units + 1)) <= units


def _is_inside(place: Range, outer: list[Range]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in outer)

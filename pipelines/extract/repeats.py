"""Passages in which a text says again what it has said: pasted twice, or spun.

In: a normalised text without its adverts, and its sentences. Out: the later copies, in
order, without overlap. Out of scope: copies of one text in several records
(`pipelines.dedupe`).

A line or a sentence that comes back letter for letter is a copy; so is one of which an
earlier line holds nearly all words in the same order. A copy with a number of its own, such
as the next entry of a list, is a fact of its own and stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.records import Span

_CLAUSE = re.compile(r"[^\s,。.!?;:\"()][^,。.!?;:\n\"()]{7,}")
_LINE = re.compile(r"[^\n]+")
_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_MARKS = re.compile(r"[\W_]+")
_FIGURES = re.compile(r"\[[a-z_]+_\d+\]|\d+|x{2,}")
_MASKED = re.compile(r"\bx{2,}|\*{2,}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[二三四五六七八九十百千万]+(?=[元块万天日号月年次岁])")

_LEAST_WEIGHT = 12
"""Chinese letters (four of another script weigh as one) that nobody repeats for emphasis."""

_LEAST_TITLE_WEIGHT = 8
"""The same for the first line of a text, which a page often shows several times."""

_LEAST_NEAR_WEIGHT = 24
"""The same for a passage that is no copy letter for letter."""

_ALIKE = 0.7
"""Share of a later passage's triples of words that an earlier line must hold: that of passages
in which one word of ten differs."""

_CANDIDATES = 3
"""Earlier lines that a later passage is compared with: those it shares most clauses with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What a passage is compared by: its words, three by three, and its numbers."""

    triples: frozenset[tuple[str, ...]]
    numbers: frozenset[str]

    def is_in(self, earlier: _Content) -> bool:
        """Say whether another passage holds nearly all of this one, and all its numbers."""
        held = len(self.triples & earlier.triples)
        return held >= _ALIKE * len(self.triples) and self.numbers <= earlier.numbers


@dataclass(slots=True)
class _Said:
    """What was said so far: passages by their letters, clauses by the first line they stand in."""

    text: str
    title: str
    passages: set[str] = field(default_factory=set)
    clauses: dict[str, Span] = field(default_factory=dict)
    _contents: dict[Span, _Content] = field(default_factory=dict)

    def holds(self, span: Span) -> bool:
        """Say whether a passage says again what was said."""
        words = self.text[span.start : span.end]
        letters = _letters(words)
        weight = _weight(letters)
        if letters in self.passages:
            least = _LEAST_TITLE_WEIGHT if letters == self.title else _LEAST_WEIGHT
            if weight >= least:
                return True
        if weight < _LEAST_NEAR_WEIGHT or _MASKED.search(words):
            return False  # what is masked may differ
        return self._holds_nearly(words)

    def add(self, span: Span) -> None:
        """Remember a passage by its letters."""
        self.passages.add(_letters(self.text[span.start : span.end]))

    def add_line(self, line: Span) -> None:
        """Remember a line by its letters and its clauses."""
        self.add(line)
        for clause in _CLAUSE.findall(self.text, *line):
            self.clauses.setdefault(clause, line)

    def _holds_nearly(self, words: str) -> bool:
        """Look for an earlier line with nearly the same words, and no other numbers."""
        shared = Counter(
            self.clauses[clause] for clause in _CLAUSE.findall(words) if clause in self.clauses
        )
        content = _content(words)
        for line, _count in shared.most_common(_CANDIDATES):
            if line not in self._contents:
                self._contents[line] = _content(self.text[line.start : line.end])
            if content.is_in(self._contents[line]):
                return True
        return False


def find_repeats(text: str, sentences: Sequence[Span]) -> tuple[Span, ...]:
    r"""List the later copies of what a normalised text says twice.

    >>> said = "客服说材料只是通过了初审,还需要补充证明。"
    >>> text = f"{said}\n我不同意这个说法,要求退还全部费用。\n{said}"
    >>> find_repeats(text, [Span(0, 21), Span(22, 40), Span(41, 62)])
    (Span(start=41, end=62),)
    """
    clauses = _CLAUSE.findall(text)
    if len({*clauses}) == len(clauses):
        return ()
    return tuple(_repeats(text, sentences))


def find_title_again(text: str) -> tuple[Span, ...]:
    r"""List the places inside later lines where the first line of a text stands once more.

    Asked of texts into which adverts were put: the title is put in along with them.

    >>> find_title_again("九岁女儿在平台上消费三十一万\n她说九岁女儿在平台上消费三十一万,不能退。")
    (Span(start=17, end=31),)
    """
    title = text.partition("\n")[0].strip(" :-_|")
    if _weight(title) < _LEAST_WEIGHT:
        return ()
    copies = re.finditer(re.escape(title), text)
    return tuple(Span(*copy.span()) for copy in copies)[1:]


def _repeats(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """Go through the lines, then through the sentences of those that are new."""
    said = _Said(text=text, title=_letters(text.partition("\n")[0]))
    starts = [sentence.start for sentence in sentences]
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        if said.holds(line):
            yield line
            continue
        own = sentences[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        for sentence in own if len(own) > 1 else ():
            if said.holds(sentence):
                yield sentence
            else:
                said.add(sentence)
        said.add_line(line)


def _letters(words: str) -> str:
    return _MARKS.sub("", words)


def _weight(letters: str) -> float:
    """Weigh letters; figures and placeholders weigh nothing, so that entries of a list stay."""
    words = _FIGURES.sub("", letters)
    multibyte = (len(words.encode(errors="replace")) - len(words)) / 2
    return multibyte + (len(words) - multibyte) / 4


def _content(words: str) -> _Content:
    units = _UNIT.findall(words)
    return _Content(
        triples=frozenset(zip(units, units[1:], units[2:], strict=False)),
        numbers=frozenset(_NUMBER.findall(words)),
    )

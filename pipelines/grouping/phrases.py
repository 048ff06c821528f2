"""What marks a group, as phrases that can be read.

In: the words of its members in the order of their texts, the words that mark it, and its name.
Out: a few phrases in reading order. Out of scope: which words mark a group
(`pipelines.grouping.themes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from pipelines.grouping.openings import empty_words, read_opening
from pipelines.grouping.places import name_itself, repeats_name
from pipelines.segment import is_word

OPENING_WORDS = 12
"""Words at the beginning of a text, its title among them, that say what it is about."""

LONGEST_PHRASE = 4
"""Words that are joined to one phrase; more is a sentence."""

MOST_PHRASES = 5
"""What a reader takes in at a glance."""

ENOUGH_PHRASES = 3
"""With so many that members open with, marking words add nothing that is read."""


def key_phrases(tokens: Sequence[str], terms: Sequence[str], name: str) -> tuple[str, ...]:
    """Join the words that members open with, then those that mark the group, to phrases.

    Words that half of the members open with, two at least, come first: they are what most
    titles say; marking words fill up. A phrase is as long as two members write it, and holds
    no word of the name. Phrases stand in the order in which they are told.

    >>> texts = ["城南 花园 深夜 施工 噪音 大", "城南 花园 小区 深夜 施工 噪音 睡 不着 老人 多"]
    >>> key_phrases(texts, ["老人"], "城南花园")
    ('深夜施工噪音', '老人')
    """
    told = [text.split(" ") for text in tokens]
    openings = [read_opening(text, OPENING_WORDS) for text in tokens]
    first = _leading(openings, name)
    chosen = _phrases(openings, first)
    spare = [term for term in terms if term not in first and not _has_digit(term)]
    chosen += _phrases(told, spare)[: max(0, ENOUGH_PHRASES - len(chosen))]
    ordered = sorted(chosen[:MOST_PHRASES], key=lambda run: (_place(run, told), run))
    joined = [_joined(run) for run in ordered]
    return tuple(
        one for one in joined if not any(one != other and one in other for other in joined)
    )


def _leading(openings: Sequence[Sequence[str]], name: str) -> tuple[str, ...]:
    """Give the words that enough members open with, the most common first."""
    opened = Counter(word for words in openings for word in sorted(set(words)))
    at_least = max(2, -(-len(openings) // 2))
    known = name_itself(name.lower())
    return tuple(
        word
        for word, count in sorted(opened.items(), key=lambda item: (-item[1], item[0]))
        if count >= at_least and len(word) > 1 and word not in empty_words()
        if not repeats_name(word, known) and not _has_digit(word)
    )


def _has_digit(word: str) -> bool:
    """Say whether a word is a number or the mask of a region (a7)."""
    return any(mark.isdigit() for mark in word)


def _phrases(told: Sequence[Sequence[str]], marks: Sequence[str]) -> list[tuple[str, ...]]:
    """Join marking words that stand side by side in two texts, each in one phrase at most.

    The phrase that holds the most telling word comes first.
    """
    place = {word: number for number, word in enumerate(marks)}
    writers = Counter(run for words in told for run in set(_runs(words, place)))
    shared = [run for run, count in writers.items() if count >= 2 or len(run) == 1]
    chosen: list[tuple[str, ...]] = []
    for run in sorted(shared, key=lambda run: (-len(run), -writers[run], run)):
        if not any(set(run) & set(other) for other in chosen):
            chosen.append(run)
    return sorted(chosen, key=lambda run: min(place[word] for word in run))


def _runs(words: Sequence[str], marks: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Give the runs of marking words in a text that name no word twice."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(words)) + 1):
            run = tuple(words[start:end])
            if run[-1] not in marks or len(set(run)) < len(run):
                break
            yield run


def _place(run: tuple[str, ...], told: Sequence[Sequence[str]]) -> float:
    """Say where in their texts those who write it do so first, on average (0-1)."""
    places = [words.index(run[0]) / len(words) for words in told if not set(run).difference(words)]
    return sum(places) / len(places) if places else 1.0


def _joined(run: Sequence[str]) -> str:
    """Write a run as one phrase, without the end of a region that was cut to its first word."""
    is_cut = run[0][0] in "省市县区" and len(run[0]) > 1 and not is_word(run[0])
    text = run[0][1:] if is_cut else run[0]
    for word in run[1:]:
        text += f" {word}" if text[-1].isascii() and word[0].isascii() else word
    return text

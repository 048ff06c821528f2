"""How much the words of a complaint speak for a theme.

In: a block and which of its complaints belong to which theme. Out: for every
complaint and theme a log-likelihood ratio in nats: the words as a blend of the
theme's and the background's, against the background alone. Out of scope: dates
and codes (`pipelines.grouping.timing`, `pipelines.grouping.allegations`).

The background of a theme is what else is said of the merchant, leaning on what
complaints elsewhere say under the theme's codes and on its topics, so that the
common wording of a code or topic is no evidence for one event. A word's own count
never speaks for itself: members are judged by the words of the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.grouping.corpus import Block, Floats, Ints

USUAL_VARIATION = 3.0
"""How much more often than usual a word is used by chance of topic: less is hardly a sign."""

BLENDS = np.array([0.15, 0.5, 0.8])
"""Shares of a complaint's words that come from its theme."""

BACKGROUND_STRENGTH = 200.0
"""Words of the merchant's other complaints that weigh as much as the rest of the corpus."""

THEME_STRENGTH = 60.0
"""Words of members that weigh as much as the background in a theme's own wording."""

DISCOUNT = 0.6
"""Taken from each count of a word in a theme: one mention is hardly a sign."""


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """Evidence of words: `gain` in nats, and the expected share of words from the theme (0-1)."""

    gain: Floats
    share: Floats


class WordModel:
    """The words of one block, ready to be judged against any division into themes."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._worded: Ints = np.flatnonzero(np.diff(block.words.indptr) > 0)
        self._words = block.words[self._worded]
        self._weight: Floats = block.weight[self._worded]
        self._entry_row: Ints = np.repeat(np.arange(len(self._worded)), np.diff(self._words.indptr))
        self._entry_word: Ints = self._words.indices.astype(np.int64)
        self._length: Floats = np.diff(self._words.indptr) + block.unique_words[self._worded]

    def evidence(self, members: Floats, code_mix: Floats, is_strict: bool = True) -> WordEvidence:
        """Judge every complaint against every theme; one without words says nothing.

        Whether there is a theme at all is judged strictly: only words far beyond
        the usual count, under any view of what is usual. Whether a complaint joins
        a theme that stands is judged plainly.

        `members` is complaints x themes, 0 or 1, at most one theme each;
        `code_mix` is themes x local codes, rows summing to 1, or to 0 for a
        theme without codes.
        """
        gain, share = np.zeros(members.shape), np.zeros(members.shape)
        worded = self._evidence(members[self._worded], code_mix, is_strict)
        gain[self._worded], share[self._worded] = worded.gain, worded.share
        return WordEvidence(gain, share)

    def _evidence(self, members: Floats, code_mix: Floats, is_strict: bool) -> WordEvidence:
        weighted = members * self._weight[:, None]
        outside = (members.sum(axis=1) == 0) * self._weight
        background = self._background(members, outside, code_mix, is_strict)
        variation = USUAL_VARIATION if is_strict else 0.0
        count = np.asarray(self._words.T @ weighted)
        total = self._length @ weighted + THEME_STRENGTH
        kept = np.maximum(count - DISCOUNT, 0.0)
        rest = 1 - kept.sum(axis=0) / total
        ratio = _beyond_usual(kept / (background * total), variation) + rest
        by_blend = np.empty((len(BLENDS), *members.shape))
        for number, blend in enumerate(BLENDS):
            floor = np.log(1 - blend + blend * rest)
            lift = np.log(1 - blend + blend * ratio) - floor
            by_blend[number] = self._length[:, None] * floor + self._words @ lift
        self._judge_members_by_others(by_blend, members, background, count, total, rest, variation)
        return _averaged(by_blend, members)

    def cluster_gains(self, label: Ints) -> Floats:
        """Sum, per cluster of a full division, how much its members speak for it (nats)."""
        label = label[self._worded]
        width = self._words.shape[1]
        key = label[self._entry_row] * width + self._entry_word
        weight = self._weight[self._entry_row]
        _, place, inverse = np.unique(key, return_index=True, return_inverse=True)
        count = np.bincount(inverse, weight)[inverse]
        everyone = np.bincount(self._entry_word, weight, minlength=width)
        cluster_length = np.bincount(label, self._length * self._weight)
        total = cluster_length[label] - self._length * self._weight + THEME_STRENGTH
        other = np.maximum(everyone[self._entry_word] - count - 1, 0.0)
        other_length = (self._length @ self._weight - cluster_length)[label][self._entry_row]
        base = (other + BACKGROUND_STRENGTH * self._typical_base()[self._entry_word]) / (
            np.maximum(other_length, 0.0) + BACKGROUND_STRENGTH
        )
        kept = np.maximum(count - weight - DISCOUNT, 0.0)
        kept_by_cluster = np.bincount(
            label[self._entry_row[place]],
            np.maximum(np.bincount(inverse, weight) - DISCOUNT, 0.0),
            minlength=len(cluster_length),
        )
        rest = 1 - (kept_by_cluster / (cluster_length + THEME_STRENGTH))[label]
        ratio = _beyond_usual(kept / (base * total[self._entry_row]), USUAL_VARIATION)
        gain = np.full((len(BLENDS), len(label)), -np.log(len(BLENDS)))
        for number, blend in enumerate(BLENDS):
            floor = 1 - blend + blend * rest
            lift = np.log1p(blend * ratio / floor[self._entry_row])
            gain[number] += self._length * np.log(floor)
            gain[number] += np.bincount(self._entry_row, lift, minlength=len(label))
        return np.asarray(
            np.bincount(label, np.logaddexp.reduce(gain, axis=0) * self._weight), dtype=np.float64
        )

    def _typical_base(self) -> Floats:
        """Blend the corpus with the wording of the block's usual codes and topics."""
        codes = np.asarray(self._block.codes.sum(axis=0), dtype=np.float64)
        topics = np.asarray(self._block.topics.sum(axis=0), dtype=np.float64)
        return self._elsewhere(_shares(codes[None, :]), _shares(topics[None, :]), True)[:, 0]

    def _background(
        self, members: Floats, outside: Floats, code_mix: Floats, is_strict: bool
    ) -> Floats:
        """Give each word's usual share per theme (words x themes)."""
        others = np.maximum(np.asarray(self._words.T @ outside) - 1, 0.0)
        topic_mix = _shares((self._block.topics[self._worded].T @ members).T)
        elsewhere = self._elsewhere(code_mix, topic_mix, is_strict)
        blended = others[:, None] + BACKGROUND_STRENGTH * elsewhere
        return np.asarray(blended / (others.sum() + BACKGROUND_STRENGTH))

    def _elsewhere(self, code_mix: Floats, topic_mix: Floats, is_strict: bool) -> Floats:
        """Combine what is said in general, under the codes, and on the topics.

        Strictly, a word that is usual in any of these views is usual; else their average.
        """
        block = self._block
        views = (block.base[:, None], block.code_base @ code_mix.T, block.topic_base @ topic_mix.T)
        if is_strict:
            return np.maximum(np.maximum(views[0], views[1]), views[2])
        return np.asarray(
            (views[0] + views[1] + views[2]) / (1 + code_mix.sum(axis=1) + topic_mix.sum(axis=1))
        )

    def _judge_members_by_others(
        self,
        by_blend: Floats,
        members: Floats,
        background: Floats,
        count: Floats,
        total: Floats,
        rest: Floats,
        variation: float,
    ) -> None:
        """Replace the evidence of each member for its own theme by that of the other members."""
        theme = members.argmax(axis=1)
        inside = np.asarray(members.any(axis=1))
        entry = np.flatnonzero(inside[self._entry_row])
        row, word = self._entry_row[entry], self._entry_word[entry]
        own = theme[row]
        weight = self._weight[row]
        kept = np.maximum(count[word, own] - weight - DISCOUNT, 0.0)
        remaining = total[own] - weight * self._length[row]
        ratio = _beyond_usual(kept / (background[word, own] * remaining), variation) + rest[own]
        rows = np.flatnonzero(inside)
        for number, blend in enumerate(BLENDS):
            floor = np.log(1 - blend + blend * rest)
            lift = np.log(1 - blend + blend * ratio) - floor[own]
            gain = self._length * floor[theme] + np.bincount(row, lift, minlength=len(theme))
            by_blend[number, rows, theme[rows]] = gain[rows]


def _beyond_usual(ratio: Floats, variation: float) -> Floats:
    """Shrink small ratios: with a variation of 3, 3 becomes 1, 10 becomes 6, 100 stays 94."""
    return ratio**2 / (ratio + 2 * variation + 1e-12)


def _shares(amounts: Floats) -> Floats:
    """Bring each row to a sum of 1, or leave it at 0."""
    total = amounts.sum(axis=1, keepdims=True)
    return amounts / np.where(total > 0, total, 1.0)


def _averaged(by_blend: Floats, members: Floats) -> WordEvidence:
    """Average over the blends, as often as each theme's members show them."""
    row, theme = np.nonzero(members)
    shown = np.exp(by_blend[:, row, theme] - by_blend[:, row, theme].max(axis=0))
    seen = np.ones((len(BLENDS), members.shape[1]))
    np.add.at(seen.T, theme, (shown / shown.sum(axis=0)).T)
    weight = seen / seen.sum(axis=0)
    highest = by_blend.max(axis=0)
    mass = np.exp(by_blend - highest) * weight[:, None, :]
    total = mass.sum(axis=0)
    gain = highest + np.log(total)
    share = np.tensordot(BLENDS, mass, axes=1) / total
    return WordEvidence(gain, share / (1 + np.exp(-gain)))

"""How much the words of a complaint speak for a theme.

In: a block and which of its complaints belong to which theme. Out: for every
complaint and theme a log-likelihood ratio in nats: the words as a blend of the
theme's and the background's, against the background alone. Out of scope: dates
and codes (`pipelines.grouping.timing`, `pipelines.grouping.allegations`).

The background of a theme is what else is said of the merchant, leaning on what
complaints elsewhere say under the theme's codes, so that the common wording of
a code is no evidence for one event. A word's own count never speaks for itself:
members are judged by the words of the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.grouping.corpus import Block, Floats, Ints

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
        self._entry_row: Ints = np.repeat(
            np.arange(block.words.shape[0]), np.diff(block.words.indptr)
        )
        self._entry_word: Ints = block.words.indices.astype(np.int64)
        self._length: Floats = np.diff(block.words.indptr) + block.unique_words

    def evidence(self, members: Floats, code_mix: Floats) -> WordEvidence:
        """Judge every complaint against every theme.

        `members` is complaints x themes, 0 or 1, at most one theme each;
        `code_mix` is themes x local codes, rows summing to 1, or to 0 for a
        theme without codes.
        """
        block = self._block
        weighted = members * block.weight[:, None]
        outside = (members.sum(axis=1) == 0) * block.weight
        background = self._background(outside, code_mix)
        count = np.asarray(block.words.T @ weighted)
        total = self._length @ weighted + THEME_STRENGTH
        kept = np.maximum(count - DISCOUNT, 0.0)
        rest = 1 - kept.sum(axis=0) / total
        ratio = kept / (background * total) + rest
        by_blend = np.empty((len(BLENDS), *members.shape))
        for number, blend in enumerate(BLENDS):
            floor = np.log(1 - blend + blend * rest)
            lift = np.log(1 - blend + blend * ratio) - floor
            by_blend[number] = self._length[:, None] * floor + block.words @ lift
        self._judge_members_by_others(by_blend, members, background, count, total, rest)
        return _averaged(by_blend, members)

    def cluster_gains(self, label: Ints) -> Floats:
        """Sum, per cluster of a full division, how much its members speak for it (nats)."""
        block = self._block
        width = block.words.shape[1]
        key = label[self._entry_row] * width + self._entry_word
        weight = block.weight[self._entry_row]
        _, place, inverse = np.unique(key, return_index=True, return_inverse=True)
        count = np.bincount(inverse, weight)[inverse]
        everyone = np.bincount(self._entry_word, weight, minlength=width)
        length_all = float(self._length @ block.weight)
        cluster_length = np.bincount(label, self._length * block.weight)
        total = cluster_length[label] - self._length * block.weight + THEME_STRENGTH
        other = np.maximum(everyone[self._entry_word] - count - 1, 0.0)
        other_length = np.maximum(length_all - cluster_length, 0.0)[label][self._entry_row]
        base = (other + BACKGROUND_STRENGTH * self._typical_base()[self._entry_word]) / (
            other_length + BACKGROUND_STRENGTH
        )
        kept = np.maximum(count - weight - DISCOUNT, 0.0)
        kept_by_cluster = np.bincount(
            label[self._entry_row[place]],
            np.maximum(np.bincount(inverse, weight) - DISCOUNT, 0.0),
            minlength=len(cluster_length),
        )
        rest = 1 - (kept_by_cluster / (cluster_length + THEME_STRENGTH))[label]
        ratio = kept / (base * total[self._entry_row])
        gain = np.full((len(BLENDS), len(label)), -np.log(len(BLENDS)))
        for number, blend in enumerate(BLENDS):
            floor = 1 - blend + blend * rest
            lift = np.log1p(blend * ratio / floor[self._entry_row])
            gain[number] += self._length * np.log(floor)
            gain[number] += np.bincount(self._entry_row, lift, minlength=len(label))
        return np.bincount(label, np.logaddexp.reduce(gain, axis=0) * block.weight)

    def _typical_base(self) -> Floats:
        """Blend the corpus and the wording of the block's usual codes, per local word."""
        block = self._block
        carried = np.asarray(block.codes.sum(axis=0)).ravel()
        if not carried.sum():
            return block.base
        return 0.5 * block.base + 0.5 * block.code_base @ (carried / carried.sum())

    def _background(self, outside: Floats, code_mix: Floats) -> Floats:
        block = self._block
        others = np.maximum(np.asarray(block.words.T @ outside) - 1, 0.0)
        has_codes = code_mix.sum(axis=1)
        elsewhere = (1 - 0.5 * has_codes) * block.base[:, None] + 0.5 * (
            block.code_base @ code_mix.T
        )
        return (others[:, None] + BACKGROUND_STRENGTH * elsewhere) / (
            others.sum() + BACKGROUND_STRENGTH
        )

    def _judge_members_by_others(
        self,
        by_blend: Floats,
        members: Floats,
        background: Floats,
        count: Floats,
        total: Floats,
        rest: Floats,
    ) -> None:
        """Replace the evidence of each member for its own theme by that of the other members."""
        block = self._block
        theme = members.argmax(axis=1)
        inside = members.any(axis=1)
        entry = np.flatnonzero(inside[self._entry_row])
        row, word = self._entry_row[entry], self._entry_word[entry]
        own = theme[row]
        weight = block.weight[row]
        kept = np.maximum(count[word, own] - weight - DISCOUNT, 0.0)
        remaining = total[own] - weight * self._length[row]
        ratio = kept / (background[word, own] * remaining) + rest[own]
        rows = np.flatnonzero(inside)
        for number, blend in enumerate(BLENDS):
            floor = np.log(1 - blend + blend * rest)
            lift = np.log(1 - blend + blend * ratio) - floor[own]
            gain = self._length * floor[theme] + np.bincount(row, lift, minlength=len(theme))
            by_blend[number, rows, theme[rows]] = gain[rows]


def _averaged(by_blend: Floats, members: Floats) -> WordEvidence:
    """Average over the blends, as often as each theme's members show them."""
    chosen = np.exp(by_blend - np.logaddexp.reduce(by_blend, axis=0))
    seen = (chosen * members).sum(axis=1) + 1
    log_share = np.log(seen / seen.sum(axis=0))
    joint = by_blend + log_share[:, None, :]
    gain = np.logaddexp.reduce(joint, axis=0)
    share = np.tensordot(BLENDS, np.exp(joint - gain), axes=1)
    return WordEvidence(gain, share / (1 + np.exp(-gain)))

"""How much the words of a complaint speak for a theme.

In: a block and which of its complaints found which theme. Out: for every
complaint and theme the evidence of its words in nats, and the share of its
words that come from the theme. Out of scope: dates and codes
(`pipelines.grouping.timing`, `pipelines.grouping.allegations`).

First a likelihood ratio: the words as a blend of the theme's and the
background's, against the background alone, the background being what else is
said of the merchant and in the corpus. A founder is judged by the words of the
other founders. Words are not independent, so the ratio itself proves little:
phrases that come with a kind of complaint everywhere would pass for an event.
It is therefore only a score, and what counts is how often complaints elsewhere,
of like codes and language, reach it, against how often the founders fall below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from pipelines.grouping.arrays import Floats, Ints
from pipelines.grouping.blocks import Block

BLENDS = np.array([0.15, 0.5, 0.8])
"""Shares of a complaint's words that come from its theme."""

BACKGROUND_STRENGTH = 200.0
"""Words of the merchant's other complaints that weigh as much as the rest of the corpus."""

THEME_STRENGTH = 60.0
"""Words of founders that weigh as much as the background in a theme's own wording."""

FEWEST_REFERENCES = 30
"""Complaints elsewhere in a language; with fewer, those of all languages stand in."""

DISCOUNT = 0.6
"""Taken from each count of a word in a theme: one mention is hardly a sign."""


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """Evidence of words, complaints x themes.

    `score` is the likelihood ratio (nats). `rarity` says how rarely complaints
    elsewhere score as high (0 or more, nats), `shortfall` how rarely founders score as
    low (0 or less, nats). `share` is the share of words that come from the theme (0-1).
    """

    score: Floats
    rarity: Floats
    shortfall: Floats
    share: Floats


class WordingModel:
    """The words of one block, ready to be judged against any themes."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._worded: Ints = np.flatnonzero(np.diff(block.words.indptr) > 0)
        self._words = block.words[self._worded]
        self._weight: Floats = block.weight[self._worded]
        self._length: Floats = np.diff(self._words.indptr) + block.unique_words[self._worded]
        self._language: Ints = block.language[self._worded]
        self._everyone = np.asarray(self._words.T @ self._weight)

    def evidence(self, founders: Floats) -> WordEvidence:
        """Judge every complaint against every theme; one without words says nothing.

        `founders` is complaints x themes, 0 or 1; a complaint may found several.
        """
        scores, rarity, shortfall, share = (np.zeros(founders.shape) for _ in range(4))
        inside = founders[self._worded]
        theme = _ThemeWords(
            self._words, self._length, self._weight, inside, self._everyone, self._block.base
        )
        by_blend = theme.scores(self._words, self._length)
        theme.judge_by_others(by_blend, inside)
        elsewhere = theme.scores(self._block.reference, self._block.reference_length)
        weight = _blend_weights(by_blend, inside)
        score, worded_share = _blended(by_blend, weight)
        reference, _ = _blended(elsewhere, weight)
        scores[self._worded] = score
        rarity[self._worded] = self._rarity(score, reference)
        shortfall[self._worded] = _shortfall(score, inside)
        share[self._worded] = worded_share / (1 + np.exp(-score))
        return WordEvidence(scores, rarity, shortfall, share)

    def _rarity(self, score: Floats, reference: Floats) -> Floats:
        """Say how rarely complaints elsewhere, in the same language, score as high (nats)."""
        rarity = np.empty(score.shape)
        for language in np.unique(self._language):
            rows = np.flatnonzero(self._language == language)
            like = np.flatnonzero(self._block.reference_language == language)
            if len(like) < FEWEST_REFERENCES:
                like = np.arange(len(self._block.reference_language))
            elsewhere = np.sort(reference[like].T)
            above = np.empty((len(rows), score.shape[1]))
            for number, column in enumerate(elsewhere):
                above[:, number] = len(like) - column.searchsorted(score[rows, number])
            rarity[rows] = -np.log((above + 0.5) / (len(like) + 1))
        return rarity


class _ThemeWords:
    """The wording of themes against their background, as weights of words."""

    def __init__(
        self,
        words: csr_array,
        length: Floats,
        weight: Floats,
        inside: Floats,
        everyone: Floats,
        base: Floats,
    ) -> None:
        self._words, self._length, self._weight = words, length, weight
        weighted = inside * weight[:, None]
        self._count = np.asarray(words.T @ weighted)
        self._total = length @ weighted + THEME_STRENGTH
        others = np.maximum(everyone[:, None] - self._count - 1, 0.0)
        self._background = (others + BACKGROUND_STRENGTH * base[:, None]) / (
            others.sum(axis=0) + BACKGROUND_STRENGTH
        )
        kept = np.maximum(self._count - DISCOUNT, 0.0)
        self._rest = 1 - kept.sum(axis=0) / self._total
        self._ratio = kept / (self._background * self._total)

    def scores(self, words: csr_array, length: Floats) -> Floats:
        """Score texts under each blend: blends x texts x themes, in nats."""
        by_blend = np.empty((len(BLENDS), len(length), self._count.shape[1]))
        for number, blend in enumerate(BLENDS):
            floor = 1 - blend + blend * self._rest
            lift = np.log1p(blend * self._ratio / floor)
            by_blend[number] = length[:, None] * np.log(floor) + words @ lift
        return by_blend

    def judge_by_others(self, by_blend: Floats, inside: Floats) -> None:
        """Replace each founder's score for its own theme by one from the other founders."""
        doc, theme = np.nonzero(inside)
        size = np.diff(self._words.indptr)[doc]
        pair = np.repeat(np.arange(len(doc)), size)
        start = self._words.indptr[doc]
        entry = np.arange(len(pair)) + np.repeat(start - np.r_[0, np.cumsum(size)[:-1]], size)
        word = self._words.indices[entry]
        of = theme[pair]
        kept = np.maximum(self._count[word, of] - self._weight[doc][pair] - DISCOUNT, 0.0)
        left = self._total[theme] - (self._weight * self._length)[doc]
        ratio = kept / (self._background[word, of] * left[pair])
        for number, blend in enumerate(BLENDS):
            floor = 1 - blend + blend * self._rest
            lift = np.log1p(blend * ratio / floor[of])
            by_blend[number, doc, theme] = self._length[doc] * np.log(floor[theme]) + np.bincount(
                pair, lift, minlength=len(doc)
            )


def _shortfall(score: Floats, inside: Floats) -> Floats:
    """Say how rarely founders score as low: 0 or less, in nats."""
    shortfall = np.empty(score.shape)
    for number in range(score.shape[1]):
        own = np.sort(score[inside[:, number] > 0, number])
        below = np.searchsorted(own, score[:, number], "right")
        shortfall[:, number] = np.log((below + 0.5) / (len(own) + 1))
    return shortfall


def _blend_weights(by_blend: Floats, inside: Floats) -> Floats:
    """Weigh the blends as often as each theme's founders show them (blends x themes)."""
    row, theme = np.nonzero(inside)
    shown = np.exp(by_blend[:, row, theme] - by_blend[:, row, theme].max(axis=0))
    seen = np.ones((len(BLENDS), inside.shape[1]))
    np.add.at(seen.T, theme, (shown / shown.sum(axis=0)).T)
    return np.asarray(seen / seen.sum(axis=0))


def _blended(by_blend: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Average over the blends: the score, and the expected share of words from the theme."""
    highest = by_blend.max(axis=0)
    mass = np.exp(by_blend - highest) * weight[:, None, :]
    total = mass.sum(axis=0)
    return highest + np.log(total), np.tensordot(BLENDS, mass, axes=1) / total

"""How much all grounds together speak for each theme of a block.

In: a block, and which of its complaints found which theme. Out: the evidence of words,
codes, days and sizes for every complaint and theme, added up. Out of scope: which themes
there are (`pipelines.grouping.themes`), and what each ground says by itself (`wording`,
`timing`, `allegations`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.grouping.allegations import code_evidence
from pipelines.grouping.arrays import Floats, Ints
from pipelines.grouping.blocks import Block
from pipelines.grouping.corpus import Calendar
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.timing import TimeModel
from pipelines.grouping.wording import WordingModel


@dataclass(frozen=True, slots=True)
class Judgement:
    """Evidence, complaints x themes, in nats.

    `text` is what a complaint's words say, `dates` what its date says, `own` both; `total`
    adds its codes and the theme's size, and is minus infinity where the complaint may not
    join. `share` is the share of its words that come from the theme (0-1). `windows` holds
    the days of each theme.
    """

    windows: list[tuple[int, int] | None]
    own: Floats
    dates: Floats
    total: Floats
    text: Floats
    share: Floats

    def of(self, columns: Ints) -> Judgement:
        """Give the evidence of some themes."""
        chosen = (np.take(array, columns, axis=1) for array in self._arrays())
        return Judgement([self.windows[column] for column in columns], *chosen)

    def beside(self, other: Judgement) -> Judgement:
        """Put the evidence of other themes behind this one."""
        pairs = zip(self._arrays(), other._arrays(), strict=True)
        return Judgement(self.windows + other.windows, *map(np.hstack, pairs))

    def _arrays(self) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        return self.own, self.dates, self.total, self.text, self.share


class Fit:
    """The models of one block and the rules by which their evidence is added up."""

    def __init__(self, block: Block, calendar: Calendar, criteria: Criteria) -> None:
        self.block = block
        self.criteria = criteria
        self.words = WordingModel(block)
        self.times = TimeModel(block, calendar)
        self.has_words = np.diff(block.words.indptr) > 0
        self.said = np.asarray(block.words.T @ block.weight)
        self.typical_length = max(float(np.diff(block.words.indptr).mean()), 1.0)
        self._last: tuple[dict[bytes, int], Judgement | None] = {}, None

    def least_gain(self) -> float:
        """Give the gain below which a theme may be chance (nats)."""
        doublings = float(np.log2(len(self.block.rows)))
        return self.criteria.gain_at_least + self.criteria.gain_per_doubling * doublings

    def judge(self, founders: Floats) -> Judgement:
        """Weigh words, codes, dates and sizes of every theme for every complaint.

        A theme is weighed by itself: one that was judged the last time is not weighed anew.
        """
        keys = [column.tobytes() for column in founders.T]
        known, last = self._last
        is_new = np.array([key not in known for key in keys], dtype=np.bool_)
        if last is None or is_new.all():
            judgement = self._weigh(founders)
        else:
            place = np.array([known.get(key, -1) for key in keys], dtype=np.int64)
            if is_new.any():
                place[is_new] = len(last.windows) + np.arange(is_new.sum())
                last = last.beside(self._weigh(np.ascontiguousarray(founders[:, is_new])))
            judgement = last.of(place)
        self._last = {key: number for number, key in enumerate(keys)}, judgement
        return judgement

    def _weigh(self, founders: Floats) -> Judgement:
        criteria = self.criteria
        codes = criteria.codes_share * code_evidence(self.block, founders)
        codes = np.clip(codes, -criteria.codes_cap, criteria.codes_cap)
        words = self.words.evidence(founders)
        windows = [self.times.window(np.flatnonzero(column)) for column in founders.T]
        dates = self.times.evidence(windows)
        text = np.minimum(words.rarity + words.shortfall, criteria.text_share * words.score)
        floor = np.where(dates > 0, np.log(criteria.own_words_share), -np.inf)
        own = np.maximum(text, floor) + dates
        size = founders.sum(axis=0)
        prior = np.log((size + 0.5) / (len(founders) - size + 0.5))
        cap = np.where(dates > 0, criteria.prior_cap_dated, criteria.prior_cap)
        total = own + codes + np.minimum(prior, cap)
        total[own < criteria.joins_at_least] = -np.inf
        if self.times.is_dated.sum() > criteria.few_dated_at_most:
            total[self.times.is_dated[:, None] & (dates < criteria.dates_at_least)] = -np.inf
        is_long = [
            window is not None and window[1] - window[0] >= criteria.burst_days
            for window in windows
        ]
        total[np.ix_(~self.has_words, np.array(is_long, dtype=np.bool_))] = -np.inf
        return Judgement(windows, own, dates, total, text, words.share)

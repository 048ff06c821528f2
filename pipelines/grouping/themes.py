"""The matters inside one block: which complaints tell of one event.

In: a block. Out: its themes, each with members, window and near misses. A block
is seen as a mixture of themes and ordinary complaints; a theme has its own
words, codes and window. Themes are fitted in turns (judge, assign) from first
guesses, and a theme stays only if without it its members would be explained
worse by more than chance allows. Out of scope: people, losses and sentences
(`pipelines.grouping.assembly`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.grouping.allegations import code_evidence
from pipelines.grouping.corpus import Block, BlockKind, Calendar, Floats, Ints
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.seeds import burst_seeds, wording_seeds
from pipelines.grouping.timing import TimeModel
from pipelines.grouping.wording import WordModel

TURNS = 8
REFIT_TURNS = 3

WORDS_AT_LEAST = 0.5
"""Nats that the words of a complaint must say for a theme, whatever its date says."""

BURST_DAYS = 120
"""Complaints without words belong together only in a burst; what lasts longer is the usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One proposed matter of a block.

    `rows` and `missed_rows` are row numbers of the sorted grouping table.
    `typicality` is the share of a member's words that come from the theme (0-1),
    `gain` how much better the theme explains its members than the block's
    ordinary complaints do (nats). `words` are ids of the words that set it apart.
    `window` is the first and last day, None with fewer than two dated members;
    `thickness` how many times thicker the members come there than the background.
    `missed_rows` are near misses, with the evidence of their words (nats).
    """

    block_key: str
    block_kind: BlockKind
    rows: Ints
    typicality: Floats
    gain: float
    words: Ints
    window: tuple[int, int] | None
    thickness: float
    missed_rows: Ints
    missed_text: Floats


@dataclass(frozen=True, slots=True)
class _Judgement:
    """Evidence, complaints x themes, in nats.

    `own` is what a complaint's words and date say; `total` adds its codes and the
    theme's size, and is minus infinity where the complaint may not join.
    """

    own: Floats
    total: Floats
    text: Floats
    share: Floats
    windows: list[tuple[int, int] | None]


class _Fit:
    """The models of one block and the rules by which their evidence is added up."""

    def __init__(self, block: Block, calendar: Calendar, criteria: Criteria) -> None:
        self.block = block
        self.criteria = criteria
        self.words = WordModel(block)
        self.times = TimeModel(block, calendar)
        self.has_words = np.diff(block.words.indptr) > 0

    def seeds(self) -> list[Ints]:
        """Collect first guesses, each distinct set once."""
        guesses = wording_seeds(self.block, self.words, self.criteria.text_share)
        guesses += burst_seeds(self.block, self.times)
        return list({guess.tobytes(): guess for guess in guesses}.values())

    def judge(self, members: Floats, is_strict: bool = True) -> _Judgement:
        """Weigh words, codes, dates and sizes of every theme for every complaint."""
        criteria = self.criteria
        codes, code_mix = code_evidence(self.block, members)
        words = self.words.evidence(members, code_mix, is_strict)
        windows = [self.times.window(np.flatnonzero(column)) for column in members.T]
        own = np.minimum(criteria.text_share * words.gain, criteria.text_cap)
        own += self.times.evidence(windows)
        size = members.sum(axis=0)
        prior = np.log((size + 0.5) / (len(members) - size.sum() + 0.5))
        total = own + np.minimum(prior, criteria.prior_cap)
        total += np.clip(criteria.codes_share * codes, -criteria.codes_cap, criteria.codes_cap)
        least = criteria.founds_at_least if is_strict else criteria.joins_at_least
        total[own < least] = -np.inf
        total[self.has_words[:, None] & (words.gain < WORDS_AT_LEAST)] = -np.inf
        is_long = [window is not None and window[1] - window[0] >= BURST_DAYS for window in windows]
        total[np.ix_(~self.has_words, np.array(is_long, dtype=np.bool_))] = -np.inf
        return _Judgement(own, total, words.gain, words.share, windows)


def find_themes(block: Block, calendar: Calendar, criteria: Criteria) -> list[Theme]:
    """Find the matters of one block, the one with the highest gain first.

    The same block gives the same themes; complaints of equal content are
    treated alike whatever their ids.
    """
    fit = _Fit(block, calendar, criteria)
    members = _fitted(fit, _as_columns(fit.seeds(), len(block.rows)))
    members = _without_weak_themes(fit, members)
    if not members.shape[1]:
        return []
    members = _with_recruits(fit, members)
    judgement = fit.judge(members, is_strict=False)
    themes = [_theme(fit, members, judgement, number) for number in range(members.shape[1])]
    return sorted(themes, key=lambda theme: (-theme.gain, theme.rows.tolist()))


def _as_columns(guesses: list[Ints], count: int) -> Floats:
    """Give each complaint to the smallest guess that holds it, so that columns are disjoint."""
    members = np.zeros((count, len(guesses)))
    taken = np.zeros(count, dtype=bool)
    for number in sorted(range(len(guesses)), key=lambda n: (len(guesses[n]), guesses[n].tolist())):
        free = guesses[number][~taken[guesses[number]]]
        members[free, number] = 1.0
        taken[free] = True
    return members[:, members.sum(axis=0) >= 2]


def _fitted(fit: _Fit, members: Floats, turns: int = TURNS) -> Floats:
    """Judge and assign in turns until nothing moves."""
    for _ in range(turns):
        if not members.shape[1]:
            break
        moved = _assigned(fit.judge(members).total)
        settled = np.array_equal(moved, members)
        members = moved[:, moved.sum(axis=0) >= 2]
        if settled:
            break
    return members


def _assigned(total: Floats) -> Floats:
    """Give each complaint to its best theme, or to none where all evidence is against it."""
    best = total.argmax(axis=1)
    members = np.zeros(total.shape)
    rows = np.flatnonzero(total.max(axis=1) > 0)
    members[rows, best[rows]] = 1.0
    return members


def _without_weak_themes(fit: _Fit, members: Floats) -> Floats:
    """Drop the themes whose members the rest explains nearly as well, the weaker half first."""
    least = fit.criteria.gain_at_least + fit.criteria.gain_per_doubling * np.log2(len(members))
    while members.shape[1]:
        loss = _losses(fit, members)
        weak = np.flatnonzero(loss < least)
        if not len(weak):
            break
        weakest = weak[np.argsort(loss[weak], kind="stable")][: -(-len(weak) // 2)]
        members = _fitted(fit, np.delete(members, weakest, axis=1), REFIT_TURNS)
    return members


def _with_recruits(fit: _Fit, members: Floats) -> Floats:
    """Let free complaints join the themes that stand, on plain evidence.

    Those who join are judged by the founders only: recruits do not recruit, or a
    theme would drift step by step into its neighbours.
    """
    joining = _assigned(fit.judge(members, is_strict=False).total)
    free = members.sum(axis=1) == 0
    return np.asarray(members + joining * free[:, None])


def _losses(fit: _Fit, members: Floats) -> Floats:
    """Say per theme how much worse its members' words and dates are explained without it."""
    judgement = fit.judge(members)
    others = np.where((members == 0) & (judgement.total > 0), judgement.own, 0.0)
    lost = (judgement.own * members).sum(axis=1) - others.max(axis=1)
    return np.asarray((lost * fit.block.weight) @ members)


def _theme(fit: _Fit, members: Floats, judgement: _Judgement, number: int) -> Theme:
    block = fit.block
    own = np.flatnonzero(members[:, number])
    free = np.flatnonzero(members.sum(axis=1) == 0)
    near = free[np.argsort(-judgement.total[free, number], kind="stable")]
    near = near[judgement.text[near, number] > -5][: int(fit.criteria.near_misses_at_most)]
    gain = float(judgement.own[own, number] @ block.weight[own])
    return Theme(
        block_key=block.key,
        block_kind=block.kind,
        rows=block.rows[own],
        typicality=judgement.share[own, number],
        gain=gain,
        words=block.word_ids[_telling_words(block, own)],
        window=judgement.windows[number],
        thickness=fit.times.thickness(own, judgement.windows[number]),
        missed_rows=block.rows[near],
        missed_text=judgement.text[near, number],
    )


def _telling_words(block: Block, members: Ints) -> Ints:
    """Choose up to eight words by how much the theme's use of them stands out."""
    weight = block.weight[members]
    share = (weight @ block.words[members]) / weight.sum()
    rest = np.asarray(block.words.T @ block.weight) - weight @ block.words[members]
    typical_length = max(float(np.diff(block.words.indptr).mean()), 1.0)
    usual = (rest + 5 * block.base * typical_length) / (block.weight.sum() - weight.sum() + 5)
    stands_out = share * np.log((share + 1e-9) / (usual + 1e-9))
    order = np.argsort(-stands_out, kind="stable")
    return np.asarray(order[stands_out[order] > 0.02][:8])

"""The matters inside one block: which complaints tell of one event.

In: a block. Out: its themes, each with members, window and near misses. A block
is seen as a mixture of themes and ordinary complaints; a theme has its own
words, codes and window. First guesses settle by themselves, disjoint ones are chosen,
and a theme stays only if without it its members would be explained worse by more than
chance allows. Out of scope: people, losses and sentences (`pipelines.grouping.assembly`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from pipelines.grouping.alike import with_alike
from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.blocks import Block, BlockKind
from pipelines.grouping.corpus import Calendar
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.fit import Fit, Judgement
from pipelines.grouping.seeds import distances, find_seeds
from pipelines.grouping.shared_codes import with_shared_codes
from pipelines.grouping.shared_topics import with_shared_topics
from pipelines.grouping.standing import Standing, Tellings, standing

TURNS = 2
"""How often a guess is judged anew; a third turn would change few of them by much."""

MOSTLY_INSIDE = 0.5
"""Share of a guess that lies inside a wider one for it to count as a part of that."""

CLEARLY_SMALLER = 0.9
"""Share of the wider guess that a part is at most; beyond, the two are the same guess."""

HARDLY_SHARED = 0.1
"""Share of the smaller of two parts that both may hold and still be two."""

LEAST_TO_TELL = 0.02
"""Nats per complaint; a word that stands out less is hardly more frequent than elsewhere."""

USUAL_STRENGTH = 5
"""In telling how usual a word is, the corpus weighs as much as this many of the block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One proposed matter of a block.

    `rows` and `missed_rows` are row numbers of the sorted grouping table.
    `typicality` is the share of a member's words that come from the theme (0-1),
    `is_doubtful` marks members for whom less speaks than for others, `gain` is how much
    better the theme explains its members than the block's ordinary complaints do (nats).
    `words` are ids of the words that set it apart. `window` is the first and last day that
    its dates show best, None with fewer than two dated members; `dominance` how many times
    more numerous the members are there than all else. `standing` says how far it stands out
    from what is said all the time, None without a window. `missed_rows` are near misses, with
    the evidence of their words (nats). `judged_id` is the candidate that people keep it as.
    """

    block_key: str
    block_kind: BlockKind
    rows: Ints
    typicality: Floats
    is_doubtful: Flags
    gain: float
    words: Ints
    window: tuple[int, int] | None
    dominance: float
    missed_rows: Ints
    missed_text: Floats
    judged_id: str | None = None
    standing: Standing | None = None


def find_themes(
    block: Block, calendar: Calendar, criteria: Criteria, since: float | None = None
) -> list[Theme]:
    """Find the matters of one block, the one with the highest gain first.

    The same block gives the same themes; complaints of equal content are
    treated alike whatever their ids. With `since`, only guesses that hold a complaint of that
    day or a later one are tried.
    """
    fit = Fit(block, calendar, criteria)
    members = _members(fit, criteria, since)
    if not members.shape[1]:
        return []
    judgement = fit.judge(members)
    everyone = _with_recruits(fit, members, judgement)
    themes = [
        _theme(fit, members[:, number] > 0, everyone, judgement, number)
        for number in range(members.shape[1])
    ]
    return sorted(themes, key=lambda theme: (-theme.gain, theme.rows.tolist()))


def _members(fit: Fit, criteria: Criteria, since: float | None) -> Floats:
    """Say which complaints found which theme (complaints x themes); kin are one as they are."""
    block = fit.block
    if block.kind == "kin":
        return np.ones((len(block.rows), 1))
    guesses = find_seeds(block, fit.times, criteria, since)
    members = _refined(fit, _as_columns(guesses, len(block.rows)))
    members = _without_weak_themes(fit, _assigned(fit, _chosen(fit, members)))
    members = _speaking_of_it(fit, members)
    if block.kind == "place":
        members = _divided(fit, members)
    members = with_shared_codes(block, members, criteria)
    members = with_shared_topics(block, members, criteria)
    return with_alike(block, members, criteria)


def _as_columns(guesses: list[Ints], count: int) -> Floats:
    """Write guesses as complaints x themes, 0 or 1."""
    members = np.zeros((count, len(guesses)))
    for number, rows in enumerate(guesses):
        members[rows, number] = 1.0
    return members


def _distinct(members: Floats) -> Floats:
    """Drop themes of fewer than two complaints, and repeats of one set."""
    kept = {
        column.tobytes(): number
        for number, column in reversed(list(enumerate(members.T)))
        if column.sum() >= 2
    }
    return members[:, sorted(kept.values())]


def _refined(fit: Fit, members: Floats) -> Floats:
    """Let every guess settle by itself: those whom the evidence speaks for are in."""
    for _ in range(TURNS):
        if members.shape[1]:
            members = _distinct((fit.judge(members).total > 0).astype(np.float64))
    return members


def _chosen(fit: Fit, members: Floats) -> Floats:
    """Choose disjoint themes, the one that explains most first.

    What two narrow guesses explain, one wide guess explains at the price of one;
    but where the narrow ones inside it explain more, they are chosen in its place.
    """
    if not members.shape[1]:
        return members
    judgement = fit.judge(members)
    gain = np.maximum(judgement.own, 0.0) * fit.block.weight[:, None]
    apart = ~_same_time(judgement.windows, members.sum(axis=0), fit.criteria)
    least = fit.least_gain()
    left = members.copy()
    chosen: list[Floats] = []
    while True:
        worth = (gain * left).sum(axis=0) - least
        best = int(worth.argmax())
        if worth[best] < 0:
            break
        parts = _best_parts(left, best, gain, apart)
        if _worth(parts, [best], left, gain, least) <= _worth([best], parts, left, gain, least):
            parts = [best]
        for number in parts:
            chosen.append(left[:, number].copy())
            left[left[:, number] > 0] = 0.0
    return np.array(chosen).reshape(-1, len(members)).T


def _worth(chosen: list[int], after: list[int], left: Floats, gain: Floats, least: float) -> float:
    """Say what guesses explain beyond their price, and what the later ones add to that."""
    taken = left[:, chosen].any(axis=1)
    worth = ((gain[:, chosen] * left[:, chosen]).sum(axis=0) - least).sum()
    rest = (gain[:, after] * left[:, after])[~taken].sum(axis=0) - least
    return float(worth + np.maximum(rest, 0.0).sum())


def _best_parts(left: Floats, whole: int, gain: Floats, apart: Flags) -> list[int]:
    """Find the two guesses, mostly inside another one, that explain most together.

    They share hardly a complaint, and where they have dates, not the time. Without two
    such guesses the whole one stands.
    """
    size = left.sum(axis=0)
    within = left.T @ left[:, whole]
    is_part = (within >= MOSTLY_INSIDE * size) & (size <= CLEARLY_SMALLER * size[whole])
    inner = np.flatnonzero(is_part & (size >= 2))
    if len(inner) < 2:
        return [whole]
    shared = left[:, inner].T @ left[:, inner]
    worth = (gain[:, inner] * left[:, inner]).sum(axis=0)
    smaller = np.minimum(size[inner][:, None], size[inner][None, :])
    is_pair = (shared <= HARDLY_SHARED * smaller) & apart[np.ix_(inner, inner)]
    together = np.where(is_pair, worth[:, None] + worth[None, :], -np.inf)
    first, second = np.unravel_index(int(together.argmax()), together.shape)
    return [whole] if first == second else [int(inner[first]), int(inner[second])]


def _assigned(fit: Fit, members: Floats) -> Floats:
    """Give each complaint to its best theme, or to none where all evidence is against it."""
    if not members.shape[1]:
        return members
    total = fit.judge(members).total
    best = total.argmax(axis=1)
    rows = np.flatnonzero(total.max(axis=1) > 0)
    assigned = np.zeros(total.shape)
    assigned[rows, best[rows]] = 1.0
    return assigned[:, assigned.sum(axis=0) >= 2]


def _without_weak_themes(fit: Fit, members: Floats) -> Floats:
    """Drop the themes whose members the rest explains nearly as well, the weaker half first."""
    least = fit.least_gain()
    while members.shape[1]:
        judgement = fit.judge(members)
        others = np.where((members == 0) & (judgement.total > 0), judgement.own, 0.0)
        lost = np.maximum((judgement.own * members).sum(axis=1), 0) - others.max(axis=1)
        loss = (lost * fit.block.weight) @ members
        weak = np.flatnonzero(loss < least)
        if not len(weak):
            break
        weakest = weak[np.argsort(loss[weak], kind="stable")][: -(-len(weak) // 2)]
        members = _assigned(fit, np.delete(members, weakest, axis=1))
    return members


def _same_time(windows: list[tuple[int, int] | None], size: Floats, criteria: Criteria) -> Flags:
    """Mark the pairs whose windows are much the same, or the smaller one's inside the other's.

    A dense burst inside a long thin one is not the same time.
    """
    inside_share, union_share = criteria.same_time_inside, criteria.same_time_share
    days = np.array([(np.nan, np.nan) if window is None else window for window in windows])
    first, last = days.reshape(-1, 2).T
    shared = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    union = np.maximum(last[:, None], last) - np.minimum(first[:, None], first) + 1
    is_inside = shared >= inside_share * (last - first + 1)[:, None]
    same = (is_inside & (size[:, None] <= size)) | (shared >= union_share * union)
    return np.asarray(same | same.T)


def _speaking_of_it(fit: Fit, members: Floats) -> Floats:
    """Drop who neither speaks of the matter nor comes in its days, and themes that fall apart."""
    if not members.shape[1]:
        return members
    judgement = fit.judge(members)
    speaks = judgement.share >= fit.criteria.share_at_least
    in_time = judgement.dates >= fit.criteria.dates_at_least
    members = members * (speaks | in_time | ~fit.has_words[:, None])
    size = np.maximum(members.sum(axis=0), 1.0)
    cohesion = (judgement.share * members).sum(axis=0) / size
    kept = members.sum(axis=0) >= 2
    if fit.block.is_wide:
        kept &= cohesion >= fit.criteria.share_at_least_wide
    return members[:, kept]


def _divided(fit: Fit, members: Floats) -> Floats:
    """Divide themes whose members are not alike: neighbours share a place, not a problem."""
    columns: list[Floats] = []
    for column in members.T:
        rows = np.flatnonzero(column * fit.has_words)
        if len(rows) < 2:
            continue
        tree = linkage(distances(fit.block, rows), "average")
        part = fcluster(tree, 1 - fit.criteria.likeness_at_least, "distance")
        for number in np.unique(part):
            inside = np.zeros(len(column))
            inside[rows[part == number]] = 1.0
            columns.append(inside)
    divided = np.array(columns).reshape(-1, len(members)).T
    return divided[:, divided.sum(axis=0) >= 2]


def _with_recruits(fit: Fit, members: Floats, judgement: Judgement) -> Floats:
    """Add, as doubtful members, who speaks of the matter in its days but too little to found it."""
    free = members.sum(axis=1) == 0
    fits = (judgement.share >= fit.criteria.share_to_recruit) & (judgement.dates >= 0)
    fits &= (fit.times.is_dated & free)[:, None]
    best = np.where(fits, judgement.share, -1.0).argmax(axis=1)
    rows = np.flatnonzero(fits.any(axis=1))
    recruited = members.copy()
    recruited[rows, best[rows]] = 1.0
    return recruited


def _theme(fit: Fit, founds: Flags, members: Floats, judgement: Judgement, number: int) -> Theme:
    """Give one theme with its recruits; `founds` marks the members that are none."""
    block = fit.block
    own = np.flatnonzero(members[:, number])
    free = np.flatnonzero(members.sum(axis=1) == 0)
    near = free[np.argsort(-judgement.total[free, number], kind="stable")]
    near = near[judgement.text[near, number] > fit.criteria.near_miss_words_at_least]
    near = near[: int(fit.criteria.near_misses_at_most)]
    gain = float(judgement.own[own, number] @ block.weight[own])
    return Theme(
        block_key=block.key,
        block_kind=block.kind,
        rows=block.rows[own],
        typicality=judgement.share[own, number],
        is_doubtful=_doubtful(fit.criteria, founds[own], judgement, own, number),
        gain=gain,
        words=block.word_ids[_telling_words(fit, own)],
        window=judgement.windows[number],
        dominance=fit.times.dominance(own, judgement.windows[number]),
        standing=_standing(fit, founds, judgement, number),
        missed_rows=block.rows[near],
        missed_text=judgement.text[near, number],
    )


def _doubtful(
    criteria: Criteria, founds: Flags, judgement: Judgement, own: Ints, number: int
) -> Flags:
    """Mark recruits, and founders for whom less speaks; where little speaks for all, for none."""
    weak = judgement.share[own, number] < criteria.share_at_least
    weak |= judgement.total[own, number] < criteria.sure_at_least
    return np.asarray(~founds | (weak & ~weak[founds].all()))


def _standing(fit: Fit, founds: Flags, judgement: Judgement, number: int) -> Standing | None:
    """Say how far a theme stands out among the dated complaints; None without a window."""
    window, dated = judgement.windows[number], fit.times.is_dated
    if window is None or not (founds & dated).any():
        return None
    day = fit.block.day[dated]
    return standing(
        Tellings(
            text=judgement.text[dated, number],
            speaks=judgement.share[dated, number] >= fit.criteria.share_at_least,
            founds=founds[dated],
            inside=(day >= window[0]) & (day <= window[1]),
            weight=fit.block.weight[dated],
            mass=fit.times.usual_share(window),
        )
    )


def _telling_words(fit: Fit, members: Ints) -> Ints:
    """Choose the words that the members use more than all others, the most telling first.

    Where two members or more share words, what only one of them says tells nothing of the rest.
    """
    block = fit.block
    weight = block.weight[members]
    said = weight @ block.words[members]
    holders = np.asarray((block.words[members] > 0).sum(axis=0)).ravel()
    used = np.flatnonzero(holders >= min(2, holders.max(initial=0)))
    share = said[used] / weight.sum()
    outside = block.weight.sum() - weight.sum()
    expected = USUAL_STRENGTH * block.base[used] * fit.typical_length
    usual = (fit.said[used] - said[used] + expected) / (outside + USUAL_STRENGTH)
    stands_out = share * np.log((share + 1e-9) / (usual + 1e-9))
    order = np.argsort(-stands_out, kind="stable")
    telling = used[order[stands_out[order] > LEAST_TO_TELL]]
    return np.asarray(telling[: int(fit.criteria.telling_words_at_most)])

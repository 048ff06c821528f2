"""What people decided of who belongs together, obeyed: pinned complaints are in, barred ones out.

In: the themes that the machine found, and the candidates on which people decided. Out: the
themes with every judged candidate among them, named by its id, and no complaint in another
theme that a person put into one. Out of scope: what people decided (`warehouse.casework`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.grouping.arrays import Flags, Ints
from pipelines.grouping.corpus import Corpus
from pipelines.grouping.themes import Theme

SHARE_AT_LEAST = 0.3
"""Of the smaller of theme and candidate; below it a theme is not taken for the candidate's."""

MOST_WORDS = 8
"""Words that set a candidate apart for which the machine has no theme any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCase:
    """A candidate that people keep: complaints that belong to it, and such as do not.

    `vouched` are the pinned of which a person said that they belong, so that they are not
    doubtful. No complaint is pinned to two cases.
    """

    candidate_id: str
    pinned: frozenset[str]
    vouched: frozenset[str]
    barred: frozenset[str]


def obey(themes: Sequence[Theme], corpus: Corpus, cases: Sequence[JudgedCase]) -> list[Theme]:
    """Put every judged case among the themes, first of all; its theme gives it new complaints.

    A case takes the theme with which it shares most. One without a theme goes on with its
    pinned complaints; one of which no complaint is left is left out. The order of the cases
    does not matter.
    """
    ordered = sorted(cases, key=lambda case: case.candidate_id)
    if not ordered:
        return list(themes)
    pinned = [_rows(corpus, case.pinned) for case in ordered]
    is_pinned = np.zeros(corpus.features.num_rows, dtype=np.bool_)
    for rows in pinned:
        is_pinned[rows] = True
    base = _bases(themes, pinned)
    judged: list[Theme | None] = []
    for number, (case, rows) in enumerate(zip(ordered, pinned, strict=True)):
        if number in base:
            judged.append(_grown(case, rows, themes[base[number]], corpus, is_pinned))
        else:
            judged.append(_kept(case, rows, corpus))
    used = set(base.values())
    rest = [_without(theme, is_pinned) for at, theme in enumerate(themes) if at not in used]
    return [theme for theme in (*judged, *rest) if theme is not None]


def _rows(corpus: Corpus, complaint_ids: Collection[str]) -> Ints:
    """Find the rows of complaints; those that are not there any more are passed over."""
    asked = pa.array(sorted(complaint_ids), pa.string())
    found = pc.index_in(asked, value_set=corpus.features["complaint_id"].combine_chunks())
    return np.sort(found.drop_null().to_numpy(zero_copy_only=False).astype(np.int64))


def _bases(themes: Sequence[Theme], pinned: Sequence[Ints]) -> dict[int, int]:
    """Choose for each case, the largest overlap first, the theme that is its; case to theme."""
    holder = {row: number for number, rows in enumerate(pinned) for row in rows.tolist()}
    shared: dict[tuple[int, int], int] = {}
    for place, theme in enumerate(themes):
        for row in theme.rows.tolist():
            if row in holder:
                pair = holder[row], place
                shared[pair] = shared.get(pair, 0) + 1
    base: dict[int, int] = {}
    for (number, place), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        smaller = min(len(pinned[number]), len(themes[place].rows))
        is_free = number not in base and place not in base.values()
        if is_free and count >= SHARE_AT_LEAST * smaller:
            base[number] = place
    return base


def _grown(
    case: JudgedCase, pinned: Ints, base: Theme, corpus: Corpus, is_pinned: Flags
) -> Theme | None:
    """Make the theme of a case: its pinned complaints, and what the machine adds to them."""
    own = np.isin(base.rows, pinned)
    barred = np.isin(base.rows, _rows(corpus, case.barred))
    stays = own | (~barred & ~is_pinned[base.rows])
    added = np.setdiff1d(pinned, base.rows)
    rows = np.concatenate([base.rows[stays], added])
    if not len(rows):
        return None
    order = np.argsort(rows, kind="stable")
    doubtful = np.concatenate([base.is_doubtful[stays], np.ones(len(added), dtype=np.bool_)])
    doubtful &= ~np.isin(rows, _rows(corpus, case.vouched))
    missed = ~np.isin(base.missed_rows, rows)
    return replace(
        base,
        rows=rows[order],
        typicality=np.concatenate([base.typicality[stays], np.zeros(len(added))])[order],
        is_doubtful=doubtful[order],
        missed_rows=base.missed_rows[missed],
        missed_text=base.missed_text[missed],
        judged_id=case.candidate_id,
    )


def _kept(case: JudgedCase, rows: Ints, corpus: Corpus) -> Theme | None:
    """Make a theme of the complaints that people keep together, where the machine sees none."""
    if not len(rows):
        return None
    days = corpus.day[rows]
    dated = days[~np.isnan(days)]
    names = corpus.features["merchant_name"].take(rows).drop_null()
    return Theme(
        block_key=str(names[0].as_py()) if len(names) else "",
        block_kind="merchant",
        rows=rows,
        typicality=np.ones(len(rows)),
        is_doubtful=np.zeros(len(rows), dtype=np.bool_),
        gain=0.0,
        words=_telling_words(corpus, rows),
        window=(int(dated.min()), int(dated.max())) if len(dated) >= 2 else None,
        dominance=1.0,
        missed_rows=np.empty(0, dtype=np.int64),
        missed_text=np.empty(0),
        judged_id=case.candidate_id,
    )


def _telling_words(corpus: Corpus, rows: Ints) -> Ints:
    """Choose the words by which some complaints differ most from all, best first."""
    share = np.asarray((corpus.words[rows] > 0).sum(axis=0)).ravel() / len(rows)
    usual = np.clip(corpus.document_count / max(corpus.size, 1.0), 1e-6, 1.0)
    told = share * np.log(np.maximum(share, 1e-9) / usual)
    best = np.argsort(-told, kind="stable")[:MOST_WORDS]
    return best[told[best] > 0].astype(np.int64)


def _without(theme: Theme, is_pinned: Flags) -> Theme | None:
    """Leave out complaints that a person put elsewhere; None if fewer than two are left."""
    free, missed = ~is_pinned[theme.rows], ~is_pinned[theme.missed_rows]
    if free.all() and missed.all():
        return theme
    if free.sum() < 2:
        return None
    return replace(
        theme,
        rows=theme.rows[free],
        typicality=theme.typicality[free],
        is_doubtful=theme.is_doubtful[free],
        missed_rows=theme.missed_rows[missed],
        missed_text=theme.missed_text[missed],
    )

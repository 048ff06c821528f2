"""The complaints of a group: what counting people needs of them, and why each is there.

In: a group and all accounts. Out: its `Witnesses`; its rows of cluster_members, near
misses among them, with the marks that speak for (+) and against (-) each. Out of scope:
who belongs to a group (`pipelines.grouping.themes`), who is one person
(`pipelines.people`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from pipelines.grouping.accounts import Accounts
from pipelines.grouping.arrays import Flags, Ints
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.tables import Row
from pipelines.grouping.titles import Group
from pipelines.people import People, Witnesses

MOST_WORDS_OF_MARK = 4
"""Shared words that a mark repeats; more would not be read."""


def witnesses(group: Group, brigade: Ints, accounts: Accounts) -> Witnesses:
    """Collect what counting people needs of the members; `brigade` numbers their bursts.

    Hearsay is doubtful, and so is a doubtful member that does not carry the code of the group.
    """
    rows = group.theme.rows
    return Witnesses(
        source=accounts.source[rows],
        author=accounts.author[rows],
        copy_group=accounts.copy_group[rows],
        brigade=brigade,
        loss=accounts.loss[rows],
        region=accounts.region[rows],
        day=accounts.day[rows],
        is_doubtful=accounts.is_hearsay[rows] | (group.theme.is_doubtful & ~group.alleging),
        links=accounts.features["link_keys"].take(rows).to_pylist(),
        words=accounts.words[rows],
    )


def member_rows(
    group: Group, people: People, accounts: Accounts, criteria: Criteria
) -> Iterator[Row]:
    """Give the rows of the members, each with its person, then those of the near misses."""
    theme = group.theme
    has_code = group.code_number is not None
    marks = _marks(group, theme.rows, np.zeros(len(theme.rows), dtype=np.bool_), accounts)
    for complaint_id, person, surely, is_alleging, typicality, why in zip(
        accounts.ids(theme.rows),
        people.person_no.tolist(),
        people.surely_no.tolist(),
        group.alleging.tolist(),
        theme.typicality.tolist(),
        marks,
        strict=True,
    ):
        yield {
            "cluster_id": group.cluster_id,
            "complaint_id": complaint_id,
            "is_member": True,
            "person_no": person,
            "surely_no": surely or None,
            "is_alleging": is_alleging if has_code else None,
            "typicality": round(typicality, 3),
            "why": why,
        }
    is_unlike = theme.missed_text < criteria.near_miss_words_for
    missed = _marks(group, theme.missed_rows, is_unlike, accounts)
    for complaint_id, why in zip(accounts.ids(theme.missed_rows), missed, strict=True):
        yield {
            "cluster_id": group.cluster_id,
            "complaint_id": complaint_id,
            "is_member": False,
            "person_no": None,
            "surely_no": None,
            "is_alleging": None,
            "typicality": 0.0,
            "why": why,
        }


def _marks(group: Group, rows: Ints, is_unlike: Flags, accounts: Accounts) -> Iterator[str]:
    """Mark what speaks for (+) and against (-) each complaint: code, words, dates.

    `is_unlike` marks those whose words speak against them although they share some.
    """
    used = _has_columns(accounts.words[rows], group.theme.words)
    codes = _code_marks(group, rows, accounts)
    for place, day in enumerate(accounts.day[rows].tolist()):
        shared = [term for term, has in zip(group.terms, used[place], strict=True) if has]
        sign = "+" if shared and not is_unlike[place] else "-"
        listed = f":{','.join(shared[:MOST_WORDS_OF_MARK])}" if shared else ""
        parts = [*codes[place], f"{sign}words{listed}"]
        window = group.theme.window
        if window is not None and not np.isnan(day):
            parts.append("+dates" if window[0] <= day <= window[1] else "-dates")
        yield " ".join(parts)


def _code_marks(group: Group, rows: Ints, accounts: Accounts) -> list[list[str]]:
    """Mark which complaints carry the code of the group; nothing where it has none."""
    if group.code_number is None:
        return [[] for _ in rows]
    carried = accounts.carry(rows, group.code_number)
    return [["+code" if has else "-code"] for has in carried.tolist()]


def _has_columns(matrix: csr_array, columns: Ints) -> Flags:
    """Mark which rows of a sparse matrix use each of a few columns."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    marks = [
        np.bincount(row[matrix.indices == column], minlength=matrix.shape[0]) > 0
        for column in columns
    ]
    return np.array(marks, dtype=np.bool_).reshape(len(columns), matrix.shape[0]).T

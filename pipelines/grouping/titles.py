"""What a group is called: the code, the merchant or place, and the words that mark it.

In: a theme. Out: the `Group` that it becomes. Out of scope: the sentences about it
(`pipelines.grouping.summaries`), ids that stay over builds.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipelines.grouping.accounts import Accounts
from pipelines.grouping.arrays import Flags, Ints
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.phrases import key_phrases
from pipelines.grouping.themes import Theme

NO_NATURE = ("nature", "other")
"""What is neither quality nor price nor any other nature: it says of no group what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One theme with its name.

    `code_number` is the column of the code in the corpus, None for a group that only
    its words name; `alleging` marks the members that carry the code. `terms` are the words
    that mark it, the most telling first, `phrases` the same words as they are read.
    """

    theme: Theme
    axis: str
    code: str
    code_number: int | None
    alleging: Flags
    merchant_key: str | None
    merchant_name: str | None
    terms: tuple[str, ...]
    phrases: tuple[str, ...]
    cluster_id: str


class Titles:
    """Names themes by what sets them apart from all complaints."""

    def __init__(self, accounts: Accounts, criteria: Criteria) -> None:
        self._accounts = accounts
        self._criteria = criteria
        axes = [axis for axis, _ in accounts.code_names]
        is_nature = np.array([axis == "nature" for axis in axes], dtype=np.bool_)
        self._code_weight = np.where(is_nature, criteria.nature_weight, 1.0)
        self._says_nothing = np.array([pair == NO_NATURE for pair in accounts.code_names], bool)

    def named(self, theme: Theme) -> Group:
        """Name a theme after the code, merchant and words that mark it."""
        rows = theme.rows
        number = self._marking_code(rows)
        terms = tuple(self._accounts.vocabulary.take(pa.array(theme.words)).to_pylist())
        tokens = self._accounts.features["tokens"].take(pa.array(rows)).to_pylist()
        if number is None:
            axis, code = "topic", "-".join(terms[:3]) or "unworded"
            alleging = np.zeros(len(rows), dtype=np.bool_)
        else:
            axis, code = self._accounts.code_names[number]
            alleging = self._accounts.carry(rows, number)
        merchant_key, merchant_name = self._merchant(theme)
        return Group(
            theme=theme,
            axis=axis,
            code=code,
            code_number=number,
            alleging=alleging,
            merchant_key=merchant_key,
            merchant_name=merchant_name,
            terms=terms,
            phrases=key_phrases(tokens, terms, merchant_name or ""),
            cluster_id=_cluster_id(axis, code, merchant_key, self._accounts.ids(rows)),
        )

    def _marking_code(self, rows: Ints) -> int | None:
        """Choose the code by which the group differs most from all complaints, if any does."""
        weight = self._accounts.weight[rows]
        share = np.asarray(weight @ self._accounts.codes[rows]) / weight.sum()
        usual = np.clip(self._accounts.code_share, 1e-4, 1 - 1e-4)
        stands_out = share * np.log(np.maximum(share, 1e-9) / usual) * self._code_weight
        stands_out[self._says_nothing | (share < self._criteria.share_to_name)] = -np.inf
        if not len(stands_out) or stands_out.max() <= 0:
            return None
        return int(stands_out.argmax())

    def _merchant(self, theme: Theme) -> tuple[str | None, str | None]:
        """Give key and name of the merchant that most members name, else the name of the block."""
        chosen = self._accounts.features.select(["merchant_key", "merchant_name"]).take(theme.rows)
        pairs = Counter(zip(*(column.to_pylist() for column in chosen.columns), strict=True))
        (key, name), count = min(pairs.items(), key=lambda item: (-item[1], str(item[0])))
        if key is not None and 2 * count > len(theme.rows):
            return key, name
        return None, theme.block_key


def _cluster_id(axis: str, code: str, merchant_key: str | None, members: list[str]) -> str:
    text = "\x1f".join([axis, code, merchant_key or "", *sorted(members)])
    return "k-" + hashlib.sha256(text.encode()).hexdigest()[:16]

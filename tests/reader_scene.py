"""Small models of the second reader for tests, written down score by score."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pipelines.classify import TextModel
from pipelines.classify.truth import KINDS, OUTCOMES

Scores = Mapping[str, Mapping[str, float]]
"""By word, pair ("no parcel") or hint: what it adds to the log-odds of columns, by column."""

UNHEARD_OF = -7.5
"""Log-odds of a code for which nothing speaks."""

THRESHOLDS = {"pattern": 0.5, "wallet": 0.5, "nature": 0.5, "kind": 0.5}


def toy_model(
    *,
    words: Scores,
    pairs: Scores | None = None,
    hints: Scores | None = None,
    bias: Mapping[str, float] | None = None,
    thresholds: Mapping[str, float] = THRESHOLDS,
    own_count: int | None = None,
) -> TextModel:
    """Give a model that knows these features, with a column for whatever they speak of.

    Every word is as rare as the next, so that a text of four known words has the length 2.
    Kinds and outcomes are as likely as not, and codes hopeless, unless `bias` says otherwise.
    """
    features = [*words.items(), *(pairs or {}).items(), *(hints or {}).items()]
    named = dict.fromkeys(column for _, scores in features for column in scores)
    open_columns = [f"kind {kind}" for kind in KINDS] + [f"outcome {end}" for end in OUTCOMES]
    columns = tuple(dict.fromkeys([*named, *(bias or {}), *open_columns]))
    usual = {column: 0.0 if column in open_columns else UNHEARD_OF for column in columns}
    usual |= bias or {}
    table = [[scores.get(column, 0.0) for column in columns] for _, scores in features]
    return TextModel(
        version="toy",
        learned_from="nothing",
        columns=columns,
        words=tuple(words),
        pairs=tuple((first, second) for first, second in map(str.split, pairs or {})),
        hints=tuple(hints or {}),
        own_count=len(words) if own_count is None else own_count,
        table=np.array(table, dtype=np.float32).reshape(len(features), len(columns)),
        bias=np.array([usual[column] for column in columns], dtype=np.float32),
        rarity=np.ones(len(words), dtype=np.float32),
        thresholds=thresholds,
    )

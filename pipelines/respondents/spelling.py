"""A name of a corpus with the key it has so far, and the finding that two keys are one.

In: nothing. Out: the records that finding joins passes on (`pipelines.respondents.joining`,
`variants` beside it). Out of scope: finding them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.records import MerchantKey
from pipelines.respondents.names import Name


class Spelling(NamedTuple):
    """An unmasked name of the corpus: how it is written, taken apart, and its key so far."""

    raw: str
    name: Name
    key: MerchantKey


class Join(NamedTuple):
    """Key `key` is another spelling of `into`; how surely (0 to 1), and why."""

    key: MerchantKey
    into: MerchantKey
    score: float
    why: str


def merchants_by(
    pairs: Iterable[tuple[str, MerchantKey]],
) -> defaultdict[str, set[MerchantKey]]:
    """Gather the merchants that share a form.

    >>> dict(merchants_by([("a", MerchantKey("one")), ("a", MerchantKey("two"))])) == {
    ...     "a": {"one", "two"}
    ... }
    True
    """
    merchants: defaultdict[str, set[MerchantKey]] = defaultdict(set)
    for form, key in pairs:
        merchants[form].add(key)
    return merchants

"""What people judged of two names: one merchant, or not. It overrules every rule, for ever.

In: the judgements in the order in which they were made, and the key that the rules give each
name. Out: the keys with the judgements obeyed. Out of scope: where judgements are kept
(`warehouse.casework`), and what the rules say (`pipelines.respondents.resolve`).

    rules: 支付宝商城 -> alipay, 霁川 -> 霁川, 霁川优品 -> 霁川优品
    支付宝商城 is not 支付宝, 霁川优品 is 霁川
    after: 支付宝商城 -> 支付宝商城, 霁川优品 -> 霁川
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.records import MerchantKey

Keys = Mapping[str, MerchantKey | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameJudgement:
    """A person's judgement that two names, as written, are one merchant's, or are not."""

    one: str
    other: str
    is_same: bool


def judged_keys(
    keys: Keys,
    judgements: Sequence[NameJudgement],
    known: Container[str],
    own_key: Callable[[str], MerchantKey],
) -> dict[str, MerchantKey | None]:
    """Give every name the key it has once the judgements are obeyed.

    Of two judgements on one pair the later holds. "Not the same" holds against everything that
    would follow from others. Who shares a key with a judged name goes with it, unless judged
    otherwise. `keys` holds every judged name, met in the corpus or not. `own_key` makes the key
    of a name that is parted from its merchant; keys in `known` are kept where merchants meet.

    >>> judged_keys(
    ...     {"a": "x", "b": "x", "c": "z"},
    ...     [NameJudgement(one="a", other="b", is_same=False),
    ...      NameJudgement(one="b", other="c", is_same=True)],
    ...     known={"x"}, own_key=str.upper,
    ... )
    {'a': 'x', 'b': 'B', 'c': 'B'}
    """
    latest = {frozenset((one.one, one.other)): one.is_same for one in judgements}
    apart = [tuple(sorted(pair)) for pair, same in latest.items() if not same and len(pair) == 2]
    judged = dict(keys)
    _part(judged, apart, own_key)
    for pair, same in sorted(latest.items(), key=lambda item: sorted(item[0])):
        if same and len(pair) == 2:
            _unite(judged, sorted(pair), apart, known, own_key)
    return judged


def _part(
    judged: dict[str, MerchantKey | None],
    apart: Iterable[tuple[str, ...]],
    own_key: Callable[[str], MerchantKey],
) -> None:
    """Give the longer of two names that are not the same a key of its own."""
    for pair in sorted(apart):
        key = judged[pair[0]]
        if key is not None and judged[pair[1]] == key:
            leaver = max(pair, key=lambda name: (len(name), name))
            judged[leaver] = _unlike(own_key(leaver), key)


def _unlike(own: MerchantKey, key: MerchantKey) -> MerchantKey:
    return MerchantKey(f"{own}-other") if own == key else own


def _unite(
    judged: dict[str, MerchantKey | None],
    pair: Sequence[str],
    apart: Iterable[tuple[str, ...]],
    known: Container[str],
    own_key: Callable[[str], MerchantKey],
) -> None:
    """Give two names one key, with all that have theirs, unless that unites who is apart."""
    moved = {name for name in pair if judged[name] is None}
    met = {judged[name] for name in pair} - {None}
    moved |= {name for name, key in judged.items() if key in met}
    if any(one in moved and other in moved for one, other in apart):
        return
    keys = sorted(
        (key for key in met if key is not None), key=lambda key: (key not in known, len(key), key)
    )
    into = keys[0] if keys else own_key(pair[0])
    judged |= dict.fromkeys(moved, into)

"""From the themes of a portion to candidates: which of them are proposed, and their rows.

In: a portion, that is themes with all that is told of their complaints. Out: its rows of
clusters, cluster_members and cluster_losses. Nothing outside a portion matters, so that
portions can be spread over processes. Out of scope: how portions are cut
(`pipelines.grouping.assembly`), and what a row holds (`titles`, `members`, `losses`,
`summaries`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import pyarrow as pa

from pipelines.detect.expected import WindowTest
from pipelines.grouping.accounts import Accounts
from pipelines.grouping.arrays import Flags
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.discounts import brigades_in, find_discounts
from pipelines.grouping.further import further_people
from pipelines.grouping.losses import loss_rows
from pipelines.grouping.members import member_rows, witnesses
from pipelines.grouping.signals import Signals
from pipelines.grouping.summaries import Counted, Labels, Summaries
from pipelines.grouping.tables import (
    CLUSTERS_SCHEMA,
    DISCOUNTS_SCHEMA,
    FURTHER_SCHEMA,
    LOSSES_SCHEMA,
    MEMBERS_SCHEMA,
    Row,
)
from pipelines.grouping.themes import Theme
from pipelines.grouping.titles import Group, Titles
from pipelines.people import count_people

Tables = tuple[pa.Table, ...]
"""Clusters, cluster_members, cluster_losses, cluster_discounts and further_people."""

SCHEMAS = (CLUSTERS_SCHEMA, MEMBERS_SCHEMA, LOSSES_SCHEMA, DISCOUNTS_SCHEMA, FURTHER_SCHEMA)
"""Of these tables, in the same order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Some themes, none of which shares a complaint with a theme of another portion.

    The rows and words of the themes are numbers of `accounts`. `signals` is None where
    nothing is covered. `complaints_in_all` counts those of all portions and of none.
    """

    themes: Sequence[Theme]
    accounts: Accounts
    signals: Signals | None
    complaints_in_all: int


def propose(portion: Portion, labels: Labels, criteria: Criteria) -> Tables:
    """Make the rows of the groups that a portion holds, the strongest theme first."""
    accounts = portion.accounts
    summaries = Summaries(accounts, labels)
    rows: tuple[list[Row], ...] = tuple([] for _ in SCHEMAS)
    clusters, members, losses, discounts, further = rows
    for group, counted in _proposed(portion, criteria):
        key = {"cluster_id": group.cluster_id}
        stated = list(loss_rows(group, counted.people, counted.possible, accounts))
        clusters.append(summaries.row(group, counted, stated))
        members.extend(member_rows(group, counted.people, accounts, criteria))
        losses.extend(stated)
        discounts.extend(
            key | {"place": place} | asdict(discount)
            for place, discount in enumerate(counted.discounts.told, 1)
        )
        further.extend(key | row for row in counted.further.rows)
    return tuple(
        pa.Table.from_pylist(found, schema=schema)
        for found, schema in zip(rows, SCHEMAS, strict=True)
    )


def _proposed(portion: Portion, criteria: Criteria) -> Iterator[tuple[Group, Counted]]:
    """Give the groups that are worth a look, the strongest first; no two share a complaint."""
    accounts = portion.accounts
    titles = Titles(accounts, criteria)
    taken = np.zeros(len(accounts.day), dtype=np.bool_)
    for theme in sorted(portion.themes, key=_strength):
        rest = _without(theme, taken, criteria.share_left_at_least)
        if rest is None:
            continue
        group = titles.named(rest)
        brigade = brigades_in(rest.rows, accounts, criteria)
        people = count_people(witnesses(group, brigade, accounts))
        test = _test(group, portion.signals)
        is_enough = people.certain and people.possible >= criteria.people_at_least
        is_kept = theme.judged_id is not None
        if is_kept or (is_enough and not _is_the_usual(group, test, portion, criteria)):
            taken[rest.rows] = True
            yield (
                group,
                Counted(
                    people=people,
                    discounts=find_discounts(
                        rest.rows, people.person_no, brigade, accounts, criteria
                    ),
                    further=further_people(
                        rest.rows, accounts.copy_group, accounts.beyond, accounts.ids(rest.rows)
                    ),
                    test=test,
                ),
            )


def _strength(theme: Theme) -> tuple[int, float, str, str, list[int]]:
    """Order themes: what people keep first, kin, who share no name, last; else by strength."""
    kind = theme.block_kind
    place = 0 if theme.judged_id is not None else 2 if kind == "kin" else 1
    return (place, -round(theme.gain, 6), kind, theme.block_key, theme.rows.tolist())


def _without(theme: Theme, taken: Flags, share_left_at_least: float) -> Theme | None:
    """Leave out the complaints that a stronger group has; None if too few are left."""
    free = ~taken[theme.rows]
    least = 1 if theme.judged_id else max(2, share_left_at_least * len(free))
    if free.sum() < least:
        return None
    return replace(
        theme,
        rows=theme.rows[free],
        typicality=theme.typicality[free],
        is_doubtful=theme.is_doubtful[free],
    )


def _test(group: Group, signals: Signals | None) -> WindowTest | None:
    """Compare what was seen with what was expected; None where that is not known."""
    if signals is None or group.theme.window is None:
        return None
    if group.merchant_key is None or group.code_number is None:
        return None
    return signals.check(group.merchant_key, group.code_number, group.theme.window)


def _is_the_usual(
    group: Group, test: WindowTest | None, portion: Portion, criteria: Criteria
) -> bool:
    """Say whether a group is no more than what is said of the merchant all the time.

    A tested group must say the same, or exceed what was expected. Where all of its days are
    covered, it must besides stand out from what the other days brought.
    """
    theme = group.theme
    is_exceeded = test is None or test.lower > 1
    if not is_exceeded and theme.typicality.mean() < criteria.share_at_least_usual:
        return True
    if portion.signals is None or theme.standing is None:
        return False
    stands_out = theme.standing.total(portion.complaints_in_all) >= criteria.standing_at_least
    return not stands_out and _is_covered(group, portion.signals)


def _is_covered(group: Group, signals: Signals) -> bool:
    """Say whether every day of a merchant's group is covered."""
    counts, window = signals.forecast.counts, group.theme.window
    merchant = signals.merchant_number.get(group.merchant_key or "", -1)
    covered = counts.covered_days.get(merchant)
    if covered is None or window is None:
        return False
    low, high = window[0] - counts.first_day, window[1] - counts.first_day + 1
    return low >= 0 and high <= len(covered) and bool(covered[low:high].all())

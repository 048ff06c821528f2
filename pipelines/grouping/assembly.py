"""From themes to candidates: which of them are proposed, and the rows that are stored.

In: the themes of all blocks, the corpus, and the forecast of covered weeks. Out: the
tables clusters, cluster_members and cluster_losses. Out of scope: what belongs together
(`pipelines.grouping.themes`), and what a row holds (`titles`, `members`, `losses`,
`summaries`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa

from pipelines.detect.expected import WindowTest
from pipelines.grouping.accounts import Accounts, read_accounts
from pipelines.grouping.arrays import Flags
from pipelines.grouping.corpus import Corpus
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.losses import loss_rows
from pipelines.grouping.members import member_rows, witnesses
from pipelines.grouping.signals import Signals
from pipelines.grouping.summaries import Labels, Summaries
from pipelines.grouping.tables import CLUSTERS_SCHEMA, LOSSES_SCHEMA, MEMBERS_SCHEMA, Row
from pipelines.grouping.themes import Theme
from pipelines.grouping.titles import Group, Titles
from pipelines.people import People, count_people


def assemble(
    themes: Iterable[Theme],
    corpus: Corpus,
    copies: pa.Table,
    signals: Signals | None,
    labels: Labels,
    criteria: Criteria,
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Make the rows of clusters, cluster_members and cluster_losses, the highest score first."""
    accounts = read_accounts(corpus, copies)
    summaries = Summaries(accounts, labels, criteria)
    clusters: list[Row] = []
    members: list[Row] = []
    losses: list[Row] = []
    for group, people, test in _proposed(themes, accounts, signals, criteria):
        stated = list(loss_rows(group, people, accounts))
        clusters.append(summaries.row(group, people, test, stated))
        members.extend(member_rows(group, people, accounts, criteria))
        losses.extend(stated)
    clusters.sort(key=lambda row: (-row["score"], row["cluster_id"]))
    place = {row["cluster_id"]: number for number, row in enumerate(clusters)}
    for rows in (members, losses):
        rows.sort(key=lambda row: place[row["cluster_id"]])
    return (
        pa.Table.from_pylist(clusters, schema=CLUSTERS_SCHEMA),
        pa.Table.from_pylist(members, schema=MEMBERS_SCHEMA),
        pa.Table.from_pylist(losses, schema=LOSSES_SCHEMA),
    )


def _proposed(
    themes: Iterable[Theme], accounts: Accounts, signals: Signals | None, criteria: Criteria
) -> Iterator[tuple[Group, People, WindowTest | None]]:
    """Give the groups that are worth a look, the strongest first; no two share a complaint."""
    titles = Titles(accounts, criteria)
    taken = np.zeros(len(accounts.complaint_id), dtype=np.bool_)
    for theme in sorted(themes, key=_strength):
        rest = _without(theme, taken, criteria.share_left_at_least)
        if rest is None:
            continue
        group = titles.named(rest)
        people = count_people(witnesses(group, accounts))
        test = _test(group, signals)
        is_enough = people.certain and people.possible >= criteria.people_at_least
        if is_enough and not _is_the_usual(group, test, criteria.share_at_least_usual):
            taken[rest.rows] = True
            yield group, people, test


def _strength(theme: Theme) -> tuple[float, str, str, list[int]]:
    return (-round(theme.gain, 6), theme.block_kind, theme.block_key, theme.rows.tolist())


def _without(theme: Theme, taken: Flags, share_left_at_least: float) -> Theme | None:
    """Leave out the complaints that a stronger group has; None if too few are left."""
    free = ~taken[theme.rows]
    if free.sum() < max(2, share_left_at_least * len(free)):
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


def _is_the_usual(group: Group, test: WindowTest | None, share_at_least: float) -> bool:
    """Say whether a tested group neither exceeds what was expected nor says the same."""
    return test is not None and test.lower <= 1 and group.theme.typicality.mean() < share_at_least

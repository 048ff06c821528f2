"""Which complaints belong together: from readings to proposed groups.

In: the grouping table (one row per complaint), its copies, the declared
coverage and the labels of codes. Out: `GroupTables`. The order of the input
rows does not matter, and the same input gives the same rows. Out of scope: ids
that stay over builds (`pipelines.lineage`, `warehouse.casework`).

    words, places     what is compared: words as a matrix, names of places and their keys
    openings          the topics that complaints about a place open with
    regions           in which regions a complaint says to be
    kin               those of one region that open with the same rare words
    corpus, blocks    the table as arrays; cut by merchant and by place
    seeds             first guesses: like wording, bursts of a code
    wording, timing, allegations
                      how much words, days and codes speak for a theme
    fit               all of these weighed together
    themes            the matters of a block
    standing          how far a matter stands out from what is said all the time
    shared_codes, shared_topics, alike
                      further groups where words and days cannot speak
    judged            what people decided of who belongs together, obeyed
    covered           the complaints of days on which all are known
    signals           what was to be expected in covered weeks
    alarms            alarms of the newest seven days against the budget
    mixes             how unusual a merchant's mix is in his sector
    assembly          themes in portions, and the rows of all portions in one order
    proposals         which themes are proposed, each with what the next five say of it
    accounts, members the writers and facts of complaints; who is in a group, and why
    losses, titles    what its people lost; what it is called
    phrases           the words that mark it, as they are read
    campaigns         which copies were sent around within days
    histories         what else the account behind each complaint wrote
    brigades          many accounts of one purpose, much the same, within days
    discounts         what a reader should take off a group's size
    contacts          which contacts recur, and which complaints they connect
    further           people beyond the members: told of, or reached by a contact
    summaries         its counts and sentences in one row; `ranking` gives the score
    criteria, tables  the thresholds, and the rows that come out
    arrays, spread    the kinds of arrays that are computed with; how work is spread
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.detect.coverage import read_coverage
from pipelines.grouping.accounts import read_accounts
from pipelines.grouping.alarms import raise_alarms
from pipelines.grouping.assembly import assemble
from pipelines.grouping.blocks import Block, cut_blocks
from pipelines.grouping.contacts import (
    QUOTED_SCHEMA,
    contact_tables,
    find_contacts,
    proven_persons,
)
from pipelines.grouping.corpus import Calendar, Corpus, numbers, read_corpus
from pipelines.grouping.covered import read_covered
from pipelines.grouping.criteria import Criteria, load_criteria
from pipelines.grouping.further import TOLD_SCHEMA, read_beyond
from pipelines.grouping.histories import Histories, Writings, read_histories
from pipelines.grouping.judged import JudgedCase, obey
from pipelines.grouping.mixes import compare_mixes
from pipelines.grouping.signals import read_signals
from pipelines.grouping.spread import Spread
from pipelines.grouping.tables import EXPECTED_SCHEMA, GroupTables
from pipelines.grouping.themes import Theme, find_themes

__all__ = ["GROUPING_VERSION", "GroupTables", "JudgedCase", "group", "propose_new"]

GROUPING_VERSION = "15"
"""Changes whenever the same input would be grouped differently."""

COMPLAINTS_PER_TASK = 4_000
"""Complaints handed to a process at a time: seconds of work, so that handing over is cheap."""


def group(
    features: pa.Table,
    copies: pa.Table,
    coverage: pa.Table,
    labels: Mapping[tuple[str, str], tuple[str, str]],
    spread: Spread = map,
    *,
    quoted: pa.Table | None = None,
    told: pa.Table | None = None,
    cases: Sequence[JudgedCase] = (),
) -> GroupTables:
    """Propose which complaints are one matter, with people, losses and reasons.

    Args:
        features: the grouping table, one row per complaint.
        copies: what `pipelines.dedupe.find_copies` gave for it.
        coverage: declared periods (source, respondent, merchant_key, covered_from,
            covered_to).
        labels: Chinese and English label of each (axis, code).
        spread: applies a pure function to each piece of the work, like `map`; a
            process pool's ordered map spreads it.
        quoted: the contacts that texts quote (`QUOTED_SCHEMA`); None for none.
        told: the further people that texts tell of (`TOLD_SCHEMA`); None for none.
        cases: the candidates of which people decided who belongs to them.
    """
    criteria = load_criteria()
    corpus = read_corpus(features, copies, criteria.sureness)
    task = partial(_find_in_blocks, calendar=corpus.calendar, criteria=criteria)
    pieces = _pieces(cut_blocks(corpus, criteria))
    themes = [theme for found in spread(task, pieces) for theme in found]
    themes = obey(themes, corpus, cases)
    covered = read_covered(corpus, read_coverage(coverage))
    signals = read_signals(covered)
    person = proven_persons(corpus)
    contacts = find_contacts(corpus, _or_none(quoted, QUOTED_SCHEMA), person, criteria)
    beyond = read_beyond(corpus, contacts, _or_none(told, TOLD_SCHEMA), person, criteria)
    accounts = read_accounts(corpus, copies, _histories(corpus, criteria), beyond)
    clusters, members, losses, discounts, further = assemble(
        themes, accounts, signals, labels, criteria, spread=spread
    )
    connecting, quotes = contact_tables(contacts, corpus, person)
    alarm_weeks, alarms = raise_alarms(covered, criteria)
    return GroupTables(
        clusters=clusters,
        cluster_members=members,
        cluster_losses=losses,
        cluster_discounts=discounts,
        further_people=further,
        counterparties=connecting,
        counterparty_complaints=quotes,
        expected_weeks=EXPECTED_SCHEMA.empty_table() if signals is None else signals.weeks(),
        alarm_weeks=alarm_weeks,
        alarms=alarms,
        code_mixes=compare_mixes(corpus, criteria),
    )


def propose_new(
    features: pa.Table,
    copies: pa.Table,
    coverage: pa.Table,
    labels: Mapping[tuple[str, str], tuple[str, str]],
    since: float,
) -> tuple[pa.Table, pa.Table]:
    """Propose the groups that the newest complaints belong to: clusters and their members.

    Only merchants, places and guesses that hold a complaint of the day `since` (in days since
    1970) or of a later one are looked at. For a replay week by week: it costs a fraction of
    `group`, and gives nearly the groups of it that hold a new complaint.
    """
    criteria = load_criteria()
    corpus = read_corpus(features, copies, criteria.sureness)
    blocks = tuple(cut_blocks(corpus, criteria, since))
    themes = _find_in_blocks(blocks, corpus.calendar, criteria, since)
    signals = read_signals(read_covered(corpus, read_coverage(coverage)))
    person = proven_persons(corpus)
    contacts = find_contacts(corpus, QUOTED_SCHEMA.empty_table(), person, criteria)
    beyond = read_beyond(corpus, contacts, TOLD_SCHEMA.empty_table(), person, criteria)
    accounts = read_accounts(corpus, copies, _histories(corpus, criteria), beyond)
    clusters, members, *_ = assemble(themes, accounts, signals, labels, criteria)
    return clusters, members


def _or_none(table: pa.Table | None, schema: pa.Schema) -> pa.Table:
    return schema.empty_table() if table is None else table


def _histories(corpus: Corpus, criteria: Criteria) -> Histories:
    features = corpus.features
    asks = pc.fill_null(features["asks_compensation"], False)
    written = Writings(
        account=numbers(features["author_key"]),
        merchant=numbers(features["merchant_key"]),
        day=corpus.day,
        asks_compensation=asks.to_numpy(zero_copy_only=False),
    )
    return read_histories(written, criteria)


def _find_in_blocks(
    blocks: tuple[Block, ...], calendar: Calendar, criteria: Criteria, since: float | None = None
) -> list[Theme]:
    """Find the themes of a few blocks; nothing outside the arguments matters."""
    return [theme for block in blocks for theme in find_themes(block, calendar, criteria, since)]


def _pieces(blocks: Iterator[Block]) -> Iterator[tuple[Block, ...]]:
    """Bundle small blocks, so that handing them to another process is worth it."""
    bundle: list[Block] = []
    size = 0
    for block in blocks:
        bundle.append(block)
        size += len(block.rows)
        if size >= COMPLAINTS_PER_TASK:
            yield tuple(bundle)
            bundle, size = [], 0
    if bundle:
        yield tuple(bundle)

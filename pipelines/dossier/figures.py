"""Figures and lists that several parts of a dossier say in the same way.

In: words, and what was gathered. Out: phrases and tables. Out of scope: which part says what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pipelines.dossier.document import Column, Table
from pipelines.dossier.gathering import Account, Gathered, Loss
from pipelines.dossier.words import Words
from pipelines.records import Axis

_NUMBERS = 15


def people(words: Words, found: Gathered) -> str:
    """Give people as an interval."""
    low, high = found.people
    return words("people_exact", low=low) if low == high else words(
        "people_interval", low=low, high=high
    )  # fmt: skip


def losses(words: Words, found: Sequence[Loss]) -> str:
    """Give the stated losses, each currency by itself; empty where none is known."""
    return words("semicolon").join(
        words(
            "loss",
            sum=words.money(loss.total, loss.currency),
            median=words.money(loss.median, loss.currency),
            known=loss.known,
        )
        for loss in found
    )


def losses_total(words: Words, found: Sequence[Loss]) -> str:
    """Give the sums of the stated losses only; empty where none is known."""
    return " + ".join(words.money(loss.total, loss.currency) for loss in found)


def replies_line(words: Words, found: Gathered) -> str:
    """Say how many members the sources record a reply to."""
    share = found.candidate["reply_share"]
    if share is None:
        return words("replies_unknown")
    return words("replies_share", share=words.share(share)) if share else words("replies_none")


def label(words: Words, found: Gathered, axis: Axis, code: str) -> str:
    """Give the label of a code."""
    entry = found.context.taxonomy.entries.get((axis, code))
    return code if entry is None else str(getattr(entry.label, words.language))


def source_label(words: Words, found: Gathered, source: str) -> str:
    """Name a source with its key, by which the record is found."""
    labels = [words.of(row, "label") for row in found.sources if row["source"] == source]
    label = labels[0] if labels else None
    return f"{label} {source}" if label and label.casefold() != source else source


def record(words: Words, rows: Iterable[tuple[str, str]]) -> Table:
    """Lay names and what they say out as a table."""
    columns = (Column(head=words("figure"), width=3), Column(head=words("value"), width=9))
    return Table(columns=columns, rows=tuple(rows), is_record=True)


def numbers(words: Words, accounts: Iterable[Account]) -> str:
    """List members by their numbers, the first of them where there are many."""
    nos = [account.no for account in accounts]
    shown = words.listed(str(no) for no in nos[:_NUMBERS])
    return words("and_more", numbers=shown) if len(nos) > _NUMBERS else shown


def most(counts: Counter[str]) -> list[tuple[str, int]]:
    """Order counts, the largest first.

    >>> most(Counter("abb"))
    [('b', 2), ('a', 1)]
    """
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

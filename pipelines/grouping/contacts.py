"""Which contacts recur in complaints of different people, and which complaints they connect.

In: the corpus, and the contacts that texts quote, as keyed hashes. Out: the contacts that
connect, under an id of their own, with what they occur in. No contact leaves here, and no hash of
one. Out of scope: whether two complainants are one person (`pipelines.people`), and what
follows for a group (`pipelines.grouping.further`).

    whose a contact is                                                        it connects
    the complainant's: a source declares it so, or one person quotes it       nothing
    a hot line's or platform's: very many quote it                            nothing
    the respondent's: nearly all who quote it and name a merchant name one    who names nobody
    a counterparty's: all others                                              all

Time grows with the number of complaints: of one contact no more are compared than the criteria
let through.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from pipelines.grouping.arrays import Flags, Ints
from pipelines.grouping.corpus import Corpus, numbers
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.tables import CONTACTS_SCHEMA, QUOTES_SCHEMA, Row

ContactRole = Literal["counterparty", "respondent"]

QUOTED_SCHEMA = pa.schema(
    (
        pa.field("complaint_id", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("link_key", pa.string()),
        pa.field("is_own", pa.bool_()),
    )
)
"""What texts quote; `is_own` where a source declares the contact as the complainant's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact that connects. `rows` are the complaints that quote it, in order."""

    contact_id: str
    kind: str
    role: ContactRole
    rows: Ints


def find_contacts(
    corpus: Corpus, quoted: pa.Table, person: Ints, criteria: Criteria
) -> list[Contact]:
    """Find the contacts that connect complaints, in order of their ids.

    Args:
        corpus: all complaints.
        quoted: rows of `QUOTED_SCHEMA`, in any order; of complaints that the corpus lacks, too.
        person: the proven person of each complaint, as `proven_persons` numbers them.
        criteria: `contact_*` say what connects.
    """
    merchant = numbers(corpus.features["merchant_key"])
    found = [
        Contact(contact_id=_public_id(kind, key), kind=kind, role=role, rows=rows)
        for key, kind, rows in _quoted_by_several(corpus, quoted, person)
        if (role := _role(rows, merchant, person, criteria)) is not None
    ]
    return sorted(found, key=lambda contact: contact.contact_id)


def proven_persons(corpus: Corpus) -> Ints:
    """Number the persons behind all complaints: one account, or one contact or order of their own.

    Copies are left out: over a whole corpus they prove less than in one group.
    """
    features, count = corpus.features, len(corpus.day)
    author = numbers(features["author_key"])
    lists = features["link_keys"].combine_chunks()
    own = pc.list_parent_indices(lists).to_numpy()
    key = numbers(lists.flatten())
    known = np.flatnonzero(author >= 0)
    authors = int(author.max(initial=-1)) + 1
    nodes = count + authors + int(key.max(initial=-1)) + 1
    first = np.r_[known, own]
    second = np.r_[count + author[known], count + authors + key]
    ones = np.ones(len(first), dtype=np.int8)
    label = connected_components(coo_array((ones, (first, second)), shape=(nodes, nodes)), False)[1]
    return label[:count].astype(np.int64)


def contact_tables(
    contacts: list[Contact], corpus: Corpus, person: Ints
) -> tuple[pa.Table, pa.Table]:
    """Give the rows of contacts, and of the complaints that quote them."""
    merchant = numbers(corpus.features["merchant_key"])
    rows: list[Row] = []
    quotes: list[Row] = []
    for contact in contacts:
        named = merchant[contact.rows]
        rows.append(
            {
                "counterparty_id": contact.contact_id,
                "kind": contact.kind,
                "role": contact.role,
                "complaints": len(contact.rows),
                "nameless": int((named < 0).sum()),
                "merchants": len(np.unique(named[named >= 0])),
                "people": len(np.unique(person[contact.rows])),
            }
        )
        ids = corpus.features["complaint_id"].take(pa.array(contact.rows)).to_pylist()
        quotes += [{"counterparty_id": contact.contact_id, "complaint_id": one} for one in ids]
    return (
        pa.Table.from_pylist(rows, schema=CONTACTS_SCHEMA),
        pa.Table.from_pylist(quotes, schema=QUOTES_SCHEMA),
    )


def _quoted_by_several(
    corpus: Corpus, quoted: pa.Table, person: Ints
) -> Iterator[tuple[str, str, Ints]]:
    """Give the contacts that several persons quote and none has as his own, with their rows."""
    place = pc.index_in(quoted["complaint_id"], value_set=corpus.features["complaint_id"])
    quoted = quoted.append_column("row", place).filter(pc.is_valid(place)).combine_chunks()
    key = numbers(quoted["link_key"])
    is_own = np.bincount(key[_flags(quoted["is_own"])], minlength=int(key.max(initial=-1)) + 1) > 0
    row = quoted["row"].to_numpy().astype(np.int64)
    order = np.lexsort((row, key))
    starts = np.searchsorted(key[order], np.arange(len(is_own) + 1))
    for number in np.flatnonzero(~is_own & (np.diff(starts) > 1)).tolist():
        places = order[starts[number] : starts[number + 1]]
        rows = np.unique(row[places])
        if len(np.unique(person[rows])) > 1:
            first = int(places[0])
            yield quoted["link_key"][first].as_py(), quoted["kind"][first].as_py(), rows


def _role(rows: Ints, merchant: Ints, person: Ints, criteria: Criteria) -> ContactRole | None:
    """Say whose a contact of several people is; None where it connects nothing."""
    if len(rows) > criteria.contact_complaints_at_most:
        return None
    if len(np.unique(person[rows])) > criteria.contact_people_at_most:
        return None
    named = merchant[rows][merchant[rows] >= 0]
    if len(named) and np.bincount(named).max() >= criteria.contact_one_merchant_share * len(named):
        return "respondent" if len(named) < len(rows) else None
    return "counterparty"


def _public_id(kind: str, key: str) -> str:
    """Give the id under which a contact is shown; nothing of the contact can be had from it."""
    return "c-" + hashlib.sha256(f"{kind}\x1f{key}".encode()).hexdigest()[:12]


def _flags(column: pa.ChunkedArray) -> Flags:
    return np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), dtype=np.bool_)

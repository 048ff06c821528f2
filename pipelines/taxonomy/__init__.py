"""The taxonomy: what can be alleged, in which words, of whom. Data that anyone may edit.

In: the YAML files of this folder (the only thing that `pipelines` reads by itself).
Out: one frozen `Taxonomy`, or an error that names the file and the fault. Out of scope:
matching (`pipelines.rules`) and what a text as a whole alleges (`pipelines.coding`).

    patterns/<code>.yml       one scam or conduct pattern
    wallet_issues/<code>.yml  one wallet issue
    natures.yml evidence.yml demands.yml channels.yml personal_data.yml   lists of entries
    concepts/<theme>.yml      named sets of wordings, for the rules
    labels/<source>.yml       a source's own labels, translated to codes
    law/<part>.yml            tiers, deadlines, texts, working days (`pipelines.law`)
    measured/<what>.yml       rates of false alarms, as `benchmarks` measured them
    merchants.yml             names and aliases
    candidates.yml disproportion.yml losses.yml naming.yml personal_names.yml regions.yml
    stop_words.yml            read by the steps that need them

Every data file of `pipelines` lies here, so that `Taxonomy.version` changes with any of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pipelines.errors import TaxonomyError
from pipelines.labels import LabelTable
from pipelines.records import Axis
from pipelines.taxonomy.entry_files import (
    read_concepts,
    read_entries,
    read_entry,
    read_merchants,
)
from pipelines.taxonomy.label_files import read_label_table
from pipelines.taxonomy.model import (
    Concept,
    Entry,
    Merchant,
    Rule,
    Taxonomy,
)

__all__ = ["Entry", "Taxonomy", "load_taxonomy", "read_taxonomy"]

_Record = TypeVar("_Record")

_ENTRY_FOLDERS = {"patterns": Axis.PATTERN, "wallet_issues": Axis.WALLET}
_ENTRY_LISTS = {
    "natures.yml": Axis.NATURE,
    "evidence.yml": Axis.EVIDENCE,
    "demands.yml": Axis.DEMAND,
    "channels.yml": Axis.CHANNEL,
    "personal_data.yml": Axis.PERSONAL_DATA,
}

_NOT_READ_WITH = frozenset(
    {
        "candidates.yml",
        "descriptions.yml",
        "disproportion.yml",
        "dossier.yml",
        "further_people.yml",
        "routing.yml",
    }
)
"""Files that matter only once complaints have been read."""


@cache
def load_taxonomy() -> Taxonomy:
    """Give the taxonomy that this version of the project carries.

    >>> (Axis.PATTERN, "refund_refused") in load_taxonomy().entries
    True
    """
    return read_taxonomy(files(__name__))


def read_taxonomy(root: Traversable) -> Taxonomy:
    """Read and check a folder of taxonomy files; equal content gives an equal `version`.

    Raises:
        TaxonomyError: a file breaks its declared shape, a code, concept or merchant is
            given twice, or a file refers to a concept or code that no file declares.
    """
    contents = dict(_yaml_files(root))
    entries = list(_entries(contents))
    concepts = list(_concepts(contents))
    tables = list(_label_tables(contents))
    by_code = _unique("code", entries)
    by_name = _unique("concept", concepts)
    _check_concepts(entries, concepts, by_name)
    _check_codes(entries, tables, by_code)
    return Taxonomy(
        version=_version(contents),
        reading_version=_version(
            {name: content for name, content in contents.items() if not _is_read_later(name)}
        ),
        entries={(entry.axis, entry.code): entry for entry in by_code.values()},
        concepts=by_name,
        merchants=_unique("merchant", _merchants(contents)),
        label_tables=_unique("label table", tables),
    )


def _yaml_files(root: Traversable) -> Iterator[tuple[str, bytes]]:
    """Give the files as (`folder/name`, bytes), in an order that does not depend on the disk."""
    for child in sorted(root.iterdir(), key=lambda child: child.name):
        if child.is_dir():
            for name, content in _yaml_files(child):
                yield f"{child.name}/{name}", content
        elif child.name.endswith(".yml"):
            yield child.name, child.read_bytes()


def _is_read_later(name: str) -> bool:
    return name in _NOT_READ_WITH or name.startswith(("law/", "measured/"))


def _version(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(contents.items()):
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _entries(contents: Mapping[str, bytes]) -> Iterator[tuple[str, str, Entry]]:
    """Read every entry, as (file, axis and code, entry)."""
    for name, content in contents.items():
        folder = name.partition("/")[0]
        if folder in _ENTRY_FOLDERS:
            entry = read_entry(name, content, _ENTRY_FOLDERS[folder])
            if name != f"{folder}/{entry.code}.yml":
                raise TaxonomyError(
                    f"{name}: expected the name of its code {entry.code!r}. Rename the file"
                )
            yield name, f"{entry.axis}.{entry.code}", entry
        elif name in _ENTRY_LISTS:
            for entry in read_entries(name, content, _ENTRY_LISTS[name]):
                yield name, f"{entry.axis}.{entry.code}", entry


def _concepts(contents: Mapping[str, bytes]) -> Iterator[tuple[str, str, Concept]]:
    for name, content in contents.items():
        if name.startswith("concepts/"):
            for concept in read_concepts(name, content):
                yield name, concept.name, concept


def _merchants(contents: Mapping[str, bytes]) -> Iterator[tuple[str, str, Merchant]]:
    if "merchants.yml" in contents:
        for merchant in read_merchants("merchants.yml", contents["merchants.yml"]):
            yield "merchants.yml", merchant.key, merchant


def _label_tables(contents: Mapping[str, bytes]) -> Iterator[tuple[str, str, LabelTable]]:
    for name, content in contents.items():
        if name.startswith("labels/"):
            table = read_label_table(name, content)
            yield name, table.source, table


def _unique(kind: str, found: Iterable[tuple[str, str, _Record]]) -> dict[str, _Record]:
    """Key records by what identifies them, refusing a second one under the same key."""
    records: dict[str, _Record] = {}
    homes: dict[str, str] = {}
    for name, key, record in found:
        if key in records:
            raise TaxonomyError(
                f"{name}: expected a new {kind}; found {key!r}, which {homes[key]} declares. "
                "Rename or merge them"
            )
        records[key] = record
        homes[key] = name
    return records


def _check_concepts(
    entries: Iterable[tuple[str, str, Entry]],
    concepts: Iterable[tuple[str, str, Concept]],
    known: Mapping[str, Concept],
) -> None:
    """Refuse a rule or concept that names a concept of no file, or ends in itself."""
    for name, key, entry in entries:
        used = {concept for rule in entry.rules for concept in _concepts_of_rule(rule)}
        _expect_known(name, key, "concept", used, known)
    for name, key, concept in concepts:
        _expect_known(name, key, "concept", _concepts_of_concept(concept), known)
    for name, key, _concept in concepts:
        if key in _reachable(key, known):
            raise TaxonomyError(
                f"{name}: expected a concept made of others; found {key!r} made of itself. "
                "Take the circle out"
            )


def _check_codes(
    entries: Iterable[tuple[str, str, Entry]],
    tables: Iterable[tuple[str, str, LabelTable]],
    known: Mapping[str, Entry],
) -> None:
    """Refuse an entry or label that refers to a code of no file."""
    for name, key, entry in entries:
        used = {f"{Axis.NATURE}.{code}" for code in entry.natures}
        if entry.wallet_issue is not None:
            used.add(f"{Axis.WALLET}.{entry.wallet_issue}")
        _expect_known(name, key, "code", used, known)
    for name, key, table in tables:
        labelled = {f"{axis}.{code}" for axis, code in table.codes}
        _expect_known(name, key, "code", labelled, known)


def _expect_known(
    name: str, key: str, kind: str, used: set[str], known: Mapping[str, object]
) -> None:
    if unknown := sorted(used - known.keys()):
        raise TaxonomyError(
            f"{name}: {key}: expected a {kind} that some file declares; found {unknown}. "
            "Correct the name or declare it"
        )


def _concepts_of_rule(rule: Rule) -> set[str]:
    parts = [*rule.shape.parts, *filter(None, (rule.unless, rule.needs))]
    return {name for part in parts for name in part.concepts}


def _concepts_of_concept(concept: Concept) -> set[str]:
    parts = [concept.part, *(part for phrase in concept.phrases for part in phrase.parts)]
    return {name for part in parts for name in part.concepts}


def _reachable(name: str, known: Mapping[str, Concept]) -> set[str]:
    """Name every concept that a concept is made of, directly or not."""
    seen: set[str] = set()
    waiting = _concepts_of_concept(known[name])
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting |= _concepts_of_concept(known[current])
    return seen

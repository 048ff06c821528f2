"""Checks the taxonomy: every file loads, every example is found, no counterexample is."""

from __future__ import annotations

from collections.abc import Iterator

from flows.errors import FlowError
from pipelines.normalise import normalise
from pipelines.rules import RuleEngine
from pipelines.segment import sentences
from pipelines.taxonomy import Entry, load_taxonomy


def check_taxonomy() -> str:
    """Say how much the taxonomy holds when all is well.

    Raises:
        TaxonomyError: a file is not as it must be.
        FlowError: examples or counterexamples that the rules get wrong, one a line.
    """
    taxonomy = load_taxonomy()
    engine = RuleEngine(taxonomy)
    ruled = [entry for entry in taxonomy.entries.values() if entry.rules and not entry.retired]
    wrong = [fault for entry in ruled for fault in _faults(entry, engine)]
    if wrong:
        raise FlowError("taxonomy: examples that the rules get wrong\n" + "\n".join(wrong))
    examples = sum(len(entry.examples) + len(entry.counterexamples) for entry in ruled)
    return (
        f"{len(taxonomy.entries)} codes, {len(taxonomy.concepts)} concepts, "
        f"{len(taxonomy.merchants)} merchants: {examples} examples and counterexamples hold"
    )


def _faults(entry: Entry, engine: RuleEngine) -> Iterator[str]:
    for number, text in enumerate(entry.examples, 1):
        if not _is_found(entry, engine, text):
            yield f"{entry.axis}/{entry.code}: expected example {number} to be found; it is not"
    for number, text in enumerate(entry.counterexamples, 1):
        if _is_found(entry, engine, text):
            yield f"{entry.axis}/{entry.code}: expected counterexample {number} to be left; found"


def _is_found(entry: Entry, engine: RuleEngine, text: str) -> bool:
    plain = normalise(text).text
    return any(
        (hit.axis, hit.code) == (entry.axis, entry.code)
        for hit in engine.find(plain, sentences(plain))
    )

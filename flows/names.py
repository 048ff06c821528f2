"""Resolves names to merchants, over all names at once, and gives every complaint its respondent.

What people judged of two names (one merchant, or not) comes from the ledger and overrules
every rule.
"""

from __future__ import annotations

from collections.abc import Iterable

from flows.progress import Progress
from pipelines.respondents import choose_respondents, recognise_respondents, resolve_names
from pipelines.respondents.judgements import NameJudgement
from pipelines.respondents.unsure import unsure_names
from pipelines.taxonomy import Taxonomy
from warehouse.casework import ledger
from warehouse.work import Work


def resolve_respondents(
    work: Work,
    taxonomy: Taxonomy,
    judged: Iterable[ledger.NameJudgement],
    progress: Progress,
) -> None:
    """Replace the resolved names and the pairs in doubt, then the respondent of every complaint."""
    pairs = [NameJudgement(one=pair.one, other=pair.other, is_same=pair.is_same) for pair in judged]
    with progress.stage("resolve names") as stage:
        met = work.distinct_names()
        names = resolve_names(met, taxonomy, pairs=pairs)
        work.write_names(names)
        stage.advance(met.num_rows)
    with progress.stage("find unsure names") as stage:
        columns = (met[column].to_pylist() for column in ("raw", "complaints"))
        counts = dict(zip(*columns, strict=True))
        unsure = unsure_names(names, counts, taxonomy.merchants, pairs)
        work.replace("enriched.unsure_names", unsure)
        stage.advance(unsure.num_rows)
    with progress.stage("choose respondents") as stage:
        for parties in work.party_batches():
            respondents = choose_respondents(parties, names)
            work.write_respondents(respondents)
            stage.advance(respondents.num_rows)
    with progress.stage("recognise names") as stage:
        texts = work.nameless_texts()
        given = work.given_merchants()
        work.write_respondents(recognise_respondents(texts, given, taxonomy.merchants))
        stage.advance(texts.num_rows)

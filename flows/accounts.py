"""Hears what members of groups tell of answers, measures their evidence, and stores both."""

from __future__ import annotations

from flows.progress import Progress
from pipelines.extract.speakers import kinds_of_names
from pipelines.member_accounts import hear_members, measure_clusters
from pipelines.taxonomy import Taxonomy
from warehouse.work import Work


def hear_accounts(work: Work, taxonomy: Taxonomy, progress: Progress) -> None:
    """Replace answers, contradictions and completeness by those of the groups that are stored."""
    kinds = kinds_of_names(taxonomy.merchants.values())
    with progress.stage("hear accounts") as stage:
        texts = work.member_texts().to_pylist()
        answers, contradictions = hear_members(texts, kinds)
        work.replace("enriched.member_answers", answers)
        work.replace("enriched.member_contradictions", contradictions)
        completeness = measure_clusters(work.member_evidence().to_pylist())
        work.replace("enriched.cluster_completeness", completeness)
        stage.advance(len(texts))

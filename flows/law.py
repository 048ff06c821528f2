"""Decides the legal tiers of all groups, reads their deadlines and replies, and stores them.

The day that the law is asked on is the last one of which the loads know (`Work.as_of_date`): a
build is made of its landing alone, and what happened since nobody has told it. A build as of an
earlier day asks on that day.
"""

from __future__ import annotations

from datetime import date

from flows.progress import Progress
from pipelines.law import load_rulebook
from pipelines.law.candidates import StoredGroups, decide_groups
from pipelines.member_replies import redact_member_replies
from warehouse.work import Work


def decide_law(work: Work, key: bytes, day: date | None, progress: Progress) -> None:
    """Replace the tiers and deadlines by those of the groups that are stored, as of a day."""
    if day is None:  # nothing was loaded, so there is no group
        return
    with progress.stage("decide tiers") as stage:
        groups = StoredGroups(**work.law_inputs())
        tables = decide_groups(groups, day, load_rulebook(), key)
        work.replace("enriched.cluster_tiers", tables.cluster_tiers)
        work.replace("enriched.cluster_deadlines", tables.cluster_deadlines)
        work.replace("enriched.member_replies", redact_member_replies(groups.replies, key))
        stage.advance(tables.cluster_tiers.num_rows)

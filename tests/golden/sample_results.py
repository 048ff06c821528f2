"""What the project makes of its own sample, in ids, codes, offsets and digests; no word of a text.

In: the sample and the code as it is. Out: `Results`, which the recorded files of this folder
hold for the versions that they name, and what to do when the two differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings
from pipelines.grouping import GROUPING_VERSION
from pipelines.law import LAW_VERSION
from pipelines.reading import STEP_VERSION
from pipelines.respondents import RESOLUTION_VERSION
from pipelines.taxonomy import load_taxonomy
from warehouse.home import Home
from warehouse.work import Work

FOLDER = Path(__file__).parent
SAMPLE = FOLDER.parents[1] / "flows" / "sample"

QUERIES = {
    "readings": {
        "reading": """
            select complaint_id, kind, language, outcome, region, is_minor, title_length,
                length(redacted_text),
                left(md5(concat_ws('|', redacted_text, tokens, loss_value, loss_currency)), 8)
            from enriched.readings""",
        "findings": """
            select complaint_id, axis || '.' || code, is_alleged, origin, round(score, 3), spans
            from enriched.findings""",
        "amounts": """
            select complaint_id, role, currency, span, left(md5(value::varchar), 8)
            from enriched.amounts""",
        "dates": "select complaint_id, precision, value, span from enriched.dates",
        "links": "select complaint_id, kind from enriched.links",
        "parties": """
            select complaint_id, role, identity, how, span, left(md5(raw), 8)
            from enriched.parties""",
    },
    "respondents": {
        "respondent": """
            select complaint_id, identity, round(score, 3),
                left(md5(concat_ws('|', merchant_key, merchant_name, sector, why)), 8)
            from enriched.respondents""",
    },
    "groups": {
        "cluster": """
            select cluster_id, issue_axis || '.' || issue_code, window_start::varchar,
                window_end::varchar, complaints, complainants_certain, complainants_possible,
                round(score, 2), round(cohesion, 2), round(reply_share, 2), discount_reason,
                left(md5(concat_ws('|', merchant_key, topic_terms, reason_zh, reason_en)), 8)
            from enriched.clusters""",
        "members": """
            select cluster_id, complaint_id, is_member, person_no, round(typicality, 2),
                left(md5(why), 8)
            from enriched.cluster_members""",
        "losses": """
            select cluster_id, currency, known_count, member_count, total::varchar,
                median::varchar
            from enriched.cluster_losses""",
        "copies": "select copy_group_id, complaint_id, round(similarity, 2) from enriched.copies",
    },
    "law": {
        "tiers": """
            select cluster_id, tier_code, as_of_date::varchar, state, rule_code, article, standing,
                len(members),
                left(md5(concat_ws('|', why_zh, why_en, notes_zh, conditions, members)), 8)
            from enriched.cluster_tiers""",
        "deadlines": """
            select cluster_id, deadline_code, complaint_id, state, amount, unit,
                start_date::varchar, due_date::varchar, due_not_after_date::varchar, is_done,
                days_left, days_over, rule_code, left(md5(concat_ws('|', notes_zh, span)), 8)
            from enriched.cluster_deadlines""",
    },
}
"""What is kept of each table, by the part of the results; the first column is the subject."""

DECIDING = {
    "readings": ("STEP_VERSION", "taxonomy"),
    "respondents": ("RESOLUTION_VERSION", "STEP_VERSION", "taxonomy"),
    "groups": ("GROUPING_VERSION", "RESOLUTION_VERSION", "STEP_VERSION", "taxonomy"),
    "law": ("LAW_VERSION", "GROUPING_VERSION", "RESOLUTION_VERSION", "STEP_VERSION", "taxonomy"),
}
"""The versions that each part is a function of; the first is to be raised by hand."""

Part = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The versions and, per part, what there is of each complaint or group by its id."""

    versions: Mapping[str, str]
    parts: Mapping[str, Part]


def current_results() -> Results:
    """Load and run the sample in a home of its own, and give what came of it."""
    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        files = (SAMPLE / "posts.jsonl", SAMPLE / "updates.jsonl")
        import_files(home.path, ImportRequest(source="posts", files=files, is_backfill=True))
        run(FlowSettings(home=home.path, workers=1))
        with Work.open(home) as work:
            parts = {part: _part(work, queries) for part, queries in QUERIES.items()}
    return Results(versions=current_versions(), parts=parts)


def current_versions() -> dict[str, str]:
    """Give the versions of this code and its data."""
    return {
        "STEP_VERSION": STEP_VERSION,
        "RESOLUTION_VERSION": RESOLUTION_VERSION,
        "GROUPING_VERSION": GROUPING_VERSION,
        "LAW_VERSION": LAW_VERSION,
        "taxonomy": load_taxonomy().version,
    }


def recorded_results() -> Results:
    """Read the recorded files; empty before anything was recorded."""
    parts = {part: _read_part(FOLDER / f"{part}.jsonl") for part in QUERIES}
    file = FOLDER / "versions.json"
    return Results(versions=json.loads(file.read_text()) if file.exists() else {}, parts=parts)


def record(results: Results) -> None:
    """Write the recorded files: one line per complaint or group."""
    for part, subjects in results.parts.items():
        lines = [json.dumps({"id": key, **found}) for key, found in sorted(subjects.items())]
        (FOLDER / f"{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    versions = json.dumps(results.versions, indent=2) + "\n"
    (FOLDER / "versions.json").write_text(versions, encoding="utf-8")


def forgotten_version(recorded: Results, current: Results) -> str | None:
    """Say which version must be raised: results changed, and nothing that they depend on did."""
    for part, deciding in DECIDING.items():
        changed = changed_ids(recorded, current, part)
        if changed and all(
            recorded.versions.get(name) == current.versions[name] for name in deciding
        ):
            return (
                f"tests/golden/{part}.jsonl: expected the same results under {deciding[0]} "
                f"{current.versions[deciding[0]]!r}; found others for {changed[:5]} "
                f"({len(changed)} in all). Raise {deciding[0]}, then run `make golden`."
            )
    return None


def changed_ids(recorded: Results, current: Results, part: str) -> list[str]:
    """List the complaints or groups whose results are not those recorded."""
    before, after = recorded.parts[part], current.parts[part]
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def _part(work: Work, queries: Mapping[str, str]) -> Part:
    part: Part = {}
    for name, query in queries.items():
        for key, *values in work.connection.execute(f"{query} order by all").fetchall():
            part.setdefault(key, {}).setdefault(name, []).append(values)
    return json.loads(json.dumps(part))


def _read_part(file: Path) -> Part:
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    rows = [json.loads(line) for line in lines]
    return {row.pop("id"): row for row in rows}

"""A dossier of one candidate: what regulators ask for, in neutral words, as files in memory.

In: a function that answers a build's queries with rows, people's decisions, and what reading
needs. Out: the files as bytes, the same for the same input. Out of scope: writing them to a
disk, and who may (`flows`, `dashboards`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.dossier.composing import DOSSIER_VERSION, compose
from pipelines.dossier.decisions import Act, Decisions
from pipelines.dossier.gathering import Ask, DossierError, gather
from pipelines.dossier.manifest import NAME, Manifest, as_bytes, list_files
from pipelines.dossier.words import Language, Words
from pipelines.reading import STEP_VERSION, ReadingContext

Form = Literal["docx", "md", "json"]
FORMS: tuple[Form, ...] = ("docx", "md", "json")

__all__ = [
    "DOSSIER_VERSION",
    "FORMS",
    "Act",
    "Ask",
    "Decisions",
    "DossierError",
    "Form",
    "Language",
    "Order",
    "dossier_files",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which dossier is wanted: of which candidate, in which language, in which formats."""

    candidate_id: str
    language: Language = "zh"
    forms: Sequence[Form] = FORMS


def dossier_files(
    ask: Ask, order: Order, decisions: Decisions, context: ReadingContext
) -> dict[str, bytes]:
    """Give the files of a dossier by name, the manifest last.

    The same build, decisions, taxonomy and order give the same bytes. Complainants are in them
    by source and record id only.

    Raises:
        DossierError: the build does not hold the candidate, or no member is left.
    """
    found = gather(ask, order.candidate_id, decisions, context)
    document = compose(found, order.language)
    versions = {
        "build_id": str(found.build["build_id"]),
        "dossier_version": DOSSIER_VERSION,
        "reading_version": STEP_VERSION,
        "taxonomy_version": context.taxonomy.version,
    }
    files: dict[str, bytes] = {}
    if "docx" in order.forms:
        from pipelines.dossier.docx_file import as_docx

        files["dossier.docx"] = as_docx(document, found.build["built_at"])
    if "md" in order.forms:
        from pipelines.dossier.markdown_file import as_markdown

        files["dossier.md"] = as_markdown(document).encode()
    from pipelines.dossier.tables import as_json, exclusions_csv, members_csv

    if "json" in order.forms:
        files["dossier.json"] = as_json(found, document, versions)
    files["members.csv"] = members_csv(found)
    files["exclusions.csv"] = exclusions_csv(found, Words(language=order.language))
    manifest = Manifest(
        candidate_id=order.candidate_id,
        language=order.language,
        formats=tuple(form for form in FORMS if form in order.forms),
        last_event_no=decisions.last_event_no,
        files=list_files(files),
        **versions,
    )
    return {**files, NAME: as_bytes(manifest)}

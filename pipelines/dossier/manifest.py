"""The manifest of a dossier: which files it has, with their hashes, and what they were made of.

In: files as bytes, and the build they come from. Out: JSON, and what changed against it. Out
of scope: reading files from a disk.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.dossier.gathering import DossierError
from pipelines.dossier.words import Language

NAME = "manifest.json"
_PLAIN_NAME = re.compile(r"[a-z]+\.[a-z]+")


class Listed(BaseModel):
    """One file of a dossier."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=_PLAIN_NAME.pattern)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)


class Manifest(BaseModel):
    """What a dossier is made of. `last_event_no` is the last decision that it heeds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    candidate_id: str
    build_id: str
    dossier_version: str
    reading_version: str
    taxonomy_version: str
    language: Language
    formats: tuple[str, ...]
    last_event_no: int = Field(ge=0)
    files: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the files of a folder differ from their manifest."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]


def list_files(files: Mapping[str, bytes]) -> tuple[Listed, ...]:
    """List files with their hashes, by name."""
    return tuple(
        Listed(name=name, sha256=sha256(content), bytes=len(content))
        for name, content in sorted(files.items())
    )


def as_bytes(manifest: Manifest) -> bytes:
    """Write a manifest; equal ones give equal bytes."""
    return json.dumps(manifest.model_dump(), ensure_ascii=False, indent=2).encode() + b"\n"


def read_manifest(content: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        DossierError: it is none; the message names the fields at fault and never their values.
    """
    try:
        loaded: Any = json.loads(content)
        return Manifest.model_validate(loaded)
    except ValidationError as error:
        at = sorted({".".join(map(str, fault["loc"])) for fault in error.errors()})
        raise _no_manifest(f"faults at {', '.join(at)}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise _no_manifest("no JSON") from error


def difference(manifest: Manifest, files: Mapping[str, bytes]) -> Difference:
    """Say which files changed, are missing or were added since the manifest was written."""
    listed = {one.name: one.sha256 for one in manifest.files}
    found = {name: sha256(content) for name, content in files.items() if name != NAME}
    return Difference(
        changed=tuple(sorted(n for n in listed if n in found and found[n] != listed[n])),
        missing=tuple(sorted(listed.keys() - found.keys())),
        added=tuple(sorted(found.keys() - listed.keys())),
    )


def names(files: Sequence[Listed]) -> frozenset[str]:
    """Name the files."""
    return frozenset(one.name for one in files)


def sha256(content: bytes) -> str:
    """Hash bytes.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def _no_manifest(found: str) -> DossierError:
    return DossierError(
        f"{NAME}: expected the manifest of a dossier; found {found}. Give the folder that "
        "`zhongsu dossier` wrote, or export it anew."
    )

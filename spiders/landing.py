"""Keeps what was imported, byte for byte, with a manifest of what it is.

In: files of a source and the time. Out: a folder `<landing>/<source>/<load_id>/` that is private,
complete and never changed again. Out of scope: what stands in the records (`spiders.importers`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO, Any, Final

import orjson

from spiders.errors import FileRefusedError, LandingDamagedError
from spiders.importers.recognise import FileForm, recognise
from spiders.importers.streams import CHUNK_BYTES
from spiders.sources import SourceSpec

MANIFEST: Final = "manifest.json"
MANIFEST_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LandedFile:
    """One landed file: which of the load, what it was called, and what its bytes are."""

    file_no: int
    file_name: str
    byte_count: int
    sha256: str
    form: FileForm

    @property
    def format(self) -> str:
        """The format for a receipt, such as `csv` or `csv.gz`."""
        return f"{self.form.format}.gz" if self.form.is_gzipped else self.form.format

    @property
    def encoding(self) -> str:
        """The encoding for a receipt: a codec name, or `binary` for a workbook."""
        return self.form.encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The files of one load, as they lie in their folder.

    `declared` is what whoever landed them said of them, kept as it was said.
    """

    load_id: str
    source: str
    at: datetime
    directory: Path
    files: tuple[LandedFile, ...]
    declared: Mapping[str, Any]

    def path_of(self, file: LandedFile) -> Path:
        """Where the bytes of a file of this landing lie."""
        return self.directory / _stored_name(file.file_no)


def land(
    files: Sequence[Path],
    spec: SourceSpec,
    landing_dir: Path,
    at: datetime,
    declared: Mapping[str, Any] | None = None,
) -> Landing:
    """Copy files into the landing and write down what they are and what was declared of them.

    All or nothing: the folder appears whole under its name, or not at all. Landing the same
    files again makes another folder; what is a duplicate is found when the items are loaded.
    The caller holds the home's lock, so nobody else is landing: what a killed landing of the
    source left behind is deleted first.

    Raises:
        FileRefusedError: one of the files cannot be read as this source; nothing is landed.
    """
    parent = landing_dir / spec.name
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for abandoned in parent.glob(".part-*"):
        shutil.rmtree(abandoned)
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=parent))
    try:
        landed = tuple(
            _land_file(file, spec, part, file_no) for file_no, file in enumerate(files, start=1)
        )
        load_id = _load_id(landed, parent, at)
        landing = Landing(
            load_id=load_id,
            source=spec.name,
            at=at,
            directory=parent / load_id,
            files=landed,
            declared=dict(declared or {}),
        )
        _write_manifest(part, landing)
        part.rename(landing.directory)
    except BaseException:
        shutil.rmtree(part)
        raise
    return landing


def open_landing(directory: Path) -> Landing:
    """Read a landing back from its manifest, and see that its bytes are still the same.

    Raises:
        LandingDamagedError: a file is missing or has other bytes than when it was landed.
    """
    landing = read_manifest(directory)
    for file in landing.files:
        path = landing.path_of(file)
        found = _sha256(path) if path.exists() else "no file"
        if found != file.sha256:
            raise LandingDamagedError(
                f"{path}: expected sha256 {file.sha256}; found {found}. "
                "Restore the landing from its backup."
            )
    return landing


def _land_file(file: Path, spec: SourceSpec, part: Path, file_no: int) -> LandedFile:
    target = part / _stored_name(file_no)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with _opened(file) as origin, os.fdopen(descriptor, "wb") as copy:
        shutil.copyfileobj(origin, copy, CHUNK_BYTES)
        copy.flush()
        os.fsync(copy.fileno())
    return LandedFile(
        file_no=file_no,
        file_name=file.name,
        byte_count=target.stat().st_size,
        sha256=_sha256(target),
        form=recognise(target, file.name, spec),
    )


def _opened(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError as problem:
        raise FileRefusedError(
            file.name,
            expected="a file that can be read",
            found=problem.strerror or "none",
            hint="Check its path and permissions.",
        ) from problem


def _write_manifest(part: Path, landing: Landing) -> None:
    manifest = {
        "version": MANIFEST_VERSION,
        "load_id": landing.load_id,
        "source": landing.source,
        "at": landing.at.isoformat(),
        "declared": landing.declared,
        "files": [asdict(file) for file in landing.files],
    }
    descriptor = os.open(part / MANIFEST, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
        stream.flush()
        os.fsync(stream.fileno())


def read_manifest(directory: Path) -> Landing:
    """Read what a landing is without looking at its files.

    Raises:
        LandingDamagedError: there is no manifest, or none of this form.
    """
    try:
        manifest = orjson.loads((directory / MANIFEST).read_bytes())
        return Landing(
            load_id=manifest["load_id"],
            source=manifest["source"],
            at=datetime.fromisoformat(manifest["at"]),
            directory=directory,
            declared=manifest["declared"],
            files=tuple(
                LandedFile(**{**entry, "form": FileForm(**entry["form"])})
                for entry in manifest["files"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise LandingDamagedError(
            f"{directory}: expected a manifest of version {MANIFEST_VERSION}; found {problem!r}. "
            "Restore the landing from its backup."
        ) from problem


def _load_id(files: tuple[LandedFile, ...], parent: Path, at: datetime) -> str:
    """Source, time and a hash of the content; a number sets equal ones apart."""
    content = hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest()
    stem = f"{parent.name}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{content[:8]}"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(load_id for load_id in numbered if not (parent / load_id).exists())


def _stored_name(file_no: int) -> str:
    return f"{file_no:04}.landed"


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

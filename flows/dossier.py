"""Exports a dossier to a folder, and checks one: the work of `zhongsu dossier` and `verify`.

In: a home, a candidate, a folder. Out: files and lines that tell of them. Out of scope: what a
dossier says (`pipelines.dossier`), and deciding (`flows.decide`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.errors import FlowError
from pipelines.dossier import Decisions, DossierError, Order, dossier_files
from pipelines.dossier.decisions import decisions_of
from pipelines.dossier.manifest import NAME, Manifest, difference, read_manifest, sha256
from pipelines.reading import ReadingContext
from pipelines.taxonomy import load_taxonomy
from warehouse.casework.case_events import candidate_events
from warehouse.casework.cases import CaseEvent, fold, undone
from warehouse.casework.ledger import Ledger
from warehouse.errors import BuildMissingError
from warehouse.home import Home
from warehouse.read import Reader, open_reader

_LARGEST_FILE = 256 * 2**20


class DossierRefusedError(FlowError):
    """A dossier cannot be written where it was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking a folder found, in lines; `is_same` False: something differs."""

    lines: tuple[str, ...]
    is_same: bool


def export_dossier(home: Path, order: Order, out: Path) -> tuple[str, ...]:
    """Write the dossier of a candidate of the current build; gives the lines that tell of it.

    Raises:
        DossierRefusedError: the folder holds something else than this candidate's dossier.
        DossierError: the build does not hold the candidate.
    """
    _check_folder(out, order.candidate_id)
    place = Home(home)
    with open_reader(place, "internal") as reader:
        files = _files(reader, order, _events(place), place)
    _write(out, files)
    listed = [f"{name}  {len(content):,} bytes" for name, content in files.items()]
    told = f"dossier of {order.candidate_id} in {out}: {len(files)} files"
    return (
        told,
        *listed,
        f"sha256 of {NAME}: {sha256(files[NAME])}",
        f"check it later: zhongsu verify {out}",
    )


def verify_dossier(home: Path, folder: Path) -> Verdict:
    """Hash the files of a dossier again; make them anew while their build is here, and compare.

    Raises:
        DossierError: the folder holds no manifest of a dossier.
    """
    found = _read_folder(folder)
    if NAME not in found:
        raise DossierRefusedError(
            f"{folder}: expected a dossier with its {NAME}; found none. Give the folder that "
            "`zhongsu dossier` wrote."
        )
    manifest = read_manifest(found[NAME])
    differs = difference(manifest, found)
    lines = [f"changed: {name} is not what the manifest says" for name in differs.changed]
    lines += [f"missing: {name} is in the manifest and not here" for name in differs.missing]
    lines += [f"added: {name} is here and not in the manifest" for name in differs.added]
    if not lines:
        lines.append(f"files: all {len(manifest.files)} are what the manifest says")
    again, is_again_same = _made_anew(home, manifest, found)
    is_same = is_again_same and not (differs.changed or differs.missing or differs.added)
    verdict = "nothing differs" if is_same else "this is not the dossier as it was exported"
    return Verdict(
        lines=(*lines, *again, f"sha256 of {NAME}: {sha256(found[NAME])}", verdict),
        is_same=is_same,
    )


def decisions_until_now(events: Sequence[CaseEvent], candidate_id: str) -> Decisions:
    """Say what people decided of a candidate, as a dossier needs it."""
    return decisions_of(events, undone(events), fold(events), candidate_id)


def _files(
    reader: Reader, order: Order, events: Sequence[CaseEvent], place: Home
) -> dict[str, bytes]:
    def ask(query: str, **parameters: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = reader.query(query, **parameters).to_pylist()
        return rows

    context = ReadingContext.build(taxonomy=load_taxonomy(), key=place.secret_key())
    decisions = decisions_until_now(events, order.candidate_id)
    return dossier_files(ask, order, decisions, context)


def _events(place: Home) -> tuple[CaseEvent, ...]:
    with Ledger.open(place) as ledger:
        return candidate_events(ledger)


def _made_anew(
    home: Path, manifest: Manifest, found: Mapping[str, bytes]
) -> tuple[list[str], bool]:
    """Make the dossier again from its build, with the decisions of then; say what came of it."""
    place = Home(home)
    order = Order(
        candidate_id=manifest.candidate_id, language=manifest.language, forms=_forms(manifest)
    )
    try:
        with open_reader(place, "internal", build_id=manifest.build_id) as reader:
            events = [one for one in _events(place) if one.event_no <= manifest.last_event_no]
            files = _files(reader, order, events, place)
    except BuildMissingError:
        told = f"build {manifest.build_id}: no longer in this home, so nothing was made anew"
        return [told], True
    except DossierError:
        told = f"build {manifest.build_id}: here, but it holds no such candidate"
        return [told], False
    versions = _other_versions(manifest, read_manifest(files[NAME]))
    if versions:
        told = f"build {manifest.build_id}: here; not compared, because the program changed since"
        return [f"{told} ({versions})"], True
    other = sorted(name for name in files if found.get(name) not in (None, files[name]))
    lines = [f"made anew: {name} of build {manifest.build_id} is another" for name in other]
    return (lines, False) if lines else ([_SAME.format(manifest.build_id)], True)


_SAME = "build {}: here, and it gives the same files"


def _forms(manifest: Manifest) -> list[Any]:
    return list(manifest.formats)


def _other_versions(then: Manifest, now: Manifest) -> str:
    kinds = ("dossier_version", "reading_version", "taxonomy_version")
    return ", ".join(
        f"{kind}: then {getattr(then, kind)}, now {getattr(now, kind)}"
        for kind in kinds
        if getattr(then, kind) != getattr(now, kind)
    )


def _check_folder(out: Path, candidate_id: str) -> None:
    """Refuse a folder that holds anything but a dossier of this candidate, as it was written."""
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir():
        raise _refused(out, "a file")
    if not any(out.iterdir()):
        return
    found = _read_folder(out)
    try:
        manifest = read_manifest(found.get(NAME, b""))
    except DossierError:
        raise _refused(out, "other files") from None
    differs = difference(manifest, found)
    if manifest.candidate_id != candidate_id:
        raise _refused(out, "the dossier of another candidate")
    if differs.changed or differs.added:
        names = ", ".join((*differs.changed, *differs.added))
        raise _refused(out, f"files that were changed or added ({names})")


def _refused(out: Path, found: str) -> DossierRefusedError:
    return DossierRefusedError(
        f"{out}: expected a new or empty folder, or this candidate's dossier as it was "
        f"exported; found {found}. Nothing was written. Give another folder with --out."
    )


def _read_folder(folder: Path) -> dict[str, bytes]:
    """Read the files of a folder by name; what is no plain file stands there as empty."""
    if not folder.is_dir():
        raise DossierRefusedError(f"{folder}: expected the folder of a dossier; found none.")
    return {
        path.name: path.read_bytes()
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= _LARGEST_FILE
        else b""
        for path in sorted(folder.iterdir())
    }


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    """Write the files, each whole or not at all, the manifest last."""
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    old = out / NAME
    stale = set()
    if old.exists():
        stale = {one.name for one in read_manifest(old.read_bytes()).files} - files.keys()
    for name, content in files.items():
        draft = out / f".{name}.{os.getpid()}"
        draft.write_bytes(content)
        draft.chmod(0o600)
        draft.replace(out / name)
    for name in stale:
        (out / name).unlink(missing_ok=True)

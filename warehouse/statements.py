"""SQL files as statements: their text, and what their first comment says.

In: a folder of this package. Out: its statements in order of name. Every file
holds one SELECT; its first comment says what a row means. Out of scope: running
them (`warehouse.database`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent

_PARAMETER = re.compile(r"\$([a-z_]+)")
_COMMENT = re.compile(r"--[^\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One SQL file: its name without ending, its first comment, its text."""

    name: str
    comment: str
    text: str

    @property
    def parameters(self) -> frozenset[str]:
        """The names that the statement takes as `$name`."""
        return frozenset(_PARAMETER.findall(_COMMENT.sub("", self.text)))


@cache
def read_statement(path: Path) -> Statement:
    """Read one SQL file; the comment is the run of `--` lines at its head, as one line."""
    text = path.read_text(encoding="utf-8")
    head: list[str] = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        head.append(line.removeprefix("--").strip())
    return Statement(name=path.stem, comment=" ".join(head), text=text)


def read_folder(folder: Path) -> tuple[Statement, ...]:
    """Read every SQL file directly in a folder, in order of name."""
    return tuple(read_statement(path) for path in sorted(folder.glob("*.sql")))


def version() -> str:
    """Hash the SQL files that rows come from: another version may give other rows."""
    digest = hashlib.sha256()
    folders = ("schema", "models", "feeds")
    for path in sorted(path for folder in folders for path in (PACKAGE / folder).rglob("*.sql")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

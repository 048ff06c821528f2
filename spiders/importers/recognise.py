"""Finds out what the bytes of a file are, and refuses a file that cannot be read as its source.

In: a path and the declaration of the source. Out: a `FileForm`. Content decides, never the name:
exports are misnamed as often as not. The whole file is read once, so that a broken end is found
before anything is loaded. Out of scope: single bad records, which the readers reject.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Final, Literal, TextIO

from spiders.errors import FileRefusedError
from spiders.importers.delimited import read_header
from spiders.importers.json_records import probe_keys
from spiders.importers.spreadsheets import sheet_headers
from spiders.importers.streams import UNDECODABLE, chunks, is_gzipped, open_text
from spiders.sources import SourceSpec

Format = Literal["csv", "tsv", "json", "xlsx", "xls"]

DELIMITERS: Final[dict[Format, str]] = {"csv": ",", "tsv": "\t"}

_WORKBOOK_MAGIC: Final[dict[bytes, Format]] = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}
_UTF_8_MARK: Final = b"\xef\xbb\xbf"
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_ASCII_BYTES: Final = bytes(range(128))
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]{2,}")
_LONG_NUMBER: Final = re.compile(r"\d{5}")
_HEAD_CHARS: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """What the bytes of a file are.

    `encoding` is a codec name, `binary` for a workbook. A file that is not `is_sound` holds
    some bytes that are no text in its encoding; the records with them are rejected.
    """

    format: Format
    encoding: str
    is_gzipped: bool
    is_sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Survey:
    """How well the bytes of a file fit an encoding; high bytes are those outside ASCII."""

    encoding: str
    lines: int
    bad_lines: int
    high_bytes: int
    bad_bytes: int

    @property
    def is_usable(self) -> bool:
        """Whether at most half of the lines, or of the high bytes, are no text."""
        return 2 * self.bad_lines <= self.lines or 2 * self.bad_bytes <= self.high_bytes


def recognise(path: Path, name: str, spec: SourceSpec) -> FileForm:
    """Tell format, packing and encoding of a file, and see that it has the mandatory columns.

    Raises:
        FileRefusedError: the file is empty, broken, in no known encoding, or lacks a column.
    """
    gzipped = is_gzipped(path)
    head = next(chunks(path, name, gzipped=gzipped), b"")[:4]
    if not head:
        raise FileRefusedError(
            name, expected="records", found="an empty file", hint="Export or fetch it again."
        )
    for magic, workbook in _WORKBOOK_MAGIC.items():
        if head.startswith(magic):
            _check_workbook(path, name, spec, gzipped=gzipped)
            return FileForm(format=workbook, encoding="binary", is_gzipped=gzipped, is_sound=True)
    survey = _best_encoding(path, name, head, gzipped=gzipped)
    return FileForm(
        format=_text_format(path, name, spec, survey, gzipped=gzipped),
        encoding=survey.encoding,
        is_gzipped=gzipped,
        is_sound=not survey.bad_bytes,
    )


def _check_workbook(path: Path, name: str, spec: SourceSpec, *, gzipped: bool) -> None:
    deque(chunks(path, name, gzipped=gzipped), maxlen=0)  # refuses a bomb before it is unpacked
    headers = sheet_headers(path, name, gzipped=gzipped)
    if not any(not spec.missing_columns(header) for header in headers):
        raise _columns_missing(name, spec, headers[0] if headers else ())


def _best_encoding(path: Path, name: str, head: bytes, *, gzipped: bool) -> _Survey:
    if head.startswith(_UTF_16_MARKS):
        raise _encoding_unknown(name, "UTF-16, by its byte order mark")
    utf_8 = "utf-8-sig" if head.startswith(_UTF_8_MARK) else "utf-8"
    survey = _survey(chunks(path, name, gzipped=gzipped), utf_8)
    if survey.bad_bytes and _has_runs(chunks(path, name, gzipped=gzipped)):
        chinese = _survey(chunks(path, name, gzipped=gzipped), "gb18030")
        survey = min(survey, chinese, key=attrgetter("bad_bytes"))
    if not survey.is_usable:
        raise _encoding_unknown(name, f"{survey.bad_bytes:,} bytes that are no text in either")
    return survey


def _has_runs(pieces: Iterator[bytes]) -> bool:
    """Whether high bytes stand together, as in Chinese, and not alone, as in Latin words."""
    high = together = 0
    for piece in pieces:
        high += len(piece.translate(None, _ASCII_BYTES))
        together += sum(map(len, _HIGH_RUN.findall(piece)))
    return 2 * together >= high


def _survey(pieces: Iterator[bytes], encoding: str) -> _Survey:
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    lines = bad_lines = high_bytes = bad_bytes = 0
    for piece in chain(pieces, [b""]):
        text = decoder.decode(piece, final=not piece)
        lines += piece.count(b"\n") or 1
        high_bytes += 0 if piece.isascii() else len(piece.translate(None, _ASCII_BYTES))
        if not _is_sound(text):
            bad_bytes += len(UNDECODABLE.findall(text))
            bad_lines += sum(not _is_sound(line) for line in text.split("\n"))
    return _Survey(
        encoding=encoding,
        lines=lines,
        bad_lines=bad_lines,
        high_bytes=high_bytes,
        bad_bytes=bad_bytes,
    )


def _is_sound(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text_format(
    path: Path, name: str, spec: SourceSpec, survey: _Survey, *, gzipped: bool
) -> Format:
    def opened() -> TextIO:
        return open_text(path, gzipped=gzipped, encoding=survey.encoding, is_sound=False)

    with opened() as stream:
        if stream.read(_HEAD_CHARS).lstrip("\ufeff \t\r\n").startswith(("{", "[")):
            stream.seek(0)
            keys = probe_keys(stream, spec)
            if spec.missing_columns(keys):
                raise _columns_missing(name, spec, sorted(keys))
            return "json"
    headers: dict[Format, tuple[str, ...]] = {}
    for form, delimiter in DELIMITERS.items():
        with opened() as stream:
            headers[form] = read_header(stream, delimiter)
        if not spec.missing_columns(headers[form]):
            return form
    raise _columns_missing(name, spec, max(headers.values(), key=len))


def _columns_missing(name: str, spec: SourceSpec, found: Sequence[str]) -> FileRefusedError:
    missing = (" or ".join(spec.fields[field]) for field in spec.missing_columns(found))
    return FileRefusedError(
        name,
        expected=f"the columns {', '.join(missing)} of source {spec.name}",
        found=_described(found),
        hint=f"Name the source that the file is from, or add its header to {spec.name}.yml.",
    )


def _described(names: Sequence[str]) -> str:
    """Column names for a message, unless they look like the values of somebody's record."""
    if not names:
        return "no columns"
    if len(names) > 60 or any(len(name) > 32 or _LONG_NUMBER.search(name) for name in names):
        return f"a first row of {len(names)} cells that do not look like column names"
    return f"the columns {', '.join(names)}"


def _encoding_unknown(name: str, found: str) -> FileRefusedError:
    return FileRefusedError(
        name,
        expected="text in UTF-8 or GB18030",
        found=found,
        hint="Save the file as UTF-8 and import it again.",
    )

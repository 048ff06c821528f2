"""Puts right text that was UTF-8 and was read as Latin-1 or Windows-1252.

In: a string. Out: what it was before, or the same string. Only a string all of whose
characters can be such bytes, and whose bytes are valid UTF-8, is changed: real Latin letters
practically never are. Out of scope: text that lost bytes on the way, which nothing can restore.
"""

from __future__ import annotations

import re
from typing import Final

_WINDOWS_1252: Final = {
    bytes([byte]).decode("cp1252"): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_BYTE_CHARACTERS: Final = "\\x00-\\xff" + "".join(_WINDOWS_1252)

BYTES_PATTERN: Final = f"\\A[{_BYTE_CHARACTERS}]*\\z"
"""RE2 pattern of a text whose every character can be a byte; it fails at the first that cannot."""

_TO_LATIN_1: Final = str.maketrans(_WINDOWS_1252)
_NO_BYTE: Final = re.compile(f"[^{_BYTE_CHARACTERS}]")


def repair_text(text: str) -> str:
    r"""Undo a wrong decoding of UTF-8, or give the text back unchanged.

    Repairing twice is repairing once, unless the text had been misread twice.

    >>> repair_text("æ\x8b¼å¤\x9a")
    '拼多'
    >>> repair_text("donâ€™t")
    'don’t'
    >>> repair_text("café"), repair_text("投诉")
    ('café', '投诉')
    """
    if text.isascii() or _NO_BYTE.search(text):
        return text
    try:
        return text.translate(_TO_LATIN_1).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text

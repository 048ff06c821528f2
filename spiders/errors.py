"""What can go wrong with a source, a file or a landing as a whole.

Trouble with one record is not here: it is a rejected item with a reason.
"""

from __future__ import annotations


class SpiderError(Exception):
    """Root of the errors of `spiders`; the message says expected, found, and what to do."""


class UnknownSourceError(SpiderError):
    """No source of this name is declared in `spiders/sources`."""


class SourceDeclarationError(SpiderError):
    """A file `spiders/sources/<name>.yml` does not declare a source correctly."""


class FileRefusedError(SpiderError):
    """A file as a whole cannot be taken, so nothing of the load is."""

    def __init__(self, file_name: str, *, expected: str, found: str, hint: str) -> None:
        super().__init__(f"{file_name}: expected {expected}; found {found}. {hint}")


class LandingDamagedError(SpiderError):
    """A landed file is not what its manifest says, so it is no longer the evidence it was."""

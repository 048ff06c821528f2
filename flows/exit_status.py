"""Which exit status an error means: 1 refused, 2 wrong usage, 3 internal error or lock held.

An internal error is shown by its kind and place, without its message: the message of an
unforeseen error may hold text of a complaint.
"""

from __future__ import annotations

import errno
import sys
import traceback
from typing import TextIO

REFUSED = 1
WRONG_USAGE = 2
INTERNAL = 3

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FULL_IN_WORDS = ("no space left on device", "disk is full", "disk quota exceeded")
_UNWRITABLE = frozenset({errno.EIO, errno.EROFS, errno.EBADF, errno.EACCES, errno.EPERM})


def report_error(error: Exception, stream: TextIO | None = None) -> int:
    """Print what went wrong and give the exit status for it."""
    out = stream or sys.stderr
    status = _known_status(error)
    if status is not None:
        print(f"zhongsu: {error}", file=out)
        return status
    if (trouble := _trouble_with_files(error)) is not None:
        print(f"zhongsu: {trouble}", file=out)
        return INTERNAL
    print("".join(traceback.format_tb(error.__traceback__)), end="", file=out)
    print(f"zhongsu: internal error: {type(error).__name__} at the place above", file=out)
    return INTERNAL


def _known_status(error: Exception) -> int | None:
    from pydantic import ValidationError

    from flows.errors import FlowError, UsageRefusedError
    from flows.streams import StreamClosedError
    from pipelines.errors import PipelineError
    from spiders.errors import SpiderError
    from warehouse.errors import HomeLockedError, WarehouseError

    if isinstance(error, HomeLockedError | StreamClosedError):
        return INTERNAL
    if isinstance(error, UsageRefusedError | ValidationError):
        return WRONG_USAGE
    if isinstance(error, FlowError | SpiderError | WarehouseError | PipelineError):
        return REFUSED
    return None


def _trouble_with_files(error: BaseException) -> str | None:
    """Say in a line what the system refuses to write; None for every other error.

    Databases say so in words of their own, and what they raise is not known here.
    """
    told = str(error).lower()
    if getattr(error, "errno", None) in _FULL or any(words in told for words in _FULL_IN_WORDS):
        return (
            "expected room for what is written; found the disk or the output full. "
            "Free some space, then try again: nothing that was published is harmed."
        )
    if isinstance(error, OSError) and error.errno in _UNWRITABLE:
        return (
            f"expected files and output that can be written; found {error.strerror}. "
            "Correct where the home and the output lie, then try again."
        )
    cause = error.__cause__ or error.__context__
    return None if cause is None else _trouble_with_files(cause)

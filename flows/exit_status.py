"""Which exit status an error means: 1 refused, 2 wrong usage, 3 internal error or lock held.

An internal error is shown by its kind and place, without its message: the message of an
unforeseen error may hold text of a complaint.
"""

from __future__ import annotations

import sys
import traceback
from typing import TextIO

REFUSED = 1
WRONG_USAGE = 2
INTERNAL = 3


def report_error(error: Exception, stream: TextIO | None = None) -> int:
    """Print what went wrong and give the exit status for it."""
    out = stream or sys.stderr
    status = _known_status(error)
    if status is not None:
        print(f"zhongsu: {error}", file=out)
        return status
    print("".join(traceback.format_tb(error.__traceback__)), end="", file=out)
    print(f"zhongsu: internal error: {type(error).__name__} at the place above", file=out)
    return INTERNAL


def _known_status(error: Exception) -> int | None:
    from pydantic import ValidationError

    from flows.errors import FlowError, UsageRefusedError
    from pipelines.errors import PipelineError
    from spiders.errors import SpiderError
    from warehouse.errors import HomeLockedError, WarehouseError

    if isinstance(error, HomeLockedError):
        return INTERNAL
    if isinstance(error, UsageRefusedError | ValidationError):
        return WRONG_USAGE
    if isinstance(error, FlowError | SpiderError | WarehouseError | PipelineError):
        return REFUSED
    return None

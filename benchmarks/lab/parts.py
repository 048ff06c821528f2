"""The page of methods in two parts: surveillance of counts first, whole streams second.

In: the page as it stands, and a part written anew. Out: the page with that part replaced. Out of
scope: what the parts say (`page`, `streams.page`).
"""

from __future__ import annotations

SEAM = "\n<!-- Below: written by `make lab LAB=streams`. Above: by `make lab`. -->\n\n"


def with_counts(page: str, part: str) -> str:
    """Replace the part on surveillance of counts.

    >>> with_counts("old" + SEAM + "streams", "new").split(SEAM)
    ['new', 'streams']
    """
    _, seam, streams = page.partition(SEAM)
    return part + seam + streams


def with_streams(page: str, part: str) -> str:
    """Replace the part on whole streams.

    >>> with_streams("counts", "streams").split(SEAM)
    ['counts', 'streams']
    """
    return page.partition(SEAM)[0] + SEAM + part

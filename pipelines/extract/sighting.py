"""What a detector of personal data or references reports.

Out of scope: how a sighting becomes a placeholder or a link (`pipelines.redact`).
"""

from __future__ import annotations

from typing import NamedTuple


class Sighting(NamedTuple):
    """One identifier seen in a normalised text, as a half-open range of it.

    `identity` is the same for two sightings of the same thing: the bare number, the
    lower-case address, the name of the person.
    """

    kind: str
    start: int
    end: int
    identity: str

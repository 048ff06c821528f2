"""What is true about a simulation, for those who score a system on it.

In: events, drafts and the ids of all posts. Out: the lines of `truth.json`. Out of
scope: scoring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from flows.simulate.background import Background
from flows.simulate.casting import Draft, Role
from flows.simulate.events import Event
from flows.simulate.merchants import Merchant
from flows.simulate.parameters import SimulationParams


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundMarks:
    """What stands out among the background posts; `cross_posts` point to the first post."""

    resolved: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    cross_posts: dict[str, str] = field(default_factory=dict)


def describe_event(
    event: Event, drafts: Sequence[Draft], ids: Sequence[str], params: SimulationParams
) -> dict[str, Any]:
    """Return the truth about one event or brigade.

    `members` are the posts that name the merchant, `people` gives each person's members.
    Posts that name nobody are kept apart in `unnamed`: nothing but their description
    links them. `near_copies`, `cross_posts` and `follow_ups` point to what they repeat.
    """
    posts = list(zip(drafts, ids, strict=True))
    named = [(draft, post_id) for draft, post_id in posts if not draft.is_unnamed]
    onset = params.start + timedelta(days=event.onset_day)
    return {
        "event_id": event_id(event.kind, event.number),
        "merchant": event.merchant.name,
        "code": event.code,
        "axis": event.matter.code.axis,
        "onset": onset.isoformat(),
        "end": (onset + timedelta(days=event.days)).isoformat(),
        "background_per_week": round(event.merchant.weekly_rate, 4),
        "pair": None if event.partner is None else event_id("event", event.partner),
        "incident": event.matter.incident_name,
        "product": event.matter.product.zh[0],
        "members": [post_id for _, post_id in named],
        "people": _by_person(named),
        "unnamed": _by_person([(draft, post_id) for draft, post_id in posts if draft.is_unnamed]),
        "oblique": [post_id for draft, post_id in named if draft.manner.is_oblique],
        "resolved": [post_id for draft, post_id in named if draft.manner.is_resolved],
        "near_copies": _repeats(named, ids, "near_copy"),
        "cross_posts": _repeats(named, ids, "cross_post"),
        "follow_ups": _repeats(named, ids, "follow_up"),
    }


def event_id(kind: str, number: int) -> str:
    """Return the name of an event.

    >>> event_id("brigade", 7)
    'brigade-0007'
    """
    return f"{kind}-{number:04d}"


def truth_lines(
    params: SimulationParams,
    merchants: Sequence[Merchant],
    events: Sequence[dict[str, Any]],
    background: Iterator[bytes],
    marks: BackgroundMarks,
) -> Iterator[bytes]:
    """Yield `truth.json` piece by piece: one JSON object, one merchant or event a line."""
    yield b'{"params":' + orjson.dumps(params, default=tuple) + b',\n"merchants":[\n'
    yield _joined(orjson.dumps(_describe_merchant(merchant)) for merchant in merchants)
    for kind in ("event", "brigade"):
        yield f'],\n"{kind}s":[\n'.encode()
        yield _joined(orjson.dumps(event) for event in events if event["event_id"].startswith(kind))
    yield b'],\n"background":{\n'
    yield _joined(background)
    yield b'},\n"background_marks":' + orjson.dumps(marks) + b"}\n"


def background_lines(
    background: Background, ids: NDArray[np.int64], merchants: Sequence[Merchant]
) -> Iterator[bytes]:
    """Yield one JSON member a merchant: its posts' ids by code; `ids` are line numbers from 1."""
    starts = np.searchsorted(background.merchant, np.arange(len(merchants) + 1))
    for merchant in merchants:
        rows = slice(starts[merchant.number], starts[merchant.number + 1])
        codes = background.code[rows]
        by_code = {
            code: [post_id_of(number) for number in np.sort(ids[rows][codes == index]).tolist()]
            for index, code in enumerate(merchant.codes)
        }
        yield orjson.dumps(merchant.name) + b":" + orjson.dumps(by_code)


def post_id_of(number: int) -> str:
    """Return the id of the post on this line of `posts.jsonl`, from 1.

    >>> post_id_of(42)
    's0000042'
    """
    return f"s{number:07d}"


def _joined(lines: Iterator[bytes]) -> bytes:
    return b",\n".join(lines)


def _describe_merchant(merchant: Merchant) -> dict[str, Any]:
    return {
        "name": merchant.name,
        "sector": merchant.sector_name,
        "language": merchant.language,
        "background_per_week": round(merchant.weekly_rate, 4),
        "dispersion": round(merchant.dispersion, 3),
    }


def _by_person(posts: Sequence[tuple[Draft, str]]) -> dict[str, list[str]]:
    people: dict[str, list[str]] = {}
    for draft, post_id in posts:
        people.setdefault(f"p{draft.person.serial}", []).append(post_id)
    return people


def _repeats(posts: Sequence[tuple[Draft, str]], ids: Sequence[str], role: Role) -> dict[str, str]:
    return {
        post_id: ids[draft.origin]
        for draft, post_id in posts
        if draft.role == role and draft.origin is not None
    }

"""Decisions from the command line: the work of `zhongsu decide`.

In: a home and a decision. Out: lines that say what it does to the candidate now, and that the
next run obeys it. Out of scope: what makes a decision sound (`warehouse.casework.decisions`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warehouse.casework.decisions import Preview, Request, decide, preview
from warehouse.casework.ledger import Ledger
from warehouse.home import Home
from warehouse.read import open_reader


def decided(home: Path, request: Request, *, only_preview: bool) -> Iterator[str]:
    """Decide, or only say what deciding would do; gives the lines that tell of it.

    Raises:
        DecisionRefusedError: something it names is not there, or it makes no sense.
        BuildMissingError: nothing is published yet.
    """
    place = Home(home)
    with open_reader(place, "internal") as reader, Ledger.open(place) as ledger:
        done = (preview if only_preview else decide)(reader, ledger, request)
    yield from _told(request, done)


def _told(request: Request, done: Preview) -> Iterator[str]:
    is_written = done.event_id is not None
    yield f"{done.event_id or 'preview'}: {request.action} {request.candidate_id}"
    left = sorted(set(done.before) - set(done.after))
    come = sorted(set(done.after) - set(done.before))
    if left or come:
        yield f"members: {len(done.before)} before, {len(done.after)} after"
    if left:
        yield f"out: {', '.join(left)}"
    if come:
        yield f"in: {', '.join(come)}"
    if done.new_candidate_id is not None:
        yield f"new candidate: {done.new_candidate_id}"
    if is_written:
        yield "pages show it at once; people, losses and tiers are counted anew by the next run"
        yield f"undo: zhongsu decide {request.candidate_id} undo {done.event_id} --reason ..."

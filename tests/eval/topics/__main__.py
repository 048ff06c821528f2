"""`make topics`: measure how well events are found on a board, and write `docs/topics.md`.

In: the events and judgements of this folder, the real board beside the checkout. Out: the page,
on stdout too; what could not be measured on stderr, and the ids of what nobody has read yet.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.eval.request import SHARED
from tests.eval.topics.board import Board, read_board
from tests.eval.topics.candidates import Ranking
from tests.eval.topics.gold import Event, read_events, read_judged
from tests.eval.topics.ours import propose
from tests.eval.topics.page import Change, Findings, write_page
from tests.eval.topics.rivals import agglomerative, density_topics, read_texts
from tests.eval.topics.scoring import adjusted_rand, events_found, kept_share, top_precision

PAGE = Path(__file__).resolve().parents[3] / "docs" / "topics.md"

SEEDS = (11, 12, 13)
"""Seeds of the draws that leave a twentieth of the records out; nothing was chosen by them."""

DAYS = (7, 30)
"""Days whose messages are left out at the end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; gives the exit status."""
    parser = argparse.ArgumentParser(prog="make topics", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED, help="where the real records lie")
    parser.add_argument("--dev", action="store_true", help="ours on the development events only")
    options = parser.parse_args(arguments)
    if not (options.data / "gov_replies").is_dir():
        sys.stderr.write(
            "NOT MEASURED: topics, because no ../shared/data lies beside the checkout\n"
        )
        return 0
    board = read_board(options.data)
    events = read_events()
    ours = propose(board, board.messages)
    if options.dev:
        sys.stdout.write("".join(_missed(ours, events)))
        return 0
    findings = Findings(
        rankings=[ours, *_rivals(board, events, len(ours.candidates))],
        changes=list(_changes(board, ours)),
        events=events,
        judged=read_judged(),
        records=len(board.messages),
    )
    written = write_page(findings)
    PAGE.write_text(written, encoding="utf-8")
    sys.stdout.write(written)
    sys.stderr.write("".join(_unread(findings)))
    return 0


def _rivals(board: Board, events: Sequence[Event], like: int) -> Iterator[Ranking]:
    development = [event for event in events if event.split == "dev"]
    texts = read_texts(board)
    yield from agglomerative(texts, development, like)
    topics = density_topics(texts, development)
    if topics.name != "BERTopic":
        sys.stderr.write("NOT MEASURED: BERTopic is not installed; HDBSCAN stands in for it\n")
    yield topics


def _changes(board: Board, ours: Ranking) -> Iterator[Change]:
    """Group the board again without a few records, and say how much stays."""
    kept = {f"5 % left out, seed {seed}": board.without_share(0.05, seed) for seed in SEEDS}
    kept |= {f"the last {days} days left out": board.until(days) for days in DAYS}
    for name, ids in kept.items():
        again = propose(board, ids)
        yield Change(
            name=name,
            adjusted_rand=adjusted_rand(ours, again, ids),
            kept=kept_share(ours, again, ids),
        )


def _missed(ours: Ranking, events: Sequence[Event]) -> Iterator[str]:
    development = [event for event in events if event.split == "dev"]
    found = events_found(ours, development)
    yield f"{len(found)} of {len(development)} in {len(ours.candidates)} candidates; missed:\n"
    for event in development:
        if event not in found:
            yield f"{event.at} {event.problem} {' '.join(sorted(event.ids, key=int))}\n"


def _unread(findings: Findings) -> Iterator[str]:
    for ranking in findings.rankings:
        for one in top_precision(ranking, findings.events, findings.judged).unread:
            members = sorted(map(int, one.members))
            yield f"NOT READ ({ranking.name}, {ranking.setting}): {json.dumps(members)}\n"


if __name__ == "__main__":
    sys.exit(main())

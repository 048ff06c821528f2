"""What the program proposes for a file of the board: import, run, read the worklist.

In: a file. Out: a ranking. Out of scope: comparing it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings
from flows.worklist import read_worklist
from tests.eval.topics.board import Board
from tests.eval.topics.candidates import Candidate, Ranking


def propose(board: Board, ids: Collection[str]) -> Ranking:
    """Give the worklist for some records of the board, in a home of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path, home = Path(folder) / "board.csv", Path(folder) / "home"
        board.write(ids, path)
        import_files(home, ImportRequest(source="gov_board", files=(path,), is_backfill=True))
        run(FlowSettings(home=home, workers=1))
        return Ranking(
            name="zhongsu",
            setting="as shipped",
            candidates=tuple(_candidate(row) for row in read_worklist(home, None)),
        )


def _candidate(row: dict[str, object]) -> Candidate:
    members = row["members"]
    assert isinstance(members, list)
    return Candidate(
        members=frozenset(member["id"] for member in members),
        certain=int(str(row["complainants_certain"])),
        possible=int(str(row["complainants_possible"])),
        title=str(row["label_zh"]),
    )

"""The records of the board, and files that hold some of them.

In: the folder of real records. Out: records by id, and CSV files in the board's own columns.
Out of scope: what the program makes of them (`ours`).
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: who wrote it, when, and its title and text."""

    account: str
    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The board's file, its messages by id, and the names of its columns."""

    path: Path
    messages: dict[str, Message]
    rows: dict[str, dict[str, str]]

    def write(self, ids: Collection[str], path: Path) -> None:
        """Write the records with these ids to a file, in the order of the board."""
        kept = [row for record, row in self.rows.items() if record in ids]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(kept[0]))
            writer.writeheader()
            writer.writerows(kept)

    def without_share(self, share: float, seed: int) -> frozenset[str]:
        """Give the ids that are left when a share is left out at random."""
        ids = sorted(self.messages)
        return frozenset(random.Random(seed).sample(ids, round(len(ids) * (1 - share))))

    def until(self, days: int) -> frozenset[str]:
        """Give the ids of what was written up to so many days before the last message."""
        last = max(message.day for message in self.messages.values()) - timedelta(days=days)
        return frozenset(record for record, one in self.messages.items() if one.day <= last)


def read_board(data: Path) -> Board:
    """Read the board of the folder of real records."""
    path = data / "gov_replies" / "messages_with_replies.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["留言编号"]: row for row in csv.DictReader(file)}
    messages = {record: _message(row) for record, row in rows.items()}
    return Board(path=path, messages=messages, rows=rows)


def _message(row: dict[str, str]) -> Message:
    found = _DAY.match(row["留言时间"])
    if found is None:
        raise ValueError(f"gov_board: expected a date in 留言时间 of {row['留言编号']}; found none")
    year, month, day = map(int, found.groups())
    text = row["留言主题"].strip() + "。" + "".join(row["留言详情"].split())
    return Message(account=row["留言用户"], day=date(year, month, day), text=text)

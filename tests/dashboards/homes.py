"""A home filled from the project's sample, with markup hidden in one complaint."""

from __future__ import annotations

from pathlib import Path

import orjson

import flows
from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings

SAMPLE = Path(flows.__path__[0]) / "sample"
HOSTILE = (
    "<script>alert(1)</script> **粗体** [链接](javascript:alert(2)) <img src=x onerror=alert(3)>"
)
HOSTILE_ID = "sample-041"


def fill(folder: Path) -> Path:
    """Publish a build of the sample with the hidden markup; return the home."""
    posts = folder / "posts.jsonl"
    posts.write_bytes(b"\n".join(orjson.dumps(row) for row in _rows()))
    return publish(folder / "home", posts)


def fill_sample(folder: Path) -> Path:
    """Publish a build of the sample as it is, as `make demo` does; return the home."""
    return publish(folder / "home", SAMPLE / "posts.jsonl", SAMPLE / "updates.jsonl")


def publish(home: Path, *files: Path) -> Path:
    """Load files of posts and publish a build of them; return the home."""
    import_files(home, ImportRequest(source="posts", files=files, is_backfill=True))
    run(FlowSettings(home=home, workers=1))
    return home


def _rows() -> list[dict[str, object]]:
    sample = (SAMPLE / "posts.jsonl").read_bytes()
    rows = [orjson.loads(line) for line in sample.splitlines()]
    for row in rows:
        if row["id"] == HOSTILE_ID:
            row["text"] = f"{HOSTILE} {row['text']}"
    return rows

"""The labelled texts, taken from the source files by the project's own importers.

In: ids of complaints; the folder of real records beside the checkout, or our own texts. Out:
the posts as a user would hand them to `zhongsu analyse`: id, title, text, respondent,
platform. The source's own labels and kinds are not handed over. Out of scope: reading them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.posts import Post
from pipelines.reading_tables import complaints_of
from pipelines.records import Complaint
from spiders.importers import read_landing
from spiders.landing import Landing, land
from spiders.sources import SourceSpec, load_source
from tests.eval.labels import FOLDER
from warehouse.home import Home
from warehouse.load import LoadEnvelope, load_items
from warehouse.work import Work

FILES: Mapping[str, tuple[str, ...]] = {
    "heimao": (
        "heimao_2020/heimao.csv",
        "heimao_2020/black_cat.txt",
        "heimao_2020/黑猫投诉网站.xls",
    ),
    "gov_board": ("gov_replies/messages_with_replies.csv",),
    "news": ("news/articles_to_2017.jsonl",),
    "app_reviews": ("wallet_reviews/reviews_to_2021.csv.gz",),
    "cfpb": ("cfpb/complaints.csv.gz",),
}
"""The files of each source, inside the folder of real records."""

_HAN = ("\u3400", "\u9fff")
_COLUMN_NAMES = {"problem": "投诉问题", "demand": "投诉要求"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A labelled text: the post that is analysed, and the language that it counts under."""

    text_id: str
    source: str
    post: Mapping[str, str]

    @property
    def language(self) -> str:
        """Say `zh` for a text with Chinese characters, else `en`."""
        return "zh" if any(_HAN[0] <= character <= _HAN[1] for character in self.whole) else "en"

    @property
    def whole(self) -> str:
        """Give title and text, as one text."""
        return "\n".join(self.post[name] for name in ("title", "text") if name in self.post)


def source_texts(data: Path, source: str, ids: Collection[str]) -> dict[str, Text]:
    """Import and stage the files of a source, and give the texts that are asked for, by id.

    Raises:
        SpiderError: a file is not there or cannot be read.
    """
    return {
        complaint.complaint_id: Text(
            text_id=complaint.complaint_id, source=source, post=post_of(complaint)
        )
        for complaint in staged(data, source, ids)
        if complaint.complaint_id in ids
    }


def own_texts(folder: Path = FOLDER / "own") -> dict[str, Text]:
    """Read the texts that were written for this; by id."""
    path = folder / "texts.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [json.loads(line) for line in lines if line.strip()]
    return {
        row["id"]: Text(
            text_id=row["id"],
            source="own",
            post={
                name: row[name]
                for name in ("id", "title", "text", "respondent", "platform")
                if row.get(name)
            },
        )
        for row in rows
    }


def post_of(complaint: Complaint) -> dict[str, str]:
    r"""Write a complaint as a post.

    Where a site asks for problem and demand in fields of their own, and posts have no such
    fields, both stand at the end of the text, as whoever copies the page would have them.

    >>> post_of(Complaint(complaint_id="s:1", source="s", text="x", demand="退款"))["text"]
    'x\n投诉要求：退款'
    """
    fields = {
        "title": complaint.title,
        "respondent": complaint.respondent_name,
        "platform": complaint.platform_name,
    }
    asides = {"problem": complaint.problem, "demand": complaint.demand}
    text = complaint.text
    for name, value in asides.items():
        if name in Post.model_fields:
            fields[name] = value
        elif value:
            text += f"\n{_COLUMN_NAMES[name]}：{value}"
    given = {name: value for name, value in fields.items() if value}
    return {"id": complaint.complaint_id, "text": text, **given}


def staged(data: Path, source: str, ids: Collection[str] | None = None) -> list[Complaint]:
    """Import the files of a source into a home of their own and stage them.

    `ids` spares the time of loading records that have an id of their own and are not wanted.
    The rest is loaded whole, for its ids come of its content.
    """
    spec = load_source(source)
    files = [data / name for name in FILES[source]]
    with TemporaryDirectory(prefix="zhongsu-eval-") as folder:
        home = Home(Path(folder) / "home")
        home.prepare()
        landing = land(files, spec, home.landing, datetime.now(UTC))
        with Work.open(home) as work:
            batches = _wanted(read_landing(landing, spec), source, ids)
            load_items(work, _envelope(landing, spec), batches, home.secret_key())
            work.stage()
            return [
                complaint
                for table in work.stale_complaints("", "")
                for complaint, _ in complaints_of(table)
            ]


def _envelope(landing: Landing, spec: SourceSpec) -> LoadEnvelope:
    return LoadEnvelope(
        load_id=landing.load_id,
        source=landing.source,
        fetched_at=landing.at,
        identity=spec.identity,
        files=landing.files,
    )


def _wanted(
    tables: Iterator[pa.Table], source: str, ids: Collection[str] | None
) -> Iterator[pa.Table]:
    """Leave out the items whose own id is none of those wanted."""
    if ids is None:
        yield from tables
        return
    own_ids = pa.array([one.removeprefix(f"{source}:") for one in sorted(ids)], pa.string())
    for table in tables:
        trimmed = pc.utf8_trim_whitespace(table["record_id"])
        is_wanted = pc.or_kleene(pc.is_null(trimmed), pc.is_in(trimmed, value_set=own_ids))
        yield table.filter(pc.fill_null(is_wanted, True))


def texts_by_id(
    data: Path | None, wanted: Mapping[str, Sequence[str]], own: Path = FOLDER / "own"
) -> dict[str, Text]:
    """Give the texts of all sources by id; without the folder of real records, our own only."""
    found = own_texts(own)
    if data is not None:
        for source in FILES:
            if ids := frozenset(wanted.get(source, ())):
                found.update(source_texts(data, source, ids))
    return found

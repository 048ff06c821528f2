"""How many near copies the sketches find, against a comparison of every text with every other.

In: texts. Out: the pairs that are near copies by an exact measure, those that
`pipelines.dedupe` puts into one copy group, and the shares by which they agree; and texts with
edits planted in them. Out of scope: the bars (`tests/eval/test_near_copies.py`).

Run as a program it prints one line per source of the real data, as
`python -m tests.eval.near_copies ../shared/data`.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import random
import re
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import combinations
from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array

from pipelines.dedupe import COPY_SIMILARITY, SHORTEST_TEXT, find_copies, signatures
from pipelines.normalise import normalise
from pipelines.segment import content_words

GRAM = 5
"""Characters of a shingle of the exact measure; the sketches use another length."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of the exact near copies, the share found; of those found, the share that is one."""

    exact: int
    found: int
    recall: float
    precision: float


def measure(texts: Sequence[str], at_least: float = COPY_SIMILARITY) -> Agreement:
    """Compare the copies that sketches find with those that an exact comparison finds.

    A found pair counts as right when the texts are equal, or have half of their shingles in
    common: a letter to which each adds his own name and sum has hardly more.
    """
    wordings = [normalise(text).text for text in texts]
    exact = exact_similarities(wordings, 0.5)
    wanted = {pair for pair, share in exact.items() if share >= at_least}
    found = found_pairs(wordings)
    right = {(a, b) for a, b in found if (a, b) in exact or wordings[a] == wordings[b]}
    return Agreement(
        exact=len(wanted),
        found=len(found),
        recall=len(wanted & found) / len(wanted) if wanted else 1.0,
        precision=len(right) / len(found) if found else 1.0,
    )


def exact_similarities(texts: Sequence[str], at_least: float) -> Mapping[Pair, float]:
    """Give the pairs whose Jaccard similarity of five-character shingles reaches a share.

    Only letters and digits count, and texts with fewer than 20 of them are left out.

    >>> told = "卡密已经被别人使用过了商家一直不肯退款给我"
    >>> exact_similarities([told, told + "了", "别的"], 0.8)
    {(0, 1): 0.9444444444444444}
    """
    bare = ["".join(filter(str.isalnum, text)) for text in texts]
    rows = [_shingles(text) if len(text) >= SHORTEST_TEXT else [] for text in bare]
    columns, numbers = np.unique(np.concatenate([[0], *rows]), return_inverse=True)
    starts = np.r_[0, np.cumsum([len(row) for row in rows])]
    shape = (len(rows), len(columns))
    matrix = csr_array((np.ones(len(numbers) - 1), numbers[1:], starts), shape=shape)
    sizes = np.diff(starts)
    return dict(_alike(matrix, sizes, at_least))


def found_pairs(texts: Sequence[str]) -> set[Pair]:
    """Give the pairs of texts that `find_copies` puts into one group."""
    groups: dict[str, list[int]] = {}
    for row in find_copies(_features(texts)).to_pylist():
        groups.setdefault(row["copy_group_id"], []).append(int(row["complaint_id"]))
    return {pair for rows in groups.values() for pair in combinations(sorted(rows), 2)}


def planted(text: str, other: str, seed: int) -> dict[str, str]:
    """Give copies of a text with the edits that people make when they copy it, by kind of edit."""
    dice = random.Random(seed)
    sentences = re.split(r"(?<=[。！？；.!?;])", text)
    shortest = min((part for part in sentences if part.strip()), key=len, default="")
    return {
        **{f"changed_{count}": _changed(text, count, dice) for count in (1, 3, 5)},
        "sentence_dropped": text.replace(shortest, "", 1),
        "greeting_added": ("您好，" if _is_chinese(text) else "Hello there, ") + text,
        "name_swapped": _swapped(text, other, dice),
        "quotes_changed": text.translate(str.maketrans("“”‘’\"'，。", "「」『』『「,.")),
    }


def sources(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the texts of the real sources that lie in a folder, a sample of the reviews."""
    with (data / "news/articles_to_2017.jsonl").open(encoding="utf-8") as lines:
        yield "news", [json.loads(line)["content"] for line in lines]
    yield "heimao", _column((data / "heimao_2020/heimao.csv").read_bytes(), 1)
    messages = (data / "gov_replies/messages_with_replies.csv").read_bytes()
    yield "gov_replies", _column(messages, 4)
    packed = (data / "wallet_reviews/reviews_to_2021.csv.gz").read_bytes()
    reviews = _column(gzip.decompress(packed), 4)
    yield "wallet_reviews", random.Random(7).sample(reviews, min(2000, len(reviews)))


def _shingles(text: str) -> list[int]:
    """Number the distinct shingles of a text by their bytes; 48 bits hardly ever collide."""
    grams = {text[start : start + GRAM] for start in range(len(text) - GRAM + 1)}
    return [_number(gram.encode("utf-8", "replace")) for gram in sorted(grams)]


def _number(gram: bytes) -> int:
    return zlib.crc32(gram) << 16 | zlib.adler32(gram) & 0xFFFF


def _alike(
    matrix: csr_array, sizes: np.ndarray[tuple[int], np.dtype[np.int64]], at_least: float
) -> Iterator[tuple[Pair, float]]:
    """Give the pairs of rows that share enough columns, some hundred rows at a time."""
    for start in range(0, matrix.shape[0], 300):
        common = (matrix[start : start + 300] @ matrix.T).tocoo()
        first, second = common.row + start, common.col
        share = common.data / (sizes[first] + sizes[second] - common.data)
        for place in np.flatnonzero((share >= at_least) & (first < second)):
            yield (int(first[place]), int(second[place])), float(share[place])


def _features(texts: Sequence[str]) -> pa.Table:
    return pa.table(
        {
            "complaint_id": pa.array([f"{row:07}" for row in range(len(texts))], pa.string()),
            "text_hash": pa.array([_digest(text) for text in texts], pa.string()),
            "signature": pa.array(signatures(texts), pa.binary()),
            "tokens": pa.array([" ".join(_words(text)) for text in texts], pa.string()),
        }
    )


def _words(text: str) -> tuple[str, ...]:
    """Divide a normalised text into the words that the reading keeps of it."""
    return content_words(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _changed(text: str, count: int, dice: random.Random) -> str:
    """Put other characters in the place of a few, each somewhere."""
    marks = list(text)
    for place in dice.sample(range(len(marks)), min(count, len(marks))):
        marks[place] = dice.choice("的了月日abc") if marks[place] != "的" else "x"
    return "".join(marks)


def _swapped(text: str, other: str, dice: random.Random) -> str:
    """Put three characters of another text in the place of three, as another name would stand."""
    place = dice.randrange(max(1, len(text) - 3))
    return text[:place] + other[:3] + text[place + 3 :]


def _is_chinese(text: str) -> bool:
    return bool(re.search(r"[\u3400-\u9fff]", text))


def _column(content: bytes, number: int) -> list[str]:
    """Read one column of a table, the repeated headings of a crawl left out."""
    text = content.decode("utf-8-sig", "replace")
    heading, *rows = csv.reader(StringIO(text, newline=""))
    return [row[number] for row in rows if len(row) > number and row != heading]


def main() -> None:
    """Print the agreement for every source of the folder that is given."""
    for name, texts in sources(Path(sys.argv[1])):
        print(name, len(texts), measure(texts))  # noqa: T201 - a program of its own


if __name__ == "__main__":
    main()

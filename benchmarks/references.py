"""Measures segmentation and near-copies beside jieba and datasketch, in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import orjson

from benchmarks.measure import Measurement, Report

SAMPLE_ROWS = 3_000


def measure(posts: Path, report: Report) -> None:
    """Time our step and the reference on the same first texts of the file."""
    with posts.open("rb") as lines:
        texts = [orjson.loads(line)["text"] for line in islice(lines, SAMPLE_ROWS)]
    _compare("segmentation", "jieba", _segment, _segment_with_jieba, texts, report)
    _compare("near-copy signatures", "datasketch", _sign, _sign_with_datasketch, texts, report)


def _compare(
    stage: str,
    reference: str,
    ours: Callable[[list[str]], None],
    theirs: Callable[[list[str]], None],
    texts: list[str],
    report: Report,
) -> None:
    for function in (ours, theirs):
        function(texts[:50])
    our_seconds, their_seconds = _seconds(ours, texts), _seconds(theirs, texts)
    note = f"{their_seconds / our_seconds:.1f} times {reference}"
    report.add(Measurement(stage=stage, rows=len(texts), seconds=our_seconds, note=note))
    report.add(Measurement(stage=f"  {reference}", rows=len(texts), seconds=their_seconds))


def _seconds(function: Callable[[list[str]], None], texts: list[str]) -> float:
    started = time.perf_counter()
    function(texts)
    return time.perf_counter() - started


def _segment(texts: list[str]) -> None:
    from pipelines.segment import content_words

    for text in texts:
        content_words(text)


def _segment_with_jieba(texts: list[str]) -> None:
    import jieba

    for text in texts:
        jieba.lcut(text)


def _sign(texts: list[str]) -> None:
    from pipelines.dedupe import signatures

    signatures(texts)


def _sign_with_datasketch(texts: list[str]) -> None:
    from datasketch import MinHash

    from pipelines.dedupe import SHINGLE_CHARACTERS, SIGNATURE_SLOTS

    for text in texts:
        sketch = MinHash(num_perm=SIGNATURE_SLOTS)
        sketch.update_batch(
            [
                text[start : start + SHINGLE_CHARACTERS].encode()
                for start in range(max(len(text) - SHINGLE_CHARACTERS + 1, 1))
            ]
        )

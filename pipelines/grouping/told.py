"""What stored texts tell of further people, for counting them.

In: redacted texts by complaint. Out: rows of `TOLD_SCHEMA`, for those that tell of somebody.
Out of scope: the wordings (`pipelines.extract.further_people`), and who counts for a group
(`pipelines.grouping.further`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.extract.further_people import countable, cue_pattern, find_further_people
from pipelines.grouping.further import TOLD_SCHEMA
from pipelines.grouping.tables import Row
from pipelines.normalise import normalise
from pipelines.segment import sentences


def read_told(texts: pa.Table) -> pa.Table:
    """Give the further people that each text tells of, where they can be counted.

    Args:
        texts: complaint_id and redacted_text, in any order.

    >>> text = "另有两名网友也遇到同一个卖家。"
    >>> texts = pa.table({"complaint_id": ["a", "b"], "redacted_text": [text, "退款"]})
    >>> read_told(texts).to_pylist()
    [{'complaint_id': 'a', 'people': 2, 'span': [0, 15]}]
    """
    return pa.Table.from_pylist(list(_told(texts)), schema=TOLD_SCHEMA)


def _told(texts: pa.Table) -> Iterator[Row]:
    has_cue = pc.match_substring_regex(texts["redacted_text"], cue_pattern(), ignore_case=True)
    texts = texts.filter(has_cue)
    for complaint_id, text in zip(
        texts["complaint_id"].to_pylist(), texts["redacted_text"].to_pylist(), strict=True
    ):
        view = normalise(text)
        found = countable(find_further_people(view.text, sentences(view.text)))
        if found is not None:
            span = view.to_source(*found.span)
            yield {"complaint_id": complaint_id, "people": found.people, "span": list(span)}

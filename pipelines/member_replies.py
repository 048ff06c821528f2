"""The replies on record to the members of groups, redacted, with the stance of each.

In: the replies as their sources wrote them, one row each. Out: the same without personal data,
as a table of schema `enriched`. Out of scope: answers that a complaint tells of in its own text
(`pipelines.extract.replies`), and promises (`pipelines.law.promised`).
"""

from __future__ import annotations

from itertools import groupby

import pyarrow as pa

from pipelines.extract.stances import stance_in
from pipelines.redact import redact

_SIDES = frozenset({"merchant", "platform", "regulator", "complainant"})

SCHEMA = pa.schema(
    [
        pa.field("complaint_id", pa.string(), nullable=False),
        pa.field("place", pa.int32(), nullable=False),
        pa.field("by", pa.string()),
        pa.field("replied_on", pa.date32()),
        pa.field("redacted_text", pa.string(), nullable=False),
        pa.field("stance", pa.string()),
    ]
)


def redact_member_replies(replies: pa.Table, key: bytes) -> pa.Table:
    """Redact replies (complaint_id, by, replied_on, text), those of a complaint together.

    They are numbered in their order. An unknown writer, and the stance of the complainant's own
    words, which answer nobody, are null. Replies without words are left out. `key` is the
    installation's.

    >>> rows = [{"complaint_id": "a:1", "by": "merchant", "replied_on": None,
    ...          "text": "张先生，我们拒绝退款，电话154-0000-0000"}]
    >>> told = redact_member_replies(pa.Table.from_pylist(rows), b"key").to_pylist()
    >>> told[0]["redacted_text"], told[0]["stance"]
    ('[PERSON_1]，我们拒绝退款，电话[MOBILE_1]', 'denies')
    """
    rows = []
    for complaint_id, own in groupby(replies.to_pylist(), key=lambda row: row["complaint_id"]):
        worded = [row for row in own if (row["text"] or "").strip()]
        for place, row in enumerate(worded, 1):
            narrative = redact(row["text"], key).narrative
            by = row["by"] if row["by"] in _SIDES else None
            is_answer = by is not None and by != "complainant"
            rows.append(
                {
                    "complaint_id": complaint_id,
                    "place": place,
                    "by": by,
                    "replied_on": row["replied_on"],
                    "redacted_text": narrative.text,
                    "stance": stance_in(narrative.normalised.text) if is_answer else None,
                }
            )
    return pa.Table.from_pylist(rows, schema=SCHEMA)

"""Authors and contacts as keyed hashes: equal hashes mean the same was written.

In: Arrow columns with what a source wrote, and the installation's key. Out: the
same columns as HMACs. Nothing here keeps or logs what it hashed. Out of scope:
contacts inside narratives, which redaction finds.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import TypeAlias

import orjson
import pyarrow as pa
import pyarrow.compute as pc

StringColumn: TypeAlias = "pa.ChunkedArray[pa.StringScalar]"

NOBODY = frozenset(
    {
        "匿名", "匿名用户", "匿名网友", "匿名者", "匿名投诉人", "佚名", "游客", "访客", "无",
        "无名", "未知", "用户已注销", "已注销", "anonymous", "anonymous user", "anon", "guest",
        "unknown", "n/a", "none", "null", "[deleted]", "-", "--", "***",
    }
)  # fmt: skip
"""What sources write, in NFKC and lower case, where they name no author.

As a name it would make one person of many, and every count of people too low.
"""


def keyed_hash(kind: str, value: str, key: bytes) -> str:
    """Return the HMAC-SHA256 of a value of one kind, as 32 hexadecimal digits.

    The shared form of link keys: over `kind:value` in UTF-8, the first 128 bits in
    hexadecimal. Redaction (`pipelines.redact`) makes the same, so that a number in a
    column and in a text link up; `tests/contracts/test_link_keys.py` holds the two together.

    >>> keyed_hash("author", "a", b"k") == keyed_hash("author", "a", b"k")
    True
    >>> keyed_hash("author", "a", b"k") == keyed_hash("mobile", "a", b"k")
    False
    """
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:32]


def hash_authors(authors: StringColumn, source: str, key: bytes) -> StringColumn:
    """Replace author names by their HMACs; who is null, blank or `NOBODY` stays unknown.

    The source is part of what is hashed: the same name on two sites is not one
    person. Work is done once per distinct name, not per row.
    """
    names = pc.unique(authors).to_pylist()
    hashes = {
        name: keyed_hash(f"author:{source}", name.strip(), key)
        for name in names
        if name is not None and _names_somebody(name)
    }
    return _column([None if name is None else hashes.get(name) for name in authors.to_pylist()])


def hash_contacts(extras: StringColumn, key: bytes) -> StringColumn:
    """Replace the values under `contacts` of JSON objects by their HMACs.

    ```
    before                                   after
    {"contacts": {"mobile": "10000000000"}}  {"contacts": {"mobile": "5f0c..."}}
    {"colour": "red"}                        {"colour": "red"}
    ```
    """
    values = extras.to_pylist()
    return _column(
        [
            _hash_one(value, key) if value is not None and '"contacts"' in value else value
            for value in values
        ]
    )


def _names_somebody(author: str) -> bool:
    plain = unicodedata.normalize("NFKC", author).strip().casefold()
    return bool(plain) and plain not in NOBODY


def _column(values: list[str | None]) -> StringColumn:
    return pa.chunked_array([pa.array(values, type=pa.string())])


def _hash_one(extra: str, key: bytes) -> str:
    fields = orjson.loads(extra)
    contacts = fields.get("contacts")
    if isinstance(contacts, dict):
        fields["contacts"] = {
            kind: keyed_hash(kind, str(value).strip(), key)
            for kind, value in contacts.items()
            if value is not None and str(value).strip()
        }
    return orjson.dumps(fields).decode()

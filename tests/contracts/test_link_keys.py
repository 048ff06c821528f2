"""A contact has one key, whether it stood in a column or in the text."""

from __future__ import annotations

import pytest

from pipelines.redact import redact
from warehouse.keyed import keyed_hash

KEY = b"a key for tests only"


@pytest.mark.parametrize(
    ("kind", "plain", "text"),
    [
        ("mobile", "15400000000", "请回电 15400000000"),
        ("id_card", "999999199001010019", "身份证号 999999199001010019"),
        ("email", "someone@example.invalid", "邮箱 someone@example.invalid"),
        ("order", "ab-20990101", "订单号 ab-20990101"),
    ],
)
def test_a_plain_value_has_the_same_key_in_a_column_and_in_a_text(
    kind: str, plain: str, text: str
) -> None:
    links = {(link.kind, link.link_key) for link in redact(text, KEY).links}

    assert links == {(kind, keyed_hash(kind, plain, KEY))}

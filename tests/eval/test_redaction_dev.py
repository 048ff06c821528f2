"""How well redaction does on the texts it was developed on: the bar that it keeps."""

from __future__ import annotations

from pipelines.redact import redact
from tests.eval.redaction import covered, marked_texts


def test_redaction_finds_the_marked_data_and_takes_little_else() -> None:
    found: list[bool] = []
    right: list[bool] = []

    for one in marked_texts("dev"):
        taken = [
            (each.raw_span.start, each.raw_span.end) for each in redact(one.text, b"key").redactions
        ]
        marked = [mark.span for mark in one.marks]
        found += [covered(one.text, span, taken) == 1 for span in marked]
        right += [covered(one.text, span, marked) >= 0.5 for span in taken]

    assert len(found) > 400
    assert sum(found) >= 0.99 * len(found)
    assert sum(right) >= 0.97 * len(right)


def test_every_kind_of_personal_data_is_marked_in_the_development_set() -> None:
    kinds = {mark.kind for one in marked_texts("dev") for mark in one.marks}

    assert kinds == {
        *("person", "id_card", "mobile", "landline", "bank_card", "email"),
        *("qq", "wechat", "plate", "address", "passport"),
    }

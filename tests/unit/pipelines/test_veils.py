"""What hides the characters of a text does not hide personal data from redaction."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.redact import redact
from pipelines.veils import look_through_blanks, look_under_markup

KEY = b"a key for tests"
UNTIMED = settings(deadline=None)
pieces = st.sampled_from(
    ["<b>", "</b>", "<br>", "<", ">", "&#49;", "&nbsp;", "&amp;#x5F20;", "&", "%E5%BC%A0", "%E5",
     "%41", "\\u5f20", "\\ud800", "\u00a0", "\u200b", " ", "张", "Mr. ", "Smith", "154", "\n"]
)  # fmt: skip
veiled_texts = st.lists(pieces, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("written", "redacted"),
    [
        ("Mr.\u00a0Zebulon\u00a0Quackenbush called", "[PERSON_1] called"),
        ("Mr.\u2003Zebulon\u202fQuackenbush called", "[PERSON_1] called"),
        ("Mr.\tZebulon Quackenbush called", "[PERSON_1] called"),
        ("Mr. Zebu\u200blon Quacken\u2060bush called", "[PERSON_1] called"),
        ("Mr.&nbsp;Zebulon Quackenbush called", "[PERSON_1] called"),
        ("<b>张</b><b>伟</b>先生 154<i>0000</i>1234", "<b>[PERSON_1] [MOBILE_1]"),
        ("&#x5F20;&#20255;先生 &#49;5400001234", "[PERSON_1] [MOBILE_1]"),
        ("&amp;#x5F20;伟先生说", "[PERSON_1]说"),
        ("%E5%BC%A0%E4%BC%9F先生说", "[PERSON_1]说"),
        ("\\u5f20\\u4f1f先生说", "[PERSON_1]说"),
        ("<a href='mailto:a.b@example.com'>张伟先生", "<a href='mailto:[EMAIL_1]'>[PERSON_1]"),
        ("mail john(dot)smith at example", "mail [EMAIL_1]"),
        ("mail john[dot]smith[at]example[dot]com", "mail [EMAIL_1]"),
        ("mail john dot smith at example dot com", "mail [EMAIL_1]"),
        ("电话15400001234567890", "电话[MOBILE_1]"),
    ],
)  # fmt: skip
def test_what_is_hidden_is_redacted_where_it_stands(written: str, redacted: str) -> None:
    assert redact(written, KEY).narrative.text == redacted


@pytest.mark.parametrize(
    "written",
    ["a < b && c > d, 100%20 and R&D", "see <b>page</b> 3 &amp; 4", "订单号15400001234567890"],
)
def test_what_hides_nobody_stays_as_it_is(written: str) -> None:
    assert redact(written, KEY).narrative.text == written


@UNTIMED
@given(veiled_texts)
def test_redacting_a_veiled_text_again_changes_nothing(text: str) -> None:
    once = redact(text, KEY)

    assert redact(once.narrative.text, KEY).narrative.text == once.narrative.text
    for one in once.redactions:
        assert once.to_redacted(one.raw_span.start) == one.span.start


@UNTIMED
@given(veiled_texts)
def test_every_character_under_a_veil_maps_back_in_order(text: str) -> None:
    for look in (look_through_blanks, look_under_markup):
        unveiled = look(text)
        if unveiled is None:
            continue

        spans = [unveiled.to_source(at, at + 1) for at in range(len(unveiled.text))]

        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        for char, (start, end) in zip(unveiled.text, spans, strict=True):
            assert end - start > 1 or char in (text[start:end], " ")

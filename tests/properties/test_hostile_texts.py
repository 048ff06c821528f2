"""Hostile texts are read in time that grows with their length, and without a crash.

Each bound is about ten times what the slowest machine of the project takes; a pattern that
goes back and forth over the text would take hours.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from pipelines.extract.dates import find_dates
from pipelines.extract.loss import stated_loss
from pipelines.extract.money import find_amounts
from pipelines.extract.regions import find_region
from pipelines.language import detect_language
from pipelines.normalise import normalise
from pipelines.redact import redact
from pipelines.segment import content_words, sentences

SIZE = 300_000
SECONDS = 30

HOSTILE = {
    "one digit": "1" * SIZE,
    "spaced digits": "1 " * (SIZE // 2),
    "one letter": "a" * SIZE,
    "one han character": "王" * SIZE,
    "numerals": "一" * SIZE,
    "blanks": " " * SIZE,
    "brackets": "[" * SIZE,
    "at signs": "a@" * (SIZE // 2),
    "dots": "a." * (SIZE // 2),
    "quotes": "“" * (SIZE // 2) + "”" * (SIZE // 2),
    "nuls": "\x00" * SIZE,
    "stars": "1*" * (SIZE // 2),
    "amounts": "转了100元，" * 10_000,
    "dates": "2020年1月1日，" * 10_000,
    "names": "张先生，" * 10_000,
    "many names": "".join(f"联系人:王{chr(0x5000 + n)}试," for n in range(5_000)),
    "phones": "15400000000，" * 10_000,
    "placeholders": "[PERSON_1]，" * 10_000,
    "capitals": "Mr. Aa " * (SIZE // 7),
    "rooms": "1栋1单元" * (SIZE // 6),
    "ways to doors": "北京市虚城区柳园路1号2栋101，" * (SIZE // 20),
    "flats": "Flat 1, Null House, Null Road, " * (SIZE // 31),
    "right to left": "\u202e\u200f转账" * (SIZE // 4),
    "surrogates": "\ud800" * SIZE,
    "emoji": "👨‍👩‍👧" * (SIZE // 5),
}


def _everything(text: str) -> Iterator[Callable[[], object]]:
    narrative = redact(text, b"a key for tests").narrative
    view = narrative.normalised.text
    yield lambda: normalise(text)
    yield lambda: sentences(view)
    yield lambda: content_words(view)
    yield lambda: stated_loss(find_amounts(view))
    yield lambda: find_dates(view)
    yield lambda: find_region(None, view)
    yield lambda: detect_language(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_in_bounded_time(name: str) -> None:
    started = time.process_time()

    for step in _everything(HOSTILE[name]):
        step()

    assert time.process_time() - started < SECONDS

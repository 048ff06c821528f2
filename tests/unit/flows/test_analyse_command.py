"""The lines of a stream: as they arrive, and no more of them than is needed."""

from __future__ import annotations

import io
import os
import threading

from hypothesis import given
from hypothesis import strategies as st

from flows.commands.analyse import line_batches


@given(st.binary(max_size=400), st.integers(1, 7))
def test_the_lines_of_a_stream_are_those_of_its_bytes(content: bytes, step: int) -> None:
    class Trickle(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            return self.read(step)

    batches = list(line_batches(Trickle(content), longest=1000))

    expected = content.split(b"\n")
    if not expected[-1]:
        expected.pop()
    assert [line for batch in batches for line in batch] == expected


def test_an_endless_line_is_held_up_to_the_limit_and_one_byte() -> None:
    stream = io.BytesIO(b"a" * 1_000_000 + b"\nshort\n")

    (first, *rest) = [line for batch in line_batches(stream, longest=1000) for line in batch]

    assert len(first) == 1001
    assert rest == [b"short"]


def test_a_line_is_given_before_the_stream_ends() -> None:
    reading, writing = os.pipe()
    arrived = threading.Event()
    seen: list[list[bytes]] = []

    def read() -> None:
        with os.fdopen(reading, "rb") as stream:
            for batch in line_batches(stream, longest=1000):
                seen.append(batch)
                arrived.set()

    reader = threading.Thread(target=read)
    reader.start()
    os.write(writing, b"first\n")
    came_before_the_end = arrived.wait(timeout=30)
    os.close(writing)
    reader.join()

    assert came_before_the_end
    assert seen == [[b"first"]]

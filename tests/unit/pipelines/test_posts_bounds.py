"""Bounds of what a post may give: sums that are no sums, names that are no names."""

from __future__ import annotations

import pytest

from pipelines.posts import LONGEST_NAME, Taken, take_post


def taken(**fields: object) -> Taken:
    held = take_post({"id": "1", "text": "没退款", **fields})
    assert isinstance(held, Taken)
    return held


@pytest.mark.parametrize("value", ["1E-999999999", "0.001", 1e-300, "0", "-5", "1E999999999"])
def test_a_sum_that_would_read_as_nothing_or_is_none_is_left_out_and_named(value: object) -> None:
    held = taken(amount={"value": value, "currency": "CNY"})

    assert held.post.amount is None
    assert ["amount.value" in fault.expected for fault in held.left_out] == [True]


def test_the_smallest_sum_is_taken() -> None:
    held = taken(amount={"value": "0.01", "currency": "CNY"})

    assert (held.post.amount is not None, held.left_out) == (True, ())


@pytest.mark.parametrize("field", ["respondent", "platform", "region"])
def test_a_name_beyond_its_bound_is_left_out_and_named(field: str) -> None:
    fits, beyond = (
        taken(**{field: "甲" * LONGEST_NAME}),
        taken(**{field: "甲" * (LONGEST_NAME + 1)}),
    )

    assert (getattr(fits.post, field), fits.left_out) == ("甲" * LONGEST_NAME, ())
    assert getattr(beyond.post, field) is None
    (fault,) = beyond.left_out
    assert fault.expected == f"a text of at most 500 characters in {field}"
    assert fault.found == "a longer one"

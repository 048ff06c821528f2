"""The thresholds of grouping are read whole, or not at all."""

from __future__ import annotations

from dataclasses import asdict, fields

import pytest
import yaml

from pipelines.errors import TaxonomyError
from pipelines.grouping.criteria import Criteria, load_criteria, read_criteria

ENTRIES = {
    field.name: {"value": 1, "unit": "people", "reason": "A test."} for field in fields(Criteria)
}


def text_of(entries: object) -> str:
    return yaml.safe_dump(entries)


def test_every_criterion_is_read() -> None:
    assert set(asdict(read_criteria(text_of(ENTRIES))).values()) == {1.0}
    assert load_criteria().people_at_least == 2


@pytest.mark.parametrize("entry", [None, 1, {"value": 1, "unit": "people"}])
def test_a_criterion_without_value_unit_or_reason_is_refused(entry: object) -> None:
    with pytest.raises(TaxonomyError, match="people_at_least"):
        read_criteria(text_of({**ENTRIES, "people_at_least": entry}))


@pytest.mark.parametrize("value", ["many", None, True])
def test_a_value_that_is_no_number_is_refused(value: object) -> None:
    entry = {"value": value, "unit": "people", "reason": "A test."}

    with pytest.raises(TaxonomyError, match="people_at_least"):
        read_criteria(text_of({**ENTRIES, "people_at_least": entry}))


def test_an_unknown_or_missing_criterion_is_refused() -> None:
    missing = {name: entry for name, entry in ENTRIES.items() if name != "people_at_least"}

    for entries in (missing, {**ENTRIES, "people_at_most": ENTRIES["people_at_least"]}, []):
        with pytest.raises(TaxonomyError, match="expected the criteria"):
            read_criteria(text_of(entries))

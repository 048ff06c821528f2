"""The checks of `make lint` that are commands: each reports the one thing that is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import cli
from flows.errors import FlowError
from flows.taxonomy_check import check_taxonomy
from pipelines.records import Axis
from pipelines.taxonomy import Entry, Taxonomy, load_taxonomy
from warehouse.dictionary import render

REFUSED = (Axis.PATTERN, "refund_refused")


def with_one_entry(**changes: tuple[str, ...]) -> Taxonomy:
    """Give the taxonomy with one entry alone, and that changed."""
    taxonomy = load_taxonomy()
    entry: Entry = replace(taxonomy.entries[REFUSED], **changes)  # type: ignore[arg-type]
    return replace(taxonomy, entries={REFUSED: entry})


def test_a_sound_taxonomy_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.taxonomy_check.load_taxonomy", with_one_entry)

    assert check_taxonomy().startswith("1 codes, ")


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("examples", "pattern/refund_refused: expected example 1 to be found; it is not"),
        ("counterexamples", "pattern/refund_refused: expected counterexample 1 to be left; found"),
    ],
)
def test_an_example_that_the_rules_get_wrong_is_reported(
    monkeypatch: pytest.MonkeyPatch, field: str, told: str
) -> None:
    entry = load_taxonomy().entries[REFUSED]
    wrong = {"examples": ("今天天气很好",), "counterexamples": entry.examples[:1]}[field]
    monkeypatch.setattr(
        "flows.taxonomy_check.load_taxonomy", lambda: with_one_entry(**{field: wrong})
    )

    with pytest.raises(FlowError) as caught:
        check_taxonomy()

    assert str(caught.value).splitlines()[1:] == [told]


def test_a_stale_dictionary_is_reported(tmp_path: Path) -> None:
    fresh, stale = tmp_path / "fresh.md", tmp_path / "stale.md"
    fresh.write_text(render(), encoding="utf-8")
    stale.write_text(render().replace("varchar", "integer", 1), encoding="utf-8")

    kept = CliRunner().invoke(cli, ["dictionary", "--check", str(fresh)])
    broken = CliRunner().invoke(cli, ["dictionary", "--check", str(stale)])

    assert (kept.exit_code, kept.output) == (0, "")
    assert broken.exit_code == 1
    assert "is stale" in str(broken.exception or broken.output)

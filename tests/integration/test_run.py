"""The run as a whole, on the project's own sample: what it publishes, and what it does again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings
from tests.integration.conftest import UPDATES, published
from warehouse.builds import current_build, current_build_id, list_builds
from warehouse.home import Home


def settings_of(home: Path) -> FlowSettings:
    return FlowSettings(home=home, workers=1)


def test_a_second_run_reads_nothing_and_publishes_nothing(home: Path) -> None:
    first = run(settings_of(home))

    second = run(settings_of(home))

    assert first.run.reread_count == first.run.complaint_count > 0
    assert second.is_unchanged
    assert second.run.reread_count == 0
    assert second.run.build_id == first.run.build_id
    assert len(list_builds(Home(home))) == 1


def test_one_more_file_is_all_that_is_read_again(home: Path) -> None:
    run(settings_of(home))
    receipt = import_files(home, ImportRequest(source="posts", files=(UPDATES,), is_backfill=True))

    second = run(settings_of(home))

    assert 0 < receipt.kept <= second.run.reread_count
    assert second.run.reread_count == receipt.kept


def test_a_rebuild_from_landing_and_ledger_gives_the_same_candidates(home: Path) -> None:
    run(settings_of(home))
    before = published(home)
    shutil.rmtree(home / "warehouse")

    run(settings_of(home))

    assert before
    assert published(home) == before


def test_the_order_of_imports_does_not_matter(home: Path, tmp_path: Path) -> None:
    lines = (Path(__file__).parents[2] / "flows/sample/posts.jsonl").read_bytes().splitlines()
    shuffled = tmp_path / "reversed.jsonl"
    shuffled.write_bytes(b"\n".join(reversed(lines)))
    other = tmp_path / "other"
    import_files(other, ImportRequest(source="posts", files=(shuffled,), is_backfill=True))

    run(settings_of(home))
    run(settings_of(other))

    assert published(other) == published(home)


def test_a_rolled_back_build_stays_current_until_something_is_new(home: Path) -> None:
    from warehouse.builds import make_current

    first = run(settings_of(home)).run.build_id
    import_files(home, ImportRequest(source="posts", files=(UPDATES,), is_backfill=True))
    second = run(settings_of(home)).run.build_id
    assert first is not None
    make_current(Home(home), first)

    run(settings_of(home))

    assert second != first
    assert current_build_id(Home(home)) == first


def test_an_empty_home_publishes_an_empty_build(tmp_path: Path) -> None:
    receipt = run(settings_of(tmp_path))

    assert receipt.run.complaint_count == 0
    assert published(tmp_path) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_does_not_show(
    home: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.enrich
    import flows.group

    monkeypatch.setattr(flows.enrich, "POOL_FROM_ROWS", 1)
    monkeypatch.setattr(flows.group, "POOL_FROM_ROWS", 1)
    run(FlowSettings(home=home, workers=workers, batch_rows=16))
    spread = published(home)
    shutil.rmtree(home / "warehouse")
    (home / "casework" / "ledger.sqlite").unlink()

    monkeypatch.undo()
    run(settings_of(home))

    assert spread == published(home)


@pytest.mark.parametrize("damage", ["internal", "public", "pointer"])
def test_a_run_heals_what_was_damaged_since_the_last(home: Path, damage: str) -> None:
    first = run(settings_of(home))
    before = published(home)
    current = Home(home).current
    target = current if damage == "pointer" else current_build(Home(home)).file(damage)
    target.write_bytes(b"\xff no such thing" * 500)

    healed = run(settings_of(home))

    assert not healed.is_unchanged
    assert healed.run.input_fingerprint == first.run.input_fingerprint
    assert published(home) == before
    assert run(settings_of(home)).is_unchanged


def test_a_record_too_deep_to_be_kept_is_one_reject_and_the_home_goes_on(tmp_path: Path) -> None:
    deep = "[" * 400 + "]" * 400
    file = tmp_path / "posts.jsonl"
    file.write_text(
        f'{{"id": "deep", "text": "x", "extra": {deep}}}\n{{"id": "1", "text": "退款被拒"}}\n'
    )

    receipt = import_files(tmp_path / "home", ImportRequest(source="posts", files=(file,)))

    assert receipt.rejects == (("too_deep", 1),)
    assert run(settings_of(tmp_path / "home")).run.complaint_count == 1

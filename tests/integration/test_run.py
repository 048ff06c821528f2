"""The run as a whole, on the project's own sample: what it publishes, and what it does again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings
from pipelines.classify import Opinion
from pipelines.coding import Coder
from pipelines.errors import ModelError
from pipelines.weighing import Told, Weighed
from tests.integration.conftest import SAMPLE, UPDATES, import_posts, published, settings_of
from warehouse.builds import current_build, current_build_id, list_builds, make_current
from warehouse.home import Home


def test_a_second_run_reads_nothing_and_publishes_nothing(home: Path) -> None:
    first = run(settings_of(home))

    second = run(settings_of(home))

    assert first.run.reread_count == first.run.complaint_count > 0
    assert second.is_unchanged
    assert second.run.reread_count == 0
    assert second.run.build_id == first.run.build_id
    assert len(list_builds(Home(home))) == 1


def test_one_more_file_is_all_that_is_read_again(published_home: Path) -> None:
    receipt = import_files(
        published_home, ImportRequest(source="posts", files=(UPDATES,), is_backfill=True)
    )

    second = run(settings_of(published_home))

    assert 0 < receipt.kept <= second.run.reread_count
    assert second.run.reread_count == receipt.kept


def test_a_rebuild_from_landing_and_ledger_gives_the_same_candidates(published_home: Path) -> None:
    before = published(published_home)
    shutil.rmtree(published_home / "warehouse")

    run(settings_of(published_home))

    assert before
    assert published(published_home) == before


def test_the_order_of_imports_does_not_matter(published_sample: Path, tmp_path: Path) -> None:
    shuffled = tmp_path / "reversed.jsonl"
    shuffled.write_bytes(b"\n".join(reversed(SAMPLE.read_bytes().splitlines())))
    other = tmp_path / "other"
    import_posts(other, shuffled)

    run(settings_of(other))

    assert published(other) == published(published_sample)


def test_a_rolled_back_build_stays_current_until_something_is_new(published_home: Path) -> None:
    first = current_build_id(Home(published_home))
    import_posts(published_home, UPDATES)
    second = run(settings_of(published_home)).run.build_id
    assert first is not None
    make_current(Home(published_home), first)

    run(settings_of(published_home))

    assert second != first
    assert current_build_id(Home(published_home)) == first


def test_an_empty_home_publishes_an_empty_build(tmp_path: Path) -> None:
    receipt = run(settings_of(tmp_path))

    assert receipt.run.complaint_count == 0
    assert published(tmp_path) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_does_not_show(
    home: Path, published_sample: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.enrich.POOL_FROM_ROWS", 1)
    monkeypatch.setattr("flows.group.POOL_FROM_ROWS", 1)

    run(FlowSettings(home=home, workers=workers, batch_rows=16))

    assert published(home) == published(published_sample)


@pytest.mark.parametrize("damage", ["internal", "public", "pointer"])
def test_a_run_heals_what_was_damaged_since_the_last(published_home: Path, damage: str) -> None:
    before, build = published(published_home), current_build(Home(published_home))
    target = Home(published_home).current if damage == "pointer" else build.file(damage)
    target.write_bytes(b"\xff no such thing" * 500)

    healed = run(settings_of(published_home))

    assert not healed.is_unchanged
    assert str(healed.run.input_fingerprint).startswith(build.input_hash)
    assert published(published_home) == before
    assert run(settings_of(published_home)).is_unchanged


def test_a_record_too_deep_to_be_kept_is_one_reject_and_the_home_goes_on(tmp_path: Path) -> None:
    deep = "[" * 400 + "]" * 400
    file = tmp_path / "posts.jsonl"
    file.write_text(
        f'{{"id": "deep", "text": "x", "extra": {deep}}}\n{{"id": "1", "text": "退款被拒"}}\n'
    )

    receipt = import_files(tmp_path / "home", ImportRequest(source="posts", files=(file,)))

    assert receipt.rejects == (("too_deep", 1),)
    assert run(settings_of(tmp_path / "home")).run.complaint_count == 1


# -- readings that failed --------------------------------------------------------------


def fail_on_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the second reader fail on a few complaints, for no fault of theirs."""
    opinion = Coder.opinion

    def fails(self: Coder, told: Told, weighed: Weighed) -> Opinion:
        if told.complaint.complaint_id < "posts:sample-005":
            raise OSError("no such device")
        return opinion(self, told, weighed)

    monkeypatch.setattr(Coder, "opinion", fails)


def matters(home: Path) -> list[tuple[object, ...]]:
    """Give what the candidates are about; their ids may tell of what a run before found."""
    return [
        (row["merchant_key"], row["issue_code"], row["complaints"], row["members"])
        for row in published(home)
    ]


def test_what_failed_is_read_again_by_the_next_run(home: Path, published_sample: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fail_on_some(patch)
        failed = run(settings_of(home))

    healed = run(settings_of(home))

    assert sum(count for step, _, count in failed.issues if step == "form_opinion") == 4
    assert (healed.is_unchanged, healed.run.reread_count) == (False, 4)
    assert not [step for step, _, _ in healed.issues if step != "labels"]
    assert matters(home) == matters(published_sample)
    assert run(settings_of(home)).is_unchanged


def test_what_fails_again_changes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_on_some(monkeypatch)
    first = run(settings_of(home))

    again = run(settings_of(home))

    assert again.is_unchanged
    assert again.run.build_id == first.run.build_id
    assert len(list_builds(Home(home))) == 1


def test_a_run_killed_while_it_reads_again_what_failed_is_completed_by_the_next(
    home: Path, published_sample: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fail_on_some(patch)
        run(settings_of(home))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.run.resolve_respondents", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(settings_of(home))

    run(settings_of(home))

    assert matters(home) == matters(published_sample)


def interrupted(*_given: object) -> None:
    raise KeyboardInterrupt


def test_a_broken_model_is_refused_before_anything_is_read(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.classify.model.MODEL_DIGEST", "another")

    with pytest.raises(ModelError, match=r"model\.npz: expected"):
        run(settings_of(home))

    assert list_builds(Home(home)) == ()

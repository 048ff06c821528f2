"""A run says what it cannot measure, looks at no held-out label when told so, and keeps quiet."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.eval import __main__ as command
from tests.eval.request import Request
from tests.eval.run import gather, page
from tests.eval.texts import staged

DEV, HELD = "own:1", "own:2"
TEXTS = {
    DEV: "我在闲果集买了点卡付了300元，卖家发来的卡密已经被使用过，我要求退款，客服一直不理。",
    HELD: "The seller took my $40 and vanished; nothing was ever delivered.",
}


def write(path: Path, *rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of labels for two texts of our own, and nothing else."""
    told = {"kind": "complaint", "outcome": "unknown", "patterns": ["used_or_invalid_code"]}
    labels = [{"id": DEV, "split": "dev", **told}, {"id": HELD, "split": "held", **told}]
    write(tmp_path / "labels" / "own.jsonl", *labels)
    write(
        tmp_path / "own" / "texts.jsonl",
        *({"id": text_id, "text": text, "genre": "post"} for text_id, text in TEXTS.items()),
    )
    return tmp_path


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the page would go."""
    path = tmp_path / "accuracy.md"
    monkeypatch.setattr(command, "PAGE", path)
    return path


def arguments(folder: Path, *more: str) -> list[str]:
    return ["--folder", str(folder), "--data", str(folder / "nowhere"), "--no-baselines", *more]


def test_without_the_real_records_a_run_succeeds_and_says_what_is_missing(
    folder: Path, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = command.main(arguments(folder))

    told = capsys.readouterr()
    assert status == 0
    assert "NOT MEASURED" in told.err
    assert "no ../shared/data beside the checkout" in told.err
    assert "heimao: no labels" in told.err
    assert "## The bars" in told.out
    assert "## Held-out texts" in told.out
    assert "no ../shared/data beside the checkout" in told.out
    assert not written.exists()


def test_the_page_begins_with_what_its_figures_say_in_words(folder: Path) -> None:
    request = Request(folder=folder, has_baselines=False)

    told, tables = page(request, gather(request)).split("## The bars")

    assert re.search(r"is right in \d+ of 100\.", told)
    assert "## In words" not in tables


def test_an_incomplete_page_is_written_when_asked_for(folder: Path, written: Path) -> None:
    command.main(arguments(folder, "--write"))

    assert "**Not measured here:**" in written.read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_page(folder: Path) -> None:
    request = Request(folder=folder, has_baselines=False)

    assert page(request, gather(request)) == page(request, gather(request))


def test_daily_work_does_not_see_held_out_labels(folder: Path) -> None:
    (folder / "redaction_held.jsonl").write_text("no JSON at all", encoding="utf-8")
    (folder / "names_held.jsonl").write_text("no JSON at all", encoding="utf-8")
    request = Request(is_dev_only=True, has_baselines=False, folder=folder)

    material = gather(request)

    assert [item.label.text_id for item in material.items] == [DEV]
    assert "Held-out texts" not in page(request, material)


def test_errors_are_listed_for_development_texts_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments(folder, "--split", "dev", "--errors", "patterns")) == 0

    told = capsys.readouterr().out
    assert DEV in told
    assert HELD not in told
    assert not any(text in told for text in TEXTS.values())
    with pytest.raises(SystemExit, match="2"):
        command.main(arguments(folder, "--errors", "patterns"))


def test_labels_whose_texts_are_gone_are_named(folder: Path) -> None:
    (folder / "own" / "texts.jsonl").unlink()

    material = gather(Request(folder=folder, has_baselines=False))

    assert f"own: 2 labelled texts are not found, such as {DEV}" in material.not_run


@pytest.mark.data
def test_labels_of_a_source_meet_their_texts(folder: Path, shared_data: Path) -> None:
    text_id = staged(shared_data, "heimao")[0].complaint_id
    row = {"id": text_id, "split": "dev", "kind": "complaint", "outcome": "unknown"}
    write(folder / "labels" / "heimao.jsonl", row, {**row, "id": "heimao:h-0"})

    material = gather(Request(folder=folder, data=shared_data, has_baselines=False))

    assert text_id in [item.label.text_id for item in material.items]
    assert "heimao: 1 labelled texts are not found, such as heimao:h-0" in material.not_run

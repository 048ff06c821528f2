"""Files of the taxonomy that break their shape are refused, with the file and the fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.errors import TaxonomyError
from pipelines.records import Axis
from pipelines.taxonomy import __file__ as taxonomy_file
from pipelines.taxonomy import load_taxonomy, read_taxonomy

ENTRY = """
code: sample
label: {zh: 样例, en: Sample}
definition: {zh: 样例, en: sample}
source: this test
rules:
  - {weight: 0.8, any: [样例]}
examples: {zh: [样例], en: [sample]}
counterexamples: {zh: [无关], en: [unrelated]}
"""


def write(folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")


def fault(folder: Path) -> str:
    with pytest.raises(TaxonomyError) as caught:
        read_taxonomy(folder)
    return str(caught.value)


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, "patterns/sample.yml", ENTRY)

    entry = read_taxonomy(tmp_path).entries[Axis.PATTERN, "sample"]

    assert (entry.label.zh, entry.rules[0].weight) == ("样例", 0.8)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("source:", "sauce:"), "sauce"),
        (("examples: {zh: [样例], en: [sample]}\ncounter", "counter"), "examples"),
        (("examples: {zh: [样例], en: [sample]}", "examples: {zh: [样例]}"), "examples.en"),
        (("weight: 0.8", "weight: 1.2"), "rules.0.weight"),
        (("any: [样例]", "any: [樣例]"), "'样例'"),
        (("any: [样例]", "any: [Sample]"), "'sample'"),
        (("any: [样例]", "any: [re*fund]"), "re*fund"),
        (("any: [样例]", "any: [样例], seq: [a, b]"), "exactly one of any, seq, all"),
        (("any: [样例]", "any: [样例], gap: 3"), "gap goes with seq only"),
        (("any: [样例]", "seq: [a, b], within: 3"), "within goes with all only"),
        (("any: [样例]", "any: [@sample]"), "in quotes"),
        (("any: [样例]", "any: ['@no_such_concept']"), "no_such_concept"),
        (("source:", "natures: [no_such_nature]\nsource:"), "nature.no_such_nature"),
        (("source:", "wallet_issue: no_such_issue\nsource:"), "wallet.no_such_issue"),
        (("code: sample", "code: other"), "'other'"),
        (("rules:\n  - {weight: 0.8, any: [样例]}", "rules: []"), "rules"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_file_and_fault(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    write(tmp_path, "patterns/sample.yml", ENTRY.replace(*change))

    found = fault(tmp_path)

    assert found.startswith("patterns/sample.yml:")
    assert message in found


def test_a_code_given_twice_is_refused_with_both_files(tmp_path: Path) -> None:
    listed = "\n".join(f"  {line}" for line in ENTRY.strip().splitlines())
    write(tmp_path, "natures.yml", f"- {listed.strip()}\n- {listed.strip()}\n")

    assert "'nature.sample', which natures.yml declares" in fault(tmp_path)


def test_a_concept_given_twice_is_refused_with_both_files(tmp_path: Path) -> None:
    write(tmp_path, "concepts/one.yml", "money: {zh: [钱]}")
    write(tmp_path, "concepts/two.yml", "money: {en: [cash]}")

    assert "concepts/two.yml" in fault(tmp_path)
    assert "concepts/one.yml" in fault(tmp_path)


def test_a_concept_made_of_itself_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "concepts/one.yml", "money: {include: [cash]}\ncash: {include: [money]}")

    assert "made of itself" in fault(tmp_path)


def test_a_label_for_an_unknown_code_is_refused(tmp_path: Path) -> None:
    table = "source: sample\nentries: [{issues: [Fees], give: ['pattern:no_such_code']}]"
    write(tmp_path, "labels/sample.yml", table)

    assert "pattern.no_such_code" in fault(tmp_path)


def test_yes_and_no_are_words_and_not_truth_values(tmp_path: Path) -> None:
    write(tmp_path, "concepts/one.yml", "answer: {en: [no, off, yes]}")

    assert read_taxonomy(tmp_path).concepts["answer"].part.terms == ("no", "off", "yes")


def test_the_version_changes_with_the_content_and_only_with_it(tmp_path: Path) -> None:
    write(tmp_path, "patterns/sample.yml", ENTRY)
    before = read_taxonomy(tmp_path).version

    write(tmp_path, "patterns/sample.yml", ENTRY)
    same = read_taxonomy(tmp_path).version
    write(tmp_path, "patterns/sample.yml", ENTRY.replace("0.8", "0.7"))
    other = read_taxonomy(tmp_path).version

    assert before == same != other


def test_the_taxonomy_of_the_project_is_sound() -> None:
    assert load_taxonomy().entries


@pytest.mark.parametrize("name", ["stop_words.yml", "regions.yml", "naming.yml", "candidates.yml"])
def test_the_version_holds_data_that_are_no_entries_too(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(Path(taxonomy_file).parent, tmp_path / "taxonomy"))

    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("# another line\n")

    assert read_taxonomy(folder).version != load_taxonomy().version


@pytest.mark.parametrize(
    ("name", "is_read_with"),
    [("candidates.yml", False), ("law/tiers.yml", False), ("naming.yml", True)],
)
def test_only_what_reading_looks_into_asks_for_another_reading(
    tmp_path: Path, name: str, is_read_with: bool
) -> None:
    folder = Path(shutil.copytree(Path(taxonomy_file).parent, tmp_path / "taxonomy"))

    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("# another line\n")

    changed = read_taxonomy(folder).reading_version != load_taxonomy().reading_version
    assert changed is is_read_with

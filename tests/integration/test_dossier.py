"""A dossier of the sample: what it says, what it never says, and how it is checked later."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.dossier import (
    DossierRefusedError,
    decisions_until_now,
    export_dossier,
    verify_dossier,
)
from flows.run import run
from pipelines.dossier import Act, Decisions, DossierError, Language, Order, dossier_files
from pipelines.dossier.composing import FOUR_PARTS, compose
from pipelines.dossier.document import Table
from pipelines.dossier.docx_file import as_docx
from pipelines.dossier.gathering import Gathered, gather
from pipelines.dossier.pagination import first_pages
from pipelines.dossier.words import loaded_in
from pipelines.reading import ReadingContext
from pipelines.redact import redact
from pipelines.taxonomy import load_taxonomy
from tests.integration.conftest import published, settings_of, zhongsu
from warehouse.builds import keep_newest, list_builds
from warehouse.casework.case_events import candidate_events
from warehouse.casework.ledger import Ledger
from warehouse.home import Home
from warehouse.read import open_reader

NAMES = {
    "dossier.docx", "dossier.md", "dossier.json", "members.csv", "exclusions.csv", "manifest.json",
}  # fmt: skip
KEY = b"k" * 32


@pytest.fixture(scope="module")
def context() -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=KEY)


def first_candidate(home: Path) -> str:
    return str(published(home)[0]["candidate_id"])


@pytest.fixture
def ask(published_home: Path) -> Any:
    with open_reader(Home(published_home), "internal") as reader:
        yield lambda query, **asked: reader.query(query, **asked).to_pylist()


@pytest.fixture
def gathered(published_home: Path, ask: Any, context: ReadingContext) -> Callable[..., Gathered]:
    """Gather a candidate, the first one unless another place is named."""

    def made(place: int = 0, decisions: Decisions | None = None) -> Gathered:
        candidate_id = str(published(published_home)[place]["candidate_id"])
        return gather(ask, candidate_id, decisions or Decisions(), context)

    return made


def out_of(home: Path, candidate_id: str, out: Path, language: Language = "zh") -> dict[str, bytes]:
    export_dossier(home, Order(candidate_id=candidate_id, language=language), out)
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_of_the_four_parts_says_something_or_what_is_missing(
    language: Language, gathered: Callable[..., Gathered], published_home: Path
) -> None:
    for place in range(len(published(published_home))):
        document = compose(gathered(place), language)
        codes = [section.code for section in document.sections]

        assert [code for code in codes if code in FOUR_PARTS] == list(FOUR_PARTS)
        for section in document.sections:
            follows = (
                codes[codes.index(section.code) + 1] if section is not document.sections[-1] else ""
            )
            assert section.blocks or (section.level == 1 and follows), section.code
        for code in FOUR_PARTS:
            start = codes.index(code)
            part = [document.sections[start]]
            for section in document.sections[start + 1 :]:
                if section.level == 1:
                    break
                part.append(section)
            assert any(one.blocks for one in part), code


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_loaded_word_stands_outside_of_quotation_marks(
    language: Language, gathered: Callable[..., Gathered]
) -> None:
    hostile = gathered()
    first = replace(
        hostile.accounts[0],
        reading=replace(
            hostile.accounts[0].reading, redacted_text="骗子！无良商家！严惩商家，封号！"
        ),
    )
    candidate = {
        **hostile.candidate,
        "merchant_name": "骗子公司",
        "reason_zh": "多提到骗子、卡密。",
        "reason_en": "often of scammers.",
    }
    found = replace(hostile, accounts=(first, *hostile.accounts[1:]), candidate=candidate)

    document = compose(found, language)

    assert [text for text in document.texts() if loaded_in(text)] == []
    claims = next(one for one in document.sections if one.code == "claims")
    flagged = [block.text for block in claims.blocks if not isinstance(block, Table)]
    assert any("“严惩”" in text and "“封号”" in text for text in flagged)


def test_no_more_is_claimed_than_the_stated_loss(gathered: Callable[..., Gathered]) -> None:
    for place in range(3):
        found = gathered(place)
        claims = next(one for one in compose(found, "zh").sections if one.code == "claims")
        said = " ".join(
            " ".join(" ".join(row) for row in block.rows)
            if isinstance(block, Table)
            else block.text
            for block in claims.blocks
        )

        sums = {one.replace(",", "") for one in re.findall(r"[\d,]+\.\d\d", said)}
        assert sums <= {f"{loss.total:.2f}" for loss in found.losses}


def test_the_regulators_four_fields_are_there_and_what_is_missing_is_named(
    gathered: Callable[..., Gathered],
) -> None:
    document = compose(gathered(), "zh")

    (pack,) = (one for one in document.sections if one.code == "regulator_pack")
    (table,) = (block for block in pack.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["平台名称", "商家ID", "纠纷详情", "已提交证据"]
    empty = [name for name, value in table.rows if value == "缺失"]
    assert empty
    assert all(any(one.startswith(name) for one in pack.missing) for name in empty)


def test_that_no_reply_was_sought_is_said_beside_every_allegation(
    gathered: Callable[..., Gathered], published_home: Path
) -> None:
    for place in range(len(published(published_home))):
        sections = {one.code: one for one in compose(gathered(place), "zh").sections}
        assert "未征询" in str(sections["replies"].blocks)


def test_nothing_that_redaction_knows_leaves_in_any_file(
    published_home: Path, tmp_path: Path
) -> None:
    files = out_of(published_home, first_candidate(published_home), tmp_path / "d")

    texts = [files[name].decode("utf-8-sig") for name in sorted(NAMES - {"dossier.docx"})]
    with zipfile.ZipFile(io.BytesIO(files["dossier.docx"])) as archive:
        xml = archive.read("word/document.xml").decode()
        texts.append("\n".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml)))
    for text in texts:
        hidden = {one.kind for one in redact(text, KEY).redactions}
        assert not hidden & {"mobile", "id_card", "bank_card", "email", "qq", "wechat", "address"}


def test_an_older_builds_open_number_is_hidden_before_it_leaves(
    ask: Any, published_home: Path, context: ReadingContext
) -> None:
    told = "我电话15400000000，卡密被用，身份证11010519491231002X，姓名：欧阳志远，退款。"

    def leaking(query: str, **asked: Any) -> list[dict[str, Any]]:
        rows = ask(query, **asked)
        if query == "candidate_members":
            return [{**row, "redacted_text": told, "title_length": 0} for row in rows]
        return list(rows)

    order = Order(candidate_id=first_candidate(published_home))
    act = Act(at=list_builds(Home(published_home))[0].built_at, actor="Li", action="note",
              reason="打15400000000问过")  # fmt: skip
    files = dossier_files(leaking, order, Decisions(acts=(act,)), context)

    for name, content in files.items():
        if name == "dossier.docx":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = b"".join(archive.read(one) for one in archive.namelist())
        for secret in ("15400000000", "11010519491231002X", "欧阳志远"):
            assert secret.encode() not in content, name


def test_a_formula_in_an_id_is_never_run(
    ask: Any, published_home: Path, context: ReadingContext
) -> None:
    def hostile(query: str, **asked: Any) -> list[dict[str, Any]]:
        rows = ask(query, **asked)
        if query == "candidate_members":
            return [
                {**row, "complaint_id": f"posts:=HYPERLINK({no})", "source": "posts"}
                for no, row in enumerate(rows)
            ]
        return list(rows)

    files = dossier_files(
        hostile, Order(candidate_id=first_candidate(published_home)), Decisions(), context
    )

    for name in ("members.csv", "exclusions.csv"):
        rows = list(csv.reader(io.StringIO(files[name].decode("utf-8-sig"))))
        assert len(rows) > 1
        assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "@"))]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_build_gives_the_same_bytes(
    language: Language, published_home: Path, tmp_path: Path
) -> None:
    candidate_id = first_candidate(published_home)

    one = out_of(published_home, candidate_id, tmp_path / "one", language)
    other = out_of(published_home, candidate_id, tmp_path / "other", language)

    assert one.keys() == NAMES
    assert one == other


def test_the_json_and_the_list_of_members_tell_of_the_same_complaints(
    published_home: Path, tmp_path: Path
) -> None:
    files = out_of(published_home, first_candidate(published_home), tmp_path / "d")
    told = json.loads(files["dossier.json"])
    listed = list(csv.DictReader(io.StringIO(files["members.csv"].decode("utf-8-sig"))))
    worklist = published(published_home)[0]

    assert (
        {(one["source"], one["id"]) for one in told["members"]}
        == {(row["source"], row["record_id"]) for row in listed}
        == {(one["source"], one["id"]) for one in worklist["members"]}
    )
    assert told["complainants_certain"] == worklist["complainants_certain"]
    assert told["complainants_possible"] == worklist["complainants_possible"]
    assert told["route"]["reason_zh"]


def test_decisions_stand_in_it_with_who_and_why(published_home: Path, tmp_path: Path) -> None:
    home, candidate_id = published_home, first_candidate(published_home)
    members = [f"{one['source']}:{one['id']}" for one in published(home)[0]["members"]]
    out, agreed = members[0], members[1]
    for arguments in (
        ["confirm"], ["exclude", out], ["consent", agreed, "--representative"], ["sent"],
    ):  # fmt: skip
        done = zhongsu(
            home, "decide", candidate_id, *arguments, "--reason", "经核对", "--actor", "李"
        )
        assert done.returncode == 0, done.stderr

    files = out_of(home, candidate_id, tmp_path / "d")
    run(settings_of(home))
    after = out_of(home, candidate_id, tmp_path / "after")

    for exported in (files, after):
        text, told = exported["dossier.md"].decode(), json.loads(exported["dossier.json"])
        assert re.search("李于.*确认，理由：经核对", text)
        assert f"{out}：李于" in text.replace("\\", "")
        assert out not in {f"{one['source']}:{one['id']}" for one in told["members"]}
        assert out in exported["exclusions.csv"].decode("utf-8-sig")
        assert f"推选的代表人：{agreed}" in text.replace("\\", "")
    assert "已按现有成员重算" in files["dossier.md"].decode()
    assert "已按现有成员重算" not in after["dossier.md"].decode()


def test_a_member_that_people_put_into_another_candidate_is_excluded_with_it(
    published_home: Path, tmp_path: Path
) -> None:
    home, candidate_id = published_home, first_candidate(published_home)
    first, second, *_ = published(home)
    moved = f"{first['members'][0]['source']}:{first['members'][0]['id']}"
    done = zhongsu(
        home, "decide", second["candidate_id"], "include", moved, "--reason", "r", "--actor", "Li"
    )
    assert done.returncode == 0, done.stderr

    files = out_of(home, candidate_id, tmp_path / "d")

    told = json.loads(files["dossier.json"])
    assert moved not in {f"{one['source']}:{one['id']}" for one in told["members"]}
    assert moved in files["exclusions.csv"].decode("utf-8-sig")


def test_who_undoes_a_decision_leaves_it_in_the_record_only(published_home: Path) -> None:
    home, candidate_id = published_home, first_candidate(published_home)
    done = zhongsu(home, "decide", candidate_id, "confirm", "--reason", "r", "--actor", "Li")
    event = done.stdout.split(":")[0]
    zhongsu(home, "decide", candidate_id, "undo", event, "--reason", "r", "--actor", "Li")

    with Ledger.open(Home(home)) as ledger:
        decisions = decisions_until_now(candidate_events(ledger), candidate_id)

    assert decisions.disposition == "open"
    assert [(act.action, act.is_undone) for act in decisions.acts] == [
        ("confirm", True), ("undo", False),
    ]  # fmt: skip


def test_an_untouched_dossier_is_verified_even_after_later_decisions(
    published_home: Path, tmp_path: Path
) -> None:
    home, candidate_id = published_home, first_candidate(published_home)
    out_of(home, candidate_id, tmp_path / "d")
    zhongsu(home, "decide", candidate_id, "confirm", "--reason", "later", "--actor", "Li")

    done = zhongsu(home, "verify", str(tmp_path / "d"))

    assert done.returncode == 0, done.stdout + done.stderr
    assert "gives the same files" in done.stdout


def test_verifying_names_what_was_changed_missing_and_added(
    published_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "d"
    out_of(published_home, first_candidate(published_home), folder)
    (folder / "dossier.md").write_bytes(b"another")
    (folder / "members.csv").unlink()
    (folder / "letter.txt").write_bytes(b"")

    done = zhongsu(published_home, "verify", str(folder))

    assert done.returncode == 1
    assert "changed: dossier.md" in done.stdout
    assert "missing: members.csv" in done.stdout
    assert "added: letter.txt" in done.stdout


def test_a_manifest_that_was_made_to_fit_is_found_by_the_build(
    published_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "d"
    out_of(published_home, first_candidate(published_home), folder)
    forged = b"forged"
    (folder / "dossier.md").write_bytes(forged)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    from pipelines.dossier.manifest import sha256

    for one in manifest["files"]:
        if one["name"] == "dossier.md":
            one.update(sha256=sha256(forged), bytes=len(forged))
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    verdict = verify_dossier(published_home, folder)

    assert not verdict.is_same
    assert any("made anew: dossier.md" in line for line in verdict.lines)


def test_a_build_that_is_gone_is_said_to_be(published_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    out_of(published_home, first_candidate(published_home), folder)
    build = list_builds(Home(published_home))[0]
    shutil.rmtree(build.path)
    assert not keep_newest(Home(published_home), 5)

    verdict = verify_dossier(published_home, folder)

    assert verdict.is_same
    assert any("no longer in this home" in line for line in verdict.lines)


@pytest.mark.parametrize("candidate_id", ["c-0000000000", "../../etc/passwd", "", "' or 1=1 --"])
def test_an_unknown_candidate_writes_nothing(
    candidate_id: str, published_home: Path, tmp_path: Path
) -> None:
    with pytest.raises(DossierError, match="zhongsu candidates"):
        export_dossier(published_home, Order(candidate_id=candidate_id), tmp_path / "d")

    assert not (tmp_path / "d").exists()


def test_other_peoples_files_are_never_written_over(published_home: Path, tmp_path: Path) -> None:
    candidates = [str(row["candidate_id"]) for row in published(published_home)[:2]]
    theirs, file = tmp_path / "theirs", tmp_path / "file"
    theirs.mkdir()
    (theirs / "dossier.docx").write_bytes(b"theirs")
    file.write_bytes(b"theirs")
    out_of(published_home, candidates[0], tmp_path / "first")
    out_of(published_home, candidates[0], tmp_path / "edited")
    (tmp_path / "edited" / "dossier.md").write_bytes(b"with my notes")

    for candidate_id, out in (
        (candidates[0], theirs), (candidates[0], file), (candidates[1], tmp_path / "first"),
        (candidates[0], tmp_path / "edited"),
    ):  # fmt: skip
        with pytest.raises(DossierRefusedError, match="Nothing was written"):
            export_dossier(published_home, Order(candidate_id=candidate_id), out)

    assert (theirs / "dossier.docx").read_bytes() == b"theirs"
    assert (tmp_path / "edited" / "dossier.md").read_bytes() == b"with my notes"
    out_of(published_home, candidates[0], tmp_path / "first")


def test_one_format_alone_leaves_no_file_of_an_export_before(
    published_home: Path, tmp_path: Path
) -> None:
    home, candidate_id, out = published_home, first_candidate(published_home), tmp_path / "d"
    out_of(home, candidate_id, out)

    done = zhongsu(home, "dossier", candidate_id, "--out", str(out), "--format", "md")

    assert done.returncode == 0, done.stderr
    assert {one.name for one in out.iterdir()} == NAMES - {"dossier.docx", "dossier.json"}
    assert (
        zhongsu(home, "dossier", candidate_id, "--out", str(out), "--format", "pdf").returncode == 2
    )


def test_the_contents_name_the_pages_that_an_office_program_counts(
    gathered: Callable[..., Gathered], tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None or shutil.which("pdftotext") is None:
        pytest.skip("office: expected soffice (libreoffice-writer) and pdftotext; not found")
    found = gathered()
    document = compose(found, "zh")
    (tmp_path / "d.docx").write_bytes(as_docx(document, found.build["built_at"]))

    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "pdf", "--outdir", str(tmp_path), str(tmp_path / "d.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    shown = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "d.pdf"), "-"],
        check=True, capture_output=True, text=True,
    ).stdout.split("\f")  # fmt: skip

    parts = [
        (one.title, page)
        for one, page in zip(document.sections, first_pages(document), strict=True)
        if one.level == 1
    ]
    contents = dict(re.findall(r"^\s*(\S.*?)\s*\.{5,}\s*(\d+)$", shown[0], re.MULTILINE))
    assert list(contents) == [title for title, _ in parts]
    for title, guessed in parts:
        assert title in shown[int(contents[title]) - 1]
        assert abs(guessed - int(contents[title])) <= 1
    assert "\ufffd" not in "".join(shown)

"""From loads to published builds, and back: readers never meet a writer."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.warehouse_scene import NOON, copy_home, declare, load, new_home, post, run
from warehouse.builds import current_build, current_build_id, list_builds, make_current
from warehouse.casework.ledger import Ledger
from warehouse.errors import (
    AuditFailedError,
    BuildDamagedError,
    BuildMissingError,
    UnknownQueryError,
)
from warehouse.home import Home
from warehouse.read import Role, open_reader
from warehouse.statements import read_statement
from warehouse.work import Work


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two posts, that others are copies of; nobody writes to it."""
    made = new_home(tmp_path_factory.mktemp("loaded") / "home")
    add(made, "load-1", "1", "2")
    return made


@pytest.fixture(scope="module")
def published(loaded: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same after a run; nobody writes to it."""
    made = copy_home(loaded, tmp_path_factory.mktemp("published"))
    run(made)
    return made


@pytest.fixture
def home(loaded: Home, tmp_path: Path) -> Home:
    return copy_home(loaded, tmp_path)


@pytest.fixture
def published_home(published: Home, tmp_path: Path) -> Home:
    return copy_home(published, tmp_path)


def add(home: Home, load_id: str, *record_ids: str, source: str = "posts") -> None:
    with home.lock(), Work.open(home) as work:
        load(work, [post(record_id) for record_id in record_ids], load_id=load_id, source=source)


def members(home: Home) -> list[str]:
    with open_reader(home, "internal") as reader:
        (candidate,) = reader.query("candidates", limit=10, offset=0).to_pylist()
    return [member["id"] for member in candidate["members"]]


def test_a_published_build_is_read_by_its_queries(home: Home) -> None:
    outcome = run(home)

    build = outcome.publication.build
    assert build.is_current
    assert build.build_id == f"20260314T120000Z-{outcome.fingerprint[:12]}"
    assert members(home) == ["1", "2"]


def test_the_candidates_query_has_every_key_of_the_contract(published: Home) -> None:
    with open_reader(published, "internal") as reader:
        (candidate,) = reader.query("candidates", limit=1, offset=0).to_pylist()

    assert list(candidate) == [
        "candidate_id", "merchant_key", "merchant_name", "issue_axis", "issue_code", "label_zh",
        "label_en", "window_start", "window_end", "complaints", "complainants_certain",
        "complainants_possible", "expected", "signal", "unusual_mix", "unusual_mix_missing",
        "tiers", "analogues", "loss", "regions", "reply_share", "evidence_completeness",
        "discount", "deadline_next", "first_flagged_on", "lineage", "score", "reason_zh",
        "reason_en", "members",
    ]  # fmt: skip
    assert candidate["members"] == [{"source": "posts", "id": "1"}, {"source": "posts", "id": "2"}]
    assert candidate["signal"] is None


def test_a_candidate_carries_its_tiers_and_its_next_deadline(published: Home) -> None:
    with open_reader(published, "internal") as reader:
        (candidate,) = reader.query("candidates", limit=1, offset=0).to_pylist()

    tier, due = candidate["tiers"]["joint"], candidate["deadline_next"]
    assert (tier["state"], tier["why"], tier["why_en"]) == ("met", "需2人", "2 needed")
    assert (tier["rule"]["name_en"], tier["rule"]["article"]) == ("Measures", "11")
    assert tier["members"] == candidate["members"]
    assert tier["beside"] == [{"code": "consent", "state": "unknown"}]
    assert set(candidate["tiers"]) == {"joint", "numerous", "public_interest"}
    assert (str(due["due_date"]), due["days_left"]) == ("2026-03-31", 17)
    assert due["calendar"] == "calendar"


def test_a_second_run_of_the_same_input_gives_the_same_build(home: Home) -> None:
    first = run(home)

    second = run(home, at=NOON + timedelta(days=1))

    assert second.fingerprint == first.fingerprint
    assert second.reread == 0
    assert second.publication.build == first.publication.build
    assert len(list_builds(home)) == 1


def test_a_rebuild_from_nothing_gives_the_same_hash_and_candidate_ids(published_home: Home) -> None:
    first = current_build(published_home)
    before = candidate_rows(published_home)
    published_home.work_database.unlink()
    with Work.open(published_home) as work:
        declare(work)
    add(published_home, "load-1", "1", "2")

    again = run(published_home, at=NOON + timedelta(days=1))

    assert again.publication.build.input_hash == first.input_hash
    assert candidate_rows(published_home) == before


def candidate_rows(home: Home) -> list[dict[str, object]]:
    with open_reader(home, "internal") as reader:
        rows: list[dict[str, object]] = reader.query("candidates", limit=9, offset=0).to_pylist()
    return rows


def test_only_new_complaints_are_read_again(home: Home) -> None:
    assert run(home).reread == 2
    add(home, "load-2", "2", "3")

    assert run(home, at=NOON + timedelta(days=1)).reread == 1
    assert members(home) == ["1", "2", "3"]


def test_an_open_reader_keeps_its_build_while_another_is_published(published_home: Home) -> None:
    with open_reader(published_home, "internal") as reader:
        add(published_home, "load-2", "3")
        run(published_home, at=NOON + timedelta(days=1), keep=1)

        (candidate,) = reader.query("candidates", limit=1, offset=0).to_pylist()

    assert candidate["complaints"] == 2
    assert members(published_home) == ["1", "2", "3"]


def test_rolling_back_is_swinging_the_pointer(published_home: Home) -> None:
    old = current_build(published_home)
    add(published_home, "load-2", "3")
    run(published_home, at=NOON + timedelta(days=1))

    make_current(published_home, old.build_id)

    assert current_build(published_home).build_id == old.build_id
    assert members(published_home) == ["1", "2"]


def test_rolling_back_to_nowhere_is_refused_and_moves_nothing(published_home: Home) -> None:
    build = current_build(published_home)

    with pytest.raises(BuildMissingError, match="zhongsu builds"):
        make_current(published_home, "20200101T000000Z-000000000000")

    assert current_build_id(published_home) == build.build_id


def test_the_newest_builds_and_the_current_one_are_kept(published_home: Home) -> None:
    old = current_build(published_home)
    for number in range(3, 6):
        add(published_home, f"load-{number}", str(number))
        run(published_home, at=NOON + timedelta(days=number), keep=2)
    assert old.build_id not in {build.build_id for build in list_builds(published_home)}
    oldest = list_builds(published_home)[-1]
    make_current(published_home, oldest.build_id)

    add(published_home, "load-6", "6")
    run(published_home, at=NOON + timedelta(days=6), keep=1)

    assert [build.build_id for build in list_builds(published_home)] == [
        current_build(published_home).build_id,
        oldest.build_id,
    ]


def test_a_build_that_was_current_until_now_can_still_be_opened(published_home: Home) -> None:
    seen = current_build(published_home).build_id
    add(published_home, "load-2", "3")

    run(published_home, at=NOON + timedelta(days=1), keep=1)

    with open_reader(published_home, "internal", build_id=seen) as reader:
        assert reader.build.build_id == seen


def test_a_build_that_is_gone_is_told_apart_from_one_that_cannot_be_read(
    published_home: Home,
) -> None:
    build = current_build(published_home)
    build.file("public").unlink()
    build.file("internal").write_bytes(b"no database")

    with pytest.raises(BuildMissingError, match=r"expected the file public\.duckdb; found none"):
        open_reader(published_home, "public", build_id=build.build_id)
    with pytest.raises(BuildDamagedError, match=r"expected internal\.duckdb to be sound"):
        open_reader(published_home, "internal", build_id=build.build_id)


def test_a_failed_audit_publishes_nothing_and_leaves_the_ledger(published_home: Home) -> None:
    build = current_build(published_home)
    with Ledger.open(published_home) as ledger:
        known = ledger.known_candidates()
    add(published_home, "load-2", "3", source="undeclared")

    with pytest.raises(AuditFailedError, match="staged_undeclared_sources: 1"):
        run(published_home, at=NOON + timedelta(days=1))

    assert current_build_id(published_home) == build.build_id
    assert [folder.name for folder in published_home.builds.iterdir()] == [build.build_id]
    with Ledger.open(published_home) as ledger:
        assert ledger.known_candidates() == known


@pytest.mark.parametrize("audits", ["BUILD_AUDITS", "PUBLIC_AUDITS"])
def test_a_bad_row_in_the_written_file_keeps_it_from_readers(
    published_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audits: str
) -> None:
    build = current_build(published_home)
    add(published_home, "load-2", "3")
    (tmp_path / "audits").mkdir()
    (tmp_path / "audits" / "never_sound.sql").write_text("-- Any. severity: error\nselect 1 as row")
    monkeypatch.setattr(f"warehouse.publish.{audits}", tmp_path / "audits")

    with pytest.raises(AuditFailedError, match="never_sound: 1"):
        run(published_home, at=NOON + timedelta(days=1))

    assert current_build_id(published_home) == build.build_id
    assert members(published_home) == ["1", "2"]


def test_before_the_first_publication_a_reader_is_told_what_to_do(home: Home) -> None:
    with pytest.raises(BuildMissingError, match="zhongsu run"):
        open_reader(home, "internal")


def test_published_files_are_private_to_their_owner(published: Home) -> None:
    build = current_build(published)

    for role in ("internal", "public"):
        assert stat.S_IMODE(build.file(role).stat().st_mode) == 0o600


def test_the_build_holds_its_own_run_and_audits(home: Home) -> None:
    outcome = run(home)

    with open_reader(home, "internal") as reader:
        (last_run,) = reader.query("runs", limit=9).to_pylist()
        audits = reader.query("audits").to_pylist()

    assert last_run["build_id"] == outcome.publication.build.build_id
    assert len(audits) == len(outcome.publication.audits)


@pytest.mark.parametrize(
    "escape",
    [
        "attach '{folder}/other.duckdb'",
        "select * from read_csv('{folder}/secret.csv')",
        "select * from read_text('{folder}/secret.csv')",
        "select * from '{folder}/secret.csv'",
        "copy marts.candidates to '{folder}/out.csv'",
        "export database '{folder}/out'",
        "install httpfs",
        "load httpfs",
        "select * from glob('{folder}/*')",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set autoinstall_known_extensions = true",
        "reset enable_external_access",
        "delete from marts.candidates",
        "create table marts.more (x int)",
    ],
)
@pytest.mark.parametrize("role", ["internal", "public"])
def test_a_reader_cannot_leave_its_file(
    published: Home, tmp_path: Path, role: Role, escape: str
) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")

    with open_reader(published, role) as first, open_reader(published, role) as second:
        for reader in (first, second):
            with pytest.raises(duckdb.Error):
                reader.connection.cursor().execute(escape.format(folder=tmp_path)).fetchall()

    assert sorted(file.name for file in tmp_path.iterdir()) == ["secret.csv"]


def test_an_unknown_query_or_parameter_is_refused(published: Home) -> None:
    with open_reader(published, "internal") as reader:
        with pytest.raises(UnknownQueryError, match="expected one of"):
            reader.query("../models/marts/complaints")
        with pytest.raises(UnknownQueryError, match=r"expected parameters \['limit', 'offset'\]"):
            reader.query("candidates", limit=1)


QUERIES = sorted((Path(__file__).parents[2] / "warehouse" / "queries").glob("*.sql"))


PLAUSIBLE: dict[str, object] = {
    "limit": 10,
    "offset": 0,
    "merchant_limit": 10,
    "code_limit": 10,
    "weeks": 52,
    "axis": "pattern",
    "is_member": True,
    "complaint_id": "posts:1",
}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_query_runs_on_a_published_build(published: Home, path: Path) -> None:
    parameters = {name: PLAUSIBLE.get(name) for name in read_statement(path).parameters}

    with open_reader(published, "internal") as reader:
        table = reader.query(path.stem, **parameters)

    assert table.num_columns > 0


def test_the_public_file_holds_no_rows_of_private_sources(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with Work.open(home) as work:
        declare(work, private=("queue",))
    add(home, "load-1", "1", "2")
    add(home, "load-2", *(f"q{number}" for number in range(7)), source="queue")
    run(home)

    with open_reader(home, "public") as reader:
        connection = reader.connection
        sources = connection.execute("select distinct source from open.complaints").fetchall()
        candidates = connection.execute("from open.candidates").fetchall()
        cube = connection.execute("select complaints from open.merchant_codes").fetchall()
        schemas = connection.execute(
            "select distinct schema_name from duckdb_tables() order by 1"
        ).fetchall()

    assert sources == [("posts",)]
    assert candidates == []
    assert cube == [(7,)]
    assert schemas == [("codes",), ("meta",), ("open",)]


def test_no_author_contact_or_raw_text_reaches_a_published_file(tmp_path: Path) -> None:
    home = new_home(tmp_path / "home")
    with Work.open(home) as work:
        load(
            work,
            [
                post(
                    "1",
                    author="an author nobody may see",
                    url="https://example.invalid/someone",
                    extra='{"contacts": {"mobile": "a mobile nobody may see"}}',
                )
            ],
        )
    build = run(home).publication.build

    for role in ("internal", "public"):
        held = build.file(role).read_bytes()
        assert b"nobody may see" not in held
        assert b"example.invalid" not in held


DAMAGES: dict[str, bytes | None] = {
    "deleted": None,
    "emptied": b"",
    "cut": b"DUCK",
    "overwritten": b"no database" * 9_999,
}


@pytest.mark.parametrize("role", ["internal", "public"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_build_is_written_anew(published_home: Home, role: Role, damage: str) -> None:
    broken = current_build(published_home)
    damage_file(broken.file(role), DAMAGES[damage])
    with pytest.raises((BuildDamagedError, BuildMissingError), match="zhongsu run"):
        open_reader(published_home, role)

    anew = run(published_home, at=NOON + timedelta(days=1)).publication.build

    assert anew.input_hash == broken.input_hash
    assert list_builds(published_home) == (anew,)
    assert members(published_home) == ["1", "2"]
    open_reader(published_home, "public").close()


def damage_file(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)


def test_a_build_cut_short_is_damaged(published_home: Home) -> None:
    file = current_build(published_home).file("internal")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    with pytest.raises(BuildDamagedError, match=r"expected internal\.duckdb to be sound"):
        open_reader(published_home, "internal")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", "构建".encode(), b"../../etc", b"x" * 9_999]
)
def test_a_pointer_that_names_no_build_is_none_and_heals(
    published_home: Home, content: bytes
) -> None:
    build = current_build(published_home)
    published_home.current.write_bytes(content)

    assert current_build_id(published_home) is None
    with pytest.raises(BuildMissingError):
        open_reader(published_home, "internal")
    assert run(published_home).publication.build == build
    assert current_build_id(published_home) == build.build_id


def test_the_pointer_is_private(published: Home) -> None:
    assert stat.S_IMODE(published.current.stat().st_mode) == 0o600

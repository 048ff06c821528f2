"""The project's own sample: invented throughout, and read by the demo as a reader would."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "flows" / "sample"

KEYS = {
    "id", "text", "title", "published_at", "author", "respondent", "platform", "region", "url",
    "amount", "status", "replies", "kind",
}  # fmt: skip

REAL_BRANDS = re.compile(
    r"微信|支付宝|淘宝|天猫|京东|拼多多|抖音|快手|闲鱼|转转|美团|饿了么|携程|腾讯|阿里|百度|微博|小红书|哔哩|爱奇艺|优酷"
    r"|芒果|滴滴|网易|花呗|云闪付|银联|星巴克|瑞幸|Steam|PayPal|Amazon|eBay|Apple|Google|Venmo|Revolut"
    r"|Starbucks|TikTok|Twitch|Netflix|Coinbase",
    re.IGNORECASE,
)


def lines_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / name).read_text("utf-8").splitlines()]


def whole_text(post: dict[str, Any]) -> str:
    replies = "\n".join(reply["text"] for reply in post.get("replies", []))
    return "\n".join((post.get("title", ""), post["text"], replies))


@pytest.fixture(scope="module")
def posts() -> dict[str, dict[str, Any]]:
    return {post["id"]: post for post in lines_of("posts.jsonl")}


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def candidates(tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """The members of each candidate that the commands of the demo propose, best first."""
    home = tmp_path_factory.mktemp("demo")
    files = [str(SAMPLE / name) for name in ("posts.jsonl", "updates.jsonl")]
    zhongsu(home, "import", "posts", *files, "--backfill")
    zhongsu(home, "run")
    listed = zhongsu(home, "candidates", "--format", "jsonl").splitlines()
    return [{member["id"] for member in json.loads(line)["members"]} for line in listed]


def zhongsu(home: Path, *arguments: str) -> str:
    command = [str(Path(sys.executable).with_name("zhongsu")), "--home", str(home), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_every_post_is_an_object_of_the_contract(posts: dict[str, dict[str, Any]]) -> None:
    assert len(posts) == len(lines_of("posts.jsonl")) >= 64
    for post in posts.values():
        assert set(post) <= KEYS
        assert post["text"].strip()
        assert post["kind"] in {"post", "report"}
        assert datetime.fromisoformat(post["published_at"]).tzinfo is not None


def test_the_posts_are_in_order_and_end_before_the_demo_was_written(
    posts: dict[str, dict[str, Any]],
) -> None:
    times = [datetime.fromisoformat(post["published_at"]) for post in posts.values()]

    assert all(earlier <= later for earlier, later in pairwise(times))
    assert times[-1] < datetime(2026, 3, 20, tzinfo=UTC)


def test_replies_come_after_the_post_unless_it_tells_how_the_matter_was_resolved(
    posts: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    for post in [*posts.values(), *lines_of("updates.jsonl")]:
        posted_at = datetime.fromisoformat(post["published_at"])
        for reply in post.get("replies", []):
            assert reply["by"] in {"merchant", "platform", "regulator", "complainant"}
            is_later = datetime.fromisoformat(reply["at"]) > posted_at
            assert is_later or post["id"] in expected["resolved"], post["id"]


def test_the_sample_names_no_real_brand(posts: dict[str, dict[str, Any]]) -> None:
    found = {
        post_id: REAL_BRANDS.findall(whole_text(post) + str(post.get("respondent")))
        for post_id, post in posts.items()
    }

    assert not {post_id: names for post_id, names in found.items() if names}


def test_contacts_are_such_as_nobody_can_have(posts: dict[str, dict[str, Any]]) -> None:
    text = "\n".join(whole_text(post) for post in posts.values())

    mobiles = re.findall(r"(?<!\d)1\d{10}(?!\d)", text)
    us_numbers = re.findall(r"\+1 \d{3}-(\d{3}-\d{4})", text)
    hosts = re.findall(r"[\w.-]+@([\w.-]+\w)", text)
    urls = [post["url"] for post in posts.values() if "url" in post]
    assert all(number.startswith("160") for number in mobiles)
    assert all(number.startswith("555-01") for number in us_numbers)
    assert all(host.endswith("example.invalid") for host in hosts)
    assert all(".example.invalid/" in url for url in urls)
    assert not re.findall(r"(?<!\d)\d{15,19}[\dX]?(?!\d)", text)


def test_updates_are_later_states_of_known_posts(
    posts: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    updates = lines_of("updates.jsonl")

    assert [update["id"] for update in updates] == expected["updated"]
    for update in updates:
        before = posts[update["id"]]
        assert update["text"] == before["text"]
        assert update["status"] != before["status"]
        assert len(update["replies"]) == len(before.get("replies", [])) + 1


def test_a_post_belongs_to_one_matter_at_most(
    posts: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    members = Counter(post_id for matter in expected["matters"] for post_id in matter["members"])
    others = set(expected["unnamed"]) | set(expected["not_complaints"])

    assert set(members) | others <= set(posts)
    assert set(members.values()) == {1}
    assert not set(members) & others


def test_matters_have_the_people_that_their_authors_show(
    posts: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    again = Counter(post_id for pair in expected["same_person"] for post_id in pair[1:])

    for matter in expected["matters"]:
        authors = {posts[post_id]["author"] for post_id in matter["members"]}
        repeated = sum(again[post_id] for post_id in matter["members"])
        assert matter["people"] == len(authors) - repeated


@pytest.mark.parametrize("name", ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"])
def test_the_demo_finds_the_matter(
    candidates: list[set[str]], expected: dict[str, Any], name: str
) -> None:
    members = next(
        set(matter["members"]) for matter in expected["matters"] if matter["matter"] == name
    )

    most = max(len(members & candidate) for candidate in candidates)

    assert most >= len(members) / 2


def test_a_candidate_of_the_demo_is_about_one_matter(
    candidates: list[set[str]], expected: dict[str, Any]
) -> None:
    for candidate in candidates:
        most = max(len(candidate & set(matter["members"])) for matter in expected["matters"])
        assert most >= 0.8 * len(candidate), sorted(candidate)


def test_matters_that_a_reader_keeps_apart_stay_apart(
    candidates: list[set[str]], expected: dict[str, Any]
) -> None:
    members = {matter["matter"]: set(matter["members"]) for matter in expected["matters"]}

    for first, second in expected["apart"]:
        assert not any(one & members[first] and one & members[second] for one in candidates)


def test_what_names_nobody_or_complains_of_nothing_is_in_no_candidate(
    candidates: list[set[str]], expected: dict[str, Any]
) -> None:
    outside = set(expected["unnamed"]) | set(expected["not_complaints"])

    assert not set().union(*candidates) & outside

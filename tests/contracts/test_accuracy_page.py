"""`docs/accuracy.md` tells of the code as it is, or says that it does not."""

from __future__ import annotations

from tests.eval.freshness import (
    HOW_TO_RENEW,
    PAGE,
    current_versions,
    is_marked_stale,
    marked_stale,
    stated_versions,
    version_lines,
)


def test_the_page_was_measured_with_this_code_or_says_that_it_is_stale() -> None:
    page = PAGE.read_text(encoding="utf-8")
    stated, current = stated_versions(page), current_versions()

    assert is_marked_stale(page) or stated == current, (
        f"docs/accuracy.md: expected figures of {current}; found those of {stated}. {HOW_TO_RENEW}"
    )


def test_versions_are_read_as_they_are_written() -> None:
    page = "\n".join(["# Accuracy", "", *version_lines(current_versions()), "", "text"])

    assert stated_versions(page) == current_versions()


def test_a_page_is_marked_stale_once_and_keeps_its_versions() -> None:
    page = "\n".join(["# Accuracy", "", *version_lines({"reading step": "0"}), ""])

    marked = marked_stale(page)

    assert not is_marked_stale(page)
    assert is_marked_stale(marked)
    assert marked_stale(marked) == marked
    assert stated_versions(marked) == stated_versions(page)

"""What the figures of held-out texts say, in sentences for people who do not read tables.

In: labelled texts with what was found in them, and the other parts. Out: lines of Markdown,
English and Chinese. Out of scope: every figure itself, which stands in the tables below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.eval.cases import score_cases
from tests.eval.coded import score_axis
from tests.eval.measures import Estimate, share
from tests.eval.parts import Parts
from tests.eval.sample import SCOPES, Item, grouped
from tests.eval.sums import score_sums

_CHINESE_NAME = {
    "patterns, Chinese": "中文文本的问题模式",
    "patterns, English": "英文文本的问题模式",
    "natures": "投诉性质",
    "wallet issues": "钱包问题",
}


def words_section(items: Sequence[Item], parts: Parts) -> list[str]:
    """Say of 100 things that are there how many are found, and of 100 found how many are right."""
    held = grouped(items).get("held", [])
    sentences = [*_of_codes(held), *_of_texts(held), *_of_redaction(parts)]
    if not sentences:
        return []
    return [
        "## In words · 一句话说明",
        "",
        "On held-out texts, which nobody looked at while building (在开发时无人看过的文本上):",
        "",
        *(f"* {sentence}" for pair in sentences for sentence in pair),
        "",
    ]


def _of_codes(held: Sequence[Item]) -> Iterator[tuple[str, str]]:
    for scope in SCOPES:
        if scope.name not in _CHINESE_NAME:
            continue
        score = score_axis([item for item in held if scope.holds(item)], scope.axis)
        found, right = _hundredths(score.recall), _hundredths(score.precision)
        if found is not None and right is not None:
            yield (
                f"{scope.name}: of 100 that people read, {found} are found; of 100 that are "
                f"found, {right} are right.",
                f"{_CHINESE_NAME[scope.name]}：人读出的100处中找到{found}处；找到的100处中{right}处正确。",
            )


def _of_texts(held: Sequence[Item]) -> Iterator[tuple[str, str]]:
    kind = _hundredths(share(item.label.row.kind == item.found.kind for item in held))
    stated = _hundredths(score_sums(held).exact_if_stated)
    outcome = _hundredths(score_cases(held).facts["outcome"])
    if kind is not None:
        yield (
            f"Whether a text is a complaint, a report, a guide or other is right in {kind} of 100.",
            f"文本属于投诉、报道、指南还是其他：100篇中{kind}篇正确。",
        )
    if stated is not None:
        yield (
            f"Where a sum at stake is stated or found, it is right to the cent in {stated} of 100.",
            f"写明或读出涉案金额时：100例中{stated}例分毫不差。",
        )
    if outcome is not None:
        yield (
            f"How a matter ended is right in {outcome} of 100 cases.",
            f"事情的结果：100例中{outcome}例正确。",
        )


def _of_redaction(parts: Parts) -> Iterator[tuple[str, str]]:
    if "held" not in parts.redaction:
        return
    total, kinds = parts.redaction["held"]
    found, names = _hundredths(total.recall), _hundredths(kinds["person"].recall)
    yield (
        f"Of 100 pieces of personal data, {found} are hidden; of 100 names of people, {names}. "
        "Look through a text before you pass it on.",
        f"100处个人信息中隐去{found}处，100个人名中隐去{names}个；转交文本前请再看一遍。",
    )


def _hundredths(estimate: Estimate) -> int | None:
    return None if estimate.value is None else round(100 * estimate.value)

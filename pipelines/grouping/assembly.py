"""From themes to the rows that are stored: people, losses, signals and sentences.

In: the themes of all blocks, the corpus, and the forecast of covered weeks. Out:
the tables of `pipelines.grouping.tables`. Out of scope: what belongs together
(`pipelines.grouping.themes`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from pipelines.detect.expected import WindowTest
from pipelines.grouping.corpus import Corpus, Flags, Floats, Ints, numbers
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.ranking import Evidence, score
from pipelines.grouping.signals import Signals
from pipelines.grouping.tables import (
    CLUSTERS_SCHEMA,
    LOSSES_SCHEMA,
    MEMBERS_SCHEMA,
)
from pipelines.grouping.themes import Theme
from pipelines.people import People, Witnesses, count_people
from pipelines.reasons import DiscountReason, Facts, reason_en, reason_zh

Row = dict[str, Any]
"""One row of a table to come, by column."""

Labels = Mapping[tuple[str, str], tuple[str, str]]
"""Labels zh and en by axis and code."""

SHARE_TO_NAME = 0.3
"""Share of members that carry a code before the group is named after it."""

DISCOUNT_AT_LEAST = 0.1

SAYS_THE_SAME = 0.3
"""Cohesion below which a tested group must also be more than was to be expected."""

WORDS_SPEAK_FOR = 2.0
"""Nats above which the words of a near miss spoke for it and something else kept it out."""

_AXIS_WEIGHT = {"pattern": 1.0, "wallet": 1.0, "nature": 0.4}
"""A nature follows from a pattern and says less; it names a group that has no pattern."""

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The grouping table as arrays of numbers, for counting people and facts."""

    source: Ints
    author: Ints
    copy_group: Ints
    loss: Ints
    region: Ints
    is_hearsay: Flags
    has_reply: Floats
    has_payment_record: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One theme after the claims are settled, with its name."""

    theme: Theme
    axis: str
    code: str
    code_number: int | None
    alleging: Flags
    merchant_key: str | None
    merchant_name: str | None
    terms: tuple[str, ...]
    cluster_id: str


def read_columns(features: pa.Table, copies: pa.Table) -> Columns:
    """Number the values of the columns that are compared; unknown is -1 (or NaN for replies)."""
    place = pc.index_in(features["complaint_id"], value_set=copies["complaint_id"].combine_chunks())
    group = copies["copy_group_id"].combine_chunks().take(place.combine_chunks())
    sums = pc.binary_join_element_wise(
        features["loss_currency"], pc.cast(features["loss_value"], pa.string()), " "
    )
    evidence = features["evidence"].combine_chunks()
    proof = np.zeros(features.num_rows, dtype=np.bool_)
    is_payment = pc.equal(evidence.flatten(), "payment_record").to_numpy(zero_copy_only=False)
    proof[pc.list_parent_indices(evidence).to_numpy()[is_payment]] = True
    replies = pc.cast(pc.cast(features["has_replies"], pa.int8()), pa.float64())
    return Columns(
        source=numbers(features["source"]),
        author=numbers(features["author_key"]),
        copy_group=numbers(group),
        loss=numbers(sums),
        region=numbers(features["region"]),
        is_hearsay=pc.equal(features["kind"], "report").to_numpy(zero_copy_only=False),
        has_reply=pc.fill_null(replies, float("nan")).to_numpy(),
        has_payment_record=proof,
    )


def assemble(
    themes: Iterable[Theme],
    corpus: Corpus,
    copies: pa.Table,
    signals: Signals | None,
    labels: Labels,
    criteria: Criteria,
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Make the rows of clusters, cluster_members and cluster_losses."""
    writer = _Writer(corpus, read_columns(corpus.features, copies), signals, labels)
    taken = np.zeros(len(corpus.weight), dtype=np.bool_)
    for theme in sorted(themes, key=_strength):
        rest = _without(theme, taken)
        if rest is None:
            continue
        group = writer.named(rest)
        people = count_people(writer.witnesses(group))
        test = writer.test(group)
        is_enough = people.certain and people.possible >= criteria.people_at_least
        if is_enough and not _is_the_usual(group, test):
            taken[rest.rows] = True
            writer.write(group, people, test)
    return writer.tables()


def _without(theme: Theme, taken: Flags) -> Theme | None:
    """Leave out the complaints that a stronger group has; None if it has more than half."""
    free = ~taken[theme.rows]
    if free.sum() < max(2, 0.5 * len(free)):
        return None
    return replace(
        theme,
        rows=theme.rows[free],
        typicality=theme.typicality[free],
        is_doubtful=theme.is_doubtful[free],
    )


def _is_the_usual(group: Group, test: WindowTest | None) -> bool:
    """Say whether a tested group neither exceeds what was expected nor says the same."""
    return test is not None and test.lower <= 1 and group.theme.typicality.mean() < SAYS_THE_SAME


def _strength(theme: Theme) -> tuple[float, str, str, list[int]]:
    return (-round(theme.gain, 6), theme.block_kind, theme.block_key, theme.rows.tolist())


class _Writer:
    """Collects the rows of all groups."""

    def __init__(
        self, corpus: Corpus, columns: Columns, signals: Signals | None, labels: Labels
    ) -> None:
        self._corpus = corpus
        self._columns = columns
        self._signals = signals
        self._labels = labels
        self._code_share = np.asarray(corpus.codes.T @ corpus.weight) / corpus.weight.sum()
        self._ids: list[str] = corpus.features["complaint_id"].to_pylist()
        self._rows: dict[str, list[Row]] = {"clusters": [], "members": [], "losses": []}

    def tables(self) -> tuple[pa.Table, pa.Table, pa.Table]:
        """Give the rows written so far, the group with the highest score first."""
        ranked = sorted(self._rows["clusters"], key=lambda row: (-row["score"], row["cluster_id"]))
        place = {row["cluster_id"]: number for number, row in enumerate(ranked)}
        for rows in self._rows.values():
            rows.sort(key=lambda row: place[row["cluster_id"]])
        return (
            pa.Table.from_pylist(self._rows["clusters"], schema=CLUSTERS_SCHEMA),
            pa.Table.from_pylist(self._rows["members"], schema=MEMBERS_SCHEMA),
            pa.Table.from_pylist(self._rows["losses"], schema=LOSSES_SCHEMA),
        )

    def named(self, theme: Theme) -> Group:
        """Name a theme after the code, merchant and words that mark it."""
        rows = theme.rows
        number = self._marking_code(rows)
        terms = tuple(self._corpus.vocabulary.take(pa.array(theme.words)).to_pylist())
        if number is None:
            axis, code = "topic", "-".join(terms[:3]) or "unworded"
            alleging = np.zeros(len(rows), dtype=np.bool_)
        else:
            axis, code = self._corpus.code_names[number]
            alleging = self._corpus.codes[rows][:, [number]].toarray().ravel() > 0
        merchant_key, merchant_name = self._merchant(theme, rows)
        return Group(
            theme=theme,
            axis=axis,
            code=code,
            code_number=number,
            alleging=alleging,
            merchant_key=merchant_key,
            merchant_name=merchant_name,
            terms=terms,
            cluster_id=_cluster_id(axis, code, merchant_key, [self._ids[row] for row in rows]),
        )

    def _marking_code(self, rows: Ints) -> int | None:
        """Choose the code by which the group differs most from all complaints, if any does."""
        weight = self._corpus.weight[rows]
        share = np.asarray(weight @ self._corpus.codes[rows]) / weight.sum()
        usual = np.clip(self._code_share, 1e-4, 1 - 1e-4)
        stands_out = (
            share
            * np.log(np.maximum(share, 1e-9) / usual)
            * np.array([_AXIS_WEIGHT[axis] for axis, _ in self._corpus.code_names])
        )
        stands_out[share < SHARE_TO_NAME] = -np.inf
        if not len(stands_out) or stands_out.max() <= 0:
            return None
        return int(stands_out.argmax())

    def _merchant(self, theme: Theme, rows: Ints) -> tuple[str | None, str | None]:
        """Give the merchant that most members name, else the place."""
        chosen = self._corpus.features.select(["merchant_key", "merchant_name"]).take(rows)
        pairs = Counter(zip(*(column.to_pylist() for column in chosen.columns), strict=True))
        (key, name), count = min(pairs.items(), key=lambda item: (-item[1], str(item[0])))
        if key is not None and 2 * count > len(rows):
            return key, name
        return None, theme.block_key

    def witnesses(self, group: Group) -> Witnesses:
        """Collect what counting people needs of the members."""
        rows, columns = group.theme.rows, self._columns
        return Witnesses(
            source=columns.source[rows],
            author=columns.author[rows],
            copy_group=columns.copy_group[rows],
            loss=columns.loss[rows],
            region=columns.region[rows],
            day=self._corpus.day[rows],
            is_doubtful=columns.is_hearsay[rows] | (group.theme.is_doubtful & ~group.alleging),
            links=self._corpus.features["link_keys"].take(rows).to_pylist(),
            words=self._corpus.words[rows],
        )

    def write(self, group: Group, people: People, test: WindowTest | None) -> None:
        """Write the rows of one group."""
        losses = self._loss_rows(group, people)
        reason, share = self._discount(group)
        reply = self._columns.has_reply[group.theme.rows]
        facts = Facts(
            subject=group.merchant_name,
            label_zh=self._label(group, 0),
            label_en=self._label(group, 1),
            terms=group.terms,
            complaints=len(group.theme.rows),
            alleging=int(group.alleging.sum()),
            certain=people.certain,
            possible=people.possible,
            window=_dates(group.theme.window),
            expected=None if test is None else test.expected,
            payment_proofs=int(self._columns.has_payment_record[group.theme.rows].sum()),
            replied=int(np.nansum(reply)),
            repliable=int((~np.isnan(reply)).sum()),
            discount_reason=reason,
            discount_share=share,
            undated=int(np.isnan(self._corpus.day[group.theme.rows]).sum()),
        )
        self._rows["losses"].extend(losses)
        self._rows["members"].extend(self._member_rows(group, people))
        self._rows["clusters"].append(_cluster_row(group, facts, test, losses))

    def _label(self, group: Group, language: int) -> str | None:
        if group.axis == "topic":
            return None
        return self._labels.get((group.axis, group.code), (group.code, group.code))[language]

    def test(self, group: Group) -> WindowTest | None:
        """Compare what was seen with what was expected; None where that is not known."""
        if self._signals is None or group.theme.window is None:
            return None
        if group.merchant_key is None or group.code_number is None:
            return None
        return self._signals.check(group.merchant_key, group.code_number, group.theme.window)

    def _discount(self, group: Group) -> tuple[DiscountReason | None, float]:
        """Say what share of the complaints only repeats, by the reason that weighs more."""
        rows = group.theme.rows
        copied = _repeats(self._columns.copy_group[rows])
        author = self._columns.author[rows]
        wrote_before = _repeats(
            np.where(author < 0, -1, author * 1000 + self._columns.source[rows])
        )
        share = max(copied, wrote_before) / len(rows)
        if share < DISCOUNT_AT_LEAST:
            return None, 0.0
        return ("copied_wording" if copied >= wrote_before else "repeated_author"), share

    def _loss_rows(self, group: Group, people: People) -> list[Row]:
        """Sum the stated losses, one per person and currency."""
        losses = self._corpus.features.select(["loss_value", "loss_currency"])
        stated = losses.take(group.theme.rows)
        largest: dict[tuple[str, int], Decimal] = {}
        for value, currency, person in zip(
            *(column.to_pylist() for column in stated.columns),
            people.person_no.tolist(),
            strict=True,
        ):
            if value is not None and currency is not None:
                known = largest.get((currency, person), value)
                largest[currency, person] = max(known, value)
        by_currency: dict[str, list[Decimal]] = {}
        for (currency, _), value in sorted(largest.items()):
            by_currency.setdefault(currency, []).append(value)
        return [
            {
                "cluster_id": group.cluster_id,
                "currency": currency,
                "known_count": len(values),
                "member_count": people.possible,
                "total": sum(values, Decimal(0)),
                "median": Decimal(median(values)).quantize(Decimal("0.01")),
            }
            for currency, values in by_currency.items()
        ]

    def _member_rows(self, group: Group, people: People) -> Iterator[Row]:
        why = self._why(group, group.theme.rows, np.full(len(group.theme.rows), np.inf))
        for row, person, typicality, reason in zip(
            group.theme.rows.tolist(),
            people.person_no.tolist(),
            group.theme.typicality.tolist(),
            why,
            strict=True,
        ):
            yield {
                "cluster_id": group.cluster_id,
                "complaint_id": self._ids[row],
                "is_member": True,
                "person_no": person,
                "typicality": round(typicality, 3),
                "why": reason,
            }
        missed = group.theme.missed_rows
        for row, reason in zip(
            missed.tolist(), self._why(group, missed, group.theme.missed_text), strict=True
        ):
            yield {
                "cluster_id": group.cluster_id,
                "complaint_id": self._ids[row],
                "is_member": False,
                "person_no": None,
                "typicality": 0.0,
                "why": reason,
            }

    def _why(self, group: Group, rows: Ints, text: Floats) -> list[str]:
        """Mark what speaks for (+) and against (-) each complaint: code, words, dates."""
        used = _has_columns(self._corpus.words[rows], group.theme.words)
        number, window = group.code_number, group.theme.window
        carries = (
            np.zeros(len(rows), dtype=np.bool_)
            if number is None
            else self._corpus.codes[rows][:, [number]].toarray().ravel() > 0
        )
        marks = []
        for place, row in enumerate(rows.tolist()):
            parts = [] if number is None else ["+code" if carries[place] else "-code"]
            shared = [term for term, has in zip(group.terms, used[place], strict=True) if has]
            parts.append(f"+words:{','.join(shared[:4])}" if shared else "-words")
            if shared and text[place] < WORDS_SPEAK_FOR:
                parts[-1] = f"-words:{','.join(shared[:4])}"
            day = self._corpus.day[row]
            if window is not None and not np.isnan(day):
                parts.append("+dates" if window[0] <= day <= window[1] else "-dates")
            marks.append(" ".join(parts))
        return marks


def _cluster_row(group: Group, facts: Facts, test: WindowTest | None, losses: list[Row]) -> Row:
    cohesion = float(group.theme.typicality.mean())
    points = score(
        Evidence(
            certain=facts.certain,
            possible=facts.possible,
            cohesion=cohesion,
            alleging_share=facts.alleging / facts.complaints,
            lower=None if test is None else test.lower,
            dominance=group.theme.dominance,
            loss_share=max((row["known_count"] for row in losses), default=0) / facts.possible,
            discount_share=facts.discount_share,
        )
    )
    return {
        "cluster_id": group.cluster_id,
        "merchant_key": group.merchant_key,
        "merchant_name": group.merchant_name,
        "issue_axis": group.axis,
        "issue_code": group.code,
        "topic_terms": " ".join(group.terms),
        "window_start": None if facts.window is None else facts.window[0],
        "window_end": None if facts.window is None else facts.window[1],
        "complaints": facts.complaints,
        "complainants_certain": facts.certain,
        "complainants_possible": facts.possible,
        "expected": facts.expected,
        "signal_method": None if test is None else "gamma_poisson",
        "signal_statistic": None if test is None else test.tail,
        "signal_lower": None if test is None else test.lower,
        "cohesion": round(cohesion, 3),
        "reply_share": facts.replied / facts.repliable if facts.repliable else None,
        "discount_reason": facts.discount_reason,
        "discount_share": round(facts.discount_share, 3) if facts.discount_reason else None,
        "score": points.total,
        "reason_zh": reason_zh(facts),
        "reason_en": reason_en(facts),
    }


def _has_columns(matrix: csr_array, columns: Ints) -> Flags:
    """Mark which rows of a sparse matrix use each of a few columns."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    marks = [
        np.bincount(row[matrix.indices == column], minlength=matrix.shape[0]) > 0
        for column in columns
    ]
    return np.array(marks, dtype=np.bool_).reshape(len(columns), matrix.shape[0]).T


def _cluster_id(axis: str, code: str, merchant_key: str | None, members: list[str]) -> str:
    text = "\x1f".join([axis, code, merchant_key or "", *sorted(members)])
    return "k-" + hashlib.sha256(text.encode()).hexdigest()[:16]


def _dates(window: tuple[int, int] | None) -> tuple[date, date] | None:
    if window is None:
        return None
    return _EPOCH + timedelta(days=window[0]), _EPOCH + timedelta(days=window[1])


def _repeats(keys: Ints) -> int:
    """Count the entries beyond the first of each known key."""
    known = keys[keys >= 0]
    return len(known) - len(np.unique(known))

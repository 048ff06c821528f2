"""The first baseline: lists of keywords, as a sensible person would set them up in an afternoon.

In: the taxonomy, and texts to try the words on. Out: a baseline that gives a code
wherever one of its words stands. It knows no stance, no order of words and no model.

The words of a code are those of its label, of the terms in its definition, and of its rules,
concepts included. Whoever tries them on texts strikes the words that are too often wrong, and
keeps of the words that hardly occur those that stand for the code alone: its label, its
definition, and rules of a single part. How often is too often is chosen on labelled texts,
each judged by words tried on the others. Wallet issues are looked for only where a wallet is
named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from pipelines.labels import Code
from pipelines.normalise import normalise
from pipelines.records import Axis
from pipelines.taxonomy import Taxonomy
from pipelines.taxonomy.model import Entry, Part
from pipelines.wallet_reach import WALLET_SECTORS
from pipelines.word_search import WordSearch
from tests.eval.labels import AXES
from tests.eval.lessons import Lesson, implied_natures
from tests.eval.measures import Array
from tests.eval.predictions import Prediction

Term = tuple[str, Code]
Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

KIND_WORDS = {
    "report": (
        "记者", "民警", "警方", "派出所", "通报", "据介绍", "据报道", "日报讯", "本报讯", "某某",
        "reporter", "police said", "according to police",
    ),
    "guide": (
        "提醒", "温馨提示", "注意事项", "防范", "如何", "怎么办", "攻略", "谨防", "切勿", "支招",
        "how to", "tips", "beware", "be careful", "make sure", "protect yourself",
    ),
    "complaint": (
        "投诉", "我", "本人", "要求", "希望", "领导", "my", "i", "me", "complain", "refund", "scam",
    ),
}  # fmt: skip
"""Words of a report, which come first; of a guide; of a complaint."""

FOLDS = 5

Strictness = tuple[float, int]
STRICTNESS: tuple[Strictness, ...] = tuple(
    (share, seen) for share in (0.5, 0.6, 0.7, 0.8, 0.9) for seen in (1, 2, 3)
)
"""What a word may be asked for: the share of its texts in which it is right, of how many."""

_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]")
_BETWEEN = re.compile(r"[,，、;；/]")
_LATIN = re.compile(r"[a-z0-9_]")
_SHORTEST = 2


class KeywordReader:
    """Codes by their words, kinds by theirs."""

    def __init__(
        self, taxonomy: Taxonomy, labelled: Sequence[Lesson], examples: Sequence[Lesson]
    ) -> None:
        """Gather the words of every code, and choose how strictly to strike the bad ones."""
        terms, sure = _all_terms(taxonomy)
        self._terms = sorted(terms)
        self._codes = sorted({code for _, code in terms})
        self._is_sure = np.array([term in sure for term in self._terms])
        self._number = {term: number for number, term in enumerate(self._terms)}
        self._words = _Words((word for word, _ in terms), self._terms)
        self._of_code = self._codes_of_terms()
        self._implied = self._natures_of_codes(taxonomy)
        self._wallets = _plain_words(_wallet_names(taxonomy))
        self._kinds = {name: _plain_words(words) for name, words in KIND_WORDS.items()}
        self._labelled = labelled
        lessons = [*labelled, *examples]
        self._hits = self._found([lesson.wording for lesson in lessons])
        self._truth = np.array([[code in one.codes for code in self._codes] for one in lessons])
        self._right = self._hits.multiply(self._truth[:, self._of_code.argmax(axis=1)]).tocsr()
        self._axis_of = np.array([axis for _, (axis, _) in self._terms], dtype=object)
        self._strictness = {axis: self._best_strictness(axis) for axis in AXES}

    def of_labelled(self) -> list[Prediction]:
        """Give what it says of the labelled texts, its words tried on the others only."""
        given = self._left_out(self._strictness)
        return self._predictions([one.wording for one in self._labelled], given)

    def of_new(self, wordings: Sequence[str]) -> list[Prediction]:
        """Give what it says of texts."""
        kept = self._kept(np.arange(self._hits.shape[0]), self._strictness)
        return self._predictions(wordings, self._given(self._found(wordings), kept))

    def _best_strictness(self, axis: Axis) -> Strictness:
        """Choose the strictness under which the words of one axis do best on labelled texts."""
        columns = [number for number, code in enumerate(self._codes) if code[0] is axis]
        truth = self._truth[: len(self._labelled), columns]

        def f1(strictness: Strictness) -> float:
            given = self._left_out({axis: strictness})[:, columns]
            return float(2 * (given & truth).sum() / max(1, given.sum() + truth.sum()))

        return max(STRICTNESS, key=f1)

    def _kept(self, rows: Rows, strictness: Mapping[Axis, Strictness]) -> Flags:
        """Say which words of some axes are kept when they are tried on some lessons."""
        seen = np.asarray(self._hits[rows].sum(axis=0)).ravel()
        right = np.asarray(self._right[rows].sum(axis=0)).ravel()
        kept = np.zeros(len(self._terms), dtype=bool)
        for axis, (least_share, least_seen) in strictness.items():
            is_proven = (seen >= least_seen) & (right >= least_share * seen)
            is_trusted = (seen < least_seen) & (right == seen) & self._is_sure
            kept |= (is_proven | is_trusted) & (self._axis_of == axis)
        return kept

    def _left_out(self, strictness: Mapping[Axis, Strictness]) -> Flags:
        """Give the codes of labelled texts, each fifth by words tried on all the rest."""
        fold = np.arange(len(self._labelled)) % FOLDS
        result = np.zeros((len(self._labelled), len(self._codes)), dtype=bool)
        for number in range(FOLDS):
            outside = np.flatnonzero(fold == number)
            inside = np.setdiff1d(np.arange(self._hits.shape[0]), outside)
            result[outside] = self._given(self._hits[outside], self._kept(inside, strictness))
        return result

    def _given(self, hits: sparse.csr_matrix, kept: Flags) -> Flags:
        """Give the codes of texts by their words, and the natures that follow from them."""
        codes = (hits[:, kept] @ self._of_code[kept]) > 0
        given: Flags = codes | ((codes @ self._implied) > 0)
        return given

    def _found(self, wordings: Sequence[str]) -> sparse.csr_matrix:
        """Say which words stand in which texts; those of wallets only where a wallet is named."""
        cells = [
            (row, self._number[term])
            for row, wording in enumerate(wordings)
            for term in self._words.found(wording)
            if term[1][0] is not Axis.WALLET or self._wallets.found(wording)
        ]
        rows, columns = np.array(cells, dtype=np.int64).reshape(-1, 2).T
        shape = (len(wordings), len(self._terms))
        return sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=shape)

    def _codes_of_terms(self) -> Array:
        place = {code: number for number, code in enumerate(self._codes)}
        result = np.zeros((len(self._terms), len(self._codes)))
        for number, (_, code) in enumerate(self._terms):
            result[number, place[code]] = 1
        return result

    def _natures_of_codes(self, taxonomy: Taxonomy) -> Array:
        natures = [implied_natures(code, taxonomy) for code in self._codes]
        return np.array([[float(code in its) for code in self._codes] for its in natures])

    def _predictions(self, wordings: Sequence[str], given: Flags) -> list[Prediction]:
        return [self._prediction(*one) for one in zip(wordings, given, strict=True)]

    def _prediction(self, wording: str, given: Flags) -> Prediction:
        codes = [code for code, is_given in zip(self._codes, given, strict=True) if is_given]
        kind = self._kind(wording, has_codes=bool(codes))
        is_telling = kind in ("complaint", "report")
        return Prediction(kind=kind, codes=dict.fromkeys(codes, 1.0) if is_telling else {})

    def _kind(self, wording: str, *, has_codes: bool) -> str:
        if self._kinds["report"].found(wording):
            return "report"
        is_told = bool(self._kinds["complaint"].found(wording))
        if self._kinds["guide"].found(wording) and not is_told:
            return "guide"
        return "complaint" if has_codes or is_told else "other"


class _Words:
    """Words to be found in texts, each with the codes that it stands for."""

    def __init__(self, words: Iterable[str], terms: Iterable[Term]) -> None:
        of_word: dict[str, list[Term]] = {word: [] for word in words}
        for term in terms:
            of_word[term[0]].append(term)
        by_literal: dict[str, list[tuple[str, list[Term]]]] = {}
        for word, its_terms in of_word.items():
            by_literal.setdefault(word.removesuffix("*"), []).append((word, its_terms))
        self._search = WordSearch(by_literal)

    def found(self, wording: str) -> set[Term]:
        """Give the words that stand in a text; Latin ones only as whole words."""
        return {
            term
            for start, end, words in self._search.find(wording)
            for word, terms in words
            if _stands_alone(wording, start, end, word)
            for term in terms
        }


def _stands_alone(text: str, start: int, end: int, word: str) -> bool:
    if not _LATIN.match(word):
        return True
    begins = start == 0 or not _LATIN.match(text[start - 1])
    return begins and (word.endswith("*") or end == len(text) or not _LATIN.match(text[end]))


def _all_terms(taxonomy: Taxonomy) -> tuple[set[Term], set[Term]]:
    """Give all words of the codes, and those that stand for their code alone."""
    terms: set[Term] = set()
    sure: set[Term] = set()
    for code, entry in taxonomy.entries.items():
        if code[0] not in AXES or entry.retired is not None:
            continue
        sure |= {(word, code) for word in _told_words(entry)}
        for rule in entry.rules:
            words = {(word, code) for part in rule.shape.parts for word in _words(part, taxonomy)}
            terms |= words
            if len(rule.shape.parts) == 1:
                sure |= words
    return terms | sure, sure


def _told_words(entry: Entry) -> Iterator[str]:
    """Give the words of label and definition: the label itself, and what stands in brackets."""
    for label in (entry.label.zh, entry.label.en):
        yield from _usable([label])
    for definition in (entry.definition.zh, entry.definition.en):
        for inside in _IN_BRACKETS.findall(definition):
            yield from _usable(_BETWEEN.split(inside))


def _words(part: Part, taxonomy: Taxonomy) -> Iterator[str]:
    """Give the words of a part, its concepts' words included."""
    yield from _usable(part.terms)
    for name in part.concepts:
        yield from _words(taxonomy.concepts[name].part, taxonomy)


def _usable(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        plain = normalise(word).text.strip()
        if len(plain.removesuffix("*")) >= _SHORTEST:
            yield plain


def _wallet_names(taxonomy: Taxonomy) -> Iterator[str]:
    """Give the words by which people name a wallet, and the names of those that are known."""
    yield from _words(taxonomy.concepts["wallet_product"].part, taxonomy)
    for merchant in taxonomy.merchants.values():
        if merchant.sector in WALLET_SECTORS:
            yield from _usable((merchant.name, *merchant.aliases))


def _plain_words(words: Iterable[str]) -> _Words:
    given = {normalise(word).text for word in words}
    return _Words(given, ((word, (Axis.TOPIC, "")) for word in given))

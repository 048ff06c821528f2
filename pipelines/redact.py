"""Personal data out of a text, before anything else reads it.

In: a raw text and the installation's key. Out: `Redacted`: the text with numbered
placeholders, where each stands and stood, and keyed hashes of contacts and references for
linking. Out of scope: which detectors exist and what they pass over (`pipelines.extract`),
and the redaction of columns other than text.

Only `redact` can make a `Narrative`, and every later step takes one: so none can be handed
a text that was not redacted.
"""

from __future__ import annotations

import hmac
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.extract.addresses import find_chinese_addresses
from pipelines.extract.chinese_names import find_chinese_names, find_known_names
from pipelines.extract.english_addresses import find_english_addresses
from pipelines.extract.english_names import find_english_names
from pipelines.extract.identifiers import find_identifiers
from pipelines.extract.persons import Mention, identify
from pipelines.extract.references import find_references
from pipelines.extract.regions import region_of_address
from pipelines.extract.removed import blanked
from pipelines.normalise import Normalised, normalise
from pipelines.records import Link, Redaction, Span
from pipelines.veils import look_through_blanks, look_under_markup

_PLACEHOLDER = re.compile(
    r"\[(PERSON|ID_CARD|MOBILE|LANDLINE|BANK_CARD|EMAIL|QQ|WECHAT|PLATE|ADDRESS"
    r"|PASSPORT)_(\d{1,6})\]"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_CAPITALISED = re.compile(r"[A-Z](?:[a-z]|(?<=M)[RS])")
_MOST_ROUNDS = 4
"""A placeholder may lay bare another identifier beside it; one or two rounds settle real texts."""

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Narrative:
    """A redacted text with its normalised view. Only `redact` can make one."""

    text: str
    normalised: Normalised
    seal: object

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError(
                "Narrative: expected to be made by pipelines.redact.redact; found a direct call. "
                "Pass the raw text through redact(text, key)."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """What redaction made of a text.

    `redactions` are in order and map offsets both ways; `links` are the contacts and
    references of the text under keyed hashes. `region` is the province or state that the
    first replaced address lies in, None where no address tells.
    """

    narrative: Narrative
    redactions: tuple[Redaction, ...]
    links: tuple[Link, ...]
    region: str | None = None

    def to_redacted(self, position: int) -> int:
        """Map a position of the raw text to the redacted one.

        A position inside a replaced identifier maps to the end of its placeholder.

        >>> redact("张先生投诉", b"key").to_redacted(3)
        10
        """
        index = bisect_right(self.redactions, position, key=lambda one: one.raw_span.start) - 1
        if index < 0:
            return position
        nearest = self.redactions[index]
        if position <= nearest.raw_span.start:
            return nearest.span.start
        return nearest.span.end + max(0, position - nearest.raw_span.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    """An identifier in the raw text. `person` is set for names, `identity` for the rest."""

    kind: str
    raw: Span
    identity: str = ""
    person: Mention | None = None


def redact(text: str, key: bytes, known_names: Sequence[str] = ()) -> Redacted:
    """Replace personal data by placeholders that are stable inside one document.

    The same person or number is the same placeholder throughout; nothing else changes.
    Redacting the result again changes nothing. `key` makes the hashes of the links;
    `known_names` are normalised Chinese names of persons that go in any surroundings.

    >>> redact("张先生说，找张总，电话 154-0000-0000", b"key").narrative.text
    '[PERSON_1]说，找[PERSON_1]，电话 [MOBILE_1]'
    """
    hits: list[_Hit] = []
    redactions: tuple[Redaction, ...] = ()
    redacted, view = text, normalise(text)
    for _ in range(_MOST_ROUNDS):
        found = _find(redacted, view, known_names)
        if not found:
            break
        hits = _without_overlaps([*hits, *_in_raw(found, redactions)])
        redacted, redactions = _replace(text, hits)
        view = normalise(redacted)
    narrative = Narrative(redacted, view, _SEAL)
    return Redacted(
        narrative=narrative,
        redactions=redactions,
        links=(*_contact_links(hits, redactions, key), *_reference_links(view, key)),
        region=_region(text, hits),
    )


def only_passages(narrative: Narrative, passages: Sequence[Span]) -> Narrative:
    """Leave only some passages of a redacted text, each where it stands; keeps the length.

    >>> narrative = redact("张先生付了钱。专家说应当小心。", b"key").narrative
    >>> only_passages(narrative, [Span(0, 14)]).text.rstrip()
    '[PERSON_1]付了钱。'
    """
    pieces: list[str] = []
    position = 0
    for start, end in passages:
        pieces += ("\n" * (start - position), narrative.text[start:end])
        position = end
    pieces.append("\n" * (len(narrative.text) - position))
    text = "".join(pieces)
    return Narrative(text, normalise(text), _SEAL)


def without_passages(narrative: Narrative, passages: Sequence[Span]) -> Narrative:
    """Blank passages of the normalised view, in both texts; every offset stays where it is.

    >>> without_passages(redact("退款!买粉网站", b"key").narrative, [Span(3, 7)]).text
    '退款!    '
    """
    view = narrative.normalised
    sources = [view.to_source(*passage) for passage in passages]
    return Narrative(
        blanked(narrative.text, sources),
        replace(view, text=blanked(view.text, passages)),
        _SEAL,
    )


def _find(text: str, view: Normalised, known_names: Sequence[str]) -> list[_Hit]:
    """Find what must go from a text, leaving its placeholders alone."""
    hits = _find_plain(text, view, known_names)
    return _beside_placeholders([*hits, *_find_under_markup(text, known_names)], text)


def _find_plain(text: str, view: Normalised, known_names: Sequence[str]) -> list[_Hit]:
    hits = [
        _Hit(kind=seen.kind, raw=view.to_source(seen.start, seen.end), identity=seen.identity)
        for seen in find_identifiers(view.text)
    ]
    if not view.text.isascii() and _HAN.search(view.text):
        hits += [
            _Hit(kind="person", raw=view.to_source(one.start, one.end), person=one)
            for one in (
                *find_chinese_names(view.text),
                *find_known_names(view.text, known_names),
            )
        ]
        hits += [
            _Hit(kind="address", raw=view.to_source(seen.start, seen.end), identity=seen.identity)
            for seen in find_chinese_addresses(view.text)
        ]
    return [*hits, *_find_as_written(text)]


def _find_as_written(text: str) -> Iterator[_Hit]:
    """Find what shows by its capitals; odd and invisible characters do not hide it."""
    unveiled = look_through_blanks(text)
    plain, to_source = (unveiled.text, unveiled.to_source) if unveiled else (text, Span)
    for one in find_english_names(plain):
        yield _Hit(kind="person", raw=to_source(one.start, one.end), person=one)
    if _CAPITALISED.search(plain):
        for seen in find_english_addresses(plain):
            raw = to_source(seen.start, seen.end)
            yield _Hit(kind="address", raw=raw, identity=seen.identity)


def _find_under_markup(text: str, known_names: Sequence[str]) -> Iterator[_Hit]:
    """Find what shows only once tags, entities and escapes are undone; spans are of `text`."""
    unveiled = look_under_markup(text)
    if unveiled is None:
        return
    for hit in _find_plain(unveiled.text, normalise(unveiled.text), known_names):
        yield replace(hit, raw=unveiled.to_source(*hit.raw))


def _beside_placeholders(hits: list[_Hit], text: str) -> list[_Hit]:
    """Leave out the hits that touch a placeholder which the text has already."""
    if not hits or "[" not in text:
        return hits
    placeholders = [match.span() for match in _PLACEHOLDER.finditer(text)]
    return [hit for hit in hits if not _overlaps(hit.raw, placeholders)]


def _overlaps(span: Span, others: list[tuple[int, int]]) -> bool:
    """Say whether a span shares a character with one of others, which are in order."""
    index = bisect_right(others, span.end - 1, key=lambda other: other[0]) - 1
    return index >= 0 and others[index][1] > span.start


def _in_raw(hits: list[_Hit], redactions: tuple[Redaction, ...]) -> list[_Hit]:
    """Move hits from a partly redacted text to the raw text; none touches a placeholder."""
    if not redactions:
        return hits
    ends = [one.span.end for one in redactions]
    shifts = [0, *(one.raw_span.end - one.span.end for one in redactions)]
    return [
        replace(hit, raw=Span(hit.raw.start + shift, hit.raw.end + shift))
        for hit in hits
        for shift in (shifts[bisect_right(ends, hit.raw.start)],)
    ]


def _without_overlaps(hits: list[_Hit]) -> list[_Hit]:
    """Keep, from the left, the longest of the hits that overlap."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.raw.start, -hit.raw.end)):
        if not kept or hit.raw.start >= kept[-1].raw.end:
            kept.append(hit)
    return kept


def _replace(text: str, hits: list[_Hit]) -> tuple[str, tuple[Redaction, ...]]:
    """Put a numbered placeholder in the place of every hit."""
    pieces: list[str] = []
    redactions: list[Redaction] = []
    position = length = 0
    for hit, placeholder in zip(hits, _placeholders(text, hits), strict=True):
        start = length + hit.raw.start - position
        length = start + len(placeholder)
        pieces += (text[position : hit.raw.start], placeholder)
        position = hit.raw.end
        redactions.append(Redaction(kind=hit.kind, raw_span=hit.raw, span=Span(start, length)))
    pieces.append(text[position:])
    return "".join(pieces), tuple(redactions)


def _placeholders(text: str, hits: list[_Hit]) -> Iterator[str]:
    """Number the hits by kind and identity, above any placeholder the text came with."""
    numbers: dict[tuple[str, str], int] = {}
    highest: Counter[str] = Counter()
    if "[" in text:
        for kind, number in _PLACEHOLDER.findall(text):
            highest[kind] = max(highest[kind], int(number))
    persons = iter(identify([hit.person for hit in hits if hit.person is not None]))
    for hit in hits:
        kind = hit.kind.upper()
        identity = hit.identity if hit.person is None else str(next(persons))
        if (kind, identity) not in numbers:
            highest[kind] += 1
            numbers[kind, identity] = highest[kind]
        yield f"[{kind}_{numbers[kind, identity]}]"


def _region(text: str, hits: list[_Hit]) -> str | None:
    """Name the province or state of the first address that names one."""
    places = (text[slice(*hit.raw)] for hit in hits if hit.kind == "address")
    return next(filter(None, map(region_of_address, places)), None)


def _contact_links(
    hits: list[_Hit], redactions: tuple[Redaction, ...], key: bytes
) -> Iterator[Link]:
    """Hash the contacts that were replaced; a masked one may be anybody's and is left out."""
    for hit, redaction in zip(hits, redactions, strict=True):
        if hit.kind not in ("person", "address") and "*" not in hit.identity:
            yield Link(
                kind=hit.kind,
                link_key=_link_key(hit.kind, hit.identity, key),
                span=redaction.span,
            )


def _reference_links(view: Normalised, key: bytes) -> Iterator[Link]:
    """Hash the order numbers and web addresses, which stay in the text."""
    for seen in find_references(view.text):
        yield Link(
            kind=seen.kind,
            link_key=_link_key(seen.kind, seen.identity, key),
            span=view.to_source(seen.start, seen.end),
        )


def _link_key(kind: str, identity: str, key: bytes) -> str:
    """Give the keyed hash of one contact or reference, 128 bits in hexadecimal.

    The shared form of link keys, over `kind:identity` in UTF-8, which `warehouse.keyed` makes
    of contacts in columns too.
    """
    message = f"{kind}:{identity}".encode("utf-8", "surrogatepass")
    return hmac.digest(key, message, "sha256").hex()[:32]

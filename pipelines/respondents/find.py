"""Finds whom a complaint is about: the party that is given, or one that its text names.

In: one complaint with its redacted narrative and the normalised view of it. Out: its
parties, at most one of them the respondent, spans in the narrative. Out of scope: which
merchant a name is (`pipelines.respondents.resolve`).

A given respondent stands. Without one, in this order: a merchant that the text complains
of, a place or organisation that its topic sentence names, a company that acts in it. A
seller who is only described stays unnamed, and the marketplace is the platform.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.normalise import Normalised
from pipelines.records import Complaint, Identity, Party, PartyRole, Span
from pipelines.respondents.lexicon import Lexicon, Mention
from pipelines.respondents.place_finder import NamedPlace, find_places
from pipelines.respondents.topic import Target, choose_topic
from pipelines.word_search import WordSearch

_LEGAL_FORM = re.compile(
    r" (?:LLC|L\.L\.C\.|Inc|Incorporated|Ltd|Limited|Corp|Corporation|PLC|LLP|Credit Union)\b\.?"
)
_LATIN_COMPANY = re.compile(
    r"(?<![\w&'’.-])(?:(?![A-Z](?<!\w.))[\w&'’.-])*+"
    r"(?P<name>[A-Z][\w&'’.-]*+,?(?: (?:of|and|&|[A-Z][\w&'’.-]*+),?){0,5}"
    rf"{_LEGAL_FORM.pattern})"
)
"""A name begins at the first capital of a run, so that no run is read twice."""
MOST_MENTIONED = 10
"""Further names kept for one complaint; a text that names more is a list, not an account."""


def find_parties(
    narrative_text: str, normalised: Normalised, complaint: Complaint, lexicon: Lexicon
) -> tuple[Party, ...]:
    """Name the parties of a complaint, the respondent first if there is one.

    The same complaint and lexicon give the same parties. Spans index into
    `narrative_text`; a given party has none.
    """
    source = _Source(narrative_text=narrative_text, normalised=normalised, lexicon=lexicon)
    mentions = tuple(lexicon.mentions(normalised.text))
    respondent = _given("respondent", complaint.respondent_name, lexicon)
    platform = _given("platform", complaint.platform_name, lexicon)
    places: tuple[NamedPlace, ...] = ()
    if respondent is None:
        places = find_places(normalised.text)
        title_end = normalised.text.find("\n") + 1 if complaint.title else 0
        topic = choose_topic(normalised.text, title_end, mentions, places, lexicon)
        respondent = _cut("respondent", topic.respondent, source)
        if respondent is None or respondent.identity == "unnamed":
            respondent = _latin_company(narrative_text) or respondent
        platform = platform or _cut("platform", topic.platform, source)
    parties = [party for party in (respondent, platform) if party]
    return (*parties, *_mentioned(mentions, places, parties, source))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Where names are cut from: a narrative, by way of its normalised view."""

    narrative_text: str
    normalised: Normalised
    lexicon: Lexicon

    def cut(self, target: Target) -> tuple[Span, str]:
        """Give the span of a target in the narrative, and what is written there."""
        span = self.normalised.to_source(*target.span)
        return span, self.narrative_text[span.start : span.end]


def _given(role: PartyRole, name: str | None, lexicon: Lexicon) -> Party | None:
    """Take a name from a column of the source; a blank column gives none."""
    if name is None or not name.strip():
        return None
    return Party(role=role, raw=name.strip(), identity=lexicon.identify(name)[1], how="given")


def _cut(role: PartyRole, target: Target | None, source: _Source) -> Party | None:
    """Cut a name out of the narrative; whoever is only described stays unnamed."""
    if target is None:
        return None
    span, raw = source.cut(target)
    identity: Identity = source.lexicon.identify(raw)[1] if target.is_named else "unnamed"
    return Party(role=role, raw=raw, identity=identity, how=target.how, span=span)


def _latin_company(narrative_text: str) -> Party | None:
    """Find a company that an English text calls by its full name, capitals and legal form."""
    if _LEGAL_FORM.search(narrative_text) is None:
        return None
    match = _LATIN_COMPANY.search(narrative_text)
    if match is None:
        return None
    return Party(
        role="respondent",
        raw=match["name"],
        identity="named",
        how="frame",
        span=Span(*match.span("name")),
    )


def _mentioned(
    mentions: Iterable[Mention],
    places: Iterable[NamedPlace],
    parties: Sequence[Party],
    source: _Source,
) -> Iterator[Party]:
    """Give each further merchant and place once: merchants first, each in the order of the text.

    A place without its region is believed when the text names it again.
    """
    raws = {party.raw for party in parties}
    keys = {source.lexicon.identify(raw)[0] for raw in raws}
    merchants = source.lexicon.merchants
    targets: list[tuple[Target, Identity]] = []
    for mention in mentions:
        if mention.key not in keys:
            keys.add(mention.key)
            identity: Identity = "licensed" if merchants[mention.key].is_licensed else "named"
            targets.append((Target(Span(mention.start, mention.end), "alias"), identity))
    targets += [
        (Target(Span(place.start, place.end), "place"), "named")
        for place in _believed(places, source.normalised.text)
    ]
    for target, identity in targets[:MOST_MENTIONED]:
        span, raw = source.cut(target)
        if raw not in raws:
            raws.add(raw)
            yield Party(role="mentioned", raw=raw, identity=identity, how=target.how, span=span)


def _believed(places: Iterable[NamedPlace], text: str) -> Iterator[NamedPlace]:
    """Give the places that stand beside their region, or that the text names again."""
    places = tuple(places)
    names = {text[place.start : place.end] for place in places if not place.is_anchored}
    counts: Counter[str] = Counter()
    reached: dict[str, int] = {}
    for start, end, name in _search_for(names, text):
        if start >= reached.get(name, 0):
            reached[name] = end
            counts[name] += 1
    for place in places:
        if place.is_anchored or counts[text[place.start : place.end]] > 1:
            yield place


def _search_for(names: Iterable[str], text: str) -> Iterator[tuple[int, int, str]]:
    """Find names wherever they stand in a text, all in one pass."""
    words = {name: name for name in names}
    return WordSearch(words).find(text) if words else iter(())

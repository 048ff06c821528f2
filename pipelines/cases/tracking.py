"""Which sentences of a report tell the story of which person.

In: a redacted narrative with its sentences. Out: told cases, in order of the text. Out of
scope: who may be somebody's story at all (`pipelines.cases.figures`).

The text is followed sentence by sentence. Whoever is introduced begins a case; whoever is
named again takes up their own. A sentence that names nobody goes on with the story unless
it is a heading, a remark (of experts, officials, reporters) or speaks of everybody; after
those the story goes on with a name, or where the sentence itself points back to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from pipelines.cases import markers
from pipelines.cases.figures import (
    Mention,
    Standing,
    View,
    find_given_names,
    find_nicknames,
    find_placeholders,
    is_sentenced,
)
from pipelines.cases.strangers import find_strangers
from pipelines.records import Span
from pipelines.redact import Narrative

_LONGEST_HEADING_ZH, _LONGEST_HEADING_EN = 26, 90
_MOST_CASES = 60
"""Cases of one report; a text that has more is a list of names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCase:
    """One person's story: who it is, and the passages of the normalised text that tell it.

    `label` may be shown; it is None for a name that redaction let stand. `mentions` are the
    places where the person stands, the introduction first. `is_likewise`: the introduction
    sets the person beside another (also, 另一位, 同样).
    """

    label: str | None
    mentions: tuple[Span, ...]
    passages: tuple[Span, ...]
    sentence_count: int
    is_unnamed: bool
    is_likewise: bool


class _State(Enum):
    """What the text is doing where the next sentence begins."""

    NOBODY = auto()
    TELLING = auto()
    PAUSED = auto()
    REMARK = auto()


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A case in the making."""

    key: str
    label: str | None
    mentions: list[Span] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)


def tell_cases(
    narrative: Narrative, sentences: Sequence[Span], title_length: int = 0
) -> tuple[ToldCase, ...]:
    """Divide a report into the stories of certain people, in order of their introduction.

    A report that gives totals only has none. `sentences` are those of the normalised text.

    >>> from pipelines.redact import redact
    >>> from pipelines.segment import sentences
    >>> text = "曲靖郭先生花50元买卡,卡密已被使用。佛山李女士卖卡,买家拍下未付款。"
    >>> narrative = redact(text, b"key").narrative
    >>> [one.label for one in tell_cases(narrative, sentences(narrative.normalised.text))]
    ['[PERSON_1]', '[PERSON_2]']
    """
    view = View(narrative)
    mentions = tuple(_mentions(view))
    if not mentions and not markers.NUMBERED.search(view.text):
        return ()
    story = _Story(view.text, mentions, view.from_source(title_length) if title_length else 0)
    for sentence in sentences:
        story.follow(sentence)
    return tuple(story.cases())


def _mentions(view: View) -> Iterator[Mention]:
    """Find the mentions of all figures of a text, in order, without overlap."""
    found = (
        *find_placeholders(view),
        *find_nicknames(view),
        *find_given_names(view),
        *find_strangers(view),
    )
    end = 0
    for mention in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if mention.span.start >= end:
            yield mention
            end = mention.span.end


class _Story:
    """The cases of a text while it is followed."""

    def __init__(self, text: str, mentions: Sequence[Mention], title_end: int) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = [mention.span.start for mention in mentions]
        self._title_end = title_end
        self._outside = _standing_outside(text, mentions)
        self._drafts: dict[str, _Draft] = {}
        self._companions: set[str] = set()
        self._current: _Draft | None = None
        self._state = _State.NOBODY
        self._in_block = False
        self._block_is_open = False

    def follow(self, sentence: Span) -> None:
        """Take the next sentence: give it to the case it tells, or to none."""
        if sentence.start < self._title_end:
            return
        if markers.NUMBERED.search(self._text, *_with_margin(sentence)):
            self._open_block()
        elif self._is_heading(sentence):
            self._in_block = self._block_is_open = False
            self._pause()
            return
        mentions = self._within(sentence)
        teller = self._teller(sentence, mentions)
        if teller is None and self._block_is_open and not self._is_heading(sentence):
            teller = self._anybody(sentence)
        if teller is not None:
            self._tell(teller, sentence)
        elif self._closes(sentence):
            self._add(sentence)
        elif self._is_remark(sentence, mentions):
            self._hear(sentence, mentions)
        elif self._goes_on(sentence):
            self._add(sentence)
        else:
            self._pause()

    def _hear(self, sentence: Span, mentions: Sequence[Mention]) -> None:
        """Let somebody else have the word: for this sentence, or until a person is named again."""
        is_lasting = markers.LASTING_SPEAKER.search(self._text, *sentence) or any(
            one.standing is Standing.SPEAKS_FOR_OTHERS for one in mentions
        )
        self._state = _State.REMARK if is_lasting else self._paused()

    def cases(self) -> Iterator[ToldCase]:
        """Give the cases that tell of something that happened to somebody."""
        drafts = [draft for draft in self._drafts.values() if self._is_experience(draft)]
        for draft in drafts[:_MOST_CASES]:
            yield ToldCase(
                label=draft.label,
                mentions=tuple(draft.mentions),
                passages=tuple(_joined(self._text, draft.sentences)),
                sentence_count=len(draft.sentences),
                is_unnamed=draft.key.startswith("unnamed"),
                is_likewise=markers.LIKEWISE.search(self._text, *draft.sentences[0]) is not None,
            )

    def _closes(self, sentence: Span) -> bool:
        """Say whether a sentence tells how the one case of a report stood at the end."""
        is_only = self._current is not None and len(self._drafts) == 1
        return is_only and markers.CLOSING.search(self._text, *sentence) is not None

    def _within(self, sentence: Span) -> Sequence[Mention]:
        first = bisect_left(self._starts, sentence.start)
        return self._mentions[first : bisect_left(self._starts, sentence.end)]

    def _open_block(self) -> None:
        self._current = None
        self._state = _State.NOBODY
        self._in_block = self._block_is_open = True

    def _paused(self) -> _State:
        return _State.PAUSED if self._current else _State.NOBODY

    def _pause(self) -> None:
        if self._state is not _State.REMARK:
            self._state = self._paused()

    def _is_heading(self, sentence: Span) -> bool:
        """Say whether a sentence is a short line of its own without an end mark."""
        text, (start, end) = self._text, sentence
        longest = _LONGEST_HEADING_EN if text[start].isascii() else _LONGEST_HEADING_ZH
        if end - start > longest or markers.SENTENCE_END.search(text, start, end):
            return False
        is_line = (start == 0 or text[start - 1] == "\n") and text[end : end + 1] in ("", "\n")
        return is_line

    def _teller(self, sentence: Span, mentions: Sequence[Mention]) -> Mention | None:
        """Choose whose story a sentence tells, of those whom it names."""
        live = [one for one in mentions if self._may_tell(one)]
        if not live:
            return None
        if self._speaks_of(live[0], sentence, mentions):
            return None
        fresh = [one for one in live if one.key not in self._drafts]
        for one in fresh:
            if self._begins(one, live, sentence):
                return one
            self._companions.add(one.key)
        known = [one for one in live if one.key in self._drafts]
        if not known:
            return None
        if self._in_block and self._current:
            known = [one for one in known if one.key == self._current.key] or known
        return known[-1] if markers.LINKS_TWO.match(self._text, sentence.start) else known[0]

    def _may_tell(self, mention: Mention) -> bool:
        if mention.key in self._outside or mention.key in self._companions:
            return False
        if mention.key in self._drafts:
            return mention.standing is not Standing.SPEAKS_FOR_OTHERS
        return mention.standing in (Standing.PLAIN, Standing.INTRODUCED) or (
            mention.standing is Standing.PARTY and self._state is not _State.TELLING
        )

    def _speaks_of(self, first: Mention, sentence: Span, mentions: Sequence[Mention]) -> bool:
        """Say whether somebody else speaks of the person: a remark, no story."""
        before = self._text[sentence.start : first.span.start]
        experts = [one for one in mentions if one.standing is Standing.SPEAKS_FOR_OTHERS]
        if any(one.span.start < first.span.start for one in experts):
            return True
        if not markers.TOPIC.search(before):
            return False
        return bool(experts) or bool(
            markers.LASTING_SPEAKER.search(self._text, first.span.end, sentence.end)
        )

    def _begins(self, fresh: Mention, live: Sequence[Mention], sentence: Span) -> bool:
        """Say whether a new person begins a story, or only appears in another's."""
        if self._in_block and self._current is not None:
            return False
        if len(self._drafts) >= _MOST_CASES * 2:
            return False
        before = self._text[sentence.start : fresh.span.start]
        if fresh.standing is Standing.INTRODUCED and self._state is not _State.TELLING:
            return True
        earlier = [one for one in live if one.span.start < fresh.span.start]
        if earlier and not markers.LIKEWISE.search(self._text, *sentence):
            return False
        if markers.OBJECT.search(before) and self._current is not None:
            return False
        is_unnamed = fresh.key.startswith("unnamed")
        if self._state is _State.TELLING and is_unnamed and not self._opens_paragraph(sentence):
            return markers.LIKEWISE.search(self._text, *sentence) is not None
        return True

    def _opens_paragraph(self, sentence: Span) -> bool:
        return sentence.start == 0 or self._text[sentence.start - 1] == "\n"

    def _anybody(self, sentence: Span) -> Mention | None:
        """Take the first word for somebody in a numbered case that names nobody."""
        match = markers.SOMEBODY.search(self._text, *sentence)
        if match is None or not markers.EXPERIENCE.search(self._text, *sentence):
            return None
        return Mention(
            span=Span(*match.span()),
            key=f"unnamed:{match.start()}",
            label=match.group(),
            standing=Standing.INTRODUCED,
        )

    def _tell(self, teller: Mention, sentence: Span) -> None:
        draft = self._drafts.setdefault(teller.key, _Draft(key=teller.key, label=teller.label))
        draft.mentions.append(teller.span)
        self._current = draft
        self._state = _State.TELLING
        self._block_is_open = False
        draft.sentences.append(sentence)

    def _add(self, sentence: Span) -> None:
        assert self._current is not None, "a story that goes on was begun"
        self._current.sentences.append(sentence)
        self._state = _State.TELLING

    def _is_remark(self, sentence: Span, mentions: Sequence[Mention]) -> bool:
        if any(
            one.standing is Standing.SPEAKS_FOR_OTHERS or one.key in self._outside
            for one in mentions
        ):
            return True
        if not markers.SPEAKER.search(self._text, *sentence):
            return False
        if self._is_telling_on(sentence) and not markers.SPEECH.search(self._text, *sentence):
            return False
        is_linked = self._state is _State.TELLING and markers.POINTS_BACK.search(
            self._text, *sentence
        )
        return not is_linked or bool(markers.LASTING_SPEAKER.match(self._text, sentence.start))

    def _is_telling_on(self, sentence: Span) -> bool:
        """Say whether a sentence stands in the paragraph, or the numbered case, that tells."""
        if self._state is not _State.TELLING:
            return False
        return self._in_block or not self._opens_paragraph(sentence)

    def _goes_on(self, sentence: Span) -> bool:
        """Say whether a sentence that names nobody goes on with the current story."""
        if self._current is None or self._state in (_State.NOBODY, _State.REMARK):
            return False
        points_back = markers.POINTS_BACK.search(self._text, *sentence) is not None
        is_general = markers.GENERAL.search(self._text, *sentence) is not None
        if self._state is _State.TELLING and not self._opens_paragraph(sentence):
            return points_back or not is_general
        if is_general:
            return points_back and '"' in self._text[sentence.start : sentence.end]
        return points_back or (self._state is _State.TELLING and self._follows_on(sentence))

    def _follows_on(self, sentence: Span) -> bool:
        """Say whether a paragraph follows from the last: what came then, was said, was replied."""
        return (
            self._text[sentence.start] == '"'
            or markers.THEN.match(self._text, *sentence) is not None
            or markers.DEFINITE_SIDE.search(self._text, *sentence) is not None
        )

    def _is_experience(self, draft: _Draft) -> bool:
        return any(markers.EXPERIENCE.search(self._text, *sentence) for sentence in draft.sentences)


def _standing_outside(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """List the figures to whom nothing happened: introduced for others, or accused."""
    first: dict[str, Standing] = {}
    accused: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for mention in mentions:
        before = text[max(0, mention.span.start - 12) : mention.span.start]
        is_accused = mention.standing is Standing.ACCUSED and not markers.OBJECT.search(before)
        accused[mention.key] += is_accused + is_sentenced(text, mention.span.end)
        plain[mention.key] += mention.standing is Standing.PLAIN
        first.setdefault(mention.key, Standing.ACCUSED if is_accused else mention.standing)
    return frozenset(
        key
        for key, standing in first.items()
        if standing in (Standing.SPEAKS_FOR_OTHERS, Standing.ACCUSED) or accused[key] > 1
    )


def _with_margin(sentence: Span) -> tuple[int, int]:
    return max(0, sentence.start - 1), sentence.end


def _joined(text: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """Join sentences that follow each other in one paragraph."""
    open_span: Span | None = None
    for sentence in sorted(set(sentences)):
        gap = sentence.start - open_span.end if open_span else 0
        if open_span and gap < 4 and not text[open_span.end : sentence.start].strip(" \"'"):
            open_span = Span(open_span.start, sentence.end)
            continue
        if open_span:
            yield open_span
        open_span = sentence
    if open_span:
        yield open_span

"""What kind of text a narrative is, and how its story ended.

In: a text with its cues (`pipelines.stance.Scenery`), how many wrongs it alleges, and what
its source declares. Out: complaint, report, guide or other; and the outcome as the text
tells it last. Out of scope: which wrongs are alleged (`pipelines.coding`).

A complaint tells what happened to its writer; a report tells it of others, with lead and
attribution; a guide tells anybody what to do; advertisements, jokes, policy questions and
anger without an issue are other.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.records import Kind, Outcome, Span
from pipelines.stance import Cue, Scenery, Stance, stance_of

_SHORT = 160
"""Code points up to which one joking word makes the whole text a joke."""

_OUTCOMES: tuple[tuple[Cue, Outcome], ...] = (
    (Cue.ENDED_WELL, "resolved"),
    (Cue.ENDED_REFUSED, "rejected"),
    (Cue.ENDED_OPEN, "pending"),
    (Cue.ENDED_NOWHERE, "unresolved"),
)
"""In order of precedence, for cues of one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSigns:
    """What speaks for one kind or another.

    `declared` is what the source says of its records; None when it says nothing. `alleged`
    counts passages that claim a wrong, `named` all that name one, `demands` passages that
    ask for something.
    """

    declared: str | None
    is_labelled: bool
    title_end: int
    alleged: int
    named: int
    demands: int


def kind_of(scenery: Scenery, signs: KindSigns) -> Kind:
    """Name the kind of a text.

    A label of the source's own classification makes a complaint whatever the text; a source
    that declares reports is believed unless the text instructs.
    """
    if signs.is_labelled:
        return "complaint"
    own = _own_voice(scenery)
    if _is_guide(scenery, signs, own):
        return "guide"
    if signs.declared == "report" or _is_report(scenery, own):
        return "report"
    if _is_advertisement(scenery, own) or _is_joke(scenery):
        return "other"
    if signs.alleged or (own and _is_grievance(scenery, signs)):
        return "complaint"
    return "other"


def outcome_of(scenery: Scenery) -> Outcome:
    """Say how the story ended by what is told last; unknown when nothing is told."""
    for sentence in reversed(scenery.sentences):
        for cue, outcome in _OUTCOMES:
            spans = scenery.within(cue, *sentence)
            if any(stance_of(scenery, span) is Stance.ALLEGED for span in spans):
                return outcome
    return "unknown"


def _own_voice(scenery: Scenery) -> int:
    """Count how often the writer speaks of themselves; "we" may be a company's voice."""
    spans = scenery.cues.get(Cue.FIRST_PERSON, ())
    words = (scenery.text[start:end] for start, end in spans)
    return sum(word not in ("we", "we've", "our", "us", "我们", "咱") for word in words)


def _is_guide(scenery: Scenery, signs: KindSigns, own: int) -> bool:
    """A guide instructs, under a heading that says so or sentence after sentence."""
    instructions = len(scenery.cues.get(Cue.INSTRUCTS, ())) + len(scenery.cues.get(Cue.WARNED, ()))
    if instructions <= 2 * own or signs.declared == "complaint":
        return False
    heading = _heading(scenery, signs.title_end)
    if scenery.has(Cue.HOW_TO, *heading) and not _is_one_question(scenery):
        return True
    return instructions >= 3 and instructions * 2 >= len(scenery.sentences)


def _heading(scenery: Scenery, title_end: int) -> Span:
    """Give the title, or the first sentence where there is none."""
    if title_end:
        return Span(0, title_end)
    return scenery.sentences[0] if scenery.sentences else Span(0, 0)


def _is_one_question(scenery: Scenery) -> bool:
    return len(scenery.sentences) == 1 and scenery.text.rstrip().endswith("?")


def _is_report(scenery: Scenery, own: int) -> bool:
    reported = scenery.count(Cue.REPORTED)
    return reported >= 2 and reported > own


def _is_advertisement(scenery: Scenery, own: int) -> bool:
    """Offers to anybody; a complainant who repeats an offer speaks of themselves as well."""
    offers = scenery.count(Cue.ADVERTISED)
    return offers >= 2 and offers > own


def _is_grievance(scenery: Scenery, signs: KindSigns) -> bool:
    """Somebody is addressed over something: with a demand, or over a wrong that is named."""
    addressed = scenery.count(Cue.ADDRESSED)
    return addressed > 0 and bool(signs.demands) or addressed > 1 and bool(signs.named)


def _is_joke(scenery: Scenery) -> bool:
    return scenery.count(Cue.JOKING) > 0 and len(scenery.text) <= _SHORT

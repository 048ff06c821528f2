"""What people write: titles, narratives, copies and replies, composed from parts.

In: a matter, the facts of a complainant and the seeded dice. Out: sentences in an order
and register of their own. Out of scope: when and under which name they are posted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from flows.simulate.dice import Dice
from flows.simulate.events import Matter
from flows.simulate.parts import General, Language, Parts, Wordings
from flows.simulate.people import Complainant
from flows.simulate.templates import Slots

Length = Literal["brief", "usual", "long"]

ORDERS: tuple[tuple[str, ...], ...] = (
    (
        "open",
        "setting",
        "occasion",
        "act",
        "trace",
        "said",
        "dated",
        "felt",
        "proof",
        "aside",
        "demand",
    ),
    ("setting", "act", "dated", "trace", "said", "aside", "occasion", "felt", "demand", "proof"),
    ("act", "setting", "occasion", "said", "felt", "trace", "aside", "demand", "dated", "proof"),
    (
        "open",
        "aside",
        "setting",
        "occasion",
        "act",
        "said",
        "trace",
        "dated",
        "demand",
        "felt",
        "proof",
    ),
    (
        "demand",
        "open",
        "setting",
        "act",
        "trace",
        "said",
        "occasion",
        "dated",
        "proof",
        "aside",
        "felt",
    ),
    ("felt", "act", "trace", "setting", "said", "dated", "aside", "occasion", "proof", "demand"),
    ("setting", "aside", "occasion", "act", "dated", "felt", "said", "trace", "proof", "demand"),
)
"""In which order people tell: what is not listed they leave out."""

SHARES = {
    "open": 0.5, "setting": 0.95, "occasion": 0.7, "act": 1.0, "trace": 0.18, "said": 0.8,
    "felt": 0.65, "proof": 0.65, "aside": 0.9, "demand": 0.8, "dated": 0.7,
}  # fmt: skip
"""How often a usual text has each part; a long text has every part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a text is written: without usual wording, how long, whom it names, how it ends."""

    is_oblique: bool
    is_resolved: bool
    length: Length
    merchant_forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """A composed text: its title, or None, and its sentences with the register that joins them."""

    title: str | None
    sentences: tuple[str, ...]
    register: str
    language: Language

    def text(self) -> str:
        """Return the sentences joined as the register does it."""
        join = _CHINESE_JOINS if self.language == "zh" else _ENGLISH_JOINS
        return join[self.register](self.sentences)


class Author:
    """Composes texts from the parts; the same dice give the same texts."""

    def __init__(self, parts: Parts, dice: Dice) -> None:
        self._parts = parts
        self._dice = dice

    def narrate(self, matter: Matter, person: Complainant, manner: Manner) -> Narrative:
        """Tell the matter as this person would."""
        dice = self._dice
        language = person.language
        general = self._parts.general[language]
        slots = self._slots(matter, person, manner)
        if manner.length == "brief":
            sentences = self._brief(matter, language, manner, slots)
        else:
            sentences = self._told(matter, general, language, manner, slots)
        if manner.is_resolved:
            endings = general.plain_resolved if manner.is_oblique else general.resolved
            sentences.append(dice.pick(endings).render(dice, slots))
        return Narrative(
            title=self._title(general, manner, slots) if dice.chance(0.6) else None,
            sentences=self._with_typo(sentences, general),
            register=dice.pick(_CHINESE_REGISTERS if language == "zh" else _ENGLISH_REGISTERS),
            language=language,
        )

    def copy(self, original: Narrative, source: Complainant, person: Complainant) -> Narrative:
        """Copy a text as people do: with their own sum, one sentence less and one more."""
        dice = self._dice
        own = person.amount_forms()[0]
        sentences = []
        for sentence in original.sentences:
            for form in sorted(source.amount_forms(), key=len, reverse=True):
                sentence = sentence.replace(form, own)
            sentences.append(sentence)
        if len(sentences) > 4:
            sentences.pop(dice.between(0, len(sentences) - 1))
        general = self._parts.general[original.language]
        closing = dice.pick(general.plain_closers).render(dice, {})
        return replace(original, sentences=(*sentences, closing))

    def rally(self, matter: Matter, person: Complainant, manner: Manner) -> Narrative:
        """Write one post of a brigade: a slogan, an incident and a closer."""
        dice = self._dice
        general = self._parts.general[person.language]
        slots = self._slots(matter, person, manner)
        told = dice.pick(matter.incident.wordings(person.language, is_oblique=False))
        parts = (dice.pick(general.brigades), told, dice.pick(general.closers))
        return Narrative(
            title=None,
            sentences=tuple(part.render(dice, slots) for part in parts),
            register="plain",
            language=person.language,
        )

    def reply(self, language: Language, *, is_resolved: bool) -> str:
        """Write a merchant's reply."""
        general = self._parts.general[language]
        options = general.resolved_replies if is_resolved else general.replies
        return self._dice.pick(options).render(self._dice, {})

    def _slots(self, matter: Matter, person: Complainant, manner: Manner) -> dict[str, Form]:
        language = person.language
        slots: dict[str, Form] = {
            "product": matter.product.names(language),
            "merchant": manner.merchant_forms,
            "amount": person.amount_forms(),
            "date": person.date_forms(),
            "days": (str(person.waited_days + 1),),
            "trace": (matter.trace,),
            "occasion": (matter.occasion[language],),
        }
        excuse = matter.code.excuses[matter.excuse][language]
        slots["excuse"] = (excuse.render(self._dice, slots),)
        slots["short"] = (self._dice.pick(matter.code.short[language]).render(self._dice, slots),)
        return slots

    def _brief(self, matter: Matter, language: Language, manner: Manner, slots: Slots) -> list[str]:
        """Return one sentence, or a handful of characters."""
        dice = self._dice
        if not manner.is_oblique and dice.chance(0.5):
            named = dice.pick(slots["merchant"])
            return [f"{named}{'，' if language == 'zh' else ': '}{slots['short'][0]}"]
        told = matter.incident.wordings(language, is_oblique=manner.is_oblique)
        return [
            dice.pick(slots["merchant"]) + _GLUE[language] + dice.pick(told).render(dice, slots)
        ]

    def _told(
        self, matter: Matter, general: General, language: Language, manner: Manner, slots: Slots
    ) -> list[str]:
        dice = self._dice
        is_long = manner.length == "long"
        setting = (matter.code.setting or matter.sector.setting)[language]
        incident = matter.incident.wordings(language, is_oblique=manner.is_oblique)
        sources: dict[str, Wordings] = {
            "open": general.openers,
            "setting": setting,
            "occasion": general.occasions,
            "act": incident,
            "trace": matter.sector.trace[language],
            "said": general.said,
            "felt": general.plain_reactions if manner.is_oblique else general.reactions,
            "proof": general.evidence,
            "aside": general.asides,
            "demand": general.plain_demands if manner.is_oblique else general.demands,
            "dated": general.dated + general.sums + general.waits,
        }
        sentences = []
        for section in dice.pick(ORDERS):
            if is_long or dice.chance(SHARES[section]):
                for wording in self._several(sources[section], section, is_long):
                    sentences.append(wording.render(dice, slots))
        closers = general.plain_closers if manner.is_oblique else general.closers
        if dice.chance(0.35):
            sentences.append(dice.pick(closers).render(dice, slots))
        if not manner.is_oblique and dice.chance(0.12):
            sentences.append(dice.pick(general.stonewalls).render(dice, slots))
        return sentences

    def _several(self, wordings: Wordings, section: str, is_long: bool) -> Wordings:
        """Pick how many sentences a section gets: long texts dwell on the act and digress."""
        dice = self._dice
        if is_long:
            most = {"act": 3, "aside": 4, "felt": 2, "proof": 2}.get(section, 1)
        else:
            most = 2 if section in ("act", "aside") and dice.chance(0.65) else 1
        if most == 1:
            return (dice.pick(wordings),)
        start = dice.between(0, len(wordings) - 1)
        count = min(most, len(wordings))
        return tuple(wordings[(start + step) % len(wordings)] for step in range(count))

    def _title(self, general: General, manner: Manner, slots: Slots) -> str:
        titles = general.plain_titles if manner.is_oblique else general.titles
        return self._dice.pick(titles).render(self._dice, slots)

    def _with_typo(self, sentences: list[str], general: General) -> tuple[str, ...]:
        """Misspell a word in half of the texts that have it."""
        dice = self._dice
        if dice.chance(0.5):
            right, wrong = dice.pick(general.typos)
            return tuple(sentence.replace(right, wrong, 1) for sentence in sentences)
        return tuple(sentences)


Form = tuple[str, ...]

_ENDS = ("。", "！", "？", ".", "!", "?")
_GLUE: dict[Language, str] = {"zh": "，", "en": ", "}


def _ended(sentence: str, mark: str) -> str:
    return sentence if sentence.endswith(_ENDS) else sentence + mark


def _chinese_plain(sentences: tuple[str, ...]) -> str:
    """Join with commas in pairs, a full stop after each pair."""
    marks = ("，", "。")
    last = len(sentences) - 1
    return "".join(
        _ended(sentence, "。" if at == last else marks[at % 2])
        for at, sentence in enumerate(sentences)
    )


def _numbered(sentences: tuple[str, ...], mark: str) -> str:
    return "\n".join(f"{at}{mark}{sentence}" for at, sentence in enumerate(sentences, 1))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


_Join = Callable[[tuple[str, ...]], str]
_CHINESE_JOINS: dict[str, _Join] = {
    "plain": _chinese_plain,
    "full": lambda sentences: "".join(_ended(sentence, "。") for sentence in sentences),
    "breathless": "，".join,
    "spaced": " ".join,
    "loud": lambda sentences: "".join(_ended(sentence, "！") for sentence in sentences),
    "lines": "\n".join,
    "listed": lambda sentences: _numbered(sentences, "、"),
}
_ENGLISH_JOINS: dict[str, _Join] = {
    "plain": lambda sentences: " ".join(_ended(_capital(one), ".") for one in sentences),
    "breathless": ", ".join,
    "loud": lambda sentences: " ".join(_ended(_capital(one), "!") for one in sentences),
    "lower": ". ".join,
    "lines": "\n".join,
    "listed": lambda sentences: _numbered(sentences, ". "),
}
_CHINESE_REGISTERS = (
    *("plain",) * 8,
    *("full",) * 5,
    *("breathless",) * 3,
    "spaced",
    "loud",
    "lines",
    "listed",
)
_ENGLISH_REGISTERS = (
    *("plain",) * 9,
    *("breathless",) * 2,
    *("lower",) * 3,
    "loud",
    "lines",
    "listed",
)

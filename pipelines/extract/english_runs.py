"""Runs of capitalised words in a text, and which of them are the name of a person.

In: a text as written. Out: mentions of full names: a known given name with what follows it, a
family and a given name in pinyin, and any two or three words after a word for a person
(courier, ask for) or before one by which somebody signs (… here). Out of scope: single names
and what needs a form of address (`english_names`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from pipelines.extract.english_weights import is_of_a_thing, likely_start
from pipelines.extract.latin_parts import (
    can_be_person,
    family_and_given,
    is_person_in_english,
    is_person_in_pinyin,
)
from pipelines.extract.personal_names import name_lists
from pipelines.extract.persons import Mention

LOWER = "a-zß-öø-ÿ\u0101-\u017f\u01a1\u01b0\u1ea1-\u1ef9"
UPPER = "A-ZÀ-ÖØ-ÞĀĆČĎĐĒĘĚĞĪİŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_PARTICLES = "bin|binti|ibn|van|von|der|den|de|la|del|di|da|dos|al|el|ap"


def _run(upper: str, lower: str) -> re.Pattern[str]:
    """Build the pattern of two to four capitalised words, with initials and particles."""
    rest = (
        rf"(?:[{lower}]{{1,15}}(?:[-'’]?[{upper}][{lower}]{{1,15}}){{0,2}}"
        rf"|['’][{upper}][{lower}]{{1,15}}|[A-Z]{{1,12}})"
    )
    word = rf"(?!XX)[{upper}]{rest}"
    return re.compile(
        rf"[{upper}](?<![{upper}{lower}'’&-].)(?!(?<=X)X){rest}(?: [{upper}]\.?(?= ))?"
        rf"(?:(?: (?:{_PARTICLES})){{0,2}} (?:al-|el-)?{word}){{1,3}}(?![{upper}{lower}&-])"
    )


_RUN_IN_ASCII = _run("A-Z", "a-z")
_RUN = _run(UPPER, LOWER)
COMPANY_NEXT = re.compile(
    r"(?:['’]s)? (?:(?:&|and) (?:[A-Z]\w*\.? )?(?:Assoc|Co\b|Sons|Partners)"
    r"|& [A-Z]|LLP\b|[Aa]ttorneys? (?:at|for)"
    r"|(?:Bank|Inc|Corp|Company|Co|Financial|Mortgage|Group|LLC|Services?"
    r"|Credit|Card|Fargo|Street|St|Ave|Avenue|Road|Rd|Drive|Blvd|University|School|College"
    r"|Hospital|Airport|Park"
    r"|Store|Stores|Furniture|Foods|Noodle|Restaurant|Hotel|Associates|Partners|Insurance|Law"
    r"|Motors|House|Building|Tower|Library|Clinic|Centre|Center|Foundation|Theatre|Stadium)\b)"
    r"|,? (?:P\.? ?C|P\.? ?A|PLLC|LLP|LLC|Esq|Attorneys)\b|-?\d"
)
_FIRM_BEFORE = re.compile(r"[Ll]aw [Oo]ffices? of (?:[A-Z]\.? )?$|\b(?:San|Santa|St\.?|Saint) $")
_SIGNS = re.compile(r" (?:here[.,!;:]| this side\b)|, (?:hereby|the undersigned)\b")
_AT_A_PLACE = re.compile(r", (?:seat|room|table|flight|booking|ticket|aged|cabin|bed|ward) ")
_PAID_TO = re.compile(r"[$£€]\d[\d,.]* to $")
_LAST_WORD = re.compile(r"([A-Za-z]+)[,:]? \Z")
_EXPERT = re.compile(
    r",? (?:(?:an? |the )?(?:senior |associate |chief |deputy )?(?:lawyer|attorney|professor"
    r"|partner|director|expert|researcher|analyst|journalist|reporter))\b"
)
_EXPERT_BEFORE = re.compile(
    r"(?:[Ll]awyer|[Aa]ttorney|[Pp]rofessor|[Rr]eporter|[Ee]xpert|Manga|Editor),? $"
)


def find_full_names(text: str) -> Iterator[Mention]:
    """Report names of two to four words that no form of address announces.

    >>> text = "The courier Zofia Testowa left. Grace Miller here, not Wells Fargo Bank."
    >>> [text[one.start:one.end] for one in find_full_names(text)]
    ['Zofia Testowa', 'Grace Miller']
    """
    for match in (_RUN_IN_ASCII if text.isascii() else _RUN).finditer(text):
        name = match.group()
        before = text[max(0, match.start() - 20) : match.start()]
        start = _start_of_name(name)
        is_known = start is not None
        if start is None and _is_announced(text, match, before):
            start = 0
        if start is None:
            start = likely_start(name, before, text[match.end() : match.end() + 14])
        if start is None or (start == 0 and _FIRM_BEFORE.search(before)):
            continue
        if start == 0 and is_of_a_thing(before, text[match.end() : match.end() + 14]):
            continue
        name = _without_company(name[start:], is_known=is_known)
        first = match.start() + start
        if name and not COMPANY_NEXT.match(text, first + len(name)):
            role = _role(text, first, first + len(name))
            yield Mention(first, first + len(name), *family_and_given(name), "", role)


def _start_of_name(run: str) -> int | None:
    """Give the place in a run of words where a given name and a family name begin."""
    words = [word for word in run.split(" ") if len(word.rstrip(".")) > 1]
    for first, last in pairwise(words):
        if is_person_in_english(first, last) or is_person_in_pinyin(first, last):
            return run.index(first)
    is_led = words[0].lower() in name_lists().person_words_in_english and len(words) > 2
    return len(words[0]) + 1 if is_led and all(map(can_be_person, words[1:])) else None


def _is_announced(text: str, run: re.Match[str], before: str) -> bool:
    """Say whether the word before a run, or what follows it, makes it a person's name."""
    last = _LAST_WORD.search(before)
    lists = name_lists()
    is_after = last is not None and last.group(1).lower() in lists.person_words_in_english
    is_start = not before or before.endswith("\n")
    is_seated = is_start and _AT_A_PLACE.match(text, run.end()) is not None
    is_before = is_seated or _SIGNS.match(text, run.end()) or _PAID_TO.search(before)
    is_sole = last is not None and last.group() == "I, "
    words = run.group().split(" ")
    return (
        bool(is_after or is_before or is_sole)
        and can_be_person(run.group().replace("-", " "))
        and not (words[0].isupper() and words[-1].isupper() and len(words[-1]) < 4)
        and lists.places_in_english.isdisjoint(word.lower() for word in words)
    )


def _without_company(name: str, *, is_known: bool) -> str:
    """Cut from the third word on what no person's name holds."""
    words = name.split(" ")
    kept = words[:2]
    for place in range(2, len(words)):
        is_whole = len(kept[-1].rstrip(".")) > 1 and kept[-1] not in _PARTICLES.split("|")
        if is_whole and (not can_be_person(words[place]) or (is_known and _is_alone(words, place))):
            break
        kept.append(words[place])
    return " ".join(kept)


def _is_alone(words: list[str], place: int) -> bool:
    """Say whether a third word begins what is no longer a name (John Smith Monday)."""
    return words[place].lower() in name_lists().given_or_word


def _role(text: str, start: int, end: int) -> Literal["expert", ""]:
    """Say whether the words around a name are those of an expert or of the press."""
    before = text[max(0, start - 12) : start]
    return "expert" if _EXPERT.match(text, end) or _EXPERT_BEFORE.search(before) else ""

"""Which mentions of persons are one person.

In: the mentions of a document in order, from `chinese_names` and `english_names`. Out: a
number for each, the same for the same person. Out of scope: finding mentions.

A family name alone is the person of that name mentioned last. A name cut short by a
machine (余旭坤 -> 徐坤: the given name, its first character taken for a family name of
the same sound) is the person whose given name it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipelines.extract.personal_names import sound_alike


class Mention(NamedTuple):
    """One mention of a person, as a half-open range of the text it was found in.

    `role` is expert for whoever speaks of a matter by profession: lawyers, professors, the
    press. Such a person is introduced by the full name and is none of those before.
    """

    start: int
    end: int
    family: str
    given: str
    gender: Literal["m", "f", ""]
    role: Literal["expert", ""] = ""


def identify(mentions: list[Mention]) -> list[int]:
    """Number the persons of one document from 1, in the order of their first mention.

    A family name alone is the person of that name mentioned last (张先生 = 张总), unless
    the forms of address disagree (张先生, 张女士). Two full names are two persons unless one
    is the other cut short; two family names are never one else.

    >>> identify([Mention(0, 3, "张", "", "m"), Mention(9, 11, "张", "三", ""),
    ...           Mention(20, 23, "张", "", "f"), Mention(30, 32, "张", "四", "m")])
    [1, 1, 2, 3]
    """
    whole = _cut_short(mentions)
    people: list[Mention] = []
    of_family: dict[str, list[int]] = {}
    numbers: list[int] = []
    for one in mentions:
        mention = whole.get((one.family, one.given), one)._replace(gender=one.gender)
        family = of_family.setdefault(mention.family, [])
        number = _same_person(people, family[-20:], mention)
        if number is None:
            number = len(people)
            people.append(mention)
            family.append(number)
        known = people[number]
        people[number] = known._replace(
            given=known.given or mention.given,
            gender=known.gender or mention.gender,
            role=known.role or mention.role,
        )
        numbers.append(number + 1)
    return numbers


def _same_person(people: list[Mention], family: list[int], mention: Mention) -> int | None:
    """Find the person of that family, latest first, that a mention can be."""
    for number in reversed(family):
        person = people[number]
        fits_gender = not (person.gender and mention.gender) or person.gender == mention.gender
        fits_given = not (person.given and mention.given) or person.given == mention.given
        is_introduced = mention.role == "expert" and mention.given and not person.given
        if fits_gender and fits_given and not is_introduced:
            return number
    return None


def _cut_short(mentions: list[Mention]) -> dict[tuple[str, str], Mention]:
    """Find the short names that are a longer one without its family name."""
    full = {(one.family, one.given): one for one in mentions if one.given}
    by_end: dict[str, list[Mention]] = {}
    for one in full.values():
        if len(one.given) == 2:
            by_end.setdefault(one.given[1], []).append(one)
    return {name: whole for name, one in full.items() for whole in _wholes_of(one, by_end)}


def _wholes_of(short: Mention, by_end: dict[str, list[Mention]]) -> Iterator[Mention]:
    """Give the one full name that a short one is the rest of, if it is just one."""
    if len(short.family + short.given) != 2 or not short.given:
        return
    wholes = [
        one
        for one in by_end.get(short.given, ())
        if sound_alike(one.given[0], short.family)
        and not (one.gender and short.gender and one.gender != short.gender)
    ]
    if len(wholes) == 1:
        yield wholes[0]

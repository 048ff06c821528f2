"""Names in Latin letters with initials, with the family name first, or all in small letters.

In: a text as written. Out: mentions. Out of scope: full names in capitals (`english_runs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipelines.extract.english_runs import COMPANY_NEXT
from pipelines.extract.english_weights import english_words, is_ordinary, likely_start, plain
from pipelines.extract.latin_parts import can_be_person, is_place
from pipelines.extract.personal_names import name_lists
from pipelines.extract.persons import Mention

_WORD = r"[A-Z](?:['’][A-Z])?[a-zß-öø-ÿā-ž]{2,15}(?:-[A-Z][a-zß-öø-ÿā-ž]{1,15})?"
_INITIALS = re.compile(
    rf"[A-Z]\.(?<![A-Za-z.&][A-Z].)(?: ?[A-Z]\.){{0,2}} ?(?P<family>{_WORD})(?![\w-])"
)
_FAMILY_FIRST = re.compile(
    rf"(?<![\w-])(?<!, )(?P<family>{_WORD}), (?P<given>[A-Z][a-z]{{2,14}}|[A-Z]\.)(?![\w-])"
)
_CAPITAL_BEFORE = re.compile(r"\b[A-Z][A-Za-z]+\.? $|\b[FN]\. ?$")
_COMPANY_AHEAD = re.compile(" (?:Chase|Stanley|& )")
_ABBREVIATIONS = ("U.S", "U. S", "U.K", "M.D", "P.C", "D.C", "P.O", "L.L", "N.A", "A.P")
_CAPITAL_INSIDE = re.compile("[a-z,] [A-Z][a-z]")
_SMALL = re.compile("[a-z]+(?:'[a-z]+)?|[^a-z ]")


def find_names_in_other_spellings(text: str) -> Iterator[Mention]:
    """Report names such as R. J. Thornhurst, Okafor, Tom and, among small letters, tom okafor.

    >>> text = "It was signed by K. Venkataraghavan, not plan B. Then Okafor, Tom called."
    >>> [text[one.start : one.end] for one in find_names_in_other_spellings(text)]
    ['K. Venkataraghavan', 'Okafor, Tom']
    >>> [one.family for one in find_names_in_other_spellings("i spoke to siobhan gallagher twice")]
    ['gallagher']
    """
    if "." in text:
        yield from _with_initials(text)
    if ", " in text:
        yield from _family_first(text)
    if text.isascii() and _CAPITAL_INSIDE.search(text) is None:
        yield from _in_small_letters(text)


def _with_initials(text: str) -> Iterator[Mention]:
    for match in _INITIALS.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        after = text[match.end() : match.end() + 14]
        run = f"{text[match.start()]}. {match['family']}"
        is_inside = _CAPITAL_BEFORE.search(before) or match.group().startswith(_ABBREVIATIONS)
        is_company = COMPANY_NEXT.match(text, match.end()) or _COMPANY_AHEAD.match(after)
        if not is_inside and not is_company and likely_start(run, before, after) == 0:
            family = match["family"].lower()
            yield Mention(*match.span(), family, match.group()[0].lower(), "")


def _family_first(text: str) -> Iterator[Mention]:
    words = english_words()
    for match in _FAMILY_FIRST.finditer(text):
        family, given = plain(match["family"]), plain(match["given"])
        is_full = given in words.given and family not in words.given
        is_known = family in words.families and not is_ordinary(family) and not is_place(family)
        if is_known and is_full and can_be_person(f"{family} {given}"):
            yield Mention(*match.span(), family, given, "")


def _in_small_letters(text: str) -> Iterator[Mention]:
    """Find a given and a family name that are no other words, in a text without capitals."""
    words, lists = english_words(), name_lists()
    if words.sure_given.isdisjoint(text.lower().split()):
        return
    found = list(_SMALL.finditer(text.lower()))
    for one, other in pairwise(found):
        given, family = one.group(), other.group()
        is_apart = other.start() - one.end() != 1 or given == family
        if is_apart or given not in words.sure_given:
            continue
        is_family = family in words.families and family not in words.ordinary
        is_other = f"{given}_{family}" in lists.companies_in_english or is_place(given)
        if is_family and not is_other and can_be_person(family):
            yield Mention(one.start(), other.end(), family, given, "")

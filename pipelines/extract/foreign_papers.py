"""Numbers of papers, accounts and cars of other countries.

In: a normalised text. Out: sightings of identity cards of Hong Kong, Taiwan, Singapore and
India, international bank account numbers, and number plates that a word announces. Out of
scope: papers of mainland China and passports (`identifiers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.digits import bare
from pipelines.extract.sighting import Sighting

_FOUR_DIGITS = re.compile("[0-9][0-9]{3}")
_LETTER_BEFORE_DIGIT = re.compile(r"[a-z]\d")
_HONG_KONG = re.compile(r"\d(?<=[a-z]\d)(?<![a-z][a-z][a-z]\d)\d{5} ?\([\da]\)")
_LETTERED = re.compile(r"\d(?<=[a-z]\d)(?<![a-z\d][a-z]\d)(?:\d{6}[a-z]|\d{8})(?![a-z\d])")
_FRAME = re.compile(
    r"(?:nric|fin|ic no\.?|身份证|证号|证件号?|id(?: card| no\.?| number)?)(?:号码|号)?"
    r"(?: is| was)?[ :是为#(]{0,3}$"
)
_INDIA = re.compile(
    r"(?:aadhaar|aadhar|adhaar)(?: card)?(?: number| no\.?| num)?(?: is| was)?[ :#]{0,3}"
    r"(?P<value>\d{4}[ -]?\d{4}[ -]?\d{4})(?!\d)"
)
_IBAN = re.compile(
    r"\d(?<=[a-z][a-z]\d)(?<![a-z\d][a-z][a-z]\d)\d"
    r"(?: ?[a-z\d]{4}){2,7}(?: ?[a-z\d]{1,3})?(?![a-z\d])"
)
_IBAN_COUNTRIES = frozenset(
    (
        *(
            "ad",
            "ae",
            "al",
            "at",
            "az",
            "ba",
            "be",
            "bg",
            "bh",
            "br",
            "by",
            "ch",
            "cr",
            "cy",
            "cz",
            "de",
            "dk",
            "do",
            "ee",
            "eg",
            "es",
            "fi",
            "fo",
            "fr",
            "gb",
        ),
        *(
            "ge",
            "gi",
            "gl",
            "gr",
            "gt",
            "hr",
            "hu",
            "ie",
            "il",
            "iq",
            "is",
            "it",
            "jo",
            "kw",
            "kz",
            "lb",
            "lc",
            "li",
            "lt",
            "lu",
            "lv",
            "mc",
            "md",
            "me",
            "mk",
        ),
        *(
            "mr",
            "mt",
            "mu",
            "nl",
            "no",
            "pk",
            "pl",
            "ps",
            "pt",
            "qa",
            "ro",
            "rs",
            "sa",
            "sc",
            "se",
            "si",
            "sk",
            "sm",
            "tl",
            "tn",
            "tr",
            "ua",
            "va",
            "vg",
            "xk",
        ),
    )
)
_CAR_WORDS = ("vehicle:", "plate", " reg ", "reg:", "reg.", "rego ", "registration ", "vrn")
_BRITISH_PLATE = re.compile(r"(?<![a-z\d])[a-z]{2}(?:0[1-9]|[1-7]\d) ?[a-hj-pr-z]{3}(?![a-z\d])")
_CAR = re.compile(
    r"\b(?:cars?|vans?|truck|lorry|taxi|cab|vehicle|motorbike|driv(?:es?|er|ing)|drove|parked|ford"
    r"|transit|audi|bmw|vauxhall|corsa|golf|focus|fiesta|toyota|honda|nissan|kia|hyundai|mercedes"
    r"|tesla|prius|astra|skoda|volvo|mini|mot|dvla|garage|rental)\b"
)
_PLATE = re.compile(
    r"(?:vehicle: ?(?=\d[a-z]{3}\d{3})"
    r"|(?:plates?|reg|registration|vrn|rego)(?: number| no\.?| num| plate)?(?: is| was"
    r"| reads?)?[ :,#]{0,3})"
    r"(?P<value>[a-z]{2}\d{2} ?[a-z]{3}|\d[a-z]{3}\d{3}|[a-z]{2,3}[ -]\d{2,4}(?:[ -][a-z]{1,2})?"
    r"|[a-z]{3}[ -]?\d{3,4}|\d{3}[ -]?[a-z]{3}|[a-z]{1,3}[ -][a-z]{1,2}[ -]?\d{1,4}"
    r"|[a-z]{2}-?\d{3,4}-?[a-z]{2})(?![a-z\d])"
)


def find_foreign_papers(text: str) -> Iterator[Sighting]:
    """Report papers, accounts and plates of other countries in a normalised text.

    >>> seen = find_foreign_papers("hkid a000000(0), iban xk00 0000 0000 0000 0000, plate 0aaa000")
    >>> [one.kind for one in seen]
    ['id_card', 'bank_card', 'plate']
    """
    if _FOUR_DIGITS.search(text):
        yield from _numbers(text)
    if text.isascii():
        yield from _british_plates(text)
    if any(map(text.__contains__, _CAR_WORDS)):
        for match in _PLATE.finditer(text):
            yield Sighting("plate", *match.span("value"), re.sub("[ -]", "", match["value"]))


def _british_plates(text: str) -> Iterator[Sighting]:
    """Find number plates of Britain where a car is spoken of before."""
    for match in _BRITISH_PLATE.finditer(text):
        if _CAR.search(text, max(0, match.start() - 60), match.start()):
            yield Sighting("plate", *match.span(), match.group().replace(" ", ""))


def _numbers(text: str) -> Iterator[Sighting]:
    """Find identity cards and bank accounts, each of which has four digits in a row."""
    if "(" in text:
        for match in _HONG_KONG.finditer(text):
            start = match.start() - (2 if text[match.start() - 2 : match.start()].isalpha() else 1)
            yield Sighting("id_card", start, match.end(), text[start : match.end()])
    has_letters = _LETTER_BEFORE_DIGIT.search(text) is not None
    for match in _LETTERED.finditer(text) if has_letters else ():
        start = match.start() - 1
        if _FRAME.search(text, max(0, start - 24), start):
            yield Sighting("id_card", start, match.end(), text[start : match.end()])
    if "aadh" in text or "adhaar" in text:
        for match in _INDIA.finditer(text):
            yield Sighting("id_card", *match.span("value"), bare(match["value"]))
    for match in _IBAN.finditer(text) if has_letters else ():
        start = match.start() - 2
        number = text[start : match.end()].replace(" ", "")
        digits = sum(char.isdigit() for char in number)
        if number[:2] in _IBAN_COUNTRIES and 15 <= len(number) <= 34 and digits >= 10:
            yield Sighting("bank_card", start, match.end(), number)

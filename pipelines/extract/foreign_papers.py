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

_HONG_KONG = re.compile(r"(?<![a-z\d])[a-z]{1,2}\d{6} ?\([\da]\)")
_FRAMED = re.compile(
    r"(?:nric|fin|ic no\.?|身份证|证号|证件号?|id(?: card| no\.?| number)?)(?:号码|号)?"
    r"(?: is| was)?[ :是为#(]{0,3}(?P<value>[stfgm]\d{7}[a-z]|[a-z][1289]\d{8})(?![a-z\d])"
)
_INDIA = re.compile(
    r"aadh?aar(?: card)?(?: number| no\.?| num)?(?: is| was)?[ :#]{0,3}"
    r"(?P<value>\d{4}[ -]?\d{4}[ -]?\d{4})(?!\d)"
)
_IBAN = re.compile(
    r"(?<![a-z\d])(?P<country>a[delt]|b[aeghry]|c[hyz]|d[eko]|e[es]|f[ior]|g[beilrt]|h[ru]|i[elst]"
    r"|kw|l[biltuv]|m[cdektu]|n[lo]|p[klst]|q[a]|r[os]|s[aeikm]|t[nr]|ua|vg|xk)\d\d"
    r"(?: ?[a-z\d]{4}){2,7}(?: ?[a-z\d]{1,3})?(?![a-z\d])"
)
_PLATE = re.compile(
    r"(?:plates?|reg|registration|vrn|rego)(?: number| no\.?| num| plate)?(?: is| was"
    r"| reads?)?[ :,#]{0,3}"
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
    if "(" in text:
        for match in _HONG_KONG.finditer(text):
            yield Sighting("id_card", *match.span(), match.group().replace(" ", ""))
    if "证" in text or "id" in text or "nric" in text or "fin" in text:
        for match in _FRAMED.finditer(text):
            yield Sighting("id_card", *match.span("value"), match["value"])
    if "aadh" in text or "adhaar" in text:
        for match in _INDIA.finditer(text):
            yield Sighting("id_card", *match.span("value"), bare(match["value"]))
    for match in _IBAN.finditer(text):
        number = match.group().replace(" ", "")
        if 15 <= len(number) <= 34 and sum(char.isdigit() for char in number) >= 10:
            yield Sighting("bank_card", *match.span(), number)
    if "plate" in text or "reg" in text or "vrn" in text:
        for match in _PLATE.finditer(text):
            yield Sighting("plate", *match.span("value"), re.sub("[ -]", "", match["value"]))

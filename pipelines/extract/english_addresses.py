"""Where somebody lives, as addresses are written in Latin letters.

In: a text as written (only capitals show the names of streets and towns). Out: sightings of
addresses, each from the flat to the town, over line breaks too. Out of scope: Chinese
addresses (`addresses`), towns and streets without a number, and houses by name alone except
where somebody is said to live there or a postcode follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.sighting import Sighting
from pipelines.extract.starts import matches_from

_STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Bvd|Lane|Ln|Drive|Dr|Court|Ct|Circle|Cir|Place|Pl"
    "|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Way|Close|Crescent|Cres|Path|Rise|Grove|Gardens|Square"
    "|Sq|Mews|Hollow|Trail|Trl|Row|Walk|Loop|Plaza|Alley|Quay|Esplanade|Parade|Pde|Circuit|Cct"
    "|Croft|Wynd|Crossing|Cove|Turnpike|Wharf"
)
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ"
_HOUSE_NUMBER = r"[0-9](?<![\w$#.,/-]\d)\d{0,5}(?:½| ?1/2|[A-Za-z]|-\d{1,4}|/\d{1,4}[A-Z]?)?"
_FLAT_AFTER = (
    r"(?:,?[ \n](?:(?:[Aa]pt|[Aa]partment|[Uu]nit|[Ss]uite|[Ss]te|[Ff]lat|[Rr]oom|[Rr]m)\.? ?#?"
    r"|#)[A-Za-z0-9-]{1,6})?"
)
_ENGLISH = re.compile(
    rf"{_HOUSE_NUMBER} (?:[NSEW]\.? )?"
    rf"(?:(?!XX)[A-Z0-9][A-Za-z0-9]{{0,30}}\.? ){{1,3}}"
    rf"(?:{_STREET})\b\.?(?: (?:NW|NE|SW|SE|[NSEW]|North|South|East|West|Upper|Lower)\b)?"
    rf"(?: \d{{1,4}}(?=[,\n]| #|$))?{_FLAT_AFTER}"
)
_CONTINENTAL = re.compile(
    rf"\d(?<![\w$#.,-]\d)\d{{0,3}},? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Vv]ia|[Cc]alle|[Pp]laza"
    rf"|[Rr]ua)(?: [{_LETTERS}.'’-]{{1,20}}){{1,5}}"
    rf"(?:, ?(?:\d{{1,2}}e|apt|piso)[ {_LETTERS}\d.]{{0,16}})?"
    rf"(?:[,\n] ?\d{{4,5}} [{_LETTERS}-]{{2,40}})?"
)
_POSTCODE_END = re.compile(
    r"(?:(?:Flat|Unit|Apt|Apartment|Room) ?\d{1,4}[A-Z]?(?:,? "
    r"|/))?\d(?<![\w$#.,-]\d)\d{0,4}[A-Z]? (?:[A-Z][a-z’']{1,20} ){1,3}?"
    r"(?:[A-Z][a-z]{1,20}),(?: [A-Z][A-Za-z]{1,20},?){1,4} [A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
_UK = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_AUSTRALIAN = r"(?:NSW|VIC|QLD|TAS|ACT|Vic|Qld|Tas)\b(?:,? \d{4})?|(?:WA|SA|NT),? \d{4}"
_CODE = (
    rf"(?:{_UK}|[A-Z]\d[\dW] ?[A-Z\d]{{4}}"
    r"|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{2},? \d{5}(?:-\d{4})?"
    rf"|{_AUSTRALIAN}|\d{{6}}|\d{{3}} \d{{3}})(?![\w-])"
)
"""Postcodes: of Britain, Ireland, Canada, the United States, Australia, India."""
_PART = r"(?:\d{1,3}(?:st|nd|rd|th) )?[A-Z][\w.'’-]{0,20}(?: [A-Z\d][\w'’-]{0,20}){0,3}"
_INDIAN = re.compile(
    r"[HPDF](?<![A-Za-z].)(?:\. ?No\.?|(?:ouse|lot|oor|lat) [Nn]o\.?)"
    r"(?: is)?:? ?#?[\dA-Z][\dA-Z/-]{0,8}"
    rf"(?:,\s?{_PART}){{1,7}}(?:[ ,-]{{0,3}}(?:\d{{6}}|\d{{3}} \d{{3}})\b)?"
)
_INDIAN_WORDS = (
    *("Nagar", "Colony", "Layout", "Enclave", "Vihar", "Marg", "Chowk", "Sector ", "Extension"),
    *("Main", "Cross", "Puram", "Mohalla", "Society", "Stage", "Bazaar"),
)
_PIN_CODE = re.compile(r"[0-9](?<!\d\d)(?=\d\d ?\d{3}\b)")
_INDIAN_ROW = re.compile(
    r"(?:#|No\.? ?)?\d(?<![\w$.,/-]\d)\d{0,4}[A-Z]?(?:[/-]\d{1,4}[A-Z]?)?"
    rf"(?:,\s?{_PART}){{2,7}}"
    r"[ ,-]{1,3}(?:\d{6}|\d{3} \d{3})\b"
)
_TOWN = re.compile(
    r",?[ \n](?:[A-Z][A-Za-z]{1,20}\.?,? ){1,3}"
    r"(?:[A-Z]{2}\b,?(?: \d{5}(?:-\d{4})?)?|\d{5}(?:-\d{4})?)"
    r"|,(?: [A-Z][a-z]{1,20}){1,2}(?:, [A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20})?(?= [A-Z]{1,2}\d"
    r"|[,.\n]| and\b|$))?(?:,? [A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|(?=[.,\n]|$| and\b))"
)
_TO_CODE = re.compile(rf",?\s(?:[A-Z][A-Za-z'’.-]{{1,20}},?\s){{1,4}}{_CODE}|,?\s{_CODE}")
_CODE_NEXT = re.compile(rf",?\s{_CODE}")
_DISTRICT = re.compile(
    r",\s(?!Jan|Feb|March|April|May|June|July|Aug|Sep|Oct|Nov|Dec|On|In|At|By|For|From|Since)"
    r"[A-Z][a-z]{3,12} \d{1,2}(?:W|w)?(?![\d/:%]|[.,-]\d| ?[ap]m| [a-z])"
)
"""Dublin 8."""
_COUNTRY = re.compile(
    r",?\s(?:UK|U\.K\.|United Kingdom|USA|U\.S\.A\.|United States|Ireland|Australia|India|Canada"
    r"|England|Scotland|Wales|New Zealand|Singapore|Hong Kong|Malaysia|South Africa)\b"
)
_INSIDE = (
    r"(?:Flat|Apartment|Apt|Unit|Room|Rm|Suite|House|Villa|Shop|Lot|Block|Blk|Tower|Floor|Level"
    r"|Phase)"
)
_FLAT = re.compile(
    rf"(?:(?:{_INSIDE}\.? ?#?[A-Z\d][A-Z\d-]{{0,4}}(?:,?\s|/)){{1,3}}|\d{{1,2}}/\d{{1,2}},? "
    r"|(?:Unit|Blk|Block|No\.?) )"
    r"(?:(?:[A-Z][a-z'’]{1,15} ){1,4}?(?:Court|House|Mansions?|Towers?|Building|Garden|Gardens"
    r"|Estate|Lodge|Heights|Residences?|Apartments),\s)?$"
    r"|(?<![A-Za-z])(?:Flat|Apartment) [A-Z\d]{1,4},\s(?:[A-Z][a-z'’]{1,15} ?){1,4},\s$"
)
_UNIT_FIRST = re.compile(
    rf"(?<![A-Za-z]){_INSIDE}\.? ?#?[A-Z]?\d{{1,4}}[A-Z]?"
    rf"(?:,?\s{_INSIDE}\.? ?#?[A-Z\d]{{1,4}}){{0,2}}(?:,\s(?!{_INSIDE} )(?:{_PART})){{1,4}}"
)
_HAS_STREET = re.compile(rf" (?:{_STREET})(?=[,\n]|$)|(?:Road|Street|Lane)(?: No\.?)? \d")
_RURAL = re.compile(
    r"(?:Rural Route|R\.?R\.?|HC|Star Route|Route|Rte\.?) ?#?\d{1,3},? Box \d{1,5}[A-Z]?\b"
)
_POST_BOX = re.compile(r"\b(?:G?P\.? ?O\.? ?|Locked |Private )(?:Box|Bag) [A-Z]?\d{1,6}\b")
_DIGIT = re.compile("[0-9]")
_STREETS_FIRST = ("Rue ", "rue ", "Via ", "Calle ", "Rua ", "calle ")
_POSTCODE = re.compile(r"[0-9][A-Z]{2}\b")
_HOUSES = (
    r"House|Cottage|Forge|Lodge|Farm|Farmhouse|Barn|Mill|Rectory|Vicarage|Manor|Hall|Grange"
    r"|Bungalow|Schoolhouse|Granary|Stables|Chapel|Smithy|Bakery|Tannery|Court|Villa|Croft"
)
_NAMED_HOUSE = re.compile(
    rf"(?:The )?(?:[A-Z][a-z'’]{{1,15}} ){{0,2}}(?:{_HOUSES}),\s"
    r"[A-Z][a-z'’]{2,20}(?:[ -][A-Z][a-z'’]{2,20}){0,2}"
    r"(?:,\s[A-Z][a-z'’]{2,20}(?: [A-Z][a-z'’]{2,20})?){0,3}"
)
_HOUSE_HINT = re.compile(
    r"[BCFGHLMRSTV](?=(?:ouse|ottage|orge|odge|arm|armhouse|arn|ill|ectory|icarage|anor|all|range"
    r"|ungalow|choolhouse|ranary|tables|hapel|mithy|akery|annery|ourt|illa|roft),\s[A-Z])"
)
_INSIDE_HINT = re.compile(
    r"[ABFHLPRSTUV](?=(?:partment|pt|lo?c?k|lat|loor|ouse|evel|ot|hase|oom|m|uite|hop|ower|nit|illa)"
    r"\.? ?#?[A-Z]?\d)"
)
_LIVES = re.compile(
    r"(?:liv(?:e|es|ed|ing) at|[Aa]ddress(?: is|:| -)?|resid(?:e|es|ing) at|sent to|shipped to"
    r"|deliver(?:ed|y)? to|home:|home is)\s$"
)


def find_english_addresses(text: str) -> Iterator[Sighting]:
    """Report numbered streets of a text as written.

    >>> text = "They shipped it to 9999 Null Street, Apt 0 in 5 days."
    >>> [text[seen.start:seen.end] for seen in find_english_addresses(text)]
    ['9999 Null Street, Apt 0']
    """
    if _DIGIT.search(text) is None:
        return
    for match in _ENGLISH.finditer(text):
        yield _with_town(text, match)
    if "Box " in text or "Bag " in text:
        for pattern in (_POST_BOX, _RURAL):
            for match in pattern.finditer(text):
                yield _with_town(text, match)
    if "No" in text or "no." in text:
        for match in _INDIAN.finditer(text):
            yield _sighting(text, *match.span())
    if _PIN_CODE.search(text):
        for match in _INDIAN_ROW.finditer(text):
            if any(map(match.group().__contains__, _INDIAN_WORDS)):
                yield _sighting(text, *match.span())
    if any(map(text.__contains__, _STREETS_FIRST)):
        for match in _CONTINENTAL.finditer(text):
            yield _sighting(text, *match.span())
    if _POSTCODE.search(text):
        for match in _POSTCODE_END.finditer(text):
            yield _sighting(text, *match.span())
    yield from _homes(text)


def _homes(text: str) -> Iterator[Sighting]:
    """Find flats in a building of a street without a number, and houses by their name."""
    for match in matches_from(_INSIDE_HINT, _UNIT_FIRST, text):
        end = _end_of_town(text, match.start() + len(match.group().rstrip(".'’-")))
        if _HAS_STREET.search(match.group()) or _CODE_AT_END.search(text, match.start(), end):
            yield _sighting(text, match.start(), end)
    for match in _NAMED_HOUSE.finditer(text) if _HOUSE_HINT.search(text) else ():
        end = _end_of_town(text, match.end())
        is_home = _LIVES.search(text, max(0, match.start() - 16), match.start()) is not None
        if is_home or _CODE_AT_END.search(text, match.start(), end):
            yield _sighting(text, match.start(), end)


_CODE_AT_END = re.compile(rf"[ ,\n]{_CODE}$")


def _with_town(text: str, match: re.Match[str]) -> Sighting:
    """Take the flat before a street and the town after it to its address."""
    flat = _FLAT.search(text[max(0, match.start() - 64) : match.start()])
    start = match.start() - (len(flat.group()) if flat else 0)
    return _sighting(text, start, _end_of_town(text, match.end()))


def _end_of_town(text: str, end: int) -> int:
    """Tell where the town, the postcode and the country after a street end."""
    ends = [found.end() for one in (_TO_CODE, _TOWN, _DISTRICT) if (found := one.match(text, end))]
    end = max(ends, default=end)
    if ends and (code := _CODE_NEXT.match(text, end)):
        end = code.end()
    country = _COUNTRY.match(text, end) if ends else None
    return country.end() if country else end


def _sighting(text: str, start: int, end: int) -> Sighting:
    return Sighting("address", start, end, text[start:end].lower())

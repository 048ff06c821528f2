"""Names of persons in Latin letters, English and pinyin, with a frame or without one.

In: a text as written (only capitals show an English name). Out: mentions. Out of scope:
names of companies, places and laws, and which mentions are one person (`persons`).

A name counts after a form of address or another frame; as a known given name with a family
name; as two words of pinyin of which the first is a family name; and, in reports, as one
word of pinyin that does what only persons do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pipelines.extract.latin_parts import (
    can_be_person,
    family_and_given,
    is_given_name,
    is_person_in_english,
    is_person_in_pinyin,
    is_pinyin,
    is_place,
)
from pipelines.extract.persons import Mention

_WORD = (
    r"(?!XX|Mrs?\b|Ms\b|(?:Support|Team|Customer|Service|Services|Bank|The|And|Your|Our|Sir|Madam)\b)"
    r"[A-Z][A-Za-z'’-]*[a-z]"
)
_NO_PERSON = (
    r"(?:American|African|Asian|Indian|Mexican|Canadian|European|Chinese|Japanese|British|English|Spanish"
    r"|Very|So|Not|Now|Still|Also|Just|Too|Being|Extremely|Really|Currently|Requesting|Writing|In|On|At|Of"
    r"|For|With|Wells|Fargo|Capital|One|United|States|Native|Active|Duty|Power|Attorney|Disabled|Veteran"
    r"|Social|Security)\b"
)
_NO_NAME = (
    r"(?:an?|also|as|at|being|clear|for|her|his|in|it|my|no|not|now|of|off|on|only|out|still|that|the|their"
    r"|this|under|up|very|wrong|xx+|your|listed|used|attached|linked|tied|spelled|misspelled|associated"
    r"|removed|added|cleared|correct|incorrect|\w+(?:rrectly|ongly|rently|tely|ously))\b"
)
_ENGLISH = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|MR|MRS|MS)\b\.? ?(?!Cooper\b)"
    rf"(?P<titled>{_WORD}(?: [A-Z]\.)?(?: {_WORD})?)"
    rf"|\b[Mm]y name(?: is|['’]s) (?P<self>{_WORD}(?: [A-Z]\.)?(?: {_WORD}){{0,2}})"
    rf"|\bI(?: am|['’]m) (?!{_NO_PERSON})(?P<am>{_WORD}(?: [A-Z]\.)? (?!{_NO_PERSON}){_WORD})"
    r"(?=[,.;:!?()\n]|$"
    r"| (?:and|from|of|at|with|an?|my|in|who|born|writing|filing|calling|living)\b)"
    rf"|(?i:\bmy name(?: is|['’]s) (?!{_NO_NAME})(?P<said>[a-z]{{2,}} [a-z]{{2,}}))"
    r"(?=[,.;:!?)\n]|$| and\b| [iI]\b)"
    r"|(?:\b(?:Name|Contact|Signed|Signature|Complainant|Landlord|Seller|Buyer"
    r"|Agent|Attn|Recipient|Payee|Account holder) ?:"
    r"|\b[Ss]incerely,?|\b[Rr]egards,?|\b[Ff]aithfully,?|\b[Tt]ruly,?)\s{1,3}"
    rf"(?P<signed>(?:{_WORD}|(?:[A-Z]\. ?){{1,2}})(?: {_WORD}){{1,2}})"
    r"|\b[Mm]y (?:husband|wife|son|daughter|mother|father|brother|sister|friend|boss"
    r"|landlord|landlady"
    r"|neighbou?r|roommate|colleague|cousin|uncle|aunt|fianc[eé]e?),? "
    rf"(?P<kin>{_WORD}(?: {_WORD})?)"
    r"|\b(?:rep|representative|agent|supervisor|manager|employee|specialist|associate|person|man"
    r"|woman|lady|guy|someone|somebody|seller|buyer|advisor|adviser)(?: who was)?,?"
    r" (?:named|called|by the name of) "
    rf"(?P<staff>{_WORD}(?: {_WORD})?)"
    r"|\b(?:Zelle|Venmo|Cash ?App)(?:d|ed)?(?: payment| transfer)?(?: of)?(?: \$[\d,.]+)? to "
    rf"(?P<paid>(?!{_NO_PERSON}){_WORD} (?!{_NO_PERSON}){_WORD})(?![A-Za-z ]*(?:Bank|LLC|Inc))",
    re.ASCII,
)
_ENGLISH_HINT = re.compile(
    "M(?:r|s|iss|R|S)|Dr|Prof|[Mm]y (?:[nhwsdmfb]|land|room|coll|cous|unc|aunt)|MY NAME"
    "|I am [A-Z]|I'm [A-Z]|I’m [A-Z]|Name|incerely|egards|aithfully|rs truly|named|called"
    "|by the name|Zelle|Venmo|Cash ?App|(?:Contact|Signed|Signature|holder|Landlord|Seller|Buyer"
    "|Agent|Attn|Payee|Recipient|Complainant) ?:"
)
_LATIN_AMONG_HAN = re.compile(
    "(?:姓名|联系人|收款人|付款人|收款方|户名|收货人|收件人|我叫|名叫|本人|转账给|转给|打给|汇给|付给)"
    r"[:： 是为]{0,3}(?P<name>(?!XX|Mr|Ms)[A-Z][A-Za-z'’]{1,14}(?: [A-Z]\.)? "
    r"(?!(?:Pay|PAY|Store|STORE|Shop|SHOP|App|APP|Inc|INC|Ltd|LTD|Co|CO|Bank|BANK|Store|Group)\b)"
    r"[A-Z][A-Za-z'’]{1,14})(?![A-Za-z])",
    re.ASCII,
)
_TWO_CAPITALS = re.compile(" (?<=[A-Za-z.] )[A-Z]")
_PAIR = re.compile(
    r"(?P<first>[A-Z](?<![A-Za-z'’&-][A-Z])(?:[a-z]{1,14}|[A-Z]{1,11}))(?: [A-Z]\.?)? "
    r"(?P<last>(?:O['’]|Mc|Mac)?[A-Z](?:[a-z]{1,14}|[A-Z]{1,13})(?:-[A-Z][a-z]+)?)(?![A-Za-z&-])",
    re.ASCII,
)
_COMPANY_NEXT = re.compile(
    r"(?:['’]s)? (?:(?:&|and) (?:[A-Z]\w*\.? )?(?:Assoc|Co\b|Sons|Partners)"
    r"|& [A-Z]|LLP\b|[Aa]ttorneys? (?:at|for)"
    r"|(?:Bank|Inc|Corp|Company|Co|Financial|Mortgage|Group|LLC|Services?"
    r"|Credit|Card|Fargo|Street|St|Ave|Avenue|Road|Rd|Drive|Blvd|University|School|College|Hospital|Airport|Park"
    r"|Store|Stores|Furniture|Foods|Noodle|Restaurant|Hotel|Associates|Partners|Insurance|Law|Motors)\b)"
    r"|,? (?:P\.? ?C|P\.? ?A|PLLC|LLP|LLC|Esq|Attorneys)\b|-?\d"
)
_FIRM_BEFORE = re.compile(r"[Ll]aw [Oo]ffices? of (?:[A-Z]\.? )?$|\b(?:San|Santa|St\.?|Saint) $")
_BUSINESS_NEXT = (
    "bank|card|account|rep|employee|claim|customer|credit|associate|app|platform|store|website"
    "|support|loan|mortgage|branch|check|debit|visa|online"
)
_CAPITAL_BEFORE = re.compile(r"[A-Z][A-Za-z]+\.? $")
_ONE_NAME = re.compile(
    r"(?:[Ss](?:poke|peak|peaking|poken) (?:with|to) (?:an? |the |one )?"
    r"(?:agent |supervisor |manager |rep(?:resentative)? )?(?:named |called )?"
    r"|(?:[Tt]alk(?:ed|ing)|[Cc]hat(?:ted|ting)) (?:with|to) |[Tt]hank(?:s| you),? *\n?"
    r"|(?<=[,.\n] )[Ss]igned,? "
    r"|(?:[Aa]gent|[Ss]upervisor|[Mm]anager|[Rr]epresentative|[Rr]ep|[Aa]dvisor"
    r"|[Cc]lerk|[Ss]eller|[Bb]uyer|[Ll]andlord"
    r"|[Ll]awyer|[Pp]rofessor|[Oo]fficer|[Tt]eller),? "
    r"|(?:[Rr]egards|[Cc]heers|[Bb]est|[Ss]incerely),?\s{1,3}"
    r"|[Hh](?:is|er) name (?:is|was) )"
    r"(?P<name>[A-Z][a-z]{1,14}(?: [A-Z][a-z'’]{1,14})?)(?![A-Za-z])",
    re.ASCII,
)
_CAPITALISED = re.compile("[A-Z][a-z]+")
_DOES = (
    r"(?:said|says|told|tells|explained|explains|sighed|added|adds|recalled|realized|realised|felt"
    r"|thought|hoped|hopes|believes|believed|decided|found|bought|paid|lives|complained|contacted|insisted|noticed|discovered|promised"
    r"|called|asked|sent|replied|clicked|received|has|had|was|is|took|put|saw|went|claims|claimed|refused|hung)"
)
_SUBJECT = re.compile(
    r"(?P<name>[A-Z](?<![A-Za-z'’&-][A-Z])[a-z]{1,14})"
    r"(?:['’]s (?:view|case|account|opinion|mouth|appeal|complaint)\b"
    rf"| {_DOES}\b|, (?:a|an|the|who)\b"
    r"| (?:from|in) (?:[A-Z]|billing|support|sales|customer|collections))"
)
_SURELY_HUMAN = re.compile(
    r" (?:sighed|felt|thought|recalled|realized|realised|hoped|believes|believed|lives|added|bought"
    r"|said angrily|told (?:the )?reporters?|explained|complained)\b"
    r"|['’]s (?:view|mouth|opinion)\b| from [A-Z]|, (?:a|an|who)\b"
    r"|[^.\n]{0,60}\b(?:he|she|his|her)\b"
)
_EXPERT = re.compile(
    r",? (?:(?:an? |the )?(?:senior |associate |chief |deputy )?(?:lawyer|attorney|professor"
    r"|partner|director|expert|researcher|analyst|journalist|reporter))\b"
)
_EXPERT_BEFORE = re.compile(
    r"(?:[Ll]awyer|[Aa]ttorney|[Pp]rofessor|[Rr]eporter|[Ee]xpert|Manga|Editor),? $"
)


def find_english_names(text: str) -> list[Mention]:
    """Report the persons that a text, in its own capitals, names in Latin letters.

    Ranges may overlap: a family name is reported again wherever it stands.

    >>> text = "Mr. Holt of Acme called; Holt was rude."
    >>> sorted({text[one.start:one.end] for one in find_english_names(text)})
    ['Holt', 'Mr. Holt']
    """
    found: list[Mention] = []
    capitalised = _CAPITALISED.findall(text)
    if _TWO_CAPITALS.search(text):
        if not text.isascii():
            for match in _LATIN_AMONG_HAN.finditer(text):
                found.append(_mention(*match.span("name"), match["name"]))
        found.extend(_pairs(text))
    if (capitalised or "name" in text or "NAME" in text) and _ENGLISH_HINT.search(text):
        found.extend(_framed(text))
    has_given = any(map(is_given_name, capitalised))
    if has_given:
        found.extend(_after_frames(text))
    if has_given or len(capitalised) > len(set(capitalised)):
        found.extend(_subjects(text))
    return [*found, *_repeated(text, found)] if found else found


def _framed(text: str) -> Iterator[Mention]:
    """Find what a form of address or another sure frame announces."""
    for match in _ENGLISH.finditer(text):
        group = match.lastgroup or ""
        start = match.start() if group == "titled" else match.start(group)
        end = match.end()
        name = match[group]
        if group in ("signed", "kin", "staff", "titled"):
            name = _without_tail(name)
            end = match.start(group) + len(name)
        if group == "signed" and not can_be_person(name):
            continue
        yield _mention(start, end, name, _gender(match.group()))


def _without_tail(name: str) -> str:
    """Drop a second word that begins a company or is no name from what a frame holds."""
    first, _, last = name.rpartition(" ")
    return first if first and not can_be_person(last) else name


def _gender(title: str) -> Literal["m", "f", ""]:
    """Read the gender off a form of address."""
    if re.match(r"(?:Mrs|Ms|Miss|MRS|MS)\b", title):
        return "f"
    return "m" if re.match(r"(?:Mr|MR)\b", title) else ""


def _pairs(text: str) -> Iterator[Mention]:
    """Find two capitalised words that are the name of a person without any frame."""
    position = 0
    while match := _PAIR.search(text, position):
        first, last = match["first"], match["last"]
        is_person = is_person_in_english(first, last) or is_person_in_pinyin(first, last)
        before = text[max(0, match.start() - 20) : match.start()]
        is_firm = _FIRM_BEFORE.search(before) or _COMPANY_NEXT.match(text, match.end())
        if is_person and not is_firm:
            yield _mention(*match.span(), match.group(), role=_role(text, match))
            position = match.end()
        else:
            position = match.end("first")


def _role(text: str, match: re.Match[str]) -> Literal["expert", ""]:
    """Say whether the words around a name are those of an expert or of the press."""
    before = text[max(0, match.start() - 12) : match.start()]
    is_expert = _EXPERT.match(text, match.end()) or _EXPERT_BEFORE.search(before)
    return "expert" if is_expert else ""


def _after_frames(text: str) -> Iterator[Mention]:
    """Find given names after words that persons follow (I spoke with Jessica)."""
    for match in _ONE_NAME.finditer(text):
        first, _, last = match["name"].partition(" ")
        start = match.start("name")
        if not is_given_name(first) or _COMPANY_NEXT.match(text, start + len(first)):
            continue
        name = match["name"] if last and can_be_person(last) else first
        yield _mention(start, start + len(name), name)


def _subjects(text: str) -> Iterator[Mention]:
    """Find one-word names that do what persons do: given names, and pinyin in reports."""
    candidates: dict[str, list[re.Match[str]]] = {}
    for match in _SUBJECT.finditer(text):
        candidates.setdefault(match["name"], []).append(match)
    for name, matches in candidates.items():
        if is_given_name(name, surely=True):
            for match in matches:
                before = text[max(0, match.start() - 20) : match.start()]
                goes_on = text[match.end("name") : match.end("name") + 2]
                is_verb_next = goes_on[:1] == " " and goes_on[1:].islower()
                if is_verb_next and not _CAPITAL_BEFORE.search(before):
                    yield _mention(*match.span("name"), name)
        elif (
            is_pinyin(name)
            and can_be_person(name)
            and not is_place(name)
            and _is_protagonist(text, matches)
        ):
            for match in re.finditer(rf"\b{name}\b", text, re.ASCII):
                yield Mention(*match.span(), name.lower(), "", "")


def _is_protagonist(text: str, matches: list[re.Match[str]]) -> bool:
    """Tell a person of a report from a company: she sighs, has a view, comes from a place."""
    name = matches[0]["name"]
    human = sum(_SURELY_HUMAN.match(text, match.end("name")) is not None for match in matches)
    if re.search(rf"\b{name}(?:['’]s)? (?:{_BUSINESS_NEXT})s?\b", text, re.IGNORECASE):
        return False
    if re.search(rf"\b(?:in|In|at|on|via|through|near) {name}\b(?!['’])|\b{name.lower()}\b", text):
        return False
    return human >= 1 and (human + len(matches) >= 3 or text.count(name) >= 2)


def _mention(
    start: int,
    end: int,
    name: str,
    gender: Literal["m", "f", ""] = "",
    role: Literal["expert", ""] = "",
) -> Mention:
    """Make a mention of a name in Latin letters."""
    return Mention(start, end, *family_and_given(name), gender, role)


def _repeated(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Find a family name, and a full name, again, unless it begins a company's name."""
    known = {one.family: one for one in found}
    for one in known.values():
        for match in re.finditer(rf"\b{re.escape(one.family)}\b", text, re.IGNORECASE | re.ASCII):
            is_company = _COMPANY_NEXT.match(text, match.end())
            if match.group()[0].isupper() and not is_company:
                yield Mention(*match.span(), one.family, "", "")

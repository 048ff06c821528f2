"""Names of persons in Latin letters, English and pinyin, with a frame or without one.

In: a text as written (only capitals show an English name). Out: mentions. Out of scope:
names of companies, places and laws, and which mentions are one person (`persons`).

A name counts after a form of address or another frame; as a known given name with a family
name; as two words of pinyin of which the first is a family name; and, in reports, as one
word of pinyin that does what only persons do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from string import ascii_lowercase, ascii_uppercase
from typing import Literal

from pipelines.extract.english_initials import find_names_in_other_spellings
from pipelines.extract.english_runs import COMPANY_NEXT, LOWER, UPPER, find_full_names
from pipelines.extract.english_subjects import find_subjects
from pipelines.extract.latin_parts import (
    can_be_person,
    family_and_given,
    is_given_name,
    is_person_in_pinyin,
    is_pinyin,
    is_place,
)
from pipelines.extract.personal_names import name_lists
from pipelines.extract.persons import Mention

_WORD = (
    r"(?!XX|Mrs?\b|Ms\b|(?:Support|Team|Customer|Service|Services|Bank|The|And|Your|Our|Sir"
    r"|Madam)\b)"
    rf"[{UPPER}][A-Za-z{LOWER}'’-]*[{LOWER}]"
)
_NO_PERSON = (
    r"(?:American|African|Asian|Indian|Mexican|Canadian|European|Chinese|Japanese|British"
    r"|English|Spanish"
    r"|Very|So|Not|Now|Still|Also|Just|Too|Being|Extremely|Really|Currently|Requesting|Writing"
    r"|In|On|At|Of"
    r"|For|With|Wells|Fargo|Capital|One|United|States|Native|Active|Duty|Power|Attorney|Disabled"
    r"|Veteran"
    r"|Social|Security)\b"
)
_NO_NAME = (
    r"(?:an?|also|as|at|being|clear|for|her|his|in|it|my|no|not|now|of|off|on|only|out|still"
    r"|that|the|their"
    r"|this|under|up|very|wrong|xx+|your|listed|used|attached|linked|tied|spelled|misspelled"
    r"|associated"
    r"|removed|added|cleared|correct|incorrect|\w+(?:rrectly|ongly|rently|tely|ously))\b"
)
_TITLED = re.compile(
    r"[MDP](?<![A-Za-z].)(?:rs?|s|iss|r|rof|RS?)\b\.? ?"
    rf"(?P<titled>{_WORD}(?: [A-Z]\.)?(?: {_WORD})?)",
    re.ASCII,
)
_MY_NAME = re.compile(
    rf"(?<=[Mm])y name(?: is|['’]s) (?P<self>{_WORD}(?: [A-Z]\.)?(?: {_WORD}){{0,2}})"
    rf"|(?i:y name(?: is|['’]s) (?!{_NO_NAME})(?P<said>[a-z]{{2,}} [a-z]{{2,}}))"
    r"(?=[,.;:!?)\n]|$| and\b| [iI]\b)",
    re.ASCII,
)
_I_AM = re.compile(
    rf"I(?: am|['’]m) (?<![A-Za-z]....)(?!{_NO_PERSON})"
    rf"(?P<am>{_WORD}(?: [A-Z]\.)? (?!{_NO_PERSON}){_WORD})"
    r"(?=[,.;:!?()\n]|$"
    r"| (?:and|from|of|at|with|an?|my|in|who|born|writing|filing|calling|living)\b)",
    re.ASCII,
)
_SIGNED = re.compile(
    r"(?:(?:Name|Contact|Signed|Signature|Complainant|Landlord|Seller|Buyer"
    r"|Agent|Attn|Recipient|Payee|Account holder) ?:"
    r"|\b[Ss]incerely,?|\b[Rr]egards,?|\b[Ff]aithfully,?|\b[Tt]ruly,?|\bSigned,)\s{1,3}"
    rf"(?P<signed>(?:{_WORD}|(?:[A-Z]\. ?){{1,2}})(?: {_WORD}){{1,2}})",
    re.ASCII,
)
_FORM = re.compile(
    r"[Nn]ame ?[: ] ?"
    rf"(?P<form>{_WORD}(?: (?:[A-Z]\.|{_WORD})){{0,2}})(?=[\n,;/|]|$)",
    re.ASCII,
)
_KIN = re.compile(
    r"y (?<=[Mm]y )(?:husband|wife|son|daughter|mother|father|brother|sister|friend|boss"
    r"|landlord|landlady|neighbou?r|roommate|colleague|cousin|uncle|aunt|fianc[eé]e?),? "
    rf"(?P<kin>{_WORD}(?: {_WORD})?)",
    re.ASCII,
)
_NAMED = re.compile(
    rf"(?:named|called|name of|name was|name is) (?P<staff>{_WORD}(?: {_WORD})?)", re.ASCII
)
_STAFF_BEFORE = re.compile(
    r"(?:rep|representative|agent|supervisor|manager|employee|specialist|associate|person|man"
    r"|woman|lady|guy|someone|somebody|seller|buyer|advisor|adviser|driver|courier|teacher|doctor"
    r"|nurse|landlord|neighbou?r)(?:['’]s|'s)?(?: who was)?,?(?: by the)? $"
)
_PAID = re.compile(
    r"(?:Zelle|Venmo|Cash ?App)(?:d|ed)?(?: payment| transfer)?(?: of)?(?: \$[\d,.]+)? to "
    rf"(?P<paid>(?!{_NO_PERSON}){_WORD} (?!{_NO_PERSON}){_WORD})(?![A-Za-z ]*(?:Bank|LLC|Inc))",
    re.ASCII,
)
_IN_CAPITALS = re.compile(
    r"(?P<family>[A-Z](?<![A-Za-z].)[A-Z]{1,7})(?:/|, ?| )(?P<given>[A-Z]{2,12}|[A-Z][a-z]{1,11})"
    r"(?![A-Za-z])"
)
_JAPANESE = re.compile(r"(?P<name>[A-Z][a-z]{2,14})-(?:san|sama|ssi|sensei)\b")
_IN_SMALL = re.compile(
    r"(?:ontact|attn|ask for|amed|拼音|名字是) ?(?P<small>[a-z]{2,} (?:(?:bin|binti|al|de|van) )?"
    r"[a-z]{2,}(?: (?:bin|binti) [a-z]{2,})?)(?![a-z])"
)
_LATIN_AMONG_HAN = re.compile(
    "(?:姓名|联系人|收款人|付款人|收款方|户名|收货人|收件人|我叫|名叫|本人|转账给|转给|打给|汇给"
    "|付给)"
    r"[:： 是为]{0,3}(?P<name>(?!XX|Mr|Ms)[A-Z][A-Za-z'’]{1,14}(?: [A-Z]\.)? "
    r"(?!(?:Pay|PAY|Store|STORE|Shop|SHOP|App|APP|Inc|INC|Ltd|LTD|Co|CO|Bank|BANK|Store|Group)\b)"
    r"[A-Z][A-Za-z'’]{1,14})(?![A-Za-z])",
    re.ASCII,
)
_WORD_IN_ASCII = re.compile(r"\w+", re.ASCII)
_INITIAL_AFTER = re.compile(r", [A-Z]\.", re.ASCII | re.IGNORECASE)
_IN_SMALL_LETTERS = str.maketrans(ascii_uppercase, ascii_lowercase)
_TITLES = frozenset(("Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "MR", "MS", "MRS"))
_SIGNING = frozenset(
    (
        *(
            "Name",
            "Contact",
            "Signed",
            "Signature",
            "Complainant",
            "Landlord",
            "Seller",
            "Buyer",
            "Agent",
            "Attn",
        ),
        *(
            "Recipient",
            "Payee",
            "Account",
            "Sincerely",
            "Regards",
            "Faithfully",
            "Truly",
            "Yours",
            "Best",
            "Kind",
        ),
        *("Warm", "Respectfully"),
    )
)
_PAYING = frozenset(("Zelle", "Zelled", "Venmo", "Venmoed", "Cash", "CashApp"))
_ONE_NAME_BEFORE = re.compile(
    r"(?:(?:[Ss](?:poke|peak|peaking|poken)) (?:with|to) (?:an? |the |one )?"
    r"(?:agent |supervisor |manager |rep(?:resentative)? )?(?:named |called )?"
    r"|(?:[Tt]alk(?:ed|ing)|[Cc]hat(?:ted|ting)) (?:with|to) |[Tt]hank(?:s| you),? *\n?"
    r"|[,.\n] [Ss]igned,? "
    r"|(?:[Aa]gent|[Ss]upervisor|[Mm]anager|[Rr]epresentative|[Rr]ep|[Aa]dvisor"
    r"|[Cc]lerk|[Ss]eller|[Bb]uyer|[Ll]andlord"
    r"|[Ll]awyer|[Pp]rofessor|[Oo]fficer|[Tt]eller),? "
    r"|(?:[Rr]egards|[Cc]heers|[Bb]est|[Ss]incerely),?\s{1,3}"
    r"|[Hh](?:is|er) name (?:is|was) )\Z"
)
_ONE_NAME = re.compile(
    r"(?P<name>[A-Z](?<![A-Za-z][A-Z])[a-z]{1,14}(?: [A-Z][a-z'’]{1,14})?)(?![A-Za-z])"
)
_CAPITALISED = re.compile("[A-Z][A-Za-z]+")


def find_english_names(text: str) -> list[Mention]:
    """Report the persons that a text, in its own capitals, names in Latin letters.

    Ranges may overlap: a family name is reported again wherever it stands.

    >>> text = "Mr. Holt of Acme called; Holt was rude."
    >>> sorted({text[one.start:one.end] for one in find_english_names(text)})
    ['Holt', 'Mr. Holt']
    """
    found: list[Mention] = []
    capitalised = _CAPITALISED.findall(text)
    words = set(capitalised)
    found.extend(find_names_in_other_spellings(text))
    if not words and text.isascii() and "y name" not in text and "ontact " not in text:
        return found
    if len(words) > 1 or not text.isascii():
        if not text.isascii() and (words or "'" in text or "’" in text):
            for match in _LATIN_AMONG_HAN.finditer(text):
                found.append(_mention(*match.span("name"), match["name"]))
        found.extend(find_full_names(text))
        found.extend(_in_capitals(text, words))
    found.extend(_framed(text, words))
    has_given = any(map(is_given_name, words))
    if has_given:
        found.extend(_after_frames(text))
    if has_given or (len(words) < len(capitalised) and any(map(is_pinyin, words))):
        found.extend(find_subjects(text))
    return [*found, *_repeated(text, found)] if found else found


def _framed(text: str, words: Set[str]) -> Iterator[Mention]:
    """Find what a form of address or another sure frame announces."""
    for pattern in _frames_of(text, words):
        for match in pattern.finditer(text):
            group = match.lastgroup or ""
            start = match.start() if group == "titled" else match.start(group)
            name = match[group]
            if group in ("signed", "kin", "staff", "titled", "form"):
                name = _without_tail(name)
            is_odd = group in ("signed", "form") and not can_be_person(name)
            if is_odd or (group == "titled" and _is_brand(name)):
                continue
            before = text[max(0, match.start() - 36) : match.start()]
            if group == "staff" and not _STAFF_BEFORE.search(before):
                continue
            yield _mention(start, match.start(group) + len(name), name, _gender(match.group()))


def _frames_of(text: str, words: Set[str]) -> Iterator[re.Pattern[str]]:
    """Give the frames of which a text has the words."""
    if not _TITLES.isdisjoint(words):
        yield _TITLED
    if not _PAYING.isdisjoint(words):
        yield _PAID
    if not _SIGNING.isdisjoint(words) or "egards" in text or "incerely" in text:
        yield _SIGNED
    if "ame:" in text or "ame :" in text:
        yield _FORM
    if "y name" in text or "Y NAME" in text:
        yield _MY_NAME
    if "I am " in text or "I'm " in text or "I’m " in text:
        yield _I_AM
    if words and ("My " in text or "my " in text):
        yield _KIN
    if words and ("name " in text or "named " in text or "called " in text):
        yield _NAMED


def _is_brand(name: str) -> bool:
    """Say whether a name after a form of address makes the name of a brand (Dr. Pepper)."""
    return name.split(" ")[0].lower() in name_lists().brands_with_titles


def _in_capitals(text: str, words: Set[str]) -> Iterator[Mention]:
    """Find names in the ways of tickets and forms: LI/MING, WANG, Ming, Tanaka-san."""
    families = name_lists().families_in_pinyin
    if not families.isdisjoint(map(str.lower, filter(str.isupper, words))):
        for match in _IN_CAPITALS.finditer(text):
            family, given = match["family"].lower(), match["given"]
            is_two = match["given"].isupper() and " " in match.group() and "," not in match.group()
            is_two = is_two and (text.isascii() or len(given) < 5)
            if (
                family in families
                and is_pinyin(given.lower())
                and not is_two
                and not is_place(given)
            ):
                yield Mention(*match.span(), family, given.lower(), "")
    for match in _IN_SMALL.finditer(text) if "ontact " in text or "拼音" in text else ():
        first, *_, last = match["small"].split(" ")
        if is_given_name(first, surely=True) or is_person_in_pinyin(first, last):
            yield _mention(*match.span("small"), match["small"])
    if "-s" in text:
        for match in _JAPANESE.finditer(text):
            yield _mention(*match.span("name"), match["name"])


def _without_tail(name: str) -> str:
    """Drop a second word that begins a company or is no name from what a frame holds."""
    first, _, last = name.rpartition(" ")
    return first if first and not can_be_person(last) else name


def _gender(title: str) -> Literal["m", "f", ""]:
    """Read the gender off a form of address."""
    if re.match(r"(?:Mrs|Ms|Miss|MRS|MS)\b", title):
        return "f"
    return "m" if re.match(r"(?:Mr|MR)\b", title) else ""


def _after_frames(text: str) -> Iterator[Mention]:
    """Find given names after words that persons follow (I spoke with Jessica)."""
    for match in _ONE_NAME.finditer(text):
        first, _, last = match["name"].partition(" ")
        if not is_given_name(first):
            continue
        start = match.start()
        is_meant = _ONE_NAME_BEFORE.search(text[max(0, start - 48) : start])
        if is_meant and not COMPANY_NEXT.match(text, start + len(first)):
            name = match["name"] if last and can_be_person(last) else first
            yield _mention(start, start + len(name), name)


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
    reached: dict[str, int] = {}
    for family, start, end in _again(text, {one.family for one in found}):
        if start < reached.get(family, 0):
            continue
        initial = _INITIAL_AFTER.match(text, end)
        reached[family] = end = initial.end() if initial else end
        if text[start].isupper() and not COMPANY_NEXT.match(text, end):
            yield Mention(start, end, family, "", "")


def _again(text: str, families: Set[str]) -> Iterator[tuple[str, int, int]]:
    """Find family names as words of their own, in capitals or not, all in one pass.

    A name with an apostrophe or the like is looked up by its first word, or else by the
    mark that it begins with.
    """
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for family in families:
        first = _WORD_IN_ASCII.match(family)
        lengths[first.group() if first else family[0]].add(len(family))
    lowered = text.translate(_IN_SMALL_LETTERS)
    for word in _WORD_IN_ASCII.finditer(lowered):
        mark = lowered[word.end() : word.end() + 1]
        for start, first_part in ((word.start(), word.group()), (word.end(), mark)):
            for length in lengths.get(first_part, ()):
                family, end = lowered[start : start + length], start + length
                if family in families and len(family) == length and _is_edge(lowered, end):
                    yield family, start, end


def _is_edge(text: str, position: int) -> bool:
    r"""Say whether a word begins or ends at a place, as \b does."""
    before, after = text[position - 1 : position], text[position : position + 1]
    return bool(_WORD_IN_ASCII.match(before)) != bool(_WORD_IN_ASCII.match(after))

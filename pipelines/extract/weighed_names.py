"""Chinese names that no frame announces, by weighing their characters and what is around them.

In: a normalised text. Out: mentions of full names. Out of scope: names after a label or a
title, which may be of any characters (`chinese_names`), and names without a Chinese family
name (`transliterated_names`).

Every place where a family name and characters that given names hold stand together is a
candidate. Its features (how usual the family name and the given name are, how the segmenter
divides the run, the words before and after) have weights in `taxonomy/name_weights.yml`;
a candidate whose sum is above the threshold is a name. A weaker one counts in a list of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import rjieba

from pipelines.extract.name_weights import name_weights
from pipelines.extract.personal_names import is_company_name, is_name_in_dictionary
from pipelines.extract.persons import Mention
from pipelines.extract.regions import is_region_name
from pipelines.extract.usual_names import is_person_word
from pipelines.segment import is_word

_HAN = "\u3400-\u9fff"
_RUN = re.compile(f"[{_HAN}]+")
_RUN_BEFORE = re.compile(f"(?<![{_HAN}])[{_HAN}]+$")
_LONGEST_RUN = 60
_START = re.compile(name_weights().start_pattern)
_EDGES = {
    **{"\n": "line", "、": "pause", " ": "blank", "(": "open", "[": "open", ")": "close"},
    **{"]": "close", ",": "comma", ":": "colon", '"': "quote", "'": "quote", "": "end"},
    **dict.fromkeys("。.!?;", "stop"),
}
_TO_PLACES = (
    *("至", "往", "位于", "坐落于", "途经", "居住在", "名为", "景区"),
    *("台风", "品牌", "省", "市", "县"),
)
_BETWEEN = re.compile(r"[、 ,\n和与跟及]")


class Place(NamedTuple):
    """Where a name may stand; `letters` is the sum of the levels of its given name."""

    start: int
    family: int
    given: int
    letters: int

    @property
    def middle(self) -> int:
        """Where the given name begins."""
        return self.start + self.family

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.start + self.family + self.given


class _Run(NamedTuple):
    """A run of Chinese characters, and the words of the segmenter by where they begin and end."""

    start: int
    end: int
    from_start: dict[int, tuple[str, str]]
    to_end: dict[int, tuple[str, str]]


def find_weighed_names(text: str) -> Iterator[Mention]:
    """Report full names whose characters and surroundings together are those of a name.

    >>> text = "昨天张卫国又打电话,邹奕辰和段可馨的妈妈也说不退,时间和金额都不对"
    >>> [text[one.start:one.end] for one in find_weighed_names(text)]
    ['张卫国', '邹奕辰', '段可馨']
    """
    lists = name_weights()
    known = lists.weights
    weighed: dict[int, tuple[float, Place]] = {}
    for place, features in places_with_features(text):
        weight = lists.base + sum([known.get(feature, 0.0) for feature in features])
        if weight > weighed.get(place.start, (lists.in_list,))[0]:
            weighed[place.start] = weight, place
    end = 0
    for start, (weight, place) in sorted(weighed.items()):
        is_name = weight > lists.threshold or _is_listed(text, place, weighed)
        if is_name and start >= end and not _is_outweighed(weight, place, weighed):
            end = place.end
            family, given = text[start : place.middle], text[place.middle : end]
            yield Mention(start, end, family, given, "")


def places_with_features(text: str) -> Iterator[tuple[Place, list[str]]]:
    """Give the places where a name may stand, and what speaks for and against it.

    >>> [place.start for place, _ in places_with_features("请找张卫国")]
    [2, 2]
    """
    run = _Run(0, 0, {}, {})
    for match in _START.finditer(text):
        for place in _places(match):
            if _can_be_one(text, place):
                if place.start >= run.end:
                    run = _divided(text, place.start)
                is_apart = place.start in run.from_start or place.end in run.to_end
                if is_apart and place.end <= run.end:
                    yield place, _features(text, place, run)


def _places(match: re.Match[str]) -> Iterator[Place]:
    """Give the names that may start at a place, if their characters are usual enough."""
    lists = name_weights()
    start, found = match.start(), match.group() + match["given"]
    if found[:2] in lists.long_families:
        for length in range(min(2, len(found) - 2), 0, -1):
            given = found[2 : 2 + length]
            yield Place(start, 2, length, sum([lists.given.get(char, 0) for char in given]))
    level = 2 * lists.families.get(found[0], -9)
    first = lists.given.get(found[1], 0)
    if len(found) > 2:
        letters = first + lists.given.get(found[2], 0)
        if letters + level >= lists.least_letters:
            yield Place(start, 1, 2, letters)
    if first >= 2 and level > 0:
        yield Place(start, 1, 1, first)


def _divided(text: str, place: int) -> _Run:
    """Divide the run around a place into words with their kinds."""
    before = _RUN_BEFORE.search(text, max(0, place - _LONGEST_RUN), place)
    after = _RUN.match(text, place, place + _LONGEST_RUN)
    start, end = before.start() if before else place, after.end() if after else place
    run = _Run(start, end, {}, {})
    position = start
    for word in _words(text[start:end]):
        run.from_start[position] = word
        position += len(word[0])
        run.to_end[position] = word
    return run


@lru_cache(maxsize=256)
def _words(run: str) -> tuple[tuple[str, str], ...]:
    """Divide a run into words with their kinds; the next round asks for most of them again."""
    return tuple(rjieba.tag(run))


def _features(text: str, place: Place, run: _Run) -> list[str]:
    lists = name_weights()
    start, end = place.start, place.end
    family = text[start : place.middle]
    level = "long" if place.family == 2 else str(lists.families[family])
    features = [
        f"family {level}",
        f"given{place.given} {max(-3, min(6, place.letters))}",
        *_shape(text, place, run),
        _before(text, start, run),
        _after(text, end, run),
    ]
    if is_person_word(text[max(0, start - 9) : start]):
        features.append("person before")
    if text.endswith(_TO_PLACES, max(0, start - 3), start):
        features.append("place before")
    if text.startswith(lists.said_or_done, end):
        features.append("said or done")
    if text.startswith(lists.titles_after, end):
        features.append("title after")
    if start == run.start and end == run.end:
        features.append(f"alone{place.given}")
    if text.startswith(lists.places_after, end):
        features.append("place after")
    if text[end - 1] in lists.thing_endings:
        features.append("thing at end")
    if text[place.middle] in lists.numerals:
        features.append("numeral inside")
    if level in ("0", "-1", "-2") and start > run.start and "person before" not in features:
        features.append("small family inside")
    if place.given == 2 and (_usual(place) != "high" or level in ("0", "-1", "-2")):
        if place.family == 1 and _is_other_word(text[start : start + 2]):
            features.append("word at head")
        if _is_other_word(text[place.middle : end]):
            features.append("word as given")
    return features


def _shape(text: str, place: Place, run: _Run) -> Iterator[str]:
    """Tell how the words of the segmenter lie to a name."""
    name = text[place.start : place.end]
    first, last = run.from_start.get(place.start), run.to_end.get(place.end)
    if first is None:
        yield "crosses left"
    if last is None:
        yield "crosses right"
    if is_word(name) and (first is None or first[0] != name):
        yield "is word"
    if first is None or last is None:
        return
    word, tag = first
    given = text[place.middle : place.end]
    usual = _usual(place)
    if word == name:
        yield f"one {_known(name)} {_kind(tag)} {place.given} {usual}"
    elif len(word) == place.family and last[0] == given:
        yield f"two {_known(given)} {_kind(last[1])} {place.given} {usual}"
        yield f"family as {_part_of_speech(tag)}"
    elif len(word) == place.family + 1 and place.given == 2:
        yield f"split {_known(word)}{' nr' if tag[:2] == 'nr' else ''}"
    else:
        yield "singles" if len(word) == place.family else "odd"


def _is_other_word(word: str) -> bool:
    return is_word(word) and not is_name_in_dictionary(word)


def _usual(place: Place) -> str:
    if place.letters >= 2 + place.given:
        return "high"
    return "middle" if place.letters >= 2 else "low"


def _known(word: str) -> str:
    return "word" if is_word(word) else "new"


def _kind(tag: str) -> str:
    if tag[:2] in ("ns", "nt", "nz"):
        return "place"
    return tag[:2] if tag[:2] == "nr" else "x" if tag == "x" else "other"


def _before(text: str, start: int, run: _Run) -> str:
    if start == run.start:
        return f"before {_edge(text[start - 1 : start])}"
    if start not in run.to_end:
        return "before inside"
    word, tag = run.to_end[start]
    is_common = tag[0] in "nx" and tag[:2] not in ("nr", "ns", "nt", "nz")
    if is_common and len(word) > 1 and word[-1] in name_weights().person_endings:
        return "before person"
    return f"before {_part_of_speech(tag)}"


def _after(text: str, end: int, run: _Run) -> str:
    if end == run.end:
        return f"after {_edge(text[end : end + 1])}"
    return f"after {_part_of_speech(run.from_start[end][1]) if end in run.from_start else 'inside'}"


def _part_of_speech(tag: str) -> str:
    return tag[:2] if tag[:2] in ("nr", "ns", "uj", "ul") else tag[:1]


def _edge(char: str) -> str:
    """Name the kind of a character that is no Chinese one."""
    if char in _EDGES:
        return _EDGES[char]
    if char.isdigit():
        return "digit"
    return "latin" if char.isascii() and char.isalpha() else "mark"


def _can_be_one(text: str, place: Place) -> bool:
    """Say whether a place holds neither a title nor the name of a company or a region."""
    name = text[place.start : place.end]
    is_other = is_company_name(name) or is_region_name(name) or _is_other_word(name)
    is_other |= name[-1] == name[0] or (len(name) == 4 and is_word(name))
    return not is_other and not text.startswith(name_weights().titles, place.middle)


def _is_listed(text: str, place: Place, weighed: dict[int, tuple[float, Place]]) -> bool:
    """Say whether a sure name stands right before or after, with a mark of lists between."""
    threshold = name_weights().threshold
    after = weighed.get(place.end + 1)
    if after and after[0] > threshold and _BETWEEN.match(text, place.end):
        return True
    if not _BETWEEN.match(text, place.start - 1):
        return False
    return any(
        before is not None and before[0] > threshold and before[1].end == place.start - 1
        for before in (weighed.get(place.start - 1 - length) for length in (2, 3, 4))
    )


def _is_outweighed(weight: float, place: Place, weighed: dict[int, tuple[float, Place]]) -> bool:
    """Say whether a likelier name begins inside a place."""
    inner = (weighed.get(start) for start in range(place.start + 1, place.end))
    return any(other is not None and other[0] > weight for other in inner)

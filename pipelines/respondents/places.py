"""Takes the name of a place or local organisation apart: regions, and what is there.

In: a name in the normalised spelling. Out: a `Place`, whose `core` is equal for the ways
in which one estate, school or company is written; regions may be masked (A市, A7县). Out
of scope: finding such names in a text (`pipelines.respondents.place_finder`).

    a市a5区恒大绿洲小区二期   -> 恒大绿洲 in a市, a5区
    k9县二中                 -> 二中 in k9县, a name that many places have
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.taxonomy.naming import Words, load_naming

_MASKED = (
    r"[a-z]\d{0,2} ?(?:县[县市](?!民)|县(?=县民)|[省市县州]|区县(?=[\u3400-\u9fff])|区)"
    r"(?:市区|区(?=[^域内级]))?"
)
_REAL = (
    r"[\u3400-\u9fff]{2,7}?自治[区州县]"
    r"|[\u3400-\u9fff]{2,3}?省"
    r"|[\u3400-\u9fff]{2,4}?(?<![超城夜门菜股集楼上都全本我贵该])市(?![场民政区内里级中委长县])"
    r"|(?![将原到从])[\u3400-\u9fff]{1,3}?(?<![全本我贵该郡州])县(?![城里级长委道乡])"
    r"|[\u3400-\u9fff]{2,3}?"
    r"(?<![小社园校学景城新发街库矿山院片地辖市住宿厂营全本我贵该老灾郊厅置家术经高理务])区(?![域内级间别块])"
)
_TOWN = (
    r"(?![乡城村集]镇)[\u3400-\u9fff]{1,3}?(?:街道(?![办上两])|镇(?![上里中江]))"
    r"|[\u3400-\u9fff]{1,3}?(?<![城下故家老回返])乡(?![镇村里下亲音民道土])"
    r"|[\u3400-\u9fff]{0,4}?(?:经济技术开发区|经济开发区|技术开发区|开发区|高新区|经开区|新区|城区|片区|管理区)"
)
REGION_CHAIN = re.compile(rf"(?:(?:{_MASKED}|{_REAL}|{_TOWN})(?:境内|辖区|范围内)?)+")
_WIDE = re.compile(rf"{_MASKED}|{_REAL}")
_REGION = re.compile(rf"{_MASKED}|{_REAL}|{_TOWN}")
_MASKED_CITY = re.compile(r"([a-z])\d{0,2} ?[省市县区州]")
_CITY = re.compile("市$")
_NUMBER = r"[0-9一二三四五六七八九十两]{1,3}"
_PHASE = re.compile(
    rf"(?:第?{_NUMBER}(?:[、,和到至-]{_NUMBER})?期|[a-z]?{_NUMBER}[a-z]?[#号]?(?:栋|号楼|幢|单元|组团)|[a-z]区|[东南西北][区门])$"
)
_ORDINAL = re.compile(rf"第?({_NUMBER})(中学?|小学?|高中|初中|完小|幼儿园|医院|职中)$")
_ORDINAL_ONLY = re.compile(
    rf"[市县区省镇乡]?第?{_NUMBER}(?:中学?|小学?|高中|初中|完小|幼儿园|人民医院|医院|职中)"
)
CROSS_ROAD = re.compile(r"[东南西北中][一二三四五六七八九十]{1,2}(线|环)(?!城市)")
_IN_FULL = {"中": "中学", "小": "小学"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place or local organisation. `regions` go from wide to narrow and may be empty.

    `is_common`: many places have one of this name, so that it means one in particular
    only together with its narrowest region.
    """

    core: str
    regions: tuple[str, ...] = ()
    is_common: bool = False

    @property
    def city(self) -> str:
        """The region that names are told apart by; empty without regions."""
        if not self.regions:
            return ""
        region = self.regions[self._city_position]
        masked = _MASKED_CITY.match(region)
        return masked.group(1) if masked else region

    @property
    def regions_in_city(self) -> tuple[str, ...]:
        """The districts and towns written after the city."""
        return self.regions[self._city_position + 1 :]

    @property
    def _city_position(self) -> int:
        """Find the first masked region, or else the first city, or else the first region."""
        for is_city in (_MASKED_CITY.match, _CITY.search):
            for position, region in enumerate(self.regions):
                if is_city(region):
                    return position
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlaceWords:
    ends: re.Pattern[str]
    tails: re.Pattern[str]
    vague: re.Pattern[str]
    common: frozenset[str]
    legal: re.Pattern[str]
    district: re.Pattern[str]


def take_place_apart(spelled: str) -> Place | None:
    """Take a normalised name apart, or give None when it is no name of a place.

    >>> take_place_apart("a市a5区恒大绿洲小区二期")
    Place(core='恒大绿洲', regions=('a市', 'a5区'), is_common=False)
    >>> take_place_apart("拼多多") is None
    True
    """
    words = _place_words()
    chain = REGION_CHAIN.match(spelled)
    rest = spelled[chain.end() :] if chain else spelled
    rest = rest.removeprefix("的").strip()
    core = _core(rest, words)
    is_place = core != rest or words.ends.search(rest) is not None
    if chain is None and not is_place:
        return None
    if chain and not rest and (district := named_district(chain.group())):
        return Place(core=district, regions=read_regions(chain.group())[:-1])
    if chain and not is_place and not _WIDE.match(chain.group()):
        return None
    regions = read_regions(chain.group()) if chain else ()
    return Place(core=core, regions=regions, is_common=is_common_place(core))


def is_common_place(core: str) -> bool:
    """Say whether many places have an organisation of this name, one each.

    >>> is_common_place("二中"), is_common_place("恒大绿洲")
    (True, False)
    """
    return core in _place_words().common or _ORDINAL_ONLY.fullmatch(core) is not None


def is_vague_place(core: str) -> bool:
    """Say whether a name only says what kind of place it is, of which there are many.

    >>> is_vague_place("农村小学"), is_vague_place("二中"), is_vague_place("西五线")
    (True, False, False)
    """
    is_named = is_common_place(core) or CROSS_ROAD.fullmatch(core) is not None
    return not is_named and _place_words().vague.fullmatch(core) is not None


def named_district(chain: str) -> str | None:
    """Give the new district that a run of regions ends with, if it has a name of its own.

    >>> named_district("a7县城北新区"), named_district("a市高新区"), named_district("a市a7县")
    ('城北新区', None, None)
    """
    last = read_regions(chain)[-1]
    stem = _place_words().district.sub("", last)
    return last if stem != last and len(stem) > 1 else None


def read_regions(chain: str) -> tuple[str, ...]:
    """List the regions of a run of regions, from wide to narrow.

    >>> read_regions("a市a7县安沙镇")
    ('a市', 'a7县', '安沙镇')
    """
    return tuple(match.group().replace(" ", "") for match in _REGION.finditer(chain))


def _core(rest: str, words: _PlaceWords) -> str:
    """Cut off phases, buildings, tails and the legal form, and write ordinals in full."""
    core = words.legal.sub("", _without_tails(rest, words)) or rest
    return _ORDINAL.sub(_ordinal_in_full, core)


def _ordinal_in_full(match: re.Match[str]) -> str:
    number, kind = match.groups()
    return f"第{number}{_IN_FULL.get(kind, kind)}"


def _without_tails(rest: str, words: _PlaceWords) -> str:
    """Take tails off as long as three characters or more remain."""
    while True:
        cut = words.tails.sub("", _PHASE.sub("", rest))
        if cut == rest or len(cut) < 3:
            return rest
        rest = cut


@cache
def _place_words() -> _PlaceWords:
    naming = load_naming()
    ends = [word for words in naming.place_ends.values() for word in words]
    return _PlaceWords(
        ends=re.compile(f"(?:{_alternatives(ends)})$"),
        tails=re.compile(f"(?:{_alternatives(naming.place_tails)})$"),
        vague=re.compile(
            f"(?:{_alternatives(naming.common_modifiers)})*(?:{_alternatives(ends)})?"
        ),
        common=frozenset(naming.common_orgs),
        legal=re.compile(f"(?:{_alternatives(naming.legal_zh)}|公司)$"),
        district=re.compile(f"(?:经济|技术|经济技术)?(?:{_alternatives(naming.districts)})$"),
    )


def _alternatives(words: Words | list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))

"""Takes the registered name of a Chinese company apart: where, what it is called, its trade.

In: a name in the normalised spelling. Out: a `Company`, whose `stem` is equal for the ways
in which one company is registered and written. Out of scope: which companies are one
(`pipelines.respondents.joining`).

    深圳市星河网络科技有限公司, 星河网络科技(深圳)有限公司 -> 星河 + 网络科技 in 深圳
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from pipelines.respondents.places import REGION_CHAIN, is_common_place, is_vague_place
from pipelines.taxonomy.naming import load_naming

_NAMING = re.compile(r"[^0-9a-z\u3400-\u9fff]")
_BRACKETED = re.compile(r"\(([\u3400-\u9fff]{2,4})\)")
_REGION_END = re.compile("(?:省|市|自治区|区|县|州)$")
_CITY = re.compile("[\u3400-\u9fff]{2,4}市")


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company's name. `trade` and `city` are empty where the name does not say them."""

    brand: str
    trade: str = ""
    city: str = ""

    @property
    def stem(self) -> str:
        """The name without region and legal form."""
        return self.brand + self.trade

    @property
    def brands(self) -> tuple[str, ...]:
        """What the company may be called for short: without some or all words of its trade."""
        ends = (self.stem.removesuffix(word) for word in load_naming().trades)
        return tuple(dict.fromkeys(short for short in (*ends, self.brand) if short != self.stem))


def take_company_apart(spelled: str) -> Company | None:
    """Take a normalised Chinese name apart; None where it does not read as a company's.

    >>> take_company_apart("深圳市星河网络科技有限公司")
    Company(brand='星河', trade='网络科技', city='深圳')
    >>> take_company_apart("星河网络科技(深圳)有限公司")
    Company(brand='星河', trade='网络科技', city='深圳')
    >>> take_company_apart("北京银行股份有限公司"), take_company_apart("星河")
    (None, None)
    """
    words = _company_words()
    spelled, inside = _without_brackets(spelled, words)
    core = words.legal.sub("", spelled)
    has_form = core != spelled
    region, rest = _region_first(core, words)
    last = words.last_city.search(rest) if has_form else None
    if last and last.start() > 2:
        region, rest = region or last.group(), rest[: last.start()]
    trade = words.trades.search(rest)
    if not has_form and trade is None:
        return None
    brand = rest[: trade.start()] if trade else rest
    if not _names_one(brand) or not (has_form or not region):
        return None
    written = trade.group() if trade else ""
    full = load_naming().short_forms.get(written, (written,))[-1]
    return Company(brand=brand, trade=full, city=inside or region)


@dataclass(frozen=True, slots=True, kw_only=True)
class _CompanyWords:
    legal: re.Pattern[str]
    trades: re.Pattern[str]
    cities: re.Pattern[str]
    last_city: re.Pattern[str]


def _without_brackets(spelled: str, words: _CompanyWords) -> tuple[str, str]:
    """Take a region in brackets out of a name; whatever else is in brackets stays."""
    for bracketed in _BRACKETED.finditer(spelled):
        inside = _stem_of_region(bracketed.group(1))
        if words.cities.fullmatch(inside):
            spelled = spelled.replace(bracketed.group(), "", 1)
            return _NAMING.sub("", spelled), inside
    return _NAMING.sub("", spelled), ""


def _region_first(core: str, words: _CompanyWords) -> tuple[str, str]:
    """Divide a name into the region it begins with, as its city, and the rest."""
    chain = REGION_CHAIN.match(core)
    if chain and len(core) - chain.end() > 1:
        city = _CITY.search(chain.group())
        return _stem_of_region((city or chain).group()), core[chain.end() :]
    named = words.cities.match(core)
    if named and len(core) - named.end() > 1:
        return named.group(), core[named.end() :]
    return "", core


def without_region(slug: str) -> str | None:
    """Take the province or city off the front of a name; None where none stands there.

    >>> without_region("广东移动"), without_region("移动")
    ('移动', None)
    """
    region, rest = _region_first(slug, _company_words())
    return rest if region else None


def city_in(slug: str, start: int) -> str | None:
    """Give the first province or city that a name holds from a place on; None where none.

    >>> city_in("蜀麦口腔成都春熙", 4), city_in("成都蜀麦口腔", 4)
    ('成都', None)
    """
    found = _company_words().cities.search(slug, start)
    return found.group() if found else None


def _stem_of_region(region: str) -> str:
    stem = _REGION_END.sub("", region)
    return stem if len(stem) > 1 else region


def _names_one(brand: str) -> bool:
    """Say whether a brand tells a company from others: not 银行, not 第一医院, not one letter."""
    common = {*load_naming().translations, *load_naming().generic_nouns_zh}
    if len(brand) < 2 or brand in common:
        return False
    return not (is_common_place(brand) or is_vague_place(brand))


@cache
def _company_words() -> _CompanyWords:
    naming = load_naming()
    return _CompanyWords(
        legal=re.compile(f"(?:{_any(naming.legal_zh)})+$"),
        trades=re.compile(f"(?:{_any(naming.trades)})+$"),
        cities=re.compile(_any(_cities())),
        last_city=re.compile(f"(?:{_any(_cities())})$"),
    )


def _cities() -> tuple[str, ...]:
    """Name the provinces and cities of China without 省 and 市, the longest first."""
    content = files("pipelines.taxonomy").joinpath("regions.yml").read_bytes()
    provinces = yaml.safe_load(content)["china"].values()
    names = {
        _stem_of_region(name)
        for province in provinces
        for name in (province["zh"], *province.get("cities", "").split())
    }
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))

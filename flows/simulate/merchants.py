"""Invented merchants: who they are, how they are written, what they sell and how often.

In: the parts, the parameters and a numpy generator. Out: merchants with distinct names.
Out of scope: their complaints. No name is looked up anywhere: roots pair characters and
syllables that no known brand joins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from flows.simulate.dice import Dice
from flows.simulate.parameters import Range, SimulationError, SimulationParams
from flows.simulate.parts import Language, Names, Parts, Product, Sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchant:
    """One invented merchant.

    `weekly_rate` is background complaints a week and `dispersion` their variance over
    their mean; `growth` is a factor a year, `season` the amplitude of the yearly wave
    (0 to 1) and `season_week` its peak. `code_limits` are the cumulative shares of
    `codes`; `products` and `incidents` say what a complaint under each code can be about.
    """

    number: int
    name: str
    language: Language
    sector_name: str
    sector: Sector
    weekly_rate: float
    dispersion: float
    growth: float
    season: float
    season_week: float
    codes: tuple[str, ...]
    code_limits: tuple[float, ...]
    products: dict[str, tuple[Product, ...]]
    incidents: dict[str, tuple[str, ...]]
    reply_share: float
    written: tuple[str, ...]


def make_merchants(
    params: SimulationParams, parts: Parts, generator: np.random.Generator
) -> tuple[Merchant, ...]:
    """Invent `params.merchants` merchants; rates are log-uniform and evenly spread.

    Raises:
        SimulationError: The roots do not give that many distinct names.
    """
    dice = Dice(generator)
    names = {
        "zh": _chinese_roots(parts.names, generator),
        "en": _english_roots(parts.names, generator),
    }
    ranks = (generator.permutation(params.merchants) + generator.random(params.merchants)) / (
        params.merchants
    )
    sector_names = list(parts.sectors)
    weights = np.array([sector.weight for sector in parts.sectors.values()])
    sectors = generator.choice(len(weights), size=params.merchants, p=weights / weights.sum())
    merchants = []
    for number in range(params.merchants):
        language: Language = "en" if dice.chance(params.english_share) else "zh"
        root = next(names[language], None)
        if root is None:
            raise SimulationError(
                f"simulate: expected at most as many merchants as there are names; "
                f"found {params.merchants}. Add roots to parts/names.yml."
            )
        sector_name = sector_names[sectors[number]]
        merchants.append(
            _merchant(number, root, language, sector_name, parts, params, ranks[number], dice)
        )
    return tuple(merchants)


def _merchant(
    number: int,
    root: str,
    language: Language,
    sector_name: str,
    parts: Parts,
    params: SimulationParams,
    rank: float,
    dice: Dice,
) -> Merchant:
    sector = parts.sectors[sector_name]
    name = root + dice.pick(sector.suffixes[language])
    codes = tuple(sector.codes)
    assortment = _assortment(sector, dice)
    return Merchant(
        number=number,
        name=name,
        language=language,
        sector_name=sector_name,
        sector=sector,
        weekly_rate=_log_uniform(params.weekly_rate, rank),
        dispersion=params.dispersion.low
        + dice.share() * (params.dispersion.high - params.dispersion.low),
        growth=dice.log_between(0.75, 1.4),
        season=0.4 * dice.share(),
        season_week=52 * dice.share(),
        codes=codes,
        code_limits=_code_limits(tuple(sector.codes.values()), dice),
        products={code: _fitting(code, assortment, sector) for code in codes},
        incidents={
            code: tuple(
                incident_name
                for incident_name, incident in parts.codes[code].incidents.items()
                if incident.happens_in(sector_name)
            )
            for code in codes
        },
        reply_share=0.0 if dice.chance(0.5) else 0.7 * dice.share(),
        written=_written_forms(name, language, parts.names, dice),
    )


def _assortment(sector: Sector, dice: Dice) -> list[Product]:
    """Return six different products of the trade."""
    products = list(sector.products)
    return [products.pop(dice.between(0, len(products) - 1)) for _ in range(6)]


def _fitting(code: str, assortment: list[Product], sector: Sector) -> tuple[Product, ...]:
    """Return what fits the code: of the assortment or, if that is too little, of the trade."""
    own = tuple(product for product in assortment if product.fits(code))
    return own if len(own) > 2 else tuple(one for one in sector.products if one.fits(code))


def _log_uniform(bounds: Range, rank: float) -> float:
    return float(bounds.low * (bounds.high / bounds.low) ** rank)


def _code_limits(weights: tuple[float, ...], dice: Dice) -> tuple[float, ...]:
    """Give the merchant its own mix: each weight is multiplied by a factor of 1/4 to 4."""
    own = [weight * dice.log_between(0.25, 4.0) for weight in weights]
    total = sum(own)
    return tuple(limit / total for limit in accumulate(own))


def _written_forms(name: str, language: Language, names: Names, dice: Dice) -> tuple[str, ...]:
    """Return how a respondent column spells the name: mostly as it is, some with a suffix."""
    suffixes = names.written_suffixes[language]
    spaced = (name.replace(" ", ""), name.lower()) if language == "en" else (name,) * 2
    return (*(name,) * 12, *spaced, name + dice.pick(suffixes), name + dice.pick(suffixes))


def masked(name: str) -> str:
    """Return the name as boards mask it: the second character gives way to an asterisk.

    >>> masked("岚屿卡盟")
    '岚*卡盟'
    """
    return name[0] + "*" + name[2:]


def masks_of_one(merchants: tuple[Merchant, ...]) -> dict[int, str]:
    """Return the masked spelling of every Chinese name that no other name shares, by number."""
    owners: dict[str, list[int]] = {}
    for merchant in merchants:
        if merchant.language == "zh":
            owners.setdefault(masked(merchant.name), []).append(merchant.number)
    return {numbers[0]: mask for mask, numbers in owners.items() if len(numbers) == 1}


def _chinese_roots(names: Names, generator: np.random.Generator) -> Iterator[str]:
    roots = names.roots_zh
    pairs = [first + second for first in roots.first for second in roots.second if first != second]
    triples = [pair + third for pair in pairs for third in roots.third]
    drawn = generator.permutation(len(pairs) + len(triples))
    taken: set[str] = set()
    for index in drawn.tolist():
        root = pairs[index] if index < len(pairs) else triples[index - len(pairs)]
        if root[:2] not in taken:
            taken.add(root[:2])
            yield root


def _english_roots(names: Names, generator: np.random.Generator) -> Iterator[str]:
    syllables = names.syllables_en
    roots = [first + second for first in syllables.first for second in syllables.second]
    for index in generator.permutation(len(roots)).tolist():
        yield roots[index]

"""How far a theme stands out from what a merchant's complaints say all the time.

In: the days of a block, and who speaks of a theme how strongly. Out: its `Standing`, three named
parts and their weighed sum. Out of scope: which themes are proposed for it
(`pipelines.grouping.proposals`), and tests of counts (`pipelines.detect`).

Merchants sell the same things every week, so that like complaints come together by chance. An
event is told from that by three things at once: who speaks of it comes in its days; its words
are rare elsewhere; and hardly anybody speaks as clearly of it on other days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc

from pipelines.grouping.arrays import Flags, Floats

DAYS_AT_MOST = 20.0
"""Nats; more proof of days could outweigh any number of others who say the same."""

DAYS_WEIGHT, OTHERS_WEIGHT, RARITY_OF_EVENTS = 0.3, 1.3, 8.2
"""How days and others weigh beside words, and the nats by which themes that are no event
outnumber events: a logistic regression on 3,640 groups of four simulated streams (seeds
8601-8604), divided by its weight of words, which is 1.1. What is kept is where the sum passes 0."""

USUAL_COMPLAINTS = 46_000
"""Complaints of such a stream. Themes by chance are found in proportion to the complaints that
are looked through: among fewer of them there are fewer, and less proof is enough."""

CLEAREST_SHARE = 0.25
"""Share of the members that speak of the theme most clearly: the measure for others."""

HARDLY_TOLD = 0.5
"""Nats; words that say less than that are no clear telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What sets a theme apart.

    `days` (nats) says how unlikely those who speak of it would lie so close together, for all
    the days and topics that might have been met; below 0 it is no surprise. `words` is the mean
    evidence of the members' words (nats). `others` counts those who speak of it on other
    days as clearly as its clearest members, copies as one.
    """

    days: float
    words: float
    others: float

    def total(self, complaints: int = USUAL_COMPLAINTS) -> float:
        """Weigh the parts: log odds of an event in units of words, 0 being even.

        `complaints` is among how many the theme was found.

        >>> round(Standing(days=30.0, words=4.0, others=0.0).total(), 2)
        1.8
        >>> Standing(days=30.0, words=4.0, others=12.0).total() < 0
        True
        >>> Standing(days=10.0, words=4.0, others=0.0).total(1_000) > 0
        True
        """
        days = min(self.days, DAYS_AT_MOST)
        others = OTHERS_WEIGHT * float(np.log1p(self.others))
        rarity = RARITY_OF_EVENTS + float(np.log(complaints / USUAL_COMPLAINTS))
        return DAYS_WEIGHT * days + self.words - others - max(rarity, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellings:
    """The dated complaints of a block as one theme sees them.

    `text` is what each one's words say for the theme (nats), `speaks` marks who mostly speaks
    of it, `founds` its members, `inside` who comes in its days; `weight` is 1 over the number
    of copies. `mass` is the share of the background that its days hold.
    """

    text: Floats
    speaks: Flags
    founds: Flags
    inside: Flags
    weight: Floats
    mass: float


def standing(told: Tellings) -> Standing:
    """Say how far a theme stands out.

    >>> apart = Tellings(
    ...     text=np.r_[np.full(5, 6.0), np.full(95, -3.0)], speaks=np.arange(100) < 5,
    ...     founds=np.arange(100) < 5, inside=np.arange(100) < 6, weight=np.ones(100), mass=0.02)
    >>> found = standing(apart)
    >>> found.total() > 0, found.words, found.others
    (True, 6.0, 0.0)
    """
    close = float(told.weight[told.speaks & told.inside].sum())
    speakers = float(told.weight[told.speaks].sum())
    mass = float(np.clip(told.mass, 1e-6, 1 - 1e-6))
    chance = float(betainc(max(close, 1e-9), max(speakers - close, 0.0) + 1, mass))
    looked_at = float(told.weight.sum()) / max(speakers, 1.0) / mass
    own = told.text[told.founds]
    clear = max(float(np.quantile(own, 1 - CLEAREST_SHARE)), HARDLY_TOLD)
    return Standing(
        days=-float(np.log(chance + 1e-300)) - float(np.log(looked_at)),
        words=float(own.mean()),
        others=float(told.weight[(told.text >= clear) & ~told.inside].sum()),
    )

"""The text parts of the simulation: data in YAML beside this file, and their reader.

In: `general_<language>.yml`, `sectors.yml`, `names.yml` and `codes_*.yml`. Out: frozen
models with compiled templates. Out of scope: choosing among the parts. None of this is
derived from the project's rules: the parts describe what happened to people.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, PlainValidator

from flows.simulate.parameters import Range
from flows.simulate.templates import Template

Language = Literal["zh", "en"]
Words = Annotated[Template, PlainValidator(Template.parse)]
Wordings = tuple[Words, ...]
Form = tuple[str, ...]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Incident(_Part):
    """One way in which a pattern happens, told with its usual wording or without it.

    `sectors` names the trades in which it happens; empty means all that carry the code.
    """

    sectors: tuple[str, ...] = ()
    zh: Wordings
    zh_oblique: Wordings
    en: Wordings
    en_oblique: Wordings

    def happens_in(self, sector_name: str) -> bool:
        """Say whether the incident happens in a trade."""
        return not self.sectors or sector_name in self.sectors

    def wordings(self, language: Language, *, is_oblique: bool) -> Wordings:
        """Return the sentences that tell the incident."""
        if language == "zh":
            return self.zh_oblique if is_oblique else self.zh
        return self.en_oblique if is_oblique else self.en


class CodeParts(_Part):
    """What complaints under one code of CONTRACT section 6 are made of."""

    axis: Literal["pattern", "wallet"]
    short: dict[Language, Wordings]
    excuses: tuple[dict[Language, Words], ...]
    incidents: dict[str, Incident]
    setting: dict[Language, Wordings] | None = None


class Product(_Part):
    """A thing dealt in: its names by language and its usual prices.

    `codes` names the codes it fits; empty means all of its sector.
    """

    zh: Form
    en: Form
    price: Range
    codes: tuple[str, ...] = ()

    def fits(self, code: str) -> bool:
        """Say whether a complaint under this code can be about the product."""
        return not self.codes or code in self.codes

    def names(self, language: Language) -> Form:
        """Return what people call it."""
        return self.zh if language == "zh" else self.en


class Sector(_Part):
    """A trade: its merchants' names, products, occasions and mix of codes."""

    weight: float
    amounts: Literal["fixed", "free"]
    suffixes: dict[Language, Form]
    unnamed: dict[Language, Form]
    setting: dict[Language, Wordings]
    trace: dict[Language, Wordings]
    occasions: tuple[dict[Language, str], ...]
    products: tuple[Product, ...]
    codes: dict[str, float]


class Statuses(_Part):
    """What a platform writes into the status of a post."""

    open: Form
    replied: Form
    resolved: Form


class General(_Part):
    """Parts that any complaint may use; `plain_*` stand in oblique texts too."""

    openers: Wordings
    reactions: Wordings
    plain_reactions: Wordings
    demands: Wordings
    plain_demands: Wordings
    evidence: Wordings
    asides: Wordings
    waits: Wordings
    stonewalls: Wordings
    closers: Wordings
    plain_closers: Wordings
    dated: Wordings
    sums: Wordings
    occasions: Wordings
    said: Wordings
    resolved: Wordings
    plain_resolved: Wordings
    titles: Wordings
    plain_titles: Wordings
    brigades: Wordings
    statuses: Statuses
    replies: Wordings
    resolved_replies: Wordings
    typos: tuple[tuple[str, str], ...]


class Roots(_Part):
    """The characters that Chinese names begin with."""

    first: str
    second: str
    third: str


class Syllables(_Part):
    """The syllables that English names are made of."""

    first: Form
    second: Form


class Names(_Part):
    """What invented names, handles and places are drawn from."""

    roots_zh: Roots
    syllables_en: Syllables
    handles: dict[Language, Form]
    sites: Form
    regions: dict[Language, Form]
    written_suffixes: dict[Language, Form]


class Parts(_Part):
    """All parts, by code, by sector and by language."""

    codes: dict[str, CodeParts]
    sectors: dict[str, Sector]
    general: dict[Language, General]
    names: Names


def _read(name: str) -> Any:
    source = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@lru_cache(maxsize=1)
def load_parts() -> Parts:
    """Read every part.

    Raises:
        pydantic.ValidationError: A file does not have the shape of these models.

    >>> "used_or_invalid_code" in load_parts().codes
    True
    """
    code_files = ("codes_goods.yml", "codes_dealings.yml", "codes_wallet.yml")
    return Parts(
        codes={code: parts for name in code_files for code, parts in _read(name).items()},
        sectors=_read("sectors.yml"),
        general={"zh": _read("general_zh.yml"), "en": _read("general_en.yml")},
        names=_read("names.yml"),
    )

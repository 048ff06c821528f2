"""What each source is and what its columns are called: one YAML file per source.

In: `spiders/sources/<name>.yml`, in the source's own words. Out: a frozen `SourceSpec`.
A spec renames; it never says what a value means. To add a source, add a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from spiders.errors import SourceDeclarationError, UnknownSourceError

FieldName = Literal[
    "record_id",
    "author",
    "title",
    "text",
    "respondent",
    "platform",
    "region",
    "url",
    "amount_value",
    "amount_currency",
    "status",
    "kind",
    "published_at",
    "received_at",
    "problem",
    "demand",
    "product",
    "sub_product",
    "issue",
    "sub_issue",
    "replies",
]
ContactKind = Literal[
    "person", "mobile", "landline", "email", "qq", "wechat", "id_card", "bank_card", "address"
]
Headers = Annotated[tuple[str, ...], Field(min_length=1)]


class _Declaration(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Labels(_Declaration):
    """The name of a source in the two languages of the dashboard."""

    zh: str
    en: str


class Terms(_Declaration):
    """Under what terms the source's records may be used, and when somebody last looked."""

    note: str
    reviewed: date


class Constant(_Declaration):
    """A value that the source implies for a field that it does not write.

    With `beside`, only rows that have a value in that other field get it.
    """

    value: str
    beside: FieldName | None = None


class ReplyColumns(_Declaration):
    """The columns of one reply per record, and what an empty one means.

    `blank` is `none` where an empty cell says that nobody replied, and `unknown` where the
    source may hold its replies elsewhere.
    """

    by: Literal["merchant", "platform", "regulator", "complainant"]
    text: Headers
    at: tuple[str, ...] = ()
    blank: Literal["none", "unknown"]


class Envelope(_Declaration):
    """Where records lie inside the documents of a JSON interface.

    `records` is the path of keys to the list; `inside` the key under which each element of the
    list holds the record, if it does not hold it directly.
    """

    records: tuple[str, ...]
    inside: str | None = None


class SourceSpec(_Declaration):
    """A source as declared: its columns, its identity, its terms.

    `fields` lists for each of our fields the source's own headers, the best first; a dotted
    header is a path in a JSON record. `identity` names the fields whose content identifies a
    record that has no id. `absent` says in words what a field without a value means.
    `settles_after_days`: a day's records are complete so many days after it; until then
    more of them are published, so that the day's count tells nothing yet.
    """

    name: str
    labels: Labels
    is_public: bool
    terms: Terms
    fields: dict[FieldName, Headers]
    required_columns: tuple[FieldName, ...]
    required_values: tuple[FieldName, ...]
    identity: tuple[FieldName, ...] = ()
    contacts: dict[ContactKind, Headers] = {}
    constants: dict[FieldName, Constant] = {}
    reply: ReplyColumns | None = None
    envelope: Envelope | None = None
    settles_after_days: Annotated[int, Field(ge=0)] = 0
    absent: dict[FieldName, str] = {}

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        unmapped = {*self.required_columns, *self.required_values, *self.identity} - set(
            self.fields
        )
        if unmapped:
            raise ValueError(f"required or identity fields without a column: {sorted(unmapped)}")
        if "record_id" not in self.required_values and not self.identity:
            raise ValueError("a source whose records may lack an id must declare identity")
        if self.reply and "replies" in self.fields:
            raise ValueError("declare replies as a field or as reply columns, not both")
        repeated = {header for header in self.headers if self.headers.count(header) > 1}
        if repeated:
            raise ValueError(f"headers that are declared twice: {sorted(repeated)}")
        return self

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header of the source that the spec knows by name."""
        groups = [*self.fields.values(), *self.contacts.values()]
        if self.reply:
            groups += [self.reply.text, self.reply.at]
        return tuple(header for group in groups for header in group)

    @property
    def private_headers(self) -> frozenset[str]:
        """The headers of the columns that say who wrote, and how they are reached."""
        groups = [self.fields.get("author", ()), *self.contacts.values()]
        return frozenset(header for group in groups for header in group)

    def missing_columns(self, names: Collection[str]) -> tuple[FieldName, ...]:
        """The mandatory fields for which none of the column names stands."""
        return tuple(
            name
            for name in self.required_columns
            if not any(header in names for header in self.fields[name])
        )


def source_names() -> tuple[str, ...]:
    """The declared sources, in alphabetical order.

    >>> "posts" in source_names()
    True
    """
    entries = resources.files("spiders.sources").iterdir()
    return tuple(sorted(e.name.removesuffix(".yml") for e in entries if e.name.endswith(".yml")))


def declarations_version() -> str:
    """Hash of all declarations: it changes when any source is declared otherwise."""
    declared = [load_source(name).model_dump_json() for name in source_names()]
    return hashlib.sha256("\n".join(declared).encode()).hexdigest()[:16]


@cache
def load_source(name: str) -> SourceSpec:
    """Read the declaration of a source.

    Raises:
        UnknownSourceError: there is no such source.
        SourceDeclarationError: its file does not declare a source correctly.

    >>> load_source("heimao").fields["respondent"][0]
    '投诉对象'
    """
    if name not in source_names():
        raise UnknownSourceError(
            f"expected a source among {', '.join(source_names())}; found {name!r}. "
            "Add spiders/sources/<name>.yml to declare a new one."
        )
    text = resources.files("spiders.sources").joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return parse_source(name, text)


def parse_source(name: str, text: str) -> SourceSpec:
    """Read a declaration from YAML text; the file name is the name of the source.

    Raises:
        SourceDeclarationError: the text is no YAML, or declares something else than a source.
    """
    try:
        declared = yaml.safe_load(text)
        return SourceSpec.model_validate({"name": name, **declared})
    except (yaml.YAMLError, ValidationError, TypeError) as problem:
        raise SourceDeclarationError(
            f"spiders/sources/{name}.yml: expected the declaration of a source; found {problem}"
        ) from problem

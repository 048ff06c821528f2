"""The small grammar in which text parts are written.

In: `{a|b}` offers alternatives (nested, and empty ones too), `<name>` is a slot that the
story fills. Out: rendered strings. Out of scope: which parts make up a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.simulate.dice import Dice

Slots = Mapping[str, Sequence[str]]
"""What may stand for each slot; one of the forms is picked at every use."""

_TOKENS = re.compile(r"[{}|]|<[a-z_]+>|[^{}|<]+")


class TemplateError(ValueError):
    """A text part does not follow the grammar."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that the story fills."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A place where one of several templates stands."""

    options: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled text part."""

    nodes: tuple[str | Slot | Choice, ...]

    @classmethod
    def parse(cls, source: str) -> Template:
        """Compile a text part.

        Raises:
            TemplateError: A brace is not closed or not opened, or `<` opens no slot.

        >>> Template.parse("{a|b}<product>").slot_names()
        frozenset({'product'})
        """
        tokens = _TOKENS.findall(source)
        if sum(map(len, tokens)) != len(source):
            raise TemplateError(f"text part: expected <slot_name> after '<'; found {source!r}")
        options, rest = _parse_options(tokens, source)
        if rest or len(options) != 1:
            raise TemplateError(f"text part: expected balanced braces; found {source!r}")
        return options[0]

    def render(self, dice: Dice, slots: Slots) -> str:
        """Write the part out once.

        Raises:
            KeyError: The story does not fill a slot.
        """
        written: list[str] = []
        self._write(written, dice, slots)
        return "".join(written)

    def _write(self, written: list[str], dice: Dice, slots: Slots) -> None:
        for node in self.nodes:
            if type(node) is str:
                written.append(node)
            elif type(node) is Slot:
                written.append(dice.pick(slots[node.name]))
            elif type(node) is Choice:
                dice.pick(node.options)._write(written, dice, slots)

    def slot_names(self) -> frozenset[str]:
        """Return the names of all slots, in any alternative."""
        names: set[str] = set()
        for node in self.nodes:
            if isinstance(node, Slot):
                names.add(node.name)
            elif isinstance(node, Choice):
                names.update(*(option.slot_names() for option in node.options))
        return frozenset(names)

    def literals(self) -> tuple[str, ...]:
        """Return every literal piece of text, in any alternative."""
        pieces: list[str] = []
        for node in self.nodes:
            if isinstance(node, str):
                pieces.append(node)
            elif isinstance(node, Choice):
                for option in node.options:
                    pieces.extend(option.literals())
        return tuple(pieces)


def _parse_options(tokens: list[str], source: str) -> tuple[tuple[Template, ...], list[str]]:
    """Read alternatives up to a closing brace or the end; return them and what follows."""
    options: list[Template] = []
    nodes: list[str | Slot | Choice] = []
    rest = tokens
    while rest and rest[0] != "}":
        token, rest = rest[0], rest[1:]
        if token == "|":
            options.append(Template(tuple(nodes)))
            nodes = []
        elif token == "{":
            inner, rest = _parse_options(rest, source)
            if not rest:
                raise TemplateError(f"text part: expected a closing brace; found {source!r}")
            rest = rest[1:]
            nodes.append(Choice(inner))
        else:
            nodes.append(Slot(token[1:-1]) if token.startswith("<") else token)
    options.append(Template(tuple(nodes)))
    return tuple(options), rest

"""Which days and states of a source's record start or end a deadline.

In: `pipelines/taxonomy/law/triggers.yml`. Out: `Triggers`, which gives the events of a record.
Out of scope: what the text of a complaint or a reply says (`pipelines.law.promised`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import Field, TypeAdapter

from pipelines.errors import TaxonomyError
from pipelines.law.facts import Event, Support
from pipelines.law.rulebook import load_rulebook
from pipelines.taxonomy.entry_files import Code, Prose, Spec, checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggers:
    """The events that columns and states of sources are.

    `of_columns` by source and column; `of_states` by source: how a state begins, in lower
    case, and the events that it tells of.
    """

    of_columns: Mapping[tuple[str, str], str]
    of_states: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]

    def of_dates(
        self, source: str, dates: Iterable[tuple[str, date]], support: Support, region: str | None
    ) -> Iterator[Event]:
        """Give the events of a record's own dates.

        >>> said = Support(complaint_id="cfpb:1")
        >>> dates = [("Date sent to company", date(2011, 12, 2)), ("another", date(2011, 12, 3))]
        >>> [one.event for one in load_triggers().of_dates("cfpb", dates, said, None)]
        ['sent_to_company']
        """
        for column, day in dates:
            event = self.of_columns.get((source, column))
            if event is not None:
                yield Event(event=event, day=day, support=support, region=region)

    def of_state(self, source: str, state: str | None, support: Support) -> Iterator[Event]:
        """Give what a record's state tells to have happened, on a day that it does not say.

        >>> said = Support(complaint_id="cfpb:1")
        >>> [one.event for one in load_triggers().of_state("cfpb", "Closed with relief", said)]
        ['company_replied', 'company_closed']
        """
        told = (state or "").casefold()
        for beginning, events in self.of_states.get(source, ()):
            if told.startswith(beginning):
                yield from (Event(event=event, day=None, support=support) for event in events)


class _DateSpec(Spec):
    source: Code
    columns: list[Prose] = Field(min_length=1)
    event: Code


class _StateSpec(Spec):
    source: Code
    begins: list[Prose] = Field(min_length=1)
    events: list[Code] = Field(min_length=1)


class _Triggers(Spec):
    dates: list[_DateSpec]
    states: list[_StateSpec]


@cache
def load_triggers() -> Triggers:
    """Give the triggers that this version of the project carries.

    Raises:
        TaxonomyError: the file breaks its shape, or names an event that facts.yml does not.
    """
    file = files("pipelines.taxonomy").joinpath("law", "triggers.yml")
    return read_triggers("law/triggers.yml", file.read_bytes(), load_rulebook().events)


def read_triggers(name: str, content: bytes, known: Collection[str]) -> Triggers:
    """Read a file of triggers; see `load_triggers`."""
    spec = checked(name, content, TypeAdapter(_Triggers))
    told = [one.event for one in spec.dates] + [code for one in spec.states for code in one.events]
    if unknown := sorted(set(told) - set(known)):
        raise TaxonomyError(
            f"{name}: expected events that facts.yml declares; found {unknown}. "
            "Correct the name or declare it"
        )
    of_states: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for state in spec.states:
        of_states.setdefault(state.source, []).extend(
            (beginning.casefold(), tuple(state.events)) for beginning in state.begins
        )
    return Triggers(
        of_columns={
            (one.source, column): one.event for one in spec.dates for column in one.columns
        },
        of_states={source: tuple(states) for source, states in of_states.items()},
    )

"""What people decided of a candidate, as a dossier needs it.

In: nothing; these are only types. Out: `Decisions`, complaints by their ids. Out of scope: how
decisions are kept and folded (`warehouse.casework`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Disposition = Literal["open", "confirmed", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One decision: who, when, what, why; `targets` are complaints, candidates, or a name."""

    at: datetime
    actor: str
    action: str
    reason: str
    targets: tuple[str, ...] = ()
    is_undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """How a candidate stands after all decisions up to the one numbered `last_event_no`.

    `pinned` belong to it whatever the machine groups, `barred` do not; each has the act that
    says so, None where that act concerned another candidate.
    """

    disposition: Disposition = "open"
    pinned: tuple[str, ...] = ()
    barred: Mapping[str, Act | None] = field(default_factory=dict)
    consented: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()
    assignee: str | None = None
    acts: tuple[Act, ...] = ()
    last_event_no: int = 0

    def last(self, action: str) -> Act | None:
        """Give the last act of a kind that still counts."""
        found = [act for act in self.acts if act.action == action and not act.is_undone]
        return found[-1] if found else None

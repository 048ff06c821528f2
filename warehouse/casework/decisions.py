"""Decides: checks what a person asks for against the build they see, and writes it as an event.

In: a home and a decision on a candidate. Out: the id of the event, and what it does to the
members at once. Several processes may decide at the same time: the check and the writing are
one transaction of the ledger. Out of scope: what follows from events (`warehouse.casework.cases`)
and how the next build obeys them.
"""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from warehouse.casework.case_events import candidate_events, deciding, write_event
from warehouse.casework.cases import ACTIONS, CaseEvent, fold, head_of, split_id, undone
from warehouse.casework.ledger import Decision, Ledger
from warehouse.errors import DecisionRefusedError
from warehouse.read import Reader

_MEMBER_ACTIONS = ("split", "include", "exclude", "consent")
_WITHOUT_TARGET = ("confirm", "dismiss", "note", "sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody wants decided; see `warehouse.casework.cases.CaseEvent` for targets."""

    candidate_id: str
    action: str
    targets: tuple[str, ...]
    reason: str
    actor: str
    at: datetime
    is_representative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a decision does: members before and after, and the candidate that a split makes."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    event_id: str | None = None
    new_candidate_id: str | None = None


def preview(reader: Reader, ledger: Ledger, request: Request) -> Preview:
    """Check a decision and say what it would do, without writing anything.

    Raises:
        DecisionRefusedError: something it names is not there, or it makes no sense.
    """
    scene = _Scene(reader, ledger)
    return scene.preview(request)


def decide(reader: Reader, ledger: Ledger, request: Request) -> Preview:
    """Write a decision, once it is checked against the build and all decisions before it.

    Raises:
        DecisionRefusedError: as `preview`; nothing was written.
    """
    with deciding(ledger):
        scene = _Scene(reader, ledger)
        done = scene.preview(request)
        actor, reason = request.actor.strip(), request.reason.strip()
        event_id = write_event(
            ledger,
            request.candidate_id,
            request.action,
            {
                "targets": list(request.targets),
                "members": scene.snapshot(request),
                "is_representative": request.is_representative,
            },
            Decision(actor=actor, reason=reason, at=request.at),
            reader.build.build_id,
        )
    made = split_id(event_id) if request.action == "split" else None
    return Preview(before=done.before, after=done.after, event_id=event_id, new_candidate_id=made)


class _Scene:
    """A build with the decisions made since: who belongs to which candidate now."""

    def __init__(self, reader: Reader, ledger: Ledger) -> None:
        self._reader = reader
        self._events = candidate_events(ledger)
        self._cases = fold(self._events)
        self._known = {each.candidate_id for each in ledger.known_candidates()}

    def snapshot(self, request: Request) -> dict[str, list[str]]:
        """Give the members that the candidates of a decision have now, for undoing it."""
        if request.action not in ("confirm", "include", "exclude", "merge", "split"):
            return {}
        named = [request.candidate_id, *(request.targets if request.action == "merge" else ())]
        return {each: sorted(self._members(each)) for each in named}

    def preview(self, request: Request) -> Preview:
        """Check a decision; give the members before and after."""
        self._check_words(request)
        self._check_candidate(request.candidate_id)
        before = self._members(request.candidate_id)
        if request.action == "undo":
            after = self._after_undo(request)
        elif request.action == "merge":
            after = before | self._merged(request)
        elif request.action in _MEMBER_ACTIONS:
            after = self._after_members(request, before)
        else:
            after = before
        return Preview(before=tuple(sorted(before)), after=tuple(sorted(after)))

    def _check_words(self, request: Request) -> None:
        action, targets = request.action, request.targets
        if action not in ACTIONS:
            raise _refused(f"an action among {', '.join(ACTIONS)}", action)
        if not request.reason.strip():
            raise _refused("a reason, so that others can follow the decision", "none")
        if not request.actor.strip():
            raise _refused("the name of who decides", "none")
        if action in _WITHOUT_TARGET and targets:
            raise _refused(f"no target for {action}", f"{len(targets)}")
        if action not in _WITHOUT_TARGET and not targets:
            raise _refused(f"a target for {action}", "none")
        if action in ("assign", "undo") and len(targets) > 1:
            raise _refused(f"one target for {action}", f"{len(targets)}")
        if len(set(targets)) < len(targets):
            raise _refused("every target once", "one of them twice")

    def _check_candidate(self, candidate_id: str) -> None:
        """Refuse a candidate that nobody knows, or that goes on in another."""
        if candidate_id not in self._known and candidate_id not in self._cases:
            raise _refused("the id of a candidate (`zhongsu candidates` lists them)", candidate_id)
        head = head_of(self._cases, candidate_id)
        if head != candidate_id:
            raise _refused("a candidate that goes on by itself", f"one merged into {head}")

    def _members(self, candidate_id: str) -> set[str]:
        """Give who belongs to a candidate: as the build says, with what was decided since."""
        rows = self._reader.query("candidate_member_ids", candidate_id=candidate_id)
        found = set(rows["complaint_id"].to_pylist())
        case = self._cases.get(candidate_id)
        if case is None:
            return found
        elsewhere = {
            complaint_id
            for other in self._cases.values()
            if other is not case
            for complaint_id in other.pinned
        }
        return (found - elsewhere - case.barred.keys()) | case.pinned.keys()

    def _merged(self, request: Request) -> set[str]:
        if request.candidate_id in request.targets:
            raise _refused("other candidates to merge with", request.candidate_id)
        for target in request.targets:
            self._check_candidate(target)
        return set[str]().union(*(self._members(target) for target in request.targets))

    def _after_members(self, request: Request, before: set[str]) -> set[str]:
        targets = set(request.targets)
        if request.action == "include":
            self._check_complaints(targets)
            if targets <= before:
                raise _refused("complaints that do not belong to it yet", "only members")
            return before | targets
        strangers = sorted(targets - before)
        if strangers:
            raise _refused(f"members of {request.candidate_id}", ", ".join(strangers))
        if request.action == "consent":
            return before
        if targets == before:
            raise _refused("that members stay; to give up a candidate, dismiss it", "all of them")
        return before - targets

    def _check_complaints(self, complaint_ids: Collection[str]) -> None:
        rows = self._reader.query("known_complaints", complaint_ids=sorted(complaint_ids))
        missing = sorted(set(complaint_ids) - set(rows["complaint_id"].to_pylist()))
        if missing:
            raise _refused("complaints of this build, as source:id", ", ".join(missing))

    def _after_undo(self, request: Request) -> set[str]:
        """Find the members after undoing a decision on this candidate."""
        (event_id,) = request.targets
        own = [event for event in self._events if event.event_id == event_id]
        if not own or own[0].candidate_id != request.candidate_id:
            raise _refused(f"an event of {request.candidate_id}", event_id)
        if event_id in undone(self._events):
            raise _refused("an event that is not undone yet", event_id)
        undoing = CaseEvent(
            event_no=max(event.event_no for event in self._events) + 1,
            event_id="",
            at=request.at,
            actor=request.actor,
            candidate_id=request.candidate_id,
            action="undo",
            reason=request.reason,
            targets=request.targets,
        )
        return self.after(undoing)

    def after(self, event: CaseEvent) -> set[str]:
        """Give the members of an event's candidate once it counts."""
        later = copy(self)
        later._cases = fold([*self._events, event])
        return later._members(event.candidate_id)


def _refused(expected: str, found: str) -> DecisionRefusedError:
    return DecisionRefusedError(
        f"decision: expected {expected}; found {found}. Nothing was written."
    )

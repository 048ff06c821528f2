"""What changed since my last visit: a line above the worklist, and the button that marks it seen.

In: the build, and who says so. Out: which candidates alone are shown, when the reader asks for new
or changed ones. Nothing is noted unless the reader presses the button. Out of scope: comparing
builds (`warehouse.casework.visits`).
"""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboards import casework
from dashboards.components import figures, prose
from dashboards.context import Context
from dashboards.state import chosen
from warehouse.casework.ledger import Ledger
from warehouse.casework.visits import Differences, Seen, differences, last_seen, mark_seen
from warehouse.home import Home

GONE_SHOWN = 20


def show_visit(context: Context) -> tuple[str, ...] | None:
    """Draw the line; give the candidates that the reader asked for, None when for none of them."""
    words, name = context.words, casework.actor()
    with st.container(horizontal=True, gap="small", key="visit", vertical_alignment="center"):
        if not name:
            _ask_name(context)
            return None
        seen, found = _since(context, name)
        if seen is None:
            prose.soft(words("visit_never", name=name))
        else:
            prose.soft(words("visit_since", name=name, date=figures.moment(seen.at)))
            _kinds(context, found)
        st.button(words("visit_mark"), key="visit_mark", on_click=_mark, args=(context, name))
    asked = chosen("visit", ("new", "changed", "gone"))
    if asked == "gone":
        _gone(context, found)
        return None
    return getattr(found, asked) if asked else None


def _ask_name(context: Context) -> None:
    """Ask whose visits these are; the name is that under which decisions are written."""
    words = context.words
    with st.popover(words("visit_title"), type="tertiary"):
        prose.soft(words("visit_why"))
        name = st.text_input(words("decide_name"), key="visit_name")
        if name.strip():
            casework.remember_actor(name)
            st.rerun()


def _since(context: Context, name: str) -> tuple[Seen | None, Differences]:
    with Ledger.open(Home(context.build.home)) as ledger:
        seen = last_seen(ledger, name)
        if seen is None:
            return None, Differences()
        return seen, differences(ledger, seen.build_id, context.build.build_id)


def _kinds(context: Context, found: Differences) -> None:
    """Draw the counts, each a link to just those candidates."""
    words = context.words
    counts = {"new": found.new, "changed": found.changed, "gone": found.gone}
    for kind, ids in counts.items():
        label = words(f"visit_{kind}", n=f"{len(ids):,}")
        if ids:
            context.link("worklist", label, visit=kind)
        else:
            prose.soft(label)


def _gone(context: Context, found: Differences) -> None:
    """List the candidates that are no more; each leads to where it went."""
    prose.soft(context.words("visit_gone_text"))
    for identity in found.gone[:GONE_SHOWN]:
        context.link("candidate", identity, id=identity)


def _mark(context: Context, name: str) -> None:
    with Ledger.open(Home(context.build.home)) as ledger:
        mark_seen(ledger, name, context.build.build_id, datetime.now(UTC))
    st.query_params.pop("visit", None)

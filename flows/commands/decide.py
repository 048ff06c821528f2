"""`zhongsu decide`: what a person decides of a candidate."""

from __future__ import annotations

import click

from flows.cli import Invocation


@click.command("decide")
@click.argument("candidate_id")
@click.argument("action")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option("--reason", required=True, help="Why; kept with the decision.")
@click.option("--actor", help="Who decides (default: $ZHONGSU_ACTOR, else the user's login).")
@click.option(
    "--representative",
    "is_representative",
    is_flag=True,
    help="With consent: these complainants were elected to speak for the others.",
)
@click.option(
    "--preview", "only_preview", is_flag=True, help="Say what it would do; write nothing."
)
@click.pass_obj
def decide_command(
    invocation: Invocation,
    candidate_id: str,
    action: str,
    targets: tuple[str, ...],
    reason: str,
    actor: str | None,
    is_representative: bool,
    only_preview: bool,
) -> None:
    """Decide on a candidate. No run overrules it; undo takes it back.

    \b
    confirm, dismiss      it is one case, or it is none
    merge CANDIDATE...    these go on in CANDIDATE_ID
    split MEMBER...       these members are a candidate of their own
    include, exclude MEMBER...
                          these complaints belong to it, or do not
    assign NAME           who works on it
    note                  a remark: the reason itself
    consent MEMBER...     these complainants agree to act together
    sent                  it was handed to somebody: the reason says to whom
    undo EVENT            an earlier decision on this candidate does not count

    MEMBER is source:id, as `zhongsu candidates --format jsonl` lists them.
    """  # noqa: D301 - the mark keeps click from joining lines
    from datetime import UTC, datetime

    from flows.decide import decided
    from warehouse.casework.decisions import Request

    request = Request(
        candidate_id=candidate_id,
        action=action,
        targets=targets,
        reason=reason,
        actor=actor or invocation.settings.actor or _login(),
        at=datetime.now(UTC),
        is_representative=is_representative,
    )
    for line in decided(invocation.settings.home, request, only_preview=only_preview):
        click.echo(line)


def _login() -> str:
    """Give the name that the user logged in with; empty where the system knows none."""
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):
        return ""

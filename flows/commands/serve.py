"""`zhongsu serve`: starts the dashboard of one role as a Streamlit process of its own."""

from __future__ import annotations

import ipaddress

import click

from flows.cli import Invocation


@click.command("serve")
@click.option("--role", type=click.Choice(["analyst"]), default="analyst", show_default=True)
@click.option("--address", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.pass_obj
def serve_command(invocation: Invocation, role: str, address: str, port: int) -> None:
    """Serve the dashboard. Its process opens the files of this role only.

    A private role is served on a loopback address only: there is no sign-in yet.
    """
    from flows.serve import ServeRequest, serve

    if not _is_loopback(address):
        raise click.UsageError(
            f"--address: expected a loopback address such as 127.0.0.1 for the private role "
            f"{role!r}; found {address!r}. Without sign-in anybody could read internal data there."
        )
    home = invocation.settings.home.resolve()
    serve(ServeRequest(home=home, role=role, address=address, port=port))


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False

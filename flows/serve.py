"""Becomes the Streamlit server of one role.

In: which role, home, address and port. Out: nothing; this process is the server from
then on, so that whoever ends it ends the dashboard.
Out of scope: what the pages show (`dashboards`).
"""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from flows.errors import FlowError


class PortTakenError(FlowError):
    """Another server listens on the port, or this user may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeRequest:
    """One dashboard process: it opens the files of `role` under `home` and no others."""

    home: Path
    role: str
    address: str
    port: int


def serve(request: ServeRequest) -> NoReturn:
    """Turn this process into the dashboard, after saying where it is.

    Raises:
        PortTakenError: nothing can listen there.
    """
    require_free(request)
    sys.stderr.write(_announcement(request) + "\n")
    sys.stderr.flush()
    command = serve_command(request)
    os.execve(command[0], command, serve_environment(request))


def require_free(request: ServeRequest) -> None:
    """Raise when nothing can listen on the address and port.

    Raises:
        PortTakenError: nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in request.address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((request.address, request.port))
        except OSError as error:
            raise PortTakenError(
                f"{request.address}:{request.port}: expected a port that can be listened on; "
                f"found: {error.strerror}. End what runs there, or choose another with --port."
            ) from error


def serve_command(request: ServeRequest) -> list[str]:
    """Give the command line of the server process."""
    from dashboards.server import APP, FLAGS

    listen = [f"--server.address={request.address}", f"--server.port={request.port}"]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *listen, *FLAGS]


def serve_environment(request: ServeRequest) -> dict[str, str]:
    """Give the environment of the server process: this one's, and the role and home."""
    return {**os.environ, "ZHONGSU_HOME": str(request.home), "ZHONGSU_ROLE": request.role}


def _announcement(request: ServeRequest) -> str:
    from warehouse.builds import current_build_id
    from warehouse.home import Home

    build_id = current_build_id(Home(request.home))
    shown = f"build {build_id}" if build_id else "nothing is published yet; the pages say how"
    host = f"[{request.address}]" if ":" in request.address else request.address
    return f"zhongsu: http://{host}:{request.port} shows {shown}. Ctrl-C ends it."

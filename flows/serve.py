"""Starts Streamlit for one role and waits for it.

In: which role, home, address and port. Out: the exit status of the server process.
Out of scope: what the pages show (`dashboards`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeRequest:
    """One dashboard process: it opens the files of `role` under `home` and no others."""

    home: Path
    role: str
    address: str
    port: int


def serve(request: ServeRequest) -> int:
    """Run the dashboard until it is stopped; return its exit status."""
    with subprocess.Popen(serve_command(request), env=serve_environment(request)) as server:
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            return server.wait()


def serve_command(request: ServeRequest) -> list[str]:
    """Give the command line of the server process."""
    from dashboards.server import APP, FLAGS

    listen = [f"--server.address={request.address}", f"--server.port={request.port}"]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *listen, *FLAGS]


def serve_environment(request: ServeRequest) -> dict[str, str]:
    """Give the environment of the server process: this one's, and the role and home."""
    return {**os.environ, "ZHONGSU_HOME": str(request.home), "ZHONGSU_ROLE": request.role}

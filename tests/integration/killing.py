"""Kills a command at a stage, as a power cut would."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path


def kill_after(home: Path, stage: str, *arguments: str) -> int:
    """Start a command, kill it as soon as it says that `stage` is done, and return its status."""
    command = [str(Path(sys.executable).with_name("zhongsu")), "--home", str(home), *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(f"{stage}:"):
                process.send_signal(signal.SIGKILL)
                break
        return process.wait(timeout=120)

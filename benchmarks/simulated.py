"""A simulated stream in a home of its own: written, imported with all its days covered, and run.

In: what is to be simulated, and a folder. Out: the home with its build, `posts.jsonl` and
`truth.json`. Out of scope: what is measured on it (`null_run`, `lab.streams`).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flows.coverage import parse_coverage
from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings
from flows.simulate import SimulationParams, simulate
from warehouse.home import Home


def simulated_home(params: SimulationParams, folder: Path, workers: int = 1) -> Home:
    """Simulate, import as known from the day of publishing with every day covered, and run.

    What lies in the folder from an earlier call with the same parameters is not made anew.
    """
    home = Home(folder / "home")
    if not (folder / "truth.json").exists():
        simulate(params, folder)
        last = params.start + timedelta(weeks=params.weeks, days=-1)
        request = ImportRequest(
            source="posts",
            files=(folder / "posts.jsonl",),
            is_backfill=True,
            covers=(parse_coverage(f"{params.start}..{last}"),),
        )
        import_files(home.path, request)
    run(FlowSettings(home=home.path, workers=workers))
    return home

"""`make golden`: record what the sample gives now; refused where a version was forgotten."""

from __future__ import annotations

import sys

from tests.golden.sample_results import (
    changed_ids,
    current_results,
    forgotten_version,
    record,
    recorded_results,
)


def main() -> None:
    """Record the results, and say of how many complaints and groups they changed."""
    recorded, current = recorded_results(), current_results()
    if recorded.versions and (forgotten := forgotten_version(recorded, current)):
        sys.exit(forgotten)
    record(current)
    counts = [f"{len(changed_ids(recorded, current, part))} {part}" for part in current.parts]
    sys.stdout.write(f"changed: {', '.join(counts)}\n")


if __name__ == "__main__":
    main()

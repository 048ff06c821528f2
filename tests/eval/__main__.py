"""`make eval`: measure how well texts are read, and write `docs/accuracy.md`.

In: the label files of this folder, the real records beside the checkout, options. Out: the
figures on stdout, what is missing on stderr, and the page when every part could be measured.
Out of scope: the measures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.eval.errors import ERROR_KINDS, error_lines
from tests.eval.freshness import PAGE, marked_stale
from tests.eval.labels import FOLDER
from tests.eval.request import SHARED, Request
from tests.eval.run import Material, gather, page


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line asks for."""

    split: str
    errors: str | None
    no_baselines: bool
    write: bool
    mark_stale: bool
    folder: Path
    data: Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; gives the exit status."""
    options = _options(arguments)
    if options.mark_stale:
        PAGE.write_text(marked_stale(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        return 0
    data = options.data if options.data.is_dir() else None
    request = Request(
        is_dev_only=options.split == "dev",
        has_baselines=not options.no_baselines,
        folder=options.folder,
        data=data,
    )
    material = gather(request)
    _warn(material.not_run)
    if options.errors:
        lines = error_lines(material.items, options.errors)
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        return 0
    written = page(request, material)
    sys.stdout.write(written)
    if _is_kept(material, options):
        PAGE.write_text(written, encoding="utf-8")
    _warn(material.not_run)
    return 0


def _options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__)
    parser.add_argument(
        "--split", choices=("all", "dev"), default="all", help="dev: never look at held-out labels"
    )
    parser.add_argument(
        "--errors", choices=ERROR_KINDS, help="list what was missed and what was wrong; dev only"
    )
    parser.add_argument(
        "--no-baselines", action="store_true", help="leave the baselines out: a minute less"
    )
    parser.add_argument(
        "--write", action="store_true", help="write docs/accuracy.md though parts could not run"
    )
    parser.add_argument(
        "--mark-stale", action="store_true", help="only say in docs/accuracy.md that it is stale"
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the label files lie")
    parser.add_argument("--data", type=Path, default=SHARED, help="where the real records lie")
    found = parser.parse_args(arguments)
    if found.errors and found.split != "dev":
        parser.error("--errors: expected --split dev beside it; held-out texts are not looked into")
    if found.write and found.split == "dev":
        parser.error("--write: expected all splits; the page tells of held-out texts")
    return Options(**vars(found))


def _is_kept(material: Material, options: Options) -> bool:
    """Say whether the page tells of everything, or shall be written anyway."""
    is_whole = options.split == "all" and not material.not_run and options.folder == FOLDER
    return is_whole or options.write


def _warn(not_run: Sequence[str]) -> None:
    """Say loudly what is not measured."""
    if not_run:
        lines = ["", "NOT MEASURED:", *(f"  {part}" for part in not_run)]
        lines.append("docs/accuracy.md is written only when all is measured, or with --write.")
        sys.stderr.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())

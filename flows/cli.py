"""The `zhongsu` command: parses the command line, calls one plain function, prints its result.

Data go to standard output, progress and errors to standard error. Nothing heavy is
imported before a command needs it, so that `zhongsu --help` answers at once.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click

from flows.settings import FlowSettings
from flows.streams import ReaderGoneError, abandon_output, flush_output, is_read_no_further

_COMMANDS = {
    "import": "flows.commands.intake:import_command",
    "run": "flows.commands.run:run_command",
    "analyse": "flows.commands.analyse:analyse_command",
    "resolve": "flows.commands.resolve:resolve_command",
    "surveil": "flows.commands.surveil:surveil_command",
    "candidates": "flows.commands.candidates:candidates_command",
    "decide": "flows.commands.decide:decide_command",
    "dossier": "flows.commands.dossier:dossier_command",
    "verify": "flows.commands.dossier:verify_command",
    "serve": "flows.commands.serve:serve_command",
    "builds": "flows.commands.builds:builds_command",
    "rollback": "flows.commands.builds:rollback_command",
    "sources": "flows.commands.intake:sources_command",
    "taxonomy": "flows.commands.reference:taxonomy_group",
    "learn": "flows.commands.learn:learn_command",
    "dictionary": "flows.commands.reference:dictionary_command",
    "simulate": "flows.commands.simulate:simulate_command",
}
_SUMMARIES = {
    "import": "Land and load files; print a receipt.",
    "run": "Read, group, audit and publish what was loaded.",
    "analyse": "Read posts from a file or standard input; one JSON line out per line in.",
    "resolve": "Read pairs of names; say whether each is one merchant, and why.",
    "surveil": "Test counts per day, week or month; say where there are more than expected.",
    "candidates": "Print the ranked worklist of the current build.",
    "decide": "Confirm, dismiss, merge, split, include, exclude, ...: decide on a candidate.",
    "dossier": "Export a candidate's dossier (DOCX, Markdown, JSON) with a manifest of hashes.",
    "verify": "Check a dossier against its manifest and its build.",
    "serve": "Serve the dashboard of one role.",
    "builds": "List the published builds.",
    "rollback": "Make an earlier build the current one.",
    "sources": "List the sources that can be imported.",
    "taxonomy": "List the codes with their meaning, or check them.",
    "learn": "Make the model of the second reader anew; needs the extra `learn`.",
    "dictionary": "Print the data dictionary of the warehouse.",
    "simulate": "Write simulated posts with planted collective events.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of a day's work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; only then its room is loaded."""
        if cmd_name not in _COMMANDS:
            return None
        module_name, _, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module_name), attribute)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a reader of its output who has gone is told from other broken pipes."""
        try:
            result: object = super().invoke(ctx)
        except BrokenPipeError as error:
            if is_read_no_further():
                raise ReaderGoneError from error
            raise
        flush_output()
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _SUMMARIES[name]) for name in _COMMANDS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """What every command receives: the settings with the options given by hand applied."""

    settings: FlowSettings


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of landing, warehouse and casework (default: $ZHONGSU_HOME or ./data).",
)
@click.version_option(package_name="zhongsu", prog_name="zhongsu", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, home: Path | None) -> None:
    """众诉: complaints in, collective-complaint candidates out."""
    settings = FlowSettings() if home is None else FlowSettings(home=home)
    ctx.obj = Invocation(settings=settings)


def main() -> None:
    """Run the command line and leave with the status that the error, if any, means."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ReaderGoneError:
        abandon_output()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the outermost place; everything is reported
        from flows.exit_status import report_error

        abandon_output()
        sys.exit(report_error(error))

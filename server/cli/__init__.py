"""The command `sayso`. Each command is imported only when it is called, so that `--help` is quick."""

import importlib
import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

import click


class Exit(IntEnum):
    """What the command's exit code says to a script."""

    OK = 0
    FAULT = 1
    USAGE = 2
    BAD_INPUT = 3
    SET_ASIDE = 4


DEBUG = "SAYSO_DEBUG"
"""The environment variable that shows where an error inside Sayso arose."""

COMMANDS = {
    "init": ("server.cli.init", "Make the data folder, its keys and its database."),
    "setup": (
        "server.cli.setup",
        "Set this machine up: the data folder, the first administrator, the services.",
    ),
    "serve": ("server.cli.serving", "Hold the site until it is stopped with Ctrl-C."),
    "kiosk": ("server.cli.kiosk", "Show the kiosk at full size until its browser is closed."),
    "worker": ("server.cli.working", "Take in scans and read whatever waits, until stopped with Ctrl-C."),
    "intake": ("server.cli.intake", "Take in files of returned paper, to be read by the worker."),
    "user": ("server.cli.users", "Add officers, list them, disable them, give a new password."),
    "households": ("server.cli.households", "Import the households from the landlord's own list."),
    "person": ("server.cli.people", "Find what is held about somebody, hand it over, erase it."),
    "audit": ("server.cli.audit", "Check the log of what was done."),
    "backup": ("server.cli.backing_up", "Write everything that is kept to FILE."),
    "restore": (
        "server.cli.restoring",
        "Put the backup FILE in the place of what is there, or into a new data folder.",
    ),
    "migrate": ("server.cli.migrating", "Bring the database to this version of Sayso; a backup is made first."),
    "retention": ("server.cli.retention", "Show what has been kept for its time, and remove it."),
    "tsm": ("server.cli.tsm", "Verify the regulator's dataset, make benchmarks of it, write our return."),
    "report": (
        "server.cli.reporting",
        "Write a year's results, table, leaders' report or summary of approach as a PDF.",
    ),
    "export": ("server.cli.exporting", "Write a campaign's answers for Excel, SPSS or another program."),
    "doctor": ("server.cli.doctor", "Check what Sayso needs on this machine, and say how to mend it."),
    "forms": ("server.cli.forms", "List, show and check the forms."),
    "speech": ("server.cli.speech", "Make and check what the kiosk reads aloud of a form."),
    "print": ("server.cli.printing", "Print a form as a PDF, or as a run of numbered copies."),
    "print-runs": ("server.cli.print_runs", "Make the print runs that were asked for."),
    "read": ("server.cli.reading", "Read returned paper: scans of forms in, answers and doubts out."),
    "writing": ("server.cli.writing", "Measure how well handwriting is read, by what officers decided."),
    "adopt": ("server.cli.adopting", "Make a draft of a form from any PDF, or a picture of a blank form."),
    "stamp": ("server.cli.stamping", "Put our marks and codes on a copy of any PDF."),
    "layout": (
        "server.cli.layout",
        "Show the fields of any fillable PDF: name, kind, page, box in mm from the top left, and label.",
    ),
}
"""Command → the module that holds it as `command`, and its line in the help."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands' names in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give one command; None when there is none of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their lines, without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 (read only when asked for)

        click.echo(f"sayso {version('sayso')}")
        ctx.exit()


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 something is missing or failed, 2 the command was not understood, "
    "3 the input cannot be used, 4 some of the input was set aside.",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show it.")
def sayso() -> None:
    """Ask the same questions on a touch screen and on paper, read the paper back, report on both together."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the process: one line on stderr for whatever went wrong."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code."""
    try:
        result: Any = sayso.main(arguments, prog_name="sayso", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return Exit.USAGE
    except click.ClickException as error:
        return _usage(error)
    except click.Abort:
        return _fail("stopped before it was done", Exit.FAULT)
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.OK
    except Exception as error:  # noqa: BLE001 (the one place where errors become exit codes)
        return _failed(error)
    return int(result) if isinstance(result, int) else Exit.OK


def _usage(error: click.ClickException) -> int:
    help_line = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        help_line = f" See '{error.ctx.command_path} --help'."
    return _fail(f"{error.format_message()}{help_line}", Exit.USAGE)


def _failed(error: Exception) -> int:
    """Turn an error of the product's own into its lines, and any other into one line without a person's data."""
    from forms.errors import FormsError  # noqa: PLC0415 (only on the way out)
    from scanning.errors import ScanningError  # noqa: PLC0415
    from server.cli.failing import sentence  # noqa: PLC0415
    from server.errors import ServerError  # noqa: PLC0415

    if isinstance(error, (FormsError, ScanningError, ServerError)):
        return _fail(str(error), Exit.BAD_INPUT)
    if os.environ.get(DEBUG):
        raise error
    if words := sentence(error):
        return _fail(words, Exit.FAULT)
    message = f"something went wrong inside Sayso ({type(error).__name__}). Set {DEBUG}=1 to see where."
    return _fail(message, Exit.FAULT)


def _fail(message: str, code: Exit) -> int:
    for line in message.splitlines():
        click.echo(f"sayso: {line}", err=True)
    return code

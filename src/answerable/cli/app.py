"""The application that the commands join, and what they have in common."""

import contextlib
import gc
import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from answerable.cli.talk import say_error
from answerable.errors import AnswerableError, UsageError

# `answerable.story` and what it brings are imported inside the commands: NumPy and SciPy take
# most of a second, which `--help` and a mistyped option should not have to wait for.

app = typer.Typer(
    name="answerable",
    help=(
        "Find where companies that are named or listed in connection with grave human-rights "
        "abuses sit in a supply chain, and see who says so. A match says that names agree, "
        "never that anybody did wrong."
    ),
    epilog="Start with `answerable demo`. The words and formats: see the documentation.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)

STOPPED = "Stopped. Nothing is left half-written; run the command again when you like."
"""What a person is told who pressed Ctrl-C."""

Folder = Annotated[
    Path, typer.Option("--workspace", "-w", help="The workspace, or a folder in it.", metavar="DIR")
]
Country = Annotated[str | None, typer.Option(help="Its country, if known.", metavar="COUNTRY")]


def run() -> None:
    """Run the command line; errors of ours become one sentence and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    gc.disable()  # a command is short, and its values hold no cycles: a tenth of a screening
    try:
        app()
    except AnswerableError as error:
        say_error(error.message)
        sys.exit(2)
    except KeyboardInterrupt:
        say_error(STOPPED)
        sys.exit(130)
    except SystemExit as stop:  # Typer turns Ctrl-C within a command into an exit without a word
        if stop.code == 130:
            say_error(STOPPED)
        raise
    except BrokenPipeError:  # the reader of our output has gone, for instance `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as fault:
        if os.environ.get("ANSWERABLE_DEBUG"):
            raise
        say_error(
            f"A mistake in answerable itself: {type(fault).__name__}: {fault}. Nothing is left "
            "half-written. Please report it, with what ANSWERABLE_DEBUG=1 shows."
        )
        sys.exit(70)


def show_version(wanted: bool) -> None:
    """Print the version and stop, if it is wanted."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"answerable {version('answerable')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=show_version, is_eager=True),
    ] = False,
) -> None:
    """Options that stand before any command."""


def open_home(folder: Path) -> Any:
    """Return the workspace at a folder or above it."""
    from answerable.engine.workspace import find_workspace

    return find_workspace(folder)


def show_place(folder: Path) -> str:
    """Return the option that names the workspace, as a hint has to say it; empty where it is here.

    Example:
        >>> show_place(Path("work")), show_place(Path())
        (' -w work', '')
    """
    return "" if folder == Path() else f" -w {folder}"


def read_day(text: str | None) -> date | None:
    """Return the day of an option, None where it is not given."""
    if text is None:
        return None
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text)
    raise UsageError(f"{text!r} is no day. Write it as YYYY-MM-DD, such as 2026-01-31.")

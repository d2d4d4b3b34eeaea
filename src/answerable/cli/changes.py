"""Changes: the command that lays two screenings side by side."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from answerable.cli.app import Folder, app, open_home
from answerable.cli.talk import Progress


@app.command()
def changes(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="A kept screening: its id, latest, latest~1 …, or its folder."
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The other.")] = "latest",
    out: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="File to write, by its ending: .jsonl .csv .xlsx .html; repeatable; - writes the "
            "changes to stdout as JSON lines.",
        ),
    ] = None,
    workspace: Folder = Path(),
) -> None:
    """Tell what two screenings differ in, and because of what.

    Because of a list's edition, ownership, a claim, a rule, a supplier's row, a judgement,
    settings, the day, or the software. Where several may have caused it, all are named.
    """
    from answerable import story
    from answerable.cli.change_summary import summarise_changes
    from answerable.exposure.changes.tables import write_lines

    names = out or []
    files = [Path(name) for name in names if name != "-"]
    with Progress() as progress:
        found = story.compare_screenings(open_home(workspace), old, new, files, tell=progress)
    if "-" in names:
        write_lines(found, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    summarise_changes(found, files)

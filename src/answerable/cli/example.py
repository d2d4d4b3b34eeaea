"""The shipped example: the command `demo`, which tells the whole story."""

from pathlib import Path
from typing import Annotated

import typer

from answerable.cli.app import app
from answerable.cli.talk import Progress


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Workspace of the example.")] = Path(
        "answerable-demo"
    ),
) -> None:
    """Screen the shipped example, end to end, and say where the report is."""
    from answerable import story
    from answerable.cli.evidence_summary import summarise_demo

    with Progress() as progress:
        shown = story.demo(folder, tell=progress)
    summarise_demo(shown)

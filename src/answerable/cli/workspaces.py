"""A workspace: the command `init`, with which the story begins."""

from pathlib import Path
from typing import Annotated

import typer

from answerable.cli.app import app
from answerable.cli.talk import say


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")] = Path(),
    name: Annotated[str | None, typer.Option(help="Name of the workspace.")] = None,
) -> None:
    """Make a new workspace: a folder that holds lists, screenings and settings."""
    from answerable import story

    workspace = story.init(folder, name)
    say(f"Workspace {workspace.name!r} is ready in {folder}.")
    say("Next: `answerable lists` shows what can be collected, `answerable collect LIST` takes")
    say("an edition from its issuer, `answerable collect LIST --from FILE` from a file of yours.")

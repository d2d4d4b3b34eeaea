"""Dossiers: the command that composes one."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from answerable.cli.app import Folder, app, open_home, read_day
from answerable.cli.talk import Progress, say


@app.command()
def compose(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FINDING|CASE",
            help="A finding's id, such as F7K3-Q9XM-2, its first letters, its row's number, or "
            "SCREENING/ID; or the "
            "name of a case.",
        ),
    ],
    out: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="File to write, by its ending: .html .pdf .json .ftm.json; repeatable; - writes "
            "JSON to stdout.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="SCREENING", help="Tell changes from this one; by default the one before."
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Of a case: the day for which it speaks."),
    ] = None,
    workspace: Folder = Path(),
) -> None:
    """Compose a dossier: what can be shown about one finding or one case, to be handed over.

    Each claim stands with who claims it, its words and its answers. It says nothing about
    wrongdoing. A row of which none was found composes too, and says what was searched.
    """
    from answerable import story

    day = read_day(as_of)
    names = out or []
    files = [Path(name) for name in names if name != "-"]
    with Progress() as progress:
        made = story.compose(
            open_home(workspace),
            what,
            files,
            since=since,
            as_of=day.isoformat() if day else None,
            tell=progress,
        )
    if "-" in names:
        from answerable.dossier.forms import write_json

        sys.stdout.buffer.write(write_json(made.dossier))
        sys.stdout.buffer.flush()
    _summarise(made.dossier, made.outputs)


def _summarise(dossier: Any, outputs: tuple[Path, ...]) -> None:
    for sentence in dossier.coverage:
        say(sentence)
    say("")
    say(dossier.sentence)
    say(f"How far that is shown: {dossier.standard}")
    say("It says nothing about wrongdoing.")
    say(f"Dossier {dossier.id}, as of {dossier.as_of}.")
    for path in outputs:
        say(f"Written: {path}")
    if not outputs:
        say("Nothing was written: give --out FILE.html, FILE.pdf, FILE.json or FILE.ftm.json.")

"""Proofs: the commands from `verify` to `erase`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from answerable.cli.app import Folder, app, open_home
from answerable.cli.talk import Progress, say
from answerable.errors import UsageError

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@app.command()
def verify(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="[WORKSPACE_OR_PACKAGE]",
            help="A folder, a package.zip, or the folder of a published page.",
        ),
    ] = Path(),
    checkpoint: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A checkpoint of the log that was kept elsewhere."),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Public key that counts, from elsewhere; repeatable."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Check the whole chain: log, checkpoints, time stamps, every sealed copy, every quotation.

    That all is ok shows that nothing was changed since it was sealed, not that a claim is true.
    Exits with 1 if anything is broken or lost.
    """
    from answerable import story
    from answerable.cli.summary import print_json

    if not place.exists():
        raise UsageError(f"There is no {place}. Give a workspace, or a package as a folder or zip.")
    with Progress() as progress:
        found = story.verify(
            place if _is_package(place) else open_home(place),
            checkpoint=checkpoint,
            keys=key or (),
            tell=progress,
        )
    if as_json:
        print_json(found.as_dict())
    else:
        print(found.tell())
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _is_package(place: Path) -> bool:
    seals = ("package.json", "manifest.json")
    return place.is_file() or any((place / each).is_file() for each in seals)


@app.command()
def stamp(
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also authorities on this network.")
    ] = False,
    proxy: Annotated[str | None, typer.Option(metavar="URL", help="Ask through it.")] = None,
    yes: Yes = False,
    workspace: Folder = Path(),
) -> None:
    """Ask time-stamping authorities to stamp the newest checkpoint of the log (RFC 3161).

    It tells them, and whoever listens, that this machine holds something at this time; not what.
    They are named in answerable.toml, under [timestamps].
    """
    from answerable import story
    from answerable.cli.evidence_summary import summarise_stamps

    home = open_home(workspace)
    authorities = story.authorities(home)
    if not authorities:
        raise UsageError(
            "No authority is named. Write the addresses of one or two into answerable.toml: "
            '[timestamps] authorities = ["https://…"], and ask each for its root certificate.'
        )
    if not yes and not story.was_stamped(home):
        say("This tells these authorities your IP address, and that you hold something now:")
        for each in authorities:
            say(f"  {each}")
        _confirm("Ask them?")
    summarise_stamps(story.stamp(home, allow_private=allow_private, proxy=proxy))


@app.command()
def export(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Name of the case.")],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", help="Where; by default CASE.zip, or CASE and the form."
        ),
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="package|ftm|jsonld|annotations|prov",
            help="A package that verifies without us, or one of the forms of the field.",
        ),
    ] = "package",
    withhold: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help="Leave out this field; repeatable.")
    ] = None,
    show: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="Show this personal field after all; repeatable."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="CAPTURE", help="Leave this capture out; repeatable."),
    ] = None,
    without_captures: Annotated[
        bool, typer.Option("--without-captures", help="Texts only, no originals and pictures.")
    ] = False,
    uncited: Annotated[
        bool, typer.Option("--uncited", help="Also captures that no entry of the case cites.")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="Also the wording that later ones took the place of.")
    ] = False,
    workspace: Folder = Path(),
) -> None:
    """Hand a case on: one package that verifies without us, or a form that other programs read.

    Private captures never go along. What is withheld is listed in the package, and it verifies.
    """
    from answerable import story
    from answerable.cli.evidence_summary import summarise_export

    home = open_home(workspace)
    if form == "package":
        choice = story.Choice(
            withhold=tuple(withhold or ()),
            show=tuple(show or ()),
            captures=not without_captures,
            without=tuple(without or ()),
            history=history,
            uncited=uncited,
        )
        summarise_export(story.export(home, case, to or Path(f"{case}.zip"), choice=choice))
        return
    if withhold or show or without_captures or history or uncited:
        raise UsageError(
            "--withhold, --show, --without-captures, --uncited and --history are for packages."
        )
    place = to or Path(f"{case}.{story.ending_of(form)}")
    view = story.translate(home, case, form, place, without=without or ())
    say(f"{len(view.claims):,} claims and {len(view.decisions):,} decisions written to {place}.")
    if view.withheld:
        say(f"  {view.withheld:,} were left out: they rest on private captures alone.")


@app.command()
def erase(
    what: Annotated[str, typer.Argument(metavar="ID", help="Id of a capture, object or record.")],
    reason: Annotated[
        str,
        typer.Option(help="A code such as court_order or source_protection; it names nobody."),
    ],
    field: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help="Of a record, only this; repeatable.")
    ] = None,
    shared: Annotated[
        bool, typer.Option("--shared", help="Also where several captures hold the object.")
    ] = False,
    yes: Yes = False,
    workspace: Folder = Path(),
) -> None:
    """Destroy a sealed copy, or fields of a record, for good; the log keeps that it was done.

    Of a capture all copies and texts are destroyed, and its record stays: --field erases of it.
    """
    from answerable import story
    from answerable.cli.evidence_summary import summarise_erasure

    home = open_home(workspace)
    if not yes:
        say(f"This destroys {what} for good. It cannot be undone.")
        _confirm("Destroy it?")
    for each in story.erase(home, what, reason, fields=field or (), shared=shared):
        summarise_erasure(each)
    say("Copies elsewhere, earlier exports and backups are not reached.")


def _confirm(question: str) -> None:
    if not sys.stdin.isatty():
        raise UsageError(f"{question} Nobody can be asked here: say --yes if it is meant.")
    typer.confirm(question, abort=True, err=True)

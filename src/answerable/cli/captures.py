"""Evidence: the commands from `draft` to `check`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from answerable.cli.app import Folder, app, open_home, show_place
from answerable.cli.talk import Progress, printable, say
from answerable.errors import UsageError

Case = Annotated[str, typer.Option("--case", "-c", metavar="CASE", help="Name of the case.")]
CaptureId = Annotated[
    str, typer.Argument(metavar="CAPTURE", help="Id of a capture; its first 8 digits are enough.")
]


@app.command()
def draft(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Name of the new case.")],
    title: Annotated[str | None, typer.Option(help="Title for people.")] = None,
    workspace: Folder = Path(),
) -> None:
    """Begin a case: starting files in plain text, with an example of every entry."""
    from answerable import story

    home = open_home(workspace)
    for path in story.draft(home, case, title):
        print(path)
    at = show_place(workspace)
    say("Fill these in with any editor. Seal what they rest on:")
    say(f"  answerable capture URL_OR_FILE --case {case}{at}")
    say(f"Then `answerable check {case}{at}` tells what is missing or does not hold.")


@app.command()
def capture(
    what: Annotated[
        str, typer.Argument(metavar="URL_OR_FILE", help="An address, or a file of any kind.")
    ],
    case: Case,
    browser: Annotated[
        bool,
        typer.Option("--browser", help="Show the page in a browser: scripts run, picture taken."),
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help="Also addresses of this machine and of the network around it."
        ),
    ] = False,
    proxy: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ask through it, such as socks5h://127.0.0.1:9050 (Tor)."),
    ] = None,
    private: Annotated[
        bool,
        typer.Option(
            "--private", help="Encrypt it, do not index it, leave it out of every export."
        ),
    ] = False,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Of a file: where it was published.")
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="Of a file: its title; its name is not kept.")
    ] = None,
    workspace: Folder = Path(),
) -> None:
    """Seal a page or a file: hashed, logged, never edited. Prints its id.

    A capture shows what this program recorded then; not who wrote it, and not that it is true.
    """
    from answerable import story
    from answerable.cli.evidence_summary import summarise_capture, warn_of_capture

    home = open_home(workspace)
    warn_of_capture(what, proxy)
    with Progress() as progress:
        made = story.capture(
            home,
            what,
            case,
            browser=browser,
            allow_private=allow_private,
            proxy=proxy,
            private=private,
            url=url,
            title=title,
            tell=progress,
        )
    say("Its id, for `capture:` in sources.yaml:")
    print(made.id, flush=True)
    summarise_capture(made, show_place(workspace), before=story.find_same(home, made))


@app.command()
def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Words that must all stand there.")],
    case: Annotated[
        str | None, typer.Option("--case", "-c", metavar="CASE", help="Only this case.")
    ] = None,
    most: Annotated[int, typer.Option(help="How many texts at most.", min=1)] = 20,
    workspace: Folder = Path(),
) -> None:
    """Find words in the texts of all captures, in any script."""
    from answerable import story
    from answerable.cli.evidence_summary import summarise_found

    summarise_found(words, story.search(open_home(workspace), words, case=case, most=most))


@app.command()
def quote(
    capture: CaptureId,
    words: Annotated[
        str | None,
        typer.Argument(metavar="[WORDS]", help="The quotation; without it the text is printed."),
    ] = None,
    source: Annotated[
        str, typer.Option(help="Key of the source within the case.", metavar="KEY")
    ] = "SOURCE",
    prefix: Annotated[
        str, typer.Option(help="Words before it, where it stands there more than once.")
    ] = "",
    workspace: Folder = Path(),
) -> None:
    """Locate a quotation in a capture and print it as a passage for claims.yaml."""
    from answerable import story
    from answerable.cli.evidence_summary import print_passage

    home = open_home(workspace)
    if words is None:
        sys.stdout.write(printable(story.read(home, capture)) + "\n")
        return
    print_passage(story.quote(home, capture, words, source=source, prefix=prefix))


@app.command()
def custody(
    capture: CaptureId,
    verb: Annotated[
        str | None,
        typer.Argument(
            metavar="[transfer|review|unlock|dispose]",
            help="What was done with it; without it the chain of custody is shown.",
        ),
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who did it.", metavar="NAME")] = None,
    to: Annotated[str | None, typer.Option(help="To whom or where it went.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
    remark: Annotated[str | None, typer.Option(help="What else is to be said.")] = None,
    workspace: Folder = Path(),
) -> None:
    """Note what was done with a capture, or show its chain of custody.

    `unlock` says that a private capture may be indexed on this machine; it stays encrypted and is
    never exported.
    """
    from answerable import story
    from answerable.cli.evidence_summary import summarise_custody
    from answerable.evidence.custody import VERBS

    home = open_home(workspace)
    if verb is not None:
        chosen = next((each for each in VERBS if each == verb), None)
        if chosen is None:
            raise UsageError(f"Custody knows {', '.join(VERBS)}, not {verb!r}.")
        if by is None:
            raise UsageError(
                "Say who did it: --by NAME. A name they choose to be known by will do."
            )
        story.note(home, capture, chosen, by=by, to=to, reason=reason, remark=remark)
    summarise_custody(story.list_captures(home), capture, story.custody(home, capture))


@app.command()
def check(
    case: Annotated[
        str | None, typer.Argument(metavar="[CASE]", help="Name of a case; by default all.")
    ] = None,
    file: Annotated[
        bool, typer.Option("--file", help="Also file the claims, if no error is found.")
    ] = False,
    workspace: Folder = Path(),
) -> None:
    """Check the files of a case, and every quotation against its sealed copy.

    Only filed claims are screened and exported. Exits with 1 if an error is found.
    """
    from answerable import story
    from answerable.cli.evidence_summary import summarise_checked

    with Progress() as progress:
        checked = story.check(open_home(workspace), case, file=file, tell=progress)
    for each in checked:
        summarise_checked(each, to_file=file, at=show_place(workspace))
    if any(each.has_errors for each in checked):
        raise typer.Exit(1)

"""Publication: the commands `publish` and `unpublish`."""

from pathlib import Path
from typing import Annotated

import typer

from answerable.cli.app import Folder, app, open_home
from answerable.cli.talk import Progress, say

Case = Annotated[str, typer.Argument(metavar="CASE", help="Name of the case.")]
Place = Annotated[
    Path, typer.Option("--to", metavar="DIR", help="Folder of the page; what is ours is replaced.")
]


@app.command()
def publish(
    case: Case,
    to: Place,
    draft: Annotated[
        bool, typer.Option("--draft", help="A preview that says on every page what is missing.")
    ] = False,
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Address at which it will stand, for feed and sharing."),
    ] = None,
    workspace: Folder = Path(),
) -> None:
    """Make the public page of a case: static files, signed, that any mirror can host.

    Published only if `check` and `verify` pass, all is filed, each claim has a legal review, and
    imprint and approval are there. It says who claims what and what was answered, never that
    anybody did wrong.
    """
    from answerable import story

    with Progress() as progress:
        made = story.publish(open_home(workspace), case, to, draft=draft, base=url, tell=progress)
    what = "Draft" if made.draft else "Page"
    say(f"{what} of {made.files:,} files ({made.size / 1000:,.0f} kB): {made.path / 'index.html'}")
    if not made.draft:
        say(f"Signed list of files: {made.manifest}")
        say(f"Check it, or a mirror of it, with `answerable verify {made.path}`.")
        return
    if made.reasons:
        say("Not published, because:")
    for reason in made.reasons:
        say(f"  - {reason}")
    if made.approve is None:
        say("It is approved last: when the rest is mended and filed, make the draft anew.")
    else:
        say(f"Who approves what this draft shows writes `checkpoint: {made.approve}`.")


@app.command()
def unpublish(
    case: Case,
    to: Place,
    ground: Annotated[
        str,
        typer.Option(
            metavar="GROUND", help="correction, court_order, legal_letter or safety; it is shown."
        ),
    ],
    workspace: Folder = Path(),
) -> None:
    """Put a notice in the place of a published page; it names nothing of the case.

    Copies that others hold are not reached. `publish` puts the page there again,
    after a new approval.
    """
    from answerable import story

    story.unpublish(open_home(workspace), case, to, ground)
    say(f"Withdrawn: {to} holds a notice now. Upload it over every copy that you can reach.")

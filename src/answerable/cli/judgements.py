"""Judgements and resolutions: `judge` and `resolve`; the review of the queue has its own module."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from answerable.cli.app import Folder, app, open_home, read_day
from answerable.cli.talk import Progress, printable, say
from answerable.errors import UsageError

FindingId = Annotated[
    str | None,
    typer.Argument(
        metavar="[FINDING]",
        help="Id of the finding, such as F7K3-Q9XM-2, or the number of its row.",
    ),
]
Why = Annotated[str | None, typer.Option(metavar="TEXT", help="The reason, in a sentence.")]
Matches = Annotated[
    list[str] | None,
    typer.Option(
        "--match",
        metavar="COMPANY_ID",
        help="Which match, where the finding has several; repeatable; `all` for all.",
    ),
]
Screening = Annotated[
    str | None,
    typer.Option(metavar="ID", help="The screening looked at; by default the newest with it."),
]

MOST_PROBLEMS = 20
"""Problems of a table that are told one by one."""


@app.command()
def judge(
    finding: FindingId = None,
    verdict: Annotated[
        str | None,
        typer.Argument(metavar="[same|different|unsure]", help="Are they one company?"),
    ] = None,
    why: Why = None,
    match: Matches = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day on which it counts.")
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take it back; an older one does not come back.")
    ] = False,
    table: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="REVIEWED.xlsx", help="Read verdicts from a workbook, ODS or CSV."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --from: only tell what would be filed.")
    ] = False,
    screening: Screening = None,
    workspace: Folder = Path(),
) -> None:
    """Judge whether a supplier and a listed company are one company, and say why.

    Kept in the ledger and applied from the next screening on; opened again by itself when names,
    listings or the row change. It says nothing about what either company has done.
    """
    from answerable import story

    if table is not None:
        if any(each is not None for each in (finding, verdict, why, match, until)) or withdraw:
            raise UsageError("--from takes all from the table: leave out finding, verdict, --why.")
        _judge_table(open_home(workspace), table, dry_run)
        return
    if dry_run:
        raise UsageError("--dry-run goes with --from.")
    if finding is None or (verdict is None) is not withdraw:
        raise UsageError(
            "Give a finding and same, different or unsure, with --why; or a finding with "
            "--withdraw; or --from REVIEWED.xlsx. `answerable review` walks the whole queue."
        )
    home = open_home(workspace)
    if withdraw:
        for taken, _ in story.withdraw(home, finding, why or "", companies=match or ()):
            say(f"Withdrawn: {taken.finding} {taken.verdict}, {taken.company}.")
        say("What was judged before it does not come back: judge again if need be.")
        return
    for made in story.judge(
        home,
        finding,
        verdict or "",
        why or "",
        companies=match or (),
        until=read_day(until),
        screening=screening,
    ):
        _say_judged(made)
    say("It counts from the next `answerable screen` on.")


def _say_judged(made: Any) -> None:
    judged = made.judgement
    pair = printable(f"{made.supplier} / {made.company}")
    if not made.is_new:
        say(f"{pair}: judged {judged.verdict} already, with that reason; nothing was filed.")
    elif made.agreement is not None:
        say(f"{pair}: agreed with {judged.name or judged.by} that it is {judged.verdict}.")
    else:
        until = f", to {judged.until}" if judged.until else ""
        say(f"{pair}: judged {judged.verdict}{until}, by {judged.name or judged.by}.")
    if made.awaits_second:
        say("  It waits for a reviewer with another key to agree.")


def _judge_table(home: Any, table: str, dry_run: bool) -> None:
    from answerable import story

    with Progress() as progress:
        read = story.judge_table(
            home,
            sys.stdin.buffer.read() if table == "-" else Path(table),
            dry_run=dry_run,
            tell=progress,
        )
    for each in read.new if dry_run else ():
        name, company = each.line["supplier"]["name"], each.match["company"]["caption"]
        pair = printable(f"{name} / {company}")
        say(f"row {each.given.row}: {pair}: {each.given.verdict}")
    say(
        f"{len(read.new):,} new {'verdict' if len(read.new) == 1 else 'verdicts'} "
        f"{'found, nothing filed (dry run)' if dry_run else 'filed'}; {read.unchanged:,} said "
        f"already; {len(read.problems):,} {'problem' if len(read.problems) == 1 else 'problems'}."
    )
    for problem in read.problems[:MOST_PROBLEMS]:
        sheet = f"sheet {problem.sheet}, " if problem.sheet else ""
        row = f"row {problem.row}: " if problem.row else ""
        say(f"  problem: {sheet}{row}{problem.sentence}")
    if len(read.problems) > MOST_PROBLEMS:
        say(f"  and {len(read.problems) - MOST_PROBLEMS:,} more problems")
    if read.problems:
        raise typer.Exit(1)


@app.command()
def resolve(
    finding: Annotated[
        str, typer.Argument(metavar="FINDING", help="Its id, or the number of its row.")
    ],
    resolution: Annotated[
        str | None,
        typer.Option("--as", metavar="TEXT", help="What was resolved, in a few words."),
    ] = None,
    why: Why = None,
    condition: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="What the supplier has to do or show; repeatable."),
    ] = None,
    next_review: Annotated[
        str | None,
        typer.Option("--next-review", metavar="DATE", help="Day to look at it again."),
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take the newest back; none before comes back.")
    ] = False,
    screening: Screening = None,
    workspace: Folder = Path(),
) -> None:
    """Keep what you resolved about a finding, with reasons, conditions and the next review.

    These are your words: they change no status. They stand in the dossier beside what was found.
    """
    from answerable import story

    home = open_home(workspace)
    if withdraw:
        taken, _ = story.withdraw_resolution(home, finding, why or "")
        say(f"Withdrawn: {printable(taken.resolution)}, of {taken.at[:10]}.")
        say("What was resolved before it does not come back: resolve again if need be.")
        return
    made = story.resolve(
        home,
        finding,
        resolution or "",
        why or "",
        conditions=condition or (),
        next_review=read_day(next_review),
        screening=screening,
    )
    say(f"{made.finding}, {printable(made.supplier['name'])}: {printable(made.resolution)}")
    for each in made.conditions:
        say(f"  on condition: {printable(each)}")
    if made.next_review:
        say(f"  to be looked at again on {made.next_review}")
    say(f"Kept by {made.name or made.by}.")

"""Lists, screenings and comparisons: the commands from `collect` to `compare`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from answerable.cli.app import Country, Folder, app, open_home, read_day
from answerable.cli.talk import Progress, say
from answerable.errors import UsageError


@app.command()
def collect(
    list_id: Annotated[str, typer.Argument(metavar="LIST", help="Id of the list, or `all`.")],
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="FILE_OR_URL",
            help="A file, an https address, or `shipped`; repeat it for lists of several files. "
            "By default the issuer's own address.",
        ),
    ] = None,
    card: Annotated[
        Path | None, typer.Option(metavar="CARD.yaml", help="A card of your own for the list.")
    ] = None,
    edition: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of the edition, if no file tells it.")
    ] = None,
    workspace: Folder = Path(),
) -> None:
    """Take one more edition of a list into the workspace, held to its card's counts.

    `all` stands for every list that needs no file: with `--from shipped` the small, dated copies
    that come with answerable, else those that their issuers publish at a known address.
    """
    from answerable import story
    from answerable.cli.summary import summarise_edition

    home = open_home(workspace)
    with Progress() as progress:
        if list_id == "all" and card is None and edition is None:
            collected = story.collect_all(home, sources or (), tell=progress)
        else:
            one = story.collect(
                home, list_id, sources or (), card=card, edition=edition, tell=progress
            )
            collected = [one]
    for each in collected:
        summarise_edition(each)


@app.command()
def lists(
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="As it stood on this day; by default today.")
    ] = None,
    json_lines: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
    workspace: Folder = Path(),
) -> None:
    """Show the lists: edition, age, counts, complete or partial; and which are absent."""
    from answerable import story
    from answerable.cli.summary import print_json, summarise_coverage

    coverage = story.lists(open_home(workspace), read_day(as_of))
    if json_lines:
        print_json({"as_of": coverage.as_of, **coverage.as_dict()})
    else:
        summarise_coverage(coverage)


@app.command()
def screen(
    suppliers: Annotated[
        str,
        typer.Argument(metavar="SUPPLIERS", help="CSV, XLSX, ODS, JSON or OCDS; - reads stdin."),
    ],
    out: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="File to write, by its ending: .jsonl .csv .xlsx .html .ftm.json; repeatable; "
            "- writes the findings to stdout.",
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=HEADING",
            help="Say which column is which, such as name=Vendor,country=Land; repeatable.",
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Use the newest editions up to this day."),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(metavar="P", help="Probability from which a name match is a match."),
    ] = None,
    lists: Annotated[
        str | None, typer.Option(metavar="A,B", help="Search only these lists.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="SCREENING",
            help="A kept screening (its id, latest, latest~1 …): match only what may be answered "
            "otherwise than then; the findings are the same as of a full screening.",
        ),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            metavar="local|spark",
            help="Who matches: this machine's cores, or a Spark cluster; the findings are the "
            "same.",
        ),
    ] = "local",
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="STATUS",
            help="Exit with 1 if a finding is this or more: possible, match, confirmed; or "
            "unreadable.",
        ),
    ] = None,
    workspace: Folder = Path(),
) -> None:
    """Screen a supplier list: the main job. Every row gets a finding."""
    from answerable import story
    from answerable.cli.summary import summarise_screening

    failing = _failing(fail_on)
    outputs, to_stdout = _outputs(out or [])
    with Progress() as progress:
        screened = story.screen(
            open_home(workspace),
            sys.stdin.buffer.read() if suppliers == "-" else Path(suppliers),
            outputs,
            columns=_columns(columns or []),
            sheet=sheet,
            as_of=read_day(as_of),
            threshold=threshold,
            lists=[each.strip() for each in lists.split(",") if each.strip()] if lists else None,
            engine=engine,
            since=since,
            tell=progress,
        )
    if to_stdout:
        sys.stdout.buffer.write((screened.folder / "findings.jsonl").read_bytes())
    summarise_screening(screened)
    if screened.since:
        say(screened.since)
    if any(finding.status in failing for finding in screened.screening.findings):
        raise typer.Exit(1)


@app.command()
def compare(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME1 [NAME2]", help="Two names; one is looked up in the lists."),
    ] = None,
    country1: Country = None,
    country2: Country = None,
    pairs: Annotated[
        str | None,
        typer.Option(metavar="PAIRS.csv", help="CSV with name1,name2[,country1,country2]."),
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="SCORED.csv", help="Where the scored pairs go.")
    ] = None,
    workspace: Folder = Path(),
) -> None:
    """Tell how alike two names are, and why; or score a CSV of pairs.

    One name alone is looked up in the workspace's lists: the listed names that come nearest are
    shown with what speaks for and against, also where a screening finds none.
    """
    from answerable import story
    from answerable.cli.summary import summarise_comparison, summarise_nearest

    if pairs is not None:
        if names:
            raise UsageError("Give two names or --pairs, not both.")
        source = sys.stdin.buffer.read() if pairs == "-" else Path(pairs)
        place = None if out in (None, "-") else Path(str(out))
        with Progress() as progress:
            count = story.compare_pairs(source, place, tell=progress)
        say(f"{count:,} pairs compared" + (f", written to {place}." if place else "."))
        return
    if names and len(names) == 1:
        nearest, coverage = story.look_up(open_home(workspace), names[0], country=country1)
        summarise_nearest(names[0], nearest, coverage)
        return
    if not names or len(names) != 2:
        raise UsageError("Give one or two names, or --pairs PAIRS.csv with --out SCORED.csv.")
    weight = story.compare(names[0], names[1], country=country1, other_country=country2)
    summarise_comparison(names[0], names[1], weight)


def _columns(pairs: list[str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for part in (part for each in pairs for part in each.split(",")):
        field, sign, heading = part.partition("=")
        if not sign or not field.strip() or not heading.strip():
            raise UsageError(f"--columns takes FIELD=HEADING, such as name=Vendor, not {part!r}.")
        columns[field.strip()] = heading.strip()
    return columns


def _outputs(names: list[str]) -> tuple[list[Path], bool]:
    return [Path(name) for name in names if name != "-"], "-" in names


def _failing(status: str | None) -> set[str]:
    grades = ["confirmed", "match", "possible"]
    if status is None:
        return set()
    if status == "unreadable":
        return {"unreadable"}
    if status not in grades:
        known = ", ".join([*grades, "unreadable"])
        raise UsageError(f"--fail-on takes one of {known}, not {status!r}.")
    return set(grades[: grades.index(status) + 1])

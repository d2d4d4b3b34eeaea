"""What the terminal shows: coverage first, then what was found, then where it is."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from answerable.cli.talk import printable, say
from answerable.exposure.outputs.judgement_words import say_judgement
from answerable.exposure.outputs.tie_words import (
    list_titled,
    say_path,
    say_status,
    shown_rulings,
)
from answerable.exposure.outputs.words import list_titles, say_probability, say_problem
from answerable.exposure.screening.queue import list_judged_apart, sort_findings
from answerable.matching.index import ListedName
from answerable.matching.weights import Weight
from answerable.model import AbsentList, Coverage, EditionCoverage, Finding, Match, Screening
from answerable.model.company import LEGAL_PERSONS
from answerable.model.countries import country_name
from answerable.model.finding import STATUS_WORDS, STATUSES, Status
from answerable.model.judgement import STATE_WORDS
from answerable.story import DEMO_BRANDS, Collected, Screened, fetchable_lists

MOST_SHOWN = 12
"""Findings of one status that the terminal shows; the outputs hold all."""

STYLES: dict[Status, str] = {
    "confirmed": "bold magenta",
    "match": "bold yellow",
    "possible": "cyan",
    "none_found": "dim",
    "unreadable": "red",
}
NO_EDITION = "no edition is here"
"""The reason that most absent lists share; it is not repeated for each."""

SAYS_NOT = (
    "A name match is not an identity, and being listed or found says nothing about wrongdoing "
    "beyond what the issuer states. None found means: not in these editions."
)


def talk() -> Console:
    """Return the console for talk; narrow output is never cut, it wraps."""
    return Console(stderr=True, highlight=False, markup=False)


def print_json(content: dict[str, Any]) -> None:
    """Print JSON on stdout."""
    json.dump(content, sys.stdout, ensure_ascii=False, indent=2)
    print()


def summarise_edition(collected: Collected) -> None:
    """Say what was collected."""
    edition = collected.edition
    state = "is collected" if edition.is_new else "is here already; nothing changed"
    say(f"{edition.list} {edition.edition} {state}.")
    held = [f"{collected.companies:,} companies and other legal persons"]
    if collected.links:
        held = [*(held if collected.companies else []), f"{collected.links:,} links"]
    say(f"  {', '.join(held)}, in {edition.folder}")
    if edition.card.note:
        say(f"  {edition.card.note}")
    if edition.is_guessed:
        say("  The files do not tell their day, so today's was taken: give --edition DATE.")
    for problem in collected.problems[:MOST_SHOWN]:
        where = f"row {problem.row}: " if problem.row else ""
        say(f"  problem: {where}{say_problem(problem)}")
    if len(collected.problems) > MOST_SHOWN:
        say(f"  and {len(collected.problems) - MOST_SHOWN:,} more problems")


def summarise_coverage(coverage: Coverage) -> None:
    """Show which lists are there and which are absent; on stdout, since it is what was asked."""
    console = Console(highlight=False, markup=False)
    _print_coverage(console, coverage, with_details=True)


def summarise_screening(screened: Screened) -> None:
    """Show coverage, counts, the findings to look at, and where the rest is."""
    console = talk()
    screening = screened.screening
    _print_head(console, screening)
    _print_coverage(console, screening.coverage)
    _print_counts(console, screening)
    for status in ("confirmed", "match", "possible", "unreadable"):
        _print_findings(console, screening, status)
    console.print()
    console.print(SAYS_NOT, style="italic")
    console.print()
    _print_places(console, screened.folder, screened.outputs)


def summarise_example(screened: Screened) -> None:
    """Show the screening of the example, with what a look at it should see."""
    console = talk()
    for note in screened.screening.manifest["notes"]:
        console.print(note, style="italic")
    console.print()
    summarise_screening(screened)
    _print_kept_on_purpose(console, screened.screening)
    console.print()


def _print_kept_on_purpose(console: Console, screening: Screening) -> None:
    """Show the rows that the example keeps on purpose, and what none found rests on."""
    console.print()
    console.print("The names that were kept on purpose", style="bold")
    absent = "; ".join(each.title for each in screening.coverage.absent)
    for finding in screening.findings:
        name = finding.supplier.name
        if name.casefold().startswith(DEMO_BRANDS):
            line = f"row {finding.supplier.row}  {name}: {STATUS_WORDS[finding.status]}"
            _print_indented(console, Text(line, STYLES[finding.status]), 2)
            if finding.status == "none_found" and absent:
                _print_indented(console, f"Not evaluated, for want of an edition: {absent}", 6)


def summarise_comparison(one: str, other: str, weight: Weight) -> None:
    """Print how alike two names are, and why."""
    console = Console(highlight=False, markup=False)
    console.print(f"{printable(one)}  /  {printable(other)}")
    console.print(f"probability of one legal person: {weight.probability:.3f}", style="bold")
    if weight.shares_name and weight.probability < 0.5:
        console.print("a distinctive name is shared: another company, perhaps related")
    _print_reasons(console, weight)
    console.print(
        "Weighed as two names that somebody asks about, by shipped frequencies of words in 183,000 "
        "company names, most of them British or American. In a screening more must agree, the "
        "more names are searched. Names that agree may be two companies.",
        style="italic",
    )


def summarise_nearest(
    name: str, nearest: Sequence[tuple[ListedName, Weight]], coverage: Coverage
) -> None:
    """Print the listed names that come nearest to a name, with what speaks for and against."""
    console = Console(highlight=False, markup=False)
    lists = ", ".join(f"{each.title} {each.edition}" for each in coverage.editions) or "no list"
    console.print(f"Nearest to {printable(name)} in {lists}", style="bold")
    if not nearest:
        console.print("No listed name shares a word with it.")
    for listed, weight in nearest:
        company = listed.company
        where = ", ".join(f"{each.list} {each.edition}" for each in company.listings)
        console.print()
        console.print(f"{printable(listed.printed)} ({where})", style="bold")
        console.print(f"probability of one legal person: {say_probability(weight.probability)}")
        if weight.shares_name:
            console.print("a distinctive name is shared: perhaps a related company")
        _print_reasons(console, weight)


def _print_reasons(console: Console, weight: Weight) -> None:
    for reason in weight.reasons:
        console.print(f"  {reason.log_odds:+6.1f}  {printable(reason.detail)}")
    console.print(f"  {weight.score:+6.1f}  in all (natural log-odds)")


def _print_head(console: Console, screening: Screening) -> None:
    recognition = screening.suppliers.recognition
    rows = len(screening.findings)
    console.print(
        f"{rows:,} suppliers of {printable(screening.suppliers.file_name)}, "
        f"as of {screening.coverage.as_of}",
        style="bold",
    )
    understood = ", ".join(
        f"{field} = {printable(heading)!r}" for field, heading in recognition.columns.items()
    )
    details = [
        recognition.form,
        *([f"sheet {printable(recognition.sheet)!r}"] if recognition.sheet else []),
        *([recognition.encoding] if recognition.encoding else []),
        understood,
    ]
    console.print(f"Read as {', '.join(details)}")
    if recognition.other_sheets:
        shown = ", ".join(printable(each) for each in recognition.other_sheets)
        console.print(f"Sheets not screened: {shown} (take one with --sheet)")
    for problem in screening.suppliers.problems[:MOST_SHOWN]:
        console.print(f"Problem: {printable(problem.sentence)}", style="red")


def _print_coverage(console: Console, coverage: Coverage, *, with_details: bool = False) -> None:
    console.print()
    if coverage.editions:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
        for heading in ("Searched", "edition", "companies", "state"):
            right = "right" if heading == "companies" else "left"
            table.add_column(heading, justify=right, overflow="fold")  # type: ignore[arg-type]
        for edition in coverage.editions:
            table.add_row(*_edition_row(edition))
        console.print(table)
    else:
        console.print("No list is here yet.")
    if coverage.links:
        _print_links(console, coverage.links)
    if with_details:
        _print_details(console, (*coverage.editions, *coverage.links))
    by_file = "Not searched; download its file and `answerable collect LIST --from FILE`"
    fetched = "Not searched; `answerable collect LIST` fetches an edition"
    for head, here in ((fetched, True), (by_file, False)):
        lists = [each for each in coverage.absent if (each.list in fetchable_lists()) is here]
        _print_absent(console, head, lists)


def _print_absent(console: Console, head: str, lists: Sequence[AbsentList]) -> None:
    if lists:
        console.print()
        console.print(head)
    for absent in lists:
        why = "" if absent.why == NO_EDITION else f": {absent.why}"
        _print_indented(console, f"{absent.title} [{absent.list}]{why}", 2)


def _print_indented(console: Console, text: str | Text, left: int) -> None:
    console.print(Padding(text, (0, 0, 0, left), expand=False))


def _edition_row(edition: EditionCoverage) -> Sequence[str | Text]:
    state = "complete" if edition.complete else "PARTIAL"
    age = f"{edition.age_days:,} days old"
    old = f", too old (over {edition.max_age_days:,})" if edition.too_old else ""
    style = "yellow" if edition.too_old or not edition.complete else ""
    count = sum(number for schema, number in edition.counts.items() if schema in LEGAL_PERSONS)
    return (
        edition.title,
        edition.edition,
        f"{count - edition.removed:,}",
        Text(f"{state}, {age}{old}", style),
    )


def _print_links(console: Console, editions: Sequence[EditionCoverage]) -> None:
    console.print()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    for heading in ("Links", "edition", "number", "state"):
        right = "right" if heading == "number" else "left"
        table.add_column(heading, justify=right, overflow="fold")  # type: ignore[arg-type]
    for edition in editions:
        title, name, _, state = _edition_row(edition)
        table.add_row(title, name, f"{edition.links:,}", state)
    console.print(table)


def _print_details(console: Console, editions: Sequence[EditionCoverage]) -> None:
    for edition in editions:
        console.print()
        console.print(f"{edition.list} {edition.edition}", style="bold")
        counts = ", ".join(f"{number:,} {schema}" for schema, number in edition.counts.items())
        held = f"{counts}; {edition.names:,} names" if counts else f"{edition.links:,} links"
        console.print(f"  {held}; {edition.problems:,} problems")
        for name, digest in edition.sha256.items():
            console.print(f"  sha256 {digest} {name}")
        for line in (edition.note, edition.attribution):
            if line:
                _print_indented(console, line, 2)


def _print_counts(console: Console, screening: Screening) -> None:
    console.print()
    counts = screening.manifest["counts"]["by_status"]
    for status in STATUSES:
        if counts[status] or status in ("match", "possible", "none_found"):
            style = STYLES[status] if counts[status] else "dim"
            console.print(Text(f"{counts[status]:>9,}  {STATUS_WORDS[status]}", style))
    apart = len(list_judged_apart(screening.findings))
    if apart:
        console.print(f"{apart:>9,}  of these: judged to be another company")
    if screening.manifest.get("judgements"):
        _print_open_again(console, screening)


def _print_open_again(console: Console, screening: Screening) -> None:
    """Say how many judgements do not count any more, or not yet, and what to do."""
    states = Counter(
        match.judgement["state"]
        for finding in screening.findings
        for match in finding.matches
        if match.judgement and match.judgement["state"] != "in_force"
    )
    for state, number in sorted(states.items()):
        judged = "judgement" if number == 1 else "judgements"
        console.print(f"{number:>9,}  {judged}: {STATE_WORDS[state]}; see `answerable review`")


def _print_findings(console: Console, screening: Screening, status: Status) -> None:
    found = [finding for finding in screening.findings if finding.status == status]
    if not found:
        return
    if status != "unreadable":
        found = sort_findings(found)
    console.print()
    console.print(Text(STATUS_WORDS[status].capitalize(), STYLES[status]))
    for finding in found[:MOST_SHOWN]:
        _print_finding(console, finding, list_titles(screening.coverage) | list_titled(screening))
    if len(found) > MOST_SHOWN:
        console.print(f"  … and {len(found) - MOST_SHOWN:,} more, in the outputs")


def _print_finding(console: Console, finding: Finding, titles: Mapping[str, str]) -> None:
    name = printable(finding.supplier.name) or "(no name)"
    _print_indented(console, Text(f"row {finding.supplier.row}  {name}", "bold"), 2)
    nearest = finding.nearest
    rest = [match for match in finding.counted if match is not nearest]
    lines = [_say_match(nearest, titles)] if nearest else []
    if nearest and (judged := say_judgement(nearest)):
        lines.append(printable(judged))
    lines += [printable(problem.sentence) for problem in finding.supplier.problems[:2]]
    others = len(rest) + finding.more_matches
    if others > 0:
        where = _say_lists(rest, titles)
        lines.append(f"and {others:,} more{f': {where}' if where else ''}")
    lines += [printable(each) for each in _say_ties(finding, titles)]
    for line in lines:
        _print_indented(console, line, 6)


def _say_ties(finding: Finding, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield the nearest path, and how many rules and claims say something."""
    if finding.paths:
        more = len(finding.paths) - 1
        rest = f" (and {more:,} more {'path' if more == 1 else 'paths'})" if more else ""
        yield f"tied: {say_path(finding.paths[0], titles)}{rest}"
    told = shown_rulings(finding)
    if told:
        said = ", ".join(
            f"{rule}: {say_status(ruling.status, ruling.warnings)}" for rule, ruling in told
        )
        yield f"rules: {said}"
    if finding.claims:
        number = len(finding.claims)
        sure = "" if "named" in finding.exposure else "a company of that name or on its paths is "
        yield f"{sure}named in {number:,} filed {'claim' if number == 1 else 'claims'}"


def _say_match(match: Match, titles: Mapping[str, str]) -> str:
    listing = match.company.listings[0]
    cited = f", {_shorten(listing.citation)}" if listing.citation else ""
    relation = "shares a distinctive name with" if match.relation == "name_shared" else "as"
    countries = ", ".join(country_name(code) for code in match.company.countries)
    where = f" ({countries})" if countries else ""
    chance = f", {say_probability(match.probability)}" if match.relation == "same" else ""
    title = titles.get(listing.list, listing.list)
    return printable(
        f"{relation} {match.name}{where}, {title} {listing.edition}{cited} "
        f"({listing.ground_class.replace('_', ' ')}){chance}"
    )


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40].rsplit(' ', 1)[0].rstrip(',;')} …"


def _say_lists(matches: Sequence[Match], titles: Mapping[str, str]) -> str:
    """Name the lists of some matches with the classes of ground, each once."""
    listings = [listing for match in matches for listing in match.company.listings]
    said = (
        f"{titles.get(each.list, each.list)} ({each.ground_class.replace('_', ' ')})"
        for each in listings
    )
    return ", ".join(dict.fromkeys(said))


def _print_places(console: Console, folder: Path, outputs: Sequence[Path]) -> None:
    console.print(f"Kept in {folder}")
    for output in outputs:
        console.print(f"Written: {output}")
    if not outputs:
        console.print("For a report add --out report.html or --out answered.xlsx")

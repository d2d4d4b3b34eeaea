"""What a reviewer sees of a match: both sides, reasons, listings, ties, what was judged before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from answerable.cli.summary import SAYS_NOT, talk
from answerable.cli.talk import printable
from answerable.exposure.outputs.judgement_words import say_judgement
from answerable.exposure.outputs.tie_words import say_claims
from answerable.exposure.outputs.words import (
    GROUND_CLASS_WORDS,
    RELATION_WORDS,
    SCHEME_WORDS,
    say_ground,
    say_probability,
    say_reason,
)
from answerable.model import Finding, Listing, Match
from answerable.model.countries import country_name
from answerable.story.judgements import Question

MOST_NAMES = 8
MOST_REASONS = 5
MOST_PATHS = 2

KEYS = "[s]ame  [d]ifferent  [u]nsure   s[k]ip  [b]ack  [w]hy?  [?] help  [q]uit"

HELP = """\
s   the same company: it is confirmed from the next screening on
d   another company: it stays to be seen, and counts for nothing
u   unsure: it stays in the queue
    A capital (S, D, U) judges this match and all that follow of the same row.
    Each asks for a reason, in a sentence.
k   skip: look at it later             b   back to the one before
w   why: every reason with its weight  q   quit; the next review goes on from here
Each judgement is on the disk before the next match is shown.
Undo: answerable judge FINDING --withdraw --why TEXT
Why not? answerable compare NAME1 NAME2 tells of any two names."""


def show_head(manifest: Mapping[str, Any], waiting: int) -> None:
    """Show what was searched, and how much there is to do."""
    console = talk()
    coverage = manifest["coverage"]
    console.print(printable(f"Review of {manifest['screening']}"), style="bold")
    lists = ", ".join(f"{each['title']} {each['edition']}" for each in coverage["lists"])
    console.print(printable(f"Searched as of {manifest['as_of']}: {lists or 'no list'}."))
    absent = len(coverage["absent"])
    if absent:
        console.print(f"Not searched: {absent:,} known {'list' if absent == 1 else 'lists'}.")
    console.print(SAYS_NOT, style="italic")
    console.print(f"{waiting:,} {'match' if waiting == 1 else 'matches'} to judge.")


def show_question(
    question: Question,
    number: int,
    total: int,
    titles: Mapping[str, str],
    *,
    with_ties: bool = True,
) -> None:
    """Show one match; the row's paths and claims where they were not shown just before."""
    console = talk()
    finding, match = question.finding, question.finding.matches[question.place]
    console.print()
    console.rule(f"{number:,} of {total:,}", style="dim")
    place = f"match {question.place + 1} of {len(finding.matches)}"
    console.print(f"{finding.id}, row {finding.supplier.row}, {place}", style="dim")
    console.print(_sides(finding, match))
    chance = say_probability(match.probability)
    console.print(f"{RELATION_WORDS[match.relation]}; one legal person: {chance}".capitalize())
    for listing in match.company.listings:
        _indent(console, _say_listing(listing, titles))
    show_reasons(match, MOST_REASONS)
    for line in _ties(question) if with_ties else ():
        _indent(console, line)
    judged = say_judgement(match)
    if judged:
        console.print(printable(f"Before: {judged}"), style="yellow")


def show_reasons(match: Match, most: int | None = None) -> None:
    """Show what speaks for and against, the strongest first."""
    console = talk()
    for reason in match.reasons[:most]:
        _indent(console, printable(say_reason(reason)))
    left = len(match.reasons) - most if most else 0
    if left > 0:
        _indent(console, f"and {left:,} more: w")


def _sides(finding: Finding, match: Match) -> Table:
    supplier, company = finding.supplier, match.company
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column("Your supplier", ratio=1, overflow="fold")
    table.add_column("Listed company", ratio=1, overflow="fold")
    others = [each.value for each in company.names if each.value != match.name]
    more = [f"and {len(others) - MOST_NAMES:,} more names"] if len(others) > MOST_NAMES else []
    listed = [match.name, *others[:MOST_NAMES], *more]
    for pair in _pair([supplier.name], listed):
        table.add_row(*map(printable, pair), style="bold" if pair[0] else "")
    ours = country_name(supplier.country) if supplier.country else "country not given"
    theirs = ", ".join(map(country_name, company.countries)) or "country not given"
    table.add_row(ours, theirs)
    identifiers = [
        [f"{SCHEME_WORDS.get(each.scheme, each.scheme)} {each.value}" for each in side]
        for side in (supplier.identifiers, company.identifiers[:MOST_NAMES])
    ]
    address = [supplier.address] if supplier.address else []
    for pair in _pair([*identifiers[0], *address], identifiers[1]):
        table.add_row(*map(printable, pair))
    return table


def _pair(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    length = max(len(one), len(other))
    return [
        (one[at] if at < len(one) else "", other[at] if at < len(other) else "")
        for at in range(length)
    ]


def _say_listing(listing: Listing, titles: Mapping[str, str]) -> str:
    title = titles.get(listing.list, listing.list)
    ground = GROUND_CLASS_WORDS.get(listing.ground_class, listing.ground_class)
    parts = [listing.citation, f"since {listing.since}" if listing.since else None]
    cited = ", ".join(each for each in parts if each)
    stated = f"{title} {listing.edition}, {ground.lower()}{', ' + cited if cited else ''}"
    return printable(f"{stated}: {say_ground(listing)}")


def _ties(question: Question) -> Iterator[str]:
    """Yield in brief what ties the row to others, and the claims with what was answered."""
    for path in question.line["paths"][:MOST_PATHS]:
        names = [path["nodes"][0]["caption"]]
        for node, link in zip(path["nodes"][1:], path["links"], strict=True):
            kind = _say_kind(link)
            share = f" {link['share']}" if link["share"] else ""
            names.append(f"– {kind}{share} – {node['caption']}")
        yield printable(f"tied: {' '.join(names)} [{path['ends']}]")
    said = say_claims(question.finding.claims, 2)
    if said:
        yield printable(f"claims that name a company of it or on its paths: {said}")


def _say_kind(link: Mapping[str, Any]) -> str:
    if link["kind"] == "same":
        return f"may be ({link['role']})" if link["role"] else "may be"
    return str(link["kind"].replace("_", " "))


def _indent(console: Console, text: str) -> None:
    console.print(Padding(text, (0, 0, 0, 2), expand=False))

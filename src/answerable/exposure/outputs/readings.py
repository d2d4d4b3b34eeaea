"""What stands in each answer column of a row, read from its finding.

`list` and `ground class` speak of every listed company that was found for the row, because a row
is looked up by them: a company listed for forced labour must be seen where another listed company
came nearer. The other columns speak of the nearest one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from answerable.exposure.outputs.cells import read_link
from answerable.exposure.outputs.judgement_words import (
    say_judged_on,
    say_judgement,
    say_reviewers,
    say_state,
    say_verdict,
    say_why,
)
from answerable.exposure.outputs.tie_words import (
    list_rules,
    list_titled,
    say_claims,
    say_exposure,
    say_path,
    say_ruling,
    shown_rulings,
)
from answerable.exposure.outputs.words import (
    CELL_STATUS,
    GROUND_CLASS_WORDS,
    RELATION_WORDS,
    list_titles,
    say_ground,
    say_probability,
    say_problem,
    say_reasons,
)
from answerable.exposure.screening.queue import list_grounds, rank_ground
from answerable.model import Finding, Listing, Match, Screening
from answerable.model.countries import country_name

SHARED = " (name shared)"
"""Said after a list or class that stands only with companies that share the supplier's name."""

LEAST = 0.0001  # a probability's last shown digit: a cell never says 0 or 1

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Row:
    """What the answers of one row are read from.

    Args:
        finding: The finding.
        titles: List id to title.
        links: List id to the page of its issuer.
        rules: Rule id to what the manifest says of it.
    """

    finding: Finding
    titles: dict[str, str]
    links: dict[str, str]
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def match(self) -> Match | None:
        """The nearest match, of those that count if any does, or None."""
        return self.finding.nearest

    @property
    def matches(self) -> tuple[Match, ...]:
        """The matches that count; all of them where each was judged to be another company."""
        return self.finding.counted or self.finding.matches

    @property
    def listings(self) -> tuple[Listing, ...]:
        """Listings of the nearest match; empty if there is none."""
        return self.match.company.listings if self.match else ()

    def title_of(self, listing: Listing) -> str:
        """Return the title of a listing's list."""
        return self.titles.get(listing.list, listing.list)


def answer_rows(screening: Screening) -> list[Row]:
    """Return what the answers are read from, one per finding, in row order.

    Args:
        screening: The screening.

    Returns:
        As many as there are findings; empty for a file without rows.
    """
    titles = list_titles(screening.coverage) | list_titled(screening)
    links = {each.list: each.url for each in screening.coverage.editions}
    rules = list_rules(screening)
    return [Row(finding, titles, links, rules) for finding in screening.findings]


def join_parts(parts: Sequence[str | None]) -> str | None:
    """Join what each listing gives; a dash where one gives nothing, None where none does.

    Example:
        >>> join_parts(["84 FR 22963", None]), join_parts([None])
        ('84 FR 22963 | –', None)
    """
    return " | ".join(part or "–" for part in parts) if any(parts) else None


def read_finding(row: Row) -> Value:
    """Return the id of the finding."""
    return row.finding.id


def read_status(row: Row) -> Value:
    """Return the status in words."""
    return CELL_STATUS[row.finding.status]


def read_exposure(row: Row) -> Value:
    """Return in words how the company is exposed."""
    return say_exposure(row.finding)


def read_paths(row: Row) -> Value:
    """Return the first paths to listed or named companies, a line each."""
    return "\n".join(say_path(path, row.titles) for path in row.finding.paths[:3]) or None


def read_rulings(row: Row) -> Value:
    """Return what rules say, a line each, where they say more than none found."""
    said = (say_ruling(rule, each, row.rules) for rule, each in shown_rulings(row.finding))
    return "\n".join(said) or None


def read_claims(row: Row) -> Value:
    """Return the first filed claims that name a company of the row, with what was answered."""
    return say_claims(row.finding.claims)


def read_probability(row: Row) -> Value:
    """Return the nearest match's probability as a number, never 0 or 1."""
    return bound_probability(row.match.probability) if row.match else None


def bound_probability(probability: float) -> float:
    """Return a probability to four digits, as it stands in a cell.

    Example:
        >>> bound_probability(0.99999), bound_probability(0.8712345)
        (0.9999, 0.8712)
    """
    return min(max(round(probability, 4), LEAST), 1 - LEAST)


def read_relation(row: Row) -> Value:
    """Return in words how supplier and listed company compare."""
    return RELATION_WORDS[row.match.relation] if row.match else None


def read_company(row: Row) -> Value:
    """Return the listed company's main name."""
    return row.match.company.caption if row.match else None


def read_compared(row: Row) -> Value:
    """Return the name that came nearest."""
    return row.match.name if row.match else None


def read_countries(row: Row) -> Value:
    """Return the names of the listed company's countries."""
    return say_countries(row.match) if row.match else None


def say_countries(match: Match) -> str | None:
    """Return the names of a listed company's countries, or None if its list gives none."""
    return join_parts([country_name(code) for code in match.company.countries])


def read_lists(row: Row) -> Value:
    """Return the lists of all matches, in the order of their grounds, each once."""
    listings = [each for match in row.matches for each in match.company.listings]
    listings.sort(key=lambda each: rank_ground(each.ground_class))
    titles = dict.fromkeys(row.title_of(each) for each in listings)
    return _mark_shared(row, titles, row.title_of)


def read_ground_classes(row: Row) -> Value:
    """Return the classes of ground of all matches, forced labour and human rights first."""
    grounds = dict.fromkeys(map(_ground_words, list_grounds(row.matches)))
    return _mark_shared(row, grounds, lambda each: _ground_words(each.ground_class))


def _ground_words(ground: str) -> str:
    return GROUND_CLASS_WORDS.get(ground, ground)


def _mark_shared(row: Row, words: dict[str, None], read: Callable[[Listing], str]) -> str | None:
    """Join words, marked where only companies that share a name, not the same one, bear them."""
    same = [match for match in row.matches if match.relation == "same"]
    borne = {read(listing) for match in same for listing in match.company.listings}
    return join_parts([word if word in borne else word + SHARED for word in words])


def _read_each(read: Callable[[Listing], str | None]) -> Callable[[Row], Value]:
    """Return a reader of the nearest match's listings; it names each list if the row has many."""

    def read_row(row: Row) -> Value:
        listings = row.listings
        parts = [read(each) for each in listings]
        lists = {each.list for match in row.matches for each in match.company.listings}
        if len(lists) > 1:
            pairs = zip(listings, parts, strict=True)
            parts = [f"{row.title_of(each)}: {part}" if part else None for each, part in pairs]
        return join_parts([part for part in parts if part])

    return read_row


read_editions = _read_each(lambda listing: listing.edition)
read_grounds = _read_each(say_ground)
read_citations = _read_each(lambda listing: listing.citation)
read_since = _read_each(lambda listing: listing.since)


def read_reasons(row: Row) -> Value:
    """Return what speaks for and against the nearest match."""
    return say_reasons(row.match) if row.match else None


def read_more(row: Row) -> Value:
    """Return the other matches, each with its lists and their classes of ground."""
    others = (match for match in row.finding.matches if match is not row.match)
    parts = [_say_match(match, row) for match in others]
    if row.finding.more_matches:
        parts.append(f"and {row.finding.more_matches:,} more, counted but not kept")
    return "; ".join(parts) or None


def _say_match(match: Match, row: Row) -> str:
    lists = "; ".join(_say_listing(each, row) for each in match.company.listings)
    shared = match.relation == "name_shared"
    how = "name shared" if shared else say_probability(match.probability)
    judged = say_judgement(match)
    return f"{match.company.caption} [{lists}] {how}" + (f"; {judged}" if judged else "")


def _say_listing(listing: Listing, row: Row) -> str:
    parts = (row.title_of(listing), _ground_words(listing.ground_class), listing.citation)
    return ", ".join(filter(None, parts))


def read_problems(row: Row) -> Value:
    """Return what was wrong with the row, in sentences."""
    return " ".join(say_problem(each) for each in row.finding.supplier.problems) or None


def read_page(row: Row) -> Value:
    """Return the address of the nearest match's list at its issuer, if one may become a link."""
    return next(filter(None, (page_of(each, row.links) for each in row.listings)), None)


def page_of(listing: Listing, links: dict[str, str]) -> str | None:
    """Return a listing's own page, else that of its list, or None if neither may be a link."""
    return read_link(listing.url) or read_link(links.get(listing.list))


def read_company_id(row: Row) -> Value:
    """Return the id of the listed company that came nearest."""
    return row.match.company.id if row.match else None


def read_verdict(row: Row) -> Value:
    """Return what was judged of the nearest match; None where that is open again."""
    return say_verdict(row.match)


def read_why(row: Row) -> Value:
    """Return why it was judged so."""
    return say_why(row.match)


def read_judge(row: Row) -> Value:
    """Return who judged, and who agreed."""
    return say_reviewers(row.match)


def read_judged_on(row: Row) -> Value:
    """Return the day on which it was judged."""
    return say_judged_on(row.match)


def read_state(row: Row) -> Value:
    """Return how the judgement stands."""
    return say_state(row.match)

"""The words in which findings are shown to people: their one home."""

from urllib.parse import urlsplit

from answerable.exposure.outputs.judgement_words import say_judgement
from answerable.model import Coverage, EditionCoverage, Listing, Match, Problem, Reason
from answerable.model.finding import STATUS_WORDS, Relation, Status

CELL_STATUS: dict[Status, str] = STATUS_WORDS | {"none_found": "none found"}
"""Statuses as they stand in a cell, where day and sources stand on another sheet or column."""

STATUS_NOTES: dict[Status, str] = {
    "confirmed": "An identifier agrees, or a person judged that it is the same company.",
    "match": "The names agree so far that it is probably the same company. A name alone never "
    "confirms: compare address, register number and country.",
    "possible": "The names are alike, or only a distinctive name is shared. Have a person look.",
    "none_found": "No name of the searched editions came near, or a person judged that those which "
    "did are other companies. It says nothing about lists that were not searched.",
    "unreadable": "The row holds no name that could be read, so nothing was searched for it.",
}
"""What each status means, for the reader of a report."""

RELATION_WORDS: dict[Relation, str] = {
    "same": "may be the same legal person",
    "name_shared": "another legal person that carries the same distinctive name; "
    "it may be an affiliate",
}

GROUND_CLASS_WORDS: dict[str, str] = {
    "sanctions": "Sanctions",
    "export_control": "Export control",
    "national_security": "National security",
    "investment_ban": "Investment ban",
    "forced_labour": "Forced labour",
    "human_rights": "Human rights",
    "debarment": "Exclusion from public contracts",
    "other": "Other grounds",
}

GROUND_CLASS_NOTES: dict[str, str] = {
    "sanctions": "The programme tells for what; it need not be about human rights.",
    "export_control": "A rule on what may be exported to the company.",
    "national_security": "Not a finding about human rights.",
    "investment_ban": "A rule on who may hold its securities.",
}
"""What is easily misread about a class of ground."""

SCHEME_WORDS: dict[str, str] = {
    "GB-COH": "Company number (UK)",
    "USCC": "Social credit code",
    "tax": "Tax number",
    "registration": "Register number",
}
"""Identifier schemes whose short name not everybody knows."""

REASON_WORDS: dict[str, str] = {
    "identifier": "identifier",
    "exact": "whole name",
    "token": "word of the name",
    "spelling": "spelling",
    "kin": "near word of a trade",
    "short_form": "short form",
    "generic": "common words only",
    "unmatched": "word without a counterpart",
    "omitted": "word left out",
    "family": "another company of one name or family",
    "legal_form": "legal form",
    "country": "country",
    "number": "number in the name",
    "place": "place in the name",
    "level": "level of administration",
    "address": "address",
    "name_shared": "shared distinctive name",
    "prior": "starting point",
}

LIMITS: tuple[str, ...] = (
    "A name match is not identity. Two companies may bear one name; only an identifier or a "
    "person's judgement confirms.",
    "Being on a list, in a register or in this file says nothing about wrongdoing. It says what "
    "the issuer states, and no more.",
    "National-security, export-control and investment grounds are not findings about human "
    "rights. Each list stands under the class of its ground.",
    "A US listing is not by itself a ground for exclusion in the United Kingdom or elsewhere. "
    "What follows from a finding is for the law that binds you.",
    "None found means: none found in the editions named above, as of the day named above. "
    "It says nothing about lists that were not searched, or about owners and suppliers further up.",
    "Where an edition is partial or too old to rely on, companies may be missing from it, and "
    "companies since removed may still stand in it.",
    "A shared distinctive name may be that of an affiliate, or of a stranger. It is a question to "
    "ask, not an answer.",
)
"""What a result does not say; in every output that a person reads."""

_CHANCES = (
    (0.95, "very likely"),
    (0.75, "likely"),
    (0.5, "more likely than not"),
    (0.25, "less likely than not"),
    (0.05, "unlikely"),
)


def say_status(status: Status, as_of: str) -> str:
    """Return a status as people are shown it, with the day where none was found.

    Example:
        >>> say_status("none_found", "2026-11-24")
        'none found in these sources as of 2026-11-24'
    """
    words = STATUS_WORDS[status]
    return f"{words} as of {as_of}" if status == "none_found" and as_of else words


def say_chance(probability: float) -> str:
    """Return in words how likely it is that two names are those of one legal person.

    Args:
        probability: From 0 to 1.

    Example:
        >>> say_chance(0.993), say_chance(0.4)
        ('very likely', 'less likely than not')
    """
    return next((words for least, words in _CHANCES if probability >= least), "very unlikely")


def say_probability(probability: float) -> str:
    """Return a probability in per cent as every output shows it, never as nothing or certainty.

    Args:
        probability: From 0 to 1.

    Example:
        >>> [say_probability(each) for each in (1.0, 0.9934, 0.87, 0.0002)]
        ['over 99 %', 'over 99 %', 'about 87 %', 'under 1 %']
    """
    if probability > 0.99:
        return "over 99 %"
    if probability < 0.01:
        return "under 1 %"
    return f"about {probability * 100:.0f} %"


def say_weight(log_odds: float) -> str:
    """Return a reason's weight with its sign, as added to the score.

    Args:
        log_odds: Natural log-odds; a positive one speaks for, a negative one against.

    Example:
        >>> say_weight(6.1), say_weight(-0.5), say_weight(-0.001)
        ('+6.1', '−0.5', '0.0')
    """
    shown = f"{abs(log_odds):.1f}"
    sign = "" if shown == "0.0" else "+" if log_odds > 0 else "−"
    return sign + shown


def say_reason(reason: Reason) -> str:
    """Return one reason in plain words, with its weight.

    Example:
        >>> say_reason(Reason("token", "widget = widget (rare)", 6.1))
        'word of the name: widget = widget (rare) (+6.1)'
    """
    kind = REASON_WORDS.get(reason.reason, reason.reason)
    return f"{kind}: {reason.detail} ({say_weight(reason.log_odds)})"


def say_reasons(match: Match) -> str:
    """Return all that speaks for and against a match, the strongest first, in one sentence.

    Returns:
        Reasons joined by `; `, a person's judgement first; empty if there is none.
    """
    judged = say_judgement(match)
    parts = [judged] if judged else []
    return "; ".join(parts + [say_reason(reason) for reason in match.reasons])


def say_age(edition: EditionCoverage) -> str:
    """Return how old an edition is, and whether it is whole."""
    days = "1 day" if edition.age_days == 1 else f"{edition.age_days:,} days"
    parts = [f"{days} old", "complete" if edition.complete else "partial"]
    if edition.removed:
        parts.append(f"{edition.removed:,} removed entries not searched")
    return ", ".join(parts)


def say_too_old(edition: EditionCoverage) -> str | None:
    """Return in words that an edition is too old to conclude from, or None if it is not."""
    if not edition.too_old:
        return None
    return f"too old to rely on: older than {edition.max_age_days:,} days"


def say_edition(edition: EditionCoverage) -> str:
    """Return of which day an edition is, how old that is, and whether it is whole."""
    parts = [f"edition {edition.edition}", say_age(edition), say_too_old(edition)]
    return ", ".join(part for part in parts if part)


def list_titles(coverage: Coverage) -> dict[str, str]:
    """Return the titles by which people know the lists, searched or not, by list id.

    Example:
        >>> list_titles(Coverage("2026-11-24"))
        {}
    """
    absent = {each.list: each.title for each in coverage.absent}
    return absent | {each.list: each.title for each in coverage.editions}


def say_ground(listing: Listing) -> str:
    """Return the ground as its issuer states it, or where to look if the file states none.

    Example:
        >>> say_ground(Listing("my_list", "2026-01-01", citation="84 FR 22963"))
        'The file states no ground; see the citation.'
    """
    if listing.ground:
        return listing.ground
    return f"The file states no ground{'; see the citation' if listing.citation else ''}."


def say_page(url: str) -> str:
    """Return the words of a link to a list's page, with the host to which it leads.

    Args:
        url: An address that `cells.read_link` has let through.

    Example:
        >>> say_page("https://www.bis.gov/entity-list")
        "issuer's page, www.bis.gov"
    """
    return f"issuer's page, {urlsplit(url).hostname}"


def say_problem(problem: Problem) -> str:
    """Return a problem of a cell, row or file as one sentence with its column and value.

    Example:
        >>> say_problem(Problem("The country is not known.", row=7, column="Country", value="Oz"))
        'Country "Oz": The country is not known.'
    """
    shown = problem.as_dict()
    value = f'"{shown["value"]}"' if "value" in shown else ""
    place = " ".join(part for part in (problem.column, value) if part)
    return f"{place}: {problem.sentence}" if place else problem.sentence

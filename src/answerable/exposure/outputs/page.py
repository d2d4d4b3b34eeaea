"""Findings as one HTML file: opens offline, asks for nothing from anywhere, prints well.

It begins with the coverage. Its text works without script; the filter needs the one script that
the page carries and that its content policy names by digest.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO

from jinja2 import Environment
from markupsafe import Markup

from answerable.engine.templates import open_templates
from answerable.exposure.outputs.cells import read_link
from answerable.exposure.outputs.groups import (
    Group,
    count_statuses,
    group_findings,
    say_rows,
    say_suppliers,
)
from answerable.exposure.outputs.judgement_words import (
    say_judged_on,
    say_judgement,
    say_reviewers,
)
from answerable.exposure.outputs.preface import (
    describe_recognition,
    describe_size,
    list_attributions,
    read_notes,
)
from answerable.exposure.outputs.tie_words import (
    ANSWER_WORDS,
    EXPOSURE_WORDS,
    WINDOW_WORDS,
    list_rules,
    list_steps,
    list_titled,
    say_status,
    shown_rulings,
)
from answerable.exposure.outputs.words import (
    GROUND_CLASS_NOTES,
    GROUND_CLASS_WORDS,
    LIMITS,
    REASON_WORDS,
    RELATION_WORDS,
    SCHEME_WORDS,
    STATUS_NOTES,
    list_titles,
    say_age,
    say_chance,
    say_ground,
    say_page,
    say_probability,
    say_problem,
    say_reason,
    say_too_old,
    say_weight,
)
from answerable.exposure.screening.queue import (
    FOUND,
    list_grounds,
    list_judged_apart,
    sort_findings,
)
from answerable.model import Finding, Listing, Match, Reason, Screening
from answerable.model.countries import country_name
from answerable.model.finding import STATUS_WORDS

MOST_CARDS = 5_000
"""Suppliers that are shown in full; the others are in the findings file."""

MOST_ROWS = 1_000
"""Rows that are shown of those with none found, and of those that could not be read."""

SHOWN_MATCHES = 3
"""Matches of a finding that are open at once; the others open on demand."""

SHOWN_PATHS = 2
"""Paths of a finding that are open at once; the others open on demand."""

SHOWN_CLAIMS = 3
"""Claims of a finding that are open at once; the others open on demand."""

SHOWN_PROBLEMS = 5
"""Problems of the file that are open at once; the others open on demand."""

OPEN_CARDS = 100
"""Cards up to which all reasons have bars, those of the strongest match open from the start.

Of more cards only the strongest match has bars, so that the page still opens quickly.
"""

SHOWN_NAMES = 8
"""Further names of a listed company that are shown at once."""

_HEAVY = 12.0  # log-odds at which a bar is full
_SIGNS = {"confirmed": "◆", "match": "●", "possible": "◐", "none_found": "○", "unreadable": "–"}


@dataclass(frozen=True, slots=True)
class Part:
    """The first rows of many, and how many there are."""

    shown: Sequence[Finding]
    total: int


@dataclass(frozen=True, slots=True)
class Cards:
    """The first suppliers for which something was found, and how many there are."""

    shown: Sequence[Group]
    total: int


def write_page(screening: Screening, file: BinaryIO) -> None:
    """Write the report as one HTML page in UTF-8.

    Args:
        screening: The screening. Of very many findings the first are shown, with a sentence on
            where the others are.
        file: A binary file.

    Cost:
        5,000 findings of two matches each: about 25 MB in four seconds.
    """
    template = _environment().get_template("report.html")
    for chunk in template.generate(**_context(screening)):
        file.write(chunk.encode())


@cache
def _environment() -> Environment:
    environment = open_templates("answerable.exposure.outputs")
    environment.filters["country_name"] = country_name
    environment.globals |= {
        "status_words": STATUS_WORDS,
        "status_notes": STATUS_NOTES,
        "signs": _SIGNS,
        "ground_words": GROUND_CLASS_WORDS,
        "ground_notes": GROUND_CLASS_NOTES,
        "relation_words": RELATION_WORDS,
        "reason_words": REASON_WORDS,
        "limits": LIMITS,
        "scheme_words": SCHEME_WORDS,
        "shown_problems": SHOWN_PROBLEMS,
        "shown_matches": SHOWN_MATCHES,
        "shown_names": SHOWN_NAMES,
        "shown_paths": SHOWN_PATHS,
        "shown_claims": SHOWN_CLAIMS,
        "exposure_words": EXPOSURE_WORDS,
        "say_status": say_status,
        "window_words": WINDOW_WORDS,
        "answer_words": ANSWER_WORDS,
        "list_steps": list_steps,
        "shown_rulings": shown_rulings,
        "open_cards": OPEN_CARDS,
        "say_chance": say_chance,
        "say_probability": say_probability,
        "say_weight": say_weight,
        "say_age": say_age,
        "say_too_old": say_too_old,
        "say_ground": say_ground,
        "say_page": say_page,
        "say_rest": say_rest,
        "say_rows": say_rows,
        "say_suppliers": say_suppliers,
        "say_judgement": say_judgement,
        "say_judged_on": say_judged_on,
        "say_reviewers": say_reviewers,
        "say_problem": say_problem,
        "say_reason": say_reason,
        "read_link": read_link,
        "country_name": country_name,
        "group_listings": group_listings,
        "measure_bar": measure_bar,
        "list_grounds": list_grounds,
    }
    return environment


def _context(screening: Screening) -> dict[str, Any]:
    style, script = (_read(name) for name in ("report.css", "report.js"))
    coverage = screening.coverage
    return {
        "screening": screening,
        "coverage": coverage,
        "suppliers": screening.suppliers,
        "counts": count_statuses(screening),
        "notes": read_notes(screening),
        "recognition": describe_recognition(screening),
        "attributions": list_attributions(screening),
        "size": describe_size(screening),
        "titles": list_titles(coverage),
        "link_titles": list_titled(screening),
        "rules": list_rules(screening),
        "pages": {edition.list: edition.url for edition in coverage.editions},
        "found_statuses": FOUND,
        "cards": _cards(screening),
        "none_found": _part(screening, "none_found"),
        "judged_apart": _judged_apart(screening),
        "unreadable": _part(screening, "unreadable"),
        "used_lists": _used_lists(screening),
        "used_grounds": list_grounds(m for f in screening.findings for m in f.matches),
        "software": screening.manifest.get("software") or {},
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "style_digest": _digest(style),
        "script_digest": _digest(script),
    }


def _read(name: str) -> str:
    path = files("answerable.exposure.outputs") / "templates" / name
    return path.read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _part(screening: Screening, status: str) -> Part:
    rows = [finding for finding in screening.findings if finding.status == status]
    return Part(rows[:MOST_ROWS], len(rows))


def _judged_apart(screening: Screening) -> Part:
    found = list_judged_apart(screening.findings)
    return Part(found[:MOST_ROWS], len(found))


def _cards(screening: Screening) -> Cards:
    groups = group_findings(sort_findings(screening.findings))
    return Cards(groups[:MOST_CARDS], len(groups))


def _used_lists(screening: Screening) -> list[str]:
    used = {
        listing.list
        for finding in screening.findings
        for match in finding.matches
        for listing in match.company.listings
    }
    return [edition.list for edition in screening.coverage.editions if edition.list in used]


def group_listings(match: Match) -> list[tuple[str, list[Listing]]]:
    """Return a match's listings by class of ground, in the order of reports."""
    return [
        (ground, [each for each in match.company.listings if each.ground_class == ground])
        for ground in list_grounds([match])
    ]


def say_rest(finding: Finding) -> tuple[str, str | None]:
    """Return what is said of a card's further matches, and of those that are not carried.

    Args:
        finding: A finding with more matches than are open at once, or than it carries.

    Returns:
        How many more there are, and how they compare, as far as those at hand tell; and a sentence
        on those that were only counted, or None where all are carried.
    """
    rest = finding.matches[SHOWN_MATCHES:]
    number = len(rest) + finding.more_matches
    one = number == 1
    shared = all(match.relation == "name_shared" for match in rest or finding.matches)
    how = ("shares" if one else "share") + " the name" if shared else "came near"
    words = f"{number:,} more listed {'company' if one else 'companies'} that {how}"
    if not finding.more_matches:
        return words, None
    more = finding.more_matches
    counted = "was counted, but is not kept" if more == 1 else "were counted, but are not kept"
    return words, f"{more:,} {'of them ' if rest else ''}{counted} in this report."


def measure_bar(reason: Reason) -> str:
    """Return the side of a reason's bar, and its length in steps from `w0` to `w25`.

    Example:
        >>> measure_bar(Reason("country", "gb = gb", 4.0))
        'for w8'
    """
    steps = round(min(abs(reason.log_odds), _HEAVY) / _HEAVY * 25)
    return f"{'for' if reason.log_odds >= 0 else 'against'} w{steps}"

"""Findings as one HTML file: opens offline, asks for nothing from anywhere, prints well.

It begins with the coverage. Its text works without script; the filter needs the one script that
the page carries and that its content policy names by digest.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from answerable.exposure.outputs.answers import say_problem
from answerable.exposure.outputs.cells import make_legal, read_link
from answerable.exposure.outputs.preface import (
    count_statuses,
    describe_recognition,
    list_attributions,
    read_notes,
)
from answerable.exposure.outputs.words import (
    GROUND_CLASS_NOTES,
    GROUND_CLASS_WORDS,
    LIMITS,
    NO_GROUND,
    REASON_WORDS,
    RELATION_WORDS,
    STATUS_NOTES,
    say_chance,
    say_edition,
    say_judgement,
    say_percent,
    say_reason,
    say_status,
    say_weight,
)
from answerable.model import Finding, Listing, Match, Reason, Screening
from answerable.model.card import GROUND_CLASSES
from answerable.model.countries import country_name
from answerable.model.finding import STATUS_WORDS

MOST_CARDS = 5_000
"""Findings that are shown in full; the others are in the findings file."""

MOST_ROWS = 1_000
"""Rows that are shown of those with none found, and of those that could not be read."""

SHOWN_MATCHES = 3
"""Matches of a finding that are open at once; the others open on demand."""

OPEN_CARDS = 100
"""Findings up to which all reasons have bars, those of the strongest match open from the start.

Of more findings only the strongest match has bars, so that the page still opens quickly.
"""

SHOWN_NAMES = 8
"""Further names of a listed company that are shown at once."""

_HEAVY = 12.0  # log-odds at which a bar is full
_SIGNS = {"confirmed": "◆", "match": "●", "possible": "◐", "none_found": "○", "unreadable": "–"}


@dataclass(frozen=True, slots=True)
class Part:
    """The first of many, and how many there are."""

    shown: Sequence[Finding]
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
    environment = Environment(
        loader=PackageLoader("answerable.exposure.outputs", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_finalise,
    )
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
        "no_ground": NO_GROUND,
        "shown_matches": SHOWN_MATCHES,
        "shown_names": SHOWN_NAMES,
        "open_cards": OPEN_CARDS,
        "say_chance": say_chance,
        "say_percent": say_percent,
        "say_weight": say_weight,
        "say_edition": say_edition,
        "say_judgement": say_judgement,
        "say_problem": say_problem,
        "say_reason": say_reason,
        "say_status": say_status,
        "read_link": read_link,
        "country_name": country_name,
        "group_listings": group_listings,
        "measure_bar": measure_bar,
        "count_reasons": count_reasons,
        "list_grounds": list_grounds,
    }
    return environment


def _finalise(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return make_legal(value)
    return value


def _context(screening: Screening) -> dict[str, Any]:
    style, script = (_read(name) for name in ("report.css", "report.js"))
    found = ("confirmed", "match", "possible")
    coverage = screening.coverage
    return {
        "screening": screening,
        "coverage": coverage,
        "suppliers": screening.suppliers,
        "counts": count_statuses(screening),
        "notes": read_notes(screening),
        "recognition": describe_recognition(screening),
        "attributions": list_attributions(screening),
        "titles": {edition.list: edition.title for edition in coverage.editions},
        "pages": {edition.list: edition.url for edition in coverage.editions},
        "cards": _part(screening, found, MOST_CARDS),
        "none_found": _part(screening, ("none_found",), MOST_ROWS),
        "unreadable": _part(screening, ("unreadable",), MOST_ROWS),
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


def _part(screening: Screening, statuses: Sequence[str], most: int) -> Part:
    """Return the rows of some statuses: the most telling status first, then in row order."""
    rows = [finding for finding in screening.findings if finding.status in statuses]
    rows.sort(key=lambda finding: statuses.index(finding.status))
    return Part(list(islice(rows, most)), len(rows))


def _used_lists(screening: Screening) -> list[str]:
    used = {
        listing.list
        for finding in screening.findings
        for match in finding.matches
        for listing in match.company.listings
    }
    return [edition.list for edition in screening.coverage.editions if edition.list in used]


def list_grounds(matches: Iterable[Match]) -> list[str]:
    """Return the classes of ground under which companies are listed, in the order of reports.

    Args:
        matches: Matches of a finding or of a whole screening.

    Returns:
        Each class once; empty if there is no listing.
    """
    used = {listing.ground_class for match in matches for listing in match.company.listings}
    return [ground for ground in GROUND_CLASSES if ground in used]


def group_listings(match: Match) -> list[tuple[str, list[Listing]]]:
    """Return a match's listings by class of ground, in the order of reports."""
    return [
        (ground, [each for each in match.company.listings if each.ground_class == ground])
        for ground in list_grounds([match])
    ]


def count_reasons(match: Match) -> str:
    """Return how many reasons speak for and against a match, the starting point left out."""
    weighed = [reason for reason in match.reasons if reason.reason != "prior"]
    for_ = sum(reason.log_odds > 0 for reason in weighed)
    against = sum(reason.log_odds < 0 for reason in weighed)
    return f"{for_} for, {against} against"


def measure_bar(reason: Reason) -> str:
    """Return the side of a reason's bar, and its length in steps from `w0` to `w25`.

    Example:
        >>> measure_bar(Reason("country", "gb = gb", 4.0))
        'for w8'
    """
    steps = round(min(abs(reason.log_odds), _HEAVY) / _HEAVY * 25)
    return f"{'for' if reason.log_odds >= 0 else 'against'} w{steps}"

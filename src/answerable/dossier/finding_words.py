"""The words of a finding: its sentence, what it is proved by, and what it does not say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from answerable.dossier.cases import NOT_SAID, count
from answerable.dossier.nearest import Nearest, find_nearest
from answerable.exposure.outputs.tie_words import EXPOSURE_WORDS
from answerable.exposure.outputs.words import (
    LIMITS,
    STATUS_NOTES,
    say_chance,
    say_edition,
    say_probability,
)
from answerable.model import EditionCoverage
from answerable.model.finding import STATUS_WORDS

Line = Mapping[str, Any]

METHOD: tuple[str, ...] = (
    "Each row of the supplier file was compared with every name of the editions named above: by "
    "identifier where both sides give one, else by name, across scripts. What speaks for and "
    "against is weighed, and the sum calibrated on pairs that are known.",
    "Links come from the editions and claims named beside them. Rules are data with dates and "
    "versions; shares are summed as ranges, never multiplied along a path, and an unknown share "
    "is unknown, never nothing.",
    "Claims stand as they were filed, each with its claimant and its answers. Words are quoted "
    "only where they stand in the text of a sealed copy. Sealed means hashed and logged.",
)

_GONE = (
    "nothing is shown any more: what this finding rested on was changed or retracted, or may no "
    "longer be shown. Screen the file again."
)
_SHARED = "Only a distinctive name is shared, and the rest differs: that is no proof of a tie."
_NO_CLAIMS_SINCE = (
    "Claims that were filed after this screening are not in it. Screen again to have them."
)


def say_finding(
    line: Line, titles: Mapping[str, str], file_name: str, as_of: str, left_out: int = 0
) -> str:
    """Return a finding in one sentence, without a word of judgement.

    Args:
        line: The finding.
        titles: List id to title.
        file_name: Name of the supplier file.
        as_of: Day of the screening.
        left_out: How many parts of it no longer stand and are not in the line.
    """
    supplier, status = line["supplier"], line["status"]
    row = f"row {supplier['row']:,} of {file_name}"
    who = f"“{supplier['name']}” ({row})"
    if status == "unreadable":
        return f"{row.capitalize()} could not be read, so nothing was searched."
    if status == "none_found":
        judged = ", each near name having been judged another company" if line["matches"] else ""
        words = f"none was found in these sources as of {as_of}{judged}"
        return f"For {who} {words}{_say_exposure(line)}."
    nearest = find_nearest(line, titles)
    if nearest is None and left_out:
        return f"Of {who} {_GONE}"
    if nearest is None:
        judged = " beyond what was judged another company" if line["matches"] else ""
        return (
            f"For {who} something came near{judged}: {STATUS_WORDS[status]}{_say_exposure(line)}."
        )
    company = f"“{nearest.caption}”, {nearest.standing}"
    words = f"{STATUS_WORDS[status]}{_say_exposure(line)}"
    return f"{who} {_say_tie(status, nearest)} {company}: {words}."


def _say_tie(status: str, nearest: Nearest) -> str:
    if status == "confirmed" and nearest.judged:
        return "was judged by a person to be"
    if status == "confirmed":
        return "has an identifier of"
    if nearest.shared:
        return "shares a distinctive name with another company,"
    return "bears a name that agrees with that of" if status == "match" else "may be"


def _say_exposure(line: Line) -> str:
    told = [EXPOSURE_WORDS.get(each, each) for each in line["exposure"]]
    return f"; how that company is exposed: {', '.join(told)}" if told else ""


def say_standard(line: Line) -> str:
    """Return by what a finding is shown, and how sure that makes it, in words.

    Example:
        >>> say_standard({"status": "unreadable", "matches": [], "paths": []})
        'The row holds no name that could be read, so nothing was searched for it.'
    """
    note = STATUS_NOTES[line["status"]]
    nearest = find_nearest(line, {})
    if nearest is None or line["status"] in ("none_found", "unreadable"):
        return note
    if line["status"] == "confirmed":
        by = "a person's judgement" if nearest.judged else "an identifier that both sides give"
        return f"It rests on {by}. {note}"
    if nearest.shared:
        return f"{_SHARED} {note}"
    chance = nearest.probability
    sure = f"{say_chance(chance)} ({say_probability(chance)})"
    return (
        f"By a comparison of names it is {sure} that both names are those of one legal person. "
        f"{note}"
    )


def list_not_said(line: Line) -> tuple[str, ...]:
    """Return what a finding does not say, a sentence each."""
    return (*LIMITS, *(NOT_SAID[:2] if line["claims"] else ()))


def cover_screening(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Give what was searched and what was not, a sentence each."""
    coverage = manifest["coverage"]
    yield from map(str, manifest.get("notes") or ())
    yield from map(str, (manifest.get("links") or {}).get("limits") or ())
    for each in coverage["lists"]:
        edition = read_edition(each)
        yield f"Searched: {edition.title}, {say_edition(edition)}; {count(edition.names, 'name')}."
    for each in coverage.get("links", ()):
        edition = read_edition(each)
        yield f"Links read: {edition.title}, {say_edition(edition)}."
    if not coverage["lists"]:
        yield "No list was searched, so nothing could be found."
    absent: dict[str, list[str]] = {}
    for each in coverage["absent"]:
        absent.setdefault(each["why"], []).append(each["title"])
    for why, titles in absent.items():
        yield f"Not evaluated, since {why}: {'; '.join(titles)}."


def read_edition(entry: Mapping[str, Any]) -> EditionCoverage:
    """Return an edition as a manifest describes it."""
    known = {each.name for each in fields(EditionCoverage)}
    return EditionCoverage(**{name: value for name, value in entry.items() if name in known})


def list_limits(left_out: int, problems: Sequence[Line], more_matches: int) -> Iterator[str]:
    """Give what a finding's dossier does not cover, a sentence each."""
    yield _NO_CLAIMS_SINCE
    yield (
        "Owners, suppliers and names that none of the sources above states are not known here: "
        "that nothing is shown of them says nothing about them."
    )
    if more_matches:
        yield f"{more_matches:,} more listed names came near and were not kept with the finding."
    if left_out:
        yield (
            f"{count(left_out, 'part')} of this finding left out: since the screening, claims on "
            "which it rests were changed or retracted, or may no longer be shown. Screen again."
        )
    for each in problems:
        yield f"Of the row: {each['sentence']}"

"""The words of a finding: its sentence, what it is proved by, and what it does not say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from answerable.dossier.cases import NOT_SAID
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

_NO_CLAIMS_SINCE = (
    "Claims that were filed after this screening are not in it. Screen again to have them."
)


def say_finding(line: Line, titles: Mapping[str, str], file_name: str, as_of: str) -> str:
    """Return a finding in one sentence, without a word of judgement.

    Args:
        line: The finding.
        titles: List id to title.
        file_name: Name of the supplier file.
        as_of: Day of the screening.
    """
    supplier = line["supplier"]
    who = f"“{supplier['name']}” (row {supplier['row']:,} of {file_name})"
    status = line["status"]
    if status == "unreadable":
        return f"Row {supplier['row']:,} of {file_name} could not be read, so nothing was searched."
    if not line["matches"] and status != "none_found":
        return f"{_say_gone(who)} Screen the file again."
    if status == "none_found":
        judged = ", each near name having been judged another company" if line["matches"] else ""
        return (
            f"For {who} none was found in these sources as of {as_of}{judged}{_say_exposure(line)}."
        )
    match = find_nearest(line)
    company = f"“{match['company']['caption']}”, {_say_lists(match, titles)}"
    tie = _say_tie(status, match)
    return f"{who} {tie} {company}: {STATUS_WORDS[status]}{_say_exposure(line)}."


def find_nearest(line: Line) -> Line:
    """Return the match that came nearest, of those that nobody judged to be another company."""
    matches: list[Line] = line["matches"]
    return next((each for each in matches if _verdict(each) != "different"), matches[0])


def _verdict(match: Line) -> str | None:
    """Return what a person judged of a match, in force; else None."""
    judged = match.get("judgement") or {}
    in_force = judged.get("state", "in_force") == "in_force"
    return judged.get("verdict") if in_force else None


def _say_gone(who: str) -> str:
    return (
        f"Of {who} nothing is shown any more: what this finding rested on was retracted, or may no "
        "longer be shown."
    )


def _say_tie(status: str, match: Line) -> str:
    if status == "confirmed":
        return (
            "was judged by a person to be" if _verdict(match) == "same" else "has an identifier of"
        )
    if match["relation"] == "name_shared":
        return "shares a distinctive name with another company,"
    return "bears a name that agrees with that of" if status == "match" else "may be"


def _say_lists(match: Line, titles: Mapping[str, str]) -> str:
    listings = match["company"]["listings"]
    if not listings:
        return "which is on no list that was searched"
    named = dict.fromkeys(
        f"{titles.get(each['list'], each['list'])} {each['edition']}" for each in listings
    )
    return f"listed by {' and '.join(named)}"


def _say_exposure(line: Line) -> str:
    told = [EXPOSURE_WORDS.get(each, each) for each in line["exposure"]]
    return f"; how that company is exposed: {', '.join(told)}" if told else ""


def say_standard(line: Line) -> str:
    """Return by what a finding is shown, and how sure that makes it, in words.

    Example:
        >>> say_standard({"status": "unreadable", "matches": []})
        'The row holds no name that could be read, so nothing was searched for it.'
    """
    note = STATUS_NOTES[line["status"]]
    if not line["matches"] or line["status"] == "none_found":
        return note
    match = find_nearest(line)
    if line["status"] == "confirmed":
        by = (
            "a person's judgement"
            if _verdict(match) == "same"
            else "an identifier that both sides give"
        )
        return f"It rests on {by}. {note}"
    if match["relation"] == "name_shared":
        return (
            "Only a distinctive name is shared, and the rest differs: that is no proof of a tie. "
            f"{note}"
        )
    chance = match["probability"]
    return (
        f"By a comparison of names it is {say_chance(chance)} ({say_probability(chance)}) that "
        f"both names are those of one legal person. {note}"
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
        yield f"Searched: {edition.title}, {say_edition(edition)}; {edition.names:,} names."
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
            f"{left_out:,} parts of this finding are left out: since the screening, claims they "
            "rest on were retracted, or may no longer be shown."
        )
    for each in problems:
        yield f"Of the row: {each['sentence']}"

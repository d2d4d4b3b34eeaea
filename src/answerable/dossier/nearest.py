"""The company that came nearest to a supplier: a listed one, or one that is only tied or named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from answerable.dossier.ties import SHARED_NAME

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Nearest:
    """What a finding compares its supplier with.

    Args:
        caption: Name of the company.
        standing: Which lists name it, or that none does, in words.
        shared: Whether only a distinctive name is shared.
        judged: Whether a person judged, in force, that both are one.
        probability: That both are one legal person, from 0 to 1; 1 where an identifier agrees.
    """

    caption: str
    standing: str
    shared: bool
    judged: bool
    probability: float


def find_nearest(line: Line, titles: Mapping[str, str]) -> Nearest | None:
    """Return the company that came nearest, of those that nobody judged to be another one.

    Args:
        line: A finding.
        titles: List id to title.

    Returns:
        None where nothing is left of what the finding rested on, or nothing was found.
    """
    matches = [each for each in line["matches"] if verdict_of(each) != "different"]
    if matches:
        return _of_match(matches[0], titles)
    return _of_path(line["paths"][0]) if line["paths"] else None


def verdict_of(match: Line) -> str | None:
    """Return what a person judged of a match, in force; else None.

    Example:
        >>> verdict_of({"judgement": {"verdict": "same", "state": "expired"}}) is None
        True
    """
    judged = match.get("judgement") or {}
    in_force = judged.get("state", "in_force") == "in_force"
    return judged.get("verdict") if in_force else None


def _of_match(match: Line, titles: Mapping[str, str]) -> Nearest:
    listings = match["company"]["listings"]
    named = [f"{titles.get(each['list'], each['list'])} {each['edition']}" for each in listings]
    return Nearest(
        caption=match["company"]["caption"],
        standing=f"listed by {' and '.join(dict.fromkeys(named))}" if named else "on no list",
        shared=match["relation"] == "name_shared",
        judged=verdict_of(match) == "same",
        probability=match["probability"],
    )


def _of_path(path: Line) -> Nearest:
    """Return the company at the first link of a path: it is tied or named, and on no list."""
    link = path["links"][0]
    chance = link["probability"]
    return Nearest(
        caption=path["nodes"][1]["caption"],
        standing="which is on no list that was searched",
        shared=link["role"] == SHARED_NAME,
        judged=False,
        probability=1.0 if chance is None else chance,
    )

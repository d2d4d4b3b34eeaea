"""Contested figures side by side, each with its claimant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.model.claim import Claim, Party


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that somebody gives.

    Args:
        claim: Id of the claim.
        claimant: Who gives it.
        shown: The number or range, with its unit, such as `900,000 to 1,800,000 persons`.
        of: What exactly is counted, empty where the claimant does not say.
        as_of: The time for which it is given, empty where none is.
        words: How the claimant qualifies it, empty where it does not.
        modality: How the claimant puts it, such as `estimates` or `denies`.
    """

    claim: str
    claimant: Party
    shown: str
    of: str
    as_of: str
    words: str
    modality: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Numbers on one matter, side by side. None of them is ours, and none is preferred.

    Args:
        about: Whom they concern.
        place: Where, empty where it is not said.
        unit: What is counted.
        figures: In the order of the case.
    """

    about: str
    place: str
    unit: str
    figures: tuple[Figure, ...]

    @property
    def comparable(self) -> bool:
        """Whether all of them count the same by their own account."""
        return len({(figure.of, figure.as_of) for figure in self.figures}) == 1


def set_side_by_side(claims: Iterable[Claim], retracted: Iterable[str] = ()) -> list[FigureTable]:
    """Return the figures of claims in tables: those about one party, place and unit together.

    Claims that contest each other stand in one table, even where their wording of party or place
    differs. No mean or range over the claimants is made: numbers of different days, places and
    meanings have none.

    Args:
        claims: Claims of a case; those without figure are passed over.
        retracted: Ids of claims that no longer stand, which are left out.

    Returns:
        In the order of the case; also tables with one figure.

    Example:
        >>> office = Claim("a", Party("Office"), "fact", Party("City"), "estimated_number", "…",
        ...                "estimates", figure={"minimum": 900, "unit": "cameras"})
        >>> for table in set_side_by_side([office]):
        ...     print(table.about, [figure.shown for figure in table.figures])
        City ['at least 900 cameras']
    """
    gone = set(retracted)
    counted = [claim for claim in claims if claim.figure is not None and claim.id not in gone]
    groups = _group(counted)
    return [_table(group) for group in groups]


def _group(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Put claims together that share party, place and unit, or contest each other."""
    leader = {claim.id: claim.id for claim in claims}

    def lead(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    first: dict[tuple[str, str, str], str] = {}
    for claim in claims:
        alike = first.setdefault(_matter(claim), claim.id)
        for other in (alike, *claim.contested_by):
            if other in leader:
                leader[lead(claim.id)] = lead(other)
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(lead(claim.id), []).append(claim)
    return list(groups.values())


def _matter(claim: Claim) -> tuple[str, str, str]:
    unit = (claim.figure or {}).get("unit", "")
    return claim.about.name.casefold(), (claim.place or "").casefold(), unit.casefold()


def _table(claims: Sequence[Claim]) -> FigureTable:
    figures = tuple(_figure(claim, claim.figure or {}) for claim in claims)
    first = claims[0]
    return FigureTable(
        first.about.name, first.place or "", (first.figure or {}).get("unit", ""), figures
    )


def _figure(claim: Claim, figure: Mapping[str, Any]) -> Figure:
    return Figure(
        claim=claim.id,
        claimant=claim.claimant,
        shown=show_figure(figure),
        of=figure.get("of", ""),
        as_of=figure.get("as_of", ""),
        words=figure.get("words", ""),
        modality=claim.modality,
    )


def show_figure(figure: Mapping[str, Any]) -> str:
    """Return a figure in words.

    Example:
        >>> show_figure({"minimum": 900000, "maximum": 1800000, "unit": "persons"})
        '900,000 to 1,800,000 persons'
        >>> show_figure({"maximum": 3000000, "unit": "persons"})
        'up to 3,000,000 persons'
        >>> show_figure({"unit": "persons", "words": "not confirmed"})
        'no number of persons'
    """
    low, high, unit = figure.get("minimum"), figure.get("maximum"), figure["unit"]
    if low is None and high is None:
        return f"no number of {unit}"
    if low == high:
        return f"{low:,} {unit}"
    if high is None:
        return f"at least {low:,} {unit}"
    return f"up to {high:,} {unit}" if low is None else f"{low:,} to {high:,} {unit}"

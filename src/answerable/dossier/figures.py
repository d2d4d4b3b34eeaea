"""Contested figures side by side, each with its claimant and whether it was answered."""

from collections.abc import Iterable, Mapping

from answerable.dossier.words import MODALITIES, say_reply
from answerable.evidence.cases.contested import Figure, FigureTable, set_side_by_side
from answerable.model.claim import Claim
from answerable.model.dossier import ClaimEntry, FigureEntry, FigureSet

_FEWEST = 2


def set_figures(claims: Iterable[Claim], entries: Iterable[ClaimEntry]) -> tuple[FigureSet, ...]:
    """Return the matters on which several claims give numbers.

    Args:
        claims: Claims of one case as filed.
        entries: Those of them that the dossier shows; others and retracted ones are left out.

    Example:
        >>> set_figures([], [])
        ()
    """
    shown = {each.name: each for each in entries if each.retraction is None}
    tables = set_side_by_side([each for each in claims if each.id in shown])
    return tuple(_set(each, shown) for each in tables if len(each.figures) >= _FEWEST)


def _set(table: FigureTable, shown: Mapping[str, ClaimEntry]) -> FigureSet:
    about = ", ".join(each for each in (table.about, table.place) if each)
    rows = tuple(_row(each, shown[each.claim]) for each in table.figures)
    return FigureSet(about, table.unit, table.comparable, rows)


def _row(figure: Figure, claim: ClaimEntry) -> FigureEntry:
    return FigureEntry(
        claim=figure.claim,
        claimant=claim.claimant.name,
        modality=MODALITIES.get(figure.modality, figure.modality),
        shown=figure.shown,
        more="; ".join(each for each in (figure.of, figure.words) if each),
        as_of=figure.as_of or claim.when or "",
        reply=say_reply(claim),
    )

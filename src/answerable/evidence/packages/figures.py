"""Figures that several claimants give on one matter, side by side on the page of a package."""

from collections.abc import Iterable, Mapping
from typing import Any

from answerable.evidence.cases.contested import Figure, FigureTable, set_side_by_side
from answerable.evidence.packages.words import MODALITIES
from answerable.model.claim import Claim, Party

Values = dict[str, Any]
_FEWEST = 2


def tabulate_figures(claims: Iterable[Mapping[str, Any]], shown: Mapping[str, Values]) -> Values:
    """Return the tables of figures of which there are several on one matter.

    Args:
        claims: The fields of claims as they are filed, in the order of the case; fields that are
            withheld are missing.
        shown: Id of a claim to what the page shows of it; those that are retracted are left out.

    Returns:
        `tables`, in the order of the case; empty where no figure stands beside another.

    Example:
        >>> tabulate_figures([], {})
        {'tables': []}
    """
    gone = [name for name, each in shown.items() if each["retraction"]]
    counted = [_open(each) for each in claims if _has_figure(each)]
    tables = set_side_by_side([each for each in counted if each.id in shown], gone)
    return {"tables": [_show_table(each, shown) for each in tables if len(each.figures) >= _FEWEST]}


def _has_figure(values: Mapping[str, Any]) -> bool:
    figure = values.get("figure")
    return isinstance(figure, dict) and isinstance(figure.get("unit"), str)


def _open(values: Mapping[str, Any]) -> Claim:
    """Return as much of a claim as a table needs, whatever of it is withheld."""
    return Claim(
        id=str(values.get("id", "")),
        claimant=_party(values.get("claimant")),
        kind="fact",
        about=_party(values.get("about")),
        predicate="",
        statement="",
        modality=values.get("modality", "states"),
        place=values.get("place"),
        when=values.get("when"),
        figure=values["figure"],
        contested_by=tuple(values.get("contested_by") or ()),
    )


def _party(value: Any) -> Party:
    name = value.get("name") if isinstance(value, dict) else value
    return Party(str(name or "withheld"))


def _show_table(table: FigureTable, shown: Mapping[str, Values]) -> Values:
    return {
        "about": ", ".join(each for each in (table.about, table.place) if each),
        "unit": table.unit,
        "comparable": table.comparable,
        "rows": [_show_row(each, shown[each.claim]) for each in table.figures],
    }


def _show_row(figure: Figure, claim: Values) -> Values:
    return {
        "anchor": claim["anchor"],
        "claimant": claim["claimant"],
        "modality": MODALITIES.get(figure.modality, ""),
        "shown": figure.shown,
        "told": "; ".join(each for each in (figure.of, figure.words) if each),
        "when": figure.as_of or claim["when"] or "not said",
        "answer": claim["answer"],
    }

"""What numbers, places, countries, legal forms, addresses and identifiers of two names say.

Each function adds to the evidence what it finds, and nothing where a side is silent.
"""

from collections.abc import Iterable, Sequence

from answerable.matching.addresses import compare_addresses
from answerable.matching.evidence import EVIDENCE, Evidence, Side
from answerable.matching.legal_forms import compare_forms
from answerable.matching.names import NameParts
from answerable.matching.places import Place
from answerable.model.countries import country_name

COMPATIBLE = 0.5
"""How far two legal forms differ into which one form may be translated."""

COUNTRIES_OF = {"kana": {"jp"}, "han": {"cn"}, "hangul": {"kr"}}
"""Scripts and the country whose companies are mostly named in them, and leave it out."""

ADDRESSES = {
    "agrees": "the same postal code, or the same house in the same street",
    "town_agrees": "addresses in the same town",
    "differs": "other addresses",
}
"""Answers about addresses in words."""


def _most(*names: str) -> float:
    return max(0.0, *(EVIDENCE[name] for name in names))


MOST = {
    "form": _most("legal_form_agrees", "legal_form_differs"),
    "whole": _most("whole_name_agrees", "generic_agrees"),
    "number": _most("number_agrees", "number_differs", "number_absent"),
    "place": _most("place_agrees", "locality_agrees"),
    "place_alone": _most(
        *("place_in_country", "place_absent", "place_out_of_country", "country_absent"),
        *("place_differs", "level_differs"),
    ),
    "country": _most("country_agrees", "country_differs"),
    "address": _most("address_agrees", "address_town_agrees", "address_differs"),
}
"""What a field may add at most; places once for each that both have, and once for each at all."""


def most_of_fields(
    places: tuple[int, int], *, whole: bool, numbers: bool, countries: bool, addresses: bool
) -> float:
    """Return what all that is no word may add at most to what the words of two names say.

    Args:
        places: How many places each name has.
        whole: Whether the two names may be the same.
        numbers: Whether both may have numbers.
        countries: Whether countries of both may be known.
        addresses: Whether addresses of both may be known.

    Returns:
        At least 0, in log-odds.
    """
    most = MOST["form"]
    if places != (0, 0):
        most += MOST["place"] * min(places) + MOST["place_alone"] * sum(places)
    if whole:
        most += MOST["whole"]
    if numbers:
        most += MOST["number"]
    if countries:
        most += MOST["country"]
    return most + MOST["address"] if addresses else most


def weigh_numbers(seen: Evidence, one: Sequence[str], other: Sequence[str]) -> None:
    """Add what the numbers of two names say."""
    if not one and not other:
        return
    shown = f"{', '.join(one) or 'none'} / {', '.join(other) or 'none'}"
    if set(one) == set(other):
        seen.add("number", f"the same number: {', '.join(one)}", "number_agrees")
    elif one and other:
        seen.add("number", f"different numbers: {shown}", "number_differs", "number_differs")
    else:
        shown = f"a number on one side only: {shown}"
        seen.add("number", shown, "number_absent", "number_absent")


def weigh_places(seen: Evidence, one: Side, other: Side) -> None:
    """Add what the places in two names say, and in which countries their bearers are."""
    mine = {place.key: place for place in seen.one.places}
    theirs = {place.key: place for place in seen.other.places}
    for key, place in mine.items():
        if key in theirs:
            whole = place.level in ("country", "continent")
            credit = "place_agrees" if whole else "locality_agrees"
            seen.add("place", f"the same place: {place.words}", credit)
    _weigh_levels(seen, one.parts.levels, other.parts.levels)
    only_mine = [place for key, place in mine.items() if key not in theirs]
    only_theirs = [place for key, place in theirs.items() if key not in mine]
    if only_mine and only_theirs:
        _weigh_other_places(seen, only_mine, only_theirs)
        return
    for place in only_mine:
        _weigh_place(seen, place, other, "place")
    for place in only_theirs:
        _weigh_place(seen, place, one, "omitted")


def _weigh_levels(seen: Evidence, one: frozenset[str], other: frozenset[str]) -> None:
    if one and other and not one & other:
        shown = f"different levels: {', '.join(sorted(one))} / {', '.join(sorted(other))}"
        seen.add("level", shown, "level_differs", "level_differs")


def _weigh_other_places(seen: Evidence, mine: list[Place], theirs: list[Place]) -> None:
    shown = f"{mine[0].words} / {theirs[0].words}"
    ours = {place.country for place in mine}
    if ours & {place.country for place in theirs} and _is_whole(mine) != _is_whole(theirs):
        seen.add("place", f"a place and its country: {shown}", "place_in_country", "place_absent")
    else:
        seen.add("place", f"different places: {shown}", "place_differs", "place_differs")


def _is_whole(places: list[Place]) -> bool:
    return all(place.level == "country" for place in places)


def _weigh_place(seen: Evidence, place: Place, other: Side, kind: str) -> None:
    """Weigh a place that stands in one name only, against the countries of the other's bearer."""
    known = set(other.countries) or COUNTRIES_OF.get(other.parts.script, set())
    large = place.level in ("country", "continent")
    detail = f"{place.words} stands only in the {'first' if kind == 'place' else 'second'} name"
    if place.country in known:
        detail += ", the other company is in that country"
        if place.level == "country":
            seen.add(kind, detail, "place_in_country")
        else:
            seen.add(kind, detail, "place_absent", "place_absent")
    elif known and place.country != "zz":
        detail += f"; the other company is in {_name_countries(known)}"
        seen.add("place", detail, "place_out_of_country", "place_differs")
    elif large:
        seen.add(kind, detail, "country_absent", "country_absent")
    else:
        seen.add(kind, detail, "place_absent", "place_absent")


def _name_countries(codes: Iterable[str]) -> str:
    return ", ".join(country_name(code) for code in sorted(codes))


def weigh_countries(seen: Evidence, one: Sequence[str], other: Sequence[str]) -> None:
    """Add what the countries of two companies say; unknown ones are neutral."""
    if not one or not other:
        return
    both = sorted(set(one) & set(other))
    if both:
        seen.add("country", f"the same country: {_name_countries(both)}", "country_agrees")
        return
    shown = f"{_name_countries(one)} / {_name_countries(other)}"
    seen.add("country", f"different countries: {shown}", "country_differs", "bearer_differs")


def weigh_forms(seen: Evidence, one: NameParts, other: NameParts) -> None:
    """Add what the legal forms of two names say; what differs is told by kind of form."""
    answer = compare_forms(one.forms, other.forms)
    if answer == "agree":
        shared = min({*one.forms} & {*other.forms} - {"company"})
        shown = f"the same kind of legal form: {shared}"
        seen.add("legal_form", shown, "legal_form_agrees", "form_agrees")
    elif answer == "differ":
        mine, theirs = (min({*each} - {"company"}) for each in (one.forms, other.forms))
        shown = f"different legal forms: {mine} / {theirs}"
        seen.add("legal_form", shown, "legal_form_differs", "form_differs")
    elif answer == "compatible":
        seen.differences["form_differs"] = COMPATIBLE
    elif bool(one.forms) != bool(other.forms) and not (one.is_read or other.is_read):
        seen.differences["form_absent"] = 1.0


def weigh_addresses(seen: Evidence, one: Sequence[str], other: Sequence[str]) -> None:
    """Add what the addresses of two companies say; unknown ones are neutral."""
    answer = compare_addresses(one, other) if one and other else "unknown"
    if answer != "unknown":
        seen.add("address", ADDRESSES[answer], f"address_{answer}", f"address_{answer}")


def weigh_identifiers(seen: Evidence, one: dict[str, str], other: dict[str, str]) -> None:
    """Add that identifiers of one scheme differ; those that agree do not come here."""
    for scheme in sorted(one.keys() & other.keys()):
        if one[scheme] != other[scheme]:
            shown = f"different {scheme}: {one[scheme]} / {other[scheme]}"
            seen.add("identifier", shown, "identifier_differs", "identifier_differs")

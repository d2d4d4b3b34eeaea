"""Seeds: which listings start a rule, and which of its lists are missing, partial or too old."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from answerable.model.company import Company, Listing
from answerable.model.coverage import Coverage, EditionCoverage
from answerable.model.regime import Regime


def find_seeds(
    regime: Regime, companies: Iterable[Company], day: date | None = None
) -> dict[str, tuple[str, ...]]:
    """Return the nodes whose listings start a rule, natural persons among them.

    Args:
        regime: The rule.
        companies: Companies of the editions of a day; entries that are removed start nothing.
        day: The day: listings that had ended by then start nothing; None for those without end.

    Returns:
        Id to what it is listed by, as list, edition and programmes that count.

    Example:
        >>> from answerable.exposure.regimes.reading import known_regimes
        >>> from answerable.model import Name
        >>> listing = Listing("us_ofac_sdn", "2026-11-01", programs=("INVENTED",))
        >>> mill = Company("sdn:1", "Company", (Name("Invented Mill"),), listings=(listing,))
        >>> find_seeds(known_regimes()["ofac-50"], [mill])
        {'sdn:1': ('us_ofac_sdn 2026-11-01',)}
    """
    entries: dict[str, list[Mapping[str, Any]]] = {}
    for entry in _all_entries(regime):
        entries.setdefault(entry["list"], []).append(entry)
    found: dict[str, tuple[str, ...]] = {}
    for company in companies:
        for listing in company.listings:
            told = [_tell(listing, each) for each in entries.get(listing.list, ())]
            refs = [each for each in told if each is not None]
            if refs and _stands(listing, day):
                found[company.id] = tuple(dict.fromkeys((*found.get(company.id, ()), *refs)))
    return found


def _stands(listing: Listing, day: date | None) -> bool:
    if listing.status != "listed":
        return False
    return listing.until is None or (day is not None and listing.until > day.isoformat())


def _all_entries(regime: Regime) -> Iterator[Mapping[str, Any]]:
    for entry in regime.seeds:
        yield entry
        yield from entry.get("instead", ())


def _tell(listing: Listing, entry: Mapping[str, Any]) -> str | None:
    """Return a listing in short, None where the entry does not take it."""
    programs = entry.get("programs")
    counting = [each for each in listing.programs if programs and each in programs]
    if programs and not counting:
        return None
    without = set(entry.get("without_programs", ()))
    if without and listing.programs and set(listing.programs) <= without:
        return None
    classes = entry.get("ground_classes")
    if classes and listing.ground_class not in classes:
        return None
    return f"{listing.list} {listing.edition}" + (f" ({', '.join(counting)})" if counting else "")


def find_gaps(regime: Regime, coverage: Coverage) -> tuple[str, ...]:
    """Return why a rule cannot say that it finds nothing; empty where it can.

    A rule finds nothing only in whole lists of its own that are not older than their cards allow.
    What it does find in the lists that are there stands all the same: another list never takes
    anything away.

    Example:
        >>> from answerable.exposure.regimes.reading import known_regimes
        >>> find_gaps(known_regimes()["uk-ofsi"], Coverage("2026-11-23"))
        ('uk_sanctions_list was not searched.',)
    """
    editions = {each.list: each for each in coverage.editions}
    gaps = []
    for entry in regime.seeds:
        if entry.get("needed", True):
            ways = [
                _find_gap(each["list"], editions) for each in (entry, *entry.get("instead", ()))
            ]
            told = [gap for gap in ways if gap is not None]
            if len(told) == len(ways):
                gaps.append(_choose_gap(told))
    return tuple(dict.fromkeys(gaps))


def _find_gap(list_id: str, editions: Mapping[str, EditionCoverage]) -> str | None:
    edition = editions.get(list_id)
    if edition is None:
        return f"{list_id} was not searched."
    if not edition.complete:
        return f"{list_id} {edition.edition} is only a part of its list."
    if edition.too_old:
        return (
            f"{list_id} {edition.edition} is {edition.age_days} days old; at most "
            f"{edition.max_age_days} are allowed."
        )
    return None


def _choose_gap(told: list[str]) -> str:
    """Return the gap of a list that was searched at all, else that of the entry's own list."""
    searched = [gap for gap in told if not gap.endswith("was not searched.")]
    return (searched or told)[0]

"""What a judgement rested on, and what has changed since. Pure.

An edition of a list that says the same of a company changes nothing; a name, a listing, its
citation or its ground does, and so does the supplier's row.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from answerable.matching.normal_form import normalise
from answerable.model.judgement import Basis

Entry = Mapping[str, Any]
"""A supplier or company in the form of findings."""

Sign = tuple[str, str]
"""Scheme and value of an identifier; no scheme for a name in one letter form."""

MOST_SENTENCES = 5
"""Names that are told one by one where many have changed."""

_STATED = ("ground_class", "ground", "programs", "citation", "since")
_SUPPLIER = ("name", "country", "identifiers", "address")
_COMPANY = ("id", "caption", "names", "countries", "identifiers", "listings")


def rest_on(line: Entry, match: Entry, manifest: Entry) -> Basis:
    """Return what a judgement of one match of a finding rests on.

    Args:
        line: The finding, as its line in `findings.jsonl` says.
        match: One of its matches.
        manifest: The manifest of the screening.
    """
    matching = manifest.get("matching", {})
    return Basis(
        supplier=supplier_of(line),
        company={name: match["company"][name] for name in _COMPANY},
        screening=manifest["screening"],
        as_of=manifest["as_of"],
        matching={name: str(matching[name]) for name in sorted(matching)},
        compared=match["name"],
        score=f"{match['score']:.2f}",
        probability=f"{match['probability']:.4f}",
    )


def supplier_of(line: Entry) -> dict[str, Any]:
    """Return the row of a finding without its place in the file, which may change."""
    return {name: line["supplier"][name] for name in _SUPPLIER if name in line["supplier"]}


def list_signs(row: Entry) -> list[Sign]:
    """Return by what a row is known again once it has changed: identifiers, and the name's form.

    Example:
        >>> list_signs({"name": "INVENTED MILL, LTD.", "identifiers": {"GB-COH": "00445790"}})
        [('GB-COH', '00445790'), ('', 'invented mill ltd')]
    """
    name = normalise(row["name"])
    return [*row["identifiers"].items(), *([("", name)] if name else [])]


def is_same_entry(one: Entry, other: Entry) -> bool:
    """Tell whether two companies of one list are one entry of it, though their ids differ.

    Ids that are made from what an entry says change with it; a name or identifier in common tells.
    """
    if not {each["list"] for each in one["listings"]} & {
        each["list"] for each in other["listings"]
    }:
        return False
    return bool(
        set(map(_identify, one["identifiers"])) & set(map(_identify, other["identifiers"]))
        or set(map(normalise, one["names"])) & set(map(normalise, other["names"]))
    )


def _identify(identifier: Entry) -> tuple[str, str]:
    return identifier["scheme"], identifier["value"]


def tell_row_changes(before: Entry, now: Entry) -> list[str]:
    """Return what differs between two states of a supplier's row, a sentence each.

    Example:
        >>> mill = {"name": "Invented Mill Ltd", "country": "gb", "identifiers": {}}
        >>> tell_row_changes(mill, {**mill, "country": "cn"})
        ['The row: country was gb, is cn.']
    """
    told = [
        f"The row: {name} was {before.get(name) or 'not given'}, is {now.get(name) or 'not given'}."
        for name in ("name", "country", "address")
        if (before.get(name) or None) != (now.get(name) or None)
    ]
    old, new = before["identifiers"], now["identifiers"]
    return told + [
        f"The row: {scheme} was {old.get(scheme, 'not given')}, is {new.get(scheme, 'not given')}."
        for scheme in sorted({*old, *new})
        if old.get(scheme) != new.get(scheme)
    ]


def tell_company_changes(before: Entry, now: Entry) -> list[str]:
    """Return what differs between two states of a listed company, a sentence each.

    Args:
        before: As it stood when it was judged.
        now: As it stands.

    Returns:
        Names first, then listings; empty if names and listings say the same, whatever the edition.
    """
    return [
        *_tell_names("A new name on the list: {}.", _less(now["names"], before["names"])),
        *_tell_names(
            "A name that is not on the list any more: {}.", _less(before["names"], now["names"])
        ),
        *_tell_listings(before["listings"], now["listings"]),
    ]


def _less(names: Iterable[str], others: Sequence[str]) -> list[str]:
    known = set(others)
    return [each for each in dict.fromkeys(names) if each not in known]


def _tell_names(sentence: str, names: Sequence[str]) -> list[str]:
    told = [sentence.format(name) for name in names[:MOST_SENTENCES]]
    more = len(names) - MOST_SENTENCES
    return [*told, sentence.format(f"and {more:,} more")] if more > 0 else told


def _tell_listings(before: Sequence[Entry], now: Sequence[Entry]) -> list[str]:
    gone = [each for each in before if not any(_is_same_listing(each, other) for other in now)]
    new = [each for each in now if not any(_is_same_listing(each, other) for other in before)]
    told = []
    for listing in gone:
        next_ = next((each for each in new if each["list"] == listing["list"]), None)
        if next_ is None:
            told.append(f"A listing that is not there any more: {_cite(listing)}.")
        else:
            new.remove(next_)
            told += _tell_listing(listing, next_)
    return told + [f"A new listing: {_cite(each)}." for each in new]


def _is_same_listing(one: Entry, other: Entry) -> bool:
    return one["list"] == other["list"] and all(one[each] == other[each] for each in _STATED)


def _tell_listing(before: Entry, now: Entry) -> list[str]:
    return [
        f"The listing of {now['list']}: {name.replace('_', ' ')} was {_show(before[name])}, "
        f"is {_show(now[name])}."
        for name in _STATED
        if before[name] != now[name]
    ]


def _show(value: Any) -> str:
    return (", ".join(value) if isinstance(value, list) else value) or "not stated"


def _cite(listing: Entry) -> str:
    return f"{listing['list']} ({listing['citation']})" if listing["citation"] else listing["list"]

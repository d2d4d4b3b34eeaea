"""The companies of a finding: the supplier as its buyer names it, and each that was matched."""

from collections.abc import Iterable, Mapping
from typing import Any

from answerable.dossier.texts import tag_of
from answerable.model.dossier import Subject


def list_subjects(line: Mapping[str, Any]) -> tuple[Subject, ...]:
    """Return the supplier, and after it each company that was matched, in every script."""
    supplier = line["supplier"]
    own = Subject(
        id=None,
        caption=supplier["name"],
        names=((supplier["name"], tag_of(supplier["name"])),),
        identifiers=tuple(supplier["identifiers"].items()),
        countries=(supplier["country"],) if supplier["country"] else (),
        addresses=(supplier["address"],) if supplier.get("address") else (),
    )
    return (own, *(_subject(match["company"]) for match in line["matches"]))


def _subject(company: Mapping[str, Any]) -> Subject:
    return Subject(
        id=company["id"],
        caption=company["caption"],
        names=_tag(company["names"]),
        identifiers=tuple((each["scheme"], each["value"]) for each in company["identifiers"]),
        countries=tuple(company["countries"]),
    )


def _tag(names: Iterable[str]) -> tuple[tuple[str, str | None], ...]:
    return tuple((name, tag_of(name)) for name in dict.fromkeys(names))

"""The vocabulary of claims: neutral words for doings and ties, kept as data."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

ObjectNeed = Literal["needed", "possible", "none"]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that a claim may bear as its predicate.

    Args:
        id: The word itself, such as `provided_technology_to`.
        group: Heading under which it stands.
        label: For people.
        sentence: How it reads, with `{about}`, `{object}` and `{figure}` in it.
        inverse: The same seen from the object, None where there is none.
        object: Whether a claim with it names an object.
        means: What a claimant says with it.
        does_not_mean: What it does not say.
        about: `state` where only a body of a state can do it, else `anybody`.
        near: Terms of other vocabularies that come close; closeness is no identity.
    """

    id: str
    group: str
    label: str
    sentence: str
    inverse: str | None
    object: ObjectNeed
    means: str
    does_not_mean: str
    about: Literal["state", "anybody"] = "anybody"
    near: tuple[str, ...] = ()


@cache
def predicates() -> dict[str, Predicate]:
    """Return the vocabulary, by word, in the order of the documentation.

    A word names a doing or a tie, never a wrong: that something was wrong, and why, is said by
    the claimant in the statement and the quotation.

    Example:
        >>> predicates()["owns"].sentence
        '{about} owns {object}, in whole or in part'
    """
    file = resources.files("answerable.evidence.cases") / "predicates.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    found = [
        _predicate(group["title"], entry)
        for group in content["groups"]
        for entry in group["predicates"]
    ]
    return {predicate.id: predicate for predicate in found}


def _predicate(group: str, entry: dict[str, Any]) -> Predicate:
    return Predicate(
        id=entry["id"],
        group=group,
        label=entry["label"],
        sentence=entry["sentence"],
        inverse=entry["inverse"],
        object=entry["object"],
        means=entry["means"],
        does_not_mean=entry["not"],
        about=entry.get("about", "anybody"),
        near=tuple(entry["near"]),
    )

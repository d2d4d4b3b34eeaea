"""Coverage: which lists, of which day, were searched, and which known lists were not.

Every output that a person reads begins with it: "none found" means nothing without it.
"""

from dataclasses import dataclass, field
from typing import Any

from answerable.model.company import Company


@dataclass(frozen=True, slots=True)
class EditionCoverage:
    """One edition that was searched.

    Args:
        list: Id of the list.
        title, issuer, url, licence, attribution, note, ground_class: From its card.
        edition: The edition, such as `2025-11-08`.
        age_days: Days from the edition to the day asked for (`as_of`).
        max_age_days: The card's, or the workspace's, greatest age.
        complete: Whether the edition holds the whole list.
        counts: FollowTheMoney schema to number of nodes, persons and vessels among them.
        names: Number of names that were searched.
        sha256: File name to digest.
        problems: Number of problems found when reading it.
        removed: Number of nodes that the edition prints as removed, or that ended before the day.
        reading: Key of what was read: another one for other files, another card or other readers.
        links: Number of links that the edition's file states, where they were read.
    """

    list: str
    title: str
    issuer: str
    url: str
    licence: str
    edition: str
    age_days: int
    max_age_days: int
    complete: bool
    counts: dict[str, int]
    names: int
    sha256: dict[str, str]
    ground_class: str = "other"
    attribution: str | None = None
    note: str | None = None
    problems: int = 0
    removed: int = 0
    reading: str = ""
    links: int = 0

    @property
    def too_old(self) -> bool:
        """Whether the edition is older than its card allows."""
        return self.age_days > self.max_age_days

    def as_dict(self) -> dict[str, Any]:
        """Return it as written in manifests."""
        content = {
            "list": self.list,
            "title": self.title,
            "issuer": self.issuer,
            "url": self.url,
            "licence": self.licence,
            "attribution": self.attribution,
            "note": self.note,
            "ground_class": self.ground_class,
            "edition": self.edition,
            "age_days": self.age_days,
            "max_age_days": self.max_age_days,
            "too_old": self.too_old,
            "complete": self.complete,
            "counts": dict(sorted(self.counts.items())),
            "names": self.names,
            "sha256": dict(sorted(self.sha256.items())),
            "problems": self.problems,
            "removed": self.removed,
        }
        return {**content, "links": self.links} if self.links else content


@dataclass(frozen=True, slots=True)
class AbsentList:
    """A known list that was not searched, and why."""

    list: str
    title: str
    issuer: str
    url: str
    why: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as written in manifests; its status is always `not_evaluated`."""
        return {
            "list": self.list,
            "title": self.title,
            "issuer": self.issuer,
            "url": self.url,
            "status": "not_evaluated",
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """The editions that were searched, and the known lists that were not.

    Args:
        as_of: ISO date for which was asked.
        editions: By list id.
        absent: By list id.
        links: Editions that hold links alone, by list id: nobody is listed in them.
    """

    as_of: str
    editions: tuple[EditionCoverage, ...] = ()
    absent: tuple[AbsentList, ...] = ()
    links: tuple[EditionCoverage, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as written in manifests."""
        content = {
            "lists": [edition.as_dict() for edition in self.editions],
            "absent": [absent.as_dict() for absent in self.absent],
        }
        links = [edition.as_dict() for edition in self.links]
        return {**content, "links": links} if links else content


@dataclass(frozen=True, slots=True)
class Selection:
    """The companies of the editions chosen for a day, with the coverage that they make.

    Args:
        companies: All nodes, persons and vessels among them, by list and row order.
        coverage: What they come from.
    """

    companies: tuple[Company, ...]
    coverage: Coverage = field(default_factory=lambda: Coverage(as_of=""))

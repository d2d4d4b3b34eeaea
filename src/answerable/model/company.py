"""Companies and other nodes of a list, as the list names them, and what is listed about them.

The vocabulary is FollowTheMoney's: `schema` is one of its schema names, the kinds of a name are
its property names. `lists` never merges: one listing of one list makes one company.
"""

from dataclasses import dataclass
from typing import Literal

from answerable.model.identifiers import Identifier

NameKind = Literal["name", "alias", "weakAlias", "previousName"]

LEGAL_PERSONS = frozenset(
    {"Company", "Organization", "LegalEntity", "PublicBody", "Asset"}  # FollowTheMoney schemata
)
"""Schemata that are matched against suppliers. Persons, vessels and aircraft are not."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a company, as printed, with the list's own word for what kind it is.

    Example:
        >>> Name("Invented Widgets", "previousName").kind
        'previousName'
    """

    value: str
    kind: NameKind = "name"


@dataclass(frozen=True, slots=True)
class Listing:
    """That an issuer has put a company on a list: where, since when, on which stated ground.

    A listing says nothing about wrongdoing beyond what its issuer states.

    Args:
        list: Id of the list, such as `us_bis_entity_list`.
        edition: The edition it was read from, such as `2025-11-08`.
        ground: The ground as the issuer states it, else None. Never filled in by us: a licence
            policy is no ground, and a blank stays blank.
        ground_class: Class given by the list's card (see `Card.ground_class`), so that reports
            group by it and a national-security listing is never read as a human-rights finding.
        programs: Programme codes as printed, such as `CMIC-EO13959`.
        citation: Legal citation as printed, such as `84 FR 22963`.
        since: ISO date (or year, or year and month) of the listing as stated, else None.
        until: ISO date on which it ended, as stated, else None.
        remarks: The issuer's free text, as printed, else None.
        url: Where the issuer publishes it, else None.
        status: `listed`, or `removed` where the edition itself prints a removal.
    """

    list: str
    edition: str
    ground: str | None = None
    ground_class: str = "other"
    programs: tuple[str, ...] = ()
    citation: str | None = None
    since: str | None = None
    until: str | None = None
    remarks: str | None = None
    url: str | None = None
    status: Literal["listed", "removed"] = "listed"


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """A tie from a company to another, as its source prints it; the other may be only a name.

    Args:
        schema: FollowTheMoney schema of the tie, such as `Ownership` or `UnknownLink`.
        role: How the source words it, such as `parent` or `Linked To`.
        other_name: The other end, as printed.
        other_id: Its id where the source gives one that resolves, else None.
        list: Id of the list that prints the tie.
        edition: Its edition.
    """

    schema: str
    role: str
    other_name: str
    other_id: str | None = None
    list: str | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """A company or another node that a list names. One listing of one list makes one.

    Args:
        id: Id that carries its origin, such as `us_ofac_consolidated:30947`. Stable between
            editions where the issuer gives stable ids, else made from the row's content.
        schema: FollowTheMoney schema. Only those in `LEGAL_PERSONS` are matched; a natural
            person (`Person`) is kept for ownership alone.
        names: All names, the main one first; never empty.
        countries: ISO 3166-1 alpha-2 codes, lower case, in the order printed.
        addresses: Addresses as printed.
        identifiers: Identifiers as printed, checked where they carry a checksum.
        listings: One listing, or none (an FtM file may hold companies that are only owners).
        links: Ties that the list prints.

    Example:
        >>> mill = Company("my_list:1", "Company", (Name("Invented Mill Ltd"),))
        >>> mill.caption, mill.is_legal_person
        ('Invented Mill Ltd', True)
    """

    id: str
    schema: str
    names: tuple[Name, ...]
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    listings: tuple[Listing, ...] = ()
    links: tuple[PrintedLink, ...] = ()

    @property
    def caption(self) -> str:
        """The main name, as printed."""
        return self.names[0].value

    @property
    def is_legal_person(self) -> bool:
        """Whether it may be matched against suppliers: a legal person, and no other thing."""
        return self.schema in LEGAL_PERSONS

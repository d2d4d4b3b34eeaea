"""What all readers share: blanks, dates, countries and names, as they become nouns.

A reader is a pure function from files to companies and problems. A cell that cannot be understood
becomes a `Problem`; the row stays.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from answerable.model import Company, Identifier, Name, Problem
from answerable.model.company import NameKind
from answerable.model.countries import read_country
from answerable.model.identifiers import read_identifier

Reading = tuple[tuple[Company, ...], tuple[Problem, ...]]
"""What a reader gives: companies in the order of the rows, and what is wrong with rows or file."""

_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_UNKNOWN_PLACES = frozenset({"undetermined", "unknown", "n/a", "none", "-"})
_LONGEST = 5_000


@dataclass(slots=True)
class Draft:
    """A company while it is being read: lists that grow, in the order printed, without repeats."""

    names: dict[str, NameKind] = field(default_factory=dict)
    countries: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)
    identifiers: dict[Identifier, None] = field(default_factory=dict)

    def add_name(self, text: str, kind: NameKind) -> None:
        """Add a name unless it is blank or there already."""
        value = tidy(text)
        if value:
            self.names.setdefault(value, kind)

    def add_address(self, text: str) -> None:
        """Add an address unless it is blank or there already."""
        value = tidy(text)
        if value:
            self.addresses[value] = None

    def add_country(self, text: str, row: int | None, column: str) -> list[Problem]:
        """Add the country of a cell; a cell that is not blank and no country is a problem."""
        value = tidy(text)
        if not value or value.lower() in _UNKNOWN_PLACES:
            return []
        code = read_country(value)
        if code is None:
            sentence = "The country is not known; the row was read without it."
            return [Problem(sentence, row=row, column=column, value=value[:200])]
        self.countries[code] = None
        return []

    def add_identifier(
        self, scheme: str, text: str, country: str | None, row: int | None
    ) -> list[Problem]:
        """Add an identifier; one whose form or checksum does not hold is kept, with a problem."""
        value = tidy(text)
        if not any(character.isalnum() for character in value):
            return []
        identifier = read_identifier(scheme, value, country)
        self.identifiers[identifier] = None
        if identifier.valid:
            return []
        sentence = f"The {identifier.scheme} is not well-formed or fails its checksum; it was kept."
        return [Problem(sentence, row=row, column=scheme, value=value[:200])]

    def company(self, company_id: str, schema: str) -> Company:
        """Return the company so far. Of persons only names and countries are kept."""
        bare = schema == "Person"
        return Company(
            id=company_id,
            schema=schema,
            names=tuple(Name(value, kind) for value, kind in self.names.items()),
            countries=tuple(self.countries),
            addresses=() if bare else tuple(self.addresses),
            identifiers=() if bare else tuple(self.identifiers),
        )


def tidy(text: str) -> str:
    r"""Return a text with runs of blanks and control characters as one blank, at most 5,000 long.

    Example:
        >>> tidy("  Invented\u00a0 Mill\x00 Ltd ")
        'Invented Mill Ltd'
    """
    text = text[:_LONGEST]
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())


def read_date(text: str, form: str | None = None) -> str | None:
    """Return an ISO date, year and month, or year; None if the text is none of these.

    Args:
        text: As printed; what follows an ISO date (a time, a zone) is left out.
        form: Form of dates that are not ISO, in the letters of `strptime`.

    Example:
        >>> read_date("2019-05-21"), read_date("03 Jun 2021", "%d %b %Y"), read_date("soon")
        ('2019-05-21', '2021-06-03', None)
    """
    value = text.strip()
    if form is not None:
        try:
            return datetime.strptime(value, form).date().isoformat()
        except ValueError:
            pass
    found = _ISO_DATE.match(value)
    if found is None:
        return None
    rest = value[found.end() :]
    is_day = len(found.group()) == 10
    stands = not rest or (is_day and (rest[0] == "T" or not rest[0].isalnum()))
    return found.group() if stands else None


def name_kind(text: str, usual: NameKind = "alias", acronyms: NameKind | None = None) -> NameKind:
    """Return the kind of a further name: an acronym of two to four capitals may be weak.

    Example:
        >>> name_kind("AVIC", acronyms="weakAlias"), name_kind("Qihoo 360", acronyms="weakAlias")
        ('weakAlias', 'alias')
    """
    letters = text.replace(".", "")
    if acronyms and 2 <= len(letters) <= 4 and letters.isalpha() and letters.isupper():
        return acronyms
    return usual


def hash_id(list_id: str, *parts: str) -> str:
    """Return an id made from a row's content, the same whatever the row's place in the file.

    Example:
        >>> hash_id("my_list", "Invented Mill Ltd", "gb")
        'my_list:7b84dc401294'
    """
    content = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return f"{list_id}:{hashlib.sha256(content).hexdigest()[:12]}"


def number_repeats(companies: Iterable[Company]) -> tuple[Company, ...]:
    """Return companies in their order, with `-2`, `-3` … behind ids that repeat.

    Which of several gets which number depends on their content alone, so an edition with its rows
    in another order gives the same ids to the same companies.

    Example:
        >>> mill = Company("x:1", "Company", (Name("Mill"),))
        >>> [each.id for each in number_repeats([mill, mill])]
        ['x:1', 'x:1-2']
    """
    kept = list(companies)
    counts = Counter(company.id for company in kept)
    order = sorted(
        (place for place, company in enumerate(kept) if counts[company.id] > 1),
        key=lambda place: repr(kept[place]),
    )
    seen: Counter[str] = Counter()
    for place in order:
        company = kept[place]
        seen[company.id] += 1
        if seen[company.id] > 1:
            kept[place] = replace(company, id=f"{company.id}-{seen[company.id]}")
    return tuple(kept)


def stamp_edition(companies: Iterable[Company], edition: str) -> tuple[Company, ...]:
    """Return companies whose listings and links carry an edition."""
    return tuple(
        replace(
            company,
            listings=tuple(replace(each, edition=edition) for each in company.listings),
            links=tuple(replace(each, edition=edition) for each in company.links),
        )
        for company in companies
    )


def count_standing(companies: Sequence[Company]) -> int:
    """Return the number of legal persons that stand on an edition, those removed left out."""
    return sum(company.is_legal_person and not is_removed(company) for company in companies)


def is_removed(company: Company) -> bool:
    """Tell whether an edition prints that a company was removed."""
    return bool(company.listings) and all(each.status == "removed" for each in company.listings)


def split_cell(text: str, mark: str | None) -> list[str]:
    """Return the values of a cell that holds several, split at a mark and nowhere else.

    Example:
        >>> split_cell("Mill Co., Ltd.; Mill Trading, Inc.", "; ")
        ['Mill Co., Ltd.', 'Mill Trading, Inc.']
    """
    parts = text.split(mark) if mark else [text]
    return [part.strip() for part in parts if part.strip()]

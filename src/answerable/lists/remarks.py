"""The remarks of OFAC: identifiers, weak aliases, dates and ties inside one free text.

OFAC's legacy files have no columns for these. What is recognised is read; the whole remark stays
with the listing as printed, so that nothing unknown is lost.
"""

import re
from dataclasses import dataclass, field

from answerable.lists.reading import read_date
from answerable.model.countries import read_country

_SCHEMES = {
    "ISIN": "ISIN",
    "Legal Entity Number": "LEI",
    "Unified Social Credit Code (USCC)": "USCC",
    "SWIFT/BIC": "BIC",
    "UK Company Number": "GB-COH",
    "D-U-N-S Number": "DUNS",
    "Identification Number IMO": "IMO",
    "Company Number IMO": "IMO",
    "Vessel Registration Identification IMO": "IMO",
    "Registration ID": "registration",
    "Registration Number": "registration",
    "Registration Certificate Number": "registration",
    "Public Registration Number": "registration",
    "Business Registration Number": "registration",
    "Business Registration Document #": "registration",
    "Business Number": "registration",
    "Company Number": "registration",
    "Commercial Registry Number": "registration",
    "Certificate of Incorporation Number": "registration",
    "Chamber of Commerce Number": "registration",
    "Enterprise Number": "registration",
    "Trade License No.": "registration",
    "Matricula Mercantil No": "registration",
    "Folio Mercantil No.": "registration",
    "C.R. No.": "registration",
    "Registered Charity No.": "registration",
    "Identification Number": "registration",
    "Tax ID No.": "tax",
    "V.A.T. Number": "tax",
    "US FEIN": "tax",
    "NIT #": "tax",
    "RUC #": "tax",
    "RIF #": "tax",
    "R.F.C.": "tax",
    "C.U.I.T.": "tax",
    "C.U.I.": "tax",
    "D.I.N.": "tax",
    "RTN": "tax",
    "RNC": "tax",
    "Fiscal Code": "tax",
    "Tax Registration Number": "tax",
}
"""OFAC's label to our scheme, as found in the editions of 2019 to 2025."""

_LABELS = sorted(_SCHEMES, key=len, reverse=True)
_VALUE = re.compile(r"(?P<value>[^()]*\d[^()]*|[A-Z0-9]{8,11})(?:\((?P<country>[^()]+)\))?\s*\.?")
_WEAK = re.compile(r"^[afn]\.k\.a\. '(?P<name>.+)'\.?$")
_SINCE = re.compile(r"^Listing Date \([^()]*\) (?P<day>\d{2} [A-Z][a-z]{2} \d{4})")
_NATION = re.compile(r"^(?:Nationality of Registration|nationality|citizen) (?P<place>.+?)\.?$")
_LINKED = re.compile(r"^\(?Linked To: (?P<name>.+?)\)?$")
_ISSUER = re.compile(r"^Issuer Name (?P<name>.+)$")


@dataclass(frozen=True, slots=True)
class Remarks:
    """What was recognised in a remark.

    Args:
        identifiers: Scheme, value and country code (or None), as printed and in order.
        weak_aliases: Names that OFAC prints as `a.k.a. '…'` in a remark.
        issuer_names: Names under which the entity issues securities.
        links: Names behind `Linked To:`.
        countries: Country codes of nationality or registration.
        since: ISO date of the first `Listing Date`, or None.
    """

    identifiers: tuple[tuple[str, str, str | None], ...] = ()
    weak_aliases: tuple[str, ...] = ()
    issuer_names: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: str | None = None


@dataclass(slots=True)
class _Found:
    identifiers: list[tuple[str, str, str | None]] = field(default_factory=list)
    weak_aliases: list[str] = field(default_factory=list)
    issuer_names: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    since: str | None = None


def read_remarks(text: str) -> Remarks:
    """Return what can be recognised in a remark of OFAC.

    Parts that are not recognised give nothing here; the caller keeps the remark as printed.

    Args:
        text: The remark as printed, its parts split by semicolons.

    Example:
        >>> found = read_remarks("Company Number 0685974 (Hong Kong); a.k.a. 'IM'; Odd 7.")
        >>> found.identifiers, found.weak_aliases
        ((('registration', '0685974', 'hk'),), ('IM',))
    """
    found = _Found()
    for part in _parts(text):
        _read_part(part, found)
    return Remarks(
        tuple(found.identifiers),
        tuple(found.weak_aliases),
        tuple(found.issuer_names),
        tuple(found.links),
        tuple(found.countries),
        found.since,
    )


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(";")]
    if parts and parts[-1].endswith("."):
        parts[-1] = parts[-1][:-1]
    return [part.removeprefix("alt. ") for part in parts if part]


def _read_part(part: str, found: _Found) -> None:
    if match := _WEAK.match(part):
        found.weak_aliases.append(match["name"])
    elif match := _LINKED.match(part):
        found.links.append(match["name"])
    elif match := _ISSUER.match(part):
        found.issuer_names.append(match["name"])
    elif match := _SINCE.match(part):
        found.since = found.since or read_date(match["day"], "%d %b %Y")
    elif match := _NATION.match(part):
        code = read_country(match["place"])
        found.countries.extend([code] if code else [])
    elif identifier := read_labelled(part):
        found.identifiers.append(identifier)


def read_labelled(part: str) -> tuple[str, str, str | None] | None:
    """Return scheme, value and country of a labelled number; None if the label is not known.

    Example:
        >>> read_labelled("SWIFT/BIC DEUTDEFF"), read_labelled("Telephone 555-0100")
        (('BIC', 'DEUTDEFF', None), None)
    """
    label = next((each for each in _LABELS if part.startswith(each + " ")), None)
    if label is None:
        return None
    match = _VALUE.fullmatch(part[len(label) :].strip(" #:"))
    if match is None or not match["value"].strip():
        return None
    country = read_country(match["country"]) if match["country"] else None
    scheme = scheme_of(label, country)
    return (scheme, match["value"].strip(), country) if scheme else None


def scheme_of(label: str, country: str | None = None) -> str | None:
    """Return our scheme for a label of OFAC; None if it is not known.

    Example:
        >>> scheme_of("Company Number", "gb"), scheme_of("Website")
        ('GB-COH', None)
    """
    scheme = _SCHEMES.get(label) or _SCHEMES.get(label.removesuffix(" #"))
    if label == "Company Number" and country == "gb":
        return "GB-COH"
    return scheme

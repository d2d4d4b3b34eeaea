"""The consolidated list of the UN Security Council, as XML.

The file is read as a stream. It is hostile until read: a document type, an entity or a reference to
another file is refused, and nothing is fetched.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lxml import etree

from answerable.errors import ListUnreadable
from answerable.lists.grounds import classify
from answerable.lists.reading import Draft, Reading, number_repeats, read_date, tidy
from answerable.model import Card, Company, Listing, Problem
from answerable.model.company import NameKind

_MOST_BYTES = 200_000_000
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ADDRESS_PARTS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_KINDS: dict[str, NameKind] = {
    "good": "alias",
    "a.k.a.": "alias",
    "low": "weakAlias",
    "f.k.a.": "previousName",
}


def read_un(files: Mapping[str, Path], card: Card) -> Reading:
    """Return entities and individuals of the UN Security Council's consolidated list.

    Entities become `Organization`, individuals `Person`; of individuals only names, nationalities
    and the listing are kept. The reference number (such as `QDe.004`) is the citation. The list's
    comments tell facts and history, not a ground, so they stand as remarks.

    Args:
        files: One role to the XML file.
        card: For the list's id and class of ground.

    Returns:
        Individuals and entities in the order of the file, and problems: entries without a name,
        dates and countries that are not known. The editions of the listings are blank.

    Raises:
        ListUnreadable: It is no XML, cut short, not this list, or holds a document type or an
            entity of its own.

    Source:
        United Nations Security Council, schema sc-sanctions.xsd.

    Cost:
        1,003 entries (2 MB) in about 0.2 s; memory for one entry at a time.
    """
    [path] = list(files.values())[:1]
    problems: list[Problem] = []
    companies: list[Company] = []
    for element in _entries(path):
        company = _company(element, card, problems)
        if company is not None:
            companies.append(company)
    return number_repeats(companies), tuple(problems)


def find_un_date(files: Mapping[str, Path], card: Card) -> str | None:  # noqa: ARG001 a reader's form
    """Return the day on which the file says it was made; None if it does not.

    Raises:
        ListUnreadable: As `read_un`.
    """
    [path] = list(files.values())[:1]
    for _, element in _stream(path, ("start",)):
        day = read_date(element.get("dateGenerated", ""))
        return day if day and len(day) == 10 else None
    return None


def _entries(path: Path) -> Iterator[etree._Element]:
    """Yield each entry, and forget it once it was read."""
    root: etree._Element | None = None
    for event, element in _stream(path, ("start", "end")):
        if root is None:
            root = element
            _check_root(root, path)
        elif event == "end" and element.tag in ("INDIVIDUAL", "ENTITY"):
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def _check_root(root: etree._Element, path: Path) -> None:
    if root.tag != "CONSOLIDATED_LIST":
        why = f"its first element is {str(root.tag)[:40]!r}, not CONSOLIDATED_LIST"
        raise ListUnreadable(path.name, why)


def _stream(path: Path, events: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ListUnreadable(path.name, f"it is over {_MOST_BYTES:,} bytes")
        _refuse_doctype(path)
        with path.open("rb") as file:
            yield from etree.iterparse(
                file,
                events=events,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                dtd_validation=False,
                huge_tree=False,
            )
    except etree.LxmlError as error:
        raise ListUnreadable(path.name, f"it is no whole XML ({error})"[:300]) from error
    except OSError as error:
        raise ListUnreadable(path.name, error.strerror or str(error)) from error


def _refuse_doctype(path: Path) -> None:
    """Refuse a document type before anything of it is acted on.

    A document type may only stand before the first element, so only that part is looked at. The
    list is published as UTF-8; another encoding, in which the words could hide, is refused.
    """
    with path.open("rb") as file:
        start = file.read(65_536)
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")):
        raise ListUnreadable(path.name, "it is not UTF-8")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise ListUnreadable(path.name, "it holds a document type, which this list never does")
    head, found, _ = start.partition(b"<CONSOLIDATED_LIST")
    if not found and head.strip():
        raise ListUnreadable(path.name, "no element CONSOLIDATED_LIST stands at its beginning")


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def _text(element: etree._Element, tag: str) -> str:
    return tidy(element.findtext(tag) or "")


def _company(element: etree._Element, card: Card, problems: list[Problem]) -> Company | None:
    schema = "Person" if element.tag == "INDIVIDUAL" else "Organization"
    draft = Draft()
    line = _line(element)
    draft.add_name(" ".join(filter(None, (_text(element, tag) for tag in _NAME_PARTS))), "name")
    if not draft.names:
        problems.append(Problem("The entry has no name; it was not read.", row=line))
        return None
    draft.add_name(_text(element, "NAME_ORIGINAL_SCRIPT"), "alias")
    for alias in element.iterfind(f"{element.tag}_ALIAS"):
        quality = _text(alias, "QUALITY").lower()
        draft.add_name(_text(alias, "ALIAS_NAME"), _KINDS.get(quality, "alias"))
    _add_places(element, draft, problems)
    number = _text(element, "DATAID") or _text(element, "REFERENCE_NUMBER")
    company = draft.company(f"{card.id}:{number}", schema)
    return replace(company, listings=(_listing(element, card, schema, problems),))


def _add_places(element: etree._Element, draft: Draft, problems: list[Problem]) -> None:
    line = _line(element)
    for address in element.iterfind(f"{element.tag}_ADDRESS"):
        parts = (_text(address, tag) for tag in _ADDRESS_PARTS)
        draft.add_address(", ".join(filter(None, parts)))
        if element.tag == "ENTITY":
            problems.extend(draft.add_country(_text(address, "COUNTRY"), line, "COUNTRY"))
    for value in element.iterfind("NATIONALITY/VALUE"):
        problems.extend(draft.add_country(tidy(value.text or ""), line, "NATIONALITY"))


def _listing(element: etree._Element, card: Card, schema: str, problems: list[Problem]) -> Listing:
    printed = _text(element, "LISTED_ON")
    since = read_date(printed)
    if printed and since is None:
        sentence = "The date of the listing could not be read; the entry was read without it."
        line = _line(element)
        problems.append(Problem(sentence, row=line, column="LISTED_ON", value=printed[:200]))
    program = _text(element, "UN_LIST_TYPE")
    citation = _text(element, "REFERENCE_NUMBER") or None
    fields = {"programs": (program,), "citation": citation}
    return Listing(
        list=card.id,
        edition="",
        ground_class=classify(card, fields),
        programs=(program,) if program else (),
        citation=citation,
        since=since,
        remarks=None if schema == "Person" else _text(element, "COMMENTS1") or None,
        url=card.url,
    )

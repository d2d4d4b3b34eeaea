"""The feed: changes to a case, in Atom."""

import uuid
from collections.abc import Mapping
from typing import Any

from lxml import etree

from answerable.call.citations import make_inert, name_draft
from answerable.dossier.cases import NOT_SAID
from answerable.model.call import CallPage, Change

ATOM = "http://www.w3.org/2005/Atom"
FEED = "feed.xml"
_NAMES: Any = {None: ATOM}


def write_feed(page: CallPage, places: Mapping[str, str]) -> bytes:
    """Return the changes to a case as an Atom feed, newest first, with ids that stay.

    Args:
        page: The page.
        places: Anchor to the address at which it stands, such as `index.html#claim-supply`.

    Source:
        RFC 4287, sections 4.1.1 (feed), 4.1.2 (entry) and 4.2.6 (ids).
    """
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=_NAMES)
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", page.dossier.language)
    _add(feed, "id", name_feed(page))
    mark = f"{name_draft(page)}: " if page.is_draft else ""
    _add(feed, "title", f"{mark}{page.dossier.title}")
    _add(feed, "subtitle", " ".join((*page.banner, *NOT_SAID[:2])))
    _add(feed, "updated", page.changes[0].at if page.changes else f"{page.as_of}T00:00:00Z")
    author = etree.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", page.imprint.name if page.imprint else ", ".join(page.dossier.editors))
    _link(feed, "self", f"{page.base or ''}{FEED}", "application/atom+xml")
    _link(feed, "alternate", f"{page.base or ''}index.html", "text/html")
    for change in page.changes:
        _enter(feed, page, change, places)
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True))


def name_feed(page: CallPage) -> str:
    """Return the id of a case's feed, which stays wherever it is published."""
    log = page.dossier.header.get("ledger", {}).get("origin", "")
    case = page.dossier.header.get("case", page.dossier.title)
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'answerable:feed:{log}:{case}')}"


def _enter(feed: etree._Element, page: CallPage, change: Change, places: Mapping[str, str]) -> None:
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", change.id)
    mark = f"{name_draft(page)}: " if page.is_draft else ""
    _add(entry, "title", f"{mark}{change.title}")
    _add(entry, "updated", change.at)
    place = places.get(change.ref or "", "index.html")
    _link(entry, "alternate", f"{page.base or ''}{place}", "text/html")
    etree.SubElement(entry, f"{{{ATOM}}}category").set("term", change.kind)
    _add(entry, "content", change.text)


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = make_inert(text)


def _link(parent: etree._Element, rel: str, address: str, media_type: str) -> None:
    link = etree.SubElement(parent, f"{{{ATOM}}}link")
    link.set("rel", rel)
    link.set("href", address)
    link.set("type", media_type)

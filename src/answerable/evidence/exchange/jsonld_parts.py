"""Parties, sources and quotations as nodes of JSON-LD."""

from typing import Any

from answerable.evidence.exchange.ftm_values import media_type_of
from answerable.evidence.exchange.views import CaseView
from answerable.model.capture import Source
from answerable.model.claim import Party
from answerable.model.passage import Passage

Node = dict[str, Any]

CONTEXT = ["https://schema.org", {"answerable": "urn:answerable:terms:"}]

_TYPES = {
    "company": "Organization",
    "government": "GovernmentOrganization",
    "parliament": "GovernmentOrganization",
    "court": "GovernmentOrganization",
    "agency": "GovernmentOrganization",
    "police": "GovernmentOrganization",
    "international_body": "Organization",
    "tribunal": "Organization",
    "news": "NewsMediaOrganization",
    "ngo": "NGO",
    "academic": "Organization",
    "think_tank": "Organization",
    "industry_body": "Organization",
}
"""Kind of a party to type; persons who speak, and what is not known, get none."""


def node_id(name: str) -> str:
    """Return the address by which a node is named, such as `urn:answerable:claim:sha256:…`."""
    return f"urn:answerable:{name}"


def make_node(key: str, kind: str, properties: Node) -> Node:
    """Return a node without the properties that are None or empty."""
    kept = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@id": key, "@type": kind, **kept}


def name_party(party: Party) -> Node:
    """Return who a party is, as its source names it, and what a reader should know of it."""
    node: Node = {"name": party.name}
    if party.kind in _TYPES:
        node = {"@type": _TYPES[party.kind], **node}
    if party.company:
        node["identifier"] = party.company
    if party.interest:
        node["answerable:interest"] = party.interest
    return node


def source_ids(view: CaseView, sources: tuple[Source, ...]) -> list[Node]:
    """Return references to sources."""
    return [{"@id": _source_id(view, each.key)} for each in sources]


def _source_id(view: CaseView, key: str) -> str:
    return f"urn:answerable:source:{view.name}:{key}"


def show_source(view: CaseView, source: Source) -> Node:
    """Return a source with its sealed copy, or with why there is none yet."""
    capture = view.capture_of(source)
    sealed = None
    if capture is not None:
        hexadecimal = capture.original.object.removeprefix("sha256:")
        sealed = make_node(
            f"urn:sha256:{hexadecimal}",
            "MediaObject",
            {
                "sha256": hexadecimal,
                "encodingFormat": capture.original.media_type,
                "contentSize": str(capture.original.size),
                "dateCreated": capture.captured_at,
                "answerable:capture": capture.id,
                "answerable:incomplete": list(capture.problems),
            },
        )
    is_page = capture is not None and media_type_of(capture) == "text/html"
    properties = {
        "name": source.title,
        "publisher": {"name": source.publisher},
        "url": source.url,
        "datePublished": source.published,
        "inLanguage": source.language,
        "encoding": sealed,
        "answerable:pending": source.pending if capture is None else None,
        "answerable:note": source.note,
    }
    kind = "WebPage" if is_page else "CreativeWork"
    return make_node(_source_id(view, source.key), kind, properties)


def quote(view: CaseView, passage: Passage) -> Node:
    """Return the words of a source, with their translation and who made it."""
    translation = passage.translation
    node: Node = {
        "@type": "Quotation",
        "text": passage.quote,
        "isPartOf": {"@id": _source_id(view, passage.source)},
    }
    if passage.language:
        node["inLanguage"] = passage.language
    if passage.page:
        node["answerable:page"] = passage.page
    if translation is not None:
        made = "machine translation" if translation.machine else "translation"
        node["workTranslation"] = {
            "@type": "Quotation",
            "text": translation.text,
            "inLanguage": translation.language,
            "creditText": f"{made} by {translation.by}",
        }
    return node

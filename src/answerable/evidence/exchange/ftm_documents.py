"""The sources of a case as FollowTheMoney documents."""

from answerable.evidence.exchange import ftm_values as values
from answerable.evidence.exchange.ftm_parties import Entity, make_entity
from answerable.evidence.exchange.views import CaseView
from answerable.evidence.exchange.wording import tell_pending
from answerable.model.capture import Source
from answerable.model.entity_ids import entity_id


def make_document(view: CaseView, source: Source) -> Entity:
    """Return the document that stands for a source: its sealed copy, or that there is none yet."""
    capture = view.capture_of(source)
    properties = {
        "title": source.title,
        "fileName": source.key,
        "publisher": source.publisher,
        "sourceUrl": values.web_address(source.url),
        "publishedAt": values.date_day(source.published),
        "language": values.code_language(source.language),
        "notes": [tell_pending(source), source.note],
    }
    if capture is not None:
        properties |= {
            "retrievedAt": values.date_moment(capture.captured_at),
            "contentHash": capture.original.object.removeprefix("sha256:"),
            "mimeType": values.media_type_of(capture),
            "fileSize": str(capture.original.size),
        }
    origin = [f"capture:{capture.id}"] if capture else []
    return make_entity(
        document_id(view, source), values.document_schema(capture), properties, origin
    )


def document_id(view: CaseView, source: Source) -> str:
    """Return the id of a source's document."""
    return entity_id(f"{view.name}-source-{source.key}")

"""The quotations of a case as W3C Web Annotations."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from answerable.evidence.exchange import wording
from answerable.evidence.exchange.jsonld_parts import Node, node_id
from answerable.evidence.exchange.views import CaseView
from answerable.model.capture import Capture, Source
from answerable.model.passage import Passage

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write_annotations(view: CaseView, file: BinaryIO) -> None:
    """Write every quotation of what may be shown of a case as an annotation of its source.

    The body tells who says what and whether it was answered; the target is the stored text in
    which the words stand, with the page or file it was taken from as `via`. Quotations of pending
    sources are not written: they stand in no text that we hold.

    Positions count Unicode code points, as the standard asks; a program that counts UTF-16 code
    units (JavaScript) must count a character beyond U+FFFF once, not twice. They hold in our
    stored text (`answerable.text/1`); in the live page only the words and their surroundings do.

    Args:
        view: Of the case.
        file: Where to write: UTF-8, indented, one AnnotationCollection with one page.

    Source:
        W3C Web Annotation Data Model (2017), sections 3.2.7, 4.2.4, 4.2.5, 4.3.1 and 5.

    Example:
        >>> import io
        >>> from answerable.evidence.exchange.views import make_view
        >>> file = io.BytesIO()
        >>> write_annotations(make_view("lakeside", [], [], []), file)
        >>> json.loads(file.getvalue())["total"]
        0
    """
    text = json.dumps(collect_annotations(view), ensure_ascii=False, indent=2)
    file.write(text.encode() + b"\n")


def collect_annotations(view: CaseView) -> Node:
    """Return the collection, in the order of claims, answers and decisions."""
    items = list(_annotations(view))
    name = f"urn:answerable:annotations:{view.name}"
    collection: Node = {
        "@context": _CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": f"Quotations of the case {view.name}",
        "total": len(items),
    }
    if items:
        page = {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
        collection["first"] = page
    return collection


def _annotations(view: CaseView) -> Iterator[Node]:
    for claim in view.claims:
        beside = [*wording.tell_contested(claim, view.named), *wording.tell_answers(claim)]
        told = " ".join([wording.tell_claim(claim), f"[{wording.tell_standing(claim)}]", *beside])
        yield from _annotate(view, claim.id, told, claim.at, claim.claim.passages, claim.sources)
    for answer in view.rebuttals:
        name, told = f"rebuttal:{answer.record}", wording.tell_rebuttal(answer)
        yield from _annotate(view, name, told, answer.at, answer.rebuttal.passages, answer.sources)
    for decided in view.decisions:
        decision = decided.decision
        ground = " ".join(wording.tell_ground(decided))
        told = f"{decision.body} decided on {decision.decided_on}: {decision.decision} {ground}"
        name = f"decision:{decided.record}"
        yield from _annotate(view, name, told, decided.at, decision.passages, decided.sources)


def _annotate(
    view: CaseView,
    name: str,
    told: str,
    at: str,
    passages: tuple[Passage, ...],
    sources: tuple[Source, ...],
) -> Iterator[Node]:
    by_key = {each.key: each for each in sources}
    for number, passage in enumerate(passages):
        capture = view.captures.get(passage.capture or "")
        if capture is None:
            continue
        yield {
            "id": node_id(f"annotation:{name}:{number}"),
            "type": "Annotation",
            "motivation": "describing",
            "created": at,
            "body": list(_bodies(name, told, passage)),
            "target": _target(passage, by_key[passage.source], capture),
        }


def _bodies(name: str, told: str, passage: Passage) -> Iterator[Node]:
    yield {"id": node_id(name), "type": "Dataset"}
    yield {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": told,
    }
    if passage.translation is not None:
        made = passage.translation
        yield {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "language": made.language,
            "value": f"{made.text} ({'machine translation' if made.machine else 'translation'} "
            f"by {made.by})",
        }


def _target(passage: Passage, source: Source, capture: Capture) -> Node:
    text = passage.text or (part.object if (part := capture.part("text")) else None)
    stored: Node = {
        "id": f"urn:{text or capture.original.object}",
        "type": "Text",
        "format": "text/plain" if text else capture.original.media_type,
    }
    if language := passage.language or source.language:
        stored["language"] = language
    via = [each for each in (source.url, f"urn:{capture.original.object}") if each]
    target: Node = {
        "type": "SpecificResource",
        "source": {**stored, "via": list(dict.fromkeys(via))},
        "selector": _selectors(passage),
        "state": {"type": "TimeState", "sourceDate": capture.captured_at},
    }
    return target


def _selectors(passage: Passage) -> list[Node]:
    words: Node = {"type": "TextQuoteSelector", "exact": passage.quote}
    if passage.prefix:
        words["prefix"] = passage.prefix
    if passage.suffix:
        words["suffix"] = passage.suffix
    if passage.start is None or passage.end is None:
        return [words]
    return [
        words,
        {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
    ]

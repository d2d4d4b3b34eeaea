"""The contents of a dossier's PDF, section by section, as blocks. Pure: no file, no clock."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from answerable.dossier.pdf.blocks import Block, enumerate_items, head, pair, speak, tabulate, tell
from answerable.dossier.pdf.claims import set_claims, set_decision, set_figures, set_replies
from answerable.dossier.pdf.findings import set_listings, set_paths, set_rules
from answerable.dossier.pdf.summaries import set_markdown
from answerable.dossier.words import MOMENTS
from answerable.model.dossier import Document, Dossier, Subject

FOOT = "A name match or an entry says nothing about wrongdoing."

Maker = Callable[[Dossier], list[Block]]


def lay_out(dossier: Dossier, pictures: Iterable[str] = ()) -> dict[str, Any]:
    """Return a dossier as the data of its template: twelve sections, each a list of blocks.

    Args:
        dossier: What can be shown.
        pictures: Names of the pictures of its paths, in their order.
    """
    files = list(pictures)
    sections = [{"title": title, "blocks": make(dossier)} for title, make in _SECTIONS]
    sections[4]["blocks"] = set_paths(dossier, files)
    return {
        "title": dossier.title.strip() or dossier.id,
        "kicker": f"Dossier of a {dossier.kind}",
        "id": dossier.id,
        "as_of": dossier.as_of,
        "language": dossier.language.split("-")[0].lower(),
        "sentence": dossier.sentence,
        "editors": list(dossier.editors),
        "foot": FOOT,
        "sections": _anchor_once(sections),
        "anchors": sorted(_anchors(sections)),
    }


def _anchors(sections: Iterable[Mapping[str, Any]]) -> set[str]:
    return {b["anchor"] for each in sections for b in each["blocks"] if b.get("anchor")}


def _anchor_once(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let an anchor stand at its first block alone: claims of two cases may bear one name."""
    met: set[str] = set()
    for section in sections:
        for at, block in enumerate(section["blocks"]):
            anchor = block.get("anchor")
            if anchor in met:
                section["blocks"][at] = {**block, "anchor": None}
            elif anchor:
                met.add(anchor)
    return sections


def _header(dossier: Dossier) -> list[Block]:
    return [
        *[tell(each) for each in dossier.coverage],
        *pair(_makings(dossier)),
        *_lists(dossier.header.get("lists") or []),
    ]


def _makings(dossier: Dossier) -> Iterator[tuple[str, Any]]:
    yield "Id", dossier.id
    yield "As of", dossier.as_of
    yield "Answers for it", list(dossier.editors)
    for key, value in dossier.header.items():
        if key != "lists":
            yield _title(key), _show(value)


def _title(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _show(value: Any) -> Any:
    """Return a value of the header as lines, each with its name."""
    if isinstance(value, Mapping):
        return [f"{_title(str(key))}: {_flat(each)}" for key, each in value.items()]
    if isinstance(value, list | tuple):
        return [_flat(each) for each in value]
    return "" if value is None else str(value)


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_flat(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_flat, value))
    return str(value)


def _lists(lists: Iterable[Mapping[str, Any]]) -> list[Block]:
    found = [dict(each) for each in lists]
    if not found:
        return []
    heads = list(dict.fromkeys(key for each in found for key in each))
    rows = [[_flat(each.get(key, "")) for key in heads] for each in found]
    widths = [3.0 if key == "sha256" else 1.0 for key in heads]
    return [tell("Lists", "label"), tabulate([_title(key) for key in heads], widths, rows)]


def _finding(dossier: Dossier) -> list[Block]:
    return [
        tell(dossier.sentence, "lead"),
        tell("Standard of proof", "label"),
        tell(dossier.standard),
        tell("What it does not say", "label"),
        *enumerate_items(dossier.not_said),
        *set_markdown(dossier.summary),
    ]


def _subjects(dossier: Dossier) -> list[Block]:
    found = [block for each in dossier.subjects for block in _subject(each)]
    return found or [tell("No company is named.")]


def _subject(subject: Subject) -> list[Block]:
    names = [speak(name, tag) for name, tag in subject.names if name != subject.caption]
    rows = [
        ("Other names", names),
        ("Identifiers", [f"{scheme}: {value}" for scheme, value in subject.identifiers]),
        ("Countries", ", ".join(each.upper() for each in subject.countries)),
        ("Addresses", list(subject.addresses)),
        ("Id", subject.id),
    ]
    return [head(subject.caption), *pair(rows)]


def _claims(dossier: Dossier) -> list[Block]:
    found = set_claims(dossier) or [tell(f"No filed claim stands here as of {dossier.as_of}.")]
    return [*found, *set_figures(dossier.figures)]


def _decisions(dossier: Dossier) -> list[Block]:
    found = [
        *_records("Judgement", dossier.judgements, "verdict"),
        *_records("Resolution", dossier.resolutions, "resolution"),
        *[block for each in dossier.decisions for block in set_decision(each)],
    ]
    return found or [tell("Nobody has judged or resolved anything on it, nor decided in public.")]


def _records(title: str, records: Iterable[Mapping[str, Any]], first: str) -> Iterator[Block]:
    for each in records:
        yield head(f"{title}: {each.get(first, '')}")
        yield from pair((_title(key), _show(value)) for key, value in each.items() if key != first)


def _changes(dossier: Dossier) -> list[Block]:
    changes = [line for each in dossier.changes for line in pair(_changed(each))]
    return [
        *(changes or [tell("No earlier screening was compared.")]),
        *_timeline(dossier),
    ]


def _changed(change: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return ((_title(key), _show(value)) for key, value in change.items())


def _timeline(dossier: Dossier) -> list[Block]:
    rows = [
        [each.when, f"{each.who} {MOMENTS.get(each.kind, each.kind)}",
         {"anchor": each.ref, "text": each.text}]
        for each in dossier.timeline
    ]  # fmt: skip
    return (
        [head("Timeline"), tabulate(("When", "Who", "What"), (0.8, 1.6, 3.6), rows)] if rows else []
    )


def _documents(dossier: Dossier) -> list[Block]:
    found = [block for each in dossier.documents for block in _document(each)]
    return found or [tell("It rests on no document.")]


def _document(document: Document) -> list[Block]:
    rows = [
        ("Published by", document.publisher),
        ("Published", document.published),
        ("Language", document.language),
        ("Address", {"url": document.url} if document.url else None),
        ("Sealed copy", document.capture),
        ("SHA-256", document.sha256),
        ("Collected", document.collected),
        ("No sealed copy", document.pending),
        ("Note", document.note),
    ]
    title = f"[{document.number}] {document.title}"
    return [head(title, f"document-{document.number}"), *pair(rows)]


def _method(dossier: Dossier) -> list[Block]:
    return [
        *[tell(each) for each in dossier.method],
        tell("Limits", "label"),
        *enumerate_items(dossier.limits),
    ]


def _nothing(_: Dossier) -> list[Block]:
    return []


_SECTIONS: tuple[tuple[str, Maker], ...] = (
    ("What this was made from", _header),
    ("Finding", _finding),
    ("Subject", _subjects),
    ("Listings", set_listings),
    ("Paths", _nothing),
    ("Claims and what was answered", _claims),
    ("Replies", set_replies),
    ("Rules and sums", set_rules),
    ("Judgements and decisions", _decisions),
    ("Changes and timeline", _changes),
    ("Documents", _documents),
    ("Method and limits", _method),
)
"""The sections in their order; the fifth takes pictures, too."""

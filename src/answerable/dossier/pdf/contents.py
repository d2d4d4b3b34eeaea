"""The contents of a dossier's PDF, section by section, as blocks. Pure: no file, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from answerable.dossier.page import LONGEST_HEADING
from answerable.dossier.pdf.blocks import (
    Block,
    Cell,
    enumerate_items,
    head,
    note,
    pair,
    speak,
    tabulate,
    tell,
)
from answerable.dossier.pdf.claims import set_claims, set_decisions, set_figures, set_replies
from answerable.dossier.pdf.findings import set_companies, set_listings, set_paths, set_rules
from answerable.dossier.pdf.reviews import set_changes, set_reviews
from answerable.dossier.pdf.summaries import set_markdown
from answerable.dossier.sections import find_citations, list_sections
from answerable.dossier.texts import show_line
from answerable.dossier.words import MOMENTS
from answerable.exposure.outputs.words import SCHEME_WORDS
from answerable.model.countries import country_name
from answerable.model.dossier import Document, Dossier, Subject

FOOT = "A match, a listing or an entry says nothing about wrongdoing."


def lay_out(dossier: Dossier, pictures: Iterable[str] = ()) -> dict[str, Any]:
    """Return a dossier as the data of its template: the sections of its pages, each of blocks.

    Args:
        dossier: What can be shown.
        pictures: Names of the pictures of its paths, in their order.
    """
    files = list(pictures)
    sections = [
        {"title": each.title, "blocks": _section(anchor, each.number, dossier, files)}
        for anchor, each in list_sections(dossier.kind).items()
    ]
    return {
        "title": show_line(dossier.title, LONGEST_HEADING) or dossier.id,
        "kicker": f"Dossier of a {dossier.kind}",
        "id": dossier.id,
        "as_of": dossier.as_of,
        "language": "en",
        "sentence": dossier.sentence,
        "editors": list(dossier.editors),
        "foot": FOOT,
        "sections": _anchor_once(sections),
        "anchors": sorted(_anchors(sections)),
    }


def _section(anchor: str, number: int, dossier: Dossier, pictures: list[str]) -> list[Block]:
    """Return the blocks of a section by its anchor."""
    match anchor:
        case "made-from":
            return _makings(dossier)
        case "finding":
            return _finding(dossier)
        case "subject":
            return _subjects(dossier, number)
        case "figures":
            none = [tell("No two claims give a figure on one matter.")]
            return set_figures(dossier.figures) or none
        case "listings":
            return set_listings(dossier)
        case "paths":
            return set_paths(dossier, pictures)
        case "claims":
            figures = set_figures(dossier.figures) if dossier.kind == "finding" else []
            return [*figures, *set_claims(dossier, number)]
        case "replies":
            return set_replies(dossier, list_sections(dossier.kind)["claims"].number)
        case "rules":
            return set_rules(dossier)
        case "reviews":
            return set_reviews(dossier)
        case "decisions":
            return set_decisions(dossier, number)
        case "timeline":
            return _timeline(dossier)
        case "changes":
            return [head("Timeline"), *_timeline(dossier), *set_changes(dossier)]
        case "documents":
            return _documents(dossier)
        case "method":
            return _method(dossier)
        case _:
            raise ValueError(f"No section {anchor!r} is known here. Lay it out before it is named.")


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


def _makings(dossier: Dossier) -> list[Block]:
    return [
        *[tell(each) for each in dossier.coverage],
        *pair(_header(dossier)),
        *_lists(dossier.header.get("lists") or []),
    ]


def _header(dossier: Dossier) -> Iterator[tuple[str, Cell]]:
    yield "Dossier", f"{dossier.id}, made from its content; the last character checks the others"
    yield "As of", dossier.as_of
    yield "Answers for it", list(dossier.editors)
    for key, value in dossier.header.items():
        if key != "lists" and key != "rule_set":
            yield _title(key), _show(value)
    for rule, said in (dossier.header.get("rule_set") or {}).items():
        yield "Rule", f"{rule} {said.get('version', '')}"


def _title(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _show(value: Any) -> Cell:
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
    rows = [
        [each.get("list", ""), each.get("edition", ""), _flat(each.get("sha256") or "")]
        for each in found
    ]
    return [tabulate(("List", "Edition", "SHA-256"), (1.2, 1, 4), rows)] if rows else []


def _finding(dossier: Dossier) -> list[Block]:
    summary = set_markdown(dossier.summary, dossier.language)
    return [
        tell(dossier.sentence, "lead"),
        tell("How far that is shown", "label"),
        tell(dossier.standard),
        tell("What it does not say", "label"),
        *enumerate_items(dossier.not_said),
        *([tell("Summary by the editors", "label"), *summary] if summary else []),
    ]


def _subjects(dossier: Dossier, number: int) -> list[Block]:
    if dossier.kind == "finding":
        return set_companies(dossier, number, [list(_facts(each)) for each in dossier.subjects])
    found = [
        block
        for each in dossier.subjects
        for block in (tell(each.caption, "entry"), *note(_facts(each)))
    ]
    return found or [tell("No claim was filed.")]


def _facts(subject: Subject) -> Iterator[tuple[str, Cell]]:
    alone = len(subject.names) == 1 and subject.names[0][0] == subject.caption
    names = [] if alone else [speak(name, tag) for name, tag in subject.names]
    yield "Names, in every script the source gives", names
    for scheme, value in subject.identifiers:
        yield SCHEME_WORDS.get(scheme, scheme), value
    yield "Country", ", ".join(country_name(each) for each in subject.countries)
    yield "Address", list(subject.addresses)
    yield "Its id in its list", subject.id


def _timeline(dossier: Dossier) -> list[Block]:
    rows = [
        [
            each.when,
            {"anchor": each.ref, "text": f"{each.who} {MOMENTS.get(each.kind, each.kind)}"},
            each.text,
        ]
        for each in dossier.timeline
    ]
    if not rows:
        return [tell("Nothing here bears a date.")]
    return [tabulate(("When", "Who", "What"), (0.8, 1.6, 3.6), rows)]


def _documents(dossier: Dossier) -> list[Block]:
    cited = find_citations(dossier)
    found = [
        block
        for each in dossier.documents
        for block in _document(each, cited.get(each.number) or ())
    ]
    return found or [tell("Nothing is referred to.")]


def _document(document: Document, cited: Iterable[tuple[str, str]]) -> list[Block]:
    made = f", made at {document.collected}" if document.collected else ""
    rows = [
        ("Published", ", ".join(filter(None, (document.publisher, document.published)))),
        ("Language", document.language),
        ("Address", {"url": document.url} if document.url else None),
        ("No sealed copy yet", document.pending),
        ("Sealed copy", f"{document.capture}{made}" if document.capture else None),
        ("SHA-256", document.sha256),
        ("Note", document.note),
        ("Referred to in", ", ".join(dict.fromkeys(label for _, label in cited))),
    ]
    title = f"[{document.number}] {document.title}"
    return [tell(title, "entry", anchor=f"document-{document.number}"), *note(rows)]


def _method(dossier: Dossier) -> list[Block]:
    return [
        *[tell(each) for each in dossier.method],
        tell("Limits", "label"),
        *enumerate_items(dossier.limits),
    ]

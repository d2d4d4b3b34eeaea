"""A case as it stands in its folder: nouns, faults, and the place of every value."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from answerable.engine.yaml_text import Path as Way
from answerable.engine.yaml_text import Place, YamlText
from answerable.evidence.cases import nouns
from answerable.evidence.cases.faults import Fault, Severity, sort_faults
from answerable.evidence.cases.folders import check_folder, read_form, read_summary
from answerable.evidence.cases.forms import FORMS
from answerable.evidence.cases.schema_faults import find_schema_faults
from answerable.evidence.cases.translated import read_translations
from answerable.model.case import Case

SECTIONS = {
    "sources": "sources",
    "claims": "claims",
    "rebuttals": "claims",
    "replies": "claims",
    "retractions": "claims",
    "decisions": "decisions",
    "opinions": "opinions",
    "asks": "call",
    "dates": "call",
    "corrections": "corrections",
}
"""The lists of a case, and the form that holds each."""

MAPS = ("letter", "imprint", "approval", "share")
"""What else `call.yaml` holds, each once."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as it was read, and where everything in it stands.

    Args:
        case: What could be read; entries with a fault of form are left out, and said in `faults`.
        faults: What is wrong with the files by themselves, in the order of the files.
        places: For each file, the place of every value.
        rows: For each list, the number in its file of every entry that is in `case`.
        left_out: Ids and keys of the entries that could not be read, so that what refers to them
            is not said to be missing.
        unread: The lists that could not be read as a whole.
    """

    case: Case
    faults: tuple[Fault, ...]
    places: Mapping[str, Mapping[Way, Place]] = field(default_factory=dict)
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    def fault(
        self,
        way: Way,
        code: str,
        sentence: str,
        mend: str,
        severity: Severity = "error",
        file: str | None = None,
    ) -> Fault:
        """Return a fault at a value of the case, such as `("claims", 0, "grade")`.

        The number is the entry's in `case`; the place is that of the value, or of the nearest
        thing around it that stands in the file.
        """
        section = str(way[0]) if way else "case"
        name = file or f"{_form_of(section)}.yaml"
        if file is None and section in SECTIONS and len(way) > 1 and isinstance(way[1], int):
            rows = self.rows.get(section, ())
            number = rows[way[1]] if way[1] < len(rows) else way[1]
            way = (section, number, *way[2:])
        place = _nearest(self.places.get(name, {}), way)
        return Fault(name, place.line, place.column, code, sentence, mend, severity)


def _form_of(section: str) -> str:
    return "call" if section in MAPS else SECTIONS.get(section, "case")


def _nearest(places: Mapping[Way, Place], way: Way) -> Place:
    for end in range(len(way), -1, -1):
        if way[:end] in places:
            return places[way[:end]]
    return Place(0, 0)


def read_case(folder: Path) -> tuple[Case, tuple[Fault, ...]]:
    """Return the case of a folder, and what is wrong with its files by themselves.

    Args:
        folder: A folder such as `cases/lakeside`; its name is the case's.

    Returns:
        What could be read, and the faults. A folder without any file gives an empty case and
        the fault that says so. How entries fit together is told by `check_case`.

    Example:
        >>> case, faults = read_case(Path("cases/nowhere"))
        >>> print(faults[0].sentence)
        The file case.yaml is missing.
    """
    draft = read_draft(folder)
    return draft.case, draft.faults


def read_draft(folder: Path) -> Draft:
    """Return the case of a folder with the place of every value.

    Args:
        folder: A folder such as `cases/lakeside`; its name is the case's.
    """
    faults = list(check_folder(folder))
    texts = {form: read_form(folder, form, faults) for form in FORMS}
    entries, rows, left_out = _sort_out(texts, faults)
    summary = read_summary(folder, faults)
    translations, translated = read_translations(folder, faults)
    case = _make_case(folder.name, texts["case"].content, entries, summary, faults)
    return Draft(
        case=replace(
            case,
            translations=translations,
            **_make_maps(texts["call"].content, case.language, faults),
        ),
        faults=sort_faults(faults),
        places={f"{form}.yaml": text.places for form, text in texts.items()} | translated,
        rows=rows,
        left_out=left_out,
        unread=frozenset(_find_unread(texts)),
    )


def _find_unread(texts: Mapping[str, YamlText]) -> Iterator[str]:
    for section, form in SECTIONS.items():
        content = texts[form].content
        listed = content.get(section, []) if isinstance(content, dict) else None
        if texts[form].faults or (not isinstance(listed, list) and content is not None):
            yield section


Entries = dict[str, list[dict[str, Any]]]


def _sort_out(
    texts: Mapping[str, YamlText], faults: list[Fault]
) -> tuple[Entries, dict[str, tuple[int, ...]], frozenset[str]]:
    """Return the entries that have their form, their numbers, and the names of the others."""
    faulty = {form: _schema_faults(form, text, faults) for form, text in texts.items()}
    entries: Entries = {}
    rows: dict[str, tuple[int, ...]] = {}
    left_out: set[str] = set()
    for section, form in SECTIONS.items():
        listed = _list_of(texts[form].content, section)
        ways = faulty[form]
        good = [
            i for i in range(len(listed)) if (section, i) not in ways and (section,) not in ways
        ]
        entries[section] = [listed[i] for i in good]
        rows[section] = tuple(good)
        left_out.update(_names(each) for i, each in enumerate(listed) if i not in set(good))
    return entries, rows, frozenset(left_out - {""})


def _names(entry: Any) -> str:
    name = (entry.get("id") or entry.get("key")) if isinstance(entry, dict) else None
    return name if isinstance(name, str) else ""


def _list_of(content: Any, section: str) -> list[Any]:
    listed = content.get(section) if isinstance(content, dict) else None
    return listed if isinstance(listed, list) else []


def _schema_faults(form: str, text: YamlText, faults: list[Fault]) -> set[Way]:
    """Note the faults of a file, and return the entries (`("claims", 3)`) that have one."""
    if text.content is None:
        return set()
    found: set[Way] = set()
    for way, code, sentence, mend in find_schema_faults(form, text.content):
        place = _nearest(text.places, way)
        faults.append(Fault(f"{form}.yaml", place.line, place.column, code, sentence, mend))
        found.add(way[:2])
    return found


def _make_case(
    name: str, content: Any, entries: Entries, summary: str, faults: list[Fault]
) -> Case:
    about = content if isinstance(content, dict) else {}
    if any(fault.file == "case.yaml" for fault in faults):
        about = {}
    made: dict[str, Any] = {
        section: tuple(listed) for section, listed in _make_entries(entries).items()
    }
    return Case(
        name=name,
        title=about.get("title", ""),
        editors=tuple(about.get("editors", ())),
        language=about.get("language", "en"),
        summary=summary,
        not_shown=tuple(about.get("not_shown", ())),
        **made,
    )


def _make_maps(content: Any, language: str, faults: list[Fault]) -> dict[str, Any]:
    """Return what else `call.yaml` holds; nothing of a file in which a map has a fault."""
    about = content if isinstance(content, dict) else {}
    if any(fault.file == "call.yaml" for fault in faults):
        return {}
    makers: dict[str, Callable[..., Any]] = {
        "letter": lambda letter: nouns.make_letter({"language": language, **letter}),
        "imprint": nouns.make_imprint,
        "approval": nouns.make_approval,
        "share": str,
    }
    return {name: make(about[name]) for name, make in makers.items() if name in about}


def _make_entries(entries: Entries) -> dict[str, list[Any]]:
    sources = [nouns.make_source(each) for each in entries["sources"]]
    captures = {source.key: source.capture for source in sources}
    quoting: dict[str, Callable[..., Any]] = {
        "claims": nouns.make_claim,
        "rebuttals": nouns.make_rebuttal,
        "decisions": nouns.make_decision,
    }
    plain: dict[str, Callable[..., Any]] = {
        "replies": nouns.make_reply,
        "retractions": nouns.make_retraction,
        "opinions": nouns.make_opinion,
        "asks": nouns.make_ask,
        "dates": nouns.make_occasion,
        "corrections": nouns.make_correction,
    }
    made: dict[str, list[Any]] = {"sources": sources}
    for section, make in quoting.items():
        made[section] = [make(each, captures) for each in entries[section]]
    for section, make in plain.items():
        made[section] = [make(each) for each in entries[section]]
    return made

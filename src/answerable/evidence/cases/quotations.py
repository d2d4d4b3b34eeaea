"""Quotations held to the sealed copies in which they are said to stand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from answerable.engine.yaml_text import Path
from answerable.errors import AnswerableError, CaptureUnknown
from answerable.evidence.cases.checks.references import index_by
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault
from answerable.evidence.cases.quotation_faults import (
    tell_doubts,
    tell_shift,
    tell_unquoted,
    tell_unread,
    tell_unresolved,
)
from answerable.evidence.cases.quoting import QUOTING, each_passage, each_quoting
from answerable.evidence.passages import AROUND, locate
from answerable.evidence.texts.anchor import normalise
from answerable.model.capture import Capture
from answerable.model.case import Case
from answerable.model.passage import Passage, Resolution


@dataclass(frozen=True, slots=True)
class SealedText:
    """The text of a capture.

    Args:
        id: Id of the text object.
        body: The text.
        page_at: Gives the page of an offset, None without pages.
    """

    id: str
    body: str
    page_at: Callable[[int], int | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Captures:
    """Where captures and their texts come from.

    Args:
        find: Gives a capture by its id, which may be shortened; raises `CaptureUnknown`.
        read: Gives the text of a capture, None where it has none.
    """

    find: Callable[[str], Capture]
    read: Callable[[Capture], SealedText | None]


@dataclass(frozen=True, slots=True)
class Held:
    """What holding the quotations of a case to its captures gave.

    Args:
        faults: What does not stand where it is said to.
        case: The case, with whole capture ids and with every quotation that resolves located.
    """

    faults: tuple[Fault, ...]
    case: Case


def hold_quotations(draft: Draft, captures: Captures) -> Held:
    """Look every quotation up in the sealed text of its source.

    A quotation that resolves shows that the words stand in that text. It does not show that the
    claim or a translation is right.

    Args:
        draft: The case.
        captures: Where captures and their texts come from.

    Cost:
        Each text is read once; one is held at a time.
    """
    found, faults = _find_captures(draft, captures)
    faults.extend(_find_unquoted(draft, found))
    located: dict[Path, Passage] = {}
    by_source: dict[str, list[tuple[Path, Passage]]] = {}
    for way, passage in each_passage(draft.case):
        if passage.source in found:
            by_source.setdefault(passage.source, []).append((way, passage))
    for key, passages in by_source.items():
        text, why = _read_text(found[key], captures)
        for way, passage in passages:
            outcome = _hold(draft, way, passage, found[key], text, why)
            faults.extend(outcome.faults)
            located[way] = outcome.passage
    return Held(tuple(faults), _put(draft.case, found, located))


def _find_captures(draft: Draft, captures: Captures) -> tuple[dict[str, Capture], list[Fault]]:
    found: dict[str, Capture] = {}
    faults: list[Fault] = []
    for i, source in enumerate(draft.case.sources):
        if source.capture is None:
            continue
        way: Path = ("sources", i, "capture")
        try:
            capture = captures.find(source.capture)
        except CaptureUnknown as error:
            faults.append(
                draft.fault(
                    way,
                    "unknown_capture",
                    f"Source {source.key}: there is no capture {source.capture}: {error.why}.",
                    "Write the id that `answerable capture` printed, or pending.",
                )
            )
            continue
        found[source.key] = capture
        faults.extend(tell_doubts(draft, way, source.url, capture))
    return found, faults


def _find_unquoted(draft: Draft, found: Mapping[str, Capture]) -> Iterator[Fault]:
    """Give the entries that quote nothing although all their sources are sealed, or are private."""
    sources = index_by(draft.case.sources, "key")
    for way, entry in each_quoting(draft.case):
        known = [sources[key] for key in entry.sources if key in sources]
        if known and all(source.capture is not None for source in known):
            captures = [found.get(source.key) for source in known]
            yield from tell_unquoted(draft, way, entry, captures)


def _read_text(capture: Capture, captures: Captures) -> tuple[SealedText | None, str]:
    if capture.private:
        return None, "private"
    if not capture.parts:
        return None, f"it cannot be read here ({', '.join(capture.problems)})"
    try:
        return captures.read(capture), "none was taken from it"
    except AnswerableError as error:
        return None, str(error)


@dataclass(frozen=True, slots=True)
class _Outcome:
    passage: Passage
    faults: tuple[Fault, ...] = ()


def _hold(
    draft: Draft, way: Path, passage: Passage, capture: Capture, text: SealedText | None, why: str
) -> _Outcome:
    if text is None:
        return _Outcome(passage, (tell_unread(draft, way, passage, why),))
    resolution = locate(
        text.body,
        passage.quote,
        prefix=normalise(passage.prefix),
        suffix=normalise(passage.suffix),
        start=passage.start,
        same_text=passage.text == text.id,
    )
    if resolution.state not in ("exact", "moved") or resolution.start is None:
        return _Outcome(passage, (tell_unresolved(draft, way, passage, text.body, resolution),))
    placed = place(passage, capture.id, text, resolution)
    return _Outcome(placed, tuple(tell_shift(draft, way, passage, placed)))


def place(passage: Passage, capture: str, text: SealedText, resolution: Resolution) -> Passage:
    """Return a quotation at its place in a text, with what stands around it."""
    start, end = resolution.start or 0, resolution.end or 0
    return replace(
        passage,
        quote=text.body[start:end],
        capture=capture,
        text=text.id,
        prefix=text.body[max(0, start - AROUND) : start],
        suffix=text.body[end : end + AROUND],
        start=start,
        end=end,
        page=text.page_at(start) or passage.page,
    )


def _put(case: Case, found: Mapping[str, Capture], located: Mapping[Path, Passage]) -> Case:
    """Return the case with whole capture ids and located quotations."""
    lists: dict[str, Any] = {}
    for section in QUOTING:
        lists[section] = tuple(
            replace(
                entry,
                passages=tuple(
                    located.get((section, i, "passages", j), passage)
                    for j, passage in enumerate(entry.passages)
                ),
            )
            for i, entry in enumerate(getattr(case, section))
        )
    sources = tuple(
        replace(source, capture=found[source.key].id) if source.key in found else source
        for source in case.sources
    )
    return replace(case, sources=sources, **lists)

"""What a case's page asks for: days that there are, names that are known, each once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from answerable.engine.yaml_text import Path
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault


def check_calls(draft: Draft) -> Iterator[Fault]:
    """Give what is wrong in the parts of a public page: names, references, days to attend."""
    yield from _find_doubles(draft)
    yield from _find_unknown(draft)
    for i, occasion in enumerate(draft.case.dates):
        yield from _check_occasion(draft, i, occasion.start, occasion.end)
    for page in draft.case.translations:
        yield from _find_untranslatable(draft, page.language, [place for place, _ in page.parts])


def _find_doubles(draft: Draft) -> Iterator[Fault]:
    for section in ("asks", "dates", "corrections"):
        seen: set[str] = set()
        for i, entry in enumerate(getattr(draft.case, section)):
            if entry.id in seen:
                yield draft.fault(
                    (section, i, "id"),
                    "name_twice",
                    f"The name {entry.id} is borne by an entry above.",
                    "Give each its own.",
                )
            seen.add(entry.id)


def _find_unknown(draft: Draft) -> Iterator[Fault]:
    """Give the claims that a letter cites and that are not there."""
    case = draft.case
    known = {claim.id for claim in case.claims} | draft.left_out
    for i, name in enumerate(case.letter.cites if case.letter else ()):
        if name not in known and "claims" not in draft.unread:
            yield draft.fault(
                ("letter", "cites", i),
                "unknown_name",
                f"There is no claim {name}.",
                "Name a claim of this case.",
            )


def _check_occasion(draft: Draft, i: int, start: str, end: str | None) -> Iterator[Fault]:
    days = [start] if end is None else [start, end]
    for name, text in zip(("start", "end"), days, strict=False):
        if _moment(text) is None:
            sentence = f"There is no such day or time as {text}."
            yield draft.fault(("dates", i, name), "no_date", sentence, "Correct it.")
            return
    if end is not None and ("T" in start) != ("T" in end):
        sentence = "One of start and end has a time, and the other has none."
        yield draft.fault(("dates", i, "end"), "dates_unlike", sentence, "Give both, or neither.")
    elif end is not None and _order(end) < _order(start):
        sentence = f"{end} comes before {start}."
        yield draft.fault(("dates", i, "end"), "dates_reversed", sentence, "Turn them round.")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _order(text: str) -> float:
    """Return what orders moments of one form."""
    found = datetime.fromisoformat(text)
    return found.timestamp() if found.tzinfo else float(found.toordinal())


def _find_untranslatable(draft: Draft, language: str, places: list[str]) -> Iterator[Fault]:
    """Give the parts of a translation that the case does not have."""
    case = draft.case
    known = {
        "asks": {each.id for each in case.asks},
        "dates": {each.id for each in case.dates},
        "claims": {each.id for each in case.claims},
        "answers": {each.id for each in case.rebuttals},
        "decisions": {each.id for each in case.decisions},
        "not_shown": {str(i) for i in range(len(case.not_shown))},
    }
    for place in places:
        section, _, rest = place.partition("/")
        name = rest.split("/")[0]
        if section in known and name not in known[section] | draft.left_out:
            way: Path = (section, int(name) if section == "not_shown" else name)
            told = (
                "translation_of_nothing",
                f"There is nothing of the name {name} among the {section} of the case.",
                "Correct the name, or delete it.",
            )
            yield draft.fault(way, *told, "error", f"translations/{language}.yaml")


def check_call_days(draft: Draft, today: date) -> Iterator[Fault]:
    """Give the days of asks, corrections and the approval that cannot be.

    Args:
        draft: The case.
        today: The day of the check. One day more is allowed, for other time zones.
    """
    for way, text, is_past in _each_day(draft):
        day = _moment(text)
        if day is None:
            yield draft.fault(way, "no_date", f"There is no date {text}.", "Correct it.")
        elif is_past and day.date() > today + timedelta(days=1):
            yield draft.fault(way, "date_to_come", f"{text} is still to come.", "Correct it.")


def _each_day(draft: Draft) -> Iterator[tuple[Path, str, bool]]:
    case = draft.case
    for i, ask in enumerate(case.asks):
        if ask.by is not None:
            yield ("asks", i, "by"), ask.by, False
    for i, correction in enumerate(case.corrections):
        yield ("corrections", i, "on"), correction.on, True
    if case.approval is not None:
        yield ("approval", "on"), case.approval.on, True

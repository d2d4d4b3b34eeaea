"""What is wrong with a quotation or a sealed copy, in sentences."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urldefrag

from answerable.engine.yaml_text import Path
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault
from answerable.evidence.cases.quoting import Quoting, name_quoting
from answerable.evidence.problem_words import say_problem
from answerable.evidence.texts.anchor import normalise
from answerable.evidence.wordings import explain, suggest
from answerable.model.capture import Capture
from answerable.model.claim import Claim, Rebuttal
from answerable.model.passage import Passage, Resolution


def tell_doubts(draft: Draft, way: Path, url: str | None, capture: Capture) -> Iterator[Fault]:
    """Say what is doubtful about a sealed copy: what it lacks, or that it is of another address."""
    if capture.problems:
        yield draft.fault(
            way,
            "capture_doubtful",
            f"The sealed copy is incomplete or doubtful: {_say(capture.problems)}.",
            "Look at it; capture the source again if the text is not what a reader sees.",
            "warning",
        )
    addresses = {_plain(each) for each in (capture.url, capture.final_url) if each}
    if url and url.startswith("http") and _plain(url) not in addresses and _is_page(capture):
        yield draft.fault(
            way,
            "capture_elsewhere",
            f"The sealed copy is of {capture.url}, the source's address is another.",
            "Correct url, or say in note where the copy comes from.",
            "warning",
        )


def _say(problems: tuple[str, ...]) -> str:
    return "; ".join(say_problem(each) for each in problems)


def _is_page(capture: Capture) -> bool:
    return capture.url.startswith("http")


def _plain(url: str) -> str:
    return urldefrag(url).url.rstrip("/").removeprefix("http://").removeprefix("https://")


def tell_shift(draft: Draft, way: Path, given: Passage, placed: Passage) -> Iterator[Fault]:
    """Say where a quotation stands elsewhere than the file says."""
    if given.page is not None and placed.page != given.page:
        yield draft.fault(
            (*way, "page"),
            "other_page",
            f"The quotation stands on page {placed.page} of the file, not {given.page}.",
            "Correct page; pages are counted from 1, whatever is printed on them.",
            "warning",
        )
    if given.text is not None and given.text != placed.text:
        yield draft.fault(
            way,
            "quotation_moved",
            "The quotation stands in a newer text of its source, at another place.",
            "Nothing need be done: it is filed at its new place. Or delete text, start and end.",
            "warning",
        )


def tell_unread(draft: Draft, way: Path, passage: Passage, why: str) -> Fault:
    """Say why there is no text in which a quotation could be looked up."""
    if why == "private":
        return draft.fault(
            way,
            "quotation_private",
            f"The capture of {passage.source} is private: filing its words would make them open.",
            "Leave the quotation out, or quote a redacted copy that may be seen.",
        )
    return draft.fault(
        way,
        "no_text",
        f"The capture of {passage.source} has no text in which to look: {_shorten(why)}.",
        "Capture the source again, or in another form, such as the page instead of a picture.",
    )


def _shorten(why: str) -> str:
    """Return the first sentence of a reason, with the ids in it shortened."""
    first = re.split(r"(?<=\.) ", why, maxsplit=1)[0]
    return re.sub(r"(?:sha256:)?([0-9a-f]{12})[0-9a-f]{20,}", r"\1…", first).rstrip(".;: ")


def tell_unquoted(
    draft: Draft, way: Path, entry: Quoting, captures: Sequence[Capture | None]
) -> Iterator[Fault]:
    """Say that an entry rests on private captures alone, or quotes nothing from what is sealed.

    Args:
        draft: The case.
        way: The way of the entry.
        entry: The entry.
        captures: The captures of its sources; None for one that is not known.
    """
    name = name_quoting(way, entry)
    if captures and all(each is not None and each.private for each in captures):
        goes = "it can be filed, and is not exported"
        if isinstance(entry, Rebuttal):  # no claim goes out without its answer
            goes = "its statement is exported with the claims that it answers, its source is not"
        yield draft.fault(
            way,
            "private_alone",
            f"{name} rests on private captures alone; {goes}.",
            "Add a source that may be seen, if it is to be handed on.",
            "warning",
        )
    elif not entry.passages:
        is_fact = isinstance(entry, Claim) and entry.kind == "fact"
        yield draft.fault(
            way,
            "no_quotation",
            f"{name} quotes nothing, though its sources are sealed.",
            "Add passages: the key of a source and the words that stand in it.",
            "error" if is_fact else "warning",
        )


def tell_unresolved(
    draft: Draft, way: Path, passage: Passage, text: str, resolution: Resolution
) -> Fault:
    """Say why a quotation does not resolve, and what is like it."""
    where = (*way, "quote")
    if resolution.state == "ambiguous":
        return draft.fault(
            where,
            "quotation_ambiguous",
            f"The words stand several times in {passage.source}, and nothing tells which is meant.",
            "Add a few words that stand before it as prefix, or behind it as suffix.",
        )
    if resolution.state == "broken":
        return draft.fault(
            where,
            "quotation_broken",
            f"Other words stand at the place that is given in {passage.source}.",
            "Delete text, start and end, and check again.",
        )
    return draft.fault(
        where,
        "quotation_lost",
        f"The words do not stand in the sealed copy of {passage.source}.",
        _advise(text, passage.quote),
    )


def _strip_marks(text: str, quote: str) -> str:
    """Return words without the quotation marks around them, if they stand so; else nothing."""
    bare = normalise(quote)
    if len(bare) > 2 and bare[0] in _MARKS and bare[-1] in _MARKS:
        inner = bare[1:-1].strip()
        return inner if inner in text else ""
    return ""


_MARKS = "\"'„“”‚‘’«»‹›「」『』"


def _advise(text: str, quote: str) -> str:
    if _strip_marks(text, quote):
        return (
            "The quotation marks are not part of the text: delete them, the words do stand there."
        )
    near = suggest(text, quote)
    if near is None:
        return "Nothing there is much like it: name the source in which the words stand."
    why = explain(normalise(quote), near)
    told = f" ({why})" if why else ""
    return f"The nearest wording there is {near!r}{told}. Copy the words as they stand there."

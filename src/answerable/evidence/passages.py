"""Passages: where a quotation stands in a text, and what stands there instead where it does not."""

import re
from collections.abc import Iterable
from dataclasses import replace

from answerable.errors import QuotationUnresolved
from answerable.evidence.texts.anchor import UNSPACED, normalise
from answerable.evidence.texts.text import Page, page_at
from answerable.evidence.wordings import explain, suggest
from answerable.model.passage import Passage, Resolution

AROUND = 32
"""Code points that are kept on each side of a quotation."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
Span = tuple[int, int]


def locate(
    text: str,
    quote: str,
    *,
    prefix: str = "",
    suffix: str = "",
    start: int | None = None,
    same_text: bool = False,
) -> Resolution:
    r"""Tell where a quotation stands in a text.

    That it stands there shows that the words are in that text, letter for letter. It does not show
    that what they say is so, nor that they were not torn out of what stands around them.

    Args:
        text: The text, by the rule of `answerable.evidence.texts.anchor`.
        quote: The quotation. Its whitespace does not matter, nor spaces beside signs that are
            written without; every letter, mark and dash does.
        prefix: What stands before it, where that is known.
        suffix: What stands behind it.
        start: Offset at which it stood in the text from which it was taken.
        same_text: Whether `text` is that very text.

    Returns:
        `exact` or `broken` for the same text with a known place; else `moved` where it is found
        once, or once with its prefix and suffix, else once with one of them; `ambiguous` where
        several are as good; `lost`. An empty quotation is lost.

    Source:
        W3C Web Annotation Data Model (2017), sections 4.2.4 and 4.2.5.

    Cost:
        A few milliseconds for a million letters.

    Example:
        >>> locate("It was built. It was sold.", "It was\n sold")
        Resolution(state='moved', start=14, end=25)
        >>> locate("It was built. It was sold.", "It was").state
        'ambiguous'
        >>> locate("It was built. It was sold.", "It was", suffix=" sold").start
        14
    """
    words = normalise(quote)
    if not words:
        return Resolution("lost")
    if same_text and start is not None:
        return _hold_to_place(text, quote, words, start)
    found = _best(text, words, prefix.strip(), suffix.strip())
    if not found:
        return Resolution("lost")
    if len(found) > 1:
        return Resolution("ambiguous")
    [(begin, end)] = found
    return Resolution("exact" if same_text else "moved", begin, end)


def _hold_to_place(text: str, quote: str, words: str, start: int) -> Resolution:
    for each in (quote, words):
        if start >= 0 and text[start : start + len(each)] == each:
            return Resolution("exact", start, start + len(each))
    return Resolution("broken")


def _best(text: str, words: str, prefix: str, suffix: str) -> list[Span]:
    """Return where the words stand with most of their surroundings; of several, two are enough."""
    befores = (f"{prefix} ", prefix) if prefix else ()
    behinds = (f" {suffix}", suffix) if suffix else ()
    both = [(before, behind) for before in befores for behind in behinds]
    one = [*((before, "") for before in befores), *(("", behind) for behind in behinds)]
    for contexts in (both, one, [("", "")]):
        spans: set[Span] = set()
        for before, behind in contexts:
            spans.update(_find(text, before, words, behind))
        if spans:
            return sorted(spans)[:2]
    return sorted(_find_loosely(text, words, prefix, suffix))[:2]


def _find(text: str, before: str, words: str, behind: str) -> list[Span]:
    """Return the first two places at which words stand between others."""
    whole = f"{before}{words}{behind}"
    found: list[Span] = []
    at = text.find(whole)
    while at >= 0 and len(found) < 2:
        begin = at + len(before)
        found.append((begin, begin + len(words)))
        at = text.find(whole, at + 1)
    return found


def _find_loosely(text: str, words: str, prefix: str, suffix: str) -> list[Span]:
    """Find words that differ by spaces beside signs written without spaces, as wrapped lines do."""
    if not _UNSPACED.search(words):
        return []
    pattern = re.compile(_loose_pattern(words))
    spans = [found.span() for found, _ in zip(pattern.finditer(text), range(1_000), strict=False)]
    for fits in (_fits_both, _fits_one):
        kept = [span for span in spans if fits(text, span, prefix, suffix)]
        if kept:
            return kept
    return spans


def _loose_pattern(words: str) -> str:
    pieces: list[str] = []
    before = ""
    for letter in words:
        if letter == " ":
            before += " "
            continue
        loose = _UNSPACED.match(letter) or (before and _UNSPACED.match(before[0]))
        gap = "" if not before else " ?" if loose else before[1:]
        pieces.append(gap + re.escape(letter))
        before = letter
    return "".join(pieces)


def _fits_both(text: str, span: Span, prefix: str, suffix: str) -> bool:
    return bool(prefix and suffix) and _fits(text, span, prefix, suffix) == 2


def _fits_one(text: str, span: Span, prefix: str, suffix: str) -> bool:
    return _fits(text, span, prefix, suffix) > 0


def _fits(text: str, span: Span, prefix: str, suffix: str) -> int:
    before = text[max(0, span[0] - len(prefix) - 1) : span[0]].rstrip()
    behind = text[span[1] : span[1] + len(suffix) + 1].lstrip()
    return bool(prefix and before.endswith(prefix)) + bool(suffix and behind.startswith(suffix))


def make_passage(
    text: str,
    quote: str,
    *,
    source: str,
    capture: str | None = None,
    text_id: str | None = None,
    pages: Iterable[Page] = (),
    prefix: str = "",
    suffix: str = "",
    language: str | None = None,
) -> Passage:
    """Return a quotation with its place in a text and what stands around it.

    Args:
        text: The text.
        quote: The words, as a person typed them; the passage has them as they stand in the text.
        source: Key of the source within its case.
        capture: Id of the capture.
        text_id: Id of the text object.
        pages: Where the text's pages stand.
        prefix: What stands before it, where the words stand several times.
        suffix: What stands behind it, where the words stand several times.
        language: BCP 47 tag of the quotation.

    Raises:
        QuotationUnresolved: The words do not stand in the text, or several times; with the nearest
            wording there is.

    Example:
        >>> made = make_passage("It was sold to them.", "was  sold", source="news")
        >>> made.quote, made.start, made.prefix, made.suffix
        ('was sold', 3, 'It ', ' to them.')
    """
    found = locate(text, quote, prefix=prefix, suffix=suffix)
    if found.start is None or found.end is None:
        near = suggest(text, quote) if found.state == "lost" else None
        why = explain(normalise(quote), near) if near else None
        raise QuotationUnresolved(normalise(quote), found.state, near, why)
    return Passage(
        source=source,
        quote=text[found.start : found.end],
        capture=capture,
        text=text_id,
        prefix=text[max(0, found.start - AROUND) : found.start],
        suffix=text[found.end : found.end + AROUND],
        start=found.start,
        end=found.end,
        page=page_at(tuple(pages), found.start),
        language=language,
    )


def trim_passage(text: str, passage: Passage) -> Passage:
    """Return a passage as a person needs to write it.

    Without what stands around it, where its words stand in the text once; else with whole words
    of that, if these tell the place as well.

    Args:
        text: The text in which it stands.
        passage: What `make_passage` gave.

    Example:
        >>> text = "It was sold to them. It was sold again."
        >>> once = make_passage(text, "sold again", source="news")
        >>> trim_passage(text, once).prefix
        ''
        >>> twice = make_passage(text, "sold", source="news", prefix="them. It was")
        >>> twice.suffix, trim_passage("x" * 40 + " " + text, twice).suffix
        (' again.', ' again.')
    """
    if locate(text, passage.quote).start is not None:
        return replace(passage, prefix="", suffix="")
    before = passage.prefix.lstrip()
    behind = passage.suffix.rstrip()
    if passage.start and passage.start > AROUND and before == passage.prefix:
        before = before.partition(" ")[2] or before
    if len(passage.suffix) == AROUND and behind == passage.suffix:
        behind = behind.rpartition(" ")[0] or behind
    cut = replace(passage, prefix=before, suffix=behind)
    found = locate(text, cut.quote, prefix=cut.prefix, suffix=cut.suffix)
    return cut if found.start == passage.start else passage

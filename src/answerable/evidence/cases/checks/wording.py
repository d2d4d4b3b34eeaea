"""Words that pronounce a judgement, in sentences that are ours: nobody is judged here."""

import re
from collections.abc import Iterator

from answerable.engine.yaml_text import Path
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault

_JUDGING = re.compile(
    r"\b(guilt(?:y|ily)?|complicit(?:y|ly)?|blacklist(?:s|ed|ing)?|risk scores?)\b", re.IGNORECASE
)
_DOUBTFUL = re.compile(
    r"\b(clean|safe|cleared|hits?|targets?|suspects?|suspected)\b", re.IGNORECASE
)
_QUOTED = re.compile(
    r"\"[^\"\n]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|‘[^’]*’|`[^`\n]*`|(?<!\w)'[^'\n]{1,200}'(?!\w)"
)
_QUOTE_LINE = re.compile(r"^\s*>.*$", re.MULTILINE)


def check_wording(draft: Draft) -> Iterator[Fault]:
    """Give the words that pronounce a judgement, outside of quotation marks.

    Only English words are known. Everyday words that may judge (*clean, safe, cleared, hit*) are
    warned of; *guilty*, *complicit* and their like are refused.
    """
    for way, text in _each_sentence(draft):
        yield from _find(draft, way, _blank(_QUOTED, text))
    for page in draft.case.translations:
        for place, text in page.parts:
            way = tuple(int(step) if step.isdigit() else step for step in place.split("/"))
            found = _find(draft, way, _blank(_QUOTED, text), f"translations/{page.language}.yaml")
            yield from found
    yield from _check_summary(draft)


def _each_sentence(draft: Draft) -> Iterator[tuple[Path, str]]:
    case = draft.case
    yield ("title",), case.title
    for i, text in enumerate(case.not_shown):
        yield ("not_shown", i), text
    for section, names in _OURS.items():
        for i, entry in enumerate(getattr(case, section)):
            for name in names:
                yield (section, i, name), getattr(entry, name) or ""
    for i, claim in enumerate(case.claims):
        if claim.grade is not None:
            yield ("claims", i, "grade", "why"), claim.grade.why
    if case.letter is not None:
        yield ("letter", "subject"), case.letter.subject
        yield ("letter", "body"), case.letter.body
    yield ("share",), case.share or ""


_OURS = {
    "sources": ("pending", "note"),
    "claims": ("statement",),
    "rebuttals": ("statement",),
    "retractions": ("why",),
    "decisions": ("decision", "ground", "not_ground"),
    "asks": ("decision", "why", "note"),
    "dates": ("title", "note"),
    "corrections": ("what",),
}


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Put spaces in the place of what is quoted, so that offsets stay."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def _find(draft: Draft, way: Path, text: str, file: str | None = None) -> Iterator[Fault]:
    for match in _JUDGING.finditer(text):
        yield draft.fault(way, *_tell(match.group()), file=file)
    for match in _DOUBTFUL.finditer(text):
        yield draft.fault(way, *_tell(match.group()), "warning", file)


def _tell(word: str) -> tuple[str, str, str]:
    return (
        "judging_word",
        f"The word {word!r} judges, in a sentence that is ours.",
        "Say what the source says; if the word is the source's, put it in quotation marks.",
    )


def _check_summary(draft: Draft) -> Iterator[Fault]:
    text = _blank(_QUOTED, _blank(_QUOTE_LINE, draft.case.summary))
    for pattern, severity in ((_JUDGING, "error"), (_DOUBTFUL, "warning")):
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
            code, sentence, mend = _tell(match.group())
            yield Fault(
                "summary.md", line, column, code, sentence, mend,
                "error" if severity == "error" else "warning",
            )  # fmt: skip

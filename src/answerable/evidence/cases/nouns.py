"""The content of case files as nouns, and nouns as the content of case files.

The keys of the files are the names of the nouns' fields. Content is taken as its schema allows
it; what the schema refuses never comes here.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from answerable.model.call import (
    Approval,
    Ask,
    Correction,
    Imprint,
    Letter,
    Occasion,
    PageTranslation,
)
from answerable.model.capture import Source
from answerable.model.case import Opinion, PublicDecision
from answerable.model.claim import (
    Claim,
    Grade,
    Party,
    Rebuttal,
    ReplyRequest,
    Retraction,
    Review,
)
from answerable.model.passage import Passage, Translation

PENDING = "pending"
Content = dict[str, Any]
Captures = Mapping[str, str | None]
"""Key of a source to the id of its capture, None while that is pending."""


def make_source(content: Content) -> Source:
    """Return the source of an entry of `sources.yaml`.

    Example:
        >>> make_source({"key": "a", "title": "A", "publisher": "P", "capture": "pending"}).capture
    """
    capture = content["capture"]
    given = {**_texts(content, "published"), "capture": None if capture == PENDING else capture}
    return Source(**given)


def make_claim(content: Content, captures: Captures) -> Claim:
    """Return the claim of an entry of `claims.yaml`."""
    given = _with_passages(_texts(content, "when"), captures)
    for name in ("claimant", "about", "object"):
        if name in given:
            given[name] = make_party(given[name])
    if "grade" in given:
        given["grade"] = make_grade(given["grade"])
    if "review" in given:
        given["review"] = Review(**given["review"])
    if "figure" in given:
        given["figure"] = _texts(given["figure"], "as_of")
    given["contested_by"] = tuple(given.get("contested_by", ()))
    return Claim(**given)


def make_party(content: str | Content) -> Party:
    """Return a party: a plain name, or a map.

    Example:
        >>> make_party("Northwind Vision") == make_party({"name": "Northwind Vision"})
        True
    """
    return Party(content) if isinstance(content, str) else Party(**content)


def make_grade(content: Content) -> Grade:
    """Return a grade."""
    return Grade(**{**content, "corroborated_by": tuple(content.get("corroborated_by", ()))})


def make_rebuttal(content: Content, captures: Captures) -> Rebuttal:
    """Return the rebuttal of an entry of `claims.yaml`."""
    given = _with_passages(content, captures)
    return Rebuttal(**{**given, "by": make_party(given["by"]), "answers": tuple(given["answers"])})


def make_reply(content: Content) -> ReplyRequest:
    """Return the request for an answer of an entry of `claims.yaml`."""
    given = {**content, "to": make_party(content["to"]), "about": tuple(content["about"])}
    return ReplyRequest(**given)


def make_retraction(content: Content) -> Retraction:
    """Return the retraction of an entry of `claims.yaml`."""
    return Retraction(**content)


def make_decision(content: Content, captures: Captures) -> PublicDecision:
    """Return the decision of an entry of `decisions.yaml`."""
    return PublicDecision(**_with_passages(content, captures))


def make_opinion(content: Content) -> Opinion:
    """Return the view of an entry of `opinions.yaml`."""
    return Opinion(**content)


def make_ask(content: Content) -> Ask:
    """Return the decision sought of an entry of `call.yaml`."""
    return Ask(**content)


def make_occasion(content: Content) -> Occasion:
    """Return the day to attend of an entry of `call.yaml`."""
    return Occasion(**content)


def make_letter(content: Content) -> Letter:
    r"""Return the letter of `call.yaml`, with the language it is in.

    Example:
        >>> make_letter({"to": "The council", "subject": "A", "body": "B\n"}).body
        'B'
    """
    given = {**content, "body": content["body"].rstrip("\n")}
    return Letter(**_tuples(given, "address", "cites"))


def make_imprint(content: Content) -> Imprint:
    """Return the imprint of `call.yaml`."""
    return Imprint(**_tuples(content, "address"))


def make_approval(content: Content) -> Approval:
    """Return the approval of `call.yaml`."""
    return Approval(**content)


def make_correction(content: Content) -> Correction:
    """Return the correction of an entry of `corrections.yaml`."""
    return Correction(**_tuples(content, "items"))


PLACES = ("title", "summary", "share")
LETTER_PLACES = ("subject", "body")
ENTRY_PLACES: dict[str, tuple[str, ...]] = {
    "asks": ("decision", "of", "why", "note"),
    "dates": ("title", "place", "note"),
    "claims": ("statement",),
    "answers": ("statement",),
    "decisions": ("decision", "ground", "not_ground"),
}
"""The parts of a page that a translation may hold."""


def make_translation(language: str, content: Content) -> PageTranslation:
    """Return the translation of a file `translations/<language>.yaml`.

    Example:
        >>> content = {"by": "An office", "asks": {"halt": {"why": "Darum."}}}
        >>> make_translation("de", content).parts
        (('asks/halt/why', 'Darum.'),)
    """
    parts = {name: content[name] for name in PLACES if name in content}
    for number, text in enumerate(content.get("not_shown", ())):
        parts[f"not_shown/{number}"] = text
    parts |= {f"letter/{name}": text for name, text in content.get("letter", {}).items()}
    for section in ENTRY_PLACES:
        for entry, texts in content.get(section, {}).items():
            parts |= {f"{section}/{entry}/{name}": text for name, text in texts.items()}
    return PageTranslation(
        language, content["by"], content.get("machine", False), tuple(parts.items())
    )


def show_translation(page: PageTranslation) -> Content:
    """Return the content of the file of a translation."""
    content: Content = {"by": page.by, **({"machine": True} if page.machine else {})}
    for place, text in page.parts:
        steps = place.split("/")
        if steps[0] == "not_shown":
            content.setdefault("not_shown", []).append(text)
            continue
        inner = content
        for step in steps[:-1]:
            inner = inner.setdefault(step, {})
        inner[steps[-1]] = text
    return content


def _tuples(content: Content, *names: str) -> Content:
    return {n: tuple(v) if n in names else v for n, v in content.items()}


def make_passage(content: Content, captures: Captures) -> Passage:
    """Return a quotation, with the capture of its source."""
    given = {"capture": captures.get(content["source"]), **content}
    if "translation" in given:
        given["translation"] = Translation(**given["translation"])
    return Passage(**given)


def _texts(content: Content, *names: str) -> Content:
    """Turn years that YAML reads as numbers into text."""
    return {n: str(v) if n in names else v for n, v in content.items()}


def _with_passages(content: Content, captures: Captures) -> Content:
    passages = tuple(make_passage(each, captures) for each in content.get("passages", ()))
    keys = (*content.get("sources", ()), *(passage.source for passage in passages))
    return {**content, "passages": passages, "sources": tuple(dict.fromkeys(keys))}


def show_source(source: Source) -> Content:
    """Return the entry of a source in `sources.yaml`.

    Example:
        >>> show_source(Source("a", "A", "P", pending="It was offline."))["capture"]
        'pending'
    """
    content = source.as_dict()
    if source.capture is None:
        content["capture"] = PENDING
    return content


def show_noun(noun: Any) -> Content:
    """Return the entry of any other noun of a case, fields in its own order, empty ones left out.

    Example:
        >>> show_noun(Retraction("first", on="2026-01-05", by="The editors", why="A wrong date."))
        {'claim': 'first', 'on': '2026-01-05', 'by': 'The editors', 'why': 'A wrong date.'}
    """
    values = {each.name: getattr(noun, each.name) for each in fields(noun)}
    shown = {name: _show_value(value) for name, value in values.items()}
    return {name: value for name, value in shown.items() if value not in (None, [], "")}


def _show_value(value: Any) -> Any:
    for kind, show in _SHOWN:
        if isinstance(value, kind):
            return show(value)
    return value


def _show_party(party: Party) -> str | Content:
    content = party.as_dict()
    return party.name if len(content) == 1 else content


def _show_passage(passage: Passage) -> Content:
    """Its capture stands with its source, and is not written twice."""
    content = passage.as_dict()
    content.pop("capture", None)
    return content


_SHOWN: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Party, _show_party),
    (Passage, _show_passage),
    (Grade, show_noun),
    (Review, show_noun),
    (tuple, lambda values: [_show_value(value) for value in values]),
)

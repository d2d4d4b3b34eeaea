"""The templates, and what all pages of an edition are given."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from jinja2 import Environment

from answerable.call.letters import make_mailto
from answerable.call.pages.editions import Edition, flows, is_foreign, list_beside, translate_letter
from answerable.call.pages.wordings import direction, is_silent, name_language
from answerable.dossier.texts import show_line
from answerable.engine.templates import open_templates
from answerable.exposure.outputs.cells import read_link
from answerable.model.call import CallPage
from answerable.model.dossier import ClaimEntry, Document

Values = dict[str, Any]

_MAIL = re.compile(r"[^\s@<>\"'/?&#%:,;\\]+@[^\s@<>\"'/?&#%:,;\\]+\.[^\s@<>\"'/?&#%:,;\\]+")
_MAILTO = re.compile(r"mailto:[!-;=?-~]+")
_LONGEST_PLAIN = 300


@cache
def _environment() -> Environment:
    environment = open_templates("answerable.call.pages")
    environment.globals |= {
        "direction": direction,
        "is_sealed": is_sealed,
        "is_silent": is_silent,
        "name_language": name_language,
        "paragraphs": split_paragraphs,
        "plain": make_plain,
        "read_link": read_link,
        "short": shorten_digest,
    }
    return environment


def render(template: str, values: Values) -> bytes:
    """Return a page as UTF-8, without blank lines."""
    page = _environment().get_template(template).render(values)
    return re.sub(r"\n\s*\n+", "\n", page).encode()


def weigh_claim(claim: ClaimEntry, values: Values) -> int:
    """Return how many bytes a claim takes with all that travels with it."""
    parts = _environment().get_template("parts.html").make_module(values)
    return len(str(parts.claim(claim, {})).encode())  # type: ignore[attr-defined]


def share_values(
    page: CallPage, edition: Edition, editions: list[Edition], locate: Callable[[str], str]
) -> Values:
    """Return what every page of an edition is given.

    Args:
        page: The page as it is known.
        edition: Of it.
        editions: All of them.
        locate: Gives the address of an entry by its anchor.
    """
    dossier = page.dossier
    return {
        "page": page,
        "dossier": dossier,
        "e": edition,
        "editions": editions,
        "words": edition.words,
        "w": edition.words.of,
        "flows": flows(edition),
        "foreign": is_foreign(edition),
        "documents": {each.number: each for each in dossier.documents},
        "claims": {each.name: each for each in dossier.claims},
        "locate": locate,
        "mailto": _address(page, edition),
        "files_of": list_beside(page, edition),
    }


def _address(page: CallPage, edition: Edition) -> str | None:
    """Return the address that opens an edition's letter in a mail program.

    A translation that is too long for it opens with its subject alone.
    """
    address = page.mailto
    if address and page.letter:
        letter = translate_letter(edition, page.letter)
        if letter is not page.letter:
            address = make_mailto(letter) or make_mailto(replace(letter, body=""))
    return address if address and _MAILTO.fullmatch(address) else None


def list_first(claims: Iterable[ClaimEntry]) -> dict[str, str]:
    """Return for each answer the first claim of a page that it stands beside: there it is found."""
    first: dict[str, str] = {}
    for claim in claims:
        for answer in claim.answers:
            first.setdefault(answer.id, claim.name)
    return first


def is_sealed(document: Document | None) -> bool:
    """Whether there is a sealed copy: only then is a text shown as its words."""
    return document is not None and not document.pending and bool(digest_of(document))


def digest_of(document: Document) -> str | None:
    """Return the digest of a document's sealed bytes, or of the record that seals them."""
    return document.sha256 or document.capture


def shorten_digest(document: Document) -> str:
    """Return the beginning of a digest, enough to tell copies of one case apart."""
    return (digest_of(document) or "").removeprefix("sha256:")[:12]


def make_plain(text: str) -> str:
    """Return a text fit for titles of windows: one bounded line."""
    return show_line(text, _LONGEST_PLAIN)


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which blank lines part."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def find_contact(contact: str) -> str | None:
    """Return the address that a contact leads to, None where it is no mail or web address."""
    return f"mailto:{contact}" if _MAIL.fullmatch(contact) else read_link(contact)

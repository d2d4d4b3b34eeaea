"""An edition: the pages of a case in one language, what stands in it and what it is called."""

import re
from dataclasses import dataclass, replace

from answerable.call.pages.wordings import Words, direction, primary, read_words
from answerable.model.call import CallPage, Letter, PageTranslation

_TAG = re.compile(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,7}")


@dataclass(frozen=True, slots=True)
class Edition:
    """The pages of a case in one language.

    Args:
        language: BCP 47 tag of the case's texts in it.
        words: The pages' own words.
        translation: What is translated; None in the original.
    """

    language: str
    words: Words
    original: str
    translation: PageTranslation | None = None

    @property
    def suffix(self) -> str:
        """What its files are called by, before their ending."""
        return "" if self.translation is None else f".{self.language}"

    def file(self, stem: str) -> str:
        """Return the name of a page in this edition."""
        return f"{stem}{self.suffix}.html"

    def text(self, place: str) -> str | None:
        """Return the translation of a part, None in the original or where there is none."""
        return None if self.translation is None else self.translation.text(place)

    def mark(self, language: str | None) -> str:
        """Return a language where it is not that of the page's own words, or runs otherwise."""
        if language is None:
            return ""
        same = language.lower() == self.words.language and direction(language) == flows(self)
        return "" if same else language


def list_editions(page: CallPage) -> list[Edition]:
    """Return the original, then one edition per language it is translated into.

    Raises:
        ValueError: The tag of a language is none.
    """
    own = page.dossier.language
    editions = [Edition(own, read_words(own), own)]
    seen = {own.lower()}
    for each in page.translations:
        if not _TAG.fullmatch(each.language):
            raise ValueError(f"{each.language!r} is no tag of a language: write it as in BCP 47")
        if each.language.lower() not in seen:
            seen.add(each.language.lower())
            editions.append(Edition(each.language, read_words(each.language), own, each))
    return editions


def translate_letter(edition: Edition, letter: Letter) -> Letter:
    """Return the letter of an edition, the original where not both subject and body are there."""
    subject, body = edition.text("letter/subject"), edition.text("letter/body")
    if not (subject and body):
        return letter
    return replace(letter, subject=subject, body=body, language=edition.language)


def list_letters(page: CallPage) -> dict[str, Letter]:
    """Return the letters in plain text beside a page by the names of their files.

    The first is the original; the others are those that are translated.
    """
    if page.letter is None:
        return {}
    told = [(each, translate_letter(each, page.letter)) for each in list_editions(page)]
    return {name_letter(each): letter for each, letter in told if _is_own(each, page.letter)}


def name_letter(edition: Edition) -> str:
    """Return the name of the file with an edition's letter as plain text."""
    return f"letter{edition.suffix}.txt"


def list_beside(page: CallPage, edition: Edition) -> dict[str, str]:
    """Return the files beside a page by their role, in an edition: its own letter, if it has one.

    Those of all editions are as the page has them.
    """
    own = page.letter is not None and _is_own(edition, page.letter)
    if not own or "letter_text" not in page.files:
        return dict(page.files)
    return {**page.files, "letter_text": name_letter(edition)}


def _is_own(edition: Edition, letter: Letter) -> bool:
    return edition.translation is None or translate_letter(edition, letter) is not letter


def is_foreign(edition: Edition) -> bool:
    """Whether the page's own words are in another language than its texts."""
    return primary(edition.language) != edition.words.language


def flows(edition: Edition) -> str:
    """Return the direction in which a page of the edition runs, that of the texts of the case.

    It is so, too, where the page has no words of its own in that language, and sets English ones.
    """
    return direction(edition.language)

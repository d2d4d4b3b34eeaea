"""An edition: the pages of a case in one language, what stands in it and what it is called."""

import re
from dataclasses import dataclass

from answerable.call.pages.wordings import Words, direction, primary, read_words
from answerable.model.call import CallPage, PageTranslation

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


def is_foreign(edition: Edition) -> bool:
    """Whether the page's own words are in another language than its texts."""
    return primary(edition.language) != edition.words.language


def flows(edition: Edition) -> str:
    """Return the direction in which a page of the edition runs, that of the texts of the case.

    It is so, too, where the page has no words of its own in that language, and sets English ones.
    """
    return direction(edition.language)

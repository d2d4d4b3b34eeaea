"""The letter to the decision maker: as plain text with its citations, and as a mailto: address."""

import textwrap
from collections.abc import Iterator
from urllib.parse import quote

from answerable.call.citations import make_inert, split_paragraphs, tell_claim
from answerable.model.call import CallPage, Letter

LONGEST_MAILTO = 1_900
"""Longest mailto: address; several mail programs cut longer ones off."""

_WIDTH = 78


def make_mailto(letter: Letter | None) -> str | None:
    """Return a letter as a mailto: address, None without an address or where it is too long.

    Everything but the address is percent-encoded, so that no text can add a recipient or a header.

    Source:
        RFC 6068, section 2 and section 5 (line breaks).

    Example:
        >>> make_mailto(Letter("The clerk", "A & B", "Dear clerk,", mail="clerk@council.example"))
        'mailto:clerk@council.example?subject=A%20%26%20B&body=Dear%20clerk%2C'
    """
    if letter is None or letter.mail is None:
        return None
    subject = quote(make_inert(letter.subject), safe="")
    body = quote("\r\n\r\n".join(split_paragraphs(letter.body)), safe="")
    address = f"mailto:{quote(letter.mail, safe='@')}?subject={subject}&body={body}"
    return address if len(address) <= LONGEST_MAILTO else None


def write_letter(page: CallPage) -> bytes:
    """Return the letter as plain text, with the claims that it cites, their answers and sources.

    Raises:
        ValueError: The page has no letter.
    """
    if page.letter is None:
        raise ValueError("The page has no letter.")
    body = "\n\n".join(split_paragraphs(page.letter.body))
    lines = [*_head(page, page.letter), "", *_wrap(body), "", "[Your name]", ""]
    return ("\n".join([*lines, *_cite(page, page.letter)]) + "\n").encode()


def _head(page: CallPage, letter: Letter) -> Iterator[str]:
    for reason in page.banner:
        yield from _wrap(reason)
    if page.banner:
        yield ""
    yield make_inert(letter.to)
    yield from map(make_inert, letter.address)
    if letter.mail:
        yield letter.mail
    yield ""
    yield make_inert(letter.subject)
    for ask in page.asks:
        if ask.note:
            yield ""
            yield from _wrap(ask.note)


def _cite(page: CallPage, letter: Letter) -> Iterator[str]:
    named = {claim.name: claim for claim in page.dossier.claims}
    cited = [named[name] for name in letter.cites if name in named]
    if not cited:
        return
    yield "-" * _WIDTH
    yield "What this letter rests on: each claim with who makes it and what was answered."
    yield "What the case does not show or say:"
    for sentence in page.dossier.not_said:
        yield from _wrap(sentence, "  ", "- ")
    for number, claim in enumerate(cited, 1):
        yield ""
        first, *more = tell_claim(claim, page.dossier)
        yield from _wrap(f"{number}. {first}")
        for each in more:
            yield from _wrap(each, "   ")


def _wrap(text: str, indent: str = "", mark: str = "") -> Iterator[str]:
    for line in make_inert(text).split("\n"):
        yield from textwrap.wrap(
            line,
            _WIDTH,
            initial_indent=mark or indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]

"""Pictures to share: a title and a few lines as PNG, in the fonts of the pages."""

from collections.abc import Iterable

from answerable.dossier.pdf.blocks import speak
from answerable.dossier.pdf.typesetting import set_picture

CARD_SIZE = (1200, 630)
"""Width and height of a card in pixels."""

_LONGEST_TITLE, _LONGEST_LINE, _MOST_LINES = 300, 300, 6


def draw_card(title: str, lines: Iterable[str] = (), *, language: str | None = None) -> bytes:
    r"""Return a picture of `CARD_SIZE` that shows a title and a few lines, as PNG.

    Long texts are set smaller; what is too long to be read is cut, with an ellipsis.

    Args:
        title: What it is about.
        lines: Up to six lines below it; more are left out.
        language: BCP 47 tag of title and lines, else None: by their script.

    Returns:
        The bytes of the PNG; the same texts give the same bytes.

    Raises:
        TypesettingFailed: It could not be set.

    Example:
        >>> draw_card("Who supplied yarn to the mill?", ["3 claims, 2 answers"])[:4]
        b'\x89PNG'
    """
    shown = list(lines)[:_MOST_LINES]
    data = {
        "title": speak(_cut(title, _LONGEST_TITLE), language),
        "lines": [speak(_cut(each, _LONGEST_LINE), language) for each in shown],
    }
    return set_picture("card.typ", data)


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"

"""A dossier as PDF."""

from answerable.dossier.drawing import draw_paths
from answerable.dossier.pdf.contents import lay_out
from answerable.dossier.pdf.typesetting import set_pdf
from answerable.model.dossier import Dossier


def render_pdf(dossier: Dossier) -> bytes:
    """Return a dossier as PDF, for people and for screen readers.

    It shows what the dossier holds: who says what, with what was answered beside it. It pronounces
    nothing. A character that no font of ours has is shown as its code point, such as [U+1F600].

    Args:
        dossier: What can be shown of a finding or a case.

    Returns:
        A tagged PDF with bookmarks and page numbers, all fonts embedded. The same dossier gives
        the same bytes; its time of making is noon (UTC) of the dossier's day.

    Raises:
        TypesettingFailed: It could not be set.

    Source:
        ISO 14289-1:2014 (PDF/UA-1); Typst checks what of it a program can check.

    Cost:
        A case of 100 claims in a second or so.
    """
    drawn = draw_paths(dossier)
    pictures = {f"path-{at}.svg": text for at, text in enumerate(drawn, 1)}
    return set_pdf("dossier.typ", lay_out(dossier, pictures), dossier.as_of, pictures)

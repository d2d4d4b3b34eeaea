"""PDF files made by hand: a few lines in Helvetica, a picture, a page turned."""

from collections.abc import Sequence


def make_pdf(
    pages: Sequence[str], *, page_entries: str = "/MediaBox [0 0 612 792]", trailer: str = ""
) -> bytes:
    """Return a PDF whose pages have these content streams, with the fonts `/F` and image `/I`."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray"
        " /BitsPerComponent 8 /Length 8 /Filter /ASCIIHexDecode >>\nstream\n00FF00FF\nendstream",
    ]
    for number, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {page_entries} /Contents {6 + 2 * number} 0 R"
            " /Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    named = f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>"
    end = f"trailer\n{named}\nstartxref\n{len(body)}\n%%EOF\n"
    return body + (head + end).encode("latin-1")


def write_lines(*lines: str, left: int = 72, top: int = 700) -> str:
    """Return a content stream that writes lines of 12 points, 20 apart."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    return f"BT /F 12 Tf {left} {top} Td {shown}ET"


PICTURE = "q 200 0 0 200 100 400 cm /I Do Q"
"""A content stream that draws a picture."""

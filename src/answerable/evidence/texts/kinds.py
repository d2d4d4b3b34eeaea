"""Which kind of document some bytes are, and its reader: told from the bytes, not from a name."""

import importlib.metadata
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

from answerable.evidence.texts import archived, zipped
from answerable.evidence.texts.anchor import normalise
from answerable.evidence.texts.text import Text

_START = 4096
_OWN = f"answerable {importlib.metadata.version('answerable')}"
_BOOK = "Workbook".encode("utf-16-le")
_HTML = re.compile(
    rb"<(!doctype\s+html|html|head|body|title|meta|script|p|div|table)[\s>/]", re.IGNORECASE
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ODF = {"text": "odf", "presentation": "odf", "spreadsheet": "sheets"}


def tell_kind(data: bytes, media_type: str = "") -> str:
    """Return the kind of a document, such as `pdf`; what its bytes show comes before its label.

    Args:
        data: Its bytes.
        media_type: Its media type as the server or the capture gives it.

    Example:
        >>> tell_kind(b"%PDF-1.7", "text/html"), tell_kind(b"words", "text/plain")
        ('pdf', 'plain')
    """
    start = data[:_START]
    label = media_type.split(";")[0].strip().lower()
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _tell_zip(data)
    if archived.is_warc(start):
        return "warc"
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "sheets" if _BOOK in data else "unread"
    if start.startswith(_IMAGES) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return "image"
    return _tell_label(start, label)


def _tell_zip(data: bytes) -> str:
    with zipped.open_archive(data) as archive:
        names = set(archive.namelist())
        if "mimetype" in names and "content.xml" in names:
            with archive.open("mimetype") as part:
                kind = part.read(200).decode("latin-1")
            return next((reader for word, reader in _ODF.items() if word in kind), "unread")
    if "datapackage.json" in names and any(each.startswith("archive/") for each in names):
        return "wacz"
    if "word/document.xml" in names:
        return "docx"
    if "ppt/presentation.xml" in names:
        return "pptx"
    return "sheets" if names & {"xl/workbook.xml", "xl/workbook.bin"} else "unread"


def _tell_label(start: bytes, label: str) -> str:
    if label in ("text/html", "application/xhtml+xml"):
        return "html"
    if label in ("message/rfc822", "multipart/related", "application/x-mimearchive"):
        return "mhtml" if label != "message/rfc822" else "mail"
    if label.endswith(("/json", "+json", "/ld+json", "/jsonl", "/x-ndjson")):
        return "json"
    if _HTML.search(start) and not start.lstrip().startswith(b"<?xml"):
        return "html" if label not in ("text/plain", "text/csv") else "plain"
    if label.endswith(("/xml", "+xml")) or start.lstrip().startswith(b"<?xml"):
        return "xml"
    if label.startswith(("audio/", "video/", "font/")):
        return "unread"
    return "plain"


def read_document(data: bytes, media_type: str, deadline: float) -> Text:
    """Return the text of a document.

    This is run in the sandbox: it opens bytes that may have been made to do harm.

    Args:
        data: Its bytes.
        media_type: Its media type, with `charset` where the server named one.
        deadline: By `time.monotonic`: when reading pictures must end.
    """
    try:
        text = _read(data, media_type, deadline)
    except zipped.TooLarge:
        text = Text("", problems=("no_text", "too_large"))
    except RuntimeError as error:
        locked = "password" in str(error) or "encrypted" in str(error)
        text = Text("", problems=("locked" if locked else "damaged", "no_text"))
    except (
        *zipped.DAMAGE,
        zipfile.BadZipFile,
        KeyError,
        NotImplementedError,
        OverflowError,
        RecursionError,
    ):
        text = Text("", problems=("damaged", "no_text"))
    except MemoryError:
        text = Text("", problems=("no_text", "too_large"))
    title = normalise(text.title) if text.title else None
    return replace(text, title=title or None, tool=text.tool or _OWN)


def _read(data: bytes, media_type: str, deadline: float) -> Text:
    kind = tell_kind(data, media_type)
    if kind == "unread":
        return Text("", problems=("no_text", "unread_type"))
    if kind in ("wacz", "warc"):
        return _read_archived(data, kind, deadline)
    if kind in ("docx", "pptx", "odf"):
        return _read_office(data, kind)
    if kind == "pdf":
        from answerable.evidence.texts.pdf import read_pdf

        return read_pdf(data, deadline)
    return _simple_reader(kind, _charset(media_type))(data)


def _read_archived(data: bytes, kind: str, deadline: float) -> Text:
    if kind == "warc":
        found = archived.find_in_warc(io.BytesIO(data))
    else:
        with zipped.open_archive(data) as archive:
            found = archived.find_in_wacz(archive)
    if found is None:
        return Text("", problems=("no_text",))
    page, media_type = found
    if tell_kind(page, media_type) in ("wacz", "warc"):  # an archive in an archive is no page
        return Text("", problems=("no_text", "unread_type"))
    return _read(page, media_type, deadline)


def _read_office(data: bytes, kind: str) -> Text:
    from answerable.evidence.texts import office

    with zipped.open_archive(data) as archive:
        readers = {"docx": office.read_docx, "pptx": office.read_pptx, "odf": office.read_odf}
        return readers[kind](archive)


def _simple_reader(kind: str, charset: str | None) -> Callable[[bytes], Text]:
    """Return the reader of a kind; each is imported only when it is needed."""
    from answerable.evidence.texts import html, mail, ocr, plain

    if kind == "sheets":
        from answerable.evidence.texts.sheets import read_sheets

        return read_sheets
    readers: dict[str, Callable[[bytes], Text]] = {
        "html": lambda data: html.read_html(data, charset),
        "plain": lambda data: plain.read_plain(data, charset),
        "json": lambda data: plain.read_json(data, charset),
        "xml": plain.read_xml,
        "mail": mail.read_mail,
        "mhtml": mail.read_mhtml,
        "image": ocr.read_image,
    }
    return readers[kind]


def _charset(media_type: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", media_type, re.IGNORECASE)
    return found.group(1) if found else None

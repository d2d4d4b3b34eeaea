"""Text of letters kept as EML, and of web pages kept as MHTML."""

import email
import email.policy
from email.message import Message
from itertools import islice

from answerable.evidence.texts.anchor import BLOCK, normalise
from answerable.evidence.texts.html import read_html
from answerable.evidence.texts.plain import read_plain
from answerable.evidence.texts.text import Text

_HEADINGS = ("From", "To", "Cc", "Date", "Subject")
MAX_PARTS = 1_000


def read_mail(data: bytes) -> Text:
    """Return the text of a letter: its headings, then its words; attachments by name only.

    Of a letter that comes as plain text and as a web page, the plain text is taken. It does not
    show who wrote it: headings can be forged, and signatures are not checked.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    pieces = [f"{name}: {value}" for name in _HEADINGS if (value := _heading(message, name))]
    problems: set[str] = set()
    body = message.get_body(("plain", "html"))
    if body is not None:
        read = _read_part(body)
        pieces.append(read.body)
        problems.update(read.problems)
    names = (each.get_filename() for each in islice(message.walk(), MAX_PARTS))
    pieces += [f"Attachment: {name}" for name in names if name]
    return Text(
        normalise(BLOCK.join(pieces)),
        problems=tuple(sorted(problems)),
        title=_heading(message, "Subject"),
    )


def read_mhtml(data: bytes) -> Text:
    """Return the text of a web page that a browser saved as one file."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    page = next((each for each in message.walk() if each.get_content_type() == "text/html"), None)
    return _read_part(page) if page is not None else read_mail(data)


def _read_part(part: Message) -> Text:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    return (
        read_html(data, charset)
        if part.get_content_type() == "text/html"
        else read_plain(data, charset)
    )


def _heading(message: Message, name: str) -> str | None:
    try:
        value = message.get(name)
        return normalise(str(value))[:2_000] if value is not None else None
    except (ValueError, IndexError, TypeError, AttributeError):  # its parser errs on odd headings
        return None

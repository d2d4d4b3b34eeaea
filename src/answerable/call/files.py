"""Everything that lies in the folder of a publication, and the list that is signed."""

import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from importlib.resources import files as resources
from textwrap import shorten
from typing import Any

from answerable.call.calendars import write_calendar
from answerable.call.citations import make_inert, name_draft
from answerable.call.composing import DRAFT
from answerable.call.feeds import FEED, write_feed
from answerable.call.letters import write_letter
from answerable.call.pages import find_places, render_pages
from answerable.call.pages.editions import list_letters
from answerable.dossier.cases import NOT_SAID
from answerable.dossier.ids import sign_in
from answerable.dossier.pdf.pages import render_pdf
from answerable.dossier.pdf.pictures import draw_card
from answerable.evidence.exchange.ftm import write_ftm
from answerable.evidence.exchange.views import CaseView
from answerable.evidence.packages.verifier import (
    PUBLICATION,
    PUBLICATION_KEY,
    PUBLICATION_MANIFEST,
    PUBLICATION_NOTE,
)
from answerable.ledger.canonical import encode
from answerable.ledger.keys import Signer
from answerable.ledger.notes import sign_note
from answerable.model.call import CallPage
from answerable.model.dossier import Dossier

Files = dict[str, bytes]

_LONGEST_ASK = 200
"""Signs of an ask that a picture shows; the page has all."""

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""What a browser may load: nothing from elsewhere, no script at all."""

_STEERING = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def make_files(page: CallPage, view: CaseView) -> Files:
    """Return all files of a publication but the list of them and its signature.

    Args:
        page: The page.
        view: What of the case may be shown, for the form that other programs read.

    Returns:
        Name to content, in the order of the names; the same page gives the same bytes.
    """
    page = replace(page, files=name_files(page))
    named: dict[str, Any] = {
        "calendar": write_calendar,
        "feed": lambda each: write_feed(each, find_places(each)),
        "corrections_json": _write_corrections,
        "case_json": _write_case,
        "dossier_pdf": lambda each: render_pdf(_mark(each)),
        "picture": _draw_picture,
        "ftm": lambda _: _write_ftm(view),
        "key": lambda each: f"{each.key}\n".encode(),
    }
    made = {page.files[role]: write(page) for role, write in named.items() if role in page.files}
    for name, letter in list_letters(page).items():
        made[name] = write_letter(replace(page, letter=letter))
    made["_headers"] = write_headers(page)
    made["verify.py"] = (resources("answerable.evidence.packages") / "verifier.py").read_bytes()
    return dict(sorted({**render_pages(page), **made}.items()))


def name_files(page: CallPage) -> dict[str, str]:
    """Return the files that stand beside the pages, by their role.

    A draft has no file of other programs, since that cannot bear the banner, and no signature.
    """
    named = {
        "feed": FEED,
        "corrections_json": "corrections.json",
        "case_json": "case.json",
        "dossier_pdf": "dossier.pdf",
        "picture": "preview.png",
        "manifest": PUBLICATION_MANIFEST,
    }
    if page.letter is not None:
        named["letter_text"] = "letter.txt"
    if page.occasions:
        named["calendar"] = "calendar.ics"
    if not page.is_draft:
        named |= {"ftm": "case.ftm.json", "key": PUBLICATION_KEY, "signature": PUBLICATION_NOTE}
    return named


def _write_case(page: CallPage) -> bytes:
    """Return the whole page as JSON (`answerable.call_page/1`)."""
    return _dump({"schema": "answerable.call_page/1", "draft": page.is_draft, **asdict(page)})


def _write_corrections(page: CallPage) -> bytes:
    """Return the log of corrections as JSON; how its lines are chained is told in it."""
    return _dump(
        {
            "schema": "answerable.corrections_log/1",
            "banner": page.banner,
            "title": page.dossier.title,
            "chain": "entry = SHA-256 of the bytes of the entry before (32 zero bytes for the "
            "first) and of the canonical JSON (RFC 8785) of id, on, ground, action, what, items",
            "corrections": [asdict(each) for each in page.corrections],
            "unmentioned": page.unmentioned,
        }
    )


def _dump(content: Any) -> bytes:
    """Return JSON that people read too; signs that steer a terminal or a line are escaped."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode() + b"\n"


def _mark(page: CallPage) -> Dossier:
    """Return the dossier to be set; that of a draft says on every page what it is."""
    claims = tuple(replace(each, reviewed=None) for each in page.dossier.claims)
    dossier = sign_in(replace(page.dossier, claims=claims))
    if not page.is_draft:
        return dossier
    title = f"{DRAFT}: {dossier.title}"
    marked = replace(dossier, title=title, coverage=(*page.banner, *dossier.coverage))
    return sign_in(marked)


def _draw_picture(page: CallPage) -> bytes:
    """Return the picture that is shown where the page is shared."""
    first = page.asks[:1]
    marks = [f"{name_draft(page)}."] if page.is_draft else []
    marks += [ask.note for ask in first if ask.note]
    lines = [" ".join(marks)] if marks else list(page.coverage[:1])
    lines.append(NOT_SAID[0])
    lines += [shorten(f"{ask.of}: {ask.decision}", _LONGEST_ASK, placeholder=" …") for ask in first]
    return draw_card(page.dossier.title, lines, language=page.dossier.language)


def _write_ftm(view: CaseView) -> bytes:
    written = io.BytesIO()
    write_ftm(view, written)
    return written.getvalue()


def write_headers(page: CallPage) -> bytes:
    """Return what a web server should send along, in the form that static hosts read."""
    lines = [
        "/*",
        f"  Content-Security-Policy: {POLICY}",
        "  Referrer-Policy: no-referrer",
        "  X-Content-Type-Options: nosniff",
        "  Permissions-Policy: interest-cohort=(), browsing-topics=()",
    ]
    if page.is_draft:
        lines[:0] = [f"# {make_inert(each)}" for each in page.banner]
        lines.append("  X-Robots-Tag: noindex, nofollow")
    lines += [f"/{FEED}", "  Content-Type: application/atom+xml; charset=utf-8"]
    lines += ["/calendar.ics", "  Content-Type: text/calendar; charset=utf-8"]
    return ("\n".join(lines) + "\n").encode()


def write_manifest(case: str, page: CallPage, files: Mapping[str, bytes]) -> bytes:
    """Return the list of files with size and SHA-256, as canonical JSON."""
    listed = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    }
    content: dict[str, Any] = {"schema": PUBLICATION, "case": case, "files": listed}
    if page.is_draft:
        content["draft"] = DRAFT
    return encode(content)


def sign_manifest(signer: Signer, manifest: bytes) -> bytes:
    """Return the signature over a list of files, as a signed note.

    Source:
        C2SP signed-note.
    """
    digest = hashlib.sha256(manifest).hexdigest()
    return sign_note(f"{PUBLICATION}\n{digest}\n".encode(), signer)

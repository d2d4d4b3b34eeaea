"""Imports: web archives that other tools made, checked strictly and sealed as they are."""

import gzip
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from answerable.engine.files import digest_file
from answerable.errors import AddressRefused, ArchiveRefused, CaptureFileMissing, FetchFailed
from answerable.evidence.addresses import read_address
from answerable.evidence.archives.wacz import Page
from answerable.evidence.archives.wacz_checks import MOST_UNPACKED, WaczReport, check_wacz
from answerable.evidence.archives.warc_checks import check_warc
from answerable.evidence.capture_records import name_software, seal_capture
from answerable.evidence.media_types import tell_bytes, tell_media_type
from answerable.ledger.log import Ledger
from answerable.ledger.objects import keep_bytes
from answerable.ledger.vault import keep_private
from answerable.model.capture import Capture, Part

WACZ = "application/wacz+zip"
WARC = "application/warc"
_START = 64


@dataclass(frozen=True, slots=True)
class Imported:
    """A web archive of another maker, sealed as it was.

    Args:
        capture: Its `captured_at` and `software` are what the archive says of itself, its
            `problems` what a strict check found.
        pages: That it lists, the first 1,000; where it lists none, answers that may be pages.
        signed: Whether its manifest bears an anonymous signature that is in order.
    """

    capture: Capture
    pages: tuple[Page, ...]
    signed: bool = False


def is_archive(path: Path) -> bool:
    """Tell whether a file is a web archive by its bytes: a WACZ, or a WARC, plain or gzipped.

    It is not checked; that is done by `import_archive`. A file that is not there is none.
    """
    if not path.is_file():
        return False
    try:
        kind = tell_media_type(path)
        if kind == "application/gzip":
            with gzip.open(path) as file:
                return tell_bytes(file.read(_START)) == WARC
    except (OSError, EOFError, zlib.error):
        return False
    return kind in (WACZ, WARC)


def import_archive(
    ledger: Ledger,
    path: Path,
    case: str,
    *,
    private: bool = False,
    most_unpacked: int = MOST_UNPACKED,
) -> Imported:
    """Check a WACZ or WARC that another tool made, seal it byte for byte, and log it.

    It shows that this archive was here when it was logged. When and from where its contents were
    taken is what its maker says; faults are kept as problems and mended by nobody.

    Args:
        ledger: Where it is sealed and logged.
        path: A WACZ, or a WARC, plain or gzipped. Its name is not kept.
        case: Name of the case.
        private: Encrypt it at rest; leave it out of every export and index.
        most_unpacked: Greatest size unpacked, in bytes.

    Raises:
        CaptureFileMissing: There is no such file, or it cannot be read.
        ArchiveRefused: It is neither, or would harm whoever opens it. Nothing is logged.
        FetchFailed: It was changed meanwhile. Nothing is logged.
        OutputUnwritable: The disk refused it. Nothing is logged.

    Cost:
        Reading the file four times and unpacking it twice; memory for a few MB.
    """
    digest, media_type, report = _look_at(path, most_unpacked)
    keep = keep_private if private else keep_bytes
    part = Part("original", keep(ledger.store, path), media_type, path.stat().st_size)
    if digest_file(path) != digest:
        raise FetchFailed(str(path), "the file was changed while it was read")
    page = _first_page(report)
    now = ledger.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
    made_by = f"imported from {report.software}" if report.software else "imported"
    capture = Capture(
        id="",
        case=case,
        url=page.url if page else f"urn:sha256:{digest}",
        captured_at=(_to_utc(page.at) if page else None) or now,
        via="import",
        parts=(part,),
        title=(page.title if page else None) or report.title,
        private=private,
        problems=tuple(report.faults),
        software=name_software(made_by),
    )
    sealed = seal_capture(ledger, "source.import", capture)
    return Imported(sealed, tuple(report.pages), report.signed)


def _look_at(path: Path, most_unpacked: int) -> tuple[str, str, WaczReport]:
    try:
        digest = digest_file(path)
        kind = tell_media_type(path)
        if kind in (WACZ, "application/zip"):
            return digest, WACZ, check_wacz(path, most_unpacked)
        if kind in (WARC, "application/gzip"):
            return digest, WARC, _check_lone_warc(path, most_unpacked)
    except OSError as error:
        raise CaptureFileMissing(str(path), error.strerror or str(error)) from error
    raise ArchiveRefused(str(path), "it is neither a WACZ nor a WARC")


def _check_lone_warc(path: Path, most_unpacked: int) -> WaczReport:
    with path.open("rb") as file:
        warc = check_warc(file, str(path), most_unpacked)
    if not warc.records:
        raise ArchiveRefused(str(path), "no WARC record can be read in it")
    pages = [Page(url, at) for url, at in warc.pages]
    return WaczReport(faults=warc.faults, pages=pages)


def _to_utc(at: str) -> str | None:
    """Return a time that an archive gives in UTC, None where it is none."""
    try:
        given = datetime.fromisoformat(at)
        return given.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if given.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _first_page(report: WaczReport) -> Page | None:
    """Return the first page whose address can be asked again, and drop what is secret in it."""
    for page in report.pages:
        try:
            return Page(read_address(page.url).url, page.at, page.title)
        except AddressRefused:
            continue
    return None

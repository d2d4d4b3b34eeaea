"""What is missing or doubtful about a capture, in words: every code has a sentence. Pure."""

import re

from answerable.evidence.texts.text import PROBLEMS as TEXT_PROBLEMS

_STATUS = re.compile(r"http_status_(\d{3})")

CAPTURE_PROBLEMS = {
    # how it was made
    "no_screenshot": "incomplete: no picture of the page; with --browser one is taken",
    "no_dom": "the page's elements could not be read",
    "screenshot_cut": "the page is longer than a picture can be; it was cut",
    "screenshot_without_band": "the picture bears no band with address, date and time",
    "load_timed_out": "the page had not finished loading when time was up",
    "network_busy": "the page was still loading things when it was taken",
    "bodies_cut": "some answers were too large and were cut",
    "bytes_limit": "the page loaded more than is kept; the rest is missing",
    "requests_limit": "the page asked for more than is kept; the rest is missing",
    "page_crashed": "the page crashed in the browser before it was done",
    "address_refused": "something in it led to an address that is not asked, and is missing",
    "websocket_not_recorded": "it talked over a web socket, which is not recorded",
    "dialog_dismissed": "it opened a dialog, which was dismissed",
    "download_refused": "it offered a download, which was refused",
    "browser_unsandboxed": "the browser ran without its own sandbox, as it must for root",
    "embedded_limit": "it embeds more than is fetched; the rest is missing",
    "embedded_missing": "some pictures or style sheets could not be fetched",
    "fetch_failed": "some pictures or style sheets gave no answer",
    "credentials_removed": "a user name or password in the address was dropped and not recorded",
    # what came back
    "login_wall": "it looks like a log-in page, not the content",
    "challenge_page": "it looks like a page that tests for robots, not the content",
    "empty_shell": "its text is built by scripts and is not in it; try --browser",
    "empty_body": "the answer was empty",
    "unreadable_body": "the answer could not be decoded",
    "truncated_length": "the answer was longer than the limit and was cut",
    "truncated_time": "the answer took too long and was cut",
    "truncated_disconnect": "the connection broke off before the end",
    "truncated_unspecified": "the answer was cut, its maker does not say why",
    # read back from the log
    "erased": "it, or a part of it, was erased",
    "record_missing": "what was said of it is missing here; restore it from a copy",
    "record_faulty": "what is said of it is not what was sealed; restore it from a copy",
    # archives of other makers
    "no_warc": "the archive holds no WARC",
    "no_index": "the archive holds no index",
    "no_pages": "the archive lists no pages",
    "no_manifest": "the archive has no manifest (datapackage.json)",
    "no_digest_file": "the archive has no digest of its manifest",
    "manifest_faulty": "the archive's manifest cannot be read",
    "no_profile": "the archive's manifest does not say that it is one (no `profile`)",
    "pages_faulty": "the archive's list of pages cannot be read",
    "wacz_version": "the archive is of a version of WACZ that is not known here",
    "missing_file": "a file that the manifest lists is missing",
    "unlisted_file": "a file is in the archive that the manifest does not list",
    "foreign_file": "a file is in a folder of the archive where it does not belong",
    "compressed_twice": "a compressed file is compressed again, so that it cannot be read in place",
    "broken_entry": "a file in the archive is damaged",
    "wrong_hash": "a file is not the one that the manifest describes",
    "wrong_size": "a file has another size than the manifest says",
    "wrong_manifest_hash": "the manifest is not the one that its digest describes",
    "signature_wrong": "the archive's signature does not fit its manifest",
    "signature_unchecked": "the archive's signature is of a kind that is not checked here",
    "warc_cut": "a WARC ends before its last record does",
    "warc_unreadable": "a WARC cannot be read",
    "warc_trailing_bytes": "a WARC has bytes behind its last record",
    "warc_digest_absent": "records of a WARC have no digest",
    "warc_digest_unknown": "records of a WARC have digests that cannot be checked here",
    "warc_digest_wrong": "records of a WARC are not what their digests describe",
}
"""Codes of what is missing or doubtful about a capture, each with a sentence."""


def say_problem(code: str) -> str:
    """Return what a code says; of an unknown one, such as a later version's, the code itself.

    Example:
        >>> say_problem("http_status_404"), say_problem("empty_body")
        ('the server answered with status 404', 'the answer was empty')
    """
    status = _STATUS.fullmatch(code)
    if status:
        return f"the server answered with status {status.group(1)}"
    return CAPTURE_PROBLEMS.get(code) or TEXT_PROBLEMS.get(code) or code.replace("_", " ")

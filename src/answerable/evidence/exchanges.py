"""Exchanges and resources: what one capture holds, before it is written as WARC."""

from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as our client sent and received them.

    It shows what reached our client from that address at that time. It does not show that others
    were sent the same, nor who wrote it.

    Args:
        url: Address that was asked for, without fragment.
        method: Such as `GET`.
        request_headers: Name and value, in their order; those that were seen to be sent.
        request_body: As sent; empty where there was none.
        status: Status code; None where no answer came, see `failed`.
        reason: Words after the status code; empty where the protocol has none (HTTP/2).
        response_headers: Name and value, in their order, repeated names kept apart.
        body: Body of the answer; empty where there was none.
        address: IP address that answered, without port; None where it is not known.
        started_at: When the request began, UTC with fractions, `2026-11-24T14:02:03.125Z`.
        truncated: Why `body` is not whole: `length`, `time`, `disconnect` or `unspecified` (the
            words of WARC-Truncated); None where it is whole.
        decoded: Whether content codings (gzip, br) and chunks were already undone in `body`, though
            `response_headers` still name them. False: bytes as on the wire, chunks undone only
            where `response_headers` name none.
        failed: Code of why there is no answer, such as `address_refused`, `download_refused` or
            `net_err_connection_refused`; None where there is one.
        protocol: As the client names it, such as `http/1.1` or `h2`.

    Source:
        ISO 28500:2017 (WARC 1.1), sections 5.13 (WARC-Truncated) and 6.2 to 6.4.

    Example:
        >>> page = Exchange("https://example.org/", "GET", (), b"", 200, "OK",
        ...                 (("Content-Type", "text/html; charset=utf-8"),), b"<p>Hello",
        ...                 "192.0.2.7", "2026-11-24T14:02:03.125Z")
        >>> page.media_type
        'text/html'
    """

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status: int | None
    reason: str
    response_headers: Headers
    body: bytes
    address: str | None
    started_at: str
    truncated: str | None = None
    decoded: bool = False
    failed: str | None = None
    protocol: str = "http/1.1"

    @property
    def media_type(self) -> str:
        """Type that the answer names, without its parameters; empty where it names none."""
        return self.header("content-type").partition(";")[0].strip().lower()

    def header(self, name: str) -> str:
        """Return the first value of an answer's header, whatever its case; empty without one."""
        wanted = name.lower()
        return next((value for key, value in self.response_headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that our client made of a page: its DOM as it stood, or a picture of it.

    Args:
        url: What it is of: `urn:fullPage:<url>` for a picture of the whole page, `urn:dom:<url>`
            for its elements as HTML, `urn:text:<url>` for its text.
        media_type: Such as `image/png`.
        body: Its bytes.
        at: When it was made, UTC with fractions, `2026-11-24T14:02:03.125Z`.

    Source:
        ISO 28500:2017 (WARC 1.1), section 6.5, `resource`.
    """

    url: str
    media_type: str
    body: bytes
    at: str

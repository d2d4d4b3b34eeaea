"""How much one capture may take, in bytes and in time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one capture may take.

    Args:
        most_bytes: Greatest size of one answer, head and body as on the wire.
        most_seconds: Greatest time for one answer, redirects each counted anew.
        most_silence: Greatest time without a byte, and for connecting, in seconds.
        most_redirects: Redirects that are followed.
        most_embedded: Images and style sheets that are fetched with a page.
        most_embedded_bytes: Greatest size of all of these together.
        most_embedded_seconds: Greatest time for all of these together.
    """

    most_bytes: int = 100_000_000
    most_seconds: float = 120.0
    most_silence: float = 30.0
    most_redirects: int = 10
    most_embedded: int = 100
    most_embedded_bytes: int = 50_000_000
    most_embedded_seconds: float = 120.0


LIMITS = Limits()
"""Those that hold where nothing else is said."""

"""The public log of corrections and takedowns: what may be told of it, chained line by line."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from answerable.evidence.cases.filed_calls import FiledCorrection
from answerable.ledger.canonical import encode
from answerable.model.call import Correction

FIRST = "0" * 64
"""What the first line follows."""


@dataclass(frozen=True, slots=True)
class Publication:
    """That a case was published.

    Args:
        n: Number of its deed.
        manifest: Digest of its manifest, `sha256:…`.
    """

    n: int
    manifest: str


def show_corrections(
    filed: Iterable[tuple[int, FiledCorrection]],
    published: Sequence[Publication],
    shown: Collection[str],
) -> tuple[tuple[Correction, ...], int | None]:
    """Return the lines of the log that may be told, and how many others may be counted.

    Args:
        filed: The corrections in the order of filing, each with the number of its first deed.
        published: The publications, in order, as far as the page that is made now may know of
            them.
        shown: Names of the entries that stand on the page; other names are not told.

    Returns:
        The lines, each chained to the one before; and the number of lines of which nothing but
        their number may be told, None where there is none. Of what may not even be counted
        nothing is left, in the chain neither.
    """
    lines: list[Correction] = []
    counted = 0
    before = FIRST
    for n, each in filed:
        if each.correction.mention != "shown":
            counted += each.correction.mention == "counted"
            continue
        line = replace(
            each.correction,
            items=tuple(name for name in each.correction.items if name in shown),
            before=_find_last(published, n),
            after=_find_first(published, n),
        )
        before = chain(before, line)
        lines.append(replace(line, entry=before))
    return tuple(lines), counted or None


def chain(before: str, line: Correction) -> str:
    """Return the digest of a line that follows another: SHA-256 over both, in hexadecimal.

    The digests of publications are not under it: those of later ones are not known yet.
    """
    values = {name: value for name, value in asdict(line).items() if name in _SEALED}
    return hashlib.sha256(bytes.fromhex(before) + encode(values)).hexdigest()


_SEALED = ("id", "on", "ground", "action", "what", "items")


def _find_last(published: Sequence[Publication], n: int) -> str | None:
    return next((each.manifest for each in reversed(published) if each.n < n), None)


def _find_first(published: Sequence[Publication], n: int) -> str | None:
    return next((each.manifest for each in published if each.n > n), None)

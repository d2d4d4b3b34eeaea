"""Checkpoints: size and root of the log, signed; to be held also by others.

A chain of lines does not notice when it is cut short, nor when all of it is written anew. Whoever
holds a checkpoint notices both.
"""

import base64
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from answerable.errors import CheckpointFaulty, LedgerError, LogFaulty
from answerable.ledger.disk import write_file
from answerable.ledger.events import Event
from answerable.ledger.keys import Signer, Verifier, hold_lock
from answerable.ledger.log import Ledger, introduce_signer, measure_torn, read_deeds, read_lines
from answerable.ledger.merkle import EMPTY_ROOT, measure_lines
from answerable.ledger.notes import decode_base64, open_note, sign_note

_NAME = re.compile(r"[0-9]{9,15}")
_SIZE = re.compile(r"0|[1-9][0-9]{0,14}")
_MODE = 0o444


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Size and root of a log, as signed.

    It shows that the holder of the key vouched for these lines in this order. It does not show
    when (a timestamp over it does), nor that nothing was left out.

    Args:
        origin: Name of the log.
        size: Number of lines.
        root: Root over them, 32 bytes.
        note: The signed note, whole; what is stamped and handed on.
        signed_by: Ids of the known keys that signed.
    """

    origin: str
    size: int
    root: bytes
    note: bytes
    signed_by: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of its file."""
        return f"{self.size:09}"


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What was found when the log was held against itself and its checkpoints.

    Args:
        size: Number of finished lines.
        root: Root over them.
        torn: Bytes behind the last finished line: left by a writer that was broken off.
        checkpoints: Those that are signed and fit the log, smallest first.
        faults: What is wrong, in the order of reading; empty where nothing is.
    """

    size: int
    root: bytes
    torn: int
    checkpoints: tuple[Checkpoint, ...]
    faults: tuple[LedgerError, ...]


def seal_checkpoint(ledger: Ledger) -> Checkpoint:
    """Sign size and root of the log as it is now, and return it when it is on the disk.

    Args:
        ledger: The ledger. An empty log gets its first line, the key's.

    Returns:
        The checkpoint; where there is one of this size already, that one.

    Raises:
        LogFaulty, CheckpointFaulty: The log is not as it was written, or departs from an earlier
            checkpoint: nothing is signed then.
        OutputUnwritable: The disk refused it.

    Source:
        C2SP tlog-checkpoint.

    Cost:
        Reads the whole log: about a second for 100,000 lines.

    Example:
        >>> import tempfile
        >>> from answerable.engine.workspace import make_workspace
        >>> from answerable.ledger.log import append_deed, open_ledger
        >>> folder = Path(tempfile.mkdtemp())
        >>> ledger = open_ledger(make_workspace(folder / "work"), keys=folder / "keys")
        >>> _ = append_deed(ledger, "case.open", "sha256:" + "0" * 64)
        >>> seal_checkpoint(ledger).size
        2
    """
    with hold_lock(ledger.folder, ledger.disk):
        signer = introduce_signer(ledger)
        found = check_log(ledger)
        for fault in found.faults:
            raise fault
        for checkpoint in found.checkpoints:
            if checkpoint.size == found.size:
                return checkpoint
        checkpoint = _sign(ledger.origin, found, signer)
        write_file(ledger.disk, checkpoint_path(ledger, checkpoint), checkpoint.note, _MODE)
    return checkpoint


def _sign(origin: str, found: LogCheck, signer: Signer) -> Checkpoint:
    root = base64.b64encode(found.root).decode()
    note = sign_note(f"{origin}\n{found.size}\n{root}\n".encode(), signer)
    return Checkpoint(origin, found.size, found.root, note, (signer.id,))


def checkpoint_path(ledger: Ledger, checkpoint: Checkpoint) -> Path:
    """Return where a checkpoint lies, or would lie."""
    return ledger.folder / "checkpoints" / checkpoint.name


def check_note(note: bytes, keys: Sequence[Verifier], name: str = "note") -> Checkpoint:
    """Return the checkpoint of a signed note; the log is not looked at.

    Args:
        note: The whole note.
        keys: Public keys that count.
        name: How an error calls the note.

    Raises:
        CheckpointFaulty: It is no checkpoint, a known key's signature is not good, or no known
            key has signed it.

    Source:
        C2SP tlog-checkpoint.
    """
    text, signed_by = open_note(note, keys, name)
    lines = text.decode().split("\n")[:-1]
    root = decode_base64(lines[2]) if len(lines) > 2 else None
    if root is None or len(root) != 32 or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise CheckpointFaulty(name, "it states no origin, size and root")
    return Checkpoint(lines[0], int(lines[1]), root, note, signed_by)


def list_checkpoints(ledger: Ledger) -> list[Path]:
    """Return the files of all checkpoints, smallest first; stamps beside them are left out."""
    folder = ledger.folder / "checkpoints"
    found = [path for path in folder.glob("*") if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: int(path.name))


def read_checkpoints(ledger: Ledger) -> list[Checkpoint]:
    """Return all checkpoints, smallest first, with their signatures checked; not yet the log.

    Raises:
        CheckpointFaulty: With the first that is faulty.
    """
    return [read_checkpoint(ledger, path) for path in list_checkpoints(ledger)]


def read_checkpoint(ledger: Ledger, path: Path) -> Checkpoint:
    """Return the checkpoint of a file, its signature checked with the keys of the ledger.

    Raises:
        CheckpointFaulty: It is faulty, or its size is not the one of its name.
    """
    checkpoint = check_note(path.read_bytes(), ledger.verifiers, path.name)
    if checkpoint.size != int(path.name):
        raise CheckpointFaulty(path.name, f"it is over {checkpoint.size} lines: it was renamed")
    return checkpoint


def check_log(
    ledger: Ledger,
    held: Iterable[Checkpoint] = (),
    take: Callable[[Event], object] = lambda _: None,
) -> LogCheck:
    """Hold the log against itself and against checkpoints; every fault is found, none raised.

    Args:
        ledger: The ledger.
        held: Checkpoints that were kept elsewhere, from `check_note`.
        take: Gets each event up to the first faulty line, so that the log is parsed only once.

    Cost:
        Reads the log twice: under two seconds for 100,000 lines.
    """
    faults: list[LedgerError] = []
    try:
        for event in read_deeds(ledger):
            take(event)
    except LogFaulty as fault:
        faults.append(fault)
    signed = _gather(ledger, faults)
    asked = sorted([*signed, *held], key=lambda each: each.size)
    try:
        lines = read_lines(ledger.path)
        size, root, roots = measure_lines(lines, (each.size for each in asked))
        torn = measure_torn(ledger.path)
    except LogFaulty:  # a line beyond all bounds, which is among the faults already
        return LogCheck(0, EMPTY_ROOT, 0, (), tuple(faults))
    departing = _compare(ledger.origin, asked, size, roots)
    faults += departing.values()
    fitting = tuple(each for each in signed if each.size not in departing)
    return LogCheck(size, root, torn, fitting, tuple(faults))


def _gather(ledger: Ledger, faults: list[LedgerError]) -> list[Checkpoint]:
    found = []
    for path in list_checkpoints(ledger):
        try:
            found.append(read_checkpoint(ledger, path))
        except LedgerError as fault:
            faults.append(fault)
    return found


def _compare(
    origin: str, asked: Sequence[Checkpoint], size: int, roots: Mapping[int, bytes]
) -> dict[int, CheckpointFaulty]:
    """Return size to fault for the checkpoints from which the log departs, smallest first."""
    departing: dict[int, CheckpointFaulty] = {}
    good = 0
    for each in asked:
        if why := _depart(each, origin, size, roots, good):
            departing.setdefault(each.size, CheckpointFaulty(each.name, why, _ADVICE))
        else:
            good = each.size
    return departing


_ADVICE = "Restore the log from a copy that fits this checkpoint; it cannot be mended by hand."


def _depart(
    checkpoint: Checkpoint, origin: str, size: int, roots: Mapping[int, bytes], good: int
) -> str | None:
    if checkpoint.origin != origin:
        return f"it is of another log ({checkpoint.origin[:80]})"
    if checkpoint.size > size:
        return f"it is over {checkpoint.size} lines and the log has {size}: its end was cut off"
    if roots[checkpoint.size] != checkpoint.root:
        return (
            f"between lines {good + 1} and {checkpoint.size} the log is not what was signed: lines "
            "were edited, removed or put in another order"
        )
    return None


def hold_against(ledger: Ledger, checkpoint: Checkpoint) -> None:
    """Check that the log still holds all lines of a checkpoint that was kept elsewhere, unchanged.

    Args:
        ledger: The ledger.
        checkpoint: From `check_note`, with a key that was kept elsewhere too: whoever can rewrite
            the log can also put another key into `ledger/keys`.

    Raises:
        CheckpointFaulty: The log was cut short, rewritten, or is another log.
        LogFaulty: A line of the log is longer than any that is written.

    Cost:
        Reads the log once.
    """
    size, _, roots = measure_lines(read_lines(ledger.path), [checkpoint.size])
    for fault in _compare(ledger.origin, [checkpoint], size, roots).values():
        raise fault

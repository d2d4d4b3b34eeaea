"""The log: what was done, one line per deed, only ever longer."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from answerable.engine.workspace import Workspace
from answerable.errors import CanonicalFaulty, LogFaulty, OutputUnwritable
from answerable.ledger.disk import DISK, Disk, make_folders, write_file
from answerable.ledger.events import (
    MOST_LINE,
    Event,
    check_deed,
    follow_lines,
    parse_line,
    write_line,
)
from answerable.ledger.keys import (
    Signer,
    Verifier,
    find_keys,
    hold_lock,
    name_origin,
    open_signer,
    read_verifiers,
)
from answerable.ledger.objects import Store, keep_bytes

LOG = "log.jsonl"
KEYS = "keys"
_BLOCK = 1 << 13


def now() -> datetime:
    """Return the time of this machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The log of a workspace, with what is needed to write to it.

    Args:
        folder: The folder `ledger` of the workspace.
        store: Objects and records of the workspace.
        keys: Folder of the keys, outside of the workspace.
        name: Name that the log gets with its first key.
        authorities: Addresses of the authorities that stamp its checkpoints.
        clock: Gives the time of a deed.
        disk: How to write.
    """

    folder: Path
    store: Store
    keys: Path
    name: str
    authorities: tuple[str, ...] = ()
    clock: Callable[[], datetime] = now
    disk: Disk = DISK

    @property
    def origin(self) -> str:
        """Name of the log and of its keys: that of the first key that wrote here."""
        return next((each.name for each in self.verifiers), self.name)

    @property
    def path(self) -> Path:
        """The log's file."""
        return self.folder / LOG

    @property
    def signer(self) -> Signer:
        """The signing key; it is made on first use."""
        return open_signer(self.keys, self.origin, self.disk)

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """All public keys that have written here."""
        return read_verifiers(self.folder / KEYS)


def open_ledger(
    workspace: Workspace,
    *,
    keys: Path | None = None,
    clock: Callable[[], datetime] = now,
    passphrase: Callable[[], str | None] | None = None,
    disk: Disk = DISK,
) -> Ledger:
    """Return the ledger of a workspace. Nothing is read, written or made yet.

    Args:
        workspace: The workspace.
        keys: Folder of the keys; by default as `answerable.ledger.keys.find_keys` finds it.
        clock: Gives the time of a deed.
        passphrase: Gives the passphrase of the private key; by default from the environment.
        disk: How to write.

    Example:
        >>> import tempfile
        >>> from answerable.engine.workspace import make_workspace
        >>> folder = Path(tempfile.mkdtemp())
        >>> ledger = open_ledger(make_workspace(folder / "work"), keys=folder / "keys")
        >>> deed = append_deed(ledger, "case.open", "sha256:" + "0" * 64, {"private": 1})
        >>> [event.act for event in read_deeds(ledger)]
        ['key.add', 'case.open']
    """
    kept = keys or find_keys(workspace.id_key)
    store = Store(workspace.root / "evidence", keys=kept, passphrase=passphrase, disk=disk)
    return Ledger(
        folder=workspace.root / "ledger",
        store=store,
        keys=kept,
        name=name_origin(workspace.id_key),
        authorities=workspace.authorities,
        clock=clock,
        disk=disk,
    )


def append_deed(ledger: Ledger, act: str, obj: str, refs: Mapping[str, Any] | None = None) -> Event:
    """Write a deed to the log; when this returns, it is on the disk.

    Several programs may write at once: each waits for its turn. The first deed of a key is
    preceded by `key.add`. What a broken-off program left of a line is moved to `ledger/torn`.

    Args:
        ledger: The ledger.
        act: What was done, one of `answerable.ledger.events.ACTS`.
        obj: Id of the object or record to which it was done.
        refs: Role to id, code (`[a-z0-9._-]`, at most 64), whole number, or list of them.

    Raises:
        DeedRefused: Something else was to go into the log.
        LogFaulty: The last line of the log is not as it was written.
        LogBusy: Another program did not let go.
        OutputUnwritable: The disk refused it; the log is as it was.

    Cost:
        The end of the log is read, never the whole.
    """
    given = dict(refs or {})
    check_deed(act, obj, given)
    with hold_lock(ledger.folder, ledger.disk):
        signer = introduce_signer(ledger)
        return _append(ledger, signer.id, act, obj, given)


def introduce_signer(ledger: Ledger) -> Signer:
    """Return the signing key, logged and among the public keys; the caller holds the lock."""
    signer, known = ledger.signer, ledger.verifiers
    if signer.verifier not in known:
        line = signer.verifier.text
        obj = keep_bytes(ledger.store, line.encode())
        _append(ledger, signer.id, "key.add", obj, {"key": signer.id})
        text = "".join(f"{each}\n" for each in (*(key.text for key in known), line))
        write_file(ledger.disk, ledger.folder / KEYS, text.encode())
    return signer


def _append(ledger: Ledger, by: str, act: str, obj: str, refs: Mapping[str, Any]) -> Event:
    descriptor = _open_for_writing(ledger)
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            size, before = _read_end(ledger, file)
            _cut_torn(ledger, file, size)
        at = ledger.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = write_line(before, at, by, act, obj, refs)
        _write_synced(ledger, descriptor, size, line + b"\n")
    except OSError as error:
        if isinstance(error, OutputUnwritable):
            raise
        raise OutputUnwritable(str(ledger.path), error.strerror or str(error)) from error
    finally:
        os.close(descriptor)
    return parse_line(line)


def _open_for_writing(ledger: Ledger) -> int:
    try:
        new = not ledger.path.exists()
        descriptor = ledger.disk.open(ledger.path, os.O_RDWR | os.O_CREAT)
        if new:
            ledger.disk.sync_folder(ledger.folder)
    except OSError as error:
        raise OutputUnwritable(str(ledger.path), error.strerror or str(error)) from error
    return descriptor


def _write_synced(ledger: Ledger, descriptor: int, size: int, line: bytes) -> None:
    os.lseek(descriptor, size, os.SEEK_SET)
    try:
        ledger.disk.write(descriptor, line)
        ledger.disk.sync(descriptor)
    except BaseException:
        with suppress(OSError):
            ledger.disk.cut(descriptor, size)
            ledger.disk.sync(descriptor)
        raise


def _read_end(ledger: Ledger, file: BinaryIO) -> tuple[int, Event | None]:
    """Return where the last whole line ends, and its event."""
    end = file.seek(0, os.SEEK_END)
    start, tail = end, b""
    while start and tail.count(b"\n") < 2:
        step = min(start, max(_BLOCK, len(tail)))
        start -= step
        file.seek(start)
        tail = file.read(step) + tail
    whole = tail[: tail.rfind(b"\n") + 1]
    if not whole:
        return start, None
    try:
        event = parse_line(whole[:-1].rsplit(b"\n", 1)[-1])
    except CanonicalFaulty as error:
        raise LogFaulty(str(ledger.path), _count_lines(file), error.why) from error
    return start + len(whole), event


def _count_lines(file: BinaryIO) -> int:
    file.seek(0)
    return sum(1 for line in file if line.endswith(b"\n"))


def _cut_torn(ledger: Ledger, file: BinaryIO, size: int) -> None:
    """Move what stands behind the last whole line aside: it was never acknowledged."""
    file.seek(size)
    torn = file.read()
    if torn:
        make_folders(ledger.disk, ledger.folder / "torn")
        write_file(ledger.disk, ledger.folder / "torn" / f"{size:012}", torn)
        ledger.disk.cut(file.fileno(), size)
        ledger.disk.sync(file.fileno())


def read_deeds(ledger: Ledger) -> Iterator[Event]:
    """Read the log from the first line on, checking that each line follows the one before.

    Yields:
        The events, in order; none where there is no log. A last line that is not finished is not
        a deed and is passed over: it is being written, or its writer was broken off.

    Raises:
        LogFaulty: With the first line that is faulty, or does not follow.

    Cost:
        About a second for 100,000 events; no memory beyond a line.
    """
    return follow_lines(read_lines(ledger.path), str(ledger.path))


def read_lines(path: Path) -> Iterator[bytes]:
    """Read the finished lines of a log, without their newlines; none where there is no file.

    Raises:
        LogFaulty: A line is longer than any that is written.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        number = 0
        while (line := file.readline(MOST_LINE + 2)).endswith(b"\n"):
            number += 1
            yield line[:-1]
        if len(line) > MOST_LINE:
            raise LogFaulty(str(path), number + 1, f"it is over {MOST_LINE:,} bytes long")


def measure_torn(path: Path) -> int:
    """Return how many bytes stand behind the last finished line of a log: 0 but after a break."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        end = start = file.seek(0, os.SEEK_END)
        while start:
            step = min(start, _BLOCK)
            start -= step
            file.seek(start)
            if (place := file.read(step).rfind(b"\n")) >= 0:
                return end - (start + place + 1)
    return end

"""The log: does each line follow the one before, and does it fit what was signed and stamped."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from answerable.errors import CheckpointFaulty, KeyRefused, LedgerError, LogFaulty, StampFaulty
from answerable.evidence.inventory import Erased, find_kept, note_erased, note_private
from answerable.evidence.packages.verifier import Report
from answerable.ledger.canonical import digest
from answerable.ledger.checkpoints import Checkpoint, LogCheck, check_log, check_note
from answerable.ledger.events import Event
from answerable.ledger.keys import Verifier
from answerable.ledger.log import Ledger
from answerable.ledger.objects import list_objects
from answerable.ledger.timestamps import read_timestamps

KEEP = "Compare it with a copy of the workspace and with checkpoints that others hold."
MOST_NOTE = 1 << 18
STAMPS = {
    "stamped": "ok",
    "pending": "pending",
    "unverified_here": "unverifiable",
    "broken": "broken",
}


@dataclass(slots=True)
class LogNames:
    """What the deeds name; gathered while the log is read, so that no deed needs to be held.

    Args:
        size: Number of deeds that were read.
        named: Ids of what they say is in the store, in the order of the log.
        private: Ids that belong to private captures.
        erased: Id to what was erased of it.
        signers: Ids of the keys that acted.
        keys: Object of a key that came in, to the key's id.
    """

    size: int = 0
    named: dict[str, None] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    erased: dict[str, Erased] = field(default_factory=dict)
    signers: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Note what a deed names."""
        self.size += 1
        self.signers.add(event.by)
        self.named.update(dict.fromkeys(find_kept(event)))
        note_private(event, self.private)
        note_erased(event, self.erased)
        if event.act == "key.add":
            self.keys[event.obj] = str(event.refs.get("key"))


def check_chain(ledger: Ledger, report: Report, held: Path | None = None) -> LogNames:
    """Check lines, keys and checkpoints of the log.

    Args:
        ledger: The ledger.
        report: Gets what was found.
        held: A checkpoint that was kept elsewhere, as a file.

    Returns:
        What the deeds up to the first fault name.

    Cost:
        Reads the log twice: two seconds for 100,000 lines. Memory for the ids that are named.
    """
    kept = _read_held(ledger, held, report)
    names = LogNames()
    found = check_log(ledger, kept, names.take)
    report.add_ok("log line", names.size)
    if not found.size and any(list_objects(ledger.store)):
        says = "There are sealed objects, and no log that names them."
        report.add("broken", "log", "log.jsonl", says, KEEP)
    _tell_faults(found, kept, report)
    if found.torn:
        says = f"{found.torn:,} bytes behind its last line were never acknowledged."
        report.add("pending", "log", "log.jsonl", says, "The next deed moves them aside.")
    _tell_uncovered(found, report)
    _check_stamps(ledger, found.checkpoints, report)
    _check_keys(ledger, names, report)
    return names


def _tell_uncovered(found: LogCheck, report: Report) -> None:
    """Say which lines no checkpoint covers: that their end was edited or cut would go unseen."""
    covered = found.checkpoints[-1].size if found.checkpoints else 0
    if found.size > covered:
        says = f"The last {found.size - covered:,} lines of the log are under no checkpoint yet."
        do = "The next deed seals one, as does `answerable stamp`; let others hold it."
        report.add("pending", "checkpoint", f"from line {covered + 1}", says, do)


def _check_stamps(ledger: Ledger, checkpoints: Sequence[Checkpoint], report: Report) -> None:
    """Check what authorities stated about each checkpoint; only the newest waits for answers."""
    for checkpoint in checkpoints:
        try:
            stamps = read_timestamps(ledger, checkpoint)
        except StampFaulty as error:
            report.add("unverifiable", "timestamp", error.what, f"{_begin(error.why)}.", KEEP)
            continue
        for stamp in stamps:
            if stamp.state != "pending" or checkpoint is checkpoints[-1]:
                about = f"{checkpoint.name} by {stamp.authority}"
                do = f"Check it by hand: {stamp.check}" if stamp.check else "Ask again when online."
                says = f"{_begin(stamp.why)}." if stamp.why else ""
                report.add(STAMPS[stamp.state], "timestamp", about, says, do)


def _read_held(ledger: Ledger, held: Path | None, report: Report) -> list[Checkpoint]:
    if held is None:
        return []
    try:
        with held.open("rb") as file:
            note = file.read(MOST_NOTE + 1)
        return [check_note(note, ledger.verifiers, held.name)]
    except (CheckpointFaulty, KeyRefused) as error:
        says = f"The checkpoint that you hold cannot be used: {error.why}."
        report.add("broken", "checkpoint", held.name, says, KEEP)
    return []


def _tell_faults(found: LogCheck, held: list[Checkpoint], report: Report) -> None:
    for fault in found.faults:
        if isinstance(fault, LogFaulty):
            report.add("broken", "log line", str(fault.line), f"{_begin(fault.why)}.", KEEP)
        elif isinstance(fault, CheckpointFaulty):
            report.add("broken", "checkpoint", fault.name, f"{_begin(fault.why)}.", KEEP)
        else:
            report.add("broken", "log", "log.jsonl", _say_plainly(fault), KEEP)
    for checkpoint in found.checkpoints:
        report.add("ok", "checkpoint", checkpoint.name)
    departing = {fault.name for fault in found.faults if isinstance(fault, CheckpointFaulty)}
    for checkpoint in held:
        if checkpoint.name not in departing:
            report.add("ok", "checkpoint", f"{checkpoint.name} (yours)")


def _begin(why: str) -> str:
    return why[:1].upper() + why[1:]


def _say_plainly(fault: LedgerError) -> str:
    return fault.message


def _check_keys(ledger: Ledger, names: LogNames, report: Report) -> None:
    """See that each key that acted came in by a deed of its own, and is in `ledger/keys`."""
    try:
        verifiers = {each.id: each for each in ledger.verifiers}
    except KeyRefused as error:
        report.add("broken", "key", "ledger/keys", f"It cannot be read: {error.why}.", KEEP)
        return
    for object_id, key_id in names.keys.items():
        key = verifiers.get(key_id)
        if key is not None and _key_object(key) == object_id:
            report.add("ok", "key", key_id)
        else:
            says = "The log says that this key came in, and ledger/keys has another or none."
            report.add("broken", "key", key_id, says, KEEP)
    for key_id in sorted(names.signers - verifiers.keys()):
        says = "It acted, and its public half is not in ledger/keys."
        report.add("broken", "key", key_id, says, KEEP)
    for key in verifiers.values():
        if _key_object(key) not in names.keys:
            says = "It is in ledger/keys, and no deed says that it came in."
            report.add("broken", "key", key.id, says, KEEP)


def _key_object(key: Verifier) -> str:
    return digest(key.text.encode())

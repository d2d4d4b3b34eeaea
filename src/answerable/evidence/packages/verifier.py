#!/usr/bin/env python3
"""Check a package of evidence, or a published page. Needs Python 3.8 or newer, openssl if there.

    python3 -I verify.py                     the package in whose folder this file lies
    python3 -I verify.py PACKAGE             a folder or a zip
    python3 -I verify.py PACKAGE --json      the same for programs
    python3 -I verify.py PACKAGE --key KEY   hold it to a public key that you got by another way
    python3 -I verify.py PACKAGE --checkpoint FILE   and to a checkpoint that you kept

It writes nothing, reaches no network, and treats the package as hostile. It shows that what lies
here is what was sealed, and when it was sealed at the latest. It does not show that a source told
the truth, that a translation is right, or that the log tells everything. A verifier that comes
with what it checks proves little against a forger: take this file from another place then.

Exit code: 0 all that could be checked fits; 1 something is broken or lost; 2 it could not begin.

This is one file on purpose, so that it can be read, kept and handed on by itself.
"""

# ruff: noqa: D102, D103  (small parts of one file; its docstring is the manual)

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

SCHEMA = "answerable.package/1"
STATES = ("ok", "moved", "ambiguous", "lost", "pending", "unverifiable", "erased", "broken")
FAULTS = ("lost", "broken")
MOST_TOLD = 8
"""Things of one kind that are no fault and that the table in words names one by one."""
MIB = 1 << 20
LIMIT_FILES = 200_000
LIMIT_JSON = 64 * MIB
LIMIT_TEXT = 256 * MIB
LIMIT_TOTAL = 256 * 1024 * MIB
LIMIT_RATIO = 200  # of what a zip unpacks to
LIMIT_SHOWN = 200  # checks that are told one by one, for each state
SECONDS = 60  # for one run of openssl

ID = re.compile(r"sha256:[0-9a-f]{64}\Z")
HEX = re.compile(r"[0-9a-f]{64}\Z")
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*){0,7}\Z")
FREE = ("README.txt", "index.html", "verify.py")
MANIFEST, NOTE = "package.json", "package.note"
PUBLICATION = "answerable.publication/1"
PUBLICATION_MANIFEST, PUBLICATION_NOTE = "manifest.json", "manifest.note"
PUBLICATION_KEY = "signing-key.txt"
CHECKPOINT, KEYS, TRUST = "ledger/checkpoint", "ledger/keys", "ledger/trust/"


class Refused(Exception):
    """The package cannot be read as one: what, and why."""


DAMAGE = (
    Refused,
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RuntimeError,
    EOFError,
    OSError,
)
"""What reading hostile bytes may raise."""


class Check(NamedTuple):
    """One thing that was checked: what came out, in a sentence, and what to do."""

    state: str
    kind: str
    about: str
    says: str
    do: str = ""


class Report:
    """What was found: every check counted, those that are not `ok` told one by one."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, int]] = {}
        self.checks: list[Check] = []
        self.withheld: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.about: dict[str, Any] = {}

    def add(self, state: str, kind: str, about: str, says: str = "", do: str = "") -> None:
        counts = self.counts.setdefault(kind, {})
        counts[state] = counts.get(state, 0) + 1
        if state != "ok" and counts[state] <= LIMIT_SHOWN:
            self.checks.append(Check(state, kind, about, says, do))

    def add_ok(self, kind: str, number: int) -> None:
        if number:
            counts = self.counts.setdefault(kind, {})
            counts["ok"] = counts.get("ok", 0) + number

    @property
    def is_faulty(self) -> bool:
        return any(counts.get(fault) for counts in self.counts.values() for fault in FAULTS)

    @property
    def exit_code(self) -> int:
        return int(self.is_faulty or bool(self.about.get("draft")))

    def as_dict(self) -> dict[str, Any]:
        checks = [dict(zip(Check._fields, check)) for check in self.checks]  # noqa: B905
        found: dict[str, Any] = {"schema": "answerable.verification/1", "package": self.about}
        found.update(counts=self.counts, checks=checks, withheld=self.withheld, keys=self.keys)
        found["exit"] = self.exit_code
        return found


# --- reading, bounded -----------------------------------------------------------------------


class Folder:
    """A package that lies unpacked; links are named and never followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sizes: dict[str, int] = {}
        self.odd: list[str] = []
        for folder, folders, files in os.walk(str(root), followlinks=False):
            for name in folders + files:
                self._note(Path(folder) / name)
            if len(self.sizes) > LIMIT_FILES:
                raise Refused(f"it holds more than {LIMIT_FILES:,} files")

    def _note(self, path: Path) -> None:
        name = path.relative_to(self.root).as_posix()
        kind = path.lstat()
        if stat.S_ISREG(kind.st_mode):
            self.sizes[name] = kind.st_size
        elif not stat.S_ISDIR(kind.st_mode):
            self.odd.append(name)

    def open(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")


class Archive:
    """A package in a zip; nothing is unpacked to the disk."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(str(path))
        self.sizes: dict[str, int] = {}
        self.odd: list[str] = []
        self.entries: dict[str, zipfile.ZipInfo] = {}
        entries = self.zip.infolist()
        if len(entries) > LIMIT_FILES:
            raise Refused(f"it holds more than {LIMIT_FILES:,} files")
        if sum(each.file_size for each in entries) > LIMIT_RATIO * path.stat().st_size + MIB:
            raise Refused("it unpacks to far more than its own size, as a zip bomb does")
        top = self._find_top([each.filename for each in entries])
        for entry in entries:
            self._note(entry, top)

    @staticmethod
    def _find_top(names: list[str]) -> str:
        tops = [
            name[: -len(each)]
            for each in (MANIFEST, PUBLICATION_MANIFEST)
            for name in names
            if name.split("/")[-1] == each
        ]
        top = min(tops, key=len, default="")
        return top if top.count("/") <= 1 else ""

    def _note(self, entry: zipfile.ZipInfo, top: str) -> None:
        name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
        inside = name.startswith(top) and name[len(top) :] not in self.entries
        if name.endswith("/"):
            return
        if not inside or entry.flag_bits & 1 or kind not in (0, stat.S_IFREG):
            self.odd.append(name)
            return
        self.sizes[name[len(top) :]] = entry.file_size
        self.entries[name[len(top) :]] = entry

    def open(self, name: str) -> BinaryIO:
        return self.zip.open(self.entries[name])  # type: ignore[return-value]


class Package:
    """A package, with the digest of each of its files."""

    def __init__(self, files: Any) -> None:
        self.files = files
        self.sizes: dict[str, int] = files.sizes
        self.digests: dict[str, str] = {}
        self.last_text = ("", "")
        if sum(self.sizes.values()) > LIMIT_TOTAL:
            raise Refused(f"it holds more than {LIMIT_TOTAL >> 30} GiB")

    def read(self, name: str, limit: int = LIMIT_JSON) -> bytes:
        if name not in self.sizes:
            raise Refused(f"{name} is missing")
        if self.sizes[name] > limit:
            raise Refused(f"{name} is over the limit of {limit // MIB} MiB")
        with self.files.open(name) as file:
            data: bytes = file.read(limit + 1)
        if len(data) > limit:
            raise Refused(f"{name} is over the limit of {limit // MIB} MiB")
        return data

    def read_text(self, object_id: str) -> str:
        if self.last_text[0] != object_id:
            data = self.read(path_of("objects", object_id), LIMIT_TEXT)
            self.last_text = (object_id, data.decode("utf-8", "replace"))
        return self.last_text[1]

    def hash(self, name: str) -> str:
        found = hashlib.sha256()
        with self.files.open(name) as file:
            for block in iter(lambda: file.read(MIB), b""):
                found.update(block)
        self.digests[name] = found.hexdigest()
        return self.digests[name]

    def is_publication(self) -> bool:
        return MANIFEST not in self.sizes and PUBLICATION_MANIFEST in self.sizes

    def is_readable(self, name: str) -> bool:
        try:
            return bool(self.hash(name))
        except DAMAGE:
            return False

    def has_object(self, object_id: str) -> bool:
        return self.digests.get(path_of("objects", object_id)) == object_id[7:]


def path_of(folder: str, object_id: str) -> str:
    ending = ".json" if folder == "records" else ""
    return f"{folder}/{object_id[7:9]}/{object_id[9:]}{ending}"


def open_package(path: Path) -> Package:
    """Open a folder or a zip as a package."""
    return Package(Folder(path) if path.is_dir() else Archive(path))


# --- canonical JSON, log, notes ---------------------------------------------------------------


def encode(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def decode(data: bytes) -> Any:
    """Read canonical JSON; refuse whatever would be written otherwise (twice a key, a blank)."""
    try:
        value = json.loads(data.decode("utf-8"))
        same = encode(value) == data
    except (ValueError, RecursionError) as error:
        raise Refused(f"it is no canonical JSON ({error})") from None
    if not same:
        raise Refused("it is no canonical JSON: it was written or edited by another hand")
    return value


def leaf_of(line: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + line).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def climb(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that an inclusion proof leads to (RFC 6962, 2.1.1), None if it misfits."""
    if not 0 <= index < size:
        return None
    root, last = leaf, size - 1
    for sibling in path:
        if last == 0:
            return None
        if index % 2 or index == last:
            root = node_of(sibling, root)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            root = node_of(root, sibling)
        index, last = index >> 1, last >> 1
    return root if last == 0 else None


class Checkpoint(NamedTuple):
    """Size and root of the log, as a signed note states them."""

    origin: str
    size: int
    root: bytes
    text: bytes


def split_note(note: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Take a signed note apart: its text, and names with key id and signature."""
    text, gap, tail = note.rpartition(b"\n\n")
    if not gap or not tail.endswith(b"\n") or len(note) > MIB:
        raise Refused("it is no signed note")
    signatures = []
    for line in tail.decode("utf-8", "strict").split("\n")[:-1]:
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            raise Refused("a signature line of it is malformed")
        signatures.append((parts[1], unbase64(parts[2])))
    return text + b"\n", signatures


def unbase64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise Refused("a part of it is no base64") from None
    if base64.b64encode(data).decode() != text:
        raise Refused("a part of it is no canonical base64")
    return data


def read_checkpoint(text: bytes) -> Checkpoint:
    lines = text.decode("utf-8").split("\n")
    if len(lines) < 4 or not re.match(r"(0|[1-9][0-9]{0,14})\Z", lines[1]):
        raise Refused("it is no checkpoint")
    root = unbase64(lines[2])
    if len(root) != 32:
        raise Refused("its root is no SHA-256")
    return Checkpoint(lines[0], int(lines[1]), root, text)


class Key(NamedTuple):
    """A public Ed25519 key, as C2SP writes it: name+id+key."""

    name: str
    id: bytes
    key: bytes
    text: str


def read_key(text: str) -> Key:
    """Read a verifier key; its id must be the one that its name and bytes give."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise Refused("a key of it is malformed")
    name, key_id, body = parts[0], parts[1], unbase64(parts[2])
    found = hashlib.sha256(name.encode() + b"\n" + body).hexdigest()[:8]
    if len(body) != 33 or body[0] != 1 or found != key_id:
        raise Refused("a key of it is no Ed25519 key, or has another's id")
    return Key(name, bytes.fromhex(key_id), body[1:], text.strip())


# --- openssl -----------------------------------------------------------------------------------

_PROBE = (  # RFC 8032, 7.1, test 2: shows that this openssl can do Ed25519
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
)


class Openssl:
    """The openssl of this machine, None where there is none; never one out of the package."""

    def __init__(self, program: str | None) -> None:
        self.program = program
        self.signs = False
        if program:
            key, text, signature = (bytes.fromhex(part) for part in _PROBE)
            self.signs = self.check_signature(key, text, signature)

    def run(self, words: list[str], files: dict[str, bytes]) -> tuple[bool, str]:
        if not self.program:
            return False, ""
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
            try:
                ran = subprocess.run(  # noqa: S603
                    [self.program, *words],
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    timeout=SECONDS,
                    check=False,
                )
            except (OSError, subprocess.SubprocessError):
                return False, ""
        return ran.returncode == 0, ran.stdout.decode("utf-8", "replace")

    def check_signature(self, key: bytes, text: bytes, signature: bytes) -> bool:
        der = bytes.fromhex("302a300506032b6570032100") + key
        pem = b"-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n" % base64.b64encode(der)
        words = "pkeyutl -verify -pubin -inkey p.pem -rawin -in text -sigfile sig".split()
        return self.run(words, {"p.pem": pem, "text": text, "sig": signature})[0]

    def check_timestamp(self, data: bytes, reply: bytes, roots: bytes) -> tuple[bool, str]:
        words = "ts -verify -data data -in reply.tsr -CAfile roots.pem -untrusted roots.pem".split()
        return self.run(words, {"data": data, "reply.tsr": reply, "roots.pem": roots})


def find_openssl(avoid: Sequence[Path]) -> str | None:
    """Find openssl in PATH, never in the package or the folder one stands in."""
    folders = [Path(each) for each in os.environ.get("PATH", "").split(os.pathsep) if each]
    barred = [each.resolve() for each in avoid]
    for folder in folders:
        place = folder.resolve()
        if folder.is_absolute() and not any(b == place or b in place.parents for b in barred):
            found = shutil.which(str(folder / "openssl"))
            if found:
                return found
    return None


# --- the checks --------------------------------------------------------------------------------


def read_manifest(package: Package, name: str = MANIFEST, schema: str = SCHEMA) -> dict[str, Any]:
    manifest = decode(package.read(name))
    if not isinstance(manifest, dict) or manifest.get("schema") != schema:
        raise Refused(f"{name} is not of the schema {schema}")
    files, left_out = manifest.get("files"), manifest.get("left_out", {})
    if not isinstance(files, dict) or not isinstance(left_out, dict):
        raise Refused(f"{name} lists no files")
    for listed, entry in files.items():
        sound = isinstance(entry, dict) and set(entry) == {"bytes", "sha256"}
        if not NAME.match(listed) or not sound or not HEX.match(str(entry["sha256"])):
            raise Refused(f"{name} has a faulty entry {listed[:80]!r}")
    return manifest


def check_files(
    package: Package,
    manifest: dict[str, Any],
    report: Report,
    seals: Sequence[str] = (MANIFEST, NOTE),
    added: str = "unverifiable",
) -> None:
    """Hold each file to the size and digest of the list; what is not listed was added."""
    files = manifest["files"]
    for name in sorted(files):
        if name not in package.sizes:
            report.add("broken", "file", name, "It is missing from the package.", "Ask for it.")
        elif package.sizes[name] != files[name]["bytes"]:
            report.add("broken", "file", name, "It has another size than listed.", ASK)
        elif not package.is_readable(name):
            report.add("broken", "file", name, "It cannot be read.", ASK)
        elif package.digests[name] != files[name]["sha256"]:
            report.add(
                "broken", "file", name, "It has other bytes than listed: it was changed.", ASK
            )
        else:
            report.add("ok", "file", name)
    for name in package.files.odd:
        says = (
            "It is a link, a special or encrypted file, a second file of a name, or lies outside."
        )
        report.add("broken", "file", name, says, "Do not open it; ask for the package again.")
    for name in sorted(set(package.sizes) - set(files) - set(seals)):
        says = "It is not listed: it came into the folder later, and nothing vouches for it."
        do = ASK if added in FAULTS else "Leave it out of account."
        report.add(added, "file", name, says, do)


ASK = "Do not rely on it; ask for the package again, and compare."


def read_keys(
    package: Package, trusted: Sequence[str], report: Report, name: str = KEYS
) -> list[Key]:
    """Give the public keys that count: those you named, else those that came along."""
    lines = package.read(name, MIB).decode("utf-8").splitlines()
    keys = [read_key(line) for line in lines if line.strip()]
    report.keys = [key.text for key in keys]
    if not trusted:
        return keys
    named = [read_key(line) for line in trusted]
    for key in named:
        if key.key not in [each.key for each in keys]:
            says = "The package was not made with the key that you named."
            report.add("broken", "key", key.text[:120], says, "Ask its makers for their key.")
    return named


def check_note(
    what: str, note: bytes, keys: Sequence[Key], openssl: Openssl, report: Report
) -> bytes:
    """Check a note's signatures and return its text; a known key must hold, unknown ones do not."""
    text, signatures = split_note(note)
    known = [
        (key, body[4:])
        for name, body in signatures
        for key in keys
        if (key.name, key.id) == (name, body[:4])
    ]
    if not known:
        report.add("broken", "signature", what, "No key that counts here has signed it.", ASK)
    elif not openssl.signs:
        says = "This machine has no openssl (3.0 or newer) to check it with."
        report.add("unverifiable", "signature", what, says, "Install openssl and run this again.")
    elif all(openssl.check_signature(key.key, text, signature) for key, signature in known):
        report.add("ok", "signature", what)
    else:
        says = "The signature does not fit: what was signed was another text."
        report.add("broken", "signature", what, says, ASK)
    return text


def check_seal(package: Package, keys: Sequence[Key], openssl: Openssl, report: Report) -> None:
    """Check the signature over the list of files."""
    text = check_note(NOTE, package.read(NOTE, MIB), keys, openssl, report)
    digest = hashlib.sha256(package.read(MANIFEST)).hexdigest()
    if text != f"{SCHEMA}\n{digest}\n".encode():
        says = "The signature is over another list of files than the one that lies here."
        report.add("broken", "signature", MANIFEST, says, ASK)


def check_held(package: Package, checkpoint: Checkpoint, held: Path, report: Report) -> None:
    """Hold the package's checkpoint to one that was kept elsewhere."""
    text, _ = split_note(held.read_bytes()[: MIB + 1])
    kept = read_checkpoint(text)
    name = f"ledger/consistency/{kept.size:012d}"
    if kept.origin != checkpoint.origin:
        report.add("broken", "checkpoint", "kept", "It is of another log.", "Compare the origins.")
    elif kept.size > checkpoint.size:
        says = f"The log had {kept.size:,} entries then and has {checkpoint.size:,} in the package."
        report.add("broken", "checkpoint", "kept", says, "The package is older, or was cut.")
    elif name in package.sizes or kept.size == checkpoint.size:
        hashes = (
            [unbase64(line) for line in package.read(name, MIB).decode().split()]
            if (kept.size != checkpoint.size)
            else []
        )
        fits = is_consistent(kept.size, checkpoint.size, kept.root, checkpoint.root, hashes)
        says = "" if fits else "What the log held then is not what it holds now: it was rewritten."
        report.add("ok" if fits else "broken", "checkpoint", "kept", says, "" if fits else ASK)
    else:
        says = "The package has no proof from that checkpoint to its own."
        report.add("unverifiable", "checkpoint", "kept", says, "Ask for a newer package.")


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, hashes: Sequence[bytes]
) -> bool:
    """Tell whether a log only grew between two checkpoints (RFC 6962, 2.1.2)."""
    if old == new:
        return not hashes and old_root == new_root
    if old == 0:
        return not hashes
    path = list(hashes)
    node, last = old - 1, new - 1
    while node % 2:
        node, last = node >> 1, last >> 1
    if not path:
        return False
    first = second = path.pop(0) if node else old_root
    for sibling in path:
        if last == 0:
            return False
        if node % 2 or node == last:
            first, second = node_of(sibling, first), node_of(sibling, second)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_of(second, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and (first, second) == (old_root, new_root)


def check_timestamps(package: Package, openssl: Openssl, report: Report) -> None:
    """Check the time-stamps over the checkpoint with the roots that came along."""
    note = package.read(CHECKPOINT, MIB)
    names = [name for name in sorted(package.digests) if name.endswith(".tsr")]
    trust = [name for name in sorted(package.digests) if name.startswith(TRUST)]
    roots = b"\n".join(package.read(name, MIB) for name in trust)
    if not names:
        says = "No time-stamp came along: nobody outside vouches for when this was sealed."
        report.add("pending", "timestamp", CHECKPOINT, says, "Ask for a package that has one.")
    for name in names:
        if not openssl.program or not roots:
            lacks = "no roots to check it with came along" if openssl.program else "no openssl here"
            says = f"It could not be checked: {lacks}."
            report.add("unverifiable", "timestamp", name, says, "See README.txt for the line.")
            continue
        state, says, do = judge_timestamp(
            openssl.check_timestamp(note, package.read(name, MIB), roots)
        )
        report.add(state, "timestamp", name, says, do)


def judge_timestamp(answer: tuple[bool, str]) -> tuple[str, str, str]:
    fits, said = answer
    if fits:
        return "ok", "", ""
    if "expired" in said:
        says = "The certificate of its authority has expired since."
        return "unverifiable", says, "Check it with -attime, or ask for a newer time-stamp."
    if "imprint mismatch" in said:
        return "broken", "It is over another checkpoint.", ASK
    return "broken", "openssl does not accept it: " + said.strip()[-200:], ASK


def check_events(
    package: Package, checkpoint: Checkpoint, note: bytes, report: Report
) -> list[dict[str, Any]]:
    """Prove that each entry stands in the log that the checkpoint seals; return those that do."""
    events = []
    previous: tuple[int, str] = (-2, "")
    for name in sorted(package.digests):
        if not name.startswith("ledger/events/"):
            continue
        line = package.read(name, MIB)
        try:
            event = prove_event(package, name, line, checkpoint, note)
            if event["n"] == previous[0] + 1 and event["prev"] != previous[1]:
                raise Refused("it does not name the entry before it")
        except DAMAGE as error:
            report.add("broken", "log entry", name, f"It is not what was logged: {error}.", ASK)
            continue
        report.add("ok", "log entry", name)
        previous = (event["n"], "sha256:" + hashlib.sha256(line).hexdigest())
        events.append(event)
    if not events:
        report.add("broken", "log entry", "ledger/events", "No entry of the log came along.", ASK)
    return events


def prove_event(
    package: Package, name: str, line: bytes, checkpoint: Checkpoint, note: bytes
) -> dict[str, Any]:
    event = decode(line)
    number = Path(name).stem
    if not isinstance(event, dict) or not ID.match(str(event.get("obj"))):
        raise Refused("it is no entry of a log")
    if f"{event['n']:012d}" != number or not isinstance(event["refs"], dict):
        raise Refused("its number is not that of its file")
    proof = package.read(f"ledger/proofs/{number}.tlog-proof", MIB)
    head, gap, tail = proof.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if not gap or tail != note or lines[:2] != ["c2sp.org/tlog-proof@v1", f"index {event['n']}"]:
        raise Refused("its proof is for another entry or another checkpoint")
    path = [unbase64(each) for each in lines[2:]]
    if climb(leaf_of(line), event["n"], checkpoint.size, path) != checkpoint.root:
        raise Refused("its proof does not lead to the root of the checkpoint")
    return event


class Record(NamedTuple):
    """A record: the fields that are shown, and the names of those that are not."""

    id: str
    values: dict[str, Any]
    hidden: list[str]


def check_records(package: Package, erased: set[str], report: Report) -> dict[str, Record]:
    """Hold each field that is shown to its commitment, and list those that are withheld."""
    records = {}
    for name in sorted(package.digests):
        if not name.startswith("records/"):
            continue
        record_id = "sha256:" + name[8:-5].replace("/", "")
        try:
            record = read_record(package, name, record_id)
        except DAMAGE as error:
            report.add("broken", "record", record_id, f"It does not fit its seal: {error}.", ASK)
            continue
        records[record_id] = record
        if record_id in erased and record.hidden:
            says = "Fields of it were erased for good: " + ", ".join(record.hidden) + "."
            report.add("erased", "record", record_id, says, "Nothing can be done, by design.")
        else:
            report.add("ok", "record", record_id)
            if record.hidden:
                shown = {"record": record_id, "schema": record.values.get("schema")}
                report.withheld.append({**shown, "fields": record.hidden})
    return records


def read_record(package: Package, name: str, record_id: str) -> Record:
    if not package.has_object(record_id):
        raise Refused("its map of commitments is missing or changed")
    sealed = decode(package.read(path_of("objects", record_id)))
    opened = decode(package.read(name))
    if not isinstance(sealed, dict) or not isinstance(opened, dict):
        raise Refused("it is no map")
    values = {}
    for key, entry in opened.items():
        if not isinstance(entry, list) or len(entry) != 2:
            raise Refused(f"the field {key[:40]!r} is malformed")
        digest = hashlib.sha256(encode([entry[0], key, entry[1]])).hexdigest()
        if sealed.get(key) != digest:
            raise Refused(f"the field {key[:40]!r} has another value than was sealed")
        values[key] = entry[1]
    return Record(record_id, values, sorted(set(sealed) - set(opened)))


def find_ids(value: Any) -> Iterator[str]:
    """Give every id that a value names."""
    if isinstance(value, str) and ID.match(value):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from find_ids(each)
    elif isinstance(value, list):
        for each in value:
            yield from find_ids(each)


REASONS = {
    "private": "It is kept private by its makers.",
    "not_cited": "No entry of the case cites it.",
    "not_permitted": "It was left out on purpose, such as for the rights of its publisher.",
    "withheld": "It was left out with the field that names it.",
    "elsewhere": "It belongs to another case or another step.",
}


def check_named(
    package: Package,
    events: list[dict[str, Any]],
    records: dict[str, Record],
    left_out: dict[str, str],
    report: Report,
) -> None:
    """See that all that the log and the records name is here, or is said to be left out."""
    logged = {name for event in events for name in find_ids([event["obj"], event.get("refs", {})])}
    named = {name for record in records.values() for name in find_ids(record.values)}
    for name in sorted(logged | named):
        if package.has_object(name):
            report.add("ok", "object", name)
        elif left_out.get(name) == "erased":
            says = "It was erased for good; that is in the log."
            report.add("erased", "object", name, says, "Nothing can be done, by design.")
        elif name in left_out:
            says = REASONS.get(left_out[name], "It was left out.")
            report.add("unverifiable", "object", name, says, "Ask its makers, if you need it.")
        else:
            says = "It is named, but missing or changed, and nobody says that it was left out."
            report.add("broken", "object", name, says, ASK)
    for record_id in sorted(set(records) - logged):
        says = "No entry of the log names this record: nothing shows when it was sealed."
        report.add("broken", "record", record_id, says, ASK)
    for name in sorted(package.digests):
        object_id = "sha256:" + name[8:].replace("/", "")
        if name.startswith("objects/") and object_id not in logged | named:
            says = "No record and no entry names it."
            report.add("unverifiable", "object", object_id, says, "Leave it out of account.")


def find_parts(records: dict[str, Record]) -> dict[str, list[str]]:
    """Give the objects that each capture holds and that were made from it.

    Under the empty id stand those of which it is not told from which capture they are.
    """
    parts: dict[str, list[str]] = {}
    for record in records.values():
        if {"parts", "part"} & set(record.hidden):
            parts.setdefault("", []).append("")
        if str(record.values.get("schema")).startswith("answerable.capture/"):
            held = record.values.get("parts")
            for part in held if isinstance(held, list) else []:
                parts.setdefault(record.id, []).append(object_of(part))
        elif str(record.values.get("schema")).startswith("answerable.derivative/"):
            capture = str(record.values.get("capture"))
            parts.setdefault(capture, []).append(object_of(record.values.get("part")))
    return parts


def object_of(part: Any) -> str:
    return str(part.get("object")) if isinstance(part, dict) else ""


def check_parents(records: dict[str, Record], report: Report) -> None:
    """See that what was made from a capture names another part of that capture."""
    parts = find_parts(records)
    for record in records.values():
        part = record.values.get("part")
        if not str(record.values.get("schema")).startswith("answerable.derivative/"):
            continue
        parent = part.get("parent") if isinstance(part, dict) else None
        capture = str(record.values.get("capture"))
        others = list(parts.get(capture, []))
        if object_of(part) in others:
            others.remove(object_of(part))
        if parent is not None and str(parent) in others:
            report.add("ok", "derivative", record.id)
        elif parent is None or capture not in records or "" in parts:
            says = "What it was made from is not told here."
            report.add("unverifiable", "derivative", record.id, says, "Ask its makers.")
        else:
            says = "It says that it was made from something that is no part of its capture."
            report.add("broken", "derivative", record.id, says, ASK)


def check_quotations(
    package: Package,
    records: dict[str, Record],
    left_out: dict[str, str],
    report: Report,
) -> None:
    """See that every quotation stands at its place in the text of its capture."""
    parts = find_parts(records)
    for record in sorted(records.values()):
        tell_pending(record.values, record.id, report)
        passages = record.values.get("passages")
        for number, passage in enumerate(passages if isinstance(passages, list) else [], 1):
            about = f"{record.values.get('id', record.id)}, {number}"
            if not isinstance(passage, dict):
                report.add("broken", "quotation", about, "It is malformed.", ASK)
                continue
            if passage.get("quote") is None and passage.get("capture") is None:
                continue  # told with its source
            state, says, do = resolve(package, passage, parts, left_out)
            report.add(state, "quotation", about, says, do)


def tell_pending(values: dict[str, Any], record_id: str, report: Report) -> None:
    """Name the sources of a record that have no sealed copy: nothing is quoted from them."""
    sources = values.get("sources")
    for source in sources if isinstance(sources, list) else []:
        if isinstance(source, dict) and source.get("capture") is None:
            about = f"{source.get('key')} of {values.get('id', record_id)}"
            says = "This source has no sealed copy yet, and nothing is quoted from it."
            report.add("pending", "source", about, says, "Read it at its address.")


def resolve(
    package: Package, passage: dict[str, Any], parts: dict[str, list[str]], left_out: dict[str, str]
) -> tuple[str, str, str]:
    """Tell what became of one quotation, in the words of `Check`."""
    capture, text_id, quote = passage.get("capture"), passage.get("text"), passage.get("quote")
    start, end = passage.get("start"), passage.get("end")
    if capture is None:
        return "pending", "Its source is not captured yet.", "Read the source at its address."
    if not isinstance(quote, str) or not isinstance(start, int) or not isinstance(end, int):
        return "unverifiable", "Where it stands is not told.", "Ask its makers."
    if not isinstance(text_id, str) or not ID.match(text_id) or not package.has_object(text_id):
        if left_out.get(str(text_id)) == "erased":
            return "erased", "The text it stands in was erased.", "Nothing can be done, by design."
        return "unverifiable", "The text it stands in is not in this package.", "Ask its makers."
    if text_id not in parts.get(str(capture), [text_id]):
        if "" in parts:
            return (
                "unverifiable",
                "From what its text was made is not told here.",
                "Ask its makers.",
            )
        return "broken", "The text it stands in was not made from its capture.", ASK
    text = package.read_text(text_id)
    if 0 <= start < end and text[start:end] == quote:
        return "ok", "", ""
    return "broken", "Other words stand at its place in the sealed text.", ASK


# --- WACZ --------------------------------------------------------------------------------------


def check_archives(package: Package, records: dict[str, Record], report: Report) -> None:
    """Check the digests inside every WACZ that a capture holds."""
    found: dict[str, bool] = {}
    for record in records.values():
        parts = record.values.get("parts")
        for part in parts if isinstance(parts, list) else []:
            if isinstance(part, dict) and part.get("media_type") == "application/wacz+zip":
                found[str(part.get("object"))] = record.values.get("via") == "import"
    for name, imported in sorted(found.items()):
        if not ID.match(name) or not package.has_object(name):
            continue
        fault = find_wacz_fault(package, path_of("objects", name))
        if not fault:
            report.add("ok", "WACZ", name)
            continue
        says = f"Its bytes are those that were sealed, but inside it {fault}."
        do = "It was made by another program and sealed as it was: see its problems."
        report.add(
            "unverifiable" if imported else "broken", "WACZ", name, says, do if imported else ASK
        )


def find_wacz_fault(package: Package, name: str) -> str:
    """Say what is wrong inside a WACZ; empty where nothing is."""
    try:
        with package.files.open(name) as file, zipfile.ZipFile(file) as wacz:
            return _find_wacz_fault(wacz, package.sizes[name])
    except (
        zipfile.BadZipFile,
        Refused,
        ValueError,
        KeyError,
        RuntimeError,
        OSError,
        EOFError,
    ) as e:
        return f"it cannot be read ({str(e)[:120]})"


def _find_wacz_fault(wacz: zipfile.ZipFile, size: int) -> str:
    entries = [each for each in wacz.infolist() if not each.filename.endswith("/")]
    names = [each.filename for each in entries]
    if len(names) != len(set(names)) or len(names) > LIMIT_FILES:
        return "two files bear one name, or there are too many"
    if sum(each.file_size for each in entries) > LIMIT_RATIO * size + MIB:
        return "it unpacks to far more than its size"
    if wacz.getinfo("datapackage.json").file_size > LIMIT_JSON:
        return "its list is too large"
    listing = wacz.read("datapackage.json")
    resources = {each["path"]: each for each in json.loads(listing.decode("utf-8"))["resources"]}
    if "datapackage-digest.json" in names:
        digest = json.loads(wacz.read("datapackage-digest.json").decode("utf-8"))["hash"]
        if digest != "sha256:" + hashlib.sha256(listing).hexdigest():
            return "the digest of its list does not fit"
    for path, entry in sorted(resources.items()):
        found, length = hash_member(wacz, path)
        if (entry["hash"], entry["bytes"]) != (found, length):
            return f"{path[:100]} has another digest or size than listed"
    unlisted = set(names) - set(resources) - {"datapackage.json", "datapackage-digest.json"}
    return f"{min(unlisted)[:100]} is not listed" if unlisted else ""


def hash_member(wacz: zipfile.ZipFile, path: str) -> tuple[str, int]:
    digest, length = hashlib.sha256(), 0
    with wacz.open(path) as member:
        for block in iter(lambda: member.read(MIB), b""):
            digest.update(block)
            length += len(block)
    return "sha256:" + digest.hexdigest(), length


# --- a published page -------------------------------------------------------------------------


def verify_publication(package: Package, openssl: Openssl, trusted: Sequence[str] = ()) -> Report:
    """Check a published page: every file against the list, and the list's signature.

    Raises:
        Refused: It is none, or so damaged that nothing could be checked.
    """
    report = Report()
    manifest = read_manifest(package, PUBLICATION_MANIFEST, PUBLICATION)
    report.about = {"kind": "publication", "case": manifest.get("case")}
    report.about["draft"] = "draft" in manifest
    seals = (PUBLICATION_MANIFEST, PUBLICATION_NOTE)
    check_files(package, manifest, report, seals, added="broken")
    signed = PUBLICATION_NOTE in package.sizes
    if report.about["draft"]:
        says = "This is a draft, not for publication: nobody has signed it."
        state = "broken" if signed or trusted else "unverifiable"
        report.add(state, "signature", PUBLICATION_MANIFEST, says, "Do not pass it on.")
    elif not signed:
        says = "The signature over the list of files is missing."
        report.add("broken", "signature", PUBLICATION_NOTE, says, ASK)
    else:
        keys = read_keys(package, trusted, report, PUBLICATION_KEY)
        note = package.read(PUBLICATION_NOTE, MIB)
        text = check_note(PUBLICATION_NOTE, note, keys, openssl, report)
        digest = hashlib.sha256(package.read(PUBLICATION_MANIFEST)).hexdigest()
        if text != f"{PUBLICATION}\n{digest}\n".encode():
            says = "The signature is over another list of files than the one that lies here."
            report.add("broken", "signature", PUBLICATION_MANIFEST, says, ASK)
    return report


# --- the whole, and how it is told -------------------------------------------------------------


def verify(
    package: Package,
    openssl: Openssl,
    trusted: Sequence[str] = (),
    held: Path | None = None,
) -> Report:
    """Check all of a package, or of a published page.

    Raises:
        Refused: It is neither, or so damaged that nothing could be checked.
    """
    if package.is_publication():
        if held:
            raise Refused("a published page holds no log that a checkpoint could be held against")
        return verify_publication(package, openssl, trusted)
    report = Report()
    manifest = read_manifest(package)
    check_files(package, manifest, report)
    keys = read_keys(package, trusted, report)
    note = package.read(CHECKPOINT, MIB)
    checkpoint = read_checkpoint(check_note(CHECKPOINT, note, keys, openssl, report))
    check_seal(package, keys, openssl, report)
    check_timestamps(package, openssl, report)
    if held:
        check_held(package, checkpoint, held, report)
    report.about = {
        "name": manifest.get("name"),
        "case": manifest.get("case"),
        "log": checkpoint.origin,
        "entries": checkpoint.size,
        "root": base64.b64encode(checkpoint.root).decode(),
    }
    check_content(package, manifest, checkpoint, note, report)
    return report


def check_content(
    package: Package,
    manifest: dict[str, Any],
    checkpoint: Checkpoint,
    note: bytes,
    report: Report,
) -> None:
    events = check_events(package, checkpoint, note, report)
    erased = {event["obj"] for event in events if event.get("act") == "source.erase"}
    left_out = {
        name: "erased" if name in erased else str(why)
        for name, why in manifest["left_out"].items()
        if why != "erased" or name in erased
    }
    records = check_records(package, erased, report)
    check_named(package, events, records, left_out, report)
    check_parents(records, report)
    check_quotations(package, records, left_out, report)
    check_archives(package, records, report)


def plain(text: Any) -> str:
    """Make a text fit for a terminal: no control characters, no turned direction."""
    shown = str(text)[:400]
    return "".join(c if c.isprintable() else "\ufffd" for c in shown)


def tell(report: Report) -> str:
    """Write what was found as a table in plain words."""
    about = report.about
    lines = []
    if about.get("kind") == "publication":
        lines.append(name_publication(about))
    elif about:
        lines.append(f"Package: {plain(about['name'])}")
        log = f"{plain(about['log'])}, {about['entries']:,} entries, root {plain(about['root'])}"
        lines.append(f"Log: {log}")
    lines += [f"Key: {plain(key)}" for key in report.keys]
    shown = [state for state in STATES if any(c.get(state) for c in report.counts.values())]
    lines += ["", "  ".join(["checked".ljust(12), *(state.rjust(12) for state in shown)])]
    for kind, counts in report.counts.items():
        cells = [str(counts.get(state, 0) or "").rjust(12) for state in shown]
        lines.append("  ".join([kind.ljust(12), *cells]).rstrip())
    lines += tell_checks(report.checks)
    for entry in report.withheld:
        fields = ", ".join(plain(field) for field in entry["fields"])
        lines += ["", f"withheld: {fields} of {plain(entry['schema'])} {entry['record']}"]
    lines += ["", conclude(report)]
    return "\n".join(lines) + "\n"


def name_publication(about: dict[str, Any]) -> str:
    """Say what lies there: a published page, a draft of one, or the notice that took its place."""
    if about["case"] is None:
        return "Notice in the place of a page that was withdrawn"
    if about["draft"]:
        return f"Draft of a page of the case, not published: {plain(about['case'])}"
    return f"Published page of the case: {plain(about['case'])}"


def tell_checks(checks: Sequence[Check]) -> list[str]:
    """Write what is not ok, what says the same together; of what is no fault, the first few."""
    alike: dict[tuple[str, str, str, str], list[str]] = {}
    for check in sorted(checks, key=lambda check: -STATES.index(check.state)):
        said = (check.state, check.kind, check.says, check.do)
        alike.setdefault(said, []).append(check.about)
    lines = []
    for (state, kind, says, do), about in alike.items():
        most = len(about) if state in FAULTS else MOST_TOLD
        lines += ["", *(f"{state}: {plain(kind)} {plain(each)}" for each in about[:most])]
        if len(about) > most:
            lines.append(f"{state}: {plain(kind)}, and {len(about) - most:,} more like these")
        lines.append(f"    {plain(says)} {plain(do)}".rstrip())
    return lines


def conclude(report: Report) -> str:
    if report.is_faulty:
        return "Something is broken or lost: do not rely on what is named above."
    if report.about.get("draft"):
        return "This is a draft that nobody has signed: anybody can have made or changed it."
    told = (
        "All that could be checked here fits its seal. That shows that it is what was sealed; it "
        "does not show that what it says is true."
    )
    compare = " Compare the key with one that its makers gave you by another way."
    return told + (compare if report.keys else "")


def read_words(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n\n")[0], epilog=(__doc__ or "").split("\n\n")[2]
    )
    here = Path(__file__).resolve().parent
    parser.add_argument("package", nargs="?", type=Path, default=here, help="a folder or a zip")
    parser.add_argument("--json", action="store_true", help="print it for programs")
    parser.add_argument("--key", action="append", default=[], help="a public key that you trust")
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint kept elsewhere")
    return parser.parse_args(words)


def run(words: Sequence[str] | None = None) -> int:
    asked = read_words(words)
    if not asked.package.exists():
        sys.stderr.write(f"There is no {plain(asked.package)}. Give a folder or a zip.\n")
        return 2
    try:
        program = find_openssl([asked.package if asked.package.is_dir() else Path.cwd()])
        report = verify(open_package(asked.package), Openssl(program), asked.key, asked.checkpoint)
    except DAMAGE as error:
        report = Report()
        says = f"It cannot be read as a package: {plain(error)}."
        report.add("broken", "package", str(asked.package), says, ASK)
    told = json.dumps(report.as_dict(), indent=1) + "\n" if asked.json else tell(report)
    sys.stdout.buffer.write(told.encode("utf-8", "replace"))
    return report.exit_code


if __name__ == "__main__":
    sys.exit(run())

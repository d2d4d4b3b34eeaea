"""Checkpoints: signed size and root, against which every change of the log is found."""

import base64
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from answerable.errors import CheckpointFaulty, LogFaulty
from answerable.ledger.canonical import digest
from answerable.ledger.checkpoints import (
    Checkpoint,
    check_log,
    check_note,
    checkpoint_path,
    hold_against,
    list_checkpoints,
    read_checkpoints,
    seal_checkpoint,
)
from answerable.ledger.events import Event, parse_line, write_line
from answerable.ledger.keys import SIGNING_KEY, Signer, Verifier, open_signer, parse_verifier
from answerable.ledger.log import Ledger, append_deed, read_deeds, read_lines
from answerable.ledger.merkle import root_of
from answerable.ledger.notes import open_note, sign_note
from tests.ledger.signing import OPENSSL, write_public_key

# A checkpoint of the Go checksum database; the example of C2SP tlog-checkpoint has its size, root
# and signature under other names.
GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
GO_NOTE = """\
go.sum database tree
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— sum.golang.org Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+\
zyWE+xeMcTOAYQ8=
"""

# The key and the note of the tests of Go's package sumdb/note.
PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PETER_TEXT = b"""\
If you think cryptography is the answer to your problem,
then you don't know what your problem is.
"""
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
    "KE6RyyBwJnAM=\n"
)


def test_a_known_checkpoint_is_read() -> None:
    checkpoint = check_note(GO_NOTE.encode(), [parse_verifier(GO_KEY)])
    assert (checkpoint.origin, checkpoint.size) == ("go.sum database tree", 20_852_163)
    assert checkpoint.root.hex().startswith("0ac5186a91863e8e")
    assert checkpoint.signed_by == ("033de0ae",)


def test_a_known_note_is_read() -> None:
    note = PETER_TEXT + b"\n" + PETER_LINE.encode()
    assert open_note(note, [parse_verifier(PETER_KEY)]) == (PETER_TEXT, ("c74f20a3",))


def test_a_known_note_is_signed_byte_for_byte() -> None:
    signer = Signer(Ed25519PrivateKey.from_private_bytes(PETER_SEED), parse_verifier(PETER_KEY))
    assert sign_note(PETER_TEXT, signer) == PETER_TEXT + b"\n" + PETER_LINE.encode()


def signer_of(name: str) -> Signer:
    key = Ed25519PrivateKey.generate()
    return Signer(key, Verifier(name, key.public_key().public_bytes_raw()))


def test_several_keys_may_sign_and_unknown_ones_do_not_count() -> None:
    one, other, stranger = (signer_of(name) for name in ("one", "other", "stranger"))
    text = b"log\n0\n" + b"A" * 43 + b"=\n"
    lines = [sign_note(text, each)[len(text) + 1 :] for each in (one, stranger, other)]
    note = text + b"\n" + b"".join(lines)
    known = [one.verifier, other.verifier]
    assert check_note(note, known).signed_by == (one.id, other.id)
    with pytest.raises(CheckpointFaulty, match="no key that is known"):
        check_note(text + b"\n" + lines[1], known)
    forged = lines[2].replace(lines[2][-20:-10], lines[0][-20:-10])
    with pytest.raises(CheckpointFaulty, match="edited"):
        check_note(text + b"\n" + lines[0] + forged, known)


def test_a_witness_signs_with_a_time() -> None:
    key = Ed25519PrivateKey.generate()
    witness = Verifier("witness.invalid/w", key.public_key().public_bytes_raw(), 4)
    assert parse_verifier(witness.text) == witness
    text = b"log\n0\n" + b"A" * 43 + b"=\n"
    signature = key.sign(b"cosignature/v1\ntime 1790000000\n" + text)
    stated = (1_790_000_000).to_bytes(8, "big")
    assert witness.approves(text, stated + signature)
    assert not witness.approves(text, (1_790_000_001).to_bytes(8, "big") + signature)
    assert not witness.approves(text, signature)


NOTES: dict[str, Callable[[str], str]] = {
    "nothing": lambda _: "",
    "no signature": lambda note: note.split("\n\n")[0] + "\n\n",
    "no empty line": lambda note: note.replace("\n\n", "\n"),
    "no newline at the end": lambda note: note[:-1],
    "a line more": lambda note: note + "more\n",
    "another size": lambda note: note.replace("20852163", "20852162"),
    "another dash": lambda note: note.replace("—", "-"),
    "an open base64": lambda note: note.replace("AYQ8=", "AYQ8"),
    "another base64": lambda note: note.replace("AYQ8=", "AYQ9="),
    "a flipped signature": lambda note: note.replace("Az3grlgt", "Az3grlgu"),
    "a control character": lambda note: note.replace("go.sum", "go.sum\r"),
    "too long": lambda note: note + "x" * (1 << 18),
}


@pytest.mark.parametrize("edit", NOTES.values(), ids=NOTES.keys())
def test_a_changed_note_is_refused(edit: Callable[[str], str]) -> None:
    with pytest.raises(CheckpointFaulty):
        check_note(edit(GO_NOTE).encode(), [parse_verifier(GO_KEY)])


@pytest.mark.parametrize(
    "text",
    ["log\n1\n", "log\n01\nAAAA\n", "log\n1\nAAAA\n", "\n1\n" + "A" * 43 + "=\n", "log\n-1\nA\n"],
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    signer = signer_of("log")
    with pytest.raises(CheckpointFaulty):
        check_note(sign_note(text.encode(), signer), [signer.verifier])


def test_a_note_that_is_no_text_is_refused() -> None:
    with pytest.raises(CheckpointFaulty, match="UTF-8"):
        check_note(b"\xff\n\n\xff\n", [])


def fill(ledger: Ledger, count: int) -> None:
    for number in range(count):
        append_deed(ledger, "claim.file", digest(str(number).encode()))


def test_a_checkpoint_states_size_and_root(ledger: Ledger) -> None:
    fill(ledger, 4)
    sealed = seal_checkpoint(ledger)
    assert (sealed.size, sealed.root) == (5, root_of(read_lines(ledger.path)))
    assert checkpoint_path(ledger, sealed).name == "000000005"
    assert checkpoint_path(ledger, sealed).read_bytes() == sealed.note
    assert sealed.note.decode().startswith(f"{ledger.origin}\n5\n")
    assert read_checkpoints(ledger) == [sealed]


def test_the_same_size_twice_is_the_same_checkpoint(ledger: Ledger) -> None:
    fill(ledger, 1)
    assert seal_checkpoint(ledger) == seal_checkpoint(ledger)
    assert len(list_checkpoints(ledger)) == 1


def test_sealing_an_empty_log_seals_the_key(ledger: Ledger) -> None:
    assert seal_checkpoint(ledger).size == 1
    assert [event.act for event in read_deeds(ledger)] == ["key.add"]


@pytest.mark.skipif(OPENSSL is None, reason="openssl is not here")
def test_openssl_checks_a_checkpoint(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 2)
    text, _, line = seal_checkpoint(ledger).note.decode().rpartition("\n\n")
    words = write_public_key(tmp_path, ledger.signer.verifier, f"{text}\n", line)
    assert subprocess.run(words, check=False, capture_output=True).returncode == 0
    (tmp_path / "text").write_text(f"{text}x\n", encoding="utf-8")
    assert subprocess.run(words, check=False, capture_output=True).returncode == 1


def rewrite(lines: list[bytes], number: int, obj: str) -> list[bytes]:
    """Edit a line and mend the chain behind it, as an intruder with time would."""
    written: list[bytes] = []
    before: Event | None = None
    for place, line in enumerate(lines):
        event = parse_line(line)
        new = obj if place == number else event.obj
        written.append(write_line(before, event.at, event.by, event.act, new, event.refs))
        before = parse_line(written[-1])
    return written


def put_lines(ledger: Ledger, lines: list[bytes]) -> None:
    ledger.path.write_bytes(b"".join(line + b"\n" for line in lines))


OTHER = "sha256:" + "1" * 64
TAMPERINGS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "the end is cut off": (lambda lines: lines[:9], "its end was cut off"),
    "a line is edited and the chain mended": (
        lambda lines: rewrite(lines, 8, OTHER),
        "between lines 7 and 11",
    ),
    "an early line is edited and the chain mended": (
        lambda lines: rewrite(lines, 1, OTHER),
        "between lines 1 and 6",
    ),
    "the last line is edited": (
        lambda lines: [*lines[:-1], rewrite(lines, 10, OTHER)[-1]],
        "between lines 7 and 11",
    ),
    "a line is removed and the chain mended": (
        lambda lines: rewrite([*lines[:4], *lines[5:]], -1, ""),
        "its end was cut off",
    ),
    "all of it is gone": (lambda _: [], "its end was cut off"),
}


@pytest.mark.parametrize(("tamper", "why"), TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_tampering_is_found_against_a_checkpoint(
    ledger: Ledger, tamper: Callable[[list[bytes]], list[bytes]], why: str
) -> None:
    fill(ledger, 5)
    seal_checkpoint(ledger)
    fill(ledger, 5)
    held = seal_checkpoint(ledger)
    assert check_log(ledger, [held]).faults == ()
    hold_against(ledger, held)
    put_lines(ledger, tamper(list(read_lines(ledger.path))))
    found = check_log(ledger)
    assert any(why in str(fault) for fault in found.faults), found.faults
    with pytest.raises(CheckpointFaulty):
        hold_against(ledger, held)
    with pytest.raises((CheckpointFaulty, LogFaulty)):
        seal_checkpoint(ledger)


def test_a_log_that_only_grew_holds_all_its_checkpoints(ledger: Ledger) -> None:
    held = []
    for _ in range(4):
        fill(ledger, 3)
        held.append(seal_checkpoint(ledger))
    found = check_log(ledger, held)
    assert found.faults == ()
    assert (found.size, found.torn, list(found.checkpoints)) == (13, 0, held)


def test_faults_are_told_all_at_once(ledger: Ledger) -> None:
    fill(ledger, 3)
    seal_checkpoint(ledger)
    fill(ledger, 3)
    path = checkpoint_path(ledger, seal_checkpoint(ledger))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"\n7\n", b"\n8\n"))
    lines = list(read_lines(ledger.path))
    put_lines(ledger, [*lines[:2], lines[2].replace(b"claim.file", b"claim.gone"), *lines[3:]])
    found = check_log(ledger)
    assert [type(fault) for fault in found.faults] == [
        LogFaulty,
        CheckpointFaulty,
        CheckpointFaulty,
    ]
    assert found.checkpoints == ()


def test_a_renamed_checkpoint_is_found(ledger: Ledger) -> None:
    fill(ledger, 1)
    path = checkpoint_path(ledger, seal_checkpoint(ledger))
    path.rename(path.with_name("000000007"))
    [fault] = check_log(ledger).faults
    assert "renamed" in str(fault)


def test_a_checkpoint_of_another_log_is_told(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 1)
    held = replace(seal_checkpoint(ledger), origin="example.invalid/log")
    with pytest.raises(CheckpointFaulty, match="another log"):
        hold_against(ledger, held)


def test_a_stolen_key_still_cannot_undo_a_checkpoint_held_elsewhere(ledger: Ledger) -> None:
    fill(ledger, 5)
    held, key = seal_checkpoint(ledger), ledger.signer.verifier
    lines = rewrite(list(read_lines(ledger.path)), 3, OTHER)
    put_lines(ledger, lines)
    checkpoint_path(ledger, held).unlink()
    forged = seal_checkpoint(ledger)
    assert check_log(ledger).faults == (), "by itself the rewritten log looks whole"
    assert forged.signed_by == held.signed_by
    with pytest.raises(CheckpointFaulty, match="edited, removed or put in another order"):
        hold_against(ledger, check_note(held.note, [key]))


def test_what_a_lost_key_signed_can_still_be_checked(ledger: Ledger) -> None:
    fill(ledger, 2)
    first = seal_checkpoint(ledger)
    (ledger.keys / SIGNING_KEY).unlink()
    second = seal_checkpoint(ledger)
    assert (first.size, second.size) == (3, 4)
    assert first.signed_by != second.signed_by
    assert check_log(ledger).faults == ()
    assert read_checkpoints(ledger) == [first, second]
    assert open_signer(ledger.keys, ledger.origin).id == second.signed_by[0]


def test_a_checkpoint_without_its_key_is_refused(ledger: Ledger) -> None:
    fill(ledger, 1)
    seal_checkpoint(ledger)
    (ledger.folder / "keys").write_text("")
    [fault] = check_log(ledger).faults
    assert "no key that is known" in str(fault)


def test_names_of_checkpoints_sort(ledger: Ledger) -> None:
    fill(ledger, 1)
    sealed: Checkpoint = seal_checkpoint(ledger)
    assert sealed.name == "000000002"
    assert replace(sealed, size=12_345_678_901).name == "12345678901"

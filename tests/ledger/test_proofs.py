"""Proofs: one line shown to stand in a signed log, without the others."""

from collections.abc import Callable

import pytest

from answerable.errors import CheckpointFaulty, ProofFaulty
from answerable.ledger.canonical import digest
from answerable.ledger.checkpoints import Checkpoint, seal_checkpoint
from answerable.ledger.log import Ledger, append_deed, read_lines
from answerable.ledger.merkle import Tree, grow_tree
from answerable.ledger.proofs import check_proof, read_proof, write_proof


@pytest.fixture
def sealed(ledger: Ledger) -> tuple[Tree, Checkpoint, list[bytes]]:
    for number in range(10):
        append_deed(ledger, "claim.file", digest(str(number).encode()))
    checkpoint = seal_checkpoint(ledger)
    append_deed(ledger, "claim.file", digest(b"later"))
    lines = list(read_lines(ledger.path))
    return grow_tree(lines), checkpoint, lines


def test_every_line_of_a_checkpoint_is_proved(
    ledger: Ledger, sealed: tuple[Tree, Checkpoint, list[bytes]]
) -> None:
    tree, checkpoint, lines = sealed
    for index in range(checkpoint.size):
        text = write_proof(tree, index, checkpoint)
        assert check_proof(text, lines[index], ledger.verifiers) == checkpoint
        with pytest.raises(ProofFaulty, match="not in the log of that root"):
            check_proof(text, lines[index - 1], ledger.verifiers)
    with pytest.raises(ProofFaulty):
        write_proof(tree, checkpoint.size, checkpoint)


def test_a_proof_reads_as_the_standard_says(
    sealed: tuple[Tree, Checkpoint, list[bytes]],
) -> None:
    tree, checkpoint, _ = sealed
    head, _, note = write_proof(tree, 10, checkpoint).partition(b"\n\n")
    assert head.split(b"\n")[:2] == [b"c2sp.org/tlog-proof@v1", b"index 10"]
    assert len(head.split(b"\n")) == 2 + 2, "11 = 8 + 2 + 1: two hashes"
    assert note == checkpoint.note


def test_extra_data_is_passed_over(
    ledger: Ledger, sealed: tuple[Tree, Checkpoint, list[bytes]]
) -> None:
    tree, checkpoint, lines = sealed
    text = write_proof(tree, 3, checkpoint).replace(b"\nindex", b"\nextra AAAA\nindex", 1)
    assert check_proof(text, lines[3], ledger.verifiers) == checkpoint


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "another form": lambda text: text.replace(b"@v1", b"@v2"),
    "no index": lambda text: text.replace(b"index 3\n", b""),
    "another index": lambda text: text.replace(b"index 3", b"index 4"),
    "a leading zero": lambda text: text.replace(b"index 3", b"index 03"),
    "a hash less": lambda text: b"\n".join(text.split(b"\n")[:2] + text.split(b"\n")[3:]),
    "a hash more": lambda text: text.replace(b"\n\n", b"\n" + b"A" * 43 + b"=\n\n", 1),
    "a short hash": lambda text: text.replace(b"\n\n", b"\nAAAA\n\n", 1),
    "no base64": lambda text: text.replace(b"\n\n", b"\n*\n\n", 1),
    "no ASCII": lambda text: text.replace(b"index", "índex".encode(), 1),
    "too many hashes": lambda text: text.replace(b"\n\n", b"\nAAAA" * 200 + b"\n\n", 1),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_proof_is_refused(
    ledger: Ledger,
    sealed: tuple[Tree, Checkpoint, list[bytes]],
    change: Callable[[bytes], bytes],
) -> None:
    tree, checkpoint, lines = sealed
    text = write_proof(tree, 3, checkpoint)
    assert read_proof(text).index == 3
    with pytest.raises(ProofFaulty):
        check_proof(change(text), lines[3], ledger.verifiers)


def test_a_proof_under_a_checkpoint_that_nobody_signed_is_refused(
    ledger: Ledger, sealed: tuple[Tree, Checkpoint, list[bytes]]
) -> None:
    tree, checkpoint, lines = sealed
    text = write_proof(tree, 3, checkpoint)
    with pytest.raises(CheckpointFaulty):
        check_proof(text.replace(b"\n11\n", b"\n12\n"), lines[3], ledger.verifiers)
    with pytest.raises(CheckpointFaulty):
        check_proof(text, lines[3], [])

"""Merkle roots and proofs against pymerkle, an implementation of RFC 9162 by others."""

import hashlib
import itertools
from pathlib import Path

from answerable.engine.workspace import make_workspace
from answerable.ledger.canonical import digest
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import append_deed, open_ledger
from answerable.ledger.merkle import (
    check_consistency,
    check_inclusion,
    grow_tree,
    prove_consistency,
    prove_inclusion,
    root_of,
)
from tests.oracles.asking import Oracle

LINES = [f'{{"n":{number}}}'.encode() for number in range(70)]
LEAVES = [line.hex() for line in LINES]
AWKWARD = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 70]


def test_the_root_of_every_size_is_pymerkles(formats: Oracle) -> None:
    theirs = formats.ask("roots", leaves=LEAVES)
    assert [root_of(LINES[:size]).hex() for size in range(1, 71)] == theirs


def test_the_root_of_a_checkpoint_is_pymerkles_over_the_lines_of_the_log(
    formats: Oracle, tmp_path: Path
) -> None:
    ledger = open_ledger(make_workspace(tmp_path / "work"), keys=tmp_path / "keys")
    for number in range(20):
        append_deed(ledger, "case.open", digest(str(number).encode()))
    checkpoint = seal_checkpoint(ledger)
    lines = (ledger.folder / "log.jsonl").read_bytes().splitlines()
    roots = formats.ask("roots", leaves=[line.hex() for line in lines])
    assert checkpoint.size == len(lines)
    assert checkpoint.root.hex() == roots[-1]


def test_inclusion_proofs_are_pymerkles_and_check(formats: Oracle) -> None:
    tree = grow_tree(LINES)
    for size in AWKWARD:
        for index in {0, size // 2, size - 1}:
            theirs = formats.ask("inclusion", leaves=LEAVES, index=index, size=size)
            assert [each.hex() for each in prove_inclusion(tree, index, size)] == theirs
            path = [bytes.fromhex(each) for each in theirs]
            check_inclusion(LINES[index], index, size, path, root_of(LINES[:size]))


def test_consistency_proofs_join_pymerkles_roots(formats: Oracle) -> None:
    """pymerkle lays its own proofs out in another order than the RFC: its roots are the oracle."""
    roots = [bytes.fromhex(root) for root in formats.ask("roots", leaves=LEAVES)]
    tree = grow_tree(LINES)
    for old, new in itertools.combinations(AWKWARD, 2):
        proof = prove_consistency(tree, old, new)
        check_consistency(old, new, proof, roots[old - 1], roots[new - 1])
        assert _resolve(old, new, list(proof), roots[old - 1]) == (roots[old - 1], roots[new - 1])


def _resolve(old: int, new: int, path: list[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    """Both roots as RFC 9162, section 2.1.4.2, computes them: by bits, from below."""
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    first, second = old - 1, new - 1
    while first & 1:
        first, second = first >> 1, second >> 1
    old_hash = new_hash = path[0]
    for sibling in path[1:]:
        assert second
        if first & 1 or first == second:
            old_hash, new_hash = _join(sibling, old_hash), _join(sibling, new_hash)
            while first and not first & 1:
                first, second = first >> 1, second >> 1
        else:
            new_hash = _join(new_hash, sibling)
        first, second = first >> 1, second >> 1
    assert second == 0
    return old_hash, new_hash


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()

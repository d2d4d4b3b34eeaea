"""The Merkle tree: known roots, and proofs that prove what they should and nothing else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import ProofFaulty
from answerable.ledger.merkle import (
    EMPTY_ROOT,
    check_consistency,
    check_inclusion,
    grow_tree,
    hash_leaf,
    measure_lines,
    prove_consistency,
    prove_inclusion,
    root_of,
)

# The leaves and roots with which implementations of Certificate Transparency are tested.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LINES = [str(number).encode() for number in range(70)]
TREE = grow_tree(LINES)
sizes = st.integers(1, 70)


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]
    assert grow_tree(LEAVES[:size]).root().hex() == ROOTS[size]


def test_a_leaf_is_not_a_node() -> None:
    left, right = hash_leaf(b"a"), hash_leaf(b"b")
    assert root_of([b"a", b"b"]) != root_of([left + right])
    assert hash_leaf(b"") != EMPTY_ROOT == hashlib.sha256().digest()


def test_roots_at_earlier_sizes_come_in_one_go() -> None:
    size, root, roots = measure_lines(iter(LINES), [0, 1, 33, 70, 71])
    assert (size, root) == (70, root_of(LINES))
    assert roots == {each: root_of(LINES[:each]) for each in (0, 1, 33, 70)}


@given(sizes, st.data())
def test_a_line_is_proved_at_its_place_only(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = prove_inclusion(TREE, index, size), root_of(LINES[:size])
    check_inclusion(LINES[index], index, size, proof, root)
    assert len(proof) <= (size - 1).bit_length()
    other = data.draw(st.integers(0, 70).filter(lambda each: each != index))
    for line, place, count, hashes in [
        (LINES[index] + b"x", index, size, proof),
        (LINES[index], other, size, proof),
        (LINES[index], index, size, (*proof, root)),
        (LINES[index], index, size, proof[:-1] if proof else (root,)),
    ]:
        with pytest.raises(ProofFaulty):
            check_inclusion(line, place, count, hashes, root)


@given(sizes, sizes, st.data())
def test_growth_is_proved_and_nothing_else(one: int, other: int, data: st.DataObject) -> None:
    old, new = sorted((one, other))
    proof = prove_consistency(TREE, old, new)
    old_root, new_root = root_of(LINES[:old]), root_of(LINES[:new])
    check_consistency(old, new, proof, old_root, new_root)
    edited = data.draw(st.integers(0, old - 1))
    rewritten = root_of([*LINES[:edited], b"x", *LINES[edited + 1 : new]])
    for first, second, hashes in [
        (old_root, rewritten, proof),
        (rewritten, new_root, proof),
        (old_root, new_root, (*proof, old_root)),
        (old_root, new_root, proof[1:] if proof else (old_root,)),
    ]:
        with pytest.raises(ProofFaulty):
            check_consistency(old, new, hashes, first, second)


def test_a_rewritten_log_cannot_prove_growth() -> None:
    rewritten = [b"x", *LINES[1:]]
    proof = prove_consistency(rewritten, 40, 70)
    with pytest.raises(ProofFaulty, match="does not hold the earlier log"):
        check_consistency(40, 70, proof, root_of(LINES[:40]), root_of(rewritten))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, 71)])
def test_what_is_not_there_is_not_proved(index: int, size: int) -> None:
    with pytest.raises(ProofFaulty):
        prove_inclusion(TREE, index, size)
    with pytest.raises(ProofFaulty):
        check_inclusion(b"0", index, size, [], root_of(LINES))


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (3, 71), (-1, 2)])
def test_no_growth_between_sizes_that_are_none(old: int, new: int) -> None:
    with pytest.raises(ProofFaulty):
        prove_consistency(TREE, old, new)
    with pytest.raises(ProofFaulty):
        check_consistency(old, new, [], EMPTY_ROOT, EMPTY_ROOT)


@pytest.mark.parametrize("hashes", [[b"short"], [bytes(32)] * 129])
def test_hashes_are_bounded(hashes: list[bytes]) -> None:
    with pytest.raises(ProofFaulty, match="hashes"):
        check_inclusion(b"0", 0, 2, hashes, bytes(32))
    with pytest.raises(ProofFaulty, match="hashes"):
        check_consistency(1, 2, hashes, bytes(32), bytes(32))

"""The Merkle tree over the log's lines: one root for all of them, and short proofs about it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answerable.errors import ProofFaulty

EMPTY_ROOT = hashlib.sha256().digest()
"""Root of no lines."""

MOST_HASHES = 128
"""More hashes than any proof over fewer than 2^63 lines has."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The hashes of every whole subtree, so that a root or proof costs a few hashes.

    Args:
        levels: At each height h from 0, the roots of the subtrees of 2^h lines, from the left.
    """

    levels: tuple[tuple[bytes, ...], ...]

    @property
    def size(self) -> int:
        """Number of lines."""
        return len(self.levels[0])

    def root(self, start: int = 0, end: int | None = None) -> bytes:
        """Return the root over the lines from `start` up to `end`."""
        end = self.size if end is None else end
        count = end - start
        if count == 0:
            return EMPTY_ROOT
        height = count.bit_length() - 1
        if count == 1 << height and start % count == 0:
            return self.levels[height][start >> height]
        middle = start + _split(count)
        return hash_children(self.root(start, middle), self.root(middle, end))


def hash_leaf(line: bytes) -> bytes:
    """Return the hash of a line as a leaf."""
    return hashlib.sha256(b"\x00" + line).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from those of its children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow_tree(leaves: Iterable[bytes]) -> Tree:
    """Return the tree over lines, given without their newlines.

    Cost:
        About a microsecond and 100 bytes per line.
    """
    level = tuple(hash_leaf(line) for line in leaves)
    levels = [level]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = tuple(hash_children(left, right) for left, right in pairs)
        levels.append(level)
    return Tree(tuple(levels))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over lines, given without their newlines.

    Returns:
        32 bytes; for no lines, the hash of nothing.

    Source:
        RFC 6962 (Certificate Transparency), section 2.1.

    Cost:
        About a microsecond per line, and no memory beyond one hash per height.

    Example:
        >>> root_of([]).hex()[:12], root_of([b""]).hex()[:12]
        ('e3b0c44298fc', '6e340b9cffb3')
    """
    return measure_lines(leaves)[1]


def measure_lines(
    leaves: Iterable[bytes], sizes: Iterable[int] = ()
) -> tuple[int, bytes, dict[int, bytes]]:
    """Count lines and return their number, their root, and the roots at earlier sizes, in one go.

    Args:
        leaves: The lines, without their newlines.
        sizes: Sizes at which the root is asked for.

    Returns:
        Number, root, and size to root for those sizes that were reached.
    """
    wanted = frozenset(sizes)
    roots = {0: EMPTY_ROOT} if 0 in wanted else {}
    peaks: list[tuple[int, bytes]] = []
    size = 0
    for size, line in enumerate(leaves, 1):
        height, node = 0, hash_leaf(line)
        while peaks and peaks[-1][0] == height:
            node = hash_children(peaks.pop()[1], node)
            height += 1
        peaks.append((height, node))
        if size in wanted:
            roots[size] = _fold(peaks)
    return size, _fold(peaks), roots


def _fold(peaks: list[tuple[int, bytes]]) -> bytes:
    """Return the root over whole subtrees of falling heights."""
    if not peaks:
        return EMPTY_ROOT
    *others, (_, root) = peaks
    for _, left in reversed(others):
        root = hash_children(left, root)
    return root


def _split(size: int) -> int:
    """Return the largest power of two below a size of at least two."""
    return 1 << ((size - 1).bit_length() - 1)


def prove_inclusion(
    leaves: Tree | Iterable[bytes], index: int, size: int | None = None
) -> tuple[bytes, ...]:
    """Return the hashes which show that a line stands at its place in a log of some size.

    Args:
        leaves: The lines without their newlines, or their tree, where several proofs are asked.
        index: Number of the line, from 0.
        size: Size of the log for which to prove it; by default all lines.

    Returns:
        Hashes from the leaf's sibling up.

    Raises:
        ProofFaulty: There is no such line, or no such size.

    Source:
        RFC 6962, section 2.1.1.

    Example:
        >>> lines = [b"first", b"second", b"third"]
        >>> proof = prove_inclusion(lines, 1)
        >>> check_inclusion(b"second", 1, 3, proof, root_of(lines))
    """
    tree = leaves if isinstance(leaves, Tree) else grow_tree(leaves)
    size = tree.size if size is None else size
    if not 0 <= index < size <= tree.size:
        raise ProofFaulty(f"there is no line {index} in a log of {size} of {tree.size} lines")
    return tuple(_climb(tree, index, 0, size))


def _climb(tree: Tree, index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_climb(tree, index, start, middle), tree.root(middle, end)]
    return [*_climb(tree, index, middle, end), tree.root(start, middle)]


def check_inclusion(
    line: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that a line stands at its place in the log whose root is given.

    It does not show who wrote the line, nor when: the signature and the stamp over the root do.

    Args:
        line: The line without its newline.
        index: Its number, from 0.
        size: Size of the log.
        proof: Hashes from the leaf's sibling up.
        root: Root of the log at that size.

    Raises:
        ProofFaulty: It does not.
    """
    if not 0 <= index < size:
        raise ProofFaulty(f"there is no line {index} in a log of {size} lines")
    _check_hashes(proof)
    rest = list(proof)
    found = _rebuild(hash_leaf(line), index, size, rest)
    if rest:
        raise ProofFaulty(f"it has {len(rest)} hashes too many")
    if found != root:
        raise ProofFaulty(f"line {index} as given is not in the log of that root")


def _rebuild(leaf: bytes, index: int, size: int, rest: list[bytes]) -> bytes:
    if size == 1:
        return leaf
    middle = _split(size)
    if not rest:
        raise ProofFaulty("it has too few hashes")
    sibling = rest.pop()
    if index < middle:
        return hash_children(_rebuild(leaf, index, middle, rest), sibling)
    return hash_children(sibling, _rebuild(leaf, index - middle, size - middle, rest))


def prove_consistency(
    leaves: Tree | Iterable[bytes], old: int, new: int | None = None
) -> tuple[bytes, ...]:
    """Return the hashes which show that a log only grew between two sizes.

    Args:
        leaves: The lines without their newlines, or their tree.
        old: The earlier size, at least 1.
        new: The later size; by default all lines.

    Raises:
        ProofFaulty: There are no such sizes.

    Source:
        RFC 6962, section 2.1.2.
    """
    tree = leaves if isinstance(leaves, Tree) else grow_tree(leaves)
    new = tree.size if new is None else new
    if not 0 < old <= new <= tree.size:
        raise ProofFaulty(f"a log of {tree.size} lines did not grow from {old} to {new}")
    return tuple(_join(tree, old, 0, new, whole=True))


def _join(tree: Tree, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    if old == end:
        return [] if whole else [tree.root(start, end)]
    middle = start + _split(end - start)
    if old <= middle:
        return [*_join(tree, old, start, middle, whole=whole), tree.root(middle, end)]
    return [*_join(tree, old, middle, end, whole=False), tree.root(start, middle)]


def check_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Check that the log of the later root holds the log of the earlier root, unchanged.

    Args:
        old: The earlier size, at least 1.
        new: The later size.
        proof: Hashes as `prove_consistency` gives them.
        old_root: Root at the earlier size.
        new_root: Root at the later size.

    Raises:
        ProofFaulty: It does not: lines up to the earlier size were edited, removed or reordered.
    """
    if not 0 < old <= new:
        raise ProofFaulty(f"a log does not grow from {old} to {new} lines")
    _check_hashes(proof)
    rest = list(reversed(proof))
    found_old, found_new = _rejoin(old, new, rest, old_root, whole=True)
    if rest:
        raise ProofFaulty(f"it has {len(rest)} hashes too many")
    if (found_old, found_new) != (old_root, new_root):
        raise ProofFaulty(f"the log of {new} lines does not hold the earlier log of {old} lines")


def _rejoin(
    old: int, size: int, rest: list[bytes], old_root: bytes, *, whole: bool
) -> tuple[bytes, bytes]:
    if old == size:
        node = old_root if whole else _take(rest)
        return node, node
    middle = _split(size)
    if old <= middle:
        left_old, left_new = _rejoin(old, middle, rest, old_root, whole=whole)
        return left_old, hash_children(left_new, _take(rest))
    right_old, right_new = _rejoin(old - middle, size - middle, rest, old_root, whole=False)
    left = _take(rest)
    return hash_children(left, right_old), hash_children(left, right_new)


def _take(rest: list[bytes]) -> bytes:
    if not rest:
        raise ProofFaulty("it has too few hashes")
    return rest.pop()


def _check_hashes(proof: Sequence[bytes]) -> None:
    if len(proof) > MOST_HASHES:
        raise ProofFaulty(f"it has over {MOST_HASHES} hashes")
    if any(len(each) != 32 for each in proof):
        raise ProofFaulty("one of its hashes is not of 32 bytes")

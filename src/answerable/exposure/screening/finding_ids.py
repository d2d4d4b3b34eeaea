"""Ids of findings: short enough to read out, the same for the same row, telling nothing else."""

import hashlib

from answerable.model import Supplier

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that ids can be read out and typed."""

SHORTEST = 7
"""Characters after the F: 35 bits; a collision within one list makes the later id longer."""


_PAIRS = tuple(second + first for first in ALPHABET for second in ALPHABET)
_SINGLE = {character: at for at, character in enumerate(ALPHABET)}
_DOUBLED = {character: 2 * at // 32 + 2 * at % 32 for at, character in enumerate(ALPHABET)}
_PAIR_SUMS = tuple(_DOUBLED[pair[0]] + _SINGLE[pair[1]] for pair in _PAIRS)
"""What a pair adds to the sum of the check character: ids hold whole pairs and the F ahead."""

_F = _SINGLE["F"]


class FindingIds:
    """Gives every row of one supplier list its id.

    An id is a keyed hash of the row's content and of how often that content has come before, so
    a row keeps its id when other rows are added, and ids of two workspaces cannot be compared.

    Args:
        key: The workspace's key, 32 hexadecimal characters.

    Example:
        >>> ids = FindingIds("00" * 16)
        >>> first = ids.give(Supplier(2, "Invented Mills Ltd"))
        >>> first, is_finding_id(first), first == ids.give(Supplier(3, "Invented Mills Ltd"))
        ('FYG3-SB7J-3', True, False)
    """

    def __init__(self, key: str) -> None:
        self._keyed = hashlib.blake2b(key=bytes.fromhex(key))
        self._seen: dict[str, int] = {}
        self._given: set[str] = set()

    def give(self, supplier: Supplier) -> str:
        """Return the id of a row; call it once per row, in row order."""
        content = _content(supplier)
        self._seen[content] = times = self._seen.get(content, 0) + 1
        hashed = self._keyed.copy()
        hashed.update(f"{content}\x1f{times}".encode("utf-8", "surrogatepass"))
        digest = hashed.digest()
        found = _spell_shortest(digest)
        length = SHORTEST
        while found in self._given:
            length += 4
            found = _spell(int.from_bytes(digest), length)
        self._given.add(found)
        return found


def is_finding_id(text: str) -> bool:
    """Tell whether a text has the form of a finding id and its check character holds.

    Example:
        >>> is_finding_id("FYG3-SB7J-3"), is_finding_id("FYG3-SB7J-Z"), is_finding_id("")
        (True, False, False)
    """
    plain = text.replace("-", "").upper()
    if len(plain) <= SHORTEST or plain[0] != "F" or any(each not in ALPHABET for each in plain):
        return False
    return check_character(plain[:-1]) == plain[-1]


def _content(supplier: Supplier) -> str:
    name = " ".join(supplier.name.casefold().split())
    address = " ".join(supplier.address.casefold().split()) if supplier.address else ""
    content = f"{name}\x1e{supplier.country or ''}\x1e{address}"
    if not supplier.identifiers:
        return content
    identifiers = sorted([f"{each.scheme}={each.value}" for each in supplier.identifiers])
    return "\x1e".join([content, *identifiers])


def _spell_shortest(digest: bytes) -> str:
    """Spell the `SHORTEST` characters, as `_spell` does and thrice as fast: nearly all ids."""
    bits = int.from_bytes(digest[-5:])
    one, two = bits & 1023, bits >> 10 & 1023
    three, last = bits >> 20 & 1023, bits >> 30 & 31
    check = -(_F + _PAIR_SUMS[one] + _PAIR_SUMS[two] + _PAIR_SUMS[three] + _PAIR_SUMS[last]) % 32
    second = _PAIRS[two]
    return f"F{_PAIRS[one]}{second[0]}-{second[1]}{_PAIRS[three]}{ALPHABET[last]}-{ALPHABET[check]}"


def _spell(digest: int, length: int) -> str:
    """Spell an odd count of characters, of 5 bits each; the last of the pairs is but half one."""
    digest &= (1 << 5 * length) - 1
    pairs = [digest >> bits & 1023 for bits in range(0, 5 * length, 10)]
    body = "".join(["F", *[_PAIRS[each] for each in pairs]])
    groups = [body[at : at + 4] for at in range(0, length + 1, 4)]
    check = -(_SINGLE["F"] + sum([_PAIR_SUMS[each] for each in pairs])) % 32
    return f"{'-'.join(groups)}-{ALPHABET[check]}"


def check_character(body: str) -> str:
    """Return the Luhn check character of a text of `ALPHABET`, in base 32.

    Example:
        >>> check_character("FYG3SB7J")
        '3'
    """
    doubled = sum(map(_DOUBLED.__getitem__, body[::-2]))
    return ALPHABET[-(doubled + sum(map(_SINGLE.__getitem__, body[-2::-2]))) % 32]

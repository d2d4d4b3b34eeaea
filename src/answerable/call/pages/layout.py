"""Where the entries of a case stand: all on one page, or claims on pages of their own.

A page that is read on a telephone over a slow line should stay under 100 kB. A case that is larger
has its claims on further pages, ordered by whom they are about: a reader who comes for one company
then finds what is said of it, with its answers, in one place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answerable.model.dossier import ClaimEntry

MOST_BYTES = 92_000
"""What a page may weigh before its claims go to another, in bytes."""


@dataclass(frozen=True, slots=True)
class Group:
    """Claims about one party, or those of them that stand on one page.

    Args:
        name: The party, as the claims name it.
        claims: In the order of the case.
        continued: Whether earlier ones stand on the page before.
    """

    name: str
    claims: tuple[ClaimEntry, ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Pages of claims; none where all stand on the first page of the case.

    Args:
        pages: Stem of a page and what stands on it, in order.
    """

    pages: tuple[tuple[str, tuple[Group, ...]], ...] = ()

    @property
    def is_inline(self) -> bool:
        """Whether the claims stand on the first page of the case."""
        return not self.pages

    def stem_of(self, claim: str) -> str | None:
        """Return the page on which a claim stands, None for one that is not shown."""
        for stem, groups in self.pages:
            if any(each.name == claim for group in groups for each in group.claims):
                return stem
        return None


def lay_out(
    claims: Sequence[ClaimEntry], weights: Mapping[str, int], rest: int, frame: int
) -> Layout:
    """Return where claims stand.

    Args:
        claims: In the order of the case.
        weights: What each weighs as it is set, in bytes, by its name.
        rest: What the first page weighs without them, in bytes.
        frame: What a further page weighs without them, in bytes.
    """
    if rest + sum(weights[each.name] for each in claims) <= MOST_BYTES:
        return Layout()
    room = MOST_BYTES - frame
    pages: list[list[Group]] = [[]]
    filled = 0
    for name, about in _by_party(claims).items():
        for number, part in enumerate(_cut(about, weights, room)):
            weight = sum(weights[each.name] for each in part)
            if pages[-1] and filled + weight > room:
                pages.append([])
                filled = 0
            pages[-1].append(Group(name, part, continued=number > 0))
            filled += weight
    named = enumerate(pages, 1)
    return Layout(tuple((f"claims-{number}", tuple(groups)) for number, groups in named))


def _by_party(claims: Sequence[ClaimEntry]) -> dict[str, list[ClaimEntry]]:
    parties: dict[str, list[ClaimEntry]] = {}
    for each in claims:
        parties.setdefault(each.about.name, []).append(each)
    return parties


def _cut(
    claims: list[ClaimEntry], weights: Mapping[str, int], room: int
) -> list[tuple[ClaimEntry, ...]]:
    """Cut claims about one party where they are too many for a page."""
    parts: list[list[ClaimEntry]] = [[]]
    filled = 0
    for each in claims:
        if parts[-1] and filled + weights[each.name] > room:
            parts.append([])
            filled = 0
        parts[-1].append(each)
        filled += weights[each.name]
    return [tuple(part) for part in parts]

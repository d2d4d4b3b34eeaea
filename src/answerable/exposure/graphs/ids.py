"""Ids and links of graphs that came in arrays: made when asked for, so that they cost no memory."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, overload

from numpy.typing import NDArray

from answerable.exposure.graphs.codes import INTERESTS, KINDS, make_share
from answerable.exposure.graphs.days import FOREVER, NEVER
from answerable.model.link import Link, LinkSource


class NumberedIds(Sequence[str]):
    """The ids `n0`, `n1` … of so many nodes.

    Example:
        >>> NumberedIds(3)[2], len(NumberedIds(3))
        ('n2', 3)
    """

    def __init__(self, count: int) -> None:
        self.total = count

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        numbers = range(self.total)[place]
        return f"n{numbers}" if isinstance(numbers, int) else [f"n{each}" for each in numbers]


class NumberedPositions(Mapping[str, int]):
    """The number of each of the ids `n0`, `n1` ….

    Example:
        >>> places = NumberedPositions(3)
        >>> places["n2"], "n3" in places, list(places)
        (2, False, ['n0', 'n1', 'n2'])
    """

    def __init__(self, count: int) -> None:
        self.total = count

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[str]:
        return (f"n{each}" for each in range(self.total))

    def __getitem__(self, key: str) -> int:
        digits = key[1:] if key[:1] == "n" else ""
        number = int(digits) if digits.isascii() and digits.isdigit() else self.total
        if number >= self.total or f"n{number}" != key:
            raise KeyError(key)
        return number


class LinkRows(Sequence[Link]):
    """Links that lie in arrays.

    Args:
        ids: Ids of the nodes.
        columns: Columns of the graph, in the order in which they were given.
        origin: Id of their source.
    """

    def __init__(
        self,
        ids: Sequence[str],
        columns: Mapping[str, NDArray[Any]],
        origin: str,
    ) -> None:
        self.ids, self.columns, self.origin = ids, columns, origin

    def __len__(self) -> int:
        return len(self.columns["owner"])

    @overload
    def __getitem__(self, place: int) -> Link: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Link]: ...
    def __getitem__(self, place: int | slice) -> Link | Sequence[Link]:
        if isinstance(place, slice):
            return [self[each] for each in range(len(self))[place]]
        cell = {name: int(column[place]) for name, column in self.columns.items()}
        interest = cell["interest"]
        return Link(
            id=f"{self.origin}:{place}",
            kind=KINDS[cell["kind"]],
            owner=self.ids[cell["owner"]],
            target=self.ids[cell["target"]],
            source=LinkSource(self.origin, citation=f"row {place}"),
            interest=None if interest < 0 else INTERESTS[interest],
            share=make_share(cell["low"], cell["high"], cell["flags"]),
            start=_iso(cell["start_first"]),
            end=_iso(cell["end_last"]),
        )


def _iso(number: int) -> str | None:
    return None if number in (NEVER, FOREVER) else date.fromordinal(number).isoformat()

"""The graph of links: who owns, controls, directs, supplies whom, and as it stood on a day.

Links lie in columns of NumPy arrays, ordered by owner, so that millions of them are read in
milliseconds; the nouns themselves (`Link`) stay in a table at the side. Shares are whole numbers,
millionths of a percent; there is no float here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.errors import UsageError
from answerable.exposure.graphs.codes import HIGH_OPEN, INTERESTS, KINDS, LOW_OPEN, UNSIZED, UNSURE
from answerable.exposure.graphs.components import settle_components
from answerable.exposure.graphs.days import FOREVER, NEVER, bound_end, bound_start
from answerable.exposure.graphs.ids import LinkRows, NumberedIds, NumberedPositions
from answerable.model.link import ANY_SHARE, WHOLE, Link

Made = TypeVar("Made")

_COLUMNS = {
    "owner": np.int32,
    "target": np.int32,
    "low": np.int32,
    "high": np.int32,
    "flags": np.uint8,
    "kind": np.int8,
    "interest": np.int8,
    "source": np.int32,
    "start_first": np.int32,
    "start_last": np.int32,
    "end_first": np.int32,
    "end_last": np.int32,
    "link": np.int64,
}


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Links in columns; row i of every column is one link. Rows are ordered by owner, then target.

    Args:
        ids: Ids of the nodes, by number.
        positions: Number of each id.
        captions: Names of nodes, where known.
        owner: Number of the node that owns, controls, supplies ….
        target: Number of the node that is owned, controlled, supplied ….
        low: Least share, in millionths of a percent.
        high: Greatest share.
        flags: `LOW_OPEN`, `HIGH_OPEN`, `UNSIZED`, `UNSURE`, added up.
        kind: Code of the kind (`KINDS`).
        interest: Code of the type of interest (`INTERESTS`), or -1.
        source: Number of who states it: links of one source add up, those of two never.
        start_first: First day on which it may have begun; with `start_last` the last one.
        start_last: See `start_first`.
        end_first: First day from which it may no longer hold; with `end_last` the last one.
        end_last: See `end_first`.
        link: Its place in `links`.
        links: The links, or a table that makes them when asked.
        wholes: Places of links that are the sum of others; one entry for each of their parts.
        parts: The part's place, or -1 where it is not among the links.
        day: The day as of which the graph stands (`date.toordinal`); None for all times.
        made: Tables worked out of it once.
    """

    ids: Sequence[str]
    positions: Mapping[str, int]
    captions: Mapping[str, str]
    owner: NDArray[np.int32]
    target: NDArray[np.int32]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    flags: NDArray[np.uint8]
    kind: NDArray[np.int8]
    interest: NDArray[np.int8]
    source: NDArray[np.int32]
    start_first: NDArray[np.int32]
    start_last: NDArray[np.int32]
    end_first: NDArray[np.int32]
    end_last: NDArray[np.int32]
    link: NDArray[np.int64]
    links: Sequence[Link]
    wholes: NDArray[np.int64]
    parts: NDArray[np.int64]
    day: int | None = None
    made: dict[Any, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.owner)

    def find_nodes(self, ids: Iterable[str]) -> NDArray[np.int64]:
        """Return the numbers of the nodes that are in the graph, each once, in order."""
        found = {self.positions[each] for each in ids if each in self.positions}
        return np.array(sorted(found), dtype=np.int64)

    def read_link(self, row: int) -> Link:
        """Return the link of a row, as its source states it."""
        return self.links[int(self.link[row])]

    def keep(self, name: Any, make: Callable[[], Made]) -> Made:
        """Return a table made of this graph, made on first use."""
        if name not in self.made:
            self.made[name] = make()
        made: Made = self.made[name]
        return made


def build_graph(links: Iterable[Link], nodes: Mapping[str, str] | None = None) -> Graph:
    """Return the graph of links.

    Nothing is left out or added up here: `as_of` takes what holds on a day, and sums are made by
    `holdings.find_held`. A link of ownership without a share is one of unknown share; one without
    a type of interest is an unknown interest.

    Args:
        links: Links of any kind. The same id twice: both count as stated by their sources.
        nodes: Names of nodes by id; nodes without links are in the graph too.

    Returns:
        The graph as of all times (`day` is None).

    Cost: 7 s and 0.3 GB (beside the links) for 1,000,000 links; see `graph_from_arrays`.

    Example:
        >>> from answerable.model import LinkSource
        >>> owns = Link("r:1", "ownership", "a", "b", LinkSource("r"), "shareholding", ANY_SHARE)
        >>> graph = build_graph([owns])
        >>> len(graph), list(graph.ids), int(graph.high[0]) == WHOLE
        (1, ['a', 'b'], True)
    """
    table = tuple(links)
    captions = dict(nodes or {})
    positions: dict[str, int] = {}
    for each in table:
        positions.setdefault(each.owner, len(positions))
        positions.setdefault(each.target, len(positions))
    for node in captions:
        positions.setdefault(node, len(positions))
    rows = [_row(each, positions) for each in table]
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), len(_ROW))
    values: dict[str, NDArray[Any]] = {name: columns[:, place] for place, name in enumerate(_ROW)}
    values["source"] = _number_sources(table)
    wholes, parts = _read_components(table)
    return _order(
        values, ids=tuple(positions), positions=positions, captions=captions, links=table,
        wholes=wholes, parts=parts,
    )  # fmt: skip


def graph_from_arrays(
    owner: ArrayLike,
    target: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    *,
    nodes: int | Sequence[str],
    origin: str = "table",
    **columns: ArrayLike,
) -> Graph:
    """Return the graph of links that lie in arrays, for many millions of them.

    Args:
        owner: Numbers of owners, from 0.
        target: Numbers of what they own.
        low: Least shares, in millionths of a percent.
        high: Greatest shares.
        nodes: Ids of the nodes, or how many there are; they are then called `n0`, `n1` ….
        origin: Id of the source of all of them.
        **columns: Other columns of `Graph` by name; what is not given is a shareholding, closed
            at both ends, of one source, at all times.

    Raises:
        UsageError: A column is unknown, or the lengths or numbers do not fit.

    Example:
        >>> graph = graph_from_arrays([0], [1], [0], [WHOLE], nodes=2)
        >>> graph.read_link(0).owner, graph.read_link(0).share == ANY_SHARE
        ('n0', True)
    """
    ids = NumberedIds(nodes) if isinstance(nodes, int) else tuple(nodes)
    positions: Mapping[str, int] = (
        NumberedPositions(nodes)
        if isinstance(nodes, int)
        else {each: place for place, each in enumerate(ids)}
    )
    given = {"owner": owner, "target": target, "low": low, "high": high, **columns}
    values = _fill_columns(given)
    _check_columns(values, len(ids))
    links = LinkRows(ids, {name: values[name] for name in _ROW}, origin)
    none = np.zeros(0, dtype=np.int64)
    return _order(
        values, ids=ids, positions=positions, captions={}, links=links, wholes=none, parts=none
    )


def as_of(graph: Graph, day: date) -> Graph:
    """Return the graph as it stood on a day: what no longer or not yet held is not in it.

    A link holds from its start until the day before its end. Where a date is only a year or a
    month, there are days on which it may or may not hold: it is kept then, with a low share of 0
    (`UNSURE`), so that it can make a `possible` and never a certain sum.

    An indirect holding that is stated beside its parts is the same holding: where the parts lead
    from its owner to its target, they are used and it is not; where that way is broken but a part
    ends there by the same interest, it counts with a low share of 0; else it is used as it stands.

    Args:
        graph: The graph of all times.
        day: The day.

    Returns:
        A graph of its own, `day` set.

    Source: BODS 0.4, componentRecords; exposure rules 7 and 8.

    Cost: 0.1 s for 1,500,000 links.

    Example:
        >>> from answerable.model import LinkSource
        >>> was = Link("r:1", "ownership", "a", "b", LinkSource("r"), "shareholding", end="2020")
        >>> graph = build_graph([was])
        >>> [len(as_of(graph, date(year, 6, 1))) for year in (2019, 2020, 2021)]
        [1, 1, 0]
    """
    number = day.toordinal()
    may = (graph.start_first <= number) & (number < graph.end_last)
    sure = may & (graph.start_last <= number) & (number < graph.end_first)
    dropped, weakened = settle_components(
        graph.link,
        (graph.owner, graph.target, graph.interest),
        may,
        sure,
        (graph.wholes, graph.parts),
    )
    kept = np.flatnonzero(may & ~dropped)
    taken = {name: getattr(graph, name)[kept] for name in _COLUMNS}
    unsure = (~sure | weakened)[kept]
    taken["low"][unsure] = 0
    taken["flags"][unsure] = (taken["flags"][unsure] | UNSURE) & (0xFF ^ LOW_OPEN)
    return replace(graph, **taken, day=number, made={})


_ROW = tuple(name for name in _COLUMNS if name not in ("source", "link"))


def _row(link: Link, positions: Mapping[str, int]) -> tuple[int, ...]:
    sized = link.kind == "ownership" or link.share is not None
    share = link.share or ANY_SHARE
    flags = (LOW_OPEN * share.low_open) | (HIGH_OPEN * share.high_open) | (UNSIZED * (not sized))
    interest = link.interest or ("unknownInterest" if link.kind == "ownership" else None)
    return (
        positions[link.owner],
        positions[link.target],
        share.low,
        share.high,
        flags,
        KINDS.index(link.kind),
        -1 if interest is None else INTERESTS.index(interest),
        *bound_start(link.start),
        *bound_end(link.end),
    )


def _number_sources(links: Sequence[Link]) -> NDArray[np.int32]:
    """Return a number for each link's source: a list or register, but each claim by itself."""
    numbers: dict[tuple[str, str | None], int] = {}
    found = [
        numbers.setdefault((each.source.origin, each.source.claim), len(numbers)) for each in links
    ]
    return np.array(found, dtype=np.int32)


def _read_components(links: Sequence[Link]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if not any(each.components for each in links):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    places = {each.id: place for place, each in enumerate(links)}
    pairs = [
        (place, places.get(part, -1))
        for place, each in enumerate(links)
        for part in each.components
    ]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _fill_columns(given: Mapping[str, ArrayLike]) -> dict[str, NDArray[Any]]:
    unknown = sorted(set(given) - set(_COLUMNS) - {"link"})
    if unknown:
        raise UsageError(f"A graph has no column {unknown[0]}; it has: {', '.join(_COLUMNS)}.")
    values = {name: np.asarray(given[name], dtype=_COLUMNS[name]) for name in given}
    count = len(values["owner"])
    missing = {
        "kind": KINDS.index("ownership"),
        "interest": INTERESTS.index("shareholding"),
        "start_first": NEVER,
        "end_last": FOREVER,
    }
    for name in ("flags", "kind", "interest", "source", "start_first", "end_last"):
        values.setdefault(name, np.full(count, missing.get(name, 0), dtype=_COLUMNS[name]))
    values.setdefault("start_last", values["start_first"])
    values.setdefault("end_first", values["end_last"])
    return values


def _check_columns(values: Mapping[str, NDArray[Any]], nodes: int) -> None:
    lengths = {len(column) for column in values.values()}
    if len(lengths) > 1:
        raise UsageError(f"The columns of a graph have different lengths: {sorted(lengths)}.")
    for name, least, most in (
        ("owner", 0, nodes - 1),
        ("target", 0, nodes - 1),
        ("low", 0, WHOLE),
        ("high", 0, WHOLE),
    ):
        column = values[name]
        if len(column) and not (least <= column.min() and column.max() <= most):
            raise UsageError(f"The column {name} of a graph must lie between {least} and {most}.")
    if bool((values["low"] > values["high"]).any()):
        raise UsageError("A low share is greater than its high share: mend the arrays.")


def _order(values: Mapping[str, NDArray[Any]], **rest: Any) -> Graph:
    """Return the graph with its rows ordered by owner and target."""
    key = values["owner"].astype(np.int64) * max(len(rest["ids"]), 1) + values["target"]
    order = np.argsort(key, kind="stable")
    columns: dict[str, Any] = {
        name: values[name].astype(kind, copy=False)[order]
        for name, kind in _COLUMNS.items()
        if name != "link"
    }
    return Graph(**columns, link=order, **rest)

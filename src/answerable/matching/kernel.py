"""The kernel: from paths of indexes, options and a batch of suppliers to matches with each index.

It is one function without state but the opened indexes, so that every runner can call it on any
part of the suppliers: the same rows give the same matches however they are dealt out. Most of the
time goes into taking names apart, which is done once however many indexes are searched.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from answerable.engine.helpers import Helper
from answerable.engine.runners import run_batches
from answerable.matching.index import NameIndex, Origin
from answerable.matching.index_store import open_index
from answerable.matching.matches import (
    NO_MATCHES,
    SupplierMatches,
    match_batch,
    match_batch_with_each,
    match_distinct,
)
from answerable.matching.nearest import match_nearest
from answerable.model import Company, Identifier, Match, Name, Reason, Supplier

Runner = Callable[[str, Mapping[str, Any], Iterable[bytes]], Iterable[bytes]]
"""From the name of a work, options and batches to the results in order: `run_batches` is one."""

WORTH_HELP = 4_000
"""Suppliers from which helper processes are worth starting."""

WORK = f"{__name__}:match_bytes"
"""The work of helper processes."""

IDENTIFIER = pa.struct(
    [
        ("scheme", pa.string()),
        ("value", pa.string()),
        ("country", pa.string()),
        ("valid", pa.bool_()),
    ]
)

SUPPLIERS = pa.schema(
    [
        ("name", pa.string()),
        ("country", pa.string()),
        ("address", pa.string()),
        ("identifiers", pa.list_(IDENTIFIER)),
    ]
)
"""A batch of suppliers: what is compared of them, and nothing else."""

REASON = pa.struct([("reason", pa.string()), ("detail", pa.string()), ("log_odds", pa.float64())])

MATCH = pa.struct(
    [
        ("shelf", pa.int32()),
        ("place", pa.int32()),
        ("company", pa.string()),
        ("name", pa.string()),
        ("relation", pa.string()),
        ("score", pa.float64()),
        ("probability", pa.float64()),
        ("identified", pa.bool_()),
        ("reasons", pa.list_(REASON)),
    ]
)

MATCHES = pa.schema([("matches", pa.list_(MATCH)), ("more", pa.int32())])
"""A batch of matches: one row per supplier, in order, its matches the best first.

`shelf` and `place` say where in the index the company stands, `company` is its id, `more` is how
many more companies there were.
"""


def match_suppliers_arrow(
    index: Path, options: Mapping[str, Any], batch: pa.RecordBatch
) -> pa.RecordBatch:
    """Match a batch of suppliers with an index.

    Args:
        index: As `index_store.keep_index` gave it; opened once per process.
        options: `threshold`: the probability from which a name match is a match. `nearest`:
            whether the nearest names are wanted, however improbable.
        batch: Suppliers (see `SUPPLIERS`).

    Returns:
        As many rows as there are suppliers (see `MATCHES`), in order.

    Cost:
        100 to 200 µs per supplier; most of it is taking its name apart.
    """
    [found] = _match_arrow([open_index(index)], options, batch)
    return found


def _match_arrow(
    indexes: Sequence[NameIndex], options: Mapping[str, Any], batch: pa.RecordBatch
) -> list[pa.RecordBatch]:
    """Match a batch of suppliers with each of several indexes."""
    suppliers, threshold = read_suppliers(batch), options["threshold"]
    if options.get("nearest"):
        found = [match_nearest(suppliers, each, threshold) for each in indexes]
    else:
        found = match_batch_with_each(suppliers, indexes, threshold)
    return [write_matches(each) for each in found]


def match_kept(
    suppliers: Sequence[Supplier],
    index: Path,
    *,
    threshold: float,
    nearest: bool = False,
    advance: Callable[[int], None] = lambda _: None,
    helpers: int | None = None,
    ready: list[Helper] | None = None,
    run: Runner | None = None,
) -> Iterator[SupplierMatches]:
    """Match suppliers with an index that is kept, on all cores.

    Args:
        suppliers: As `matches.match_suppliers`, whose answers these are.
        index: As `index_store.keep_index` gave it.
        threshold: Probability from which a name match is a match.
        nearest: Whether the nearest names are wanted, however improbable (see `match_nearest`).
        advance: Told after each batch how many suppliers are done.
        helpers: Processes besides this one; by default one less than there are cores, and none
            for few suppliers.
        ready: Helpers that were started for `WORK` ahead of time (`runners.start_helpers`).
        run: Who works on the batches in their place, such as `engine.spark.run_batches_on_spark`;
            the answers are the same.

    Yields:
        One entry per supplier, in order, each as soon as its batch is done: what is done with it
        is done while helpers go on.

    Cost:
        100 to 200 µs per distinct supplier and core.
    """
    found = match_each(
        suppliers,
        [open_index(index)],
        threshold=threshold,
        nearest=nearest,
        kept=[index],
        advance=advance,
        helpers=helpers,
        ready=ready,
        run=run,
    )
    return (matches for [matches] in found)


def match_each(
    suppliers: Sequence[Supplier],
    indexes: Sequence[NameIndex],
    *,
    threshold: float,
    nearest: bool = False,
    kept: Sequence[Path] = (),
    advance: Callable[[int], None] = lambda _: None,
    helpers: int | None = None,
    ready: list[Helper] | None = None,
    run: Runner | None = None,
) -> Iterator[tuple[SupplierMatches, ...]]:
    """Match suppliers with each of several indexes, in one pass over their names.

    Args:
        suppliers: As `match_kept`.
        indexes: Each is searched by itself: its matches are those of `match_kept` with it alone.
        threshold: As `match_kept`.
        nearest: As `match_kept`.
        kept: Where each of the indexes is kept, in the same order, so that others can open it; by
            default they are only held here, and this process works alone.
        advance: As `match_kept`.
        helpers: As `match_kept`.
        ready: As `match_kept`.
        run: As `match_kept`.

    Yields:
        One entry per supplier, in order: its matches with each index.

    Cost:
        100 to 200 µs per distinct supplier and core, and 10 to 20 µs for each further small index.
    """
    paths = [str(each.resolve()) for each in kept]  # others may have another working folder
    options = {"indexes": paths, "threshold": threshold, "nearest": nearest}
    if not paths:
        run = partial(_run_here, indexes)
    elif run is None:
        helpers = 0 if len(suppliers) < WORTH_HELP else helpers
        run = partial(run_batches, helpers=helpers, ready=ready)

    def match(
        batches: Iterable[Sequence[Supplier]],
    ) -> Iterator[Sequence[tuple[SupplierMatches, ...]]]:
        asked = (write_batch(write_suppliers(batch)) for batch in batches)
        for data in run(WORK, options, asked):
            found = zip(read_batches(data), indexes, strict=True)
            yield list(zip(*(read_matches(*each) for each in found), strict=True))

    return match_distinct(suppliers, match, advance=advance)


def _run_here(
    indexes: Sequence[NameIndex], _: str, options: Mapping[str, Any], batches: Iterable[bytes]
) -> Iterator[bytes]:
    """Do the work on batches in this process, with indexes that are only held here."""
    for each in batches:
        yield write_batch(*_match_arrow(indexes, options, read_batch(each)))


def match_bytes(options: Mapping[str, Any], data: bytes) -> bytes:
    """Match a batch as bytes of an Arrow stream with each of some indexes: the work of helpers.

    Args:
        options: As `match_suppliers_arrow`, and `indexes`: their paths.
        data: Suppliers.

    Returns:
        A batch of matches for each index.
    """
    indexes = [open_index(Path(each)) for each in options["indexes"]]
    return write_batch(*_match_arrow(indexes, options, read_batch(data)))


def prepare() -> None:
    """Load the tables that taking names apart and weighing them need, ahead of the first batch."""
    example = NameIndex([Company("x:1", "Company", (Name("Example Keji Mills Ltd"),))])
    match_batch([Supplier(0, "Example Keji Works Limited")], example, 0.5)


def write_batch(*batches: pa.RecordBatch) -> bytes:
    """Return a batch, or several of one schema, as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for each in batches:
            writer.write_batch(each)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def read_batch(data: bytes) -> pa.RecordBatch:
    """Return the batch of an Arrow stream that holds one."""
    [batch] = read_batches(data)
    return batch


def read_batches(data: bytes) -> list[pa.RecordBatch]:
    """Return the batches of an Arrow stream, in order."""
    with pa.ipc.open_stream(data) as reader:
        return list(reader)


def write_suppliers(suppliers: Sequence[Supplier]) -> pa.RecordBatch:
    """Return suppliers as a batch; half characters, which no name needs, are left out.

    Example:
        >>> batch = write_suppliers([Supplier(2, "Zyxomatic Mills", "gb")])
        >>> read_suppliers(batch)[0].name, batch.num_rows
        ('Zyxomatic Mills', 1)
    """
    identifiers = [
        [
            {"scheme": i.scheme, "value": i.value, "country": i.country, "valid": i.valid}
            for i in each.identifiers
        ]
        for each in suppliers
    ]
    columns = [
        pa.array([_whole(each.name) for each in suppliers], pa.string()),
        pa.array([each.country for each in suppliers], pa.string()),
        pa.array([each.address and _whole(each.address) for each in suppliers], pa.string()),
        pa.array(identifiers, SUPPLIERS.field("identifiers").type),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=SUPPLIERS)


def _whole(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "ignore").decode()


def read_suppliers(batch: pa.RecordBatch) -> list[Supplier]:
    """Return the suppliers of a batch, rows counted from 0."""
    rows = zip(*(batch.column(at).to_pylist() for at in range(4)), strict=True)
    return [
        Supplier(row, name, country, address, tuple(Identifier(**each) for each in carried or ()))
        for row, (name, country, address, carried) in enumerate(rows)
    ]


def write_matches(found: Sequence[SupplierMatches]) -> pa.RecordBatch:
    """Return matches as a batch of one row per supplier."""
    matches = [match for each in found for match in each.matches]
    identified = [match.company.id in each.identified for each in found for match in each.matches]
    reasons = list(chain.from_iterable(match.reasons for match in matches))
    told = _struct(
        REASON,
        [each.reason for each in reasons],
        [_whole(each.detail) for each in reasons],
        [each.log_odds for each in reasons],
    )
    origins = [origin for each in found for origin in each.origins]
    structs = _struct(
        MATCH,
        [shelf for shelf, _ in origins],
        [place for _, place in origins],
        [_whole(match.company.id) for match in matches],
        [_whole(match.name) for match in matches],
        [match.relation for match in matches],
        [match.score for match in matches],
        [match.probability for match in matches],
        identified,
        _lists(told, [len(match.reasons) for match in matches]),
    )
    columns = [
        _lists(structs, [len(each.matches) for each in found]),
        pa.array([each.more for each in found], pa.int32()),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=MATCHES)


def _struct(kind: pa.DataType, *columns: Any) -> pa.Array:
    arrays = [
        column if isinstance(column, pa.Array) else pa.array(column, field.type)
        for column, field in zip(columns, kind, strict=True)
    ]
    return pa.StructArray.from_arrays(arrays, fields=list(kind))


def _lists(values: pa.Array, lengths: Iterable[int]) -> pa.Array:
    offsets = pa.array([0, *accumulate(lengths)], pa.int32())
    return pa.ListArray.from_arrays(offsets, values)


def read_matches(batch: pa.RecordBatch, index: NameIndex) -> Iterator[SupplierMatches]:
    """Yield the matches of a batch, supplier by supplier, with the companies of the index."""
    column = batch.column(0)
    flat = _read_structs(column.values, index)
    starts = column.offsets.to_pylist()
    for more, start, end in zip(batch.column(1).to_pylist(), starts, starts[1:], strict=False):
        if start == end and not more:
            yield NO_MATCHES
            continue
        matches, identified, origins = zip(*flat[start:end], strict=True)
        ids = [match.company.id for match, sure in zip(matches, identified, strict=True) if sure]
        yield SupplierMatches(matches, more, frozenset(ids), origins)


def _read_structs(structs: pa.Array, index: NameIndex) -> list[tuple[Match, bool, Origin]]:
    columns = {field.name: structs.field(field.name) for field in MATCH}
    reasons = columns["reasons"]
    told = [
        Reason(*each)
        for each in zip(*(reasons.values.field(at).to_pylist() for at in range(3)), strict=True)
    ]
    starts = reasons.offsets.to_pylist()
    names = ("shelf", "place", "name", "relation", "score", "probability", "identified")
    rows = zip(*(columns[name].to_pylist() for name in names), strict=True)
    found = []
    for at, (shelf, place, name, relation, score, probability, identified) in enumerate(rows):
        company = index.shelves[shelf].companies[place]
        carried = tuple(told[starts[at] : starts[at + 1]])
        match = Match(company, relation, name, score, probability, carried)
        found.append((match, identified, (shelf, place)))
    return found

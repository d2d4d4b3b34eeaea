"""Work done batch by batch by the machines of a Spark cluster, with results in order.

The same contract as `engine.runners.run_batches`, for the same work: only who does it differs. A
batch travels to a Python process of Spark as a row of Arrow, its result travels back as one. What a
work opens (an index in a shared folder) it opens once per process, since Spark uses its processes
again. Nothing is shuffled, and no more than two rounds of batches are on their way at a time.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from itertools import islice
from typing import Any
from uuid import uuid4

import pyarrow as pa

from answerable.engine.helpers import FAILED, read_error, try_work
from answerable.engine.spark_sessions import open_session, spark_errors, tell_why
from answerable.errors import EngineFailed

AHEAD = 4
"""Batches of a round for each task that can run at the same time."""

ROUNDS = 2
"""Rounds under way: while the results of one are taken, the next is being worked on."""

_BATCHES = pa.schema([("number", pa.int64()), ("batch", pa.binary())])
_RESULTS = pa.schema([("number", pa.int64()), ("kind", pa.binary()), ("result", pa.binary())])
_RESULT_COLUMNS = "number long, kind binary, result binary"

Result = tuple[bytes, bytes]
"""What kind it is (done or failed), and what it is."""


def run_batches_on_spark(
    work: str,
    options: Mapping[str, Any],
    batches: Iterable[bytes],
    *,
    master: str | None = None,
    partitions: int | None = None,
) -> Generator[bytes, None, None]:
    """Yield the result of each batch, in order, as `run_batches` does, but let Spark do the work.

    Args:
        work: Name of a function, `package.module:function`, from options and a batch to a result.
            Every machine of the cluster must have it, from the same version of answerable.
        options: Passed to every call; values of JSON. A folder that they name must be there under
            the same path on every machine.
        batches: Taken as they are needed, at most two rounds ahead.
        master: Address of the cluster, such as `spark://name:7077`; by default what
            `ANSWERABLE_SPARK_MASTER` says, else all cores of this machine. A session that is
            active already, or that `spark-submit` has made, is used as it is.
        partitions: Tasks that a round is divided into; by default one per batch.

    Yields:
        One result per batch.

    Raises:
        AnswerableError: What the work raised. Spark is stopped then, as it is when the caller
            stops, by Ctrl-C for instance; a session that was there before stays.
        EngineMissing: PySpark or Java is not installed.
        EngineFailed: Spark gave up, after as many tries as it is set to.

    Cost:
        Some seconds before the first result (docs/spark.md). The driver holds two rounds, each of
        four batches with their results for every task that the cluster can run at a time.
    """
    answer = partial(_answer_all, work, dict(options), version("answerable"))
    tag = f"answerable-{uuid4().hex}"
    with open_session(master) as session:
        pool = ThreadPoolExecutor(ROUNDS)
        run_round = partial(_run_round, session, answer, tag, partitions)
        rounds = _cut_rounds(session, batches)
        try:
            for kind, result in _work_ahead(pool, run_round, rounds):
                if kind == FAILED:
                    raise read_error(result)
                yield result
        finally:
            with suppress(*spark_errors()):  # where it has ended, there is nothing to cancel
                session.sparkContext.cancelJobsWithTag(tag)
            pool.shutdown(wait=False, cancel_futures=True)


Round = list[tuple[int, bytes]]


def _cut_rounds(session: Any, batches: Iterable[bytes]) -> Iterator[Round]:
    """Yield batches with their numbers, as many at a time as keep the cluster busy by now."""
    numbered = enumerate(batches)
    while taken := list(islice(numbered, AHEAD * _count_tasks(session))):
        yield taken


def _count_tasks(session: Any) -> int:
    """Return how many tasks the cluster can run at a time, as far as it is known by now."""
    try:
        return max(1, int(session.sparkContext.defaultParallelism))
    except spark_errors() as error:  # Spark has ended, or cannot tell, as Spark Connect
        raise EngineFailed("Spark", tell_why(error)) from error


def _work_ahead(
    pool: ThreadPoolExecutor, run_round: Callable[[Round], list[Result]], rounds: Iterable[Round]
) -> Iterator[Result]:
    under_way: deque[Future[list[Result]]] = deque()
    for each in rounds:
        under_way.append(pool.submit(run_round, each))
        if len(under_way) == ROUNDS:
            yield from under_way.popleft().result()
    while under_way:
        yield from under_way.popleft().result()


def _run_round(
    session: Any, answer: Callable[..., Any], tag: str, partitions: int | None, batches: Round
) -> list[Result]:
    """Let Spark work on a round of batches, and return the results in their order."""
    try:
        session.sparkContext.addJobTag(tag)
        frame = session.createDataFrame(_lay_out(batches, partitions or len(batches)))
        found = frame.mapInArrow(answer, _RESULT_COLUMNS).toArrow()
    except spark_errors() as error:
        raise EngineFailed("Spark", tell_why(error)) from error
    rows = sorted(zip(*(column.to_pylist() for column in found.columns), strict=True))
    if [number for number, _, _ in rows] != [number for number, _ in batches]:
        raise EngineFailed("Spark", f"{len(batches)} batches gave {len(rows)} results")
    return [(kind, result) for _, kind, result in rows]


def _lay_out(batches: Round, partitions: int) -> pa.Table:
    """Return batches as a table; Spark makes a partition of each of its chunks."""
    size = -(-len(batches) // partitions)
    chunks = (batches[start : start + size] for start in range(0, len(batches), size))
    return pa.Table.from_batches(
        [
            pa.record_batch([list(each) for each in zip(*chunk, strict=True)], schema=_BATCHES)
            for chunk in chunks
        ]
    )


def _answer_all(
    work: str, options: Mapping[str, Any], needed: str, rows: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Answer batches in a process of Spark, one by one, so that only one is held in memory."""
    if (found := version("answerable")) != needed:
        raise RuntimeError(f"this machine has answerable {found}, not {needed}")
    for row in (row for each in rows for row in each.to_pylist()):
        kind, result = try_work(work, options, row["batch"])
        yield pa.record_batch([[row["number"]], [kind], [result]], schema=_RESULTS)

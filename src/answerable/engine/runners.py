"""Work done batch by batch on all cores, with results in order.

The process that asks works along with its helpers, so that nothing waits for a helper to start, and
what a helper leaves undone (killed for want of memory, never started) is done here.
"""

import os
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from answerable.engine.helpers import Helper, HelperGone, find_work

AHEAD = 8
"""Results per worker that may wait for an earlier one."""


def count_helpers() -> int:
    """Return how many helper processes are worth starting: one less than there are cores.

    `ANSWERABLE_HELPERS` in the environment says otherwise.

    Example:
        >>> count_helpers() >= 0
        True
    """
    told = os.environ.get("ANSWERABLE_HELPERS", "")
    if told.isdecimal():
        return min(64, int(told))
    able = getattr(os, "sched_getaffinity", None)
    cores = len(able(0)) if able else os.cpu_count() or 1
    return min(64, cores - 1)


@contextmanager
def start_helpers(work: str, most: int) -> Iterator[list[Helper]]:
    """Start helper processes ahead of their work, while what they shall work on is being read.

    Args:
        work: Name of the function that they shall call.
        most: How many; never more than `count_helpers()`.

    Yields:
        Helpers for `run_batches`, which takes them out of the list. Those that are left at the end
        are ended.

    Example:
        >>> with start_helpers("answerable.engine.runners:echo", 1) as ready:
        ...     list(run_batches("answerable.engine.runners:echo", {}, [b"one"], ready=ready))
        [b'one']
    """
    ready: list[Helper] = []
    try:
        with suppress(HelperGone):
            ready += (Helper(work) for _ in range(min(most, count_helpers())))
        yield ready
    finally:
        for each in ready:
            each.close()


def run_batches(
    work: str,
    options: Mapping[str, Any],
    batches: Iterable[bytes],
    *,
    helpers: int | None = None,
    ready: list[Helper] | None = None,
) -> Generator[bytes, None, None]:
    """Yield the result of each batch, in order.

    Args:
        work: Name of a function, `package.module:function`, from options and a batch to a result.
        options: Passed to every call; values of JSON.
        batches: Taken as they are needed.
        helpers: Processes besides this one; by default `count_helpers()`; 0 for none.
        ready: Helpers that were started for this work (`start_helpers`); those that are used are
            taken out.

    Yields:
        One result per batch.

    Raises:
        AnswerableError: What the work raised, here or in a helper. The helpers are ended then,
            as they are when the caller stops, by Ctrl-C for instance.

    Example:
        >>> list(run_batches("answerable.engine.runners:echo", {}, [b"one", b"two"], helpers=0))
        [b'one', b'two']
    """
    helpers = count_helpers() if helpers is None else helpers
    if not helpers:
        yield from (find_work(work)(options, batch) for batch in batches)
        return
    desk = _Desk(batches, most=AHEAD * (helpers + 1))
    early = [ready.pop() for _ in range(min(helpers, len(ready)))] if ready else []
    staff = [_Worker(desk, work, options, each) for each in early]
    staff += [_Worker(desk, work, options) for _ in range(helpers - len(early))]
    try:
        for each in staff:
            each.start()
        yield from desk.run(work, options)
    finally:
        desk.close()
        for each in staff:
            each.end()


def echo(options: Mapping[str, Any], batch: bytes) -> bytes:
    """Return a batch as it is: the simplest work. With `fail` in the options it raises."""
    if "fail" in options:
        raise ValueError(options["fail"])
    return batch


class _Desk:
    """Where batches are taken and results are laid down, by number."""

    def __init__(self, batches: Iterable[bytes], most: int) -> None:
        self._batches = iter(batches)
        self._most = most
        self._change = threading.Condition()
        self._back: list[tuple[int, bytes]] = []
        self._results: dict[int, bytes] = {}
        self._error: Exception | None = None
        self._taken = self._given = 0
        self._ended = self._closed = False

    def take(self, *, wait: bool) -> tuple[int, bytes] | None:
        """Return the next batch, or None if there is none (for now, where it does not wait)."""
        with self._change:
            while wait and not self._closed and self._taken - self._given >= self._most:
                self._change.wait()
            if self._closed:
                return None
            if self._back:
                return self._back.pop()
            if self._ended:
                return None
            batch = next(self._batches, None)
            if batch is None:
                self._ended = True
                return None
            self._taken += 1
            return self._taken - 1, batch

    def put(self, number: int, result: bytes) -> None:
        with self._change:
            self._results[number] = result
            self._change.notify_all()

    def put_back(self, number: int, batch: bytes) -> None:
        with self._change:
            self._back.append((number, batch))
            self._change.notify_all()

    def fail(self, error: Exception) -> None:
        with self._change:
            self._error = error
            self._change.notify_all()

    def close(self) -> None:
        with self._change:
            self._closed = True
            self._change.notify_all()

    def run(self, work: str, options: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield the results in order, and work along while the next one is not there."""
        while True:
            result = self._next_result()
            if result is not None:
                yield result
                continue
            taken = self.take(wait=False)
            if taken is not None:
                self.put(taken[0], find_work(work)(options, taken[1]))
            elif not self._await_result():
                return

    def _next_result(self) -> bytes | None:
        with self._change:
            if self._error:
                raise self._error
            result = self._results.pop(self._given, None)
            if result is not None:
                self._given += 1
                self._change.notify_all()
            return result

    def _await_result(self) -> bool:
        """Wait until something happens; False if all is done."""
        with self._change:
            if self._ended and self._given == self._taken:
                return False
            if not (self._back or self._error or self._given in self._results):
                self._change.wait()
            return True


class _Worker(threading.Thread):
    """Carries batches from the desk to a helper process and results back."""

    def __init__(
        self, desk: _Desk, work: str, options: Mapping[str, Any], helper: Helper | None = None
    ) -> None:
        super().__init__(daemon=True)
        self._desk = desk
        self._work = work
        self._options = options
        self._helper = helper

    def run(self) -> None:
        with suppress(HelperGone):
            self._helper = self._helper or Helper(self._work)
            try:
                self._helper.begin(self._options)
                self._carry(self._helper)
            finally:
                self._helper.close()

    def _carry(self, helper: Helper) -> None:
        while (taken := self._desk.take(wait=True)) is not None:
            number, batch = taken
            try:
                self._desk.put(number, helper.ask(batch))
            except HelperGone:
                self._desk.put_back(number, batch)
                raise
            except Exception as error:  # noqa: BLE001 the caller raises it
                self._desk.fail(error)
                return

    def end(self) -> None:
        """End the helper, and wait until it has ended."""
        if self._helper:
            self._helper.kill()
        self.join(timeout=20)

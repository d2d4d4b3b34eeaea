import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from answerable.engine.helpers import Helper
from answerable.engine.runners import count_helpers, run_batches, start_helpers
from answerable.errors import UsageError

HERE = "tests.engine.test_runners"


def count_letters(options: Mapping[str, Any], batch: bytes) -> bytes:
    """Work for helpers: answers with the batch, its length and the process."""
    told = {"text": batch.decode(), "pid": os.getpid(), **options}
    return json.dumps(told).encode()


def refuse(options: Mapping[str, Any], batch: bytes) -> bytes:
    if batch == b"7":
        raise UsageError("No seven, please.")
    return batch


def die_once(options: Mapping[str, Any], batch: bytes) -> bytes:
    """Kill the helper process that does it; the parent does it well."""
    if os.getpid() != options["parent"]:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.01)
    return batch


def sleep_long(options: Mapping[str, Any], batch: bytes) -> bytes:
    Path(options["folder"], str(os.getpid())).touch()
    time.sleep(options["seconds"])
    return batch


@pytest.mark.parametrize("helpers", [0, 1, 3])
@pytest.mark.parametrize("batches", [0, 1, 2, 50])
def test_results_come_in_order_whoever_works(helpers: int, batches: int) -> None:
    asked = [str(number).encode() for number in range(batches)]
    found = [
        json.loads(each)
        for each in run_batches(f"{HERE}:count_letters", {"by": 1}, asked, helpers=helpers)
    ]
    assert [each["text"].encode() for each in found] == asked
    assert all(each["by"] == 1 for each in found)


def test_helpers_do_work() -> None:
    asked = (str(number).encode() for number in range(2000))
    found = run_batches(f"{HERE}:count_letters", {}, _slowly(asked), helpers=2)
    workers = {json.loads(each)["pid"] for each in found}
    assert os.getpid() in workers
    assert len(workers) > 1


def _slowly(batches: Any) -> Any:
    for each in batches:
        time.sleep(0.0005)
        yield each


def test_helpers_that_were_started_early_do_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSWERABLE_HELPERS", "2")
    work = f"{HERE}:count_letters"
    with start_helpers(work, 5) as ready:
        early = [each.pid for each in ready]
        asked = (str(number).encode() for number in range(2000))
        found = run_batches(work, {}, _slowly(asked), ready=ready)
        workers = {json.loads(each)["pid"] for each in found}
        assert not ready
    assert len(early) == 2
    assert workers <= {os.getpid(), *early}
    assert len(workers) > 1
    _wait(lambda: not any(map(_is_running, early)))


def test_helpers_that_nobody_takes_are_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSWERABLE_HELPERS", "2")
    with suppress(UsageError), start_helpers("answerable.engine.runners:echo", 1) as ready:
        [helper] = ready
        raise UsageError("The supplier file cannot be read.")
    assert not _is_running(helper.pid)


def test_a_helper_prepares_itself_and_tells_what_fails_at_the_first_batch() -> None:
    helper = Helper("tests.engine.no_such_module:work")
    try:
        helper.begin({})
        with pytest.raises(RuntimeError, match="no_such_module"):
            helper.ask(b"")
    finally:
        helper.close()


@pytest.mark.parametrize("helpers", [0, 2])
def test_an_error_comes_back_as_ours(helpers: int) -> None:
    asked = [str(number).encode() for number in range(20)]
    with pytest.raises(UsageError, match="No seven, please"):
        list(run_batches(f"{HERE}:refuse", {}, asked, helpers=helpers))


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_what_a_killed_helper_leaves_is_done_here() -> None:
    asked = [str(number).encode() for number in range(300)]
    options = {"parent": os.getpid()}
    assert list(run_batches(f"{HERE}:die_once", options, asked, helpers=2)) == asked


def test_batches_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Any:
        nonlocal taken
        while True:
            taken += 1
            yield b"x"

    found = run_batches(f"{HERE}:refuse", {}, endless(), helpers=1)
    assert [next(found) for _ in range(5)] == [b"x"] * 5
    found.close()
    assert taken < 100


@pytest.mark.skipif(os.name != "posix", reason="signals and processes as POSIX has them")
@pytest.mark.parametrize(("number", "seconds"), [(signal.SIGINT, 60), (signal.SIGKILL, 1)])
def test_stopping_ends_all_helpers(tmp_path: Path, number: signal.Signals, seconds: int) -> None:
    """At once by Ctrl-C; with the batch in hand where the parent was killed."""
    options = {"folder": str(tmp_path), "seconds": seconds}
    code = (
        "import signal\n"
        "from answerable.engine.runners import run_batches\n"
        # A shell that runs the tests in the background has its children ignore Ctrl-C.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"list(run_batches('{HERE}:sleep_long', {options!r}, [b'']*9, helpers=2))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.DEVNULL, env=environment
    )
    try:
        _wait(lambda: len(list(tmp_path.iterdir())) == 3)
        process.send_signal(number)
        process.wait(timeout=20)
    finally:
        process.kill()
    workers = [int(each.name) for each in tmp_path.iterdir()]
    _wait(lambda: not any(map(_is_running, workers)))


def _wait(happens: Any) -> None:
    deadline = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().split()[2] != "Z"


def test_the_number_of_helpers_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSWERABLE_HELPERS", "3")
    assert count_helpers() == 3

"""Spark gives what the local runner gives, byte for byte, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from answerable.engine import spark_sessions
from answerable.engine.runners import run_batches
from answerable.engine.spark import _answer_all, run_batches_on_spark
from answerable.errors import EngineFailed, EngineMissing, UsageError
from tests.conftest import ROOT
from tests.spark import MISSING, lay_out_home, needs_spark

HERE = "tests.engine.test_spark"


def shout(options: Mapping[str, Any], batch: bytes) -> bytes:
    return batch.upper() * int(options["times"])


def refuse(options: Mapping[str, Any], batch: bytes) -> bytes:
    if batch == b"7":
        raise UsageError("No seven, please.")
    return batch


def count_openings(options: Mapping[str, Any], batch: bytes) -> bytes:
    open_once(options["folder"])
    return json.dumps([os.getpid(), os.environ["OMP_NUM_THREADS"]]).encode()


@cache
def open_once(folder: str) -> None:
    """Leave a file per opening, as an index would be opened."""
    Path(folder, f"{os.getpid()}-{time.monotonic_ns()}").touch()


def die_once(options: Mapping[str, Any], batch: bytes) -> bytes:
    mark = Path(options["folder"], batch.decode())
    if batch == b"3" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


def die_always(options: Mapping[str, Any], batch: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return batch


def sleep_long(options: Mapping[str, Any], batch: bytes) -> bytes:
    Path(options["folder"], str(os.getpid())).touch()
    time.sleep(60)
    return batch


@pytest.fixture(scope="module")
def spark_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the workers of `local-cluster` write into a folder of their own."""
    home = tmp_path_factory.mktemp("spark-home")
    lay_out_home(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(home))
        yield


@pytest.fixture(scope="class")
def session(spark_home: None) -> Iterator[Any]:
    """A session of two cores, in which a batch is tried four times."""
    before = signal.getsignal(signal.SIGINT)
    with spark_sessions.open_session("local[2,4]") as opened:
        yield opened
    assert signal.getsignal(signal.SIGINT) is before


@pytest.fixture
def asked() -> list[bytes]:
    return [f"name {number} 名".encode() for number in range(23)]


@needs_spark
@pytest.mark.usefixtures("session")
class TestInASessionThatIsThere:
    @pytest.mark.parametrize("partitions", [1, 2, 7, None])
    def test_results_are_those_of_the_local_runner(
        self, asked: list[bytes], partitions: int | None
    ) -> None:
        told = (f"{HERE}:shout", {"times": 2}, asked)
        found = run_batches_on_spark(*told, partitions=partitions)
        assert list(found) == list(run_batches(*told, helpers=0))

    def test_no_batches_give_no_results(self) -> None:
        assert list(run_batches_on_spark(f"{HERE}:shout", {}, [])) == []

    def test_an_error_comes_back_as_ours_after_the_results_before_it(self) -> None:
        asked = [str(number).encode() for number in range(20)]
        found = run_batches_on_spark(f"{HERE}:refuse", {}, asked)
        assert [next(found) for _ in range(7)] == asked[:7]
        with pytest.raises(UsageError, match=r"No seven, please\."):
            next(found)

    def test_batches_are_taken_as_they_are_needed(self) -> None:
        taken = []

        def endless() -> Iterator[bytes]:
            while True:
                taken.append(1)
                yield b"x"

        found = run_batches_on_spark(f"{HERE}:refuse", {}, endless())
        assert [next(found) for _ in range(20)] == [b"x"] * 20
        found.close()
        assert len(taken) <= 4 * 8

    def test_what_is_opened_is_opened_once_per_process(self, tmp_path: Path) -> None:
        options = {"folder": str(tmp_path)}
        found = run_batches_on_spark(f"{HERE}:count_openings", options, [b""] * 40)
        told = [json.loads(each) for each in found]
        opened = [each.name.split("-")[0] for each in tmp_path.iterdir()]
        assert {threads for _, threads in told} == {"1"}
        assert sorted(opened) == sorted({str(pid) for pid, _ in told})
        assert len(opened) <= 4

    def test_what_a_killed_process_leaves_is_done_again(self, tmp_path: Path) -> None:
        asked = [str(number).encode() for number in range(6)]
        options = {"folder": str(tmp_path)}
        found = run_batches_on_spark(f"{HERE}:die_once", options, asked)
        assert list(found) == asked
        assert (tmp_path / "3").exists()

    def test_it_stays(self, session: Any, asked: list[bytes]) -> None:
        assert list(run_batches_on_spark(f"{HERE}:refuse", {}, asked)) == asked
        assert session.range(3).count() == 3


@needs_spark
@pytest.mark.usefixtures("spark_home")
class TestWithASessionOfItsOwn:
    def test_it_gives_up_with_an_error_of_ours(self) -> None:
        with pytest.raises(EngineFailed, match="Spark gave up"):
            list(run_batches_on_spark(f"{HERE}:die_always", {}, [b""], master="local[1]"))

    def test_a_cluster_of_two_machines_gives_the_same(self, asked: list[bytes]) -> None:
        told = (f"{HERE}:shout", {"times": 2}, asked)
        found = run_batches_on_spark(*told, master="local-cluster[2,1,1024]")
        assert list(found) == list(run_batches(*told, helpers=0))


@needs_spark
@pytest.mark.skipif(os.name != "posix", reason="signals and processes as POSIX has them")
def test_stopping_ends_java_and_all_processes(tmp_path: Path) -> None:
    marks, temporary = tmp_path / "marks", tmp_path / "temporary"
    marks.mkdir()
    temporary.mkdir()
    code = (
        "import signal\n"
        "from answerable.engine.spark import run_batches_on_spark\n"
        # A shell that runs the tests in the background has its children ignore Ctrl-C.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"list(run_batches_on_spark('{HERE}:sleep_long', {{'folder': {str(marks)!r}}}, [b'']*9))"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
        "TMPDIR": str(temporary),
        "ANSWERABLE_SPARK_MASTER": "local[2]",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.PIPE, env=environment, text=True
    )
    try:
        _wait(lambda: len(list(marks.iterdir())) == 2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert "KeyboardInterrupt" in said
    workers = [int(each.name) for each in marks.iterdir()]
    _wait(lambda: not any(map(_is_running, workers)))
    assert not list(temporary.glob("answerable-spark-*"))


def _wait(happens: Any) -> None:
    deadline = time.monotonic() + 120
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_running(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().split()[2] != "Z"


def test_without_pyspark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(EngineMissing, match=r"PySpark.*answerable\[spark\]"):
        list(run_batches_on_spark(f"{HERE}:shout", {}, [b""]))


@pytest.mark.skipif("pyspark" in MISSING, reason="pyspark is not installed")
def test_without_java_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineMissing, match="Java is not installed"):
        list(run_batches_on_spark(f"{HERE}:shout", {}, [b""]))


def test_another_version_is_refused_rather_than_believed() -> None:
    rows = pa.table({"number": [0], "batch": [b"x"]}).to_batches()
    with pytest.raises(RuntimeError, match=r"this machine has answerable .*, not 0\.0\.0"):
        next(_answer_all(f"{HERE}:shout", {"times": 1}, "0.0.0", rows))
    [found] = _answer_all(f"{HERE}:shout", {"times": 2}, version("answerable"), rows)
    assert found.to_pylist() == [{"number": 0, "kind": b"d", "result": b"XX"}]


def test_importing_answerable_imports_no_pyspark() -> None:
    code = "import sys, answerable.engine.spark, answerable.story; print('pyspark' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"

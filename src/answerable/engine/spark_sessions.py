"""Sessions of Spark: found, or made so that nothing of them leaves this machine or stays on it.

PySpark is imported when a session is opened, not before. Java cannot be had from Python's packages:
where either is missing, an error of ours says what to install.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from answerable.errors import EngineFailed, EngineMissing

LOCAL = "local[*,4]"
"""All cores of this machine; a batch whose process was killed is tried four times, as elsewhere."""

MASTER = "ANSWERABLE_SPARK_MASTER"
SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""In the environment of programs that `spark-submit` has started."""

_LOG = """\
rootLogger.level = {level}
rootLogger.appenderRef.stderr.ref = console
logger.gateway.name = org.apache.spark.api.python.PythonGatewayServer
logger.gateway.level = {level}
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c{{1}}: %m%n%ex
"""


@contextmanager
def open_session(master: str | None = None) -> Iterator[Any]:
    """Give a session of Spark for the length of a block.

    Args:
        master: Address of the cluster; by default what `ANSWERABLE_SPARK_MASTER` says, else all
            cores of this machine.

    Yields:
        The session that is active already, whatever `master` says, and which stays; else a new
        one, which is stopped when the block ends. A new one on this machine listens to this
        machine alone, has no web page, and keeps its files in a folder that is removed.

    Raises:
        EngineMissing: PySpark or Java is not installed.
        EngineFailed: No session could be made.
    """
    check_installed()
    sql = import_module("pyspark.sql")
    active = sql.SparkSession.getActiveSession()
    if active is not None:
        yield active
        return
    with _keep_handler():
        session = _start(sql.SparkSession.builder, _choose_master(master))
        try:
            yield session
        finally:
            with suppress(*spark_errors()):
                session.stop()


@contextmanager
def _keep_handler() -> Iterator[None]:
    """Restore the handler of Ctrl-C, which Spark replaces by one that ends its jobs first."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, before)


def _choose_master(master: str | None) -> str | None:
    """Return where to work; None where `spark-submit` has chosen."""
    if SUBMITTED in os.environ:
        return None
    return master or os.environ.get(MASTER) or LOCAL


def _start(builder: Any, master: str | None) -> Any:
    if master is not None:
        builder = builder.master(master)
    for name, value in _settings(master).items():
        builder = builder.config(name, value)
    try:
        with _environment(_variables(master)):
            return builder.getOrCreate()
    except spark_errors() as error:
        raise EngineFailed("Spark", tell_why(error)) from error


def check_installed() -> None:
    """Make sure that PySpark and Java are there, so that a session can be opened.

    Raises:
        EngineMissing: One is not, with what to install.
    """
    try:
        import_module("pyspark.sql")
    except ImportError as error:
        raise EngineMissing("PySpark", "it with `pip install 'answerable[spark]'`") from error
    home = os.environ.get("JAVA_HOME")
    if SUBMITTED not in os.environ and not shutil.which(
        "java", path=str(Path(home, "bin")) if home else None
    ):
        advice = "Java 17 or newer, such as the package openjdk-17-jre-headless of Debian"
        raise EngineMissing("Java", advice)


def _settings(master: str | None) -> dict[str, str]:
    """Return what a new session is told: of a cluster only what the work needs."""
    threads = {f"spark.executorEnv.{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    settings = {
        "spark.app.name": "answerable",
        "spark.python.worker.reuse": "true",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.adaptive.enabled": "false",
        **threads,
    }
    return settings | _settings_here() if _is_here(master) else settings


def _is_here(master: str | None) -> bool:
    return master is not None and master.startswith("local")


def _settings_here() -> dict[str, str]:
    """Return settings of a session of this machine alone, whose Java has little to do."""
    folder = _keep_folder()
    log = folder / "log.properties"
    level = "warn" if os.environ.get("ANSWERABLE_DEBUG") else "off"
    log.write_text(_LOG.format(level=level), encoding="utf-8")
    java = f"-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dlog4j2.configurationFile={log.as_uri()}"
    return {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.eventLog.enabled": "false",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        "spark.local.dir": str(folder),
        "spark.driver.extraJavaOptions": java,
        "spark.executor.extraJavaOptions": java,
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


def _variables(master: str | None) -> dict[str, str]:
    """Return variables that Spark reads nowhere else: where to listen, which Python to run."""
    if not _is_here(master):
        return {}
    return {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@cache
def _keep_folder() -> Path:
    """Return the folder of Spark's own files: one per process, as its Java knows only one."""
    folder = Path(tempfile.mkdtemp(prefix="answerable-spark-"))
    atexit.register(_end_java, folder)
    return folder


def _end_java(folder: Path) -> None:
    """End the Java that was started for us, which a stopped session leaves; remove its files."""
    gateway: Any = getattr(import_module("pyspark").SparkContext, "_gateway", None)
    java = getattr(gateway, "proc", None)
    if java is not None:
        with suppress(*spark_errors()):
            gateway.shutdown()  # nothing is said to a Java that has gone
        java.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            java.wait(timeout=10)
    shutil.rmtree(folder, ignore_errors=True)


def spark_errors() -> tuple[type[Exception], ...]:
    """Return what Spark raises, of its own and where its Java has gone."""
    missing = import_module("py4j.protocol").Py4JError
    return (missing, import_module("pyspark.errors").PySparkException, OSError, EOFError)


def tell_why(error: Exception) -> str:
    r"""Return what went wrong in one line: of a chain of causes the last, which is the first.

    Example:
        >>> tell_why(RuntimeError("Job aborted\nCaused by: ...\nOSError: No space left\n at x"))
        'OSError: No space left'
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [each for each in lines if each.split(":")[0].endswith(("Error", "Exception"))]
    return ([*lines[:1], *named] or [type(error).__name__])[-1][:300]

"""What tests with Spark need: the reason to skip them, and folders that may be written."""

import importlib.util
import shutil
from pathlib import Path

import pytest

MISSING = [
    name
    for name, found in [
        ("pyspark", importlib.util.find_spec("pyspark")),
        ("Java", shutil.which("java")),
    ]
    if not found
]

needs_spark = pytest.mark.skipif(
    bool(MISSING), reason=f"{' and '.join(MISSING)} not installed: see `make spark`"
)


def lay_out_home(home: Path) -> None:
    """Lay Spark's folder out anew, for its workers of `local-cluster` write into it."""
    spec = importlib.util.find_spec("pyspark")
    assert spec
    assert spec.submodule_search_locations
    for each in Path(spec.submodule_search_locations[0]).iterdir():
        (home / each.name).symlink_to(each)

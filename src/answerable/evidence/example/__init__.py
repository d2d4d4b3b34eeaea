"""The case that ships: Huawei, the surveillance of Uyghurs, and the UK's telecoms decisions.

It shows what a case looks like that counsel of every party may read. Its files are laid into a
workspace, where they are a case like any other: to be checked, filed, changed. Its texts are
described in docs/example-case.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

import yaml

from answerable.engine.files import digest_file, write_whole
from answerable.errors import OutputUnwritable
from answerable.evidence.capture_records import list_captures
from answerable.evidence.captures import capture_file
from answerable.evidence.texts.reading import Reader
from answerable.evidence.texts.sealed import derive_text
from answerable.ledger.log import Ledger
from answerable.model.capture import Capture

__all__ = ["EXAMPLE_CASE", "ExampleFile", "lay_out_example", "list_example_files"]

EXAMPLE_CASE = "huawei-uk"
"""Name of the case, and of its folder."""

_FROM_FILE = "FROM-FILE "


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """A file that is sealed for the example.

    Args:
        source: Key of the source of which it is the copy.
        path: Where it lies within the package `answerable`.
        title: Its title.
    """

    source: str
    path: PurePosixPath
    title: str

    @property
    def mark(self) -> str:
        """What stands in the shipped `sources.yaml` where the id of its capture belongs."""
        return f"{_FROM_FILE}{self.path.name}"


def list_example_files() -> tuple[ExampleFile, ...]:
    """Return the files that are sealed for the example.

    Example:
        >>> [each.path.suffix for each in list_example_files()]
        ['.csv', '.csv', '.pdf']
    """
    entries = yaml.safe_load(_shipped("captures.yaml").read_text(encoding="utf-8"))["captures"]
    return tuple(
        ExampleFile(entry["source"], PurePosixPath(entry["file"]), entry["title"])
        for entry in entries
    )


def lay_out_example(ledger: Ledger, cases_folder: Path) -> Path:
    """Seal the files of the example, and write its case with the ids of their captures.

    Done again, it finds the captures that were made before, and keeps the case's files as they
    are: what was changed in them stays. Broken off, it is simply done again.

    Args:
        ledger: The ledger of the workspace.
        cases_folder: Its folder of cases, such as `cases`; made if missing.

    Returns:
        The folder of the case. `check_case` finds no error in it, and `file_case` files it.

    Raises:
        OutputUnwritable: The disk refused it.
        LogFaulty: The log is not as it was written.

    Cost:
        Three files of 290 kB together; about a second.
    """
    ids = _seal_files(ledger)
    folder = cases_folder / EXAMPLE_CASE
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(str(folder), error.strerror or str(error)) from error
    shipped = _shipped(EXAMPLE_CASE).iterdir()
    for file in sorted(shipped, key=lambda each: each.name):
        if not (folder / file.name).exists():
            text = _put_ids(file.read_text(encoding="utf-8"), ids)
            with write_whole(folder / file.name) as place:
                place.write(text.encode())
    return folder


def _shipped(name: str) -> Traversable:
    return files("answerable.evidence.example").joinpath(name)


def _put_ids(text: str, ids: Mapping[str, str]) -> str:
    for mark, capture in ids.items():
        text = text.replace(mark, capture)
    return text


def _seal_files(ledger: Ledger) -> dict[str, str]:
    """Return the id of the capture of each file, by what stands in its place."""
    made = {
        capture.original.object: capture
        for capture in list_captures(ledger)
        if capture.case == EXAMPLE_CASE and capture.parts and not capture.private
    }
    with Reader() as reader:
        return {
            each.mark: derive_text(ledger, _seal_file(ledger, each, made), reader=reader).id
            for each in list_example_files()
        }


def _seal_file(ledger: Ledger, file: ExampleFile, made: Mapping[str, Capture]) -> Capture:
    with as_file(files("answerable").joinpath(*file.path.parts)) as path:
        found = made.get(f"sha256:{digest_file(path)}")
        return found or capture_file(ledger, path, EXAMPLE_CASE, title=file.title)

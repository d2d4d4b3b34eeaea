"""Changes: two kept screenings found, read, and laid side by side."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from answerable.engine.files import write_whole
from answerable.engine.workspace import Workspace
from answerable.errors import AnswerableError, ScreeningFaulty, ScreeningUnknown
from answerable.exposure.changes.comparing import compare_kept
from answerable.exposure.changes.forms import check_outputs, write_outputs
from answerable.exposure.changes.kept import KeptScreening, read_kept, read_manifest
from answerable.exposure.changes.searched import Searched, read_searched, write_searched
from answerable.exposure.changes.told import Entries, Entry
from answerable.lists.cache import fold_company
from answerable.lists.editions import list_editions, load_edition
from answerable.model import Company
from answerable.model.change import Changes
from answerable.story.editions import Tell

MANIFEST, FINDINGS = "manifest.json", "findings.jsonl"

MOST_MANIFEST = 64 << 20
"""Bytes of a manifest, at most."""


def compare_screenings(
    workspace: Workspace,
    old: str | Path,
    new: str | Path,
    outputs: Sequence[Path] = (),
    *,
    tell: Tell = lambda *_: None,
) -> Changes:
    """Return what two kept screenings differ in, and because of what; write it where asked.

    Args:
        workspace: Holds the screenings, and the editions that tell which entries came and went.
        old: Id of the one, its first letters, `latest`, `latest~1` …, or the path of its folder.
        new: The same of the other.
        outputs: Files to write, their form by their ending: `.jsonl`, `.csv`, `.xlsx`, `.html`.
        tell: Told about progress.

    Returns:
        The changes, with the coverage of both; `Changes.of` gives those of one finding.

    Raises:
        ScreeningUnknown: There is no such screening.
        ScreeningFaulty: Its files are not as they were kept.
        OutputError: An output cannot be written; known before any work is done where possible.

    Cost:
        About 40 µs per row, most of it for reading the findings, and the reading of each edition
        that differs.
    """
    check_outputs(outputs)
    folders = [find_screening(workspace, each) for each in (old, new)]
    read = []
    for at, folder in enumerate(folders):
        tell("Reading the screenings", at, len(folders))
        read.append(read_screening(folder))
    tell("Comparing", 0, 1)
    changes = compare_kept(read[0], read[1], look_up_entries(workspace))
    write_outputs(changes, outputs)
    return changes


def find_screening(workspace: Workspace, name: str | Path) -> Path:
    """Return the folder of a kept screening.

    Args:
        workspace: Holds the screenings.
        name: Its id or its first letters; `latest`: that of the newest day, of one day the one that
            was kept last; `latest~N`: the Nth before it; or the path of a folder.

    Raises:
        ScreeningUnknown: There is none, or several begin with these letters.
    """
    folder = Path(name)
    if (folder / MANIFEST).is_file():
        return folder
    kept = list_screenings(workspace)
    word, sign, number = str(name).partition("~")
    if word == "latest" and (not sign or number.isdecimal()):
        back = int(number or 0) if len(number) < 10 else len(kept)
        if back < len(kept):
            return kept[-1 - back]
    found = [each for each in kept if name and each.name.startswith(str(name))]
    exact = [each for each in found if each.name == str(name)]
    if len(exact or found) != 1:
        raise ScreeningUnknown(str(name), [each.name for each in found or kept])
    return (exact or found)[0]


def list_screenings(workspace: Workspace) -> list[Path]:
    """Return the folders of the screenings that are kept: by day, of one day by when kept."""
    root = workspace.screenings_folder
    folders = root.iterdir() if root.is_dir() else ()
    kept = [each for each in folders if (each / MANIFEST).is_file() and each.name[0] != "."]
    return sorted(
        kept, key=lambda each: (each.name[:10], (each / MANIFEST).stat().st_mtime_ns, each.name)
    )


def read_screening(folder: Path) -> KeptScreening:
    """Return the screening that is kept in a folder.

    Raises:
        ScreeningFaulty: A file is missing, or not as it was kept.
    """
    try:
        with (folder / FINDINGS).open("rb") as lines:
            return read_kept(str(folder), _read_manifest(folder), lines)
    except OSError as error:
        raise ScreeningFaulty(str(folder), error.strerror or str(error)) from error


def manifest_of(folder: Path) -> Mapping[str, object]:
    """Return the manifest of a kept screening.

    Raises:
        ScreeningFaulty: It is missing, or not as it was kept.
    """
    try:
        return read_manifest(str(folder), _read_manifest(folder))
    except OSError as error:
        raise ScreeningFaulty(str(folder), error.strerror or str(error)) from error


def _read_manifest(folder: Path) -> bytes:
    path = folder / MANIFEST
    if path.stat().st_size > MOST_MANIFEST:
        raise ScreeningFaulty(str(folder), "its manifest is too large")
    return path.read_bytes()


def remember(workspace: Workspace, screening: str, searched: Mapping[str, Searched]) -> None:
    """Keep, as a working table, what a screening asked of its indexes; no harm where it cannot.

    Args:
        workspace: Its build folder takes the table.
        screening: Id of the screening.
        searched: By the name of an index.
    """
    path = _place_searched(workspace, screening)
    with contextlib.suppress(OSError, AnswerableError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_whole(path) as file:
            file.write(write_searched(searched))


def recall(workspace: Workspace, screening: str | Path | None) -> tuple[str, dict[str, Searched]]:
    """Return the id of a kept screening and what it asked of its indexes; nothing for None.

    Raises:
        ScreeningUnknown: There is no such screening.
        ScreeningFaulty: Its files are not as they were kept.
    """
    if screening is None:
        return "", {}
    name = str(manifest_of(find_screening(workspace, screening))["screening"])
    try:
        return name, read_searched(_place_searched(workspace, name).read_bytes())
    except (OSError, ValueError):
        return name, {}


def _place_searched(workspace: Workspace, screening: str) -> Path:
    name = hashlib.sha256(screening.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return workspace.build_folder / "searched" / f"{name}.json"


def look_up_entries(workspace: Workspace) -> Entries:
    """Return what gives the entries of an edition by their ids, each edition read once."""

    @cache
    def entries(name: str, day: str) -> Mapping[str, Entry] | None:
        try:
            kept = [each for each in list_editions(workspace, name) if each.edition == day]
            if not kept:
                return None
            companies, _ = load_edition(workspace, kept[0])
        except (AnswerableError, OSError):
            return None  # the edition cannot be read here: then it is said that it does not tell
        return {each.id: _enter(each) for each in companies}

    lookup: Callable[[str, str], Mapping[str, Entry] | None] = entries
    return lookup


def _enter(company: Company) -> Entry:
    ends = [each.until for each in company.listings if each.until]
    text = json.dumps(fold_company(company), ensure_ascii=False, sort_keys=True)
    return Entry(
        caption=company.caption,
        digest=hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest(),
        until=min(ends) if ends else None,
        named=company.is_legal_person,
    )

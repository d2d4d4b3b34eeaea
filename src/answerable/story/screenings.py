"""Screenings: a supplier file against the lists of a workspace, kept under an id."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from answerable.engine.files import place_folder
from answerable.engine.helpers import Helper
from answerable.engine.runners import start_helpers
from answerable.engine.spark import run_batches_on_spark
from answerable.engine.spark_sessions import check_installed
from answerable.engine.workspace import Workspace
from answerable.errors import OutputUnwritable, UsageError
from answerable.exposure.changes.searched import Watched, basis_of, match_anew
from answerable.exposure.judgements.book import Book
from answerable.exposure.judgements.filed import read_judgements
from answerable.exposure.outputs import check_outputs, write_outputs
from answerable.exposure.outputs.lines import write_findings, write_manifest
from answerable.exposure.screening.screening import index_listed, screen_suppliers
from answerable.exposure.suppliers.reading import read_suppliers
from answerable.ledger.log import open_ledger
from answerable.lists.selection import select_companies
from answerable.matching.index import NameIndex
from answerable.matching.index_store import keep_held, keep_index, open_index
from answerable.matching.kernel import WORK as MATCHING
from answerable.matching.kernel import WORTH_HELP, Runner, match_each
from answerable.matching.matches import NO_MATCHES, SupplierMatches
from answerable.model import Screening, Selection, Supplier
from answerable.story.changes import recall, remember
from answerable.story.editions import Tell, today
from answerable.story.ties import read_ties

FINDINGS = "findings.jsonl"
"""The file of a screening that holds its findings."""

WORTH_EARLY = 200_000
"""Bytes of a supplier file for each helper that is started while it is still being read."""

ENGINES = ("local", "spark")
"""Who may match: this machine's cores, or a cluster."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A screening and where it is kept.

    Args:
        screening: Findings, coverage and manifest.
        folder: Folder of `findings.jsonl` and `manifest.json`; never changed again.
        outputs: The other files that were asked for.
        since: What was matched anew, where it was screened since an earlier screening; else None.
    """

    screening: Screening
    folder: Path
    outputs: tuple[Path, ...] = ()
    since: str | None = None


def screen(
    workspace: Workspace,
    suppliers: Path | bytes,
    outputs: Sequence[Path] = (),
    *,
    columns: dict[str, str] | None = None,
    sheet: str | None = None,
    as_of: date | None = None,
    threshold: float | None = None,
    lists: Sequence[str] | None = None,
    notes: Sequence[str] = (),
    engine: str = "local",
    since: str | Path | None = None,
    tell: Tell = lambda *_: None,
) -> Screened:
    """Screen a supplier file against the lists of a workspace, and keep the screening.

    Args:
        workspace: Holds the lists; the screening is kept under `screenings/`.
        suppliers: A CSV, XLSX, ODS, JSON or OCDS file, or its bytes.
        outputs: Files to write besides, their form by their ending.
        columns: Field to heading, where recognition should not decide.
        sheet: Sheet of a workbook; by default the one with the best headings.
        as_of: The newest edition up to this day is used; by default today.
        threshold: Probability from which a name match is a `match`; by default the workspace's.
        lists: Ids of lists to search; by default the workspace's, or all that are there.
        notes: Sentences that outputs show first.
        engine: Who matches: `local`, all cores of this machine, or `spark`, a cluster that sees
            the workspace under the same path (docs/spark.md); the findings are the same.
        since: A kept screening (see `story.compare_screenings`): only what may be answered
            otherwise than then is matched; the screening is the same, byte for byte.
        tell: Told about progress.

    Returns:
        The screening; the same inputs give the same id and the same bytes.

    Raises:
        TableError: The supplier file cannot be read.
        ListError: A list cannot be used, or none is there.
        OutputError: An output cannot be written; known before any work is done where possible.
        EngineError: Spark or what it needs is not there, or it gave up.
        ScreeningError: `since` names no screening that is kept.
    """
    run = _choose_engine(engine)
    earlier, searched = recall(workspace, since)
    source = suppliers if isinstance(suppliers, Path) else None
    check_outputs(outputs, source)
    threshold = workspace.threshold if threshold is None else threshold
    if not 0 < threshold <= 1:
        raise UsageError(f"The threshold must be over 0 and at most 1, not {threshold}.")
    wanted = tuple(lists) if lists else workspace.lists
    early = 0 if run or searched else _size_of(suppliers) // WORTH_EARLY
    with start_helpers(MATCHING, early) as ready:
        tell("Reading the suppliers", 0, 1)
        supplier_list = read_suppliers(suppliers, columns=columns, sheet=sheet)
        tell("Reading the lists", 0, 1)
        selection = select_companies(workspace, as_of or today(), wanted or None)
        index = prepare_index(workspace, selection, tell, needed=run is not None)
        ties = read_ties(workspace, selection, as_of or today(), wanted, index, threshold)
        indexes = _name_indexes(index, ties.unlisted)
        watched = {
            name: Watched(basis_of(each, threshold), searched.get(name))
            for name, each in indexes.items()
        }
        match = partial(_match, workspace, indexes, threshold, ready, run, tell)
        screening = screen_suppliers(
            supplier_list,
            ties.selection,
            threshold=threshold,
            id_key=workspace.id_key,
            lists=wanted,
            notes=notes,
            match=lambda rows: _pair(match_anew(rows, watched, match)),
            around=ties.around,
            book=open_book(workspace, as_of or today()),
        )
    tell("Writing", 0, 1)
    folder, is_new = _keep(workspace, screening)
    write_outputs(screening, outputs, source, lines=folder / FINDINGS if is_new else None)
    remember(workspace, screening.id, {name: each.searched for name, each in watched.items()})
    told = _say_since(earlier, watched, len(screening.findings)) if since else None
    return Screened(screening, folder, tuple(outputs), told)


def _name_indexes(
    index: Path | NameIndex, unlisted: NameIndex | None
) -> dict[str, Path | NameIndex]:
    """Return the indexes that are asked for matches by their names."""
    return {"listed": index} | ({"unlisted": unlisted} if unlisted else {})


def _pair(
    found: Iterable[Mapping[str, SupplierMatches]],
) -> Iterator[tuple[SupplierMatches, SupplierMatches]]:
    """Yield what was found among listed companies, and among those on no list."""
    return ((each["listed"], each.get("unlisted", NO_MATCHES)) for each in found)


def _say_since(earlier: str, watched: Mapping[str, Watched], rows: int) -> str:
    """Return in a sentence how many rows were matched anew, and why not fewer."""
    asked = max(each.asked for each in watched.values())
    why = next((each.differs for each in watched.values() if each.differs), None)
    if why:
        return f"Since {earlier}: {asked:,} of {rows:,} rows were matched anew, because {why}."
    return (
        f"Since {earlier}: {asked:,} of {rows:,} rows were matched anew. For the others nothing "
        "was brought up then, and names, weights and threshold are the same."
    )


def open_book(workspace: Workspace, day: date) -> Book:
    """Return what was judged in a workspace, to be applied to a screening of a day."""
    judgements = read_judgements(open_ledger(workspace))
    return Book(judgements, day.isoformat(), second=workspace.needs_second)


def _size_of(suppliers: Path | bytes) -> int:
    """Return how many bytes a supplier file has; 0 if it is not there, which others say."""
    if isinstance(suppliers, bytes):
        return len(suppliers)
    try:
        return suppliers.stat().st_size
    except OSError:
        return 0


def _match(
    workspace: Workspace,
    indexes: Mapping[str, Path | NameIndex],
    threshold: float,
    ready: list[Helper],
    run: Runner | None,
    tell: Tell,
    suppliers: Sequence[Supplier],
    names: Sequence[str],
) -> Iterable[tuple[SupplierMatches, ...]]:
    """Give the matches of suppliers, in order, with those indexes that are named, in one pass."""
    rows, done = len(suppliers), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        tell("Matching", done, rows)

    tell("Matching", 0, rows)
    asked = [indexes[name] for name in names]
    shared = run is not None or rows >= WORTH_HELP
    return match_each(
        suppliers,
        [open_index(each) if isinstance(each, Path) else each for each in asked],
        threshold=threshold,
        kept=_share(workspace, asked, needed=run is not None) if shared else (),
        advance=advance,
        ready=ready,
        run=run,
    )


def _share(
    workspace: Workspace, indexes: Sequence[Path | NameIndex], *, needed: bool
) -> Sequence[Path]:
    """Return where indexes are kept for others to open; none where that cannot be."""
    try:
        return [each if isinstance(each, Path) else keep_held(workspace, each) for each in indexes]
    except OutputUnwritable:
        if needed:
            raise
        return ()


def _choose_engine(engine: str) -> Runner | None:
    """Return who works on batches besides this machine; None for this machine alone."""
    if engine not in ENGINES:
        raise UsageError(f"--engine takes one of {', '.join(ENGINES)}, not {engine!r}.")
    if engine == "local":
        return None
    check_installed()
    return run_batches_on_spark


def prepare_index(
    workspace: Workspace, selection: Selection, tell: Tell, *, needed: bool = False
) -> Path | NameIndex:
    """Return where the index is kept; the index where nothing can be kept, unless it is needed."""
    try:
        return keep_index(
            workspace,
            selection.coverage,
            advance=lambda done, of: tell("Indexing the lists", done, of),
        )
    except OutputUnwritable:
        if needed:
            raise
        return index_listed(selection)


def _keep(workspace: Workspace, screening: Screening) -> tuple[Path, bool]:
    """Keep a screening under its id, and tell whether it is new or the same was kept already."""
    folder = workspace.screenings_folder / screening.id
    if (folder / "manifest.json").is_file():
        return folder, False
    with place_folder(folder) as part:
        with (part / FINDINGS).open("wb") as file:
            write_findings(screening, file)
        with (part / "manifest.json").open("wb") as file:
            write_manifest(screening, file)
    return folder, True

"""The story in verbs: the one module that joins the steps, and the public Python API.

Each command and each page calls one function from here. The verbs in their order: `init` a
workspace, `collect` what issuers publish, see what `lists` there are, `screen` suppliers,
`compare` names, and `demo`, which does it all with the shipped example.

Example:
    >>> import tempfile
    >>> found = demo(Path(tempfile.mkdtemp()) / "demo", as_of=date(2026, 1, 1))
    >>> found.screening.manifest["counts"]["rows"]
    500
"""

import csv
import io
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from answerable.engine.files import place_folder, write_whole
from answerable.engine.spark import run_batches_on_spark
from answerable.engine.spark_sessions import check_installed
from answerable.engine.workspace import MARK, Workspace, make_workspace, open_workspace
from answerable.errors import CardFaulty, ColumnsUnclear, OutputUnwritable, UsageError
from answerable.exposure.outputs import check_outputs, write_outputs
from answerable.exposure.outputs.lines import write_findings, write_manifest
from answerable.exposure.screening import index_listed, screen_suppliers
from answerable.exposure.suppliers import read_suppliers
from answerable.lists.cards import known_cards, load_card, make_ftm_card
from answerable.lists.editions import Edition, collect_edition, load_edition
from answerable.lists.reading import count_standing
from answerable.lists.selection import cover_editions, select_companies
from answerable.lists.sources import gather_sources, has_addresses, shipped_lists
from answerable.lists.tables import Table, read_table
from answerable.matching.comparison import compare_names, explain
from answerable.matching.index import ListedName, NameIndex
from answerable.matching.index_store import keep_index, open_index
from answerable.matching.kernel import Runner, match_kept
from answerable.matching.matches import SupplierMatches, find_nearest, match_suppliers
from answerable.matching.weights import Weight
from answerable.model import Card, Coverage, Problem, Screening, Selection, Supplier
from answerable.model.countries import read_country

PAIR_HEADINGS = "Give the two columns of names the headings name1 and name2."
"""What to do where a file of pairs has no such columns."""

DEMO_NAME = "answerable demo"
DEMO_KEY = "64656d6f64656d6f64656d6f64656d6f"  # public on purpose: the demo's ids are in the docs
DEMO_BRANDS = ("huawei", "hikvision", "dahua", "hytera", "zte")
"""How the names begin that the example keeps on purpose; the demo shows what became of them."""

DEMO_NOTES = (
    "This is an example. The supplier file is a cut of the UK register of licensed sponsors, with "
    "six names kept on purpose; it is not any buyer's supplier list. Being on that register, or "
    "in this example, says nothing about wrongdoing.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)

FINDINGS = "findings.jsonl"
"""The file of a screening that holds its findings."""

ENGINES = ("local", "spark")
"""Who may match: this machine's cores, or a cluster."""

Tell = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how many."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A screening and where it is kept.

    Args:
        screening: Findings, coverage and manifest.
        folder: Folder of `findings.jsonl` and `manifest.json`; never changed again.
        outputs: The other files that were asked for.
    """

    screening: Screening
    folder: Path
    outputs: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Collected:
    """An edition that was collected.

    Args:
        edition: The edition; `is_new` is False if the same was there already.
        companies: Legal persons that stand on it.
        problems: What is wrong with its rows; none of them was dropped.
    """

    edition: Edition
    companies: int
    problems: tuple[Problem, ...]


def init(folder: Path, name: str | None = None) -> Workspace:
    """Make a workspace in a folder.

    Args:
        folder: Made if missing.
        name: Name of the workspace; by default the folder's.

    Raises:
        OutputUnwritable: The folder is a workspace already, or cannot be written.
    """
    return make_workspace(folder, name)


def collect(
    workspace: Workspace,
    list_id: str,
    sources: Sequence[str] = (),
    *,
    card: Path | None = None,
    edition: str | None = None,
    tell: Tell = lambda *_: None,
) -> Collected:
    """Take one more edition of a list into the workspace, held to its card's counts.

    Args:
        workspace: Where it goes; earlier editions stay.
        list_id: Id of a known list, or of your own with `card`.
        sources: Files, https addresses, or the word `shipped` for the small dated copy that
            comes with answerable; empty for the issuer's own addresses.
        card: A card of your own; by default the known one.
        edition: ISO date of the edition, if the files do not tell it.
        tell: Told about progress.

    Returns:
        The edition, and whether it is new.

    Raises:
        ListUnknown: No card has this id.
        ListChanged: Fewer or more companies than the card expects; nothing is stored.
        ListUnreadable, TableError: A file is not in the card's form.
        DownloadFailed: An address could not be fetched.
    """
    if card is not None:
        known: Card | None = load_card(card)
        if known and known.id != list_id:
            raise CardFaulty(str(card), "id", f"it is {known.id!r}, but {list_id!r} is collected")
    else:
        known = _known_card(list_id, sources)
    tell("Fetching", 0, 1)
    with tempfile.TemporaryDirectory() as folder:
        gathered = gather_sources(list_id, sources, Path(folder), known)
        tell("Reading", 0, 1)
        kept = collect_edition(workspace, gathered.card, gathered.files, edition)
    companies, problems = load_edition(workspace, kept)
    return Collected(kept, count_standing(companies), tuple(problems))


def collect_all(
    workspace: Workspace, sources: Sequence[str] = (), *, tell: Tell = lambda *_: None
) -> list[Collected]:
    """Collect every list that can be had without a file: shipped copies, or from the issuers.

    Args:
        workspace: Where they go.
        sources: The one word `shipped`, or nothing for the issuers' own addresses.
        tell: Told about progress.

    Raises:
        UsageError: Files are given, which belong to one list.
        ListError: As `collect`; lists that were collected before the error stay.
    """
    if list(sources) not in ([], ["shipped"]):
        raise UsageError("Files belong to one list. Name it in place of `all`.")
    wanted = shipped_lists() if sources else tuple(sorted(fetchable_lists()))
    return [collect(workspace, list_id, sources, tell=tell) for list_id in wanted]


def fetchable_lists() -> frozenset[str]:
    """Return the ids of the lists whose issuers publish files at known addresses.

    Example:
        >>> "us_ofac_sdn" in fetchable_lists(), "us_fcc_covered_list" in fetchable_lists()
        (True, False)
    """
    return frozenset(card.id for card in known_cards().values() if has_addresses(card))


def _known_card(list_id: str, sources: Sequence[str]) -> Card | None:
    """Return the known card of a list; FollowTheMoney JSON lines need none of their own."""
    known = known_cards().get(list_id)
    if known is None and sources and all(each.endswith((".json", ".jsonl")) for each in sources):
        return make_ftm_card(list_id)
    return known


def lists(workspace: Workspace, as_of: date | None = None) -> Coverage:
    """Return what lists are there on a day, how old and how complete, and which are absent."""
    return cover_editions(workspace, as_of or _today())


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
        tell: Told about progress.

    Returns:
        The screening; the same inputs give the same id and the same bytes.

    Raises:
        TableError: The supplier file cannot be read.
        ListError: A list cannot be used, or none is there.
        OutputError: An output cannot be written; known before any work is done where possible.
        EngineError: Spark or what it needs is not there, or it gave up.
    """
    run = _choose_engine(engine)
    source = suppliers if isinstance(suppliers, Path) else None
    check_outputs(outputs, source)
    threshold = workspace.threshold if threshold is None else threshold
    if not 0 < threshold <= 1:
        raise UsageError(f"The threshold must be over 0 and at most 1, not {threshold}.")
    wanted = tuple(lists) if lists else workspace.lists
    tell("Reading the suppliers", 0, 1)
    supplier_list = read_suppliers(suppliers, columns=columns, sheet=sheet)
    tell("Reading the lists", 0, 1)
    selection = select_companies(workspace, as_of or _today(), wanted or None)
    rows, done = len(supplier_list.suppliers), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        tell("Matching", done, rows)

    index = _keep_index(workspace, selection, tell, needed=run is not None)
    tell("Matching", 0, rows)

    def match(suppliers: Sequence[Supplier]) -> list[SupplierMatches]:
        if isinstance(index, NameIndex):
            return match_suppliers(suppliers, index, threshold=threshold, advance=advance)
        return match_kept(suppliers, index, threshold=threshold, advance=advance, run=run)

    screening = screen_suppliers(
        supplier_list,
        selection,
        threshold=threshold,
        id_key=workspace.id_key,
        lists=wanted,
        notes=notes,
        match=match,
    )
    tell("Writing", 0, 1)
    folder, is_new = _keep(workspace, screening)
    write_outputs(screening, outputs, source, lines=folder / FINDINGS if is_new else None)
    return Screened(screening, folder, tuple(outputs))


def _choose_engine(engine: str) -> Runner | None:
    """Return who works on batches besides this machine; None for this machine alone."""
    if engine not in ENGINES:
        raise UsageError(f"--engine takes one of {', '.join(ENGINES)}, not {engine!r}.")
    if engine == "local":
        return None
    check_installed()
    return run_batches_on_spark


def _keep_index(
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


def compare(
    one: str, other: str, *, country: str | None = None, other_country: str | None = None
) -> Weight:
    """Tell how alike two names are, and why (see `matching.comparison.compare_names`).

    Args:
        one: A name.
        other: Another name.
        country: Country of the first in any spelling, if known.
        other_country: Of the second.

    Raises:
        UsageError: A country is not known.

    Example:
        >>> compare("Zyxomatic Mills Ltd", "ZYXOMATIC MILLS LIMITED").probability > 0.9
        True
    """
    return compare_names(
        one, other, country=_country(country), other_country=_country(other_country)
    )


def _country(text: str | None) -> str | None:
    if not text:
        return None
    code = read_country(text)
    if code is None:
        raise UsageError(f"{text!r} is no country that is known. Give its ISO code, such as gb.")
    return code


def look_up(
    workspace: Workspace,
    name: str,
    *,
    country: str | None = None,
    as_of: date | None = None,
    most: int = 5,
) -> tuple[list[tuple[ListedName, Weight]], Coverage]:
    """Return the listed names that come nearest to a name, however far: why, and why not.

    Args:
        workspace: Whose lists are searched.
        name: A supplier's name.
        country: Its country in any spelling, if known.
        as_of: The newest editions up to this day; by default today.
        most: How many names at most.

    Returns:
        Names with their weights as a screening weighs them, the nearest first; and the coverage.
        Empty if no listed name shares a word with it.

    Raises:
        UsageError: The country is not known.
        ListError: A list cannot be used.
    """
    selection = select_companies(workspace, as_of or _today(), workspace.lists or None)
    index = _keep_index(workspace, selection, lambda *_: None)
    opened = index if isinstance(index, NameIndex) else open_index(index)
    nearest = find_nearest(name, _country(country), opened, most=most)
    return nearest, selection.coverage


def compare_pairs(
    pairs: Path | bytes, out: Path | None, *, threshold: float = 0.5, tell: Tell = lambda *_: None
) -> int:
    """Compare the names of a CSV of pairs and write it again with three more columns.

    Args:
        pairs: CSV with columns `name1` and `name2`, and `country1` and `country2` if known;
            all its columns are kept.
        out: CSV to write, or None for stdout.
        threshold: Probability from which `same` is 1.
        tell: Told about progress.

    Returns:
        How many pairs were compared. A country that is not known counts as blank.

    Raises:
        TableError: The file cannot be read.
        ColumnsUnclear: `name1` or `name2` is missing.
    """
    table = read_table(pairs)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([*table.headings, "probability", "same", "explanation"])
    for done, scored in enumerate(_score_pairs(table, threshold), start=1):
        writer.writerow(scored)
        if done % 1000 == 0:
            tell("Comparing", done, len(table.rows))
    _write_text(written.getvalue(), out)
    return len(table.rows)


def _score_pairs(table: Table, threshold: float) -> Iterable[list[Any]]:
    places = {heading.strip().casefold(): at for at, heading in enumerate(table.headings)}
    for needed in ("name1", "name2"):
        if needed not in places:
            raise ColumnsUnclear(table.file_name, needed, table.headings, advice=PAIR_HEADINGS)

    def cell(row: Sequence[str], name: str) -> str:
        return row[places[name]].strip() if name in places else ""

    for row in table.rows:
        weight = compare_names(
            cell(row.cells, "name1"),
            cell(row.cells, "name2"),
            country=read_country(cell(row.cells, "country1")),
            other_country=read_country(cell(row.cells, "country2")),
        )
        same = int(weight.probability >= threshold)
        yield [*row.cells, f"{weight.probability:.6f}", same, "; ".join(explain(weight))]


def _write_text(text: str, out: Path | None) -> None:
    data = text.encode("utf-8", "replace")
    if out is None:
        sys.stdout.buffer.write(data)
        return
    with write_whole(out) as file:
        file.write(data)


def demo(folder: Path, *, as_of: date | None = None, tell: Tell = lambda *_: None) -> Screened:
    """Screen the shipped example in a workspace of its own, and write its report.

    Args:
        folder: Workspace of the example; made if missing, used again if it is the example's.
        as_of: Day of the screening; by default today.
        tell: Told about progress.

    Raises:
        UsageError: The folder is another workspace.
    """
    if (folder / MARK).exists():
        workspace = open_workspace(folder)
        if workspace.name != DEMO_NAME:
            raise UsageError(f"{folder} is a workspace of your own. Give another folder.")
    else:
        workspace = make_workspace(folder, DEMO_NAME, DEMO_KEY)
    collect_all(workspace, ["shipped"], tell=tell)
    outputs = [folder / "report.html", folder / "report.xlsx"]
    example = files("answerable.exposure").joinpath("example", "demo_suppliers.csv")
    with as_file(example) as suppliers:
        return screen(workspace, suppliers, outputs, as_of=as_of, notes=DEMO_NOTES, tell=tell)


def known_lists() -> Sequence[str]:
    """Return the ids of the lists that have a card, sorted.

    Example:
        >>> "us_bis_entity_list" in known_lists()
        True
    """
    return sorted(known_cards())


def _today() -> date:
    return datetime.now(UTC).date()

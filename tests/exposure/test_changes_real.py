"""Changes between real editions of OFAC's SDN list, and on the 1260H list."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from answerable import story
from answerable.engine.workspace import Workspace, make_workspace
from answerable.model.change import Changes

FILES = ("sdn.csv", "alt.csv", "add.csv")


def ids_of(path: Path) -> set[str]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return {f"us_ofac_sdn:{row[0].strip()}" for row in csv.reader(file) if len(row) > 1}


def companies_of(path: Path) -> dict[str, str]:
    """Return id and name of the entries that are no person, vessel or aircraft, read apart."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 2]
    return {f"us_ofac_sdn:{row[0].strip()}": row[1].strip() for row in rows if "-0-" in row[2]}


@pytest.fixture(scope="module")
def editions() -> dict[int, str]:
    return {2019: "2019-01-15", 2021: "2021-07-07"}


@pytest.mark.slow
def test_the_causes_name_the_real_additions_and_removals(
    shared_data: Callable[[str], Path], tmp_path: Path, editions: dict[int, str]
) -> None:
    home = make_workspace(tmp_path / "ws", "test", "0" * 32)
    folders = {year: shared_data(f"lists/ofac_sdn_{year}") for year in editions}
    for year, edition in editions.items():
        files = [str(folders[year] / name) for name in FILES]
        story.collect(home, "us_ofac_sdn", files, edition=edition)
    old, new = (companies_of(folders[year] / "sdn.csv") for year in editions)
    came = sorted(new.keys() - old.keys())[::60]
    gone = sorted(old.keys() - new.keys())[::10]
    names = [*(new[each] for each in came), *(old[each] for each in gone)]
    rows = ("Supplier\n" + "".join(f'"{name}"\n' for name in names)).encode()
    for edition in editions.values():
        story.screen(home, rows, as_of=date.fromisoformat(edition))
    changes = story.compare_screenings(home, "latest~1", "latest")
    assert_counts(changes, *(ids_of(folders[year] / "sdn.csv") for year in editions))
    assert_named(changes, "new", "came", set(came))
    assert_named(changes, "gone", "went", set(gone))


def assert_counts(changes: Changes, old: set[str], new: set[str]) -> None:
    [edition] = [each for each in changes.whole if each.part == "edition" and not each.about[13:]]
    told = f"{len(new - old):,} came, {len(old - new):,} went"
    assert told in edition.because


def assert_named(changes: Changes, kind: str, verb: str, ids: set[str]) -> None:
    found = [
        each
        for row in changes.rows
        for each in row.differences
        if each.part == "match" and each.kind == kind and each.ref in ids
    ]
    assert len({each.ref for each in found}) > len(ids) * 0.7
    for each in found:
        assert len(each.causes) == 1
        assert each.because.startswith("OFAC SDN list 2019-01-15 → 2021-07-07: the entry ")
        assert each.because.endswith(f" ({each.ref}) {verb}.")


def test_a_company_that_leaves_the_1260h_list_is_the_cause(
    shared_data: Callable[[str], Path], tmp_path: Path
) -> None:
    path = shared_data("lists/dod_1260h/section_1260h_2025-01-07.csv")
    home: Workspace = make_workspace(tmp_path / "ws", "test", "0" * 32)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    left = next(at for at, row in enumerate(rows) if row["status"] == "listed" and at > 40)
    cut = tmp_path / "cut.csv"
    with cut.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows([*rows[:left], *rows[left + 1 :]])
    story.collect(home, "us_dod_1260h", [str(path)], edition="2025-01-07")
    supplier = f'Supplier\n"{rows[left]["name"]}"\n'.encode()
    story.screen(home, supplier, as_of=date(2025, 1, 8))
    story.collect(home, "us_dod_1260h", [str(cut)], edition="2025-01-09")
    since = story.screen(home, supplier, as_of=date(2025, 1, 10), since="latest")
    assert "because other names are searched" in str(since.since)
    changes = story.compare_screenings(home, "latest~1", "latest")
    matches = [d for row in changes.rows for d in row.differences if d.part == "match"]
    went = [each for each in matches if each.kind == "gone" and each.because.endswith("went.")]
    assert went
    assert all(each.causes[0].ref == "us_dod_1260h" for each in went)

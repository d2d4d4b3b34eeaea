"""Editions: whole or not at all, never overwritten, dated rightly, cached safely."""

import dataclasses
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from answerable.engine.workspace import Workspace
from answerable.errors import (
    CardFaulty,
    EditionMissing,
    ListChanged,
    ListUnreadable,
    OutputUnwritable,
    UsageError,
)
from answerable.lists import editions as editions_module
from answerable.lists.cards import write_card
from answerable.lists.editions import (
    choose_edition,
    collect_edition,
    list_editions,
    load_edition,
)
from answerable.lists.readers import read_files
from answerable.lists.reading import Reading, stamp_edition
from answerable.model import Card

CardOf = Callable[..., Card]


def write_list(path: Path, *names: str, day: str = "") -> Path:
    rows = "".join(f"{name},{day}\n" for name in names)
    path.write_text("name,snapshot\n" + rows, encoding="utf-8")
    return path


@pytest.fixture
def card(card_of: CardOf) -> Card:
    columns = {"name": "name", "edition": "snapshot"}
    return card_of("us_section_889", columns=columns, counts=(1, 3))


def names_in(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*"))


def test_files_are_kept_byte_by_byte(workspace: Workspace, card: Card, tmp_path: Path) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")
    edition = collect_edition(workspace, card, [path])
    assert (edition.edition, edition.is_new) == ("2025-03-04", True)
    assert names_in(edition.folder) == ["card.yaml", "mine.csv"]
    assert (edition.folder / "mine.csv").read_bytes() == path.read_bytes()
    assert edition.folder == workspace.lists_folder / card.id / "2025-03-04"


def test_same_bytes_again_say_so(workspace: Workspace, card: Card, tmp_path: Path) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")
    first = collect_edition(workspace, card, [path])
    stamp = (first.folder / "card.yaml").stat().st_mtime_ns
    again = collect_edition(workspace, card, [path])
    assert (again.edition, again.is_new) == ("2025-03-04", False)
    assert (first.folder / "card.yaml").stat().st_mtime_ns == stamp
    assert len(list_editions(workspace)) == 1


def test_other_bytes_of_the_day_stand_beside(
    workspace: Workspace, card: Card, tmp_path: Path
) -> None:
    for name in ("Invented Mill", "Invented Forge", "Invented Wharf"):
        path = write_list(tmp_path / "mine.csv", name, day="2025-03-04")
        collect_edition(workspace, card, [path])
    kept = list_editions(workspace, card.id)
    assert [each.edition for each in kept] == ["2025-03-04", "2025-03-04.2", "2025-03-04.3"]
    captions = [load_edition(workspace, each)[0][0].caption for each in kept]
    assert captions == ["Invented Mill", "Invented Forge", "Invented Wharf"]
    assert choose_edition(workspace, card.id, date(2025, 3, 4)).number == 3


def test_another_card_is_another_edition(workspace: Workspace, card: Card, tmp_path: Path) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")
    collect_edition(workspace, card, [path])
    changed = dataclasses.replace(card, complete=False)
    assert collect_edition(workspace, changed, [path]).edition == "2025-03-04.2"
    assert choose_edition(workspace, card.id, date(2025, 3, 4)).edition == "2025-03-04", (
        "of one day the complete edition is taken before the cut"
    )


@pytest.mark.parametrize("count", [0, 4])
def test_counts_outside_the_card_store_nothing(
    count: int, workspace: Workspace, card: Card, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "mine.csv", *(f"Invented Mill {i}" for i in range(count)))
    with pytest.raises(
        ListChanged, match=f"{count} companies were read.* between 1 and 3"
    ) as raised:
        collect_edition(workspace, card, [path])
    assert (raised.value.found, raised.value.expected) == (count, (1, 3))
    assert names_in(workspace.lists_folder) == []


def test_persons_and_removed_do_not_count(
    workspace: Workspace, card_of: CardOf, fixture_file: Callable[[str], Path]
) -> None:
    path = fixture_file("table/military.csv")
    collect_edition(workspace, card_of("us_dod_1260h", counts=(2, 2)), [path])
    path = fixture_file("table/uk.csv")
    collect_edition(workspace, card_of("uk_sanctions_list", counts=(1, 1)), [path])


@pytest.mark.parametrize(
    ("name", "day", "card_day", "asked", "expected"),
    [
        ("list.csv", "", None, None, None),
        ("list_20240506.csv", "", None, None, "2024-05-06"),
        ("list-2024-05-06-v2.csv", "", None, None, "2024-05-06"),
        ("list_20241399.csv", "", None, None, None),
        ("list_2024-05-06.csv", "2025-03-04", None, None, "2025-03-04"),
        ("list_2024-05-06.csv", "2025-03-04", "2023-01-02", None, "2023-01-02"),
        ("list_2024-05-06.csv", "2025-03-04", "2023-01-02", "2022-01-01", "2022-01-01"),
        ("list_2024-05-06.csv", "soon", None, None, "2024-05-06"),
    ],
)
def test_day_of_an_edition(
    name: str,
    day: str,
    card_day: str | None,
    asked: str | None,
    expected: str | None,
    workspace: Workspace,
    card: Card,
    tmp_path: Path,
) -> None:
    path = write_list(tmp_path / name, "Invented Mill", day=day)
    dated = dataclasses.replace(card, edition=card_day)
    before = date.today()
    found = collect_edition(workspace, dated, [path], asked).edition
    if expected is None:
        assert date.fromisoformat(found) in (before, date.today())
    else:
        assert found == expected


@pytest.mark.parametrize("day", ["2025-02-30", "20250101", "yesterday", "2025-01-01.2", ""])
def test_day_that_is_none(day: str, workspace: Workspace, card: Card, tmp_path: Path) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill")
    with pytest.raises(UsageError):
        collect_edition(workspace, card, [path], day)


def test_edition_is_chosen_up_to_a_day(workspace: Workspace, card: Card, tmp_path: Path) -> None:
    for day in ("2023-01-01", "2025-01-01"):
        collect_edition(workspace, card, [write_list(tmp_path / "mine.csv", "Mill", day=day)])
    assert choose_edition(workspace, card.id, date(2024, 12, 31)).edition == "2023-01-01"
    assert choose_edition(workspace, card.id, date(2025, 1, 1)).edition == "2025-01-01"
    with pytest.raises(EditionMissing, match="the earliest is of 2023-01-01"):
        choose_edition(workspace, card.id, date(2022, 12, 31))
    with pytest.raises(EditionMissing, match="answerable collect us_ofac_sdn"):
        choose_edition(workspace, "us_ofac_sdn", date(2025, 1, 1))


def test_ten_of_a_day_are_in_order(workspace: Workspace, card: Card, tmp_path: Path) -> None:
    for number in range(11):
        path = write_list(tmp_path / "mine.csv", f"Mill {number}", day="2025-01-01")
        collect_edition(workspace, card, [path])
    assert list_editions(workspace)[-1].edition == "2025-01-01.11"
    assert choose_edition(workspace, card.id, date(2025, 1, 1)).edition == "2025-01-01.11"


def test_break_in_the_middle_leaves_nothing(
    workspace: Workspace, card: Card, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(editions_module, "_sync", full)
    with pytest.raises(OutputUnwritable, match="No space left"):
        collect_edition(workspace, card, [path])
    assert names_in(workspace.lists_folder) == [card.id]
    monkeypatch.undo()
    assert collect_edition(workspace, card, [path]).is_new


def test_file_that_changes_meanwhile_is_refused(
    workspace: Workspace, card: Card, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")

    def read_and_change(files: Mapping[str, Path], card: Card) -> Reading:
        reading = read_files(files, card)
        write_list(path, "Invented Forge")
        return reading

    monkeypatch.setattr(editions_module, "read_files", read_and_change)
    with pytest.raises(ListUnreadable, match="changed while it was read"):
        collect_edition(workspace, card, [path], "2025-03-04")
    assert list_editions(workspace) == []


KILLED = """
import sys, time
from pathlib import Path
from answerable.engine.workspace import open_workspace
from answerable.lists import editions
from answerable.lists.cards import load_card

def wait(path):
    print("in the middle", flush=True)
    time.sleep(60)

editions._sync = wait
root, card, path = map(Path, sys.argv[1:])
editions.collect_edition(open_workspace(root), load_card(card), [path])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_kill_in_the_middle_leaves_no_half_edition(
    workspace: Workspace, card: Card, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")
    card_path = tmp_path / "card.yaml"
    card_path.write_text(write_card(card), encoding="utf-8")
    arguments = [str(workspace.root), str(card_path), str(path)]
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), *arguments],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"in the middle"
        process.kill()
        process.wait(20)
    assert list_editions(workspace) == []
    left = [each.name for each in (workspace.lists_folder / card.id).iterdir()]
    assert all(name.startswith(".") and name.endswith(".part") for name in left)
    assert left, "the broken run left its part, which says so by its name"
    assert collect_edition(workspace, card, [path]).edition == "2025-03-04"


def test_strange_folders_are_passed_over(workspace: Workspace, card: Card, tmp_path: Path) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")
    collect_edition(workspace, card, [path])
    for name in ("notes", "2025-99-99", "2025-03-04.1", ".2025-03-05.ab.part"):
        (workspace.lists_folder / card.id / name).mkdir()
    (workspace.lists_folder / "README").write_text("mine", encoding="utf-8")
    assert len(list_editions(workspace)) == 1


def test_edition_without_its_file_or_card(workspace: Workspace, card: Card, tmp_path: Path) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")
    edition = collect_edition(workspace, card, [path])
    (edition.folder / "mine.csv").unlink()
    with pytest.raises(ListUnreadable, match="this file of the edition is gone"):
        list_editions(workspace)
    (edition.folder / "card.yaml").write_text("{}", encoding="utf-8")
    with pytest.raises(CardFaulty):
        list_editions(workspace)


def test_list_s_file_cannot_take_the_card_s_name(
    workspace: Workspace, card: Card, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "card.yaml", "Invented Mill", day="2025-03-04")
    with pytest.raises(ListUnreadable, match=r"card\.yaml"):
        collect_edition(workspace, card, [path])
    assert list_editions(workspace) == []


@pytest.mark.parametrize("harm", ["delete", "cut", "junk", "other form", "more"])
def test_cache_can_be_deleted_or_damaged(
    harm: str, workspace: Workspace, card_of: CardOf, fixture_file: Callable[[str], Path]
) -> None:
    files = [fixture_file(f"ofac/{role}.csv") for role in ("prim", "alt", "add")]
    edition = collect_edition(workspace, card_of("us_ofac_sdn"), files, "2025-03-04")
    before = load_edition(workspace, edition)
    [path] = (workspace.build_folder / "lists").iterdir()
    content = path.read_bytes()
    damaged = {
        "delete": None,
        "cut": content[: len(content) // 2],
        "junk": b"\x00\xff junk",
        "other form": content.replace(b"companies/1", b"companies/0"),
        "more": content + b"[1]\n",
    }[harm]
    path.unlink() if damaged is None else path.write_bytes(damaged)
    assert load_edition(workspace, edition) == before
    assert path.read_bytes() == content, "it was made anew"


def test_cache_gives_what_the_reader_gave(
    workspace: Workspace, card_of: CardOf, fixture_file: Callable[[str], Path]
) -> None:
    card = card_of("invented_mill")
    edition = collect_edition(workspace, card, [fixture_file("ftm/mill.ftm.json")], "2025-03-04")
    companies, problems = read_files(edition.files, card)
    stamped = stamp_edition(companies, "2025-03-04")
    assert load_edition(workspace, edition) == (stamped, problems)
    assert {each.edition for company in stamped for each in company.listings} == {"2025-03-04"}


def test_changed_file_is_not_read_from_the_cache(
    workspace: Workspace, card: Card, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")
    edition = collect_edition(workspace, card, [path])
    write_list(edition.folder / "mine.csv", "Invented Forge")
    assert load_edition(workspace, edition)[0][0].caption == "Invented Forge"


def test_build_folder_that_cannot_be_written(
    workspace: Workspace, card: Card, tmp_path: Path
) -> None:
    workspace.build_folder.rmdir()
    workspace.build_folder.write_text("in the way", encoding="utf-8")
    path = write_list(tmp_path / "mine.csv", "Invented Mill", day="2025-03-04")
    edition = collect_edition(workspace, card, [path])
    companies, _ = load_edition(workspace, edition)
    assert companies[0].listings[0].edition == "2025-03-04"

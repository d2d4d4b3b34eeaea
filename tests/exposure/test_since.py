"""A screening since another one equals a full one: matches, bytes and id."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable import story
from answerable.engine.workspace import Workspace
from answerable.errors import ScreeningUnknown
from answerable.exposure.changes.searched import (
    Searched,
    Watched,
    basis_of,
    digest_row,
    match_anew,
    read_searched,
    write_searched,
)
from answerable.matching.index import NameIndex
from answerable.matching.matches import SupplierMatches, match_suppliers
from answerable.model import Company, Name, Supplier
from tests.exposure.changed_workspaces import (
    BAKERY,
    DAY,
    LATER,
    LINDEN,
    MILL,
    ROWS,
    collect,
    entry,
    make,
    screen,
    tell,
)
from tests.exposure.test_ties_whole import DAY as TIED_ON
from tests.exposure.test_ties_whole import REGISTER, entity, holding, workspace
from tests.exposure.test_ties_whole import ROWS as TIED
from tests.strategies import companies, suppliers

__all__ = ["workspace"]


def watch(index: NameIndex, threshold: float, before: Searched | None = None) -> Watched:
    return Watched(basis_of(index, threshold), before)


def ask(
    rows: Sequence[Supplier],
    watched: Mapping[str, Watched],
    indexes: Mapping[str, NameIndex],
    threshold: float,
) -> list[dict[str, SupplierMatches]]:
    def match(
        open_: Sequence[Supplier], names: Sequence[str]
    ) -> Iterable[Sequence[SupplierMatches]]:
        found = (match_suppliers(open_, indexes[name], threshold=threshold) for name in names)
        return zip(*found, strict=True)

    return list(match_anew(rows, watched, match))


NAMES = (
    "Zyxomatic Mills Ltd",
    "Zyxomatic Mills (Sweden) AB",
    "Quorbel Bakery",
    "Lindentree Steel Works",
    "新疆示例有限公司",
)
known = st.sampled_from(NAMES)
listed_names = known.map(lambda name: Company(f"my_list:{name}", "Company", (Name(name),)))
rows_of = st.builds(Supplier, row=st.just(2), name=known, country=st.sampled_from(["gb", None]))
asked_rows = st.lists(st.one_of(rows_of, suppliers), max_size=5)
searched_names = st.lists(st.one_of(listed_names, companies), max_size=4)
INDEXES = ("listed", "unlisted")


@given(
    old=st.tuples(searched_names, searched_names, asked_rows),
    new=st.tuples(searched_names, searched_names, asked_rows),
    kept=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    thresholds=st.tuples(st.sampled_from([0.5, 0.05]), st.sampled_from([0.5, 0.05])),
)
@settings(max_examples=40)
def test_what_is_not_asked_again_is_answered_as_it_would_be(
    old: tuple[list[Company], list[Company], list[Supplier]],
    new: tuple[list[Company], list[Company], list[Supplier]],
    kept: tuple[bool, bool, bool],
    thresholds: tuple[float, float],
) -> None:
    before = {name: NameIndex(each) for name, each in zip(INDEXES, old[:2], strict=True)}
    first = {name: watch(each, thresholds[0]) for name, each in before.items()}
    ask(old[2], first, before, thresholds[0])
    later = dict(zip(INDEXES, new[:2], strict=True))
    again = dict(zip(INDEXES, kept[:2], strict=True))
    indexes = {name: before[name] if again[name] else NameIndex(later[name]) for name in INDEXES}
    rows = [*old[2], *new[2]] if kept[2] else new[2]
    watched = {
        name: watch(each, thresholds[1], first[name].searched) for name, each in indexes.items()
    }
    found = ask(rows, watched, indexes, thresholds[1])
    for name, index in indexes.items():
        assert [each[name] for each in found] == match_suppliers(
            rows, index, threshold=thresholds[1]
        )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, None),
        ({"names": "x"}, "other names are searched"),
        ({"weights": "x"}, "names are read or weighed otherwise"),
        ({"threshold": "x"}, "the threshold is another one"),
    ],
)
def test_it_tells_why_all_rows_are_matched(change: dict[str, str], told: str | None) -> None:
    index = NameIndex()
    basis = watch(index, 0.5).basis
    row = Supplier(2, "Zyxomatic Mills")
    before = Searched({**basis, **change}, frozenset({digest_row(row)}))
    again = watch(index, 0.5, before)
    ask([row], {"listed": again}, {"listed": index}, 0.5)
    assert (again.differs, again.asked) == (told, 1 if told else 0)


def test_a_table_that_is_damaged_is_as_none() -> None:
    data = write_searched({"listed": Searched({"names": "a"}, frozenset({b"0" * 16}))})
    assert read_searched(data)
    assert read_searched(data.replace(b"MDAw", b"MDAx", 1)) == {}
    assert read_searched(b"") == {}
    assert read_searched(b"[" * 100_000) == {}


def read_folder(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def judge(home: Workspace, screened: story.Screened) -> None:
    story.judge(home, screened.screening.findings[0].id, "different", why="Another town.")


def lengthen(home: Workspace, _: story.Screened) -> None:
    collect(home, "2026-11-22", MILL, LINDEN, BAKERY)


def shorten(home: Workspace, _: story.Screened) -> None:
    collect(home, "2026-11-22", LINDEN)


def rename(home: Workspace, _: story.Screened) -> None:
    collect(home, "2026-11-22", MILL, entry("linden", "Vextrine Shops Ltd"))


def leave(home: Workspace, _: story.Screened) -> None:
    pass


MORE = (*ROWS, {"Supplier": "Lindentree Steel Works Ltd", "Country": "", "LEI": ""})


@pytest.mark.parametrize(
    ("edit", "rows", "day", "options", "anew"),
    [
        (leave, ROWS, DAY, {}, 1),
        (leave, ROWS, LATER, {}, 1),
        (leave, MORE, LATER, {}, 2),
        (leave, (*ROWS[1:], {**ROWS[0], "Country": "se"}), DAY, {}, 1),
        (leave, MORE, DAY, {"threshold": 0.9}, 4),
        (judge, ROWS, LATER, {}, 1),
        (lengthen, ROWS, LATER, {}, 3),
        (shorten, MORE, LATER, {}, 4),
        (rename, ROWS, LATER, {}, 3),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_a_screening_since_another_one_is_the_full_one_byte_for_byte(
    tmp_path: Path, edit: Any, rows: Any, day: date, options: Any, anew: int
) -> None:
    home = make(tmp_path)
    earlier = screen(home)
    edit(home, earlier)
    since = screen(home, rows, day, since="latest", **options)
    assert f": {anew} of {len(rows)} rows were matched anew" in str(since.since)
    kept = read_folder(since.folder)
    shutil.rmtree(since.folder)
    full = screen(home, rows, day, **options)
    assert full.since is None
    assert (full.folder, read_folder(full.folder)) == (since.folder, kept)


def test_without_its_working_table_all_rows_are_matched_and_that_is_said(tmp_path: Path) -> None:
    home = make(tmp_path)
    screen(home)
    shutil.rmtree(home.build_folder)
    since = str(screen(home, day=LATER, since="latest").since)
    assert "3 of 3 rows were matched anew, because what it searched is no longer" in since


def test_an_unknown_screening_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(ScreeningUnknown):
        story.screen(make(tmp_path), tmp_path / "none.csv", since="latest")


@pytest.mark.parametrize("change", ["nothing", "register", "claim"])
def test_companies_on_no_list_are_asked_for_again_where_they_are_others(
    workspace: Workspace, tmp_path: Path, change: str
) -> None:
    rows = "\n".join(["Supplier", *TIED, "Plovermere Textiles Ltd"]).encode()
    earlier = story.screen(workspace, rows, as_of=TIED_ON)
    if change == "register":
        other = [*REGISTER, entity("new", "Plovermere Textiles Ltd")]
        other.append(holding("r3", "group", "new", {"exact": 60}))
        path = tmp_path / "register.json"
        path.write_text(json.dumps(other), encoding="utf-8")
        card = tmp_path / "card.yaml"
        story.collect(workspace, "my_register", [str(path)], card=card, edition="2026-11-02")
    elif change == "claim":
        claims = workspace.cases_folder / "mill" / "claims.yaml"
        text = claims.read_text(encoding="utf-8")
        claims.write_text(text.replace("Quorbel Cotton Mills Ltd", "Plovermere Textiles Ltd"))
        story.check(workspace, "mill", file=True, today=TIED_ON)
    since = story.screen(workspace, rows, as_of=TIED_ON, since="latest")
    kept = read_folder(since.folder)
    exposed = [finding.exposure for finding in since.screening.findings]
    assert bool(exposed[-1]) == (change != "nothing")
    assert ("because other names are searched" in str(since.since)) == (change != "nothing")
    shutil.rmtree(since.folder)
    assert read_folder(story.screen(workspace, rows, as_of=TIED_ON).folder) == kept
    changes = story.compare_screenings(workspace, earlier.folder, since.folder)
    told = [each for row in changes.rows for each in row.differences if row.row == 5]
    kinds = {(each.part, *(cause.kind for cause in each.causes)) for each in told}
    expected = {
        "nothing": set(),
        "register": {("path", "links"), ("ruling", "links"), ("exposure", "links")},
        "claim": {("claim", "claim"), ("exposure", "claim"), ("status", "claim")},
    }
    assert kinds >= expected[change], [(tell(each), each.because) for each in told]

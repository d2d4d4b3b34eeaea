"""Indexes that are kept, extended, damaged and searched in parts find what a fresh one finds."""

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.workspace import Workspace, make_workspace
from answerable.exposure.screening.screening import index_listed
from answerable.lists.cards import make_ftm_card
from answerable.lists.editions import collect_edition
from answerable.lists.selection import select_companies
from answerable.matching import index_store, matches
from answerable.matching.chunks import pack_chunk, read_chunk, unpack_chunk
from answerable.matching.index import NameIndex
from answerable.matching.index_segments import is_whole, join_chunks
from answerable.matching.index_store import keep_held, keep_index, open_index
from answerable.matching.kernel import (
    match_each,
    match_kept,
    match_suppliers_arrow,
    read_batch,
    read_matches,
    write_batch,
    write_suppliers,
)
from answerable.matching.matches import SupplierMatches, match_suppliers
from answerable.matching.names import NameParts
from answerable.matching.readings import list_parts
from answerable.matching.shelves import Shelf
from answerable.model import Company, Coverage, Identifier, Listing, Name, Supplier
from tests.strategies import companies, suppliers

MAKERS = "zyxomatic quorbel fenwicket dalmora yarrowby mulgrave ostrava pellinor quistan ravelin"
TRADES = "mills bakery works trading services technology group transport chemicals 新疆 示例"
PLACES = "(uk) china hangzhou germany beijing "


def invent(count: int, seed: int = 7) -> list[str]:
    """Return invented names, many of which share words, some of them misspelled."""
    chance = random.Random(seed)  # noqa: S311
    makers, trades = MAKERS.split(), TRADES.split()
    names = []
    for _ in range(count):
        maker = chance.choice(makers) + chance.choice(["", "an", "ex", "ora", "ith", "ulm"])
        if chance.random() < 0.3:
            at = chance.randrange(1, len(maker))
            maker = maker[:at] + maker[at + 1 :]
        words = [maker, *chance.sample(trades, chance.randrange(1, 4))]
        names.append(" ".join([*words, chance.choice([*PLACES.split(" "), "ltd", "no 3"])]))
    return names


def entry(number: int, name: str) -> str:
    """Return the FollowTheMoney lines of a listed company."""
    properties: dict[str, object] = {"name": [name, f"{name} limited"], "country": ["gb"]}
    properties["address"] = [f"{number % 15} Invented Road, EX1 2AB"]
    if number % 5 == 0:
        properties["leiCode"] = ["549300XIVJCBIGMRUD48"]
    company = {"id": f"co-{number}", "schema": "Company", "properties": properties}
    listing = {
        "id": f"s-{number}",
        "schema": "Sanction",
        "properties": {"entity": [f"co-{number}"]},
    }
    return json.dumps(company) + "\n" + json.dumps(listing)


def collect(workspace: Workspace, day: str, names: dict[int, str]) -> None:
    source = workspace.root / f"{day}.jsonl"
    source.write_text("".join(entry(*each) + "\n" for each in names.items()), encoding="utf-8")
    collect_edition(workspace, make_ftm_card("invented"), [source], day)


def coverage_of(workspace: Workspace, day: str) -> Coverage:
    return select_companies(workspace, date.fromisoformat(day), ["invented"]).coverage


def asked(count: int = 60) -> list[Supplier]:
    lei = (Identifier("LEI", "549300XIVJCBIGMRUD48"),)
    names = invent(count, seed=11)
    return [
        Supplier(
            row,
            name,
            "gb" if row % 2 else None,
            "12 Invented Road, EX1 2AB" if row % 3 else None,
            identifiers=lei if row % 30 == 0 else (),
        )
        for row, name in enumerate(names, start=2)
    ]


def told(found: Iterable[SupplierMatches]) -> list[object]:
    """Return what findings would say, without where companies stand in the index."""
    return [([m.as_dict() for m in each.matches], each.more, each.identified) for each in found]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path / "work")
    names = dict(enumerate(invent(200)))
    collect(made, "2026-01-01", names)
    changed = {**names, 7: "Zyxomatic Renamed Works", 200: "Quorbel New Mills"}
    del changed[9]
    collect(made, "2026-02-01", changed)
    return made


def test_a_kept_index_finds_what_a_fresh_one_finds(workspace: Workspace) -> None:
    selection = select_companies(workspace, date(2026, 1, 15), ["invented"])
    path = keep_index(workspace, selection.coverage)
    fresh = match_suppliers(asked(), index_listed(selection), threshold=0.5)
    assert any(each.matches for each in fresh)
    assert any(each.identified for each in fresh)
    reasons = {why.reason for each in fresh for match in each.matches for why in match.reasons}
    assert "address" in reasons
    assert told(match_suppliers(asked(), open_index(path), threshold=0.5)) == told(fresh)
    assert told(match_kept(asked(), path, threshold=0.5, helpers=0)) == told(fresh)


def test_an_edition_extends_the_index_of_the_one_before(workspace: Workspace) -> None:
    before = open_index(keep_index(workspace, coverage_of(workspace, "2026-01-15")))
    extended = open_index(keep_index(workspace, coverage_of(workspace, "2026-02-15")))
    assert extended.shelves[0].segment.size == before.shelves[0].segment.size
    assert len(extended.shelves) == 2
    assert extended.shelves[1].segment.size < 10
    made_anew = Workspace(workspace.root, "again", "", workspace.id_key)
    for each in (workspace.build_folder / "index").rglob("*"):
        if each.is_file():
            each.unlink()
    anew = open_index(keep_index(made_anew, coverage_of(workspace, "2026-02-15")))
    assert len(anew.shelves) == 1
    assert extended.size == anew.size
    found = match_suppliers(asked(), extended, threshold=0.5)
    assert told(found) == told(match_suppliers(asked(), anew, threshold=0.5))
    assert {m.company.listings[0].edition for each in found for m in each.matches} == {"2026-02-01"}


def test_an_edition_that_changes_much_is_indexed_anew(workspace: Workspace) -> None:
    keep_index(workspace, coverage_of(workspace, "2026-01-15"))
    collect(workspace, "2026-03-01", dict(enumerate(invent(200, seed=99))))
    index = open_index(keep_index(workspace, coverage_of(workspace, "2026-03-15")))
    assert len(index.shelves) == 1


@pytest.mark.parametrize("harm", ["truncate", "delete", "overwrite", "card"])
def test_a_damaged_segment_is_made_anew(workspace: Workspace, harm: str) -> None:
    coverage = coverage_of(workspace, "2026-01-15")
    path = keep_index(workspace, coverage)
    whole = told(match_suppliers(asked(), open_index(path), threshold=0.5))
    [folder] = [each for each in (path.parent / "invented").iterdir() if each.is_dir()]
    harmed = folder / ("segment.json" if harm == "card" else "postings.npy")
    data = harmed.read_bytes()
    if harm == "delete":
        harmed.unlink()
    else:
        harmed.unlink()  # mapped files must not change under those who read them
        harmed.write_bytes(data[:-20] if harm in ("truncate", "card") else data[:-8] + b"\1" * 8)
    assert not is_whole(folder)
    index_store._open.cache_clear()
    again = open_index(keep_index(workspace, coverage))
    assert told(match_suppliers(asked(), again, threshold=0.5)) == whole


def test_what_was_read_by_other_rules_is_not_taken(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    coverage = coverage_of(workspace, "2026-01-15")
    old = keep_index(workspace, coverage)
    monkeypatch.setattr(index_store, "version_of_reading", lambda: "another")
    new = keep_index(workspace, coverage)
    assert new.parent != old.parent
    assert not old.parent.exists()
    assert open_index(new).size


def test_listings_that_ended_are_not_found_and_the_day_decides(tmp_path: Path) -> None:
    ended = Listing("test", "2026-01-01", until="2026-01-31")
    company = Company("test:1", "Company", (Name("Zyxomatic Mills"),), listings=(ended,))
    segment = join_chunks([read_chunk([company])])
    for day, sizes in (("2026-01-30", 1), ("2026-01-31", 0), ("2026-02-01", 0)):
        standing = segment.last_days > day.encode()
        index = NameIndex(shelves=[Shelf(segment, [company], standing)])
        assert index.size == sizes
        assert len(index.search(list_parts("Zyxomatic Mills"))[0]) == sizes


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_the_kernel_finds_the_same_however_suppliers_are_dealt_out(
    workspace: Workspace, parts: int
) -> None:
    path = keep_index(workspace, coverage_of(workspace, "2026-01-15"))
    rows = asked()
    whole = told(match_suppliers(rows, open_index(path), threshold=0.5))
    found: list[SupplierMatches] = []
    for at in range(parts):
        part = rows[at * len(rows) // parts : (at + 1) * len(rows) // parts]
        batch = read_batch(write_batch(write_suppliers(part)))
        result = match_suppliers_arrow(path, {"threshold": 0.5}, batch)
        assert result.num_rows == len(part)
        found.extend(read_matches(result, open_index(path)))
    assert told(found) == whole


def hold_unlisted(listed: NameIndex, *more: Company) -> NameIndex:
    """Return an index of companies on no list, whose prior is another one's, as a screening does.

    One is a person, of whom no name is kept.
    """
    person = Company("r:person", "Person", (Name("Zyxomatic Mills"),))
    lei = (Identifier("LEI", "549300XIVJCBIGMRUD48"),)
    works = Company("r:works", "Company", (Name("Quorbel Works"),), identifiers=lei)
    named = [Company(f"r:{at}", "Company", (Name(each),)) for at, each in enumerate(invent(40, 5))]
    index = NameIndex([person, works, *named, *more])
    index.prior = listed.prior
    return index


@pytest.mark.parametrize("how", ["held", "kept", "helpers"])
def test_one_pass_with_several_indexes_finds_what_a_pass_with_each_finds(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(matches, "BATCH", 20)
    monkeypatch.setattr("answerable.matching.kernel.WORTH_HELP", 1)
    path = keep_index(workspace, coverage_of(workspace, "2026-01-15"))
    listed = open_index(path)
    unlisted = hold_unlisted(listed)
    expected = [match_suppliers(asked(), each, threshold=0.5) for each in (listed, unlisted)]
    assert all(any(each.matches for each in found) for found in expected)
    assert any(each.identified for each in expected[1])
    kept = [] if how == "held" else [path, keep_held(workspace, unlisted)]
    pairs = match_each(
        asked(),
        [listed, unlisted],
        threshold=0.5,
        kept=kept,
        helpers=2 if how == "helpers" else 0,
    )
    found = list(zip(*pairs, strict=True))
    assert [told(each) for each in found] == [told(each) for each in expected]


def test_each_name_is_taken_apart_once_however_many_indexes_are_searched(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = open_index(keep_index(workspace, coverage_of(workspace, "2026-01-15")))
    unlisted = hold_unlisted(listed)
    taken: list[str] = []

    def list_and_count(name: str) -> list[NameParts]:
        taken.append(name)
        return list_parts(name)

    monkeypatch.setattr(matches, "list_parts", list_and_count)
    list(match_each(asked(), [listed, unlisted], threshold=0.5))
    assert sorted(taken) == sorted({each.name for each in asked()})


def test_a_held_index_that_is_kept_opens_as_it_was(workspace: Workspace) -> None:
    listed = open_index(keep_index(workspace, coverage_of(workspace, "2026-01-15")))
    half = Company("r:half", "Company", (Name("Quorbel \ud800 Works"),))
    held = hold_unlisted(listed, half)
    path = keep_held(workspace, held)
    kept = open_index(path)
    assert (kept.prior, kept.size, kept.least_shared) == (held.prior, held.size, held.least_shared)
    assert [(each.printed, each.origin) for each in kept.names] == [
        (each.printed, each.origin) for each in held.names
    ]
    [folder] = [each for each in (path.parent / "held").iterdir() if each.is_dir()]
    (folder / "postings.npy").unlink()
    index_store._open.cache_clear()
    assert keep_held(workspace, held) == path
    assert is_whole(folder)


def test_helpers_find_the_same(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches, "BATCH", 20)
    monkeypatch.setattr("answerable.matching.kernel.WORTH_HELP", 1)
    path = keep_index(workspace, coverage_of(workspace, "2026-01-15"))
    alone = match_kept(asked(), path, threshold=0.5, helpers=0)
    assert told(match_kept(asked(), path, threshold=0.5, helpers=2)) == told(alone)


@settings(max_examples=30)
@given(
    st.lists(companies, min_size=1, max_size=8),
    st.lists(suppliers, min_size=1, max_size=30),
    st.data(),
)
def test_shelves_and_batches_change_nothing(
    listed: list[Company], rows: list[Supplier], data: st.DataObject
) -> None:
    whole = NameIndex(listed)
    cut = data.draw(st.integers(0, len(listed)))
    parts = [listed[:cut], listed[cut:]]
    shelves: list[Shelf] = []
    offset = 0
    for part in parts:
        chunks = [unpack_chunk(pack_chunk(read_chunk([each]))) for each in part]
        shelves.append(Shelf(join_chunks(chunks), part, None, offset))
        offset += shelves[-1].segment.size
    in_parts = NameIndex(shelves=shelves)
    assert in_parts.size == whole.size
    at_once = match_suppliers(rows, whole, threshold=0.5)
    one_by_one = [match_suppliers([each], in_parts, threshold=0.5)[0] for each in rows]
    assert told(at_once) == told(one_by_one)


def test_a_masked_shelf_is_as_one_without_the_companies_that_are_gone() -> None:
    listed = [
        Company(f"test:{number}", "Company", (Name(name),))
        for number, name in enumerate(invent(300))
    ]
    gone = [number % 3 == 0 for number in range(300)]
    segment = join_chunks([read_chunk(listed)])
    masked = NameIndex(shelves=[Shelf(segment, listed, ~np.array(gone))])
    left = NameIndex([each for each, away in zip(listed, gone, strict=True) if not away])
    rows = [replace(each, identifiers=()) for each in asked()]
    assert masked.size == left.size
    assert told(match_suppliers(rows, masked, threshold=0.5)) == told(
        match_suppliers(rows, left, threshold=0.5)
    )

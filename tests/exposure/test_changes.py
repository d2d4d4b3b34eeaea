"""Two screenings laid side by side: what differs, and because of which input."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answerable import story
from answerable.engine.workspace import Workspace
from answerable.errors import ScreeningFaulty, ScreeningUnknown
from answerable.exposure.changes.comparing import compare_kept
from answerable.exposure.changes.kept import read_kept
from answerable.story.changes import find_screening, read_screening
from tests.exposure.changed_workspaces import (
    BAKERY,
    DAY,
    LATER,
    LINDEN,
    MILL,
    ROWS,
    collect,
    compare,
    entry,
    make,
    row_of,
    screen,
    tell,
)

LEI = "549300XIVJCBIGMRUD48"


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    return make(tmp_path)


def test_the_same_screening_differs_in_nothing(home: Workspace) -> None:
    screened = screen(home)
    changes = compare(home, screened, screen(home))
    assert changes.is_empty
    assert changes.same == len(ROWS)


def test_screened_again_from_the_same_inputs_nothing_differs(home: Workspace) -> None:
    first = screen(home)
    before = read_screening(first.folder)
    shutil.rmtree(first.folder)
    shutil.rmtree(home.build_folder)
    assert compare_kept(before, read_screening(screen(home).folder)).is_empty


def test_an_entry_that_came_is_named_as_the_one_cause(home: Workspace) -> None:
    old = screen(home)
    collect(home, "2026-11-22", MILL, LINDEN, BAKERY)
    changes = compare(home, old, screen(home, day=LATER))
    row = row_of(changes, "Quorbel")
    assert (row.old_status, row.new_status) == ("none_found", "match")
    told = {each.part: each for each in row.differences}
    assert tell(told["match"]) == ("match", "new", "Quorbel Bakery", ("list",))
    assert told["match"].because.endswith(
        "2026-11-01 → 2026-11-22: the entry Quorbel Bakery (my_list:bakery) came."
    )
    assert told["status"].causes == told["match"].causes
    edition = next(each for each in changes.whole if each.part == "edition")
    assert "Of its entries 1 came (Quorbel Bakery), 0 went, 0 read otherwise." in edition.because


def test_an_entry_that_went_is_named(home: Workspace) -> None:
    old = screen(home)
    collect(home, "2026-11-22", LINDEN)
    row = row_of(compare(home, old, screen(home, day=LATER)), "Zyxomatic")
    assert (row.old_status, row.new_status) == ("match", "none_found")
    [match] = [each for each in row.differences if each.part == "match"]
    assert tell(match) == ("match", "gone", "Zyxomatic Mills Limited", ("list",))
    assert "(my_list:mill) went." in match.because


def test_an_entry_that_gained_a_name_is_said_to_read_otherwise(home: Workspace) -> None:
    old = screen(home)
    alias = entry("linden", "Lindentree Steel Works", alias=["Quorbel Bakery"])
    collect(home, "2026-11-22", MILL, alias)
    row = row_of(compare(home, old, screen(home, day=LATER)), "Quorbel")
    [match] = [each for each in row.differences if each.part == "match"]
    assert "the entry Lindentree Steel Works (my_list:linden) reads otherwise." in match.because
    assert {cause.kind for cause in match.causes} == {"list"}


def test_a_listing_whose_program_changed_is_told_with_its_edition(home: Workspace) -> None:
    old = screen(home)
    collect(home, "2026-11-22", {**MILL, "program": "OTHER"}, LINDEN)
    row = row_of(compare(home, old, screen(home, day=LATER)), "Zyxomatic")
    assert [tell(each) for each in row.differences] == [
        ("listing", "changed", "Zyxomatic Mills Limited", ("list",))
    ]
    assert "INV" in str(row.differences[0].old)
    assert "OTHER" in str(row.differences[0].new)


def test_a_list_that_was_not_searched_before_is_the_cause(home: Workspace) -> None:
    old = screen(home)
    collect(home, "2026-11-10", BAKERY, name="other_list")
    row = row_of(compare(home, old, screen(home)), "Quorbel")
    [match] = [each for each in row.differences if each.part == "match"]
    assert [cause.ref for cause in match.causes] == ["other_list"]
    assert "not searched before" in match.because


def test_more_names_move_a_match_and_that_is_said(home: Workspace) -> None:
    old = read_screening(screen(home).folder)
    collect(home, "2026-11-22", MILL, LINDEN, BAKERY)
    new = read_screening(screen(home, day=LATER).folder)
    [first, *others] = new.findings
    farther = {**first.matches[0], "probability": first.matches[0]["probability"] - 0.05}
    moved = replace(new, findings=(replace(first, matches=(farther,)), *others))
    [match] = row_of(compare_kept(old, moved), "Zyxomatic").differences
    assert tell(match) == ("match", "changed", MILL["name"], ("list",))
    assert match.because.startswith("2 → 3 names are searched: the more there are")


def test_an_edited_row_is_known_again_by_its_identifier_and_is_the_cause(home: Workspace) -> None:
    old = screen(home)
    renamed = {**ROWS[2], "Supplier": "Zyxomatic Mills Limited"}
    changes = compare(home, old, screen(home, (*ROWS[:2], renamed)))
    [row] = changes.rows
    assert row.paired_by == "identifier"
    assert row.old_id != row.id
    parts = {each.part: tuple(cause.kind for cause in each.causes) for each in row.differences}
    assert parts["row"] == parts["match"] == parts["status"] == ("supplier",)


def test_a_row_of_another_country_is_known_again_by_its_name(home: Workspace) -> None:
    old = screen(home)
    changes = compare(home, old, screen(home, (ROWS[0], {**ROWS[1], "Country": "se"}, ROWS[2])))
    [row] = changes.rows
    assert (row.paired_by, [tell(each)[:3] for each in row.differences]) == (
        "name",
        [("row", "changed", "country")],
    )


def test_rows_that_came_and_went_are_told_with_what_was_found(home: Workspace) -> None:
    old = screen(home)
    another = {"Supplier": "Lindentree Steel Works Ltd", "Country": "", "LEI": ""}
    changes = compare(home, old, screen(home, (another, *ROWS[1:])))
    assert {(row.kind, row.name) for row in changes.rows} == {
        ("gone", "Zyxomatic Mills Ltd"),
        ("new", "Lindentree Steel Works Ltd"),
    }
    for row in changes.rows:
        assert {each.part for each in row.differences} == {"row", "match"}
        assert {cause.kind for each in row.differences for cause in each.causes} == {"supplier"}


def test_another_threshold_is_told_as_a_setting(home: Workspace) -> None:
    old = screen(home)
    changes = compare(home, old, screen(home, threshold=0.9999))
    assert [each.part for each in changes.whole] == ["settings"]
    row = row_of(changes, "Zyxomatic")
    [status] = [each for each in row.differences if each.part == "status"]
    assert {cause.kind for cause in status.causes} == {"settings"}


def test_a_rule_of_which_nothing_but_its_standing_differs_is_told_once(home: Workspace) -> None:
    old = screen(home, day=DAY)
    changes = compare(home, old, screen(home, day=DAY.replace(year=2025)))
    assert not changes.rows or all(row.old_status for row in changes.rows)
    causes = {cause.kind for each in changes.whole for cause in each.causes}
    assert "day" in causes


def test_a_judgement_is_the_cause_of_what_it_moved(
    home: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = screen(home)
    [mill, *_] = old.screening.findings
    story.judge(home, mill.id, "different", why="Another town.")
    changes = compare(home, old, screen(home))
    row = row_of(changes, "Zyxomatic")
    kinds = {each.part: {cause.kind for cause in each.causes} for each in row.differences}
    assert kinds["judgement"] == kinds["status"] == {"judgement"}
    assert [each.part for each in changes.whole] == ["judgements"]


def test_changes_of_one_finding_are_found_by_either_id(home: Workspace) -> None:
    old = screen(home)
    changes = compare(home, old, screen(home, (*ROWS[:2], {**ROWS[2], "Country": "se"})))
    [row] = changes.rows
    assert changes.of(row.id) is row
    assert changes.of(str(row.old_id)) is row
    assert changes.of("F000-0000-0") is None


def test_what_the_editions_do_not_tell_is_said(home: Workspace) -> None:
    old = screen(home)
    collect(home, "2026-11-22", MILL, LINDEN, BAKERY)
    new = screen(home, day=LATER)
    changes = compare_kept(read_screening(old.folder), read_screening(new.folder))
    [edition] = [each for each in changes.whole if each.part == "edition"]
    assert "Not both editions are kept here" in edition.because


@pytest.mark.parametrize(
    ("name", "found"),
    [("latest", 1), ("latest~1", 0), ("2026-11-20", 0)],
)
def test_a_screening_is_found_by_name(home: Workspace, name: str, found: int) -> None:
    kept = [screen(home).folder, screen(home, day=LATER).folder]
    assert find_screening(home, name) == kept[found]


@pytest.mark.parametrize(
    "name", ["latest~2", "latest~x", "2026", "", "../ws", "latest~99999999999"]
)
def test_an_unknown_screening_is_told_with_those_that_are_kept(home: Workspace, name: str) -> None:
    kept = [screen(home).folder.name, screen(home, day=LATER).folder.name]
    with pytest.raises(ScreeningUnknown) as caught:
        find_screening(home, name)
    assert all(each in str(caught.value) for each in kept)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "findings.jsonl").write_bytes(b"{}\n"),
        lambda folder: (folder / "findings.jsonl").write_bytes(b""),
        lambda folder: (folder / "findings.jsonl").write_bytes(b"[" * 100_000),
        lambda folder: (folder / "manifest.json").write_bytes(b"{}"),
        lambda folder: (folder / "manifest.json").write_bytes(b"\xff"),
        lambda folder: (folder / "findings.jsonl").unlink(),
    ],
)
def test_a_spoiled_screening_is_refused(home: Workspace, spoil: Any) -> None:
    folder = screen(home).folder
    spoil(folder)
    with pytest.raises(ScreeningFaulty):
        read_screening(folder)


def test_most_lines_are_read_by_their_head_and_tell_the_same(home: Workspace) -> None:
    folder = screen(home).folder
    lines = (folder / "findings.jsonl").read_bytes().splitlines(keepends=True)
    manifest = (folder / "manifest.json").read_bytes()
    spaced = [json.dumps(json.loads(line), separators=(" ,", ": ")).encode() for line in lines]
    assert read_kept("here", manifest, lines) == read_kept("here", manifest, spaced)


CLAIM = {
    "id": "claim:1",
    "case": "mill",
    "company": "Quorbel",
    "probability": 1.0,
    "claimant": "The Invented Paper",
    "statement": "The paper says something of the mill.",
    "predicate": "supplied",
    "modality": "alleges",
    "about": "Quorbel",
    "object": None,
    "place": None,
    "when": None,
    "passages": [],
    "answer": "none_found",
    "rebuttals": [],
    "pending": [],
}
ANSWER = {"by": "The mill", "statement": "The mill says no."}


def claimed(home: Workspace, *claims: dict[str, Any]) -> Any:
    kept = read_screening(screen(home).folder)
    used = [{"id": each["id"], "sha256": json.dumps(each)} for each in claims]
    told = {"claims": len(used), "claims_used": used, "claims_sha256": json.dumps(used)}
    manifest = {**kept.manifest, "links": told}
    [first, *others] = kept.findings
    return replace(kept, manifest=manifest, findings=(replace(first, claims=claims), *others))


@pytest.mark.parametrize(
    ("before", "after", "told", "shown"),
    [
        ([], [CLAIM], ("claim", "new"), "no reply found in our sources"),
        (
            [CLAIM],
            [{**CLAIM, "answer": "answered", "rebuttals": [ANSWER]}],
            ("answer", "changed"),
            "The mill answers: The mill says no.",
        ),
        ([CLAIM], [], ("claim", "gone"), ""),
    ],
)
def test_claims_are_told_with_claimant_and_answers_or_not_at_all(
    home: Workspace,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    told: tuple[str, str],
    shown: str,
) -> None:
    changes = compare_kept(claimed(home, *before), claimed(home, *after))
    [row] = changes.rows
    [difference] = row.differences
    assert (difference.part, difference.kind) == told
    assert {cause.kind for cause in difference.causes} == {"claim"}
    assert shown in (difference.new or "")
    text = json.dumps([changes.as_dict(), row.as_dict()])
    assert (str(CLAIM["statement"]) in text) == bool(after)
    assert (str(CLAIM["claimant"]) in text) == bool(after)

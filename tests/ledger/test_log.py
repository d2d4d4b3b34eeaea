"""The log: ids and codes only, one line after the other, and every change named."""

import json
import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.workspace import Workspace, open_workspace
from answerable.errors import CanonicalFaulty, DeedRefused, LogBusy, LogFaulty
from answerable.ledger.canonical import decode, digest, encode
from answerable.ledger.events import (
    MOST_LINE,
    Event,
    check_deed,
    follow_lines,
    parse_line,
    write_line,
)
from answerable.ledger.keys import SIGNING_KEY, hold_lock
from answerable.ledger.log import (
    Ledger,
    append_deed,
    measure_torn,
    open_ledger,
    read_deeds,
    read_lines,
)
from answerable.ledger.objects import read_bytes

OBJ = "sha256:" + "0" * 64


def made_log(count: int) -> list[bytes]:
    """Lines as an append writes them, without the disk's time."""
    lines: list[bytes] = []
    before: Event | None = None
    for number in range(count):
        obj = digest(str(number).encode())
        lines.append(
            write_line(before, "2026-11-24T12:00:00Z", "0badcafe", "claim.file", obj, {"case": OBJ})
        )
        before = parse_line(lines[-1])
    return lines


def test_a_deed_is_one_line_of_canonical_json(ledger: Ledger) -> None:
    refs = {"case": OBJ, "reason": "court_order", "parts": [OBJ, 2, "text"], "private": 1}
    event = append_deed(ledger, "source.collect", OBJ, refs)
    lines = ledger.path.read_bytes().split(b"\n")
    assert lines[-1] == b""
    assert decode(lines[-2]) == {
        "act": "source.collect",
        "at": "2026-11-24T12:00:00Z",
        "by": ledger.signer.id,
        "n": 1,
        "obj": OBJ,
        "prev": digest(lines[-3]),
        "refs": refs,
    }
    assert event.id == digest(lines[-2])
    assert list(read_deeds(ledger))[-1] == event


def test_a_new_key_is_logged_before_its_first_deed(ledger: Ledger) -> None:
    append_deed(ledger, "case.open", OBJ)
    append_deed(ledger, "claim.file", OBJ)
    (ledger.keys / SIGNING_KEY).unlink()
    append_deed(ledger, "claim.file", OBJ)
    acts = [(event.act, event.by) for event in read_deeds(ledger)]
    first, second = (verifier.id for verifier in ledger.verifiers)
    assert acts == [
        ("key.add", first),
        ("case.open", first),
        ("claim.file", first),
        ("key.add", second),
        ("claim.file", second),
    ]
    added = [event for event in read_deeds(ledger) if event.act == "key.add"]
    kept = [read_bytes(ledger.store, event.obj).decode() for event in added]
    assert kept == [verifier.text for verifier in ledger.verifiers]


def test_an_empty_log_has_no_deeds(ledger: Ledger) -> None:
    assert list(read_deeds(ledger)) == []
    assert measure_torn(ledger.path) == 0
    assert not ledger.folder.exists(), "opening and reading write nothing"
    assert not ledger.keys.exists()


REFUSED: list[tuple[str, str, Any]] = [
    ("source.collected", OBJ, {}),
    ("case.open", "https://example.invalid/page", {}),
    ("case.open", "sha256:" + "0" * 63, {}),
    ("case.open", OBJ, {"reason": "Jane Doe asked"}),
    ("case.open", OBJ, {"reason": "J.Doe"}),
    ("case.open", OBJ, {"reason": "新疆"}),
    ("case.open", OBJ, {"reason": "jane@example.invalid"}),
    ("case.open", OBJ, {"url": "https://example.invalid"}),
    ("case.open", OBJ, {"reason": "x" * 65}),
    ("case.open", OBJ, {"reason": ""}),
    ("case.open", OBJ, {"reason": "code\n"}),
    ("case.open", OBJ, {"Jane Doe": 1}),
    ("case.open", OBJ, {"share": 0.5}),
    ("case.open", OBJ, {"private": True}),
    ("case.open", OBJ, {"count": 10**15}),
    ("case.open", OBJ, {"none": None}),
    ("case.open", OBJ, {"map": {"a": 1}}),
    ("case.open", OBJ, {"list": [[OBJ]]}),
    ("case.open", OBJ, {"list": ["ok", "not ok"]}),
    ("case.open", OBJ, {"list": [1] * 1_001}),
    ("case.open", OBJ, {f"role{n}": n for n in range(65)}),
    (
        "case.open",
        OBJ,
        {"a": [OBJ] * 1_000, "b": [OBJ] * 1_000, "c": [OBJ] * 1_000, "d": [OBJ] * 999},
    ),
]


@pytest.mark.parametrize(("act", "obj", "refs"), REFUSED)
def test_what_is_no_id_or_code_is_refused(
    ledger: Ledger, act: str, obj: str, refs: dict[str, Any]
) -> None:
    append_deed(ledger, "case.open", OBJ)
    before = ledger.path.read_bytes()
    with pytest.raises(DeedRefused, match="The log refuses this deed"):
        append_deed(ledger, act, obj, refs)
    assert ledger.path.read_bytes() == before


def test_a_refusal_does_not_repeat_what_was_refused() -> None:
    with pytest.raises(DeedRefused) as caught:
        check_deed("case.open", OBJ, {"reason": "Jane Doe asked"})
    assert "Jane" not in str(caught.value)
    assert caught.value.field == "refs.reason"


refs_one = st.from_regex(r"[a-z0-9._-]{1,64}|sha256:[0-9a-f]{64}", fullmatch=True) | st.integers(
    -(10**15) + 1, 10**15 - 1
)

LINES = made_log(8)
EDITS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], int, str]] = {
    "a line is edited": (
        lambda lines: [*lines[:3], lines[3].replace(b"claim.file", b"claim.gade"), *lines[4:]],
        5,
        "does not follow line 4",
    ),
    "a line is removed": (lambda lines: lines[:3] + lines[4:], 4, "removed"),
    "the first line is removed": (lambda lines: lines[1:], 1, "removed"),
    "two lines are swapped": (
        lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]],
        4,
        "another order",
    ),
    "a line is doubled": (lambda lines: lines[:4] + lines[3:], 5, "added"),
    "a line is put in": (
        lambda lines: [*lines[:4], lines[2].replace(b'"n":2', b'"n":4'), *lines[4:]],
        5,
        "does not follow line 4",
    ),
    "the end is of another log": (
        lambda lines: [*lines[:4], *made_log(9)[5:]],
        5,
        "removed",
    ),
    "a byte is flipped": (
        lambda lines: [*lines[:2], lines[2][:-1] + bytes([lines[2][-1] ^ 1]), *lines[3:]],
        3,
        "damaged or edited",
    ),
    "a space is put in": (
        lambda lines: [*lines[:2], lines[2].replace(b",", b", ", 1), *lines[3:]],
        3,
        "damaged or edited",
    ),
    "a key is doubled": (
        lambda lines: [*lines[:2], lines[2].replace(b'{"act', b'{"act":"x.y","act'), *lines[3:]],
        3,
        "damaged or edited",
    ),
    "an empty line is put in": (lambda lines: [*lines[:5], b"", *lines[5:]], 6, "damaged"),
}


@pytest.mark.parametrize(("edit", "line", "why"), EDITS.values(), ids=EDITS.keys())
def test_an_edited_log_is_found_and_the_line_named(
    edit: Callable[[list[bytes]], list[bytes]], line: int, why: str
) -> None:
    assert len(list(follow_lines(LINES))) == 8
    with pytest.raises(LogFaulty, match=why) as caught:
        list(follow_lines(edit(LINES)))
    assert caught.value.line == line


FIELDS = json.loads(LINES[0])
FAULTY_FIELDS: list[dict[str, Any]] = [
    {"at": "2026-11-24 12:00:00"},
    {"at": "2026-13-24T12:00:00Z"},
    {"at": 5},
    {"by": "0BADCAFE"},
    {"n": -1},
    {"n": True},
    {"n": "0"},
    {"prev": "x"},
    {"obj": None},
    {"refs": []},
    {"refs": {"reason": "Jane Doe"}},
    {"act": "claim"},
    {"more": 1},
    {"refs": {"share": 0.5}},
    {"refs": {"a": {"b": 1}}},
    {"refs": {"count": 10**15}},
    {"refs": {"list": [["x"]]}},
]


@pytest.mark.parametrize("fault", FAULTY_FIELDS, ids=str)
def test_a_line_with_other_fields_is_no_event(fault: dict[str, Any]) -> None:
    line = json.dumps({**FIELDS, **fault}, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(CanonicalFaulty):
        parse_line(line)


@pytest.mark.parametrize("refs", [b'{"b":1,"a":1}', b'{"a":1,"a":1}', b'{"a":-0}', b'{"a":01}'])
def test_refs_stand_in_their_one_form(refs: bytes) -> None:
    line = encode({**FIELDS, "refs": {}})
    assert parse_line(line).refs == {}
    with pytest.raises(CanonicalFaulty):
        parse_line(line.replace(b'"refs":{}', b'"refs":' + refs))


@given(
    st.dictionaries(
        st.from_regex(r"[a-z0-9._-]{1,64}", fullmatch=True),
        refs_one | st.lists(refs_one, max_size=5),
        max_size=5,
    )
)
def test_every_deed_that_may_be_written_is_read_again(refs: dict[str, Any]) -> None:
    check_deed("case.open", OBJ, refs)
    line = write_line(None, "2026-11-24T12:00:00Z", "0badcafe", "case.open", OBJ, refs)
    assert parse_line(line).refs == refs
    assert decode(line)["refs"] == refs


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "aa", "b", "0", "-", ".", "a.b", "_"]), refs_one),
        max_size=4,
    )
)
def test_a_line_is_read_only_in_the_one_form_of_its_refs(pairs: list[tuple[str, Any]]) -> None:
    refs = ",".join(f"{json.dumps(role)}:{json.dumps(ref)}" for role, ref in pairs)
    line = encode({**FIELDS, "refs": {}}).replace(b'"refs":{}', f'"refs":{{{refs}}}'.encode())
    try:
        decode(line)
    except CanonicalFaulty:
        with pytest.raises(CanonicalFaulty):
            parse_line(line)
    else:
        assert parse_line(line).refs == dict(pairs)


def test_an_act_of_a_later_version_is_read_but_not_written() -> None:
    assert parse_line(encode({**FIELDS, "act": "sign.on"})).act == "sign.on"
    with pytest.raises(DeedRefused):
        check_deed("sign.on", OBJ, {})


def test_a_torn_line_is_passed_over_and_moved_aside_by_the_next_deed(ledger: Ledger) -> None:
    append_deed(ledger, "case.open", OBJ)
    whole = ledger.path.read_bytes()
    torn = b'{"act":"claim.file","at":"2026-'
    ledger.path.write_bytes(whole + torn)
    assert [event.act for event in read_deeds(ledger)] == ["key.add", "case.open"]
    assert measure_torn(ledger.path) == len(torn)
    append_deed(ledger, "claim.file", OBJ)
    assert [event.n for event in read_deeds(ledger)] == [0, 1, 2]
    assert (ledger.folder / "torn" / f"{len(whole):012}").read_bytes() == torn
    assert ledger.path.read_bytes().startswith(whole)


@pytest.mark.parametrize("size", [1, 8_191, 8_192, 8_193, 30_000])
@pytest.mark.parametrize("whole", [b"", b"line\n"])
def test_a_torn_line_of_any_size_is_measured(tmp_path: Path, size: int, whole: bytes) -> None:
    (tmp_path / "log.jsonl").write_bytes(whole + b"x" * size)
    assert measure_torn(tmp_path / "log.jsonl") == size


def test_a_log_of_nothing_but_a_torn_line_begins_anew(ledger: Ledger) -> None:
    ledger.folder.mkdir()
    ledger.path.write_bytes(b'{"act":"key.add"')
    append_deed(ledger, "case.open", OBJ)
    assert [event.act for event in read_deeds(ledger)] == ["key.add", "case.open"]


def test_nothing_is_appended_to_a_log_whose_end_was_edited(ledger: Ledger) -> None:
    append_deed(ledger, "case.open", OBJ)
    edited = ledger.path.read_bytes().replace(b'"n":1', b'"n": 1')
    ledger.path.write_bytes(edited)
    with pytest.raises(LogFaulty) as caught:
        append_deed(ledger, "claim.file", OBJ)
    assert caught.value.line == 2
    assert ledger.path.read_bytes() == edited


def test_a_line_beyond_all_bounds_is_an_error_not_a_memory(ledger: Ledger) -> None:
    ledger.folder.mkdir()
    ledger.path.write_bytes(b"x" * (MOST_LINE + 5) + b"\n")
    with pytest.raises(LogFaulty, match="bytes long"):
        list(read_lines(ledger.path))


def test_long_lines_are_followed_by_the_next(ledger: Ledger) -> None:
    for count in (1, 1_000, 3, 900):
        append_deed(ledger, "source.export", OBJ, {"parts": [OBJ] * count})
    assert [event.n for event in read_deeds(ledger)] == [0, 1, 2, 3, 4]


def append_many(workspace: Workspace, keys: Path, count: int) -> None:
    writer = open_ledger(workspace, keys=keys)
    for number in range(count):
        append_deed(writer, "claim.file", OBJ, {"number": number})


def test_two_writers_take_turns(ledger: Ledger) -> None:
    workspace = open_workspace(ledger.folder.parent)
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=append_many, args=(workspace, ledger.keys, 20)) for _ in range(2)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    events = list(read_deeds(ledger))
    assert [event.act for event in events].count("key.add") == 1
    numbers = sorted(int(str(event.refs["number"])) for event in events[1:])
    assert numbers == sorted([*range(20), *range(20)])


def test_a_ledger_that_is_held_is_told(ledger: Ledger) -> None:
    with (
        hold_lock(ledger.folder, ledger.disk),
        pytest.raises(LogBusy, match="held by another program"),
        hold_lock(ledger.folder, ledger.disk, seconds=0.05),
    ):
        pytest.fail("two held it at once")


def test_times_are_written_in_utc(ledger: Ledger) -> None:
    east = datetime.fromisoformat("2026-11-24T23:30:00.900+08:00")
    event = append_deed(replace(ledger, clock=lambda: east), "case.open", OBJ)
    assert event.at == "2026-11-24T15:30:00Z"
    assert datetime.fromisoformat(event.at) <= east.astimezone(UTC)

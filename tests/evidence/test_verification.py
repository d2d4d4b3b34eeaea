"""Verification of a workspace: every kind of damage is found and named, and nothing else is."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.evidence.captures import capture_file
from answerable.evidence.packages.verifier import Check
from answerable.evidence.texts.sealed import TEXT_TYPE
from answerable.evidence.verification.workspaces import Verification, verify_workspace
from answerable.ledger.canonical import encode
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import append_deed, open_ledger, read_deeds
from answerable.ledger.objects import keep_bytes, keep_record
from answerable.ledger.records import seal_fields
from answerable.ledger.vault import list_private
from tests.evidence.sealed_case import Sealed, build_case


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return build_case(tmp_path_factory.mktemp("built"))


@pytest.fixture
def sealed(built: Sealed, tmp_path: Path) -> Sealed:
    return built.copy(tmp_path)


def faults(found: Verification) -> list[Check]:
    return [check for check in found.checks if check.state in ("broken", "lost")]


def test_a_workspace_that_nobody_touched_has_no_fault(built: Sealed) -> None:
    found = verify_workspace(built.ledger)
    assert (found.exit_code, faults(found)) == (0, [])
    assert found.counts["quotation"] == {"ok": 2}
    assert found.counts["source"] == {"pending": 2}  # the broadcast, in a claim and a decision
    assert found.counts["log line"] == {"ok": len(list(read_deeds(built.ledger)))}
    assert found.counts["private object"] == {"ok": 3}
    assert found.counts["derivative"] == {"ok": 6}


def test_without_the_private_key_the_rest_verifies(sealed: Sealed) -> None:
    (sealed.keys / "private.key").unlink()
    found = verify_workspace(sealed.ledger)
    assert found.exit_code == 0
    assert found.counts["private record"] == {"unverifiable": 3}
    assert found.counts["private object"] == {"ok": 3}, "ciphertexts are checked without a key"


def test_a_copy_without_private_evidence_verifies(sealed: Sealed) -> None:
    shutil.rmtree(sealed.root / "evidence" / "private")
    found = verify_workspace(sealed.ledger)
    assert found.exit_code == 0
    assert found.counts["private record"] == {"unverifiable": 3}


# --- damage: what is done, and what must be named for it ------------------------------------------


def flip(path: Path, at: int = -3) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    write(path, bytes(data))


def write(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def change_lines(sealed: Sealed, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path = sealed.root / "ledger" / "log.jsonl"
    lines = change(path.read_bytes().split(b"\n")[:-1])
    write(path, b"".join(line + b"\n" for line in lines))


def edit_time(lines: list[bytes], number: int) -> list[bytes]:
    lines[number] = lines[number].replace(b"2026-11-24T12", b"2026-11-24T11")
    return lines


def note_of(sealed: Sealed) -> Path:
    return max((sealed.root / "ledger" / "checkpoints").iterdir())


def claim_record(sealed: Sealed) -> str:
    return next(event.obj for event in read_deeds(sealed.ledger) if event.act == "claim.file")


def flip_original(sealed: Sealed) -> None:
    flip(sealed.object_path(sealed.capture.original.object))


def flip_text(sealed: Sealed) -> None:
    flip(sealed.object_path(sealed.text))


def drop_text(sealed: Sealed) -> None:
    sealed.object_path(sealed.text).unlink()


def flip_map(sealed: Sealed) -> None:
    flip(sealed.object_path(claim_record(sealed)))


def flip_ciphertext(sealed: Sealed) -> None:
    store = sealed.ledger.store
    path = store.root / "private"
    flip(path / next(list_private(store))[7:9] / next(list_private(store))[9:])


def swap_objects(sealed: Sealed) -> None:
    one = sealed.object_path(sealed.capture.original.object)
    other = sealed.object_path(sealed.text)
    held = one.read_bytes()
    write(one, other.read_bytes())
    write(other, held)


def edit_value(sealed: Sealed) -> None:
    path = sealed.object_path(claim_record(sealed), "records")
    opened = json.loads(path.read_bytes())
    opened["claimant"][1] = {"name": "Somebody Else"}
    write(path, encode(opened))


def drop_field(sealed: Sealed) -> None:
    path = sealed.object_path(claim_record(sealed), "records")
    opened = json.loads(path.read_bytes())
    del opened["claimant"]
    write(path, encode(opened))


def drop_fields(sealed: Sealed) -> None:
    sealed.object_path(claim_record(sealed), "records").unlink()


def edit_line(sealed: Sealed) -> None:
    change_lines(sealed, lambda lines: edit_time(lines, 3))


def edit_last_line(sealed: Sealed) -> None:
    change_lines(sealed, lambda lines: edit_time(lines, -1))


def remove_line(sealed: Sealed) -> None:
    change_lines(sealed, lambda lines: lines[:4] + lines[5:])


def reorder_lines(sealed: Sealed) -> None:
    change_lines(sealed, lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]])


def truncate_log(sealed: Sealed) -> None:
    change_lines(sealed, lambda lines: lines[:-2])


def stale_signature(sealed: Sealed) -> None:
    path = note_of(sealed)
    origin, size, rest = path.read_bytes().split(b"\n", 2)
    write(path, b"\n".join((origin, size + b"0", rest)))


def replace_key(sealed: Sealed) -> None:
    path = sealed.root / "ledger" / "keys"
    key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n"
    write(path, key.encode())


DAMAGE = [
    (flip_original, "broken", "object", "not as it was sealed"),
    (flip_text, "broken", "object", "not as it was sealed"),
    (flip_text, "lost", "quotation", "missing or changed"),
    (drop_text, "broken", "object", "missing"),
    (drop_text, "lost", "quotation", "missing or changed"),
    (flip_map, "broken", "object", "not as it was sealed"),
    (flip_ciphertext, "broken", "private object", "not as it was sealed"),
    (swap_objects, "broken", "object", "not as it was sealed"),
    (edit_value, "broken", "record", "claimant"),
    (drop_field, "broken", "record", "missing, and no deed says"),
    (drop_fields, "broken", "record", "missing, and no deed says"),
    (edit_line, "broken", "log line", "does not follow line 4"),
    (edit_line, "broken", "checkpoint", "edited, removed"),
    (edit_last_line, "broken", "checkpoint", "edited, removed"),
    (remove_line, "broken", "log line", "lines were removed"),
    (reorder_lines, "broken", "log line", "another order"),
    (truncate_log, "broken", "checkpoint", "its end was cut off"),
    (stale_signature, "broken", "checkpoint", "not over this text"),
    (replace_key, "broken", "key", "not in ledger/keys"),
]


@pytest.mark.parametrize(
    ("damage", "state", "kind", "words"),
    DAMAGE,
    ids=[f"{damage.__name__}-{kind}" for damage, _, kind, _ in DAMAGE],
)
def test_damage_is_found_and_named(
    damage: Callable[[Sealed], None], state: str, kind: str, words: str, sealed: Sealed
) -> None:
    damage(sealed)
    found = verify_workspace(sealed.ledger)
    assert found.exit_code == 1
    told = [check.says for check in faults(found) if (check.state, check.kind) == (state, kind)]
    assert any(words in each for each in told), faults(found)


@pytest.mark.parametrize(
    ("damage", "about"),
    [(flip_original, "original"), (drop_text, "text"), (edit_value, "claim")],
    ids=["flipped", "dropped", "edited"],
)
def test_a_fault_names_what_is_damaged(
    damage: Callable[[Sealed], None], about: str, sealed: Sealed
) -> None:
    capture, text, claim = sealed.capture, sealed.text, claim_record(sealed)
    damage(sealed)
    ids = {"original": capture.original.object, "text": text, "claim": claim}
    broken = [c.about for c in verify_workspace(sealed.ledger).checks if c.state == "broken"]
    assert broken == [ids[about]]


def test_every_byte_of_a_record_counts(sealed: Sealed) -> None:
    record = sealed.object_path(claim_record(sealed), "records")
    before = record.read_bytes()
    for at in range(0, len(before), 37):
        flip(record, at)
        assert verify_workspace(sealed.ledger).exit_code == 1, at
        write(record, before)
    assert verify_workspace(sealed.ledger).exit_code == 0


# --- checkpoints that others hold -----------------------------------------------------------------


def test_a_cut_log_without_its_checkpoint_is_found_by_one_held_elsewhere(
    sealed: Sealed, tmp_path: Path
) -> None:
    held = tmp_path / "held"
    held.write_bytes(note_of(sealed).read_bytes())
    truncate_log(sealed)
    note_of(sealed).unlink()
    alone = verify_workspace(sealed.ledger)
    assert alone.exit_code == 0
    assert alone.counts["checkpoint"] == {"pending": 1}, "nothing here can tell, and it says so"
    found = verify_workspace(sealed.ledger, checkpoint=held)
    assert [check.kind for check in faults(found)] == ["checkpoint"]
    assert "its end was cut off" in faults(found)[0].says


def test_a_log_that_only_grew_fits_a_checkpoint_held_elsewhere(
    sealed: Sealed, tmp_path: Path
) -> None:
    held = tmp_path / "held"
    held.write_bytes(note_of(sealed).read_bytes())
    append_deed(sealed.ledger, "source.dispose", sealed.page, {"capture": sealed.page})
    found = verify_workspace(sealed.ledger, checkpoint=held)
    assert found.counts["checkpoint"] == {"ok": 2, "pending": 1}, "the last line is under none yet"
    seal_checkpoint(sealed.ledger)
    found = verify_workspace(sealed.ledger, checkpoint=held)
    assert (found.exit_code, found.counts["checkpoint"]) == (0, {"ok": 3})


def test_a_log_written_anew_is_found_by_a_checkpoint_held_elsewhere(
    sealed: Sealed, tmp_path: Path
) -> None:
    held = tmp_path / "held"
    held.write_bytes(note_of(sealed).read_bytes())
    size = len(list(read_deeds(sealed.ledger)))
    for path in ((sealed.root / "ledger" / "log.jsonl"), note_of(sealed)):
        path.unlink()
    (sealed.root / "ledger" / "keys").unlink()
    for _ in range(size):
        append_deed(sealed.ledger, "source.dispose", sealed.page)
    seal_checkpoint(sealed.ledger)
    found = verify_workspace(sealed.ledger, checkpoint=held)
    assert any("not what was signed" in check.says for check in faults(found))


def test_a_log_that_is_gone_with_all_that_would_miss_it_is_told(sealed: Sealed) -> None:
    shutil.rmtree(sealed.root / "ledger")
    found = verify_workspace(sealed.ledger)
    assert [check.says for check in faults(found)] == [
        "There are sealed objects, and no log that names them."
    ]


def test_an_empty_workspace_has_no_fault(tmp_path: Path) -> None:
    found = verify_workspace(open_ledger(make_workspace(tmp_path / "new"), keys=tmp_path / "keys"))
    assert (found.exit_code, found.counts) == (0, {})


def test_a_file_that_is_no_checkpoint_is_told(sealed: Sealed, tmp_path: Path) -> None:
    (tmp_path / "held").write_text("no note")
    found = verify_workspace(sealed.ledger, checkpoint=tmp_path / "held")
    assert faults(found)[0].says.startswith("The checkpoint that you hold cannot be used")


# --- quotations and derivatives -------------------------------------------------------------------


def file_quotation(sealed: Sealed, **passage: object) -> None:
    values = {"source": "page", "capture": sealed.page, "text": sealed.text, **passage}
    fields = {"schema": "answerable.claim/1", "id": "more", "passages": [values], "sources": []}
    record = seal_fields(fields)
    append_deed(sealed.ledger, "claim.file", keep_record(sealed.ledger.store, record))


def derive_more(sealed: Sealed, words: str, parent: str) -> str:
    ledger = sealed.ledger
    text = keep_bytes(ledger.store, words.encode())
    part = {"role": "text", "object": text, "media_type": TEXT_TYPE, "size": 1, "parent": parent}
    fields = {"schema": "answerable.derivative/1", "capture": sealed.page, "part": part}
    record = keep_record(ledger.store, seal_fields(fields))
    append_deed(ledger, "source.derive", record, {"capture": sealed.page})
    return text


QUOTATIONS = [("Northwind", 0, "ok"), ("Northwind", 1, "broken"), ("湖边公司", 0, "ok")]


@pytest.mark.parametrize(("quote", "shift", "state"), QUOTATIONS)
def test_a_quotation_is_held_to_its_place_in_code_points(
    quote: str, shift: int, state: str, sealed: Sealed
) -> None:
    text = sealed.object_path(sealed.text).read_text(encoding="utf-8")
    start = text.index(quote) + shift  # before the Chinese words stands U+20000: two UTF-16 units
    file_quotation(sealed, quote=quote, start=start, end=start + len(quote))
    counts = verify_workspace(sealed.ledger).counts["quotation"]
    assert counts == ({"ok": 3} if state == "ok" else {"ok": 2, state: 1})


@pytest.mark.parametrize(
    ("newer", "state"),
    [
        ("Later: Northwind Vision supplied 340 cameras to the Lakeside site. it sold no", "moved"),
        ("Northwind Vision supplied 340 cameras to the Lakeside site. " * 2, "ambiguous"),
        ("Nothing of the kind.", "lost"),
    ],
)
def test_where_a_text_is_gone_the_newest_text_of_the_capture_counts(
    newer: str, state: str, sealed: Sealed
) -> None:
    text = sealed.text
    derive_more(sealed, newer, sealed.capture.original.object)
    sealed.object_path(text).unlink()
    found = verify_workspace(sealed.ledger)
    told = {check.about: check.state for check in found.checks if check.kind == "quotation"}
    assert told["cameras, 1"] == state


def test_a_text_of_another_capture_is_no_text_of_this_one(sealed: Sealed, tmp_path: Path) -> None:
    text = keep_bytes(sealed.ledger.store, b"Words from elsewhere.")
    file_quotation(sealed, text=text, quote="Words", start=0, end=5)
    found = verify_workspace(sealed.ledger)
    assert "not made from its capture" in faults(found)[0].says


def test_what_was_made_from_no_part_of_its_capture_is_named(sealed: Sealed, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("other")
    other = capture_file(sealed.ledger, tmp_path / "other.txt", "lakeside")
    derive_more(sealed, "more", other.original.object)
    found = verify_workspace(sealed.ledger)
    assert [check.kind for check in faults(found)] == ["derivative"]


# --- what is left of runs that broke off ----------------------------------------------------------


def test_a_line_that_was_never_acknowledged_is_told_and_is_no_fault(sealed: Sealed) -> None:
    path = sealed.root / "ledger" / "log.jsonl"
    path.write_bytes(path.read_bytes() + b'{"act":"cas')
    found = verify_workspace(sealed.ledger)
    assert found.exit_code == 0
    assert found.counts["log"] == {"pending": 1}


def test_an_object_that_no_deed_names_is_checked_all_the_same(sealed: Sealed) -> None:
    orphan = keep_bytes(sealed.ledger.store, b"kept, and then the power went")
    assert verify_workspace(sealed.ledger).exit_code == 0
    flip(sealed.object_path(orphan))
    assert [check.about for check in faults(verify_workspace(sealed.ledger))] == [orphan]


def test_progress_is_told_and_the_result_can_be_printed_and_kept(built: Sealed) -> None:
    told: list[str] = []
    found = verify_workspace(built.ledger, tell=lambda what, *_: told.append(what))
    assert "Checking the log" in told
    assert json.loads(json.dumps(found.as_dict()))["counts"]["quotation"] == {"ok": 2}
    assert "log line" in found.tell()


def test_a_folder_that_is_a_workspace_or_a_package_is_recognised(
    built: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWERABLE_KEYS", str(tmp_path / "none"))
    assert verify_workspace(built.root).exit_code == 0
    (tmp_path / "p.zip").write_bytes(b"no zip")
    assert verify_workspace(tmp_path / "p.zip").counts == {"package": {"broken": 1}}

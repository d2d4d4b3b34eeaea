"""Custody: who did what with a capture, told in records, with ids alone in the log."""

from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.errors import CaptureUnknown, UsageError
from answerable.evidence.captures import capture_file
from answerable.evidence.custody import list_custody, list_unlocked, note_custody
from answerable.ledger.log import Ledger, open_ledger, read_deeds
from answerable.ledger.objects import opened_path
from answerable.model.capture import Capture

NAME = "Ada Zyxomatic"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(make_workspace(tmp_path / "work"), keys=tmp_path / "keys")


def seal(ledger: Ledger, folder: Path, *, private: bool = False) -> Capture:
    (folder / "a").write_bytes(b"one")
    return capture_file(ledger, folder / "a", "demo", private=private)


def test_what_was_done_is_told_in_its_order(ledger: Ledger, tmp_path: Path) -> None:
    capture = seal(ledger, tmp_path)
    other = seal(ledger, tmp_path)
    first = note_custody(
        ledger, capture.id, "transfer", by=NAME, to="An office", note="On a disk, sealed bag 7"
    )
    note_custody(ledger, other.id, "review", by=NAME)
    last = note_custody(
        ledger, capture.id[7:19], "dispose", by=NAME, reason="Asked by the source",
        at="2026-01-02T03:04:05Z",
    )  # fmt: skip
    assert list_custody(ledger, capture.id) == [first, last]
    assert last.at == "2026-01-02T03:04:05Z"


def test_the_log_names_nobody(ledger: Ledger, tmp_path: Path) -> None:
    capture = seal(ledger, tmp_path)
    note_custody(ledger, capture.id, "transfer", by=NAME, to="Bo", reason="For a second look")
    event = list(read_deeds(ledger))[-1]
    assert (event.act, event.refs) == ("source.transfer", {"capture": capture.id})
    log = ledger.path.read_text()
    assert "Ada" not in log
    assert "look" not in log


def test_of_a_private_capture_the_whole_workspace_names_nobody(
    ledger: Ledger, tmp_path: Path
) -> None:
    capture = seal(ledger, tmp_path, private=True)
    noted = note_custody(ledger, capture.id, "transfer", by=NAME, to="Bo")
    assert list_custody(ledger, capture.id) == [noted]
    files = [path for path in (tmp_path / "work").rglob("*") if path.is_file()]
    assert not any(NAME.encode() in path.read_bytes() for path in files)


def test_a_private_capture_is_unlocked_by_a_person_with_a_reason(
    ledger: Ledger, tmp_path: Path
) -> None:
    capture = seal(ledger, tmp_path, private=True)
    assert list_unlocked(ledger) == frozenset()
    with pytest.raises(UsageError, match="reason"):
        note_custody(ledger, capture.id, "unlock", by=NAME)
    note_custody(ledger, capture.id, "unlock", by=NAME, reason="Names of sources are out")
    assert list_unlocked(ledger) == {capture.id}


def test_what_does_not_fit_is_refused_and_not_logged(ledger: Ledger, tmp_path: Path) -> None:
    capture = seal(ledger, tmp_path)
    deeds = len(list(read_deeds(ledger)))
    with pytest.raises(UsageError, match="not private"):
        note_custody(ledger, capture.id, "unlock", by=NAME, reason="x")
    with pytest.raises(UsageError, match="to"):
        note_custody(ledger, capture.id, "transfer", by=NAME)
    with pytest.raises(UsageError, match="by"):
        note_custody(ledger, capture.id, "review", by=" ")
    with pytest.raises(UsageError, match="no verb"):
        note_custody(ledger, capture.id, "burn", by=NAME)  # type: ignore[arg-type]
    with pytest.raises(CaptureUnknown):
        note_custody(ledger, "0" * 64, "review", by=NAME)
    assert len(list(read_deeds(ledger))) == deeds


def test_an_erased_record_keeps_its_verb(ledger: Ledger, tmp_path: Path) -> None:
    capture = seal(ledger, tmp_path)
    noted = note_custody(ledger, capture.id, "review", by=NAME)
    opened_path(ledger.store, noted.id).unlink()
    [left] = list_custody(ledger, capture.id)
    assert (left.verb, left.by) == ("review", "")

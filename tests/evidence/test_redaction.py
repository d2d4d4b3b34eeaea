"""Redaction and erasure: what is gone is gone, the log says so, and the rest still verifies."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from answerable.errors import ErasureRefused, KeyMissing
from answerable.evidence.captures import capture_file
from answerable.evidence.cases.filed import filed_claims
from answerable.evidence.packages.exports import export_case
from answerable.evidence.redaction import Erasure, erase, redact
from answerable.evidence.search.index import search_texts
from answerable.evidence.search.tables import index_path
from answerable.evidence.verification.workspaces import verify_package, verify_workspace
from answerable.ledger import objects
from answerable.ledger.disk import Disk
from answerable.ledger.log import append_deed, read_deeds
from answerable.ledger.objects import has_object, keep_record, read_record
from answerable.ledger.records import check_record, seal_fields
from answerable.ledger.vault import has_private, read_private_record
from tests.evidence.sealed_case import Sealed, build_case

REASON = "data_subject_request"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return build_case(tmp_path_factory.mktemp("built"))


@pytest.fixture
def sealed(built: Sealed, tmp_path: Path) -> Sealed:
    return built.copy(tmp_path)


def states(sealed: Sealed) -> dict[str, Sequence[str]]:
    found = verify_workspace(sealed.ledger)
    faults = [each.about for each in found.checks if each.state in ("broken", "lost")]
    erased = [each.about for each in found.checks if each.state == "erased"]
    return {"faults": faults, "erased": erased}


def grep(sealed: Sealed, words: str) -> list[Path]:
    files = (path for path in (sealed.root / "evidence").rglob("*") if path.is_file())
    return [path for path in files if words.encode() in path.read_bytes()]


def custody_of(sealed: Sealed) -> str:
    return next(each.obj for each in read_deeds(sealed.ledger) if each.act == "source.review")


# --- redaction ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "keep", "shown"),
    [
        ((), (), {"schema", "verb", "at"}),
        ((), ("by",), {"schema", "verb", "at", "by"}),
        (("at", "nowhere"), (), {"schema", "verb"}),
        (("schema",), (), {"schema", "verb", "at"}),
    ],
)
def test_personal_and_named_fields_are_withheld(
    names: tuple[str, ...], keep: tuple[str, ...], shown: set[str]
) -> None:
    fields = {"verb": "review", "at": "2026-11-24T12:00:00Z", "by": "Ada", "note": "in the kitchen"}
    record = seal_fields({"schema": "answerable.custody/1", **fields})
    redacted = redact(record, names, keep)
    check_record(redacted)
    assert set(redacted.values) == shown
    assert redacted.id == record.id


def test_a_claim_keeps_its_fields_unless_they_are_named() -> None:
    record = seal_fields({"schema": "answerable.claim/1", "by": "Example Watch"})
    assert redact(record) == record
    assert redact(record, ("by",)).withheld == ("by",)


# --- erasure of an object -------------------------------------------------------------------------


def test_an_erased_object_is_gone_and_the_rest_verifies(sealed: Sealed) -> None:
    text = sealed.text
    erasure = erase(sealed.ledger, text, REASON)
    assert not has_object(sealed.ledger.store, text)
    assert states(sealed) == {"faults": [], "erased": [text, "no-sale, 1", "cameras, 1"]}
    assert (erasure.event.act, erasure.event.refs) == ("source.erase", {"reason": REASON})
    assert len(erasure.remains) == 1, "the map of its pages is still there"
    assert len(erasure.quoted_by) == 2, "the claim and its answer quote from it"


def test_what_was_made_from_an_erased_original_is_named(sealed: Sealed) -> None:
    capture = sealed.capture
    erasure = erase(sealed.ledger, capture.original.object, REASON)
    assert set(erasure.remains) == {part.object for part in capture.parts[1:]}
    assert erasure.captures == (capture.id,)
    for each in erasure.remains:
        erase(sealed.ledger, each, REASON)
    assert states(sealed)["faults"] == []


def test_an_object_of_two_captures_is_not_erased_unawares(sealed: Sealed, tmp_path: Path) -> None:
    original = sealed.capture.original.object
    (tmp_path / "again.html").write_bytes(sealed.object_path(original).read_bytes())
    again = capture_file(sealed.ledger, tmp_path / "again.html", "another-case")
    deeds = len(list(read_deeds(sealed.ledger)))
    with pytest.raises(ErasureRefused, match="2 captures hold it") as refused:
        erase(sealed.ledger, original, REASON)
    assert refused.value.captures == (sealed.page, again.id)
    assert has_object(sealed.ledger.store, original)
    assert len(list(read_deeds(sealed.ledger))) == deeds
    assert erase(sealed.ledger, original, REASON, shared=True).captures == (sealed.page, again.id)
    assert states(sealed) == {"faults": [], "erased": [original]}


def test_the_search_index_keeps_no_word_of_it(sealed: Sealed) -> None:
    assert search_texts(sealed.ledger, "湖边")
    assert index_path(sealed.ledger).exists()
    erase(sealed.ledger, sealed.text, REASON)
    assert not list(index_path(sealed.ledger).parent.glob("*"))
    assert not search_texts(sealed.ledger, "湖边")


# --- erasure of fields ----------------------------------------------------------------------------


def test_an_erased_field_is_gone_for_good_and_the_rest_verifies(sealed: Sealed) -> None:
    record = custody_of(sealed)
    assert grep(sealed, "kitchen")
    erasure = erase(sealed.ledger, record, REASON, fields=["note"])
    assert (erasure.fields, grep(sealed, "kitchen")) == (("note",), [])
    assert read_record(sealed.ledger.store, record).values["by"] == "Ada Grader"
    assert states(sealed) == {"faults": [], "erased": [record]}


def test_fields_that_are_erased_one_after_the_other_are_all_told(sealed: Sealed) -> None:
    record = custody_of(sealed)
    erase(sealed.ledger, record, REASON, fields=["note"])
    erase(sealed.ledger, record, "court_order", fields=["by"])
    assert states(sealed) == {"faults": [], "erased": [record]}


def test_a_record_is_erased_whole_but_for_what_it_is(sealed: Sealed) -> None:
    claim = filed_claims(sealed.ledger)[0].record
    erase(sealed.ledger, claim, "court_order")
    assert read_record(sealed.ledger.store, claim).values == {"schema": "answerable.claim/1"}
    assert states(sealed) == {"faults": [], "erased": [claim]}
    assert "cameras" not in {each.claim.id for each in filed_claims(sealed.ledger)}


def test_an_erased_capture_leaves_what_was_made_from_it_without_a_fault(
    sealed: Sealed, tmp_path: Path
) -> None:
    erase(sealed.ledger, sealed.page, "court_order")
    found = verify_workspace(sealed.ledger)
    assert found.exit_code == 0
    assert found.counts["derivative"] == {"ok": 5, "erased": 1}
    assert found.counts["quotation"] == {"ok": 2}, "the text says still what was quoted"
    package = export_case(sealed.ledger, "lakeside", tmp_path / "p")
    assert verify_package(package.path).exit_code == 0


def test_an_erased_record_of_a_text_leaves_quotations_that_cannot_be_checked(
    sealed: Sealed, tmp_path: Path
) -> None:
    derived = next(each.obj for each in read_deeds(sealed.ledger) if each.act == "source.derive")
    erase(sealed.ledger, derived, "court_order")
    found = verify_workspace(sealed.ledger)
    assert (found.exit_code, found.counts["quotation"]) == (0, {"erased": 2})
    package = verify_package(export_case(sealed.ledger, "lakeside", tmp_path / "p").path)
    assert (package.exit_code, package.counts["quotation"]) == (0, {"unverifiable": 2})


def test_an_erased_record_cannot_be_kept_again(sealed: Sealed) -> None:
    record = read_record(sealed.ledger.store, custody_of(sealed))
    erase(sealed.ledger, record.id, REASON)
    keep_record(sealed.ledger.store, record)
    assert grep(sealed, "kitchen") == []


def test_private_evidence_can_be_erased(sealed: Sealed) -> None:
    store = sealed.ledger.store
    parts = read_private_record(store, sealed.private).values["parts"]
    erase(sealed.ledger, parts[0]["object"], "source_protection")
    assert not has_private(store, parts[0]["object"])
    erase(sealed.ledger, sealed.private, "source_protection", fields=["title", "url"])
    assert read_private_record(store, sealed.private).withheld == ("title", "url")
    assert states(sealed)["faults"] == []


def test_a_private_object_can_be_destroyed_also_when_its_key_is_lost(sealed: Sealed) -> None:
    parts = read_private_record(sealed.ledger.store, sealed.private).values["parts"]
    (sealed.keys / "private.key").unlink()
    erase(sealed.ledger, parts[0]["object"], "source_protection")
    assert not has_private(sealed.ledger.store, parts[0]["object"])
    with pytest.raises(KeyMissing):
        erase(sealed.ledger, sealed.private, "source_protection")
    assert states(sealed)["faults"] == []


# --- what is refused, and what happens when it breaks off -----------------------------------------


@pytest.mark.parametrize(
    ("what", "reason", "fields", "words"),
    [
        ("sha256:" + "0" * 64, REASON, (), "no such object"),
        ("record", REASON, ("nothing",), "no field 'nothing'"),
        ("record", "Ada asked for it", (), "no code"),
        ("record", REASON, ("schema",), "no field 'schema'"),
        ("text", REASON, ("note",), "no fields"),
        ("key", REASON, (), "public key"),
    ],
)
def test_what_cannot_be_erased_is_refused_and_not_logged(
    what: str, reason: str, fields: Sequence[str], words: str, sealed: Sealed
) -> None:
    key = next(event.obj for event in read_deeds(sealed.ledger) if event.act == "key.add")
    named = {"record": custody_of(sealed), "text": sealed.text, "key": key}
    deeds = len(list(read_deeds(sealed.ledger)))
    with pytest.raises(ErasureRefused, match=words):
        erase(sealed.ledger, named.get(what, what), reason, fields=fields)
    assert len(list(read_deeds(sealed.ledger))) == deeds
    assert states(sealed) == {"faults": [], "erased": []}


class StuckDisk(Disk):
    """A disk that takes new files and refuses to let go of old ones."""

    def remove(self, path: Path) -> None:
        if path.parent.parent.name == "objects":
            raise OSError(5, "the disk failed")
        super().remove(path)


def test_an_erasure_that_broke_off_is_told_and_can_be_ended(
    sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = sealed.text
    ledger = sealed.ledger
    store = objects.Store(ledger.store.root, ledger.store.keys, disk=StuckDisk())
    with monkeypatch.context() as patch:
        patch.setattr(
            Sealed, "ledger", type(ledger)(ledger.folder, store, ledger.keys, ledger.origin)
        )
        with pytest.raises(OSError, match="the disk failed"):
            erase(sealed.ledger, text, REASON)
    found = verify_workspace(sealed.ledger)
    assert found.exit_code == 0
    assert found.counts["erasure"] == {"pending": 1}
    deeds = len(list(read_deeds(sealed.ledger)))
    ended: Erasure = erase(sealed.ledger, text, REASON)
    assert len(list(read_deeds(sealed.ledger))) == deeds, "the deed stands, and is not logged twice"
    assert ended.event.act == "source.erase"
    assert "erasure" not in verify_workspace(sealed.ledger).counts


# --- what a package says of it --------------------------------------------------------------------


def test_a_package_says_what_was_erased_and_the_rest_verifies(
    sealed: Sealed, tmp_path: Path
) -> None:
    text, record = sealed.text, custody_of(sealed)
    erase(sealed.ledger, text, REASON)
    erase(sealed.ledger, record, REASON, fields=["note", "by"])
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p")
    found = verify_package(export.path)
    assert found.exit_code == 0
    erased = {each.about for each in found.checks if each.state == "erased"}
    assert erased == {text, record}
    assert export.left_out == {text: "erased"}
    page = (export.path / "index.html").read_text(encoding="utf-8")
    assert "Northwind Vision supplied 340 cameras" not in page


def test_an_erasure_that_the_log_does_not_tell_is_no_erasure(
    sealed: Sealed, tmp_path: Path
) -> None:
    sealed.object_path(sealed.text).unlink()
    found = verify_workspace(sealed.ledger)
    assert {each.state for each in found.checks if each.about == sealed.text} == {"broken"}
    append_deed(sealed.ledger, "source.erase", sealed.text, {"reason": REASON})
    assert states(sealed)["faults"] == []

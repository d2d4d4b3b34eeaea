"""A package of a case: it verifies alone, holds nothing it should not, and is always the same."""

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.errors import CaptureUnknown, OutputUnwritable, PackageRefused
from answerable.evidence.captures import capture_file, list_captures
from answerable.evidence.packages import verifier
from answerable.evidence.packages.contents import Choice
from answerable.evidence.packages.exports import Export, export_case
from answerable.evidence.verification.workspaces import (
    Verification,
    verify_package,
    verify_workspace,
)
from answerable.ledger.checkpoints import read_checkpoints, seal_checkpoint
from answerable.ledger.log import append_deed, read_deeds
from answerable.ledger.objects import keep_bytes, keep_record
from answerable.ledger.records import seal_fields
from tests.conftest import ROOT
from tests.evidence.sealed_case import LEAKED, OTHER, Sealed, build_case, file_again
from tests.evidence.test_verifier import old_pythons

OPENSSL = verifier.Openssl(verifier.find_openssl([]))
NO_OPENSSL = verifier.Openssl(None)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return build_case(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def packed(built: Sealed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    export_case(built.copy(folder).ledger, "lakeside", folder / "package")
    return folder / "package"


@pytest.fixture
def sealed(built: Sealed, tmp_path: Path) -> Sealed:
    return built.copy(tmp_path)


def read_all(package: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(package.rglob("*")) if path.is_file()]
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in paths}


def broken(found: Verification) -> list[str]:
    return [f"{each.kind} {each.says}" for each in found.checks if each.state in ("broken", "lost")]


# --- it verifies alone ----------------------------------------------------------------------------


@pytest.mark.parametrize("python", [Path(sys.executable), *old_pythons()], ids=str)
def test_a_package_verifies_by_itself_with_python_alone(python: Path, packed: Path) -> None:
    before = read_all(packed)
    words = [str(python), "-I", "-S", "verify.py", "--json"]
    ran = subprocess.run(words, cwd=packed, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    counts = json.loads(ran.stdout)["counts"]
    assert counts["quotation"] == {"ok": 2}
    assert counts["signature"] == {"ok": 2}
    assert counts["source"] == {"pending": 2}
    assert counts["timestamp"] == {"pending": 1}
    assert set(counts["file"]) == set(counts["record"]) == set(counts["log entry"]) == {"ok"}
    assert read_all(packed) == before, "it writes nothing"


def test_without_openssl_signatures_are_unverifiable_and_the_rest_is_checked(packed: Path) -> None:
    report = verifier.verify(verifier.open_package(packed), NO_OPENSSL)
    assert (report.exit_code, report.counts["signature"]) == (0, {"unverifiable": 2})
    assert report.counts["quotation"] == {"ok": 2}


def test_a_zip_and_a_folder_hold_the_same(sealed: Sealed, packed: Path, tmp_path: Path) -> None:
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p.zip")
    assert broken(verify_package(export.path)) == []
    with zipfile.ZipFile(export.path) as file:
        names = [entry.filename for entry in file.infolist()]
        file.extractall(tmp_path / "out")
    assert {name.split("/")[0] for name in names} == {"lakeside-package"}
    assert read_all(tmp_path / "out" / "lakeside-package") == read_all(packed)


def test_the_same_state_gives_the_same_bytes(sealed: Sealed, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        export_case(sealed.ledger, "lakeside", tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_lines_for_openssl_in_the_readme_work(packed: Path, tmp_path: Path) -> None:
    shutil.copytree(packed, tmp_path / "p")
    text = (tmp_path / "p" / "README.txt").read_text(encoding="utf-8")
    block = text.split("To check the signature:\n", 1)[1].split("\n\n", 1)[0]
    ran = subprocess.run(
        ["bash", "-e", "-c", block], cwd=tmp_path / "p", capture_output=True, text=True, check=False
    )
    assert "Signature Verified Successfully" in ran.stdout, ran.stdout + ran.stderr


def test_the_documentation_has_the_same_lines_for_openssl() -> None:
    template = (Path(verifier.__file__).parent / "templates" / "README.txt").read_text("utf-8")
    block = template.split("To check the signature:\n\n", 1)[1].split("\n\n", 1)[0]
    page = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    assert "\n".join(line[4:] for line in block.splitlines()) in page


def test_a_package_is_signed_and_its_key_can_be_held_to_one_you_know(
    packed: Path, built: Sealed
) -> None:
    key = built.ledger.signer.verifier.text
    assert broken(verify_package(packed, keys=(key,))) == []
    other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    told = broken(verify_package(packed, keys=(other,)))
    assert any("not made with the key that you named" in each for each in told)


def test_after_a_key_was_lost_a_new_one_signs_and_packages_verify(
    sealed: Sealed, tmp_path: Path
) -> None:
    old = sealed.ledger.signer.verifier.text
    (sealed.keys / "signing.pem").unlink()
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p")
    new = sealed.ledger.signer.verifier.text
    assert new != old
    assert (export.path / "ledger" / "keys").read_text(encoding="utf-8") == f"{new}\n{old}\n"
    assert broken(verify_package(export.path, keys=(new,))) == []
    assert verify_package(export.path, keys=(old,)).exit_code == 1
    assert verify_workspace(sealed.ledger).exit_code == 0


def test_a_package_is_held_to_a_checkpoint_of_earlier(sealed: Sealed, tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.write_bytes(read_checkpoints(sealed.ledger)[0].note)
    file_again(sealed, "The report says that the company delivered some cameras there.")
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p")
    assert export.checkpoint > read_checkpoints(sealed.ledger)[0].size
    fits = verify_package(export.path, checkpoint=held)
    assert (broken(fits), fits.counts["checkpoint"]) == ([], {"ok": 1})
    text = held.read_bytes()
    root = text.split(b"\n")[2]
    held.write_bytes(text.replace(root, base64.b64encode(bytes(32))))
    assert "rewritten" in broken(verify_package(export.path, checkpoint=held))[0]


# --- what it holds, and what never ----------------------------------------------------------------


def spellings(words: str) -> list[bytes]:
    raw = words.encode()
    return [raw, words.encode("utf-16-le"), base64.b64encode(raw)[4:-4], raw.hex().encode()]


@pytest.mark.parametrize("words", [LEAKED, OTHER, "Zyxomatic", "another-case", "kitchen"])
def test_nothing_private_or_of_another_case_is_in_it(words: str, packed: Path) -> None:
    for name, data in read_all(packed).items():
        for spelling in spellings(words):
            assert spelling not in data, name


def test_no_id_of_a_private_capture_is_in_it(packed: Path, built: Sealed) -> None:
    whole = b"".join(read_all(packed).values())
    ids = {built.private[7:]}
    ids |= {e.obj[7:] for e in read_deeds(built.ledger) if e.refs.get("private") == 1}
    assert ids
    assert not [each for each in ids if each.encode() in whole]


def test_a_claim_that_rests_on_private_evidence_among_others_shows_neither_words_nor_source(
    sealed: Sealed, tmp_path: Path
) -> None:
    fields = {
        "schema": "answerable.claim/1",
        "case": "lakeside",
        "id": "leak",
        "statement": "A document says so.",
        "passages": [{"source": "leak", "quote": LEAKED, "capture": sealed.private, "start": 0}],
        "sources": [
            {"key": "leak", "title": "Minutes of the board", "capture": sealed.private},
            {"key": "radio", "title": "A broadcast", "capture": None},
        ],
    }
    ledger = sealed.ledger
    record = keep_record(ledger.store, seal_fields(fields))
    case = next(event.obj for event in read_deeds(ledger) if event.act == "case.open")
    append_deed(ledger, "claim.file", record, {"case": case, "captures": [sealed.private]})
    export = export_case(ledger, "lakeside", tmp_path / "p")
    whole = b"".join(read_all(export.path).values())
    assert LEAKED.encode() not in whole
    assert b"Minutes of the board" not in whole
    assert export.withheld[record] == ("passages", "sources")
    assert export.left_out == {sealed.private: "private"}
    assert broken(verify_package(export.path)) == []


def test_fields_can_be_withheld_and_the_rest_verifies(sealed: Sealed, tmp_path: Path) -> None:
    choice = Choice(withhold=("by",))
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p", choice=choice)
    whole = b"".join(read_all(export.path).values())
    assert b"Ada Grader" not in whole
    assert b"One source." in whole
    found = verify_package(export.path)
    assert (found.exit_code, broken(found)) == (0, [])
    grade = next(each for each in found.withheld if each["schema"] == "answerable.grade/1")
    assert grade["fields"] == ["by"]


def test_by_default_it_names_nobody_who_did_the_work(packed: Path) -> None:
    withheld = {each["schema"]: each["fields"] for each in verify_package(packed).withheld}
    assert withheld == {"answerable.custody/1": ["by", "note"]}


def test_captures_can_stay_behind_while_quotations_verify(sealed: Sealed, tmp_path: Path) -> None:
    original = sealed.capture.original.object
    choice = Choice(captures=False)
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p", choice=choice)
    assert export.left_out == {original: "not_permitted"}
    found = verify_package(export.path)
    assert (found.exit_code, found.counts["quotation"]) == (0, {"ok": 2})
    assert [c.about for c in found.checks if c.kind == "object"] == [original]


def test_a_capture_that_may_not_be_handed_on_takes_its_text_along(
    sealed: Sealed, tmp_path: Path
) -> None:
    choice = Choice(without=(sealed.page,))
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p", choice=choice)
    assert set(export.left_out.values()) == {"not_permitted"}
    assert len(export.left_out) == 3  # original, text, map of pages
    found = verify_package(export.path)
    assert (found.exit_code, found.counts["quotation"]) == (0, {"unverifiable": 2})


def test_a_field_that_no_record_has_is_refused_and_not_passed_over(
    sealed: Sealed, tmp_path: Path
) -> None:
    with pytest.raises(PackageRefused, match="no record of it has a field 'bye'"):
        export_case(sealed.ledger, "lakeside", tmp_path / "p", choice=Choice(withhold=("bye",)))


def test_captures_are_left_out_by_their_short_ids_and_unknown_ones_are_refused(
    sealed: Sealed, tmp_path: Path
) -> None:
    choice = Choice(without=(sealed.page[7:19],))
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p", choice=choice)
    assert len(export.left_out) == 3
    with pytest.raises(CaptureUnknown):
        export_case(sealed.ledger, "lakeside", tmp_path / "q", choice=Choice(without=("0" * 12,)))


def test_a_capture_of_another_case_comes_along_where_it_is_quoted_and_names_it_not(
    sealed: Sealed, tmp_path: Path
) -> None:
    ledger = sealed.ledger
    other = next(each for each in list_captures(ledger) if each.case == "another-case")
    text = other.part("text")
    assert text is not None
    start = sealed.object_path(text.object).read_text(encoding="utf-8").index(OTHER)
    place = {"capture": other.id, "text": text.object, "start": start, "end": start + len(OTHER)}
    passage = {"source": "other", "quote": OTHER, **place}
    fields = {"schema": "answerable.claim/1", "id": "more", "passages": [passage]}
    record = keep_record(ledger.store, seal_fields(fields))
    case = next(event.obj for event in read_deeds(ledger) if event.act == "case.open")
    append_deed(ledger, "claim.file", record, {"case": case, "captures": [other.id]})
    export = export_case(ledger, "lakeside", tmp_path / "p")
    found = verify_package(export.path)
    assert (broken(found), found.counts["quotation"]) == ([], {"ok": 3})
    assert export.withheld[other.id] == ("case",)
    assert b"another-case" not in b"".join(read_all(export.path).values())


def test_a_wording_that_was_superseded_is_not_handed_on_again(
    sealed: Sealed, tmp_path: Path
) -> None:
    file_again(sealed, "It says that some cameras were delivered there.")
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p")
    whole = b"".join(read_all(export.path).values())
    assert b"some cameras were delivered" in whole
    assert b"The report says that the company delivered" not in whole
    assert broken(verify_package(export.path)) == []
    shown = Choice(history=True)
    export = export_case(sealed.ledger, "lakeside", tmp_path / "all", choice=shown)
    records = [json.loads(path.read_bytes()) for path in export.path.glob("records/*/*")]
    statements = {each["statement"][1] for each in records if "statement" in each}
    assert "The report says that the company delivered cameras to the site." in statements


def test_a_quotation_that_no_longer_stands_is_not_shown(sealed: Sealed, tmp_path: Path) -> None:
    ledger = sealed.ledger
    place = {"capture": sealed.page, "text": sealed.text, "start": 0, "end": 28}
    passage = {"source": "page", "quote": "words that never stood there", **place}
    fields = {"schema": "answerable.claim/1", "id": "bad", "passages": [passage]}
    record = keep_record(ledger.store, seal_fields(fields))
    case = next(event.obj for event in read_deeds(ledger) if event.act == "case.open")
    append_deed(ledger, "claim.file", record, {"case": case})
    export = export_case(ledger, "lakeside", tmp_path / "p")
    assert export.not_quoted == ((record, 1, "lost"),)
    assert b"never stood there" not in b"".join(read_all(export.path).values())


# --- written whole or not at all ------------------------------------------------------------------


def test_an_export_is_logged(sealed: Sealed, tmp_path: Path) -> None:
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p.zip")
    deed = list(read_deeds(sealed.ledger))[-1]
    assert (deed.act, deed.obj) == ("source.export", export.case)
    assert deed.refs["package"] == export.manifest
    with zipfile.ZipFile(export.path) as file:
        manifest = file.read("lakeside-package/package.json")
    assert export.manifest == "sha256:" + hashlib.sha256(manifest).hexdigest()
    assert verify_workspace(sealed.ledger).exit_code == 0


def test_a_checkpoint_is_sealed_only_where_the_newest_does_not_cover_the_case(
    sealed: Sealed, tmp_path: Path
) -> None:
    first = export_case(sealed.ledger, "lakeside", tmp_path / "1")
    (tmp_path / "x.txt").write_text("x")
    capture_file(sealed.ledger, tmp_path / "x.txt", "another-case")
    second = export_case(sealed.ledger, "lakeside", tmp_path / "2")
    assert first.checkpoint == second.checkpoint
    capture_file(sealed.ledger, tmp_path / "x.txt", "lakeside")
    third = export_case(sealed.ledger, "lakeside", tmp_path / "3")
    assert third.checkpoint > second.checkpoint
    assert broken(verify_package(third.path)) == []


@pytest.mark.parametrize("name", ["p.zip", "p"])
def test_a_damaged_object_is_not_exported_and_nothing_is_left(
    name: str, sealed: Sealed, tmp_path: Path
) -> None:
    path = sealed.object_path(sealed.capture.original.object)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"340", b"341"))
    (tmp_path / "to").mkdir()
    deeds = len(list(read_deeds(sealed.ledger)))
    with pytest.raises(PackageRefused, match="not those that were sealed"):
        export_case(sealed.ledger, "lakeside", tmp_path / "to" / name)
    assert list((tmp_path / "to").iterdir()) == []
    assert len(list(read_deeds(sealed.ledger))) == deeds


def test_a_case_that_is_not_there_is_refused(sealed: Sealed, tmp_path: Path) -> None:
    with pytest.raises(PackageRefused, match="no deed of such a case"):
        export_case(sealed.ledger, "nowhere", tmp_path / "p")


def test_a_folder_that_is_there_is_not_overwritten(sealed: Sealed, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "mine.txt").write_text("mine")
    with pytest.raises(OutputUnwritable):
        export_case(sealed.ledger, "lakeside", tmp_path / "p")
    assert [each.name for each in (tmp_path / "p").iterdir()] == ["mine.txt"]


# --- damage ---------------------------------------------------------------------------------------


class Changed:
    """Files of a package with one byte flipped, never on a disk."""

    def __init__(self, files: dict[str, bytes], name: str, at: int, bit: int) -> None:
        data = bytearray(files[name])
        data[at % len(data)] ^= 1 << bit
        self.files = {**files, name: bytes(data)}
        self.sizes = {each: len(content) for each, content in self.files.items()}
        self.odd: list[str] = []

    def open(self, name: str) -> Any:
        return io.BytesIO(self.files[name])


def judge(files: Any, openssl: verifier.Openssl = OPENSSL) -> int:
    try:
        return verifier.verify(verifier.Package(files), openssl).exit_code
    except verifier.DAMAGE:
        return 1


@settings(max_examples=60)
@given(data=st.data())
def test_any_flipped_byte_of_a_package_is_found(packed: Path, data: st.DataObject) -> None:
    files = {name: content for name, content in read_all(packed).items() if content}
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    changed = Changed(files, name, at, data.draw(st.integers(0, 7)))
    assert judge(changed) == 1, (name, at)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**60) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(data=st.data())
def test_whatever_stands_in_a_package_gives_a_verdict_and_no_traceback(
    packed: Path, data: st.DataObject
) -> None:
    files = read_all(packed)
    names = [each for each in files if each.endswith(".json")]
    name = data.draw(st.sampled_from(sorted(names)))
    holder = content = json.loads(files[name])
    key: Any = data.draw(st.sampled_from(sorted(content)))
    while isinstance(holder[key], list | dict) and holder[key] and data.draw(st.booleans()):
        holder = holder[key]
        keys = sorted(holder) if isinstance(holder, dict) else range(len(holder))
        key = data.draw(st.sampled_from(list(keys)))
    holder[key] = data.draw(ANYTHING)
    changed = {**files, name: verifier.encode(content)}
    if name != "package.json":
        manifest = json.loads(files["package.json"])
        digest = hashlib.sha256(changed[name]).hexdigest()
        manifest["files"][name] = {"bytes": len(changed[name]), "sha256": digest}
        changed["package.json"] = verifier.encode(manifest)
    assert judge(Changed(changed, "README.txt", 0, 0), NO_OPENSSL) == 1


@pytest.mark.parametrize("name", ["package.note", "ledger/checkpoint", "ledger/keys"])
def test_any_flipped_byte_of_the_signed_files_is_found(name: str, packed: Path) -> None:
    files = read_all(packed)
    for at in range(0, len(files[name]), 13):
        assert judge(Changed(files, name, at, 0)) == 1, at


@pytest.fixture(scope="module")
def zipped(built: Sealed, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("zipped")
    export = export_case(built.copy(folder).ledger, "lakeside", folder / "p.zip")
    return export.path.read_bytes()


@settings(max_examples=60)
@given(data=st.data())
def test_a_flipped_byte_of_a_zip_is_found_or_changes_nothing_that_is_read(
    zipped: bytes, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    at = data.draw(st.integers(0, len(zipped) - 1))
    changed = bytearray(zipped)
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    path = tmp_path_factory.getbasetemp() / "flipped.zip"
    path.write_bytes(bytes(changed))
    if verify_package(path).exit_code == 0:  # dates, attributes, versions: nothing reads them
        assert contents(bytes(changed), path) == contents(zipped, path)


def contents(data: bytes, path: Path) -> dict[str, bytes]:
    path.write_bytes(data)
    package = verifier.open_package(path)
    return {name: package.read(name) for name in package.sizes}


def change(packed: Path, tmp_path: Path, **files: bytes | None) -> Path:
    """Copy a package, change files in it, and list them anew as a forger without the key would."""
    shutil.copytree(packed, tmp_path / "forged")
    manifest = json.loads((packed / "package.json").read_bytes())
    for name, data in files.items():
        path = tmp_path / "forged" / name
        if data is None:
            path.unlink()
            del manifest["files"][name]
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        manifest["files"][name] = {"bytes": len(data), "sha256": digest}
    (tmp_path / "forged" / "package.json").write_bytes(verifier.encode(manifest))
    return tmp_path / "forged"


def some(packed: Path, pattern: str, words: bytes = b"") -> str:
    found = [path for path in sorted(packed.glob(pattern)) if words in path.read_bytes()]
    return found[0].relative_to(packed).as_posix()


def test_a_list_that_was_made_anew_does_not_fit_the_signature(packed: Path, tmp_path: Path) -> None:
    forged = change(packed, tmp_path, **{"README.txt": b"Trust me."})
    assert "signature The signature is over another list" in broken(verify_package(forged))[0]


def test_an_edited_entry_of_the_log_does_not_lead_to_the_root(packed: Path, tmp_path: Path) -> None:
    name = some(packed, "ledger/events/*.json", b"claim.file")
    line = (packed / name).read_bytes().replace(b"2026-11-24", b"2026-11-23")
    told = broken(verify_package(change(packed, tmp_path, **{name: line})))
    assert any("does not lead to the root" in each for each in told)


def test_an_edited_value_does_not_fit_its_commitment(packed: Path, tmp_path: Path) -> None:
    name = some(packed, "records/*/*", b"Example Watch")
    data = (packed / name).read_bytes().replace(b"Example Watch", b"Example Wotch")
    told = broken(verify_package(change(packed, tmp_path, **{name: data})))
    assert any("another value than was sealed" in each for each in told)


def test_a_field_that_was_added_was_not_sealed(packed: Path, tmp_path: Path) -> None:
    name = some(packed, "records/*/*", b"cameras")
    opened = json.loads((packed / name).read_bytes())
    opened["verdict"] = ["00" * 16, "so it is"]
    told = broken(verify_package(change(packed, tmp_path, **{name: verifier.encode(opened)})))
    assert any("verdict" in each for each in told)


def test_an_object_that_was_taken_out_is_missed(
    packed: Path, built: Sealed, tmp_path: Path
) -> None:
    name = verifier.path_of("objects", built.text)
    told = broken(verify_package(change(packed, tmp_path, **{name: None})))
    assert any("named, but missing" in each for each in told)


def test_a_record_that_the_log_does_not_name_is_named(packed: Path, tmp_path: Path) -> None:
    record = seal_fields({"schema": "answerable.claim/1", "statement": "Slipped in."})
    files = {
        verifier.path_of("objects", record.id): verifier.encode(record.commitments),
        verifier.path_of("records", record.id): verifier.encode(
            {key: list(pair) for key, pair in record.opened.items()}
        ),
    }
    told = broken(verify_package(change(packed, tmp_path, **files)))
    assert any("No entry of the log names this record" in each for each in told)


def test_a_file_that_came_in_later_is_told(packed: Path, tmp_path: Path) -> None:
    shutil.copytree(packed, tmp_path / "p")
    (tmp_path / "p" / "json.py").write_text("raise SystemExit('taken over')")
    words = [sys.executable, "-I", "verify.py"]
    ran = subprocess.run(words, cwd=tmp_path / "p", capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert "unverifiable: file json.py" in ran.stdout


# --- the page -------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] != "style":
            self.words.append(data)


def read_page(package: Path) -> tuple[Page, str]:
    page = Page()
    page.feed((package / "index.html").read_text(encoding="utf-8"))
    return page, re.sub(r"\s+", " ", "".join(page.words))


def test_the_page_runs_nothing_and_asks_for_nothing(packed: Path) -> None:
    page, _ = read_page(packed)
    assert not {"script", "img", "iframe", "link", "form", "object", "embed"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    html = (packed / "index.html").read_text(encoding="utf-8")
    style = html.split("<style>", 1)[1].split("</style>", 1)[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'" in html


def test_the_page_shows_each_claim_with_its_claimant_words_and_answer(packed: Path) -> None:
    _, words = read_page(packed)
    expected = [
        "Lakeside <script>alert(1)</script>",
        "That any camera was used.",
        "The report says that the company delivered cameras to the site.",
        "Example Watch states it",
        "Northwind Vision supplied 340 cameras to the Lakeside site",
        "Lakeside & its cameras",
        "Northwind Vision answers",
        "it sold no cameras to that site. 𠀀 湖边",
        "The station says that the company keeps staff at the site.",
        "Not captured yet. A broadcast",
        "Northwind Vision was asked on 2026-11-01, until 2026-11-15; no answer came.",
        "The council gave cost as its ground.",
    ]
    at = [words.index(each) for each in expected]
    assert at == sorted(at)


def test_links_of_the_page_lead_to_the_web_only(sealed: Sealed, tmp_path: Path) -> None:
    fields = {
        "schema": "answerable.claim/1",
        "id": "bad",
        "statement": "S",
        "sources": [{"key": "x", "title": "<b>T</b>", "url": "javascript:alert(1)"}],
    }
    ledger = sealed.ledger
    case = next(event.obj for event in read_deeds(ledger) if event.act == "case.open")
    record = keep_record(ledger.store, seal_fields(fields))
    append_deed(ledger, "claim.file", record, {"case": case})
    page, words = read_page(export_case(ledger, "lakeside", tmp_path / "p").path)
    links = [value for name, value in page.attributes if name == "href"]
    assert links
    assert all(re.match(r"https?://|#", link) for link in links)
    assert "<b>T</b>" in words


# --- time-stamps and archives ---------------------------------------------------------------------


def make_authority(folder: Path) -> None:
    """Make a time-stamping authority with openssl: a root, a signer, and its configuration."""
    config = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Test authority
[tsa]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[ts]
default_tsa = t
[t]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
"""
    (folder / "c").write_text(config)
    (folder / "serial").write_text("01\n")
    new = "openssl req -config c -newkey rsa:2048 -nodes"
    for line in (
        f"{new} -x509 -days 2 -keyout root.key -out root.pem",
        f"{new} -subj /CN=Signer -keyout tsa.key -out tsa.csr",
        "openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2"
        " -extfile c -extensions tsa -out tsa.pem",
    ):
        subprocess.run(line.split(), cwd=folder, check=True, capture_output=True)


def stamp(folder: Path, note: Path, reply: Path) -> None:
    shutil.copy(note, folder / "note")
    for line in (
        "openssl ts -query -data note -sha256 -cert -out note.tsq",
        "openssl ts -reply -config c -section t -queryfile note.tsq -out note.tsr",
    ):
        subprocess.run(line.split(), cwd=folder, check=True, capture_output=True)
    shutil.copy(folder / "note.tsr", reply)


def test_a_time_stamp_travels_with_the_package_and_is_checked(
    sealed: Sealed, tmp_path: Path
) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not on this machine")
    authority = tmp_path / "authority"
    authority.mkdir()
    make_authority(authority)
    note = max((sealed.root / "ledger" / "checkpoints").iterdir())
    stamp(authority, note, note.with_name(f"{note.name}.0a0b0c0d.tsr"))
    (sealed.root / "ledger" / "trust").mkdir()
    shutil.copy(authority / "root.pem", sealed.root / "ledger" / "trust" / "root.pem")
    assert verify_workspace(sealed.ledger).counts["timestamp"] == {"ok": 1}
    export = export_case(sealed.ledger, "lakeside", tmp_path / "p")
    assert verify_package(export.path).counts["timestamp"] == {"ok": 1}
    lines = (export.path / "README.txt").read_text(encoding="utf-8")
    block = lines.split("To check a time-stamp over it:\n", 1)[1].split("\nA file under", 1)[0]
    ran = subprocess.run(
        ["bash", "-e", "-c", block], cwd=export.path, capture_output=True, text=True, check=False
    )
    assert "Verification: OK" in ran.stdout + ran.stderr

    other = tmp_path / "other.tsr"
    (tmp_path / "text").write_text("another text")
    stamp(authority, tmp_path / "text", other)
    name = next(path for path in export.path.glob("ledger/timestamps/*"))
    name.write_bytes(other.read_bytes())
    manifest = json.loads((export.path / "package.json").read_bytes())
    manifest["files"][name.relative_to(export.path).as_posix()] = {
        "bytes": len(other.read_bytes()),
        "sha256": hashlib.sha256(other.read_bytes()).hexdigest(),
    }
    (export.path / "package.json").write_bytes(verifier.encode(manifest))
    assert any("another checkpoint" in each for each in broken(verify_package(export.path)))


def test_an_export_after_the_state_changed_still_fits_its_own_checkpoint(
    sealed: Sealed, tmp_path: Path
) -> None:
    keep_bytes(sealed.ledger.store, b"unrelated")
    for number in range(3):
        append_deed(sealed.ledger, "source.dispose", sealed.page, {"n": number})
        seal_checkpoint(sealed.ledger)
    export: Export = export_case(sealed.ledger, "lakeside", tmp_path / "p")
    assert export.checkpoint == len(list(read_deeds(sealed.ledger))) - 1
    assert len(list(export.path.glob("ledger/consistency/*"))) == 3
    assert broken(verify_package(export.path)) == []

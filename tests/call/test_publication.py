"""A case published: its gates, its files, its signature, its changes, its takedowns."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree

from answerable.call.citations import make_inert
from answerable.call.corrections import FIRST, chain
from answerable.call.echoes import Told, find_echoes
from answerable.call.feeds import ATOM
from answerable.call.letters import LONGEST_MAILTO, make_mailto
from answerable.call.publication import publish_case, refuse_strangers
from answerable.call.switching import switch_folder
from answerable.call.withdrawal import GROUNDS, withdraw_case
from answerable.errors import OutputUnwritable, PublicationRefused, UsageError
from answerable.evidence.cases.entries import replay_filed
from answerable.evidence.cases.faults import has_errors
from answerable.evidence.exchange.ftm import write_ftm
from answerable.evidence.exchange.removal import leave_out
from answerable.evidence.exchange.views import CaseView, view_case
from answerable.evidence.packages.exports import export_case
from answerable.evidence.redaction import erase
from answerable.evidence.verification.workspaces import verify_package, verify_workspace
from answerable.ledger.log import read_deeds
from answerable.model.call import Correction, Letter, PageTranslation
from answerable.model.case import Case
from tests.call.call_desk import HIDDEN, REVIEW, Desk, copy_desk, make_case, make_desk
from tests.conftest import ROOT

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
REMOVAL = Correction("first", "2026-11-24", "court_order", "removed", "An entry.", (HIDDEN,))
SECRETS = (HIDDEN, "Quarry Lane", "Radio Example", "post-answer", "It calls it wrong", "پوست")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A case that was approved and published once; nobody changes it."""
    desk = make_desk(tmp_path_factory.mktemp("call"))
    desk.publish(desk.approve(make_case(desk)))
    return desk


@pytest.fixture
def desk(published: Desk, tmp_path: Path) -> Desk:
    """A workspace in which the case was filed, approved and published, to be changed."""
    return copy_desk(published, tmp_path)


# --- gates


def without_review(case: Case) -> Case:
    return replace(case, claims=(replace(case.claims[0], review=None), *case.claims[1:]))


GATES: dict[str, tuple[Callable[[Case], Case], str]] = {
    "no review": (without_review, "1 claim has no legal review"),
    "no imprint": (lambda case: replace(case, imprint=None), "there is no imprint"),
}


@pytest.mark.parametrize("name", GATES)
def test_what_lacks_is_named_and_nothing_is_written(desk: Desk, name: str) -> None:
    change, says = GATES[name]
    checked = desk.approve(change(make_case(desk)))
    with pytest.raises(PublicationRefused) as refused:
        desk.publish(checked)
    assert [reason.partition(".")[0] for reason in refused.value.reasons] == [says]
    assert not desk.site.exists()
    assert desk.acts().count("call.publish") == 1


def test_every_reason_is_named_at_once_with_what_to_do(desk: Desk) -> None:
    bare = make_desk(desk.root / "bare")
    case = without_review(replace(make_case(bare), imprint=None))
    bare.file(case)
    checked = bare.check(replace(case, share="Another text."))
    with pytest.raises(PublicationRefused) as refused:
        bare.publish(checked)
    told = "\n".join(refused.value.reasons)
    assert len(refused.value.reasons) == 4
    for words in (
        "check lakeside --file",
        "(supply)",
        "`imprint:`",
        "when the rest is filed",
    ):
        assert words in told
    assert "checkpoint:" not in told
    assert bare.publish(checked, draft=True).approve is None
    whole = bare.file(make_case(bare))
    size = bare.size()
    with pytest.raises(PublicationRefused, match=f"`checkpoint: {size}`"):
        bare.publish(whole)
    assert bare.publish(whole, draft=True).approve == size


@pytest.mark.slow
def test_an_approval_is_of_what_was_filed_then(desk: Desk) -> None:
    checked = desk.approve(make_case(desk))
    later = desk.file(replace(checked.case, share="Another text."))
    with pytest.raises(PublicationRefused, match="something was filed after it was approved"):
        desk.publish(later)
    desk.publish(desk.approve(later.case))
    assert b"Another text." in desk.read()["case.json"]


def test_a_review_of_an_earlier_wording_is_none_of_the_new_one(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    reworded = replace(case.claims[0], statement="The office chose Northwind.")
    case = replace(case, claims=(reworded, *case.claims[1:]))
    with pytest.raises(PublicationRefused, match="1 claim has a legal review of an earlier"):
        desk.publish(desk.approve(case))
    assert reworded.review
    anew = replace(reworded, review=replace(reworded.review, on="2026-11-20"))
    desk.publish(desk.approve(replace(case, claims=(anew, *case.claims[1:]))))


def test_broken_seals_stand_against_it(desk: Desk) -> None:
    checked = desk.stand()
    text = next(
        path
        for path in (desk.root / "work" / "evidence" / "objects").rglob("*")
        if path.is_file() and path.read_bytes().startswith(b"Award notice")
    )
    text.chmod(0o600)
    text.write_bytes(text.read_bytes() + b"x")
    assert verify_workspace(desk.ledger).exit_code == 1
    with pytest.raises(PublicationRefused, match="1 thing broken or lost"):
        publish_case(desk.ledger, checked, desk.site, broken=1)


# --- drafts


def test_a_draft_says_so_in_every_file_and_is_neither_signed_nor_logged(desk: Desk) -> None:
    desk.file(without_review(replace(make_case(desk), imprint=None)))
    made = desk.publish(desk.check(without_review(replace(make_case(desk), imprint=None))),
                        draft=True)  # fmt: skip
    assert made.draft
    files = desk.read()
    quiet = {"verify.py"} | {
        name for name in files if name.endswith((".woff2", ".css", ".png", ".pdf"))
    }
    quiet |= {"newsreader-licence.txt"}
    unfolded = {name: re.sub(rb"\r?\n *", b" ", text) for name, text in files.items()}
    unfolded["calendar.ics"] = files["calendar.ics"].replace(b"\r\n ", b"").replace(b"\\,", b",")
    for name, text in unfolded.items():
        if name not in quiet:
            assert b"Draft, not for publication" in text, name
    assert "manifest.note" not in files
    assert desk.acts().count("call.publish") == 1
    assert read_pdf(files["dossier.pdf"]).count("Draft, not for publication") > 1
    assert all(b"noindex" in text for name, text in files.items() if name.endswith(".html"))
    found = verify_package(desk.site)
    assert (found.counts["signature"], found.exit_code) == ({"unverifiable": 1}, 1)
    assert found.tell().startswith("Draft of a page of the case, not published: lakeside\n")
    assert found.tell().endswith("anybody can have made or changed it.\n")


def read_pdf(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.split())


# --- files


def test_the_folder_verifies_with_python_alone_and_any_changed_byte_is_found(
    published: Desk, tmp_path: Path
) -> None:
    for name, content in published.read().items():
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-I", str(tmp_path / "verify.py"), "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert told["exit"] == 0
    assert told["counts"]["signature"] == {"ok": 1}
    for name in ("index.html", "manifest.json", "manifest.note", "signing-key.txt"):
        path = tmp_path / name
        before = path.read_bytes()
        path.write_bytes(before[:40] + bytes([before[40] ^ 1]) + before[41:])
        assert verify_package(tmp_path).exit_code == 1, name
        path.write_bytes(before)
    (tmp_path / "added.html").write_text("The company thanks its critics.")
    added = verify_package(tmp_path)
    assert (added.exit_code, added.counts["file"]["broken"]) == (1, 1)
    (tmp_path / "added.html").unlink()
    (tmp_path / "manifest.note").unlink()
    assert verify_package(tmp_path).exit_code == 1
    assert verify_package(published.site, keys=(OTHER_KEY,)).exit_code == 1


OTHER_KEY = (
    "example.invalid/log+"
    + hashlib.sha256(b"example.invalid/log\n\x01" + bytes(32)).hexdigest()[:8]
    + "+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


def test_links_are_relative_and_nothing_is_asked_of_anybody(published: Desk) -> None:
    files = published.read()
    pages = {name: text for name, text in files.items() if name.endswith(".html")}
    for name, text in pages.items():
        for kind, address in re.findall(r'(href|src)="([^"]*)"', text.decode()):
            if not address.startswith(("#", "mailto:", "https://", "http://")):
                assert address.partition("#")[0] in files, (name, address)
            elif address.startswith("http"):
                assert kind == "href", (name, address)
        assert b"<script" not in text
        assert b"url(http" not in text


def test_a_lawyers_advice_is_in_no_file(published: Desk) -> None:
    files = published.read()
    for secret in (REVIEW.by, REVIEW.meaning, REVIEW.basis):
        assert not [name for name, content in files.items() if secret.encode() in content]
        assert secret not in read_pdf(files["dossier.pdf"])
    assert b"Legally reviewed on" in files["index.html"]
    assert b"25 January 2026" in files["index.html"]


def test_the_same_filings_give_the_same_bytes_and_one_deed(published: Desk, desk: Desk) -> None:
    checked = desk.stand()
    first = desk.publish(checked)
    files = desk.read()
    assert files == published.read()
    assert desk.publish(checked) == first
    assert desk.read() == files
    assert desk.acts().count("call.publish") == 1


def test_a_calendar_program_reads_the_days(published: Desk) -> None:
    calendar = Calendar.from_ical(published.read()["calendar.ics"])
    events: dict[str, Any] = {str(each["summary"]): each for each in calendar.walk("VEVENT")}
    meeting = events["Council, public"]
    assert meeting["dtstart"].dt.isoformat() == "2026-12-03T17:30:00+00:00"
    assert str(meeting["location"]) == "Town hall; room 2, Lakeside"
    week = events["Week of the cameras"]
    assert [week[name].dt.isoformat() for name in ("dtstart", "dtend")] == [
        "2026-12-07",
        "2026-12-12",
    ]
    assert all(len(line) <= 75 for line in published.read()["calendar.ics"].split(b"\r\n"))


def read_feed(desk: Desk) -> list[etree._Element]:
    return etree.fromstring(desk.read()["feed.xml"]).findall(f"{{{ATOM}}}entry")


def text_of(entry: etree._Element, name: str) -> str:
    return str(entry.findtext(f"{{{ATOM}}}{name}"))


def test_the_feed_has_what_atom_asks_for_and_tells_no_claim_alone(published: Desk) -> None:
    feed = etree.fromstring(published.read()["feed.xml"])
    for element in (feed, *read_feed(published)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{{{ATOM}}}{name}")) == 1
    entries = read_feed(published)
    assert len({text_of(entry, "id") for entry in entries}) == len(entries) == 8
    told = {text_of(entry, "content") for entry in entries}
    for text in told:
        if "The office gave Northwind" in text:
            assert "Lakeside City Procurement Office states:" in text
            assert "It says that it sold to a reseller." in text
        if "names the company in Chinese" in text:
            assert "was asked on 2026-01-06 by e-mail, " in text
            assert " 2026-01-20; no answer by " in text


def test_ids_in_the_feed_stay_and_changes_come_first(desk: Desk) -> None:
    case = make_case(desk)
    desk.publish(desk.stand())
    before = {text_of(entry, "id") for entry in read_feed(desk)}
    claim = replace(case.claims[1], statement="It names Northwind in Chinese.")
    assert claim.review
    claim = replace(claim, review=replace(claim.review, on="2026-11-20"))
    desk.publish(desk.approve(replace(case, claims=(case.claims[0], claim, case.claims[2]))))
    after = {text_of(entry, "id"): text_of(entry, "title") for entry in read_feed(desk)}
    assert before < after.keys()
    [new] = after.keys() - before
    assert after[new].startswith("Reworded: ")
    assert b"names the company in Chinese" not in desk.read()["feed.xml"]


def test_the_letter_cites_each_claim_with_its_answer(published: Desk) -> None:
    letter = published.read()["letter.txt"].decode()
    flat = " ".join(letter.split())
    assert "Answer of Northwind Vision Ltd (2026-01-18): It says that it sold" in flat
    assert "no sealed copy yet" in flat
    assert max(map(len, letter.splitlines())) <= 78


def test_a_translated_letter_is_a_file_of_its_own(desk: Desk) -> None:
    parts = (("letter/subject", "كامېرالار"), ("letter/body", "ھۆرمەتلىك كاتىپ"))
    told = PageTranslation("ug", "An office", parts=parts)
    desk.publish(desk.check(replace(make_case(desk), translations=(told,))), draft=True)
    assert "letter.ug.txt" not in desk.read()
    desk.publish(desk.file(replace(make_case(desk), translations=(told,))), draft=True)
    letter = desk.read()["letter.ug.txt"].decode()
    assert "ھۆرمەتلىك كاتىپ" in letter
    assert letter.startswith("Draft, not for publication")
    assert "Answer of Northwind Vision Ltd" in letter


@settings(max_examples=40)
@given(st.text(max_size=40), st.text(max_size=80))
def test_no_text_adds_a_header_or_a_recipient(subject: str, body: str) -> None:
    address = make_mailto(Letter("The clerk", subject or "A", body, mail="a+b@council.example"))
    assert address is not None
    assert re.fullmatch(r"mailto:a%2Bb@council\.example\?subject=[\w.~%-]*&body=[\w.~%-]*", address)


def test_a_letter_too_long_for_a_mail_program_has_no_mail_address() -> None:
    letter = Letter("The clerk", "A", "b" * LONGEST_MAILTO, mail="clerk@council.example")
    assert make_mailto(letter) is None


# --- hostile text


HOSTILE = (
    '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
    "=HYPERLINK(1)",
    "a" * 5000,
    "end]]>&lt;!--",
)


@pytest.mark.parametrize(
    "text", [HOSTILE[0], *(pytest.param(t, marks=pytest.mark.slow) for t in HOSTILE[1:])]
)
def test_hostile_text_comes_out_inert(desk: Desk, text: str) -> None:
    case = make_case(desk)
    ask = replace(case.asks[0], why=text)
    letter = replace(case.letter, body=text)  # type: ignore[type-var]
    desk.publish(desk.approve(replace(case, asks=(ask,), letter=letter, summary=text)))
    files = desk.read()
    for name, content in files.items():
        if name.endswith(".html"):
            tree = etree.fromstring(content, etree.HTMLParser())
            assert tree.findall(".//script") == []
            assert not [each for each in tree.iter("img") if each.get("onerror")]
    assert json.loads(files["case.json"])["asks"][0]["why"] == text
    etree.fromstring(files["feed.xml"])


@given(st.text())
def test_what_is_inert_steers_nothing(text: str) -> None:
    assert not set(make_inert(text)) & set("\x1b\x00\u202e\u2066\u2069\u200f")


# --- corrections and takedowns


def remove(desk: Desk, case: Case, correction: Correction) -> None:
    desk.publish(desk.approve(replace(case, corrections=(correction,))))


@pytest.mark.parametrize(
    "mention", ["shown", pytest.param("counted", marks=pytest.mark.slow), "none"]
)
def test_what_is_removed_stands_in_no_file(desk: Desk, mention: Any) -> None:
    case = make_case(desk)
    records = {
        entry.record[7:]
        for entry in replay_filed(desk.ledger).entries.values()
        if HIDDEN in (entry.values.get("id"), entry.values.get("claim"))
        or entry.values.get("id") == "post-answer"
    }
    removal = replace(REMOVAL, mention=mention)
    remove(desk, case, removal)
    files = desk.read()
    assert len(records) == 3
    for secret in (*SECRETS, *records):
        for name, content in files.items():
            assert secret not in name
            assert secret.encode() not in content, (secret, name)
            assert json.dumps(secret)[1:-1].encode() not in content, (secret, name)
        assert secret not in read_pdf(files["dossier.pdf"])
    log = json.loads(files["corrections.json"])
    assert len(log["corrections"]) == (mention == "shown")
    assert log["unmentioned"] == (1 if mention == "counted" else None)
    if mention != "shown":
        assert b"An entry." not in b"".join(files.values())
    assert verify_package(desk.site).exit_code == 0


@pytest.mark.slow
def test_what_is_restored_stands_there_again(desk: Desk) -> None:
    case = make_case(desk)
    remove(desk, case, REMOVAL)
    assert b"Quarry Lane" not in desk.read()["case.json"]
    back = replace(REMOVAL, id="second", action="restored", what="The order was lifted.")
    desk.publish(desk.approve(replace(case, corrections=(REMOVAL, back))))
    assert b"Quarry Lane" in desk.read()["case.json"]
    lines = json.loads(desk.read()["corrections.json"])["corrections"]
    assert [line["items"] for line in lines] == [[HIDDEN], [HIDDEN]]


def test_what_is_removed_and_repeated_elsewhere_is_refused(desk: Desk) -> None:
    case = make_case(desk)
    repeated = replace(case, summary="The station says that the company guards\nQuarry Lane.\n")
    with pytest.raises(PublicationRefused, match=r"still stands in case\.json, index") as refused:
        remove(desk, repeated, REMOVAL)
    assert "Quarry" not in str(refused.value)
    assert not desk.site.exists()


ECHOES: dict[str, tuple[Callable[[Case], Case], str]] = {
    "most of the statement": (
        lambda case: replace(case, summary="Told: The company guards quarry lane, too."),
        "dossier/summary",
    ),
    "a publisher": (lambda case: replace(case, share="Heard on Radio Example."), "share"),
    "a title": (lambda case: replace(case, share="There was a broadcast."), "share"),
    "an object": (
        lambda case: replace(case, not_shown=("Who is at the Quarry Lane site.",)),
        "dossier/not_said/1",
    ),
}


@pytest.mark.parametrize("name", ECHOES)
def test_a_part_of_what_is_removed_is_found_where_editors_repeat_it(desk: Desk, name: str) -> None:
    change, place = ECHOES[name]
    with pytest.raises(PublicationRefused, match=rf"case\.json: {place} \(") as refused:
        remove(desk, change(make_case(desk)), REMOVAL)
    assert "Quarry" not in str(refused.value)
    assert "roadcast" not in str(refused.value)


def test_a_correction_may_not_repeat_what_it_removes(desk: Desk) -> None:
    told = replace(REMOVAL, what="Taken out: that the company guards Quarry Lane.")
    with pytest.raises(PublicationRefused, match=r"corrections/1/what \(words in a row\)"):
        remove(desk, make_case(desk), told)


def test_the_translation_of_a_removed_quotation_is_searched(desk: Desk) -> None:
    case = replace(make_case(desk), share="We hear: The contract goes to Northwind.")
    with pytest.raises(PublicationRefused, match=r"case\.json: share"):
        remove(desk, case, replace(REMOVAL, items=("contract",)))


@given(st.lists(st.sampled_from(["the", "firm", "sold", "it", "北", "post"]), max_size=14))
def test_what_stays_is_no_echo_and_what_goes_is_found_in_any_setting(words: list[str]) -> None:
    told = Told((" ".join(words),), ())
    shouted = {"summary": f"So: {', '.join(words).upper()}!"}
    assert find_echoes(shouted, [told], [told]) == []
    assert bool(find_echoes(shouted, [told], [])) == (len(words) >= 2)


def test_corrections_are_chained_and_bound_to_publications(desk: Desk) -> None:
    case = make_case(desk)
    first = desk.publish(desk.stand()).manifest
    one = Correction("one", "2026-11-20", "correction", "corrected", "A day.", ("supply",))
    second = desk.publish(desk.approve(replace(case, corrections=(one,)))).manifest
    two = Correction("two", "2026-11-21", "legal_letter", "corrected", "A name.")
    desk.publish(desk.approve(replace(case, corrections=(one, two))))
    lines = json.loads(desk.read()["corrections.json"])["corrections"]
    assert [(each["before"], each["after"]) for each in lines] == [(first, second), (second, None)]
    assert lines[0]["entry"] == chain(FIRST, one)
    assert lines[1]["entry"] == chain(lines[0]["entry"], two)


@pytest.mark.parametrize(
    ("later", "code"),
    [
        (None, "correction_vanished"),
        (replace(REMOVAL, what="Something else."), "correction_changed"),
        (replace(REMOVAL, mention="none"), None),
        (replace(REMOVAL, id="second", items=("nobody",)), "unknown_name"),
    ],
)
def test_the_log_of_corrections_only_grows(
    desk: Desk, later: Correction | None, code: str | None
) -> None:
    case = make_case(desk)
    desk.file(replace(case, corrections=(REMOVAL,)))
    lines: tuple[Correction, ...] = () if later is None else (later,)
    if later is not None and later.id == "second":
        lines = (REMOVAL, later)
    faults = desk.check(replace(case, corrections=lines)).faults
    assert [fault.code for fault in faults if fault.severity == "error"] == ([code] if code else [])


def test_what_was_erased_stands_in_no_file(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    found = replay_filed(desk.ledger).find("rebuttal", "lakeside", "post-answer")
    assert found is not None
    erase(desk.ledger, found.record, "court_order", fields=("statement",))
    desk.publish(desk.check(case), draft=True)
    for name, content in desk.read().items():
        assert b"It calls it wrong" not in content, name


# --- places and steps


def test_a_folder_with_other_files_is_left_alone(desk: Desk) -> None:
    checked = desk.stand()
    desk.site.mkdir()
    (desk.site / "thesis.txt").write_text("mine")
    with pytest.raises(OutputUnwritable, match="no publication"):
        desk.publish(checked)
    (desk.site / "thesis.txt").unlink()
    desk.publish(checked)
    (desk.site / "CNAME").write_text("call.example")
    with pytest.raises(OutputUnwritable, match=r"\(CNAME\)"):
        desk.publish(checked)
    assert (desk.site / "CNAME").read_text() == "call.example"


def test_a_file_or_link_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(OutputUnwritable, match="no folder"):
            refuse_strangers(tmp_path / name)


OLD = {"index.html": b"old", "a.html": b"old", "manifest.json": b"old"}
NEW = {"index.html": b"new", "b.html": b"new", "manifest.json": b"new"}


def run_until(step: int, work: Callable[[], None]) -> bool:
    """Do work in a process of its own that dies before a step; tell whether it was done."""
    child = os.fork()
    if child == 0:
        seen = iter(range(10**6))

        def die(event: str, _: Any) -> None:
            if event in STEPS and next(seen) == step:
                os._exit(137)

        sys.addaudithook(die)
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


STEPS = {"open", "os.mkdir", "os.rename", "os.rmdir", "os.remove", "ctypes.dlopen", "shutil.rmtree",
         "os.listdir", "os.scandir", "ctypes.dlsym"}  # fmt: skip


def each_step(to: Path, work: Callable[[], None]) -> Iterator[dict[str, bytes]]:
    for step in range(200):
        done = run_until(step, work)
        yield {each.name: each.read_bytes() for each in to.iterdir()} if to.exists() else {}
        if done:
            return
    raise AssertionError("it never ended")


@forks
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_kill_9_at_any_step_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    to = tmp_path / "site"

    def work() -> None:
        with switch_folder(to, NEW):
            pass

    with switch_folder(to, OLD):
        pass
    found = []
    for state in each_step(to, work):
        assert state in (OLD, NEW)
        found.append(state == NEW)
        with switch_folder(to, OLD):
            pass
    assert len(found) > 10
    assert found[-1]
    assert not found[0]


@forks
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_kill_9_where_names_cannot_be_exchanged_is_mended_by_the_next_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answerable.call.switching.exchange", lambda *_: False)
    to = tmp_path / "site"

    def work() -> None:
        with switch_folder(to, NEW):
            pass

    with switch_folder(to, OLD):
        pass
    for state in each_step(to, work):
        if not state:
            assert {p.name: p.read_bytes() for p in (tmp_path / ".site.old").iterdir()} == OLD
        assert state in ({}, OLD, NEW)
        with pytest.raises(ZeroDivisionError), switch_folder(to, NEW):
            raise ZeroDivisionError
        assert {p.name: p.read_bytes() for p in to.iterdir()} in (OLD, NEW)
        with switch_folder(to, OLD):
            pass


DYING = """
import os, sys
from pathlib import Path
from answerable.call import switching
from tests.call.call_desk import open_desk
desk = open_desk(Path(sys.argv[1]))
switching._replace = lambda *_: os._exit(137)
desk.publish(desk.check(desk.read_case()))
"""


@pytest.mark.slow
def test_killed_between_deed_and_switch_it_is_finished_by_publishing_again(desk: Desk) -> None:
    desk.publish(desk.stand())
    old = desk.read()
    checked = desk.approve(replace(make_case(desk), share="Another text."))
    command = [sys.executable, "-c", DYING, str(desk.root)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == 137
    assert desk.read() == old
    assert desk.acts().count("call.publish") == 2
    desk.publish(checked)
    assert desk.acts().count("call.publish") == 2
    assert b"Another text." in desk.read()["case.json"]
    assert verify_package(desk.site).exit_code == 0


def test_a_withdrawn_page_is_a_notice_that_names_nothing(desk: Desk) -> None:
    with pytest.raises(UsageError, match="never published"):
        withdraw_case(desk.ledger, "seaside", desk.site, "court_order")
    checked = desk.stand()
    desk.publish(checked)
    with pytest.raises(UsageError, match="Grounds are"):
        withdraw_case(desk.ledger, "lakeside", desk.site, "anger")
    withdraw_case(desk.ledger, "lakeside", desk.site, "court_order")
    files = desk.read()
    assert set(GROUNDS) == {"correction", "court_order", "legal_letter", "safety"}
    assert sorted(files) == ["index.html", "manifest.json", "manifest.note", "signing-key.txt"]
    assert b"Northwind" not in b"".join(files.values())
    assert b"akeside" not in b"".join(files.values())
    notice = verify_package(desk.site)
    assert (notice.exit_code, "None" in notice.tell()) == (0, False)
    assert notice.tell().startswith("Notice in the place of a page that was withdrawn\n")
    with pytest.raises(PublicationRefused, match="withdrawn after it was approved") as refused:
        desk.publish(checked)
    assert f"`checkpoint: {desk.size()}`" in str(refused.value)
    assert desk.publish(checked, draft=True).approve == desk.size()
    desk.publish(desk.approve(checked.case))
    assert [act for act in desk.acts() if act.startswith("call.")][-4:] == [
        "call.publish",
        "call.withdraw",
        "call.approve",
        "call.publish",
    ]


@pytest.mark.slow
def test_a_published_workspace_verifies_and_can_be_exported(desk: Desk) -> None:
    desk.publish(desk.stand())
    assert verify_workspace(desk.ledger).exit_code == 0
    export_case(desk.ledger, "lakeside", desk.root / "lakeside.zip")
    assert verify_package(desk.root / "lakeside.zip").exit_code == 0
    event = next(each for each in read_deeds(desk.ledger) if each.act == "call.publish")
    assert set(event.refs) == {"case", "manifest"}


@pytest.fixture(scope="module")
def whole(published: Desk) -> CaseView:
    """All that may be shown of the published case."""
    return view_case(published.ledger, "lakeside")


@settings(max_examples=30, deadline=None)
@given(names=st.sets(st.sampled_from(["supply", "contract", HIDDEN, "halt"])))
def test_whatever_is_removed_the_rest_keeps_claimants_and_answers(
    whole: CaseView, names: set[str]
) -> None:
    view = leave_out(whole, names)
    assert set(view.named) == {"supply", "contract", HIDDEN} - names
    for name, filed in view.named.items():
        assert filed.claim.claimant == whole.named[name].claim.claimant
        assert [e.record for e in filed.rebuttals] == [
            e.record for e in whole.named[name].rebuttals
        ]
    told = io.BytesIO()
    write_ftm(view, told)
    for name in names & whole.named.keys():
        assert whole.named[name].record not in repr(view)
        assert whole.named[name].claim.statement not in told.getvalue().decode()


def test_no_answer_is_removed_from_a_claim_that_stays(desk: Desk) -> None:
    case = make_case(desk)
    alone = replace(REMOVAL, items=("answer",))
    faults = desk.check(replace(case, corrections=(alone,))).faults
    assert [each.code for each in faults if each.severity == "error"] == ["answer_removed_alone"]
    both = replace(REMOVAL, items=("answer", "supply"))
    assert not has_errors(desk.check(replace(case, corrections=(both,))).faults)

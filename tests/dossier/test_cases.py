"""Cases as dossiers, from the ledger: only what was filed and may be shown, the same each time."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from answerable import story
from answerable.dossier.forms import read_schema, write_json
from answerable.errors import FindingUnknown, UsageError
from answerable.evidence.redaction import erase
from answerable.ledger.log import read_deeds
from tests.dossier.lakeside_work import Lakeside
from tests.evidence.sealed_case import FIRST, LEAKED, OTHER, file_again

FORMS = (".html", ".json", ".ftm.json")


def write_all(lakeside: Lakeside, folder: Path) -> dict[str, str]:
    folder.mkdir()
    paths = [folder / f"lakeside{each}" for each in FORMS]
    lakeside.compose("lakeside", *paths)
    return {path.name: path.read_text("utf-8") for path in paths}


def test_a_case_holds_its_claims_with_their_answers(lakeside: Lakeside) -> None:
    dossier = lakeside.compose("lakeside").dossier
    cameras, broadcast = dossier.claims
    assert (cameras.answer, broadcast.answer) == ("answered", "requested")
    assert [each.quote for each in cameras.quotations] == [
        "Northwind Vision supplied 340 cameras to the Lakeside site"
    ]
    assert broadcast.quotations == ()
    radio = dossier.documents[broadcast.documents[0] - 1]
    assert radio.pending == "It could not be recorded here."
    assert dossier.not_said[0] == "That any camera was used."
    assert [each.ground for each in dossier.decisions] == ["The council gave cost as its ground."]
    assert [each.when for each in dossier.timeline] == sorted(
        each.when for each in dossier.timeline
    )
    Draft202012Validator(read_schema()).validate(json.loads(write_json(dossier)))


def test_a_sealed_document_bears_the_digest_of_its_bytes(lakeside: Lakeside) -> None:
    dossier = lakeside.compose("lakeside").dossier
    [page] = [each for each in dossier.documents if each.key == "page"]
    capture = lakeside.sealed.capture
    assert page.sha256 == capture.original.object.removeprefix("sha256:")
    assert (page.capture, page.collected) == (capture.id, capture.captured_at)


def test_private_evidence_and_other_cases_are_in_no_form(
    lakeside: Lakeside, tmp_path: Path
) -> None:
    for name, text in write_all(lakeside, tmp_path / "out").items():
        assert lakeside.sealed.private not in text, name
        assert LEAKED not in text, name
        assert OTHER not in text, name
        assert "kitchen" not in text, name  # a note of custody


def test_no_claim_in_any_form_without_claimant_and_answer(
    lakeside: Lakeside, tmp_path: Path
) -> None:
    for name, text in write_all(lakeside, tmp_path / "out").items():
        assert FIRST in text, name
        assert text.count("Example Watch") >= text.count(FIRST), name
        assert "it made no such sale" in text, name
        assert "2026-11-01" in text, name  # when the other was asked about
        assert name.endswith("json") or "<script" not in text  # the case's title has one


def test_what_was_erased_is_in_no_form_and_that_an_answer_was_is_said(
    own_lakeside: Lakeside, tmp_path: Path
) -> None:
    [claim, _] = story.list_claims(own_lakeside.workspace, "lakeside")
    [answer] = claim.rebuttals
    erase(own_lakeside.sealed.ledger, answer.record, "court_order", fields=["statement"])
    for name, text in write_all(own_lakeside, tmp_path / "out").items():
        assert "it made no such sale" not in text, name
    page = (tmp_path / "out" / "lakeside.html").read_text("utf-8")
    assert "An answer was filed and is withheld or erased." in page
    assert own_lakeside.compose("lakeside").dossier.claims[0].withheld == 1


@pytest.mark.parametrize(
    ("act", "field", "words"),
    [
        ("claim.file", "statement", FIRST),
        ("claim.file", "passages", "supplied 340 cameras"),
        ("claim.grade", "why", "One source."),
        ("rebuttal.file", "passages", "it sold no cameras"),
        ("rebuttal.request", "way", "by letter"),
        ("decision.file", "ground", "gave cost as its ground"),
        ("case.describe", "not_shown", "That any camera was used."),
    ],
)
def test_no_erased_field_is_in_any_form(
    own_lakeside: Lakeside, tmp_path: Path, act: str, field: str, words: str
) -> None:
    before = write_all(own_lakeside, tmp_path / "before")
    assert any(words in text for text in before.values()), "it would show nothing"
    ledger = own_lakeside.sealed.ledger
    record = next(each.obj for each in read_deeds(ledger) if each.act == act)
    erase(ledger, record, "court_order", fields=[field])
    if act == "case.describe":
        with pytest.raises(UsageError, match="no filed description"):
            own_lakeside.compose("lakeside")
        return
    for name, text in write_all(own_lakeside, tmp_path / "after").items():
        assert words not in text, name


def test_later_deeds_of_others_change_nothing(own_lakeside: Lakeside, tmp_path: Path) -> None:
    before = write_all(own_lakeside, tmp_path / "one")
    story.export(own_lakeside.workspace, "lakeside", tmp_path / "package.zip")
    assert write_all(own_lakeside, tmp_path / "two") == before
    file_again(own_lakeside.sealed, statement="It says so in other words.")
    assert write_all(own_lakeside, tmp_path / "three") != before


def test_that_none_came_is_told_with_the_day_set_whatever_the_day_of_the_dossier(
    lakeside: Lakeside, tmp_path: Path
) -> None:
    path = tmp_path / "early.html"
    story.compose(lakeside.workspace, "lakeside", [path], as_of="2026-11-30")
    told = path.read_text("utf-8")
    assert re.search(r"asked on \d{4}-\d\d-\d\d by [^.]{1,60}, no answer by \d{4}-\d\d-\d\d", told)
    assert "no answer by 2026-11-30" not in told


def test_a_case_that_is_not_there_is_told(lakeside: Lakeside) -> None:
    with pytest.raises(FindingUnknown, match="no such case was filed"):
        lakeside.compose("seaside")

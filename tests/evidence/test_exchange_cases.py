"""A real case, from files to filed claims, in every form: nothing private, nothing unquotable."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from answerable.errors import PackageRefused
from answerable.evidence.captures import list_captures
from answerable.evidence.cases.checking import check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.cases.filed import filed_claims
from answerable.evidence.cases.filing import file_case
from answerable.evidence.exchange.annotations import collect_annotations, write_annotations
from answerable.evidence.exchange.ftm import write_ftm
from answerable.evidence.exchange.jsonld import write_jsonld
from answerable.evidence.exchange.prov import trace_deeds, write_prov
from answerable.evidence.exchange.views import CaseView, view_case
from answerable.evidence.redaction import erase
from answerable.ledger.log import read_deeds
from tests.evidence.sealed_case import LEAKED, OTHER, Sealed, build_case

WRITERS = [write_ftm, write_jsonld, write_annotations, write_prov]
Write = Callable[[CaseView, BinaryIO], None]
MEMO = """\
  - key: memo
    title: A secret memo
    publisher: Somebody inside
    capture: {capture}
"""
LEAKY = """\
  - id: leaky
    claimant: Example Watch
    kind: fact
    about: Northwind Vision
    predicate: supplied
    object: Zyxomatic Works
    statement: The company delivered to the works too.
    modality: states
    passages:
      - source: page
        quote: Northwind Vision supplied 340 cameras
    sources: [memo]
rebuttals:"""
QUOTE = "Northwind Vision supplied 340 cameras to the Lakeside site"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return build_case(tmp_path_factory.mktemp("lakeside"))


def write(writer: Write, view: CaseView) -> str:
    file = io.BytesIO()
    writer(view, file)
    return file.getvalue().decode()


@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_private_and_nothing_of_another_case_is_written(
    built: Sealed, writer: Write
) -> None:
    text = write(writer, view_case(built.ledger, "lakeside"))
    assert LEAKED not in text
    assert OTHER not in text
    assert built.private not in text
    assert "kitchen" not in text
    others = [each for each in list_captures(built.ledger) if each.id != built.page]
    assert len(others) == 2
    assert not [each.id for each in others if each.id.removeprefix("sha256:") in text]


@pytest.mark.parametrize("writer", WRITERS)
def test_the_same_case_gives_the_same_bytes(built: Sealed, writer: Write) -> None:
    one, other = (write(writer, view_case(built.ledger, "lakeside")) for _ in range(2))
    assert one == other


def test_the_words_stand_where_the_annotation_says(built: Sealed) -> None:
    items = collect_annotations(view_case(built.ledger, "lakeside"))["first"]["items"]
    text = built.object_path(built.text).read_text(encoding="utf-8")
    assert len(items) == 2
    for item in items:
        assert item["target"]["source"]["id"] == f"urn:{built.text}"
        words, place = item["target"]["selector"]
        assert text[place["start"] : place["end"]] == words["exact"]


def test_every_deed_of_the_case_is_traced(built: Sealed) -> None:
    traced = trace_deeds(view_case(built.ledger, "lakeside"))["activity"]
    acts = {
        f"deed:{each.n}": each.act
        for each in read_deeds(built.ledger)
        if f"deed:{each.n}" in traced
    }
    assert acts.keys() == traced.keys()
    assert {"case.open", "source.import", "source.derive", "claim.file"} - set(acts.values()) <= {
        "source.import"
    }


def test_words_whose_text_was_erased_are_not_written(built: Sealed, tmp_path: Path) -> None:
    sealed = built.copy(tmp_path)
    erase(sealed.ledger, sealed.text, "court_order")
    view = view_case(sealed.ledger, "lakeside")
    assert [each.claim.passages for each in view.claims] == [(), ()]
    assert all(QUOTE not in write(writer, view) for writer in WRITERS)


def test_a_capture_can_be_left_out_with_what_rests_on_it_alone(built: Sealed) -> None:
    view = view_case(built.ledger, "lakeside", without=[built.page])
    assert [each.claim.id for each in view.claims] == ["broadcast"]
    assert view.withheld == 1
    text = "".join(write(writer, view) for writer in WRITERS)
    assert built.page not in text
    assert QUOTE not in text


def test_a_leak_behind_a_claim_is_left_out(built: Sealed, tmp_path: Path) -> None:
    sealed = built.copy(tmp_path)
    folder = sealed.root / "cases" / "lakeside"
    with (folder / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(MEMO.format(capture=sealed.private))
    claims = (folder / "claims.yaml").read_text(encoding="utf-8")
    (folder / "claims.yaml").write_text(claims.replace("rebuttals:", LEAKY), encoding="utf-8")
    file_case(sealed.ledger, check_case(sealed.ledger, read_draft(folder)))
    view = view_case(sealed.ledger, "lakeside")
    [filed] = [each for each in filed_claims(sealed.ledger) if each.claim.id == "leaky"]
    assert {each.key for each in filed.sources} == {"page", "memo"}
    [shown] = [each for each in view.claims if each.claim.id == "leaky"]
    assert [each.key for each in shown.sources] == ["page"]
    for writer in WRITERS:
        text = write(writer, view)
        assert not [
            word for word in ("Somebody inside", "A secret memo", sealed.private) if word in text
        ]


def test_a_case_that_was_never_opened_is_refused(built: Sealed) -> None:
    with pytest.raises(PackageRefused):
        view_case(built.ledger, "seaside")

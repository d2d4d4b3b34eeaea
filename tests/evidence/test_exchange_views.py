"""What may leave the workspace: nothing of a private copy, and no claim without its answer."""

from dataclasses import replace

from answerable.evidence.exchange.views import make_view
from tests.evidence.lakeside_view import (
    ANSWER,
    LEAK,
    REPORT,
    SOURCES,
    SUPPLY,
    filed,
    show_lakeside,
)


def test_a_claim_that_rests_on_private_copies_alone_is_withheld() -> None:
    view = show_lakeside()
    assert [each.claim.id for each in view.claims] == ["supply", "owns", "denial", "old"]
    assert view.withheld == 1
    assert LEAK.id not in view.captures


def test_words_and_source_of_a_private_copy_are_left_out() -> None:
    supply = show_lakeside().claims[0]
    assert [each.key for each in supply.sources] == ["watch-2025"]
    assert supply.claim.sources == ("watch-2025",)
    assert [each.source for each in supply.claim.passages] == ["watch-2025"]
    assert "words of the leak" not in repr(show_lakeside())


def test_a_private_deed_is_left_out() -> None:
    assert all(each.obj != LEAK.id for each in show_lakeside().events)


def test_an_answer_known_from_a_private_copy_still_travels_with_its_claim() -> None:
    answer = replace(ANSWER, sources=(SOURCES["memo"],))
    view = make_view("lakeside", [filed(1, SUPPLY, rebuttals=(answer,))], [], [REPORT, LEAK])
    [kept] = view.claims[0].rebuttals
    assert kept.rebuttal.statement == ANSWER.rebuttal.statement
    assert kept.sources == ()


def test_a_source_whose_capture_nobody_knows_is_left_out() -> None:
    view = make_view("lakeside", [filed(1, SUPPLY)], [], [])
    assert view.claims == ()
    assert view.withheld == 1

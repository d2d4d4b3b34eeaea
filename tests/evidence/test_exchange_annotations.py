"""Web annotations: the words, their place in code points, and where the text comes from."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from answerable.evidence.exchange.annotations import collect_annotations, write_annotations
from answerable.evidence.exchange.views import make_view
from tests.conftest import FIXTURES
from tests.evidence.lakeside_view import LEAK, REPORT, SUPPLY, filed, object_id, show_lakeside


def test_the_whole_case(golden: Callable[[str, Path], None]) -> None:
    file = io.BytesIO()
    write_annotations(show_lakeside(), file)
    golden(file.getvalue().decode(), FIXTURES / "exchange" / "lakeside.annotations.json")


def test_positions_count_code_points() -> None:
    """The quotation holds U+20000, which is two units in JavaScript and one here."""
    [first, *_] = collect_annotations(show_lakeside())["first"]["items"]
    words, place = first["target"]["selector"]
    assert place["end"] - place["start"] == len(words["exact"]) == 27
    assert len(words["exact"].encode("utf-16-le")) // 2 == 28


def test_the_target_is_the_stored_text_and_says_where_it_comes_from() -> None:
    [first, *_] = collect_annotations(show_lakeside())["first"]["items"]
    source = first["target"]["source"]
    assert source["id"] == f"urn:{object_id(0x13)}"
    assert source["via"] == ["https://watch.example/report", f"urn:{object_id(0x11)}"]


def test_words_without_a_place_have_only_the_quote() -> None:
    bare = replace(SUPPLY.passages[0], prefix="", suffix="", start=None, end=None)
    view = make_view("lakeside", [filed(1, replace(SUPPLY, passages=(bare,)))], [], [REPORT])
    [item] = collect_annotations(view)["first"]["items"]
    exact = {"type": "TextQuoteSelector", "exact": bare.quote}
    assert item["target"]["selector"] == [exact]


def test_a_case_without_words_has_an_empty_collection() -> None:
    collection = collect_annotations(make_view("lakeside", [], [], []))
    assert collection["total"] == 0
    assert "first" not in collection


def test_words_of_a_private_copy_are_not_annotated() -> None:
    text = json.dumps(collect_annotations(show_lakeside()))
    assert "words of the leak" not in text
    assert LEAK.id not in text

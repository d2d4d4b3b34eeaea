from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.form_splitting import split_forms
from answerable.matching.legal_forms import KINDS, compare_forms, list_forms
from answerable.matching.names import take_apart
from answerable.matching.normal_form import normalise
from tests.strategies import names
from tools.make_legal_forms import SOURCE, classify, read_own, spell_in_latin

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "legal_forms.yml").read_text("utf-8"))
FORMS = [(words, form) for words, form in list_forms() if form.where in ("any", "end", "ends")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_forms_are_told_from_names(case: dict[str, Any]) -> None:
    parts = take_apart(case["name"])
    assert list(parts.core) == case["core"]
    assert list(parts.forms) == case["forms"]
    if "designations" in case:
        assert list(parts.designations) == case["designations"]


def test_the_table_is_in_order_and_knows_its_kinds() -> None:
    rows = list(list_forms())
    assert len(rows) > 2000
    assert {form.kind for _, form in rows} <= KINDS
    assert {form.where for _, form in rows} == {"any", "end", "ends", "start", "with", "kept"}
    sides = [(words, form.where in ("start", "with")) for words, form in rows]
    assert sides == sorted(set(sides))


def test_the_table_names_forms_of_most_countries() -> None:
    countries = {country for _, form in list_forms() for country in form.countries}
    assert len(countries) > 130
    assert all(len(country) == 2 and country.islower() for country in countries)


def test_every_form_is_written_as_names_are() -> None:
    assert [words for words, _ in list_forms() if normalise(words) != words] == []


def test_our_own_table_is_in_the_shipped_one() -> None:
    shipped = {(words, form.kind) for words, form in list_forms()}
    own = {(row.form, row.kind) for row in read_own(SOURCE.read_text("utf-8"))}
    spelled = {words for words, _ in list_forms()}
    assert {form for form, _ in own} <= spelled
    assert len(own & shipped) > 0.97 * len(own)  # few spellings are of two forms: the first counts


@pytest.mark.parametrize(("words", "form"), FORMS[::7], ids=lambda each: str(each)[:40])
def test_every_form_is_found_at_the_end(words: str, form: Any) -> None:
    rest, found = split_forms(["zyxomatic", *words.split(" ")])
    assert rest == ["zyxomatic"]
    assert found


@given(names | st.text(max_size=40))
def test_no_name_is_left_without_words(name: str) -> None:
    words = normalise(name).split()
    rest, _ = split_forms(words)
    assert bool(rest) == bool(words)
    assert all(rest)


@given(st.lists(st.sampled_from(sorted({words for words, _ in FORMS})), min_size=1, max_size=4))
def test_names_of_forms_alone_keep_a_word(forms: list[str]) -> None:
    rest, _ = split_forms(" ".join(forms).split(" "))
    assert rest


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["limited"], ["limited"], "agree"),
        (["limited"], ["public_limited"], "differ"),
        (["limited"], ["corporation"], "compatible"),
        (["limited_partnership"], ["public_limited"], "differ"),
        (["limited", "company"], ["company"], None),
        ([], ["limited"], None),
    ],
)
def test_kinds_are_compared(one: list[str], other: list[str], expected: str | None) -> None:
    assert compare_forms(one, other) == expected
    assert compare_forms(other, one) == expected


@pytest.mark.parametrize(
    ("long", "kind"),
    [
        ("aktiengesellschaft", "public_limited"),
        ("kommanditgesellschaft auf aktien", "public_limited"),
        ("societa in accomandita semplice", "limited_partnership"),
        ("sociedad de responsabilidad limitada", "limited"),
        ("stichting", "foundation"),
        ("commercial bank", ""),
        ("administration communale", ""),
    ],
)
def test_long_forms_of_the_public_list_are_sorted_by_their_words(long: str, kind: str) -> None:
    assert classify(long) == kind


def test_phrases_in_cyrillic_letters_are_spelled_in_latin_ones() -> None:
    spelled = spell_in_latin("общество с ограниченной ответственностью", "ru")
    assert "obshchestvo s ogranichennoy otvetstvennostyu" in spelled
    assert "obschestvo s ogranichennoi otvetstvennostju" in spelled
    assert spell_in_latin("ооо", "ru") == set()


def test_a_form_with_a_blank_left_out_does_not_take_the_whole_name() -> None:
    assert split_forms(["zyxomatic", "societe", "ennom", "collectif"])[0] != []
    assert split_forms(["81", "company", "limitedby", "shares"])[0] != []

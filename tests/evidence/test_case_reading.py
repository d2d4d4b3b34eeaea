"""Case files: what is written is read again, and what is read keeps its place."""

import json
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.yaml_text import MOST_BYTES, Place, read_yaml
from answerable.errors import OutputUnwritable, UsageError
from answerable.evidence.cases.drafts import SECTIONS, read_case, read_draft
from answerable.evidence.cases.faults import has_errors
from answerable.evidence.cases.forms import FORMS, describe, load_schema
from answerable.evidence.cases.schema_faults import find_schema_faults
from answerable.evidence.cases.vocabulary import Predicate, predicates
from answerable.evidence.cases.writing import draft_case, dump_yaml, write_case
from answerable.model.case import Case
from tests.evidence.case_strategies import cases

letters = st.characters(exclude_categories=["Cs"])
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(letters),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(letters, min_size=1, max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=40)
@given(cases())
def test_a_case_that_is_written_and_read_again_is_the_same(case: Case) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "lakeside"
        write_case(case, folder)
        read, faults = read_case(folder)
    assert [str(fault) for fault in faults] == []
    assert read == case


@given(plain)
def test_yaml_of_plain_values_is_read_as_written(content: object) -> None:
    read = read_yaml(dump_yaml({"top": content}).encode())
    assert read.faults == []
    assert read.content == {"top": content}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_place(data: bytes) -> None:
    read = read_yaml(data)
    assert all(fault.place.line >= 1 and fault.place.column >= 1 for fault in read.faults)


@given(st.text("ab:-&*!{}[]\"' \n\t#|>?0~", max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    read = read_yaml(text.encode())
    for fault in read.faults:
        assert 1 <= fault.place.line <= text.count("\n") + 2
        assert fault.sentence
        assert fault.mend


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-07-14", "2020-07-14"),
        ("on", "on"),
        ("yes", "yes"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("017", "017"),
        ("1.5", "1.5"),
        ("12:30:00", "12:30:00"),
        ("'2017'", "2017"),
        ("2017", 2017),
        ("-3", -3),
        ("true", True),
        ("~", None),
        ("<<", "<<"),
        ("=", "="),
    ],
)
def test_plain_words_mean_what_they_say(text: str, value: object) -> None:
    assert read_yaml(f"a: {text}".encode()).content == {"a": value}


BOMB = (
    "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n"
)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (BOMB, "yaml_reference", Place(1, 4)),
        ("a: 1\nb: !!python/object:os.system x\n", "yaml_tag", Place(2, 4)),
        ("a: !secret x\n", "yaml_tag", Place(1, 4)),
        ("a: 1\nb: 2\na: 3\n", "key_twice", Place(3, 1)),
        ("a: b: c\n", "no_yaml", Place(1, 5)),
        ("a:\n\t- b\n", "no_yaml", Place(2, 1)),
        ("a: 'open\n", "no_yaml", Place(2, 1)),
        ("a: 1\n---\nb: 2\n", "no_yaml", Place(2, 1)),
        ("a: \x00\n", "no_yaml", Place(1, 1)),
        ('a: "\\ud800"\n', "no_yaml", Place(1, 7)),
        ("? [a, b]\n: c\n", "no_yaml", Place(1, 3)),
        ("[" * 5000, "too_large", Place(1, 13)),
        ("{a: " * 5000, "too_large", Place(1, 49)),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_could_mean_something_else_is_refused_at_its_place(
    text: str, code: str, place: Place
) -> None:
    fault = read_yaml(text.encode()).faults[0]
    assert (fault.code, fault.place) == (code, place)


def test_a_file_that_is_no_utf8_says_on_which_line() -> None:
    fault = read_yaml("a: 1\nb: é\n".encode("latin-1")).faults[0]
    assert (fault.code, fault.place.line) == ("no_utf8", 2)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    (folder / "case.yaml").write_text("title: A\neditors: [B]\n", encoding="utf-8")
    (folder / "claims.yaml").write_bytes(b"# " + b"x" * MOST_BYTES)
    _, faults = read_case(folder)
    assert [(fault.file, fault.code) for fault in faults] == [("claims.yaml", "too_large")]


def test_tabs_are_told_in_words(tmp_path: Path) -> None:
    [fault] = read_yaml(b"a:\n\tb: 1\n").faults
    assert fault.mend.startswith("Indent with spaces, not with a tab;")


def test_a_new_case_has_no_errors(tmp_path: Path) -> None:
    files = draft_case(tmp_path, "lakeside", "Cameras: a *case*")
    draft = read_draft(tmp_path / "lakeside")
    assert {file.name for file in files} >= {f"{form}.yaml" for form in FORMS}
    assert not has_errors(draft.faults)
    assert draft.case.title == "Cameras: a *case*"


def test_a_new_case_has_the_schemas_that_its_files_name(tmp_path: Path) -> None:
    files = draft_case(tmp_path, "lakeside")
    assert sum(file.suffix == ".yaml" for file in files) == len(FORMS)
    for file in files:
        head = file.read_text(encoding="utf-8").splitlines()[0]
        if file.suffix == ".yaml":
            schema = file.parent / head.removeprefix("# yaml-language-server: $schema=")
            assert json.loads(schema.read_text(encoding="utf-8"))["title"].startswith(file.name)
    assert (tmp_path / "lakeside" / ".schemas" / "parts.schema.json").is_file()


def test_the_examples_of_a_new_case_have_the_right_form(tmp_path: Path) -> None:
    draft_case(tmp_path, "lakeside")
    for form in FORMS:
        path = tmp_path / "lakeside" / f"{form}.yaml"
        lines = [
            line.removeprefix("#") if line.startswith("#  ") else line.replace(": []", ":")
            for line in path.read_text(encoding="utf-8").splitlines()
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft = read_draft(tmp_path / "lakeside")
    assert [str(fault) for fault in draft.faults] == []
    assert all(getattr(draft.case, section) for section in SECTIONS)


def test_a_case_is_not_begun_twice_nor_outside_of_its_folder(tmp_path: Path) -> None:
    draft_case(tmp_path, "lakeside")
    with pytest.raises(OutputUnwritable, match="already"):
        draft_case(tmp_path, "lakeside")
    for name in ("../lakeside", "Lakeside", "", "a" * 65, ".hidden"):
        with pytest.raises(UsageError):
            draft_case(tmp_path, name)


def test_the_schema_and_the_vocabulary_hold_the_same_words() -> None:
    schema = load_schema("claims.schema.json")["properties"]["claims"]["items"]
    assert schema["properties"]["predicate"]["enum"] == list(predicates())


@pytest.mark.parametrize("title", ["\u009b31mred", "a\u202eb", "a\nb", "a\n", "\x1b", " ", ""])
def test_a_title_cannot_steer_a_terminal_or_a_page(title: str) -> None:
    [fault] = find_schema_faults("case", {"title": title, "editors": ["The desk"]})
    assert fault[0] == ("title",)


def test_an_id_ends_where_it_seems_to_end() -> None:
    opinion = {"by": "A. Writer", "on": "2026-01-15\n", "text": "A view,\n\tin two lines.\n"}
    [fault] = find_schema_faults("opinions", {"opinions": [opinion]})
    assert fault[0] == ("opinions", 0, "on")


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_a_form_says_what_it_is(form: str) -> None:
    def each(schema: dict[str, object], way: tuple[str | int, ...]) -> list[str]:
        found = []
        properties = schema.get("properties")
        for name, inner in properties.items() if isinstance(properties, dict) else ():
            if not describe(form, (*way, name)):
                found.append(".".join(map(str, (*way, name))))
            found += each(inner, (*way, name))
        items = schema.get("items")
        return found + (each(items, (*way, 0)) if isinstance(items, dict) else [])

    assert each(load_schema(f"{form}.schema.json"), ()) == []


@pytest.mark.parametrize("predicate", predicates().values(), ids=lambda each: each.id)
def test_every_word_of_the_vocabulary_reads_as_a_sentence(predicate: Predicate) -> None:
    sentence = predicate.sentence.format(about="A", object="B", figure="C")
    assert "A" in sentence
    assert ("{object}" in predicate.sentence) <= (predicate.object != "none")
    assert predicate.means.endswith(".")
    assert predicate.does_not_mean.endswith(".")


def test_other_readers_of_yaml_take_the_written_files_too(tmp_path: Path) -> None:
    case = Case("a", "T", ("E",), summary="S")
    write_case(case, tmp_path / "a")
    assert yaml.safe_load((tmp_path / "a" / "case.yaml").read_text())["title"] == "T"

"""Every code of a problem that evidence can give has a sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

import answerable.evidence
from answerable.evidence.problem_words import CAPTURE_PROBLEMS, say_problem
from answerable.evidence.texts.text import PROBLEMS

MODULES = (
    *("browsing/*", "captures", "capture_records", "embedded", "page_signs", "imports"),
    *("archives/wacz_checks", "archives/warc_checks"),
)


def list_strings() -> Iterator[str]:
    folder = Path(answerable.evidence.__file__).parent
    for pattern in MODULES:
        for path in folder.glob(f"{pattern}.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def test_every_code_with_a_sentence_is_one_that_can_be_given() -> None:
    given = set(list_strings())
    unused = {code for code in CAPTURE_PROBLEMS if code not in given}
    assert {code for code in unused if not code.startswith("truncated_")} == set()


def test_every_sentence_is_one_and_no_code() -> None:
    for code, sentence in {**CAPTURE_PROBLEMS, **PROBLEMS}.items():
        assert " " in sentence
        assert say_problem(code) == sentence
        assert not sentence.endswith(".")


def test_codes_that_are_added_to_the_problems_of_a_page_have_words() -> None:
    folder = Path(answerable.evidence.__file__).parent
    codes = set()
    for path in folder.glob("browsing/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                holder = node.value
                if isinstance(holder, ast.Attribute | ast.Name):
                    name = holder.attr if isinstance(holder, ast.Attribute) else holder.id
                    codes |= {str(node.slice.value)} if name == "problems" else set()
    assert codes
    assert codes <= CAPTURE_PROBLEMS.keys()

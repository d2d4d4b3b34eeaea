"""What is said of the mistakes that people make when they write their first case."""

import pytest

from answerable.engine.yaml_text import read_yaml
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.quotation_faults import tell_unread, tell_unresolved
from answerable.evidence.cases.schema_faults import find_schema_faults
from answerable.model.case import Case
from answerable.model.passage import Passage, Resolution

DRAFT = Draft(Case("lakeside", "Lakeside", ("The desk",)), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("claims:\n  - id: a\n    kind: fact\n   about: x\n", "1 further left than the one above"),
        ("claims:\n  - id: a\n    kind: fact\n      about: x\n", "2 further right than the one"),
        ("claims:\n  - id: a\n    kind: a: b\n", "mapping values"),
        ("claims:\n  - id: a\n    more:\n      b: c\n    kind: a: b\n", "mapping values"),
    ],
)
def test_a_shifted_line_is_told_as_indentation(text: str, said: str) -> None:
    [fault] = read_yaml(text.encode()).faults
    assert said in fault.sentence
    assert ("indentation" in fault.sentence) == ("further" in said)


def tell(form: str, section: str, **fields: object) -> str:
    found = find_schema_faults(form, {section: [{"id": "one", **fields}]})
    return "\n".join(f"{each[2]} {each[3]}" for each in found if "is missing" not in each[2])


@pytest.mark.parametrize(
    ("form", "section", "fields", "said"),
    [
        ("claims", "replies", {"asked_on": "6 January 2026"}, '"YYYY-MM-DD", such as 2026-01-06'),
        ("claims", "claims", {"predicate": "suplied"}, "Did you mean supplied?"),
        ("claims", "claims", {"predicate": "sold"}, "docs/predicates.md"),
        ("claims", "claims", {"figure": {"unit": "x", "maximum": 1, "840": None}}, "no comma in"),
        ("claims", "claims", {"figure": {"unit": "x", "maximum": "1,840"}}, "no comma in numbers"),
        ("decisions", "decisions", {"body": {"name": "A council"}}, "Write the name alone."),
    ],
)
def test_the_mend_says_what_to_write(
    form: str, section: str, fields: dict[str, object], said: str
) -> None:
    assert said in tell(form, section, **fields)


def test_words_far_from_any_of_the_vocabulary_bring_no_suggestion() -> None:
    assert "Did you mean" not in tell("claims", "claims", predicate="sold")


@pytest.mark.parametrize("quote", ["„Two bids came“", "“Two bids came”", '"Two bids came"'])
def test_quotation_marks_around_the_words_are_told(quote: str) -> None:
    fault = tell_unresolved(
        DRAFT, ("claims", 0), Passage("notice", quote), "Two bids came.", Resolution("lost")
    )
    assert "The quotation marks are not part of the text" in fault.mend


def test_a_capture_without_text_is_told_in_one_sentence_with_a_short_id() -> None:
    why = f"The capture sha256:{'ab' * 32} has no text: nothing was derived. Run it again. And so."
    fault = tell_unread(DRAFT, ("claims", 0), Passage("notice", "words"), why)
    assert "ab" * 32 not in fault.sentence
    assert fault.sentence.count(". ") == 0

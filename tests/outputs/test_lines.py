"""Findings as JSON lines: one per row, in order, as the schema says, also from hostile names."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from answerable.exposure.outputs.lines import SCHEMAS, read_schema, write_findings, write_line
from answerable.model import Screening


def lines_of(screening: Screening) -> list[dict[str, Any]]:
    file = BytesIO()
    write_findings(screening, file)
    return [json.loads(line) for line in file.getvalue().decode().splitlines()]


def test_every_row_has_a_line_in_row_order(screening: Screening) -> None:
    lines = lines_of(screening)
    assert [line["supplier"]["row"] for line in lines] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert [line["id"] for line in lines] == [finding.id for finding in screening.findings]


def test_lines_agree_with_the_schema(screening: Screening) -> None:
    validator = Draft202012Validator(read_schema("finding"))
    for line in lines_of(screening):
        assert not list(validator.iter_errors(line)), line["id"]


def test_names_stay_readable_and_lone_surrogates_are_shown_as_such(screening: Screening) -> None:
    file = BytesIO()
    write_findings(screening, file)
    text = file.getvalue().decode("utf-8")
    assert "扎沃德尼克棉纺厂" in text
    assert "شركة القطن المخترعة" in text
    assert "\ufffd" in text


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas_and_describe_every_property(name: str) -> None:
    schema = read_schema(name)
    Draft202012Validator.check_schema(schema)
    for place, entry in walk(schema):
        for key, value in entry.get("properties", {}).items():
            shown = value if "$ref" not in value else follow(schema, value["$ref"])
            assert shown.get("description"), f"{name}: {place}/{key} is not described"


def walk(schema: Any, place: str = "") -> Any:
    if isinstance(schema, dict):
        yield place, schema
        for key, value in schema.items():
            yield from walk(value, f"{place}/{key}")


def follow(schema: dict[str, Any], reference: str) -> dict[str, Any]:
    found: Any = schema
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    assert isinstance(found, dict)
    return found


def manifest_of(screening: Screening) -> dict[str, Any]:
    return {
        "schema": "answerable.manifest/1",
        "screening": screening.id,
        "as_of": screening.coverage.as_of,
        "software": {"name": "answerable", "version": "0.1.0"},
        "inputs": [{"name": "suppliers.csv", "sha256": "c" * 64, "bytes": 812, "rows": 9}],
        "recognition": {"form": "csv"},
        "settings": {"threshold": 0.5, "lists": []},
        "matching": {},
        "rule_set": None,
        "coverage": screening.coverage.as_dict(),
        "counts": {"rows": 9, "by_status": {"match": 2, "none_found": 4}, "problems": 2},
        "problems": [],
    }


def test_the_manifest_schema_keeps_step_with_coverage(screening: Screening) -> None:
    validator = Draft202012Validator(read_schema("manifest"))
    assert not list(validator.iter_errors(manifest_of(screening)))
    edition = replace(screening.coverage.editions[0], links=7).as_dict()
    described = read_schema("manifest")["$defs"]["edition"]["properties"]
    assert list(edition) == list(described)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda m: m.pop("coverage"), "no coverage"),
        (lambda m: m["coverage"]["lists"][0].pop("edition"), "an edition without its day"),
        (lambda m: m["counts"]["by_status"].update(fine=1), "an unknown status"),
        (lambda m: m["inputs"][0].update(sha256="abc"), "no digest"),
    ],
)
def test_the_manifest_schema_refuses(
    screening: Screening, spoil: Callable[[dict[str, Any]], object], why: str
) -> None:
    manifest = manifest_of(screening)
    spoil(manifest)
    assert list(Draft202012Validator(read_schema("manifest")).iter_errors(manifest)), why


def test_a_finding_without_its_supplier_is_refused(screening: Screening) -> None:
    line = lines_of(screening)[0]
    del line["supplier"]
    assert list(Draft202012Validator(read_schema("finding")).iter_errors(line))


@given(st.text(st.characters(), max_size=40))
def test_every_text_makes_one_line_of_utf8(text: str) -> None:
    data = write_line({"name": text})
    assert data.count(b"\n") == 1
    assert len(json.loads(data.decode("utf-8"))["name"]) == len(text)


def test_no_row_no_line(screening: Screening) -> None:
    assert lines_of(replace(screening, findings=())) == []

"""The files of a case and the JSON Schemas (draft 2020-12) that describe them."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from answerable.engine.yaml_text import Path

FORMS = ("case", "sources", "claims", "decisions", "opinions", "call", "corrections")
"""The YAML files of a case, without their ending, in the order in which they are read."""

_PARTS = "parts.schema.json"


@cache
def load_schema(name: str) -> dict[str, Any]:
    """Return a schema by its file name, such as `claims.schema.json`.

    Example:
        >>> load_schema("case.schema.json")["required"]
        ['title', 'editors']
    """
    file = resources.files("answerable.evidence.cases") / "schemas" / name
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


@cache
def validator(form: str) -> Validator:
    """Return the validator of a file of a case, such as `claims` for `claims.yaml`.

    Example:
        >>> [fault.validator for fault in validator("opinions").iter_errors({})]
        ['required']
    """
    parts = Resource.from_contents(load_schema(_PARTS), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(_PARTS, parts)
    made: Validator = _Validator(load_schema(f"{form}.schema.json"), registry=registry)
    return made


def _hold_to_pattern(_: Any, pattern: str, text: Any, __: Any) -> Iterator[ValidationError]:
    """Hold a text to a pattern as JSON Schema means it: `$` is the end, not before a last break."""
    if isinstance(text, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), text):
        yield ValidationError(f"{text!r} does not match {pattern!r}")


_extend: Any = validators.extend
_Validator = _extend(Draft202012Validator, {"pattern": _hold_to_pattern})


def is_language(tag: str) -> bool:
    """Tell whether a text is a language tag as the files of a case write it.

    Example:
        >>> is_language("zh-Hans"), is_language("../en")
        (True, False)
    """
    pattern = load_schema(_PARTS)["$defs"]["language"]["pattern"]
    return bool(re.search(re.sub(r"\$$", r"\\Z", pattern), tag))


@cache
def party_kinds() -> tuple[str, ...]:
    """Return the words for what a party is.

    Example:
        >>> party_kinds()[0]
        'company'
    """
    kinds = load_schema(_PARTS)["$defs"]["party"]["properties"]["kind"]["enum"]
    return tuple(kinds)


def describe(form: str, path: Path) -> str:
    """Return what the schema says of a field, empty where it says nothing.

    Example:
        >>> describe("claims", ("claims", 0, "claimant"))
        'Who says it: the author or body of the source, never you.'
    """
    schema: dict[str, Any] = load_schema(f"{form}.schema.json")
    for step in path:
        inner = schema.get("items") if isinstance(step, int) else _property(schema, step)
        if inner is None:
            return ""
        schema = follow_reference(inner)
    return str(schema.get("description", ""))


def field_names(form: str, path: Path) -> tuple[str, ...]:
    """Return the fields that a map at a path may have.

    Example:
        >>> field_names("case", ())
        ('schema', 'title', 'editors', 'language', 'not_shown')
    """
    schema: dict[str, Any] = load_schema(f"{form}.schema.json")
    for step in path:
        inner = schema.get("items") if isinstance(step, int) else _property(schema, step)
        schema = follow_reference(inner or {})
    return tuple(schema.get("properties", {}))


def _property(schema: dict[str, Any], step: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = schema.get("properties", {}).get(step)
    return found


def follow_reference(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with what it refers to; what stands beside the reference prevails.

    Example:
        >>> follow_reference({"$ref": "parts.schema.json#/$defs/day"})["type"]
        'string'
    """
    if "$ref" not in schema:
        return schema
    name = str(schema["$ref"]).rsplit("/", 1)[-1]
    return {**follow_reference(load_schema(_PARTS)["$defs"][name]), **schema}

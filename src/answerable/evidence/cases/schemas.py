"""The published JSON Schemas of the files of a case (draft 2020-12)."""

import json
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FILES = ("case", "sources", "claims", "decisions", "opinions")
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
def validator(name: str) -> Draft202012Validator:
    """Return the validator of a file of a case, such as `claims` for `claims.yaml`.

    Example:
        >>> [fault.validator for fault in validator("opinions").iter_errors({})]
        ['required']
    """
    parts = Resource.from_contents(load_schema(_PARTS), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(_PARTS, parts)
    return Draft202012Validator(load_schema(f"{name}.schema.json"), registry=registry)


@cache
def party_kinds() -> tuple[str, ...]:
    """Return the words for what a party is.

    Example:
        >>> party_kinds()[0]
        'company'
    """
    kinds = load_schema(_PARTS)["$defs"]["party"]["properties"]["kind"]["enum"]
    return tuple(kinds)

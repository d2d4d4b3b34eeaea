"""Answers whether entities are FollowTheMoney's: schema, properties, values, ends of edges."""

import sys

# This script bears the name of the package that it asks: leave its folder out of the search.
_HERE = sys.path.pop(0)
from followthemoney import model  # noqa: E402
from followthemoney.proxy import EntityProxy  # noqa: E402
from followthemoney.types import registry  # noqa: E402

sys.path.append(_HERE)
from lines import answer  # noqa: E402


def check(entities):
    """Return what is wrong with entities: a list of (id, property, why); empty where nothing is.

    Each value is cleaned by its property's type: a value that is refused or changed is a fault.
    Ends of edges must be among the entities, and of the schema that the property asks for.
    """
    by_id = {each["id"]: each for each in entities}
    return [fault for each in entities for fault in _check_one(each, by_id)]


def _check_one(entity, by_id):
    schema = model.get(entity["schema"])
    if schema is None or schema.abstract:
        return [(entity["id"], "schema", entity["schema"])]
    values = entity["properties"]
    faults = [] if registry.entity.validate(entity["id"]) else [(entity["id"], "id", "refused")]
    faults += [(entity["id"], name, "missing") for name in schema.required if not values.get(name)]
    for name in values:
        faults += [(entity["id"], name, why) for why in _check_values(schema, name, entity, by_id)]
    return faults


def _check_values(schema, name, entity, by_id):
    prop = schema.get(name)
    if prop is None or prop.stub:
        return ["no such property"]
    proxy = EntityProxy.from_dict({"id": entity["id"], "schema": schema.name, "properties": {}})
    return [
        why for value in entity["properties"][name] for why in _wrong(prop, value, proxy, by_id)
    ]


def _wrong(prop, value, proxy, by_id):
    cleaned = prop.type.clean(value, proxy=proxy)
    if cleaned != value:
        yield f"{value!r} becomes {cleaned!r}"
    if prop.type.name == "entity":
        other = by_id.get(value)
        if other is None:
            yield f"{value!r} is not there"
        elif prop.range and not model.get(other["schema"]).is_a(prop.range):
            yield f"{value!r} is a {other['schema']}, not a {prop.range.name}"


def rebuild(entities):
    """Return the entities as FollowTheMoney writes them back: what was lost on the way shows."""
    return [EntityProxy.from_dict(each).to_dict() for each in entities]


answer({"check": check, "rebuild": rebuild})

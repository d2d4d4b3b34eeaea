"""Cards: what is known of a list apart from its rows, read from YAML and held to a schema."""

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from answerable.errors import CardFaulty
from answerable.model import Card

SCHEMA_ID = "answerable.card/1"
_MOST_BYTES = 1_000_000
_DEEPEST = 20


_Plain: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader that makes plain values only; the one in C where there is one, ten times as fast."""


class _PlainLoader(_Plain):  # type: ignore[misc]  # chosen above
    """YAML of plain values in which a day stays a text."""


_PlainLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_card(path: Path) -> Card:
    """Return the card of a YAML file, checked against the schema `answerable.card/1`.

    Args:
        path: A file of at most one megabyte, UTF-8, without YAML references.

    Raises:
        CardFaulty: It cannot be read, is no YAML, or does not follow the schema; the error
            names the field, such as `counts.max`.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "card.yaml"
        >>> _ = path.write_text("schema: answerable.card/1", encoding="utf-8")
        >>> load_card(path)
        Traceback (most recent call last):
        ...
        answerable.errors.CardFaulty: The card ... 'id' is a required property...
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CardFaulty(str(path), "the file", f"it is over {_MOST_BYTES:,} bytes")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CardFaulty(str(path), "the file", error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise CardFaulty(str(path), "the file", f"it is not UTF-8 ({error.reason})") from error
    return read_card(text, str(path))


def read_card(text: str, path: str = "card.yaml") -> Card:
    """Return the card of a YAML text; `path` only serves error messages.

    Raises:
        CardFaulty: It is no YAML, or does not follow the schema.

    Example:
        >>> read_card("[]")
        Traceback (most recent call last):
        ...
        answerable.errors.CardFaulty: The card card.yaml is faulty at the whole card: ...
    """
    try:
        _refuse_references(text)
        content = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 plain values only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())
        raise CardFaulty(path, "the file", f"it is no plain YAML: {why}") from error
    fault = _first_fault(_validator().iter_errors(content))
    if fault is not None:
        raise CardFaulty(path, _field(fault), fault.message[:300])
    card = _card(content)
    if card.counts[0] > card.counts[1]:
        raise CardFaulty(path, "counts", "min is greater than max")
    return card


def _refuse_references(text: str) -> None:
    """Refuse references, a few lines of which can stand for gigabytes, and endless nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise yaml.YAMLError(f"references (*name) are not read, line {line}")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise yaml.YAMLError(f"it is nested deeper than {_DEEPEST}")


def write_card(card: Card) -> str:
    """Return a card as YAML, in the order of the schema, such that `read_card` gives it back.

    Example:
        >>> card = known_cards()["us_dod_1260h"]
        >>> read_card(write_card(card)) == card
        True
    """
    content: dict[str, Any] = {"schema": SCHEMA_ID}
    for name in _properties():
        if name != "schema":
            content[name] = _plain(getattr(card, name))
    shown = {name: value for name, value in content.items() if value or value in (0, False)}
    return yaml.safe_dump(shown, allow_unicode=True, sort_keys=False, width=96)


@cache
def known_cards() -> dict[str, Card]:
    """Return the cards that ship with answerable, by list id in alphabetical order.

    A known list need not have an edition: that coverage can name it as absent is the point.

    Raises:
        CardFaulty: A shipped card does not follow the schema.

    Example:
        >>> known_cards()["us_ofac_sdn"].reader
        'ofac_legacy'
    """
    folder = resources.files("answerable.lists") / "cards"
    cards = [_shipped(entry) for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return {card.id: card for card in sorted(cards, key=lambda card: card.id)}


def _shipped(entry: Traversable) -> Card:
    return read_card(entry.read_text(encoding="utf-8"), entry.name)


@cache
def _schema() -> dict[str, Any]:
    file = resources.files("answerable.lists") / "card.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(_schema())


def _properties() -> list[str]:
    return list(_schema()["properties"])


def _first_fault(faults: Iterable[ValidationError]) -> ValidationError | None:
    return min(faults, key=lambda fault: [str(step) for step in fault.absolute_path], default=None)


def _field(fault: ValidationError) -> str:
    return ".".join(str(step) for step in fault.absolute_path) or "the whole card"


def _card(content: dict[str, Any]) -> Card:
    """Return the card of content that follows the schema: each property is a field of `Card`."""
    fields = {name: value for name, value in content.items() if name != "schema"}
    fields["counts"] = (content["counts"]["min"], content["counts"]["max"])
    fields["ground_class_by"] = tuple(content.get("ground_class_by", ()))
    fields.setdefault("legal_basis", None)
    return Card(**fields)


def _plain(value: object) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], int):
        return {"min": value[0], "max": value[1]}
    return list(value) if isinstance(value, tuple) else value


def make_ftm_card(list_id: str, title: str | None = None) -> Card:
    """Return a card for a FollowTheMoney file that has none: its terms and age are not known.

    Args:
        list_id: Id for the list, lower case letters, digits and underscores.
        title: Name to be shown; by default the id.

    Raises:
        CardFaulty: The id is none.

    Example:
        >>> make_ftm_card("my_aleph_export").reader
        'ftm'
    """
    return read_card(
        write_card(
            Card(
                id=list_id,
                title=title or list_id,
                issuer="not stated",
                url="https://followthemoney.tech/",
                licence="not stated",
                legal_basis=None,
                ground_class="other",
                cadence="not stated",
                max_age_days=30,
                complete=False,
                counts=(0, 100_000_000),
                reader="ftm",
                files={"list": {"name": f"{list_id}.ftm.json"}},
                note="A FollowTheMoney file without a card: issuer, terms and completeness are not "
                "stated.",
            )
        ),
        list_id,
    )

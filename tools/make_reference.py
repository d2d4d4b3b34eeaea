"""Make the reference pages of the documentation: commands from the command line, lists from cards."""

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from answerable.cli.commands import app
from answerable.lists.cards import known_cards
from answerable.lists.sources import has_addresses
from answerable.model import Card

COMMANDS_PATH = Path("docs/commands.md")
LISTS_PATH = Path("docs/lists.md")

COMMANDS_HEAD = """\
# Commands

Every command reads `-` as stdin where it reads a file, prints data on stdout and talk on stderr, and exits with 0
when done, 1 when a finding of the kind asked for was there (`--fail-on`), 2 for bad use or input.

<!-- Made by tools/make_reference.py from the command line itself. -->
"""

LISTS_HEAD = """\
# Lists

answerable knows the lists below by their cards. A list is searched only if an edition of it is in the workspace, and
every output names those that are not. `answerable lists` shows what is there; `answerable collect LIST` fetches an
edition of those marked *fetched*; of the others, download the file and give it with `--from FILE`. An edition that holds fewer or more companies than
the card expects is refused with both numbers. Editions stand side by side and are never changed.

Being on a list says what its issuer states, and no more. The *class* groups listings in reports; it is given by the
card, not by the issuer.

| list | id | issuer | class | too old after | reader | got by |
|---|---|---|---|---|---|---|
"""

LISTS_TAIL = """
## Notes

{notes}

## Your own list

Write a card ([how](cards.md)) and give it with the file:

    answerable collect my_list --from my_list.xlsx --card my_list.yaml

FollowTheMoney JSON lines (`.ftm.json`, as OpenSanctions publishes them) need no card:

    answerable collect my_entities --from entities.ftm.json

<!-- Made by tools/make_reference.py from the cards. -->
"""


def make_commands() -> str:
    """Return `docs/commands.md`."""
    group = get_command(app)
    parent = typer.Context(group, info_name="answerable")
    parts = [COMMANDS_HEAD]
    for name in group.list_commands(parent):  # type: ignore[attr-defined]
        command = group.get_command(parent, name)  # type: ignore[attr-defined]
        context = typer.Context(command, info_name=name, parent=parent, terminal_width=88)
        parts.append(f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


def make_lists() -> str:
    """Return `docs/lists.md`."""
    cards = sorted(known_cards().values(), key=lambda card: card.title)
    rows = "".join(f"{_row(card)}\n" for card in cards)
    notes = "\n".join(f"- **{card.title}**: {card.note}" for card in cards if card.note)
    return LISTS_HEAD + rows + LISTS_TAIL.format(notes=notes)


def _row(card: Card) -> str:
    cells = [
        f"[{card.title}]({card.url})",
        f"`{card.id}`",
        card.issuer,
        card.ground_class.replace("_", " "),
        f"{card.max_age_days} days",
        card.reader,
        "fetched" if has_addresses(card) else "file",
    ]
    return f"| {' | '.join(cells)} |"


CARDS_PATH = Path("docs/cards.md")

CARDS_HEAD = """\
# Cards

A card says what is known of a list apart from its rows: who issues it, under what law, how to read it, how much to
expect. It is a YAML file that follows the JSON Schema `answerable.card/1` (in the package,
`answerable/lists/card.schema.json`), so that an editor can help while typing.

The ground of a listing is what the issuer states in the file. A card never fills it in: where the file has no such
column, the ground stays blank, and a licence policy is no ground. `ground_class` only groups listings in reports.

```yaml
{example}```

## Fields

| field | needed | what it is |
|---|---|---|
{fields}

## Columns of the readers `table` and `links_table`

Each takes the heading of a column, or `{{heading: …, split: "; "}}` where a cell holds several values, and those that may
have several columns take a list of these.

| column | what it is |
|---|---|
{columns}

## Options

| option | what it does |
|---|---|
{options}

<!-- Made by tools/make_reference.py from the schema. -->
"""


def make_cards() -> str:
    """Return `docs/cards.md`."""
    package = resources.files("answerable.lists")
    schema = json.loads(package.joinpath("card.schema.json").read_text(encoding="utf-8"))
    properties = schema["properties"]
    needed = schema["required"]
    return CARDS_HEAD.format(
        example=package.joinpath("cards", "us_dod_1260h.yaml").read_text(encoding="utf-8"),
        fields=_table(properties, lambda name: "yes" if name in needed else ""),
        columns=_table(properties["columns"]["properties"]),
        options=_table(properties["options"]["properties"]),
    )


def _table(properties: dict[str, Any], middle: Callable[[str], str] | None = None) -> str:
    rows = []
    for name, each in properties.items():
        said = each.get("description", "").replace("|", "\\|")
        cells = [f"`{name}`", *([middle(name)] if middle else []), said]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)

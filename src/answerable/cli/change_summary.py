"""What the terminal shows of changes: coverage of both first, then what differs and why."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from answerable.cli.talk import printable
from answerable.exposure.changes.words import (
    PART_WORDS,
    SAYS_NOT,
    list_absent,
    list_searched,
    list_shown,
    say_counts,
    say_side,
    say_status,
)
from answerable.model.change import Changes, Difference, RowChange, ScreeningSide

MOST_ROWS = 20
"""Rows that the terminal shows; the outputs hold all."""

SIGNS = {"new": "+", "gone": "-", "changed": "~"}
STYLES = {"new": "yellow", "gone": "green", "changed": "cyan"}


def summarise_changes(changes: Changes, outputs: Sequence[Path]) -> None:
    """Show what differs, on stderr: data goes to stdout with `--out -`."""
    console = Console(stderr=True, highlight=False, markup=False)
    for what, side in (("Before", changes.old), ("Now", changes.new)):
        _print_side(console, what, side)
    console.print(say_counts(changes), style="bold")
    if changes.whole:
        console.print()
        console.print("For every row", style="bold")
    for each in changes.whole:
        _print_difference(console, each, 2)
    for row in changes.rows[:MOST_ROWS]:
        _print_row(console, row)
    if len(changes.rows) > MOST_ROWS:
        console.print()
        console.print(f"… and {len(changes.rows) - MOST_ROWS:,} more rows, in the outputs")
    console.print()
    console.print(SAYS_NOT[0], style="italic")
    _print_places(console, outputs, changes)


def _print_side(console: Console, what: str, side: ScreeningSide) -> None:
    console.print(f"{what}: {printable(say_side(side))}", style="bold")
    for each in list_searched(side):
        _print_indented(console, Text(printable(each)), 2)
    absent = list_absent(side)
    if absent:
        _print_indented(console, Text(f"Known and not searched: {len(absent):,} lists"), 2)
    console.print()


def _print_row(console: Console, row: RowChange) -> None:
    console.print()
    console.print(Text(f"row {row.row}  {printable(row.name)}", "bold"))
    statuses = [say_status(each) for each in (row.old_status, row.new_status)]
    moved = " → ".join(statuses) if statuses[0] != statuses[1] else f"{statuses[0]}, as before"
    _print_indented(console, Text(f"{moved}  [{row.id}]"), 2)
    if row.paired_by in ("identifier", "name"):
        _print_indented(console, Text(f"known again by its {row.paired_by}"), 2)
    for each in list_shown(row):
        _print_difference(console, each, 2)


def _print_difference(console: Console, each: Difference, left: int) -> None:
    about = f" {printable(each.about)}" if each.about else ""
    said = [printable(text) for text in (each.old, each.new) if text is not None]
    line = Text(f"{SIGNS[each.kind]} {PART_WORDS[each.part]}{about}", STYLES[each.kind])
    line.append(f": {' → '.join(said)}" if said else "", "default")
    _print_indented(console, line, left)
    texts = [Text(printable(cause.text)) for cause in each.causes]
    if len(texts) == 1:
        _print_indented(console, Text("because: ") + texts[0], left + 2)
        return
    _print_indented(console, Text("because of one of:"), left + 2)
    for text in texts:
        _print_indented(console, text, left + 4)


def _print_indented(console: Console, text: Text, left: int) -> None:
    console.print(Padding(text, (0, 0, 0, left), expand=False))


def _print_places(console: Console, outputs: Sequence[Path], changes: Changes) -> None:
    console.print()
    for each in outputs:
        console.print(f"Written: {printable(str(each))}")
    if not outputs and not changes.is_empty:
        console.print("For a report add --out changes.html or --out changes.xlsx")

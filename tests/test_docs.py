"""The documentation about itself: its examples run, and it knows every command, list and word."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from answerable.cli.commands import app
from answerable.lists.cards import known_cards
from answerable.model.finding import STATUSES
from tests.conftest import ROOT

DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(console|text) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ answerable ([^\n]*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
AS_PRINTED = re.compile(r"sha256:\w+  # as printed for (\S+)")
WALKS = sorted((DOCS / "walks").glob("*.md"))
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands)  # type: ignore[union-attr]


def follow(page: Path, folder: Path) -> int:
    """Run the console blocks of a page in a folder; return how many commands there were.

    A block of text that bears a file's name is written to that file first, or added to it where a
    plus stands behind the name. Where the page shows the id of a capture as printed for a file,
    the one that was printed is put in.
    """
    count = 0
    captures: dict[str, str] = {}
    for kind, name, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "text":
            put = AS_PRINTED.sub(lambda found: captures[found[1]], body)
            with (folder / name.removesuffix(" +")).open(
                "a" if name.endswith("+") else "w"
            ) as file:
                file.write(put)
            continue
        for command, expected in COMMAND.findall(body):
            words = shlex.split(command)
            shown = run(words, folder)
            assert matches(expected, shown), f"{command}\n{shown}"
            if words[0] == "capture":
                captures[words[1]] = re.search(r"sha256:[0-9a-f]{64}", shown)[0]  # type: ignore[index]
            count += 1
    return count


def run(words: list[str], folder: Path) -> str:
    """Run a command of ours, which has to succeed, and return all that it said."""
    ran = subprocess.run(
        [sys.executable, "-m", "answerable", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    shown = ran.stdout + ran.stderr
    assert ran.returncode == 0, f"{shlex.join(words)}\n{shown}"
    return shown


def matches(expected: str, shown: str) -> bool:
    """Tell whether an output is as expected, where a line of three dots stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\s*\n"
        for line in expected.splitlines()
    )
    return re.fullmatch(pattern, shown) is not None


def test_the_first_screening_is_as_the_page_shows(tmp_path: Path) -> None:
    assert follow(DOCS / "start.md", tmp_path) >= 5


@pytest.mark.parametrize("page", WALKS, ids=lambda page: page.stem)
def test_a_walk_leads_from_files_to_what_is_handed_over(page: Path, tmp_path: Path) -> None:
    assert follow(page, tmp_path) >= 8


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_stands_in_the_docs(name: str) -> None:
    [command] = [
        each
        for each in app.registered_commands
        if (each.name or each.callback.__name__) == name  # type: ignore[union-attr]
    ]
    assert command.callback
    assert command.callback.__doc__
    assert f"## {name}\n" in (DOCS / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("list_id", sorted(known_cards()))
def test_every_known_list_stands_in_the_docs(list_id: str) -> None:
    assert f"`{list_id}`" in (DOCS / "lists.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_explained(status: str) -> None:
    assert f"| `{status}` |" in (DOCS / "findings.md").read_text(encoding="utf-8")


PAGES = [*sorted(set(DOCS.rglob("*.md")) - set(DOCS.glob("_build/**/*.md"))), ROOT / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_python_examples_run(page: Path) -> None:
    for example in Sybil([PythonCodeBlockParser()]).parse(page).examples():
        example.evaluate()

"""The tellings of the story agree: package docstring, layers, verbs, order of the commands."""

import re
import tomllib
from pathlib import Path

import answerable
from answerable import story
from answerable.cli.commands import app
from tests.conftest import ROOT

PACKAGES = ["evidence", "lists", "matching", "exposure", "dossier", "call"]


def steps_of_docstring() -> dict[str, str]:
    return dict(re.findall(r"^(\w+)\n    .*\(`(\w+)`\)$", answerable.__doc__ or "", re.MULTILINE))


def layers() -> list[str]:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [contract] = [
        each
        for each in content["tool"]["importlinter"]["contracts"]
        if each["name"] == "The story runs one way"
    ]
    names = [name.strip() for layer in contract["layers"] for name in layer.split("|")]
    return [name for name in names if not name.startswith("(")]


def commands() -> list[str]:
    return [each.name or each.callback.__name__ for each in app.registered_commands]  # type: ignore[union-attr]


def test_the_docstring_names_the_steps_that_are_built() -> None:
    steps = steps_of_docstring()
    assert list(steps) == PACKAGES
    assert all((Path(answerable.__file__).parent / name).is_dir() for name in steps)


def test_the_layers_run_against_the_story() -> None:
    order = [name for name in layers() if name in PACKAGES]
    assert order == list(reversed(PACKAGES))


def test_every_verb_of_the_docstring_is_a_function_and_a_command() -> None:
    for verb in steps_of_docstring().values():
        assert callable(getattr(story, verb))
        assert verb in commands()


def test_the_commands_come_in_the_order_of_the_story() -> None:
    told = re.findall(r"`(\w+)`", (story.__doc__ or "").split("Example:")[0])
    assert commands() == told


def test_no_function_bears_its_packages_name() -> None:
    assert not [name for name in PACKAGES if name in dir(story) and name != "lists"]

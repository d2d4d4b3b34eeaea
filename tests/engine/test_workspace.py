from pathlib import Path

import pytest

from answerable.engine.workspace import find_workspace, make_workspace, open_workspace
from answerable.errors import OutputUnwritable, WorkspaceFaulty, WorkspaceMissing


def test_a_new_workspace_opens_from_a_folder_below(tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "work")
    assert find_workspace(tmp_path / "work" / "lists") == made
    assert made.name == "work"
    assert len(made.id_key) == 32


def test_a_workspace_is_not_made_twice(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with pytest.raises(OutputUnwritable, match="workspace already"):
        make_workspace(tmp_path)


def test_a_gitignore_of_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine")
    make_workspace(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "mine"


def test_a_hostile_name_stays_a_name(tmp_path: Path) -> None:
    name = 'quote " and \\ and \n[screening]'
    assert "[screening]" in make_workspace(tmp_path, name).name


def test_no_workspace_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceMissing, match="answerable init"):
        find_workspace(tmp_path)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("threshold = 2", "over 0 and at most 1"),
        ("threshold = true", "number"),
        ('lists = "us_ofac_sdn"', "list of list ids"),
        ('id_key = "short"', "32 hexadecimal"),
        ("[max_age_days]\nus_ofac_sdn = -1", "number of days"),
        ("screening = 1", "not a table"),
        ("= broken", "Invalid"),
    ],
)
def test_a_faulty_setting_is_named(tmp_path: Path, line: str, why: str) -> None:
    key = "" if line.startswith("id_key") else f'id_key = "{"0" * 32}"\n'
    head = "" if line.startswith("screening") else "[workspace]\n"
    table = "[screening]\n" if line.startswith(("threshold", "lists")) else ""
    text = f"{head}{key}{table}{line}\n" if head else f"{line}\n"
    (tmp_path / "answerable.toml").write_text(text)
    with pytest.raises(WorkspaceFaulty, match=why):
        open_workspace(tmp_path)

"""Make the page of the fields of case files from their schemas."""

from pathlib import Path
from typing import Any

from answerable.evidence.cases.forms import FORMS, follow_reference, load_schema

PATH = Path("docs/case_files.md")

HEAD = """\
# Files of a case

A case is a folder `cases/<case>/` with up to seven YAML files, a summary, and a folder of translations.
`case.yaml` is needed; the others are where they are of use. Each may begin with its `schema`, and each follows a JSON Schema (draft 2020-12), with which an
editor helps while you type. A new case has them in its folder, in `.schemas/`, and its files name them in their
first line; an editor that knows YAML (the YAML language server, as in VS Code, Neovim, Emacs) reads that. Here they
are: {files} (the last is what the others share).

`summary.md` is Markdown. Words in it that pronounce a judgement are faults, unless they are quoted.

YAML is read by the rules of version 1.2: `on`, `no` and `2020-07-14` are text. References, tags and repeated keys are
refused, since each can make a file mean something else than it seems to.

How to write a case is told in [Cases](cases.md), how it is published in [Publishing](publish.md), the words of `predicate` in [Words for claims](predicates.md).

<!-- Made by tools/make_case_pages.py from the schemas. -->
"""


def make_case_files_page() -> str:
    """Return the page."""
    names = [*FORMS, "translation", "parts"]
    files = ", ".join(
        f"{{download}}`{name}.schema.json <../src/answerable/evidence/cases/schemas/{name}.schema.json>`"
        for name in names
    )
    told: set[str] = set()
    return HEAD.format(files=files) + "".join(_form(form, told) for form in (*FORMS, "translation"))


def _form(form: str, told: set[str]) -> str:
    schema = load_schema(f"{form}.schema.json")
    text = schema.get("description", "")
    intro = f"\n## {schema['title']}\n" + (f"\n{text}\n" if text else "")
    return intro + "".join(_tables(schema, f"{form}.yaml", told))


def _tables(schema: dict[str, Any], name: str, told: set[str]) -> list[str]:
    """Return the table of a map, then those of the maps in it, each once."""
    rows, inner = [], []
    for field, given in schema["properties"].items():
        property_ = follow_reference(given)
        need = "yes" if field in schema.get("required", ()) else ""
        rows.append(f"| `{field}` | {need} | {_cell(property_)} |")
        below = follow_reference(property_.get("items", {})) or property_
        if "properties" in below and below.get("title", field) not in told:
            told.add(below.get("title", field))
            inner.append((below, below.get("title", field)))
    head = f"\n### {name}\n" if not name.endswith(".yaml") else ""
    table = f"{head}\n| field | needed | what it is |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    return [table, *(each for below, title in inner for each in _tables(below, title, told))]


def _cell(schema: dict[str, Any]) -> str:
    text = str(schema.get("description", ""))
    words = follow_reference(schema).get("enum", ())
    shown = f" One of {', '.join(f'`{word}`' for word in words)}." if 0 < len(words) < 12 else ""
    return (text + shown).replace("|", "\\|")

"""Case files written: a case as YAML, and commented starting files for a new one."""

from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from answerable.engine.files import write_whole
from answerable.errors import OutputUnwritable, UsageError
from answerable.evidence.cases.drafts import MAPS, SECTIONS
from answerable.evidence.cases.folders import SUMMARY, is_case_name
from answerable.evidence.cases.nouns import show_noun, show_source, show_translation
from answerable.evidence.cases.translated import FOLDER
from answerable.model.case import Case

_TITLE = "TITLE-OF-THE-CASE"


class _Writer(yaml.SafeDumper):
    """YAML without references, lists indented under their key."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def write_case(case: Case, folder: Path) -> None:
    """Write a case's files into a folder, such that `read_case` gives the same case back.

    Files that are there are replaced, comments in them are lost: it is for cases that come from
    elsewhere.

    Args:
        case: The case; its name is that of the folder.
        folder: Made if missing.

    Raises:
        OutputUnwritable: The disk refused it.

    Example:
        >>> import tempfile
        >>> from answerable.evidence.cases.drafts import read_case
        >>> case = Case("lakeside", "Cameras at Lakeside", ("The editors",))
        >>> folder = Path(tempfile.mkdtemp()) / "lakeside"
        >>> write_case(case, folder)
        >>> read_case(folder) == (case, ())
        True
    """
    _make_folder(folder)
    if case.translations:
        _make_folder(folder / FOLDER)
    for name, content in _contents(case).items():
        _write(folder / name, dump_yaml(content))
    if case.summary:
        _write(folder / SUMMARY, case.summary)


def dump_yaml(content: Any) -> str:
    """Return YAML of plain values, keys in their own order.

    Example:
        >>> print(dump_yaml({"on": "2026-01-05", "year": "2026", "list": ["a"]}), end="")
        'on': '2026-01-05'
        year: '2026'
        list:
          - a
    """
    return yaml.dump(content, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=96)


def _contents(case: Case) -> dict[str, dict[str, Any]]:
    about = {"title": case.title, "editors": list(case.editors), "language": case.language}
    if case.not_shown:
        about["not_shown"] = list(case.not_shown)
    contents: dict[str, dict[str, Any]] = {"case.yaml": {"schema": "answerable.case/1", **about}}
    for section, form in SECTIONS.items():
        file = contents.setdefault(f"{form}.yaml", {"schema": f"answerable.{form}/1"})
        show = show_source if section == "sources" else show_noun
        file[section] = [show(each) for each in getattr(case, section)]
    for name in MAPS:
        value = getattr(case, name)
        if value is not None:
            contents["call.yaml"][name] = value if isinstance(value, str) else show_noun(value)
    for page in case.translations:
        contents[f"{FOLDER}/{page.language}.yaml"] = show_translation(page)
    return contents


def draft_case(folder: Path, name: str, title: str | None = None) -> tuple[Path, ...]:
    """Write commented starting files for a new case.

    The files are checked without an error as they are, and hold one invented example of every
    entry, commented out. The schemas are laid into the folder, in `.schemas`, and each file names
    its own in the first line, so that an editor helps while typing.

    Args:
        folder: The folder of all cases, such as `cases` of a workspace.
        name: Name of the case, which becomes its folder's.
        title: Title for people; by default the name.

    Returns:
        The files that were written.

    Raises:
        UsageError: The name cannot be that of a folder of a case.
        OutputUnwritable: The case is there already, or the disk refused it.

    Example:
        >>> import tempfile
        >>> files = draft_case(Path(tempfile.mkdtemp()), "lakeside")
        >>> [file.name for file in files][:2]
        ['case.yaml', 'sources.yaml']
    """
    if not is_case_name(name):
        raise UsageError(
            f"{name!r} cannot be the name of a case. Use lower case letters, digits, hyphens, "
            "full stops and underscores, 64 at most."
        )
    place = folder / name
    if place.exists():
        raise OutputUnwritable(str(place), "there is a case of this name already")
    _make_folder(place)
    shown = dump_yaml(title or name).splitlines()[0]
    starts = resources.files("answerable.evidence.cases") / "starts"
    for file in _STARTS:
        text = (starts / file).read_text(encoding="utf-8")
        if file.endswith(".yaml"):
            _write(place / file, _HINT.format(Path(file).stem) + text.replace(_TITLE, shown))
        else:
            _write(place / file, text.replace(_TITLE, title or name))
    _lay_schemas(place / ".schemas")
    return tuple(place / file for file in _STARTS)


_STARTS = (
    "case.yaml",
    "sources.yaml",
    "claims.yaml",
    "decisions.yaml",
    "opinions.yaml",
    "call.yaml",
    "corrections.yaml",
    SUMMARY,
)


_HINT = "# yaml-language-server: $schema=.schemas/{}.schema.json\n"


def _lay_schemas(folder: Path) -> None:
    _make_folder(folder)
    schemas = resources.files("answerable.evidence.cases") / "schemas"
    for schema in schemas.iterdir():
        if schema.name.endswith(".json"):
            _write(folder / schema.name, schema.read_text(encoding="utf-8"))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(str(folder), error.strerror or str(error)) from error


def _write(path: Path, text: str) -> None:
    with write_whole(path) as file:
        file.write(text.encode())

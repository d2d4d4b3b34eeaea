"""The folder of a case: which files are in it, and what can be read of them."""

from pathlib import Path

from answerable.engine.yaml_text import MOST_BYTES, YamlText, read_yaml
from answerable.evidence.cases.faults import Fault
from answerable.evidence.cases.forms import FORMS

SUMMARY = "summary.md"
_NAME = "lower case letters, digits, hyphens, full stops and underscores"


def check_folder(folder: Path) -> list[Fault]:
    """Tell what is wrong with a folder: its name, and which files are in it."""
    faults = []
    if not is_case_name(folder.name):
        faults.append(
            _whole(
                "case.yaml",
                "case_name",
                f"The folder's name {folder.name!r} cannot be the name of a case.",
                f"Rename it: {_NAME}, 64 at most.",
            )
        )
    if not (folder / "case.yaml").is_file():
        faults.append(
            _whole(
                "case.yaml",
                "file_missing",
                "The file case.yaml is missing.",
                "Write it with `title:` and `editors:`, or begin with `answerable draft CASE`.",
            )
        )
    known = {f"{form}.yaml" for form in FORMS}
    strangers = sorted(p.name for p in folder.glob("*.y*ml") if p.name not in known)
    return faults + [_stranger(name) for name in strangers]


def is_case_name(name: str) -> bool:
    """Tell whether a folder's name can be that of a case.

    Example:
        >>> is_case_name("lakeside-2026"), is_case_name("../lakeside")
        (True, False)
    """
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    return 0 < len(name) <= 64 and name[0] in letters and set(name) <= {*letters, *"._-"}


def _stranger(name: str) -> Fault:
    files = ", ".join(f"{form}.yaml" for form in FORMS)
    return Fault(
        name,
        0,
        0,
        "file_unread",
        f"The file {name} is not read.",
        f"Files are: {files}.",
        "warning",
    )


def _whole(file: str, code: str, sentence: str, mend: str) -> Fault:
    return Fault(file, 0, 0, code, sentence, mend)


def read_form(folder: Path, form: str, faults: list[Fault]) -> YamlText:
    """Read a YAML file of a case, and note its faults; a file that is not there is empty."""
    name = f"{form}.yaml"
    data = _read_bytes(folder / name, faults)
    if data is None:
        return YamlText()
    text = read_yaml(data)
    for fault in text.faults:
        place = fault.place
        faults.append(Fault(name, place.line, place.column, fault.code, fault.sentence, fault.mend))
    if text.content is None and not text.faults and form == "case":
        text.content = {}
    return text


def _read_bytes(path: Path, faults: list[Fault]) -> bytes | None:
    """Return a file's bytes, None where there is none; never more than the limit and one."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        why = error.strerror or str(error)
        faults.append(
            _whole(path.name, "file_unreadable", f"The file cannot be read: {why}.", "Mend that.")
        )
        return None


def read_summary(folder: Path, faults: list[Fault]) -> str:
    """Read the summary of a case, and note its faults; empty where there is none."""
    data = _read_bytes(folder / SUMMARY, faults) or b""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
        faults.append(
            _whole(SUMMARY, "no_utf8", "The file is not UTF-8.", "Save it with the encoding UTF-8.")
        )
    if len(data) > MOST_BYTES:
        faults.append(_whole(SUMMARY, "too_large", "The file is too large.", "Shorten it."))
    return text.replace("\r\n", "\n")

"""The page of a case in other languages: one file for each, read with the place of every value."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from answerable.engine.yaml_text import Path as Way
from answerable.engine.yaml_text import Place
from answerable.evidence.cases import nouns
from answerable.evidence.cases.faults import Fault
from answerable.evidence.cases.folders import read_form
from answerable.evidence.cases.forms import is_language
from answerable.evidence.cases.schema_faults import find_schema_faults
from answerable.model.call import PageTranslation

FOLDER = "translations"
MOST_LANGUAGES = 50
"""Most languages of a page."""

Places = dict[str, Mapping[Way, Place]]


def read_translations(
    folder: Path, faults: list[Fault]
) -> tuple[tuple[PageTranslation, ...], Places]:
    """Read the translations of a case in the order of their tags, and note their faults.

    Args:
        folder: The folder of the case.
        faults: Gets what is wrong; a file with a fault of form is left out.

    Returns:
        The translations, and for each file the place of every value.
    """
    found: list[PageTranslation] = []
    places: Places = {}
    files = sorted((folder / FOLDER).glob("*.yaml"))
    for file in files[:MOST_LANGUAGES]:
        form = f"{FOLDER}/{file.stem}"
        known = len(faults)
        text = read_form(folder, form, faults)
        places[f"{form}.yaml"] = text.places
        if not is_language(file.stem):
            sentence, mend = f"The file's name {file.stem[:80]!r} is no language.", _NAME
            faults.append(Fault(f"{form}.yaml", 0, 0, "file_name", sentence, mend))
        elif text.content is not None:
            _note_faults(f"{form}.yaml", text.content, text.places, faults)
            if len(faults) == known:
                found.append(nouns.make_translation(file.stem, text.content))
    if len(files) > MOST_LANGUAGES:
        sentence = f"There are {len(files):,} translations; {MOST_LANGUAGES} at most are read."
        faults.append(Fault(FOLDER, 0, 0, "too_many", sentence, "Move some away."))
    return tuple(found), places


_NAME = "Name it by the BCP 47 tag of its language, such as ug.yaml or zh-Hans.yaml."


def _note_faults(file: str, content: Any, places: Mapping[Way, Place], faults: list[Fault]) -> None:
    for way, code, sentence, mend in find_schema_faults("translation", content):
        steps = (way[:end] for end in range(len(way), -1, -1))
        place = next((places[step] for step in steps if step in places), Place(0, 0))
        faults.append(Fault(file, place.line, place.column, code, sentence, mend))

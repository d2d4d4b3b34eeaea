"""Make the words by which names of natural persons are recognised, from OFAC's public lists.

    python -m tools.make_person_words SDN.csv ALT.csv [SDN.csv ALT.csv …]

Each pair is an edition in OFAC's legacy form (a work of the US federal government). Given to
`src/answerable/lists/data/person_words.tsv`: words of two or more letters, how often they are
given names, surnames, or stand in names of entities. No full name of anybody is in it.
"""

import csv
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PATH = Path(__file__).resolve().parent.parent / "src/answerable/lists/data/person_words.tsv"
_WORD = re.compile(r"[a-z]{2,}")
_HEADER = """\
# Words in names on OFAC's lists: word, times in given names, in surnames, in names of entities.
# Made by tools/make_person_words.py from the SDN and consolidated lists (works of the US federal
# government). Each word stands alone: no name of a person is here as a whole.
"""


def words(text: str) -> set[str]:
    """Return the words of a name in plain lower-case letters, each once."""
    plain = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return set(_WORD.findall(letters.replace("'", "")))


def read_names(prim: Path, alt: Path) -> Iterator[tuple[str, str]]:
    """Yield type and name of each entry, and of each of its aliases."""
    types: dict[str, str] = {}
    with prim.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 2:
                types[row[0]] = row[2].strip()
                yield types[row[0]], row[1]
    with alt.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 3 and row[2] != "nka":
                yield types.get(row[0], ""), row[3]


def count(editions: list[tuple[Path, Path]]) -> str:
    """Return the table of words, in alphabetical order."""
    given: Counter[str] = Counter()
    surnames: Counter[str] = Counter()
    entities: Counter[str] = Counter()
    names = {pair for prim, alt in editions for pair in read_names(prim, alt)}
    for kind, name in names:
        if kind == "individual" and ", " in name:
            surname, _, rest = name.partition(", ")
            surnames.update(words(surname))
            given.update(words(rest))
        elif kind != "individual":
            entities.update(words(name))
    kept = sorted(word for word in given | entities if given[word] or entities[word])
    lines = [f"{word}\t{given[word]}\t{surnames[word]}\t{entities[word]}" for word in kept]
    return _HEADER + "\n".join(lines) + "\n"


if __name__ == "__main__":
    files = [Path(each) for each in sys.argv[1:]]
    PATH.write_text(count(list(zip(files[::2], files[1::2], strict=True))), encoding="utf-8")

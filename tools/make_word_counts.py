"""Make `matching/data/word_counts.tsv`: in how many company names a word occurs.

Run as `python -m tools.make_word_counts SPONSORS.csv NAMES.csv.gz [LIST.csv ...]`, with the names in
the first column of each file, below a heading. Only words that occur in at least five names are
written, so that no single name can be read out of the table.
"""

import csv
import gzip
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from answerable.matching.names import list_lead_pairs, list_variants, take_apart

PATH = Path("src/answerable/matching/data/word_counts.tsv")
LEAST = 5

HEADER = """\
# In how many of {names} company names a word occurs; words in fewer than {least} names are left out.
# word <TAB> names. The first row counts the names. Two words are the two that lead a name, or a
# place and the word that leads.
# Made by tools/make_word_counts.py from the UK register of licensed sponsors (121,374 names, 2026-06-25;
# contains public sector information licensed under the Open Government Licence v3.0) and 61,680 names of
# listed and registered companies (FinanceDatabase, edgartools, sec-cik-mapper: MIT; OFAC SDN: US government).
"""


def _names(path: Path) -> Iterator[str]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = csv.reader(data.decode("utf-8-sig").splitlines())
    next(rows)
    yield from (row[0] for row in rows if row)


def make_word_counts(paths: list[Path]) -> str:
    """Return the text of `word_counts.tsv` for the names of some files."""
    counts: Counter[str] = Counter()
    names = {name for path in paths for name in _names(path)}
    for name in names:
        parts = [take_apart(each) for each in list_variants(name)]
        counts.update({word for each in parts for word in each.core})
        counts.update({place.words for each in parts for place in each.places})
        counts.update({pair for each in parts for pair in list_lead_pairs(each)})
    lines = [f"{word}\t{count}" for word, count in sorted(counts.items()) if count >= LEAST]
    header = HEADER.format(names=f"{len(names):,}", least=LEAST)
    return header + f"\t{len(names)}\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PATH.write_text(make_word_counts([Path(each) for each in sys.argv[1:]]), encoding="utf-8")

"""Real names to learn from, with what is known of who bears them.

Every source is a register of bearers: the names of one bearer are names of one organisation, and
two bearers of one source are two organisations. Across sources nothing is known.
"""

import csv
import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from answerable.lists.persons import is_person

LABELLED = "names/labelled_pairs/labelled_pairs_dev.csv"
BILINGUAL = "names/cn_listed_bilingual/cn_listed_bilingual_short_dev.csv"
SPONSORS = "suppliers/uk_licensed_sponsors/skilled_worker_names.csv"
ENTITY_LIST = "lists/bis/bis_entity_list_2025-11-08.csv"
LISTED = "lists/ofac_sdn_2021/sdn.csv"
REAL_NAMES = "names/real_names/real_names.csv.gz"
JUDGES = ("names/multiscript/multiscript_dev.csv", "names/nomenklatura_name_bench/cases.csv")

PAR_VALUE = re.compile(
    r"\b[A-Z]{2}\s?-?,?\d|\bO\.?N\.?$|\bADR|\bADS\b|\bGDR|\bINH\.?|\bORD SHS|\bYC ?\d|\(NEW\)"
    r"|\bREIT\b|/ ?\w{2,3} ?/?$|\bETCs?\b|\bETFs?\b",
)
"""Names as exchanges cut them, with currency, par value or country, and names of papers rather than
companies: no buyer writes such names."""

MOST_ALIASES = 4
"""Aliases of one bearer that are used, so that few bearers do not outweigh many."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """An organisation of a source, and the names it is known to bear there.

    Args:
        id: Its number in the source, with the source ahead.
        names: Its names, at least one.
        aliases: Pairs of its names that are labelled as names of one company, with their kind.
    """

    id: str
    names: tuple[str, ...]
    aliases: tuple[tuple[str, str, str], ...] = ()

    @property
    def source(self) -> str:
        """The source in which this bearer is another organisation than every other bearer."""
        return self.id.partition(":")[0]


def read_corpus(data: Path) -> list[Bearer]:
    """Return the bearers of all sources, in the order of the sources and their rows.

    Args:
        data: Folder of the shared data.
    """
    return [
        *read_labelled(read_rows(data / LABELLED)),
        *read_bilingual(read_rows(data / BILINGUAL)),
        *read_entity_list(read_rows(data / ENTITY_LIST)),
        *read_listed(data / LISTED),
        *read_sponsors(read_rows(data / SPONSORS)),
    ]


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a heading, plain or gzipped."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))


def read_labelled(rows: Iterable[dict[str, str]]) -> Iterator[Bearer]:
    """Yield the groups of labelled pairs: names that share an ISIN, a FIGI, a CIK or an entry."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        pair = (row["name1"], row["name2"], row["source"])
        if not any(map(PAR_VALUE.search, pair[:2])):
            groups.setdefault(row["group"], []).append(pair)
    for group, pairs in groups.items():
        names = tuple(dict.fromkeys(name for one, two, _ in pairs for name in (one, two)))
        yield Bearer(f"labelled:{group}", names, tuple(pairs))


def read_bilingual(rows: Iterable[dict[str, str]]) -> Iterator[Bearer]:
    """Yield listed Chinese companies: their short name at the exchange, and their English name."""
    for row in rows:
        short, english = row["name_zh_short"], row["name_en"]
        yield Bearer(
            f"bilingual:{row['symbol']}", (short, english), ((short, english, "cn_short"),)
        )


def read_entity_list(rows: Iterable[dict[str, str]]) -> Iterator[Bearer]:
    """Yield the organisations of the Entity List with their first aliases.

    The aliases are no pairs of one company to learn from: of 60 read by hand that the weights miss,
    most are other names (a number for a name) or institutes beneath the organisation.
    """
    for row in rows:
        aliases = [alias for alias in row["aliases"].split("; ") if alias][:MOST_ALIASES]
        if not is_person(row["name"]) and not any(map(is_person, aliases)):
            yield Bearer(f"bis:{row['row']}", (row["name"], *aliases))


def read_listed(path: Path) -> Iterator[Bearer]:
    """Yield the entities of the SDN list, whose aliases are among the labelled pairs already."""
    for row in csv.reader(path.read_text(encoding="latin-1").splitlines()):
        if len(row) > 2 and row[2].strip() == "-0-":
            yield Bearer(f"sdn:{row[0]}", (row[1],))


def read_sponsors(rows: Iterable[dict[str, str]]) -> Iterator[Bearer]:
    """Yield the organisations of the register of sponsors, which bear one name each."""
    names = dict.fromkeys(row["organisation_name"].strip() for row in rows)
    yield from (Bearer(f"sponsor:{at}", (name,)) for at, name in enumerate(names) if name)


def read_real_names(data: Path) -> list[str]:
    """Return names of companies of which nothing more is known, to search among."""
    names = (row["name"] for row in read_rows(data / REAL_NAMES))
    return [name for name in names if not PAR_VALUE.search(name)]


def read_judges(data: Path) -> set[str]:
    """Return all names of the sets that judge, which nothing may be learned from."""
    rows = [row for name in JUDGES for row in read_rows(data / name)]
    return {row[column] for row in rows for column in ("name1", "name2")}

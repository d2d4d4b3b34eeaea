"""Where the measured data lies, and how it is read.

The labelled sets, the register of sponsors and the full lists may not all ship: with the folder
`shared/data` beside the repository (or named by ANSWERABLE_DATA) they are used.
"""

import csv
import gzip
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("ANSWERABLE_DATA", ROOT.parent / "shared" / "data"))

NAME_BENCH = DATA / "names/nomenklatura_name_bench/cases.csv"
MULTISCRIPT = DATA / "names/multiscript/multiscript_dev.csv"
LABELLED = DATA / "names/labelled_pairs/labelled_pairs_dev.csv"
REAL_NAMES = DATA / "names/real_names/real_names.csv.gz"
REGISTER = DATA / "suppliers/uk_licensed_sponsors/skilled_worker_names.csv"
EXAMPLE = ROOT / "src/answerable/exposure/example/demo_suppliers.csv"

FULL_LISTS = {
    "us_bis_entity_list": ["lists/bis/bis_entity_list_2025-11-08.csv"],
    "us_dod_1260h": ["lists/dod_1260h/section_1260h_2025-01-07.csv"],
    "us_ofac_consolidated": [
        f"lists/ofac_consolidated/cons_{n}.csv" for n in ("prim", "alt", "add")
    ],
    "us_ofac_sdn": [f"lists/ofac_sdn_2021/{name}.csv" for name in ("sdn", "alt", "add")],
}
"""Files of the full lists; the small dated copies that ship are used where they are missing."""

EDITIONS = {"us_ofac_sdn": "2021-07-07", "us_ofac_consolidated": "2025-12-19"}
"""Editions that the files of a list do not tell."""


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a heading, plain or gzipped.

    Args:
        path: The file, UTF-8 with or without a byte order mark.
    """
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))


def read_sponsors() -> list[str]:
    """Return the names of the UK register of sponsors, or of the shipped cut of it, in order."""
    rows = read_rows(REGISTER if REGISTER.exists() else EXAMPLE)
    return [list(row.values())[-1] for row in rows]


def read_real_names() -> list[str]:
    """Return real names of companies in Latin script, distinct, in the order of the file."""
    return list(dict.fromkeys(row["name"] for row in read_rows(REAL_NAMES)))

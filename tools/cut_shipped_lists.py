"""Cut the copies of lists that ship from whole editions, so that each cut can be made again.

    python -m tools.cut_shipped_lists FOLDER [--check]

FOLDER holds the whole files as in `lists/` of the developers' data. With --check nothing is
written; the exit code is 1 if a shipped file differs from its cut.
"""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

SHIPPED = Path(__file__).resolve().parent.parent / "src/answerable/lists/shipped"
XINJIANG_BODIES = frozenset({"29159", "29299"})
ALSO = ("Hytera ",)  # the example holds a UK company of this name
PERSON_ROWS = frozenset({"Wingel Zhang"})  # a row of the BIS subset whose name is a person's


def cut_all(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the path of each shipped file and its bytes."""
    yield SHIPPED / "us_bis_entity_list/bis_entity_list.csv", cut_bis(folder)
    table = folder / "dod_1260h/section_1260h_2025-01-07.csv"
    yield SHIPPED / "us_dod_1260h/section_1260h_2025-01-07.csv", table.read_bytes()
    cons = {role: folder / f"ofac_consolidated/cons_{role}.csv" for role in ("prim", "alt", "add")}
    kept = find_program(cons["prim"], "CMIC-EO13959")
    for path in cons.values():
        yield SHIPPED / "us_ofac_consolidated" / path.name, cut_ofac(path, kept)
    for name in ("sdn.csv", "alt.csv", "add.csv"):
        path = folder / "ofac_sdn_2021" / name
        yield SHIPPED / "us_ofac_sdn" / name, cut_ofac(path, XINJIANG_BODIES)


def cut_bis(folder: Path) -> bytes:
    """Return the rows on Huawei, Xinjiang and Hytera: the issuer's columns, no natural person."""
    subset = _read_table(folder / "bis/bis_huawei_and_xinjiang_subset.csv")
    whole = _read_table(folder / "bis/bis_entity_list_2025-11-08.csv")
    numbers = {row["row"] for row in subset if row["name"] not in PERSON_ROWS}
    kept = [row for row in whole if row["row"] in numbers or row["name"].startswith(ALSO)]
    out = io.StringIO()
    headings = [heading for heading in whole[0] if heading != "row"]
    writer = csv.DictWriter(out, headings, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return out.getvalue().encode()


def _read_table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def find_program(path: Path, program: str) -> frozenset[str]:
    """Return the numbers of entries of one programme that are no natural persons."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 3]
    return frozenset(row[0] for row in rows if row[3] == program and row[2] != "individual")


def cut_ofac(path: Path, numbers: frozenset[str]) -> bytes:
    """Return the lines of some entries, byte by byte as published."""
    lines = path.read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if line.partition(b",")[0].decode() in numbers)


def run(folder: Path, check: bool) -> int:
    """Write the cuts, or compare them with what ships."""
    differs = 0
    for path, content in cut_all(folder):
        if check and (not path.is_file() or path.read_bytes() != content):
            print(f"{path} differs from its cut")
            differs = 1
        elif not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return differs


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), "--check" in sys.argv[2:]))

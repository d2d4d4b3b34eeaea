"""Make `dossier/fonts/`: the open fonts that pages are set in, and which characters they have.

All but one are whole files of Debian packages, as published. Of Noto Sans CJK only Hangul is kept,
under a name of its own. Install the packages, or unpack them into a folder and name that:

    apt-get install fonts-noto-core fonts-noto-cjk fonts-droid-fallback
    python -m tools.make_fonts [FOLDER]
"""

import hashlib
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SYSTEM_FONTS = Path("/usr/share/fonts")
TARGET = Path("src/answerable/dossier/fonts")

FAMILIES = {
    "Noto Serif": ("NotoSerif-Regular.ttf",),
    "Noto Sans": ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    "Noto Naskh Arabic": ("NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"),
    "Noto Sans Hebrew": ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"),
    "Answerable Hangul": ("AnswerableHangul-Regular.otf",),
    "Droid Sans Fallback": ("DroidSansFallbackFull.ttf",),
    "Noto Serif Tibetan": ("NotoSerifTibetan-Regular.ttf",),
    "Noto Sans Mongolian": ("NotoSansMongolian-Regular.ttf",),
    "Noto Sans Armenian": ("NotoSansArmenian-Regular.ttf",),
    "Noto Sans Georgian": ("NotoSansGeorgian-Regular.ttf",),
    "Noto Sans Ethiopic": ("NotoSansEthiopic-Regular.ttf",),
    "Noto Sans Devanagari": ("NotoSansDevanagari-Regular.ttf",),
    "Noto Sans Bengali": ("NotoSansBengali-Regular.ttf",),
    "Noto Sans Gurmukhi": ("NotoSansGurmukhi-Regular.ttf",),
    "Noto Sans Gujarati": ("NotoSansGujarati-Regular.ttf",),
    "Noto Sans Tamil": ("NotoSansTamil-Regular.ttf",),
    "Noto Sans Telugu": ("NotoSansTelugu-Regular.ttf",),
    "Noto Sans Kannada": ("NotoSansKannada-Regular.ttf",),
    "Noto Sans Malayalam": ("NotoSansMalayalam-Regular.ttf",),
    "Noto Sans Sinhala": ("NotoSansSinhala-Regular.ttf",),
    "Noto Sans Thai": ("NotoSansThai-Regular.ttf",),
    "Noto Sans Lao": ("NotoSansLao-Regular.ttf",),
    "Noto Sans Myanmar": ("NotoSansMyanmar-Regular.ttf",),
    "Noto Sans Khmer": ("NotoSansKhmer-Regular.ttf",),
    "Noto Sans Yi": ("NotoSansYi-Regular.ttf",),
}
"""Families in the order in which a character is looked for."""

HANGUL_FROM = ("NotoSansCJK-Regular.ttc", "Noto Sans CJK KR")
HANGUL_FILE = "AnswerableHangul-Regular.otf"
HANGUL_NAME = "Answerable Hangul"
HANGUL = [*range(0x1100, 0x1200), *range(0x3130, 0x3190), *range(0xAC00, 0xD7A4)]

HEADER = """\
# Which characters the fonts of this folder have: family <TAB> code points in hexadecimal.
# A family's line holds what all its files have. Made by tools/make_fonts.py.
"""


def make_fonts(source: Path) -> None:
    """Write fonts, coverage and digests into `TARGET`, from the fonts under a folder."""
    for files in FAMILIES.values():
        for name in files:
            if name == HANGUL_FILE:
                cut_hangul(find_font(source, HANGUL_FROM[0]), TARGET / name)
            else:
                shutil.copyfile(find_font(source, name), TARGET / name)
    (TARGET / "coverage.tsv").write_text(coverage_text(TARGET), encoding="utf-8")
    (TARGET / "SHA256SUMS").write_text(digest_text(TARGET), encoding="utf-8")


def find_font(source: Path, name: str) -> Path:
    """Return the one file of that name under a folder."""
    found = sorted(source.rglob(name))
    if not found:
        raise SystemExit(f"No {name} under {source}: see the head of this file.")
    return found[0]


def cut_hangul(collection: Path, out: Path) -> None:
    """Write the Hangul of a font collection as a font of its own name."""
    options = subset.Options()
    options.font_number = number_of(collection, HANGUL_FROM[1])
    options.hinting = False
    options.layout_features = ["ccmp", "ljmo", "vjmo", "tjmo"]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.recalc_timestamp = False
    font = subset.load_font(str(collection), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=HANGUL)
    cutter.subset(font)
    rename(font, HANGUL_NAME)
    subset.save_font(font, str(out), options)


def number_of(collection: Path, family: str) -> int:
    """Return the place of a family in a collection."""
    number = 0
    while True:
        with TTFont(collection, fontNumber=number, lazy=True) as font:
            if font["name"].getDebugName(1) == family:
                return number
        number += 1


def rename(font: TTFont, family: str) -> None:
    """Give a changed font its own name; whose it is and its licence stay."""
    plain = family.replace(" ", "")
    names = {1: family, 3: f"{plain}-1", 4: f"{family} Regular", 6: f"{plain}-Regular"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    cff = font["CFF "].cff
    cff.fontNames[0] = names[6]
    cff.topDictIndex[0].FullName = names[4]
    cff.topDictIndex[0].FamilyName = family


def coverage_text(folder: Path) -> str:
    """Return the text of `coverage.tsv`: what all files of a family have, by family."""
    lines = []
    for family, files in FAMILIES.items():
        maps = [read_codes(folder / name) for name in files]
        lines.append(f"{family}\t{ranges_text(sorted(set.intersection(*maps)))}\n")
    return HEADER + "".join(lines)


def read_codes(path: Path) -> set[int]:
    """Return the code points that a font has."""
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def ranges_text(codes: Iterable[int]) -> str:
    """Return code points as ranges, such as `20-7E,A0`."""
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ",".join(f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in ranges)


def digest_text(folder: Path) -> str:
    """Return the digests of the fonts, as `sha256sum --check` reads them."""
    files = sorted(name for files in FAMILIES.values() for name in files)
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items())


if __name__ == "__main__":
    make_fonts(Path(sys.argv[1]) if len(sys.argv) > 1 else SYSTEM_FONTS)

"""Make `evidence/search/han_variants.tsv`: Han signs that are searched for as another one.

Traditional to simplified: OpenCC (Apache-2.0). Signs that Japan simplified in its own way: the list
of `tools/make_han.py`. Used for the search index alone; texts and quotations are never changed.
"""

from pathlib import Path

from opencc import OpenCC

from tools.make_han import JAPAN

PATH = Path("src/answerable/evidence/search/han_variants.tsv")

HEADER = """\
# Han signs that are searched for as another one: sign <TAB> that one.
# Made by tools/make_han_variants.py. Simplified forms: OpenCC (Apache-2.0), and signs of Japan, written
# for this project.
"""


def make_variants() -> str:
    """Return the text of `han_variants.tsv`."""
    simplify = OpenCC("t2s").convert
    japan = dict(zip(JAPAN[::2], JAPAN[1::2], strict=True))
    lines = []
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        sign = chr(code)
        simple = japan.get(sign) or simplify(sign)
        if len(simple) == 1 and simple != sign:
            lines.append(f"{sign}\t{japan.get(simple) or simple}")
    return HEADER + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PATH.write_text(make_variants(), encoding="utf-8")

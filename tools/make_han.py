"""Make `matching/data/han.tsv`: Han signs, their simplified form, and how they are read.

Traditional to simplified: OpenCC (Apache-2.0). Readings: pypinyin (MIT), the most usual first. Signs
that Japan simplified in its own way were added for this project.
"""

from pathlib import Path

from opencc import OpenCC
from pypinyin import Style, pinyin

PATH = Path("src/answerable/matching/data/han.tsv")
MOST_READINGS = 3

HEADER = """\
# Han signs: sign <TAB> simplified <TAB> readings in pinyin without tones, the most usual first.
# Made by tools/make_han.py. Simplified forms: OpenCC (Apache-2.0), and signs of Japan, written for this
# project. Readings: pypinyin (MIT).
"""

JAPAN = "鉄铁製制広广沢泽電电気气発发産产業业総总銀银険险価价経经済济険险図图関关東东円圆駅驿県县検检験验帯带竜龙亀龟歩步戸户仏佛弁办芸艺虫虫"


def make_han() -> str:
    """Return the text of `han.tsv`."""
    simplify = OpenCC("t2s").convert
    japan = dict(zip(JAPAN[::2], JAPAN[1::2], strict=True))
    lines = []
    for code in range(0x4E00, 0xA000):
        sign = chr(code)
        simple = japan.get(sign) or simplify(sign)
        found = pinyin(simple, style=Style.NORMAL, heteronym=True)[0]
        readings = [each.replace("ü", "v") for each in found if each.isascii() or "ü" in each]
        if readings and readings[0] != simple:
            lines.append(f"{sign}\t{simple}\t{'|'.join(readings[:MOST_READINGS])}")
    return HEADER + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PATH.write_text(make_han(), encoding="utf-8")

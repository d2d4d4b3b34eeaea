"""Which encoding a text file is in, told from its bytes; the guess is always shown.

A byte-order mark decides. Without one, text that is valid UTF-8 is UTF-8. Else each of the usual
encodings reads the bytes, and the reading that looks most like words wins. Short files may be
read wrongly: so the encoding taken is returned, shown, and can be given by hand.
"""

import codecs
import re
import unicodedata
from functools import lru_cache

from answerable.errors import TableUnreadable, UsageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp")
_NARROW = (
    "cp1252", "cp1250", "cp1251", "cp1256", "cp1253", "cp1254", "cp1255", "cp1257", "cp874",
    "koi8-r", "koi8-u", "cp866",
)  # fmt: skip
_SAMPLE = 60_000

FREQUENT = {
    "gb18030": "公司有限责任股份集团科技技术中国工业贸易国际实业电子"
    "上海北京市省新材料供应商名称地址国家广东深圳的",
    "big5hkscs": "公司有限責任股份集團科技技術中國工業貿易國際實業電子"
    "上海台灣臺北市新供應商名稱地址國家香港的企業社",
    "cp932": "株式会社日本東京都工業電子商事製作所大阪会社名住所国取引先有限",
    "euc_jp": "株式会社日本東京都工業電子商事製作所大阪会社名住所国取引先有限",
    "cp949": "주식회사한국산업전자대한서울시공업상사무역이름주소국가업체명공급",
    "cp1251": "оеаинтсрвлкмдпуООО",
    "koi8-r": "оеаинтсрвлкмдпуООО",
    "koi8-u": "оеаинтсрвлкмдпуі",
    "cp866": "оеаинтсрвлкмдпуООО",
    "cp1256": "النشركةتجاريمود",
    "cp1252": "éèêàâôûçîïëüöäßñáíóúãõåøæÉÈÄÖÜ’“”–€",
    "cp1250": "łśćżźąęńóčřšžýáíéěůöüőűŁŚĆŻŹČŘŠŽđ",
    "cp1254": "ıİşŞğĞüöçÜÖÇ",
    "cp1257": "ąčęėįšųūžāēīķļņģĢŠČŽ",
    "cp1253": "αβγδεηικλμνοπρσςτυχωάέήίόύώ",
    "cp1255": "אבגדהוזחטילמנסעפקרשתםןף",
    "cp874": "กขคงจชดตทนบปพมยรลวสหอะาิีุูเแโไ่้็์",
}
"""Letters that are frequent in names and headings of the languages written in an encoding."""


def decode(data: bytes, encoding: str | None = None, file_name: str = "") -> tuple[str, str]:
    r"""Return the text of a file and the encoding it was read in.

    Args:
        data: The file's bytes.
        encoding: The encoding, if it is known; by default it is told from the bytes.
        file_name: Name shown in errors.

    Returns:
        The text without a byte-order mark, and the encoding as Python names it. A byte that does
        not fit becomes U+FFFD or, in a text that else is UTF-8, a surrogate from `\udc80` to
        `\udcff`, for `answerable.lists.mending` to read.

    Raises:
        UsageError: The encoding asked for does not exist.
        TableUnreadable: The bytes are no text.

    Example:
        >>> decode("поставщик;страна\nООО Выдумка;Россия".encode("cp1251"))[1]
        'cp1251'
    """
    if encoding:
        return _decode_as(data, encoding), codecs.lookup(encoding).name
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace").lstrip("\ufeff"), name
    wide = _utf16_name(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    _refuse_binary(data, file_name)
    if is_mostly_utf8(data):
        return data.decode("utf-8", errors="surrogateescape"), "utf-8"
    name = _likeliest(_sample(data))
    return data.decode(name, errors="replace"), name


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, errors="replace").lstrip("\ufeff")
    except (LookupError, UnicodeError) as error:
        raise UsageError(
            f"There is no text encoding called {encoding!r}. Usual ones: utf-8, cp1252, gb18030, "
            "big5, shift_jis, euc-kr, cp1251, cp1256."
        ) from error


def is_mostly_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8, but perhaps for a few that strayed in from elsewhere.

    Example:
        >>> is_mostly_utf8("Société".encode()), is_mostly_utf8("Société".encode("cp1252"))
        (True, False)
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="surrogateescape")
        faulty = len(re.findall("[\udc80-\udcff]", text))
        sound = len(re.findall("[^\x00-\x7f\udc80-\udcff]", text))
        return sound > 4 * faulty
    return True


def _utf16_name(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its line ends, commas and Latin letters, half of them zero."""
    start = data[: _SAMPLE & ~1]
    if len(data) % 2 or b"\x00" not in start:
        return None
    readings = {name: start.decode(name, errors="replace") for name in ("utf-16-le", "utf-16-be")}
    name = max(readings, key=lambda each: _share_of_words(readings[each]))
    return name if _share_of_words(readings[name]) > 0.95 else None


def _share_of_words(text: str) -> float:
    good = sum(1 for each in text if each in "\r\n\t" or unicodedata.category(each)[0] in "LNPZMS")
    plain = sum(1 for each in text if each < "\u3000" or "\u4e00" <= each <= "\u9fff")
    return min(good, plain) / max(1, len(text))


def _refuse_binary(data: bytes, file_name: str) -> None:
    start = data[:_SAMPLE]
    odd = sum(start.count(code) for code in range(32) if code not in (0, 9, 10, 11, 12, 13, 26, 27))
    if odd > len(start) * 0.02 or start.count(0) > len(start) * 0.2:
        raise TableUnreadable(
            file_name,
            "it is no text but binary data",
            "Open it in its own program and save the rows as CSV (UTF-8) or XLSX.",
        )


def _sample(data: bytes) -> bytes:
    """Return the lines that hold more than ASCII, up to a limit, for the readings to be weighed."""
    lines: list[bytes] = []
    length = 0
    for line in re.split(rb"[\r\n]+", data):
        if not line.isascii():
            lines.append(line)
            length += len(line)
            if length > _SAMPLE:
                break
    return b"\n".join(lines)


def _likeliest(sample: bytes) -> str:
    weighed = {name: _plausibility(sample, name) for name in (*_WIDE, *_NARROW)}
    return max(weighed, key=lambda name: weighed[name])


def _plausibility(sample: bytes, encoding: str) -> float:
    """Weigh one reading: mean over its non-ASCII bytes, so that readings can be compared."""
    text = sample.decode(encoding, errors="replace")
    frequent = _frequent(encoding)
    total = 0.0
    before = " "
    for each in text:
        if each > "\x7f":
            total += _weight(each, before, frequent, encoding in _WIDE)
        before = each
    beyond = sum(1 for byte in sample if byte > 127)
    return total / max(1, beyond)


@lru_cache(maxsize=32)
def _frequent(encoding: str) -> frozenset[str]:
    return frozenset(FREQUENT.get(encoding, ""))


def _weight(each: str, before: str, frequent: frozenset[str], is_wide: bool) -> float:
    """Weigh a letter: a wide one stands for two bytes."""
    if each == "\ufffd" or "\x80" <= each <= "\x9f" or "\ue000" <= each <= "\uf8ff":
        return -4.0
    if each in frequent:
        return 4.0 if is_wide else 1.0
    category = unicodedata.category(each)
    if is_wide:
        return _wide_weight(each)
    if category == "Lu" and before.islower():
        return -1.5
    if category[0] == "L" or category == "Mn":
        return 0.4
    return -1.0 if before.isalpha() else 0.0


def _wide_weight(each: str) -> float:
    try:
        lead = each.encode("gb2312")[0]
    except UnicodeEncodeError:
        lead = 0
    if "\uac00" <= each <= "\ud7a3" or "\u3040" <= each <= "\u30ff":
        return 1.8
    if "\u4e00" <= each <= "\u9fff":
        return 1.2 if 0xB0 <= lead <= 0xD7 else 0.4
    return 0.2 if each in "，。、（）：；《》“”　・ー「」" else -0.6

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
_LATIN = frozenset({"cp1252", "cp1250", "cp1254", "cp1257"})
_SAMPLE = 60_000
_USUAL_HANGUL = frozenset(
    "가각간갈감강개거건걸검게격견결경계고공과관광교구국군권귀규그근글금기길김나남내네노농누능"
    "니다단달담당대더도독동두드들등디라락란람래량러레려력련령로록론료루류률르른를름리린림립마"
    "만말망매머메면명모목무문물미민바박반발방배백버번벌법베벽변별병보복본봉부북분불브블비빈사"
    "산살삼상새색생서석선설성세소속손송수숙순술스습승시식신실심아안암압앙애액야약양어언업에여"
    "역연열영예오옥온올와완왕외요용우운울원월위유육율은을음응의이익인일임입자작장재저적전절점"
    "정제조족존종좌주죽준중즉증지직진질집차착찬참창채책처천철청체초촌총최추축출충취측치친칠카"
    "코쿠크타탁탄태택터테토통투트특파판팔패퍼페편평포폭표품풍프피필하학한할함합항해행향허헌현"
    "형호혼홍화확환활황회획효후훈휘흥희"
)
_USUAL_SIGNS = "£€’‘“”–—•…§®™°«»№"

FREQUENT = {
    "gb18030": "公司有限责任股份集团科技技术中国工业贸易国际实业电子"
    "上海北京市省新材料供应商名称地址国家广东深圳的",
    "big5hkscs": "公司有限責任股份集團科技技術中國工業貿易國際實業電子"
    "上海台灣臺北市新供應商名稱地址國家香港的企業社",
    "cp932": "株式会社日本東京都工業電子商事製作所大阪会社名住所国取引先有限",
    "euc_jp": "株式会社日本東京都工業電子商事製作所大阪会社名住所国取引先有限",
    "cp949": "주식회사한국산업전자대한서울시공업상사무역이름주소국가업체명공급",
    "cp1251": "оеаинтсрвлкмдпуОЕАИНТСРВЛі",
    "koi8-r": "оеаинтсрвлкмдпуОЕАИНТСРВЛ",
    "koi8-u": "оеаинтсрвлкмдпуіОЕАИНТСРВЛ",
    "cp866": "оеаинтсрвлкмдпуОЕАИНТСРВЛ",
    "cp1256": "النشركةتجاريمود",
    "cp1252": "éèêàâôûçîïëüöäßñáíóúãõåøæÉÈÀÄÖÜØÅÆÇÑÁÍÓÚ",
    "cp1250": "łśćżźąęńóčřšžýáíéěůöüőűŁŚĆŻŹČŘŠŽđ",
    "cp1254": "ıİşŞğĞüöçÜÖÇ",
    "cp1257": "ąčęėįšųūžāēīķļņģĢŠČŽ",
    "cp1253": "αβγδεηικλμνοπρσςτυχωάέήίόύώ",
    "cp1255": "אבגדהוזחטילמנסעפקרשתםןף",
    "cp874": "นรกงาอมลวยดบปท่้ัีิเ",
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
    start = data[:_SAMPLE]
    if len(data) % 2 or b"\x00" not in start or _is_utf8_with_few_nuls(start):
        return None
    readings = [(name, start.decode(name, errors="replace")) for name in ("utf-16-le", "utf-16-be")]
    name, text = max(
        readings, key=lambda each: _share_of_letters(each[1]) + _share_of_ascii(each[1])
    )
    return name if _share_of_letters(text) > 0.95 and _share_of_ascii(text) > 0.01 else None


def _is_utf8_with_few_nuls(start: bytes) -> bool:
    """Tell damaged UTF-8 from UTF-16 whose bytes happen to be valid UTF-8."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    signs = sum(1 for each in text if "\x00" < each < " " and each not in "\t\r\n\x0b\x0c\x1a")
    return signs == 0 and text.count("\x00") * 10 < len(text)


def _share_of_letters(text: str) -> float:
    good = sum(1 for each in text if each in "\r\n\t" or unicodedata.category(each)[0] in "LNPZMS")
    return good / max(1, len(text))


def _share_of_ascii(text: str) -> float:
    return sum(1 for each in text if "\x20" <= each <= "\x7e" or each in "\r\n") / max(1, len(text))


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
    text = f" {sample.decode(encoding, errors='replace')} "
    weigh = _wide_weight if encoding in _WIDE else _narrow_weight
    is_latin = encoding in _LATIN
    frequent = _frequent(encoding)
    total = sum(
        weigh(text[place - 1 : place + 2], frequent, is_latin)
        for place, each in enumerate(text)
        if each > "\x7f"
    )
    beyond = sum(1 for byte in sample if byte > 127)
    return total / max(1, beyond)


@lru_cache(maxsize=32)
def _frequent(encoding: str) -> frozenset[str]:
    return frozenset(FREQUENT.get(encoding, ""))


def _is_broken(each: str) -> bool:
    return each == "\ufffd" or "\x80" <= each <= "\x9f" or "\ue000" <= each <= "\uf8ff"


def _narrow_weight(around: str, frequent: frozenset[str], is_latin: bool) -> float:
    """Weigh a letter of one byte by its neighbours: what stands in no word weighs against."""
    before, each, after = around[0], around[1], around[2]
    if _is_broken(each):
        return -4.0
    category = unicodedata.category(each)
    if category[0] not in "LM":
        return 0.7 if each in _USUAL_SIGNS else -1.0 if before.isalpha() else 0.0
    if not is_latin and (_is_ascii_letter(before) or _is_ascii_letter(after)):
        return -1.5
    if category == "Mn" and unicodedata.category(before)[0] not in "LM":
        return -2.0
    if category == "Lu" and before.islower():
        return -1.5
    if after.isdigit():
        return -1.0
    if is_latin and min(before, after) > "\x7f" and before.isalpha() and after.isalpha():
        return -0.5
    if each in "ãõ" and after not in "oe":
        return 0.4
    return 1.0 if each in frequent else 0.4


def _is_ascii_letter(each: str) -> bool:
    return each.isascii() and each.isalpha()


def _wide_weight(around: str, frequent: frozenset[str], _: bool) -> float:
    """Weigh a letter of two bytes."""
    before, each, after = around[0], around[1], around[2]
    if _is_broken(each):
        return -4.0
    if each in frequent:
        return 4.0
    if _is_ascii_letter(before) or _is_ascii_letter(after):
        return 0.0
    if "\uac00" <= each <= "\ud7a3":
        return 1.8 if each in _USUAL_HANGUL else 0.5
    if "\u3040" <= each <= "\u30ff":
        return 1.8
    if "\u4e00" <= each <= "\u9fff":
        return 1.2 if _is_usual_han(each) else 0.4
    return 0.2 if each in "，。、（）：；《》“”　・ー「」" else -0.6


@lru_cache(maxsize=8192)
def _is_usual_han(each: str) -> bool:
    """Tell whether a character is of the 3,755 of level 1 of GB 2312."""
    try:
        return 0xB0 <= each.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False

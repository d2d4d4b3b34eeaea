"""How words of other scripts are written in Latin letters: by sound, one reading at a time. Pure.

A romanisation here is not for people to read: it is one way to spell a word by its sound, so that
it can be compared with the spellings that official names use (`fold_sound` levels the rest).
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

MOST_LIQUIDS = 3
"""Letters r of a word in kana of which each is tried as l."""

HAN = re.compile(r"[\u3400-\u9fff]+")
KANA = re.compile(r"[\u3040-\u30ff]+")
HANGUL = re.compile(r"[\uac00-\ud7af]+")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace("-", "").split(" ")
_SMALL = frozenset("ァィゥェォャュョ")


_UYGHUR = re.compile("[\u06c6\u06c7\u06c8\u06cb\u06d0\u06d5\u06ad]")
_SOFT = re.compile("(?<=[аеиоуыэюяъь])е")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_JAPANESE_FORMS = re.compile("[株有合]式?[会會][社]|合同会社|有限会社")
_SPACED = {
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "greek": re.compile("[\u0370-\u03ff]"),
    "hebrew": re.compile("[\u0590-\u05ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
}


def group_of(name: str) -> str | None:
    """Return the lexicon that reads a name, by its most telling letters; None for Latin ones.

    Uyghur and Persian are told from Arabic by the letters that only they have.

    Example:
        >>> [group_of(name) for name in ("شىنجاڭ", "شرکت", "شركة", "トヨタ", "Ltd")]
        ['uyghur', 'persian', 'arabic', 'kana', None]
    """
    text = unicodedata.normalize("NFKC", name)
    if KANA.search(text):
        return "kana"
    if HAN.search(text):
        return "kana" if _JAPANESE_FORMS.search(text) else "han"
    if HANGUL.search(text):
        return "hangul"
    group = next((group for group, letters in _SPACED.items() if letters.search(text)), None)
    if group == "arabic":
        return "uyghur" if _UYGHUR.search(text) else "persian" if _PERSIAN.search(text) else group
    return group


@cache
def _letters() -> dict[str, str]:
    text = files("answerable.matching").joinpath("data", "letters.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {letter: latin for letter, latin in rows}  # noqa: C416 a row is a list of two


@cache
def _han() -> dict[str, tuple[str, tuple[str, ...]]]:
    text = files("answerable.matching").joinpath("data", "han.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {sign: (simple, tuple(readings.split("|"))) for sign, simple, readings in rows}


def simplify(text: str) -> str:
    """Return a text with traditional and Japanese Han signs in their simplified form.

    Example:
        >>> simplify("華為技術有限公司")
        '华为技术有限公司'
    """
    if not HAN.search(text):
        return text
    signs = _han()
    return "".join(signs[each][0] if each in signs else each for each in text)


def read_pinyin(word: str) -> tuple[str, ...]:
    """Return how a word of Han signs is read in pinyin, in one word: the usual reading first.

    Of a sign with several readings the second is tried alone; every other way of reading would
    be found by nobody.

    Args:
        word: Han signs, simplified or not; other letters stay as they are.

    Example:
        >>> read_pinyin("华为"), read_pinyin("重庆")[:2]
        (('huawei',), ('zhongqing', 'chongqing'))
    """
    signs = _han()
    readings = [signs[each][1] if each in signs else (each,) for each in word]
    usual = [each[0] for each in readings]
    found = {"".join(usual): None}
    for at, each in enumerate(readings):
        for other in each[1:2]:
            found["".join((*usual[:at], other, *usual[at + 1 :]))] = None
    for reading in tuple(found):
        if "v" in reading:
            found[reading.replace("v", "u")] = None
    return tuple(found)


@lru_cache(maxsize=100_000)
def romanise(word: str) -> str:
    """Return a word of another script in Latin letters, by its sound; Latin letters stay.

    Han signs are not read here (see `read_pinyin`); letters that are not known vanish.

    Example:
        >>> romanise("газпром"), romanise("삼성"), romanise("ソニー"), romanise("ارامكو")
        ('gazprom', 'samseong', 'soni', 'aramkw')
    """
    written = []
    for each in _romanise_kana(word):
        if "\uac00" <= each <= "\ud7a3":
            written.append(_romanise_syllable(each))
        else:
            written.append(_letters().get(each, each if each.isascii() else ""))
    return "".join(written)


def list_sounds(word: str, group: str) -> tuple[str, ...]:
    """Return how a word may sound in Latin letters, with blanks where it is several words.

    Args:
        word: A word in letters of a script that is spelled, levelled as the lexicon's are.
        group: The lexicon of its language.

    Returns:
        The plain romanisation first; then the word without the ending of an adjective or a case
        (Cyrillic), or without its article (Arabic).

    Example:
        >>> list_sounds("касперского", "cyrillic")
        ('kasperskogo', 'kaspersky', 'kaspersk', 'kasper', 'kasperskoi')
        >>> list_sounds("الراجحي", "arabic")
        ('rajhy', 'al rajhy', 'ar rajhy', 'alrajhy')
    """
    if group == "cyrillic":
        forms = _decline(word)
        soft = (_SOFT.sub("йе", each) for each in forms)
        return tuple(dict.fromkeys(romanise(each) for each in (*forms, *soft)))
    if group == "uyghur":
        sound = romanise(word.replace("و", "ۆ"))
        return tuple(dict.fromkeys((sound, _spell_chinese(sound))))
    if group == "kana":
        return _spell_english(romanise(word))
    if group == "arabic" and word.startswith("ال") and len(word) > 4:
        stem = romanise(word[2:])
        return (stem, f"al {stem}", f"a{stem[:1]} {stem}", f"al{stem}")
    return (romanise(word),)


def _spell_english(sound: str) -> tuple[str, ...]:
    """Return the sound of kana, and with l for r, which kana do not tell apart."""
    at = [place for place, letter in enumerate(sound) if letter == "r"][:MOST_LIQUIDS]
    found = {sound: None}
    for chosen in product((False, True), repeat=len(at)):
        letters = list(sound)
        for place, is_l in zip(at, chosen, strict=True):
            letters[place] = "l" if is_l else "r"
        found["".join(letters)] = None
    return tuple(found)


def _spell_chinese(sound: str) -> str:
    """Return a Uyghur sound as pinyin spells it, for the Chinese names that Uyghur holds."""
    for pattern, pinyin in (("sh(?=[iuy])", "x"), ("ch(?=[iuy])", "q"), ("j(?=[aeou])", "zh")):
        sound = re.sub(pattern, pinyin, sound)
    return sound.replace("kh", "h")


def _decline(word: str) -> list[str]:
    """Return a Cyrillic word, and the words that it may be a case or an adjective of."""
    forms = [word]
    adjective = re.fullmatch("(.{3,}ск)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими|ья)", word)
    if adjective:
        forms += [adjective[1] + "ы", adjective[1], adjective[1].removesuffix("ск")]
    if word.endswith("ого") and len(word) > 5:
        forms.append(word[:-3] + "ой")
    surname = re.fullmatch("(.{2,}(?:ов|ев|ин|ын))(?:а|у|ым|ой|е)", word)
    if surname:
        forms.append(surname[1])
    return forms


def _romanise_syllable(syllable: str) -> str:
    code = ord(syllable) - 0xAC00
    return _INITIALS[code // 588] + _VOWELS[code % 588 // 28] + _FINALS[code % 28]


def _romanise_kana(word: str) -> str:
    """Return a word with its kana in Latin letters; long vowels as one."""
    if not KANA.search(word):
        return word
    table = _letters()
    katakana = unicodedata.normalize("NFC", word)
    katakana = "".join(chr(ord(c) + 0x60) if "\u3041" <= c <= "\u3096" else c for c in katakana)
    written: list[str] = []
    for at, each in enumerate(katakana):
        if each in _SMALL and written:
            written[-1] = _contract(written[-1], table[each])
        elif each == "ッ" and at + 1 < len(katakana):
            written.append(table.get(katakana[at + 1], "")[:1])
        elif each not in "ー・ッ":
            written.append(table.get(each, each))
    return "".join(written)


def _contract(syllable: str, small: str) -> str:
    """Join a syllable with a small vowel: ki + ya is kya, shi + ya is sha, fu + a is fa."""
    if small.startswith("y"):
        stem = syllable[:-1]
        return stem + (small[1:] if stem in ("sh", "ch", "j") else small)
    return syllable[:-1] + small


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sch|shch|sh", "š"),
        ("tch|ch", "č"),
        ("zh", "z"),
        ("kh", "h"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("gh", "g"),
        ("ck|q|c", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("ts", "s"),
        ("[yj]", "i"),
        ("ou|oo", "u"),
        ("eo", "u"),
        ("ee", "i"),
        (r"(.)\1+", r"\1"),
    )
]
_CONSONANTS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sh", "š"),
        ("ch", "č"),
        ("kh", "q"),
        ("gh|dh|th|ph", lambda found: "f" if found.group() == "ph" else found.group()[0]),
        ("ck|c", "k"),
        ("x", "ks"),
        ("[aeiouwyhv]", ""),
        (r"(.)\1+", r"\1"),
    )
]


@lru_cache(maxsize=200_000)
def fold_sound(word: str) -> str:
    """Return a Latin word levelled to what it sounds like, whoever spelled it.

    Example:
        >>> fold_sound("rostelecom") == fold_sound("rostelekom"), fold_sound("yandex")
        (True, 'iandeks')
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Return the consonants of a Latin word, for scripts that do not write their vowels.

    Example:
        >>> skeleton("rajhi"), skeleton("aramkw"), skeleton("aramco")
        ('rj', 'rmk', 'rmk')
    """
    for pattern, sound in _CONSONANTS:
        word = pattern.sub(sound, word)
    return word


_TWICE = re.compile(r"(.)\1+")
_SAID = re.compile("sh|ch|kh|gh|dh|th|ph|ck|[^aeiouwyhv]")


def count_consonants(word: str) -> int:
    """Return how many consonants of a Latin word its skeleton rests on, those written twice once.

    Example:
        >>> count_consonants("jarir"), count_consonants("muhammad")
        (3, 3)
    """
    return len(_SAID.findall(_TWICE.sub(r"\1", word)))

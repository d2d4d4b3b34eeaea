"""Words of trades and institutions that mean the same in languages of Latin letters. Pure.

A company writes itself *Hava Yolları* at home and *Airlines* abroad. A shipped table holds such
words by meaning, and the languages that each is of, also of languages that are written in other
letters at home and in Latin letters in a register (*zavod*, *sharikat*, *ginko*).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from answerable.matching.lesser_words import STOP, abbreviations
from answerable.matching.words import MEANING, credit_word

LONGEST_RUN = 3
"""Words of the longest phrase that is looked up."""

LEAST_HEARD = 6
"""Letters that a word has at least which is known by its sound alone, however it is spelled."""

ENGLISH = frozenset(("en", "near"))
"""English words used alike, and those near them: *Oil* and *Petroleum* are two companies."""

REGISTER = 0.5
"""Share that is left where two words are of one language: *works* and *factory* may be two."""

TRANSLITERATED = frozenset("ru uk bg kk mn el ar fa he ur hi".split())
"""Languages that have other letters at home, so that each register spells them its own way."""

ENDINGS = {
    "de": ("e", "er", "es", "en", "em"),
    "es": ("o", "a", "os", "as"),
    "pt": ("o", "a", "os", "as"),
    "it": ("o", "a", "i", "e"),
    "pl": ("y", "a", "e", "i", "ie", "ego", "iego", "ej", "iej", "ych", "ich", "o"),
    "cs": ("y", "a", "e", "i", "ych", "eho", "ej"),
    "sk": ("y", "a", "e", "i", "ych", "eho", "ej", "o"),
    "hr": ("i", "a", "o", "e", "og", "oga", "ih"),
    "ru": ("yy", "y", "aya", "oye", "oe", "yye", "ye", "ogo", "oy", "ykh", "iy", "oi", "o"),
    "uk": ("yy", "y", "a", "e", "i", "oho", "oyi", "ykh", "o"),
}
"""Endings of adjectives, which the table writes as a tilde."""

_SOUNDS = (
    *(("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("zh", "j"), ("gh", "g"), ("dh", "d")),
    *(("th", "t"), ("ts", "c"), ("tz", "c"), ("ck", "k"), ("q", "k"), ("ph", "f"), ("w", "v")),
    *(("ou", "u"), ("oo", "u"), ("ee", "i"), ("ij", "i"), ("yy", "i"), ("ja", "ia")),
    *(("ju", "iu"), ("je", "ie"), ("y", "i")),
)
_REPEATED = re.compile(r"(.)\1+")

_ELIDED = {"fr": ("l", "d"), "it": ("l", "d", "dell", "all")}
"""Articles and prepositions that stand before a vowel and are one word with it when levelled."""


@dataclass(frozen=True, slots=True)
class Translation:
    """Words of two names that mean the same.

    Args:
        credit: What they add in log-odds; over 0.
        mine: Words of the first name, in order.
        theirs: Words of the second name, in order.
    """

    credit: float
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """Phrases to their meanings and languages, as written and as heard; meanings in English.

    Args (besides):
        starts: First words of phrases of several words, as written and as heard.
    """

    written: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    heard: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    english: dict[str, set[str]] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)

    def add(self, phrase: str, meaning: str, language: str) -> None:
        """Note what a phrase means in one language."""
        self.written.setdefault(phrase, []).append((meaning, language))
        if " " in phrase:
            self.starts.update((phrase.partition(" ")[0], _hear(phrase).partition(" ")[0]))
        if language in ENGLISH:
            self.english.setdefault(meaning, set()).add(phrase)
        if language in TRANSLITERATED and len(sound := _hear(phrase)) >= LEAST_HEARD:
            self.heard.setdefault(sound, []).append((meaning, language))


def translate(word: str) -> frozenset[str]:
    """Return the English words that a word or phrase may stand for.

    A meaning has several English words, such as *works* and *factory*. Words of one meaning are
    translations of each other, not the same words: companies that are alike in them alone have
    nothing in common but a trade.

    Args:
        word: A core word as of `take_apart`, or up to three of them with blanks between.

    Returns:
        English words and phrases; an English word of the table stands for itself. Empty if the
        word is not known.

    Example:
        >>> translate("yollari hava"), "airlines" in translate("hava yollari")
        (frozenset(), True)
        >>> sorted(translate("royal")), sorted(translate("koninklijke"))
        (['royal'], ['royal'])
    """
    senses = _look_up(word)
    english: set[str] = set()
    for meaning, languages in senses.items():
        english |= _table().english[meaning] if languages.isdisjoint(ENGLISH) else {word}
    return frozenset(english)


@lru_cache(maxsize=100_000)
def credit_translated(phrase: str, near: str) -> float:
    """Return what two words or phrases add that mean the same in two languages; 0 if they do not.

    It is what the commonest English word of that meaning adds, at most `MEANING`: how rare a
    foreign word is among English names says nothing. It is less for each further meaning of
    either, and half if both are of one language.

    Args:
        phrase: A core word, or up to three of them with blanks between.
        near: Another one; the order of both does not matter.

    Example:
        >>> credit_translated("koninklijke", "royal") > 2
        True
        >>> credit_translated("usine", "plant") > credit_translated("works", "plant") > 0
        True
        >>> credit_translated("banque", "fund"), credit_translated("bank", "bank")
        (0.0, 0.0)
    """
    mine, theirs = _look_up(phrase), _look_up(near)
    shared = [each for each in mine.keys() & theirs.keys() if _may_agree(mine[each], theirs[each])]
    if not shared or phrase == near:
        return 0.0
    worth = min(_credit_phrase(phrase), _credit_phrase(near), max(map(_credit_meaning, shared)))
    worth = min(MEANING, worth) - log(len(mine) * len(theirs))
    is_foreign = any(mine[meaning].isdisjoint(theirs[meaning]) for meaning in shared)
    return max(0.0, worth if is_foreign else REGISTER * worth)


def find_translation(mine: Sequence[str], theirs: Sequence[str]) -> Translation | None:
    """Return the words of two names that mean the same in two languages and add the most.

    Args:
        mine: Core words that stand in the first name only, in order.
        theirs: Core words that stand in the second name only, in order; words that stand in both
            are passed over.

    Returns:
        One to three words of either name; None if nothing means the same. Swapping the names
        swaps the sides and nothing else. To find all, take these words out and ask again.

    Example:
        >>> found = find_translation(["quorbel", "hava", "yollari"], ["quorbel", "airlines"])
        >>> found.mine, found.theirs, found.credit > 2
        (('hava', 'yollari'), ('airlines',), True)
    """
    known = _list_known(mine, theirs)
    near = _list_known(theirs, mine) if known else []
    found = [
        (credit, run, other)
        for run in known
        for other in near
        if (credit := credit_translated(" ".join(run), " ".join(other))) > 0
    ]
    if not found:
        return None
    return Translation(*min(found, key=_order))


def _order(found: tuple[float, tuple[str, ...], tuple[str, ...]]) -> tuple[object, ...]:
    """Put what adds most first, then what takes in most words; the sides do not matter."""
    credit, run, other = found
    return (-credit, -len(run) - len(other), sorted((run, other)))


def _list_known(words: Sequence[str], others: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the runs of words that the table has, none of whose words the other name has."""
    single = [(word,) for word in words if _look_up(word)]
    starts = [at for at, word in enumerate(words[:-1]) if begins_phrase(word)]
    longer = [
        tuple(words[at : at + length])
        for length in range(2, LONGEST_RUN + 1)
        for at in starts
        if at + length <= len(words) and _look_up(" ".join(words[at : at + length]))
    ]
    return [run for run in (*single, *longer) if not set(run) & set(others)]


def has_meaning(word: str) -> bool:
    """Tell whether the table knows a word.

    Example:
        >>> has_meaning("zavod"), has_meaning("zyxomatic")
        (True, False)
    """
    return bool(_look_up(word))


@lru_cache(maxsize=100_000)
def begins_phrase(word: str) -> bool:
    """Tell whether a phrase of the table may begin with a word, as written or as heard."""
    return word in _table().starts or _hear(word) in _table().starts


def _may_agree(mine: set[str], theirs: set[str]) -> bool:
    """Tell whether words of one meaning may be one word; English words near each other are two."""
    is_english = not ENGLISH.isdisjoint(mine) and not ENGLISH.isdisjoint(theirs)
    return not is_english or ("en" in mine and "en" in theirs)


def _credit_phrase(phrase: str) -> float:
    return max(map(credit_word, phrase.split(" ")))


@cache
def _credit_meaning(meaning: str) -> float:
    return min(map(_credit_phrase, _table().english[meaning]))


@lru_cache(maxsize=200_000)
def _look_up(phrase: str) -> dict[str, set[str]]:
    """Return what a phrase means, and in which languages; empty if it is not known."""
    table = _table()
    senses: dict[str, set[str]] = {}
    known = table.written.get(phrase)
    if known is None and len(phrase) >= LEAST_HEARD:
        known = table.heard.get(_hear(phrase))
    for meaning, language in known or ():
        senses.setdefault(meaning, set()).add(language)
    return senses


def _hear(phrase: str) -> str:
    """Level the ways in which registers spell words of other letters: *nauchnyi*, *nauchny*."""
    for spelled, sound in _SOUNDS:
        phrase = phrase.replace(spelled, sound)
    return _REPEATED.sub(r"\1", phrase)


@cache
def _table() -> _Table:
    table = _Table()
    for meaning, language, phrase in list_words():
        for spelling in _spell(phrase, language):
            table.add(spelling, meaning, language)
    return table


def list_words() -> Iterator[tuple[str, str, str]]:
    """Yield the words of the shipped table: the meaning in English, the language, a word in it.

    Words are levelled as `names.normalise` levels them; a tilde stands for the `ENDINGS` of
    adjectives.

    Example:
        >>> ("royal", "nl", "koninklijke") in set(list_words())
        True
    """
    text = files("answerable.matching").joinpath("data", "translations.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and line[0] != "#":
            meaning, *cells = line.split("\t")
            yield meaning, "en", meaning
            for cell in cells:
                language, _, words = cell.partition("=")
                yield from ((meaning, language, word) for word in words.split(","))


def _spell(phrase: str, language: str) -> set[str]:
    """Return the ways in which core words may write a phrase of the table."""
    forms = {phrase}
    if "~" in phrase:
        forms = {phrase.replace("~", ending) for ending in ENDINGS[language]}
    if phrase[0] in "aeiouh" and len(phrase) > 3:
        forms |= {article + form for article in _ELIDED.get(language, ()) for form in forms}
    short, spelled = abbreviations(), set[str]()
    for form in forms:
        words = [short.get(word, word) for word in form.split(" ") if word not in STOP]
        if len(words) > 1 or " " not in form:
            spelled.add(" ".join(words))
    return spelled | {form.replace(" ", "") for form in spelled if len(form) > LEAST_HEARD}

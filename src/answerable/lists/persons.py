"""Natural persons among companies, where a list has no column that tells them apart.

A company that is taken for a person would never be matched, so the rule is cautious: unsure means
legal person. A person that is missed can at worst be offered as a possible match, to be reviewed.

Measured on the BIS Entity List of 2025-11-08: of 200 rows drawn at random (`random.seed(20261124)`)
and read by hand, 27 are persons; the rule finds 17 of them and takes no company for one. Of all
3,421 rows it takes 248 for persons; read one by one, no company was seen among them.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")
_FORBIDDEN = re.compile(r"[^\w\s.\-'’]|[\d_]")
_COMPANY_WORDS = frozenset(
    ("hawala", "sarafa", "sarafi", "saraf", "exchange", "brothers", "sons", "group", "trading")
)
_PATRONYMIC = re.compile(r"\w{3,}(ovich|evich|ovna|evna)")
_FEWEST_GIVEN = 2
_GIVEN_TO_ENTITY = 4


def is_person(name: str) -> bool:
    """Tell whether a name is, by its words, that of a natural person.

    True means that a word is a given name on OFAC's lists and hardly ever part of an entity's name,
    and that no word belongs to entities; or that the first word is a rare given name, or a word
    a patronymic, and no word was ever part of an entity's name. False means nothing: many names of
    persons are not recognised, in Chinese above all, whose syllables are words of companies too.

    Args:
        name: As printed, given name and surname in any order, in Latin letters.

    Source:
        Words of the names of individuals and entities on OFAC's SDN and consolidated lists.

    Example:
        >>> is_person("Anna V. Inventova"), is_person("Anna Electronics"), is_person("Lemon")
        (True, False, False)
    """
    plain = _BRACKETS.sub(" ", name).strip()
    if _FORBIDDEN.search(plain) or not 2 <= len(plain.split()) <= 6:
        return False
    words = _words(plain)
    counts = [_word_counts().get(word, (0, 0, 0)) for word in words]
    if not words or any(word in _COMPANY_WORDS for word in words):
        return False
    if any(map(_is_of_entities, counts)):
        return False
    if any(map(_is_given, counts)):
        return True
    is_rare = counts[0][0] > 0 or any(map(_PATRONYMIC.fullmatch, words))
    return is_rare and not any(entities for _, _, entities in counts)


def is_personal(word: str) -> bool:
    """Tell whether a word is part of persons' names rather than of companies'.

    Two companies that share such a word are named after two persons, more often than after one.

    Args:
        word: In Latin letters, lower case.

    Source:
        Words of the names of individuals and entities on OFAC's SDN and consolidated lists.

    Example:
        >>> is_personal("yusuf"), is_personal("zyxomatic"), is_personal("shipping")
        (True, False, False)
    """
    given, surnames, entities = _word_counts().get(word, (0, 0, 0))
    return given + surnames > entities


def _words(name: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    parts = re.split(r"[\s.\-]+", plain.replace("'", "").replace("’", ""))
    return [part for part in parts if len(part) > 1]


def _is_given(counts: tuple[int, int, int]) -> bool:
    given, _, entities = counts
    return given >= _FEWEST_GIVEN and given >= _GIVEN_TO_ENTITY * entities


def _is_of_entities(counts: tuple[int, int, int]) -> bool:
    given, surnames, entities = counts
    return entities >= 2 and entities * 2 >= given + surnames


@cache
def _word_counts() -> dict[str, tuple[int, int, int]]:
    file = resources.files("answerable.lists") / "data" / "person_words.tsv"
    counts = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, given, surnames, entities = line.split("\t")
            counts[word] = (int(given), int(surnames), int(entities))
    return counts

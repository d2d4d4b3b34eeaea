"""Names recombined from the words of real ones, and suppliers with the faults that buyers make.

For speed and size, not for truth: synthetic names are easier than life. Everything is seeded.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import islice

SEED = 20200217

FORMS = {
    "limited": ("ltd", "ltd.", ""),
    "ltd": ("limited", ""),
    "inc": ("incorporated", "inc.", ""),
    "corp": ("corporation", ""),
    "corporation": ("corp", "corp.", ""),
    "company": ("co", "co.", ""),
    "plc": ("p.l.c.", "public limited company"),
    "llc": ("l.l.c.", ""),
    "gmbh": ("",),
    "ag": ("",),
}
"""Legal forms and what buyers write for them; empty where they leave it out."""

ADDED = ("uk", "group", "the", "international", "services", "- invoices", "(new)")
"""Words that buyers add."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def recombine(names: Sequence[str], seed: int = SEED) -> Iterator[str]:
    """Yield names without end, each of words that stood first, between and last in real ones.

    Args:
        names: Real names to take words and lengths from; frequent words come often.
        seed: Of the draws.

    Returns:
        Names in capitals or not as their first word was; they may repeat.
    """
    draw = random.Random(seed)  # noqa: S311
    split = [words for name in names if len(words := name.split()) > 1]
    between = [word for words in split for word in words[1:-1]]
    lengths = [min(len(words), 7) for words in split]
    while True:
        first, last = draw.choice(split)[0], draw.choice(split)[-1]
        middle = draw.choices(between, k=draw.choice(lengths) - 2) if between else []
        yield " ".join((first, *middle, last))


def grow_names(names: Sequence[str], size: int, seed: int = SEED) -> list[str]:
    """Return distinct names: the real ones, then recombined ones until there are enough.

    Args:
        names: Real names.
        size: How many are wanted; fewer real ones are taken if it is less than there are.
        seed: Of the draws.

    Example:
        >>> len(set(grow_names(["Red Mills Ltd", "Blue Works Inc", "Old Ink AG"], 9)))
        9
    """
    grown = dict.fromkeys(names[:size])
    for name in recombine(names, seed):
        if len(grown) >= size:
            return list(grown)
        grown[name] = None
    return list(grown)


def spoil(name: str, draw: random.Random) -> str:
    """Return a name with one to three faults of the kinds that supplier lists hold."""
    words = name.split()
    for _ in range(draw.choice((1, 1, 2, 3))):
        words = draw.choice(FAULTS)(words, draw) or words
    return " ".join(words)


def _mistype(words: list[str], draw: random.Random) -> list[str]:
    at = draw.randrange(len(words))
    word = words[at]
    spot, letter = draw.randrange(len(word)), draw.choice(LETTERS)
    spelled = draw.choice(
        (
            word[:spot] + word[spot + 1 :],
            word[:spot] + letter + word[spot:],
            word[:spot] + letter + word[spot + 1 :],
            word[:spot] + word[spot : spot + 2][::-1] + word[spot + 2 :],
        )
    )
    return [*words[:at], *([spelled] if spelled else []), *words[at + 1 :]]


def _cut_word(words: list[str], draw: random.Random) -> list[str]:
    long = [at for at, word in enumerate(words) if len(word) > 6]
    if not long:
        return words
    at = draw.choice(long)
    return [*words[:at], words[at][: draw.choice((3, 4, 5))], *words[at + 1 :]]


def _drop_word(words: list[str], draw: random.Random) -> list[str]:
    at = draw.randrange(len(words))
    return [*words[:at], *words[at + 1 :]] if len(words) > 2 else words


def _swap_words(words: list[str], draw: random.Random) -> list[str]:
    if len(words) < 2:
        return words
    at = draw.randrange(len(words) - 1)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def _add_word(words: list[str], draw: random.Random) -> list[str]:
    return [*words, draw.choice(ADDED)]


def _change_form(words: list[str], draw: random.Random) -> list[str]:
    changed = []
    for word in words:
        forms = FORMS.get(word.casefold().strip(".,"))
        changed.append(draw.choice(forms) if forms else word)
    return [word for word in changed if word]


def _join_words(words: list[str], draw: random.Random) -> list[str]:
    if len(words) < 3:
        return words
    at = draw.randrange(len(words) - 1)
    return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]


FAULTS = (
    _mistype,
    _mistype,
    _cut_word,
    _drop_word,
    _swap_words,
    _add_word,
    _change_form,
    _change_form,
    _join_words,
)
"""Kinds of faults, those that come often twice."""


def make_suppliers(
    listed: Sequence[str], real: Sequence[str], size: int, seed: int = SEED
) -> list[tuple[str, int | None]]:
    """Return suppliers, half of them spoiled listed names, half without a counterpart.

    Args:
        listed: The listed names.
        real: Real names, to recombine others from.
        size: How many suppliers.
        seed: Of the draws.

    Returns:
        Names with the row of the listed name that each stands for, or None; shuffled.
    """
    draw = random.Random(seed + 1)  # noqa: S311
    known = set(listed)
    others = (name for name in recombine(real, seed + 2) if name not in known)
    rows = draw.sample(range(len(listed)), min(len(listed), (size + 1) // 2))
    pairs: list[tuple[str, int | None]] = [(spoil(listed[row], draw), row) for row in rows]
    pairs += [(spoil(name, draw), None) for name in islice(others, size - len(pairs))]
    draw.shuffle(pairs)
    return pairs

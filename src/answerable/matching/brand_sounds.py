"""How much a Chinese brand and a brand in Latin letters look like one company's. Pure.

海康威视 (hai kang wei shi) is *Hikvision*: no pinyin, but parts of the sound agree. The table
`data/brand_sounds.tsv` holds how beginnings and ends of syllables are spelled in brands of listed
companies, learned by `tools/learn_brand_sounds.py`; here a brand is aligned with signs by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from math import inf

from answerable.matching.scripts import HAN, simplify
from answerable.matching.syllables import NOTHING, Syllable, list_spellings, read_sign

MOST, LEAST = 9.0, -3.0
"""What two brands may say at most for one company and at most against it, in log-odds."""

LONGEST_SIGNS, LONGEST_LATIN = 8, 32
"""Signs and letters that are read of a brand; what follows tells no more."""

SECOND_READING = -1.0  # log-odds of a sign being read in its second way
INITIALS = range(2, 6)  # letters of a word that may be made of initials
FLOOR = -40.0  # alignment score of brands that no alignment joins

Chunks = Mapping[str, float]
"""Spellings of a syllable to how much likelier they are there than among any letters."""


@dataclass(frozen=True, slots=True)
class SoundModel:
    """What was learned of brands; all values are natural logarithms.

    Args:
        initials: Beginning of a syllable to its spellings and their probability.
        finals: End of a syllable to the same.
        letters: Letter after letter (`NOTHING` before: anywhere) to its probability in brands.
        costs: What parts left out or put in take, by name.
        knots: Alignment scores between which credit grows evenly.
        weights: Coefficients of the features (`list_features`), by name.
    """

    initials: Mapping[str, Chunks]
    finals: Mapping[str, Chunks]
    letters: Mapping[tuple[str, str], float]
    costs: Mapping[str, float]
    knots: tuple[float, ...]
    weights: Mapping[str, float]
    known: dict[str, Chunks] = field(default_factory=dict, repr=False, compare=False)

    def chunks_of(self, sign: str) -> Chunks:
        """Return the spellings of a sign (see `list_chunks`), kept once they are known."""
        found = self.known.get(sign)
        if found is None:
            found = self.known[sign] = list_chunks(self, sign)
        return found


def parse_model(text: str) -> SoundModel:
    """Return a model from the text of its table."""
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    parts: dict[str, dict[str, dict[str, float]]] = {}
    for kind, what, spelled, value in rows:
        spelling = "" if spelled == NOTHING else spelled
        parts.setdefault(kind, {}).setdefault(what, {})[spelling] = float(value)
    return SoundModel(
        initials=parts.get("initial", {}),
        finals=parts.get("final", {}),
        letters={(a, b): v for a, row in parts.get("letter", {}).items() for b, v in row.items()},
        costs={name: row[""] for name, row in parts.get("cost", {}).items()},
        knots=tuple(row[""] for row in parts.get("knot", {}).values()),
        weights={name: row[""] for name, row in parts.get("weight", {}).items()},
    )


@cache
def brand_model() -> SoundModel:
    """Return the shipped model; the same object each time."""
    path = files("answerable.matching").joinpath("data", "brand_sounds.tsv")
    return parse_model(path.read_text(encoding="utf-8"))


def credit_brand(signs: str, latin: str) -> float:
    """Return what a Chinese brand and one in Latin letters say for being one company's.

    It says how often the two would be seen together as one company's brand against how often by
    chance, from sound and initials alone. A high value does not say that they are one company:
    brands of one sound are many. A low one does not say that they are two: many brands share no
    sound, such as 浪潮 and *Inspur*, so that little speaks against.

    Args:
        signs: The brand in Han signs, simplified or not, without places, trades and legal forms.
        latin: The brand in Latin letters, likewise; blanks, case and signs are levelled.

    Returns:
        Natural log-odds from `LEAST` to `MOST`; 0 where nothing is known: one of the two is empty,
        has letters of another script, or signs that are not in the table.

    Source:
        Learned from names of companies listed in China (`tools/learn_brand_sounds.py`).

    Example:
        >>> credit_brand("海康威视", "Hikvision") > 1 > 0 > credit_brand("海康威视", "Inspur")
        True
        >>> credit_brand("天业", "Tian Ye") == credit_brand("天业", "tianye")
        True
        >>> credit_brand("ТМК", "tmk")
        0.0
    """
    return _credit(signs, latin)


@lru_cache(maxsize=200_000)
def _credit(signs: str, latin: str) -> float:
    known = simplify("".join(signs.split()))[:LONGEST_SIGNS]
    words = split_latin(latin)
    if not words or not HAN.fullmatch(known) or not all(read_sign(sign) for sign in known):
        return 0.0
    model = brand_model()
    features = list_features(model, known, words)
    found = sum(model.weights[name] * value for name, value in features.items())
    return max(LEAST, min(MOST, found))


def split_latin(latin: str) -> tuple[str, ...]:
    """Return the words of a brand in Latin letters, lower case; empty if other letters are in it.

    Example:
        >>> split_latin("Tian-Ye 3"), split_latin("Тянь")
        (('tian', 'ye'), ())
    """
    if not latin.isascii():
        return ()
    level = "".join(each if each.isalpha() else " " for each in latin.lower()[:LONGEST_LATIN])
    return tuple(level.split())


def list_features(model: SoundModel, signs: str, words: Sequence[str]) -> dict[str, float]:
    """Return what is measured of two brands, by the names of the coefficients.

    Args:
        model: The model.
        signs: Simplified Han signs that are all known.
        words: Words in Latin letters, at least one.
    """
    score = align_brand(model, signs, "".join(words))
    features = {"bias": 1.0, "initials": credit_initials(model, signs, words)}
    for name, low, high in zip("abcdefgh", model.knots, model.knots[1:], strict=False):
        features[name] = max(0.0, min(score, high) - low)
    firsts = {_first_letter(each) for each in read_sign(signs[0])}
    features["first"] = float(words[0][0] in firsts)
    features["single"] = float(len(signs) == 1)
    return features


def _first_letter(syllable: Syllable) -> str:
    return syllable[1][0] if syllable[0] == NOTHING else syllable[0][0]


def credit_initials(model: SoundModel, signs: str, words: Iterable[str]) -> float:
    """Return how unlikely it is that a word holds the first letters of the signs by chance.

    Returns:
        Natural logarithm, positive; 0 if no word of two to five letters begins as the signs do.

    Example:
        >>> credit_initials(brand_model(), "大疆", ["dj"]) > 0
        True
    """
    letters = "".join(_first_letter(read_sign(sign)[0]) for sign in signs)
    held = [word for word in words if len(word) in INITIALS and letters.startswith(word)]
    return max((-sum(model.letters[NOTHING, each] for each in word) for word in held), default=0.0)


def align_brand(model: SoundModel, signs: str, latin: str) -> float:
    """Return how much likelier letters are where they spell these signs than anywhere.

    Signs may be left out, and letters be put in before, between and behind, at a cost.

    Args:
        model: The model.
        signs: Simplified Han signs that are all known.
        latin: Letters a to z.

    Returns:
        Natural logarithm of the ratio under the best alignment, at least `FLOOR`.

    Cost:
        About signs x letters x 6 look-ups: 30 µs for four signs and nine letters.
    """
    costs = model.costs
    left_out, put_in, more = costs["left_out"], costs["put_in"], costs["more"]
    reached = [0.0] + [-inf] * len(latin)
    for at, sign in enumerate(signs):
        starts = _skip(reached, costs["put_before"] if at == 0 else put_in, more)
        reached = [
            max(spelled, before + left_out)
            for spelled, before in zip(
                _spell(model.chunks_of(sign), starts, latin), reached, strict=True
            )
        ]
    ends = _skip(reached, costs["put_behind"], more)
    return max(FLOOR, ends[-1])


def _skip(reached: Sequence[float], opened: float, more: float) -> list[float]:
    """Return the best scores when letters may be put in behind what was reached."""
    starts, putting = [], -inf
    for score in reached:
        starts.append(max(score, putting))
        putting = max(putting, score + opened) + more
    return starts


def _spell(chunks: Chunks, starts: Sequence[float], latin: str) -> list[float]:
    """Return the best scores when a sign is spelled from each start on."""
    longest = min(len(latin), max(map(len, chunks), default=0))
    spelled = [-inf] * len(starts)
    for start, score in enumerate(starts):
        if score > -inf:
            for end in range(start + 1, min(start + longest, len(latin)) + 1):
                value = chunks.get(latin[start:end])
                if value is not None and score + value > spelled[end]:
                    spelled[end] = score + value
    return spelled


def list_chunks(model: SoundModel, sign: str) -> dict[str, float]:
    """Return the spellings of a sign to how much likelier they are there than anywhere."""
    chunks: dict[str, float] = {}
    for at, (initial, final) in enumerate(read_sign(sign)):
        for (head, one), (tail, two) in product(
            model.initials.get(initial, {}).items(), model.finals.get(final, {}).items()
        ):
            _keep_best(chunks, head + tail, one + two + at * SECOND_READING)
    spellings = list_spellings("sign", sign)
    for spelling in spellings:
        _keep_best(chunks, spelling, model.costs["by_sign"])
    ratios = {chunk: value - _chance(model, chunk) for chunk, value in chunks.items() if chunk}
    return {chunk: value for chunk, value in ratios.items() if value > model.costs["left_out"]}


def _keep_best(chunks: dict[str, float], chunk: str, value: float) -> None:
    chunks[chunk] = max(value, chunks.get(chunk, -inf))


def _chance(model: SoundModel, chunk: str) -> float:
    before = (NOTHING, *chunk)
    return sum(model.letters[pair] for pair in zip(before, chunk, strict=False))

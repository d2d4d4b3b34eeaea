"""How a Chinese brand is aligned with letters that may spell it, by a learned table. Pure.

`data/brand_sounds.tsv` holds how beginnings and ends of syllables are spelled in brands of listed
companies; `tools/learn_brand_sounds.py` learns it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from math import inf

from answerable.matching.syllables import NOTHING, list_spellings, read_sign

SECOND_READING = -1.0  # log-odds of a sign being read in its second way

Chunks = Mapping[str, float]
"""Spellings of a syllable to how much likelier they are there than among any letters."""


Reached = tuple[float, int, int]
"""Score of an alignment, signs that are spelled in it, letters that spell them."""

UNREACHED = (-inf, 0, 0)

Trie = Mapping[str, float]
"""The same, with the beginnings of spellings, whose value is infinitely low."""


@dataclass(frozen=True, slots=True)
class SoundModel:
    """What was learned of brands; all values are natural logarithms.

    Args:
        initials: Beginning of a syllable to its spellings and their probability.
        finals: End of a syllable to the same.
        letters: Letter after letter (`NOTHING` before: anywhere) to its probability in brands.
        chunks: Runs of letters that brands hold oftener than their letters let expect, to how
            likely they stand at a given letter.
        costs: What parts left out or put in take, by name.
        knots: Alignment scores between which credit grows evenly.
        weights: Coefficients of the features (`list_features`), by name.
    """

    initials: Mapping[str, Chunks]
    finals: Mapping[str, Chunks]
    letters: Mapping[tuple[str, str], float]
    chunks: Mapping[str, float]
    costs: Mapping[str, float]
    knots: tuple[float, ...]
    weights: Mapping[str, float]
    known: dict[str, Trie] = field(default_factory=dict, repr=False, compare=False)

    def trie_of(self, sign: str) -> Trie:
        """Return the spellings of a sign (see `list_chunks`), kept once they are known."""
        found = self.known.get(sign)
        if found is None:
            found = self.known[sign] = _add_beginnings(list_chunks(self, sign))
        return found

    def chance_of(self, chunk: str) -> float:
        """Return how likely a run of letters stands at a given letter of any brand."""
        before = (NOTHING, *chunk)
        chance = sum(self.letters[pair] for pair in zip(before, chunk, strict=False))
        return max(chance, self.chunks.get(chunk, -inf))


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
        chunks={chunk: row[""] for chunk, row in parts.get("chunk", {}).items()},
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


def align_brand(model: SoundModel, signs: str, latin: str) -> Reached:
    """Return how much likelier letters are where they spell these signs than anywhere.

    Signs may be left out, and letters be put in before, between and behind, at a cost.

    Args:
        model: The model.
        signs: Simplified Han signs that are all known.
        latin: Letters a to z.

    Returns:
        Of the best alignment: the natural logarithm of the ratio, the signs that are spelled, and
        the letters that spell them.

    Cost:
        About signs x letters x 3 look-ups: 40 µs for three signs and eight letters.
    """
    costs = model.costs
    reached: list[Reached] = [(0.0, 0, 0), *[UNREACHED] * len(latin)]
    for at, sign in enumerate(signs):
        opened = costs["put_in" if at else "put_before"]
        starts = _skip(reached, opened, costs["more"])
        reached = _spell(model.trie_of(sign), starts, latin, _leave_out(reached, costs["left_out"]))
    return _skip(reached, costs["put_behind"], costs["more"])[-1]


def _leave_out(reached: Sequence[Reached], cost: float) -> list[Reached]:
    return [(score + cost, signs, letters) for score, signs, letters in reached]


def _skip(reached: Sequence[Reached], opened: float, more: float) -> list[Reached]:
    """Return the best alignments when letters may be put in behind what was reached."""
    starts, putting, of_signs, of_letters = [], -inf, 0, 0
    for each in reached:
        score, signs, letters = each
        starts.append(each if score >= putting else (putting, of_signs, of_letters))
        if score + opened > putting:
            putting, of_signs, of_letters = score + opened, signs, letters
        putting += more
    return starts


def _spell(
    trie: Trie, starts: Sequence[Reached], latin: str, spelled: list[Reached]
) -> list[Reached]:
    """Return the best alignments when a sign may be spelled from each start on."""
    for start, (score, signs, letters) in enumerate(starts):
        for end in range(start + 1, len(starts)):
            value = trie.get(latin[start:end])
            if value is None:
                break
            if score + value > spelled[end][0]:
                spelled[end] = (score + value, signs + 1, letters + end - start)
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
    ratios = {chunk: value - model.chance_of(chunk) for chunk, value in chunks.items() if chunk}
    return {chunk: value for chunk, value in ratios.items() if value > model.costs["left_out"]}


def _keep_best(chunks: dict[str, float], chunk: str, value: float) -> None:
    chunks[chunk] = max(value, chunks.get(chunk, -inf))


def _add_beginnings(chunks: Chunks) -> Trie:
    beginnings = {chunk[:end]: -inf for chunk in chunks for end in range(1, len(chunk))}
    return beginnings | dict(chunks)

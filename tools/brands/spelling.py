"""Learn how parts of Chinese syllables are spelled in brands: expectation maximisation."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp, inf, log

from answerable.matching.brand_alignment import Chunks, SoundModel
from answerable.matching.brand_sounds import LONGEST_LATIN, LONGEST_SIGNS
from answerable.matching.syllables import NOTHING, Syllable, list_parts, list_spellings, read_sign
from tools.brands.pairs import BrandPair

ROUNDS, FREE_ROUNDS = 10, 4
"""Rounds of learning, and how many of them may find spellings that are not known yet."""

UNRELATED = 0.15
"""Share of brands assumed to have nothing to do with each other in sound."""

LEAST_COUNT = 1.2
"""What a spelling must be counted to be kept, so that one company alone teaches none."""

LONGEST_HEAD, LONGEST_TAIL = 3, 5
"""Letters of a spelling of a syllable's beginning, and of its end."""

LISTED, FREE = 3.0, 0.3
"""Counts assumed beforehand: for the listed spellings together, and for any letters at all."""

CHUNKS, LEAST_OFTEN = range(2, 7), 5
"""Letters of runs that are counted, and in how many brands one must stand."""

WRITTEN, END = 6.0, 0.3
"""More counts assumed for pinyin itself; the chance that letters end, for spellings not listed."""

KNOTS = (-12.0, -6.0, -3.0, 0.0, 3.0, 6.0, 10.0, 16.0)
START_COSTS = {
    "left_out": log(0.15),
    "by_sign": log(0.02),
    "put_before": log(0.1),
    "put_in": log(0.03),
    "put_behind": log(0.3),
    "more": log(0.8),
}

Part = tuple[str, str, str]
"""What is counted: its kind, part and spelling."""

Edge = tuple[int, int, float, tuple[Part, ...]]
"""From a state, to a state, natural logarithm of its probability ratio, what it counts for."""


@dataclass
class Counts:
    """What is counted over all alignments, by kind, part and spelling."""

    table: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)

    def add(self, what: Iterable[Part], share: float) -> None:
        """Count parts by the probability of the edge they are on."""
        for kind, part, spelling in what:
            seen = self.table.setdefault((kind, part), {})
            seen[spelling] = seen.get(spelling, 0.0) + share

    def of(self, kind: str, part: str) -> Mapping[str, float]:
        """Return what was counted of a part."""
        return self.table.get((kind, part), {})


def learn_spelling(pairs: Sequence[BrandPair]) -> SoundModel:
    """Return a model whose spellings and costs are learned and whose weights are still empty."""
    letters = _count_letters(pair.latin for pair in pairs)
    chunks = _count_chunks([pair.latin for pair in pairs])
    model = _estimate(Counts(), letters, chunks, START_COSTS)
    for at in range(ROUNDS):
        counts = Counts()
        for pair in pairs:
            _count_pair(model, pair, counts, free=at < FREE_ROUNDS)
        model = _estimate(counts, letters, chunks, _estimate_costs(counts))
    return model


def _count_letters(words: Iterable[str]) -> dict[tuple[str, str], float]:
    """Return the probability of letters, at the start of a chunk and after another letter."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    seen: Counter[tuple[str, str]] = Counter()
    for word in words:
        seen.update((NOTHING, letter) for letter in word)
        seen.update(pairwise(word))
    alone = sum(seen[NOTHING, each] + 1 for each in alphabet)
    table = {(NOTHING, each): log((seen[NOTHING, each] + 1) / alone) for each in alphabet}
    for before in alphabet:
        total = sum(seen[before, each] for each in alphabet) + 5.0
        for each in alphabet:
            share = (seen[before, each] + 5.0 * exp(table[NOTHING, each])) / total
            table[before, each] = log(share)
    return table


def _count_chunks(words: Sequence[str]) -> dict[str, float]:
    """Return how likely runs of letters are at a given letter, if several brands hold them."""
    seen: Counter[str] = Counter()
    for word in words:
        starts = range(len(word))
        seen.update({word[at : at + length] for at in starts for length in CHUNKS})
    places = sum(map(len, words))
    return {
        chunk: log(count / places)
        for chunk, count in sorted(seen.items())
        if count >= LEAST_OFTEN and len(chunk) > 1
    }


def _estimate(
    counts: Counts,
    letters: Mapping[tuple[str, str], float],
    chunks: Mapping[str, float],
    costs: dict[str, float],
) -> SoundModel:
    parts = {"initial": LONGEST_HEAD, "final": LONGEST_TAIL}
    tables: dict[str, dict[str, dict[str, float]]] = {}
    for kind in parts:
        tables[kind] = {
            what: _estimate_part(counts.of(kind, what), kind, what, letters)
            for what in list_parts(kind)
        }
    return SoundModel(tables["initial"], tables["final"], letters, chunks, costs, KNOTS, {})


def _estimate_part(
    seen: Mapping[str, float], kind: str, what: str, letters: Mapping[tuple[str, str], float]
) -> dict[str, float]:
    """Return the spellings of a part: seen ones and listed ones, shrunk to any letters."""
    listed = ["" if each == NOTHING else each for each in list_spellings(kind, what)]
    total = sum(seen.values()) + LISTED + WRITTEN + FREE
    found = {}
    kept = (spelling for spelling, count in seen.items() if count >= LEAST_COUNT)
    for spelling in sorted({*kept, *listed, ""}):
        count = seen.get(spelling, 0.0) + FREE * exp(_free(spelling, letters))
        count += LISTED / len(listed) if spelling in listed else 0.0
        count += WRITTEN if listed and spelling == listed[0] else 0.0
        found[spelling] = log(count / total)
    return found


def _free(spelling: str, letters: Mapping[tuple[str, str], float]) -> float:
    chance = sum(letters[NOTHING, each] for each in spelling)
    return chance + len(spelling) * log(1 - END) + log(END)


def _estimate_costs(counts: Counts) -> dict[str, float]:
    costs = {}
    for name in START_COSTS:
        seen = counts.of("cost", name)
        yes, no = seen.get("yes", 0.0), seen.get("no", 0.0)
        costs[name] = log((yes + 1.0) / (yes + no + 10.0))
    return costs


def _count_pair(model: SoundModel, pair: BrandPair, counts: Counts, *, free: bool) -> None:
    """Count what all alignments of a pair hold, each by its probability."""
    latin, signs = pair.latin[:LONGEST_LATIN], pair.signs[:LONGEST_SIGNS]
    edges = sorted(_list_edges(model, signs, latin, free=free), key=lambda edge: edge[0])
    last = _state(len(signs) * 2 + 1, len(latin), latin)
    before = [-inf] * (last + 1)
    before[0] = 0.0
    for start, end, value, _ in edges:
        before[end] = _add_logs(before[end], before[start] + value)
    after = [-inf] * (last + 1)
    after[last] = 0.0
    for start, end, value, _ in reversed(edges):
        after[start] = _add_logs(after[start], value + after[end])
    all_ways = _add_logs(before[last], log(UNRELATED / (1 - UNRELATED)))
    for start, end, value, what in edges:
        share = before[start] + value + after[end] - all_ways
        if share > -12.0:
            counts.add(what, exp(share))


def _state(step: int, letter: int, latin: str) -> int:
    return step * (len(latin) + 1) + letter


def _list_edges(model: SoundModel, signs: str, latin: str, *, free: bool) -> Iterator[Edge]:
    """Yield the edges of the lattice: letters put in before each sign, and the sign spelled."""
    size = len(latin) + 1
    for at, sign in enumerate(signs):
        kind = "put_before" if at == 0 else "put_in"
        yield from _put_in(model, kind, latin, at * 2 * size)
        yield from _spell_sign(model, sign, latin, (at * 2 + 1) * size, free=free)
    yield from _put_in(model, "put_behind", latin, len(signs) * 2 * size)


def _put_in(model: SoundModel, kind: str, latin: str, start: int) -> Iterator[Edge]:
    size, opened, more = len(latin) + 1, model.costs[kind], model.costs["more"]
    stay, end = log(1 - exp(opened)), log(1 - exp(more))
    for at in range(size):
        yield start + at, start + size + at, stay, (("cost", kind, "no"),)
        for length in range(1, size - at):
            longer = (("cost", "more", "yes"),) * (length - 1)
            what = (("cost", kind, "yes"), *longer, ("cost", "more", "no"))
            value = opened + (length - 1) * more + end
            yield start + at, start + size + at + length, value, what


def _spell_sign(
    model: SoundModel, sign: str, latin: str, start: int, *, free: bool
) -> Iterator[Edge]:
    size, listed = len(latin) + 1, list_spellings("sign", sign)
    left_out, by_sign = model.costs["left_out"], model.costs["by_sign"]
    kept = log(1 - exp(left_out))
    as_read = kept + log(1 - exp(by_sign)) if listed else kept
    read = (("cost", "left_out", "no"), *((("cost", "by_sign", "no"),) if listed else ()))
    for at in range(size):
        end = start + size + at
        yield start + at, end, left_out, (("cost", "left_out", "yes"),)
        for head, tail, value in _read_from(model, read_sign(sign)[0], latin[at:], free=free):
            chunk = head[2] + tail[2]
            ratio = as_read + value - model.chance_of(chunk)
            yield start + at, end + len(chunk), ratio, (head, tail, *read)
        for chunk in listed:
            if latin.startswith(chunk, at):
                ratio = kept + by_sign - log(len(listed)) - model.chance_of(chunk)
                what = (("cost", "left_out", "no"), ("cost", "by_sign", "yes"))
                yield start + at, end + len(chunk), ratio, what


def _read_from(
    model: SoundModel, syllable: Syllable, latin: str, *, free: bool
) -> Iterator[tuple[Part, Part, float]]:
    """Yield how a syllable may be read off the start of letters: its two parts, their chance."""
    initial, final = syllable
    for head, one in _parts_of(model.initials[initial], latin, LONGEST_HEAD, model, free=free):
        rest = latin[len(head) :]
        for tail, two in _parts_of(model.finals[final], rest, LONGEST_TAIL, model, free=free):
            if head or tail:
                yield ("initial", initial, head), ("final", final, tail), one + two


def _parts_of(
    table: Chunks, latin: str, longest: int, model: SoundModel, *, free: bool
) -> Iterator[tuple[str, float]]:
    for length in range(min(longest, len(latin)) + 1):
        spelling = latin[:length]
        if spelling in table:
            yield spelling, table[spelling]
        elif free:
            yield spelling, log(FREE / 50) + _free(spelling, model.letters)


def _add_logs(one: float, other: float) -> float:
    high, low = max(one, other), min(one, other)
    return high if low == -inf else high + log(1.0 + exp(low - high))

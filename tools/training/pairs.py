"""Labelled pairs of names: of one company, and of two that a person could take for one.

Pairs of one company share an identifier. Pairs of two companies are the names of other bearers of
the same source that come nearest, since those are what is asked about, and some that share a word.
"""

import csv
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from answerable.matching.families import is_unusual
from answerable.matching.index import NameIndex
from answerable.matching.names import NameParts
from answerable.matching.nearest import find_nearest
from answerable.matching.rarity import COMMON, measure_rarity
from answerable.matching.readings import list_parts
from answerable.model import Company, Name
from tools.training.corpus import Bearer
from tools.training.families import SEED, split_of

ALIAS_SHARE = 0.5
OTHER_SHARES = {"sister": 0.5, "nearest": 0.35, "word": 0.15}
"""The mix that somebody who compares two names is assumed to ask about: how many pairs are one
company's, and which the others are."""

NEAREST = 3
"""Nearest other bearers of a name that make a pair."""

ASKED_PER_SOURCE = {"sponsor": 2_000, "sdn": 500}
MOST_ASKED = 1_000
"""Bearers of a source in one split whose nearest others are looked for, at most."""

FAMILY_WEIGHT = 3.0
"""Pairs of a family that count fully; with more, each counts less."""


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two names, whether one company bears both, and where that is known from.

    Args:
        one: A name.
        other: Another name.
        same: Whether they are labelled as one company's.
        kind: `alias`, `sister` (near, and a rare lead is shared), `nearest`, or `word` (any that
            shares a word that is not of the commonest).
        source: Where the label is from.
        family: Family of the first name.
        split: `train`, `calibrate` or `held_out`, by family.
    """

    one: str
    other: str
    same: bool
    kind: str
    source: str
    family: str
    split: str


def make_pairs(bearers: Sequence[Bearer], families: dict[str, str]) -> list[LabelledPair]:
    """Return labelled pairs of all splits.

    Args:
        bearers: Organisations with their names.
        families: Family of each bearer by its id (see `families.join_families`).

    Returns:
        Pairs by split and source, those of one company first; no pair twice.

    Cost:
        About two minutes for 130,000 bearers, of which 14,000 are asked about.
    """
    shelves: dict[tuple[str, str], list[Bearer]] = {}
    for bearer in bearers:
        split = split_of(families[bearer.id])
        shelves.setdefault((split, bearer.source), []).append(bearer)
    pairs: dict[tuple[str, str], LabelledPair] = {}
    for (split, source), shelf in sorted(shelves.items()):
        for pair in _pair_shelf(shelf, split, source, families):
            pairs.setdefault((min(pair.one, pair.other), max(pair.one, pair.other)), pair)
    return list(pairs.values())


def _pair_shelf(
    shelf: Sequence[Bearer], split: str, source: str, families: dict[str, str]
) -> Iterator[LabelledPair]:
    for bearer in shelf:
        for one, other, kind in bearer.aliases:
            yield LabelledPair(one, other, True, "alias", kind, families[bearer.id], split)
    draw = random.Random(f"{SEED} {split} {source}")  # noqa: S311
    asked = draw.sample(shelf, min(len(shelf), ASKED_PER_SOURCE.get(source, MOST_ASKED)))
    for bearer, name, other, kind in _pair_others(asked, shelf, draw):
        yield LabelledPair(name, other, False, kind, source, families[bearer.id], split)


def _pair_others(
    asked: Sequence[Bearer], shelf: Sequence[Bearer], draw: random.Random
) -> Iterator[tuple[Bearer, str, str, str]]:
    """Yield bearers, one of their names, and names of other bearers, with the kind of pair."""
    index = NameIndex(Company(each.id, "Company", tuple(map(Name, each.names))) for each in shelf)
    words = _list_by_word(shelf)
    for bearer in asked:
        name = draw.choice(bearer.names)
        for other in _find_nearest_others(bearer, name, index):
            sister = bearer.source != "bilingual" and share_lead(name, other)
            yield bearer, name, other, "sister" if sister else "nearest"
        for other in _draw_others(bearer, name, words, draw):
            yield bearer, name, other, "word"


def _list_by_word(shelf: Iterable[Bearer]) -> dict[str, list[tuple[str, str]]]:
    """Return the bearers and names that hold each word that is not of the commonest."""
    words: dict[str, list[tuple[str, str]]] = {}
    for bearer in shelf:
        for name in bearer.names:
            for word in _telling_words(name):
                words.setdefault(word, []).append((bearer.id, name))
    return words


def _telling_words(name: str) -> list[str]:
    words = dict.fromkeys(word for parts in list_parts(name) for word in parts.core)
    return [word for word in words if measure_rarity(word) >= COMMON]


def _draw_others(
    bearer: Bearer, name: str, words: dict[str, list[tuple[str, str]]], draw: random.Random
) -> list[str]:
    """Return names of other bearers that hold a word of this name, drawn at random."""
    drawn = [
        draw.choice(words[word]) for word in _telling_words(name)[:NEAREST] if len(words[word]) > 1
    ]
    others = [other for other_id, other in drawn if other_id != bearer.id]
    return [
        other
        for other in dict.fromkeys(others)
        if (bearer.source != "bilingual" or other.isascii() != name.isascii())
        and not may_be_same(name, other)
    ]


def _find_nearest_others(bearer: Bearer, name: str, index: NameIndex) -> list[str]:
    """Return the names of other bearers that come nearest, without those that agree wholly.

    Of a source that gives each name in two scripts, the name in the other script is returned.
    """
    found = (listed for listed, _ in find_nearest(name, None, index, most=4 * NEAREST))
    others = [
        listed.printed
        for listed in found
        if listed.company.id != bearer.id
        and (bearer.source != "bilingual" or listed.printed.isascii() != name.isascii())
        and not may_be_same(name, listed.printed)
    ]
    return others[:NEAREST]


def may_be_same(one: str, other: str) -> bool:
    """Tell whether two names agree wholly, or but for a legal form that one leaves out.

    Two rows of a register that agree so are as likely one organisation as two, and teach nothing.

    Example:
        >>> may_be_same("Zyxomatic Ltd", "Zyxomatic Limited"), may_be_same("Zyx Ltd", "Zyx LLP")
        (True, False)
    """
    return any(
        mine.key == theirs.key and _forms_agree(mine, theirs)
        for mine in list_parts(one)
        for theirs in list_parts(other)
    )


def _forms_agree(one: NameParts, other: NameParts) -> bool:
    mine, theirs = set(one.forms) - {"company"}, set(other.forms) - {"company"}
    return not mine or not theirs or bool(mine & theirs)


def share_lead(one: str, other: str) -> bool:
    """Tell whether one rare word leads both names, so that they look like sister companies.

    Example:
        >>> share_lead("Zyxomatic Mills", "Zyxomatic Care"), share_lead("Red Mills", "Red Care")
        (True, False)
    """
    leads = {parts.core[0] for parts in list_parts(one) if parts.core}
    others = {parts.core[0] for parts in list_parts(other) if parts.core}
    return any(map(is_unusual, leads & others))


def weigh_pairs(pairs: Sequence[LabelledPair]) -> list[float]:
    """Return what each pair counts, so that kinds come as in the mix and no family outweighs.

    Args:
        pairs: Some pairs; of kinds of others that are not among them, the rest takes the share.

    Returns:
        Weights in the order of the pairs, which add up to their number if both labels occur.
    """
    families = Counter((pair.kind, pair.family) for pair in pairs)
    raw = [min(1.0, FAMILY_WEIGHT / families[pair.kind, pair.family]) for pair in pairs]
    totals: dict[str, float] = {}
    for pair, weight in zip(pairs, raw, strict=True):
        totals[pair.kind] = totals.get(pair.kind, 0.0) + weight
    shares = share_kinds(totals)
    return [
        len(pairs) * shares[pair.kind] * weight / totals[pair.kind]
        for pair, weight in zip(pairs, raw, strict=True)
    ]


def share_kinds(kinds: Iterable[str]) -> dict[str, float]:
    """Return the share of each kind of pair in the mix, of the kinds that there are.

    Example:
        >>> share_kinds(["alias", "nearest"])
        {'alias': 0.5, 'nearest': 0.5}
    """
    others = {kind: OTHER_SHARES[kind] for kind in kinds if kind != "alias"}
    total = sum(others.values())
    shares = {kind: (1 - ALIAS_SHARE) * share / total for kind, share in others.items()}
    return {"alias": ALIAS_SHARE, **shares}


def write_pairs(pairs: Iterable[LabelledPair], path: Path) -> None:
    """Write pairs as CSV, one a line, with a heading."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(each.name for each in fields(LabelledPair))
        rows.writerows(astuple(pair) for pair in pairs)


def read_pairs(path: Path) -> list[LabelledPair]:
    """Return the pairs of a file that `write_pairs` wrote, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        return [
            LabelledPair(one, other, same == "True", kind, source, family, split)
            for one, other, same, kind, source, family, split in rows
        ]

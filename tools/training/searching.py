"""Names searched among many, as a screening does: what the score of the nearest names is worth.

Most names that are searched are on no list. How often a near name is the company's all the same
depends on how many names are searched, which the prior says, and on what is nearest by chance.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from math import log

from answerable.matching.index import NameIndex
from answerable.matching.nearest import find_nearest
from answerable.matching.weights import SHARE_LISTED
from answerable.model import Company, Name
from tools.training.corpus import Bearer
from tools.training.families import SEED, split_of
from tools.training.pairs import LabelledPair, may_be_same

LISTED_SHARE = SHARE_LISTED
"""Share of the names searched that are assumed to be listed: as the prior of a search has it."""

NEAREST = 5
"""Nearest names that are looked at of each name that is searched."""

LISTED_ASKED, OTHERS_ASKED = 1_500, 2_500
"""Names searched in each split: of companies that are listed, and of others."""


def search_names(
    bearers: Sequence[Bearer], families: dict[str, str], listed: Sequence[str]
) -> list[LabelledPair]:
    """Return the names searched with the nearest listed names.

    Args:
        bearers: Organisations; those of labelled pairs are listed, those of the register are not.
        families: Family of each bearer.
        listed: Names to search among, in which the name itself is passed over.

    Returns:
        Pairs of kind `listed` or `other`; the listed name first. Names that agree wholly with a
        name of the register are left out: whether they are one company is not known.

    Cost:
        About 10 ms per name searched among 61,000.
    """
    index = NameIndex(
        Company(f"listed:{at}", "Company", (Name(name),)) for at, name in enumerate(listed)
    )
    pairs: list[LabelledPair] = []
    for split in ("train", "calibrate", "held_out"):
        shelf = [each for each in bearers if split_of(families[each.id]) == split]
        draw = random.Random(f"{SEED} search {split}")  # noqa: S311
        for source, most in (("labelled", LISTED_ASKED), ("sponsor", OTHERS_ASKED)):
            asked = [each for each in shelf if each.source == source]
            for bearer in draw.sample(asked, min(most, len(asked))):
                pairs += _search_name(bearer, draw.choice(bearer.names), index, families, split)
    return pairs


def _search_name(
    bearer: Bearer, name: str, index: NameIndex, families: dict[str, str], split: str
) -> Iterator[LabelledPair]:
    kind = "listed" if bearer.source == "labelled" else "other"
    known = set(bearer.names)
    found = [listed.printed for listed, _ in find_nearest(name, None, index, most=NEAREST + 1)]
    for other in [each for each in found if each != name][:NEAREST]:
        same = other in known
        if same or not may_be_same(name, other):
            yield LabelledPair(name, other, same, kind, bearer.source, families[bearer.id], split)


def weigh_searches(pairs: Iterable[LabelledPair]) -> list[float]:
    """Return what each pair counts, so that as many names are listed as a screening assumes."""
    pairs = list(pairs)
    asked = {kind: len({each.one for each in pairs if each.kind == kind}) for kind in KINDS}
    shares = {"listed": LISTED_SHARE, "other": 1 - LISTED_SHARE}
    total = sum(asked.values())
    return [total * shares[pair.kind] / asked[pair.kind] for pair in pairs]


KINDS = ("listed", "other")


def prior_of_search(names: int) -> float:
    """Return the prior log-odds of one pair among so many names, as `weights.prior_among` does."""
    return log(SHARE_LISTED / max(1, names))

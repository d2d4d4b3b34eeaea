"""Labelled pairs of names, with the groups that are resampled.

Pairs of one company come labelled. The labelled pairs of the exchanges and of OFAC hold no others,
so every first name also gets the name of another group that is nearest by runs of three letters:
a ruler that is not ours, and harder than pairs drawn at random.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from tools.bench.data import LABELLED, MULTISCRIPT, NAME_BENCH, read_rows

ORGANISATIONS = ("Company", "Organization", "LegalEntity")
SOURCES = {"findb_isin": "ISIN", "findb_figi": "FIGI", "sec_cik": "CIK"}
LARGE_KIND = 20
"""Pairs from which a kind of name_bench is told apart."""

NEAREST = 6
"""Nearest names that are looked through for one of another group."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names and whether they are one company's.

    Args:
        one: A name.
        other: Another.
        same: The label.
        section: Part of the set: scripts, or source of the label.
        kind: Kind of the row in its set.
        group: What is resampled whole.
    """

    one: str
    other: str
    same: bool
    section: str
    kind: str
    group: str


@dataclass(slots=True)
class Groups:
    """Names that were joined; each group is known by its root."""

    parents: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> str:
        """Return the root of a name's group; a name not seen before is its own."""
        root = name
        while (above := self.parents.setdefault(root, root)) != root:
            root = above
        return root

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        first, second = sorted((self.find(one), self.find(other)))
        self.parents[second] = first


def level(name: str) -> str:
    """Return a name by its letters and digits alone, lower case.

    Example:
        >>> level("Zyxomatic (UK) Ltd.")
        'zyxomaticukltd'
    """
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def read_name_bench() -> list[Pair]:
    """Return the pairs of organisations of nomenklatura's name_bench, or none if it is not here."""
    rows = read_rows(NAME_BENCH) if NAME_BENCH.exists() else []
    rows = [row for row in rows if row["schema"] in ORGANISATIONS]
    kinds = Counter(row["category"] for row in rows)
    large = {kind for kind, pairs in kinds.items() if kind and pairs >= LARGE_KIND}
    return _group(
        (
            row["name1"],
            row["name2"],
            row["is_match"].casefold() == "true",
            "organisations",
            row["category"] if row["category"] in large else "other",
        )
        for row in rows
    )


def read_multiscript() -> list[Pair]:
    """Return the pairs across and within scripts, or none if they are not here."""
    rows = read_rows(MULTISCRIPT) if MULTISCRIPT.exists() else []
    return _group(
        (row["name1"], row["name2"], row["is_match"] == "1", row["id"].split("-")[1], row["kind"])
        for row in rows
    )


def _group(rows: Iterable[tuple[str, str, bool, str, str]]) -> list[Pair]:
    """Return pairs with the groups in which names that agree join, whatever their labels."""
    rows, groups = list(rows), Groups()
    for one, other, *_ in rows:
        groups.join(level(one), level(other))
    return [
        Pair(one, other, same, section, kind, groups.find(level(one)))
        for one, other, same, section, kind in rows
    ]


def read_labelled() -> list[Pair]:
    """Return labelled pairs of one company, each first name followed by its nearest other.

    Returns:
        Pairs by source (ISIN, FIGI, CIK, OFAC), those of one company first; none if not here.
    """
    rows = read_rows(LABELLED) if LABELLED.exists() else []
    pairs = [
        Pair(row["name1"], row["name2"], True, _source(row["source"]), "alias", row["group"])
        for row in rows
    ]
    return [*pairs, *_find_others(pairs)]


def _source(label: str) -> str:
    return SOURCES.get(label, "OFAC")


def _find_others(pairs: Sequence[Pair]) -> list[Pair]:
    """Return each distinct first name with the nearest name of another group of its source.

    Names that agree in letters and digits are passed over: as likely one company as two.
    """
    found: list[Pair] = []
    for section in sorted({pair.section for pair in pairs}):
        part = [pair for pair in pairs if pair.section == section]
        owners = {name: pair.group for pair in part for name in (pair.one, pair.other)}
        names = list(owners)
        for name, near in zip(names, find_nearest(names, names, NEAREST), strict=True):
            others = [names[at] for at in near if _differ(name, names[at], owners)]
            if others:
                found.append(Pair(name, others[0], False, section, "nearest", owners[name]))
    return found


def _differ(one: str, other: str, owners: dict[str, str]) -> bool:
    return owners[one] != owners[other] and level(one) != level(other)


def find_nearest(names: Sequence[str], among: Sequence[str], most: int) -> list[list[int]]:
    """Return for each name the positions of those nearest to it by runs of three letters.

    Args:
        names: Names to look for.
        among: Names to look among.
        most: How many at most.

    Returns:
        The nearest first; cosine of tf-idf vectors.

    Example:
        >>> find_nearest(["zyxomatic mills"], ["quorbel", "zyxomatik mill"], 1)
        [[1]]
    """
    grams: dict[str, int] = {}
    right = _count_grams(among, grams, grow=True)
    left = _count_grams(names, grams, grow=False)
    counts = np.bincount(right.indices, minlength=len(grams))
    weights = sparse.diags(1.0 + np.log(len(among) / np.maximum(counts, 1)))
    product = sp_matmul_topn(_unit(left @ weights), _unit(right @ weights).T.tocsr(), top_n=most)
    return [
        product.indices[start:end][np.argsort(-product.data[start:end], kind="stable")].tolist()
        for start, end in zip(product.indptr[:-1], product.indptr[1:], strict=True)
    ]


def _count_grams(names: Sequence[str], grams: dict[str, int], *, grow: bool) -> sparse.csr_matrix:
    starts, columns = [0], list[int]()
    for name in names:
        padded = f" {' '.join(name.casefold().split())} "
        runs = sorted({padded[at : at + 3] for at in range(len(padded) - 2)})
        columns += (
            [grams.setdefault(run, len(grams)) for run in runs]
            if grow
            else [grams[run] for run in runs if run in grams]
        )
        starts.append(len(columns))
    shape = (len(names), len(grams))
    return sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)


def _unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-9)) @ matrix)

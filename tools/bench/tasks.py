"""What all methods are asked: suppliers, listed names, and which of them are right."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.bench.data import LABELLED, read_real_names, read_rows
from tools.bench.labels import SOURCES
from tools.bench.recombining import SEED, grow_names, make_suppliers

REAL_PAIRS = (
    "Names of one company by ISIN, FIGI, CIK or an alias of OFAC, looked for among real names; all "
    "other names of its group are right, the string itself is taken out."
)
RECOMBINED = (
    "Real names and names recombined from their words; half of the suppliers are listed names with "
    "one to three faults, the others have no counterpart. Synthetic names are easier than life."
)
SPONSORS = (
    "The UK register of licensed sponsors among the lists; nobody has labelled it, so it tells "
    "speed and memory alone."
)


@dataclass(frozen=True, slots=True)
class Task:
    """Suppliers to look for among listed names.

    Args:
        id: Short name.
        title: What it is, for the report.
        about: Where it comes from and what is right, in a sentence or two.
        suppliers: The names to look for.
        listed: The names to look among, distinct.
        right: Row of a supplier to the rows of the listed names that are right for it.
        own: Row of a supplier to the row of the listed name that is the very same string, which
            is taken out of the answers.
        parts: Row of a supplier to the part of the task that it belongs to.
        groups: Row of a supplier to the group that is resampled whole.
    """

    id: str
    title: str
    about: str
    suppliers: list[str]
    listed: list[str]
    right: dict[int, frozenset[int]] = field(default_factory=dict)
    own: dict[int, int] = field(default_factory=dict)
    parts: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)


def take_sample(suppliers: int, most: int | None, seed: int = SEED) -> list[int]:
    """Return the rows of a fixed sample of the suppliers, in order; all if they are few enough."""
    if most is None or suppliers <= most:
        return list(range(suppliers))
    return sorted(random.Random(seed).sample(range(suppliers), most))  # noqa: S311


def make_real_pairs() -> Task:
    """Return the task of finding the other real names of a company among all real names.

    Every distinct first name of a labelled pair is looked for; all other names of its group are
    right. The string itself stands among the listed names too and is taken out of the answers.
    """
    rows = read_rows(LABELLED)
    names = [name for row in rows for name in (row["name1"], row["name2"])]
    listed = list(dict.fromkeys([*read_real_names(), *names]))
    places = {name: at for at, name in enumerate(listed)}
    members: dict[str, set[int]] = {}
    for row in rows:
        members.setdefault(row["group"], set()).update(places[row[n]] for n in ("name1", "name2"))
    asked = {(row["name1"], SOURCES.get(row["source"], "OFAC")): row["group"] for row in rows}
    task = Task("real_pairs", "real pairs", REAL_PAIRS, [name for name, _ in asked], listed)
    for at, ((name, part), group) in enumerate(asked.items()):
        task.right[at] = frozenset(members[group] - {places[name]})
        task.own[at] = places[name]
        task.parts[at], task.groups[at] = part, group
    return task


def make_recombined(listed_size: int, suppliers_size: int) -> Task:
    """Return the task of finding spoiled names among recombined ones.

    Args:
        listed_size: How many listed names.
        suppliers_size: How many suppliers, half of them without a counterpart.
    """
    real = read_real_names()
    listed = grow_names(real, listed_size)
    pairs = make_suppliers(listed, real, suppliers_size)
    right = {at: frozenset({row}) for at, (_, row) in enumerate(pairs) if row is not None}
    groups = {at: str(at) for at in right}
    return Task(
        "recombined",
        "recombined names",
        RECOMBINED,
        [name for name, _ in pairs],
        listed,
        right,
        groups=groups,
    )


def make_sponsors(sponsors: Sequence[str], listed: Sequence[str]) -> Task:
    """Return the task of searching the register of sponsors among the names of the lists.

    Nobody has labelled it: it measures speed and memory alone.
    """
    return Task("sponsors", "sponsors", SPONSORS, list(sponsors), list(dict.fromkeys(listed)))

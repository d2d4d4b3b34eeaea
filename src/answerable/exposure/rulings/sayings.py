"""Sayings: what a rule says of one node and why, before window, coverage and warnings are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.stages import Explanation, Stages
from answerable.exposure.holdings.stakes import Ints, merge_same
from answerable.exposure.rulings.relations import WORDS, Related
from answerable.exposure.rulings.words import say_link, say_names
from answerable.model.regime import Regime, RegimeStatus, Window

_LENT = (
    "That list is not one of this rule's own: a listing by it is no ground under the rule by "
    "itself, and what follows is for whoever applies the rule."
)

MOST_STEPS = 60
"""Lines of arithmetic that a ruling carries; of longer ones the first and the last are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """All that is worked out for one rule on one day, before single nodes are spoken of.

    `lent` are the seeds that stand on lists of others alone, `own` the positions of all others:
    what rests on a list of others is never more than possible. `titles` are those of lists, by id.
    """

    graph: Graph
    regime: Regime
    seeds: Mapping[str, tuple[str, ...]]
    lent: frozenset[str]
    numbers: Ints
    own: Ints
    day: str
    window: Window
    gaps: tuple[str, ...]
    countries: Mapping[str, Sequence[str]]
    titles: Mapping[str, str]
    certain: Stages
    possible: Stages
    related: tuple[Related, ...]
    perhaps: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said of a node before window, coverage and warnings are added."""

    status: RegimeStatus
    why: str
    edges: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def find_lent(regime: Regime, seeds: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the seeds that stand only on lists which the rule does not itself rest on."""
    lists = {entry["list"] for entry in regime.seeds if not entry.get("needed", True)}
    return frozenset(
        node
        for node, refs in seeds.items()
        if refs and all(ref.partition(" ")[0] in lists for ref in refs)
    )


def say_listed(heard: Heard, node: str) -> Saying:
    """Return what is said of a node that the rule starts from."""
    why = f"It is listed by {_lists(heard, node)}."
    return Saying("possible", f"{why} {_LENT}") if node in heard.lent else Saying("listed", why)


def say_same(heard: Heard, number: int, of: Ints) -> Saying:
    """Return what is said of a node that is surely one legal person with a listed one of some."""
    same = merge_same(heard.graph)
    other = next(int(each) for each in of if same[each] == same[number])
    node = heard.graph.ids[other]
    why = (
        f"An identifier or a judgement says that it is one legal person with "
        f"{_name(heard, node)}, which is listed by {_lists(heard, node)}."
    )
    return Saying("possible", f"{why} {_LENT}") if node in heard.lent else Saying("listed", why)


def say_held(heard: Heard, number: int, status: RegimeStatus, certain: bool) -> Saying:
    """Return what is said of a node that is held, for certain or perhaps, with the arithmetic."""
    regime, graph = heard.regime, heard.graph
    stages = heard.certain if certain else heard.possible
    told = stages.explain(graph, regime, number)
    listed = [
        f"{_name(heard, node)} is listed by {_lists(heard, node)}."
        for node in told.holders
        if node in heard.seeds
    ]
    if told.control:
        why = "A listed person, or what it holds, has control of it"
        why += (
            "." if certain else "; whether that is the control that the rule means is for review."
        )
    elif certain:
        why = (
            "Listed persons, with companies that count as theirs, hold enough of it to reach the "
            "rule's line."
        )
    else:
        why = _say_perhaps(told)
    if certain and status == "possible":
        why += " The rule leaves open what follows from that, so it is shown as possible."
    if any(node in heard.lent for node in told.holders):
        why += f" {_LENT}"
    return Saying(status, why, told.edges, _shorten((*listed, *told.lines)))


def _say_perhaps(told: Explanation) -> str:
    """Return what it hangs on that the shares of a node reach the rule's line."""
    hangs = ["a share that is not known, or known as a range, is taken at its greatest"]
    hangs = hangs if told.ranged else []
    hangs += ["a name match on the way is confirmed"] if told.by_name else []
    hangs = hangs or ["links of which the days are not known hold on this day"]
    return (
        "Listed persons, with companies that may count as theirs, hold enough of it to reach the "
        f"rule's line only if {' and '.join(hangs)}."
    )


def say_related(
    heard: Heard, related: Related, number: int, status: RegimeStatus, certain: bool
) -> Saying:
    """Return what is said of a node that has a relation which the rule names."""
    graph = heard.graph
    seed, links = related.trace(graph, number)
    ids = [seed, *_twins(heard, seed)]
    node = next((each for each in ids if each in heard.seeds), seed)
    name = _name(heard, node)
    refs = _lists(heard, node)
    how = WORDS[related.relation]
    if certain:
        why = f"{name} is listed by {refs}; as the rule names it, {how} this one."
        why += " That alone is no more than possible." if status == "possible" else ""
    else:
        why = (
            f"{name} is listed by {refs}; taking unknown shares, bands and chains at their "
            f"greatest, {how} this one."
        )
        why += f" {_LENT}" if node in heard.lent else ""
    lines = [f"{name} is listed by {refs}.", *(say_link(each, graph.captions) for each in links)]
    edges = tuple(dict.fromkeys(link.id for link in links))
    return Saying(status, why, edges, _shorten(tuple(dict.fromkeys(lines))))


def _twins(heard: Heard, node: str) -> list[str]:
    same = merge_same(heard.graph)
    own = same[heard.graph.positions[node]]
    twins = heard.numbers[same[heard.numbers] == own]
    return [heard.graph.ids[int(each)] for each in twins]


def say_below(heard: Heard) -> Saying:
    """Return what is said of a node of which there is no more than a warning."""
    why = "The rule does not reach it by the links that are stated; see the warnings."
    if heard.gaps:
        return Saying("not_evaluated", " ".join((*heard.gaps, why)))
    return Saying("none_found", why)


def _shorten(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) <= MOST_STEPS:
        return lines
    half = MOST_STEPS // 2
    return (*lines[:half], f"({len(lines) - 2 * half} lines left out.)", *lines[-half:])


def _name(heard: Heard, node: str) -> str:
    return heard.graph.captions.get(node, node)


def _lists(heard: Heard, node: str) -> str:
    """Return the titles and editions of the lists that a node stands on."""
    said = []
    for ref in heard.seeds.get(node, ()):
        name, space, edition = ref.partition(" ")
        said.append(f"{heard.titles.get(name, name)}{space}{edition}")
    return say_names(said)

"""Rulings: what a regime's rule says of nodes, with the arithmetic shown. No legal advice.

A ruling follows from what sources state on a day and from the rule's data. Owners that no source
states stay unknown; nothing is multiplied, rescaled or guessed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.stages import Explanation, Stages, hold
from answerable.exposure.holdings.stakes import Ints, merge_same
from answerable.exposure.regimes.reading import find_window
from answerable.exposure.rulings.relations import WORDS, Related, find_related
from answerable.exposure.rulings.warnings import warn_of, warned_nodes
from answerable.exposure.rulings.words import say_link, say_names, say_standing, say_window
from answerable.model.regime import Regime, RegimeStatus, Ruling, Window

MOST_STEPS = 60
"""Lines of arithmetic that a ruling carries; of longer ones the first and the last are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class _Hearing:
    """All that is worked out for one rule on one day, before single nodes are spoken of."""

    graph: Graph
    regime: Regime
    seeds: Mapping[str, tuple[str, ...]]
    numbers: Ints
    day: str
    window: Window
    gaps: tuple[str, ...]
    countries: Mapping[str, Sequence[str]]
    certain: Stages
    possible: Stages
    related: tuple[Related, ...]
    perhaps: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class _Say:
    """What is said of a node before window, coverage and warnings are added."""

    status: RegimeStatus
    why: str
    edges: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def rule(
    graph: Graph,
    regime: Regime,
    seeds: Mapping[str, Sequence[str]],
    day: date,
    *,
    nodes: Collection[str] | None = None,
    gaps: Sequence[str] = (),
    countries: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Ruling]:
    r"""Return what a rule says of nodes: whom it reaches from listings, and why.

    A status is what we compute of the rule from stated links. It says nothing about wrongdoing
    and is no legal advice. What more listings would bring is not known, but no listing or link
    takes a status away.

    Args:
        graph: The graph as of the day (`as_of`).
        regime: The rule.
        seeds: Ids of listed nodes, natural persons among them, to what lists them; see
            `regimes.seeds.find_seeds`. They need not be in the graph.
        day: The day, for the rule's standing.
        nodes: Ids of the nodes of interest; None for all.
        gaps: Why the rule cannot say that it finds nothing; see `regimes.seeds.find_gaps`.
        countries: Countries of nodes by id, for a rule that leaves out one country's companies.

    Returns:
        Rulings by id of node, only where there is something to say: a status, or a warning. For
        all others see `say_nothing`.

    Raises:
        UsageError: The graph is of all times.

    Source: The rule's `sources`; exposure rules 1 to 11 of the documentation.

    Cost: For a graph of 1,500,000 links and 5,000 listed nodes 0.1 to 0.8 s of processor time, 2 s
    for a rule that reaches up and down (`fcc-covered`), and about 1 ms a ruling.

    Example:
        >>> from answerable.exposure.graphs.graph import as_of, build_graph
        >>> from answerable.exposure.regimes.reading import known_regimes
        >>> from answerable.model import Link, LinkSource, Share
        >>> half = Share(50_000_000, 50_000_000)
        >>> owns = Link("r:1", "ownership", "x", "a", LinkSource("r"), "shareholding", half)
        >>> day = date(2026, 11, 23)
        >>> graph = as_of(build_graph([owns], {"x": "X Group", "a": "A Ltd"}), day)
        >>> ruling = rule(graph, known_regimes()["ofac-50"], {"x": ["an invented list"]}, day)
        >>> ruling = ruling["a"]
        >>> ruling.status, ruling.low
        ('derived', 50000000)
        >>> print("\n".join(ruling.steps))
        X Group is listed by an invented list.
        X Group holds 50 % of A Ltd by shares (r).
        Sum of shares: 50 %; the rule asks for at least 50 %: A Ltd counts as held.
    """
    hearing = _hear(graph, regime, seeds, day, tuple(gaps), countries or {})
    said = _say_all(hearing, None if nodes is None else set(nodes))
    return {node: _finish(hearing, node, each) for node, each in said.items()}


def say_nothing(regime: Regime, day: date, gaps: Sequence[str] = ()) -> Ruling:
    """Return what a rule says of nodes of which `rule` says nothing.

    Returns:
        `none_found`, or `not_evaluated` and why where a list is absent, partial or too old.

    Example:
        >>> from answerable.exposure.regimes.reading import known_regimes
        >>> say_nothing(known_regimes()["uk-ofsi"], date(2026, 11, 23), ["No list."]).why
        'No list.'
    """
    window = find_window(regime, day)
    status: RegimeStatus = "not_evaluated" if gaps else "none_found"
    why = " ".join(gaps) or "None found in its lists."
    standing = say_standing(window, day.isoformat())
    return Ruling(
        regime.id,
        status,
        " ".join(filter(None, (why, standing))),
        regime.version,
        window.status,
    )


def _hear(
    graph: Graph,
    regime: Regime,
    seeds: Mapping[str, Sequence[str]],
    day: date,
    gaps: tuple[str, ...],
    countries: Mapping[str, Sequence[str]],
) -> _Hearing:
    numbers = graph.find_nodes(seeds)
    relations = list(regime.relations)
    if regime.control_means == "connected" and "controller" not in relations:
        relations += ["controller"] if regime.direction == "down" else []

    def relate(bound: Literal["low", "high"]) -> tuple[Related, ...]:
        return tuple(find_related(graph, regime, each, numbers, bound) for each in relations)

    return _Hearing(
        graph=graph,
        regime=regime,
        seeds={node: tuple(refs) for node, refs in seeds.items()},
        numbers=numbers,
        day=day.isoformat(),
        window=find_window(regime, day),
        gaps=gaps,
        countries=countries,
        certain=hold(graph, regime, numbers, "low"),
        possible=hold(graph, regime, numbers, "high"),
        related=relate("low"),
        perhaps=relate("high"),
    )


def _say_all(hearing: _Hearing, wanted: set[str] | None) -> dict[str, _Say]:
    """Return what is said of each node, the most telling, in the order of statuses."""
    said: dict[str, _Say] = {}

    def say(node: str, each: _Say) -> None:
        if node not in said:
            said[node] = each

    for node in hearing.seeds:
        if wanted is None or node in wanted:
            say(node, _say_listed(hearing, node))
    for number in _choose(hearing, _merged_seeds(hearing), wanted):
        say(hearing.graph.ids[number], _say_same(hearing, number))
    for status in ("derived", "connected", "possible"):
        for number, each in _said_with(hearing, status, wanted, said):
            say(hearing.graph.ids[number], each)
    warned = warned_nodes(hearing.graph, hearing.regime, hearing.certain, hearing.possible)
    for number in _choose(hearing, warned, wanted):
        say(hearing.graph.ids[number], _say_below(hearing))
    return said


def _choose(hearing: _Hearing, numbers: Ints, wanted: set[str] | None) -> list[int]:
    if wanted is None:
        return [int(number) for number in numbers]
    mask = hearing.graph.find_nodes(wanted)
    return [int(number) for number in np.intersect1d(numbers, mask)]


def _merged_seeds(hearing: _Hearing) -> Ints:
    """Return nodes that an identifier or judgement says are one legal person with a listed one."""
    same = merge_same(hearing.graph)
    return np.setdiff1d(np.flatnonzero(np.isin(same, same[hearing.numbers])), hearing.numbers)


def _said_with(
    hearing: _Hearing, status: str, wanted: set[str] | None, said: Mapping[str, _Say]
) -> list[tuple[int, _Say]]:
    regime, found = hearing.regime, []
    means = regime.holding_means if regime.threshold is not None else "derived"
    held = [(hearing.certain, means, True), (hearing.possible, "possible", False)]
    for stages, meaning, certain in held:
        if meaning == status:
            numbers = _choose(hearing, np.flatnonzero(stages.mask), wanted)
            found += [
                (number, _say_held(hearing, number, meaning, certain))
                for number in numbers
                if hearing.graph.ids[number] not in said
            ]
    seen = {number for number, _ in found}
    tied = [(each, regime.relations_mean, True) for each in hearing.related]
    tied += [(each, "possible", False) for each in hearing.perhaps]
    for related, meaning, certain in tied:
        if meaning == status:
            for number in _choose(hearing, np.flatnonzero(related.mask), wanted):
                if hearing.graph.ids[number] not in said and number not in seen:
                    seen.add(number)
                    found.append((number, _say_related(hearing, related, number, meaning, certain)))
    return found


def _say_listed(hearing: _Hearing, node: str) -> _Say:
    return _Say("listed", f"It is listed by {say_names(hearing.seeds[node])}.")


def _say_same(hearing: _Hearing, number: int) -> _Say:
    same = merge_same(hearing.graph)
    other = next(int(each) for each in hearing.numbers if same[each] == same[number])
    node = hearing.graph.ids[other]
    why = (
        f"An identifier or a judgement says that it is one legal person with "
        f"{_name(hearing, node)}, which is listed by {say_names(hearing.seeds[node])}."
    )
    return _Say("listed", why)


def _say_held(hearing: _Hearing, number: int, status: RegimeStatus, certain: bool) -> _Say:
    regime, graph = hearing.regime, hearing.graph
    stages = hearing.certain if certain else hearing.possible
    told = stages.explain(graph, regime, number)
    listed = [
        f"{_name(hearing, node)} is listed by {say_names(hearing.seeds[node])}."
        for node in told.holders
        if node in hearing.seeds
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
    return _Say(status, why, told.edges, _shorten((*listed, *told.lines)))


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


def _say_related(
    hearing: _Hearing, related: Related, number: int, status: RegimeStatus, certain: bool
) -> _Say:
    graph = hearing.graph
    seed, links = related.trace(graph, number)
    ids = [seed, *_twins(hearing, seed)]
    node = next((each for each in ids if each in hearing.seeds), seed)
    name = _name(hearing, node)
    refs = say_names(hearing.seeds.get(node, ()))
    how = WORDS[related.relation]
    if certain:
        why = f"{name} is listed by {refs}; as the rule names it, {how} this one."
        why += " That alone is no more than possible." if status == "possible" else ""
    else:
        why = (
            f"{name} is listed by {refs}; taking unknown shares, bands and chains at their "
            f"greatest, {how} this one."
        )
    lines = [f"{name} is listed by {refs}.", *(say_link(each, graph.captions) for each in links)]
    edges = tuple(dict.fromkeys(link.id for link in links))
    return _Say(status, why, edges, _shorten(tuple(dict.fromkeys(lines))))


def _twins(hearing: _Hearing, node: str) -> list[str]:
    same = merge_same(hearing.graph)
    own = same[hearing.graph.positions[node]]
    twins = hearing.numbers[same[hearing.numbers] == own]
    return [hearing.graph.ids[int(each)] for each in twins]


def _say_below(hearing: _Hearing) -> _Say:
    why = "The rule does not reach it by the links that are stated; see the warnings."
    if hearing.gaps:
        return _Say("not_evaluated", " ".join((*hearing.gaps, why)))
    return _Say("none_found", why)


def _finish(hearing: _Hearing, node: str, said: _Say) -> Ruling:
    """Return a ruling with the rule's standing, its sums, warnings and what it lacks."""
    regime = hearing.regime
    said, warnings = _leave_out_own(hearing, node, said)
    low = high = None
    position = hearing.graph.positions.get(node)
    if position is not None:
        warned, edges = warn_of(hearing.graph, regime, hearing.certain, position, said.status)
        warnings += warned
        if regime.threshold is not None and hearing.certain.held and said.status != "listed":
            low = int(hearing.certain.sums[position])
            high = int(hearing.possible.sums[position])
    else:
        edges = ()
    if hearing.gaps and said.status not in ("none_found", "not_evaluated"):
        warnings += [f"Not all lists of the rule were there. {gap}" for gap in hearing.gaps]
    standing = say_window(hearing.window, hearing.day)
    return Ruling(
        regime=regime.id,
        status=said.status,
        why=" ".join(filter(None, (said.why, standing))),
        rule_version=regime.version,
        window=hearing.window.status,
        low=low,
        high=high,
        edges=said.edges or edges,
        steps=said.steps,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _leave_out_own(hearing: _Hearing, node: str, said: _Say) -> tuple[_Say, list[str]]:
    """Return what is said of a node of the country whose own companies a rule leaves out."""
    own = hearing.regime.foreign_only
    if own is None or said.status not in ("derived", "connected", "possible"):
        return said, []
    countries = {each.lower() for each in hearing.countries.get(node, ())}
    if countries == {own}:
        why = f"The rule reaches foreign companies only, and this one is of {own.upper()}."
        return _Say("none_found", why, said.edges, said.steps), []
    if not countries:
        return said, [f"Its country is not known; the rule leaves out those of {own.upper()}."]
    return said, []


def _name(hearing: _Hearing, node: str) -> str:
    return hearing.graph.captions.get(node, node)


def _shorten(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) <= MOST_STEPS:
        return lines
    half = MOST_STEPS // 2
    return (*lines[:half], f"({len(lines) - 2 * half} lines left out.)", *lines[-half:])

"""A slow reference of the holdings arithmetic: dicts and fractions, link by link, one at a time.

It is written from the rules in words and shares no code with what it is compared with.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from answerable.model.link import WHOLE, Link

UNKNOWN = ("unknownInterest", "unpublishedInterest")


@dataclass(frozen=True)
class Rule:
    interests: Sequence[str]
    threshold: Fraction
    inclusive: bool
    per_person: bool
    greatest: bool
    controls: Sequence[str] = ()


def holds_on(link: Link, day: date) -> bool:
    began = link.start is None or date.fromisoformat(link.start) <= day
    goes_on = link.end is None or day < date.fromisoformat(link.end)
    return began and goes_on


def find_held_slowly(
    links: Iterable[Link], seeds: Collection[str], rule: Rule, day: date
) -> set[str]:
    """Return all that seeds hold, the seeds among it, by the definition itself."""
    alive = [each for each in links if holds_on(each, day) and each.owner != each.target]
    pools = [{seed} for seed in seeds] if rule.per_person else [set(seeds)]
    return set().union(*(grow(alive, pool, rule) for pool in pools))


def grow(links: Sequence[Link], pool: set[str], rule: Rule) -> set[str]:
    held = set(pool)
    while True:
        new = {each.target for each in links if each.target not in held}
        new = {node for node in new if is_held(links, held, node, rule)}
        if not new:
            return held
        held |= new


def is_held(links: Sequence[Link], held: set[str], node: str, rule: Rule) -> bool:
    mine = [each for each in links if each.target == node and each.owner in held]
    tests = [*rule.interests, *rule.controls]
    return any(reaches(*add(mine, interest, rule.greatest), rule) for interest in tests)


def reaches(total: Fraction, is_open: bool, rule: Rule) -> bool:
    if total != rule.threshold:
        return total > rule.threshold
    return rule.inclusive and not is_open if rule.greatest else rule.inclusive or is_open


def add(links: Sequence[Link], interest: str, greatest: bool) -> tuple[Fraction, bool]:
    """Return the sum of shares by one interest: of each owner what the fullest source states."""
    told: dict[str, dict[str, list[tuple[Fraction, bool]]]] = defaultdict(lambda: defaultdict(list))
    for each in links:
        if counts(each, interest):
            told[each.owner][each.source.origin].append(read_end(each, interest, greatest))
    fullest = [
        max(map(add_ends, sources.values()), key=lambda end: (end[0], end[1] != greatest))
        for sources in told.values()
    ]
    return add_ends(fullest)


def add_ends(ends: Sequence[tuple[Fraction, bool]]) -> tuple[Fraction, bool]:
    return sum((value for value, _ in ends), Fraction(0)), any(is_open for _, is_open in ends)


def counts(link: Link, interest: str) -> bool:
    if link.kind == "ownership":
        return (link.interest or "unknownInterest") in (interest, *UNKNOWN)
    return link.kind == "control" and link.interest in (interest, *UNKNOWN)


def read_end(link: Link, interest: str, greatest: bool) -> tuple[Fraction, bool]:
    if link.share is None:
        whole = (link.kind == "control" and link.interest == interest) or greatest
        return Fraction(100 if whole else 0), False
    if greatest:
        return Fraction(link.share.high * 100, WHOLE), link.share.high_open
    if (link.interest or "unknownInterest") != interest:
        return Fraction(0), False
    return Fraction(link.share.low * 100, WHOLE), link.share.low_open

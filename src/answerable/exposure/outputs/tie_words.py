"""The words in which paths, rulings and claims are shown to people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.exposure.outputs.words import say_probability
from answerable.model import ClaimNote, Finding, Link, Path, Ruling, Screening
from answerable.model.link import LinkKind
from answerable.model.regime import RegimeStatus

EXPOSURE_WORDS: dict[str, str] = {
    "listed": "listed",
    "named": "named in a filed claim",
    "derived": "reached by a rule's arithmetic",
    "connected": "connected, as a rule names it",
    "linked": "linked to a listed or named company",
    "possible": "possibly reached: a share is unknown, or only a name is shared",
}
"""How the company that a supplier may be is exposed."""

RULING_WORDS: dict[RegimeStatus, str] = {
    "listed": "listed",
    "derived": "reached by the shares stated",
    "connected": "connected, as the rule names it",
    "possible": "possible, to review",
    "none_found": "none found in these sources",
    "not_evaluated": "not evaluated",
}
"""What a rule says, in the words that people are shown; see `say_status` for one with warnings."""

WINDOW_WORDS: dict[str, str] = {
    "in_force": "in force",
    "suspended": "suspended on this day; it would apply",
    "scheduled": "not yet in force on this day",
    "not_verified": "its standing on this day was not verified",
}

ANSWER_WORDS = {
    "answered": "answered",
    "requested": "reply requested",
    "none_found": "no reply found in our sources",
}

VERBS: dict[LinkKind, tuple[str, str]] = {
    "ownership": ("owns", "is owned by"),
    "control": ("controls", "is controlled by"),
    "directorship": ("directs", "is directed by"),
    "family": ("is related to", "is related to"),
    "joint_arrangement": ("holds together with", "holds together with"),
    "supply": ("supplies", "is supplied by"),
    "operation": ("operates", "is operated by"),
    "provision": ("provides for", "is provided for by"),
    "unknown": ("is tied to", "is tied to"),
    "same": ("may be", "may be"),
}
"""Kinds of link in words: as walked from its owner to its target, and the other way round."""

SHOWN_STATUSES = ("listed", "derived", "connected", "possible")
"""What a rule may say that is shown by itself; the rest is summed up."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a path in words.

    Args:
        verb: What the node before does to the node behind, such as `is owned by`.
        details: Share, dates, the source's own words, who states it.
        node: Caption of the node behind.
    """

    verb: str
    details: str
    node: str


def list_steps(path: Path, titles: Mapping[str, str]) -> list[Step]:
    """Return a path's links in words, each with the node that it leads to.

    Args:
        path: A path of a finding, the supplier first.
        titles: Id of a list to its title.
    """
    triples = zip(path.links, path.forward, path.captions[1:], strict=True)
    return [_step(link, forward, node, titles) for link, forward, node in triples]


def _step(link: Link, forward: bool, node: str, titles: Mapping[str, str]) -> Step:
    verb = VERBS[link.kind][0 if forward else 1]
    if link.kind == "same":
        if link.role == "a distinctive name is shared":
            return Step("shares a distinctive name with", "another company, perhaps related", node)
        chance = link.source.probability
        sure = "" if chance is None or chance == 1 else f", {say_probability(chance)}"
        return Step(verb, f"{link.role}{sure}", node)
    return Step(verb, "; ".join(_details(link, titles)), node)


def _details(link: Link, titles: Mapping[str, str]) -> list[str]:
    source = link.source
    edition = f" {source.edition}" if source.edition else ""
    by_case = f"claim {source.citation} of case {source.origin.removeprefix('case:')}"
    stated = by_case if source.claim else f"{titles.get(source.origin, source.origin)}{edition}"
    return [
        *([link.share.words] if link.share else []),
        *([say_interest(link.interest)] if link.interest else []),
        *([f"from {link.start}"] if link.start else []),
        *([f"until {link.end}"] if link.end else []),
        *([f"“{link.role}”"] if link.role else []),
        stated,
    ]


def say_interest(interest: str) -> str:
    """Return a type of interest in words.

    Example:
        >>> say_interest("votingRights"), say_interest("unknownInterest")
        ('voting rights', 'interest not stated')
    """
    if interest in ("unknownInterest", "unpublishedInterest"):
        return "interest not stated"
    return "".join(f" {each.lower()}" if each.isupper() else each for each in interest)


def say_path(path: Path, titles: Mapping[str, str]) -> str:
    """Return a path as one line of text."""
    said = [f"{step.verb} {step.node} ({step.details})" for step in list_steps(path, titles)]
    return f"{path.captions[0]} " + ", which ".join(said) + f" [{path.ends}]"


def list_titled(screening: Screening) -> dict[str, str]:
    """Return the titles of lists and of editions of links, by id."""
    coverage = screening.coverage
    return {each.list: each.title for each in (*coverage.editions, *coverage.links)}


def list_rules(screening: Screening) -> Mapping[str, Mapping[str, Any]]:
    """Return what the manifest says of each rule, by id; empty where none was evaluated."""
    rules = screening.manifest.get("rule_set") or {}
    return rules if isinstance(rules, Mapping) else {}


def shown_rulings(finding: Finding) -> list[tuple[str, Ruling]]:
    """Return the rulings of a finding that say more than none found, in the order of the rules."""
    return [
        (rule, ruling)
        for rule, ruling in finding.regimes.items()
        if ruling.status in SHOWN_STATUSES or ruling.warnings
    ]


def say_status(status: str, warned: object = ()) -> str:
    """Return the status of a ruling in words.

    Args:
        status: The status.
        warned: Its warnings, if any: where links are stated and do not reach the rule's line, it
            is not said that none were found.

    Example:
        >>> say_status("none_found"), say_status("none_found", ["X holds 49 % of A."])
        ('none found in these sources', 'not reached by what these sources state')
    """
    if status == "none_found" and warned:
        return "not reached by what these sources state"
    return next((words for each, words in RULING_WORDS.items() if each == status), status)


def say_ruling(rule: str, ruling: Ruling, rules: Mapping[str, Mapping[str, Any]]) -> str:
    """Return what a rule says in one line: its status, standing, why, warnings and its note."""
    described = rules.get(rule, {})
    title = described.get("title", rule)
    standing = WINDOW_WORDS.get(ruling.window or "", "")
    more = f" ({standing})" if standing and ruling.window != "in_force" else ""
    warned = (f"Warning: {each}" for each in ruling.warnings)
    noted = f"Note: {described['note']}" if described.get("note") else ""
    status = say_status(ruling.status, ruling.warnings)
    return " ".join(filter(None, (f"{title}: {status}{more}.", ruling.why, *warned, noted)))


def say_exposure(finding: Finding) -> str | None:
    """Return how the company is exposed, in words, or None if nothing is known of it."""
    return "; ".join(EXPOSURE_WORDS[each] for each in finding.exposure) or None


def say_claim(claim: ClaimNote) -> str:
    """Return a claim with its claimant, how it is put, and what was answered, in one line."""
    said = f"{claim.claimant} {claim.modality}: {claim.statement}"
    parts = [*(f"{each['by']} answers: {each['statement']}" for each in claim.rebuttals)]
    if not parts:
        parts.append(ANSWER_WORDS.get(claim.answer, claim.answer))
    if claim.pending:
        parts.append("not sealed yet: " + "; ".join(claim.pending))
    return f"{said} [{' | '.join(parts)}]"


def say_claims(claims: Sequence[ClaimNote], most: int = 3) -> str | None:
    """Return the first of some claims, and how many more there are; None for none."""
    if not claims:
        return None
    rest = f" … and {len(claims) - most:,} more" if len(claims) > most else ""
    return "\n".join(map(say_claim, claims[:most])) + rest

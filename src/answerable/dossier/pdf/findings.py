"""What a finding adds: matches, listings, paths link by link, rules with their sums."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from answerable.dossier.pdf.blocks import Block, Cell, enumerate_items, head, note, tabulate, tell
from answerable.dossier.ties import ENDS, SHARED_NAME, Tie, find_edition, list_ties, say_path
from answerable.exposure.outputs.tie_words import WINDOW_WORDS, say_status
from answerable.exposure.outputs.words import (
    GROUND_CLASS_NOTES,
    GROUND_CLASS_WORDS,
    REASON_WORDS,
    RELATION_WORDS,
    say_chance,
    say_probability,
    say_weight,
)
from answerable.model.dossier import Dossier
from answerable.model.link import say_percent

Entry = Mapping[str, Any]


def set_match(match: Entry) -> list[Block]:
    """Return how likely a match is that of one legal person, and what speaks for and against."""
    if match["relation"] == "same":
        chance = match["probability"]
        sure = f"{say_chance(chance)} ({say_probability(chance)})"
        text = f"That both are one legal person: {sure}, compared with the name {match['name']}."
    else:
        shared = f"Only a distinctive name is shared with {match['name']}"
        text = f"{shared}: to be looked at, no proof of a tie."
    rows = [
        [
            REASON_WORDS.get(each["reason"], each["reason"]),
            each["detail"],
            say_weight(each["log_odds"]),
        ]
        for each in match.get("reasons") or ()
    ]
    table = tabulate(
        ("Reason", "What speaks for (+) and against (−)", "Weight"), (1.2, 4, 0.6), rows
    )
    return [tell(text), *_judged(match), *([table] if rows else [])]


def _judged(match: Entry) -> Iterator[Block]:
    judgement = match.get("judgement")
    if judgement:
        why = f". {judgement['why']}" if judgement.get("why") else ""
        yield tell(f"A person judged: {judgement['verdict']}{why}", "strong")


def set_listings(dossier: Dossier) -> list[Block]:
    """Return each listing with its ground as its issuer states it, its class and citation."""
    matches = (dossier.finding or {}).get("matches") or ()
    rows = [
        _listing(match, listing, dossier)
        for match in matches
        for listing in match["company"].get("listings") or ()
    ]
    if not rows:
        return [tell(f"None found in these sources as of {dossier.as_of}.")]
    heads = (
        "Company",
        "List and edition",
        "Ground as stated",
        "Class of ground",
        "Citation",
        "Since",
    )
    return [tabulate(heads, (1.5, 1.6, 1.5, 1.3, 1.1, 0.9), rows)]


def _listing(match: Entry, listing: Entry, dossier: Dossier) -> list[Cell]:
    relation = match["relation"]
    other = [RELATION_WORDS.get(relation, relation)] if relation != "same" else []
    document = find_edition(dossier, listing["list"], listing["edition"])
    title = document.title if document else f"{listing['list']} {listing['edition']}"
    number = [{"number": document.number}] if document else []
    ground_class = listing.get("ground_class")
    noted = GROUND_CLASS_NOTES.get(str(ground_class))
    cited = listing.get("citation")
    return [
        [match["company"]["caption"], *other],
        [title, *number, *([", ".join(listing["programs"])] if listing.get("programs") else [])],
        listing.get("ground")
        or f"The file states no ground{'; see the citation' if cited else ''}.",
        [GROUND_CLASS_WORDS.get(str(ground_class), str(ground_class)), *([noted] if noted else [])],
        cited or "none given",
        listing.get("since") or "not stated",
    ]


def set_paths(dossier: Dossier, pictures: Iterable[str]) -> list[Block]:
    """Return each path as a picture, in words, and link by link with who states it."""
    paths = (dossier.finding or {}).get("paths") or ()
    found: list[Block] = []
    for at, (path, file) in enumerate(zip(paths, pictures, strict=True), 1):
        sentence = say_path(path, dossier)
        heads = ("Link", "Share, interest, days", "As its source words it", "Who states it")
        rows = [_tie(each) for each in list_ties(path, dossier)]
        found += [
            head(f"Path {at}: {ENDS.get(path['ends'], path['ends'])}"),
            tell(sentence, "caption"),
            *_say_sure(path),
            {"kind": "picture", "file": file, "alt": sentence},
            tabulate(heads, (1.8, 1.4, 1.4, 1.6), rows),
        ]
    return found or [tell(f"No path was found in these sources as of {dossier.as_of}.")]


def _say_sure(path: Entry) -> Iterator[Block]:
    if any(each.get("role") == SHARED_NAME for each in path["links"]):
        yield tell("It rests on a shared name: a question to ask, no answer.", "caption")
    elif path["probability"] < 1:
        yield tell(f"Its weakest name match: {say_probability(path['probability'])}.", "caption")


def _tie(tie: Tie) -> list[Cell]:
    source = f"{tie.mark} {tie.source}".strip()
    stated = {"anchor": tie.ref, "text": source} if tie.ref else source
    details = "; ".join(tie.details) or "not stated"
    return [f"{tie.verb} {tie.node}", details, tie.role or "not given", stated]


def set_rules(dossier: Dossier) -> list[Block]:
    """Return what each rule says with its sum, then the arithmetic of those that have one."""
    rulings = (dossier.finding or {}).get("regimes") or {}
    if not rulings:
        return [tell("No rule was evaluated.")]
    rules = dossier.header.get("rule_set") or {}
    rows = [_ruling(rule, said, rules.get(rule) or {}) for rule, said in rulings.items()]
    heads = ("Rule", "What it says", "Sum of shares", "Standing on the day", "Why")
    lead = "What is computed of a rule is no legal advice. A rule that could not be evaluated says "
    found = [
        tell(f"{lead}nothing either way.", "muted"),
        tabulate(heads, (1.6, 1.2, 1, 1.1, 2.6), rows),
    ]
    for rule, said in rulings.items():
        steps = said.get("steps") or ()
        warnings = said.get("warnings") or ()
        if steps or warnings:
            found += [head(f"Arithmetic: {(rules.get(rule) or {}).get('title', rule)}")]
            found += enumerate_items(steps)
            found += [tell(each, "pending") for each in warnings]
    return found


def _ruling(rule: str, said: Entry, described: Entry) -> list[Cell]:
    window = said.get("window") or described.get("window")
    version = said.get("rule_version") or described.get("version", "not told")
    return [
        [described.get("title", rule), f"{rule}, version {version}"],
        say_status(said["status"], said.get("warnings")),
        _say_sum(said.get("low"), said.get("high")),
        WINDOW_WORDS.get(window, "not told") if window else "not told",
        [said["why"], *([f"Note: {described['note']}"] if described.get("note") else [])],
    ]


def _say_sum(low: int | None, high: int | None) -> str:
    """Return a range of millionths of a percent in words.

    Example:
        >>> _say_sum(50_000_000, 50_000_000), _say_sum(None, None)
        ('50 %', 'no sum')
    """
    if low is None or high is None:
        return "no sum"
    return say_percent(low) if low == high else f"{say_percent(low)} to {say_percent(high)}"


def set_companies(
    dossier: Dossier, section: int, facts: Iterable[list[tuple[str, Cell]]]
) -> list[Block]:
    """Return the supplier and each company that may be it, with what speaks for and against."""
    matches = (dossier.finding or {}).get("matches") or ()
    found: list[Block] = []
    for at, (subject, rows) in enumerate(zip(dossier.subjects, facts, strict=True)):
        anchor = "matches" if at == 1 else None
        found.append(head(f"{section}.{at + 1} {subject.caption or '(no name)'}", anchor))
        match = matches[at - 1] if 0 < at <= len(matches) else None
        relation = RELATION_WORDS.get(match["relation"], "") if match else ""
        whose = (
            f"Listed or named company; {relation}." if match else "The supplier, as in the file."
        )
        found += [tell(whose, "muted"), *note(rows), *(set_match(match) if match else [])]
    if not matches:
        found.append(tell("No company of the searched editions came near.", anchor="matches"))
    return found

"""What a finding adds to a dossier: listings, paths with their links, rules with their sums."""

from collections.abc import Iterable, Mapping
from typing import Any

from answerable.dossier.pdf.blocks import Block, enumerate_items, head, pair, tabulate, tell
from answerable.dossier.ties import ENDS, Tie, find_edition, list_ties, say_path
from answerable.exposure.outputs.tie_words import RULING_WORDS, WINDOW_WORDS
from answerable.exposure.outputs.words import (
    GROUND_CLASS_NOTES,
    GROUND_CLASS_WORDS,
    REASON_WORDS,
    RELATION_WORDS,
    say_probability,
    say_weight,
)
from answerable.model.dossier import Dossier

Entry = Mapping[str, Any]


def set_listings(dossier: Dossier) -> list[Block]:
    """Return the matches with why, and each listing with its ground and citation."""
    matches = (dossier.finding or {}).get("matches") or []
    found = [block for match in matches for block in _match(match, dossier)]
    more = (dossier.finding or {}).get("more_matches") or 0
    if more:
        found.append(tell(f"{more:,} more matches are in the screening's files.", "muted"))
    if not found:
        return [tell("No listing stands in this dossier.")]
    return [{**found[0], "anchor": "matches"}, *found[1:]]


def _match(match: Entry, dossier: Dossier) -> list[Block]:
    company = match["company"]
    chance = say_probability(match["probability"])
    relation = RELATION_WORDS.get(match["relation"], match["relation"])
    listed = [_listing(each, dossier) for each in company.get("listings") or []]
    weighed = "; ".join(_reason(each) for each in match.get("reasons") or [])
    heads = ("List", "Ground, as its issuer states it", "Citation", "Since")
    return [
        head(company["caption"]),
        tell(f"{relation}: {chance} by name, to be confirmed. Compared: {match.get('name') or ''}"),
        *([tell(f"Speaks for and against: {weighed}", "muted")] if weighed else []),
        *([tabulate(heads, (1.6, 2, 1.2, 0.8), listed)] if listed else []),
    ]


def _reason(reason: Entry) -> str:
    kind = REASON_WORDS.get(reason["reason"], reason["reason"])
    return f"{kind}: {reason['detail']} ({say_weight(reason['log_odds'])})"


def _listing(listing: Entry, dossier: Dossier) -> list[Any]:
    document = find_edition(dossier, listing.get("list"), listing.get("edition"))
    title = document.title if document else listing.get("list")
    edition = f"{title}, edition {listing.get('edition')}"
    ground_class = listing.get("ground_class") or "other"
    ground = [
        listing.get("ground") or "The file states no ground.",
        GROUND_CLASS_WORDS.get(ground_class, ground_class),
        *filter(None, [GROUND_CLASS_NOTES.get(ground_class)]),
    ]
    number = [{"number": document.number}] if document else []
    return [[edition, *number], ground, listing.get("citation") or "", listing.get("since") or ""]


def set_paths(dossier: Dossier, pictures: Iterable[str]) -> list[Block]:
    """Return each path as a picture, in words, and link by link with who states it."""
    paths = (dossier.finding or {}).get("paths") or []
    found: list[Block] = []
    for at, (path, file) in enumerate(zip(paths, pictures, strict=True), 1):
        sentence = say_path(path, dossier)
        rows = [_tie(each) for each in list_ties(path, dossier)]
        chance = say_probability(path["probability"])
        found += [
            head(f"Path {at}: {ENDS.get(path['ends'], path['ends'])}"),
            tell(sentence),
            {"kind": "picture", "file": file, "alt": sentence},
            tabulate(("Link", "Share, days", "Stated by"), (2, 1.6, 1.6), rows),
            *([tell(f"It rests on a name match: {chance}.", "muted")] if _is_unsure(path) else []),
        ]
    return found or [tell("No path to a listed or named company stands in this dossier.")]


def _is_unsure(path: Entry) -> bool:
    return bool(path["probability"] != 1)


def _tie(tie: Tie) -> list[Any]:
    details = [*tie.details, *([f"“{tie.role}”"] if tie.role else [])]
    source = f"{tie.source} {tie.mark}".strip()
    stated = {"anchor": tie.ref, "text": source} if tie.ref else source
    return [f"{tie.verb} {tie.node}", details, stated]


def set_rules(dossier: Dossier) -> list[Block]:
    """Return what each rule says with its sum, then the arithmetic of those that say something."""
    rulings = (dossier.finding or {}).get("regimes") or {}
    if not rulings:
        return [tell("No rule was evaluated for this dossier.")]
    rows = [[rule, *_ruling(said)] for rule, said in rulings.items()]
    heads = ("Rule", "What it says", "Sum of shares", "Why")
    found = [tabulate(heads, (1.1, 1.2, 1, 3), rows)]
    for rule, said in rulings.items():
        more = [*(said.get("steps") or []), *(said.get("warnings") or [])]
        if more:
            found += [head(f"Arithmetic of {rule}"), *pair(_standing(said))]
            found += enumerate_items(more)
    found.append(tell("Computed from the shares that sources state; no legal advice.", "muted"))
    return found


def _ruling(said: Entry) -> list[Any]:
    status = RULING_WORDS.get(said["status"], said["status"])
    return [status, _say_sum(said.get("low"), said.get("high")), said["why"]]


def _standing(said: Entry) -> Iterable[tuple[str, Any]]:
    window = said.get("window")
    yield "Version", said.get("rule_version")
    yield "Standing", WINDOW_WORDS.get(window, window) if window else None


def _say_sum(low: int | None, high: int | None) -> str:
    """Return a range of millionths of a percent in words.

    Example:
        >>> _say_sum(50_000_000, 50_000_000), _say_sum(0, 100_000_000), _say_sum(None, None)
        ('50 %', '0 % to 100 %', '')
    """
    if low is None or high is None:
        return ""
    least, greatest = f"{low / 1_000_000:.10g} %", f"{high / 1_000_000:.10g} %"
    return least if low == high else f"{least} to {greatest}"

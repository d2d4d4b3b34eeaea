"""Paths in words: each link with what it is, its share and days, and the entry that it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from answerable.dossier.words import say_reply
from answerable.exposure.outputs.tie_words import VERBS, say_interest
from answerable.exposure.outputs.words import say_probability
from answerable.model.dossier import ClaimEntry, Document, Dossier
from answerable.model.link import LinkKind

SHARED_NAME = "a distinctive name is shared"
ENDS: Mapping[str, str] = {"listed": "listed", "named": "named in a filed claim"}
"""What the last node of a path is, in words."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A link of a path, in words.

    Args:
        verb: What the node before does to the node behind, such as `is owned by`.
        details: Share, interest, days, what is known of a name match; in this order.
        role: How the source words it, else empty.
        source: Who states it; of a claim, who claims it and whether that was answered.
        ref: Anchor of the claim or document it rests on, else None.
        mark: `[3]` for a document of that number; else empty.
        by_name: Whether it is a name match or a shared name: no source states it.
        downward: Whether it leads from the node before to the node behind.
        node: Caption of the node behind.
    """

    verb: str
    details: tuple[str, ...]
    role: str
    source: str
    ref: str | None
    mark: str
    by_name: bool
    downward: bool
    node: str


def list_ties(path: Mapping[str, Any], dossier: Dossier) -> tuple[Tie, ...]:
    """Return the links of a path of a finding, in their order.

    Args:
        path: As written in a finding: `nodes`, `links`, `ends`, `probability`.
        dossier: The dossier it stands in, to whose claims and documents they lead.
    """
    nodes = [str(each["caption"]) for each in path["nodes"]]
    links = zip(path["links"], nodes[1:], strict=True)
    return tuple(_tie(link, node, dossier) for link, node in links)


def _tie(link: Mapping[str, Any], node: str, dossier: Dossier) -> Tie:
    forward = bool(link["forward"])
    kind = cast("LinkKind", link["kind"] if link["kind"] in VERBS else "unknown")
    if kind == "same":
        return _name_tie(link, node)
    claim = next((each for each in dossier.claims if each.id == link.get("claim")), None)
    document = find_edition(dossier, link.get("source"), link.get("edition"))
    source, ref, mark = _lead(link, claim, document)
    return Tie(
        verb=VERBS[kind][0 if forward else 1],
        details=_details(link),
        role=link.get("role") or "",
        source=source,
        ref=ref,
        mark=mark,
        by_name=False,
        downward=forward,
        node=node,
    )


def _name_tie(link: Mapping[str, Any], node: str) -> Tie:
    """Return a tie that a match made; a shared name has no probability of being one person."""
    shared = link.get("role") == SHARED_NAME
    chance = link.get("probability")
    details = ["another company, perhaps related" if shared else str(link.get("role") or "")]
    if not shared and chance not in (None, 1):
        details.append(f"{say_probability(float(chance))} by name")
    return Tie(
        verb="shares a distinctive name with" if shared else "may be",
        details=tuple(each for each in details if each),
        role="",
        source="match of this screening",
        ref="matches",
        mark="",
        by_name=chance != 1,
        downward=True,
        node=node,
    )


def find_edition(dossier: Dossier, list_id: str | None, edition: str | None) -> Document | None:
    """Return the document of an edition of a list or of links, else None."""
    same = [each for each in dossier.documents if each.key == list_id and not each.capture]
    return next((each for each in same if edition in (None, each.published)), None)


def _lead(
    link: Mapping[str, Any], claim: ClaimEntry | None, document: Document | None
) -> tuple[str, str | None, str]:
    """Return who states a link, the anchor of its entry, and the mark by which that is known."""
    if claim is not None:
        told = f"claimed by {claim.claimant.name} (claim {claim.name}); {say_reply(claim)}"
        return told, f"claim-{claim.name}", ""
    if document is not None:
        return document.title, f"document-{document.number}", f"[{document.number}]"
    edition = f", edition {link['edition']}" if link.get("edition") else ""
    return f"{link.get('source') or 'source not stated'}{edition}", None, ""


def _details(link: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        text
        for text in (
            link.get("share"),
            say_interest(link["interest"]) if link.get("interest") else None,
            f"from {link['start']}" if link.get("start") else None,
            f"until {link['end']}" if link.get("end") else None,
        )
        if text
    )


def say_tie(tie: Tie) -> str:
    """Return a tie as a phrase, without its node and mark."""
    role = (f"“{tie.role}”",) if tie.role else ()
    return f"{tie.verb} ({'; '.join((*tie.details, *role, tie.source))})"


def say_path(path: Mapping[str, Any], dossier: Dossier) -> str:
    """Return a path as one sentence, from the supplier to its end."""
    first = path["nodes"][0]["caption"]
    ties = list_ties(path, dossier)
    told = ", which ".join(f"{tie.verb} {tie.node}" for tie in ties)
    return f"{first} {told}: {ENDS.get(path['ends'], path['ends'])}."

"""What of a kept finding may still be shown: a screening never changes, but claims do.

Since a screening was kept, a claim on which it rests may have been changed, retracted, withheld or
erased. What rests on a claim that no longer stands is left out here, whole, and counted.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from answerable.evidence.cases.filed import FiledClaim
from answerable.evidence.exchange.views import CaseView
from answerable.exposure.linking.claims import read_claimed

Line = dict[str, Any]

_NAMED = re.compile(r"case:[a-z0-9._-]+:name:[0-9a-f]+")
_CASE = re.compile(r"case:([a-z0-9._-]+)")
_CLAIM = re.compile(r"claim:sha256:[0-9a-f]{64}")
_QUIET = {"why": "It rests on what is no longer shown here.", "status": "not_evaluated"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a finding still stands.

    Args:
        line: The finding without what no longer stands; its claims are told by id, case and name
            alone: what they say stands in their entries.
        claims: Case to the names of its claims that are shown, in the order of the finding.
        left_out: How many claims, paths, matches and rulings were left out.
    """

    line: Line
    claims: Mapping[str, tuple[str, ...]]
    left_out: int


def find_cases(line: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the cases on which a finding rests, in the order of its parts."""
    found = [str(each["case"]) for each in line["claims"]]
    for path in line["paths"]:
        found += [str(link["source"]) for link in path["links"]]
        found += [str(node["id"]) for node in path["nodes"]]
    found += [str(match["company"]["id"]) for match in line["matches"]]
    cases = [_CASE.match(each) for each in found if each.startswith("case:")]
    named = [each["case"] for each in line["claims"]]
    return tuple(dict.fromkeys([*named, *(each[1] for each in cases if each)]))


def hold_to_claims(line: Line, views: Mapping[str, CaseView]) -> Standing:
    """Return what of a finding still stands, as far as claims go.

    Args:
        line: The finding as kept.
        views: What may be shown now of each case of `find_cases`; a missing one shows nothing.
    """
    now = _Now(views)
    claims = [now.tell(each) for each in line["claims"]]
    matches = [each for each in line["matches"] if now.knows(each["company"]["id"])]
    gone = {m["company"]["caption"] for m in line["matches"]} - _captions(matches)
    paths = [each for each in line["paths"] if now.shows_path(each)]
    gone |= _ends(line["paths"]) - _ends(paths) - _captions(matches)
    rulings = {rule: now.rule(said, gone) for rule, said in line["regimes"].items()}
    kept = [each for each in claims if each is not None]
    for path in paths:
        kept += [each for each in now.tell_links(path) if each["id"] not in _ids(kept)]
    shown = {**line, "claims": kept, "matches": matches, "paths": paths, "regimes": rulings}
    shown["exposure"] = [each for each in line["exposure"] if _holds(each, shown)]
    dropped = [
        claims.count(None),
        len(line["matches"]) - len(matches),
        len(line["paths"]) - len(paths),
        sum(said is _QUIET for said in rulings.values()),
    ]
    return Standing(shown, _by_case(kept, views), sum(dropped))


def _holds(exposure: str, line: Mapping[str, Any]) -> bool:
    """Tell whether a finding still has what a kind of exposure rests on."""
    needs = {"named": "claims", "linked": "paths"}.get(exposure, "matches")
    return bool(line[needs] or (needs == "matches" and line["paths"]))


def _captions(matches: Iterable[Mapping[str, Any]]) -> set[str]:
    return {str(each["company"]["caption"]) for each in matches}


def _ends(paths: Iterable[Mapping[str, Any]]) -> set[str]:
    return {str(node["caption"]) for path in paths for node in path["nodes"][1:]}


def _ids(claims: Iterable[Mapping[str, Any]]) -> set[str]:
    return {str(each["id"]) for each in claims}


def _by_case(
    claims: Iterable[Mapping[str, Any]], views: Mapping[str, CaseView]
) -> dict[str, tuple[str, ...]]:
    """Return the claims to show by case, those that contest one of them among them."""
    found: dict[str, dict[str, None]] = {}
    for each in claims:
        found.setdefault(each["case"], {})[each["name"]] = None
    for case, names in found.items():
        for filed in views[case].claims:
            against = set(filed.claim.contested_by)
            if filed.claim.id in names:
                names |= dict.fromkeys(name for name in against if name in views[case].named)
            elif against & names.keys():
                names[filed.claim.id] = None
    return {case: tuple(names) for case, names in found.items()}


class _Now:
    """The claims that may be shown now, by every id that they ever had."""

    def __init__(self, views: Mapping[str, CaseView]) -> None:
        self.claims: dict[str, FiledClaim] = {}
        self.nodes: set[str] = set()
        for view in views.values():
            for filed in view.claims:
                for record in (*filed.before, filed.record):
                    self.claims[f"claim:{record}"] = filed
            self.nodes |= {node.id for node in read_claimed(view.claims).nodes}

    def tell(self, note: Mapping[str, Any]) -> Line | None:
        """Return a claim by its present id, case and name, None if it may not be shown."""
        filed = self.claims.get(note["id"])
        if filed is None:
            return None
        return {
            "id": filed.id,
            "case": filed.case,
            "name": filed.claim.id,
            "company": note["company"],
            "probability": note["probability"],
        }

    def tell_links(self, path: Mapping[str, Any]) -> Iterator[Line]:
        """Give the claims on which the links of a path rest."""
        for link in path["links"]:
            if link["claim"] in self.claims:
                filed = self.claims[link["claim"]]
                yield {
                    "id": filed.id,
                    "case": filed.case,
                    "name": filed.claim.id,
                    "company": filed.claim.about.name,
                    "probability": 1.0,
                }

    def knows(self, node: str) -> bool:
        """Tell whether a node is of a list, or of a party of a claim that stands."""
        return not node.startswith("case:") or node in self.nodes

    def stands(self, claim: str) -> bool:
        """Tell whether a claim may be shown, as it was worded, and was not retracted."""
        filed = self.claims.get(claim)
        return filed is not None and filed.id == claim and filed.retraction is None

    def shows_path(self, path: Mapping[str, Any]) -> bool:
        """Tell whether all on which a path rests still stands."""
        claimed = [link["claim"] for link in path["links"] if link["claim"]]
        return all(map(self.stands, claimed)) and all(
            self.knows(node["id"]) for node in path["nodes"]
        )

    def rule(self, said: Mapping[str, Any], gone: Collection[str]) -> Mapping[str, Any]:
        """Return a ruling; of one that rests on what is not shown, that it does."""
        edges = " ".join(map(str, said.get("edges", ())))
        told = " ".join([said["why"], *said.get("steps", ()), *said.get("warnings", ())])
        fine = (
            all(map(self.stands, _CLAIM.findall(edges)))
            and all(map(self.knows, _NAMED.findall(edges)))
            and not any(name in told for name in gone)
        )
        return said if fine else _QUIET

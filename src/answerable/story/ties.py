"""Ties: what editions of links and filed claims tell, read for a screening."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from answerable.engine.workspace import Workspace
from answerable.exposure.linking.names import index_unlisted, join_by_name, unlisted_companies
from answerable.exposure.linking.network import Sourced, link_entries
from answerable.exposure.regimes.reading import load_regimes
from answerable.exposure.screening.surroundings import Surroundings, survey_ties
from answerable.lists.links.selection import select_links
from answerable.matching.index import NameIndex
from answerable.matching.index_store import open_index
from answerable.model import Selection

LOG = "log.jsonl"

RULES = "rules"
"""Folder of a workspace where its own rules lie, each a YAML file."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a screening's findings are seen against, and its coverage with the editions of links.

    Args:
        selection: The selection, the editions of links in its coverage.
        around: Who is tied to whom, and what rules say.
        unlisted: Index of companies that are on no list but are tied or named; None without any.
    """

    selection: Selection
    around: Surroundings
    unlisted: NameIndex | None


def read_ties(
    workspace: Workspace,
    selection: Selection,
    day: date,
    lists: Sequence[str],
    index: Path | NameIndex,
    threshold: float,
) -> Read:
    """Return what ties companies on a day: what lists print, editions of links, filed claims.

    Args:
        workspace: Holds the editions and the ledger.
        selection: The companies that are searched.
        day: The day of the screening.
        lists: Lists asked for by name; empty for all.
        index: The index of listed names, or where it is kept.
        threshold: Probability from which a name joins two entries by a link.

    Raises:
        ListError: An edition cannot be used.
        LedgerError: The log was edited, or a record is missing.
        RegimeFaulty: A rule of the workspace cannot be used.

    Cost:
        Nothing to speak of without links and claims.
    """
    chosen = select_links(workspace, day, lists or None)
    claimed, limits = _read_claims(workspace, day)
    sourced = [Sourced(chosen.links, chosen.nodes, read=chosen.read), *claimed]
    network = link_entries(selection.companies, *sourced)
    network = replace(network, problems=(*chosen.problems, *network.problems), limits=limits)
    listed = open_index(index) if isinstance(index, Path) else index
    own = index_unlisted(unlisted_companies(network), listed)
    network = join_by_name(network, [listed, *([own] if own else [])], threshold)
    coverage = replace(selection.coverage, links=chosen.coverage)
    selection = replace(selection, coverage=coverage)
    regimes = load_regimes(workspace.root / RULES)
    around = survey_ties(network, regimes, selection.coverage, day, threshold)
    return Read(selection, around, own)


def _read_claims(workspace: Workspace, day: date) -> tuple[list[Sourced], tuple[str, ...]]:
    """Return what claims tell that were filed by a day, and what was left out.

    Without a ledger nothing of evidence is even imported.
    """
    if not (workspace.root / "ledger" / LOG).is_file():
        return [], ()
    from answerable.evidence.cases.filed import filed_claims
    from answerable.exposure.linking.claims import known_on, read_claimed
    from answerable.ledger.log import open_ledger

    claims, limits = known_on(filed_claims(open_ledger(workspace)), day)
    claimed = read_claimed(claims)
    return [Sourced(claimed.links, claimed.nodes, claimed.notes)], limits

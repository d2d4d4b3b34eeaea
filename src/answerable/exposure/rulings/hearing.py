"""Hearing: what all rules say of the companies that suppliers may be, on one day."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from answerable.exposure.graphs.graph import Graph
from answerable.exposure.linking.network import Network
from answerable.exposure.regimes.seeds import find_gaps, find_seeds
from answerable.exposure.rulings.ruling import rule, say_nothing
from answerable.exposure.rulings.warnings import warn_of_age
from answerable.model import Company, Coverage, Regime, Ruling

Rulings = Mapping[str, Mapping[str, Ruling]]
"""Id of a rule, then of a node, to what the rule says of it."""


@dataclass(frozen=True)
class Hearing:
    """Rules, and what they are applied to.

    Args:
        regimes: Rules by id.
        coverage: The lists that were searched: a rule whose list is absent, partial or too old
            cannot say that it finds nothing.
        day: The day.
        graph: The graph as of the day.
        network: Its nodes and what lists them.
    """

    regimes: Mapping[str, Regime]
    coverage: Coverage
    day: date
    graph: Graph
    network: Network

    @cached_property
    def gaps(self) -> Mapping[str, tuple[str, ...]]:
        """What each rule lacks."""
        return {name: find_gaps(each, self.coverage) for name, each in self.regimes.items()}

    @cached_property
    def defaults(self) -> Mapping[str, Ruling]:
        """What each rule says of a company of which it has nothing to say."""
        return {
            name: say_nothing(each, self.day, self.gaps[name])
            for name, each in self.regimes.items()
        }

    @cached_property
    def rule_set(self) -> Mapping[str, Mapping[str, Any]]:
        """What a manifest says of the rules: version, digest, standing, whether evaluated, note."""
        return {
            name: {
                "title": each.title,
                "issuer": each.issuer,
                "version": each.version,
                "sha256": hashlib.sha256(repr(each).encode()).hexdigest(),
                "window": self.defaults[name].window,
                "status": "not_evaluated" if self.gaps[name] else "evaluated",
                "why": self.defaults[name].why,
                "note": each.note,
            }
            for name, each in self.regimes.items()
        }

    @cached_property
    def _listed(self) -> list[Company]:
        return [each for each in self.network.nodes.values() if each.listings]

    def hear(self, companies: Iterable[Company], more: Iterable[str] = ()) -> Rulings:
        """Return what each rule says of some companies, where it has something to say.

        Args:
            companies: Companies that suppliers may be, under the ids of their nodes.
            more: Ids of further nodes.

        Returns:
            By rule and node, only what is more than nothing.
        """
        asked = {each.id: self.network.nodes.get(each.id, each) for each in companies}
        wanted = {*asked, *more}
        if not wanted:
            return {}
        known = [each for node, each in asked.items() if node not in self.network.nodes]
        countries = {node: each.countries for node, each in {**self.network.nodes, **asked}.items()}
        titles = {each.list: each.title for each in self.coverage.editions}
        editions = (*self.coverage.links, *self.coverage.editions)
        said = {
            name: rule(
                self.graph,
                regime,
                find_seeds(regime, [*self._listed, *known], self.day),
                self.day,
                nodes=wanted,
                gaps=self.gaps[name],
                countries=countries,
                titles=titles,
            )
            for name, regime in self.regimes.items()
        }
        return {
            name: {node: warn_of_age(each, editions) for node, each in by_node.items()}
            for name, by_node in said.items()
        }

"""Regimes: dated rules as data, and what a rule says of one node, with its arithmetic."""

from dataclasses import dataclass, field
from typing import Any, Literal

RegimeStatus = Literal["listed", "derived", "connected", "possible", "none_found", "not_evaluated"]
WindowStatus = Literal["in_force", "suspended", "scheduled", "not_verified"]

REGIME_STATUSES: tuple[RegimeStatus, ...] = (
    "listed",
    "derived",
    "connected",
    "possible",
    "none_found",
    "not_evaluated",
)
"""Statuses, the most telling first."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a rule has one standing.

    Args:
        from_: First day, ISO; None for always.
        until: Last day, ISO; None where no end is known.
        status: Its standing in that time. Outside `in_force` a rule is computed all the same and
            said to be suspended, scheduled or not verified.
        source: Where that is from, else None.
    """

    from_: str | None
    until: str | None
    status: WindowStatus
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule by which a listing reaches other companies (`answerable.regime/1`).

    It is what we compute of the rule, no legal advice.

    Args:
        id: Its id, such as `ofac-50`.
        version: Of these data, such as `2026-11-23`.
        title: For people.
        issuer: Whose rule it is.
        summary: What the rule says, in our words.
        seeds: Which listings start it: list ids, with programmes or classes where only some.
        interests: Types of interest that count as ownership; each is summed by itself.
        threshold: Share from which it applies, in millionths of a percent; None for a rule
            without a sum.
        inclusive: Whether the threshold itself is enough.
        pool: `all`: what all seeds hold is added up. `per_person`: each seed by itself, holders
            tied by a joint arrangement together.
        controls: Types of interest that, whole, count as control.
        control_means: What control leads to: `derived`, `connected`, or `warning` where the rule
            does not count it; `possible`: whether it is the control that the rule means is for
            review.
        control_shares: Types of interest of which a sum over `control_threshold` is control.
        control_threshold: In millionths of a percent; the threshold itself is not enough.
        holding_means: What a certain sum leads to; a sum that is only possible is `possible`.
        relations: Relations that the rule names, such as `parent`, `director`.
        relations_mean: What they lead to.
        direction: Where it reaches: `down` to what is owned, `up` to owners, `both`, or `common`
            to what the same owner owns as well.
        foreign_only: Country whose own companies it does not reach, else None.
        unknown_is: What a known link of unknown size leads to: `possible`, or `none`.
        windows: Its standing over time.
        sources: Statute, guidance and paragraph, with address.
        not_computed: What of the rule is not computed, one sentence each.
        warnings: What a reader is told where the rule does not count it: sentences for `control`,
            `minority`, `directors` and `unknown_share`.
        note: What else a reader should know, else None.
        checked_on: Day on which the sources were last read.
    """

    id: str
    version: str
    title: str
    issuer: str
    summary: str
    seeds: tuple[dict[str, Any], ...]
    windows: tuple[Window, ...]
    sources: tuple[dict[str, str], ...]
    checked_on: str
    interests: tuple[str, ...] = ()
    threshold: int | None = None
    inclusive: bool = True
    pool: Literal["all", "per_person"] = "all"
    controls: tuple[str, ...] = ()
    control_means: Literal["derived", "connected", "possible", "warning"] = "warning"
    control_shares: tuple[str, ...] = ()
    control_threshold: int | None = None
    holding_means: Literal["derived", "connected", "possible"] = "derived"
    relations: tuple[str, ...] = ()
    relations_mean: Literal["connected", "possible"] = "connected"
    direction: Literal["down", "up", "both", "common"] = "down"
    foreign_only: str | None = None
    unknown_is: Literal["possible", "none"] = "possible"
    not_computed: tuple[str, ...] = ()
    warnings: dict[str, str] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a regime's rule says of one node, with the arithmetic; no judgement, no legal advice.

    Args:
        regime: Id of the rule.
        status: What it says.
        why: One sentence.
        rule_version: Version of the rule's data.
        window: Standing of the rule on the day.
        low: Least sum of the shares that count, in millionths of a percent; None without a sum.
        high: Greatest sum, likewise.
        edges: The links used, in the order of the derivation.
        steps: The arithmetic line by line, in words.
        warnings: What the rule does not count and a reader should know, such as control.
    """

    regime: str
    status: RegimeStatus
    why: str
    rule_version: str
    window: WindowStatus | None = None
    low: int | None = None
    high: int | None = None
    edges: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """Return it as written in findings; where it says nothing, no more than why.

        Example:
            >>> Ruling("my-rule", "none_found", "Nothing was found.", "1").as_dict()
            {'status': 'none_found', 'why': 'Nothing was found.'}
        """
        said: dict[str, Any] = {"status": self.status, "why": self.why}
        if self.status in ("none_found", "not_evaluated") and not self.warnings:
            return said
        return {
            **said,
            "rule_version": self.rule_version,
            "window": self.window,
            "low": self.low,
            "high": self.high,
            "edges": list(self.edges),
            "steps": list(self.steps),
            "warnings": list(self.warnings),
        }

"""What is laid before the weights: two sides of a comparison, and what agrees and differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from answerable.matching.coefficients import coefficients
from answerable.matching.names import NameParts, take_apart
from answerable.model import Reason

EVIDENCE: Mapping[str, float] = coefficients().evidence
"""What agrees or differs says for one company against two strangers, in log-odds, by name."""

PLACE_AGREES = EVIDENCE["place_agrees"]
"""What a country in both names says; a town says somewhat more."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a name taken apart, and what else is known of its bearer.

    Args:
        parts: The name.
        countries: Countries of the bearer, lower case; empty if not known, which is neutral.
        identifiers: Scheme to value of identifiers that identify.
        addresses: Addresses as printed; empty if not known, which is neutral.
    """

    parts: NameParts
    countries: tuple[str, ...] = ()
    identifiers: dict[str, str] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()


@dataclass(slots=True)
class Evidence:
    """What agrees and differs between two names.

    Args:
        one: The first name, its parts put as the second has them.
        other: The second name, likewise.
        reasons: What speaks for and against one company and two strangers.
        counted: How often each coefficient of `EVIDENCE` is among the reasons.
        differences: How often each coefficient of `FAMILY` applies, by which companies of one
            family are told apart.
    """

    one: NameParts
    other: NameParts
    reasons: list[Reason] = field(default_factory=list)
    counted: dict[str, float] = field(default_factory=dict)
    differences: dict[str, float] = field(default_factory=dict)

    def add(self, kind: str, detail: str, name: str, difference: str = "") -> None:
        """Add a reason by the name of its coefficient, and the difference that it is."""
        self.reasons.append(Reason(kind, detail, EVIDENCE[name]))
        self.counted[name] = self.counted.get(name, 0.0) + 1.0
        if difference:
            self.differences[difference] = self.differences.get(difference, 0.0) + 1.0


def side_of(name: str, country: str | None = None) -> Side:
    """Return the side of a name as printed, with its bearer's country if known."""
    return Side(take_apart(name), (country,) if country else ())

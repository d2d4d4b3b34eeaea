"""Which oracles there are, and how each gets installed."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "oracles"
PINS = ROOT / "requirements" / "oracles"
BUILDER = PINS / "builder.txt"
"""What builds the source packages among the oracles' own dependencies."""


@dataclass(frozen=True, slots=True)
class Oracle:
    """An environment with one or several programs that judge our files.

    Args:
        name: Name of the environment and of its pins, `requirements/oracles/<name>.txt`.
        judges: What it judges, for people.
        packages: What is asked for.
        left_out: What these packages ask for and the oracle does not need, or what one of
            `packages` stands in for.
        from_source: Packages without wheels. All are pure Python: no compiler is needed.
    """

    name: str
    judges: str
    packages: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    from_source: tuple[str, ...] = ()

    @property
    def pins(self) -> Path:
        """Its pinned and hashed requirements."""
        return PINS / f"{self.name}.txt"


ORACLES = {
    each.name: each
    for each in (
        Oracle(
            "formats",
            "canonical JSON, Merkle trees, PROV, JSON-LD and the terms of schema.org",
            ("rfc8785", "pymerkle", "prov", "pyld", "rdflib"),
        ),
        Oracle("feeds", "Atom feeds and calendars", ("feedparser", "vobject")),
        Oracle("pages", "whether HTML parses without an error", ("html5lib",)),
        Oracle("wacz", "WACZ packages", ("wacz",), from_source=("surt",)),
        Oracle(
            "pywb",
            "whether a WACZ replays",
            ("pywb", "brotli"),
            left_out=("brotlipy",),  # the same module, but published as C source alone
            from_source=("surt",),
        ),
        Oracle(
            "followthemoney",
            "FollowTheMoney entities",
            ("followthemoney", "pyicu-wheels"),
            left_out=("pyicu", "mypy"),  # C++ source alone: pyicu-wheels is the same module
        ),
    )
}

"""Ties: what ties a supplier to listed and named companies, beside its being one of them.

From the companies that a supplier may be, paths lead to others; rules say what follows from
ownership; filed claims name companies. What is reached through a shared name, or through a match
below the threshold, is at most `possible`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from answerable.exposure.screening.queue import count_ties
from answerable.exposure.screening.surroundings import Surroundings
from answerable.model import ClaimNote, Link, LinkSource, Match, Path, Ruling
from answerable.model.regime import REGIME_STATUSES

EXPOSURES = ("listed", "named", "derived", "connected", "linked", "possible")
"""How a company may be exposed, in the order of findings."""

SHOWN = ("listed", "derived", "connected", "possible")
"""What a rule may say but nothing."""

MOST_PATHS = 5
"""Paths that a finding carries, the nearest and strongest."""

MOST_CLAIMS = 100
"""Claims that a finding carries, those that name its own companies first."""

_KINDS = (
    "ownership",
    "control",
    "directorship",
    "joint_arrangement",
    "family",
    "supply",
    "provision",
    "operation",
    "unknown",
    "same",
)
"""Kinds of links, those that tie the most first."""


@dataclass(frozen=True, slots=True)
class Start:
    """A company that a supplier may be, as a node.

    Args:
        node: Id of the node.
        match: How it was found.
        certain: Whether an identifier agrees, or a reviewer judged that it is the same.
        weak: Whether only a name is shared, or the probability is below the threshold: what is
            reached through it is at most `possible`.
    """

    node: str
    match: Match
    certain: bool
    weak: bool

    @property
    def probability(self) -> float:
        """That the supplier is that company."""
        return 1.0 if self.certain else self.match.probability


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties one supplier to listed and named companies.

    Args:
        exposure: Any of `EXPOSURES`, in that order, `listed` left to the matches.
        paths: At most `MOST_PATHS`, the supplier first.
        regimes: What each rule says.
        claims: At most `MOST_CLAIMS`.
    """

    exposure: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    regimes: Mapping[str, Ruling] = field(default_factory=dict)
    claims: tuple[ClaimNote, ...] = ()


def find_starts(
    matches: Iterable[Match], identified: frozenset[str], around: Surroundings
) -> tuple[Start, ...]:
    """Return the nodes of the companies that a supplier may be, each once, the surest first."""
    found: dict[str, Start] = {}
    for match in matches:
        certain = match.company.id in identified
        weak = match.relation != "same" or match.probability < around.threshold
        node = around.network.node_of(match.company.id)
        start = Start(node, match, certain, weak and not certain)
        held = found.get(node)
        if held is None or (held.weak, -held.probability) > (start.weak, -start.probability):
            found[node] = start
    return tuple(sorted(found.values(), key=lambda each: (each.weak, -each.probability)))


def tie_supplier(finding_id: str, name: str, starts: Sequence[Start], around: Surroundings) -> Ties:
    """Return what ties a supplier to listed and named companies.

    Args:
        finding_id: Id of its finding: the first node of its paths.
        name: The supplier's name as read.
        starts: See `find_starts`; without any, each rule has its default and there is no path.
        around: What it is seen against.

    Returns:
        Paths of which every link is stated by a source or shown as a name match. They tell of
        ties, not of wrongdoing; a rule's status is what we compute of the rule, no legal advice.
    """
    if not starts:
        return Ties(regimes=around.defaults)
    paths = _lead_from(finding_id, name, starts, around)
    regimes = _rule(starts, around)
    claims = _gather_claims(starts, paths, around)
    exposure = _expose(starts, paths, regimes, around)
    return Ties(exposure, paths, regimes, claims)


def _expose(
    starts: Sequence[Start],
    paths: Sequence[Path],
    regimes: Mapping[str, Ruling],
    around: Surroundings,
) -> tuple[str, ...]:
    network = around.network
    exposed: set[str] = {"derived", "connected", "possible"}
    exposed.intersection_update(each.status for each in regimes.values())
    for start in starts:
        node = network.nodes.get(start.node)
        if node is not None and node.listings and not start.weak:
            exposed.add("listed")
        if any(network.notes.get(each) for each, _ in _one_with(start, around)):
            exposed.add("possible" if start.weak else "named")
    strong = {start.node for start in starts if not start.weak}
    leading = {path.nodes[1] for path in paths if count_ties(path)}
    if leading & strong and not exposed & {"derived", "connected"}:
        exposed.add("linked")
    elif leading and not leading & strong:
        exposed.add("possible")
    return tuple(each for each in EXPOSURES if each in exposed)


def _one_with(start: Start, around: Surroundings) -> Iterator[tuple[str, float]]:
    """Yield the node of a start, and those that a name match joins with it, with how surely."""
    yield start.node, start.probability
    for node, probability in around.joins.get(start.node, ()):
        yield node, min(start.probability, probability)


def _rule(starts: Sequence[Start], around: Surroundings) -> Mapping[str, Ruling]:
    """Return what each rule says of the companies that a supplier may be, the most telling."""
    told: dict[str, Ruling] = {}
    for rule, by_node in around.rulings.items():
        found = [
            (_bound(by_node[node], start, node), by_node[node])
            for start in starts
            for node, _ in _one_with(start, around)
            if node in by_node
        ]
        if found:
            told[rule] = min(found, key=_tells)[0]
    return {**around.defaults, **told} if told else around.defaults


def _tells(found: tuple[Ruling, Ruling]) -> tuple[int, int]:
    """Return how telling a ruling is: as said of the supplier, then of the company itself."""
    bounded, own = found
    return REGIME_STATUSES.index(bounded.status), REGIME_STATUSES.index(own.status)


def _bound(ruling: Ruling, start: Start, node: str) -> Ruling:
    """Return a ruling as it may be said of a supplier: through a doubtful match only possible."""
    doubtful = start.weak or node != start.node
    if not doubtful or ruling.status not in SHOWN:
        return ruling
    shared = start.match.relation != "same"
    how = "with which the supplier shares a distinctive name" if shared else "which it may be"
    why = f"Of {start.match.company.caption}, {how}, the rule says {ruling.status}: {ruling.why}"
    return replace(ruling, status="possible", why=why)


def _lead_from(
    finding_id: str, name: str, starts: Sequence[Start], around: Surroundings
) -> tuple[Path, ...]:
    """Return the nearest and strongest paths, the supplier and how it was matched before each."""
    own = {start.node for start in starts}
    best: dict[tuple[str, ...], tuple[Start, Path]] = {}
    for start in starts:
        for path in around.paths_from(start.node):
            ties = tuple(link.id for link in path.links if link.kind != "same")
            if not ties and (start.weak or path.nodes[-1] in own):
                continue
            held = best.get(ties or path.nodes[-1:])
            if held is None or _rank(start, path) < _rank(*held):
                best[ties or path.nodes[-1:]] = (start, path)
    ranked = sorted(best.values(), key=lambda each: (each[0].weak, *_strength(*each)))
    return tuple(_prefix(finding_id, name, *each) for each in ranked[:MOST_PATHS])


def _rank(start: Start, path: Path) -> tuple[object, ...]:
    """Return by which of several paths over the same ties one is chosen: an end that is listed."""
    return start.weak, path.ends != "listed", *_strength(start, path)


def _strength(start: Start, path: Path) -> tuple[int, int, int, float, int, tuple[str, ...]]:
    """Return by what paths are ordered: nearer, closer kinds of link, from what is owned up."""
    kinds = [_KINDS.index(link.kind) for link in path.links if link.kind != "same"]
    down = sum(forward for forward in path.forward)
    likely = min(start.probability, path.probability)
    return count_ties(path), max(kinds, default=0), down, -likely, len(path.links), path.nodes


def _prefix(finding_id: str, name: str, start: Start, path: Path) -> Path:
    """Return a path with the supplier and its match before it."""
    supplier = f"answerable:{finding_id}"
    match = start.match
    roles = {"same": "the names agree", "name_shared": "a distinctive name is shared"}
    sure = "a reviewer judged so" if match.verdict == "same" else "an identifier agrees"
    joining = Link(
        id=f"{supplier}={start.node}",
        kind="same",
        owner=supplier,
        target=start.node,
        source=LinkSource("match", probability=start.probability),
        role=sure if start.certain else roles[match.relation],
    )
    return replace(
        path,
        nodes=(supplier, *path.nodes),
        captions=(name, *path.captions),
        links=(joining, *path.links),
        forward=(True, *path.forward),
        probability=min(path.probability, start.probability),
    )


def _gather_claims(
    starts: Sequence[Start], paths: Sequence[Path], around: Surroundings
) -> tuple[ClaimNote, ...]:
    """Return the claims that name a company of the finding, then those that name one on a path."""
    reached = [each for start in starts for each in _one_with(start, around)]
    reached += [(node, path.probability) for path in paths for node in path.nodes[2:]]
    found: dict[str, ClaimNote] = {}
    for node, probability in reached:
        for note in around.network.notes.get(node, ()):
            held = found.get(note.id)
            if held is None or held.probability < probability:
                found[note.id] = replace(note, probability=probability)
    return tuple(found.values())[:MOST_CLAIMS]

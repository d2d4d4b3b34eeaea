"""Links written short for tests: `X50A` is that X holds 50 % of the shares of A."""

import re
from collections.abc import Iterable
from datetime import date

from answerable.exposure.graphs.graph import Graph, as_of, build_graph
from answerable.model.link import ANY_SHARE, WHOLE, Link, LinkKind, LinkSource, Share

DAY = date(2026, 11, 23)
PERCENT = WHOLE // 100

_FORM = re.compile(
    r"(?P<owner>[A-Z])(?P<share>\?|[\d.]+|[(\[][\d.]+-[\d.]+[)\]])"
    r"(?P<kind>[vbcusj]?)(?P<target>[A-Z])"
    r"(?:@(?P<source>\w+))?(?:<(?P<end>[\d-]+))?(?:>(?P<start>[\d-]+))?"
)
_INTERESTS = {
    "": "shareholding",
    "v": "votingRights",
    "b": "appointmentOfBoard",
    "u": "unknownInterest",
}
_KINDS: dict[str, LinkKind] = {"b": "control", "s": "same", "j": "joint_arrangement"}


def read_percent(text: str) -> int:
    """Return a percentage in millionths of a percent, exactly."""
    whole, _, part = text.partition(".")
    return int(whole) * PERCENT + int((part + "000000")[:6])


def read_share(text: str) -> Share:
    """Return the share that `50`, `(25-50]` or `?` stands for."""
    if text == "?":
        return ANY_SHARE
    if text[0] in "([":
        low, high = text[1:-1].split("-")
        return Share(read_percent(low), read_percent(high), text[0] == "(", text[-1] == ")")
    return Share(read_percent(text), read_percent(text))


def write_links(text: str) -> list[Link]:
    """Return the links of a line such as `X50A Y(25-50]A X0bB`.

    After the share may stand v (votes), b (appoints the board), u (unknown interest), s (same; the
    share is its probability in percent), j (joint arrangement).
    """
    return [_write_link(place, word) for place, word in enumerate(text.split())]


def _write_link(place: int, word: str) -> Link:
    found = _FORM.fullmatch(word)
    assert found is not None, word
    kind = _KINDS.get(found["kind"], "ownership")
    probability = float(found["share"]) / 100 if kind == "same" and found["share"] != "0" else None
    sized = kind == "ownership"
    return Link(
        id=f"t:{place}",
        kind=kind,
        owner=found["owner"],
        target=found["target"],
        source=LinkSource(found["source"] or "t", probability=probability),
        interest=_INTERESTS.get(found["kind"]),  # type: ignore[arg-type]
        share=read_share(found["share"]) if sized else None,
        start=found["start"],
        end=found["end"],
    )


def make_graph(links: str | Iterable[Link], day: date = DAY) -> Graph:
    """Return the graph of links as of a day."""
    return as_of(build_graph(write_links(links) if isinstance(links, str) else links), day)

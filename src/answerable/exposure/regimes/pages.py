"""Pages of the documentation, one for each rule, written from its data."""

from collections.abc import Iterator

from answerable.exposure.rulings.words import INTEREST_WORDS, say_percent
from answerable.model.regime import Regime, Window

_STANDING = {
    "in_force": "in force",
    "suspended": "suspended",
    "scheduled": "not yet in force",
    "not_verified": "not verified",
}
_RELATIONS = {
    "holder": "who has a stake over the line in it, or through majority stakes",
    "controller": "who has rights of control over it",
    "director": "its directors",
    "parent": "who has a majority stake in it, directly or through others",
    "subsidiary": "whom it holds by a majority stake, directly or through others",
    "influenced": "whom it influences or controls",
    "affiliate": "whom a listed one owns or controls",
    "owner": "who owns or controls a listed one",
    "common": "whom the same owner owns or controls",
    "supply": "whom a listed one supplies, directly or through others",
}


def write_page(regime: Regime) -> str:
    """Return the page of a rule as Markdown.

    Example:
        >>> from answerable.exposure.regimes.reading import known_regimes
        >>> write_page(known_regimes()["ofac-50"]).splitlines()[0]
        '# OFAC 50 Percent Rule'
    """
    return "\n".join(_lines(regime)) + "\n"


def _lines(regime: Regime) -> Iterator[str]:
    yield f"# {regime.title}"
    yield ""
    yield (
        f"`{regime.id}`, version {regime.version}; sources last read on {regime.checked_on}. What "
        "is computed here is no legal advice, and says nothing about wrongdoing."
    )
    yield from _section("What the rule says", [regime.summary, f"Whose rule: {regime.issuer}."])
    yield from _section("What we compute", [], list(_computed(regime)))
    if regime.note:
        yield from ("", regime.note)
    yield from _section("Its standing", [], [_window(each) for each in regime.windows])
    yield from _section("What we do not compute", [], list(regime.not_computed))
    if regime.warnings:
        told = [f"*{kind.replace('_', ' ')}*: {text}" for kind, text in regime.warnings.items()]
        yield from _section("Warnings", ["Not counted by the rule, and told all the same:"], told)
    yield from _section("Sources", [], [_source(each) for each in regime.sources])


def _section(heading: str, paragraphs: list[str], points: list[str] | None = None) -> Iterator[str]:
    yield from ("", f"## {heading}")
    for paragraph in paragraphs:
        yield from ("", paragraph)
    if points:
        yield ""
        yield from (f"- {point}" for point in points)


def _computed(regime: Regime) -> Iterator[str]:
    yield f"It starts from {'; '.join(_seed(each) for each in regime.seeds)}."
    if regime.threshold is not None:
        yield _line(regime)
    if regime.controls:
        names = ", ".join(INTEREST_WORDS[each] for each in regime.controls)
        means = "is not counted, and told as a warning"
        if regime.control_means != "warning":
            means = f"leads to `{regime.control_means}`"
        votes = ""
        if regime.control_threshold is not None:
            shares = " or ".join(INTEREST_WORDS[each] for each in regime.control_shares)
            votes = f"; more than {say_percent(regime.control_threshold)} of the {shares} likewise"
        yield f"Control ({names}{votes}) {means}."
    if regime.relations:
        named = "; ".join(f"*{each}*: {_RELATIONS[each]}" for each in regime.relations)
        yield f"Relations that lead to `{regime.relations_mean}`: {named}."
    if regime.foreign_only:
        yield f"Companies of {regime.foreign_only.upper()} alone are left out."


def _line(regime: Regime) -> str:
    shares = " or ".join(INTEREST_WORDS[each] for each in regime.interests)
    asks = f"{'at least' if regime.inclusive else 'more than'} {say_percent(regime.threshold or 0)}"
    if regime.direction != "down":
        return (
            f"A stake is {asks} of the {shares}, each holder and link by itself; nothing is summed."
        )
    pool = "of all listed holders together" if regime.pool == "all" else "of each holder by itself"
    each = ", each type summed by itself" if len(regime.interests) > 1 else ""
    return (
        f"{asks.capitalize()} of the {shares}{each}, {pool}, directly or through what they hold "
        f"so, leads to `{regime.holding_means}`; nothing is multiplied along a chain. Where "
        "only the greatest shares that sources allow reach the line, it is `possible`."
    )


def _seed(entry: dict[str, object]) -> str:
    programs, classes = entry.get("programs"), entry.get("ground_classes")
    told = f"the list `{entry['list']}`"
    if isinstance(programs, list):
        told += f" (programmes {', '.join(programs)})"
    if isinstance(classes, list):
        told += f" (entries on {', '.join(classes).replace('_', ' ')})"
    others = entry.get("instead")
    if isinstance(others, list):
        told += f", or {' or '.join(f'''`{each['list']}`''' for each in others)} for it"
    if entry.get("needed", True) is False:
        told += " where it is there; what rests on that list alone is at most `possible`"
    return told


def _window(window: Window) -> str:
    days = " ".join(
        [
            *([f"from {window.from_}"] if window.from_ else []),
            *([f"until {window.until}"] if window.until else []),
        ]
    )
    source = f" ({window.source})" if window.source else ""
    return f"{days or 'always'}: {_STANDING[window.status]}{source}"


def _source(source: dict[str, str]) -> str:
    told = f"[{source['citation']}]({source['url']})" if "url" in source else source["citation"]
    return f"{told}: {source['says']}" if "says" in source else told

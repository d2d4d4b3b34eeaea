"""The arithmetic of a rule in words: one line for each link, one for each sum."""

from collections.abc import Mapping, Sequence

from answerable.exposure.holdings.steps import Step
from answerable.model.link import ANY_SHARE, WHOLE, Link, Share
from answerable.model.regime import Regime, Window

INTEREST_WORDS: dict[str, str] = {
    "shareholding": "shares",
    "votingRights": "votes",
    "appointmentOfBoard": "the right to appoint or remove the board",
    "otherInfluenceOrControl": "influence or control",
    "controlViaCompanyRulesOrArticles": "control by its articles",
    "controlByLegalFramework": "control by law",
    "rightsToSurplusAssetsOnDissolution": "rights to assets on dissolution",
    "rightsToProfitOrIncome": "rights to profit",
    "unknownInterest": "an interest of unknown type",
    "unpublishedInterest": "an interest that is not published",
}
"""Types of interest as people are told them."""

_KIND_WORDS = {
    "control": "controls",
    "directorship": "is a director of",
    "joint_arrangement": "holds jointly with",
    "family": "is a relative of",
    "supply": "supplies",
    "operation": "operates",
    "provision": "provides technology to",
    "same": "is the same legal person as",
    "unknown": "is tied to",
}
_PERCENT = WHOLE // 100


def say_percent(share: int) -> str:
    """Return a share in percent, exactly.

    Example:
        >>> say_percent(14_200_000), say_percent(50_000_001), say_percent(100_000_000)
        ('14.2 %', '50.000001 %', '100 %')
    """
    whole, part = divmod(share, _PERCENT)
    digits = f"{part:06}".rstrip("0")
    return f"{whole}.{digits} %" if digits else f"{whole} %"


def say_share(share: Share) -> str:
    """Return a share in words.

    Example:
        >>> say_share(Share(25_000_000, 50_000_000, low_open=True))
        'more than 25 % and at most 50 %'
        >>> say_share(ANY_SHARE)
        'a share that is not known (0 to 100 %)'
    """
    if share.is_exact:
        return say_percent(share.low)
    if share == ANY_SHARE:
        return "a share that is not known (0 to 100 %)"
    least = f"{'more than' if share.low_open else 'at least'} {say_percent(share.low)}"
    most = f"{'less than' if share.high_open else 'at most'} {say_percent(share.high)}"
    return f"{least} and {most}"


def say_link(link: Link, captions: Mapping[str, str]) -> str:
    """Return a link in words, with who states it and since when it holds."""
    owner, target = (captions.get(each, each) for each in (link.owner, link.target))
    by = INTEREST_WORDS.get(link.interest or "unknownInterest", "an interest")
    if link.source.probability is not None:
        ends = [
            f"{name} ({_say_origin(node)})"
            for name, node in zip((owner, target), (link.owner, link.target), strict=True)
        ]
        told = f"{ends[0]} may be {ends[1]}"
    elif link.kind == "ownership":
        told = f"{owner} holds {say_share(link.share or ANY_SHARE)} of {target} by {by}"
    elif link.kind == "control" and link.interest:
        told = f"{owner} has {by} of {target}"
    else:
        told = f"{owner} {_KIND_WORDS.get(link.kind, 'is tied to')} {target}"
    return f"{told} ({_say_source(link)})."


def _say_origin(node: str) -> str:
    """Return who names a node, by its id: a list, or a case."""
    origin, _, rest = node.partition(":")
    return f"case {rest.partition(':')[0]}" if origin == "case" else origin


def _say_source(link: Link) -> str:
    source = link.source
    if source.probability is not None:
        return f"a name match, to be confirmed, probability {source.probability:.2f}"
    parts = [f"{source.origin} of {source.edition}" if source.edition else source.origin]
    parts += [f"claim {source.claim}"] if source.claim else []
    parts += [f"since {link.start}"] if link.start else []
    parts += [f"until {link.end}"] if link.end else []
    return ", ".join(parts)


def say_step(
    step: Step, regime: Regime, captions: Mapping[str, str], *, certain: bool, line: int | None
) -> list[str]:
    """Return a step of a derivation: its links, then its sum against the rule's line.

    Args:
        step: The step.
        regime: The rule.
        captions: Names of nodes.
        certain: Whether the least shares are summed, else the greatest.
        line: The threshold that was used.
    """
    lines = [say_link(link, captions) for link in step.links]
    node = captions.get(step.node, step.node)
    if step.jointly:
        names = ", ".join(captions.get(each, each) for each in step.jointly)
        lines.append(f"By a joint arrangement the shares of {names} count with them.")
    verb = "counts" if certain else "may count"
    if step.reason == "sum" and line is not None:
        inclusive = regime.inclusive if line == regime.threshold else False
        lines.append(_say_sum(step, line, inclusive, certain, f"{node} {verb} as held."))
    elif step.reason == "control":
        how = INTEREST_WORDS.get(step.interest or "", "control")
        lines.append(f"By {how} {node} {verb} as controlled.")
    return lines


def _say_sum(step: Step, line: int, inclusive: bool, certain: bool, result: str) -> str:
    total, is_open = (step.low, step.low_open) if certain else (step.high, step.high_open)
    word = ("more than" if certain else "less than") if is_open else ""
    if not step.links or all(link.share and link.share.is_exact for link in step.links):
        word = ""
    elif not is_open:
        word = "at least" if certain else "at most"
    amount = f"{word} {say_percent(total or 0)}".strip()
    asks = f"{'at least' if inclusive else 'more than'} {say_percent(line)}"
    shares = [link.share for link in step.links if link.share]
    addends = [share.low if certain else share.high for share in shares]
    shown = ""
    if len(addends) > 1 and sum(addends) == total:
        shown = f"{' + '.join(_say_end(share, certain) for share in shares)} = "
    elif len(addends) > 1:
        shown = "What several sources state of one holding counts once: "
    by = INTEREST_WORDS.get(step.interest or "", "shares")
    return f"Sum of {by}: {shown}{amount}; the rule asks for {asks}: {result}"


def _say_end(share: Share, certain: bool) -> str:
    """Return the least or the greatest of a share, as a bound where it is not exact.

    Example:
        >>> _say_end(Share(0, 25_000_000, low_open=True), True)
        'more than 0 %'
    """
    end, is_open = (share.low, share.low_open) if certain else (share.high, share.high_open)
    if share.is_exact:
        return say_percent(end)
    words = ("at least", "more than") if certain else ("at most", "less than")
    return f"{words[is_open]} {say_percent(end)}"


def say_window(window: Window, day: str) -> str:
    """Return what a reader must know of the rule's standing; empty where it is in force."""
    words = {
        "in_force": "",
        "suspended": f"The rule is suspended on {day}: this is what it would say.",
        "scheduled": f"The rule does not yet apply on {day}: this is what it would say.",
        "not_verified": f"Whether the rule is in force on {day} was not verified: this is what it "
        "would say.",
    }
    return words[window.status]


def say_standing(window: Window, day: str) -> str:
    """Return a rule's standing in short, where nothing else is said; empty where it is in force."""
    words = {
        "in_force": "",
        "suspended": f"Suspended on {day}.",
        "scheduled": f"Not yet in force on {day}.",
        "not_verified": f"Not verified whether in force on {day}.",
    }
    return words[window.status]


def say_names(names: Sequence[str], most: int = 3) -> str:
    """Return names in a row, the first few of many.

    Example:
        >>> say_names(["A", "B", "C", "D"], 2)
        'A, B and 2 more'
    """
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"

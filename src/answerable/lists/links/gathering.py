"""What all readers of links share: items in a stream, unknown parties, faults named, lists at last.

A reader yields links, nodes and problems as it comes to them, so that a register of ten million
lines needs no more memory than its longest line. A node may come several times: its first wins.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from answerable.lists.reading import read_date, stamp_edition, tidy
from answerable.model import Company, Link, Name, Problem

Item = Link | Company | Problem
"""What a reader of links yields."""

LinkReading = tuple[list[Link], list[Company], list[Problem]]
"""Links and nodes in the order of the file, and what is wrong with it."""

UNKNOWN_SCHEMA = "Thing"
"""Schema of a party that its source does not name: it is no legal person that could be matched."""

MOST_ALIKE = 1_000
"""So many problems of one sentence are kept one by one; further ones are counted."""

WITH_ITSELF = "The link joins a company with itself; it was left out."
REVERSED = "The link ends before it starts, so it holds on no day; mend one of the two dates."
BAD_DATE = "The date could not be read; it was kept as stated, and counts as any day."
REPEATED = "The id of the link repeats; a number was added to it."


def settle_items(items: Iterable[Item], edition: str | None = None) -> Iterator[Item]:
    """Yield a reader's items, faulty links named, all links stamped with an edition.

    A link from a node to itself is left out. One that ends before it starts is kept as stated: it
    holds on no day. Problems beyond the first thousand of one sentence are counted in a last one.
    """
    alike: Counter[str] = Counter()
    for item in items:
        for each in _settle(item, edition):
            if isinstance(each, Problem):
                alike[each.sentence] += 1
                if alike[each.sentence] > MOST_ALIKE:
                    continue
            yield each
    for sentence, count in alike.items():
        if count > MOST_ALIKE:
            yield Problem(f"{count - MOST_ALIKE:,} more rows have this fault: {sentence}")


def _settle(item: Item, edition: str | None) -> Iterable[Item]:
    if isinstance(item, Link):
        return _check(item, edition)
    if isinstance(item, Company) and edition is not None and (item.links or item.listings):
        return stamp_edition([item], edition)
    return (item,)


def _check(link: Link, edition: str | None) -> Iterator[Item]:
    if link.owner == link.target:
        yield Problem(WITH_ITSELF, value=link.id[:200])
        return
    if link.start and link.end and is_reversed(link.start, link.end):
        yield Problem(REVERSED, value=f"{link.id[:150]}: {link.start} to {link.end}")
    if edition is not None and link.source.edition != edition:
        link = replace(link, source=replace(link.source, edition=edition))
    yield link


def is_reversed(start: str, end: str) -> bool:
    """Tell whether a day, month or year lies after another; what is no date lies nowhere.

    Example:
        >>> is_reversed("2022-05", "2021-12-31"), is_reversed("x", "2021")
        (True, False)
    """
    length = min(len(start), len(end))
    dated = _day_of_calendar(start, None) == start and _day_of_calendar(end, None) == end
    return dated and start[:length] > end[:length]


def gather_items(items: Iterable[Item]) -> LinkReading:
    """Return items as lists: each node once, a named one before one known by its number only.

    Links are never put together, whatever they have in common; a repeated id gets a number.
    """
    links: list[Link] = []
    nodes: dict[str, Company] = {}
    problems: list[Problem] = []
    ids: Counter[str] = Counter()
    for item in items:
        if isinstance(item, Link):
            ids[item.id] += 1
            if ids[item.id] > 1:
                problems.append(Problem(REPEATED, value=item.id[:200]))
                item = replace(item, id=f"{item.id}~{ids[item.id]}")
            links.append(item)
        elif isinstance(item, Company):
            known = nodes.get(item.id)
            if known is None or (is_numbered(known) and not is_numbered(item)):
                nodes[item.id] = item
        else:
            problems.append(item)
    return links, list(nodes.values()), problems


def is_numbered(node: Company) -> bool:
    """Tell whether a node is known by its number only: its one name is no name to be matched."""
    return node.names[0].kind == "weakAlias"


def unknown_party(node_id: str, reason: str | None, words: str | None = None) -> Company:
    """Return the node of a party that its source does not name, captioned with the reason.

    That nobody knows a party, that it need not be disclosed, and that there is none are different
    things: the reason is kept as stated.

    Args:
        node_id: Id of its own; two unknown parties are never one.
        reason: Code of the source, such as `subjectUnableToConfirmOrIdentifyBeneficialOwner`.
        words: How the source explains it.

    Example:
        >>> unknown_party("my_register:7#party", "subjectExemptFromDisclosure").caption
        'Exempt from disclosure (subjectExemptFromDisclosure)'
    """
    code = tidy(reason or "")[:200]
    kind = "Exempt from disclosure" if "exempt" in code.lower() else "Not known"
    told = "; ".join(filter(None, (code, tidy(words or "")[:300]))) or "no reason stated"
    return Company(node_id, UNKNOWN_SCHEMA, (Name(f"{kind} ({told})"),))


def numbered_party(node_id: str, schema: str, label: str) -> Company:
    """Return a node of which its source gives a number and no name.

    Example:
        >>> is_numbered(numbered_party("uk_psc:00445790", "Company", "GB-COH 00445790"))
        True
    """
    return Company(node_id, schema, (Name(label, "weakAlias"),))


def read_day(
    value: object, row: int | None, column: str, form: str | None = None
) -> tuple[str | None, list[Problem]]:
    """Return the date of a cell, and a problem if it is not blank and no day of the calendar.

    What is no date is kept as stated, at most 40 letters of it: that a link has an end of which the
    day is not known is another thing than that it has none.

    Args:
        value: A day, month or year; what is not text is read as such.
        row: Row for the problem.
        column: Column for the problem.
        form: Form of dates that are not ISO, in the letters of `strptime`.

    Example:
        >>> read_day("2023-03", 7, "end")
        ('2023-03', [])
        >>> day, [problem] = read_day("last spring", 7, "end")
        >>> day, problem.row
        ('last spring', 7)
    """
    if value is None or value == "":
        return None, []
    text = value if isinstance(value, str) else str(value)
    day = _day_of_calendar(text, form)
    if day is not None:
        return day, []
    stated = tidy(text)[:40] or None
    return stated, [Problem(BAD_DATE, row=row, column=column, value=text[:200])]


@lru_cache(maxsize=20_000)
def _day_of_calendar(text: str, form: str | None) -> str | None:
    day = read_date(text, form)
    try:
        date.fromisoformat(f"{day}-01-01"[:10])
    except ValueError:
        return None
    return day

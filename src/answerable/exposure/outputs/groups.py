"""Rows that hold the same supplier: shown once, with the numbers of all its rows."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from answerable.exposure.outputs.words import say_problem
from answerable.model import Finding, Match, Screening, Supplier
from answerable.model.finding import STATUSES, Status

MOST_ROWS = 30
"""Row numbers that are named; of more their number is said."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one supplier, with the same answer.

    Args:
        findings: In row order, never empty.
    """

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding of the first of the rows."""
        return self.findings[0]

    @property
    def addresses(self) -> list[str]:
        """Addresses of the rows, each once."""
        given = (finding.supplier.address for finding in self.findings)
        return list(dict.fromkeys(address for address in given if address))

    @property
    def problems(self) -> list[str]:
        """What is wrong with the rows, in words, each once."""
        problems = (each for finding in self.findings for each in finding.supplier.problems)
        return list(dict.fromkeys(map(say_problem, problems)))


def group_findings(findings: Iterable[Finding]) -> list[Group]:
    """Return findings with those of the same supplier together, in the order of the first.

    Two rows are the same supplier where name, country and identifiers are the same, letter by
    letter; they stay apart where their answers differ, for instance by a person's judgement.

    Args:
        findings: Findings in the order in which they are to be shown.

    Returns:
        One group for each supplier and answer; empty for no findings.
    """
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault((supplier_key(finding.supplier), _answer_key(finding)), []).append(
            finding
        )
    return [Group(tuple(sorted(each, key=_row_of))) for each in groups.values()]


def _row_of(finding: Finding) -> int:
    return finding.supplier.row


def supplier_key(supplier: Supplier) -> Hashable:
    """Return by what a supplier is the same as another: name, country and identifiers."""
    return supplier.name, supplier.country, supplier.identifiers


def _answer_key(finding: Finding) -> Hashable:
    matches = tuple(map(_match_key, finding.matches))
    return finding.status, matches, finding.more_matches


def _match_key(match: Match) -> Hashable:
    return match.company.id, match.relation, match.name, match.probability, repr(match.judgement)


def say_rows(rows: Sequence[int]) -> str:
    """Return the numbers of rows in words.

    Args:
        rows: Numbers as the file's owner counts them, in order, at least one.

    Example:
        >>> say_rows([12]), say_rows([12, 40, 77])
        ('row 12', 'rows 12, 40, 77')
        >>> say_rows(range(1, 33))[-17:]
        '29, 30 and 2 more'
    """
    shown = ", ".join(map(str, rows[:MOST_ROWS]))
    more = f" and {len(rows) - MOST_ROWS:,} more" if len(rows) > MOST_ROWS else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {shown}{more}"


def count_statuses(screening: Screening) -> dict[Status, tuple[int, int]]:
    """Return how many rows, and how many distinct suppliers, have each status.

    Args:
        screening: The screening.

    Returns:
        Rows and suppliers by status, in the order of `STATUSES`, zeros among them.
    """
    keys: dict[Status, list[Hashable]] = {status: [] for status in STATUSES}
    for finding in screening.findings:
        keys[finding.status].append(supplier_key(finding.supplier))
    return {status: (len(each), len(set(each))) for status, each in keys.items()}


def count_suppliers(screening: Screening) -> int:
    """Return how many distinct suppliers the rows hold; at most as many as there are rows."""
    return len({supplier_key(finding.supplier) for finding in screening.findings})


def say_suppliers(rows: int, suppliers: int) -> str | None:
    """Return how many distinct suppliers some rows hold, or None where each row is another.

    Example:
        >>> say_suppliers(5, 1), say_suppliers(5, 5)
        ('1 distinct supplier', None)
    """
    if rows == suppliers:
        return None
    return f"{suppliers:,} distinct supplier{'' if suppliers == 1 else 's'}"

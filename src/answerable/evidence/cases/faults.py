"""Faults of case files: where, what, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

FILES = (
    "case.yaml",
    "summary.md",
    "sources.yaml",
    "claims.yaml",
    "decisions.yaml",
    "opinions.yaml",
)
"""The files of a case, in the order in which their faults are told."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file of a case that is wrong, or that a reader should be told.

    An `error` keeps the case from being filed; a `warning` does not.

    Args:
        file: Name of the file within the case's folder.
        line: Line, from 1; 0 where it concerns the whole file or a file that is not there.
        column: Column, from 1; 0 as for the line.
        code: A word that stays the same, such as `quotation_lost`.
        sentence: What is wrong.
        mend: What to do about it.
        severity: `error` or `warning`.
    """

    file: str
    line: int
    column: int
    code: str
    sentence: str
    mend: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.severity}: {self.sentence} {self.mend} [{self.code}]"


def sort_faults(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults in the order of the files, then by line and column; the same one once.

    Example:
        >>> late = Fault("claims.yaml", 9, 1, "x", "Nine.", "Mend it.")
        >>> early = Fault("case.yaml", 2, 1, "x", "Two.", "Mend it.")
        >>> [fault.line for fault in sort_faults([late, early, late])]
        [2, 9]
    """
    return tuple(sorted(dict.fromkeys(faults), key=_rank))


def _rank(fault: Fault) -> tuple[int, str, int, int]:
    known = FILES.index(fault.file) if fault.file in FILES else len(FILES)
    return known, fault.file, fault.line, fault.column


def has_errors(faults: Iterable[Fault]) -> bool:
    """Tell whether a fault is among them that keeps a case from being filed.

    Example:
        >>> has_errors([Fault("case.yaml", 1, 1, "x", "One.", "Mend it.", "warning")])
        False
    """
    return any(fault.severity == "error" for fault in faults)

"""Figures that several claimants give on one matter, side by side, with what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answerable.model.dossier import AnswerEntry, ClaimEntry, FigureEntry, FigureSet

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures on one matter; no mean is made of them.

    Args:
        matter: What they are about.
        rows: Each with its claim, in the order of the case.
        answers: What was answered to any of them, each once.
    """

    matter: FigureSet
    rows: tuple[tuple[FigureEntry, ClaimEntry], ...]
    answers: tuple[AnswerEntry, ...]

    def number(self, answer: AnswerEntry) -> int:
        """Return the number by which the table refers to an answer, from 1."""
        return [each.id for each in self.answers].index(answer.id) + 1


def lay_figures(
    figures: Sequence[FigureSet], claims: Mapping[str, ClaimEntry]
) -> list[FigureTable]:
    """Return the tables of figures, each row with the claim that gives it.

    Args:
        figures: As the dossier has them. A row whose claim is not shown is left out: no figure
            stands without its claimant and what was answered.
        claims: Those that are shown, by their names.
    """
    tables = [_lay(each, claims) for each in figures]
    return [each for each in tables if len(each.rows) >= _FEWEST]


def _lay(matter: FigureSet, claims: Mapping[str, ClaimEntry]) -> FigureTable:
    rows = tuple((row, claims[row.claim]) for row in matter.rows if row.claim in claims)
    answers = {answer.id: answer for _, claim in rows for answer in claim.answers}
    return FigureTable(matter, rows, tuple(answers.values()))

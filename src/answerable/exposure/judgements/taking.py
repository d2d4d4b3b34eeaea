"""Verdicts of a table, held against what is kept: which are new, which are said already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from answerable.engine.workspace import Workspace
from answerable.errors import FindingUnknown
from answerable.exposure.judgements.basis import tell_company_changes
from answerable.exposure.judgements.desk import Desk, Line, choose_matches
from answerable.exposure.judgements.kept import KeptScreening, gather_findings
from answerable.exposure.judgements.verdicts import GivenVerdict, unguard
from answerable.exposure.outputs.cells import fit
from answerable.model import Problem
from answerable.model.judgement import Judgement


@dataclass(frozen=True, slots=True)
class NewVerdict:
    """A verdict that is to be filed.

    Args:
        given: The row.
        kept: The screening that brought the match up.
        line: The finding.
        match: The match.
    """

    given: GivenVerdict
    kept: KeptScreening
    line: Line
    match: Line

    @property
    def key(self) -> tuple[str, str]:
        """Finding and company."""
        return self.line["id"], self.match["company"]["id"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a table of verdicts says.

    Args:
        new: Verdicts to file, in the order of the rows.
        unchanged: How many rows say what is filed already.
        problems: What is odd, with the row.
    """

    new: tuple[NewVerdict, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def take_verdicts(
    workspace: Workspace, desk: Desk, given: Iterable[GivenVerdict], day: date
) -> Taken:
    """Hold verdicts against the kept screenings and against what was judged before.

    A row says nothing new where the match was judged so with that reason at any time, by anybody,
    and nothing has changed since: so the same file read twice is filed once, and what a screening
    printed into its columns is nobody's new judgement.

    Args:
        workspace: Where screenings are kept.
        desk: What was judged before.
        given: The verdicts.
        day: Today.
    """
    rows = list(given)
    known = gather_findings(workspace, {each.finding for each in rows})
    by_match: dict[tuple[str, str], list[NewVerdict]] = {}
    problems: list[Problem] = []
    unchanged = 0
    for each in rows:
        try:
            verdict = _place(each, known)
        except FindingUnknown as error:
            problems.append(_note(each, error.message))
            continue
        if _is_said(desk, verdict, day):
            unchanged += 1
        elif each.until is not None and each.until < day:
            problems.append(_note(each, f"Its last day, {each.until}, has passed."))
        else:
            by_match.setdefault(verdict.key, []).append(verdict)
    new: list[NewVerdict] = []
    for verdicts in by_match.values():
        if len({_content(each.given) for each in verdicts}) == 1:
            new.append(verdicts[0])
            unchanged += len(verdicts) - 1
        else:
            problems += [_note(each.given, _tell_conflict(verdicts)) for each in verdicts]
    return Taken(tuple(new), unchanged, tuple(problems))


def _place(given: GivenVerdict, known: dict[str, tuple[KeptScreening, Line]]) -> NewVerdict:
    """Return a verdict with the match that it is about.

    Raises:
        FindingUnknown: No screening has the finding, or the row does not tell which match.
    """
    if given.finding not in known:
        why = "no screening that is kept here has it"
        raise FindingUnknown(f"The finding {given.finding}", why, "Screen the file first.")
    kept, line = known[given.finding]
    [match] = choose_matches(line, [given.company] if given.company else ())
    return NewVerdict(given, kept, line, match)


def _is_said(desk: Desk, verdict: NewVerdict, day: date) -> bool:
    return any(
        (each.finding, each.company) == verdict.key
        and each.verdict == verdict.given.verdict
        and _level(each.why) == _level(verdict.given.why)
        and not _has_passed(each, day)
        and not tell_company_changes(each.basis.company, verdict.match["company"])
        for each in desk.judgements
    )


def _level(words: str) -> str:
    """Return a reason as a spreadsheet may have left it: cut, its blanks levelled."""
    return " ".join(unguard(fit(words)).split())


def _has_passed(judgement: Judgement, day: date) -> bool:
    return judgement.until is not None and judgement.until < day.isoformat()


def _content(given: GivenVerdict) -> tuple[str, str, date | None]:
    return given.verdict, _level(given.why), given.until


def _tell_conflict(verdicts: Sequence[NewVerdict]) -> str:
    told = ", ".join(f"row {each.given.row} says {each.given.verdict}" for each in verdicts)
    return f"Of one match {told}, or for different reasons: none of them was taken."


def _note(given: GivenVerdict, sentence: str) -> Problem:
    return Problem(sentence, given.row, "verdict", given.verdict, given.sheet)

"""Judgements: a person says what a match is, a buyer resolves what follows; both are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from answerable.engine.workspace import Workspace
from answerable.errors import FindingUnknown, JudgementRefused
from answerable.exposure.judgements.applying import apply_judgements
from answerable.exposure.judgements.basis import supplier_of
from answerable.exposure.judgements.desk import (
    Desk,
    Judged,
    check_verdict,
    check_words,
    choose_matches,
)
from answerable.exposure.judgements.filed import read_judgements, read_resolutions
from answerable.exposure.judgements.filing import file_resolution, file_withdrawal
from answerable.exposure.judgements.kept import (
    KeptScreening,
    find_finding,
    open_screening,
    spell,
)
from answerable.exposure.judgements.reread import reread_finding
from answerable.exposure.judgements.taking import NewVerdict, take_verdicts
from answerable.exposure.judgements.verdicts import read_verdicts
from answerable.exposure.screening.queue import sort_queue
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import Ledger, open_ledger
from answerable.model import Finding, Match, Problem
from answerable.model.judgement import Judgement, Resolution, Withdrawal
from answerable.story.editions import Tell, today

MOST_CONDITIONS = 50
"""Conditions of one resolution."""


def list_judgements(workspace: Workspace, finding: str | None = None) -> list[Judgement]:
    """Return what was judged, in the order of the log, of one finding or of all.

    Replaced and withdrawn judgements are among them and say so. Whether one counts on a day is
    told by the finding's matches (`match.judgement.state`).
    """
    found = read_judgements(open_ledger(workspace))
    return [each for each in found if finding is None or each.finding == spell(finding)]


def list_resolutions(workspace: Workspace, finding: str | None = None) -> list[Resolution]:
    """Return what was resolved, in the order of the log, of one finding or of all.

    Replaced and withdrawn resolutions are among them and say so.
    """
    found = read_resolutions(open_ledger(workspace))
    return [each for each in found if finding is None or each.finding == spell(finding)]


def judge(
    workspace: Workspace,
    finding: str,
    verdict: str,
    why: str,
    *,
    companies: Sequence[str] = (),
    until: date | None = None,
    screening: str | None = None,
) -> list[Judged]:
    """Judge whether a supplier and a listed company are one company; it is applied from now on.

    It says nothing about what either has done. Kept screenings do not change: the next one counts
    it. Where a reviewer with another key has judged the same, with nothing changed since, this is
    filed as an agreement with it.

    Args:
        workspace: Where the screening is kept.
        finding: Id of the finding.
        verdict: `same`, `different` or `unsure`.
        why: The reason, in the reviewer's words; needed.
        companies: Ids of the companies of the matches meant, or `all`; may be left out where
            there is one.
        until: Last day on which it counts; by default it does not end.
        screening: Id of the screening that was looked at; by default the newest with the finding.

    Returns:
        One entry per match, in their order. When this returns, all of it is on the disk.

    Raises:
        FindingUnknown: No kept screening has the finding, or it has no such match.
        JudgementRefused: The verdict is none, the reason is missing, or the day has passed.
    """
    checked = check_verdict(verdict)
    words = check_words("The judgement", why)
    _check_day("The judgement", until)
    kept, line = find_finding(workspace, finding, screening)
    matches = choose_matches(line, companies)
    desk = open_desk(workspace)
    made = [desk.judge(kept, line, each, checked, words, until) for each in matches]
    if any(each.is_new for each in made):
        seal_checkpoint(desk.ledger)
    return made


def open_desk(workspace: Workspace) -> Desk:
    """Return the desk at which judgements are made one after the other."""
    name = workspace.reviewer or None
    return Desk(open_ledger(workspace), name, second=workspace.needs_second)


def _check_day(what: str, day: date | None) -> None:
    if day is not None and day < today():
        raise JudgementRefused(what, f"its day, {day}, has passed", "Give a later day or none.")


@dataclass(frozen=True, slots=True)
class JudgedTable:
    """What reading a table of verdicts did.

    Args:
        judged: What was filed; in a dry run, nothing.
        new: Verdicts that are new, filed or not.
        unchanged: How many rows say what is filed already.
        problems: Rows that could not be used, each with why.
    """

    judged: tuple[Judged, ...]
    new: tuple[NewVerdict, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def judge_table(
    workspace: Workspace,
    source: Path | bytes,
    *,
    dry_run: bool = False,
    tell: Tell = lambda *_: None,
) -> JudgedTable:
    """File the verdicts that a person wrote into a workbook or CSV of a screening.

    Read twice, the same file is filed once. If it is broken off, some are filed and some are not;
    reading it again files the rest.

    Args:
        workspace: Where the screening is kept.
        source: XLSX, ODS, XLS or CSV with the columns finding, verdict, why; company id where a
            finding has several matches; until if wanted.
        dry_run: Only tell what would be filed.
        tell: Told about progress.

    Raises:
        TableError: No table can be read from it, or none with these columns.
    """
    given, problems = read_verdicts(source)
    desk = open_desk(workspace)
    taken = take_verdicts(workspace, desk, given, today())
    judged = []
    for number, each in enumerate(() if dry_run else taken.new, start=1):
        row = each.given
        judged.append(desk.judge(each.kept, each.line, each.match, row.verdict, row.why, row.until))
        tell("Filing judgements", number, len(taken.new))
    if judged:
        seal_checkpoint(desk.ledger)
    return JudgedTable(tuple(judged), taken.new, taken.unchanged, (*problems, *taken.problems))


@dataclass(frozen=True, slots=True)
class Question:
    """One match that a reviewer is to judge.

    Args:
        kept: The screening.
        line: The finding, as its line says.
        match: The match, as the line says.
        finding: The finding with what is judged by now.
        place: Which of its matches it is, from 0.
    """

    kept: KeptScreening
    line: dict[str, Any]
    match: dict[str, Any]
    finding: Finding
    place: int


def questions(
    workspace: Workspace, desk: Desk, screening: str | None = None, *, again: bool = False
) -> tuple[KeptScreening, list[Question]]:
    """Return the matches that a reviewer is to judge, in the order of the queue.

    Args:
        workspace: Where screenings are kept.
        desk: What was judged before.
        screening: Id of the screening; by default the newest.
        again: Also those that are judged and in force.

    Raises:
        FindingUnknown: There is no such screening.
    """
    kept = open_screening(workspace, screening)
    lines = {line["id"]: line for line in kept.lines() if line["matches"]}
    book = desk.book(max(kept.manifest["as_of"], today().isoformat())).settle(kept.ids())
    findings = []
    for line in lines.values():
        found = reread_finding(line)
        matches = apply_judgements(book, found.id, found.supplier, found.matches)
        findings.append(replace(found, matches=matches))
    asked = [
        Question(kept, lines[each.id], lines[each.id]["matches"][place], each, place)
        for each in sort_queue(findings)
        for place, match in enumerate(each.matches)
        if again or _is_open(match, desk.ledger.signer.id)
    ]
    return kept, asked


def _is_open(match: Match, key: str) -> bool:
    """Tell whether a reviewer has to look: not where their own judgement waits for another's."""
    judged = match.judgement
    if judged and judged["state"] == "awaiting_second":
        return key not in (judged["by"], *(each["by"] for each in judged["agreed"]))
    return match.verdict not in ("same", "different")


def withdraw(
    workspace: Workspace, finding: str, why: str, *, companies: Sequence[str] = ()
) -> list[tuple[Judgement, Withdrawal]]:
    """Take judgements of a finding back; what was judged before them does not come back.

    Args:
        workspace: Whose judgements.
        finding: Id of the finding.
        why: The reason.
        companies: Ids of the companies of the matches meant, or `all`; may be left out where one
            is judged.

    Raises:
        FindingUnknown: Nothing of the finding stands judged, no such match, or several.
        JudgementRefused: The reason is missing.
    """
    words = check_words("The withdrawal", why)
    desk = open_desk(workspace)
    chosen = _choose_standing(desk, spell(finding), companies)
    made = [(each, file_withdrawal(desk.ledger, each, words, name=desk.name)) for each in chosen]
    seal_checkpoint(desk.ledger)
    return made


def _choose_standing(desk: Desk, finding: str, companies: Sequence[str]) -> list[Judgement]:
    judged = dict.fromkeys(each.company for each in desk.judgements if each.finding == finding)
    standing = {company: desk.standing(finding, company) for company in judged}
    found = {company: each for company, each in standing.items() if each is not None}
    wanted = list(found) if list(companies) == ["all"] else list(dict.fromkeys(companies))
    what = f"A judgement of {finding}"
    if not found:
        raise FindingUnknown(what, "none stands", "There is nothing to withdraw.")
    missing = [each for each in wanted if each not in found]
    if missing or (not wanted and len(found) > 1):
        why = f"none stands of {missing[0][:80]!r}" if missing else f"{len(found)} stand"
        raise FindingUnknown(what, why, f"Say which by --match: {', '.join(found)}, or all.")
    return [found[each] for each in wanted or found]


def resolve(
    workspace: Workspace,
    finding: str,
    resolution: str,
    why: str,
    *,
    conditions: Sequence[str] = (),
    next_review: date | None = None,
    screening: str | None = None,
) -> Resolution:
    """Keep what the buyer resolved about a finding, with the reasons; a later one takes its place.

    These are the buyer's words. They change no status: whether it is that company is judged,
    what follows from it is resolved.

    Args:
        workspace: Where the screening is kept.
        finding: Id of the finding.
        resolution: What was resolved, in a few words, such as `keep under conditions`.
        why: The reasons.
        conditions: What the supplier has to do or show, one each.
        next_review: Day on which it is to be looked at again.
        screening: Id of the screening that was looked at; by default the newest with the finding.

    Raises:
        FindingUnknown: No kept screening has the finding.
        JudgementRefused: Words are missing, or the day has passed.
    """
    what = "The resolution"
    words = check_words(what, resolution, "wording", "Say what was resolved: --as TEXT.")
    reasons = check_words(what, why)
    asked = tuple(
        check_words(what, each, "condition", "Leave an empty one out.") for each in conditions
    )
    if len(asked) > MOST_CONDITIONS:
        raise JudgementRefused(what, f"it has over {MOST_CONDITIONS} conditions", "Join some.")
    _check_day(what, next_review)
    kept, line = find_finding(workspace, finding, screening)
    ledger = open_ledger(workspace)
    made = file_resolution(
        ledger,
        line["id"],
        words,
        reasons,
        supplier_of(line),
        conditions=asked,
        next_review=next_review.isoformat() if next_review else None,
        name=workspace.reviewer or None,
        screening=kept.id,
    )
    seal_checkpoint(ledger)
    return made


def withdraw_resolution(
    workspace: Workspace, finding: str, why: str
) -> tuple[Resolution, Withdrawal]:
    """Take the newest resolution of a finding back; what was resolved before does not come back.

    Raises:
        FindingUnknown: None stands.
        JudgementRefused: The reason is missing.
    """
    words = check_words("The withdrawal", why)
    ledger = open_ledger(workspace)
    newest = _newest_resolution(ledger, spell(finding))
    made = file_withdrawal(ledger, newest, words, name=workspace.reviewer or None)
    seal_checkpoint(ledger)
    return newest, made


def _newest_resolution(ledger: Ledger, finding: str) -> Resolution:
    found = [each for each in read_resolutions(ledger) if each.finding == finding]
    if not found or found[-1].withdrawal:
        raise FindingUnknown(
            f"A resolution of {finding}", "none stands", "There is nothing to withdraw."
        )
    return found[-1]

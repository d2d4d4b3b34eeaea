"""Judgements: a person says what a match is, a buyer resolves what follows; both are kept."""

from collections.abc import Sequence
from datetime import date

from answerable.engine.workspace import Workspace
from answerable.errors import FindingUnknown, JudgementRefused
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
from answerable.exposure.judgements.kept import find_finding, spell
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import Ledger, open_ledger
from answerable.model.judgement import Judgement, Resolution, Withdrawal
from answerable.story.editions import today

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
    words = check_words(what, resolution, "wording", "--as")
    reasons = check_words(what, why)
    asked = tuple(check_words(what, each, "condition", "--condition") for each in conditions)
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

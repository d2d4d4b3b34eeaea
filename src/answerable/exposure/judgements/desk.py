"""The desk: where judgements are made one after the other, each on the disk before the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from answerable.errors import FindingUnknown, JudgementRefused
from answerable.exposure.judgements.basis import rest_on, tell_company_changes
from answerable.exposure.judgements.book import Book
from answerable.exposure.judgements.filed import read_judgements
from answerable.exposure.judgements.filing import file_agreement, file_judgement
from answerable.exposure.judgements.kept import KeptScreening
from answerable.ledger.log import Ledger
from answerable.model.judgement import VERDICTS, Agreement, Judgement, Verdict

MOST_WORDS = 20_000
"""Characters of a reason, a resolution or a condition."""

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging a match did.

    Args:
        judgement: The judgement; where another reviewer had judged so already, that one.
        agreement: The agreement with it that was filed in place of another judgement, else None.
        supplier: The supplier's name.
        company: The company's name.
        awaits_second: Whether it counts only once a reviewer with another key agrees.
        is_new: Whether anything was filed: the same judgement twice is one.
    """

    judgement: Judgement
    agreement: Agreement | None
    supplier: str
    company: str
    awaits_second: bool
    is_new: bool = True


class Desk:
    """What was judged before, and the ledger into which more goes.

    Args:
        ledger: The ledger of the workspace.
        name: The name the reviewer chooses to be known by, else None.
        second: Whether a judgement counts only once a reviewer with another key agrees.
    """

    def __init__(self, ledger: Ledger, name: str | None, *, second: bool) -> None:
        self.ledger = ledger
        self.name = name
        self.second = second
        self.judgements = read_judgements(ledger)

    def book(self, day: str) -> Book:
        """Return the book of all that was judged by now."""
        return Book(self.judgements, day, second=self.second)

    def judge(
        self,
        kept: KeptScreening,
        line: Line,
        match: Line,
        verdict: Verdict,
        why: str,
        until: date | None = None,
    ) -> Judged:
        """Judge one match of a finding; when this returns, it is on the disk.

        Where a reviewer with another key has judged the same and nothing has changed since, an
        agreement with that is filed. What this reviewer has said already is not filed twice.
        """
        last_day = until.isoformat() if until else None
        told = (line["supplier"]["name"], match["company"]["caption"])
        before = self.standing(line["id"], match["company"]["id"])
        if before and _says_so(before, verdict, match["company"], last_day):
            own = self.ledger.signer.id
            if (before.by == own and before.why == why) or _has_agreed(before, own):
                return Judged(before, None, *told, self._waits(before), is_new=False)
            if before.by != own:
                agreement = file_agreement(self.ledger, before, why, name=self.name)
                joined = replace(before, agreements=(*before.agreements, agreement))
                self._put(before, joined)
                return Judged(joined, agreement, *told, self._waits(joined))
        basis = rest_on(line, match, kept.manifest)
        made = file_judgement(
            self.ledger, line["id"], verdict, why, basis, name=self.name, until=last_day
        )
        self.judgements.append(made)
        return Judged(made, None, *told, self._waits(made))

    def standing(self, finding: str, company: str) -> Judgement | None:
        """Return the newest judgement of a match, None where that was withdrawn."""
        for each in reversed(self.judgements):
            if (each.finding, each.company) == (finding, company):
                return None if each.withdrawal else each
        return None

    def _put(self, before: Judgement, now: Judgement) -> None:
        self.judgements = [now if each.id == before.id else each for each in self.judgements]

    def _waits(self, judgement: Judgement) -> bool:
        return self.second and not judgement.has_second


def _says_so(before: Judgement, verdict: Verdict, company: Line, until: str | None) -> bool:
    unchanged = not tell_company_changes(before.basis.company, company)
    return before.verdict == verdict and before.until == until and unchanged


def _has_agreed(judgement: Judgement, key: str) -> bool:
    return any(each.by == key for each in judgement.agreements)


def check_verdict(verdict: str) -> Verdict:
    """Return a verdict that was given as text.

    Raises:
        JudgementRefused: It is none.

    Example:
        >>> check_verdict(" Same ")
        'same'
    """
    found = next((each for each in VERDICTS if each == verdict.strip().casefold()), None)
    if found is None:
        known = ", ".join(VERDICTS)
        raise JudgementRefused(
            "The judgement", f"{verdict[:40]!r} is no verdict", f"Use one of {known}."
        )
    return found


def check_words(
    what: str, words: str, name: str = "reason", advice: str = "Say why, in a sentence: --why TEXT."
) -> str:
    """Return words that a person gave, without blanks around them.

    Raises:
        JudgementRefused: There are none, too many, or some that cannot be kept.
    """
    kept = words.strip()
    if not kept:
        raise JudgementRefused(what, f"no {name} is given", advice)
    if len(kept) > MOST_WORDS:
        why = f"its {name} has over {MOST_WORDS:,} characters"
        raise JudgementRefused(what, why, "Put it more shortly.")
    if any("\ud800" <= each <= "\udfff" for each in kept):
        raise JudgementRefused(what, f"its {name} holds half a character", "Type it anew.")
    return kept


def choose_matches(line: Line, companies: Sequence[str] = ()) -> list[Line]:
    """Return the matches that are meant by ids of their companies, or the one there is.

    Args:
        line: A finding.
        companies: Ids of companies, or `all`; empty where the finding has one match.

    Raises:
        FindingUnknown: There is none, no such one, or several of which none is named.
    """
    matches: list[Line] = line["matches"]
    known = {each["company"]["id"]: each for each in matches}
    what = f"A match of {line['id']}"
    if not matches:
        raise FindingUnknown(what, "the finding has none", "There is nothing to judge.")
    told = "; ".join(f"{key} ({each['company']['caption'][:60]})" for key, each in known.items())
    if not companies and len(matches) > 1:
        advice = f"Say which by --match, repeated, or --match all: {told}."
        raise FindingUnknown(what, f"the finding has {len(matches)}", advice)
    if not companies or list(companies) == ["all"]:
        return list(matches)
    for each in companies:
        if each not in known:
            raise FindingUnknown(f"{what} with {each[:80]!r}", "there is none", f"It has: {told}.")
    return [known[each] for each in dict.fromkeys(companies)]

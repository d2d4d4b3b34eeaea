"""The book of judgements: what was judged of a match, and whether it counts today. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from answerable.exposure.judgements.basis import (
    Entry,
    Sign,
    is_same_entry,
    list_signs,
    tell_company_changes,
    tell_row_changes,
)
from answerable.model.judgement import Judgement, JudgementState

Judged = dict[str, Any]
"""What a finding says of a judgement: `match.judgement`."""

ANOTHER_ROW = "The row is not the one that was judged, though it says the same."
ANOTHER_ENTRY = "The list has another entry in place of the one that was judged."


class Book:
    """All judgements of a workspace, ready to be asked about matches.

    The newest judgement of a match counts. A judgement that waits for a second reviewer does not
    put an older one out of force; a judgement that was withdrawn, has expired or was opened again
    does not bring an older one back.

    Args:
        judgements: In the order of the log.
        day: The day asked for, ISO: a judgement counts up to its last day.
        second: Whether one counts only once a reviewer with another key agrees.
    """

    def __init__(self, judgements: Iterable[Judgement], day: str, *, second: bool = False) -> None:
        self.day = day
        self.second = second
        self._by_finding: dict[str, dict[str, list[Judgement]]] = {}
        for each in judgements:
            companies = self._by_finding.setdefault(each.finding, {})
            companies.setdefault(each.company, []).append(each)
        self._elsewhere: dict[Sign, list[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._by_finding)

    def settle(self, findings: Collection[str]) -> "Book":
        """Say which findings a screening has: judgements of others look for their row again.

        Args:
            findings: Ids of all its findings.

        Returns:
            Itself.
        """
        self._elsewhere = {}
        for each in self._by_finding.keys() - set(findings):
            for sign in list_signs(self._row_of(each)):
                self._elsewhere.setdefault(sign, []).append(each)
        return self

    def look(
        self, finding: str, supplier: Entry, companies: Sequence[Entry]
    ) -> list[Judged | None]:
        """Return what was judged of the matches of a finding.

        Args:
            finding: Its id.
            supplier: Its row, in the form of findings.
            companies: The companies of its matches, in the form of findings.

        Returns:
            One entry per company: None where nothing was judged, or what was judged is withdrawn.
        """
        own = self._by_finding.get(finding, {})
        ids = [each["id"] for each in companies]
        others = [self._by_finding[each] for each in self._find_elsewhere(supplier)]
        found: list[Judged | None] = []
        for company in companies:
            judged = self._stand(own, company, ids) or max(
                filter(None, (self._stand(each, company, ids) for each in others)),
                key=lambda each: each.at,
                default=None,
            )
            told = self._tell(judged, finding, supplier, company) if judged else None
            found.append(told)
        return found

    def _row_of(self, finding: str) -> Entry:
        """Return the row of a finding as it stood when it was last judged."""
        newest = [judgements[-1] for judgements in self._by_finding[finding].values()]
        return max(newest, key=lambda each: each.at).basis.supplier

    def _find_elsewhere(self, supplier: Entry) -> list[str]:
        """Return the findings, of other screenings alone, that were of this supplier."""
        if not self._elsewhere:
            return []
        found = {each for sign in list_signs(supplier) for each in self._elsewhere.get(sign, ())}
        return sorted(found)

    def _stand(
        self, judged: Mapping[str, list[Judgement]], company: Entry, ids: Collection[str]
    ) -> Judgement | None:
        """Return the judgement that stands for a company, or for the entry it took the place of."""
        if company["id"] in judged:
            return self._newest(judged[company["id"]])
        for other, judgements in judged.items():
            newest = judgements[-1]
            if other not in ids and is_same_entry(newest.basis.company, company):
                return self._newest(judgements)
        return None

    def _newest(self, judgements: Sequence[Judgement]) -> Judgement | None:
        waiting: Judgement | None = None
        for each in reversed(judgements):
            if self.second and not each.has_second:
                waiting = waiting or (None if each.withdrawal else each)
            else:
                return waiting if each.withdrawal else each
        return waiting

    def _tell(self, judged: Judgement, finding: str, supplier: Entry, company: Entry) -> Judged:
        changed = self._changes(judged, finding, supplier, company)
        return {
            "verdict": judged.verdict,
            "why": judged.why,
            "by": judged.by,
            "name": judged.name,
            "at": judged.at,
            "until": judged.until,
            "agreed": [
                {"by": each.by, "name": each.name, "at": each.at} for each in judged.agreements
            ],
            "state": self._state(judged, changed),
            "changed": changed,
        }

    def _changes(
        self, judged: Judgement, finding: str, supplier: Entry, company: Entry
    ) -> list[str]:
        row = []
        if judged.finding != finding:
            row = tell_row_changes(judged.basis.supplier, supplier) or [ANOTHER_ROW]
        entry = [ANOTHER_ENTRY] if judged.company != company["id"] else []
        return [*row, *entry, *tell_company_changes(judged.basis.company, company)]

    def _state(self, judged: Judgement, changed: Sequence[str]) -> JudgementState:
        if judged.until is not None and judged.until < self.day:
            return "expired"
        if changed:
            return "reopened"
        return "awaiting_second" if self.second and not judged.has_second else "in_force"

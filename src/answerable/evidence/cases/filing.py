"""Filing: each entry of a case becomes a sealed record and a deed; a changed one does so again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from answerable.errors import CaseFaulty
from answerable.evidence.capture_records import case_record
from answerable.evidence.cases import sealed
from answerable.evidence.cases.checking import Checked
from answerable.evidence.cases.checks.references import index_by
from answerable.evidence.cases.entries import Filed, identify, replay_filed
from answerable.evidence.cases.faults import has_errors
from answerable.ledger.canonical import decode, encode
from answerable.ledger.log import Ledger, append_deed
from answerable.ledger.objects import keep_record
from answerable.ledger.records import seal_fields
from answerable.model.case import Case

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FiledDeed:
    """One entry that was filed now.

    Args:
        act: The deed, such as `claim.file` or `claim.supersede`.
        name: What tells the entry from others of its kind, such as a claim's id.
        record: Id of its record.
    """

    act: str
    name: str
    record: str


@dataclass(frozen=True, slots=True)
class Filing:
    """What a filing did.

    Args:
        case: Name of the case.
        filed: What was filed now, in the order of the log.
        unchanged: How many entries stood filed already as they are.
    """

    case: str
    filed: tuple[FiledDeed, ...]
    unchanged: int


def file_case(ledger: Ledger, checked: Checked) -> Filing:
    """File what is new or changed in a case that was checked.

    Each entry becomes a record, sealed field by field, and a deed in the log. When this returns,
    all of it is on the disk. If it is broken off, some entries are filed and some are not; filing
    again files the rest. Answers are logged before the claims that they answer, so that no claim
    ever stands in the log without them.

    Args:
        ledger: The ledger of a workspace.
        checked: What `check_case` gave.

    Returns:
        What was filed. Nothing, if nothing has changed since.

    Raises:
        CaseFaulty: A fault keeps it from being filed; nothing was written.
        DeedRefused, LogBusy, LogFaulty, OutputUnwritable: See `append_deed`.
    """
    case = checked.case
    if has_errors(checked.faults):
        raise CaseFaulty(case.name, [f for f in checked.faults if f.severity == "error"])
    filing = _Filing(ledger, case, case_record(ledger, case.name), replay_filed(ledger))
    _file_all(filing, case)
    return Filing(case.name, tuple(filing.done), filing.unchanged)


def find_unfiled(ledger: Ledger, checked: Checked) -> tuple[FiledDeed, ...]:
    """Return what `file_case` would file of a case now; nothing where it is filed as it stands.

    Nothing is written. The records that are named would be others.

    Raises:
        CaseFaulty: A fault keeps the case from being filed.
        LogFaulty: The log was edited.
    """
    case = checked.case
    if has_errors(checked.faults):
        raise CaseFaulty(case.name, [f for f in checked.faults if f.severity == "error"])
    filing = _Filing(ledger, case, "", replay_filed(ledger), is_trial=True)
    _file_all(filing, case)
    return tuple(filing.done)


def _file_all(filing: "_Filing", case: Case) -> None:
    filing.file(filing.prepare("description", sealed.seal_description(case)), {})
    claims = [filing.prepare("claim", fields) for fields in _claims(case)]
    filing.note_claims(claims)
    for fields in _rebuttals(case):
        filing.file(filing.prepare("rebuttal", fields), _answered(filing, fields, "answers"))
    for claim in claims:
        filing.file(claim, {})
    for kind, fields in _judgements(case):
        filing.file(filing.prepare(kind, fields), {"claim": filing.record_of(fields["claim"])})
    for fields in (sealed.seal_request(case.name, reply) for reply in case.replies):
        filing.file(filing.prepare("reply_request", fields), _answered(filing, fields, "about"))
    for fields in (sealed.seal_plain(case.name, each) for each in case.retractions):
        filing.file(filing.prepare("retraction", fields), _retracted(filing, fields))
    for fields in _decisions(case):
        filing.file(filing.prepare("decision", fields), {})
    for fields in (sealed.seal_plain(case.name, each) for each in case.opinions):
        filing.file(filing.prepare("opinion", fields), {})
    for kind, fields in _call(case):
        filing.file(filing.prepare(kind, fields), {})


def _claims(case: Case) -> Iterator[Fields]:
    sources = index_by(case.sources, "key")
    for claim in case.claims:
        yield sealed.seal_claim(case.name, claim, sources)


def _rebuttals(case: Case) -> Iterator[Fields]:
    sources = index_by(case.sources, "key")
    for rebuttal in case.rebuttals:
        yield sealed.seal_rebuttal(case.name, rebuttal, sources)


def _decisions(case: Case) -> Iterator[Fields]:
    sources = index_by(case.sources, "key")
    for decision in case.decisions:
        yield sealed.seal_decision(case.name, decision, sources)


def _judgements(case: Case) -> Iterator[tuple[str, Fields]]:
    for claim in case.claims:
        if claim.grade is not None:
            yield "grade", sealed.seal_judgement(case.name, claim.id, claim.grade)
        if claim.review is not None:
            yield "review", sealed.seal_judgement(case.name, claim.id, claim.review)


def _call(case: Case) -> Iterator[tuple[str, Fields]]:
    """Give what the page of a case asks for, its corrections, and last who approved it."""
    call = sealed.seal_call(case)
    if len(call) > len(("schema", "case")):
        yield "call", call
    for page in case.translations:
        yield "translation", sealed.seal_translation(case.name, page)
    for correction in case.corrections:
        yield "correction", sealed.seal_plain(case.name, correction)
    if case.approval is not None:
        yield "approval", sealed.seal_plain(case.name, case.approval)


def _answered(filing: "_Filing", fields: Fields, name: str) -> Fields:
    return {"claims": [filing.record_of(each) for each in fields[name]]}


def _retracted(filing: "_Filing", fields: Fields) -> Fields:
    refs = {"claim": filing.record_of(fields["claim"])}
    if "superseded_by" in fields:
        refs["next"] = filing.record_of(fields["superseded_by"])
    return refs


@dataclass(slots=True)
class _Prepared:
    """An entry, and the record it has or will have."""

    kind: str
    fields: Fields
    key: tuple[str, ...]
    record: str
    before: str | None
    is_new: bool


class _Filing:
    """The state of one filing."""

    def __init__(
        self, ledger: Ledger, case: Case, case_id: str, filed: Filed, *, is_trial: bool = False
    ) -> None:
        self.is_trial = is_trial
        self.ledger = ledger
        self.case = case
        self.case_id = case_id
        self.filed = filed
        self.claims: dict[str, str] = {}
        self.done: list[FiledDeed] = []
        self.unchanged = 0

    def prepare(self, kind: str, fields: Fields) -> _Prepared:
        """Return an entry with its record: the filed one if it says the same, else a new one."""
        plain = decode(encode(fields))
        key = identify(kind, plain) or (kind,)
        before = self.filed.entries.get(key)
        if before is not None and sealed.is_same(plain, dict(before.values)):
            return _Prepared(kind, dict(before.values), key, before.record, before.record, False)
        record = self.keep(plain)
        return _Prepared(kind, plain, key, record, before.record if before else None, True)

    def keep(self, fields: Fields) -> str:
        """Keep the record of fields, unless it is a trial, and return its id."""
        record = seal_fields(fields)
        return record.id if self.is_trial else keep_record(self.ledger.store, record)

    def note_claims(self, claims: list[_Prepared]) -> None:
        """Note the records of all claims, also of those filed before that are retracted since."""
        for entry in self.filed.of("claim", self.case.name):
            self.claims[entry.values["id"]] = entry.record
        self.claims.update({claim.fields["id"]: claim.record for claim in claims})

    def record_of(self, claim: str) -> str:
        """Return the record of a claim of this case."""
        return self.claims[claim]

    def file(self, entry: _Prepared, refs: Fields) -> None:
        """Log an entry, unless it stands filed as it is."""
        if not entry.is_new and not self._is_for_another(entry, refs):
            self.unchanged += 1
            return
        if not entry.is_new:
            entry.record = self.keep(entry.fields)
        more: Fields = {"case": self.case_id, **refs}
        if entry.before is not None:
            more["before"] = entry.before
        captures = [p["capture"] for p in entry.fields.get("passages", ()) if "capture" in p]
        if captures:
            more["captures"] = list(dict.fromkeys(captures))
        act = _act(entry)
        if not self.is_trial:
            append_deed(self.ledger, act, entry.record, more)
        self.done.append(FiledDeed(act, " ".join(entry.key[2:]), entry.record))

    def _is_for_another(self, entry: _Prepared, refs: Mapping[str, Any]) -> bool:
        """Tell whether a grade or review was given for an earlier wording of its claim."""
        if entry.kind not in ("grade", "review"):
            return False
        return bool(self.filed.entries[entry.key].refs.get("claim") != refs["claim"])


_ACTS = {
    "description": "case.describe",
    "grade": "claim.grade",
    "review": "claim.review",
    "retraction": "claim.retract",
    "rebuttal": "rebuttal.file",
    "reply_request": "rebuttal.request",
    "decision": "decision.file",
    "opinion": "opinion.file",
    "call": "call.file",
    "approval": "call.approve",
    "translation": "call.translate",
    "correction": "correction.file",
}


def _act(entry: _Prepared) -> str:
    if entry.kind == "claim":
        return "claim.file" if entry.before is None else "claim.supersede"
    return _ACTS[entry.kind]

"""The page of a case composed from what was filed of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from answerable.call.changes import Told, list_changes
from answerable.call.citations import split_paragraphs
from answerable.call.corrections import Publication, show_corrections
from answerable.call.letters import make_mailto
from answerable.dossier.cases import compose_case
from answerable.evidence.cases.corrected import find_removed
from answerable.evidence.cases.entries import ACTS
from answerable.evidence.cases.filed import filed_opinions
from answerable.evidence.cases.filed_calls import FiledCall, FiledCorrection, filed_call
from answerable.evidence.exchange.views import CaseView, view_case
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, read_deeds, read_lines
from answerable.ledger.merkle import measure_lines
from answerable.model.call import Approval, CallPage, Correction, OpinionBlock, PageTranslation
from answerable.model.dossier import Dossier

DRAFT = "Draft, not for publication"


@dataclass(frozen=True, slots=True)
class Material:
    """What a page is made from.

    Args:
        case: Name of the case.
        record: Id of the case's record.
        view: What may be shown of it.
        dossier: What that shows.
        call: What was filed of its page.
        events: All deeds of the log.
    """

    case: str
    record: str
    view: CaseView
    dossier: Dossier
    call: FiledCall
    events: tuple[Event, ...]

    @property
    def own(self) -> tuple[Event, ...]:
        """The deeds of this case."""
        return tuple(each for each in self.events if each.refs.get("case") == self.record)

    @property
    def last(self) -> int:
        """Number of the last deed by which something of the case was filed, -1 where none was."""
        return max((each.n for each in self.own if each.act in ACTS), default=-1)


def gather(ledger: Ledger, case: str, record: str) -> Material:
    """Read what the page of a case is made from.

    Raises:
        UsageError: Nothing of it was filed that may be shown.
        PackageRefused: No such case was opened.
        LogFaulty, RecordFaulty, ObjectFaulty, ObjectMissing: Something is not as it was sealed.
    """
    return Material(
        case=case,
        record=record,
        view=view_case(ledger, case),
        dossier=compose_case(ledger, case),
        call=filed_call(ledger, case),
        events=tuple(read_deeds(ledger)),
    )


def compose_page(
    ledger: Ledger, material: Material, reasons: Sequence[str], *, base: str | None = None
) -> CallPage:
    """Return the page of a case.

    Args:
        ledger: The ledger.
        material: What it is made from.
        reasons: What makes it a draft, a few words each; empty where it is published.
        base: Address at which it will stand, ending in a slash, else None.

    Returns:
        The page, without the names of the files beside it. The same filings give the same page,
        however often it was published since.
    """
    call, dossier = material.call, material.dossier
    shown = _list_shown(dossier)
    letter = call.letter
    if letter is not None:
        letter = replace(
            letter,
            body="\n\n".join(split_paragraphs(letter.body)),
            cites=tuple(each for each in letter.cites if each in shown),
        )
    lines, unmentioned = _show_corrections(material, shown)
    told = Told(material.view, dossier, _pair(call.corrections, lines))
    header = dossier.header["ledger"]
    return CallPage(
        dossier=dossier,
        banner=make_banner(reasons),
        coverage=dossier.coverage,
        asks=call.asks,
        letter=letter,
        occasions=tuple(sorted(call.occasions, key=lambda each: (each.start, each.id))),
        imprint=call.imprint,
        approval=_root(ledger, call.approval),
        corrections=lines,
        unmentioned=unmentioned,
        opinions=_list_opinions(ledger, material.case),
        translations=tuple(
            _narrow(each, find_removed(line.correction for line in call.corrections))
            for each in call.translations
        ),
        share=call.share,
        changes=list_changes(told),
        as_of=dossier.as_of,
        checkpoint=(int(header["size"]), str(header["root"])),
        key=None if reasons else ledger.signer.verifier.text,
        mailto=None if reasons else make_mailto(letter),
        base=base,
    )


def make_banner(reasons: Sequence[str]) -> tuple[str, ...]:
    """Return what every page and file of a draft begins with; nothing where there is no reason.

    Example:
        >>> make_banner(["nobody approved it", "there is no imprint"])
        ('Draft, not for publication: nobody approved it; there is no imprint.',)
    """
    return (f"{DRAFT}: {'; '.join(reasons)}.",) if reasons else ()


def _list_shown(dossier: Dossier) -> frozenset[str]:
    claims = dossier.claims
    return frozenset(
        {
            *(claim.name for claim in claims),
            *(answer.id for claim in claims for answer in claim.answers),
            *(decision.id for decision in dossier.decisions),
        }
    )


def _show_corrections(
    material: Material, shown: Collection[str]
) -> tuple[tuple[Correction, ...], int | None]:
    numbers: Mapping[str, int] = {each.obj: each.n for each in material.own if each.act in ACTS}
    published = [
        Publication(each.n, str(each.refs["manifest"]))
        for each in material.own
        if each.act == "call.publish" and each.n < material.last
    ]
    filed = [(numbers[each.first], each) for each in material.call.corrections]
    return show_corrections(filed, published, shown)


def _pair(
    filed: Sequence[FiledCorrection], lines: Sequence[Correction]
) -> tuple[tuple[FiledCorrection, Correction], ...]:
    named = {each.correction.id: each for each in filed}
    return tuple((named[line.id], line) for line in lines)


def _root(ledger: Ledger, approval: Approval | None) -> Approval | None:
    if approval is None:
        return None
    roots = measure_lines(read_lines(ledger.path), [approval.checkpoint])[2]
    root = roots.get(approval.checkpoint)
    return replace(approval, root=f"sha256:{root.hex()}" if root else None)


def _list_opinions(ledger: Ledger, case: str) -> tuple[OpinionBlock, ...]:
    found = [each.opinion for each in filed_opinions(ledger, case)]
    return tuple(OpinionBlock(each.by, each.on, each.text) for each in found)


def _narrow(page: PageTranslation, removed: Collection[str]) -> PageTranslation:
    """Leave out the translations of what is removed."""
    parts = tuple(part for part in page.parts if _name_of(part[0]) not in removed)
    return replace(page, parts=parts)


def _name_of(place: str) -> str:
    section, _, rest = place.partition("/")
    return rest.rpartition("/")[0] if section in ("claims", "answers", "decisions") else ""

"""What was filed of a case's public page: what it asks for, its corrections, who approved it."""

from dataclasses import dataclass

from answerable.evidence.cases import sealed
from answerable.evidence.cases.entries import replay_filed
from answerable.ledger.log import Ledger
from answerable.model.call import (
    Approval,
    Ask,
    Correction,
    Imprint,
    Letter,
    Occasion,
    PageTranslation,
)


@dataclass(frozen=True, slots=True)
class FiledCorrection:
    """A line of the log of corrections as filed, with its record and time.

    Args:
        record: Id of its newest record.
        at: When that was filed, UTC.
        correction: The line.
        first: Id of its first record.
    """

    record: str
    at: str
    correction: Correction
    first: str


@dataclass(frozen=True, slots=True)
class FiledCall:
    """What was filed of a case's public page; all of it empty where nothing was.

    Args:
        asks, letter, occasions, imprint, share: As filed in `call.yaml`.
        approval: The newest, else None. Whether anything was filed after it is not told here.
        corrections: In the order of first filing.
        translations: In the order of their tags.
    """

    asks: tuple[Ask, ...] = ()
    letter: Letter | None = None
    occasions: tuple[Occasion, ...] = ()
    imprint: Imprint | None = None
    share: str | None = None
    approval: Approval | None = None
    corrections: tuple[FiledCorrection, ...] = ()
    translations: tuple[PageTranslation, ...] = ()


def filed_corrections(ledger: Ledger, case: str) -> tuple[Correction, ...]:
    """Return the log of corrections of a case, in the order of filing."""
    return tuple(each.correction for each in filed_call(ledger, case).corrections)


def filed_call(ledger: Ledger, case: str) -> FiledCall:
    """Return what was filed of a case's public page, each part in its newest state.

    What was erased of, or is withheld in, a record is in none of it.

    Args:
        ledger: The ledger of a workspace.
        case: Name of the case.

    Raises:
        LogFaulty: The log was edited.
        ObjectMissing, RecordFaulty: A record is not there, or not the one that was sealed.
    """
    filed = replay_filed(ledger)
    call = filed.find("call", case)
    asked = sealed.open_call(dict(call.values) if call else {"case": case})
    approval = filed.find("approval", case)
    translations = [sealed.open_translation(dict(e.values)) for e in filed.of("translation", case)]
    return FiledCall(
        asks=asked.asks,
        letter=asked.letter,
        occasions=asked.dates,
        imprint=asked.imprint,
        share=asked.share,
        approval=sealed.open_approval(dict(approval.values)) if approval else None,
        corrections=tuple(
            FiledCorrection(
                e.record,
                e.at,
                sealed.open_correction(dict(e.values)),
                first=(*e.before, e.record)[0],
            )
            for e in filed.of("correction", case)
        ),
        translations=tuple(sorted(translations, key=lambda page: page.language)),
    )

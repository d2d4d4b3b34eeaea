"""One tree of errors.

Every error is ours *and* the builtin that a caller would expect, keeps its parts as attributes,
and says what happened, to what, and what to do next. Faulty rows are no errors: they are
`answerable.model.Problem` values that travel with the result.

- AnswerableError
    - UsageError (ValueError)
    - WorkspaceError
        - WorkspaceMissing (FileNotFoundError)
        - WorkspaceFaulty (ValueError)
    - TableError
        - TableMissing (FileNotFoundError)
        - TableUnreadable (ValueError)
        - TableTooLarge (ValueError)
        - ColumnsUnclear (LookupError)
    - ListError
        - ListUnknown (LookupError)
        - CardFaulty (ValueError)
        - ListChanged (ValueError)
        - ListUnreadable (ValueError)
        - EditionMissing (LookupError)
        - DownloadFailed (OSError)
    - EngineError
        - EngineMissing (ImportError)
        - EngineFailed (RuntimeError)
    - OutputError
        - OutputUnknown (ValueError)
        - OutputUnwritable (OSError)
        - TypesettingFailed (RuntimeError)
    - LedgerError
        - CanonicalFaulty (ValueError)
        - DeedRefused (ValueError)
        - LogFaulty (ValueError)
        - LogBusy (TimeoutError)
        - ObjectMissing (FileNotFoundError)
        - ObjectFaulty (ValueError)
        - RecordFaulty (ValueError)
        - KeyMissing (FileNotFoundError)
        - KeyRefused (PermissionError)
        - CheckpointFaulty (ValueError)
        - ProofFaulty (ValueError)
        - StampFaulty (ValueError)
    - CaptureError
        - AddressRefused (ValueError)
        - FetchFailed (OSError)
        - BrowserMissing (FileNotFoundError)
        - BrowserFailed (RuntimeError)
        - CaptureFileMissing (FileNotFoundError)
        - CaptureUnknown (LookupError)
        - ArchiveRefused (ValueError)
    - TextError
        - ReaderFailed (OSError)
        - TextMissing (LookupError)
        - SearchRefused (ValueError)
        - QuotationUnresolved (LookupError)
    - CaseError
        - CaseFaulty (ValueError)
    - RegimeError
        - RegimeFaulty (ValueError)
    - ScreeningError
        - ScreeningUnknown (LookupError)
        - ScreeningFaulty (ValueError)
    - CallError
        - PublicationRefused (ValueError)
    - PackageError
        - ErasureRefused (ValueError)
        - PackageRefused (ValueError)
    - JudgementError
        - FindingUnknown (LookupError)
        - JudgementRefused (ValueError)
"""

from collections.abc import Sequence


class AnswerableError(Exception):
    """The root: catch it to catch everything that answerable raises on purpose."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class UsageError(AnswerableError, ValueError):
    """An option or argument has a value that cannot be used."""


class WorkspaceError(AnswerableError):
    """Something is wrong with the workspace folder."""


class WorkspaceMissing(WorkspaceError, FileNotFoundError):
    """There is no workspace at this folder or above it."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"No workspace found at {folder} or above it (no answerable.toml). "
            "Make one with `answerable init DIR`, or try `answerable demo DIR`."
        )
        self.folder = folder


class WorkspaceFaulty(WorkspaceError, ValueError):
    """The workspace's `answerable.toml` cannot be used as it stands."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} cannot be used: {why}. Mend that line and try again.")
        self.path = path
        self.why = why


class TableError(AnswerableError):
    """A file of rows (suppliers, pairs, or a list) cannot be read as a table."""


class TableMissing(TableError, FileNotFoundError):
    """The file does not exist."""

    def __init__(self, path: str) -> None:
        super().__init__(f"There is no file {path}. Check the path, or give - to read from stdin.")
        self.path = path


class TableUnreadable(TableError, ValueError):
    """The file exists, but no table can be read from it."""

    def __init__(self, path: str, why: str, advice: str) -> None:
        super().__init__(f"{path} cannot be read as a table: {why}. {advice}")
        self.path = path
        self.why = why
        self.advice = advice


class TableTooLarge(TableError, ValueError):
    """The file, or what it unpacks to, is over a limit that protects the machine."""

    def __init__(self, path: str, what: str, found: int, limit: int) -> None:
        super().__init__(
            f"{path} is refused: {what} is {found:,}, over the limit of {limit:,}. "
            "Split the file, or save it again from its own program as CSV."
        )
        self.path = path
        self.what = what
        self.found = found
        self.limit = limit


class ColumnsUnclear(TableError, LookupError):
    """No column of the file could be recognised as the one that is needed."""

    def __init__(
        self,
        path: str,
        needed: str,
        headings: Sequence[str],
        why: str = "",
        rows: Sequence[Sequence[str]] = (),
        advice: str = "",
    ) -> None:
        shown = ", ".join(repr(heading[:80]) for heading in headings[:40]) or "none"
        shown += " …" if len(headings) > 40 else ""
        reason = f" ({why})" if why else ""
        first = " / ".join(", ".join(repr(cell[:40]) for cell in row[:8]) for row in rows[:3])
        super().__init__(
            f"{path} has no column that was recognised as the {needed}{reason}. Its headings: "
            f"{shown}."
            + (f" Its first rows: {first}." if first else "")
            + " "
            + (advice or _advise_columns(needed))
        )
        self.path = path
        self.needed = needed
        self.headings = tuple(headings)
        self.why = why


def _advise_columns(needed: str) -> str:
    return (
        "Name the column by its heading or its letter: "
        f"`--columns {needed}=HEADING` or `--columns {needed}=A`."
    )


class ListError(AnswerableError):
    """Something is wrong with a list, its card or its editions."""


class ListUnknown(ListError, LookupError):
    """No card is known for this list id."""

    def __init__(self, list_id: str, known: Sequence[str]) -> None:
        super().__init__(
            f"No list is called {list_id!r}. Known lists: {', '.join(known)}. "
            "Add your own with `answerable collect LIST --from FILE --card CARD.yaml`."
        )
        self.list_id = list_id
        self.known = tuple(known)


class CardFaulty(ListError, ValueError):
    """A list's card does not follow the schema `answerable.card/1`, or does not fit its file."""

    def __init__(self, path: str, field: str, why: str) -> None:
        super().__init__(
            f"The card {path} is faulty at {field}: {why}. "
            "The fields of a card are described in docs/cards.md and in card.schema.json."
        )
        self.path = path
        self.field = field
        self.why = why


class ListChanged(ListError, ValueError):
    """An edition holds more or fewer companies than its card expects.

    Args:
        list_id: The list.
        found: Companies and other legal persons that were read, or links.
        expected: Least and greatest number that the card allows.
        what: What was counted, for the message.
    """

    def __init__(
        self, list_id: str, found: int, expected: tuple[int, int], what: str = "companies"
    ) -> None:
        super().__init__(
            f"{list_id}: {found:,} {what} were read, but its card expects between "
            f"{expected[0]:,} and {expected[1]:,}. Nothing was stored. Look at the file: if the "
            "list really changed, raise `counts` in a card of your own and give it with --card."
        )
        self.list_id = list_id
        self.found = found
        self.expected = expected


class ListUnreadable(ListError, ValueError):
    """A list's file is not in the form that its card names."""

    def __init__(self, path: str, why: str, advice: str = "") -> None:
        super().__init__(
            f"{path} cannot be read as a list: {why}. "
            + (advice or "Download it again from its issuer, or correct the card's reader.")
        )
        self.path = path
        self.why = why


class EditionMissing(ListError, LookupError):
    """A list has no edition that could be used."""

    def __init__(self, list_id: str, why: str, advice: str) -> None:
        super().__init__(f"{list_id}: {why}. {advice}")
        self.list_id = list_id
        self.why = why


class DownloadFailed(ListError, OSError):
    """A list could not be fetched from its issuer."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"{url} could not be fetched: {why}. Download the file with a browser and give it "
            "with --from FILE."
        )
        self.url = url
        self.why = why


class EngineError(AnswerableError):
    """The engine that was asked for cannot do the work."""


class EngineMissing(EngineError, ImportError):
    """A part that the engine needs is not installed."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(
            f"{what} is not installed, which `--engine spark` needs. Install {advice}, or leave "
            "the option out: this machine alone gives the same findings."
        )
        self.what = what
        self.advice = advice


class EngineFailed(EngineError, RuntimeError):
    """The engine could not be started, or gave up."""

    def __init__(self, engine: str, why: str) -> None:
        super().__init__(
            f"{engine} gave up: {why}. Nothing was left half-written. Try it without "
            "`--engine spark`, or see more with ANSWERABLE_DEBUG=1."
        )
        self.engine = engine
        self.why = why


class OutputError(AnswerableError):
    """An output cannot be written."""


class OutputUnknown(OutputError, ValueError):
    """The ending of an output's name is none that can be written."""

    def __init__(self, path: str, endings: Sequence[str], advice: str = "") -> None:
        what = "no such form can be written" if advice else "the ending says nothing about the form"
        more = f" {advice}" if advice else ""
        super().__init__(f"{path}: {what}. Use one of {', '.join(endings)}.{more}")
        self.path = path
        self.endings = tuple(endings)
        self.advice = advice


class OutputUnwritable(OutputError, OSError):
    """The output's folder is missing, or the disk refused it."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} could not be written: {why}. Nothing was left half-written.")
        self.path = path
        self.why = why


class TypesettingFailed(OutputError, RuntimeError):
    """A page could not be set as PDF or as a picture."""

    def __init__(self, template: str, why: str) -> None:
        super().__init__(
            f"The page {template} could not be set: {why}. Nothing was written. The same as HTML "
            "may go through; please report what was to be set."
        )
        self.template = template
        self.why = why


class LedgerError(AnswerableError):
    """Something is wrong with the log of deeds, an object, a record or a key."""


class CanonicalFaulty(LedgerError, ValueError):
    """A value has no canonical JSON form, or bytes are not in that form."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This is not canonical JSON: {why}. Allowed are maps with ASCII keys, lists, text, "
            "whole numbers within 2^53, true, false and null."
        )
        self.why = why


class DeedRefused(LedgerError, ValueError):
    """The log takes ids, codes and whole numbers only, and something else was to go in."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(
            f"The log refuses this deed: {field} {why}. It takes ids (`sha256:` and 64 "
            "hexadecimal digits), codes (a-z, 0-9, `.`, `_`, `-`, at most 64) and whole numbers, "
            "so that no name, address or quotation can get into it. Put the rest into a record "
            "and name its id."
        )
        self.field = field
        self.why = why


class LogFaulty(LedgerError, ValueError):
    """A line of the log is not as it was written, or does not follow the line before.

    Args:
        path: The log.
        line: Number of the line, from 1.
        why: What is wrong with it.
    """

    def __init__(self, path: str, line: int, why: str) -> None:
        super().__init__(
            f"{path}, line {line}: {why}. Nothing was changed. Compare the log with a copy and "
            "with a checkpoint held elsewhere; lines before this one still follow each other."
        )
        self.path = path
        self.line = line
        self.why = why


class LogBusy(LedgerError, TimeoutError):
    """Another program has been writing to the ledger for too long."""

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__(
            f"{path} is held by another program for over {seconds:g} seconds; nothing was written. "
            "Let that program end, then try again."
        )
        self.path = path
        self.seconds = seconds


class ObjectMissing(LedgerError, FileNotFoundError):
    """An object or record is not in this store."""

    def __init__(self, object_id: str, folder: str) -> None:
        super().__init__(
            f"{object_id} is not in {folder}. It may have been erased or left out of this copy: "
            "`answerable verify` tells which; else restore it from a copy of the workspace."
        )
        self.object_id = object_id
        self.folder = folder


class ObjectFaulty(LedgerError, ValueError):
    """The bytes of an object are not those that were sealed, or its id is no id."""

    def __init__(self, object_id: str, why: str) -> None:
        super().__init__(
            f"{object_id}: {why}. Do not rely on it; restore it from a copy of the workspace."
        )
        self.object_id = object_id
        self.why = why


class RecordFaulty(LedgerError, ValueError):
    """The opened fields of a record are not those that were sealed."""

    def __init__(self, record_id: str, field: str, why: str) -> None:
        super().__init__(
            f"The record {record_id} is faulty at {field}: {why}. Do not rely on it; "
            "restore it from a copy of the workspace."
        )
        self.record_id = record_id
        self.field = field
        self.why = why


class KeyMissing(LedgerError, FileNotFoundError):
    """A key that is needed is not where keys are kept."""

    def __init__(self, path: str, why: str, advice: str) -> None:
        super().__init__(f"There is no key at {path}: {why}. {advice}")
        self.path = path
        self.why = why


class KeyRefused(LedgerError, PermissionError):
    """A key or passphrase does not open what was encrypted, or a key file cannot be used."""

    def __init__(self, what: str, why: str, advice: str) -> None:
        super().__init__(f"{what} cannot be opened: {why}. {advice}")
        self.what = what
        self.why = why


class CheckpointFaulty(LedgerError, ValueError):
    """A checkpoint is not well formed, is not signed by a known key, or the log departs from it."""

    def __init__(self, name: str, why: str, advice: str = "") -> None:
        super().__init__(
            f"The checkpoint {name} is refused: {why}. "
            + (advice or "Get it again from whoever keeps a copy of it.")
        )
        self.name = name
        self.why = why


class ProofFaulty(LedgerError, ValueError):
    """A proof is not well formed, or does not prove what it should."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The proof fails: {why}. Export it again from the log.")
        self.why = why


class StampFaulty(LedgerError, ValueError):
    """A timestamp, its request or its authority cannot be used."""

    def __init__(self, what: str, why: str, advice: str) -> None:
        super().__init__(f"The timestamp {what} is refused: {why}. {advice}")
        self.what = what
        self.why = why


class CaptureError(AnswerableError):
    """A source cannot be captured, or a capture cannot be found."""


class AddressRefused(CaptureError, ValueError):
    """An address is none that a capture may ask for."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"{url} was not asked for: {why}. Check the address; if it is one of your own network "
            "and meant, allow private addresses (--allow-private)."
        )
        self.url = url
        self.why = why


class FetchFailed(CaptureError, OSError):
    """An address gave no answer that could be recorded."""

    def __init__(self, url: str, why: str, advice: str = "") -> None:
        super().__init__(
            f"{url} could not be captured: {why}. "
            + (advice or "Try again later, or save the page with a browser and capture the file.")
        )
        self.url = url
        self.why = why


class BrowserMissing(CaptureError, FileNotFoundError):
    """There is no browser on this machine that a capture could be made with."""

    def __init__(self, program: str = "") -> None:
        super().__init__(
            (f"There is no browser at {program}. " if program else "No Chromium was found. ")
            + "Install Chromium, Chrome or Edge, or name its program in the environment variable "
            "ANSWERABLE_CHROMIUM; or capture without a browser: scripts of the page are then not "
            "run and no picture of it is made."
        )
        self.program = program


class BrowserFailed(CaptureError, RuntimeError):
    """The browser did not start, or gave up during a capture."""

    def __init__(self, why: str, advice: str = "Try again") -> None:
        super().__init__(
            f"The browser failed: {why}. Nothing was captured. {advice}, or capture without a "
            "browser."
        )
        self.why = why
        self.advice = advice


class CaptureFileMissing(CaptureError, FileNotFoundError):
    """A file that is to be captured is not there, or cannot be read."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} cannot be captured: {why}. Check the path and its permissions.")
        self.path = path
        self.why = why


class CaptureUnknown(CaptureError, LookupError):
    """No capture, or more than one, has this id."""

    def __init__(self, capture_id: str, why: str) -> None:
        super().__init__(
            f"{capture_id!r} names no capture: {why}. Give at least 8 hexadecimal digits of the id "
            "that `answerable capture` printed."
        )
        self.capture_id = capture_id
        self.why = why


class ArchiveRefused(CaptureError, ValueError):
    """A web archive made by others would endanger this machine or its reader."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path} is refused: {why}. Nothing of it was kept. Ask whoever made it for a fresh "
            "export."
        )
        self.path = path
        self.why = why


class CaseError(AnswerableError):
    """Something is wrong with the files of a case."""


class CaseFaulty(CaseError, ValueError):
    """A case was not filed, since its files have faults that keep it from that.

    Args:
        case: Name of the case.
        faults: The faults, as `answerable check` tells them.
    """

    def __init__(self, case: str, faults: Sequence[object]) -> None:
        first = "\n".join(str(fault) for fault in faults[:20])
        more = f"\nand {len(faults) - 20} more" if len(faults) > 20 else ""
        super().__init__(
            f"The case {case!r} was not filed; nothing was written. {len(faults)} faults keep it "
            f"from that. Mend them and file it again.\n{first}{more}"
        )
        self.case = case
        self.faults = tuple(faults)


class RegimeError(AnswerableError):
    """Something is wrong with a rule that is kept as data."""


class RegimeFaulty(RegimeError, ValueError):
    """The file of a rule cannot be used.

    Args:
        path: The file.
        line: Line, from 1; 0 where it concerns the whole file.
        why: What is wrong there.
        mend: What to do about it.
    """

    def __init__(self, path: str, line: int, why: str, mend: str) -> None:
        where = f"{path}, line {line}" if line else path
        super().__init__(f"The rule of {where} cannot be used: {why} {mend}")
        self.path = path
        self.line = line
        self.why = why
        self.mend = mend


class ScreeningError(AnswerableError):
    """A kept screening cannot be used."""


class ScreeningUnknown(ScreeningError, LookupError):
    """No kept screening goes by this name."""

    def __init__(self, name: str, kept: Sequence[str]) -> None:
        shown = ", ".join(kept[-5:]) or "none"
        super().__init__(
            f"No screening is called {name!r}. The newest that are kept here: {shown}. Give an id, "
            "its first letters, latest, latest~1, or the path of a screening's folder."
        )
        self.name = name
        self.kept = tuple(kept)


class ScreeningFaulty(ScreeningError, ValueError):
    """The files of a screening are not as they were kept."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            f"The screening {place} cannot be used: {why}. Screen again, or restore its folder "
            "from a copy."
        )
        self.place = place
        self.why = why


class CallError(AnswerableError):
    """The public page of a case cannot be published."""


class PublicationRefused(CallError, ValueError):
    """Something stands against publication; nothing was written and nothing logged.

    Args:
        case: Name of the case.
        reasons: What stands against it and what to do about it, a sentence or two each.
    """

    def __init__(self, case: str, reasons: Sequence[str]) -> None:
        told = "".join(f"\n  - {reason}" for reason in reasons)
        super().__init__(
            f"The case {case!r} is not published:{told}\n"
            "See it all the same with `answerable publish --draft`."
        )
        self.case = case
        self.reasons = tuple(reasons)


class PackageError(AnswerableError):
    """Evidence cannot be handed on, or not be erased."""


class ErasureRefused(PackageError, ValueError):
    """Something cannot be erased as asked; nothing was destroyed and nothing logged.

    Args:
        what: Id of the object or record.
        why: What stands against it.
        advice: What to do next.
        captures: Captures that hold the object, where that is what stands against it.
    """

    def __init__(self, what: str, why: str, advice: str = "", captures: Sequence[str] = ()) -> None:
        super().__init__(
            f"{what} was not erased: {why}. " + (advice or "Check the id and the option.")
        )
        self.what = what
        self.why = why
        self.captures = tuple(captures)


class PackageRefused(PackageError, ValueError):
    """A case cannot be exported as it stands; nothing was written."""

    def __init__(self, case: str, why: str, advice: str = "") -> None:
        super().__init__(
            f"The case {case!r} was not exported: {why}. "
            + (advice or "Run `answerable verify` and see what it names.")
        )
        self.case = case
        self.why = why


class TextError(AnswerableError):
    """The text of a capture cannot be had, or not be searched."""


class ReaderFailed(TextError, OSError):
    """The process in which documents are read could not be started."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The process in which documents are read could not be started: {why}. Nothing was "
            "changed. Check that this machine has free memory and processes, then try again."
        )
        self.why = why


class TextMissing(TextError, LookupError):
    """A capture has no text, so nothing can be quoted from it.

    Args:
        capture: Id of the capture.
        why: What could not be read; empty where nobody tried.
    """

    def __init__(self, capture: str, why: Sequence[str] = ()) -> None:
        told = f"no text was found in it ({'; '.join(why)})" if why else "it has no text yet"
        super().__init__(
            f"Nothing can be quoted from the capture {capture}: {told}. "
            + ("Capture the source in another form." if why else "Derive its text first.")
        )
        self.capture = capture
        self.why = tuple(why)


class SearchRefused(TextError, ValueError):
    """What was searched for holds no word."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"{words[:80]!r} holds no word to search for. Give one or more words; put a phrase in "
            'double quotation marks, such as "public security".'
        )
        self.words = words


class QuotationUnresolved(TextError, LookupError):
    """Words do not stand in a text, or stand there several times.

    Args:
        quote: The words.
        state: `lost` or `ambiguous`.
        nearest: The nearest wording of the text, None where nothing is much like it.
        why: How that differs, where only marks do.
    """

    def __init__(
        self, quote: str, state: str, nearest: str | None = None, why: str | None = None
    ) -> None:
        shown = f"{quote[:120]!r}{' …' if len(quote) > 120 else ''}"
        if state == "ambiguous":
            told = "stands several times in the text. Add words before it (prefix) or behind it."
        elif why:
            told = f"does not stand in the text: {why}. Copy the words as they stand there."
        elif nearest:
            told = f"does not stand in the text. The nearest wording there is: {nearest!r}."
        else:
            told = "does not stand in the text, nor anything much like it. Check the source."
        super().__init__(f"{shown} {told}")
        self.quote = quote
        self.state = state
        self.nearest = nearest
        self.why = why


class JudgementError(AnswerableError):
    """A judgement or resolution cannot be kept as asked."""


class FindingUnknown(JudgementError, LookupError):
    """No finding, or no match of it, has this id."""

    def __init__(self, what: str, why: str, advice: str) -> None:
        super().__init__(f"{what} cannot be found: {why}. {advice}")
        self.what = what
        self.why = why


class JudgementRefused(JudgementError, ValueError):
    """A judgement or resolution lacks something, or does not fit what was judged before."""

    def __init__(self, what: str, why: str, advice: str) -> None:
        super().__init__(f"{what} was not kept: {why}. {advice}")
        self.what = what
        self.why = why

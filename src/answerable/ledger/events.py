"""Events: the lines of the log, and what may stand in them."""

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from answerable.errors import CanonicalFaulty, DeedRefused, LogFaulty
from answerable.ledger.canonical import digest, encode

Ref = str | int | list[str | int]

ACTS = frozenset(
    """
    case.open case.describe
    source.collect source.import source.transfer source.derive source.review source.unlock
    source.redact source.export source.dispose source.erase
    claim.file claim.grade claim.review claim.retract claim.supersede
    rebuttal.file rebuttal.request decision.file opinion.file key.add
    call.file call.approve call.translate call.publish call.withdraw correction.file
    judgement.file judgement.agree judgement.withdraw resolution.file resolution.withdraw
    """.split()
)
"""What can be done; a log that was written by a later version may hold others."""

MOST_REFS = 64
MOST_IN_A_LIST = 1_000
MOST_LINE = 1 << 18
"""Longest line in bytes."""

MOST_NUMBER = 10**15
"""Whole numbers in the log are nearer to zero than this."""

_ID = re.compile(r"sha256:[0-9a-f]{64}")
_CODE = re.compile(r"[a-z0-9._-]{1,64}")

_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_NUMBER = r"(?:0|-?[1-9][0-9]{0,14})"
_ONE = rf'(?:"(?:{_ID.pattern}|{_CODE.pattern})"|{_NUMBER})'
_REF = rf'"{_CODE.pattern}":(?:{_ONE}|\[(?:{_ONE}(?:,{_ONE})*)?\])'
_LINE = re.compile(
    rf'{{"act":"(?P<act>[a-z_]{{1,32}}\.[a-z_]{{1,32}})",'
    rf'"at":"(?P<at>{_DAY}T{_TIME}Z)",'
    rf'"by":"(?P<by>[0-9a-f]{{8}})",'
    rf'"n":(?P<n>0|[1-9][0-9]{{0,14}}),'
    rf'"obj":"(?P<obj>{_ID.pattern})",'
    rf'"prev":(?:null|"(?P<prev>{_ID.pattern})"),'
    rf'"refs":(?P<refs>{{(?:{_REF}(?:,{_REF})*)?}})}}'
)
_ROLE = re.compile(rf'"({_CODE.pattern})":')
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Event:
    """One deed, as the log holds it.

    It shows that whoever wrote the log put this line there, after the line before. The time is
    what the writer's clock said; a timestamp over a checkpoint bounds it from above.

    Args:
        n: Its number, from 0.
        at: UTC, `2026-11-24T14:02:03Z`.
        by: Key id of the signer, 8 hexadecimal digits.
        act: What was done, one of `ACTS`.
        obj: Id of the object or record to which it was done.
        refs: Role to id, code, number, or list of them.
        prev: Id of the line before, None for the first.
        id: Id of this line without its newline.
    """

    n: int
    at: str
    by: str
    act: str
    obj: str
    refs: Mapping[str, Ref]
    prev: str | None
    id: str


def check_deed(act: str, obj: str, refs: Mapping[str, Any]) -> None:
    """Check that a deed holds ids, codes and whole numbers only.

    A code could still be made to spell a name; this stops accidents, not intent.

    Raises:
        DeedRefused: With the field and what is refused about it.

    Example:
        >>> check_deed("case.open", "sha256:" + "0" * 64, {"reason": "John Smith asked"})
        Traceback (most recent call last):
        answerable.errors.DeedRefused: The log refuses this deed: refs.reason is neither ...
    """
    if act not in ACTS:
        raise DeedRefused("act", f"is none of {', '.join(sorted(ACTS))}")
    if fault := _fault_of(obj, refs):
        raise DeedRefused(*fault)


def _fault_of(obj: Any, refs: Any) -> tuple[str, str] | None:
    if not isinstance(obj, str) or not _ID.fullmatch(obj):
        return "obj", "is no id"
    if not isinstance(refs, Mapping):
        return "refs", "is no map"
    if len(refs) > MOST_REFS:
        return "refs", f"holds over {MOST_REFS} roles"
    for role, ref in refs.items():
        if not isinstance(role, str) or not _CODE.fullmatch(role):
            return "refs", "holds a role that is no code"
        many = ref if isinstance(ref, list | tuple) else (ref,)
        if len(many) > MOST_IN_A_LIST:
            return f"refs.{role}", f"lists over {MOST_IN_A_LIST:,}"
        if not all(_is_ref(each) for each in many):
            return f"refs.{role}", "is neither an id, nor a code, nor a whole number"
    return None


def _is_ref(ref: Any) -> bool:
    if isinstance(ref, str):
        return bool(_ID.fullmatch(ref) or _CODE.fullmatch(ref))
    return isinstance(ref, int) and not isinstance(ref, bool) and abs(ref) < MOST_NUMBER


def write_line(
    before: Event | None, at: str, by: str, act: str, obj: str, refs: Mapping[str, Any]
) -> bytes:
    """Return the line of a deed that follows another, without its newline.

    Raises:
        DeedRefused: The line would be too long.
    """
    line = encode(
        {
            "act": act,
            "at": at,
            "by": by,
            "n": 0 if before is None else before.n + 1,
            "obj": obj,
            "prev": None if before is None else before.id,
            "refs": dict(refs),
        }
    )
    if len(line) > MOST_LINE:
        raise DeedRefused("refs", f"makes a line of over {MOST_LINE:,} bytes")
    return line


def parse_line(line: bytes) -> Event:
    """Return the event of one line without its newline; where it stands is not checked.

    Raises:
        CanonicalFaulty: It is not written as the log writes events.
    """
    try:
        found = _LINE.fullmatch(line.decode("ascii"))
    except UnicodeDecodeError:
        found = None
    if found is None:
        raise CanonicalFaulty("it is not written as the log writes events")
    return Event(
        n=int(found["n"]),
        at=found["at"],
        by=found["by"],
        act=found["act"],
        obj=found["obj"],
        refs=_read_refs(found["refs"]),
        prev=found["prev"],
        id=digest(line),
    )


def _read_refs(text: str) -> Mapping[str, Ref]:
    """Return the refs of a line that has its form; what is left to check is the order of roles."""
    roles = _ROLE.findall(text)
    if any(role >= later for role, later in itertools.pairwise(roles)):
        raise CanonicalFaulty("its refs are not in order, or one of them stands there twice")
    refs: Mapping[str, Ref] = _DECODER.raw_decode(text)[0]
    return refs


def follow_lines(lines: Iterable[bytes], path: str = "log.jsonl") -> Iterator[Event]:
    """Read lines from the first on and check that each follows the one before.

    An edited last line, or lines cut off at the end, are not found by this: a checkpoint finds
    them.

    Args:
        lines: Lines without their newlines.
        path: How an error calls the log.

    Yields:
        The events, in order.

    Raises:
        LogFaulty: With the first line that is faulty, or does not follow.

    Cost:
        About 7 microseconds per line; no memory beyond a line.
    """
    before: str | None = None
    for number, line in enumerate(lines):
        try:
            event = parse_line(line)
        except CanonicalFaulty as error:
            raise LogFaulty(path, number + 1, f"it was damaged or edited: {error.why}") from error
        if event.n != number:
            why = f"it bears the number {event.n} where {number} must stand: lines were removed, "
            raise LogFaulty(path, number + 1, why + "added or put in another order")
        if event.prev != before:
            why = f"it does not follow line {number}: that line was edited, or put there later"
            raise LogFaulty(path, number + 1, why)
        before = event.id
        yield event

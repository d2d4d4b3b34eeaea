"""Leaks: what a takedown removed and an editor repeated elsewhere is found before it goes out."""

import html
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from answerable.call.echoes import Told, find_echoes, tell_entry
from answerable.errors import PublicationRefused
from answerable.evidence.cases.corrected import find_removed
from answerable.evidence.cases.filed import (
    FiledClaim,
    filed_claims,
    filed_decisions,
    filed_description,
)
from answerable.evidence.cases.filed_calls import FiledCall, filed_call
from answerable.ledger.log import Ledger
from answerable.model.call import Correction
from answerable.model.capture import Source
from answerable.model.case import PublicDecision
from answerable.model.claim import Claim, Rebuttal

MOST_NAMED = 5
"""Most files and most places that a refusal names."""


def refuse_leaks(
    ledger: Ledger, case: str, corrections: Iterable[Correction], files: Mapping[str, bytes]
) -> None:
    """Refuse files in which something still stands that a takedown removed.

    It looks for the names, records, statements, quotations and their translations of what was
    removed, for five or more of their words in a row, and for the parties, publishers and titles
    that nothing which stays names, such as a summary, a letter or the correction itself may
    repeat. Other words for the same are not found: somebody has to read the page.

    Raises:
        PublicationRefused: With the files and places. It does not repeat what was found.
    """
    named = find_removed(corrections)
    if not named:
        return
    removed = {*named, *_list_answers(filed_claims(ledger, case), named)}
    secrets = [re.compile(each) for each in _list_secrets(ledger, case, removed)]
    found = [
        name for name, content in files.items() if any(secret.search(content) for secret in secrets)
    ]
    page = json.loads(files["case.json"])
    places = find_echoes(page, *_tell_apart(ledger, case, removed))
    if found or places:
        where = [*found[:MOST_NAMED], *(f"case.json: {each}" for each in places[:MOST_NAMED])]
        raise PublicationRefused(
            case,
            [
                f"Something that was removed still stands in {', '.join(where)}. It "
                "is repeated in the summary, the letter, a correction, a translation or another "
                "entry: take it out there or say it in other words, and file that."
            ],
        )


def _tell_apart(
    ledger: Ledger, case: str, removed: Collection[str]
) -> tuple[list[Told], list[Told]]:
    """Return what the removed entries say, and what the others and the editors' own names say."""
    call, description = filed_call(ledger, case), filed_description(ledger, case)
    gone = [_translated(call, removed)]
    stay = [Told((), (*_own_names(call), *(description.editors if description else ())))]
    for entry, sources in _each_entry(ledger, case):
        (gone if entry.id in removed else stay).append(tell_entry(entry, sources))
    return gone, stay


def _translated(call: FiledCall, removed: Collection[str]) -> Told:
    parts = (part for page in call.translations for part in page.parts)
    return Told(tuple(text for place, text in parts if {*place.split("/")} & {*removed}), ())


def _own_names(call: FiledCall) -> Iterator[str]:
    yield from (ask.of for ask in call.asks)
    if call.imprint:
        yield call.imprint.name


def _each_entry(
    ledger: Ledger, case: str
) -> Iterator[tuple[Claim | Rebuttal | PublicDecision, tuple[Source, ...]]]:
    for filed in filed_claims(ledger, case):
        yield filed.claim, filed.sources
        yield from ((each.rebuttal, each.sources) for each in filed.rebuttals)
    yield from ((each.decision, each.sources) for each in filed_decisions(ledger, case))


def _list_secrets(ledger: Ledger, case: str, removed: Collection[str]) -> Iterator[bytes]:
    """Give patterns of what must stand in no file."""
    claims = filed_claims(ledger, case)
    kept = {text for text, name, _ in _each_text(claims) if name not in removed}
    texts = [*_each_text(claims)]
    for filed in filed_decisions(ledger, case):
        decision = filed.decision
        told = (decision.decision, decision.ground, *(p.quote for p in decision.passages))
        texts += [(text, decision.id, filed.record) for text in told]
    for name in removed:
        yield rb"(?:claim|answer|decision)-" + re.escape(name).encode() + rb"(?![a-z0-9._-])"
    for text, name, record in texts:
        if name in removed:
            yield re.escape(record.removeprefix("sha256:")).encode()
            if text not in kept:
                yield from _spell(text)


def _list_answers(claims: Sequence[FiledClaim], removed: Collection[str]) -> Iterator[str]:
    """Give the answers that stand nowhere, since every claim that they answer is removed."""
    standing = {each.claim.id for each in claims} - set(removed)
    for filed in claims:
        for each in filed.rebuttals:
            if not standing.intersection(each.rebuttal.answers):
                yield each.rebuttal.id


Text = tuple[str, str, str]
"""A text, the name of its entry, and its record."""


def _each_text(claims: Sequence[FiledClaim]) -> Iterator[Text]:
    for filed in claims:
        yield from _texts(filed.claim, filed.record)
        for each in filed.rebuttals:
            yield from _texts(each.rebuttal, each.record)


def _texts(entry: Claim | Rebuttal | PublicDecision, record: str) -> Iterator[Text]:
    if not isinstance(entry, PublicDecision):
        yield entry.statement, entry.id, record
    for passage in entry.passages:
        yield passage.quote, entry.id, record
        if passage.translation:
            yield passage.translation.text, entry.id, record


def _spell(text: str) -> Iterator[bytes]:
    """Give a text as it may stand in HTML, JSON and wrapped plain text."""
    for spelt in {text, html.escape(text), text.replace('"', '\\"')}:
        words = [re.escape(word) for word in spelt.split()]
        yield r"(?:\s|\\[nrt])+".join(words).encode()

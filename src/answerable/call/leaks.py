"""Leaks: what a takedown removed and an editor repeated elsewhere is found before it goes out."""

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from answerable.errors import PublicationRefused
from answerable.evidence.cases.corrected import find_removed
from answerable.evidence.cases.filed import FiledClaim, filed_claims, filed_decisions
from answerable.ledger.log import Ledger
from answerable.model.call import Correction
from answerable.model.case import PublicDecision
from answerable.model.claim import Claim, Rebuttal


def refuse_leaks(
    ledger: Ledger, case: str, corrections: Iterable[Correction], files: Mapping[str, bytes]
) -> None:
    """Refuse files in which something still stands that a takedown removed.

    It looks for the names, records, statements and words of what was removed, such as a summary
    or a letter may repeat.

    Raises:
        PublicationRefused: With the files. It does not repeat what was found.
    """
    removed = find_removed(corrections)
    if not removed:
        return
    secrets = [re.compile(each) for each in _list_secrets(ledger, case, removed)]
    found = [
        name for name, content in files.items() if any(secret.search(content) for secret in secrets)
    ]
    if found:
        raise PublicationRefused(
            case,
            [
                f"Something that was removed still stands in {', '.join(found[:5])}. It "
                "is repeated in the summary, the letter, a translation or another entry: take it "
                "out there, and file that."
            ],
        )


def _list_secrets(ledger: Ledger, case: str, removed: Collection[str]) -> Iterator[bytes]:
    """Give patterns of what must stand in no file."""
    claims = filed_claims(ledger, case)
    removed = {*removed, *_list_answers(claims, removed)}
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


def _spell(text: str) -> Iterator[bytes]:
    """Give a text as it may stand in HTML, JSON and wrapped plain text."""
    for spelt in {text, html.escape(text), text.replace('"', '\\"')}:
        words = [re.escape(word) for word in spelt.split()]
        yield r"(?:\s|\\[nrt])+".join(words).encode()

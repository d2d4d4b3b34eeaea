"""A case as a dossier: what was filed of it, each claim with its claimant and its answers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from answerable.dossier.documents import Shelf
from answerable.dossier.entries import enter_claims, enter_decisions
from answerable.dossier.figures import set_figures
from answerable.dossier.ids import sign_in
from answerable.dossier.timeline import lay_out
from answerable.dossier.words import say_asked
from answerable.errors import UsageError
from answerable.evidence.cases.filed import FiledDescription, filed_description
from answerable.evidence.exchange.views import CaseView, view_case
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, read_lines
from answerable.ledger.merkle import measure_lines
from answerable.model.claim import Party
from answerable.model.dossier import ClaimEntry, Document, Dossier, Subject

Tell = Callable[[str, int, int], None]

STANDARD = (
    "What is shown is that each claimant said so, in words that stand in a sealed copy wherever "
    "words are quoted. Whether it is so is not decided here."
)

NOT_SAID: tuple[str, ...] = (
    "A claim is what its claimant says. That it stands here does not say that it is true, and "
    "says nothing about wrongdoing.",
    "Where no reply is shown, none was found in our sources; it does not say that none was given.",
    "A decision stands with the ground that the deciding body states; it is no proof of a claim.",
)

METHOD: tuple[str, ...] = (
    "Everything here was filed: each claim, answer and decision is a sealed record in an "
    "append-only log. Sealed means hashed and logged; it does not mean encrypted.",
    "Words are quoted only where they stand, code point for code point, in the text of a sealed "
    "copy. Where a source has no sealed copy yet, nothing is quoted from it and the reason is "
    "given. A translation stands beside its original and names who made it.",
    "Answers stand in the entry of the claim that they answer. What was answered without being "
    "asked, and who was asked without answering, is said in words.",
    "Grades are a person's judgement of source and statement, apart from each other (Admiralty "
    "code); they are no probabilities.",
)

LIMITS: tuple[str, ...] = (
    "Opinions of authors are no claims and are left out.",
    "Only what was filed is here: what a draft holds, and what nobody captured, is not.",
)

_HANDED_ON = frozenset({"source.export", "key.add", "call.publish", "call.withdraw"})

_MOST_REQUESTS = 3
"""So many requests are told with their days in one sentence; the rest are counted."""

_UNKNOWN_CASE = "There is no filed description of the case {0!r}. File it with `check {0} --file`."
_NO_CLAIM = "Nothing of the case {0!r} was filed that may be shown. File it: `check {0} --file`."


def compose_case(
    ledger: Ledger, case: str, *, as_of: str | None = None, tell: Tell = lambda *_: None
) -> Dossier:
    """Return what can be shown of a case.

    It shows who claims what with which words, and what was answered. It does not say that a claim
    is true. Private captures, what rests on them alone, and what was erased are not in it; nor are
    opinions.

    Args:
        ledger: The ledger of a workspace.
        case: Name of the case.
        as_of: Day for which it speaks, ISO; by default that of the case's last deed. It decides
            whether a request still awaits its answer.
        tell: Told about progress.

    Returns:
        The same filings give the same dossier, whatever else was logged since.

    Raises:
        PackageRefused: No such case was opened.
        UsageError: Nothing was filed of it.
        LogFaulty, RecordFaulty, ObjectFaulty, ObjectMissing: Something is not as it was sealed.

    Cost:
        A case of 98 claims: half a second, most of it the reading of records and texts.
    """
    tell("Reading what was filed", 0, 2)
    view = view_case(ledger, case)
    about = filed_description(ledger, case)
    if about is None:
        raise UsageError(_UNKNOWN_CASE.format(case))
    if not view.claims and not view.decisions:
        raise UsageError(_NO_CLAIM.format(case))
    tell("Composing", 1, 2)
    last = find_last(view.events)
    day = as_of or (last.at[:10] if last else "")
    return compose_view(view, about, as_of=day, log=measure(ledger, last))


def compose_view(
    view: CaseView, about: FiledDescription, *, as_of: str, log: dict[str, Any]
) -> Dossier:
    """Return the dossier of what may be shown of a case. Pure.

    Args:
        view: What may be shown.
        about: What the case says of itself.
        as_of: Day for which it speaks, ISO.
        log: Size and root of the log that the view was made from.
    """
    shelf = Shelf()
    order = order_claims(view, about.claims)
    claims = enter_claims(view, shelf, order)
    decisions = enter_decisions(view, shelf)
    documents = shelf.documents
    dossier = Dossier(
        id="",
        kind="case",
        title=about.title,
        language=about.language,
        as_of=as_of,
        sentence=say_case(about.title, claims, len(decisions)),
        standard=STANDARD,
        not_said=(*about.not_shown, *(NOT_SAID if view.decisions else NOT_SAID[:2])),
        summary=about.summary,
        editors=about.editors,
        header={"case": view.name, "software": name_software(), "ledger": log},
        subjects=list_subjects(each.about for each in claims),
        claims=claims,
        decisions=decisions,
        timeline=lay_out(claims, decisions, documents),
        documents=documents,
        method=METHOD,
        limits=(*LIMITS, *say_withheld(view)),
        coverage=cover(claims, documents),
        figures=set_figures((view.named[name].claim for name in order), claims),
    )
    return sign_in(dossier)


def order_claims(view: CaseView, named: Sequence[str]) -> list[str]:
    """Return the names of claims in the order of the editors; others follow as they were filed."""
    return [name for name in dict.fromkeys((*named, *view.named)) if name in view.named]


def find_last(events: Iterable[Event]) -> Event | None:
    """Return the last deed that concerns what is shown; that it was handed on does not."""
    kept = [each for each in events if each.act not in _HANDED_ON]
    return max(kept, key=lambda each: each.n, default=None)


def measure(ledger: Ledger, last: Event | None) -> dict[str, Any]:
    """Return size and root of the log up to and with a deed: what it was made from."""
    size = last.n + 1 if last else 0
    roots = measure_lines(read_lines(ledger.path), [size])[2]
    return {"origin": ledger.origin, "size": size, "root": roots[size].hex()}


def name_software() -> dict[str, str]:
    """Return name and version of this software, as a manifest names them."""
    return {"name": "answerable", "version": version("answerable")}


def say_case(title: str, claims: Sequence[ClaimEntry], decisions: int) -> str:
    """Return what a case holds, in one sentence."""
    claimants = len({each.claimant.name for each in claims})
    counted = [count(len(claims), "claim") + " of " + count(claimants, "claimant")]
    counted += [f"with {count(decisions, 'decision')} of public bodies"] if decisions else []
    return f"{title}: {', '.join(counted)}, each with who says so and what was answered."


def count(number: int, word: str) -> str:
    """Return a number with its word.

    Example:
        >>> count(1, "claim"), count(1200, "claim")
        ('1 claim', '1,200 claims')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def cover(claims: Sequence[ClaimEntry], documents: Sequence[Document]) -> tuple[str, ...]:
    """Return what claims rest on and how far they were answered, a sentence each."""
    quoted = sum(len(each.quotations) for each in claims)
    pending = sum(each.pending is not None for each in documents)
    return (
        f"{count(len(claims), 'claim')}: {_count_states(claims)}.",
        f"{count(len(documents), 'document')}: {len(documents) - pending:,} in a sealed copy or "
        f"kept edition, {pending:,} not captured yet. "
        f"{count(quoted, 'quotation')} of claims in the words of sealed copies.",
    )


def _count_states(claims: Sequence[ClaimEntry]) -> str:
    states = [each.answer for each in claims]
    told = [
        f"{states.count('answered'):,} answered",
        *_count_asked([each for each in claims if each.answer == "requested"]),
        f"{states.count('none_found'):,} with no reply found in our sources",
    ]
    retracted = sum(each.retraction is not None for each in claims)
    return "; ".join(told) + (f"; {retracted:,} of them retracted" if retracted else "")


def _count_asked(claims: Sequence[ClaimEntry]) -> list[str]:
    """Return when answers that did not come were asked for; of many requests, what came of them."""
    asked = Counter("; ".join(map(say_asked, each.requests)) for each in claims)
    if asked and len(asked) <= _MOST_REQUESTS and "" not in asked:
        return [f"{number:,} {words}" for words, number in asked.items()]
    silent = sum(any(r.outcome == "no_answer" for r in each.requests) for each in claims)
    told = [f"{silent:,} asked, no answer by the day set"] if silent else []
    return [*told, f"{len(claims) - silent:,} with a reply requested"]


def list_subjects(parties: Iterable[Party]) -> tuple[Subject, ...]:
    """Return parties by their ids, where a person settled them, else by name, in their order."""
    found: dict[str, Subject] = {}
    for party in parties:
        key = party.company or f"name:{party.name.casefold()}"
        known = found.get(key, Subject(party.company, party.name))
        names = dict.fromkeys((*known.names, (party.name, None)))
        found[key] = replace(known, names=tuple(names))
    return tuple(found.values())


def say_withheld(view: CaseView) -> Iterator[str]:
    """Give what was left out of a view, in sentences that name nothing of it."""
    if view.withheld:
        yield (
            f"{count(view.withheld, 'claim or decision')} rest on private captures alone and are "
            "left out whole."
        )

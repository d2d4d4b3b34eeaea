"""Matches of a row in two screenings: which are new, gone, nearer or farther, judged otherwise."""

from collections.abc import Iterator, Sequence

from answerable.exposure.changes.causes import (
    UNTOLD,
    Given,
    explain_coming,
    explain_entry,
    explain_moving,
    settle,
)
from answerable.exposure.changes.kept import KeptFinding
from answerable.exposure.changes.told import Told, differ
from answerable.exposure.outputs.words import RELATION_WORDS, say_probability
from answerable.model.change import Cause, Difference
from answerable.model.judgement import STATE_WORDS, VERDICT_WORDS

ROUNDING = 0.005
"""By how much a probability must differ: half of one per cent, to which people are shown it."""


def compare_matches(
    told: Told, old: KeptFinding, new: KeptFinding, edited: Sequence[Cause]
) -> Iterator[Difference]:
    """Yield the matches that are new, gone or read otherwise, with listings and judgements.

    Args:
        told: What the screenings tell.
        old: The finding as it was.
        new: The finding as it is.
        edited: That the row reads otherwise; empty where it does not.
    """
    before, after = (
        {match["company"]["id"]: match for match in each.matches} for each in (old, new)
    )
    for key, match in after.items():
        company = match["company"]
        if key in before:
            yield from _compare_match(told, before[key], match, edited)
        else:
            causes = _crowd(old, explain_coming(told, company, edited, came=True))
            yield differ("match", company["caption"], (None, say_match(match)), causes, key)
            yield from _compare_judgement(told, {"judgement": None}, match)
    for key, match in before.items():
        if key not in after:
            company = match["company"]
            causes = _crowd(new, explain_coming(told, company, edited, came=False))
            yield differ("match", company["caption"], (say_match(match), None), causes, key)
            yield from _compare_judgement(told, match, {"judgement": None, "company": company})
    if old.more != new.more:
        causes = settle(edited, told=told)
        said = f"{old.more:,}", f"{new.more:,}"
        yield differ("match", "more matches than are carried", said, causes)


def _crowd(other: KeptFinding, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """Add that the other screening counted matches it does not carry: this may be one of them."""
    if not other.more:
        return causes
    text = f"One of the screenings carries only its best matches and counts {other.more:,} more."
    return (*causes, Cause("list", text))


def _compare_match(
    told: Told, old: Given, new: Given, edited: Sequence[Cause]
) -> Iterator[Difference]:
    company = new["company"]
    caption, key = company["caption"], company["id"]
    moved = abs(old["probability"] - new["probability"]) >= ROUNDING
    if moved or old["relation"] != new["relation"]:
        causes = explain_moving(told, old, new, edited)
        yield differ("match", caption, (say_match(old), say_match(new)), causes, key)
    if _entry(old["company"]) != _entry(company):
        said = _say_entry(old["company"]), _say_entry(company)
        yield differ("match", f"{caption}, as listed", said, explain_entry(told, company), key)
    yield from _compare_listings(told, old["company"], company)
    yield from _compare_judgement(told, old, new)


def _entry(company: Given) -> tuple[object, ...]:
    identifiers = [sorted(map(str, each.items())) for each in company["identifiers"]]
    return company["caption"], company["names"], company["countries"], identifiers


def _say_entry(company: Given) -> str:
    names = "; ".join([company["caption"], *company["names"][1:]])
    identifiers = ", ".join(f"{each['scheme']} {each['value']}" for each in company["identifiers"])
    return " | ".join(
        each for each in (names, ", ".join(company["countries"]), identifiers) if each
    )


def _compare_listings(told: Told, old: Given, new: Given) -> Iterator[Difference]:
    before, after = (
        {listing["list"]: listing for listing in each["listings"]} for each in (old, new)
    )
    for name in sorted({*before, *after}):
        one, other = before.get(name), after.get(name)
        if _listed(one) == _listed(other):
            continue
        edition = told.edition_causes.get(name)
        causes = settle([edition] if edition else (), told=told)
        said = _say_listing(one), _say_listing(other)
        yield differ("listing", new["caption"], said, causes, new["id"])


def _listed(listing: Given | None) -> tuple[object, ...] | None:
    """Return what a listing states, its edition aside."""
    if listing is None:
        return None
    return tuple(value for name, value in sorted(listing.items()) if name != "edition")


def _say_listing(listing: Given | None) -> str | None:
    if listing is None:
        return None
    parts = [listing["list"], listing["ground"], *listing["programs"], listing["citation"]]
    since = f"since {listing['since']}" if listing["since"] else None
    return ", ".join(str(each) for each in (*parts, since) if each)


def _compare_judgement(told: Told, old: Given, new: Given) -> Iterator[Difference]:
    before, after = old["judgement"], new["judgement"]
    if before == after:
        return
    company = new["company"]
    said = _say_judgement(before), _say_judgement(after)
    causes = _explain_judgement(told, before, after)
    yield differ("judgement", company["caption"], said, causes, company["id"])


def _explain_judgement(told: Told, before: Given | None, after: Given | None) -> tuple[Cause, ...]:
    """Return why a judgement is another, or stands otherwise: it names itself what reopened it."""
    if before is None or after is None or _judged(before) != _judged(after):
        return (told.judgements_cause,) if told.judgements_cause else UNTOLD
    moved = [each for each in after.get("changed", ()) if each not in before.get("changed", ())]
    reopening = [Cause("supplier" if _is_of_row(each) else "list", each) for each in moved]
    state = after.get("state")
    expired = [told.day_cause] if told.day_cause and state == "expired" else []
    agreed = [told.judgements_cause] if told.judgements_cause and not reopening else []
    return settle(reopening, expired or agreed, told=told)


def _judged(judgement: Given) -> tuple[object, ...]:
    return tuple(judgement.get(name) for name in ("verdict", "why", "by", "at", "until"))


def _is_of_row(sentence: str) -> bool:
    return sentence.startswith("The row")


def _say_judgement(judgement: Given | None) -> str | None:
    """Return a judgement in words, without its reasons: they may have been erased since."""
    if judgement is None:
        return None
    verdict = judgement.get("verdict")
    words = next((said for each, said in VERDICT_WORDS.items() if each == verdict), verdict)
    state = next((s for each, s in STATE_WORDS.items() if each == judgement.get("state")), None)
    said = f"a person judged on {str(judgement.get('at'))[:10]}: {words}"
    return f"{said} ({state})" if state else said


def say_match(match: Given) -> str:
    """Return how sure a match is, in words, and whether of one legal person or of a name."""
    relation = str(RELATION_WORDS.get(match["relation"], match["relation"])).partition(";")[0]
    return f"{relation}, {say_probability(match['probability'])}"

"""Why a match is new, is gone or reads otherwise: the nearest cause that is shown, no guess."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from answerable.exposure.changes.told import Entry, Told, say_edition
from answerable.model.change import Cause

Given = Mapping[str, Any]
"""A match, path, ruling or claim as written in findings."""

UNTOLD = (Cause("unknown", "The two screenings do not tell."),)
"""Where every input that is written down is the same."""

SUPPLIER = "The supplier's row reads otherwise."


def settle(*causes: Iterable[Cause], told: Told) -> tuple[Cause, ...]:
    """Return causes, each once; without any every input that differs, else that it is not told."""
    found = tuple(dict.fromkeys(cause for each in causes for cause in each))
    return _drop_wider(found, told) or told.every_cause or UNTOLD


def _drop_wider(causes: tuple[Cause, ...], told: Told) -> tuple[Cause, ...]:
    """Drop that a list has another edition where one of its entries is named."""
    wider = set(told.edition_causes.values())
    named = {each.ref for each in causes if each.ref and each not in wider}
    return tuple(each for each in causes if each not in wider or each.ref not in named)


def explain_coming(
    told: Told, company: Given, row: Sequence[Cause], *, came: bool
) -> tuple[Cause, ...]:
    """Return why a company is matched now and was not, or the other way round.

    Args:
        told: What the screenings tell.
        company: The company of the match, as written.
        row: That the row reads otherwise; empty where it does not.
        came: Whether the match is new, or gone.

    Returns:
        One cause where it is sure: that the list was not searched, or that the entry was not in its
        edition. Otherwise all that may have moved it.
    """
    near: list[Cause] = []
    for listing in company["listings"]:
        sure, possible = _explain_listing(told, company["id"], listing["list"], came=came)
        if sure:
            return (sure,)
        near += possible
    others = (*_explain_number(told), *told.matching_causes, *_some(told.lists_cause))
    return settle(row, near, others, told=told)


def _explain_listing(
    told: Told, company: str, name: str, *, came: bool
) -> tuple[Cause | None, tuple[Cause, ...]]:
    """Return the cause that is sure, else those that are possible, of one list."""
    old, new = told.lists.get(name, (None, None))
    if old is None or new is None:
        return told.edition_causes.get(name), ()
    without, within = (old, new) if came else (new, old)
    there = _find(told, name, within, company)
    if name not in told.edition_causes:
        return _explain_end(told, there), ()
    before = told.entries(name, without["edition"])
    if before is None or there is None:
        return None, (told.edition_causes[name],)
    entry = before.get(company)
    if entry is None:
        verb = "came" if came else "went"
        return Cause("list", _say_entry(old, new, there.caption, company, verb), name), ()
    if entry.digest != there.digest:
        text = _say_entry(old, new, there.caption, company, "reads otherwise")
        return None, (Cause("list", text, name),)
    ended = _explain_end(told, there)
    return None, (ended,) if ended else ()


def _find(told: Told, name: str, edition: Given, company: str) -> Entry | None:
    entries = told.entries(name, edition["edition"])
    return entries.get(company) if entries is not None else None


def _explain_end(told: Told, entry: Entry | None) -> Cause | None:
    """Return that a listing ended between the two days, if it did."""
    if entry is None or entry.until is None or told.day_cause is None:
        return None
    days = sorted((told.old["as_of"], told.new["as_of"]))
    if not days[0] < entry.until <= days[1]:
        return None
    return Cause("day", f"{told.day_cause.text} The listing ended on {entry.until}.")


def _say_entry(old: Given, new: Given, caption: str, company: str, verb: str) -> str:
    return f"{say_edition(old, new).removesuffix('.')}: the entry {caption} ({company}) {verb}."


def _explain_number(told: Told) -> tuple[Cause, ...]:
    """Return that more or fewer names are searched: the more, the clearer a match must be."""
    if not told.edition_causes or told.lists.keys().isdisjoint(told.edition_causes):
        return ()
    old, new = (
        sum(each.get("names", 0) for each in manifest["coverage"]["lists"])
        for manifest in (told.old, told.new)
    )
    text = f"{old:,} → {new:,} names are searched: the more there are, the clearer a match must be."
    return (Cause("list", text),)


def _some(cause: Cause | None) -> tuple[Cause, ...]:
    return (cause,) if cause else ()


def explain_moving(told: Told, old: Given, new: Given, row: Sequence[Cause]) -> tuple[Cause, ...]:
    """Return why a match of the same company reads otherwise: nearer, farther, or another name.

    Where its reasons are the same but for the starting point, it is the number of names that are
    searched; where the entry reads otherwise, that may be it as well.
    """
    reasons = [_reasons(each) for each in (old, new)]
    moved = _explain_number(told)
    if reasons[0] == reasons[1] and moved and not told.matching_causes:
        return moved
    name_changes = [
        cause
        for listing in new["company"]["listings"]
        for cause in _explain_entry(told, new["company"]["id"], listing["list"])
    ]
    return settle(row, name_changes, moved, told.matching_causes, told=told)


def _reasons(match: Given) -> list[tuple[str, str, float]]:
    """Return the reasons, less what follows from the number of names: prior, weight of a family."""
    return sorted(
        (each["reason"], each["detail"], 0 if each["reason"] == "family" else each["log_odds"])
        for each in match["reasons"]
        if each["reason"] != "prior"
    )


def _explain_entry(told: Told, company: str, name: str) -> tuple[Cause, ...]:
    sure, possible = _explain_listing(told, company, name, came=True)
    return (*([sure] if sure else []), *possible)


def explain_entry(told: Told, company: Given) -> tuple[Cause, ...]:
    """Return why an entry that is matched in both screenings reads otherwise."""
    names = [listing["list"] for listing in company["listings"]]
    causes = [told.edition_causes[name] for name in names if name in told.edition_causes]
    return settle(causes, told=told)


def explain_claim(told: Told, claim: str) -> Cause | None:
    """Return how a claim came, went or changed between the screenings; None if it did not."""
    if told.claims is None:
        return told.claims_cause
    before, after = told.claims
    if claim not in before and claim in after:
        return Cause("claim", f"{claim} was filed, or names a company here since.", claim)
    if claim in before and claim not in after:
        text = f"{claim} is no longer used: retracted, replaced, withheld, or it names nobody."
        return Cause("claim", text, claim)
    if before.get(claim) != after.get(claim):
        return Cause("claim", f"{claim}, or an answer to it, reads otherwise.", claim)
    return None

"""Comparing: two kept screenings, row by row, each difference with what it comes from. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from answerable.exposure.changes.causes import (
    SUPPLIER,
    UNTOLD,
    Given,
    explain_coming,
    explain_entry,
    explain_moving,
    settle,
)
from answerable.exposure.changes.kept import KeptFinding, KeptScreening
from answerable.exposure.changes.pairing import Pair, pair_rows
from answerable.exposure.changes.ties import Near, compare_claims, compare_paths, compare_rulings
from answerable.exposure.changes.told import Entries, Sides, Told, differ
from answerable.exposure.changes.whole import compare_whole
from answerable.exposure.outputs.tie_words import EXPOSURE_WORDS
from answerable.exposure.outputs.words import RELATION_WORDS, say_probability
from answerable.model.change import Cause, Changes, Difference, RowChange
from answerable.model.finding import STATUS_WORDS, STATUSES
from answerable.model.judgement import STATE_WORDS, VERDICT_WORDS

ROUNDING = 0.005
"""By how much a probability must differ: half of one per cent, to which people are shown it."""

_FIELDS = ("name", "country", "address", "identifiers")


def compare_kept(
    old: KeptScreening,
    new: KeptScreening,
    entries: Entries = lambda _list, _edition: None,
) -> Changes:
    """Return what two screenings differ in, and because of what.

    A difference says that a line of ours reads otherwise; not that a company did anything. What a
    rule says of every row alike is told once, of the whole.

    Args:
        old: The one, usually the older.
        new: The other.
        entries: Gives the entries of the editions that are kept, by which it is told whether an
            entry came, went, or reads otherwise.

    Returns:
        Differences with their causes. A cause stands alone where it is sure; of several it is one
        of them. Empty if both screenings say the same.

    Cost:
        About 10 µs per row of which nothing differs.
    """
    told = Told(old.manifest, new.manifest, entries)
    pairs = pair_rows(old.findings, new.findings)
    rows = [change for pair in pairs if (change := _compare_pair(told, pair))]
    return Changes(
        old=old.side,
        new=new.side,
        whole=compare_whole(told),
        rows=tuple(sorted(rows, key=_place)),
        same=len(pairs) - len(rows),
    )


def _place(row: RowChange) -> tuple[int, int, str]:
    statuses = [STATUSES.index(each) for each in (row.old_status, row.new_status) if each]
    return min(statuses), row.row, row.id


def _compare_pair(told: Told, pair: Pair) -> RowChange | None:
    old, new = pair.old, pair.new
    shown = new or old
    if shown is None:
        return None
    if old is None or new is None:
        differences = tuple(_tell_lone(told, shown, is_new=old is None))
    elif _same(old, new):
        return None
    else:
        differences = tuple(_compare_findings(told, old, new))
    if not differences:
        return None
    return RowChange(
        id=shown.id,
        old_id=old.id if old else None,
        kind="new" if old is None else "gone" if new is None else "changed",
        paired_by=pair.by,
        row=shown.supplier["row"],
        name=shown.supplier["name"],
        old_status=old.status if old else None,
        new_status=new.status if new else None,
        differences=differences,
    )


def _same(old: KeptFinding, new: KeptFinding) -> bool:
    """Tell at a glance of most rows that nothing differs: nothing was found, then or now."""
    bare = not (old.matches or new.matches or old.claims or new.claims)
    return bare and (
        old.status == new.status
        and _row(old) == _row(new)
        and not (old.paths or new.paths or old.rulings or new.rulings)
        and old.exposure == new.exposure
    )


def _row(finding: KeptFinding) -> list[Any]:
    return [finding.supplier.get(name) for name in _FIELDS]


def _tell_lone(told: Told, finding: KeptFinding, *, is_new: bool) -> Iterator[Difference]:
    """Yield that a row is new or gone, and what is or was found for it."""
    cause = _explain_row(told, is_new=is_new)
    yield differ("row", "", _sides(_say_status(finding), is_new=is_new), (cause,))
    for match in finding.matches:
        company = match["company"]
        said = _sides(_say_match(match), is_new=is_new)
        yield differ("match", company["caption"], said, (cause,), company["id"])


def _explain_row(told: Told, *, is_new: bool) -> Cause:
    files = [[each["sha256"] for each in m["inputs"]] for m in (told.old, told.new)]
    if files[0] == files[1]:
        return Cause("settings", "The same supplier file was read otherwise.")
    where = "was not in the old file" if is_new else "is not in the new file"
    return Cause("supplier", f"The supplier's row {where}.")


def _sides(text: str, *, is_new: bool) -> Sides:
    return (None, text) if is_new else (text, None)


def _compare_findings(told: Told, old: KeptFinding, new: KeptFinding) -> list[Difference]:
    row = list(_compare_rows(old, new))
    edited = (Cause("supplier", SUPPLIER),) if row else ()
    matches = list(_compare_matches(told, old, new, edited))
    near = Near.of(matches, edited)
    ties = [
        *compare_paths(told, old, new, near),
        *compare_rulings(told, old, new, near.causes),
        *compare_claims(told, old, new, near.causes),
    ]
    tied = [cause for each in ties for cause in each.causes]
    found = _compare_status(told, old, new, near.causes, tied)
    return [*row, *found, *matches, *ties]


def _compare_rows(old: KeptFinding, new: KeptFinding) -> Iterator[Difference]:
    cause = Cause("supplier", SUPPLIER)
    for name, before, after in zip(_FIELDS, _row(old), _row(new), strict=True):
        if before != after:
            yield differ("row", name, (_say_field(before), _say_field(after)), (cause,))


def _say_field(value: Any) -> str | None:
    if isinstance(value, Mapping):
        return ", ".join(f"{scheme} {each}" for scheme, each in sorted(value.items())) or None
    return value or None


def _compare_status(
    told: Told,
    old: KeptFinding,
    new: KeptFinding,
    near: Sequence[Cause],
    tied: Sequence[Cause],
) -> Iterator[Difference]:
    """Yield that status or exposure differ, because of what makes the matches and ties differ.

    A status comes from the matches; where none of them differs, from what ties the row.
    """
    threshold = [each for each in told.matching_causes if each.kind == "settings"]
    why = settle(near or tied, threshold, told=told)
    if old.status != new.status:
        yield differ("status", "", (_say_status(old), _say_status(new)), why)
    if old.exposure != new.exposure:
        why = settle(near, tied, threshold, told=told)
        yield differ("exposure", "", (_say_exposure(old), _say_exposure(new)), why)


def _say_status(finding: KeptFinding) -> str:
    return STATUS_WORDS[finding.status]  # type: ignore[index]


def _say_exposure(finding: KeptFinding) -> str | None:
    return "; ".join(EXPOSURE_WORDS.get(each, each) for each in finding.exposure) or None


def _compare_matches(
    told: Told, old: KeptFinding, new: KeptFinding, edited: Sequence[Cause]
) -> Iterator[Difference]:
    before, after = (
        {match["company"]["id"]: match for match in each.matches} for each in (old, new)
    )
    for key, match in after.items():
        company = match["company"]
        if key in before:
            yield from _compare_match(told, before[key], match, edited)
        else:
            causes = _crowd(old, explain_coming(told, company, edited, came=True))
            yield differ("match", company["caption"], (None, _say_match(match)), causes, key)
            yield from _compare_judgement(told, {"judgement": None}, match)
    for key, match in before.items():
        if key not in after:
            company = match["company"]
            causes = _crowd(new, explain_coming(told, company, edited, came=False))
            yield differ("match", company["caption"], (_say_match(match), None), causes, key)
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
        yield differ("match", caption, (_say_match(old), _say_match(new)), causes, key)
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


def _say_match(match: Given) -> str:
    relation = str(RELATION_WORDS.get(match["relation"], match["relation"])).partition(";")[0]
    return f"{relation}, {say_probability(match['probability'])}"

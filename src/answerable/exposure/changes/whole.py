"""What differs for a whole screening: its file, day, editions, claims, rules and settings."""

from collections.abc import Iterator, Mapping
from typing import Any

from answerable.exposure.changes.causes import UNTOLD, explain_claim
from answerable.exposure.changes.told import Entry, Told, differ
from answerable.model.change import Cause, Difference

_MOST_NAMED = 20


def compare_whole(told: Told) -> tuple[Difference, ...]:
    """Return what differs for every row, each with its cause; empty for the same inputs."""
    return (
        *_compare_file(told),
        *_compare_day(told),
        *_compare_editions(told),
        *_compare_absent(told),
        *_compare_claims(told),
        *_compare_judgements(told),
        *_compare_rules(told),
        *_compare_settings(told),
        *_compare_matching(told),
    )


def _compare_file(told: Told) -> Iterator[Difference]:
    sides = [[(each["name"], each["sha256"]) for each in m["inputs"]] for m in (told.old, told.new)]
    if [digest for _, digest in sides[0]] != [digest for _, digest in sides[1]]:
        old, new = (", ".join(name for name, _ in side) for side in sides)
        rows = " → ".join(str(sum(e["rows"] for e in m["inputs"])) for m in (told.old, told.new))
        cause = Cause("supplier", f"The supplier file is another one ({rows} rows).")
        yield differ("file", "supplier file", (old, new), (cause,))
    old, new = (_say_reading(each) for each in (told.old, told.new))
    if old != new:
        cause = Cause("settings", "The supplier file was read otherwise: its columns or its sheet.")
        yield differ("file", "how the supplier file was read", (old, new), (cause,))


def _say_reading(manifest: Mapping[str, Any]) -> str:
    read = manifest.get("recognition") or {}
    columns = ", ".join(f"{field} = {name}" for field, name in read.get("columns", {}).items())
    return f"{columns}; sheet {read['sheet']}" if read.get("sheet") else columns


def _compare_day(told: Told) -> Iterator[Difference]:
    if told.day_cause:
        old, new = told.old["as_of"], told.new["as_of"]
        yield differ("day", "as of", (old, new), (told.day_cause,))


def _compare_editions(told: Told) -> Iterator[Difference]:
    for name, (old, new) in {**told.lists, **told.links}.items():
        cause = told.edition_causes.get(name)
        title = (new or old or {})["title"]
        if cause:
            came = _say_entries(told, name, old, new)
            causes = (Cause(cause.kind, f"{cause.text}{came}", name),)
            yield differ("edition", title, (_day_of(old), _day_of(new)), causes, name)
        if old and new:
            yield from _compare_standing(told, title, name, old, new)


def _day_of(edition: Mapping[str, Any] | None) -> str | None:
    return None if edition is None else str(edition["edition"])


def _compare_standing(
    told: Told, title: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Difference]:
    """Yield that an edition is too old now, or complete: rules may conclude otherwise from it."""
    said = _say_standing(old), _say_standing(new)
    if said[0] == said[1]:
        return
    causes = [each for each in (told.edition_causes.get(name), told.day_cause) if each]
    if old.get("max_age_days") != new.get("max_age_days"):
        days = f"{old.get('max_age_days')} → {new.get('max_age_days')}"
        causes.append(Cause("settings", f"{title}: the age that is allowed: {days} days.", name))
    yield differ("edition", f"{title}, standing", said, causes or UNTOLD, name)


def _say_standing(edition: Mapping[str, Any]) -> str:
    whole = "complete" if edition.get("complete") else "partial"
    return f"{whole}, too old to rely on" if edition.get("too_old") else whole


def _say_entries(
    told: Told, name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> str:
    """Return how many entries came, went and changed, where both editions are kept here."""
    if old is None or new is None or name in told.links:
        return ""
    before, after = (told.entries(name, each["edition"]) for each in (old, new))
    if before is None or after is None:
        return " Not both editions are kept here, so what came and went is not told."
    came, gone = after.keys() - before.keys(), before.keys() - after.keys()
    changed = {
        each for each in before.keys() & after.keys() if before[each].digest != after[each].digest
    }
    counts = ", ".join(
        f"{len(ids):,} {what}{_name_some(ids, entries)}"
        for ids, what, entries in (
            (came, "came", after),
            (gone, "went", before),
            (changed, "read otherwise", after),
        )
    )
    return f" Of its entries {counts}."


def _name_some(ids: set[str], entries: Mapping[str, Entry]) -> str:
    """Return the names of a few entries, none of a natural person; of many nothing."""
    if not ids or len(ids) > _MOST_NAMED:
        return ""
    named = sorted(entries[each].caption for each in ids if entries[each].named)
    return f" ({'; '.join(named)})" if named else ""


def _compare_absent(told: Told) -> Iterator[Difference]:
    """Yield lists that became known or are no longer named, without ever being searched."""
    old, new = (
        {each["list"]: each["title"] for each in manifest["coverage"]["absent"]}
        for manifest in (told.old, told.new)
    )
    software = [each for each in told.matching_causes if each.kind == "software"]
    causes = [*software, *([told.lists_cause] if told.lists_cause else [])]
    for name in sorted({*old, *new} - {*told.lists, *told.links}):
        if (name in old) != (name in new):
            said = _when("not searched", name in old), _when("not searched", name in new)
            yield differ("edition", {**old, **new}[name], said, causes or UNTOLD, name)


def _when(words: str, holds: bool) -> str | None:
    return words if holds else None


def _compare_claims(told: Told) -> Iterator[Difference]:
    if told.claims is None:
        if told.claims_cause:
            yield differ("claims", "filed claims", (None, None), (told.claims_cause,))
        return
    before, after = told.claims
    for name in sorted({*before, *after}):
        cause = explain_claim(told, name)
        if cause:
            said = _when("used", name in before), _when("used", name in after)
            yield differ("claims", name, said, (cause,), name)


def _compare_judgements(told: Told) -> Iterator[Difference]:
    if told.judgements_cause:
        old, new = (_say_count(each.get("judgements")) for each in (told.old, told.new))
        cause = told.judgements_cause
        yield differ("judgements", "judgements applied", (old, new), (cause,))


def _say_count(judgements: Mapping[str, Any] | None) -> str:
    return f"{(judgements or {}).get('count', 0):,}"


def _compare_rules(told: Told) -> Iterator[Difference]:
    sides = [each.get("rule_set") or {} for each in (told.old, told.new)]
    for rule, causes in told.rule_causes.items():
        old, new = (side.get(rule) for side in sides)
        title = (new or old or {}).get("title", rule)
        yield differ("rule", title, (_say_rule(old), _say_rule(new)), causes or UNTOLD, rule)


def _say_rule(said: Mapping[str, Any] | None) -> str | None:
    if said is None:
        return None
    parts = (said.get("status"), said.get("window"), said.get("version"))
    return ", ".join(str(each).replace("_", " ") for each in parts if each)


def _compare_settings(told: Told) -> Iterator[Difference]:
    old, new = told.old["settings"], told.new["settings"]
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            said = _say_setting(old.get(name)), _say_setting(new.get(name))
            cause = Cause("settings", f"Asked for: {name} {said[0]} → {said[1]}.")
            yield differ("settings", name, said, (cause,))


def _say_setting(value: Any) -> str:
    return ", ".join(map(str, value)) or "all" if isinstance(value, list) else str(value)


def _compare_matching(told: Told) -> Iterator[Difference]:
    for cause in told.matching_causes:
        if cause.kind == "settings":
            continue
        about = "answerable" if cause.kind == "software" else "matching model"
        key = "software" if cause.kind == "software" else "matching"
        old, new = (" ".join(map(str, m[key].values())) for m in (told.old, told.new))
        yield differ("software", about, (old, new), (cause,))

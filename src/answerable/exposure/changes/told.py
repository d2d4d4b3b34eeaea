"""What two screenings and the kept editions tell of causes: the evidence, and nothing guessed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from answerable.model.change import Cause, ChangeKind, Difference, Part


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an edition, as far as a match rests on it.

    Args:
        caption: Its main name.
        digest: Of all that is matched or shown of it, its edition aside.
        until: ISO day on which its listing ended, as stated, else None.
        named: Whether it is a legal person, which may be named here.
    """

    caption: str
    digest: str
    until: str | None = None
    named: bool = True


Entries = Callable[[str, str], Mapping[str, Entry] | None]
"""From a list and an edition to its entries by id; None where that edition is not kept here."""


@dataclass(frozen=True)
class Told:
    """Two manifests, and what the editions hold.

    Args:
        old, new: The manifests.
        entries: Gives the entries of an edition.
    """

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    entries: Entries = lambda _list, _edition: None

    @cached_property
    def lists(self) -> Mapping[str, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
        """List id to its edition in each screening, those of links alone left out."""
        return _by_list(self.old["coverage"]["lists"], self.new["coverage"]["lists"])

    @cached_property
    def links(self) -> Mapping[str, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
        """The same of editions that hold links alone."""
        sides = (each["coverage"].get("links", []) for each in (self.old, self.new))
        return _by_list(*sides)

    @cached_property
    def edition_causes(self) -> Mapping[str, Cause]:
        """List id to the cause that its edition is another one; absent where it is the same."""
        found = {}
        for kind, editions in (("list", self.lists), ("links", self.links)):
            for name, (old, new) in editions.items():
                if not is_same_edition(old, new):
                    found[name] = Cause(kind, say_edition(old, new), name)  # type: ignore[arg-type]
        return found

    @cached_property
    def day_cause(self) -> Cause | None:
        """That the two screenings speak for two days."""
        old, new = self.old["as_of"], self.new["as_of"]
        return Cause("day", f"The day is another one: {old} → {new}.") if old != new else None

    @cached_property
    def matching_causes(self) -> tuple[Cause, ...]:
        """What may move any match: model, software, threshold."""
        return tuple(each for each in (self._model, self._software, self._threshold) if each)

    @property
    def _model(self) -> Cause | None:
        old, new = self.old["matching"], self.new["matching"]
        if old == new:
            return None
        text = f"Names are matched by other weights: {_say_model(old)} → {_say_model(new)}."
        return Cause("model", text)

    @property
    def _software(self) -> Cause | None:
        old, new = (each["software"]["version"] for each in (self.old, self.new))
        return Cause("software", f"answerable {old} → {new}.") if old != new else None

    @property
    def _threshold(self) -> Cause | None:
        old, new = (each["settings"].get("threshold") for each in (self.old, self.new))
        return Cause("settings", f"The threshold: {old} → {new}.") if old != new else None

    @cached_property
    def lists_cause(self) -> Cause | None:
        """That other lists were asked for."""
        old, new = (each["settings"].get("lists") for each in (self.old, self.new))
        return Cause("settings", "Other lists were asked for.") if old != new else None

    @cached_property
    def claims(self) -> tuple[Mapping[str, str], Mapping[str, str]] | None:
        """Digest of each claim that names anybody, by its id; None where a manifest lacks them."""
        sides = [each.get("links") or {"claims": 0} for each in (self.old, self.new)]
        if any(each["claims"] and "claims_used" not in each for each in sides):
            return None
        used = [
            {each["id"]: each["sha256"] for each in side.get("claims_used", [])} for side in sides
        ]
        return used[0], used[1]

    @cached_property
    def claims_cause(self) -> Cause | None:
        """That the filed claims are others, or their answers."""
        old, new = ((each.get("links") or {}).get("claims_sha256") for each in (self.old, self.new))
        if old == new:
            return None
        return Cause("claim", "The filed claims, or the answers to them, are others.")

    @cached_property
    def judgements_cause(self) -> Cause | None:
        """That the judgements that were applied are others."""
        if self.old.get("judgements") == self.new.get("judgements"):
            return None
        return Cause("judgement", "The judgements that reviewers made are others.")

    @cached_property
    def rule_causes(self) -> Mapping[str, tuple[Cause, ...]]:
        """Rule id to why what it says may be another thing; absent where nothing of it differs."""
        found = {}
        sides = [each.get("rule_set") or {} for each in (self.old, self.new)]
        for rule in sorted({*sides[0], *sides[1]}):
            causes = self._explain_rule(rule, sides[0].get(rule), sides[1].get(rule))
            if causes:
                found[rule] = causes
        return found

    def _explain_rule(
        self, rule: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
    ) -> tuple[Cause, ...]:
        known = new or old or {}
        title = known.get("title", rule)
        if old is None or new is None:
            what = "is applied since" if old is None else "is no longer applied"
            return (Cause("rule", f"{title} {what}.", rule),)
        if old.get("sha256") != new.get("sha256"):
            versions = f"{old.get('version')} → {new.get('version')}"
            return (Cause("rule", f"{title}: its data are others (version {versions}).", rule),)
        if old.get("window") != new.get("window"):
            said = " → ".join(str(each.get("window")).replace("_", " ") for each in (old, new))
            text = f"{title}: its standing on the day: {said}."
            return (Cause("rule", text, rule),)
        if old.get("status") == new.get("status"):
            return ()
        return self._all_of(self.edition_causes.values(), self.day_cause)

    def _all_of(self, causes: Any, *more: Cause | None) -> tuple[Cause, ...]:
        return (*causes, *(each for each in more if each))

    @cached_property
    def every_cause(self) -> tuple[Cause, ...]:
        """Every input that differs: what is left to say where nothing nearer is known."""
        rules = (cause for causes in self.rule_causes.values() for cause in causes)
        causes = self._all_of(
            self.edition_causes.values(),
            self.claims_cause,
            self.judgements_cause,
            *rules,
            *self.matching_causes,
            self.lists_cause,
            self.day_cause,
        )
        return tuple(dict.fromkeys(causes))


Sides = tuple[str | None, str | None]
"""How a thing read in the old and in the new screening; None where it was not there."""


def differ(
    part: Part, about: str, said: Sides, causes: Iterable[Cause], ref: str | None = None
) -> Difference:
    """Return a difference: new or gone where one side has nothing to read, else changed.

    Example:
        >>> differ("match", "Invented Mill", (None, "about 90 %"), ()).kind
        'new'
    """
    old, new = said
    kind: ChangeKind = "changed"
    if old is None and new is not None:
        kind = "new"
    elif new is None and old is not None:
        kind = "gone"
    return Difference(part, kind, about, old, new, tuple(causes), ref)


def is_same_edition(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> bool:
    """Tell whether two editions are one: its day and its files."""
    if old is None or new is None:
        return old is new
    return bool(old["edition"] == new["edition"] and old["sha256"] == new["sha256"])


def say_edition(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    """Return in words how the edition of a list differs between two screenings."""
    title = (new or old or {})["title"]
    if old is None:
        return f"{title}: not searched before, edition {(new or {})['edition']} now."
    if new is None:
        return f"{title}: edition {old['edition']} before, not searched now."
    if old["edition"] == new["edition"]:
        return f"{title} {new['edition']}: its files are others than before."
    return f"{title} {old['edition']} → {new['edition']}."


def _by_list(
    old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]
) -> dict[str, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    ones = {each["list"]: each for each in old}
    others = {each["list"]: each for each in new}
    return {name: (ones.get(name), others.get(name)) for name in sorted({*ones, *others})}


def _say_model(matching: Mapping[str, Any]) -> str:
    return ", ".join(str(matching[each]) for each in ("model", "coefficients") if each in matching)

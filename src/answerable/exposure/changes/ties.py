"""Why paths, rulings and claims of a row are new, gone or read otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from answerable.exposure.changes.causes import Given, explain_claim, settle
from answerable.exposure.changes.kept import KeptFinding
from answerable.exposure.changes.told import Told, differ
from answerable.exposure.outputs.tie_words import ANSWER_WORDS, RULING_WORDS
from answerable.model.change import Cause, Difference, Part

CLAIM_GONE = "a filed claim"
"""What is shown of a claim that is no longer used: it may have been withheld or erased."""


@dataclass(frozen=True, slots=True)
class Near:
    """What of a row's matches differs, which moves all that is reached through them.

    Args:
        causes: Causes of all that differs in them, each once.
        lone: Id of a company that is matched in one of the screenings alone, to why.
    """

    causes: tuple[Cause, ...] = ()
    lone: Mapping[str, tuple[Cause, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, differences: Sequence[Difference], edited: Sequence[Cause]) -> "Near":
        """Return what follows from differences of matches, and from an edited row."""
        near = [each for each in differences if each.part in ("match", "judgement")]
        causes = dict.fromkeys(cause for each in near for cause in each.causes)
        lone = {
            each.ref: each.causes
            for each in near
            if each.ref and each.part == "match" and each.kind != "changed"
        }
        return cls(tuple(causes) or tuple(edited), lone)


def compare_paths(
    told: Told, old: KeptFinding, new: KeptFinding, near: Near
) -> Iterator[Difference]:
    """Yield the paths that are new, gone, or whose links read otherwise.

    Args:
        told: What the screenings tell.
        old: The finding as it was.
        new: The finding as it is.
        near: What differs in its matches: a path begins with one.
    """
    before, after = ({_key(path): path for path in each.paths} for each in (old, new))
    for key, path in after.items():
        if key not in before:
            causes = _explain_path(told, path, near)
            yield differ("path", _end(path), (None, _say_path(path)), causes)
        elif _terms(before[key]) != _terms(path):
            said = _say_path(before[key]), _say_path(path)
            yield differ("path", _end(path), said, _explain_path(told, path, Near()))
    for key, path in before.items():
        if key not in after:
            claimed = any(link["claim"] for link in path["links"])
            about = "a company of a filed claim" if claimed else _end(path)
            words = "a path by a filed claim" if claimed else _say_path(path)
            yield differ("path", about, (words, None), _explain_path(told, path, near))


def _key(path: Given) -> tuple[object, ...]:
    nodes = tuple(node["id"] for node in path["nodes"][1:])
    links = tuple((link["kind"], link["interest"], link["role"]) for link in path["links"][1:])
    return nodes, links


def _terms(path: Given) -> list[tuple[object, ...]]:
    names = ("share", "directness", "start", "end", "claim")
    return [tuple(link[name] for name in names) for link in path["links"][1:]]


def _end(path: Given) -> str:
    return str(path["nodes"][-1]["caption"])


def _say_path(path: Given) -> str:
    words = [
        f"{link['role'] or link['kind'].replace('_', ' ')}"
        + (f" ({link['share']})" if link["share"] else "")
        for link in path["links"][1:]
    ]
    names = [node["caption"] for node in path["nodes"][1:]]
    steps = [f" — {word} — {name}" for word, name in zip(words, names[1:], strict=True)]
    return "".join([names[0], *steps]) + f" [{path['ends']}]"


def _explain_path(told: Told, path: Given, near: Near) -> tuple[Cause, ...]:
    lone = near.lone.get(path["nodes"][1]["id"])
    if lone:
        return lone
    links = path["links"][1:]
    claimed = [explain_claim(told, link["claim"]) for link in links if link["claim"]]
    sources = [told.edition_causes.get(link["source"]) for link in links]
    dated = any(_between(told, link[name]) for link in links for name in ("start", "end"))
    day = [told.day_cause] if dated else []
    found = [each for each in (*claimed, *sources, *day) if each]
    return settle(near.causes, found, told=told)


def _between(told: Told, day: str | None) -> bool:
    if day is None or told.day_cause is None:
        return False
    days = sorted((told.old["as_of"], told.new["as_of"]))
    return bool(days[0] < day <= days[1])


def compare_rulings(
    told: Told, old: KeptFinding, new: KeptFinding, near: Sequence[Cause]
) -> Iterator[Difference]:
    """Yield the rules that say something else of the row, beyond what holds for every row."""
    for rule in sorted({*old.rulings, *new.rulings}):
        before, after = old.rulings.get(rule), new.rulings.get(rule)
        if _ruled(before) == _ruled(after):
            continue
        title = _title(told, rule)
        said = _say_ruling(before), _say_ruling(after)
        causes = settle(told.rule_causes.get(rule, ()), near, told=told)
        yield differ("ruling", title, said, causes, rule)


def _ruled(ruling: Given | None) -> tuple[object, ...] | None:
    if ruling is None:
        return None
    names = ("status", "rule_version", "window", "low", "high")
    return tuple(ruling.get(name) for name in names)


def _title(told: Told, rule: str) -> str:
    sides = [each.get("rule_set") or {} for each in (told.new, told.old)]
    known: Mapping[str, str] = next((each[rule] for each in sides if rule in each), {})
    return known.get("title", rule)


def _say_ruling(ruling: Given | None) -> str | None:
    if ruling is None:
        return None
    words = RULING_WORDS.get(ruling["status"], ruling["status"])
    return f"{words} ({ruling['why']})"


def compare_claims(
    told: Told, old: KeptFinding, new: KeptFinding, near: Sequence[Cause]
) -> Iterator[Difference]:
    """Yield claims that are new, gone or answered: a new one with its claimant and its answers.

    Of a claim that is gone only its id is shown: it may have been withheld or erased.
    """
    before, after = ({claim["id"]: claim for claim in each.claims} for each in (old, new))
    for key, claim in after.items():
        own = explain_claim(told, key)
        if key not in before:
            causes = settle([own] if own else near, told=told)
            yield differ("claim", claim["claimant"], (None, say_claim(claim)), causes, key)
        elif _answers(before[key]) != _answers(claim) or _worded(before[key]) != _worded(claim):
            part: Part = "answer" if _worded(before[key]) == _worded(claim) else "claim"
            said = _say_answers(before[key]), say_claim(claim)
            yield differ(
                part, claim["claimant"], said, settle([own] if own else (), told=told), key
            )
    for key in before:
        if key not in after:
            own = explain_claim(told, key)
            causes = settle([own] if own else near, told=told)
            yield differ("claim", CLAIM_GONE, (key, None), causes, key)


def _answers(claim: Given) -> tuple[object, ...]:
    answers = sorted((each.get("by", ""), each.get("statement", "")) for each in claim["rebuttals"])
    return claim["answer"], tuple(answers)


def _worded(claim: Given) -> tuple[object, ...]:
    names = ("claimant", "statement", "predicate", "modality", "about", "object", "place", "when")
    return (*(claim.get(name) for name in names), tuple(claim["pending"]))


def say_claim(claim: Given) -> str:
    """Return a claim as written in findings, with its claimant and every answer, in one line."""
    said = f"{claim['claimant']} {claim['modality']}: {claim['statement']}"
    answers = [f"{each['by']} answers: {each['statement']}" for each in claim["rebuttals"]]
    parts = answers or [str(ANSWER_WORDS.get(claim["answer"], claim["answer"]))]
    if claim["pending"]:
        parts.append("not sealed yet: " + "; ".join(claim["pending"]))
    return f"{said} [{' | '.join(parts)}]"


def _say_answers(claim: Given) -> str:
    """Return how a claim was answered before, without the words: they may be erased since."""
    words = ANSWER_WORDS.get(claim["answer"], claim["answer"])
    count = len(claim["rebuttals"])
    return f"{words} ({count:,})" if count else str(words)

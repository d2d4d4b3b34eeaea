"""Make the page of the vocabulary of claims from the vocabulary itself."""

from itertools import groupby
from pathlib import Path

from answerable.evidence.cases.forms import party_kinds
from answerable.evidence.cases.vocabulary import Predicate, predicates

PATH = Path("docs/predicates.md")

HEAD = """\
# Words for claims

A claim bears one of these words as its `predicate`: what its claimant says that somebody does, did, or is to another.
Every word is neutral. It names a doing or a tie, never a wrong; that something was wrong, and why, is said by the
claimant, in the statement and the quotation. Take the word that says least of those that fit.

*Near* names terms of other vocabularies that come close, for those who exchange data: closeness is no identity.
[FollowTheMoney](https://followthemoney.tech/) has schemata, OCDS is the Open Contracting Data Standard, BODS the Beneficial
Ownership Data Standard, UFLPA the Uyghur Forced Labor Prevention Act of the United States (the kinds of its list), and
OHCHR A/HRC/22/63 the report whose paragraph 96 names kinds of business activity.

<!-- Made by tools/make_predicates_page.py from src/answerable/evidence/cases/predicates.yaml. -->
"""

TAIL = """
## Kinds of parties

A claimant, or whom a claim is about, is a plain name or a map with `name` and `kind`. Kinds are {kinds}. Whoever a
claim is about should have one: a company is asked for its answer, and nobody is identified or profiled as a private
person.
"""


def make_predicates_page() -> str:
    """Return the page."""
    groups = groupby(predicates().values(), key=lambda each: each.group)
    sections = [_section(title, list(words)) for title, words in groups]
    kinds = ", ".join(f"`{kind}`" for kind in party_kinds())
    return HEAD + "".join(sections) + TAIL.format(kinds=kinds)


def _section(title: str, words: list[Predicate]) -> str:
    return f"\n## {title}\n" + "".join(_entry(word) for word in words)


def _entry(word: Predicate) -> str:
    lines = [
        f"- *reads:* {_show(word.sentence)}",
        f"- *means:* {word.means}",
        f"- *does not mean:* {word.does_not_mean}",
        f"- *object:* {word.object}" + (f"; seen from it: {word.inverse}" if word.inverse else ""),
    ]
    if word.about == "state":
        lines.append("- *about:* bodies of states only")
    if word.near:
        lines.append(f"- *near:* {', '.join(word.near)}")
    return f"\n### `{word.id}`\n\n" + "\n".join(lines) + "\n"


def _show(sentence: str) -> str:
    return sentence.format(about="A", object="B", figure="N")

"""The story in verbs: the one place that joins the steps, and the public Python API.

Each command and each page calls one function from here. The verbs in their order: `init` a
workspace; `draft` a case, `capture` what it rests on, `search` the captures, `quote` them, note
their `custody`, `check` and file the claims; `collect` what issuers publish, see what `lists`
there are, `screen` suppliers, `compare` names, see the `changes` between two screenings; `review`
the queue, `judge` a match, `resolve` what follows; `verify` the whole chain, `stamp` it, `export`
a case, `erase` what has to go; `compose` a dossier; `publish` the page of a case, `unpublish` it;
and `demo`, which does it all with the shipped example.

Example:
    >>> import tempfile
    >>> from datetime import date
    >>> from pathlib import Path
    >>> from answerable.story import demo
    >>> found = demo(Path(tempfile.mkdtemp()) / "demo", as_of=date(2026, 1, 1))
    >>> found.screened.screening.manifest["counts"]["rows"]
    502
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from answerable.evidence.packages.contents import Choice
    from answerable.evidence.packages.exports import Export
    from answerable.evidence.redaction import Erasure
    from answerable.ledger.timestamps import Timestamp
    from answerable.story.captures import (
        capture,
        custody,
        find_same,
        list_captures,
        note,
        quote,
        read,
        search,
    )
    from answerable.story.cases import CheckedCase, check, draft, list_claims
    from answerable.story.changes import compare_screenings
    from answerable.story.comparisons import compare, compare_pairs, look_up
    from answerable.story.dossiers import Composed, compose
    from answerable.story.editions import (
        Collected,
        Tell,
        collect,
        collect_all,
        fetchable_lists,
        init,
        known_lists,
        lists,
    )
    from answerable.story.example import DEMO_BRANDS, Demonstration, demo
    from answerable.story.judgements import (
        judge,
        judge_table,
        list_judgements,
        list_resolutions,
        open_desk,
        questions,
        resolve,
        withdraw,
        withdraw_resolution,
    )
    from answerable.story.proofs import (
        FORMS,
        authorities,
        ending_of,
        erase,
        export,
        stamp,
        translate,
        verify,
        was_stamped,
    )
    from answerable.story.publication import GROUNDS, Published, publish, unpublish
    from answerable.story.screenings import ENGINES, FINDINGS, Screened, screen

_ROOMS = {
    "answerable.evidence.packages.contents": "Choice",
    "answerable.evidence.packages.exports": "Export",
    "answerable.evidence.redaction": "Erasure",
    "answerable.ledger.timestamps": "Timestamp",
    "answerable.story.captures": "capture custody find_same list_captures note quote read search",
    "answerable.story.cases": "CheckedCase check draft list_claims",
    "answerable.story.changes": "compare_screenings",
    "answerable.story.comparisons": "compare compare_pairs look_up",
    "answerable.story.dossiers": "Composed compose",
    "answerable.story.editions": "Collected Tell collect collect_all fetchable_lists init"
    " known_lists lists",
    "answerable.story.example": "DEMO_BRANDS Demonstration demo",
    "answerable.story.judgements": "judge judge_table list_judgements list_resolutions"
    " open_desk questions resolve withdraw withdraw_resolution",
    "answerable.story.proofs": "FORMS authorities ending_of erase export stamp translate verify"
    " was_stamped",
    "answerable.story.publication": "GROUNDS Published publish unpublish",
    "answerable.story.screenings": "ENGINES FINDINGS Screened screen",
}
"""Where each name lives. A room is entered when something of it is asked for: reading a web page
needs no SciPy, and screening suppliers no browser.
"""

_PLACES = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = [
    "DEMO_BRANDS",
    "ENGINES",
    "FINDINGS",
    "FORMS",
    "GROUNDS",
    "CheckedCase",
    "Choice",
    "Collected",
    "Composed",
    "Demonstration",
    "Erasure",
    "Export",
    "Published",
    "Screened",
    "Tell",
    "Timestamp",
    "authorities",
    "capture",
    "check",
    "collect",
    "collect_all",
    "compare",
    "compare_pairs",
    "compare_screenings",
    "compose",
    "custody",
    "demo",
    "draft",
    "ending_of",
    "erase",
    "export",
    "fetchable_lists",
    "find_same",
    "init",
    "judge",
    "judge_table",
    "known_lists",
    "list_captures",
    "list_claims",
    "list_judgements",
    "list_resolutions",
    "lists",
    "look_up",
    "note",
    "open_desk",
    "publish",
    "questions",
    "quote",
    "read",
    "resolve",
    "screen",
    "search",
    "stamp",
    "translate",
    "unpublish",
    "verify",
    "was_stamped",
    "withdraw",
    "withdraw_resolution",
]


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"answerable.story has no {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

"""The story in verbs: the one place that joins the steps, and the public Python API.

Each command and each page calls one function from here. The verbs in their order: `init` a
workspace, `collect` what issuers publish, see what `lists` there are, `screen` suppliers,
`compare` names, and `demo`, which does it all with the shipped example.

Example:
    >>> import tempfile
    >>> from datetime import date
    >>> from pathlib import Path
    >>> found = demo(Path(tempfile.mkdtemp()) / "demo", as_of=date(2026, 1, 1))
    >>> found.screening.manifest["counts"]["rows"]
    500
"""

from answerable.story.comparisons import compare, compare_pairs, look_up
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
from answerable.story.example import DEMO_BRANDS, demo
from answerable.story.screenings import ENGINES, FINDINGS, Screened, screen

__all__ = [
    "DEMO_BRANDS",
    "ENGINES",
    "FINDINGS",
    "Collected",
    "Screened",
    "Tell",
    "collect",
    "collect_all",
    "compare",
    "compare_pairs",
    "demo",
    "fetchable_lists",
    "init",
    "known_lists",
    "lists",
    "look_up",
    "screen",
]

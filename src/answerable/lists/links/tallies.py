"""Tallies of files of links, kept in the workspace's build folder: delete them at will."""

import json
from pathlib import Path

from answerable.engine.files import write_whole
from answerable.lists.links.readers import Tally
from answerable.model import Problem


def write_tally(path: Path, tally: Tally) -> None:
    """Keep a tally. That it cannot be kept (a full disk) is no fault: it is counted anew then."""
    content = {
        "links": tally.links,
        "kinds": tally.kinds,
        "problems": [each.as_dict() for each in tally.problems],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_whole(path) as file:
            text = json.dumps(content, ensure_ascii=False)
            file.write(text.encode("utf-8", "surrogatepass"))
    except OSError:
        return


def read_tally(path: Path) -> Tally | None:
    """Return a tally that was kept; None if there is none that can be used.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "tally.jsonl"
        >>> write_tally(path, Tally(2, {"ownership": 2}, (Problem("A date.", row=3),)))
        >>> read_tally(path).problems[0].row
        3
    """
    try:
        content = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
        problems = tuple(Problem(**each) for each in content["problems"])
        return Tally(int(content["links"]), dict(content["kinds"]), problems)
    except (OSError, ValueError, TypeError, KeyError):
        return None

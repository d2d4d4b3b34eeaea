"""Talk to the person at the terminal: sentences and progress on stderr, never on stdout."""

import re
import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str) -> str:
    r"""Return a text that cannot steer a terminal: control and direction signs become �.

    Example:
        >>> printable("Example\x1b[2J Ltd")
        'Example�[2J Ltd'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def say(text: str) -> None:
    """Write a sentence to stderr."""
    print(printable(text), file=sys.stderr)


def say_error(text: str) -> None:
    """Write an error to stderr, wrapped to the terminal."""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=False).print(
        f"Error: {printable(text)}"
    )


class Progress:
    """A progress bar on a terminal, for work that takes over a second; silent elsewhere.

    Call it with what is being done, how much is done, and of how many.
    """

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bars = Bars(
            TextColumn("{task.description:<22}"),
            BarColumn(),
            TextColumn("{task.completed:,}/{task.total:,}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bars.add_task("", total=None, visible=False)

    def __enter__(self) -> "Progress":
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show what is being done."""
        self._bars.update(self._task, description=what, completed=done, total=total, visible=True)

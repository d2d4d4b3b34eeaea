"""The terminal review: the queue, match by match, with keys; each judgement kept at once."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from answerable.cli.app import Folder, app, open_home
from answerable.cli.keyboard import read_char
from answerable.cli.talk import printable, say
from answerable.errors import JudgementRefused

VERDICTS = {"s": "same", "d": "different", "u": "unsure"}
BACK = "b"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a reviewer typed: a key, and on the same line perhaps a reason."""

    key: str
    rest: str = ""


@app.command()
def review(
    screening: Annotated[
        str | None,
        typer.Argument(metavar="[SCREENING]", help="Id of a screening; by default the newest."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also show what is judged and in force.")
    ] = False,
    workspace: Folder = Path(),
) -> None:
    """Walk the queue of matches and judge them: same, different or unsure, and why.

    Without a terminal, keys are read from stdin, a line each. Quit when you like: the next review
    goes on from there.
    """
    from answerable import story
    from answerable.cli.review_page import show_head

    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    home = open_home(workspace)
    desk = story.open_desk(home)
    kept, asked = story.questions(home, desk, screening, again=again)
    show_head(kept.manifest, len(asked))
    if not asked:
        say("Everything is judged. Look again with --again.")
        return
    with _sealed(desk) as count:
        _walk(desk, asked, _titles(kept.manifest), _read_key, count)
    _say_end(count[0], desk.second)


@contextmanager
def _sealed(desk: Any) -> Iterator[list[int]]:
    """Count what is judged, and seal a checkpoint over it, also where a reviewer breaks off."""
    from answerable.ledger.checkpoints import seal_checkpoint

    count = [0]
    try:
        yield count
    finally:
        if count[0]:
            seal_checkpoint(desk.ledger)


def _walk(
    desk: Any,
    asked: list[Any],
    titles: Mapping[str, str],
    read: Callable[[], Typed | None],
    count: list[int],
) -> None:
    from answerable.cli.review_page import HELP, show_question, show_reasons

    place, shown = 0, -1
    while place < len(asked):
        question = asked[place]
        if shown != place:
            is_new = shown < 0 or asked[shown].line["id"] != question.line["id"]
            show_question(question, place + 1, len(asked), titles, with_ties=is_new)
            _say_judged_now(desk, question)
            shown = place
        typed = read()
        if typed is None or typed.key == "q":
            return
        if typed.key.lower() in VERDICTS:
            judged = _judge(desk, _meant(asked, place, typed.key), typed)
            count[0] += judged
            place += judged
        elif typed.key == "k":
            place += 1
        elif typed.key == BACK:
            place = max(0, place - 1)
        elif typed.key == "w":
            show_reasons(question.finding.matches[question.place])
        elif typed.key == "?":
            say(HELP)
        elif typed.key.strip():
            say("That key does nothing here; ? tells which do.")


def _meant(asked: list[Any], place: int, key: str) -> list[Any]:
    """Return the match that is shown; for a capital, with those of its finding that follow."""
    rest = [asked[place]]
    while key.isupper() and place + len(rest) < len(asked):
        following = asked[place + len(rest)]
        if following.line["id"] != rest[0].line["id"]:
            break
        rest.append(following)
    return rest


def _judge(desk: Any, meant: list[Any], typed: Typed) -> int:
    """Ask for the reason and keep the judgements; return how many matches are done."""
    from answerable.exposure.judgements.desk import check_words

    verdict = VERDICTS[typed.key.lower()]
    of = f" ({len(meant)} matches)" if len(meant) > 1 else ""
    why = typed.rest or _read_line(f"Why {verdict}{of}? ")
    if not why:
        say("Nothing was judged: a reason is needed. Press the key again.")
        return 0
    try:
        words = check_words("The judgement", why)
    except JudgementRefused as error:
        say(error.message)
        return 0
    made = [desk.judge(each.kept, each.line, each.match, verdict, words) for each in meant]
    new = sum(each.is_new for each in made)
    say(f"Kept: {verdict}{of}." if new else "It was judged so already.")
    return len(made)


def _say_judged_now(desk: Any, question: Any) -> None:
    """Say what was judged of a match since the review began."""
    standing = desk.standing(question.line["id"], question.match["company"]["id"])
    match = question.finding.matches[question.place]
    if standing is not None and (match.judgement or {}).get("at") != standing.at:
        say(f"Judged: {standing.verdict} ({printable(standing.why)}). A key judges it anew.")


def _titles(manifest: Mapping[str, Any]) -> dict[str, str]:
    coverage = manifest["coverage"]
    editions = (*coverage["lists"], *coverage.get("links", ()))
    return {each["list"]: each["title"] for each in editions}


def _read_key() -> Typed | None:
    """Read a key from a terminal, else a line; None at the end."""
    from answerable.cli.review_page import KEYS

    print(f"{KEYS} ", end="", file=sys.stderr, flush=True)
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        print(file=sys.stderr)
        key, _, rest = line.strip().partition(" ")
        return Typed(_fold(key[:1]) or "?", rest.strip()) if line else None
    key = read_char()
    print(printable(key), file=sys.stderr)
    return Typed(_fold(key)) if key not in ("\x04", "\x1a", "") else None


def _fold(key: str) -> str:
    """Return a key; a capital means something only where it judges."""
    return key if key.lower() in VERDICTS else key.lower()


def _read_line(prompt: str) -> str:
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        print(file=sys.stderr)
    return line.strip()


def _say_end(count: int, second: bool) -> None:
    judged = "judgement" if count == 1 else "judgements"
    say(f"{count:,} {judged} kept." if count else "Nothing was judged.")
    if count and second:
        say("Each counts once a reviewer with another key agrees.")
    if count:
        say("They count from the next `answerable screen` on.")

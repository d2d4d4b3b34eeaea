"""What the terminal shows of evidence: captures, passages, cases, proofs."""

import sys
from collections import Counter
from collections.abc import Sequence

import yaml
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from answerable.cli.summary import summarise_example, talk
from answerable.cli.talk import printable, say
from answerable.errors import UsageError
from answerable.evidence.cases.faults import Fault
from answerable.evidence.custody import Custody
from answerable.evidence.problem_words import say_problem
from answerable.evidence.search.excerpts import Excerpt
from answerable.evidence.search.index import Found
from answerable.model import Capture, Passage
from answerable.story import CheckedCase, Demonstration, Erasure, Export, Timestamp
from answerable.story.example import DEMO_DOSSIER

SEVERITIES = {"error": "bold red", "warning": "yellow"}
STAMP_WORDS = {
    "stamped": "stamped",
    "pending": "pending, not stamped",
    "unverified_here": "a reply is kept that this program could not verify",
    "broken": "broken",
}
MOST_SHOWN = 40
"""Faults of one case that the terminal shows."""


def warn_of_capture(what: str, proxy: str | None) -> None:
    """Say what asking an address reveals."""
    if not what.lower().startswith(("http://", "https://")):
        return
    if proxy:
        say(f"Asking through {proxy}: the server learns the time, and where the proxy stands.")
    else:
        say("Asking directly: the server learns your IP address and the time.")
        say("--proxy asks through another machine or Tor.")


def summarise_capture(capture: Capture, at: str = "", *, before: Sequence[Capture] = ()) -> None:
    """Say what was sealed, what is doubtful about it, and what comes next."""
    console = talk()
    if capture.private:
        console.print("Sealed and encrypted.")
    else:
        named = capture.title or ("" if capture.url.startswith("urn:") else capture.url)
        console.print(printable(f"Sealed: {named}" if named else "Sealed."))
    _print_indented(console, f"{capture.captured_at}, by {capture.software}")
    original = capture.part("original")
    if original is not None and not capture.private:
        _print_indented(console, f"digest of the file, which is not its id: {original.object}")
    for part in capture.parts:
        _print_indented(console, f"{part.role:<10} {part.size:>12,} bytes  {part.media_type}")
    for problem in capture.problems:
        _print_indented(console, Text(f"Note: {say_problem(problem)}", "yellow"))
    for each in before[:1]:
        known = f"Note: the same bytes were sealed already, on {each.captured_at}, as {each.id}"
        _print_indented(console, Text(known, "yellow"))
    short = capture.id.removeprefix("sha256:")[:12]
    if capture.private:
        say("It is in no index and no export. A person may let it be searched here:")
        say(f"  answerable custody {short} unlock --by NAME --reason WHY{at}")
        return
    say("Next, for a passage to paste into claims.yaml:")
    say(f'  answerable quote {short} "WORDS" --source KEY{at}')


def summarise_found(words: str, found: Sequence[Found]) -> None:
    """Print on stdout the captures in which words stand."""
    for each in found:
        page = f", page {each.page}" if each.page else ""
        named = each.title or ("a file" if each.url.startswith("urn:") else each.url)
        print(printable(f"{each.capture.removeprefix('sha256:')[:12]}  {named}{page}"))
        print(printable(f"    {_begin_and_end(each.excerpt)}"))
    if not found:
        say(f"None of the captures holds {words!r} as whole words, or none that may be indexed.")
        for word in _beginnings(words):
            say(f"  `answerable search '{word}'` finds words that begin so.")
        return
    say(f"{len(found)} found. That words stand somewhere says nothing about anybody.")


def _begin_and_end(excerpt: Excerpt) -> str:
    """Return an excerpt as it is shown: where it begins within the text, it says so."""
    return f"{'… ' if excerpt.start else ''}{excerpt.text}"


def _beginnings(words: str) -> list[str]:
    """Return the question as one for beginnings of words, where it can be asked so."""
    plain = words.split()
    if not plain or any(not each.isalnum() for each in plain):
        return []
    return [" ".join(f"{each}*" for each in plain)]


def print_passage(passage: Passage) -> None:
    """Print a passage on stdout, as claims.yaml takes it."""
    names = ("source", "quote", "prefix", "suffix", "page", "language")
    entry = {name: value for name, value in passage.as_dict().items() if name in names}
    yaml.safe_dump([entry], sys.stdout, allow_unicode=True, sort_keys=False, width=10_000)
    say(f"Stands at {passage.start:,} to {passage.end:,} of the text of {passage.capture}.")


def summarise_custody(
    captures: Sequence[Capture], capture_id: str, custody: Sequence[Custody]
) -> None:
    """Print the chain of custody of a capture on stdout."""
    digits = capture_id.removeprefix("sha256:")
    capture = next((c for c in captures if c.id.removeprefix("sha256:").startswith(digits)), None)
    if capture is None:
        raise UsageError(f"There is no capture {capture_id!r}.")
    print(printable(f"{capture.captured_at}  sealed ({capture.via}) by {capture.software}"))
    for each in custody:
        said = [f"{each.at}  {each.verb} by {each.by}", *([f"to {each.to}"] if each.to else [])]
        said += [part for part in (each.reason, each.note) if part]
        print(printable(", ".join(said)))


def summarise_checked(shown: CheckedCase, *, to_file: bool, at: str = "") -> None:
    """Print the faults of a case on stdout, and say what it holds and what was filed."""
    case, faults = shown.checked.case, shown.checked.faults
    for fault in faults[:MOST_SHOWN]:
        _print_fault(case.name, fault)
    if len(faults) > MOST_SHOWN:
        say(f"… and {len(faults) - MOST_SHOWN:,} more.")
    quoting = (case.claims, case.rebuttals, case.decisions)
    quoted = sum(len(entry.passages) for entries in quoting for entry in entries)
    pending = sum(source.capture is None for source in case.sources)
    counted = Counter(fault.severity for fault in faults)
    say(
        f"{case.name}: {_count(len(case.claims), 'claim')}, {_count(quoted, 'quotation')}, "
        f"{_count(len(case.sources), 'source')}; sources without a sealed copy yet: {pending:,}."
    )
    if shown.checked.left_out:
        names = ", ".join(sorted(shown.checked.left_out)[:5])
        say(f"  Not read, and not counted here: {printable(names)}.")
    say(f"  {_count(counted['error'], 'error')}, {_count(counted['warning'], 'warning')}.")
    if shown.filing is not None:
        say(f"  {len(shown.filing.filed):,} filed, {shown.filing.unchanged:,} stood as they were.")
    elif to_file:
        say("  Nothing was filed: mend the errors first.")
    elif not shown.has_errors:
        say(f"  It can be filed: `answerable check {case.name} --file{at}`.")


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _print_fault(case: str, fault: Fault) -> None:
    console = Console(highlight=False, markup=False)
    line = Text(f"{case}/{fault.file}")
    if fault.line:
        line.append(f":{fault.line}:{fault.column}")
    line.append(f" {fault.severity}: ", SEVERITIES[fault.severity])
    line.append(printable(fault.sentence))
    console.print(line, soft_wrap=not console.is_terminal)
    _print_indented(console, printable(fault.mend))


def summarise_demo(shown: Demonstration) -> None:
    """Show the example: its screening, its case, and where both are."""
    summarise_example(shown.screened)
    console = talk()
    case = shown.case.checked.case
    pending = sum(source.capture is None for source in case.sources)
    sealed = len(case.sources) - pending
    console.print("The case that ships", style="bold")
    _print_indented(console, case.title)
    _print_indented(
        console,
        f"{len(case.claims):,} claims, each with who says it; {len(case.rebuttals):,} answers; "
        f"{len(case.decisions):,} decisions. {sealed:,} sources are sealed, {pending:,} pending: "
        "nothing is quoted from those.",
    )
    broken = shown.verified.count("broken") + shown.verified.count("lost")
    _print_indented(console, f"Verified: {shown.verified.count('ok'):,} things ok, {broken:,} not.")
    console.print()
    console.print("Open these in a browser:", style="bold")
    page, of = shown.page / "index.html", DEMO_DOSSIER
    for path, what in [
        (shown.screened.outputs[0], "the report of the screening"),
        (shown.dossier[0], f"the dossier of {of}; {shown.dossier[1].name} is the same to print"),
        (page, "the public page of the case, a draft: no lawyer has reviewed its claims"),
    ]:
        _print_indented(console, f"{path}: {what}")
    console.print(f"Hand on {shown.package}: it verifies without us.", style="bold")


def summarise_stamps(stamps: Sequence[Timestamp]) -> None:
    """Print on stdout what each authority says."""
    for each in stamps:
        when = f" at {each.at}" if each.at else ""
        print(printable(f"{each.authority}: {STAMP_WORDS[each.state]}{when}"))
        for line in (each.why, each.check):
            if line:
                print(printable(f"    {line}"))


def summarise_export(export: Export) -> None:
    """Say what the package holds and what it does not."""
    say(f"{export.path}: {export.files:,} files.")
    say(f"  Its proofs lead to a signed checkpoint over {export.checkpoint:,} deeds.")
    for reason, count in Counter(export.left_out.values()).items():
        say(f"  left out: {count:,} ({reason.replace('_', ' ')})")
    if export.held_back:
        say(f"  left out: {export.held_back:,} entries that rest on private captures alone")
    if export.removed:
        say(f"  left out: {export.removed:,} records of what a takedown removed")
    if export.withheld:
        names = sorted({name for names in export.withheld.values() for name in names})
        say(f"  withheld in {len(export.withheld):,} records: {', '.join(names)}.")
        say("  --show FIELD shows one after all.")
    if export.not_quoted:
        say(f"  {len(export.not_quoted):,} quotations are not shown, because they do not resolve.")
    say("Whoever gets it can check it: `python verify.py` in it, or `answerable verify` on it.")


def summarise_erasure(erasure: Erasure) -> None:
    """Say what was destroyed, and what remains that came of it."""
    what = f"{', '.join(erasure.fields)} of {erasure.what}" if erasure.fields else erasure.what
    say(f"Destroyed: {what}. The log keeps that it was done, as deed {erasure.event.n:,}.")
    if erasure.captures:
        say(f"  {len(erasure.captures):,} captures lack it now.")
    for each in erasure.remains:
        say(f"  made from it and still here: {each}")
    if erasure.quoted_by:
        say(f"  {len(erasure.quoted_by):,} filed records quote from it; `answerable verify` tells.")


def _print_indented(console: Console, text: str | Text) -> None:
    console.print(Padding(text, (0, 0, 0, 4)))

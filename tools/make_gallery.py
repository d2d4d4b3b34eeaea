"""The gallery of the docs: the shipped example, made anew and taken as pictures.

The docs' build runs it (docs/conf.py). Pictures and page lie under `docs/gallery` and are never
committed: what the docs show is what the program of that commit makes. Where there is no Chromium,
the page says so and shows what needs none.
"""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from answerable.errors import BrowserMissing
from answerable.evidence.browsing.chromium import find_chromium
from answerable.story import demo

SECONDS = 60
"""Longest time for one picture."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of the gallery.

    Args:
        file: What is shown, in the example's folder.
        name: Of the picture.
        title, text: What a reader sees, in a few words and in a sentence.
        width, height: Of the window, in CSS pixels.
    """

    file: str
    name: str
    title: str
    text: str
    width: int = 1280
    height: int = 1600


SHOTS = (
    Shot(
        "report.html",
        "report",
        "The report of a screening",
        "It begins with what was searched and what was not. Every row can be opened.",
    ),
    Shot(
        "dossier.html",
        "dossier",
        "The dossier of one finding",
        "One file that opens offline: the finding in a sentence, what it does not say, listings, "
        "paths, claims with the answers beside them, rules with their sums.",
    ),
    Shot(
        "case-page/index.html",
        "case-page",
        "The public page of a case",
        "Who claims what, with which words, and what was answered.",
    ),
    Shot(
        "case-page/index.html",
        "case-page-phone",
        "The same on a phone",
        "320 pixels wide, without a script.",
        width=320,
        height=1400,
    ),
    Shot(
        "case-page/letter.html",
        "letter",
        "The letter",
        "To the one who decides, ready to adapt and to print.",
    ),
)

PDF = Shot(
    "dossier.pdf",
    "dossier-pdf",
    "The same dossier as a PDF",
    "Tagged, with bookmarks and with all scripts set.",
)

HEAD = """# Gallery

What `answerable demo` makes, taken as pictures when this documentation was built. The example is a cut of real, public
lists and of a register; being in it says nothing about wrongdoing.
"""


def make_gallery(folder: Path) -> None:
    """Make the example in a temporary folder, take its pictures, and write `index.md` for them."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        example = Path(place) / "demo"
        demo(example)
        parts = [HEAD, *_show_pages(example, folder), _show_pdf(example, folder)]
    (folder / "index.md").write_text("\n".join(parts), encoding="utf-8")


def _show_pages(example: Path, folder: Path) -> list[str]:
    try:
        program = find_chromium()
    except BrowserMissing:
        return ["No Chromium was found when this was built, so pages are not shown.\n"]
    for shot in SHOTS:
        _take(program, example / shot.file, folder / f"{shot.name}.png", shot)
    return [_section(shot) for shot in SHOTS]


def _take(program: str, page: Path, picture: Path, shot: Shot) -> None:
    subprocess.run(
        [
            *(program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--window-size={shot.width},{shot.height}", f"--screenshot={picture}"),
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )


def _show_pdf(example: Path, folder: Path) -> str:
    with pypdfium2.PdfDocument(example / PDF.file) as document:
        page = document[0]
        page.render(scale=1.5).to_pil().save(folder / f"{PDF.name}.png")
    return _section(PDF)


def _section(shot: Shot) -> str:
    return (
        f"## {shot.title}\n\n{shot.text}\n\n"
        f"```{{image}} {shot.name}.png\n:alt: {shot.title}\n:class: gallery\n```\n"
    )


if __name__ == "__main__":
    make_gallery(Path("docs/gallery"))

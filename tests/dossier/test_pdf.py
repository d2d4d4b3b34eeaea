"""A dossier as PDF: what goes in can be read out of it, in every script, and nothing is run."""

import hashlib
import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import which

import pikepdf
import pypdfium2
import pytest

from answerable.dossier.fonts import FONTS
from answerable.dossier.pdf.pages import render_pdf
from answerable.dossier.pdf.typesetting import TEMPLATES, set_pdf
from answerable.errors import TypesettingFailed
from tests.dossier.invented_dossier import SCRIPTS, invent_dossier, invent_small

REORDERED = ("persian", "burmese", "khmer")
"""Set right, but programs give some stacked letters twice when they read them out of any PDF."""

HOSTILE = (
    '#set text(red) $x^2$ \\ `c` *b* _i_ <lab> // c /* #read("/etc/passwd") ]]} '
    '#import "@preview/x:1.0.0" =cmd() <script>alert(1)</script>'
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return render_pdf(invent_dossier())


def read(pdf: bytes) -> str:
    """Return the text of a PDF as a program reads it out, in logical order, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    return squeeze("".join(pages))


def squeeze(text: str) -> str:
    return "".join(text.replace("\ufffe", "-").split())


@pytest.mark.parametrize("script", [each for each in SCRIPTS if each not in REORDERED])
def test_every_script_is_read_out_as_it_was_put_in(made: bytes, script: str) -> None:
    words, _ = SCRIPTS[script]
    assert read(made).count(squeeze(words)) >= 2  # among the names and as a quotation


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not here")
def test_another_reader_agrees(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made)
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "a.pdf", "-"], cwd=tmp_path, capture_output=True, check=True
    )
    shown = squeeze(done.stdout.decode())
    missing = [name for name, (words, _) in SCRIPTS.items() if squeeze(words) not in shown]
    assert set(missing) <= set(REORDERED)


def test_it_is_tagged_titled_and_bookmarked(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo["/Title"]) == invent_dossier().title
        with pdf.open_outline() as outline:
            parts = [part.title for part in outline.root[0].children]
    assert len(parts) == 12
    assert parts[5].endswith("Claims, each with its answers")


def test_all_fonts_are_embedded_and_ours(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        fonts = [each for each in pdf.objects if is_descriptor(each)]
        assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts)
        names = {str(each.FontName).partition("+")[2].partition("-")[0] for each in fonts}
    assert len(names) > 10
    assert names <= {
        path.stem.partition("-")[0].replace("Full", "") for path in FONTS.glob("*.?tf")
    }


def is_descriptor(each: object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"


def test_the_path_has_a_text_that_stands_for_its_picture(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        told = [
            str(each.Alt)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary)
            and "/Alt" in each
            and each.get("/S") == "/Figure"
        ]
    assert told == ["Northwind Invented Mills Ltd is owned by 湖滨示例棉纺有限公司: listed."]


def test_pages_are_numbered(made: bytes) -> None:
    document = pypdfium2.PdfDocument(made)
    for at, page in enumerate(document, 1):
        assert f"{at} of {len(document)}" in page.get_textpage().get_text_range()


def test_the_same_dossier_gives_the_same_bytes(made: bytes) -> None:
    other = render_pdf(replace(invent_dossier(), id="DXAM-PLE0-0000-8"))
    assert hashlib.sha256(render_pdf(invent_dossier())).digest() == hashlib.sha256(made).digest()
    assert other != made


def test_markup_in_any_text_is_shown_and_not_run() -> None:
    hostile = replace(
        invent_dossier(), title=HOSTILE, sentence=HOSTILE, coverage=(HOSTILE,), method=(HOSTILE,)
    )
    assert read(render_pdf(hostile)).count(squeeze(HOSTILE)) == 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a \U0001f600 b", "a[U+1F600]b"),
        ("a\u202eb\u2066c", "a[U+202E]b[U+2066]c"),
        ("a\x00\x07\x1bb", "a[U+0000][U+0007][U+001B]b"),
        ("a\ud800b", "a[U+D800]b"),
        ("a\u200db\u200bc", "a[U+200D]b[U+200B]c"),
        ("a\u05b0", "a[U+05B0]"),
        ("𠀋", "[U+2000B]"),
    ],
    ids=["emoji", "direction", "controls", "surrogate", "joiner", "two fonts", "rare"],
)
def test_what_no_font_has_is_shown_as_its_code_point(text: str, shown: str) -> None:
    assert squeeze(shown) in read(render_pdf(invent_small(text)))


@pytest.mark.parametrize("letter", ["x", "湖", "ش"])
def test_a_name_of_ten_thousand_letters_stays_on_its_pages(letter: str) -> None:
    pdf = pypdfium2.PdfDocument(render_pdf(invent_small(letter * 10_000)))
    count = 0
    for page in pdf:
        text, (width, _) = page.get_textpage(), page.get_size()
        places = [at for at, sign in enumerate(text.get_text_range()) if sign == letter]
        count += len(places)
        assert all(0 < text.get_charbox(at)[2] < width for at in places[::97])
    assert count >= 10_000


def test_no_claim_is_set_without_its_claimant_and_its_answer(made: bytes) -> None:
    shown = read(made)
    for claim in invent_dossier().claims:
        _, _, rest = shown.partition(squeeze(claim.statement))
        entry, _, _ = rest.partition("Northwindsuppliedyarn")
        assert squeeze(f"Who claims it {claim.claimant.name}") in entry
        answer = "It denies it." if claim.answers else "No reply: none found in our sources."
        assert squeeze(answer) in entry


@pytest.mark.parametrize(
    "told",
    [
        "No sealed copy yet, so no words are quoted. Reason: It was not recorded.",
        "Retracted: it no longer stands. By Lakeside Watch on 2026-11-23: It was mistaken.",
        "was asked on 2026-10-01 by letter, for an answer by 2026-10-20; an answer came.",
        "They do not all count the same",
        "湖滨示例棉纺有限公司: the same company, until 2027-11-01.",
        "Agreed by S. Econd at 2026-11-02T00:00:00Z: Seen, too.",
        "An answer in writing.",
        "Withdrawn by B. Uyer at 2026-11-04T00:00:00Z: It answered.",
        "Because of what",
        "51 %",
        "not evaluated",
        "over 99 %",
        "A match says nothing about wrongdoing.",
    ],
)
def test_it_tells(made: bytes, told: str) -> None:
    assert squeeze(told) in read(made)


def test_templates_name_no_package_and_no_file_but_ours() -> None:
    for path in TEMPLATES.glob("*.typ"):
        text = path.read_text(encoding="utf-8")
        assert "@" not in text
        assert set(re.findall(r'(?:import|include|json|read)[ (]"([^"]+)"', text)) <= {
            "_house.typ", "/data.json", "/families.json",
        }  # fmt: skip


def test_what_cannot_be_set_is_told_with_what_to_do() -> None:
    with pytest.raises(TypesettingFailed, match="HTML"):
        set_pdf("dossier.typ", {}, "2026-11-24", {})

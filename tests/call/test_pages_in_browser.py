"""The public pages of a case in a real browser: axe, narrow screens, no script, print."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from answerable.call.pages import render_pages
from answerable.errors import BrowserMissing
from answerable.evidence.browsing.chromium import find_chromium
from answerable.model.call import CallPage
from tests.call.lakeside_page import PAGE, make_draft, make_large
from tests.call.page_browser import PageBrowser, open_browser
from tests.call.test_case_pages import spoil
from tools.oracles.programs import find_program

AXE = """axe.run(document, {preload: false, resultTypes: ["violations"]}).then(told =>
    told.violations.map(each => `${each.id} (${each.impact}): ${each.nodes[0].html}`))"""
LOOKS = [(1280, False), (320, False), (1280, True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[PageBrowser]:
    try:
        program = find_chromium()
    except BrowserMissing:
        pytest.skip("there is no Chromium here")
    with open_browser(program) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    sites = {"published": PAGE, "draft": make_draft(), "large": make_large(70)}
    hostile = replace(spoil(PAGE), translations=(), occasions=())
    for name, page in {**sites, "hostile": hostile}.items():
        write(folder / name, page)
    return folder


def write(folder: Path, page: CallPage) -> None:
    folder.mkdir()
    for name, content in render_pages(page).items():
        (folder / name).write_bytes(content)


def test_axe_finds_nothing(browser: PageBrowser, site: Path) -> None:
    axe = find_program("axe-core")
    if axe is None:
        pytest.skip("axe is not here: make oracles")
    script = axe.read_text("utf-8")
    looks = [(site / "published" / "index.html", *look) for look in LOOKS]
    looks += [(site / "published" / "index.ar.html", 1280, True)]
    looks += [(path, 320, False) for path in _list_kinds(site)]
    for path, width, dark in looks:
        assert _look(browser, script, path, width, dark) == [], f"{path.name} at {width}"


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page(browser: PageBrowser, site: Path) -> None:
    axe = find_program("axe-core")
    if axe is None:
        pytest.skip("axe is not here: make oracles")
    script = axe.read_text("utf-8")
    for name in ("published", "draft", "large"):
        for path in sorted((site / name).glob("*.html")):
            for width, dark in LOOKS:
                assert _look(browser, script, path, width, dark) == [], f"{path} at {width}"


def _look(browser: PageBrowser, script: str, path: Path, width: int, dark: bool) -> object:
    browser.open(path, width, dark=dark)
    browser.run(f"{script};0")
    return browser.run(AXE)


def _list_kinds(site: Path) -> list[Path]:
    """One page of each kind."""
    names = ("documents", "corrections", "letter")
    kinds = [site / "published" / f"{name}.html" for name in names]
    kinds += [site / "large" / f"{name}.html" for name in ("index", "figures")]
    return [*kinds, site / "draft" / "index.html"]


def test_axe_does_find_what_is_wrong(browser: PageBrowser, tmp_path: Path) -> None:
    axe = find_program("axe-core")
    if axe is None:
        pytest.skip("axe is not here: make oracles")
    page = tmp_path / "faulty.html"
    page.write_text(
        "<!doctype html><title>A</title><img src='x'><p style='color:#ddd'>pale words", "utf-8"
    )
    browser.open(page, 320)
    browser.run(f"{axe.read_text('utf-8')};0")
    assert any("color-contrast" in each for each in browser.run(AXE))


@pytest.mark.parametrize("name", ["published", "draft", "hostile"])
def test_nothing_is_wider_than_a_small_telephone(
    browser: PageBrowser, site: Path, name: str
) -> None:
    paths = sorted((site / name).glob("*.html"))
    for path in [each for each in paths if ".de." not in each.name]:
        browser.open(path, 320)
        assert browser.run("document.documentElement.scrollWidth") == 320, path.name


def test_pages_ask_nothing_of_other_servers(browser: PageBrowser, site: Path) -> None:
    browser.requests.clear()
    browser.messages.clear()
    for path in [site / "published" / "index.html", *_list_kinds(site)]:
        browser.open(path, 1280, script=False)
    browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    assert {each.partition(":")[0] for each in browser.requests} == {"file"}
    assert any(each.endswith("newsreader-latin.woff2") for each in browser.requests)
    assert browser.messages == []


def test_the_style_is_taken_from_the_folder(browser: PageBrowser, site: Path) -> None:
    browser.open(site / "published" / "index.html", 1280)
    assert browser.run("getComputedStyle(document.querySelector('.claim')).display") == "grid"
    columns = "getComputedStyle(document.querySelector('.claim')).gridTemplateColumns.split(' ')"
    assert browser.run(f"{columns}.length") == 2
    sizes = browser.run(
        "['.said', '.answers'].map(each => getComputedStyle("
        "document.querySelector('.claim ' + each + ' .statement')).fontSize)"
    )
    assert sizes[0] == sizes[1], "answers are set in the size of claims"


def test_a_page_from_right_to_left_runs_so(browser: PageBrowser, site: Path) -> None:
    browser.open(site / "published" / "index.ar.html", 1280)
    said, answers = browser.run(
        "['.said', '.answers'].map(each => document.querySelector(each).getBoundingClientRect().x)"
    )
    assert said > answers


def test_the_letter_prints_as_a_letter(browser: PageBrowser, site: Path) -> None:
    browser.open(site / "published" / "letter.html", 1280)
    with pypdfium2.PdfDocument(browser.print_pdf()) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    assert "Dear members of the council" in texts[0]
    assert "Corrections" not in texts[0]
    assert "What the letter rests on" not in texts[0]
    assert "Northwind Vision Ltd answers" in texts[1]


def test_the_case_prints(browser: PageBrowser, site: Path) -> None:
    browser.open(site / "draft" / "index.html", 1280)
    with pypdfium2.PdfDocument(browser.print_pdf()) as pdf:
        told = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "Draft, not for publication" in told
    assert "Skip to the content" not in told


def test_pictures_for_whoever_wants_to_look(browser: PageBrowser, site: Path) -> None:
    wanted = os.environ.get("ANSWERABLE_PICTURES")
    if not wanted:
        pytest.skip("set ANSWERABLE_PICTURES to a folder to see the pages")
    for path in sorted(site.glob("*/index*.html")):
        for width, dark in LOOKS:
            browser.open(path, width, dark=dark)
            name = f"{path.parent.name}-{path.stem}-{width}{'-dark' if dark else ''}.png"
            (Path(wanted) / name).write_bytes(browser.picture())

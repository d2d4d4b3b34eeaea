"""Dossiers judged by html5lib, the Nu checker, axe in a real browser, and FollowTheMoney."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from answerable.dossier.entities import write_finding_entities
from answerable.dossier.findings import Held
from answerable.dossier.page import write_page
from answerable.dossier.standing import Standing
from answerable.errors import BrowserMissing
from answerable.evidence.browsing.chromium import find_chromium
from tests.call.page_browser import PageBrowser, open_browser
from tests.dossier.invented_pages import DOSSIERS, LINE, MANIFEST, spoil
from tests.evidence.lakeside_view import show_lakeside
from tests.oracles.asking import Oracle
from tools.oracles.programs import find_program

PAGES = {**DOSSIERS, "hostile": spoil(DOSSIERS["finding"])}
AXE = """axe.run(document, {preload: false, resultTypes: ["violations"]}).then(told =>
    told.violations.map(each => `${each.id} (${each.impact}): ${each.nodes[0].html}`))"""
WIDEST = "document.documentElement.scrollWidth"


@pytest.mark.parametrize("name", PAGES)
def test_html_parses_without_an_error(html5: Oracle, name: str) -> None:
    assert html5.ask("parse", text=write_page(PAGES[name]).decode()) == []


@pytest.mark.slow
def test_nu_finds_html_and_css_valid(tmp_path: Path) -> None:
    jar, java = find_program("vnu-jar"), shutil.which("java")
    if jar is None or java is None:
        pytest.skip("the Nu checker is not here, or no Java: make oracles")
    for name, dossier in PAGES.items():
        (tmp_path / f"{name}.html").write_bytes(write_page(dossier))
    (tmp_path / "faulty.html").write_text("<!doctype html><title>A</title><p align=left>", "utf-8")
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css"]
    told = subprocess.run(
        [java, "-Xss4m", "-jar", str(jar), *options, str(tmp_path)],
        capture_output=True,
        check=True,
        timeout=120,
    )
    messages = json.loads(told.stdout)["messages"]
    found = {(Path(each["url"]).name, each["message"]) for each in messages}
    assert any(name == "faulty.html" for name, _ in found), "it did not look"
    assert {each for each in found if each[0] != "faulty.html"} == set()


def look(browser: PageBrowser, path: Path, script: str) -> None:
    """Let axe look at a page at two widths, and see that it asks for nothing and fits."""
    for width in (1280, 320):
        browser.open(path, width)
        assert browser.run(WIDEST) <= width, f"{path.name} at {width}"
        browser.run(f"{script};0")
        assert browser.run(AXE) == [], f"{path.name} at {width}"
    assert not [each for each in browser.requests if not each.startswith(("file:", "about:"))]


@pytest.mark.slow
def test_axe_finds_nothing_and_a_small_telephone_is_wide_enough(tmp_path: Path) -> None:
    axe = find_program("axe-core")
    if axe is None:
        pytest.skip("axe is not here: make oracles")
    try:
        program = find_chromium()
    except BrowserMissing:
        pytest.skip("there is no Chromium here")
    with open_browser(program) as browser:
        for name, dossier in PAGES.items():
            path = tmp_path / f"{name}.html"
            path.write_bytes(write_page(dossier))
            look(browser, path, axe.read_text("utf-8"))


def test_followthemoney_takes_a_finding_with_its_claims(followthemoney: Oracle) -> None:
    view = show_lakeside()
    standing = Standing(LINE, {"lakeside": tuple(view.named)}, 0)
    file = io.BytesIO()
    write_finding_entities(MANIFEST, Held(standing, {"lakeside": view}), file)
    entities = [json.loads(line) for line in file.getvalue().splitlines()]
    assert {"Sanction", "Ownership", "Documentation"} <= {each["schema"] for each in entities}
    assert followthemoney.ask("check", entities=entities) == []

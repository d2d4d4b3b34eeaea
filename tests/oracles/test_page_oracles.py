"""The public pages of a case, judged by html5lib and by the Nu checker."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.call.pages import render_pages
from tests.call.lakeside_page import PAGE, make_draft, make_large
from tests.call.test_case_pages import spoil
from tests.oracles.asking import Oracle
from tools.oracles.programs import find_program

SITES = {
    "published": PAGE,
    "draft": make_draft(),
    "large": make_large(70),
    "hostile": replace(spoil(PAGE), translations=()),
}


@pytest.mark.parametrize("name", SITES)
def test_html_parses_without_an_error(html5: Oracle, name: str) -> None:
    for file, content in render_pages(SITES[name]).items():
        if _is_one_of_its_kind(file):
            assert html5.ask("parse", text=content.decode()) == [], file


def _is_one_of_its_kind(file: str) -> bool:
    return bool(re.fullmatch(r"[a-z]+(-1)?(\.ar)?\.html", file))


def test_html5lib_does_tell_errors(html5: Oracle) -> None:
    assert html5.ask("parse", text="<!doctype html><p></b>")


def test_nu_finds_html_and_css_valid(tmp_path: Path) -> None:
    jar, java = find_program("vnu-jar"), shutil.which("java")
    if jar is None or java is None:
        pytest.skip("the Nu checker is not here, or no Java: make oracles")
    for name in ("published", "draft", "large"):
        (tmp_path / name).mkdir()
        for file, content in render_pages(SITES[name]).items():
            if _is_one_of_its_kind(file) or file == "style.css":
                (tmp_path / name / file).write_bytes(content)
    (tmp_path / "faulty.html").write_text("<!doctype html><title>A</title><p align=left>", "utf-8")
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css"]
    told = subprocess.run(
        [
            java,
            "-XX:TieredStopAtLevel=1",
            "-Xss4m",
            "-jar",
            str(jar),
            *options,
            "--skip-non-html",
            str(tmp_path),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    messages = json.loads(told.stdout)["messages"]
    # a file on a disk has no origin, so that the checker cannot tell what 'self' is
    told_of = [
        each for each in messages if "violates Content Security Policy" not in each["message"]
    ]
    found = {(Path(each["url"]).name, each["message"]) for each in told_of}
    assert any(name == "faulty.html" for name, _ in found), "it did not look"
    assert {each for each in found if each[0] != "faulty.html"} == set()

"""Templates of pages: opened in one place, where all that others wrote is escaped."""

import re

from markupsafe import Markup

from answerable.engine.templates import open_templates
from tests.conftest import ROOT

HOSTILE = {
    "<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "Mills\u202e dtL": "Mills[U+202E] dtL",
    "a\x00b\ud800": "a\ufffdb\ufffd",
    "شركة\u200f": "شركة\u200f",
    "\" onload='x": "&#34; onload=&#39;x",
}


def test_what_others_wrote_is_inert_and_markup_of_ours_stays() -> None:
    page = open_templates("answerable.dossier").from_string("{{ name }}")
    for text, shown in HOSTILE.items():
        assert page.render(name=text) == shown
    assert page.render(name=Markup("<b>")) == "<b>"


def test_no_page_is_made_by_other_templates() -> None:
    opened = [
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"\bEnvironment\(", path.read_text(encoding="utf-8"))
    ]
    assert opened == ["answerable/engine/templates.py"]

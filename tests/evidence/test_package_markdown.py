"""What editors write as Markdown becomes HTML that can do nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from answerable.evidence.packages.markdown import render_markdown

ALLOWED = set("p em strong ul ol li h1 h2 h3 h4 h5 h6 blockquote code pre hr br a div".split())


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![seen](https://example.org/pixel.png)",
        "[here](javascript:alert(1))",
        "[here](data:text/html;base64,PHNjcmlwdD4=)",
        '[here](https://example.org "a\\" onclick=\\"x")',
    ],
)
def test_nothing_runs_and_nothing_is_loaded(text: str) -> None:
    page = html.fromstring(f"<div>{render_markdown(text)}</div>")
    for element in page.iter():
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href", "title", "class", "start"}
        assert not element.get("href", "https:").startswith(("javascript", "data", "vbscript"))


@given(st.text())
def test_whatever_is_written_stays_within_what_is_allowed(text: str) -> None:
    page = html.fromstring(f"<div>{render_markdown(text)}</div>")
    assert {element.tag for element in page.iter()} <= ALLOWED


def test_only_a_title_at_the_beginning_is_left_out() -> None:
    assert render_markdown("# One\n\n## Two\n\n# Three") == "<h2>Two</h2>\n<h1>Three</h1>\n"

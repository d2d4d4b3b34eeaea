"""Text of web pages: what is kept, what is left out, in which encoding."""

import pytest

from answerable.evidence.texts.html import read_html

CASES = [
    ("paragraphs are parted", "<p>one</p><p>two</p>", "one two"),
    ("unclosed ones too", "<p>one<p>two", "one two"),
    ("words within a line are not", "un<b>believ</b>able", "unbelievable"),
    ("cells and rows", "<table><tr><td>a<td>b<tr><td>c</table>", "a b c"),
    ("lists", "<ul><li>a<li>b</ul>", "a b"),
    ("line breaks", "a<br>b<br/>c", "a b c"),
    ("Han wrapped in the source", "<p>新疆\n公安</p>", "新疆公安"),
    ("Han in two paragraphs", "<p>新疆</p>\n<p>公安</p>", "新疆 公安"),
    ("style and script", "<style>p{}</style>a<script>var b='c'</script>d", "ad"),
    ("template and noscript", "<template>x</template>a<noscript>y</noscript>", "a"),
    ("a shadow root in a snapshot", "<x-a><template shadowrootmode=open>in</template></x-a>", "in"),
    ("comments", "a<!-- hidden -->b", "ab"),
    ("processing instructions", "a<?php echo 1 ?>b", "ab"),
    ("elements of the page's own", "<x-row>a</x-row><x-row>b</x-row>", "a b"),
    ("readings above signs", "<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", "漢字"),
    (
        "hidden boxes are kept",
        "<div hidden>open me</div><p style='display:none'>too</p>",
        "open me too",
    ),
    (
        "captions, buttons, options",
        "<figcaption>a</figcaption><button>b</button><option>c",
        "a b c",
    ),
    ("entities", "Fish &amp; chips &lt;b&gt; &nbsp; &#x4e2d;", "Fish & chips <b> 中"),
    ("no entity is fetched", "<!DOCTYPE html SYSTEM 'file:///etc/passwd'><p>a", "a"),
    ("no words", "<p> </p>", ""),
]


@pytest.mark.parametrize(("why", "page", "text"), CASES, ids=[case[0] for case in CASES])
def test_what_is_kept(why: str, page: str, text: str) -> None:
    assert read_html(page.encode()).body == text


def test_the_title_is_kept_apart() -> None:
    text = read_html(b"<head><title> A\n title </title></head><body><h1>A heading</h1>")
    assert (text.title, text.body) == ("A title", "A heading")


ENCODINGS = [
    ("the header says it", "<p>新疆公安".encode("gb18030"), "gb2312"),
    ("the page says it", "<meta charset=gbk><p>新疆公安".encode("gbk"), None),
    (
        "the page says it in the old way",
        '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>新疆公安'.encode(
            "big5"
        ),
        None,
    ),
    ("the header comes first", "<meta charset=gbk><p>新疆公安".encode(), "utf-8"),
    (
        "a mark comes before both",
        b"\xef\xbb\xbf" + "<meta charset=gbk><p>新疆公安".encode(),
        "big5",
    ),
    ("UTF-16 with its mark", "\ufeff<p>新疆公安".encode("utf-16-le"), None),
    ("UTF-8 is told", "<p>新疆公安".encode(), None),
    ("a name of no encoding", "<p>新疆公安".encode(), "no-such"),
    ("a codec of bytes is none", "<p>新疆公安".encode(), "zlib"),
    ("a page that calls itself UTF-16", "<meta charset=utf-16><p>新疆公安".encode(), None),
]


@pytest.mark.parametrize(("why", "data", "charset"), ENCODINGS, ids=[each[0] for each in ENCODINGS])
def test_the_encoding(why: str, data: bytes, charset: str | None) -> None:
    text = read_html(data, charset)
    assert text.body == "新疆公安"
    assert text.problems == ()


def test_an_encoding_that_nobody_names_is_guessed_and_told() -> None:
    text = read_html("<p>Компания подписала соглашение с управлением".encode("cp1251"))
    assert text.body == "Компания подписала соглашение с управлением"
    assert text.problems == ("encoding_guessed",)


def test_latin_1_is_read_as_browsers_read_it() -> None:
    assert read_html(b"<p>\x93quoted\x94", "iso-8859-1").body == "“quoted”"


HOSTILE = [
    b"<div>" * 100_000,
    b"<a " + b"b " * 200_000,
    b"<" * 300_000,
    b"&" * 300_000,
    b"<table>" * 5_000 + b"x",
    b"<p>" + b"\x00" * 10_000,
    b"<!--" * 100_000,
    b"\xff\xfe\xfd",
    b"",
]


@pytest.mark.parametrize("page", HOSTILE, ids=range(len(HOSTILE)))
def test_pages_made_to_hurt_are_read_or_named(page: bytes) -> None:
    text = read_html(page)
    assert text.body or "no_text" in text.problems


def test_a_page_too_deep_to_read_says_so() -> None:
    text = read_html(b"<p>first</p>" + b"<div>" * 3_000 + b"deep")
    assert "cut_short" in text.problems

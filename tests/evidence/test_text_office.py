"""Text of office files, sheets, letters, data, and archives made to hurt."""

import datetime
import io
import json
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from answerable.evidence.texts.kinds import read_document, tell_kind
from answerable.evidence.texts.text import Text
from tests.evidence.small_office import RELATIONS, A, make_docx, make_odf, make_pptx, make_zip


def read(data: bytes, media_type: str = "application/octet-stream") -> Text:
    return read_document(data, media_type, 0)


def run(words: str, marks: str = "") -> str:
    return f"<w:r><w:rPr>{marks}</w:rPr><w:t>{words}</w:t></w:r>"


TABS = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"
CELLS = f"<w:tc><w:p>{run('a')}</w:p></w:tc><w:tc><w:p>{run('b')}</w:p></w:tc>"
VERSIONS = f"<mc:Choice>{run('b')}</mc:Choice><mc:Fallback>{run('b')}</mc:Fallback>"
DOCX = [
    ("paragraphs", f"{run('one')}</w:p><w:p>{run('two')}", "one two"),
    ("runs within a word", f"{run('un')}{run('believable')}", "unbelievable"),
    ("tabs and breaks", TABS, "a b c"),
    ("cells", f"<w:tbl><w:tr>{CELLS}</w:tr></w:tbl>", "a b"),
    ("what was deleted", f"{run('a')}<w:del><w:r><w:delText>b</w:delText></w:r></w:del>", "a"),
    ("what was inserted", f"{run('a')}<w:ins>{run('b')}</w:ins>", "ab"),
    ("what was moved away", f"{run('a')}<w:moveFrom>{run('b')}</w:moveFrom>", "a"),
    ("one of two versions", f"<mc:AlternateContent>{VERSIONS}</mc:AlternateContent>", "b"),
    ("field codes", f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('7')}", "7"),
]


@pytest.mark.parametrize(("why", "body", "text"), DOCX, ids=[case[0] for case in DOCX])
def test_docx(why: str, body: str, text: str) -> None:
    found = read(make_docx(f"<w:p>{body}</w:p>"))
    assert (found.body, found.title, found.pages, found.problems) == (text, "A title", (), ())


def test_docx_notes_and_headers_follow_the_body() -> None:
    note = make_docx(f"<w:p>{run('noted')}</w:p>")
    with zipfile.ZipFile(io.BytesIO(note)) as archive:
        part = archive.read("word/document.xml")
    body = f"<w:p>{run('body')}</w:p>"
    made = make_docx(body, {"word/header1.xml": part, "word/footnotes.xml": part})
    assert read(made).body == "body noted noted"


def test_docx_hidden_text_is_left_out_and_told() -> None:
    found = read(make_docx(f"<w:p>{run('seen')}{run('hidden', '<w:vanish/>')}</w:p>"))
    assert (found.body, found.problems) == ("seen", ("hidden_text",))
    shown = read(
        make_docx(
            f"<w:p>{run('seen', '<w:vanish w:val=&quot;0&quot;/>')}</w:p>".replace("&quot;", '"')
        )
    )
    assert (shown.body, shown.problems) == ("seen", ())


def test_pptx_slides_are_pages_in_the_order_they_are_shown() -> None:
    slides = {f"slide{n}": f"<a:p><a:r><a:t>Slide {n}</a:t></a:r></a:p>" for n in (1, 2, 10)}
    notes = {"slide2": "<a:p><a:r><a:t>said aloud</a:t></a:r></a:p>"}
    found = read(make_pptx(slides, ["slide10", "slide2", "slide1"], notes))
    assert found.body == "Slide 10 Slide 2 said aloud Slide 1"
    assert [found.page_at(found.body.index(each)) for each in ("10", "aloud", "Slide 1")] == [
        1,
        2,
        1,
    ]


def test_odt() -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:h>Heading</text:h><text:p>one<text:s/>two<text:span>three</text:span>!"
        "<office:annotation><text:p>a remark</text:p></office:annotation></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    found = read(make_odf(body))
    assert (found.body, found.title) == ("Heading one twothree! a b", "A title")


def test_odp_slides_are_pages() -> None:
    body = "".join(f"<draw:page><text:p>Slide {n}</text:p></draw:page>" for n in (1, 2))
    found = read(make_odf(body, "presentation"))
    assert [found.body[each.start : each.end] for each in found.pages] == ["Slide 1", "Slide 2"]


def make_xlsx() -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "名单"
    first.append(["公司", "Since", "Share"])
    first.append(["湖边 (Lakeside)", datetime.date(2019, 3, 1), 12])
    first.append([None, True, 0.5])
    book.create_sheet("Empty")
    book.create_sheet("More").append(["last"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_xlsx_rows_follow_each_other_and_sheets_are_pages() -> None:
    found = read(make_xlsx())
    assert (
        found.body == "名单 公司 Since Share 湖边 (Lakeside) 2019-03-01 12 TRUE 0.5 Empty More last"
    )
    assert [each.label for each in found.pages] == ["名单", "Empty", "More"]
    assert found.page_at(found.body.index("last")) == 3


def test_json_is_its_names_and_values() -> None:
    data = json.dumps(
        {"name": "\u6e56\u8fb9", "since": [2019, None, True], "of": {"a": "b"}}
    ).encode()
    assert read(data, "application/json").body == "name 湖边 since 2019 true of a b"
    lines = b'{"a": "one"}\n{"a": "two"}\n'
    assert read(lines, "application/x-ndjson").body == "a one a two"
    assert read(b'{"a": ', "application/json").body == '{"a":'
    assert read(b"[" * 100_000, "application/json").body.startswith("[[[")


def test_plain_text_in_the_encodings_of_leaks() -> None:
    words = "湖边技术有限公司与公安局签署协议"
    assert read(words.encode("gb18030"), "text/plain").body == words
    assert read(words.encode("gb18030"), "text/plain").problems == ("encoding_guessed",)
    assert read(words.encode("gb18030"), "text/plain; charset=gb2312").problems == ()
    assert read(words.encode("utf-16"), "text/plain").body == words
    assert read(words.encode(), "text/plain; charset=no-such").body == words


def test_xml_is_its_words_and_no_entity_is_read() -> None:
    declared = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    data = b'<?xml version="1.0"?>' + declared + b"<r><a>one</a><b>two&x;</b></r>"
    assert read(data, "application/xml").body == "one two &x;"


LETTER = """From: Ada Example <ada@watch.example>
To: press@lakeside.example
Subject: =?utf-8?b?5rmW6L65?= contract
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/plain; charset=gb2312
Content-Transfer-Encoding: base64

uv6x37mry74=
--y
Content-Type: text/html

<p>not this
--y--
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="list.pdf"

%PDF
--x--
"""


def test_a_letter() -> None:
    found = read(LETTER.encode(), "message/rfc822")
    assert found.title == "湖边 contract"
    assert found.body == (
        "From: Ada Example <ada@watch.example> To: press@lakeside.example"
        " Subject: 湖边 contract 湖边公司 Attachment: list.pdf"
    )


def test_a_page_that_a_browser_saved_as_one_file() -> None:
    saved = LETTER.replace("multipart/mixed", "multipart/related")
    assert read(saved.encode(), "multipart/related").body == "not this"


KINDS = [
    (b"%PDF-1.7", "text/html", "pdf"),
    (b"\n\n%PDF-1.7", "", "pdf"),
    (b"<!DOCTYPE html><p>", "application/octet-stream", "html"),
    (b"<html>", "text/plain", "plain"),
    (b"<?xml version='1.0'?><a/>", "", "xml"),
    (b"\x89PNG\r\n", "text/html", "image"),
    (b"RIFF1234WEBP", "", "image"),
    (b"words", "video/mp4", "unread"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", "unread"),
    (b"{}", "application/ld+json; charset=utf-8", "json"),
]


@pytest.mark.parametrize(("data", "label", "kind"), KINDS, ids=range(len(KINDS)))
def test_the_bytes_come_before_the_label(data: bytes, label: str, kind: str) -> None:
    assert tell_kind(data, label) == kind


def _forge_size() -> bytes:
    """Return a DOCX whose parts unpack to more than they say."""
    made = make_docx("<w:p>" + "x" * 100_000 + "</w:p>")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    return made.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


ENTITIES = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
EMPTY_ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}
HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("a part that unpacks 1,000 times", lambda: make_docx(" " * 50_000_000), "too_large"),
    ("very many parts", lambda: make_zip({f"{n}": "" for n in range(20_001)}), "too_large"),
    ("entities", lambda: make_zip({"word/document.xml": ENTITIES}), "damaged"),
    ("no XML", lambda: make_zip({"word/document.xml": "<w:p"}), "damaged"),
    ("no content", lambda: make_zip(dict(EMPTY_ODT)), "damaged"),
    ("a forged size", lambda: _forge_size(), "damaged"),
    ("cut short", lambda: make_docx("<w:p/>")[:200], "damaged"),
    ("a workbook of nothing", lambda: make_zip({"xl/workbook.xml": ""}), "damaged"),
    ("paths out of the archive", lambda: make_pptx_with_path("../../../../etc/passwd"), "no_text"),
    ("an archive of other things", lambda: make_zip({"a.txt": "words"}), "unread_type"),
]


def make_pptx_with_path(path: str) -> bytes:
    relation = f'<Relationship Id="rId1" Type="x/slide" Target="{path}"/>'
    return make_zip(
        {
            "ppt/presentation.xml": f'<p:presentation {A}><p:sldId r:id="rId1"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": (
                f"<Relationships {RELATIONS}>{relation}</Relationships>"
            ),
        }
    )


@pytest.mark.parametrize(("why", "make", "problem"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_archives_made_to_hurt_are_named(why: str, make: Callable[[], bytes], problem: str) -> None:
    found = read(make())
    assert found.body == ""
    assert problem in found.problems
    assert "no_text" in found.problems


@pytest.mark.parametrize("place", range(0, 4_000, 211))
def test_a_flipped_byte_in_a_workbook_is_damage_or_text(place: int) -> None:
    data = bytearray(make_xlsx())
    data[place % len(data)] ^= 0x55
    found = read(bytes(data))
    assert found.body or "no_text" in found.problems

"""Office files made by hand, with just the parts that hold words."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TITLE = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A title</dc:title></c>'


def make_zip(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def make_docx(body: str, more: dict[str, str | bytes] | None = None) -> bytes:
    """Return a DOCX with this body."""
    document = f"<w:document {W} {A}><w:body>{body}</w:body></w:document>"
    parts: dict[str, str | bytes] = {"word/document.xml": document, "docProps/core.xml": TITLE}
    return make_zip(parts | (more or {}))


def make_pptx(slides: dict[str, str], order: list[str], notes: dict[str, str]) -> bytes:
    """Return a PPTX: slides by name, the order in which they are shown, notes by slide."""
    numbers = {name: f"rId{number}" for number, name in enumerate(slides)}
    listed = "".join(f'<p:sldId id="1" r:id="{numbers[name]}"/>' for name in order)
    relations = "".join(
        f'<Relationship Id="{numbers[name]}" Type="{KIND}/slide" Target="slides/{name}.xml"/>'
        for name in slides
    )
    listed = f"<p:sldIdLst>{listed}</p:sldIdLst>"
    relations = f"<Relationships {RELATIONS}>{relations}</Relationships>"
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {A}>{listed}</p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations,
    }
    for name, content in slides.items():
        parts[f"ppt/slides/{name}.xml"] = f"<p:sld {A}>{content}</p:sld>"
    for name, content in notes.items():
        parts[f"ppt/notesSlides/n{name}.xml"] = f"<p:notes {A}>{content}</p:notes>"
        parts[f"ppt/slides/_rels/{name}.xml.rels"] = (
            f'<Relationships {RELATIONS}><Relationship Id="rId1" Type="{KIND}/notesSlide"'
            f' Target="../notesSlides/n{name}.xml"/></Relationships>'
        )
    return make_zip(parts)


def make_odf(body: str, kind: str = "text") -> bytes:
    """Return an ODT, or with another kind an ODP."""
    content = (
        f"<office:document-content {ODF}><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return make_zip({"mimetype": mimetype, "content.xml": content, "meta.xml": TITLE})

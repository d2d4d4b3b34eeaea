"""An exposure path as a picture: SVG by our own hand, the same for HTML and PDF. Pure.

The supplier stands on top, the listed or named company at the foot. Ends are told by their shape
and in words, never by colour; a tie that rests on a name alone is dashed. Each tie is a link to
the claim or document it rests on. Attributes are plain and nothing comes from outside.

Fonts are asked for by name with a generic family last: `FAMILY`. Where a font lacks a letter, the
program that shows the picture takes it from another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as Tree

from answerable.dossier.lettering import wrap
from answerable.dossier.texts import direction_of, show_line, tag_of
from answerable.dossier.ties import ENDS, Tie, list_ties
from answerable.model.dossier import Dossier

FAMILY = "Noto Sans, Liberation Sans, Arial, sans-serif"
WIDTH = 420

_INK, _SOFT, _LINK, _PAPER = "#1b2430", "#4a5563", "#0b4f7d", "#ffffff"
_NAME, _NAME_LINE, _LABEL, _LABEL_LINE, _TAG = 14.0, 20, 12.5, 17, 11.0
_EDGE, _PAD, _SPINE, _TEXT_AT = 8, 14, 30, 48
_MOST_NAME, _MOST_ROLE, _LONGEST = 4, 3, 600


def draw_path(path: Mapping[str, Any], dossier: Dossier, name: str = "path-1") -> str:
    """Return a path as SVG text, to be put into a page as it is, or embedded as a file.

    It shows ties, as their sources state them; no wrongdoing.

    Args:
        path: As written in a finding.
        dossier: The dossier it stands in; its claims and documents are what ties lead to.
        name: What the ids of title and description begin with; unique within a page.

    Returns:
        One `svg` element of `WIDTH` units, its height as needed; the same path gives the same
        text.
    """
    ties = list_ties(path, dossier)
    captions = [show_line(str(each["caption"]), _LONGEST) for each in path["nodes"]]
    sheet = _Sheet(name)
    last = len(captions) - 1
    for at, caption in enumerate(captions):
        end = str(path["ends"]) if at == last else ""
        sheet.draw_node(caption, "supplier" if at == 0 else end)
        if at < last:
            sheet.draw_tie(ties[at])
    return sheet.finish(_title(captions), _describe(captions, ties, str(path["ends"])))


def draw_paths(dossier: Dossier) -> tuple[str, ...]:
    """Return the pictures of all paths of a finding, in its order; none for a case."""
    paths = (dossier.finding or {}).get("paths") or ()
    return tuple(draw_path(each, dossier, f"path-{at}") for at, each in enumerate(paths, 1))


def _title(captions: list[str]) -> str:
    return f"Path from {captions[0]} to {captions[-1]}"


def _describe(captions: list[str], ties: tuple[Tie, ...], ends: str) -> str:
    told = [f"{tie.verb} {show_line(tie.node, _LONGEST)} {tie.mark}".strip() for tie in ties]
    end = ENDS.get(ends, ends)
    return f"{captions[0]} " + ", which ".join(told) + f": {end}. It says nothing about wrongdoing."


@dataclass(slots=True)
class _Line:
    """A line of a label: its words, whether it is the link's own, whether they are a source's."""

    text: str
    linked: bool = False
    foreign: bool = False


class _Sheet:
    """The picture while it is drawn, from the top down."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.y = float(_EDGE)
        self.body = Tree.Element("g", {"font-family": FAMILY, "fill": _INK})

    def draw_node(self, caption: str, kind: str) -> None:
        """Draw a frame with a name; its kind is told by its shape and in words."""
        inner = WIDTH - 2 * _EDGE - 2 * _PAD
        lines = wrap(caption, inner, _NAME, _MOST_NAME)
        tag = "supplier, as in the file" if kind == "supplier" else ENDS.get(kind, "")
        top = self.y
        height = _PAD + (16 if tag else 0) + len(lines) * _NAME_LINE + _PAD - 6
        group = Tree.SubElement(self.body, "g")
        Tree.SubElement(group, "title").text = caption
        _frame(group, kind, top, height)
        y = top + _PAD + 6
        if tag:
            _write(group, tag, WIDTH / 2, y, _TAG, {"text-anchor": "middle", "fill": _SOFT})
            y += 18
        for line in lines:
            _write(group, line, WIDTH / 2, y + 4, _NAME, _own(line, "middle"))
            y += _NAME_LINE
        self.y = top + height

    def draw_tie(self, tie: Tie) -> None:
        """Draw the line to the next node, with its label beside it."""
        lines = _label(tie)
        height = 14 + len(lines) * _LABEL_LINE + 12
        group: Tree.Element = Tree.SubElement(self.body, "g")
        if tie.ref:
            group = Tree.SubElement(group, "a", {"href": f"#{tie.ref}"})
        Tree.SubElement(group, "title").text = show_line(f"{tie.verb} {tie.node}", _LONGEST)
        _arrow(group, tie, self.y, self.y + height)
        y = self.y + 24
        for line in lines:
            more = _own(line.text, "start") if line.foreign else {"text-anchor": "start"}
            if line.linked and tie.ref:
                more |= {"fill": _LINK, "text-decoration": "underline"}
            _write(group, line.text, _TEXT_AT, y, _LABEL, more)
            y += _LABEL_LINE
        self.y += height

    def finish(self, title: str, description: str) -> str:
        """Return the whole as text."""
        height = f"{self.y + _EDGE:g}"
        root = Tree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH} {height}",
                "width": str(WIDTH),
                "height": height,
                "role": "group",
                "aria-labelledby": f"{self.name}-title {self.name}-desc",
            },
        )
        Tree.SubElement(root, "title", {"id": f"{self.name}-title"}).text = title
        Tree.SubElement(root, "desc", {"id": f"{self.name}-desc"}).text = description
        sheet = {"width": str(WIDTH), "height": height, "fill": _PAPER}
        Tree.SubElement(root, "rect", sheet)
        root.append(self.body)
        return Tree.tostring(root, encoding="unicode")


def _frame(group: Tree.Element, kind: str, top: float, height: float) -> None:
    """Draw the frame: round for the supplier, double for listed, cut corners for named."""
    box = {"x": _EDGE, "y": top, "width": WIDTH - 2 * _EDGE, "height": height}
    plain = {"fill": _PAPER, "stroke": _INK, "stroke-width": "1.5"}
    if kind == "named":
        _add(group, "path", {"d": _cut_corners(top, height)}, plain)
    elif kind == "listed":
        _add(group, "rect", box, {**plain, "stroke-width": "2.5"})
        inner = {"x": _EDGE + 5, "y": top + 5, "width": box["width"] - 10, "height": height - 10}
        _add(group, "rect", inner, {**plain, "stroke-width": "1"})
    else:
        _add(group, "rect", {**box, "rx": 12 if kind == "supplier" else 0}, plain)


def _cut_corners(top: float, height: float) -> str:
    left, right, foot, cut = _EDGE, WIDTH - _EDGE, top + height, 14
    return (
        f"M{left + cut} {top:g}H{right - cut}L{right} {top + cut:g}V{foot - cut:g}"
        f"L{right - cut} {foot:g}H{left + cut}L{left} {foot - cut:g}V{top + cut:g}Z"
    )


def _arrow(group: Tree.Element, tie: Tie, top: float, foot: float) -> None:
    stroke = {"stroke": _INK, "stroke-width": "1.5"}
    if tie.by_name:
        stroke |= {"stroke-dasharray": "5 4"}
    _add(group, "path", {"d": f"M{_SPINE} {top:g}V{foot:g}", "fill": "none"}, stroke)
    if not tie.by_name:
        tip, back = (foot, -9) if tie.downward else (top, 9)
        head = f"M{_SPINE} {tip:g}L{_SPINE - 5} {tip + back:g}H{_SPINE + 5}Z"
        _add(group, "path", {"d": head, "fill": _INK}, {})


def _label(tie: Tie) -> list[_Line]:
    width = WIDTH - _EDGE - _TEXT_AT
    found = [_Line(each) for each in wrap(tie.verb, width, _LABEL, 2)]
    details = show_line("; ".join(tie.details), _LONGEST)
    if details:
        found += [_Line(each) for each in wrap(details, width, _LABEL, 2)]
    if tie.role:
        role = f"“{show_line(tie.role, _LONGEST)}”"
        found += [_Line(each, foreign=True) for each in wrap(role, width, _LABEL, _MOST_ROLE)]
    source = show_line(f"{tie.mark} {tie.source}".strip(), _LONGEST)
    return found + [_Line(each, linked=True) for each in wrap(source, width, _LABEL, 4)]


def _own(text: str, anchor: str) -> dict[str, str]:
    """Return what marks a text of a source: its anchor, its language, and its own direction."""
    right = direction_of(text) == "rtl"
    turned = "end" if right and anchor == "start" else anchor
    marks = {"text-anchor": turned, "direction": "rtl" if right else "ltr"}
    tag = tag_of(text)
    return marks | ({"lang": tag} if tag else {})


def _write(
    group: Tree.Element, text: str, x: float, y: float, size: float, more: Mapping[str, str]
) -> None:
    element = _add(group, "text", {"x": x, "y": y, "font-size": size}, more)
    element.text = text


def _add(
    group: Tree.Element, tag: str, place: Mapping[str, Any], more: Mapping[str, str]
) -> Tree.Element:
    placed = {
        name: f"{value:g}" if isinstance(value, float | int) else str(value)
        for name, value in place.items()
    }
    return Tree.SubElement(group, tag, {**placed, **more})

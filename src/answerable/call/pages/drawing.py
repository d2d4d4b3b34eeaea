"""The pages of a case, drawn: every file that a reader opens, by its name."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from answerable.call.pages.editions import Edition, list_editions, translate_letter
from answerable.call.pages.figures import FigureTable, lay_figures
from answerable.call.pages.first_page import introduce
from answerable.call.pages.layout import Group, Layout, lay_out
from answerable.call.pages.rendering import (
    Values,
    list_first,
    render,
    share_values,
    weigh_claim,
)
from answerable.model.call import CallPage, Letter

_SHARED = {
    "style.css": "templates/style.css",
    "newsreader-latin.woff2": "fonts/newsreader-latin.woff2",
    "newsreader-latin-ext.woff2": "fonts/newsreader-latin-ext.woff2",
    "newsreader-licence.txt": "fonts/OFL.txt",
}


def render_pages(page: CallPage) -> dict[str, bytes]:
    """Return the public pages of a case, each edition of each, with their style and font.

    Nothing that is shown is said by the pages themselves: a claim always stands with its claimant
    and what was answered, words are shown as quoted only where their sealed copy holds them.

    Args:
        page: What is shown. Its texts may come from anybody: they come out inert.

    Returns:
        File name to bytes: `index.html` and the others beside it, `index.de.html` and so on for a
        translation into German; the same page gives the same bytes. All links between them are
        relative, so that any mirror, or a folder on a disk, can hold them.

    Raises:
        ValueError: The language of a translation is no BCP 47 tag.

    Cost:
        A case of 100 claims: about half a second and 300 kB, no page over 100 kB unless one claim
        or the first page's own texts are that long.
    """
    editions = list_editions(page)
    layout = _lay_out(page, editions)
    drawn = {
        edition.file(stem): content
        for edition in editions
        for stem, content in _draw(page, edition, editions, layout)
    }
    return {**drawn, **_read_shared()}


def find_places(page: CallPage) -> dict[str, str]:
    """Return where each entry stands: its anchor (`claim-<name>`, …) to file and anchor.

    Args:
        page: What is shown.

    Returns:
        Addresses relative to the folder, in the original language; entries that are not shown
        have none. An answer is found beside the first claim that it answers.
    """
    editions = list_editions(page)
    return _find_places(page, editions[0], _lay_out(page, editions))


def _find_places(page: CallPage, edition: Edition, layout: Layout) -> dict[str, str]:
    dossier = page.dossier
    homes = {each.name: layout.stem_of(each.name) or "index" for each in dossier.claims}
    places = {f"claim-{name}": edition.file(stem) for name, stem in homes.items()}
    for claim in dossier.claims:
        for answer in claim.answers:
            places.setdefault(f"answer-{answer.id}", edition.file(homes[claim.name]))
    places |= {f"decision-{each.id}": edition.file("index") for each in dossier.decisions}
    places |= {f"ask-{each.id}": edition.file("index") for each in page.asks}
    places |= {f"document-{each.number}": edition.file("documents") for each in dossier.documents}
    places |= {f"correction-{each.id}": edition.file("corrections") for each in page.corrections}
    return {anchor: f"{file}#{anchor}" for anchor, file in places.items()}


def _lay_out(page: CallPage, editions: list[Edition]) -> Layout:
    """Lay claims out so that no edition's pages get too heavy."""
    claims = page.dossier.claims
    weights = {each.name: 0 for each in claims}
    rest = frame = 0
    for edition in editions:
        shared = share_values(page, edition, editions, _place_anywhere)
        for each in claims:
            weights[each.name] = max(weights[each.name], weigh_claim(each, shared))
        drawn = dict(_draw(page, edition, editions, Layout((("claims-1", ()),))))
        figures = len(drawn.get("figures", b""))
        rest = max(rest, len(drawn["index"]) + figures)
        frame = max(frame, len(drawn["claims-1"]))
    return lay_out(claims, weights, rest, frame)


def _place_anywhere(anchor: str) -> str:
    return f"claims-00.html#{anchor}"


def _draw(
    page: CallPage, edition: Edition, editions: list[Edition], layout: Layout
) -> Iterator[tuple[str, bytes]]:
    """Draw the pages of one edition, each with its stem."""
    words = edition.words.of
    places = _find_places(page, edition, layout)
    shared = share_values(page, edition, editions, places.__getitem__)
    figures = lay_figures(page.dossier.figures, shared["claims"])
    shared["menu"] = _list_menu(page, words, layout, figures)

    def draw(stem: str, kind: str, title: str, **values: Any) -> tuple[str, bytes]:
        told = {**shared, "name": stem, "kind": kind, "title": title, **values}
        return stem, render(f"{kind}.html", told)

    yield draw("index", "index", "", **introduce(page, edition, layout, figures))
    yield draw("documents", "documents", words["documents"])
    yield draw("corrections", "corrections", words["corrections"], find=_finder(places))
    if page.letter is not None:
        yield draw("letter", "letter", words["letter"], **_cite(page.letter, page, edition))
    if figures and not layout.is_inline:
        yield draw("figures", "figures", words["figures"], figures=figures)
    for number, (stem, groups) in enumerate(layout.pages, 1):
        told = {"number": number, "total": len(layout.pages)}
        title = words["claims_page"].format(**told)
        yield draw(stem, "claims", title, **_turn(layout, number, groups))


def _list_menu(
    page: CallPage, words: Values, layout: Layout, figures: list[FigureTable]
) -> list[tuple[str, str]]:
    menu = [("index", words["case"])]
    menu += [(stem, words["claims"]) for stem, _ in layout.pages[:1]]
    menu += [("figures", words["figures"])] if figures and not layout.is_inline else []
    menu += [("letter", words["letter"])] if page.letter is not None else []
    return [*menu, ("documents", words["documents"]), ("corrections", words["corrections"])]


def _turn(layout: Layout, number: int, groups: tuple[Group, ...]) -> Values:
    stems = ["", *(stem for stem, _ in layout.pages), ""]
    first = list_first(each for group in groups for each in group.claims)
    return {
        "groups": groups,
        "first": first,
        "earlier": stems[number - 1],
        "later": stems[number + 1],
    }


def _cite(letter: Letter, page: CallPage, edition: Edition) -> Values:
    """Return the letter, and the claims that it rests on as far as they are shown."""
    claims = {each.name: each for each in page.dossier.claims}
    cited = [claims[name] for name in letter.cites if name in claims]
    return {
        "letter": letter,
        "told": translate_letter(edition, letter),
        "cited": cited,
        "first": list_first(cited),
    }


def _finder(places: dict[str, str]) -> Any:
    """Return what finds an entry that a correction names: a claim, an answer or a decision."""

    def find(name: str) -> str | None:
        named = (f"{kind}-{name}" for kind in ("claim", "answer", "decision"))
        return next((places[each] for each in named if each in places), None)

    return find


@cache
def _read_shared() -> dict[str, bytes]:
    folder = files("answerable.call.pages")
    return {name: (folder / path).read_bytes() for name, path in _SHARED.items()}

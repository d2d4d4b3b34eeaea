"""What the first page of a case shows beyond what all its pages do."""

import re

from markupsafe import Markup

from answerable.call.pages.editions import Edition, list_beside
from answerable.call.pages.figures import FigureTable
from answerable.call.pages.layout import Layout
from answerable.call.pages.rendering import Values, find_contact, list_first
from answerable.call.pages.wordings import is_silent
from answerable.engine.shown_text import show_text
from answerable.evidence.packages.markdown import render_markdown
from answerable.exposure.outputs.cells import read_link
from answerable.model.call import CallPage
from answerable.model.dossier import ClaimEntry

_HEADING = re.compile(r"<(/?)h([1-5])>")
_STATES = ("answered", "requested", "silent", "withheld", "none")


def introduce(
    page: CallPage, edition: Edition, layout: Layout, figures: list[FigureTable]
) -> Values:
    """Return what the first page of an edition shows beyond what all pages do."""
    dossier = page.dossier
    inline = figures if layout.is_inline else []
    values: Values = {
        "base": page.base if read_link(page.base) else None,
        "summary": _render_summary(page, edition),
        "not_shown": [(f"not_shown/{n}", each) for n, each in enumerate(dossier.not_said)],
        "figures": inline,
        "inline": layout.is_inline,
        "first": list_first(dossier.claims),
        "register": list_register(layout, edition.words.of),
        "lede": dossier.sentence.removeprefix(f"{dossier.title}: "),
        "decisions": sorted(dossier.decisions, key=lambda each: each.decided_on),
        "contact": find_contact(page.imprint.contact) if page.imprint else None,
        "files": _list_files(list_beside(page, edition), edition.words.of),
    }
    return {**values, "sections": _list_sections(page, edition.words.of, values)}


def _list_sections(page: CallPage, words: Values, values: Values) -> list[tuple[str, str]]:
    shown = {
        "summary": page.dossier.summary,
        "not-shown": values["not_shown"],
        "dates": page.occasions,
        "figures": values["figures"],
        "claims": True,
        "decisions": values["decisions"],
        "opinions": page.opinions,
        "imprint": True,
    }
    labels = {anchor: words[anchor.replace("-", "_")] for anchor in shown}
    return [(anchor, labels[anchor]) for anchor, there in shown.items() if there]


def _list_files(named: dict[str, str], words: Values) -> list[tuple[str, str]]:
    return [(words["file"].get(role, role), name) for role, name in named.items()]


def _render_summary(page: CallPage, edition: Edition) -> Values:
    """Render the summary, its headings one step down: the page's own stand above them."""
    translated = edition.text("summary")
    html = _HEADING.sub(
        lambda found: f"<{found[1]}h{int(found[2]) + 1}>",
        str(render_markdown(show_text(translated or page.dossier.summary))),
    )
    return {"html": Markup(html), "translated": bool(translated)}  # noqa: S704 - escaped there


def list_register(layout: Layout, words: Values) -> list[Values]:
    """Say whom claims are about, how many there are, and what became of the answers."""
    gathered: dict[str, Values] = {}
    for stem, groups in layout.pages:
        for group in groups:
            start = {"name": group.name, "stem": stem, "claims": []}
            start["anchor"] = f"claim-{group.claims[0].name}"
            gathered.setdefault(group.name, start)["claims"] += group.claims
    return [{**entry, "counts": _count(entry["claims"], words)} for entry in gathered.values()]


def _count(claims: list[ClaimEntry], words: Values) -> list[tuple[str, int]]:
    states = [_state_of(each) for each in claims]
    all_of_them = words["count_claim"] if len(claims) == 1 else words["count_claims"]
    counted = [(words[f"count_{state}"], states.count(state)) for state in _STATES]
    return [(all_of_them, len(claims)), *((label, number) for label, number in counted if number)]


def _state_of(claim: ClaimEntry) -> str:
    if claim.answers:
        return "answered"
    if claim.withheld:
        return "withheld"
    if is_silent(claim):
        return "silent"
    return "requested" if claim.requests or claim.answer == "requested" else "none"

"""A finding as a dossier: what a kept screening says of one supplier row, with all it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.dossier.cases import Tell, cover, find_last, measure, name_software
from answerable.dossier.documents import Shelf
from answerable.dossier.entries import enter_claims
from answerable.dossier.figures import set_figures
from answerable.dossier.finding_words import (
    METHOD,
    cover_screening,
    list_limits,
    list_not_said,
    say_finding,
    say_standard,
)
from answerable.dossier.ids import sign_in
from answerable.dossier.reviews import show_changes, show_judgement, show_resolution
from answerable.dossier.standing import Standing, find_cases, hold_to_claims
from answerable.dossier.subjects import list_subjects
from answerable.dossier.timeline import lay_out
from answerable.errors import PackageRefused
from answerable.evidence.exchange.views import CaseView, view_case
from answerable.exposure.judgements.kept import KeptScreening
from answerable.exposure.outputs.words import GROUND_CLASS_WORDS
from answerable.ledger.log import Ledger
from answerable.model.change import RowChange
from answerable.model.dossier import ClaimEntry, Document, Dossier, Moment
from answerable.model.judgement import Judgement, Resolution

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reviews:
    """What people said of a finding, and what differs from an earlier screening.

    Args:
        judgements: Of its matches, in the order of the log; withdrawn and replaced ones say so.
        resolutions: What the buyer resolved, likewise.
        change: What differs from the screening before, None where nothing does.
        before: Id of that screening, None where there is none to compare with.
    """

    judgements: Sequence[Judgement] = ()
    resolutions: Sequence[Resolution] = ()
    change: RowChange | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A finding held to what is filed now.

    Args:
        standing: What of it still stands.
        views: What may be shown of the cases that it rests on.
    """

    standing: Standing
    views: Mapping[str, CaseView]


def hold_finding(line: Line, ledger: Ledger, tell: Tell = lambda *_: None) -> Held:
    """Return a finding as far as it still stands, with what may be shown of its cases.

    Args:
        line: The finding, a line of a kept screening.
        ledger: The ledger of the workspace, in which its claims are as they stand now.
        tell: Told about progress.

    Raises:
        LogFaulty, RecordFaulty, ObjectFaulty, ObjectMissing: Something is not as it was sealed.

    Cost:
        Half a second for each case of 100 claims on which the finding rests.
    """
    cases = find_cases(line)
    views: dict[str, CaseView] = {}
    for done, case in enumerate(cases):
        tell("Reading what was filed", done, len(cases))
        try:
            views[case] = view_case(ledger, case)
        except PackageRefused:  # no such case is in this ledger: nothing of it may be shown
            continue
    return Held(hold_to_claims(line, views), views)


def compose_finding(
    kept: KeptScreening,
    held: Held,
    ledger: Ledger,
    reviews: Reviews | None = None,
    *,
    workspace: str = "",
) -> Dossier:
    """Return what can be shown about one finding of a kept screening.

    It shows who is listed or named, how a supplier may be tied to them, by which sources, who
    claims what and what was answered. It says nothing about wrongdoing, and is no legal advice.
    Where none was found it says what was searched and what was not.

    Args:
        kept: The screening.
        held: One of its findings, as `hold_finding` gave it.
        ledger: The ledger of the workspace.
        reviews: Judgements, resolutions and changes.
        workspace: Name of the workspace.

    Returns:
        The same screening and filings give the same dossier.

    Raises:
        LogFaulty: The log was edited.

    Cost:
        Milliseconds.
    """
    maker = _Maker(kept.manifest, held)
    return sign_in(maker.make(ledger, reviews or Reviews(), workspace))


class _Maker:
    """Puts a dossier together, numbering documents as they are referred to."""

    def __init__(self, manifest: Mapping[str, Any], held: Held) -> None:
        self.manifest = manifest
        self.standing = held.standing
        self.line = held.standing.line
        self.views = held.views
        self.shelf = Shelf()
        coverage = manifest["coverage"]
        self.editions = {
            each["list"]: each for each in (*coverage["lists"], *coverage.get("links", ()))
        }
        self.titles = {
            each["list"]: each["title"] for each in (*coverage["absent"], *self.editions.values())
        }

    def make(self, ledger: Ledger, reviews: Reviews, workspace: str) -> Dossier:
        """Return the dossier, still without its id."""
        manifest, line = self.manifest, self.line
        file = self._place_documents()
        claims = self._enter_claims()
        self._place_rest()
        documents = self.shelf.documents
        more = [*self._listings(), *_reviewed(reviews)]
        return Dossier(
            id="",
            kind="finding",
            title=f"{line['supplier']['name'] or 'A row without a name'}: finding {line['id']}",
            language="en",
            as_of=manifest["as_of"],
            sentence=say_finding(
                line, self.titles, file, manifest["as_of"], self.standing.left_out
            ),
            standard=say_standard(line),
            not_said=list_not_said(line),
            header=self._head(ledger, workspace, reviews),
            finding=line,
            subjects=list_subjects(line),
            claims=claims,
            timeline=lay_out(claims, (), documents, more),
            judgements=tuple(map(show_judgement, reviews.judgements)),
            resolutions=tuple(map(show_resolution, reviews.resolutions)),
            changes=show_changes(reviews.change, claims, whole=not self.standing.left_out),
            documents=documents,
            method=METHOD,
            limits=tuple(
                list_limits(self.standing.left_out, line["problems"], line["more_matches"])
            ),
            coverage=(*cover_screening(manifest), *self._cover_claims(claims, documents)),
            figures=self._set_figures(claims),
        )

    def _place_documents(self) -> str:
        """Place the supplier file and the editions on which the finding rests; name the file."""
        for each in self.manifest["inputs"]:
            self.shelf.place_file(each["name"], each["sha256"], each["rows"])
        for match in self.line["matches"]:
            for listing in match["company"]["listings"]:
                self._place(listing["list"], "names a company of this finding")
        for path in self.line["paths"]:
            for link in path["links"]:
                self._place(link["source"], "states a link of this finding")
        return str(self.manifest["inputs"][0]["name"]) if self.manifest["inputs"] else "the file"

    def _place_rest(self) -> None:
        for list_id in self.editions:
            self._place(list_id, "searched; nothing of it is in this finding")

    def _place(self, list_id: str, why: str) -> None:
        if list_id in self.editions:
            self.shelf.place_edition(self.editions[list_id], why)

    def _enter_claims(self) -> tuple[ClaimEntry, ...]:
        claims = self.standing.claims
        found: list[ClaimEntry] = []
        for case, names in claims.items():
            prefix = f"{case}." if len(claims) > 1 else ""
            found += enter_claims(self.views[case], self.shelf, names, prefix)
        return tuple(found)

    def _cover_claims(
        self, claims: Sequence[ClaimEntry], documents: Sequence[Document]
    ) -> tuple[str, ...]:
        if not claims:
            return ("No filed claim names a company of this finding.",)
        used = {number for each in claims for number in each.documents}
        used |= {n for each in claims for answer in each.answers for n in answer.documents}
        return cover(claims, [each for each in documents if each.number in used])

    def _set_figures(self, claims: Sequence[ClaimEntry]) -> Any:
        if len(self.standing.claims) != 1:
            return ()
        view = self.views[next(iter(self.standing.claims))]
        return set_figures((view.named[each.name].claim for each in claims), claims)

    def _head(self, ledger: Ledger, workspace: str, reviews: Reviews) -> dict[str, Any]:
        manifest = self.manifest
        shown = [self.views[case] for case in self.standing.claims]
        last = find_last(event for view in shown for event in view.events)
        return {
            "workspace": workspace,
            "screening": manifest["screening"],
            "before": reviews.before,
            "software": {**name_software(), "screened_with": manifest["software"]["version"]},
            "matching": manifest["matching"],
            "threshold": manifest["settings"]["threshold"],
            "rule_set": manifest.get("rule_set"),
            "lists": [_digest(each) for each in self.editions.values()],
            "inputs": manifest["inputs"],
            "ledger": measure(ledger, last) if last else None,
        }

    def _listings(self) -> Iterator[Moment]:
        """Give the days on which companies of this finding were listed, as their lists state."""
        for match in self.line["matches"]:
            company = match["company"]
            for listing in company["listings"]:
                if listing["since"]:
                    yield self._listing(company, listing)

    def _listing(self, company: Mapping[str, Any], listing: Mapping[str, Any]) -> Moment:
        edition = self.editions.get(listing["list"], {})
        ground = GROUND_CLASS_WORDS.get(listing["ground_class"], listing["ground_class"])
        title = self.titles.get(listing["list"], listing["list"])
        text = f"Listed {company['caption']} ({title}; class of ground: {ground})."
        return Moment(
            listing["since"], "listing", str(edition.get("issuer") or title), text, "listings"
        )


def _reviewed(reviews: Reviews) -> Iterator[Moment]:
    for judged in reviews.judgements:
        who = judged.name or f"key {judged.by}"
        yield Moment(judged.at[:10], "judgement", who, f"{judged.verdict}: {judged.why}", "reviews")
    for resolved in reviews.resolutions:
        who = resolved.name or f"key {resolved.by}"
        text = f"{resolved.resolution}: {resolved.why}"
        yield Moment(resolved.at[:10], "resolution", who, text, "reviews")


def _digest(edition: Mapping[str, Any]) -> dict[str, Any]:
    names = ("list", "edition", "age_days", "complete", "too_old", "sha256")
    return {name: edition.get(name) for name in names}

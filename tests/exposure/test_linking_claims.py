"""Filed claims as links and nodes."""

from dataclasses import replace
from datetime import date

import pytest

from answerable.evidence.cases.filed import FiledClaim, FiledRebuttal
from answerable.exposure.linking.claims import known_on, read_claimed, read_figure, read_span
from answerable.model import Claim, Party, Rebuttal, Retraction

MILL = Party("Zyxomatic Mills", kind="company")
SHOP = Party("Quorbel Shops", kind="company")
PAPER = Party("The Invented Paper", kind="news")


def filed(predicate: str = "owns", number: int = 1, **more: object) -> FiledClaim:
    fields = {"kind": "fact", "about": MILL, "object": SHOP, "modality": "states", **more}
    retraction = fields.pop("retraction", None)
    rebuttals = fields.pop("rebuttals", ())
    case = fields.pop("case", "mills")
    claim = Claim(
        id=f"c{number}",
        claimant=PAPER,
        predicate=predicate,
        statement="It is so.",
        **fields,  # type: ignore[arg-type]
    )
    record = f"sha256:{number:064d}"
    return FiledClaim(
        id=f"claim:{record}",
        record=record,
        case=str(case),
        at="2026-01-01T00:00:00Z",
        claim=claim,
        sources=(),
        retraction=retraction,  # type: ignore[arg-type]
        rebuttals=rebuttals,  # type: ignore[arg-type]
    )


def test_a_claim_is_known_from_its_first_filing_with_what_answers_and_retracts_it() -> None:
    day = date(2026, 1, 1)
    late = replace(filed("owns", 2), at="2026-01-02T00:00:00Z")
    corrected = replace(late, id="claim:corrected", first_at="2026-01-01T23:59:59Z")
    known, [told] = known_on([filed("owns"), late, corrected], day)
    assert [each.id for each in known] == [filed("owns").id, "claim:corrected"]
    assert told == "1 claim was left out: it was filed after 2026-01-01."
    assert known_on([late], date(2026, 1, 2)) == ([late], ())


@pytest.mark.parametrize(
    ("predicate", "kind", "forward"),
    [
        ("owns", "ownership", True),
        ("controls", "control", True),
        ("supplied", "supply", True),
        ("sources_from", "supply", False),
        ("provided_technology_to", "provision", True),
        ("operates", "operation", True),
        ("tied_to", "unknown", True),
    ],
)
def test_a_predicate_is_a_kind_of_link(predicate: str, kind: str, forward: bool) -> None:
    claimed = read_claimed([filed(predicate)])
    [link] = claimed.links
    names = {node.id: node.caption for node in claimed.nodes}
    ends = (names[link.owner], names[link.target])
    assert link.kind == kind
    assert ends == (
        ("Zyxomatic Mills", "Quorbel Shops") if forward else ("Quorbel Shops", "Zyxomatic Mills")
    )
    assert link.source.origin == "case:mills"
    assert link.source.claim == link.id == f"claim:sha256:{1:064d}"


@pytest.mark.parametrize(
    "claim",
    [
        filed(modality="denies"),
        filed(modality="plans"),
        filed(kind="opinion"),
        filed(kind="comparison"),
        filed(object=None),
        filed("decided"),
        filed("denies"),
        filed(object=MILL),
        filed(retraction=Retraction("c1", "2026-01-02", "The Invented Paper", "It was wrong.")),
    ],
    ids=["denial", "plan", "opinion", "comparison", "no object", "decision", "word of denial",
         "itself", "retracted"],
)  # fmt: skip
def test_what_makes_no_link(claim: FiledClaim) -> None:
    assert read_claimed([claim]).links == ()


def test_a_retracted_claim_names_nobody_and_a_denial_does() -> None:
    gone = filed(retraction=Retraction("c1", "2026-01-02", "The Invented Paper", "It was wrong."))
    assert read_claimed([gone]) == read_claimed([])
    assert len(read_claimed([filed(modality="denies")]).notes) == 2


def test_who_decides_is_not_named_by_that_and_nobody_is_named_as_claimant() -> None:
    state = Party("An Invented Government", kind="government")
    claimed = read_claimed([filed("decided", about=state)])
    names = {node.id: node.caption for node in claimed.nodes}
    assert [names[node] for node in claimed.notes] == ["Quorbel Shops"]


@pytest.mark.parametrize("kind", ["spokesperson", "official", "author", "other"])
def test_natural_persons_and_things_are_ends_of_links_and_not_named(kind: str) -> None:
    claimed = read_claimed([filed(about=Party("Somebody", kind=kind))])
    schemata = {node.caption: node.schema for node in claimed.nodes}
    assert schemata["Somebody"] in ("Person", "Thing")
    assert len(claimed.links) == len(claimed.notes) == 1


def test_a_party_that_was_settled_is_that_company_and_others_are_one_per_case() -> None:
    settled = Party("Mills", company="a_list:1", kind="company")
    claimed = read_claimed(
        [filed(about=settled), filed(number=2), filed(number=3, case="others", about=MILL)]
    )
    assert claimed.links[0].owner == "a_list:1"
    assert claimed.links[1].owner != claimed.links[2].owner
    assert sorted(node.caption for node in claimed.nodes) == [
        "Quorbel Shops", "Quorbel Shops", "Zyxomatic Mills", "Zyxomatic Mills",
    ]  # fmt: skip


def test_a_claim_travels_with_its_answer() -> None:
    rebuttal = Rebuttal("r1", Party("Zyxomatic Mills"), ("c1",), "It is not so.")
    answered = filed(rebuttals=(FiledRebuttal("sha256:1", "2026-01-02T00:00:00Z", rebuttal, ()),))
    note = next(iter(read_claimed([answered]).notes.values()))[0]
    assert note.answer == "answered"
    assert note.rebuttals[0]["statement"] == "It is not so."


def test_ownership_ends_and_a_supply_stays_so_ever_after() -> None:
    owned, supplied = (filed(each, when="2017/2019").claim for each in ("owns", "supplied"))
    links = read_claimed(
        [filed("owns", when=owned.when), filed("supplied", 2, when=supplied.when)]
    ).links
    assert [(link.start, link.end) for link in links] == [("2017", "2019"), ("2017", None)]


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (None, "share not known"),
        ({"unit": "percent", "minimum": 99, "maximum": 99}, "99 %"),
        ({"unit": "per cent", "minimum": 30}, "30 % to 100 %"),
        ({"unit": "percent", "maximum": 10}, "0 % to 10 %"),
        ({"unit": "percent", "minimum": 130}, "share not known"),
        ({"unit": "percent", "minimum": 60, "maximum": 40}, "share not known"),
        ({"unit": "GBP", "minimum": 50}, "share not known"),
    ],
)
def test_a_figure_is_a_share_only_where_it_is_one(
    figure: dict[str, object] | None, words: str
) -> None:
    assert read_figure(figure).words == words


@pytest.mark.parametrize("when", [None, "", "once", "2019/..", "2019"])
def test_a_date_that_is_open_has_no_end(when: str | None) -> None:
    assert read_span(when)[1] is None

"""The entries of a case as fields of sealed records, and back.

A record holds all that is needed to show the entry: its sources with title, publisher and address
stand in it, not only their keys. Words whose source is pending are not in it; in their place stands
a passage with the key of the source alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from answerable.evidence.cases import nouns
from answerable.evidence.cases.quoting import Quoting
from answerable.model.call import Approval, Correction, PageTranslation
from answerable.model.capture import Source
from answerable.model.case import Case, Opinion, PublicDecision
from answerable.model.claim import Claim, Grade, Rebuttal, ReplyRequest, Retraction, Review

Fields = dict[str, Any]
Sources = Mapping[str, Source]

LOCATORS = ("text", "prefix", "suffix", "start", "end", "page")
"""Where a quotation stands; a filed entry does not change when the place is only told anew."""


def seal_description(case: Case) -> Fields:
    """Return the fields of the record of what a case says of itself.

    The order of its claims is among them: it is the editors', and the log has another, since
    answers are logged before the claims that they answer and changed claims after the others.
    """
    return {
        **_head(case.name, "description"),
        "title": case.title,
        "editors": list(case.editors),
        "language": case.language,
        "summary": case.summary,
        "not_shown": list(case.not_shown),
        "claims": [claim.id for claim in case.claims],
    }


def seal_claim(case: str, claim: Claim, sources: Sources) -> Fields:
    """Return the fields of a claim's record; its grade and review have records of their own."""
    fields = _seal_quoting(case, "claim", claim, sources)
    for name in ("claimant", "about", "object"):
        if getattr(claim, name) is not None:
            fields[name] = getattr(claim, name).as_dict()
    return {name: value for name, value in fields.items() if name not in ("grade", "review")}


def seal_rebuttal(case: str, rebuttal: Rebuttal, sources: Sources) -> Fields:
    """Return the fields of a rebuttal's record."""
    return {
        **_seal_quoting(case, "rebuttal", rebuttal, sources),
        "by": rebuttal.by.as_dict(),
    }


def seal_decision(case: str, decision: PublicDecision, sources: Sources) -> Fields:
    """Return the fields of a decision's record."""
    return _seal_quoting(case, "decision", decision, sources)


def seal_judgement(case: str, claim: str, judgement: Grade | Review) -> Fields:
    """Return the fields of the record of a grade or a review of a claim."""
    kind = "grade" if isinstance(judgement, Grade) else "review"
    return {**_head(case, kind), "claim": claim, **nouns.show_noun(judgement)}


def seal_request(case: str, reply: ReplyRequest) -> Fields:
    """Return the fields of the record of a request for an answer."""
    return {**_head(case, "reply_request"), **nouns.show_noun(reply), "to": reply.to.as_dict()}


Plain = Retraction | Opinion | Approval | Correction


def seal_plain(case: str, entry: Plain) -> Fields:
    """Return the fields of the record of a retraction, view, approval or correction."""
    kind = type(entry).__name__.lower()
    return {**_head(case, kind), **nouns.show_noun(entry)}


def seal_call(case: Case) -> Fields:
    """Return the fields of the record of what a case's page asks for; its approval has its own."""
    fields = {
        "asks": [nouns.show_noun(each) for each in case.asks],
        "dates": [nouns.show_noun(each) for each in case.dates],
        "letter": nouns.show_noun(case.letter) if case.letter else None,
        "imprint": nouns.show_noun(case.imprint) if case.imprint else None,
        "share": case.share,
    }
    return {**_head(case.name, "call"), **{n: v for n, v in fields.items() if v}}


def seal_translation(case: str, page: PageTranslation) -> Fields:
    """Return the fields of the record of a translation of a page."""
    parts = [list(part) for part in page.parts]
    return {
        **_head(case, "translation"),
        **nouns.show_noun(replace(page, parts=())),
        "parts": parts,
    }


def open_call(fields: Fields) -> Case:
    """Return what a case's page asks for, as a case that holds nothing else."""
    return Case(
        name=fields["case"],
        title="",
        editors=(),
        asks=tuple(nouns.make_ask(each) for each in fields.get("asks", ())),
        dates=tuple(nouns.make_occasion(each) for each in fields.get("dates", ())),
        letter=nouns.make_letter(fields["letter"]) if "letter" in fields else None,
        imprint=nouns.make_imprint(fields["imprint"]) if "imprint" in fields else None,
        share=fields.get("share"),
    )


def open_approval(fields: Fields) -> Approval:
    """Return the approval of a record."""
    return nouns.make_approval(_body(fields))


def open_correction(fields: Fields) -> Correction:
    """Return the correction of a record."""
    return nouns.make_correction(_body(fields))


def open_translation(fields: Fields) -> PageTranslation:
    """Return the translation of a record."""
    parts = tuple((place, text) for place, text in fields["parts"])
    return PageTranslation(**{**_body(fields), "parts": parts})


def _head(case: str, kind: str) -> Fields:
    return {"schema": f"answerable.{kind}/1", "case": case}


def _seal_quoting(case: str, kind: str, entry: Quoting, sources: Sources) -> Fields:
    located = [passage.as_dict() for passage in entry.passages if not passage.is_pending]
    pending = [{"source": key} for key in entry.sources if sources[key].capture is None]
    return {
        **_head(case, kind),
        **nouns.show_noun(entry),
        "passages": located + pending,
        "sources": [sources[key].as_dict() for key in entry.sources],
    }


def open_sources(fields: Fields) -> tuple[Source, ...]:
    """Return the sources that a record holds."""
    return tuple(Source(**each) for each in fields.get("sources", ()))


def open_claim(fields: Fields) -> Claim:
    """Return the claim of a record, without grade and review."""
    return nouns.make_claim(_open_quoting(fields), _captures(fields))


def open_rebuttal(fields: Fields) -> Rebuttal:
    """Return the rebuttal of a record."""
    return nouns.make_rebuttal(_open_quoting(fields), _captures(fields))


def open_decision(fields: Fields) -> PublicDecision:
    """Return the decision of a record."""
    return nouns.make_decision(_open_quoting(fields), _captures(fields))


def open_grade(fields: Fields) -> Grade:
    """Return the grade of a record."""
    return nouns.make_grade(_body(fields, "claim"))


def open_review(fields: Fields) -> Review:
    """Return the review of a record."""
    return Review(**_body(fields, "claim"))


def open_request(fields: Fields) -> ReplyRequest:
    """Return the request for an answer of a record."""
    return nouns.make_reply(_body(fields))


def open_retraction(fields: Fields) -> Retraction:
    """Return the retraction of a record."""
    return nouns.make_retraction(_body(fields))


def open_opinion(fields: Fields) -> Opinion:
    """Return the view of a record."""
    return nouns.make_opinion(_body(fields))


def _body(fields: Fields, *more: str) -> Fields:
    return {n: value for n, value in fields.items() if n not in ("schema", "case", *more)}


def _open_quoting(fields: Fields) -> Fields:
    keys = [each["key"] for each in fields.get("sources", ())]
    quoted = [each for each in fields.get("passages", ()) if "quote" in each]
    return {**_body(fields), "sources": keys, "passages": quoted}


def _captures(fields: Fields) -> dict[str, str | None]:
    return {source.key: source.capture for source in open_sources(fields)}


def is_same(one: Fields, other: Fields) -> bool:
    """Tell whether two records say the same, wherever their quotations were located.

    Example:
        >>> is_same({"passages": [{"quote": "a", "start": 4}]}, {"passages": [{"quote": "a"}]})
        True
    """
    return _without_locators(one) == _without_locators(other)


def _without_locators(fields: Fields) -> Fields:
    passages = [
        {name: value for name, value in each.items() if name not in LOCATORS}
        for each in fields.get("passages", ())
    ]
    return {**fields, "passages": passages}

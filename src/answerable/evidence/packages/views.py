"""The records of a package, arranged for a reader: answers beside the claims that they answer."""

from collections.abc import Mapping
from typing import Any

from answerable.evidence.packages.contents import Contents, find_parts
from answerable.evidence.packages.figures import tabulate_figures
from answerable.evidence.packages.markdown import render_markdown
from answerable.evidence.packages.verifier import path_of
from answerable.evidence.packages.words import (
    ABSENT,
    KINDS,
    MODALITIES,
    QUOTED,
    WAYS,
    say_asked,
    say_figure,
    say_grade,
    say_outcome,
    say_review,
)
from answerable.evidence.problem_words import say_problem
from answerable.ledger.records import Record

Values = dict[str, Any]
Quoted = Mapping[tuple[str, int], str]
"""Record and number of a passage in it, from 0, to its state, one of `QUOTED`."""

ABOUT = ("claimant", "about", "object")
_WITHHELD = {"name": "withheld", "interest": None}


def arrange(contents: Contents, quoted: Quoted, entries: int) -> Values:
    """Return what the page of a package shows.

    Args:
        contents: What the package holds; fields that it withholds are not used.
        quoted: What became of the quotations; those that are not `ok` or `unverifiable` are
            shown without their words.
        entries: Size of the log at the checkpoint.
    """
    view = _View(contents, quoted)
    about = next((record.values for record in view.of("description")), {})
    claims = _put_in_order(view.newest("claim"), about.get("claims"))
    shown = {name: view.show_claim(record) for name, record in claims.items()}
    loose = [r for r in view.rebuttals.values() if not set(_list(r, "answers")) & claims.keys()]
    return {
        "title": about.get("title") or contents.name,
        "language": "en",
        "written_in": about.get("language") or "en",
        "editors": about.get("editors") or (),
        "summary": render_markdown(str(about.get("summary") or "")),
        "not_shown": about.get("not_shown") or (),
        "entries": entries,
        "sealed_at": contents.events[-1].at if contents.events else "",
        "counts": view.count(),
        "claims": list(shown.values()),
        "figures": tabulate_figures([each.values for each in claims.values()], shown)["tables"],
        "answers": [view.show_answer(record) for record in loose],
        "decisions": [view.show_quoting(record) for record in view.newest("decision").values()],
        "opinions": [_show_opinion(record) for record in view.of("opinion")],
        "captures": [view.show_capture(record) for record in view.of("capture")],
    }


def _put_in_order(claims: Mapping[str, Record], named: Any) -> dict[str, Record]:
    """Put claims in the order that their editors gave them; others follow as they were filed."""
    order = [name for name in named if name in claims] if isinstance(named, list) else []
    return {name: claims[name] for name in dict.fromkeys([*order, *claims])}


class _View:
    """The newest records by kind, with what is known of their quotations."""

    def __init__(self, contents: Contents, quoted: Quoted) -> None:
        self.contents = contents
        self.quoted = quoted
        self.objects = set(contents.objects)
        self.before = {str(event.refs.get("before")) for event in contents.events}
        self.acts = {event.obj: event for event in contents.events}
        self.kinds: dict[str, list[Record]] = {}
        for record in contents.records:
            kind = str(record.values.get("schema")).partition("/")[0]
            self.kinds.setdefault(kind.removeprefix("answerable."), []).append(record)
        self.rebuttals = self.newest("rebuttal")

    def of(self, kind: str) -> list[Record]:
        """Return the records of a kind which no later one follows."""
        return [each for each in self.kinds.get(kind, ()) if each.id not in self.before]

    def newest(self, kind: str) -> dict[str, Record]:
        """Return the same by the name that each bears in the case."""
        return {str(each.values.get("id", each.id)): each for each in self.of(kind)}

    def count(self) -> list[tuple[str, int]]:
        """Return what there is, in words and numbers."""
        shown = [*self.of("claim"), *self.of("rebuttal"), *self.of("decision")]
        pending = {str(each.get("key")) for record in shown for each in _pending(record)}
        return [
            ("Claims", len(self.of("claim"))),
            ("Answers", len(self.of("rebuttal"))),
            ("Quotations that stand in a sealed text", list(self.quoted.values()).count("ok")),
            ("Sources not captured yet", len(pending)),
            ("Sealed copies", len(self.of("capture"))),
        ]

    def show_claim(self, record: Record) -> Values:
        """Return a claim with all that travels with it."""
        name = str(record.values.get("id", record.id))
        values = self.show_quoting(record)
        requests = [r for r in self.of("reply_request") if name in _list(r, "about")]
        answers = [self.show_answer(r) for r in self.of("rebuttal") if name in _list(r, "answers")]
        return {
            **values,
            "anchor": f"claim-{name}",
            "kind_words": KINDS.get(values["kind"], "Claim"),
            "modality": MODALITIES.get(values["modality"], ""),
            "figure": say_figure(values["figure"]),
            "grades": [say_grade(r.values) for r in self._judging("grade", name)],
            "reviews": [say_review(r.values) for r in self._judging("review", name)],
            "retraction": self._retraction(name),
            "contested": [self._contest(each) for each in _list(record, "contested_by")],
            "answers": answers,
            "asked": [
                say_asked(each.values, answers=self._answers(each, name)) for each in requests
            ],
            "answer": self._say_answer(name, bool(answers), requests),
        }

    def _say_answer(self, claim: str, is_answered: bool, requests: list[Record]) -> str:
        """Say in a few words whether a claim is answered, or was put to anybody."""
        if is_answered:
            return "answered"
        told = [
            say_outcome(
                str(each.values.get("outcome", "awaiting")), answers=self._answers(each, claim)
            )
            for each in requests
        ]
        return f"asked; {'; '.join(dict.fromkeys(told))}" if told else "none found in our sources"

    def _answers(self, request: Record, claim: str) -> bool:
        """Tell whether the answer to a request is, as far as is shown, one to this claim."""
        answer = self.rebuttals.get(str(request.values.get("answer")))
        return answer is None or "answers" in answer.withheld or claim in _list(answer, "answers")

    def show_answer(self, record: Record) -> Values:
        """Return an answer; whoever gave it may be withheld."""
        values = self.show_quoting(record)
        return {**values, "by": values["by"] or _WITHHELD}

    def show_quoting(self, record: Record) -> Values:
        """Return the fields of a record that quotes, with its sources beside the quotations."""
        sources = {str(each.get("key")): _source(each) for each in _maps(record, "sources")}
        passages = [
            self._show_passage(record, number, passage, sources)
            for number, passage in enumerate(_maps(record, "passages"))
            if passage.get("quote")
        ]
        quoted = {str(each.get("source")) for each in _maps(record, "passages")}
        pending = [_source(each) for each in _pending(record)]
        others = [each for key, each in sources.items() if key not in quoted and each["capture"]]
        values: Values = dict.fromkeys(_FIELDS)
        values |= record.values
        values |= {name: values[name] or _WITHHELD for name in ("claimant", "about")}
        for name in (*ABOUT, "by"):
            values[name] = _party(values[name])
        values |= {"passages": passages, "pending": pending, "other_sources": others}
        return {**values, "withheld": record.withheld}

    def _show_passage(
        self, record: Record, number: int, passage: Values, sources: Mapping[str, Values]
    ) -> Values:
        state = self.quoted.get((record.id, number), "unverifiable")
        shown = state in ("ok", "unverifiable")
        return {
            "state": state,
            "says": QUOTED.get(state, QUOTED["lost"]),
            "quote": passage.get("quote") if shown else None,
            "translation": passage.get("translation") if shown else None,
            "language": passage.get("language"),
            "page": passage.get("page"),
            "source": sources.get(str(passage.get("source")), _source({})),
        }

    def _judging(self, kind: str, claim: str) -> list[Record]:
        return [each for each in self.of(kind) if each.values.get("claim") == claim]

    def _retraction(self, claim: str) -> Values | None:
        for record in self._judging("retraction", claim):
            return {"on": "a day that is withheld", "by": None, "why": "withheld", **record.values}
        return None

    def _contest(self, name: Any) -> Values:
        record = self.newest("claim").get(str(name))
        says = record.values.get("statement", name) if record else name
        return {"anchor": f"claim-{name}" if record else "", "says": says}

    def show_capture(self, record: Record) -> Values:
        """Return a capture with its parts, and where each lies in the package."""
        values = record.values
        parts = [
            part for capture, part in find_parts(self.contents.records) if capture == record.id
        ]
        return {
            "title": values.get("title") or self._title_of(record.id) or "A sealed copy",
            "url": values.get("url") or "withheld",
            "captured_at": values.get("captured_at") or "withheld",
            "way": WAYS.get(str(values.get("via")), "a way that is withheld"),
            "problems": [say_problem(str(each)) for each in _list(record, "problems")],
            "parts": [self._show_part(part) for part in parts],
        }

    def _title_of(self, capture: str) -> str:
        """Return the title under which a case cites a capture, empty where none does."""
        for record in self.contents.records:
            for source in _maps(record, "sources"):
                if source.get("capture") == capture and source.get("title"):
                    return str(source["title"])
        return ""

    def _show_part(self, part: Values) -> Values:
        object_id = str(part.get("object"))
        path = path_of("objects", object_id) if object_id in self.objects else ""
        absent = ABSENT.get(self.contents.left_out.get(object_id, ""), "not in this package")
        size = part.get("size")
        return {
            "role": part.get("role") or "part",
            "media_type": part.get("media_type") or "unknown",
            "size": size if isinstance(size, int) else 0,
            "path": path,
            "absent": absent,
        }


_FIELDS = (
    "kind modality statement object place when figure by said_on "
    "body decided_on decision ground citation not_ground claimant about"
).split()


def _maps(record: Record, name: str) -> list[Values]:
    return [each for each in _list(record, name) if isinstance(each, dict)]


def _list(record: Record, name: str) -> list[Any]:
    value = record.values.get(name)
    return value if isinstance(value, list) else []


def _pending(record: Record) -> list[Values]:
    return [each for each in _maps(record, "sources") if each.get("capture") is None]


def _source(source: Values) -> Values:
    names = ("title", "publisher", "url", "published", "note", "pending", "capture")
    shown = {name: source.get(name) for name in names}
    url = str(shown["url"] or "")
    shown["url"] = url if url.startswith(("https://", "http://")) else None
    return {**shown, "title": shown["title"] or "A source that is withheld"}


def _party(value: Any) -> Values | None:
    if value is None:
        return None
    party = value if isinstance(value, dict) else {"name": value}
    return {"name": party.get("name"), "interest": party.get("interest")}


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _show_opinion(record: Record) -> Values:
    values = {"by": "withheld", "on": "", "text": "withheld", **record.values}
    return {**values, "paragraphs": _paragraphs(values["text"])}

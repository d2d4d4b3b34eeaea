"""Cases for Hypothesis, with awkward letters, such that their files have the right form."""

from datetime import date

from hypothesis import strategies as st

from answerable.evidence.cases.forms import party_kinds
from answerable.evidence.cases.vocabulary import predicates
from answerable.model.capture import Source
from answerable.model.case import Case, Opinion, PublicDecision
from answerable.model.claim import (
    Claim,
    Grade,
    Party,
    Rebuttal,
    ReplyRequest,
    Retraction,
    Review,
)
from answerable.model.passage import Passage, Translation

AWKWARD = (
    """on no null ~ 2017 1e3 0x1F # ' " &a *a !t % true = << 😀 新疆 شركة 2020-07-14""".split()
)
AWKWARD += ["- a", "a: b", "a\u2003b", "a  b", " a", "a ", "a #b"]
keys = st.text("a1._-", max_size=6).map(lambda text: f"k{text}")
letters = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cf"])
lines = st.sampled_from(AWKWARD) | st.text(letters, max_size=4).map(lambda text: f"{text}x{text}")
texts = lines | lines.map(lambda line: f"{line}\n {line}\n\nb")
days = st.dates(min_value=date(1000, 1, 1)).map(lambda day: day.isoformat())
years = st.integers(1000, 9999).map(str)
moments = days | years | days.map(lambda day: day[:7])
languages = st.sampled_from(["en", "zh-Hans", "ug", "ar"])
objects = st.integers(0, 2**256 - 1).map(lambda number: f"sha256:{number:064x}")
maybe = st.none


def key_lists(known: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(known), unique=True, max_size=3).map(tuple)


parties = st.builds(
    Party,
    name=lines,
    company=maybe() | st.just("test:1"),
    kind=maybe() | st.sampled_from(party_kinds()),
    interest=maybe() | texts,
)
grades = st.builds(
    Grade,
    reliability=st.sampled_from("ABCDEF"),
    credibility=st.sampled_from([1, 2, 3, 4, 5, 6]),
    by=lines,
    on=days,
    why=texts,
    corroborated_by=key_lists(["a", "b"]),
)
figures = st.fixed_dictionaries(
    {"unit": lines},
    optional={
        "minimum": st.integers(0, 2**53 - 1),
        "maximum": st.integers(0, 2**53 - 1),
        "of": lines,
        "as_of": moments,
        "words": lines,
    },
)
sources = st.builds(
    Source,
    key=keys,
    title=lines,
    publisher=lines,
    url=maybe() | st.just("https://lakeside.example/a?b=c#d"),
    published=maybe() | moments,
    language=maybe() | languages,
    capture=maybe() | objects,
    pending=maybe() | texts,
    note=maybe() | texts,
)


def passages(known: dict[str, str | None]) -> st.SearchStrategy[tuple[Passage, ...]]:
    translations = st.builds(
        Translation, text=texts, language=languages, by=lines, machine=st.booleans()
    )
    one = st.builds(
        lambda key, **rest: Passage(source=key, capture=known[key], **rest),
        key=st.sampled_from(sorted(known)),
        quote=texts,
        text=maybe() | objects,
        prefix=st.just("") | lines,
        suffix=st.just("") | lines,
        start=maybe() | st.integers(0, 10**9),
        end=maybe() | st.integers(0, 10**9),
        page=maybe() | st.integers(1, 1000),
        language=maybe() | languages,
        translation=maybe() | translations,
    )
    return st.lists(one, max_size=1).map(tuple)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case; the sources of an entry are those of its passages, and perhaps others."""
    listed = draw(st.lists(sources, min_size=1, max_size=2, unique_by=lambda each: each.key))
    known = {source.key: source.capture for source in listed}
    quoted = passages(known)

    def resting(quotes: tuple[Passage, ...]) -> tuple[str, ...]:
        own = draw(key_lists(sorted(known)))
        return tuple(dict.fromkeys((*own, *(each.source for each in quotes))))

    claims = []
    for _ in range(draw(st.integers(0, 1))):
        quotes = draw(quoted)
        claim = st.builds(
            Claim,
            id=keys,
            claimant=parties,
            kind=st.sampled_from(["fact", "opinion", "comparison"]),
            about=parties,
            predicate=st.sampled_from(sorted(predicates())),
            statement=texts,
            modality=st.sampled_from(["states", "alleges", "denies"]),
            passages=st.just(quotes),
            sources=st.just(resting(quotes)),
            object=maybe() | parties,
            place=maybe() | lines,
            when=maybe() | moments | st.just("2017/.."),
            figure=maybe() | figures,
            grade=maybe() | grades,
            review=maybe() | st.builds(Review, by=lines, on=days, meaning=texts, basis=texts),
            contested_by=key_lists(["x", "y"]),
        )
        claims.append(draw(claim))
    answers = draw(quoted)
    ground = draw(quoted)
    return Case(
        name="lakeside",
        title=draw(lines),
        editors=tuple(draw(st.lists(lines, min_size=1, max_size=2))),
        language=draw(languages),
        summary=draw(st.just("") | texts),
        not_shown=tuple(draw(st.lists(texts, max_size=2))),
        sources=tuple(listed),
        claims=tuple(claims),
        rebuttals=(
            Rebuttal(draw(keys), draw(parties), ("x",), draw(texts), answers, resting(answers)),
        ),
        replies=(
            ReplyRequest(draw(parties), ("x", "y"), draw(days), draw(lines), draw(days)),
            ReplyRequest(
                draw(parties), ("x",), draw(days), draw(lines), draw(days), "answered", "z"
            ),
        ),
        retractions=(Retraction("x", draw(days), draw(lines), draw(texts)),),
        decisions=(
            PublicDecision(
                draw(keys),
                draw(lines),
                draw(days),
                draw(texts),
                draw(texts),
                citation=draw(maybe() | lines),
                passages=ground,
                sources=resting(ground),
                not_ground=draw(maybe() | texts),
            ),
        ),
        opinions=(Opinion(draw(lines), draw(days), draw(texts)),),
    )

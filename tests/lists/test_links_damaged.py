"""Files of links that are damaged or hostile: named problems, or one error that says what to do."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.errors import CardFaulty, ListUnreadable, TableError
from answerable.lists.cards import load_card
from answerable.lists.links.gathering import MOST_ALIKE, LinkReading
from answerable.lists.links.readers import read_links
from answerable.model import WHOLE, Card

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "links"
CARD = replace(load_card(FIXTURES / "table" / "card.yaml"), id="my_links")
SAMPLES = {
    "bods": "bods/history.json",
    "ftm": "ftm/ties.ftm.json",
    "gleif_rr": "gleif/rr.csv",
    "links_table": "table/owners.csv",
    "uk_psc": "psc/snapshot.txt",
}


def read(path: Path, reader: str) -> LinkReading:
    return read_links({"list": path}, replace(CARD, reader=reader))


def assert_sound(reading: LinkReading) -> None:
    """What holds for any reading: shares in range, ends apart, ids once, every end a text."""
    links, nodes, _ = reading
    for link in links:
        assert link.owner != link.target
        assert link.source.origin == "my_links"
        if link.share is not None:
            assert 0 <= link.share.low <= link.share.high <= WHOLE
    assert len({link.id for link in links}) == len(links)
    assert len({node.id for node in nodes}) == len(nodes)
    assert all(node.names and node.names[0].value for node in nodes)
    assert all(
        not (node.addresses or node.identifiers) for node in nodes if node.schema == "Person"
    )


@pytest.mark.parametrize("reader", SAMPLES)
def test_bytes_changed_at_random(reader: str, tmp_path: Path) -> None:
    data = (FIXTURES / SAMPLES[reader]).read_bytes()
    chance = random.Random(20261124)  # noqa: S311 no secret
    path = tmp_path / "list.csv"
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.choice([len(damaged), chance.randrange(len(damaged))])])
        try:
            assert_sound(read(path, reader))
        except (ListUnreadable, TableError, CardFaulty):
            continue


KEYS = [
    "statementId", "recordId", "recordType", "recordStatus", "recordDetails", "statementDate",
    "subject", "interestedParty", "interests", "share", "exact", "type", "startDate", "endDate",
    "componentRecords", "statementID", "statementType", "replacesStatements", "source", "url",
    "reason", "names", "identifiers", "company_number", "data", "kind", "natures_of_control",
    "notified_on", "ceased_on", "links", "self", "name", "identification", "id", "schema",
    "properties", "owner", "asset", "percentage",
]  # fmt: skip
WORDS = [
    "entity", "person", "relationship", "closed", "2020-01-01", "2020", "Invented", "shareholding",
    "ownershipOrControlStatement", "individual-person-with-significant-control", "Ownership",
    "Company", "voting-rights-25-to-50-percent", "a", "b", "", "50", "exemptions",
]  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers(-200, 200) | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8)
    ),
    max_leaves=25,
)
statements = st.fixed_dictionaries(
    {"recordId": st.sampled_from("abc"), "recordType": st.just("relationship")},
    optional={
        "recordStatus": st.sampled_from(["new", "updated", "closed"]),
        "statementDate": st.sampled_from(["2020-01-01", "2021-01-01", "2021-01-01T05:00:00Z", "x"]),
        "recordDetails": st.fixed_dictionaries(
            {"subject": st.sampled_from("abc"), "interestedParty": st.sampled_from("abc")},
            optional={"interests": st.lists(values, max_size=2), "componentRecords": values},
        ),
        "source": values,
    },
)


@pytest.mark.parametrize("reader", ["bods", "uk_psc", "ftm"])
@given(items=st.lists(statements | values, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
def test_any_json(reader: str, items: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "any.json"
    path.write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    try:
        reading = read(path, reader)
    except ListUnreadable:
        return
    assert_sound(reading)


ARRAYS = {
    "cut in the middle of a value": '[{"recordId": "a"',
    "cut behind a value": '[{"recordId": "a"}',
    "two values without a comma": '[{"a": 1} {"b": 2}]',
    "a number that is none": '[{"a": NaN}]',
    "not UTF-8": "[\udcff]",
    "empty": "",
    "an empty array": "[]",
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("case", ARRAYS)
def test_a_broken_array_is_refused_whole(case: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(ARRAYS[case].encode("utf-8", "surrogateescape"))
    with pytest.raises(ListUnreadable, match=r"broken\.json"):
        read(path, "bods")


@pytest.mark.parametrize("reader", SAMPLES)
def test_a_missing_file_is_named(reader: str, tmp_path: Path) -> None:
    with pytest.raises((ListUnreadable, TableError), match="gone"):
        read(tmp_path / "gone.csv", reader)


def test_an_array_over_many_chunks_is_as_one_in_lines(tmp_path: Path) -> None:
    filler = "x" * 3_000
    items = [
        {"recordId": f"e{n}", "recordType": "entity", "recordDetails": {"name": f"{n} é {filler}"}}
        for n in range(800)
    ]
    array, lines = tmp_path / "array.json", tmp_path / "lines.json"
    array.write_text("\ufeff " + json.dumps(items, ensure_ascii=False, indent=1), encoding="utf-8")
    lines.write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    assert read(array, "bods") == read(lines, "bods")
    assert len(read(array, "bods")[1]) == 800


def test_a_number_that_would_fill_the_machine_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    share = '{"exact": 1e-999999999}, "type": "shareholding"'
    path.write_text(
        '[{"recordId": "r", "recordType": "relationship", "recordDetails": {"subject": "a", '
        f'"interestedParty": "b", "interests": [{{"share": {share}}}]}}}}]'
    )
    _, _, problems = read(path, "bods")
    assert "between 0 and 100" in problems[-1].sentence


def test_problems_of_one_kind_are_counted_beyond_a_thousand(tmp_path: Path) -> None:
    path = tmp_path / "many.txt"
    line = '{"company_number": "01234567", "data": {"kind": "comet"}}\n'
    good = '{"company_number": "01234567", "data": {"kind": "exemptions"}}\n'
    path.write_text(line * (MOST_ALIKE + 500) + good)
    _, _, problems = read(path, "uk_psc")
    assert sum(each.row is not None for each in problems) == MOST_ALIKE
    assert any(each.sentence.startswith("500 more rows") for each in problems)


def test_nobody_is_known_by_birthday_or_address(tmp_path: Path) -> None:
    """Of natural persons the name as stated is kept, and nothing else that the files hold."""
    for reader in ("bods", "uk_psc", "ftm"):
        shown = repr(read(FIXTURES / SAMPLES[reader], reader))
        assert "1970" not in shown
        assert "Home" not in shown


def test_a_card_without_an_owner_is_refused(shared_card: Callable[..., Card]) -> None:
    card = shared_card(columns={"target": "Owned company"})
    with pytest.raises(CardFaulty, match=r"columns\.owner"):
        read_links({"list": FIXTURES / SAMPLES["links_table"]}, card)


def test_a_card_with_a_strange_column_is_refused(shared_card: Callable[..., Card]) -> None:
    card = shared_card(columns={"owner": "Owner", "target": "Owned company", "share": "Shares"})
    with pytest.raises(CardFaulty, match=r"columns\.share.*'Stake'"):
        read_links({"list": FIXTURES / SAMPLES["links_table"]}, card)


@pytest.mark.parametrize(
    ("part", "share"),
    [("0.5", (50_000_000, 50_000_000)), ("1/3", (33_333_333, 33_333_334)), ("50", (0, WHOLE))],
)
def test_shares_as_parts_of_one(
    part: str, share: tuple[int, int], tmp_path: Path, shared_card: Callable[..., Card]
) -> None:
    path = tmp_path / "parts.csv"
    path.write_text(f"Owner,Owned,Part\nInvented A,Invented B,{part}\n")
    columns = {"owner": "Owner", "target": "Owned", "share": "Part"}
    card = shared_card(columns=columns, options={"share_unit": "fraction"})
    [link], _, _ = read_links({"list": path}, card)
    assert link.share is not None
    assert (link.share.low, link.share.high) == share


@pytest.fixture
def shared_card() -> Callable[..., Card]:
    return lambda **changes: replace(CARD, reader="links_table", **changes)


def test_parts_of_a_snapshot_are_held_to_its_totals_together(tmp_path: Path) -> None:
    lines = (FIXTURES / SAMPLES["uk_psc"]).read_text().splitlines(keepends=True)
    parts = {f"part{n}": tmp_path / f"{n}.txt" for n in (1, 2)}
    parts["part1"].write_text("".join(lines[:5]))
    parts["part2"].write_text("".join(lines[5:]))
    card = replace(CARD, reader="uk_psc")
    together, whole = read_links(parts, card), read(FIXTURES / SAMPLES["uk_psc"], "uk_psc")
    assert together[:2] == whole[:2]
    sentences = [[problem.sentence for problem in each[2]] for each in (together, whole)]
    assert sentences[0] == sentences[1]
    alone = read_links({"part1": parts["part1"]}, card)
    assert "may be cut" in alone[2][-1].sentence

"""Laws: ids do not hang on the order of rows, reading twice is the same, caches lose nothing."""

import csv
import io
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.lists.cache import read_cache, write_cache
from answerable.lists.cards import known_cards
from answerable.lists.persons import is_person
from answerable.lists.readers import read_files
from answerable.lists.reading import Draft, hash_id, read_date, split_cell, stamp_edition, tidy
from answerable.lists.remarks import read_remarks
from answerable.model import Company, Identifier, Listing, Name, PrintedLink, Problem

TEXT = st.text("ABZabzéøßİ .,;&()'\"-华為公司شركةАЯ\u200f\u3000\x00\n", max_size=24)
CELLS = TEXT.map(lambda text: text.replace("\x00", ""))  # NUL: see tests of reading tables
ROWS = st.lists(
    st.tuples(CELLS, CELLS, st.sampled_from(["CN", "GB;HK", "", "Erewhon"]), st.sampled_from("12")),
    min_size=1,
    max_size=8,
)
CARD = known_cards()["us_bis_entity_list"]
COLUMNS = ("name", "aliases", "countries", "federal_register")
REST = ("addresses", "start_date", "source_url", "snapshot_date")


def read_rows(rows: list[tuple[str, ...]]) -> tuple[Company, ...]:
    text = io.StringIO()
    csv.writer(text).writerows([(*COLUMNS, *REST), *((*row, "", "", "", "") for row in rows)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        companies, problems = read_files({"list": path}, CARD)
        assert read_files({"list": path}, CARD) == (companies, problems)
    nameless = sum("no name" in each.sentence for each in problems)
    assert len(companies) + nameless == len([row for row in rows if "".join(row).strip()])
    return companies


@settings(max_examples=40)
@given(ROWS, st.randoms(use_true_random=False))
def test_ids_do_not_hang_on_the_order_of_rows(rows: list[tuple[str, ...]], random: Random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    before, after = read_rows(rows), read_rows(shuffled)
    assert {each.id: each for each in before} == {each.id: each for each in after}
    assert len({each.id for each in before}) == len(before)


IDENTIFIERS = st.builds(
    Identifier, TEXT, TEXT, st.none() | st.sampled_from(["gb", "cn"]), st.booleans()
)
LISTINGS = st.builds(
    Listing,
    list=TEXT,
    edition=st.just("2025-01-01"),
    ground=st.none() | TEXT,
    programs=st.lists(TEXT, max_size=2).map(tuple),
    since=st.none() | st.just("2020"),
    status=st.sampled_from(["listed", "removed"]),
)
NAMES = st.builds(Name, TEXT, st.sampled_from(["name", "alias"]))
MAYBE = st.none() | TEXT
LINKS = st.builds(PrintedLink, TEXT, TEXT, TEXT, MAYBE, MAYBE, st.just("2025-01-01"))
COMPANIES = st.builds(
    Company,
    id=TEXT,
    schema=st.sampled_from(["Company", "Person"]),
    names=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    countries=st.lists(st.sampled_from(["gb", "cn"]), max_size=2).map(tuple),
    addresses=st.lists(TEXT, max_size=2).map(tuple),
    identifiers=st.lists(IDENTIFIERS, max_size=2).map(tuple),
    listings=st.lists(LISTINGS, max_size=2).map(tuple),
    links=st.lists(LINKS, max_size=2).map(tuple),
)


@settings(max_examples=40)
@given(st.lists(COMPANIES, max_size=5), st.lists(TEXT, max_size=3))
def test_cache_gives_back_what_it_took(companies: list[Company], sentences: list[str]) -> None:
    problems = tuple(Problem(sentence, row=3) for sentence in sentences)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "build" / "cache.jsonl"
        write_cache(path, (tuple(companies), problems))
        assert read_cache(path, "2025-01-01") == (
            stamp_edition(companies, "2025-01-01"),
            problems,
        )


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert read_date(text) is None or text.strip().startswith(str(read_date(text)))
    read_remarks(text)
    is_person(text)
    draft = Draft()
    draft.add_country(text, 1, "country")
    draft.add_identifier("LEI", text, None, 1)
    assert hash_id("x", text).startswith("x:")


@given(st.lists(st.text("ab,. ", min_size=1).map(str.strip).filter(bool), max_size=5))
def test_splitting_undoes_joining(values: list[str]) -> None:
    assert split_cell("; ".join(values), "; ") == values


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Company Number 0685974 (Hong Kong)", ("registration", "0685974", "hk")),
        ("Company Number 01234567 (United Kingdom)", ("GB-COH", "01234567", "gb")),
        ("UK Company Number 01234567 (United Kingdom)", ("GB-COH", "01234567", "gb")),
        ("NIT # 800166941-0 (Colombia)", ("tax", "800166941-0", "co")),
        ("R.F.C. ABC010203XY9 (Mexico)", ("tax", "ABC010203XY9", "mx")),
        ("D-U-N-S Number 12-345-6789", ("DUNS", "12-345-6789", None)),
        ("Business Registration Document # LK00123 (Sri Lanka)", ("registration", "LK00123", "lk")),
        ("Registration ID 1027700049486 (Russia)", ("registration", "1027700049486", "ru")),
        ("Tax ID No. 12345678", ("tax", "12345678", None)),
        ("Website www.invented.example", None),
        ("Equity Ticker 941 HK", None),
        ("Additional Sanctions Information - Subject to Secondary Sanctions", None),
        ("Registration Number", None),
    ],
)
def test_labelled_numbers(printed: str, expected: tuple[str, str, str | None] | None) -> None:
    found = read_remarks(f"{printed}.").identifiers
    assert found == (() if expected is None else (expected,))


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("2019-05-21", None, "2019-05-21"),
        ("2019-05", None, "2019-05"),
        ("2019", None, "2019"),
        ("2017-06-01T00:00:00Z", None, "2017-06-01"),
        ("2017-06-01-04:00", None, "2017-06-01"),
        ("24/06/2020", "%d/%m/%Y", "2020-06-24"),
        ("2020-06-24", "%d/%m/%Y", "2020-06-24"),
        ("24/06/2020", None, None),
        ("20190521", None, None),
        ("2019-13-01", None, None),
        ("", None, None),
    ],
)
def test_dates(text: str, form: str | None, expected: str | None) -> None:
    assert read_date(text, form) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Alexander Inventov", True),
        ("Mohammad Reza Inventi", True),
        ("Anna V. Inventova", True),
        ("Andrey Inventovich Testov", True),
        ("Alexander Trading", False),
        ("Mohammad Construction Company", False),
        ("Anna Airlines", False),
        ("Alexander Inventov LLC", False),
        ("Reza & Sons", False),
        ("Maria 7", False),
        ("Huawei Technologies", False),
        ("Xinjiang Production and Construction Corps", False),
        ("Alexander", False),
        ("华为", False),
        ("", False),
    ],
)
def test_persons_are_recognised_cautiously(name: str, expected: bool) -> None:
    assert is_person(name) is expected

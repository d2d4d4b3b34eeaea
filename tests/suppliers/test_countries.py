"""Countries as they are written, in many languages; what may be two is not read."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from answerable.model.countries import country_name, fold_country, read_country
from tools import generate, make_countries

CASES = {
    "gb": "UK|U.K.|England|Scotland|Wales|Northern Ireland|GREAT BRITAIN|GBR|"
    "Vereinigtes Königreich|Royaume-Uni|Великобритания|英国|GB - England|"
    "United Kingdom of Great Britain and Northern Ireland",
    "cn": "China|PRC|P.R. China|P. R. China|P.R.China|People's Republic of China|CHN|cn|中国|中國|"
    "Китай|الصين|Chine|中华人民共和国|China (CN)|CN - China|China, People’s Republic of|Çin",
    "hk": "Hong Kong|Hong Kong SAR|China (Hong Kong)|Hong Kong, China|HKG|香港|"
    "China, Hong Kong Special Administrative Region",
    "mo": "Macau|Macao|澳门", "tw": "Taiwan|Taiwan, Province of China|臺灣|TWN|China (Taiwan)",
    "kr": "South Korea|Korea, South|Republic of Korea|Korea, Republic of|Korea (the Republic of)|"
    "대한민국|韩国|Южная Корея",
    "kp": "North Korea|Korea, North|DPRK|Democratic People's Republic of Korea",
    "cd": "Democratic Republic of the Congo|Congo, Democratic Republic of the|DRC|DR Congo|COD",
    "cg": "Republic of the Congo|Congo, Republic of the|Congo-Brazzaville",
    "ru": "Russia|Russian Federation|Россия|Российская Федерация|Russland|俄罗斯|روسيا|رۇسىيە",
    "ci": "Ivory Coast|Côte d'Ivoire|Cote d’Ivoire|CIV", "mm": "Burma|Myanmar|缅甸",
    "ir": "Iran|Iran (Islamic Republic of)|Iran, Islamic Republic of|ایران|伊朗",
    "tr": "Turkey|Türkiye|TURKIYE|Türkei",
    "us": "USA|U.S.A.|United States|United States of America|US",
    "vn": "Viet Nam|Vietnam|Việt Nam", "ge": "Georgia", "je": "Jersey", "ie": "Ireland|Éire",
    "sy": "Syrian Arab Republic", "tz": "Tanzania, United Republic of", "gr": "EL|Greece|Ελλάδα",
    "bo": "Bolivia (Plurinational State of)", "ps": "West Bank|Palestine", "sk": "Slovak Republic",
    "ae": "UAE|U.A.E.|الإمارات العربية المتحدة", "de": "Germany|Deutschland|DEU|Niemcy|ドイツ",
}  # fmt: skip
SPELLINGS = [(spelling, code) for code, text in CASES.items() for spelling in text.split("|")]
UNKNOWN = [
    "", "  ", "Ruritania", "Congo", "Korea", "UK/Ireland", "156", "EU", "Europe", "n/a", "-",
    "Virgin Islands", "Region: Crimea", "x" * 5_000, "Germany France", "\x00",
]  # fmt: skip


@pytest.mark.parametrize(("spelling", "code"), SPELLINGS)
def test_a_spelling_is_read(spelling: str, code: str) -> None:
    assert read_country(spelling) == code
    assert read_country(f"  {spelling.upper()} ") == code


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_not_known_or_may_be_two_is_not_read(text: str) -> None:
    assert read_country(text) is None


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "ru", "ar", "zh", "ja", "tr", "fa"])
def test_names_of_cldr_are_never_read_as_another_country(language: str) -> None:
    for code, name in Locale(language).territories.items():
        if len(code) == 2 and code not in make_countries.NO_COUNTRIES:
            assert read_country(name) in (code.lower(), None), (code, name)


def test_every_code_reads_as_itself_and_its_name_reads_back() -> None:
    for line in make_countries.make_countries().splitlines():
        if not line.startswith("#"):
            code = line.split("\t")[0]
            assert read_country(code) == code
            assert read_country(country_name(code)) == code


def test_countries_of_official_lists_are_read(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("lists/bis/bis_entity_list_2025-11-08.csv")
    with path.open(encoding="utf-8", newline="") as file:
        printed = {row["countries"] for row in csv.DictReader(file)}
    cells = {each.strip() for cell in printed for each in cell.split(";")} - {""}
    assert [cell for cell in cells if not read_country(cell)] == []


@given(st.text(max_size=60))
def test_any_text_gives_a_code_or_none(text: str) -> None:
    code = read_country(text)
    assert code is None or country_name(code) != code.upper()
    assert fold_country(fold_country(text)) == fold_country(text)


def test_generated_files_are_as_they_would_be_made() -> None:
    assert generate.run(["--check"]) == 0


def test_a_changed_generated_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    assert generate.run(["--check"]) == 1
    assert str(make_countries.PATH) in capsys.readouterr().err
    assert generate.run([]) == 0
    assert generate.run(["--check"]) == 0

import pytest

from answerable.matching.lesser_words import STOP, abbreviations
from answerable.matching.names import take_apart
from answerable.matching.normal_form import normalise
from answerable.matching.places import places


def test_a_long_form_is_no_short_form() -> None:
    table = abbreviations()
    assert [(short, long) for short, long in table.items() if long in table or short == long] == []


def test_both_sides_are_words_of_normalised_names() -> None:
    words = [word for pair in abbreviations().items() for word in pair]
    assert [word for word in words if normalise(word) != word or " " in word] == []


def test_no_short_form_hides_a_place_or_a_word_that_is_left_out() -> None:
    assert abbreviations().keys().isdisjoint(STOP)
    assert abbreviations().keys().isdisjoint(place for place in places() if " " not in place)


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("Zyxo Hldgs", "Zyxo Holdings"),
        ("Zyxo Comm Grp", "Zyxo Communications Group"),
        ("Zyxo Mfg & Engrg", "Zyxo Manufacturing and Engineering"),
        ("Zyxo Srvces Intl", "Zyxo Services International"),
        ("Univ. of Zyxo Dept", "University of Zyxo Department"),
        ("Gebr. Zyxo", "Gebrüder Zyxo"),
        ("Ets Zyxo", "Établissements Zyxo"),
        ("Zyxo Hnos", "Zyxo Hermanos"),
        ("Zyxo Müh.", "Zyxo Mühendislik"),
        ("Przeds. Zyxo", "Przedsiębiorstwo Zyxo"),
        ("Predpriyatiye Zyxo", "Predpriyatie Zyxo"),
        ("Zyxo Aluminium Tyres", "Zyxo Aluminum Tires"),
        ("Zyxo Stores", "Zyxo Store"),
        ("Zyxo Industry", "Zyxo Industries"),
    ],
)
def test_short_and_long_names_have_one_key(printed: str, written: str) -> None:
    assert take_apart(printed).key == take_apart(written).key

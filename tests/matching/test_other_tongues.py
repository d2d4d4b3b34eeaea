"""The same body named in another language: places, peoples, numbers and what kind of body it is."""

import pytest

from answerable.matching.comparison import compare_names
from answerable.matching.names import take_apart


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zyxomatic Wien GmbH", "Zyxomatic Vienna Ltd"),
        ("Quorbel Lisboa SA", "Quorbel Lisbon Ltd"),
        ("Quorbel Allemagne", "Quorbel Deutschland"),
        ("Quorbel Niemcy", "Quorbel Germany"),
    ],
)
def test_a_place_is_one_place_in_every_language(one: str, other: str) -> None:
    keys = [{place.key for place in take_apart(name).places} for name in (one, other)]
    assert keys[0] == keys[1] != set()


def test_a_country_that_is_an_english_word_elsewhere_stays_a_word() -> None:
    assert take_apart("Quorbel Island Foods").places == ()  # Iceland, in German


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Banco de Ruritania", "Bank of Ruritania"),
        ("Universität Wien", "University of Vienna"),
        ("Oesterreichische Quorbelbank", "Austrian Quorbel Bank"),
        ("第54泽索研究所", "第五十四泽索研究所"),
        ("泽索市54所", "泽索市第五十四所"),
        ("浙江泽索集团股份有限公司", "ZHEJIANGZESUOJITUANGUFENYOUXIANGONGSI"),
        ("Государственная корпорация «Зиксомат»", "Ziksomat State Corporation"),
        ("شركة زكسم للتسويق", "Zaksam Marketing Company"),
    ],
)
def test_one_body_in_two_languages(one: str, other: str) -> None:
    assert compare_names(one, other).probability >= 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Universität Wien", "University of Geneva"),
        ("Universität Wien", "Vienna University Hospital"),
        ("第54泽索研究所", "第五十三泽索研究所"),
    ],
)
def test_two_bodies_in_two_languages(one: str, other: str) -> None:
    assert compare_names(one, other).probability < 0.5

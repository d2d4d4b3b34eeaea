"""Which language a text is in, by script and by words."""

import pytest

from answerable.evidence.texts.language import tell_language

CASES = [
    ("新河市公安局与湖边公司签署协议", "zh"),
    ("新河市公安局與湖邊公司簽署協議", "zh"),
    ("公安局长", "zh"),
    ("湖畔の会社は契約を結びました", "ja"),
    ("호수가 회사는 계약을 맺었다", "ko"),
    ("ئۇيغۇر تىلىدا يېزىلغان بىر قۇر سۆز، شەھەرلىك ئىدارە", "ug"),
    ("قازاق تىلىندە جازىلعان ءسوز، مەملەكەتتىك مەكەمە", "kk"),
    ("وقعت شركة البحيرة اتفاقا مع الحكومة في المدينة", "ar"),
    ("شرکت دریاچه با دولت در شهر قراردادی امضا کرد", "fa"),
    ("کۆمپانیای دەریاچە ڕێککەوتنێکی لەگەڵ حکومەت واژۆ کرد", "ku"),
    ("Компания на озере подписала соглашение с правительством", "ru"),
    ("The company by the lake signed an agreement with the government", "en"),
    ("La société du lac a signé un accord avec le gouvernement", "fr"),
    ("Die Firma am See unterschrieb einen Vertrag mit der Regierung", "de"),
    ("OK", None),
    ("公安", None),
    ("2019-03-01 10:00 12,345.67", None),
    ("", None),
]


@pytest.mark.parametrize(
    ("text", "language"), CASES, ids=[f"{n}-{c[1]}" for n, c in enumerate(CASES)]
)
def test_the_language(text: str, language: str | None) -> None:
    assert tell_language(text) == language


def test_most_of_a_long_text_decides() -> None:
    menu = "Home About Contact "
    assert tell_language(menu + "新河市公安局表示，这将有助于维护社会稳定。" * 3_000 + menu) == "zh"

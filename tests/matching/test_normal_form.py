import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.names import list_variants, take_apart
from answerable.matching.normal_form import LONGEST_NAME, normalise

SCRIPTS = {
    "Thai": (0x0E00, 0x0E7F),
    "Devanagari": (0x0900, 0x097F),
    "Bengali": (0x0980, 0x09FF),
    "Tamil": (0x0B80, 0x0BFF),
    "Georgian": (0x10A0, 0x10FF),
    "Armenian": (0x0530, 0x058F),
    "Ethiopic": (0x1200, 0x137F),
    "Khmer": (0x1780, 0x17FF),
    "Lao": (0x0E80, 0x0EFF),
    "Hangul jamo": (0x1100, 0x11FF),
    "half and full width": (0xFF00, 0xFFEF),
}
lines = st.sampled_from(sorted(SCRIPTS)).flatmap(
    lambda script: st.text(
        st.characters(min_codepoint=SCRIPTS[script][0], max_codepoint=SCRIPTS[script][1])
        | st.sampled_from(" .&()'-1a"),
        max_size=30,
    )
)


@given(lines | st.text(max_size=60))
def test_any_text_is_normalised_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(lines | st.text(max_size=60))
def test_any_text_is_taken_apart(text: str) -> None:
    parts = take_apart(text)
    assert bool(parts.core) == bool(normalise(text))
    assert all(parts.core)
    assert list_variants(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("लिमिटेड कंपनी", 2),
        ("ตัวอย่าง จำกัด", 2),
        ("მაგალითი", 1),
        ("Օրինակ ՍՊԸ", 2),
        ("ኃላፊነቱ የተወሰነ", 2),
        ("தமிழ் நிறுவனம்", 2),
        ("ឧទាហរណ៍", 1),
    ],
)
def test_vowel_signs_do_not_cut_words(text: str, words: int) -> None:
    assert len(normalise(text).split()) == words


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("S.A.", "sa"),
        ("Zyxo Co., Ltd.", "zyxo co ltd"),
        ("U.K.Zyxo", "uk zyxo"),
        ("Z.Y.X", "zyx"),
        ("Zyxo.com Inc.", "zyxo com inc"),
        ("A & B", "ab"),
        ("Zyxo & Sons", "zyxo sons"),
        ("R & D", "research development"),
        ("Zyxo's", "zyxos"),
        ("Zyxo`s", "zyxos"),
        ("ZYXO_LTD", "zyxo ltd"),
        ("㈱見本", "株式会社見本"),
        ("見本(有)", "見本有限会社"),
    ],
)
def test_signs_are_levelled(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_what_follows_the_longest_name_is_not_read() -> None:
    assert len(normalise("é" * (LONGEST_NAME + 5))) == LONGEST_NAME

import pytest

from answerable.evidence.exchanges import Exchange

CASES = [
    ((("content-type", "Text/HTML;charset=utf-8"),), "text/html"),
    ((("Content-Type", " image/png "), ("content-type", "text/plain")), "image/png"),
    ((), ""),
]


@pytest.mark.parametrize(("headers", "expected"), CASES)
def test_the_media_type_is_the_first_one_named(
    headers: tuple[tuple[str, str], ...], expected: str
) -> None:
    page = Exchange("http://a.example/", "GET", (), b"", 200, "", headers, b"", None, "")
    assert page.media_type == expected

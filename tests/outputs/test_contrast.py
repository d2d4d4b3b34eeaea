"""The report's colours, held to WCAG 2.2: 4.5 for text, 3 for bars and the focus ring."""

import re
from importlib.resources import files

import pytest

from answerable.exposure.outputs.styles import TINTS

CSS = files("answerable.exposure.outputs").joinpath("templates", "report.css").read_text("utf-8")
TEXT = ["ink", "soft", "link", "confirmed", "match", "possible", "none_found", "unreadable"]
GROUNDS = ["paper", "sheet", "wash"]


def palettes() -> dict[str, dict[str, str]]:
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
    )
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read(mode: str, ground: str, text: str) -> None:
    palette = palettes()[mode]
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_notes_and_bars_can_be_seen(mode: str) -> None:
    palette = palettes()[mode]
    assert contrast(palette["warn"], palette["warn-wash"]) >= 4.5
    assert contrast(palette["link"], palette["warn-wash"]) >= 4.5
    assert contrast(palette["for"], palette["sheet"]) >= 3
    assert contrast(palette["against"], palette["sheet"]) >= 3


@pytest.mark.parametrize("tint", TINTS.values())
def test_a_workbook_s_tints_carry_black_text(tint: str) -> None:
    assert contrast("#000000", f"#{tint.lower()}") >= 12
    assert contrast("#ffffff", f"#{tint.lower()}") >= 1.1


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)

"""Reading pictures of text: an extra, since it brings a large library and its models.

RapidOCR with the PP-OCR models that ship within its wheel reads Chinese (simplified and
traditional), Japanese and Latin letters. It does not read Arabic, Uyghur or Cyrillic. Nothing is
downloaded.
"""

import importlib.metadata
import importlib.util
import io
import logging
from functools import cache
from typing import Any

from answerable.evidence.texts.building import Builder
from answerable.evidence.texts.text import Text

MAX_PICTURE_PIXELS = 60_000_000
MAX_SIDE = 4_000
LEAST_CERTAIN = 0.5
"""Lines of which the program is less certain than this are left out."""

Box = tuple[float, float, float, float]


def is_there() -> bool:
    """Tell whether the extra `ocr` is installed."""
    return all(importlib.util.find_spec(each) for each in ("rapidocr", "onnxruntime"))


def describe() -> str:
    """Return name and version of the program that reads pictures."""
    return f"RapidOCR {importlib.metadata.version('rapidocr')}"


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.disable(logging.INFO)
    return RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": 1})


def read_picture(pixels: Any) -> list[tuple[str, Box]]:
    """Return the lines that are read in a picture, with their boxes in pixels, in reading order."""
    result = _engine()(pixels)
    if result.txts is None:
        return []
    lines = []
    for text, points, certainty in zip(result.txts, result.boxes, result.scores, strict=True):
        if certainty >= LEAST_CERTAIN:
            across, down = [float(each[0]) for each in points], [float(each[1]) for each in points]
            lines.append((text, (min(across), min(down), max(across), max(down))))
    return lines


def read_image(data: bytes) -> Text:
    """Return the text that is read in a picture file; its one page is measured in pixels.

    Without the extra, the text is empty and its problem is `scanned`.
    """
    if not is_there():
        return Text("", problems=("no_text", "scanned"))
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PICTURE_PIXELS
    builder = Builder(problems={"read_by_ocr"})
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PICTURE_PIXELS:
                return Text("", problems=("no_text", "too_large"), tool=describe())
            drawn = picture.convert("RGB")
    except Image.DecompressionBombError:
        return Text("", problems=("no_text", "too_large"), tool=describe())
    except (OSError, ValueError, SyntaxError, EOFError):
        return Text("", problems=("damaged", "no_text"), tool=describe())
    width, height = drawn.size
    drawn.thumbnail((MAX_SIDE, MAX_SIDE))
    scale = width / drawn.width * 100
    import numpy

    lines = [
        (text, tuple(round(edge * scale) for edge in box))
        for text, box in read_picture(numpy.asarray(drawn)[:, :, ::-1])
    ]
    builder.add_page(lines, width=width * 100, height=height * 100, read_by_ocr=True)  # type: ignore[arg-type]
    return builder.finish(describe())

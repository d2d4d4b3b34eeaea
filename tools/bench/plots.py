"""The calibration as a picture: an SVG made of bins, with their counts."""

from collections.abc import Iterable, Mapping, Sequence

from tools.bench.scoring import Bin, expected_error

SIZE = 300
LEFT, TOP, GAP = 46, 34, 60
BARS = 60
INK, FAINT, MARK = "#333", "#bbb", "#1f5f8b"


def draw_calibration(sets: Mapping[str, Sequence[Bin]]) -> str:
    """Return an SVG with one panel per set: said against seen, and how many pairs stand behind.

    A point on the slanted line is a probability that holds; its area grows with the pairs of its
    bin, and the bars below say how many there are.

    Args:
        sets: Bins of each set by its name.

    Example:
        >>> draw_calibration({"all": [Bin(0.9, 1.0, 8, 0.95, 1.0, 1.0)]}).startswith("<svg")
        True
    """
    width = LEFT + len(sets) * (SIZE + GAP)
    height = TOP + SIZE + BARS + 70
    panels = [
        _draw_panel(name, bins, LEFT + at * (SIZE + GAP))
        for at, (name, bins) in enumerate(sets.items())
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">'
    )
    title = "<title>Probabilities that were said, and the share that was seen</title>"
    ground = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    return "\n".join([head, title, ground, *panels, "</svg>"]) + "\n"


def _draw_panel(name: str, bins: Sequence[Bin], left: int) -> str:
    pairs = sum(each.pairs for each in bins)
    lines = [
        _write(left, TOP - 14, f"{name}: {pairs:,} pairs, error {expected_error(bins):.3f}"),
        f'<rect x="{left}" y="{TOP}" width="{SIZE}" height="{SIZE}" fill="none" stroke="{FAINT}"/>',
        f'<line x1="{left}" y1="{TOP + SIZE}" x2="{left + SIZE}" y2="{TOP}" stroke="{FAINT}" '
        'stroke-dasharray="4 4"/>',
        *_draw_scale(left),
        *_draw_points(bins, left, pairs),
        *_draw_bars(bins, left),
        _write(left, TOP + SIZE + BARS + 56, "said (below: pairs per bin)"),
        f'<text transform="translate({left - 32} {TOP + SIZE}) rotate(-90)">seen</text>',
    ]
    return "\n".join(lines)


def _draw_scale(left: int) -> Iterable[str]:
    for tenth in range(0, 11, 2):
        at = SIZE * tenth / 10
        yield _write(left + at - 8, TOP + SIZE + 15, f"{tenth / 10:.1f}")
        yield _write(left - 24, TOP + SIZE - at + 4, f"{tenth / 10:.1f}")


def _draw_points(bins: Sequence[Bin], left: int, pairs: int) -> Iterable[str]:
    for each in bins:
        x, y = left + SIZE * each.said, TOP + SIZE - SIZE * each.seen
        radius = 3 + 12 * (each.pairs / max(1, pairs)) ** 0.5
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{MARK}" fill-opacity="0.7">'
            f"<title>{each.pairs:,} pairs: said {each.said:.3f}, seen {each.seen:.3f}</title>"
            "</circle>"
        )


def _draw_bars(bins: Sequence[Bin], left: int) -> Iterable[str]:
    most = max((each.pairs for each in bins), default=1)
    foot = TOP + SIZE + BARS + 40
    for each in bins:
        high = max(1.0, BARS * each.pairs / most)
        x, width = left + SIZE * each.low, SIZE * (each.high - each.low) - 2
        yield (
            f'<rect x="{x:.1f}" y="{foot - high:.1f}" width="{width:.1f}" height="{high:.1f}" '
            f'fill="{FAINT}"/>'
        )
        count = f"{each.pairs:,}"
        yield f'<text x="{x:.1f}" y="{foot - high - 2:.1f}" font-size="8">{count}</text>'


def _write(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}">{text}</text>'

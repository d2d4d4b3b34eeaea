"""Tables of the reports, in Markdown."""

from collections.abc import Iterable, Sequence


def lay_out(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, its columns as wide as their widest cell.

    Args:
        headings: Heading of each column.
        rows: Cells, as many per row as there are headings.

    Example:
        >>> print(lay_out(["set", "F1"], [["all", ".9"]]))
        | set | F1 |
        |-----|----|
        | all | .9 |
    """
    cells = [list(headings), *map(list, rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(headings))]
    lines = [
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])

"""Where in the buyer's sheet the answers go: beside all that she uses, or over earlier answers."""

from answerable.exposure.outputs.answers import ANSWERS, is_answer
from answerable.exposure.outputs.columns import LAST_COLUMN, Span
from answerable.exposure.outputs.package import NotEditable, Package, parse
from answerable.exposure.outputs.survey import Survey, range_of


def place_answers(package: Package, part: str, survey: Survey, heading_row: int | None) -> Span:
    """Return where the answers go: over earlier ones, else to the right of all that is used.

    Args:
        package: The package.
        part: The screened sheet.
        survey: Its survey.
        heading_row: Row of the headings, or None.

    Raises:
        NotEditable: There is no room for them.
    """
    count = len(ANSWERS)
    earlier = sorted(column for column, text in survey.headings.items() if is_answer(text))
    run = range(earlier[0], earlier[-1] + 1) if earlier else range(0)
    whole = len(run) == len(earlier) > 0
    if whole and (len(run) >= count or earlier[-1] >= survey.last_value):
        first = earlier[0]
        return _span(first, max(earlier[-1], first + count - 1))
    used = max([survey.last_value, *_merged_columns(survey, heading_row or 1)])
    used = max([used, *_table_columns(package, part), *_drawn_columns(package, part)])
    return _span(used + 1, used + count)


def _span(first: int, wiped: int) -> Span:
    if wiped > LAST_COLUMN:
        raise NotEditable("its sheet has no room for more columns")
    return Span(first, first + len(ANSWERS) - 1, wiped)


def _merged_columns(survey: Survey, heading_row: int) -> list[int]:
    ranges = [
        range_of(child.get("ref", "A1"))
        for block in survey.tops.get("mergeCells", [])
        for child in block
    ]
    return [right for _, _, right, bottom in ranges if bottom >= heading_row]


def _table_columns(package: Package, part: str) -> list[int]:
    parts = [each.part for each in package.relations(part) if each.type.endswith("/table")]
    return [range_of(parse(package.read(each)).get("ref", "A1"))[2] for each in parts]


def _drawn_columns(package: Package, part: str) -> list[int]:
    """Return where charts and pictures end, so that the answers do not lie under them."""
    columns = []
    for relation in package.relations(part):
        if relation.type.endswith("/drawing") and not relation.external:
            root = parse(package.read(relation.part))
            ends = root.iterfind("{*}twoCellAnchor/{*}to/{*}col")
            columns += [int(end.text or 0) + 1 for end in ends]
    return [column for column in columns if column <= 200]

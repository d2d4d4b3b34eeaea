"""Grounds: the class that a card's rules give to a listing; the stated ground is not ours."""

from collections.abc import Mapping, Sequence

from answerable.model import Card


def classify(card: Card, fields: Mapping[str, str | Sequence[str] | None]) -> str:
    """Return the class of ground that a card gives to one row.

    The class groups listings in reports. It does not replace the ground that the issuer states,
    and a row whose rule has several grounds keeps the list's own class.

    Args:
        card: The card; its `ground_class_by` is gone through in order, the first rule that
            meets decides. `contains` looks for whole words or numbers (`84 FR 1` is not in
            `84 FR 12`); `equals` wants the whole value.
        fields: Field to value as printed, such as `citation` or `programs`.

    Returns:
        One of `GROUND_CLASSES`; the card's `ground_class` where no rule meets.

    Example:
        >>> from answerable.lists.cards import known_cards
        >>> card = known_cards()["us_bis_entity_list"]
        >>> classify(card, {"citation": "86 FR 33120"}), classify(card, {"citation": None})
        ('forced_labour', 'export_control')
    """
    for rule in card.ground_class_by:
        value = fields.get(rule["field"])
        values = (value,) if isinstance(value, str) else tuple(value or ())
        if any(_meets(rule, each) for each in values):
            return rule["class"]
    return card.ground_class


def _meets(rule: Mapping[str, str], value: str) -> bool:
    if "equals" in rule:
        return value.strip() == rule["equals"]
    return _holds_words(value, rule["contains"])


def _holds_words(text: str, wanted: str) -> bool:
    """Tell whether a text holds some words, not only as a part of longer words or numbers."""
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        before = text[start - 1 : start]
        after = text[end : end + 1]
        if not (before.isalnum() or after.isalnum()):
            return True
        start = text.find(wanted, start + 1)
    return False

"""The card of a list: who issues it, under what law, how to read it, how much to expect."""

from dataclasses import dataclass, field
from typing import Any

GROUND_CLASSES = (
    "sanctions",
    "export_control",
    "national_security",
    "investment_ban",
    "forced_labour",
    "human_rights",
    "debarment",
    "other",
)
"""Classes of ground, in the order in which reports group them."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a list apart from its rows (`answerable.card/1`).

    Args:
        id: Id of the list, lower case, such as `us_bis_entity_list`.
        title: The name by which people know it, short enough for a line.
        issuer: The authority or organisation that publishes it.
        url: Where the issuer publishes it, for people.
        licence: Terms under which it may be used.
        legal_basis: Statute, regulation or order, as cited; None if there is none.
        ground_class: One of `GROUND_CLASSES`, for rows that no rule of `ground_class_by` meets.
        ground_class_by: Rules in order; the first that meets a row gives its class. Each is
            `{field, contains | equals, class, source}`.
        cadence: How often the issuer publishes, in words.
        max_age_days: Days after which an edition is too old to conclude from.
        complete: Whether an edition with this card holds the whole list.
        counts: Least and greatest number of legal persons of an edition; of links, where it
            holds links alone.
        reader: How the files are read: `table`, `ofac_legacy`, `un_xml`, `csl`, `ftm`; or for
            links alone `bods`, `gleif_rr`, `uk_psc`, `links_table`.
        files: File role to `{name, url}`, in the reader's order.
        columns: For `table` and `links_table`: field to heading, or to `{heading, split, …}`.
        edition: For a shipped copy, the date of its edition; else None.
        attribution: Line that must be shown with the data, or None.
        note: What a reader must know (a cut, a secondary copy …), or None.
        options: What else the reader needs.
    """

    id: str
    title: str
    issuer: str
    url: str
    licence: str
    legal_basis: str | None
    ground_class: str
    cadence: str
    max_age_days: int
    complete: bool
    counts: tuple[int, int]
    reader: str
    ground_class_by: tuple[dict[str, str], ...] = ()
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    edition: str | None = None
    attribution: str | None = None
    note: str | None = None
    options: dict[str, Any] = field(default_factory=dict)

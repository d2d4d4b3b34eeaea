"""What is told of an edition before its content is counted: title, age, terms, digests."""

from datetime import date

from answerable.engine.workspace import Workspace
from answerable.lists.cache import cache_key
from answerable.lists.cards import write_card
from answerable.lists.editions import Edition
from answerable.model import EditionCoverage


def describe_edition(workspace: Workspace, edition: Edition, as_of: date) -> EditionCoverage:
    """Return what is known of an edition from its card and files, before its content is counted.

    Args:
        workspace: Whose setting of the greatest age counts.
        edition: The edition.
        as_of: The day for which its age is told.
    """
    card = edition.card
    digests = edition.digest_files()
    roles = {role: digests[path.name] for role, path in edition.files.items()}
    return EditionCoverage(
        list=edition.list,
        title=card.title,
        issuer=card.issuer,
        url=card.url,
        licence=card.licence,
        edition=edition.edition,
        age_days=(as_of - edition.day).days,
        max_age_days=workspace.max_age_days.get(edition.list, card.max_age_days),
        complete=card.complete,
        counts={},
        names=0,
        sha256=digests,
        ground_class=card.ground_class,
        attribution=card.attribution,
        note=card.note,
        reading=cache_key(roles, write_card(card)),
    )

"""What an entry rests on: sources, sealed copies, quotations."""

from collections.abc import Iterator

from answerable.evidence.cases.checks.references import index_by
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault
from answerable.evidence.cases.quoting import each_passage, each_quoting, name_quoting


def check_support(draft: Draft) -> Iterator[Fault]:
    """Give what rests on nothing, or on what is not sealed yet."""
    yield from _check_sources(draft)
    sources = index_by(draft.case.sources, "key")
    for way, entry in each_quoting(draft.case):
        if not entry.sources:
            yield draft.fault(
                way,
                "no_source",
                f"{name_quoting(way, entry)} rests on no source.",
                "Add a quotation to its passages, or the key of its source to sources.",
            )
    for way, passage in each_passage(draft.case):
        if passage.source in sources and passage.capture is None:
            yield draft.fault(
                way,
                "quotation_pending",
                f"The quotation stands in no sealed copy: {passage.source} is pending. It is not "
                "filed and not shown; the statement is, marked as pending.",
                "Seal the source (see sources.yaml).",
                "warning",
            )


def _check_sources(draft: Draft) -> Iterator[Fault]:
    case = draft.case
    for i, source in enumerate(case.sources):
        if source.capture is not None and source.pending is not None:
            yield draft.fault(
                ("sources", i, "pending"),
                "pending_and_sealed",
                f"Source {source.key} has a sealed copy, and says why it has none.",
                "Delete pending.",
            )
        elif source.capture is None and source.pending is None:
            yield draft.fault(
                ("sources", i, "capture"),
                "pending_unexplained",
                f"Source {source.key} is pending, and does not say why.",
                "Add pending: and the reason, such as: The server did not answer on 5 January.",
            )
        elif source.capture is None:
            yield draft.fault(
                ("sources", i, "capture"),
                "capture_pending",
                f"Source {source.key} has no sealed copy yet: {(source.pending or '')[:200]}",
                f"Run `answerable capture {source.url or 'FILE'} --case {case.name}`, then write "
                "the id that it prints here.",
                "warning",
            )

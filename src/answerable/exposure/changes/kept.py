"""Kept screenings as they are compared: what a finding says by itself, and its manifest."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from answerable.errors import ScreeningFaulty
from answerable.model.change import ScreeningSide
from answerable.model.finding import STATUSES

LONGEST_LINE = 64 << 20
"""Bytes of one line of findings, at most: a line of ours has some thousand."""

_QUIET = ("none_found", "not_evaluated")

_NOTHING = (
    b', "status": "none_found", "exposure": [], "matches": [], "more_matches": 0, "paths": [], '
)
_NO_CLAIMS = b', "claims": [], "problems": []}\n'
_SAID = b'"rule_version"'


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """One line of `findings.jsonl`, less what holds for every row.

    Args:
        id: Id of the finding.
        supplier: The row, as written.
        status: Its status.
        exposure, matches, paths, claims: As written.
        more: How many more matches there were.
        rulings: Rule to what it says of this row alone; what a rule says of every row is left out.
    """

    id: str
    supplier: Mapping[str, Any]
    status: str
    exposure: tuple[str, ...] = ()
    matches: tuple[Mapping[str, Any], ...] = ()
    more: int = 0
    paths: tuple[Mapping[str, Any], ...] = ()
    rulings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    claims: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class KeptScreening:
    """A kept screening: its manifest and its findings, in row order."""

    manifest: Mapping[str, Any]
    findings: tuple[KeptFinding, ...]

    @property
    def side(self) -> ScreeningSide:
        """What changes say of it."""
        manifest = self.manifest
        return ScreeningSide(
            id=manifest["screening"],
            as_of=manifest["as_of"],
            coverage=manifest["coverage"],
            inputs=tuple(manifest["inputs"]),
            software=manifest["software"],
            counts=manifest["counts"],
        )


def read_kept(place: str, manifest: bytes, lines: Iterable[bytes]) -> KeptScreening:
    """Return a kept screening from its two files.

    Args:
        place: Where they are, for messages.
        manifest: `manifest.json`.
        lines: Lines of `findings.jsonl`.

    Raises:
        ScreeningFaulty: One of them is not what a screening keeps, or they do not belong together.

    Cost:
        About 20 µs and 1 kB per row in which nothing was found.
    """
    told = read_manifest(place, manifest)
    findings = tuple(_read_line(place, at, line) for at, line in enumerate(lines, start=1))
    if len(findings) != told["counts"]["rows"]:
        rows = told["counts"]["rows"]
        why = f"its manifest counts {rows:,} rows and there are {len(findings):,} findings"
        raise ScreeningFaulty(place, why)
    return KeptScreening(told, findings)


def read_manifest(place: str, data: bytes) -> dict[str, Any]:
    """Return a manifest, looked at as far as changes rest on it.

    Raises:
        ScreeningFaulty: It is not the manifest of a screening.
    """
    try:
        manifest = json.loads(data)
        fine = (
            manifest["schema"] == "answerable.manifest/1"
            and all(isinstance(manifest[each], str) for each in ("screening", "as_of"))
            and all(isinstance(manifest[each], dict) for each in ("settings", "matching"))
            and isinstance(manifest["counts"]["rows"], int)
            and isinstance(manifest["software"]["version"], str)
            and all({"name", "sha256", "rows"} <= set(each) for each in manifest["inputs"])
            and all(
                {"list", "title", "edition", "sha256"} <= set(each)
                for each in (*manifest["coverage"]["lists"], *_links(manifest))
            )
            and isinstance(manifest.get("rule_set") or {}, dict)
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ScreeningFaulty(place, f"its manifest cannot be read ({error})") from error
    if not fine:
        raise ScreeningFaulty(place, "its manifest is none of a screening")
    return dict(manifest)


def _links(manifest: Mapping[str, Any]) -> list[Any]:
    return list(manifest["coverage"].get("links", []))


def _read_line(place: str, at: int, line: bytes) -> KeptFinding:
    try:
        if len(line) > LONGEST_LINE:
            raise ValueError("it is too long")
        head, found, rest = line.partition(_NOTHING)
        if found and rest.endswith(_NO_CLAIMS) and _SAID not in rest:
            return _read_head(head)
        entry = json.loads(line)
        if entry["schema"] != "answerable.finding/1" or entry["status"] not in STATUSES:
            raise ValueError("it is no finding")
        return KeptFinding(
            id=entry["id"],
            supplier=entry["supplier"],
            status=entry["status"],
            exposure=tuple(entry["exposure"]),
            matches=tuple(entry["matches"]),
            more=entry["more_matches"],
            paths=tuple(entry["paths"]),
            rulings=_said(entry["regimes"]),
            claims=tuple(entry["claims"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ScreeningFaulty(place, f"line {at:,} of its findings: {error}") from error


def _read_head(head: bytes) -> KeptFinding:
    """Return a finding of which id and supplier alone tell anything: most are such.

    No text can hold what is looked for: its quotation marks are escaped. Reading the whole line,
    the same for each row, takes ten times as long.
    """
    entry = json.loads(head + b"}")
    if entry["schema"] != "answerable.finding/1":
        raise ValueError("it is no finding")
    return KeptFinding(entry["id"], entry["supplier"], "none_found")


def _said(rulings: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the rulings that say something of this row."""
    return {
        rule: said
        for rule, said in rulings.items()
        if said["status"] not in _QUIET or "rule_version" in said
    }

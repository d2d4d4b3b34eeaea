"""Ids as FollowTheMoney takes them, so that screenings and cases join in its users' tools."""

import hashlib
import re

_ACCEPTED = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
_FORBIDDEN = re.compile(r"[^0-9a-zA-Z.-]+")
_SPELT = str.maketrans({":": ".", "_": "-"})


def entity_id(name: str) -> str:
    """Return an id that FollowTheMoney accepts: ASCII letters, digits, hyphens and full stops.

    `:` becomes a full stop and `_` a hyphen. Where anything else has to go, a digest of the name
    is added, so that two names do not become one.

    Example:
        >>> entity_id("us_bis_entity_list:A7")
        'us-bis-entity-list.A7'
        >>> entity_id("my_list:华为")
        'my-list-25412b25'
    """
    spelt = name.translate(_SPELT)
    if _ACCEPTED.fullmatch(spelt):
        return spelt
    kept = _FORBIDDEN.sub("-", spelt).strip(".-")
    return f"{kept}-{hashlib.sha256(name.encode()).hexdigest()[:8]}".lstrip("-")

"""Ids of dossiers: short enough to read out, made from the content, with a check character."""

import hashlib
import json
from dataclasses import replace

from answerable.exposure.screening.finding_ids import ALPHABET, check_character
from answerable.model.dossier import Dossier

_LENGTH = 11
"""Characters after the D: 55 bits, so that no two dossiers of a body bear the same."""


def sign_in(dossier: Dossier) -> Dossier:
    """Return a dossier with its id: the same content gives the same id, other content another.

    Example:
        >>> dossier = sign_in(Dossier("", "case", "T", "en", "2026-01-01", "S.", "P.", ()))
        >>> dossier.id[:1], is_dossier_id(dossier.id), is_dossier_id("D000-0000-0000-1")
        ('D', True, False)
    """
    content = json.dumps(replace(dossier, id="").as_dict(), ensure_ascii=True, sort_keys=True)
    number = int.from_bytes(hashlib.sha256(content.encode()).digest())
    body = "D" + "".join(ALPHABET[number >> 5 * at & 31] for at in range(_LENGTH))
    groups = [body[at : at + 4] for at in range(0, len(body), 4)]
    return replace(dossier, id=f"{'-'.join(groups)}-{check_character(body)}")


def is_dossier_id(text: str) -> bool:
    """Tell whether a text has the form of a dossier's id and its check character holds."""
    plain = text.replace("-", "").upper()
    if len(plain) != _LENGTH + 2 or plain[0] != "D" or set(plain) - set(ALPHABET):
        return False
    return check_character(plain[:-1]) == plain[-1]

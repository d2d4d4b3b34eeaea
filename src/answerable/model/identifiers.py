"""Identifiers of legal persons, with their checksums.

An identifier that agrees confirms that two records are one legal person; a name never does.
So only well-formed identifiers count, and those with a checksum only if it holds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015, table 1: no I, O, S, V, Z
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BLANKS = re.compile(r"[\s\-./\u2010-\u2015\u00a0]+")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier of a legal person, in its scheme's own form.

    Args:
        scheme: `LEI`, `USCC`, `ISIN`, `BIC`, an org-id.guide prefix such as `GB-COH`, or
            `registration` and `tax` for numbers whose register is only known by country.
        value: Upper case, without blanks and dashes (`GB-COH` padded to eight characters).
        country: ISO code of the register's country, lower case, where the scheme needs one.
        valid: Whether it is well-formed and its checksum holds; True where there is none to check.

    Example:
        >>> read_identifier("LEI", "5493 00XI-VJCB IGMR UD48")
        Identifier(scheme='LEI', value='549300XIVJCBIGMRUD48', country=None, valid=True)
        >>> read_identifier("USCC", "914403001922038217").valid
        False
    """

    scheme: str
    value: str
    country: str | None = None
    valid: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return it as written in findings."""
        return {
            "scheme": self.scheme,
            "value": self.value,
            "country": self.country,
            "valid": self.valid,
        }

    @property
    def key(self) -> tuple[str, str, str] | None:
        """What two records must share to be one legal person; None if it proves nothing.

        A registration number without its country, and an ISIN (which names a security, of which
        an issuer has many), still identify; an invalid or very short one does not.
        """
        if not self.valid or len(self.value) < 5:
            return None
        if self.scheme in ("registration", "tax") and self.country is None:
            return None
        return (self.scheme, self.value, self.country or "")


def read_identifier(scheme: str, text: str, country: str | None = None) -> Identifier:
    """Return an identifier in its scheme's form, checked.

    Args:
        scheme: As in `Identifier`; `XI-LEI` is read as `LEI`, unknown schemes are kept.
        text: The identifier as printed; must hold at least one letter or digit.
        country: Of the register, lower case, or None.

    Returns:
        The identifier; `valid` is False where form or checksum do not hold, the value is kept.

    Raises:
        ValueError: `text` holds no letter or digit.

    Source:
        USCC: GB 32100-2015. LEI: ISO 17442 with ISO/IEC 7064 MOD 97-10. ISIN: ISO 6166.
        BIC: ISO 9362. Schemes: org-id.guide.

    Example:
        >>> read_identifier("GB-COH", "445790").value
        '00445790'
        >>> read_identifier("ISIN", "CNE100000PM8").valid
        True
    """
    value = _BLANKS.sub("", text).upper()
    if not any(character.isalnum() for character in value):
        raise ValueError(f"An identifier needs a letter or digit, got {text!r}.")
    scheme = {"XI-LEI": "LEI", "XI-BIC": "BIC", "XI-ISIN": "ISIN"}.get(scheme, scheme)
    if scheme == "GB-COH" and value.isdigit():
        value = value.zfill(8)
    check = CHECKS.get(scheme)
    valid = check(value) if check else True
    country = None if scheme in CHECKS else country
    return Identifier(scheme, value, country, valid)


def is_uscc(value: str) -> bool:
    """Tell whether an 18-character Unified Social Credit Code carries its check character.

    Source: GB 32100-2015, 31-adic weights 3^(i-1) mod 31.

    Example:
        >>> is_uscc("914403001922038216"), is_uscc("914403001922038226")
        (True, False)
    """
    if len(value) != 18 or any(character not in _USCC_ALPHABET for character in value):
        return False
    total = sum(
        _USCC_ALPHABET.index(character) * pow(3, place, 31)
        for place, character in enumerate(value[:17])
    )
    return _USCC_ALPHABET[(31 - total % 31) % 31] == value[17]


def is_lei(value: str) -> bool:
    """Tell whether a 20-character Legal Entity Identifier carries its check digits.

    Source: ISO 17442-1; ISO/IEC 7064 MOD 97-10.

    Example:
        >>> is_lei("549300XIVJCBIGMRUD48"), is_lei("549300XIVJCBIGMRUD49")
        (True, False)
    """
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", value):
        return False
    return int("".join(str(_ALPHANUMERIC.index(character)) for character in value)) % 97 == 1


def is_isin(value: str) -> bool:
    """Tell whether a 12-character ISIN carries its check digit.

    Source: ISO 6166, double-add-double.

    Example:
        >>> is_isin("US1694261033"), is_isin("US1694261034")
        (True, False)
    """
    if not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{9}[0-9]", value):
        return False
    digits = "".join(str(_ALPHANUMERIC.index(character)) for character in value)
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def is_bic(value: str) -> bool:
    """Tell whether a value has the form of a BIC (ISO 9362); it has no checksum.

    Example:
        >>> is_bic("DEUTDEFF"), is_bic("DEUTDEFF50"), is_bic("DEUTDEFF500")
        (True, False, True)
    """
    return re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", value) is not None


def is_companies_house_number(value: str) -> bool:
    """Tell whether a value has the form of a UK company number: two letters or digits, then six.

    Example:
        >>> is_companies_house_number("SC123456"), is_companies_house_number("12345")
        (True, False)
    """
    return re.fullmatch(r"([0-9]{2}|[A-Z]{2}|[A-Z][0-9])[0-9]{5}[0-9A-Z]", value) is not None


CHECKS: dict[str, Callable[[str], bool]] = {
    "USCC": is_uscc,
    "LEI": is_lei,
    "ISIN": is_isin,
    "BIC": is_bic,
    "GB-COH": is_companies_house_number,
}
"""Schemes whose form, and checksum where there is one, is checked."""

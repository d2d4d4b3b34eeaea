"""What one cell of a supplier table looks like: a country, a figure, a company, a sentence.

Looks decide only where headings do not, and a share of the cells decides, never a single one.
"""

import re
from collections.abc import Callable, Sequence

from answerable.exposure.suppliers.headings import fold_heading, is_label
from answerable.matching.names import take_apart
from answerable.model.countries import read_country
from answerable.model.identifiers import is_isin, is_lei, is_uscc

_LONGEST_NAME = 120
_MOST_WORDS = 12
_MOST_SIGNS = 40
_CURRENCIES = r"GBP|EUR|USD|CNY|RMB|JPY|CHF|CAD|AUD|INR|SEK|NOK|DKK|PLN|CZK|TRY|CR|DR"
_FIGURE = re.compile(
    rf"(?:{_CURRENCIES})?[\d.,:/\s£$€¥₹%()+'’*-]*(?:{_CURRENCIES})?", re.IGNORECASE
)
_NO_NAME = re.compile(r"^[#*>|`~•·]|[<>{}=|`\\]|://|\]\(")
_CLOSED = tuple(",;:?。，；：？、")
_NEW_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?]+\s+[A-ZÀ-ÞА-Я]|。|，.*，")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_CASED_END = 0x590  # Latin, Greek, Cyrillic and Armenian stand below; what follows has no case
_SUMS = (
    *("total", "totals", "grand total", "sub total", "subtotal", "overall total", "sum"),
    *("total spend", "total amount", "total suppliers", "sum total", "summe", "gesamt"),
    *("gesamtsumme", "zwischensumme", "endsumme", "insgesamt", "total général", "sous-total"),
    *("total general", "totaal", "subtotaal", "eindtotaal", "totale", "totale generale"),
    *("subtotale", "suma", "razem", "ogółem", "suma całkowita", "summa", "totalsumma"),
    *("totalt", "i alt", "yhteensä", "kokku", "celkem", "součet", "spolu", "összesen"),
    *("ukupno", "skupaj", "toplam", "genel toplam", "ara toplam", "итого", "всего"),
    *("разом", "всього", "общо", "укупно", "σύνολο", "סהכ", 'סה"כ', "الإجمالي", "المجموع"),
    *("الاجمالي الكلي", "مجموع", "جمع", "جمع کل", "合计", "总计", "小计", "共计", "合計", "總計"),
    *("小計", "総計", "총계", "합계", "소계", "tổng cộng", "tổng", "jumlah", "รวม", "รวมทั้งสิ้น"),
)
_TOTALS = frozenset(map(fold_heading, _SUMS))
_BEGINNINGS = frozenset(each[:2] for each in _SUMS)
_WORD_ENDS = re.compile(r"[\s.:(-]")
_FIRST_WORDS = frozenset(_WORD_ENDS.split(each)[0] for each in _SUMS)
_BESIDE_TOTALS = frozenset({"excl", "incl", "inc", "ex", "vat", "tax", "net", "gross", "of", "all"})


def share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    """Return the share of cells for which a test holds; 0 if there is no cell."""
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def has_letters(cell: str) -> bool:
    """Tell whether a cell has two letters or more."""
    return sum(1 for each in cell[:60] if each.isalpha()) >= 2


def is_figure(cell: str) -> bool:
    """Tell whether a cell is a number, a sum of money or a date.

    Example:
        >>> is_figure("£1,200.50"), is_figure("(12.00) EUR"), is_figure("2024-05-17")
        (True, True, True)
        >>> is_figure("3M"), is_figure("-")
        (False, False)
    """
    text = cell.strip()
    return len(text) <= 60 and any(map(str.isdigit, text)) and bool(_FIGURE.fullmatch(text))


def is_code(cell: str) -> bool:
    """Tell whether a cell is a code: of four signs or more, mostly digits, in one word.

    Example:
        >>> is_code("V1001"), is_code("3M"), is_code("Route 66 Foods")
        (True, False, False)
    """
    text = cell.strip()
    digits = sum(map(str.isdigit, text[:60]))
    letters = sum(map(str.isalpha, text[:60]))
    return len(text) >= 4 and len(text.split()) == 1 and digits > 2 * letters


def is_country(cell: str) -> bool:
    """Tell whether a cell reads as a country, also by its two letters."""
    return read_country(cell) is not None


def is_written_country(cell: str) -> bool:
    """Tell whether a cell names a country by more than two letters, which may be anything."""
    return len(cell.strip()) > 3 and is_country(cell)


def has_form(cell: str) -> bool:
    """Tell whether a cell holds a company form such as Ltd.

    A heading may hold one too: see `headings.is_label`.
    """
    return 3 < len(cell) < 200 and bool(take_apart(cell).forms)


def is_company(cell: str) -> bool:
    """Tell whether a cell holds a company form and is no heading.

    Example:
        >>> is_company("Invented Mill Inc"), is_company("Spend inc VAT")
        (True, False)
    """
    return has_form(cell) and not is_label(cell)


def holds_lei(cell: str) -> bool:
    """Tell whether a cell is a Legal Entity Identifier."""
    return is_lei(cell.strip().upper())


def holds_uscc(cell: str) -> bool:
    """Tell whether a cell is a Unified Social Credit Code."""
    return is_uscc(cell.strip().upper())


def holds_isin(cell: str) -> bool:
    """Tell whether a cell is an ISIN."""
    return is_isin(cell.strip().upper())


def reads_as_name(cell: str) -> bool:
    """Tell whether a cell may be a company's name: a short text that is no sentence.

    That it may be one does not mean that it is one.

    Example:
        >>> reads_as_name("Invented Mill & Sons"), reads_as_name("示例纺织有限公司")
        (True, True)
        >>> reads_as_name("Please find our list attached."), reads_as_name("# Read me")
        (False, False)
    """
    text = cell.strip()
    if not any(map(str.isalpha, text)) or len(text) > _LONGEST_NAME or _NO_NAME.search(text):
        return False
    words = text.split()
    if len(words) > _MOST_WORDS or text.endswith(_CLOSED) or _NEW_SENTENCE.search(text):
        return False
    if _UNSPACED.search(text) and len(text) > _MOST_SIGNS * 2:
        return False
    if has_form(text):
        return True
    return not (_ends_sentence(text, words[-1]) or _runs_small(words))


def _ends_sentence(text: str, last: str) -> bool:
    """Tell whether a text ends with a full stop that is not an abbreviation's."""
    if not text.endswith("."):
        return False
    return not (last[0].isupper() and (len(last) <= 6 or "." in last[:-1]))


def _runs_small(words: Sequence[str]) -> bool:
    """Tell whether most of four words or more begin with a small letter, as in a sentence."""
    cased = [each for each in words if each[0].isalpha() and ord(each[0]) < _CASED_END]
    return len(cased) >= 4 and sum(each[0].islower() for each in cased) > 0.55 * len(cased)


def is_total(cell: str) -> bool:
    """Tell whether a cell says that its row is a sum of other rows.

    Example:
        >>> is_total("GRAND TOTAL:"), is_total("Total 2025/26 (GBP)"), is_total("合计")
        (True, True, True)
        >>> is_total("Total Invented Fuels")
        False
    """
    text = cell.strip()
    if len(text) > 60 or text[:2].casefold() not in _BEGINNINGS:
        return False
    if _WORD_ENDS.split(text, maxsplit=1)[0].casefold() not in _FIRST_WORDS:
        return False
    words = [each for each in fold_heading(cell).split() if not each.isdigit()]
    kept = [each for each in words if each not in _BESIDE_TOTALS and not _is_currency(each)]
    return " ".join(kept) in _TOTALS


def _is_currency(word: str) -> bool:
    return re.fullmatch(_CURRENCIES, word, re.IGNORECASE) is not None

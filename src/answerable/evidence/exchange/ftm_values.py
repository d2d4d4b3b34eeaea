"""Values as FollowTheMoney's property types take them: languages, dates, addresses, schemata."""

from urllib.parse import urlsplit

from answerable.model.capture import Capture

_LANGUAGES = dict(
    pair.split("=")
    for pair in """
    af=afr am=amh ar=ara az=aze be=bel bn=ben bs=bos bg=bul ca=cat cs=ces da=dan de=deu el=ell
    en=eng et=est fa=fas fi=fin fr=fra ga=gle he=heb hi=hin hr=hrv hu=hun hy=hye id=ind is=isl
    it=ita ja=jpn kn=kan ka=kat kk=kaz km=khm ky=kir ko=kor lo=lao lv=lav lt=lit lb=ltz mk=mkd
    mt=mlt mn=mon ms=msa my=mya ne=nep nl=nld no=nor pl=pol pt=por ps=pus ro=ron ru=rus si=sin
    sk=slk sl=slv es=spa sq=sqi sr=srp sw=swa sv=swe ta=tam te=tel tg=tgk tl=tgl th=tha tk=tuk
    tr=tur uk=ukr ur=urd uz=uzb vi=vie zh=zho
    """.split()
)
"""BCP 47 primary tag to ISO 639-3, for the languages that FollowTheMoney 4.11 knows."""

_DOCUMENTS = {
    "text/html": "HyperText",
    "application/xhtml+xml": "HyperText",
    "application/pdf": "Pages",
    "application/msword": "Pages",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Pages",
    "application/vnd.oasis.opendocument.text": "Pages",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Workbook",
    "application/vnd.oasis.opendocument.spreadsheet": "Workbook",
    "application/vnd.ms-excel": "Workbook",
    "text/csv": "Table",
    "text/plain": "PlainText",
}

_PUBLIC = frozenset({"government", "parliament", "court", "agency", "police"})
_ORGANISED = frozenset(
    {"international_body", "tribunal", "news", "ngo", "academic", "think_tank", "industry_body"}
)


def code_language(tag: str | None) -> str | None:
    """Return FollowTheMoney's code for a language tag, None where it has none, as for Uyghur.

    Example:
        >>> code_language("zh-Hans"), code_language("ug")
        ('zho', None)
    """
    return _LANGUAGES.get((tag or "").partition("-")[0].lower())


def date_moment(moment: str | None) -> str | None:
    """Return a moment in UTC without its zone, which FollowTheMoney's dates do not carry.

    Example:
        >>> date_moment("2026-11-24T14:02:03Z")
        '2026-11-24T14:02:03'
    """
    return moment.removesuffix("Z") if moment else None


def date_day(day: str | None) -> str | None:
    """Return a day, month or year, None for years from 3000 on, which FollowTheMoney refuses.

    Example:
        >>> date_day("2020-07"), date_day("3020")
        ('2020-07', None)
    """
    return day if day and day[0] in "12" else None


def date_span(when: str | None) -> dict[str, str | None]:
    """Return the properties that hold a day, month, year or interval.

    Example:
        >>> date_span("2017/2019"), date_span("2017/.."), date_span("2020-07")
        ({'startDate': '2017', 'endDate': '2019'}, {'startDate': '2017'}, {'date': '2020-07'})
    """
    if not when:
        return {}
    first, slash, last = when.partition("/")
    if not slash:
        return {"date": date_day(first)}
    ends = {"endDate": date_day(last)} if last != ".." else {}
    return {"startDate": date_day(first), **ends}


def web_address(url: str | None) -> str | None:
    """Return an address of the web with a path, None for anything else.

    Example:
        >>> web_address("https://mill.example"), web_address("urn:sha256:00")
        ('https://mill.example/', None)
    """
    if not url or not url.startswith(("http://", "https://")):
        return None
    return f"{url}/" if not urlsplit(url).path and not urlsplit(url).query else url


def tidy_text(text: str | None) -> str | None:
    """Return a line with single spaces, None for an empty one."""
    return " ".join(text.split()) or None if text else None


def media_type_of(capture: Capture) -> str:
    """Return the type of what was captured: for a WACZ that holds a page, the page's."""
    page = capture.part("html")
    if page is not None and capture.original.media_type == "application/wacz+zip":
        return page.media_type.partition(";")[0].strip()
    return capture.original.media_type.partition(";")[0].strip()


def document_schema(capture: Capture | None) -> str:
    """Return the schema for a sealed copy, `Document` where its type is not known.

    Example:
        >>> document_schema(None)
        'Document'
    """
    if capture is None:
        return "Document"
    media_type = media_type_of(capture)
    if media_type.startswith("image/"):
        return "Image"
    return _DOCUMENTS.get(media_type, "Document")


def party_schema(kind: str | None) -> str:
    """Return the schema for a party: a person who speaks is no `Person`, as nobody is profiled.

    Example:
        >>> [party_schema(kind) for kind in ("company", "police", "ngo", "spokesperson", None)]
        ['Company', 'PublicBody', 'Organization', 'LegalEntity', 'LegalEntity']
    """
    if kind == "company":
        return "Company"
    if kind in _PUBLIC:
        return "PublicBody"
    return "Organization" if kind in _ORGANISED else "LegalEntity"

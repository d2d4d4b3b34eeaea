"""Signs that a page is not what a reader was meant to see: an answer is not yet content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urljoin, urlsplit

from lxml import etree

from answerable.evidence.exchanges import Exchange

_MOST_HTML = 8_000_000
_MOST_TITLE = 500
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head"})
_SHELL_LETTERS = 200
_FORM_LETTERS = 1_500
_LOGIN_WORDS = frozenset("login signin sign-in log-in logon auth sso accounts checkpoint".split())
_EMBEDS = (
    ("img", "src"),
    ("img", "data-src"),
    ("input", "src"),
    ("video", "poster"),
    ("image", "href"),
    ("link", "href"),
)
_LINK_KINDS = frozenset({"stylesheet", "icon", "apple-touch-icon"})


@dataclass(frozen=True, slots=True)
class Sketch:
    """What can be told of a page's HTML without running it.

    Args:
        title: As the page gives it, white space made single; None without one.
        letters: Letters that a reader may see, white space not counted.
        scripts: How many scripts it has.
        has_password: Whether it asks for a password.
        embedded: Addresses of the images and style sheets it names, in order, each once.
    """

    title: str | None
    letters: int
    scripts: int
    has_password: bool
    embedded: tuple[str, ...]


def sketch_page(html: bytes, url: str, charset: str | None = None) -> Sketch:
    """Read a page's HTML, as far as it can be read; nothing in it is run or fetched.

    Args:
        html: Its bytes, uncompressed; only the first 8 MB are looked at.
        url: Its address, to which the ones in it are relative.
        charset: As the answer's header names it, else None.

    Example:
        >>> page = b'<title>A page</title><p>Hello<img src="a.png">'
        >>> sketch_page(page, "https://example.org/x/").embedded
        ('https://example.org/x/a.png',)
    """
    root = _parse(html[:_MOST_HTML], charset)
    if root is None:
        return Sketch(None, 0, 0, has_password=False, embedded=())
    return Sketch(
        title=_title(root),
        letters=sum(len("".join(text.split())) for text in _visible_texts(root)),
        scripts=sum(1 for _ in root.iter("script")),
        has_password=any(
            (each.get("type") or "").lower() == "password" for each in root.iter("input")
        ),
        embedded=tuple(dict.fromkeys(_embedded(root, url))),
    )


def _parse(html: bytes, charset: str | None) -> etree._Element | None:
    for encoding in dict.fromkeys((charset, None)):
        try:
            parser = etree.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
            return etree.fromstring(html, parser)
        except LookupError:
            continue
        except (etree.XMLSyntaxError, ValueError):
            return None
    return None


def _title(root: etree._Element) -> str | None:
    title = next(root.iter("title"), None)
    text = " ".join("".join(map(str, title.itertext())).split()) if title is not None else ""
    return text[:_MOST_TITLE] or None


def _visible_texts(root: etree._Element) -> Iterator[str]:
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        hidden = element.tag in _UNSEEN
        if event == "start":
            unseen += hidden
            text = element.text
        else:
            unseen -= hidden and event == "end"
            text = element.tail
        if text and not unseen:
            yield text


def _embedded(root: etree._Element, url: str) -> Iterator[str]:
    base = next((each.get("href") for each in root.iter("base") if each.get("href")), None)
    here = _join(url, base) or url if base else url
    named = (
        element.get(attribute)
        for tag, attribute in _EMBEDS
        for element in root.iter(tag)
        if tag != "link" or _LINK_KINDS & set((element.get("rel") or "").lower().split())
    )
    sets = (each.get("srcset") for tag in ("img", "source") for each in root.iter(tag))
    largest = (_last_of_set(each) for each in sets if each)
    for place in chain(named, largest):
        found = _join(here, place) if place else None
        if found and found != url:
            yield found


def _last_of_set(srcset: str) -> str | None:
    """Return the last picture of a set, by custom the largest."""
    words = srcset.rpartition(", ")[2].split()
    return words[0] if words else None


def _join(base: str, place: str) -> str | None:
    try:
        found = urljoin(base, place.strip())
        parts = urlsplit(found)
    except ValueError:
        return None
    return found.partition("#")[0] if parts.scheme in ("http", "https") else None


def find_signs(
    chain: Sequence[Exchange], page: Sketch | None, *, is_shown: bool = False
) -> tuple[str, ...]:
    """Return codes of what makes it doubtful that a capture holds the content.

    No sign does not mean that the content is there; a person must look.

    Args:
        chain: The page's exchanges, redirects first.
        page: Of its HTML; None where it is none.
        is_shown: Whether a browser has shown it, so that its scripts have built its text.

    Returns:
        In this order, as far as they hold: `http_status_404` (or another from 400 on),
        `login_wall`, `challenge_page`, `empty_shell`, `empty_body`, `truncated_length` (or
        `_time`, `_disconnect`, `_unspecified`).
    """
    last = chain[-1]
    signs = []
    if last.status is not None and last.status >= 400:
        signs.append(f"http_status_{last.status}")
    if _is_login(chain, page):
        signs.append("login_wall")
    if last.header("cf-mitigated").lower() == "challenge":
        signs.append("challenge_page")
    if page is not None and page.scripts and page.letters < _SHELL_LETTERS and not is_shown:
        signs.append("empty_shell")
    if not last.body:
        signs.append("empty_body")
    if last.truncated:
        signs.append(f"truncated_{last.truncated}")
    return tuple(signs)


def _is_login(chain: Sequence[Exchange], page: Sketch | None) -> bool:
    if chain[-1].status in (401, 407):
        return True
    if page is not None and page.has_password and page.letters < _FORM_LETTERS:
        return True
    return len(chain) > 1 and _asks_login(chain[-1].url) and not _asks_login(chain[0].url)


def _asks_login(url: str) -> bool:
    parts = urlsplit(url)
    words = (parts.hostname or "").split(".") + parts.path.lower().split("/")
    return any(word.partition(".")[0] in _LOGIN_WORDS for word in words)

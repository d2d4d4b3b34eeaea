"""The pages' own words in a language, and how days, requests and texts are put in them."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from answerable.dossier.texts import direction_of
from answerable.engine.shown_text import show_text
from answerable.model.claim import ReplyRequest
from answerable.model.dossier import ClaimEntry

_FALLBACK = "en"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_ENDONYMS = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "kk": "Қазақша",
    "ko": "한국어",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "tr": "Türkçe",
    "ug": "ئۇيغۇرچە",
    "uk": "Українська",
    "ur": "اردو",
    "zh": "中文",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page in one language.

    Args:
        language: BCP 47 tag of the language they are in.
        of: Key to words, as the file of that language has them.
    """

    language: str
    of: dict[str, Any]

    def say(self, key: str, **parts: object) -> Markup:
        """Return a sentence with parts from outside, each in isolation as to its direction.

        Example:
            >>> read_words("en").say("translated_by", by="A <b> office")
            Markup('by <bdi>A &lt;b&gt; office</bdi>')
        """
        isolated = {
            name: Markup("<bdi>{}</bdi>").format(show_text(str(part)))
            for name, part in parts.items()
        }
        return Markup(escape(self.of[key])).format(**isolated)  # noqa: S704 - escaped just here

    def say_when(self, when: str) -> str:
        """Return a day, month, year or interval as people write it; what is none of them as it is.

        Args:
            when: Such as `2020-07-14`, `2020-07`, `2020`, `2017/2019`, `2017/..`, or a day with
                time and offset.

        Example:
            >>> words = read_words("en")
            >>> words.say_when("2020-07-14"), words.say_when("2017/2019-02")
            ('14 July 2020', '2017 to February 2019')
        """
        first, slash, last = when.partition("/")
        if slash and last in ("", ".."):
            return str(self.of["interval_open"].format(first=self._point(first)))
        if slash:
            both = {"first": self._point(first), "last": self._point(last)}
            return str(self.of["interval"].format(**both))
        return self._point(when)

    def say_hours(self, start: str, end: str | None) -> str | None:
        """Return a time from one hour to another of the same day, None for any other.

        Example:
            >>> read_words("en").say_hours("2026-12-18T18:30Z", "2026-12-18T20:00Z")
            '18 December 2026, 18:30–20:00 (UTC)'
        """
        first, last = _CLOCK.fullmatch(start), _CLOCK.fullmatch(end or "")
        if not first or not last or first[1] != last[1] or first[3] != last[3]:
            return None
        hours = {"time": f"{first[2]}–{last[2]}", "offset": _say_offset(first[3])}
        return str(self.of["time"].format(day=self._point(first[1]), **hours))

    def say_request(self, request: ReplyRequest, as_of: str) -> Markup:
        """Say who was asked for an answer, when, by when, and what came of it.

        Args:
            request: The line of the log of requests, as far as it concerns one claim: `answer`
                only where it answers that claim.
            as_of: ISO day for which the page speaks: an answer that is awaited and was due by
                then is said to be missing.
        """
        asked = self.say(
            "asked_silent" if request.outcome == "no_answer" else "asked",
            to=request.to.name,
            on=self.say_when(request.asked_on),
            way=request.way,
            deadline=self.say_when(request.deadline),
        )
        if request.outcome == "no_answer":
            return asked
        if request.outcome == "awaiting" and request.deadline < as_of:
            return asked + " " + self.say("outcome_due", day=self.say_when(as_of))
        if request.outcome == "answered" and request.answer is None:
            return asked + " " + str(self.of["outcome_other"])
        return asked + " " + str(self.of["outcome"][request.outcome])

    def _point(self, when: str) -> str:
        if clock := _CLOCK.fullmatch(when):
            day, time, offset = clock.groups()
            shown = {"day": self._point(day), "time": time, "offset": _say_offset(offset)}
            return str(self.of["time"].format(**shown))
        if day := _DAY.fullmatch(when):
            return self._put("date", day[1], day[2], day[3]) or when
        if month := _MONTH.fullmatch(when):
            return self._put("month", month[1], month[2], "0") or when
        return when

    def _put(self, pattern: str, year: str, month: str, day: str) -> str:
        number = int(month)
        if not 1 <= number <= 12:
            return ""
        named = self.of["months"][number - 1]
        return str(self.of[pattern].format(day=int(day), month=named, year=year))


def _say_offset(offset: str | None) -> str:
    return "UTC" if offset in (None, "Z", "+00:00") else f"UTC{offset}"


def is_silent(claim: ClaimEntry) -> bool:
    """Tell whether answers to a claim were asked for, and none of them is awaited any longer."""
    return bool(claim.requests) and all(each.outcome != "awaiting" for each in claim.requests)


@cache
def read_words(language: str) -> Words:
    """Return the words of a language, those in English where there are none of it.

    Args:
        language: BCP 47 tag; its first part tells.

    Example:
        >>> read_words("en-GB").language, read_words("tlh").language
        ('en', 'en')
    """
    tag = primary(language)
    name = tag if tag in list_languages() else _FALLBACK
    text = (files("answerable.call.pages") / "words" / f"{name}.json").read_text("utf-8")
    return Words(name, json.loads(text))


@cache
def list_languages() -> tuple[str, ...]:
    """Return the languages in which the pages have words of their own, in order of their tags."""
    folder = files("answerable.call.pages") / "words"
    names = (each.name for each in folder.iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".json")))


def primary(language: str) -> str:
    """Return the first part of a tag, in lower case."""
    return language.partition("-")[0].lower()


def direction(language: str) -> str:
    """Return `rtl` for a language that is written from right to left, else `ltr`.

    Example:
        >>> direction("ug"), direction("ug-Latn"), direction("kk-Arab"), direction("zh")
        ('rtl', 'ltr', 'rtl', 'ltr')
    """
    return direction_of("", language)


def name_language(language: str) -> str:
    """Return a language's own name for itself, its tag where that is not known here."""
    return _ENDONYMS.get(language.lower()) or _ENDONYMS.get(primary(language), language)

"""The feed and the calendar of a published case, read by feedparser and vobject."""

from pathlib import Path

import pytest

from tests.call.call_desk import Desk, make_case, make_desk
from tests.oracles.asking import Oracle, OracleFaulted


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root: Path = tmp_path_factory.mktemp("call")
    desk: Desk = make_desk(root)
    desk.publish(desk.approve(make_case(desk)))
    found = desk.read()
    return {name: found[name].decode() for name in ("feed.xml", "calendar.ics", "index.html")}


def test_a_feed_reader_reads_every_change(feeds: Oracle, files: dict[str, str]) -> None:
    told = feeds.ask("feed", text=files["feed.xml"])
    assert (told["fault"], told["version"]) == ("", "atom10")
    assert len({entry[0] for entry in told["entries"]}) == 8
    for _, title, link, updated in told["entries"]:
        assert title
        assert updated == "2026-11-24T12:00:00Z"
        assert link.startswith("index.html") or "#" in link


def test_a_calendar_program_of_others_reads_every_day(feeds: Oracle, files: dict[str, str]) -> None:
    assert feeds.ask("calendar", text=files["calendar.ics"]) == [
        [
            "Council, public",
            "2026-12-03T17:30:00+00:00",
            "2026-12-03T19:00:00+00:00",
            "Town hall; room 2, Lakeside",
        ],
        ["Week of the cameras", "2026-12-07", "2026-12-12", None],
    ]


def test_they_do_tell_faults(feeds: Oracle, files: dict[str, str]) -> None:
    assert feeds.ask("feed", text=files["feed.xml"].replace("</title>", "", 1))["fault"]
    with pytest.raises(OracleFaulted):
        feeds.ask("calendar", text=files["calendar.ics"].replace("UID:", "X-UID:"))

"""Make the picture of a report for the README: `python -m tools.make_picture`.

It needs Chromium. The suppliers and the council's list in it are invented.
"""

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from answerable import story

PATH = Path(__file__).resolve().parent.parent / "docs" / "_static" / "report.png"

CARD = """\
schema: answerable.card/1
id: council_exclusions
title: Exclusions of Exampleton Council (invented)
issuer: Exampleton Council
url: https://council.example/exclusions
licence: internal
ground_class: forced_labour
cadence: at each decision
max_age_days: 90
complete: true
counts: {min: 1, max: 100}
reader: table
columns: {name: name, aliases: alias, countries: country, since: since, ground: ground, citation: decision}
"""
EXCLUSIONS = """\
name,alias,country,since,ground,decision
Zyxomatic Mills Ltd,示例纺织有限公司,United Kingdom,2026-03-01,"Breach of the council's labour clause",Decision 12/2026
"""
SUPPLIERS = """\
Vendor,Country
ZYXOMATIC MILLS LIMITED,GB
Zyxomatic Mills (Sweden) AB,SE
示例纺织有限公司,CN
Quorbel Bakery Ltd,GB
"""
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def make_report(folder: Path) -> Path:
    """Return the report of a screening of invented suppliers."""
    workspace = story.init(folder / "work")
    for name, text in (("card.yaml", CARD), ("list.csv", EXCLUSIONS), ("suppliers.csv", SUPPLIERS)):
        (folder / name).write_text(text, encoding="utf-8")
    story.collect(
        workspace,
        "council_exclusions",
        [str(folder / "list.csv")],
        card=folder / "card.yaml",
        edition="2026-03-02",
    )
    report = folder / "report.html"
    story.screen(
        workspace,
        folder / "suppliers.csv",
        [report],
        as_of=date(2026, 3, 10),
        lists=["council_exclusions"],
    )
    return report


def main() -> None:
    """Take the picture."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("No Chromium was found: install it to make the picture.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [
                *(browser, *FLAGS, f"--user-data-dir={folder / 'profile'}"),
                *("--window-size=1100,2300", f"--screenshot={PATH}"),
                make_report(folder).as_uri(),
            ],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    main()

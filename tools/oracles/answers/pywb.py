"""Answers whether a WACZ replays, by pywb itself: its manager takes it in, its app replays it.

The app starts a server of its own on a loopback port for its index; it ends with this process.
"""

import contextlib
import sys
import tempfile

# This script bears the name of the package that it asks: leave its folder out of the search.
_HERE = sys.path.pop(0)
from pywb.apps.frontendapp import FrontEndApp  # noqa: E402
from pywb.manager.manager import main as manage  # noqa: E402
from werkzeug.test import Client  # noqa: E402

sys.path.append(_HERE)
from lines import answer  # noqa: E402


def replay(wacz, pages):
    """Take in a WACZ and return what is replayed, unchanged, for each (timestamp, url).

    Returns:
        Per page: status, content type and the body as hexadecimal.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        manage(["init", "taken"])
        manage(["add", "--unpack-wacz", "taken", wacz])
        app = FrontEndApp(custom_config={"debug": False})
        try:
            return [_get(Client(app), stamp, url) for stamp, url in pages]
        finally:
            app.warcserver_server.stop()


def _get(client, stamp, url):
    got = client.get(f"/taken/{stamp}id_/{url}", headers={"Accept-Encoding": "gzip, deflate, br"})
    body = b"".join(got.iter_encoded())
    got.close()
    return {"status": got.status_code, "type": got.headers.get("Content-Type"), "body": body.hex()}


answer({"replay": replay})

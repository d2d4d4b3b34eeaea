"""Fetching over HTTP: the door of evidence to the network.

What is asked for is checked first (`addresses`), and the connection goes to the very address that
was checked. Everything that arrives is hostile: size, time, redirects and lines are bounded.
"""

from answerable.evidence.fetching.limits import LIMITS, Limits
from answerable.evidence.fetching.pages import IMAGE, PAGE, fetch_once, fetch_page
from answerable.evidence.fetching.posts import post_bytes

__all__ = ["IMAGE", "LIMITS", "PAGE", "Limits", "fetch_once", "fetch_page", "post_bytes"]

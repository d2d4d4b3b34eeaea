"""The public pages of a case: static files of ours, without script, that ask nothing of anybody.

A page says what is sought and from whom; what is claimed by whom, with its words and, beside it
and of the same size, what was answered; and never pronounces anything itself.
"""

from answerable.call.pages.drawing import find_places, render_pages

__all__ = ["find_places", "render_pages"]

"""How the documentation is built: `make docs`."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

project = "answerable"
author = "The answerable contributors"
copyright = "2026, The answerable contributors"
version = release = version_of("answerable")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
nitpicky = False

html_theme = "furo"
html_title = "answerable"
html_static_path = ["_static"]
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True}


def setup(app):
    """Take the pictures of the gallery before the pages are read."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tools.make_gallery import make_gallery

    app.connect("builder-inited", lambda _: make_gallery(Path(__file__).parent / "gallery"))

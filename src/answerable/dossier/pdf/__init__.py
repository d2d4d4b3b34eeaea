"""A dossier as PDF: tagged (PDF/UA-1), with bookmarks, in our own fonts; and pictures to share.

`pages.render_pdf` sets a dossier, `pictures.draw_card` a picture. Contents are laid out as blocks
(`contents`), and only `typesetting` speaks to Typst.
"""

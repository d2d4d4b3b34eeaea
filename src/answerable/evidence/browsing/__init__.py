"""A browser of our own: pages are shown, and everything that this takes is recorded."""

"""Search: the texts of all captures that may be indexed, in every script."""

"""Verification: everything that was sealed is looked at again, and told by name."""

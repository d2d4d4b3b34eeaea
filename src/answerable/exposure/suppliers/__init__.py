"""A buyer's file read: which column holds what, and every row a supplier."""

"""Is this the same company? Names taken apart, compared, and weighed with reasons."""

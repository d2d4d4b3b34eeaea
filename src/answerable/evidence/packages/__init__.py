"""A CASE TO HAND ON: records, proofs and permitted captures, which verify without us."""

"""DEEDS, AND THE BYTES THEY NAME: what was done, append-only, and how to show that it stands.

The log (`log`) holds ids and codes only. What is said about an object is a record (`records`),
sealed field by field, so that a field can be withheld or erased while the rest still verifies.
Objects lie under the hash of their bytes (`objects`), private ones encrypted (`vault`). Checkpoints
(`checkpoints`) sign size and root (`merkle`) of the log, and authorities stamp them (`timestamps`).
"""

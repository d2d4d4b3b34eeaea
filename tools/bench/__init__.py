"""What answerable finds, how fast, and beside whom: `make bench` and its parts.

`python -m tools.bench.quality` tells in seconds how good the comparison of names is;
`python -m tools.bench` runs the peers, each in an environment and a process of its own, and writes
the pages `docs/measurements.md` and `docs/quality.md`.
"""

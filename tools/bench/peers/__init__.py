"""One small script per method: each runs in a process, and for peers an environment, of its own.

Every script reads the same two files (`row,name`), and writes `supplier,listed,score` for the best
of each supplier, seconds per phase, peak memory and the versions it ran with. With `--pairs` it
scores labelled pairs instead. They import nothing of answerable, but for our own.
"""

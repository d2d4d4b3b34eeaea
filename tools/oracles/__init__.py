"""Independent programs that judge what we write, each in an environment of its own.

Nothing here is needed to use answerable. The tests in `tests/oracles/` ask these programs whether
our archives replay, our Merkle roots agree, our exports are valid; where an environment is
missing they are skipped and say so. `make oracles` makes the environments in `build/oracles/`.

Some of the programs are under the GPL; they run as processes of their own and are never imported
by answerable.
"""

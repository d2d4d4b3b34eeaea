"""The command line. Each command calls one function of `answerable.story` and speaks its errors.

Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 a finding of the kind asked for, 2 bad
use or input, 70 a mistake of ours.
"""

from answerable.cli.commands import run

__all__ = ["run"]

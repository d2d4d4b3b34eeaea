"""`python -m answerable` is the command line."""

from answerable.cli import run

if __name__ == "__main__":
    run()

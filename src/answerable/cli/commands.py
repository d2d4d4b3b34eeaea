"""The commands in the order of the story: these imports are in the order of `--help`."""

# isort: skip_file
import answerable.cli.workspaces  # init
import answerable.cli.captures  # draft, capture, search, quote, custody, check
import answerable.cli.screenings  # collect, lists, screen, compare
import answerable.cli.changes  # changes
import answerable.cli.review  # review
import answerable.cli.judgements  # judge, resolve
import answerable.cli.proofs  # verify, stamp, export, erase
import answerable.cli.dossiers  # compose
import answerable.cli.publication  # publish, unpublish
import answerable.cli.example  # noqa: F401  demo
from answerable.cli.app import app, run

__all__ = ["app", "run"]

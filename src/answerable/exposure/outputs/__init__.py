"""The files that a person opens after a screening, one module per form.

Every one of them begins with, or carries, the coverage: "none found" means nothing without it.
The words that people are shown stand in `words`, the answer columns in `answers`.
"""

from answerable.exposure.outputs.forms import OUTPUTS, check_outputs, write_outputs

__all__ = ["OUTPUTS", "check_outputs", "write_outputs"]

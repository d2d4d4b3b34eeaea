"""Resolve the pinned, hashed requirements anew: `make pins`.

`requirements/run.txt` is what users need, `requirements/dev.txt` what developers need besides,
`requirements/ocr.txt` and `requirements/spark.txt` what the extras of those names need. None of
them names an index or a download address, so that any mirror serves.
"""

import subprocess
import sys

COMPILE = [
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
    *("--python-version", "3.11", "--generate-hashes", "--only-binary", ":all:"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
    *("--custom-compile-command", "make pins"),
]
RUN = ["--group", "run", "pyproject.toml", "-o", "requirements/run.txt"]
DEV = ["--group", "dev", "pyproject.toml", "-c", "requirements/run.txt"]
OCR = ["--extra", "ocr", "pyproject.toml", "-c", "requirements/dev.txt"]
SPARK = [
    *("--extra", "spark", "pyproject.toml", "-c", "requirements/dev.txt"),
    *("--no-binary", "pyspark"),  # it is published as source alone
]


def main() -> None:
    """Compile the requirements of users, then the others' under the same versions."""
    subprocess.run([*COMPILE, *RUN], check=True)
    subprocess.run([*COMPILE, *DEV, "-o", "requirements/dev.txt"], check=True)
    subprocess.run([*COMPILE, *OCR, "-o", "requirements/ocr.txt"], check=True)
    subprocess.run([*COMPILE, *SPARK, "-o", "requirements/spark.txt"], check=True)


if __name__ == "__main__":
    main()

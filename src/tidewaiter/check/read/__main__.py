"""``python -m tidewaiter.check.read FILE --published DATE``: the claims of a file, one JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from tidewaiter.check.document import read_document
from tidewaiter.check.read import extract


def main() -> None:
    """Print the claims of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--published", type=date.fromisoformat)
    parser.add_argument("--format", choices=("jsonl",), default="jsonl")
    options = parser.parse_args()
    document = read_document(options.file.read_bytes(), options.file.stem)
    for claim in extract(document, options.published):
        sys.stdout.write(json.dumps(claim.slots(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

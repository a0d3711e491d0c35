"""How many corrections `tidewaiter map` needs, by layout: ``python tools/map_score.py``.

The layouts stand in ``tests/sources/mapping``: ``layouts`` were there while the proposals were made better,
``held_out``, ``second``, ``third``, ``fourth`` afterwards; docs/mapping.md has what they needed at first try.
"""

from __future__ import annotations

import sys
from pathlib import Path

_CASES = Path(__file__).resolve().parents[1] / "tests" / "sources" / "mapping"


def main() -> int:
    """Print the corrections of each layout and the means."""
    sys.path.insert(0, str(_CASES))
    from cases import cases, corrections  # noqa: PLC0415 — beside the tests

    for folder in ("layouts", "held_out", "second", "third", "fourth"):
        counts = []
        for case in cases(folder):
            found = corrections(case)
            counts.append(len(found))
            print(f"{len(found)}  {case.name:24} {'; '.join(found)}")
        if counts:
            most = sum(count > 2 for count in counts)  # noqa: PLR2004 — the promise is two
            print(
                f"{folder}: {len(counts)} layouts, mean {sum(counts) / len(counts):.2f}, past two: {most}\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The command line: verb and noun. Data on stdout, talk on stderr; it knows everything, holds no logic.

One verb a file. A verb's module imports only what its options need; what it works with is imported when
it runs, so ``tidewaiter --help`` answers at once.

Exit codes: 0 fine, 1 findings, 2 usage, 3 source unavailable.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130
_PIPE_CLOSED = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    from tidewaiter.cli.app import run  # late, so that importing this costs nothing

    try:
        code = run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # `tidewaiter get … | head`: the reader has enough
        sys.stdout = None  # or the interpreter complains on its way out
        return _PIPE_CLOSED
    return code

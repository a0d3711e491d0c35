"""Reading in a process of its own: a PDF or a large page may be made to ask for any time and memory.

Packed streams in a PDF, forms within forms, a tag with a million attributes: none can be stopped from within,
but a process can. The child is told a function by name; it gets the file on standard input and gives what the
function returns as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnparsableError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_MEMORY = 2 << 30
"""Of such a process, in bytes."""
MAX_ANSWER = 64 << 20
"""Of what it tells, in characters."""
_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from tidewaiter.sources.apart import serve; serve(sys.argv[2], float(sys.argv[3]))"
)
_TOO_MUCH = "it needs more memory than any document does"


def run_apart(job: str, data: bytes, seconds: float) -> Any:
    """What a function makes of a file, in a child that the system bounds.

    Args:
        job: ``package.module:function``; the function takes bytes and returns what JSON can hold.
        data: the file.
        seconds: how long it may take.

    Raises:
        UnparsableError: the file is damaged, locked, or beyond the bounds of time and memory.
    """
    command: Sequence[str] = [
        sys.executable, "-X", "utf8", "-c", _CHILD, json.dumps(sys.path), job, str(seconds),
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 — no word of the file is in the command
            command, input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnparsableError(f"it takes more than {seconds:g} seconds to read") from error
    told = _answer(done.stdout)
    if told is None:
        raise UnparsableError(_TOO_MUCH)
    if told.get("fault"):
        raise UnparsableError(told["fault"], hint=told.get("hint", ""))
    return told["answer"]


def _answer(written: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(written)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def serve(job: str, seconds: float) -> None:
    """In the child: a file on standard input, the answer as JSON on standard output."""
    _bound(seconds)
    module, _, name = job.partition(":")
    try:
        data = sys.stdin.buffer.read()
        text = json.dumps({"answer": getattr(import_module(module), name)(data)})
        told = text if len(text) <= MAX_ANSWER else json.dumps({"fault": _TOO_MUCH})
    except (MemoryError, RecursionError):
        told = json.dumps({"fault": _TOO_MUCH})
    except Exception as error:  # noqa: BLE001 — whatever the readers raise
        told = json.dumps(_fault(error))
    sys.stdout.write(told)


def _fault(error: Exception) -> dict[str, Any]:
    chain = f"{type(error).__name__} {error!r} {error.__cause__!r}"
    if "Password" in chain or "Encryption" in chain:
        return {"fault": "it is locked with a password", "hint": "save it without one"}
    words = " ".join(str(error).split())[:120]
    return {"fault": f"it is damaged: {words or type(error).__name__}"}


def _bound(seconds: float) -> None:
    """Limits that the system keeps, where it can (POSIX); elsewhere the parent's clock is the only one."""
    try:
        import resource  # noqa: PLC0415 — POSIX
    except ImportError:
        return
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))

"""PDF, read in a process of its own: its packed streams and nested forms may ask for any time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.limits import MAX_MEMORY, MAX_SECONDS, broken

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from tidewaiter.check.formats.portable import serve; serve()"
)


def read_pdf(data: bytes, name: str) -> Draft:
    """The text of a PDF.

    Raises:
        FaultsError: damaged, locked, or beyond the bounds of time and memory.
    """
    command: Sequence[str] = [sys.executable, "-X", "utf8", "-c", _CHILD, json.dumps(sys.path)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False)  # noqa: S603 — our own words alone
    except subprocess.TimeoutExpired as error:
        raise broken(name, f"it takes more than {MAX_SECONDS} seconds to read") from error
    told = _answer(done.stdout)
    if told is None:
        raise broken(name, "it needs more memory or time than any bulletin does")
    if told.get("fault"):
        raise broken(name, told["fault"], told.get("hint", ""))
    day = date.fromisoformat(told["day"]) if told["day"] else None
    return Draft("pdf", told["text"], told["title"], told["author"], day, told["findings"])


def _answer(written: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(written)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def serve() -> None:
    """In the child: a PDF on standard input, its draft as JSON on standard output."""
    _bound()
    from tidewaiter.check.formats.pdf import draft_of  # noqa: PLC0415 — after the bounds are set

    data = sys.stdin.buffer.read()
    try:
        told = draft_of(data)
    except MemoryError:
        told = {"fault": "it needs more memory than any bulletin does"}
    except Exception as error:  # noqa: BLE001 — whatever the readers of PDF raise
        told = _fault(error)
    sys.stdout.write(json.dumps(told))


def _fault(error: Exception) -> dict[str, Any]:
    chain = f"{type(error).__name__} {error!r} {error.__cause__!r}"
    if "Password" in chain or "Encryption" in chain:
        return {"fault": "it is locked with a password", "hint": "save it without one"}
    words = " ".join(str(error).split())[:120]
    return {"fault": f"it is damaged: {words or type(error).__name__}"}


def _bound() -> None:
    """Limits that the system keeps, where it can (POSIX); elsewhere the parent's clock is the only one."""
    try:
        import resource  # noqa: PLC0415 — POSIX
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))

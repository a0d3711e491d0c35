"""Reading in a process of its own: a PDF or a large page may be made to ask for any time and memory.

Packed streams in a PDF, forms within forms, a tag with a million attributes: none can be stopped from within,
but a process can.
"""

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
    "from tidewaiter.check.formats.apart import serve; serve(sys.argv[2])"
)
_TOO_MUCH = "it needs more memory than any document does"


def read_apart(kind: str, data: bytes, name: str) -> Draft:
    """The draft of a pdf or html file, read by a child that the system bounds.

    Raises:
        FaultsError: damaged, locked, or beyond the bounds of time and memory.
    """
    command: Sequence[str] = [sys.executable, "-X", "utf8", "-c", _CHILD, json.dumps(sys.path), kind]
    try:
        done = subprocess.run(  # noqa: S603 — no word of the file is in the command
            command, input=data, capture_output=True, timeout=MAX_SECONDS[kind], check=False
        )
    except subprocess.TimeoutExpired as error:
        raise broken(name, f"it takes more than {MAX_SECONDS[kind]} seconds to read") from error
    told = _answer(done.stdout)
    if told is None:
        raise broken(name, _TOO_MUCH)
    if told.get("fault"):
        raise broken(name, told["fault"], told.get("hint", ""))
    day = date.fromisoformat(told["day"]) if told["day"] else None
    return Draft(
        kind=told["kind"],
        text=told["text"],
        title=told["title"],
        author=told["author"],
        day=day,
        findings=told["findings"],
    )


def _answer(written: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(written)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def serve(kind: str) -> None:
    """In the child: a file on standard input, its draft as JSON on standard output."""
    _bound(MAX_SECONDS[kind])
    data = sys.stdin.buffer.read()
    try:
        draft = _read(kind, data)
        day = draft.day.isoformat() if draft.day else ""
        told = {name: getattr(draft, name) for name in ("kind", "text", "title", "author", "findings")} | {
            "day": day
        }
    except (MemoryError, RecursionError):
        told = {"fault": _TOO_MUCH}
    except Exception as error:  # noqa: BLE001 — whatever the readers raise
        told = _fault(error)
    sys.stdout.write(json.dumps(told))


def _read(kind: str, data: bytes) -> Draft:
    if kind == "pdf":
        from tidewaiter.check.formats.pdf import read_pdf  # noqa: PLC0415 — after the bounds are set

        return read_pdf(data)
    from tidewaiter.check.formats.page import read_page  # noqa: PLC0415

    return read_page(data.decode())


def _fault(error: Exception) -> dict[str, Any]:
    chain = f"{type(error).__name__} {error!r} {error.__cause__!r}"
    if "Password" in chain or "Encryption" in chain:
        return {"fault": "it is locked with a password", "hint": "save it without one"}
    words = " ".join(str(error).split())[:120]
    return {"fault": f"it is damaged: {words or type(error).__name__}"}


def _bound(seconds: int) -> None:
    """Limits that the system keeps, where it can (POSIX); elsewhere the parent's clock is the only one."""
    try:
        import resource  # noqa: PLC0415 — POSIX
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

"""Files that are no data though their name says so: an error message or a web page saved as CSV.

They are recognised so that the refusal says what happened, in place of "unknown layout". An answer of
an API without rows is refused here as well: a wrong code answers so, and nothing must pass for data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError

if TYPE_CHECKING:
    from tidewaiter.model.release import Reading
    from tidewaiter.sources.protocol import Blob

_SMALL = 20_000  # bytes; messages are short
_SHOWN = 120
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<\?xml[^>]*\?>\s*<!doctype html)", re.IGNORECASE
)
_MESSAGE = re.compile(
    r"result (?:set )?too large|do not have permission|access denied|maximum result|rate limit|"
    r"too many requests|quota exceeded|invalid (?:api )?(?:key|subscription)|missing subscription key|"
    r"unauthori[sz]ed|forbidden|"
    r"service unavailable|internal server error|bad gateway|gateway time-?out|error: |error code|not found|"
    r"unknown variable|request (?:failed|rejected)|no data (?:found|available)",
    re.IGNORECASE,
)
_JSON_MESSAGE = re.compile(r'"(?:error|message|errorMessage|statusCode)"\s*:\s*(?:"[^"]+"|\d{3}|\{)')
_NO_ROWS = re.compile(r'\{.*"(?:data|value|list)"\s*:\s*\[\s*\].*\}\s*\Z', re.DOTALL)


class Refused:
    """Recognises what is no data and says so."""

    name = "error-message"

    def sniff(self, blob: Blob) -> bool:
        """A short text that is an error message, a web page without tables, or an answer without rows."""
        return bool(_reason(blob))

    def read(self, blob: Blob) -> list[Reading]:
        """Never anything.

        Raises:
            FaultsError: always, with the reason.
        """
        raise FaultsError([Fault(blob.name, _reason(blob), "ask for the data again, and look at the answer")])


SOURCE = Refused()


def _reason(blob: Blob) -> str:
    """Why it is no data, empty when it may be some."""
    data = blob.data
    if len(data) > _SMALL or b"\0" in data[:4096]:
        return ""
    if _PAGE.match(data[:500]):
        return "" if b"<table" in data.lower() else "is a web page saved as a file, without a table"
    text = data.decode("utf-8", errors="replace").strip()
    first = " ".join(text.split())[:_SHOWN]
    if text.startswith("{"):
        if _JSON_MESSAGE.search(text) and not re.search(r'"(?:data|value|list)"\s*:\s*\[\s*[\[{]', text):
            return f"is an error message of an API, not data: {first!r}"
        return (
            "is an answer without rows: a wrong code or an empty period answers so"
            if _NO_ROWS.match(text)
            else ""
        )
    if _MESSAGE.search(text[:2000]) and not _is_table(text):
        return f"is an error message saved as a file, not data: {first!r}"
    return ""


def _is_table(text: str) -> bool:
    """Most lines are cut into the same number of cells, more than one."""
    lines = [line for line in text.splitlines() if line.strip()]
    for sign in (",", ";", "\t", "|"):
        counts = [line.count(sign) for line in lines]
        most = max(set(counts), key=counts.count)
        if most and len(lines) > 1 and counts.count(most) > 0.6 * len(lines):
            return True
    return False

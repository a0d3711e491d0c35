"""From a draft of any format to the text as it is handed out: language, script, day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.check.formats.chinese import traditional_of
from tidewaiter.check.formats.dates import head_day
from tidewaiter.check.formats.extracted import Extracted
from tidewaiter.check.formats.limits import MAX_SIGNS, broken

if TYPE_CHECKING:
    from tidewaiter.check.formats.extracted import Draft

_LANG_SAMPLE = 50_000


def finish(draft: Draft) -> Extracted:
    """Language, script and day of a draft; a text beyond all measure is refused."""
    text = draft.text
    if len(text) > MAX_SIGNS:
        raise broken("text", f"it has {len(text):,} signs, more than the {MAX_SIGNS:,} that are read")
    lang = _language(text[:_LANG_SAMPLE])
    other = traditional_of(text) if lang == "zh" else None
    return Extracted(
        text=text,
        kind=draft.kind,
        title=draft.title,
        author=draft.author,
        date=draft.day or head_day(text),
        lang=lang,
        simplified=other is not None,
        traditional=other,
        findings=tuple(draft.findings),
    )


def _language(text: str) -> str:
    from tidewaiter.check.document import language  # noqa: PLC0415 — documents are read through this package

    return language(text)

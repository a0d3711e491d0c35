"""Reading English."""

from __future__ import annotations

from tidewaiter.check.read.reader import Reader


class ReadEn(Reader):
    """English."""

    lang = "en"

"""Publishers and titles in the language of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang
    from tidewaiter.model.release import Release

_CJK = re.compile("[\u3000-\u9fff\uff00-\uffef]+")
_WORD = re.compile("[A-Za-z]{3}")


def publisher_in(release: Release, lang: Lang) -> str:
    """Whose numbers these are."""
    return release.publisher.name_zh if lang == "zh" else release.publisher.name


def title_in(title: str, lang: Lang) -> str:
    """Of a title in two languages the half that is in ours; else the title as it is.

    Examples:
        >>> title_in("出口貨品分類 Exports by principal commodity", "en")
        'Exports by principal commodity'
        >>> title_in("產業經濟統計簡訊《459》", "en")
        '產業經濟統計簡訊《459》'
    """
    zh = "".join(_CJK.findall(title))
    en = _CJK.sub("", title).strip()
    if not (zh and _WORD.search(en)):
        return title
    return zh if lang == "zh" else en

"""The day a document bears: in its metadata or on a line at its head."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

_TAIPEI = timezone(timedelta(hours=8))
_ROC = 1911
_YEARS = range(1980, 2100)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YMD = re.compile(r"(?<!\d)(?P<y>\d{2,4})\s*[年/.\-]\s*(?P<m>\d{1,2})\s*[月/.\-]\s*(?P<d>\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m>[A-Za-z]{3,9})\.?,?\s+(?P<y>\d{4})")
_MDY = re.compile(r"(?P<m>[A-Za-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+[\d:]+|,)?\s+(?P<y>\d{4})")
_DIGITS = re.compile(r"\A\s*(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)")
_FORMS = (_DIGITS, _YMD, _DMY, _MDY)
_LABEL = re.compile(
    r"(?:發布|發佈|发布|張貼|上稿|刊登|公布|公告|更新|發稿|發文)?(?:日期|時間|时间)\s*[:：]|"
    r"(?:發布|發佈|发布|張貼|上稿|刊登|發稿)(?:日期|時間|时间)?[於于]?\s*[:：]?|"
    r"\b(?:published|release date|date|posted|dated?|released)(?: on)?\b\s*[:：]?",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:中華民國|民國|西元|[（(【\[].{0,6}[）)】\]]|星期.|週.|\d{1,2}:\d\d(?::\d\d)?|[\s,，。.（）()|｜]|日|[上下]午|\w{3,6}day)+"
)
_HEAD = 1500
_LINES = 14
_LABELLED = 40  # signs: a label and its day stand at the beginning of a line
_SHORT = 60
_FIRST_ROC = 60  # 1971: no file of ours is older
_THREE_DIGITS = 1000


def read_day(text: str) -> date | None:
    """The first day in a text: 2023-12-08, 112年12月8日, 8 December 2023, Dec 8, 2023, 20231208.

    >>> read_day("中華民國112年12月8日")
    datetime.date(2023, 12, 8)
    """
    found = [match for pattern in _FORMS if (match := pattern.search(text))]
    for match in sorted(found, key=lambda match: match.start()):
        if day := _day_of(match):
            return day
    return None


def _day_of(match: re.Match[str]) -> date | None:
    month = int(match["m"]) if match["m"].isdigit() else _month(match["m"].lower())
    year = int(match["y"])
    year += _ROC if _FIRST_ROC <= year < _THREE_DIGITS else 0
    if year not in _YEARS:
        return None
    try:
        return date(year, month, int(match["d"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it, 0 for any other word."""
    return next((at for at, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)


def meta_day(value: str) -> date | None:
    """The day of a metadata value. Universal time is read in Taipei: news of the small hours bear that day.

    >>> meta_day("2023-12-07T16:30:00Z")
    datetime.date(2023, 12, 8)
    """
    given = value.strip()
    if given.endswith(("Z", "+00:00", "+0000")) and "T" in given:
        try:
            day = datetime.fromisoformat(given).astimezone(_TAIPEI).date()
        except (ValueError, OverflowError):
            return read_day(given)
        return day if day.year in _YEARS else None
    return read_day(given)


def head_day(text: str) -> date | None:
    """The day on a line near the head that says nothing else, or after 發布日期, "Published" and the like."""
    lines = text[:_HEAD].split("\n")[:_LINES]
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        label = _LABEL.search(line[:_LABELLED])
        rest = line[label.end() :].strip() or after if label else ""
        alone = len(line) <= _SHORT and not _AROUND.sub("", _without_day(line))
        told = rest[:_LABELLED] if label and _begins_with_day(rest) else (line if alone else "")
        if told and (day := read_day(told)):
            return day
    return None


def _begins_with_day(rest: str) -> bool:
    """No words stand between the label and the day: then it is a label, not a sentence."""
    found = [match.start() for pattern in _FORMS if (match := pattern.search(rest[:_LABELLED]))]
    return bool(found) and not _AROUND.sub("", rest[: min(found)])


def _without_day(line: str) -> str:
    for pattern in (_YMD, _DMY, _MDY):
        line = pattern.sub("", line, count=1)
    return line

"""What runs across the top of a table: a pattern for its headings, with a group for each part of the key."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.columns import period_of
from tidewaiter.sources.mapping.headings import flow_in, says, unit_in
from tidewaiter.sources.mapping.periods import month_named
from tidewaiter.sources.mapping.shape import JOIN

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEVERAL = 3  # countries or goods across the top
_MONTHS = 3  # months across the top
_ENOUGH = 0.6  # of the headings
_SHORTEST = 3  # signs of a country's name
_HS = re.compile(r"(?:HS ?)?(\d{2}|\d{4}|\d{6}|\d{8}|\d{10})\Z")
_MARKS = r"(?: ?\(?[prPR]\)?|\*)?"
_WORD = r"[^\W\d_]+\.?"
_YEAR = r"(?:19|20|25)\d\d"
PERIODS = (
    rf"{_YEAR} ?[-/.]? ?[QqTtHhSs][1-4]{_MARKS}",
    rf"[QqTtHh][1-4] ?[-/.]? ?{_YEAR}{_MARKS}",
    rf"[1-4][QqTt] ?[-/.]? ?{_YEAR}{_MARKS}",
    rf"{_YEAR}[-/. ]?[Mm]? ?(?:0?[1-9]|1[0-2])[月월]?{_MARKS}",
    rf"{_YEAR}[-/–](?:\d\d|{_YEAR}){_MARKS}",
    rf"(?:\d\d[-/. ])?{_WORD}[-/ .'’]*(?:de )?{_YEAR}{_MARKS}",
    rf"{_YEAR}[-/ .]*{_WORD}{_MARKS}",
    rf"(?:\d\d[-/])?{_WORD}[-/ .'’]\d\d{_MARKS}",
    rf"(?:0?[1-9]|1[0-2])[-/.]{_YEAR}{_MARKS}",
    rf"(?:令和|平成)?\d{{2,4}} ?[年년] ?\d{{1,2}} ?[月월]{_MARKS}",
    rf"{_YEAR}-\d\d-\d\d(?:[ T][\d:]+)?",
    rf"(?:FY ?)?{_YEAR} ?[年년]?{_MARKS}",
    r"\d{2,3} ?年",
)
"""Periods in headings, the most telling first."""


@dataclass(frozen=True)
class Across:
    """A pattern for headings.

    Attributes:
        pattern: with groups ``period``, ``month``, ``partner``, ``commodity``, ``column``.
        keep: headings the pattern fits that are names all the same.
        notes: grounds.
    """

    pattern: str
    keep: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pattern_of(names: Sequence[str], numeric: Sequence[int]) -> Across | None:
    """The pattern of the headings of numbers, None when they are plain names.

    Args:
        names: all headings, their rows joined.
        numeric: which of them stand over numbers.
    """
    heads = [names[at] for at in numeric]
    if not heads:
        return None
    found = _periods(heads) or _months(heads) or _lettered(heads) or _areas(heads) or _goods(heads)
    if found is None:
        return None
    compiled = re.compile(found.pattern)
    over = set(numeric)
    keep = [name for at, name in enumerate(names) if at not in over and name and compiled.fullmatch(name)]
    return Across(found.pattern, keep, found.notes)


def _periods(heads: Sequence[str]) -> Across | None:
    """Headings with a period each; what stands before or behind it names the column."""
    best: tuple[int, str, list[tuple[str, str, str]]] = (0, "", [])
    for form in PERIODS:
        parts = [_split(head, form) for head in heads]
        fits = [part for part in parts if part and _is_period(part[1])]
        if len(fits) > best[0]:
            best = (len(fits), form, fits)
    count, form, fits = best
    if count < 2 and not (count == 1 and len(heads) == 1):  # noqa: PLR2004
        return None
    return Across(_around(form, "period", fits), notes=["the headings are periods: they become rows"])


def _is_period(text: str) -> bool:
    return bool(period_of(text) or period_of(text.replace("–", "-"), "fiscal"))


def _months(heads: Sequence[str]) -> Across | None:
    """Headings with a month each, the year standing elsewhere."""
    form = rf"(?:{_WORD}|\d{{1,2}} ?[月월]|M\d\d)"
    fits = [part for head in heads if (part := _split(head, form)) and month_named(part[1])]
    if len({month_named(part[1]) for part in fits}) < _MONTHS or any(part[1].isdigit() for part in fits):
        return None
    texts = "|".join(dict.fromkeys(re.escape(part[1]) for part in fits))
    notes = ["the headings are months: they become rows"]
    return Across(_around(f"(?:{texts})", "month", fits), notes=notes)


def _lettered(heads: Sequence[str]) -> Across | None:
    """Letters right before each period: ``Y2023``; months of several columns: ``IJAN``, ``EJAN``."""
    for name, form, enough in (
        ("period", rf"{_YEAR}(?:[QqMm]\d\d?)?", 2),
        ("month", r"(?:[A-Z]{3}|[A-Z][a-z]{2,8})", _MONTHS),
    ):
        found = [match for head in heads if (match := re.fullmatch(rf"([A-Za-z]{{1,2}})({form})", head))]
        fits = [m for m in found if (month_named(m[2]) if name == "month" else _is_period(m[2]))]
        if len({match[2] for match in fits}) < enough:
            continue
        letters = "|".join(dict.fromkeys(match[1] for match in fits))
        texts = "|".join(dict.fromkeys(match[2] for match in fits)) if name == "month" else form
        before = f"(?P<column>{letters})" if "|" in letters else letters
        told = "months" if name == "month" else "periods"
        return Across(
            f"{before}(?P<{name}>{texts})",
            notes=[f"the headings are {told} behind letters: they become rows"],
        )
    return None


def _split(head: str, form: str) -> tuple[str, str, str] | None:
    """What stands before a period, the period, and what stands behind it."""
    for at, part in enumerate(parts := head.split(JOIN)):
        if re.fullmatch(form, part):
            before, after = JOIN.join(parts[:at]), JOIN.join(parts[at + 1 :])
            return (before + JOIN if before else "", part, JOIN + after if after else "")
    match = re.search(rf"(?<![^\W_])(?:{form})(?![^\W_])", head)
    return (head[: match.start()], match[0], head[match.end() :]) if match else None


def _around(form: str, name: str, fits: Sequence[tuple[str, str, str]]) -> str:
    """The pattern: the period, and a group for what changes around it."""
    befores, afters = {before for before, _, _ in fits}, {after for _, _, after in fits}
    core = f"(?P<{name}>{form})"
    if befores == {""} and afters == {""}:
        return core
    if len(afters) == 1:
        return _group([before for before, _, _ in fits], behind=False) + core + re.escape(afters.pop())
    if len(befores) == 1:
        return re.escape(befores.pop()) + core + _group([after for _, _, after in fits], behind=True)
    return f"(?P<column>.*?){core}.*"


def _group(texts: Sequence[str], *, behind: bool) -> str:
    """A group for texts beside a period: countries, or names of columns; the sign between stays outside."""
    bare = [text.strip(" /-_:,") for text in texts]
    signs = Counter(_sign(text, name, behind=behind) for text, name in zip(texts, bare, strict=True))
    sign = signs.most_common(1)[0][0]
    some = any(not name for name in bare)
    role = _role(bare)
    one = f"(?P<{role}>.+)" if role != "column" else ("(?P<column>.+?)" if not behind else "(?P<column>.+)")
    joined = re.escape(sign) + one if behind else one + re.escape(sign)
    return f"(?:{joined})?" if some else joined


def _sign(text: str, bare: str, *, behind: bool) -> str:
    return text[: text.find(bare)] if behind else text[text.rfind(bare) + len(bare) :] if bare else ""


def _role(texts: Sequence[str]) -> str:
    """What the texts beside periods are: countries, or names of columns of numbers."""
    several = {text for text in texts if text}
    known = [text for text in several if _is_area(text)]
    return "partner" if len(several) > 1 and len(known) >= _ENOUGH * len(several) else "column"


def _is_area(text: str) -> bool:
    shown = text.split(" (", maxsplit=1)[0].strip()
    if len(shown) < _SHORTEST and not any(ord(sign) > 0x2E80 for sign in shown):  # noqa: PLR2004 — CJK
        return False
    return partners.area_of(text, (partners.NAME, "iso3")) is not None or (
        partners.area_of(shown, (partners.NAME,)) is not None
    )


def _areas(heads: Sequence[str]) -> Across | None:
    """Countries across the top."""
    return _parts(heads, _is_area, "partner", "the headings are countries: they become rows")


def _goods(heads: Sequence[str]) -> Across | None:
    """Codes of goods across the top."""
    return _parts(
        heads, lambda text: bool(_HS.match(text)), "commodity", "the headings are goods: they become rows"
    )


def _parts(heads: Sequence[str], holds: object, name: str, told: str) -> Across | None:
    depth = max(head.count(JOIN) for head in heads) + 1
    for level in range(depth):
        split = [head.split(JOIN) for head in heads]
        fits = [parts for parts in split if level < len(parts) and holds(parts[level])]  # type: ignore[operator]
        if len({parts[level] for parts in fits}) >= _SEVERAL and len(fits) >= _ENOUGH * len(heads):
            return Across(_levels(fits, level, name), notes=[told])
    return None


def _levels(fits: Sequence[Sequence[str]], level: int, name: str) -> str:
    parts = []
    for at in range(max(map(len, fits))):
        group = name if at == level else "column" if at == (0 if level else 1) else ""
        parts.append(f"(?P<{group}>.+?)" if group else ".+")
    return JOIN.join(parts)


def period_in(text: str) -> str:
    """The one period a title speaks of, empty when it speaks of none or several.

    Examples:
        >>> period_in("Exports by country, August 2025"), period_in("trade_2025m08")
        ('2025-08', '2025-08')
        >>> period_in("2023 and 2024")
        ''
    """
    shown = text.replace("_", " ")
    for form in PERIODS[:-2]:
        found = re.findall(rf"(?<![0-9A-Za-z])(?:{form})(?![0-9A-Za-z])", shown)
        periods = {period for part in found if (period := period_of(part))}
        if periods:
            return periods.pop() if len(periods) == 1 else ""
    return ""


def speaks_of_numbers(head: str) -> bool:
    """A heading that names a kind of number: a value, a weight, a flow."""
    return bool(says(head, "value") or says(head, "quantity") or unit_in(head) or flow_in(head))

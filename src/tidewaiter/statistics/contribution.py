"""Contribution to growth (貢獻): the part's change over the whole a year ago, in percentage points."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENTAGE_POINT
from tidewaiter.statistics.statistic import Needed, Number, Statistic, whole_of


def contribution(now: Number, base: Number, whole_base: Number) -> Number:
    """``(part now − part a year ago) / whole a year ago × 100``; the parts sum to the whole's growth.

    Examples:
        ICT and audio-video products in August 2025 (Tables 1 and 2, US$ million): of the 34.07 % that
        exports grew, 23.77 points.

        >>> round(contribution(23357.80, 12986.90, 43625.148), 2)
        23.77
    """
    return (now - base) / whole_base * 100


def needs(key: Key, period: Period, of: str) -> tuple[Needed, ...]:
    """The part now and a year ago, the whole a year ago."""
    base = period.year_ago()
    return (Needed(key, period), Needed(key, base), Needed(whole_of(key, of), base))


STATISTIC = Statistic(
    name="contribution", unit=PERCENTAGE_POINT, zh="貢獻", en="contribution to growth",
    formula="Δpart / whole a year ago × 100", source="OECD Glossary of Statistical Terms",
    needs=needs, kernel=contribution, parameters=("partner", "commodity", "reporter", "parent", "total"),
)  # fmt: skip

"""Figures as an answer: a sequence, and a table in whatever library the reader likes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from tidewaiter.model.figure import Figure, Input
    from tidewaiter.model.release import Release

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Vintage:
    """The same figure as another release has it."""

    value: float
    unit: str
    release: str
    published: str
    preliminary: bool = False

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True)
class Figures(Sequence["Figure"]):
    """Figures in order, with the releases they come from.

    Attributes:
        items: the figures.
        releases: every release of the store by identifier, for origins.
        vintages: figure identity → the same figure in other releases.
    """

    items: tuple[Figure, ...]
    releases: Mapping[str, Release] = field(default_factory=dict)
    vintages: Mapping[str, tuple[Vintage, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Figure: ...
    @overload
    def __getitem__(self, index: slice) -> Figures: ...
    def __getitem__(self, index: int | slice) -> Figure | Figures:
        if isinstance(index, slice):
            return Figures(self.items[index], self.releases, self.vintages)
        return self.items[index]

    @property
    def value(self) -> float:
        """The number, when there is one figure."""
        if len(self.items) != 1:
            raise ValueError(f"{len(self.items)} figures: take one, or a table")
        return self.items[0].value

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a figure, as ``tidewaiter get --format json`` prints it."""
        return [self._record(figure) for figure in self.items]

    def rows(self) -> list[dict[str, Any]]:
        """One flat dictionary a figure: the columns of the table."""
        return [self._row(figure) for figure in self.items]

    def to_polars(self) -> pl.DataFrame:
        """A Polars frame; ``first`` and ``last`` are the days the period begins and ends with."""
        import polars as pl  # heavy

        types = {"value": pl.Float64, "low": pl.Float64, "high": pl.Float64}
        days = ("first", "last", "as_of", "published")
        frame = pl.DataFrame(self.rows(), infer_schema_length=None, schema_overrides=types)
        return frame.with_columns(pl.col(name).cast(pl.String).str.to_date() for name in days)

    def to_arrow(self) -> pa.Table:
        """An Arrow table."""
        return self.to_polars().to_arrow()

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame. Needs the extra ``tidewaiter[pandas]``."""
        import pandas as pd  # an extra

        return pd.DataFrame(self.rows()).astype({"first": "datetime64[s]", "last": "datetime64[s]"})

    def _record(self, figure: Figure) -> dict[str, Any]:
        row = self._row(figure)
        for name in ("reporter", "flow", "commodity", "partner", "measure", "first", "last", "published"):
            del row[name]
        row["origin"] = [self._origin(cell) for cell in figure.inputs]
        row["other_vintages"] = [v.row() for v in self.vintages.get(row["figure"], ())]
        return row

    def _row(self, figure: Figure) -> dict[str, Any]:
        name = figure.id
        reporter, flow, commodity, partner, measure = name.key.parts()
        return {
            "figure": str(name),
            "key": str(name.key),
            "reporter": reporter,
            "flow": flow,
            "commodity": commodity,
            "partner": partner,
            "measure": measure,
            "statistic": name.statistic,
            "of": name.of,
            "period": str(name.period),
            "first": None if name.period.is_open else _first_day(name.period.first),
            "last": _last_day(name.period.last),
            "value": figure.value,
            "unit": str(figure.unit),
            "low": figure.interval.low,
            "high": figure.interval.high,
            "as_of": name.as_of.isoformat() if name.as_of else None,
            "release": figure.release,
            "published": self._published(figure),
            "preliminary": figure.preliminary,
            "route": figure.route,
            "note": figure.note,
        }

    def _published(self, figure: Figure) -> str | None:
        """The day the figure became known: that of its latest input."""
        days = [cell.known_at for cell in figure.inputs if cell.known_at is not None]
        if days:
            return max(days).isoformat()
        release = self.releases.get(figure.release)
        return release.published.isoformat() if release else None

    def _origin(self, cell: Input) -> dict[str, Any]:
        release = self.releases.get(cell.release)
        known = cell.known_at or (release.published if release else None)
        file = (
            next((f for f in release.files if cell.place and f.name == cell.place.file), None)
            if release
            else None
        )
        return {
            "key": str(cell.key),
            "statistic": cell.statistic,
            "period": str(cell.period),
            "value": cell.interval.mid,
            "unit": str(cell.unit),
            "release": cell.release,
            "file": cell.place.file if cell.place else "",
            "sheet": cell.place.sheet if cell.place else "",
            "cell": cell.place.cell if cell.place else "",
            "sha256": file.sha256 if file else "",
            "publisher": release.publisher.name if release else "",
            "published": known.isoformat() if known else None,
        }

    def __repr__(self) -> str:
        lines = [
            f"  {f.id.key}  {f.id.statistic}{':' if f.id.of else ''}{f.id.of}  {f.id.period}  "
            f"{f.value:,.10g} {f.unit}  [{f.release}]"
            for f in self.items[:_SHOWN]
        ]
        if len(self.items) > _SHOWN:
            lines.append(f"  … {len(self.items) - _SHOWN} more")
        noun = "figure" if len(self.items) == 1 else "figures"
        return "\n".join([f"{len(self.items)} {noun}", *lines])

    def _repr_html_(self) -> str:
        return str(self.to_polars()._repr_html_())


def _first_day(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}-01"


def _last_day(month: int) -> str:
    from calendar import monthrange  # small, and only tables need it

    year, number = month // 12, month % 12 + 1
    return f"{year:04d}-{number:02d}-{monthrange(year, number)[1]}"

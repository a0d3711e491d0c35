"""The document model: what a bulletin says, before it is a page.

::

    Bulletin
    ├── masthead        publication, number, fields (date, contact, next release)
    ├── blocks          Heading · Paragraph · NumberedList of Points · Table · Chart
    ├── sources, notes, contacts
    └── evidence        one entry a figure: value, unit, route, releases, cells

A text is a tuple of *runs*: plain ``str``, or :class:`Said`, a number or phrase that carries the identity
of the figure it states. Cells of tables and points of charts carry theirs in the same way, so whatever
a renderer prints can be followed back to the cell of the file it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from tidewaiter.bulletin.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tidewaiter.bulletin.evidence import Evidence
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.period import Period

Lang: TypeAlias = Literal["zh", "en"]
Numbering: TypeAlias = Literal["1.", "一、", "(1)", "(一)", "•"]
ChartKind: TypeAlias = Literal["months", "years", "columns", "bars"]


@dataclass(frozen=True, slots=True)
class Said:
    """A number or a phrase with the figures it states.

    Put the unit inside the text (``93.7億美元``): it then never parts from its number at a line's end.

    Attributes:
        text: as printed.
        figures: identities (``str`` of a ``FigureId``), the leading one first.
        values: the unrounded values, in the order of ``figures``, each in its figure's own unit.
    """

    text: str
    figures: tuple[str, ...]
    values: tuple[float, ...] = ()

    @classmethod
    def of(cls, text: str, *figures: Figure) -> Said:
        """``text`` as the statement of ``figures``."""
        return cls(text, tuple(str(each.id) for each in figures), tuple(each.value for each in figures))


Run: TypeAlias = str | Said
Runs: TypeAlias = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """The text of runs, identities left off."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the bulletin. Level 2 is a part, 3 a section of a part."""

    kind: ClassVar[str] = "heading"
    runs: Runs
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` is its bold beginning."""

    kind: ClassVar[str] = "paragraph"
    runs: Runs
    lead: Runs = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a list: a bold lead that ends in the key number, the text, sub-items (其中 …)."""

    runs: Runs
    lead: Runs = ()
    below: NumberedList | None = None


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Points in order."""

    kind: ClassVar[str] = "list"
    points: tuple[Point, ...]
    numbering: Numbering = "1."


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One point of a chart.

    Attributes:
        at: the place on the axis, unique in its series: the period's text or a category's code.
        label: what stands there; a line feed breaks it (月 over year).
        value: what is drawn, in the unit the chart names; None leaves a gap.
        text: the value as printed.
        figure: identity.
        mark: over the value, three characters a line at best and at most two lines (``第1高``, ``歷年同期``
            over ``新高``, parted by a line feed); a marked point is always labelled.
        strong: drawn in the strong colour (the current month, the reporting country).
    """

    at: str
    label: str
    value: float | None
    text: str
    figure: str | None = None
    mark: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one name. ``line`` stands in a panel of its own below the columns (growth)."""

    name: str
    unit: str
    points: tuple[ChartPoint, ...]
    form: Literal["column", "line"] = "column"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart.

    Attributes:
        number: 圖1 is 1.
        title: without the number.
        alt: what a reader who does not see it must know.
        form: ``months`` columns with growth below · ``years`` the same span of each year with rank marks,
            every column labelled · ``columns`` likewise without ranks · ``bars`` horizontal, by category.
        series: one or more of columns, at most one line.
    """

    kind: ClassVar[str] = "chart"
    number: int
    title: str
    alt: str
    form: ChartKind
    series: tuple[Series, ...]
    source: str = ""
    notes: tuple[str, ...] = ()


Block: TypeAlias = Heading | Paragraph | NumberedList | Table | Chart


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of the first page.

    Attributes:
        office: whose bulletin (``Tidewaiter``); no office is ever impersonated.
        publication: the kind of paper (新聞稿, 產業經濟統計簡訊).
        number: ``459``, empty when unnumbered.
        fields: label and text: date, contact, next release.
    """

    office: str
    publication: str
    number: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin in one language.

    Attributes:
        id: ``release-2025-08``; the stem of its files.
        lang: ``zh`` (Traditional Chinese) or ``en``.
        title: the headline.
        masthead: the head of the first page.
        published: its day; fixes the date inside the PDF, so equal content gives equal bytes.
        period: what it speaks of.
        blocks: the body.
        subtitle: a second line under the title.
        sources: publishers and datasets.
        notes: scope and method.
        contacts: label and text lines of the foot.
        evidence: one entry a figure.
    """

    id: str
    lang: Lang
    title: str
    masthead: Masthead
    published: date
    period: Period
    blocks: tuple[Block, ...]
    subtitle: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    contacts: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = field(default=(), repr=False)

    def texts(self) -> Iterator[Runs]:
        """Every text of the body in reading order. Renderers count statements in this order."""
        for block in self.blocks:
            if isinstance(block, Heading):
                yield block.runs
            elif isinstance(block, Paragraph):
                yield from (block.lead, block.runs)
            elif isinstance(block, NumberedList):
                yield from _texts_of(block)

    def tables(self) -> Iterator[Table]:
        """The tables in order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def charts(self) -> Iterator[Chart]:
        """The charts in order."""
        return (block for block in self.blocks if isinstance(block, Chart))

    def figures(self) -> tuple[str, ...]:
        """The identity of every figure printed anywhere, in order of first print."""
        return tuple(dict.fromkeys(self._every_figure()))

    def without_evidence(self) -> tuple[str, ...]:
        """Figures printed that the evidence does not list: an outline that leaves one has a bug."""
        listed = {each.figure for each in self.evidence}
        return tuple(each for each in self.figures() if each not in listed)

    def _every_figure(self) -> Iterator[str]:
        for runs in self.texts():
            for run in runs:
                if isinstance(run, Said):
                    yield from run.figures
        for table in self.tables():
            yield from table.figures()
        for chart in self.charts():
            for series in chart.series:
                yield from (point.figure for point in series.points if point.figure)


def _texts_of(points: NumberedList) -> Iterator[Runs]:
    for point in points.points:
        yield from (point.lead, point.runs)
        if point.below:
            yield from _texts_of(point.below)

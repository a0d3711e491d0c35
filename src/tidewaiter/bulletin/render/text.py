"""Plain text: paragraphs, and tables with tabs between cells, the way offices' text versions read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import Chart, Heading, NumberedList, Paragraph, plain
from tidewaiter.bulletin.numbering import after_lead, label_of
from tidewaiter.bulletin.render.laid import publication
from tidewaiter.bulletin.words import Words, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Block, Bulletin, Runs
    from tidewaiter.bulletin.tables import Table


def render(bulletin: Bulletin) -> bytes:
    """The bulletin as UTF-8 text."""
    return ("\n".join(_lines(bulletin)).rstrip() + "\n").encode()


def _lines(bulletin: Bulletin) -> Iterator[str]:
    say = words(bulletin.lang)
    head = bulletin.masthead
    if head.publication:  # a post is its text and nothing else
        yield from (head.office, publication(bulletin))
        yield from (f"{label}{say.colon}{text}" for label, text in head.fields)
        yield from ("", bulletin.title, "")
    if bulletin.subtitle:
        yield from (bulletin.subtitle, "")
    for block in bulletin.blocks:
        yield from _block(block, say)
        yield ""
    yield from (f"{say.source}{say.colon}{text}" for text in bulletin.sources)
    yield from (f"{say.notes}{say.colon}{text}" for text in bulletin.notes)
    yield from (f"{label}{say.colon}{text}" for label, text in bulletin.contacts)


def _block(block: Block, say: Words) -> Iterator[str]:
    if isinstance(block, Heading):
        yield plain(block.runs)
    elif isinstance(block, Paragraph):
        yield _led(block.lead, block.runs, say)
    elif isinstance(block, NumberedList):
        yield from _points(block, say, "")
    elif isinstance(block, Chart):
        yield from _chart(block, say)
    else:
        yield from _table(block, say)


def _led(lead: Runs, runs: Runs, say: Words) -> str:
    if not lead:
        return plain(runs)
    return f"**{plain(lead)}**{after_lead(lead, say) if runs else ''}{plain(runs)}"


def _points(points: NumberedList, say: Words, indent: str) -> Iterator[str]:
    for at, point in enumerate(points.points, start=1):
        yield f"{indent}{label_of(points.numbering, at)}{_led(point.lead, point.runs, say)}"
        if point.below:
            yield from _points(point.below, say, indent + "  ")


def _table(table: Table, say: Words) -> Iterator[str]:
    yield from (f"{say.table.format(table.number)} {table.caption}", "")
    if table.unit:
        yield from (f"{say.unit}{say.colon}{table.unit}", "")
    yield "\t".join([table.stub, *(" ".join(filter(None, path)) for path in table.paths())])
    for row in table.rows:
        cells = [cell.text for cell in row.cells] or [""] * table.width
        yield "\t".join([row.label, *cells])
    yield from _foot(table, say)


def _chart(chart: Chart, say: Words) -> Iterator[str]:
    yield from (f"{say.figure.format(chart.number)} {chart.title}", "")
    yield "\t".join(["", *(f"{each.name}({each.unit})" for each in chart.series)])
    texts = [{point.at: point.text for point in series.points} for series in chart.series]
    labels = {point.at: point.label for series in chart.series for point in series.points}
    for at, label in labels.items():
        yield "\t".join([label.replace("\n", " "), *(by_place.get(at, "") for by_place in texts)])
    yield from _foot(chart, say)


def _foot(item: Table | Chart, say: Words) -> Iterator[str]:
    if item.source:
        yield from ("", f"{say.source}{say.colon}{item.source}")
    for note in item.notes:
        yield from ("", f"{say.notes}{say.colon}{note}")

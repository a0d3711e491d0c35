"""ODT: real headings, lists, captions and tables, charts as pictures with their text.

Each statement is a bookmark named as in statements.json (``s1``, ``s2`` …), so that a number in the
document can be followed to its figure. The dates inside are the day of publication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tidewaiter.bulletin.document import Chart, Heading, NumberedList, Paragraph, plain
from tidewaiter.bulletin.numbering import after_lead
from tidewaiter.bulletin.render.images import png, size
from tidewaiter.bulletin.render.laid import (
    at_signs,
    foot,
    held,
    last_lines,
    publication,
    stretches,
    unit_line,
)
from tidewaiter.bulletin.render.odt_styles import LISTS, styles
from tidewaiter.bulletin.render.odt_table import Styles, table_xml
from tidewaiter.bulletin.render.opendocument import document, fonts, package, sized, weight
from tidewaiter.bulletin.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Block, Bulletin, Runs
    from tidewaiter.bulletin.tables import Table

_JOINER = "\u2060"
_MOST_COLUMNS = 12  # of cells across A4 that are read without a glass
_CHART, _TALLEST = 11.5, 15.0  # cm


def render(bulletin: Bulletin) -> bytes:
    """The bulletin as an OpenDocument text."""
    writer = _Writer(bulletin)
    body = "".join(writer.body())
    declared = "".join(
        f'<text:sequence-decl text:display-outline-level="0" text:name="{name}"/>'
        for name in dict.fromkeys(writer.sequences)
    )
    inside = (
        f"{fonts()}<office:automatic-styles>{writer.styles.xml()}</office:automatic-styles>"
        f"<office:body><office:text><text:sequence-decls>{declared}</text:sequence-decls>{body}"
        "</office:text></office:body>"
    )
    return package("text", bulletin, document("content", inside), styles(bulletin), writer.pictures)


class _Writer:
    """Writes blocks one after another; counts statements, keeps pictures and styles."""

    def __init__(self, bulletin: Bulletin) -> None:
        self._bulletin = bulletin
        self._say = words(bulletin.lang)
        self._said = 0
        self.styles = Styles()
        self.pictures: dict[str, bytes] = {}
        self.sequences: list[str] = []

    def body(self) -> Iterator[str]:
        """The text, block by block."""
        yield from self._head()
        for block in self._bulletin.blocks:
            yield from self._block(block)
        for at, line in enumerate(last_lines(self._bulletin)):
            yield _p("Note" if at else "Last_20_notes", held(line))

    def _head(self) -> Iterator[str]:
        bulletin = self._bulletin
        first = self.styles.name("paragraph", "", "Masthead", page="First")
        yield (
            f'<text:p text:style-name="{first}">{escape(bulletin.masthead.office)}<text:tab/>'
            f"{escape(publication(bulletin))}</text:p>"
        )
        fields = [f"{label}{self._say.colon}{text}" for label, text in bulletin.masthead.fields]
        if fields:
            yield _p("Note", ("　" if bulletin.lang == "zh" else "\u2003").join(map(held, fields)))
        yield _p("Title", held(bulletin.title))
        if bulletin.subtitle:
            yield _p("Subtitle", held(bulletin.subtitle))

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Heading):
            style, level = f"Heading_20_{block.level}", block.level
            inside = self._runs(block.runs)
            yield f'<text:h text:style-name="{style}" text:outline-level="{level}">{inside}</text:h>'
        elif isinstance(block, Paragraph):
            # what it opens must not begin on the next page
            style = "Opening" if plain(block.runs)[-1:] in {"：", ":"} else "Text_20_body"
            yield f'<text:p text:style-name="{style}">{self._led(block.lead, block.runs)}</text:p>'
        elif isinstance(block, NumberedList):
            yield self._points(block)
        elif isinstance(block, Chart):
            yield from self._chart(block)
        else:
            yield from self._table(block)

    def _points(self, points: NumberedList) -> str:
        items = []
        for point in points.points:
            inside = f'<text:p text:style-name="Text_20_body">{self._led(point.lead, point.runs)}</text:p>'
            items.append(inside + (self._points(point.below) if point.below else ""))
        told = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
        return f'<text:list text:style-name="{LISTS[points.numbering]}">{told}</text:list>'

    def _led(self, lead: Runs, runs: Runs) -> str:
        if not lead:
            return self._runs(runs)
        bold = f'<text:span text:style-name="Lead">{self._runs(lead)}</text:span>'
        return bold + (escape(after_lead(lead, self._say)) if runs else "") + self._runs(runs)

    def _runs(self, runs: Runs) -> str:
        told = []
        for text, said, tied in stretches(runs):
            # LibreOffice ends lines behind a sign whatever its lists say
            inside = escape(_JOINER.join(at_signs(held(text, tied=tied))))
            if said:
                self._said += 1
                name = f'text:name="s{self._said}"'
                inside = f"<text:bookmark-start {name}/>{inside}<text:bookmark-end {name}/>"
            told.append(inside)
        return "".join(told)

    def _caption(self, words_: str, number: int, title: str, style: str, unit: str = "") -> str:
        """表1 …, its number a field, so that the program lists tables and figures."""
        before, _, after = words_.partition("{}")
        name = before.strip()
        self.sequences.append(name)
        gap = "　" if self._bulletin.lang == "zh" else "\u2003"
        shown = (
            f'<text:sequence text:name="{name}" text:formula="ooow:{number}" style:num-format="1">{number}'
            "</text:sequence>"
        )
        light = self.styles.name("text", f"<style:text-properties {sized(8)} {weight(bold=False)}/>")
        end = f'<text:tab/><text:span text:style-name="{light}">{escape(unit)}</text:span>' if unit else ""
        inside = f"{escape(before)}{shown}{escape(after)}{gap}{escape(held(title))}{end}"
        return f'<text:p text:style-name="{style}">{inside}</text:p>'

    def _chart(self, chart: Chart) -> Iterator[str]:
        yield self._caption(self._say.figure, chart.number, chart.title, "Figure_20_caption")
        picture = png(chart, self._bulletin.lang)
        across, down = size(picture)
        width = min(_CHART, _TALLEST * across / down)
        path = f"Pictures/figure-{chart.number}.png"
        self.pictures[path] = picture
        lines = foot(chart, self._say)
        name = escape(self._say.figure.format(chart.number))
        frame = (
            f'<draw:frame draw:name="{name}" text:anchor-type="as-char" svg:width="{width:.2f}cm" '
            f'svg:height="{width * down / across:.2f}cm"><draw:image xlink:href="{path}" '
            'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
            f"<svg:title>{escape(chart.title)}</svg:title><svg:desc>{escape(chart.alt)}</svg:desc>"
            "</draw:frame>"
        )
        style = "Picture_20_with_20_notes" if lines else "Picture"
        yield f'<text:p text:style-name="{style}">{frame}</text:p>'
        yield from (_p("Figure_20_note", held(line)) for line in lines)

    def _table(self, table: Table) -> Iterator[str]:
        parts = table.folded(_MOST_COLUMNS)
        label = self._say.table.format(table.number)
        for at, part in enumerate(parts):
            title = table.caption + (self._say.continued if at else "")
            unit = unit_line(table, self._say)
            yield self._caption(self._say.table, table.number, title, "Caption", unit)
            name = f"{label}.{at + 1}" if len(parts) > 1 else label
            yield table_xml(part, self.styles, name, f"{label} {title}")
        yield from (_p("Note", held(line)) for line in foot(table, self._say))


def _p(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'

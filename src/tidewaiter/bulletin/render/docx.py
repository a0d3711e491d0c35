"""DOCX: real headings, lists, captions and tables, charts as pictures with their text, fonts of both scripts.

Each statement is a bookmark named as in statements.json (``s1``, ``s2`` …), so that a number in a Word
document can be followed to its figure. The dates inside are the day of publication.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tidewaiter.bulletin.document import Chart, Heading, NumberedList, Paragraph, plain
from tidewaiter.bulletin.numbering import after_lead
from tidewaiter.bulletin.render.docx_styles import LINE, Lists, dress
from tidewaiter.bulletin.render.docx_table import table_xml
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
from tidewaiter.bulletin.render.package import repack
from tidewaiter.bulletin.words import words

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run as WordRun

    from tidewaiter.bulletin.document import Block, Bulletin, Runs
    from tidewaiter.bulletin.tables import Table

_MOST_COLUMNS = 12  # of cells across A4 that are read without a glass
_CHART = Mm(115)
_TALLEST = Mm(150)


def render(bulletin: Bulletin) -> bytes:
    """The bulletin as a Word document."""
    made = BytesIO()
    _Writer(bulletin).document().save(made)
    return repack(made.getvalue(), bulletin.published)


class _Writer:
    """Writes blocks one after another; counts statements, pictures and lists."""

    def __init__(self, bulletin: Bulletin) -> None:
        self._bulletin = bulletin
        self._say = words(bulletin.lang)
        self._word: Any = Document()
        dress(self._word, bulletin.lang)
        self._lists = Lists(self._word)
        self._said = 0

    def document(self) -> Any:
        """The whole."""
        self._properties()
        self._head()
        for block in self._bulletin.blocks:
            self._block(block)
        for at, line in enumerate(last_lines(self._bulletin)):
            written = self._text(line, "Note")
            if not at:
                written.paragraph_format.space_before = Pt(14)
        self._page_ends()
        return self._word

    def _properties(self) -> None:
        bulletin, told = self._bulletin, self._word.core_properties
        day = datetime.combine(bulletin.published, time(), UTC).replace(tzinfo=None)
        told.title, told.author, told.last_modified_by = (
            bulletin.title, bulletin.masthead.office, bulletin.masthead.office,
        )  # fmt: skip
        told.subject, told.comments, told.keywords = publication(bulletin), "", str(bulletin.period)
        told.created = told.modified = day
        told.revision = 1

    def _head(self) -> None:
        bulletin = self._bulletin
        line = self._text(f"{bulletin.masthead.office}\t{publication(bulletin)}", "Masthead")
        line.paragraph_format.tab_stops.add_tab_stop(LINE, WD_TAB_ALIGNMENT.RIGHT)
        _rule_below(line)
        fields = [f"{label}{self._say.colon}{text}" for label, text in bulletin.masthead.fields]
        if fields:
            self._text("　".join(fields) if bulletin.lang == "zh" else "   ".join(fields), "Note")
        self._text(bulletin.title, "Title")
        if bulletin.subtitle:
            self._text(bulletin.subtitle, "Subtitle")

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._runs(self._word.add_paragraph(style=f"Heading {block.level}"), block.runs)
        elif isinstance(block, Paragraph):
            written = self._led(self._word.add_paragraph(), block.lead, block.runs)
            # what it opens must not begin on the next page
            written.paragraph_format.keep_with_next = plain(block.runs)[-1:] in {"：", ":"}
        elif isinstance(block, NumberedList):
            self._points(block, 0)
        elif isinstance(block, Chart):
            self._chart(block)
        else:
            self._table(block)

    def _points(self, points: NumberedList, depth: int) -> None:
        number = self._lists.new(points.numbering, depth)
        for point in points.points:
            item = self._word.add_paragraph(style="List Paragraph")
            used = item._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  (python-docx has no lists)
            used.get_or_add_ilvl().val, used.get_or_add_numId().val = 0, number
            self._led(item, point.lead, point.runs)
            if point.below:
                self._points(point.below, depth + 1)

    def _led(self, to: WordParagraph, lead: Runs, runs: Runs) -> WordParagraph:
        self._runs(to, lead, bold=True)
        if lead and runs and (joint := after_lead(lead, self._say)):
            to.add_run(joint)
        self._runs(to, runs)
        return to

    def _runs(self, to: WordParagraph, runs: Runs, *, bold: bool | None = None) -> None:
        for text, said, tied in stretches(runs):
            self._said += said
            if said:
                to._p.append(self._bookmark("Start"))  # noqa: SLF001  (python-docx has no bookmarks)
            _write(to, held(text, tied=tied)).bold = bold
            if said:
                to._p.append(self._bookmark("End"))  # noqa: SLF001

    def _bookmark(self, end: str) -> Any:
        mark = OxmlElement(f"w:bookmark{end}")
        mark.set(qn("w:id"), str(self._said))
        if end == "Start":
            mark.set(qn("w:name"), f"s{self._said}")
        return mark

    def _text(self, text: str, style: str) -> WordParagraph:
        written: WordParagraph = self._word.add_paragraph(held(text), style=style)
        return written

    def _caption(self, words_: str, number: int, title: str) -> WordParagraph:
        """表1 …, its number a field, so that Word lists tables and figures."""
        to = self._word.add_paragraph(style="Caption")
        before, _, after = words_.partition("{}")
        to.add_run(before)
        to._p.append(_field(f"SEQ {before.strip()} \\* ARABIC \\r {number}", str(number)))  # noqa: SLF001
        to.add_run(f"{after}　{held(title)}" if self._bulletin.lang == "zh" else f"{after}  {held(title)}")
        return to  # type: ignore[no-any-return]

    def _chart(self, chart: Chart) -> None:
        self._caption(self._say.figure, chart.number, chart.title).alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture = png(chart, self._bulletin.lang)
        across, down = size(picture)
        width = min(_CHART, round(_TALLEST * across / down))
        holder = self._word.add_paragraph()
        holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
        drawn = holder.add_run().add_picture(BytesIO(picture), width=width)
        told = drawn._inline.docPr  # noqa: SLF001  (python-docx has no alternative texts)
        told.set("descr", chart.alt)
        told.set("title", chart.title)
        lines = foot(chart, self._say)
        holder.paragraph_format.keep_with_next = bool(lines)
        for line in lines:
            self._text(line, "Note").alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _table(self, table: Table) -> None:
        parts = table.folded(_MOST_COLUMNS)
        for at, part in enumerate(parts):
            title = table.caption + (self._say.continued if at else "")
            caption = self._caption(self._say.table, table.number, title)
            if unit := unit_line(table, self._say):
                caption.paragraph_format.tab_stops.add_tab_stop(LINE, WD_TAB_ALIGNMENT.RIGHT)
                said = caption.add_run(f"\t{unit}")
                said.bold, said.font.size = False, Pt(8)
            name = f"{self._say.table.format(table.number)} {title}"
            drawn = table_xml(part, LINE.twips, name)
            self._word.element.body.sectPr.addprevious(drawn)
            lines = foot(table, self._say) if at == len(parts) - 1 else []
            for line in lines:
                self._text(line, "Note")
            if not lines:  # Word joins tables with nothing between them
                self._text("", "Note")

    def _page_ends(self) -> None:
        section = self._word.sections[0]
        section.different_first_page_header_footer = True
        top = section.header.paragraphs[0]
        top.text = f"{self._bulletin.masthead.office}\t{publication(self._bulletin)}"
        top.paragraph_format.tab_stops.clear_all()
        top.paragraph_format.tab_stops.add_tab_stop(LINE, WD_TAB_ALIGNMENT.RIGHT)
        for footer in (section.footer, section.first_page_footer):
            to = footer.paragraphs[0]
            to.style, to.alignment = self._word.styles["Footer"], WD_ALIGN_PARAGRAPH.RIGHT
            before, between, after = self._say.page.split("{}")
            to.add_run(before)
            to._p.append(_field("PAGE", "1"))  # noqa: SLF001
            to.add_run(between)
            to._p.append(_field("NUMPAGES", "1"))  # noqa: SLF001
            to.add_run(after)


def _write(to: WordParagraph, text: str) -> WordRun:
    """A run whose minus signs stay with their numbers."""
    run = to.add_run()
    *heads, last = at_signs(text)
    for head in heads:
        run.add_text(head[:-1])
        run._r.append(OxmlElement("w:noBreakHyphen"))  # noqa: SLF001  (python-docx reads it only)
    run.add_text(last)
    return run


def _field(instruction: str, shown: str) -> Any:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    return field


def _rule_below(paragraph: WordParagraph) -> None:
    """The line under the masthead."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "10"), ("space", "2"), ("color", "00558C")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001  (python-docx has no borders)
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )

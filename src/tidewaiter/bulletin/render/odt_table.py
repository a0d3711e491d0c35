"""Tables in OpenDocument text: heads as a tree of spans and repeated, digits aligned at the point."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from tidewaiter.bulletin.render.laid import DIGIT, POINT, held, stub_width, widths
from tidewaiter.bulletin.render.odt_styles import LINE
from tidewaiter.bulletin.render.opendocument import sized, weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.tables import Row, Table

_BAND, _FAINT = "#f1f5f8", "#c9d2da"
_HEAVY = ("total", "cumulative", "section")
_SIZES = ((8, 8.5), (11, 7.5), (99, 6.5))  # up to so many columns, points
_LEADING = 1.36
_WHOLE = 45  # rows: a table with more may be torn by the end of a page


class Styles:
    """Automatic styles of the content, named in order of first use: equal properties share a name."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def name(self, family: str, properties: str, parent: str = "", page: str = "") -> str:
        """The style of a family (``paragraph`` …) with these properties; ``page`` opens a page."""
        given = f' style:parent-style-name="{parent}"' if parent else ""
        given += f' style:master-page-name="{page}"' if page else ""
        key = (f'style:family="{family}"{given}', properties)
        return self._names.setdefault(key, f"A{len(self._names) + 1}")

    def xml(self) -> str:
        """All of them."""
        return "".join(
            f'<style:style style:name="{name}" {head}>{properties}</style:style>'
            for (head, properties), name in self._names.items()
        )


def table_xml(table: Table, styles: Styles, name: str, title: str) -> str:
    """The table; ``name`` is unique in the document, ``title`` is told to who does not see it."""
    size = next(points for most, points in _SIZES if table.width <= most)
    drawer = _Drawer(table, styles, size)
    breaks = "true" if len(table.rows) > _WHOLE else "false"
    look = styles.name(
        "table",
        f'<style:table-properties style:width="{LINE}cm" table:align="center" '
        f'style:may-break-between-rows="{breaks}"/>',
    )
    return (
        f'<table:table table:name={quoteattr(name)} table:style-name="{look}">'
        f"<table:title>{escape(title)}</table:title>{drawer.columns()}"
        f"<table:table-header-rows>{''.join(drawer.heads())}</table:table-header-rows>"
        f"{''.join(drawer.rows())}</table:table>"
    )


class _Drawer:
    """Draws one table."""

    def __init__(self, table: Table, styles: Styles, size: float) -> None:
        self._table, self._styles, self._size = table, styles, size

    def columns(self) -> str:
        """Columns in shares of the line."""
        shares = [stub_width(self._table), *widths(self._table)]
        told = []
        for share in shares:
            width = f"{LINE * share / sum(shares):.3f}cm"
            name = self._styles.name(
                "table-column", f'<style:table-column-properties style:column-width="{width}"/>'
            )
            told.append(f'<table:table-column table:style-name="{name}"/>')
        return "".join(told)

    def heads(self) -> Iterator[str]:
        """Lines of the head; what a span covers is written as covered."""
        lines = self._table.head()
        width, depth = self._table.width + 1, len(lines)
        grid: list[list[str]] = [["<table:covered-table-cell/>"] * width for _ in lines]
        taken: set[tuple[int, int]] = set()

        def put(label: str, at: int, place: int, across: int, down: int) -> None:
            taken.update((at + y, place + x) for y in range(down) for x in range(across))
            look = self._look(head=True, left=place > 0, top=at == 0, bottom=at + down == depth)
            inside = self._paragraph(label, "center", bold=True)
            grid[at][place] = self._cell(inside, look, across, down)

        put(self._table.stub, 0, 0, 1, depth)
        for at, line in enumerate(lines):
            place = 1
            for head in line:
                while (at, place) in taken:
                    place += 1
                put(head.label, at, place, head.across, head.down)
                place += head.across
        yield from (f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in grid)

    def rows(self) -> Iterator[str]:
        """The rows below the head."""
        lacks = self._table.shortfalls()
        last = len(self._table.rows) - 1
        unbroken = self._styles.name("table-row", '<style:table-row-properties fo:keep-together="always"/>')
        for at, row in enumerate(self._table.rows):
            before = self._table.rows[at - 1].kind if at else row.kind
            ruled = row.kind in ("month", "difference") and before not in (row.kind, "cumulative")
            inside = self._row(row, lacks.get(at, ()), ruled=ruled, bottom=at == last)
            yield f'<table:table-row table:style-name="{unbroken}">{inside}</table:table-row>'

    def _row(self, row: Row, lacks: tuple[int, ...], *, ruled: bool, bottom: bool) -> str:
        bold, band = row.kind in _HEAVY, row.kind in ("section", "cumulative")
        look = self._look(band=band, rule=ruled, bottom=bottom)
        inner = self._look(band=band, rule=ruled, bottom=bottom, left=True)
        if row.kind == "section":
            width = self._table.width
            label = self._paragraph(row.label, "start", bold=True)
            return self._cell(label, look, width + 1) + "<table:covered-table-cell/>" * width
        indent = row.level * 0.8 * self._size
        told = [self._cell(self._paragraph(row.label, "start", left=indent, bold=bold), look)]
        for cell, lack in zip(row.cells, lacks, strict=True):
            em = lack * DIGIT + (POINT if lack and cell.places == 0 else 0.0)
            text = self._paragraph(cell.text, "end", right=em * self._size, bold=bold)
            told.append(self._cell(text, inner))
        return "".join(told)

    def _cell(self, inside: str, look: str, across: int = 1, down: int = 1) -> str:
        spans = f' table:number-columns-spanned="{across}"' if across > 1 else ""
        spans += f' table:number-rows-spanned="{down}"' if down > 1 else ""
        return (
            f'<table:table-cell table:style-name="{look}" office:value-type="string"{spans}>{inside}'
            "</table:table-cell>"
        )

    def _look(
        self, *, head: bool = False, band: bool = False, rule: bool = False, left: bool = False,
        top: bool = False, bottom: bool = False,
    ) -> str:  # fmt: skip
        heavy, fine = "1pt solid #000000", f"0.25pt solid {_FAINT}"
        upper = heavy if top else "0.5pt solid #000000" if rule else fine if head else "none"
        lower = heavy if bottom and not head else "0.5pt solid #000000" if bottom else "none"
        colour = f' fo:background-color="{_BAND}"' if head or band else ""
        return self._styles.name(
            "table-cell",
            f'<style:table-cell-properties fo:padding-left="0.07cm" '
            f'fo:padding-right="0.07cm" fo:padding-top="0.01cm" fo:padding-bottom="0.01cm" '
            f'style:vertical-align="middle" fo:border-left="{fine if left else "none"}" '
            f'fo:border-right="none" fo:border-top="{upper}" fo:border-bottom="{lower}"{colour}/>',
        )

    def _paragraph(
        self, text: str, align: str, *, left: float = 0.0, right: float = 0.0, bold: bool = False
    ) -> str:
        name = self._styles.name(
            "paragraph",
            f'<style:paragraph-properties fo:text-align="{align}" fo:margin-left="{left:.2f}pt" '
            f'fo:margin-right="{right:.2f}pt" fo:line-height="{self._size * _LEADING:.1f}pt"/>'
            f"<style:text-properties {sized(self._size)} {weight(bold=bold)}/>",
            "Cells",
        )
        return f'<text:p text:style-name="{name}">{escape(held(text))}</text:p>'

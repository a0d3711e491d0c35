"""HTML: one page that needs nothing else. No script, no outside request, readable on a phone.

Every number is a link to its entry in the evidence; ``data-figure`` holds its identity and ``<data>``
its unrounded value. Style shows the identity at the foot of the window while a number has the pointer or
the focus.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tidewaiter.bulletin.charts import svg
from tidewaiter.bulletin.document import Said
from tidewaiter.bulletin.numbering import after_lead, label_of
from tidewaiter.bulletin.render.statements import statements
from tidewaiter.bulletin.typography import clumps, pieces
from tidewaiter.bulletin.words import words

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Bulletin, Run, Runs
    from tidewaiter.bulletin.tables import Cell, Table


def render(bulletin: Bulletin) -> bytes:
    """The bulletin as a self-contained page."""
    page = _environment().get_template("page.html.jinja")
    markup = _Markup(bulletin)
    text = page.render(
        bulletin=bulletin,
        say=words(bulletin.lang),
        markup=markup,
        label_of=label_of,
        machine=_linked_data(bulletin),
    )
    if markup.said != sum(1 for _ in statements(bulletin)):
        raise AssertionError("the page and statements.json number the statements differently")
    return text.encode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("tidewaiter.bulletin.render", "assets"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


class _Markup:
    """What the template asks for; counts statements so that each has the anchor statements.json names."""

    def __init__(self, bulletin: Bulletin) -> None:
        self._bulletin = bulletin
        self._anchors = {each.figure: f"e{at}" for at, each in enumerate(bulletin.evidence, start=1)}
        self.said = 0

    def runs(self, runs: Runs) -> Markup:
        """A text: statements as links, numbers kept with their units."""
        return Markup().join(
            _kept(Markup().join(self._run(run) for run in clump.runs), keep=clump.keep)
            for clump in clumps(runs)
        )

    def after_lead(self, lead: Runs) -> str:
        """What stands between a lead and its text."""
        return after_lead(lead, words(self._bulletin.lang))

    def text(self, text: str) -> Markup:
        """A plain text with its numbers kept whole."""
        return Markup().join(_kept(Markup.escape(each.text), keep=each.keep) for each in pieces(text))

    def cell(self, cell: Cell, lack: int) -> Markup:
        """The inside of a cell."""
        pad = _PAD[lack] if lack in _PAD and cell.places == 0 else (f" p{lack}" if lack else "")
        if cell.figure is None:
            return Markup('<span class="n{}">{}</span>').format(pad, cell.text)
        value = "" if cell.value is None else _number(cell.value)
        inner = Markup('<data value="{}">{}</data>').format(value, cell.text)
        return self._link(inner, (cell.figure,), f"n{pad}", "tabindex=-1")

    def said_of_point(self, text: str, value: float | None, figure: str | None) -> Markup:
        """A value in the table under a chart."""
        if figure is None or value is None:
            return Markup.escape(text)
        inner = Markup('<data value="{}">{}</data>').format(_number(value), text)
        return self._link(inner, (figure,), "n", "tabindex=-1")

    def chart(self, chart: Any) -> Markup:
        """A chart as SVG."""
        return Markup(svg(chart, self._bulletin.lang))  # noqa: S704  (drawn here, texts escaped by the writer)

    def lacks(self, table: Table) -> dict[int, tuple[int, ...]]:
        """Padding by row."""
        return table.shortfalls()

    def anchor(self, figure: str) -> str:
        """The anchor of a figure's evidence."""
        return self._anchors.get(figure, "")

    def number(self, value: float) -> str:
        """A value of the evidence: all digits that mean something."""
        return _number(value)

    def _run(self, run: Run) -> Markup:
        if not isinstance(run, Said):
            return self.text(run)
        self.said += 1
        inner: Markup = self.text(run.text)
        if run.values:
            inner = Markup('<data value="{}">{}</data>').format(_number(run.values[0]), inner)
        return self._link(inner, run.figures, "said", f"id=s{self.said}")

    def _link(self, inner: Markup, figures: tuple[str, ...], style: str, more: str) -> Markup:
        anchor = next((self._anchors[each] for each in figures if each in self._anchors), None)
        target = Markup(' href="#{}"').format(anchor) if anchor else Markup()
        key, _, value = more.partition("=")
        extra = Markup(' {}="{}"').format(key, value) if anchor or key == "id" else Markup()
        return Markup('<a class="{}"{}{} data-figure="{}">{}</a>').format(
            style, extra, target, " ".join(figures), inner
        )


_PAD = {1: " p0-1", 2: " p0-2", 3: " p0-3"}


def _number(value: float) -> str:
    return f"{value:.12g}"


def _kept(inner: Markup, *, keep: bool) -> Markup:
    return Markup('<span class="nb">{}</span>').format(inner) if keep else inner


def _linked_data(bulletin: Bulletin) -> Markup:
    """schema.org description, for search engines and harvesters. Data, not script."""
    content = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": bulletin.title,
        "inLanguage": words(bulletin.lang).tag,
        "datePublished": str(bulletin.published),
        "temporalCoverage": str(bulletin.period),
        "publisher": {"@type": "Organization", "name": bulletin.masthead.office},
    }
    text = json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704  (JSON with its opening brackets escaped)

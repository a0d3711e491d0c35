"""The look of the OpenDocument text: page, paragraphs, lists. The same as the Word document's."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from xml.sax.saxutils import escape

from tidewaiter.bulletin.render.laid import publication
from tidewaiter.bulletin.render.opendocument import (
    LANGUAGES,
    SANS,
    SERIF,
    document,
    font,
    fonts,
    sized,
    weight,
)
from tidewaiter.bulletin.words import words

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Bulletin, Lang

LINE = 17.0  # cm between the margins
BLUE, SOFT, INK = "#00558c", "#46535f", "#1b2733"
# name: title, parent, size, bold, colour, font, space before, space after, more of the paragraph
_Facts: TypeAlias = tuple[str, str, float, bool, str, str, float, float, str]
_STYLES: tuple[_Facts, ...] = (
    ("Text_20_body", "Text body", 10.5, False, INK, SERIF, 0, 6, 'fo:line-height="125%"'),
    ("Opening", "Opening", 10.5, False, INK, SERIF, 0, 6, 'fo:line-height="125%" fo:keep-with-next="always"'),
    ("Title", "Title", 18, True, BLUE, SANS, 6, 8, 'fo:keep-with-next="always"'),
    ("Subtitle", "Subtitle", 11.5, False, SOFT, SANS, 0, 10, 'fo:keep-with-next="always"'),
    ("Heading_20_2", "Heading 2", 13, True, BLUE, SANS, 16, 6, 'fo:keep-with-next="always"'),
    ("Heading_20_3", "Heading 3", 11.5, True, INK, SANS, 12, 5, 'fo:keep-with-next="always"'),
    ("Caption", "Caption", 9.5, True, INK, SANS, 12, 3, 'fo:keep-with-next="always"'),
    ("Figure_20_caption", "Figure caption", 9.5, True, INK, SANS, 12, 3,
     'fo:keep-with-next="always" fo:text-align="center"'),
    ("Picture", "Picture", 10.5, False, INK, SERIF, 0, 6, 'fo:text-align="center"'),
    ("Picture_20_with_20_notes", "Picture with notes", 10.5, False, INK, SERIF, 0, 2,
     'fo:text-align="center" fo:keep-with-next="always"'),
    ("Note", "Note", 8, False, SOFT, SANS, 1, 2, ""),
    ("Last_20_notes", "Last notes", 8, False, SOFT, SANS, 14, 2, ""),
    ("Figure_20_note", "Figure note", 8, False, SOFT, SANS, 0, 2, 'fo:text-align="center"'),
    ("Masthead", "Masthead", 10, True, BLUE, SANS, 0, 4,
     f'fo:border-bottom="1.2pt solid {BLUE}" fo:padding-bottom="2pt" fo:keep-with-next="always"'),
    ("Header", "Header", 8, False, SOFT, SANS, 0, 0, ""),
    ("Footer", "Footer", 8, False, SOFT, SANS, 0, 0, 'fo:text-align="end"'),
    ("Cells", "Cells", 8, False, INK, SANS, 0, 0, ""),
)  # fmt: skip
_TABBED = ("Masthead", "Header", "Caption")
_LISTS = {
    "1.": ("List_20_points", "1", "", "."),
    "一、": ("List_20_一", "一, 二, 三, ...", "", "、"),
    "(1)": ("List_20_brackets", "1", "(", ")"),
    "(一)": ("List_20_一_20_brackets", "一, 二, 三, ...", "（", "）"),
    "•": ("List_20_dots", "", "", ""),
}
LISTS = {numbering: facts[0] for numbering, facts in _LISTS.items()}
_INDENT = 0.85  # cm: what a sign like （十二） needs


def styles(bulletin: Bulletin) -> bytes:
    """``styles.xml``."""
    default = (
        '<style:default-style style:family="paragraph">'
        '<style:paragraph-properties style:text-autospace="none" style:line-break="strict" '
        'style:punctuation-wrap="hanging" fo:orphans="2" fo:widows="2" style:writing-mode="lr-tb"/>'
        f"<style:text-properties {font(SERIF, bulletin.lang)} {sized(10.5)} {LANGUAGES}/>"
        "</style:default-style>"
    )
    named = "".join(_style(facts, bulletin.lang) for facts in _STYLES)
    lead = f'<style:style style:name="Lead" style:family="text"><style:text-properties {weight(bold=True)}/>'
    lists = "".join(_list(*facts) for facts in _LISTS.values())
    inside = (
        f"{fonts()}<office:styles>{default}"
        f'<style:style style:name="Standard" style:family="paragraph" style:class="text"/>{named}'
        f"{lead}</style:style>{lists}</office:styles>{_page_layout()}{_pages(bulletin)}"
    )
    return document("styles", inside)


def _style(facts: _Facts, lang: Lang) -> str:
    name, title, size, bold, colour, face, before, after, more = facts
    stop = (
        f'<style:tab-stops><style:tab-stop style:position="{LINE}cm" style:type="right"/></style:tab-stops>'
    )
    outline = f' style:default-outline-level="{name[-1]}"' if name.startswith("Heading") else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{title}" style:family="paragraph" '
        f'style:parent-style-name="Standard"{outline}><style:paragraph-properties '
        f'fo:margin-top="{before}pt" fo:margin-bottom="{after}pt" style:text-autospace="none" {more}>'
        f"{stop if name in _TABBED else ''}</style:paragraph-properties>"
        f'<style:text-properties {font(face, lang)} {sized(size)} {weight(bold=bold)} fo:color="{colour}"/>'
        "</style:style>"
    )


def _list(name: str, form: str, before: str, after: str) -> str:
    levels = "".join(_level(at, form, before, after) for at in (1, 2, 3))
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def _level(level: int, form: str, before: str, after: str) -> str:
    place = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        f'text:list-tab-stop-position="{_INDENT * level:.2f}cm" fo:text-indent="-{_INDENT}cm" '
        f'fo:margin-left="{_INDENT * level:.2f}cm"/></style:list-level-properties>'
    )
    if not form:
        return (
            f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="•">{place}'
            "</text:list-level-style-bullet>"
        )
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}">{place}</text:list-level-style-number>'
    )


def _page_layout() -> str:
    gap = '<style:header-footer-properties fo:min-height="0.6cm" fo:margin-{}="0.4cm"/>'
    return (
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-left="2cm" fo:margin-right="2cm" '
        'fo:margin-top="1.1cm" fo:margin-bottom="1cm" style:print-orientation="portrait"/>'
        f"<style:header-style>{gap.format('bottom')}</style:header-style>"
        f"<style:footer-style>{gap.format('top')}</style:footer-style>"
        "</style:page-layout></office:automatic-styles>"
    )


def _pages(bulletin: Bulletin) -> str:
    before, between, after = words(bulletin.lang).page.split("{}")
    head = f"{escape(bulletin.masthead.office)}<text:tab/>{escape(publication(bulletin))}"
    foot = (
        f'<style:footer><text:p text:style-name="Footer">{before}<text:page-number '
        f'text:select-page="current">1</text:page-number>{between}<text:page-count>1</text:page-count>{after}'
        "</text:p></style:footer>"
    )
    return (
        "<office:master-styles>"
        f'<style:master-page style:name="Standard" style:page-layout-name="A4"><style:header>'
        f'<text:p text:style-name="Header">{head}</text:p></style:header>{foot}</style:master-page>'
        '<style:master-page style:name="First" style:page-layout-name="A4" '
        f'style:next-style-name="Standard">{foot}</style:master-page></office:master-styles>'
    )

"""The look of the Word document: fonts for both scripts, styles, lists, page.

Word takes one font for Latin letters and another for 漢字; each name stands with what to take instead where
it is not installed (Microsoft JhengHei and 標楷體 are on every machine with a Chinese Windows).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from tidewaiter.bulletin.render.laid import NEVER_FIRST, NEVER_LAST

if TYPE_CHECKING:
    from docx.document import Document as Word

    from tidewaiter.bulletin.document import Lang, Numbering

SANS, SERIF = "Noto Sans CJK TC", "Noto Serif CJK TC"
_INSTEAD = {
    SANS: "微軟正黑體,Microsoft JhengHei,PingFang TC",
    SERIF: "標楷體,DFKai-SB,新細明體,PMingLiU,Songti TC",
}
_LATIN = {"zh": {SANS: SANS, SERIF: SERIF}, "en": {SANS: "Arial", SERIF: "Times New Roman"}}
BLUE, SOFT, INK = "00558C", "46535F", "1B2733"
MARGIN = Mm(20)
LINE = Mm(210 - 2 * 20)
# name: size, bold, colour, font, space before, space after, kept with what follows
_STYLES: dict[str, tuple[float, bool, str, str, float, float, bool]] = {
    "Normal": (10.5, False, INK, SERIF, 0, 6, False),
    "Title": (18, True, BLUE, SANS, 6, 8, True),
    "Subtitle": (11.5, False, SOFT, SANS, 0, 10, True),
    "Heading 2": (13, True, BLUE, SANS, 16, 6, True),
    "Heading 3": (11.5, True, INK, SANS, 12, 5, True),
    "Caption": (9.5, True, INK, SANS, 12, 3, True),
    "List Paragraph": (10.5, False, INK, SERIF, 0, 6, False),
    "Header": (8, False, SOFT, SANS, 0, 0, False),
    "Footer": (8, False, SOFT, SANS, 0, 0, False),
    "Note": (8, False, SOFT, SANS, 0, 2, False),
    "Masthead": (10, True, BLUE, SANS, 0, 4, True),
    "Cells": (8, False, INK, SANS, 0, 0, False),
}
_LISTS: dict[str, tuple[str, str]] = {
    "1.": ("decimal", "%1."),
    "一、": ("taiwaneseCountingThousand", "%1、"),
    "(1)": ("decimal", "(%1)"),
    "(一)": ("taiwaneseCountingThousand", "（%1）"),
    "•": ("bullet", "•"),
}
_AFTER_AUTO_SPACE = (
    "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
_INDENT = 480  # twentieths of a point: what a sign like （十二） needs


def dress(document: Word, lang: Lang) -> None:
    """Page, styles, fonts and language."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.header_distance = section.footer_distance = Mm(10)
    for name in _STYLES:
        _style(document, name, lang)
    _language(document, lang)
    _font_table(document)


def _style(document: Word, name: str, lang: Lang) -> None:
    size, bold, colour, font, before, after, kept = _STYLES[name]
    known = {style.name for style in document.styles}
    style: Any = document.styles[name] if name in known else document.styles.add_style(name, 1)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), kept
    if name == "Cells":
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        form.line_spacing = 1.3 if name in ("Normal", "List Paragraph") else 1.1
    form.widow_control = True
    _close(style.element.get_or_add_pPr())
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, _fonts(font, lang))
    for border in list(style.element.iter(qn("w:pBdr"), qn("w:tabs"))):
        border.getparent().remove(border)


def _close(properties: Any) -> None:
    """No blanks put between 漢字 and digits: the PDF has none either."""
    for name in ("autoSpaceDE", "autoSpaceDN"):
        off = OxmlElement(f"w:{name}")
        off.set(qn("w:val"), "0")
        properties.insert_element_before(off, *_AFTER_AUTO_SPACE)


def _fonts(font: str, lang: Lang) -> Any:
    latin = _LATIN[lang][font]
    return parse_xml(
        f'<w:rFonts {nsdecls("w")} w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{font}"/>'
    )


def _language(document: Word, lang: Lang) -> None:
    """So that the speller knows, and so that Word takes the Taiwanese forms of signs."""
    main = "zh-TW" if lang == "zh" else "en-US"
    for tongue in document.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), "en-US" if lang == "zh" else main)
        tongue.set(qn("w:eastAsia"), "zh-TW")
    theme = OxmlElement("w:themeFontLang")
    theme.set(qn("w:val"), "en-US")
    theme.set(qn("w:eastAsia"), "zh-TW")
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        settings.replace(old, theme)
    document.core_properties.language = main
    if lang == "zh":
        _no_breaks(settings)


def _no_breaks(settings: Any) -> None:
    """No line ends inside a number, or between a number and its unit: Word's own lists for 避頭尾."""
    after = next(settings.iter(qn("w:characterSpacingControl"), qn("w:compat")))
    for name, signs in (("After", NEVER_LAST), ("Before", NEVER_FIRST)):
        rule = OxmlElement(f"w:noLineBreaks{name}")
        rule.set(qn("w:lang"), "zh-TW")
        rule.set(qn("w:val"), signs)
        if after.tag == qn("w:compat"):
            after.addprevious(rule)
        else:
            after.addnext(rule)
            after = rule


def _font_table(document: Word) -> None:
    """What to take where a font is not installed."""
    for related in document.part.rels.values():
        if related.reltype.endswith("/fontTable"):
            part: Any = related.target_part
            table: Any = parse_xml(part.blob)
            for name, instead in _INSTEAD.items():
                table.append(
                    parse_xml(
                        f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{instead}"/>'
                        '<w:charset w:val="88"/><w:family w:val="auto"/></w:font>'
                    )
                )
            part._blob = _serialised(table)  # noqa: SLF001  (a part without a class of its own)


def _serialised(element: Any) -> bytes:
    from lxml import etree  # noqa: PLC0415  (python-docx has it loaded)

    told: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return told


class Lists:
    """Numberings of the document: each list begins anew at its first sign."""

    def __init__(self, document: Word) -> None:
        self._element: Any = document.part.numbering_part.element
        for old in list(self._element):
            self._element.remove(old)
        self._count = 0

    def new(self, numbering: Numbering, depth: int) -> int:
        """A list of this numbering at this depth; answers with its number for paragraphs."""
        form, text = _LISTS[numbering]
        self._count += 1
        left = _INDENT * (depth + 1)
        definition = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._count}">'
            '<w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
            f'<w:ind w:left="{left}" w:hanging="{_INDENT}"/></w:pPr></w:lvl></w:abstractNum>'
        )
        first = self._element.find(qn("w:num"))
        if first is None:
            self._element.append(definition)
        else:  # the schema wants definitions before their uses
            first.addprevious(definition)
        self._element.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._count}">'
                f'<w:abstractNumId w:val="{self._count}"/></w:num>'
            )
        )
        return self._count

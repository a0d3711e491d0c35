"""Files made to break a reader: sizes that are not so, what unpacks to more, what refers to itself."""

from __future__ import annotations

import io
import json
import zipfile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def packed(members: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def workbook(sheet: str, shared: str = "<si><t>a</t></si>", before: str = "") -> bytes:
    """A workbook of one sheet, its XML as given."""
    related = f'<Relationships xmlns="{_RELATIONS}">'
    main = f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    book = f"{related}{main}</Relationships>"
    parts = (
        f'{related}<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    named = '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
    sheets = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{named}</workbook>'
    return packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": book,
            "xl/workbook.xml": sheets,
            "xl/_rels/workbook.xml.rels": parts,
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
            "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{_MAIN}">{sheet}</worksheet>',
        }
    )


def _row(number: int, *cells: str) -> str:
    inner = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for at, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inner}</row>'


def _far() -> bytes:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return workbook(f'<dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData>')


def _said_to_be_large() -> bytes:
    return workbook(f'<dimension ref="A1:XFD1048576"/><sheetData>{_row(1, "a", "b")}</sheetData>')


def _one_long_text() -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c></row>'
        for n in range(1, 900)
    )
    return workbook(f"<sheetData>{rows}</sheetData>", f"<si><t>{'x' * (1 << 20)}</t></si>")


def _merged() -> bytes:
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return workbook(f"<sheetData>{_row(1, 'a', 'b')}</sheetData>{merged}")


def _entities() -> str:
    grown = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    return f'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">{grown}]>'


def _laughing() -> bytes:
    return workbook(
        '<sheetData><row r="1"><c r="A1" t="str"><v>&j;</v></c></row></sheetData>', before=_entities()
    )


def _repeated() -> bytes:
    many = 'table:number-columns-repeated="16384"'
    cell = f'<table:table-cell office:value-type="string" {many}><text:p>a</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{row}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        manifest = (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
        )
        archive.writestr("META-INF/manifest.xml", manifest)
    return target.getvalue()


def _nameless() -> bytes:
    """An archive whose one member has a name of no letters (its letter is told to be something else)."""
    data = bytearray(packed({"q": "a,b\n1,2\n"}))
    for start, at in ((data.find(b"PK\3\4"), 26), (data.find(b"PK\1\2"), 28)):
        data[start + at : start + at + 4] = b"\0\0\1\0"
    return bytes(data)


def _of_a_later_version() -> bytes:
    """An archive whose member asks for a version of zip that nobody has."""
    data = bytearray(packed({"q.csv": "a,b\n1,2\n"}))
    for start, at in ((data.find(b"PK\3\4"), 4), (data.find(b"PK\1\2"), 6)):
        data[start + at] = 99
    return bytes(data)


def _before_its_start() -> bytes:
    """An archive whose directory is told to be longer than the file: it would begin before its start."""
    data = bytearray(packed({"q.csv": "a,b\n1,2\n"}))
    end = data.rfind(b"PK\5\6")
    data[end + 12 : end + 16] = (1 << 30).to_bytes(4, "little")
    return bytes(data)


def _nested(depth: int) -> bytes:
    data = packed({"a.csv": "a,b\n1,2\n"})
    for _ in range(depth):
        data = packed({"a.zip": data})
    return data


FORMULAS = workbook(
    "<sheetData>"
    + _row(1, "Country", "2023", "2024")
    + '<row r="2"><c r="A2" t="inlineStr"><is><t>China</t></is></c>'
    + '<c r="B2"><f>1+1</f><v>2.5</v></c><c r="C2"><f>1+1</f></c></row>'
    + _row(3, "Japan", "3", "4")
    + "</sheetData>"
)
"""Cells with formulas: one with the value it last had, one without."""

HOSTILE: dict[str, bytes] = {
    "two-cells-far-apart": _far(),
    "said-to-be-large": _said_to_be_large(),
    "one-long-text-in-all-cells": _one_long_text(),
    "a-merge-of-everything": _merged(),
    "entities": _laughing(),
    "repeated-cells": _repeated(),
    "formulas": FORMULAS,
    "zip-bomb": packed({"a.csv": b"0," * (16 << 20)}),
    "archives-in-archives": _nested(6),
    "a-member-without-a-name": _nameless(),
    "a-later-version-of-zip": _of_a_later_version(),
    "a-directory-before-the-start": _before_its_start(),
    "lone-returns": b"year,country,value_usd\r2024,US,1\r\n2024,CN\r,2\n\r",
    "a-return-in-the-names": b"year,coun\rtry,value_usd\n2024,US,1\n",
    "joined-columns-of-other-lengths": b"freq,geo\t2023\t2024\nA,DE\t1\t2 p\n,\t1\t:\nA\t1\t2\n",
    "sections-over-a-column-of-that-name": b"date,section,value\nA:\n2024,1,5\nB:\n2024,2,6\n",
    "deep-json": b"[" * 20_000,
    "deep-json-objects": b'{"data":' * 50_000 + b"1" + b"}" * 50_000,
    "json-cube-too-large": json.dumps(
        {"id": ["a", "b"], "size": [10**6, 10**6], "dimension": {}, "value": []}
    ).encode(),
    "json-huge-numbers": b'[{"year": 2024, "country": "US", "value_usd": 1e999}, {"year": 1'
    + b"0" * 5000
    + b"}]",
    "one-endless-line": b"a,b\n" + b"1," * (1 << 15),
    "one-endless-cell": b"year,value_usd\n2024," + b"9" * (1 << 16),
    "endless-names": b",".join(b"c%d" % n for n in range(20_000)) + b"\n" + b"1," * 20_000,
    "nul-bytes": b"year,country,value_usd\n2024,U\0S,1\n2024,CN,\0\n",
    "lone-surrogates": "year,country,value_usd\n2024,\ud800,1\n".encode("utf-8", "surrogatepass"),
    "an-open-quote": b'year,country,value_usd\n2024,"US,1\n2024,CN,2\n',
    "html-of-angles": b"<" * 100_000,
    "yaml-laughing": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)),
    "yaml-deep": b"a: " + b"[" * 5000,
    "yaml-dates": b"dataset: 2024-02-31\nperiod: 2024-99-99\n",
}

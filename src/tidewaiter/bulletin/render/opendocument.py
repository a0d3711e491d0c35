"""OpenDocument packages: a handful of XML files and the pictures, written as the standard (1.3) has them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from tidewaiter.bulletin.render.laid import NEVER_FIRST, NEVER_LAST, publication
from tidewaiter.bulletin.render.package import pack
from tidewaiter.bulletin.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidewaiter.bulletin.document import Bulletin, Lang

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    "office": f"{_OASIS}:office:1.0",
    "style": f"{_OASIS}:style:1.0",
    "text": f"{_OASIS}:text:1.0",
    "table": f"{_OASIS}:table:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "number": f"{_OASIS}:datastyle:1.0",
    "meta": f"{_OASIS}:meta:1.0",
    "config": f"{_OASIS}:config:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ooo": "http://openoffice.org/2004/office",
    "ooow": "http://openoffice.org/2004/writer",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
LANGUAGES = 'fo:language="en" fo:country="US" style:language-asian="zh" style:country-asian="TW"'
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = f"{_OASIS}:manifest:1.0"
SANS, SERIF = "Noto Sans CJK TC", "Noto Serif CJK TC"
_INSTEAD = {
    SANS: ("Microsoft JhengHei", "微軟正黑體", "PingFang TC", "sans-serif"),
    SERIF: ("標楷體", "DFKai-SB", "新細明體", "PMingLiU", "Songti TC", "serif"),
    "Arial": ("Liberation Sans", "sans-serif"),
    "Times New Roman": ("Liberation Serif", "serif"),
}
_LATIN = {"zh": {SANS: SANS, SERIF: SERIF}, "en": {SANS: "Arial", SERIF: "Times New Roman"}}


def document(name: str, inside: str) -> bytes:
    """A part of the package: ``content``, ``styles``, ``meta`` or ``settings``."""
    root = f"office:document-{name}"
    return f'{_HEAD}<{root} {_DECLARED} office:version="1.3">{inside}</{root}>'.encode()


def package(
    kind: str, bulletin: Bulletin, content: bytes, styles: bytes, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The file: ``kind`` is ``text`` or ``spreadsheet``."""
    media = f"application/vnd.oasis.opendocument.{kind}"
    parts = {
        "content.xml": content,
        "styles.xml": styles,
        "meta.xml": document("meta", _meta(bulletin)),
        "settings.xml": document("settings", _settings(bulletin)),
        **(pictures or {}),
    }
    manifest = _manifest(media, list(parts))
    members = [("mimetype", media.encode()), *parts.items(), ("META-INF/manifest.xml", manifest)]
    return pack(members, bulletin.published)


def fonts() -> str:
    """The fonts, each with what to take where it is not installed."""
    faces = [
        f'<style:font-face style:name="{name}" svg:font-family={_families(name, instead)}/>'
        for name, instead in _INSTEAD.items()
    ]
    return f"<office:font-face-decls>{''.join(faces)}</office:font-face-decls>"


def font(name: str, lang: Lang) -> str:
    """A font of 漢字 with the one of Latin letters that goes with it, as attributes of text properties."""
    latin = _LATIN[lang][name]
    return f'style:font-name="{latin}" style:font-name-asian="{name}" style:font-name-complex="{latin}"'


def sized(points: float) -> str:
    """A size for both scripts, as attributes of text properties."""
    return f'fo:font-size="{points}pt" style:font-size-asian="{points}pt"'


def weight(*, bold: bool) -> str:
    """A weight for both scripts, as attributes of text properties."""
    name = "bold" if bold else "normal"
    return f'fo:font-weight="{name}" style:font-weight-asian="{name}"'


def _families(name: str, instead: tuple[str, ...]) -> str:
    return quoteattr(", ".join(f"'{each}'" if " " in each else each for each in (name, *instead)))


def _meta(bulletin: Bulletin) -> str:
    day, office = f"{bulletin.published}T00:00:00", escape(bulletin.masthead.office)
    return (
        f"<office:meta><meta:generator>{office}</meta:generator><dc:title>{escape(bulletin.title)}</dc:title>"
        f"<dc:subject>{escape(publication(bulletin))}</dc:subject>"
        f"<meta:keyword>{escape(str(bulletin.period))}</meta:keyword>"
        f"<meta:initial-creator>{office}</meta:initial-creator><dc:creator>{office}</dc:creator>"
        f"<meta:creation-date>{day}</meta:creation-date><dc:date>{day}</dc:date>"
        f"<dc:language>{words(bulletin.lang).tag}</dc:language></office:meta>"
    )


def _settings(bulletin: Bulletin) -> str:
    """No line ends inside a number, or between a number and its unit: LibreOffice's lists for 避頭尾."""
    if bulletin.lang != "zh":
        return "<office:settings/>"
    given = {
        "Language": "zh",
        "Country": "TW",
        "Variant": "",
        "BeginLine": NEVER_FIRST,
        "EndLine": NEVER_LAST,
    }
    items = "".join(
        f'<config:config-item config:name="{name}" config:type="string">{escape(value)}</config:config-item>'
        for name, value in given.items()
    )
    return (
        '<office:settings><config:config-item-set config:name="ooo:configuration-settings">'
        '<config:config-item-map-indexed config:name="ForbiddenCharacters">'
        f"<config:config-item-map-entry>{items}</config:config-item-map-entry>"
        "</config:config-item-map-indexed></config:config-item-set></office:settings>"
    )


def _manifest(media: str, parts: list[str]) -> bytes:
    lines = [_entry("/", media, ' manifest:version="1.3"')]
    lines += [_entry(name, "text/xml" if name.endswith(".xml") else "image/png") for name in parts]
    root = f'manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.3"'
    return f"{_HEAD}<{root}>{''.join(lines)}</manifest:manifest>".encode()


def _entry(path: str, media: str, more: str = "") -> str:
    return f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"{more}/>'

"""Makes the pictures of the README: an excerpt of a sample text, checked against the carried figures.

    python docs/_picture.py          needs Chromium; writes docs/images/checked-paragraph*.png

The page is the one `tidewaiter.check.report.as_html` gives. Only the excerpt is chosen here, and lines
that the forum broke in the middle of a sentence are joined before the text is checked.
"""  # noqa: INP001

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import tidewaiter as tw
from tidewaiter.check.report import as_html
from tidewaiter.official import folder
from tidewaiter.samples import sample

IMAGES = Path(__file__).parent / "images"
DARK = "@media (prefers-color-scheme: dark)"
LONG_LINE = 38  # a line of a forum that ends here was broken by the forum, not by the writer


@dataclass(frozen=True)
class Picture:
    """One picture: a sample, the words its excerpt begins and ends with, the height in pixels."""

    name: str
    sample: str
    lang: str
    title: str
    begins: str
    ends: str
    height: int


_THREAD = Picture(
    "checked-paragraph", "thread_zh.txt", "zh", "[新聞] 8月出口", "主要貨品中", "→ pilot77     : 2024", 700
)
_ARTICLE = Picture(
    "checked-paragraph.en", "article_en.txt", "en", "Exports in August", "Exports to the United", "", 640
)


def joined(text: str) -> str:
    """The text without the line breaks that only the width of a screen made."""
    return re.sub(rf"(?m)^(.{{{LONG_LINE},}}[^。；：\n])\n(?=\S)", r"\1", text)


def page(store: tw.Store, picture: Picture) -> str:
    """The excerpt as a page, its claims judged in the light of the whole text."""
    text = joined(sample(picture.sample).read_text(encoding="utf-8"))
    first = text.index(picture.begins)
    last = text.index(picture.ends, first) if picture.ends else len(text)
    kept = [
        replace(item, claim=replace(item.claim, start=item.claim.start - first, end=item.claim.end - first))
        for item in store.check(text, published="2025-09-09", name=picture.sample)
        if first <= item.claim.start and item.claim.end <= last
    ]
    return as_html(text[first:last].strip(), kept, picture.lang, title=picture.title)


def shoot(html: str, to: Path, height: int, browser: str, scratch: Path) -> None:
    """A picture of the page, 1280 pixels wide."""
    source = scratch / f"{to.stem}.html"
    source.write_text(html, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
               "--disable-background-networking", "--disable-component-update", "--disable-sync",
               "--hide-scrollbars", f"--user-data-dir={scratch / 'profile'}"]  # fmt: skip
    subprocess.run(  # noqa: S603 — the browser of whoever runs this
        [browser, *options, f"--window-size=1280,{height}", f"--screenshot={to}", source.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip


def main() -> int:
    """Make them all, light and dark."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("needs chromium", file=sys.stderr)  # noqa: T201
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        store = tw.open(scratch / "store")
        store.load(folder())
        for picture in (_THREAD, _ARTICLE):
            html = page(store, picture)
            for suffix, when in (("", "@media not all"), (".dark", "@media all")):
                to = IMAGES / f"{picture.name}{suffix}.png"
                shoot(html.replace(DARK, when), to, picture.height, browser, scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())

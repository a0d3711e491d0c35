"""``tidewaiter write``: bulletins as files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from tidewaiter.cli.common import LANGS, Day, Flat, Lang, StoreFolder, examples
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress
from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.bulletin.document import Bulletin
    from tidewaiter.engine.book import Book
    from tidewaiter.model.period import Period

_COLUMNS = ("bulletin", "lang", "format", "path", "bytes")
_SUFFIX = {"json": "statements.json", "csv": "tables.zip", "png": "png.zip", "svg": "svg.zip"}


@Parameter(name="*")
@dataclass(frozen=True)
class Paper:
    """Options of every bulletin.

    Attributes:
        out: Folder for the files; statements.json beside them holds every statement with its figure.
        lang: Languages, parted by commas.
        to: Formats, parted by commas: html, pdf, odt, docx, ods, xlsx, csv, png, svg, txt, json.
        format: How the list of files is printed.
        store: Folder of the store.
        as_of: Write what was known on this day.
    """

    out: Path
    lang: str = "zh,en"
    to: str = "html,pdf"
    format: Flat = "table"
    store: StoreFolder = None
    as_of: Annotated[Day | None, Parameter(help="Write what was known on this day.")] = None

    @property
    def languages(self) -> list[Lang]:
        """The languages.

        Raises:
            UsageError: one we do not write.
        """
        chosen = _parted(self.lang)
        for one in chosen:
            if one not in LANGS:
                raise UsageError(f"--lang {one!r} is none of {', '.join(LANGS)}")
        return [lang for lang in LANGS if lang in chosen]

    def book(self) -> Book:
        """The figures to write from."""
        from tidewaiter.api import open_store  # heavy

        return open_store(self.store).book(self.as_of)


@Parameter(name="*")
@dataclass(frozen=True)
class Slip(Paper):
    """Options of the short forms: text unless told otherwise.

    Attributes:
        out: Folder for the files; statements.json beside them holds every statement with its figure.
        lang: Languages, parted by commas.
        to: Formats, parted by commas: txt, html, pdf, odt, docx, json.
        format: How the list of files is printed.
    """

    to: str = "txt"


def release(*, period: str, paper: Paper) -> int:
    """The monthly release: totals, groups and markets.

    Examples:
        tidewaiter write release --period 2025-08 --out bulletins
        tidewaiter write release --period 2025-08 --lang en --to html,pdf --out bulletins

    Args:
        period: Which month (2025-08).
    """
    from tidewaiter.bulletin.release import write_release  # heavy

    return _write_month("release", period, paper, write_release)


def brief(*, product: str, paper: Paper) -> int:
    """A product brief: production, exports by market, shares and growth over the years.

    Examples:
        tidewaiter write brief --product 847150 --out bulletins

    Args:
        product: HS code or name.
    """
    from tidewaiter.bulletin.brief import write_brief  # heavy
    from tidewaiter.nomenclature.codelist import commodity_code

    code = commodity_code(product)
    return _write(f"brief-{code}", paper, lambda book, lang: write_brief(book, code, lang))


def summary(*, period: str, paper: Slip) -> int:
    """A news summary of a month in at most 400 characters.

    Examples:
        tidewaiter write summary --period 2025-08 --out bulletins

    Args:
        period: Which month (2025-08).
    """
    from tidewaiter.bulletin.short import write_summary  # heavy

    return _write_month("summary", period, paper, write_summary)


def post(*, period: str, paper: Slip) -> int:
    """A post on a month for social networks, at most 280 characters as they count.

    Examples:
        tidewaiter write post --period 2025-08 --lang zh --out bulletins

    Args:
        period: Which month (2025-08).
    """
    from tidewaiter.bulletin.short import write_post  # heavy

    return _write_month("post", period, paper, write_post)


def facts_list(*, period: str, paper: Slip) -> int:
    """A plain list of a month's facts, one sentence each.

    Examples:
        tidewaiter write facts-list --period 2025-08 --to txt,docx --out bulletins

    Args:
        period: Which month (2025-08).
    """
    from tidewaiter.bulletin.short import write_facts_list  # heavy

    return _write_month("facts", period, paper, write_facts_list)


def _write_month(form: str, period: str, paper: Paper, make: Callable[[Book, Period, Lang], Bulletin]) -> int:
    from tidewaiter.model.period import Period  # heavy

    month = Period.parse(period)
    return _write(f"{form}-{month}", paper, lambda book, lang: make(book, month, lang))


def _write(name: str, paper: Paper, make: Callable[[Book, Lang], Bulletin]) -> int:
    languages, formats, book = paper.languages, _parted(paper.to), paper.book()
    rows: list[dict[str, Any]] = []
    for lang in languages:
        with progress(f"writing {name}.{lang}") as tell:
            rows += write_files(make(book, lang), f"{name}.{lang}", paper.out, formats, tell)
    once = {row["path"]: {"bulletin": name, **row} for row in rows}
    emit(list(once.values()), _COLUMNS, paper.format)
    return 0


def write_files(
    bulletin: Bulletin, stem: str, out: Path, formats: list[str], tell: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Render a bulletin into files, with its statements beside them; one row a file."""
    from tidewaiter.bulletin.render import render  # heavy

    out.mkdir(parents=True, exist_ok=True)
    rows = []
    for to in dict.fromkeys([*formats, "json"]):
        path = out / f"{stem}.{_SUFFIX.get(to, to)}"
        tell(path.name)
        path.write_bytes(render(bulletin, to))
        rows.append(_row(path, stem, to))
    return [*rows, _row(gather_statements(out), stem, "json")]


def _row(path: Path, stem: str, to: str) -> dict[str, Any]:
    lang = stem.rpartition(".")[2] if path.name.startswith(stem) else ""
    return {"lang": lang, "format": to, "path": str(path), "bytes": path.stat().st_size}


def gather_statements(out: Path) -> Path:
    """``statements.json``: every statement of every bulletin in the folder, each with its figures."""
    told = []
    for path in sorted(out.glob(f"*.{_SUFFIX['json']}")):
        one = json.loads(path.read_text(encoding="utf-8"))
        stem = path.name.removesuffix(f".{_SUFFIX['json']}")
        told += [{"bulletin": one["bulletin"], "file": stem, **statement} for statement in one["statements"]]
    home = out / _SUFFIX["json"]
    home.write_text(json.dumps({"statements": told}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return home


def _parted(text: str) -> list[str]:
    chosen = [part.strip() for part in text.split(",") if part.strip()]
    if not chosen:
        raise UsageError("an option names nothing", hint="write for example --to html,pdf --lang zh,en")
    return chosen


app = App(name="write", help="Write a bulletin: text, tables and charts from the same figures.")
for _verb in (release, brief, summary, post, facts_list):
    app.command(_verb, help_epilogue=examples(_verb))

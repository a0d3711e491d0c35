"""The demonstration, step by step. Each step says what it does, and a summary closes it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.cli.common import LANGS
from tidewaiter.cli.output import write_table
from tidewaiter.cli.talk import progress, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.api import Store
    from tidewaiter.bulletin.document import Bulletin
    from tidewaiter.check.judged import Checked
    from tidewaiter.cli.common import Lang
    from tidewaiter.engine.book import Book

_MONTH = "2025-08"
_PRODUCT = "HS847150"
_FORMATS = ["html", "pdf"]
_THREAD = "thread_zh.txt"


@dataclass
class Tour:
    """What the demonstration did so far.

    Attributes:
        out: folder for everything.
        lang: of what is told on the way.
        steps: what was done, what came of it, where it lies, seconds.
    """

    out: Path
    lang: Lang
    steps: list[tuple[str, str, str, float]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str, doing: str) -> Iterator[Step]:
        """Time a step and keep what it tells."""
        started = time.perf_counter()
        with progress(doing) as tell:
            step = Step(tell)
            yield step
        self.steps.append((name, step.result, step.where, time.perf_counter() - started))
        say(f"{name}: {step.result}")


@dataclass
class Step:
    """One step: tells what it is at, and in the end what came of it and where it lies."""

    tell: Callable[[str], None]
    result: str = ""
    where: str = ""


def run(out: Path, lang: Lang) -> int:
    """Do it all; 0 when every step went through, whatever the checked thread got wrong."""
    from tidewaiter.api import open_store

    tour = Tour(out, lang)
    out.mkdir(parents=True, exist_ok=True)
    store = open_store(out / "store")
    with tour.step("load", "loading official figures") as step:
        _load(store, step)
    with tour.step("audit", "recomputing every derived number") as step:
        _audit(store, step)
    with tour.step("write release", "writing the monthly release") as step:
        _release(store.book(), out, step)
    with tour.step("write brief", "writing the server brief") as step:
        _brief(store.book(), out, step)
    with tour.step("check", "checking a news thread") as step:
        found = _check(store, out, lang, step)
    from tidewaiter.cli.check import write_verdicts

    write_verdicts(found, lang)
    _close(tour)
    return 0


def _load(store: Store, step: Step) -> None:
    from tidewaiter.official import folder

    done = store.load(folder(), tell=step.tell)
    numbers = sum(entry.release.observations + entry.release.derived_cells for entry in done)
    files = sum(len(entry.release.files) for entry in done)
    again = "" if any(entry.is_new for entry in done) else ", all there already"
    step.result = f"{len(done)} releases from {files} files, {numbers:,} numbers with their cells{again}"
    step.where = str(store.folder)


def _audit(store: Store, step: Step) -> None:
    done = store.audit()
    compared = sum(result.compared for _, result in done)
    exact = sum(line.exact and line.status == "agrees" for _, result in done for line in result.lines)
    differ = sum(len(result.findings) for _, result in done)
    told = f"{compared:,} numbers recomputed: {exact:,} agree to 1e-9, {differ} differ"
    step.result = f"{told}, the rest agree as rounded"
    step.where = "tidewaiter audit tells each"


def _release(book: Book, out: Path, step: Step) -> None:
    from tidewaiter.bulletin.release import write_release
    from tidewaiter.model.period import Period

    month = Period.parse(_MONTH)
    _files(f"release-{_MONTH}", lambda lang: write_release(book, month, lang), out, step)


def _brief(book: Book, out: Path, step: Step) -> None:
    from tidewaiter.bulletin.brief import write_brief

    _files(f"brief-{_PRODUCT}", lambda lang: write_brief(book, _PRODUCT, lang), out, step)


def _files(name: str, make: Callable[[Lang], Bulletin], out: Path, step: Step) -> None:
    from tidewaiter.cli.write import write_files

    rows = [
        row for lang in LANGS for row in write_files(make(lang), f"{name}.{lang}", out, _FORMATS, step.tell)
    ]
    step.result = (
        f"{len(rows)} files: zh and en as {', '.join(_FORMATS)}, every statement with its figure as json"
    )
    step.where = str(out / f"{name}.*")


def _check(store: Store, out: Path, lang: Lang, step: Step) -> list[Checked]:
    from tidewaiter.check.report import as_html
    from tidewaiter.cli.check import summary
    from tidewaiter.samples import sample

    data = sample(_THREAD).read_bytes()
    found = store.check(data, name=_THREAD)
    (out / _THREAD).write_bytes(data)
    page = (out / _THREAD).with_suffix(".html")
    page.write_text(as_html(data.decode(), found, lang, _THREAD), encoding="utf-8")
    step.result = summary(found)
    step.where = str(page)
    return found


def _close(tour: Tour) -> None:
    rows = [[name, result, where, f"{seconds:.1f}"] for name, result, where, seconds in tour.steps]
    rows.append(["all", "", str(tour.out), f"{sum(seconds for *_, seconds in tour.steps):.1f}"])
    store = tour.out / "store"
    trials = (
        f"tidewaiter get TWN.exports.ict_av --statistic yoy --period {_MONTH} --store {store}",
        f"tidewaiter revisions TWN.exports --period 2023-11 --store {store}",
        f"tidewaiter facts --period {_MONTH} --store {store}",
        f"tidewaiter check YOUR-ARTICLE.txt --published 2023-12-08 --store {store}",
    )
    head = "接下來可以試試：" if tour.lang == "zh" else "What to try next:"
    write_table(rows, ("step", "what came of it", "where", "seconds"), caption="\n  ".join([head, *trials]))

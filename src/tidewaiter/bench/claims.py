"""``tidewaiter bench claims``: every measure of reading and checking, false contradictions first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tidewaiter.bench.annotated import SLOTS, score
from tidewaiter.bench.mutate_text import mutate_text
from tidewaiter.check.document import read_document
from tidewaiter.check.read import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from tidewaiter.store import Store

Row = dict[str, Any]


def annotated_rows(folder: Path, store: Store | None) -> Iterator[Row]:
    """The measures on one folder of annotated documents."""
    result = score(folder, store)
    name = folder.name
    yield _row(name, "true claims contradicted", len(result.contradicted), "; ".join(result.contradicted))
    for lang in sorted(result.gold, key=lambda lang: (lang == "all", lang)):
        precision, recall, f1 = result.rates(lang)
        yield _row(
            name,
            f"extraction F1 ({lang})",
            f1,
            f"precision {precision:.3f}, recall {recall:.3f}, {result.gold[lang]} claims",
        )
    for slot in (*SLOTS, "together"):
        yield _row(name, f"slot {slot}", result.slots[slot] / max(result.hit["all"], 1), "of matched claims")
    for verdict, count in result.verdicts.most_common():
        yield _row(name, f"verdict {verdict}", count)
    accuracy, macro, judged = result.verdict_scores()
    if judged:
        yield _row(name, "verdict accuracy", accuracy, f"without a store, {judged} claims")
        yield _row(name, "verdict macro-F1", macro, "borne out, against, open")
    yield _row(name, "coverage at 99 % precision", result.coverage(), "of matched claims")
    yield _row(name, "wrong spans", result.wrong_spans)
    yield _row(name, "characters a second", round(result.characters / result.seconds), "reading and checking")


def text_rows(
    text: str,
    name: str,
    published: date,
    store: Store,
    *,
    most: int = 0,
    seed: int = 1,
    misses: bool = False,
    tick: Callable[[int, int], None] | None = None,
) -> Iterator[Row]:
    """The measures on a true text made false in one place after the other, by kind of error."""
    tally = mutate_text(text, name, published, store, most=most, seed=seed, tick=tick)
    tried, found, alarms = (sum(c.values()) for c in (tally.tried, tally.found, tally.alarms))
    nameable, named = sum(tally.nameable.values()), sum(tally.named.values())
    yield _row(name, "false alarms on unchanged claims", alarms, f"in {tried} changed texts")
    yield _row(name, "errors found", found / max(tried, 1), f"{found} of {tried}")
    yield _row(name, "errors with the slot named", named / max(nameable, 1), f"{named} of {nameable}")
    for kind in sorted(tally.tried):
        tried, found = tally.tried[kind], tally.found[kind]
        note = f"{found} of {tried}"
        if tally.nameable[kind]:
            note += f"; slot named in {tally.named[kind]} of {tally.nameable[kind]}"
        yield _row(name, f"{kind}: found", found / tried, note)
    for miss in tally.misses if misses else ():
        yield _row(name, f"{miss.kind}: {miss.why}", 1, f"{miss.sentence} ({miss.read})")


def speed_row(folders: Iterable[Path], least: int = 500_000) -> Row:
    """Bytes of text read a second on one core: extraction only, after everything is loaded."""
    files = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    documents = [read_document(path.read_bytes(), path.name) for path in files]
    size = sum(path.stat().st_size for path in files)
    if not size:
        return _row("all", "extraction, MB a second", 0.0, "no text files")
    for document in documents[:2]:
        extract(document, document.date)  # loads what is loaded once
    rounds = max(1, -(-least // size))
    began = time.process_time()
    for _ in range(rounds):
        for document in documents:
            extract(document, document.date)
    seconds = time.process_time() - began
    return _row(
        "all", "extraction, MB a second", size * rounds / seconds / 1e6, f"{len(files)} files, one core"
    )


def _row(data: str, measure_name: str, value: float, note: str = "") -> Row:
    return {"on": data, "measure": measure_name, "value": value, "note": note}
